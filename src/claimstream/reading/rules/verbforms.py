"""How a verb stands in its clause: with which particle, active or passive, possible, asked, in vain."""

from __future__ import annotations

from claimstream.lexicon import load
from claimstream.reading.rules import patterns
from claimstream.reading.rules.clauses import Item
from claimstream.reading.rules.naming import Naming
from claimstream.reading.rules.table import Rule
from claimstream.reading.rules.tags import SIDES
from claimstream.reading.rules.words import clause_words, harmless, lexicon

_SUPPLIES = clause_words("supplies")
_IDIOMS = {verb: frozenset(words.split()) for verb, words in load("clauses")["idioms"].items()}
"""Words after a verb that make another verb of it."""
_CAPTIVE = clause_words("captives")
"""What those become who are "taken prisoner"."""
_DECLARING = clause_words("declaring")
"""Verbs before a place and what it is: "declared the town liberated"."""
_TRYING = clause_words("trying")
_REPELLING = clause_words("repelling")


_HANDS = frozenset("hands hand control rule grip".split())


class VerbForms(Naming):
    """Tells how a verb is meant where it stands."""

    def _bereaved(self, k: int) -> bool:
        """Whether the verb tells of what a place lacks since: "leaving the city without power"."""
        behind = self.phrases[k + 1 : k + 7]
        without = next((n for n, phrase in enumerate(behind) if phrase.word == "without"), -1)
        return 0 < without < len(behind) - 1 and behind[without + 1].word in _SUPPLIES

    def _left_as(self, k: int) -> bool:
        """Whether the verb tells how things stand since: "leaving only the port in army hands", "... as their last"."""
        at = k + 1
        while at < self.clauses.count and self.phrases[at].cls == "R":
            at += 1
        if self.phrases[k].form != "ger" or at + 3 >= self.clauses.count or self.phrases[at].kind != "np":
            return False
        link, follow, after = self.phrases[at + 1 : at + 4]
        held = link.word in ("in", "under") and follow.word in _HANDS
        return held or (link.word == "as" and follow.kind == "np" and after.kind != "vg")

    def _taken_to(self, k: int) -> bool:
        """ "Took the road to Belen", "takes the town to court"."""
        if k + 3 >= self.clauses.count or self.phrases[k + 1].kind != "np":
            return False
        taken, follow, end = self.phrases[k + 1 : k + 4]
        toward = follow.word in ("to", "towards", "toward", "for", "out", "back", "home")
        travels = toward and taken.word in harmless("journeys") and not taken.names
        return travels or (follow.word == "to" and end.word in harmless("courts"))

    def _taken_along(self, k: int) -> bool:
        """Whether what is taken goes "with them": "deserted, taking a tank and the radio with them"."""
        for at in range(k + 2, min(k + 7, self.clauses.count - 1)):
            phrase, follow = self.phrases[at], self.phrases[at + 1]
            if phrase.kind == "vg" or (phrase.kind == "w" and phrase.cls in ",;.S"):
                return False
            if phrase.word == "with":
                return follow.word in ("them", "him", "it", "her", "us")
        return False

    def _idiomatic(self, rule: Rule, k: int) -> bool:
        """Whether the words beside the verb make another one of it: "fell ill", "took hostages"."""
        verb = self.phrases[k]
        follow = self.phrases[k + 1].word if k + 1 < self.clauses.count else ""
        timed = (
            follow in ("on", "in", "near", "between", "into")
            and k + 2 < self.clauses.count
            and self.phrases[k + 2].cls == "time"
        )
        timed |= (verb.word, follow) in rule.verbs
        if not verb.passive and not timed and follow in _IDIOMS.get(verb.word, ()):
            whole = k + 2 < self.clauses.count and self.phrases[k + 2].word == "of"
            return not (whole and self.phrases[k + 1].det)  # not "took the southern part of the town"
        if verb.word == "take" and not verb.passive and (self._taken_to(k) or self._taken_along(k)):
            return True
        if verb.word == "gain" and follow in ("entrance", "entry", "access"):
            return True
        if verb.word in ("take", "hold") and follow in _CAPTIVE:
            return True
        if verb.word in ("hold", "resist") and self._until(k):
            return True  # "held out until Monday"
        if verb.word == "leave" and (self._bereaved(k) or self._left_as(k)):
            return True
        return (
            verb.word == "leave"
            and k > 1
            and self.phrases[k - 1].kind == "np"
            and self.phrases[k - 2].kind == "vg"
            and self.phrases[k - 2].word in ("have", "be", "see", "find")
        )  # "has nothing left in the city"

    def _particle(self, rule: Rule, k: int) -> tuple[int, str]:
        """The phrase index after verb and particle (-1 for no match), and a particle that may follow the object."""
        lemma = self.phrases[k].word
        nxt = k + 1
        while nxt < self.clauses.count and self.phrases[nxt].kind == "w" and self.phrases[nxt].cls == "R":
            nxt += 1
        best = (-1, "")
        for verb, particle in rule.verbs:
            if verb != lemma:
                continue
            if not particle:
                best = max(best, (nxt if nxt < self.clauses.count and self.phrases[nxt].kind == "np" else k + 1, ""))
                continue
            words = particle.split()
            at = k + 1
            for word in words:
                while at < self.clauses.count and self.phrases[at].cls == "R" and self.phrases[at].word != word:
                    at += 1  # "walked back into"
                if at < self.clauses.count and self.phrases[at].word == word:
                    at += 1
                else:
                    at = -1
                    break
            if at > 0:
                return at, ""
            if (
                len(words) == 1
                and rule.name != "enter"  # "returned the school to the ministry"
                and nxt + 1 < self.clauses.count
                and self.phrases[nxt].kind == "np"
                and self.phrases[nxt + 1].word == words[0]
            ):
                return nxt, particle
        return best

    def _is_passive(self, rule: Rule, k: int) -> bool:
        """Whether what the verb is said of is what it is done to, auxiliary or not: "Militia driven from Belen"."""
        verb = self.phrases[k]
        if verb.passive:
            return True
        if verb.aux or verb.form in ("inf", "base"):
            return verb.form == "base" and not verb.aux and self._declared(k)  # "declared the town secure"
        if verb.form in ("part", "fin") and k < 2 and self.clauses.subject(k) and self.clauses.subject(k)[0] > k:
            return True  # "Driven from Belen, the army ..."
        known = lexicon().verbs.get(self.tokens[verb.head].lower)
        if known is None or "n" not in known.forms:
            return False
        if self._declared(k):
            return True
        nxt = patterns.passed(self.clauses, k + 1)
        parted = nxt + 1 < self.clauses.count and (verb.word, self.phrases[nxt].word) in rule.verbs
        nxt += parted and self.phrases[nxt + 1].kind == "np"  # "the men of Amer cut off Belen"
        left = self.clauses.before(k)
        if left > 0 and self.phrases[left].kind == "w" and self.phrases[left].cls in "K,":
            other = self.clauses.verb_before(left)
            if (
                other >= 0
                and self.phrases[other].passive
                and not (nxt < self.clauses.count and self.phrases[nxt].kind == "np")
            ):
                return True
        if nxt < self.clauses.count and self.phrases[nxt].word == "by":
            return True
        outward = nxt < self.clauses.count and self.phrases[nxt].word in ("from", "out", "off")
        if outward and rule.object == "side" and self.phrases[k - 1].kind == "np" and self.is_armed(k - 1):
            return True  # "Militia driven from Belen"
        if k and self.phrases[k - 1].kind == "vg" and verb.form in ("fin", "part"):
            return nxt >= self.clauses.count or self.phrases[nxt].kind != "np"
        if not rule.object or (nxt < self.clauses.count and self.phrases[nxt].kind == "np"):
            return False
        past = nxt + 1  # "rebels cut off Belen"
        if past < self.clauses.count and (verb.word, self.phrases[nxt].word) in rule.verbs:
            thing = self.phrases[past]
            if (
                thing.kind == "np"
                and thing.cls in ("name", "asset")
                and self.accepts(self.clauses, Item(past, self.clauses._tail(past)), rule.object)
            ):
                return False
        subjects = self.clauses.subject(k)
        near = self.clauses.before(k)
        direct = self.phrases[near] if near >= 0 else None
        ends = nxt >= self.clauses.count or self.phrases[nxt].kind != "np"
        left = self.clauses.before(k)
        if (
            ends
            and left > 0
            and self.phrases[left].word == ","
            and subjects
            and self.clauses._tail(subjects[0]) == left
        ):
            return self.accepts(self.clauses, Item(subjects[0], left), rule.object)
        if (
            direct is not None
            and ends
            and rule.object in ("flag", "besieged")
            and any(
                self.accepts(self.clauses, Item(at, near + 1), rule.object) for at in (near, self.clauses.top(near))
            )
        ):
            return True  # also "flag of Norland raised over Belen"
        bare = direct is not None and (direct.cls == "asset" or (direct.cls == "name" and self.headline))
        if direct is not None and bare and rule.object != "side":
            fits = self.accepts(self.clauses, Item(near, near + 1), rule.object)
            if fits or direct.cls == "asset":
                return fits and self.known.get(direct.head, "") not in SIDES
        return bool(subjects) and all(self.phrases[s].cls == "asset" for s in subjects) and rule.object != "side"

    def _declared(self, k: int) -> bool:
        """Whether the verb `k` says what something is declared: "declared the town liberated"."""
        if not k or self.phrases[k - 1].kind != "np":
            return False
        verb = self.clauses.top(k - 1) - 1
        follow = patterns.passed(self.clauses, k + 1)
        bare = follow >= self.clauses.count or self.phrases[follow].kind != "np"
        return bare and verb >= 0 and self.phrases[verb].kind == "vg" and self.phrases[verb].word in _DECLARING

    def _passable(self, rule: Rule, k: int) -> bool:
        """Whether "can" says how it is: "the road can be used", "nobody could leave the town"."""
        able = rule.kind == "route" or rule.only == "able"
        nobody = any(self._none(at) for at in self.clauses.subject(k))
        aux = self.phrases[k].aux
        return (self.phrases[k].real and able and aux == "can") or (nobody and aux in ("can", "could"))

    def _asked(self, k: int) -> bool:
        """Whether the verb is that of a question put indirectly: "it is unclear who holds the port"."""
        j = self.clauses.before(k)
        if j < 0 or self.phrases[j].word != "who":
            return False
        before = self.phrases[j - 1] if j else None
        return before is None or before.kind != "np" or before.cls == "time" or before.word in ("clear", "unclear")

    def _until(self, k: int) -> bool:
        """Whether the clause says until when."""
        for j in range(k + 1, min(k + 8, self.clauses.count - 1)):
            phrase = self.phrases[j]
            if phrase.word in ("until", "till"):
                return self.phrases[j + 1].cls == "time"
            if phrase.kind == "vg" or (phrase.kind == "w" and phrase.cls in ";.,K"):
                return False
        return False

    def _repelled(self, k: int) -> bool:
        """An attempt that the same sentence says was beaten back ("tried to enter X but was turned back")."""
        if self.phrases[k].form != "inf":
            return False
        j = self.clauses.before(k)
        tried = j >= 0 and (self.phrases[j].word in _TRYING or self.phrases[self.clauses.top(j)].word in _TRYING)
        if not tried:
            return False
        for m in (*range(k + 1, min(self.clauses.count, k + 16)), *range(k - 1, max(-1, k - 10), -1)):
            phrase = self.phrases[m]
            if phrase.kind != "vg" or self.phrases[k].word == "retreat":
                continue
            follow = self.phrases[m + 1].word if m + 1 < self.clauses.count else ""
            if phrase.word in _REPELLING or (
                phrase.word in ("turn", "beat", "push", "drive", "throw", "hold") and follow in ("back", "off")
            ):
                return self.clauses.status(m).real
        return False
