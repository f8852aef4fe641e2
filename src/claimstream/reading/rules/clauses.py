"""Whether the words of a clause are put as fact, denied, or only wished, feared or supposed."""

from __future__ import annotations

from claimstream.reading.rules.lists import Lists
from claimstream.reading.rules.subjects import REACH, Item, Status, is_word, moods
from claimstream.reading.rules.words import harmless, lexicon

_MOMENTS = frozenset("point stage moment instant occasion".split())

_LASTED = frozenset("hold control occupy keep defend remain stay rule resist besiege surround encircle".split())
"""Verbs of what went on until something ended it."""
_PENDING = frozenset("before once when after until".split())
"""Words behind which a clause may tell what is to come."""

__all__ = ["Clauses", "Item", "Status", "moods"]


class Clauses(Lists):
    """All questions that rules ask of the phrases of a sentence."""

    def status(self, k: int, depth: int = 0) -> Status:
        """Whether the verb group `k` is put as fact, and negated."""
        if k in self._status:
            return self._status[k]
        verb = self.phrases[k]
        found = Status(verb.real, verb.negated)
        if verb.aux in ("could", "can"):
            found.real = verb.negated or verb.word == "see"  # "soldiers could be seen on every corner"
        before = self.phrases[k - 1] if k else verb
        if is_word(before, "R") and before.word in ("almost", "nearly"):
            found.real = False
        if depth <= 5:
            if verb.form == "inf":
                self._infinitive_status(k, found, depth)
            elif verb.form == "ger":
                self._gerund_status(k, found, depth)
            elif not verb.aux and self._made_status(k, found, depth):
                pass
            elif verb.form == "base":
                self._joined_status(k, found, depth)
            if found.real:
                self._governed(k, found)
        if self._inverted(k):
            found.real, found.negated = True, not found.negated
        nor = self.before(k)
        if nor > 0 and self.phrases[nor].cls == "pron" and self.phrases[nor].start > verb.start:
            nor -= 1  # "nor have they taken it"
        if nor >= 0 and self.phrases[nor].word == "nor" and not verb.negated and not self._inverted(k):
            found.negated = True  # "is neither besieged nor cut off"
        if self._no_more(k) or self._at_no_time(k):
            found.negated = not found.negated
        self._status[k] = found
        return found

    def _made_status(self, k: int, found: Status, depth: int) -> bool:
        """Sets the status of what something is made, if it is such: "keep the road open" is as true as "keep"."""
        if not k or self.phrases[k - 1].kind != "np" or self.phrases[k].mods[0] not in self.moods["making states"]:
            return False
        verb = self.top(k - 1) - 1
        if verb < 0 or self.phrases[verb].kind != "vg" or self.phrases[verb].word not in self.moods["making verbs"]:
            return False
        outer = self.status(verb, depth + 1)
        found.real, found.negated = outer.real, found.negated ^ outer.negated
        return True

    def _at_no_time(self, k: int) -> bool:
        """Whether "at no time", "on no occasion" stands right before or behind the verb."""
        for j in (k - 1, k + 2):
            beside = 0 < j < self.count and self.phrases[j].kind == "np" and self.phrases[j].det == "no"
            timed = beside and (self.phrases[j].cls == "time" or self.phrases[j].word in _MOMENTS)
            if timed and is_word(self.phrases[j - 1], "I"):
                return True
        return False

    def _no_more(self, k: int) -> bool:
        """Whether "no more" or "no longer" ends the clause of the verb: "is cut off no more", "hold it no longer"."""
        for j in range(k + 1, min(k + 6, self.count - 1)):
            phrase = self.phrases[j]
            if is_word(phrase, "X") and phrase.word == "no":
                bounded = j + 2 >= self.count or self.phrases[j + 2].word != "than"
                return bounded and self.phrases[j + 1].word in ("more", "longer")
            if phrase.kind != "np" and (phrase.kind != "w" or phrase.cls not in "IR"):
                return False
        return False

    def _inverted(self, k: int) -> bool:
        """Whether the verb ends a clause that "nor" turns round: "nor can ships enter the port"."""
        if self.phrases[k].aux or self.phrases[k].form == "inf":
            return False
        j = self.before(k)
        if j < 0 or self.phrases[j].kind != "np":
            return False
        m = self.top(j) - 1
        nor = self.before(m) if m > 0 else -1
        if m >= 0 and self.phrases[m].kind == "vg" and self.phrases[m].negated and not self.phrases[m].aux:
            opens = nor < 0 or is_word(self.phrases[nor], ",;:.W")
            return opens and self.phrases[m].word in ("have", "be", "do", "can")  # "never has Belen been taken"
        if nor < 0:
            return False
        timed = self.phrases[nor].cls == "time" or self.phrases[nor].word in _MOMENTS
        never = self.phrases[nor].det == "no" and timed  # "at no time was the road closed"
        if self.phrases[nor].word not in ("nor", "neither") and not never:
            return False
        return self.phrases[m].word in ("can", "could", "do", "have", "be")

    def _infinitive_status(self, k: int, found: Status, depth: int) -> None:
        words = self.moods
        j = self.before(k)
        while j > 0 and (is_word(self.phrases[j], "R") or self.phrases[j].cls == "time"):
            timed = self.phrases[j].cls == "time" and is_word(self.phrases[j - 1], "I")
            j -= 2 if timed else 1  # "claimed on Sunday to hold it"
        if j > 0 and self.phrases[j].word == "on" and self.phrases[j - 1].word == "go":
            j -= 1  # "went on to take the town"
        phrase = self.phrases[j] if j >= 0 else None
        if phrase is None:
            found.real = False
            return
        if phrase.kind == "vg" or (
            phrase.kind == "np" and phrase.word in ("able", "unable", "powerless", "forced", "obliged")
        ):
            verb = j if phrase.kind == "vg" else self.verb_before(j)
            if verb < 0:
                found.real = False
                return
            outer = self.status(verb, depth + 1)
            word = phrase.word
            lemma = self.phrases[verb].word
            if lemma == "have" and any(is_word(p, "R") and p.word == "yet" for p in self.phrases[j + 1 : k]):
                found.real, found.negated = outer.real, True  # "has yet to enter the town"
                return
            past_have = lemma == "have" and phrase.kind == "vg"
            if word in words["failing verbs"]:
                found.real, found.negated = outer.real, not (found.negated ^ outer.negated)
            elif word in words["factual verbs"] or past_have:
                found.real, found.negated = outer.real and found.real, found.negated ^ outer.negated
            else:
                found.real = False
            return
        if phrase.kind == "np":
            if self.needed(k) >= 0:
                return
            sided = phrase.cls == "side" and phrase.det == "the"  # "the last soldiers to leave the town"
            if self.ranked(j) and (sided or phrase.cls not in ("time", "side", "people")):
                named = self.verb_before(self.top(j))  # "would be the first town to fall"
                found.real = named < 0 or self.phrases[named].word != "be" or self.status(named, depth + 1).real
                return
            top = self.top(j)
            verb = self.verb_before(top)
            if verb == top - 1 and self.phrases[verb].word in words["causing verbs"]:
                outer = self.status(verb, depth + 1)
                found.real, found.negated = outer.real, found.negated ^ outer.negated
                return
            if phrase.word in words["failing nouns"]:
                found.negated = not found.negated
                return
            if phrase.word in words["telling nouns"] or self.phrases[top].word in words["telling nouns"]:
                return
        found.real = False

    def _gerund_status(self, k: int, found: Status, depth: int) -> None:
        words = self.moods
        j = self.before(k)
        if j < 0:
            for m in range(k + 1, min(self.count, k + REACH)):
                phrase = self.phrases[m]
                if is_word(phrase, ","):
                    return
                if phrase.kind == "vg" and phrase.form == "fin":
                    found.real = found.real and phrase.real
                    return
            return
        phrase = self.phrases[j]
        if phrase.kind == "vg":
            word = phrase.word
            if word in words["wishing verbs"]:
                found.real = False
            elif word in words["failing verbs"]:
                found.negated = not found.negated
            else:
                outer = self.status(j, depth + 1)
                found.real, found.negated = (
                    found.real and outer.real,
                    found.negated ^ (outer.negated and word not in words["denying verbs"]),
                )
        elif phrase.kind == "w" and phrase.cls in "ISR":
            if phrase.word == "without":
                found.negated = not found.negated
            elif phrase.word in ("on", "for", "at", "towards", "toward", "about", "against", "upon"):
                found.real = False
            elif phrase.word in ("of", "in", "from"):
                self._of_gerund_status(j, phrase.word, found, depth)
        elif is_word(phrase, "K,"):
            verb = self.verb_before(k)
            if verb >= 0 and (phrase.cls == "K" or self.phrases[verb].form in ("fin", "base", "inf")):
                outer = self.status(verb, depth + 1)
                found.real = found.real and outer.real
                if phrase.cls == "," and self.phrases[verb].word in words["failing verbs"]:
                    found.real = False

    def _of_gerund_status(self, j: int, word: str, found: Status, depth: int) -> None:
        words = self.moods
        before = self.before(j)
        if before < 0:
            return
        phrase = self.phrases[before]
        if phrase.kind == "np" and phrase.word in words["wishing nouns"]:
            found.real = False
        elif phrase.kind == "np" and phrase.word in words["failing nouns"]:
            found.negated = not found.negated
        elif phrase.kind == "vg" and word == "of" and phrase.word in words["wishing verbs"]:
            found.real = False
        elif word == "from":
            verb = self.verb_before(j)
            if verb >= 0 and self.phrases[verb].word in words["preventing verbs"]:
                outer = self.status(verb, depth + 1)
                found.real, found.negated = outer.real, not found.negated
        elif phrase.kind == "np" and phrase.word in ("capable",):
            found.real = False

    def _joined_status(self, k: int, found: Status, depth: int) -> None:
        j = self.before(k)
        if j < 0 or not is_word(self.phrases[j], "K,"):
            return
        opened = self._opening(j) if is_word(self.phrases[j], ",") else -1
        if opened >= 0 and is_word(self.phrases[opened + 1], "W"):
            return  # "rebels, who have been trying to take Belen, hold its outskirts"
        for m in range(j - 1, max(-1, j - REACH), -1):
            phrase = self.phrases[m]
            if phrase.kind == "vg":
                if phrase.word in self.moods["wishing verbs"] and is_word(self.phrases[m + 1], "T"):
                    found.real = False  # "seeks to reorganise and purge"
                elif (
                    phrase.form == "inf"
                    or not phrase.real
                    or phrase.aux in ("modal", "could", "can", "do")
                    or phrase.form == "base"
                ):
                    outer = self.status(m, depth + 1)
                    found.real = found.real and outer.real
                    found.negated = found.negated ^ (outer.negated and phrase.form == "inf")
                return

    def _granted(self, j: int) -> bool:
        """ "All agree that", "nobody doubts that": what follows is told as fact."""
        phrase = self.phrases[j]
        if phrase.word == "agree":
            return j + 1 < self.count and self.phrases[j + 1].word == "that"
        nobody = any(self.phrases[s].word in ("nobody", "none") or self.phrases[s].det == "no" for s in self.subject(j))
        return phrase.word == "doubt" and (phrase.negated or nobody)

    def _dates(self, j: int) -> bool:
        """Whether what follows at `j` is no clause: "until Monday", "until further notice"."""
        after = self.phrases[j + 1 : j + 3]
        while after and is_word(after[0], "R"):
            after = after[1:]
        pointed = j + 1 < self.count and self.phrases[j + 1].word in ("then", "now", "recently", "lately")
        return pointed or (bool(after) and (after[0].cls == "time" or after[0].word in ("notice", "order", "orders")))

    def _ended_with(self, j: int, k: int) -> bool:
        """Whether what "until" at `j` begins has happened: "held the fort until commandos drove them out"."""
        verb = self.verb_before(j)
        if verb < 0 or self.phrases[verb].word not in _LASTED or self.phrases[verb].negated:
            return False
        return all(self._past(n) for n in (verb, k))

    def _past(self, k: int) -> bool:
        """Whether the verb group at `k` is a past tense, or a passive that its neighbour's past tense vouches for."""
        verb = self.phrases[k]
        known = lexicon().verbs.get(verb.mods[0])
        told = known is not None and not set(known.forms).isdisjoint("dn")
        return verb.form == "fin" and verb.real and told and (not verb.aux or (verb.aux == "be" and verb.passive))

    def _awaited(self, k: int, word: str) -> bool:
        """Whether the clause tells what is to come: "once it has taken the town it will", "before it takes it"."""
        if word not in _PENDING:
            return False
        verb = self.phrases[k]
        known = lexicon().verbs.get(verb.mods[0])
        present = known is not None and not set(known.forms) & set("dn")
        present = present and not verb.aux and verb.form in ("fin", "base")
        if word == "before":
            return present
        coming = any(p.kind == "vg" and p.aux == "modal" and not p.real for p in self.phrases)
        return coming and (present or verb.aux == "have")

    def supposed(self) -> bool:
        """Whether the sentence tells what did not happen: "In the film", "During the drill", "Had they taken it"."""
        phrases, tales = self.phrases, harmless("tales")
        if self.count > 2 and phrases[0].kind == "vg" and phrases[0].word in ("have", "be") and phrases[1].kind == "np":
            return any(p.kind == "vg" and p.aux in ("modal", "could") for p in phrases[2:])
        for j in range(min(self.count - 1, REACH)):
            phrase, follow = phrases[j], phrases[j + 1]
            if follow.word in tales and phrase.word in ("in", "during", "throughout") and follow.kind == "np":
                behind = phrases[j + 2].word if j + 2 < self.count else ""
                return behind not in ("of", "released", "posted", "published") and not follow.names
        return False

    def _said_of_nobody(self, k: int) -> bool:
        """ "None of them was able to confirm", "nobody knows": whether nobody does what the verb `k` says."""
        return any(
            self.phrases[at].word in ("none", "nobody") or self.phrases[at].det in ("no", "neither")
            for at in self.subject(k)[:1]
        )

    def _believed(self) -> bool:
        """ "If the army is to be believed, ..." only tells who says so."""
        comma = next((k for k, phrase in enumerate(self.phrases[:8]) if is_word(phrase, ",")), 0)
        opening = self.phrases[:comma]
        return self.phrases[0].word == "if" and any(p.kind == "vg" and p.word in ("believe", "trust") for p in opening)

    def _whoever(self) -> bool:
        """Whether "whoever does it" begins the sentence; of "whoever says that", what is said is denied."""
        told = self.count > 1 and self.phrases[1].word in self.moods["saying verbs"]
        return self.phrases[0].word == "whoever" and not told

    def names(self, j: int) -> bool:
        """Whether the verb at `j` names what is told: "called the report a lie", "called a lie the report"."""
        if self.phrases[j].word != "call" or j + 1 >= self.count:
            return False
        follow = self.phrases[j + 1]
        named = bool(follow.names) and not self.phrases[j].aux and j + 2 < self.count  # "a fort called Belen is held"
        if named and self.phrases[j + 2].kind == "vg":
            return True
        return follow.word in self.moods["telling nouns"] or follow.word in self.moods["telling untrue"]

    def _governed(self, k: int, found: Status) -> None:
        """A clause under "if", or told by a verb of wishing or doubting, is no fact."""
        lex = lexicon()
        conditional = lex.conditional
        conditioned = self.phrases[0].word in ("if", "unless", "suppose", "whichever") or self._whoever()
        conditioned = conditioned and not self._believed()
        if conditioned and not any(is_word(p, ";:") for p in self.phrases[:k]):
            found.real = False  # the main clause of a condition
            return
        for j in range(k - 1, max(-1, k - REACH), -1):
            phrase = self.phrases[j]
            if phrase.kind == "w":
                dated = phrase.word in ("until", "till") and (self._dates(j) or self._ended_with(j, k))
                dated |= phrase.word == "before" and self._dates(j)
                if dated and j == 0 and phrase.word in ("until", "till") and not self.phrases[k].aux:
                    found.real = False  # "Until last week they held the town"
                    return
                if not dated and self._awaited(k, phrase.word):
                    found.real = False
                    return
                if not dated and (phrase.word in conditional or (phrase.cls == "M" and phrase.word in conditional)):
                    found.real = False
                    return
                if phrase.cls in ";.:":
                    return
                if phrase.cls == "K" and phrase.word == "but":
                    return
            elif phrase.kind == "vg" and j != k:
                if self.phrases[k].form == "inf" or self.phrases[k].form == "ger":
                    return
                hoping = phrase.word in self.moods["wishing verbs"] and not self._granted(j) and not self.names(j)
                doubting = phrase.word in self.moods["doubting verbs"] and (
                    self.status(j, 5).negated or self._said_of_nobody(j)
                )
                told = j + 1 < self.count and (self.phrases[j + 1].kind == "np" or self.phrases[j + 1].word == "that")
                if told and (hoping or doubting):
                    nearest = all(p.kind != "vg" for p in self.phrases[j + 1 : k])
                    joined = any(is_word(p, "K,") for p in self.phrases[j + 1 : k])
                    found.real = found.real and not (nearest and not joined)
                return
