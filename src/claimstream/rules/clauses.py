"""Who does what in a sentence: subjects and objects of verb groups, and whether the words are fact, denied or only wished.

Works on the phrases of `claimstream.rules.phrases`. Every walk goes one way and stops at a boundary, or after a fixed
number of phrases, so that hostile text costs linear time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from claimstream.lexicon import load
from claimstream.rules.phrases import Phrase
from claimstream.rules.words import lexicon

_PREDICATIVE = frozenset("declare report consider believe feel remain stay keep find leave appear seem proclaim pronounce lie".split())
DISTANCES = frozenset("kilometres kilometers km miles metres meters mile yards".split())
REACH = 24
"""How many phrases a walk goes at most."""


@cache
def moods() -> dict[str, frozenset[str]]:
    """The word lists of lexicon/moods.toml, by "table key"."""
    return {
        f"{table} {key}": frozenset(words.split())
        for table, lists in load("moods").items()
        for key, words in lists.items()
    }


class Item(NamedTuple):
    """One member of a list of noun phrases: phrase indexes of its head phrase and of the first phrase after it."""

    at: int
    end: int


@dataclass(slots=True)
class Status:
    """Whether what a verb says is put as fact, and whether it is negated."""

    real: bool = True
    negated: bool = False


def _is(phrase: Phrase, cls: str) -> bool:
    return phrase.kind == "w" and phrase.cls in cls


class Clauses:
    """The phrases of one sentence, with the questions that rules ask of them."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self.phrases = phrases
        self.count = len(phrases)
        self.moods = moods()
        self._subjects: dict[int, tuple[int, ...]] = {}
        self._status: dict[int, Status] = {}
        self.question = self.count > 0 and any(_is(p, "?") for p in phrases[-2:])

    # -- subjects -------------------------------------------------------------------------------------------------

    def subject(self, k: int, depth: int = 0) -> tuple[int, ...]:
        """Indexes of the noun phrases that the verb group `k` is said of; empty where none is plain."""
        if k in self._subjects:
            return self._subjects[k]
        if depth > 6:
            return ()
        verb = self.phrases[k]
        if k and self.phrases[k - 1].kind == "vg" and self.phrases[k - 1].word in _PREDICATIVE and not verb.aux:
            found = self.subject(k - 1, depth + 1)  # "was declared liberated", "remains closed"
        elif verb.form == "inf":
            found = self._of_infinitive(k, depth)
        elif verb.form == "ger" and not verb.passive:
            found = self._of_gerund(k, depth)
        elif verb.form == "ger" and k and self.phrases[k - 1].kind == "np":
            found = (self.top(k - 1),)
        else:
            found = self._leftward(k, depth)
        self._subjects[k] = found
        return found

    def before(self, k: int) -> int:
        """Index of the nearest phrase left of `k` that is no adverb, or -1."""
        j = k - 1
        while j >= 0 and _is(self.phrases[j], "R"):
            j -= 1
        return j

    def verb_before(self, k: int) -> int:
        """Index of the nearest verb group left of `k` within reach and within the clause chain, or -1."""
        for j in range(k - 1, max(-1, k - REACH), -1):
            if self.phrases[j].kind == "vg":
                return j
            if _is(self.phrases[j], ";.:"):
                return -1
        return -1

    def _of_infinitive(self, k: int, depth: int) -> tuple[int, ...]:
        j = self.before(k)
        if j >= 0 and self.phrases[j].kind == "np":
            verb = self.verb_before(j)
            top = self.top(j)
            if verb >= 0 and self.phrases[verb].word in self.moods["causing verbs"] and top == verb + 1:
                return (top,)
            if self.phrases[j].word in self.moods["telling nouns"] and self.phrases[j].owner is not None:
                return (j,)
        verb = self.verb_before(k)
        return self.subject(verb, depth + 1) if verb >= 0 else ()

    def _of_gerund(self, k: int, depth: int) -> tuple[int, ...]:
        j = self.before(k)
        if j >= 0 and self.phrases[j].kind == "np" and self.phrases[j].cls in ("side", "name", "asset", "pron", "people"):
            return (self.top(j),)
        verb = self._finite_before(k)
        if verb >= 0:
            return self.subject(verb, depth + 1)
        for m in range(k + 1, min(self.count, k + REACH)):
            if self.phrases[m].kind == "vg" and self.phrases[m].form == "fin":
                found = self.subject(m, depth + 1)
                return found if k not in found else ()
        return ()

    def _finite_before(self, k: int) -> int:
        for j in range(k - 1, max(-1, k - REACH), -1):
            phrase = self.phrases[j]
            if phrase.kind == "vg" and phrase.form in ("fin", "base"):
                reduced = not phrase.aux and self.phrases[j + 1].word == "by" and self.phrases[j - 1].kind == "np"
                if not reduced:
                    return j
            if _is(phrase, ";.:"):
                return -1
        return -1

    def top(self, j: int) -> int:
        """The head of a chain "A of B in C" that ends at noun phrase `j`."""
        for _ in range(4):
            m = j - 1
            linked = False
            while m > j - 4 and m > 0 and _is(self.phrases[m], "ITR"):
                linked = linked or not _is(self.phrases[m], "R")
                m -= 1
            if any(self.phrases[x].word in ("as", "than", "like") for x in range(m + 1, j)):
                break
            if not linked or self.phrases[m].kind != "np" or self.phrases[m].cls == "time":
                break
            j = m
        return j

    def _leftward(self, k: int, depth: int) -> tuple[int, ...]:
        j = k - 1
        for _ in range(REACH):
            if j < 0:
                return ()
            phrase = self.phrases[j]
            if phrase.kind == "w":
                if phrase.cls == "R" or phrase.cls == "X":
                    j -= 1
                elif phrase.cls in ",-":
                    opening = self._opening(j)
                    if opening < 0:
                        bare = k + 1 >= self.count or self.phrases[k + 1].kind != "np" or self.phrases[k + 1].cls == "time"
                        apposed = bare and not self.phrases[k].aux and j == k - 1 and self.phrases[j - 1].kind == "np"
                        if j and apposed and self.phrases[j - 1].cls != "time":
                            return (self.top(j - 1),)  # "the clinic, secured since Wednesday, has reopened"
                        verb = self._finite_before(k)
                        return self.subject(verb, depth + 1) if verb >= 0 else ()
                    j = self.before(opening)
                elif phrase.cls == "K":
                    verb = self._joined(j)
                    return self.subject(verb, depth + 1) if verb >= 0 else ()
                elif phrase.cls == "W":
                    return self._antecedent(j)
                elif phrase.cls == "I" and j > 0 and self.phrases[j - 1].kind == "np":
                    j -= 1
                else:
                    return ()
            elif phrase.kind == "np":
                if phrase.cls == "time":
                    j -= 2 if j > 0 and _is(self.phrases[j - 1], "IS") else 1
                    continue
                return self._noun_subject(j, depth)
            else:
                return self._antecedent_of_clause(j)
        return ()

    def _opening(self, j: int) -> int:
        """The mark that opens the insertion closed by the comma or dash at `j`, or -1."""
        mark = self.phrases[j].cls
        nearest = -1
        for m in range(j - 1, max(-1, j - 14), -1):
            phrase = self.phrases[m]
            if _is(phrase, mark):
                led = self.before(m)
                opens = led >= 0 and (self.phrases[led].kind == "np" or _is(self.phrases[led], "W"))
                follow = self.phrases[m + 1]
                if follow.kind == "np" and nearest < 0 and opens:
                    nearest = m  # an insertion of one noun phrase, or the last comma of a longer one
                elif follow.kind == "np" and opens:
                    continue
                elif nearest >= 0 and follow.word not in ("with", "including", "among"):
                    return nearest
                else:
                    return m if opens else nearest
            elif _is(phrase, ";.:") or (phrase.kind == "vg" and nearest >= 0):
                return nearest
        return nearest

    def _joined(self, j: int) -> int:
        """The verb group that the "and" at `j` joins with the next one."""
        verb = self._finite_before(j)
        if verb < 0:
            verb = self.verb_before(j)
        if verb > 1 and j and _is(self.phrases[j - 1], ","):
            # ", and" after a relative clause in commas goes on with the main clause.
            for m in range(verb - 1, max(0, verb - 5), -1):
                if _is(self.phrases[m], "W") and _is(self.phrases[m - 1], ","):
                    return self._finite_before(m) if self._finite_before(m) >= 0 else verb
                if self.phrases[m].kind == "vg" or _is(self.phrases[m], ","):
                    break
        return verb

    def _noun_subject(self, j: int, depth: int) -> tuple[int, ...]:
        top = self.top(j)
        left = self.before(top)
        if left >= 0:
            edge = self.phrases[left]
            if _is(edge, "I") and left > 0 and self.phrases[left - 1].kind == "vg":
                inner = self._antecedent_of_clause(left - 1)
                return inner
            if edge.kind == "vg" and edge.word not in self.moods["saying verbs"]:
                inner = self._antecedent_of_clause(left)
                if inner:
                    return inner
        found = [top]
        at = top
        for _ in range(8):
            m = at - 1
            if m >= 0 and _is(self.phrases[m], "K,"):
                m -= 1
                if m >= 0 and _is(self.phrases[m], ","):
                    m -= 1
                if m >= 0 and self.phrases[m].kind == "np" and self.phrases[m].cls != "time":
                    other = self.top(m)
                    edge_at = self.before(other)
                    if edge_at >= 0 and (self.phrases[edge_at].kind == "vg" or _is(self.phrases[edge_at], "I")):
                        if not (self.phrases[edge_at].kind == "vg" and self.phrases[edge_at].word in self.moods["saying verbs"]):
                            break
                    if {self.phrases[other].cls, self.phrases[top].cls} == {"side", "asset"}:
                        break
                    if _is(self.phrases[at - 1], ",") and not any(_is(self.phrases[x], "K") for x in range(at, j + 1)):
                        break
                    found.append(other)
                    at = other
                    continue
            break
        if len(found) > 1:
            edge_at = self.before(found[-1])
            if edge_at >= 0 and self.phrases[edge_at].kind == "vg" and self.phrases[edge_at].word not in self.moods["saying verbs"]:
                return (top,)  # the members before are objects of another verb
        return tuple(reversed(found))

    def _antecedent(self, j: int) -> tuple[int, ...]:
        """What the relative pronoun at `j` stands for."""
        word = self.phrases[j].word
        m = j - 1
        if m >= 0 and _is(self.phrases[m], ",-"):
            m -= 1
        if m < 0 or self.phrases[m].kind != "np":
            return ()
        top = self.top(m)
        left = self.before(top)
        apart = left > 0 and _is(self.phrases[left], ",-") and self.phrases[left - 1].kind == "np"
        if apart and self.phrases[top].word in DISTANCES:
            m = left - 1
            top = self.top(m)
        elif apart and self.phrases[top].word in ("place", "one", "position", "city", "town", "village"):
            if self.phrases[top].det in ("the", "a", "an"):
                return (left - 1,)
        if word == "who":
            for at in (m, top):
                if self.phrases[at].cls in ("side", "people", "name"):
                    return (at,)
            return (m,)
        if self.phrases[m].cls == "time":
            return (top,)
        if self.phrases[top].cls in ("asset", "side", "share") and self.phrases[m].cls in ("name", "asset", "side", "people"):
            return (top,)
        return (m,)

    def _antecedent_of_clause(self, v: int) -> tuple[int, ...]:
        """The noun before a relative or reduced clause whose verb is `v` ("rebels who fought there", "men backed by X")."""
        j = self.before(v)
        if j < 0:
            return ()
        if _is(self.phrases[j], "W"):
            return self._antecedent(j)
        if self.phrases[j].kind == "np" and (self.phrases[v].form in ("part", "ger") or self._looks_reduced(v)):
            return (self.top(j),)
        if self.phrases[j].kind == "np" and self.before(self.top(j)) >= 0 and _is(self.phrases[self.before(self.top(j))], "W"):
            return self._antecedent(self.before(self.top(j)))
        if self.phrases[j].kind == "np":
            top = self.top(j)
            if top > 0 and self.phrases[top - 1].kind == "np" and self.phrases[top - 1].cls == "asset":
                return (self.top(top - 1),)  # "the corridor the rebels had opened into the city"
        return ()

    def _looks_reduced(self, v: int) -> bool:
        follow = self.phrases[v + 1] if v + 1 < self.count else None
        return not self.phrases[v].aux and follow is not None and follow.kind == "w" and follow.cls == "I"

    # -- lists and what follows -----------------------------------------------------------------------------------

    def items(self, j: int) -> list[Item]:
        """The members of the list of noun phrases that begins at `j`."""
        found: list[Item] = []
        at = j
        conjoined = False
        for _ in range(12):
            if at >= self.count or self.phrases[at].kind != "np":
                break
            end = self._tail(at)
            item = Item(at, end)
            if found and self._is_apposition(found[-1], item):
                found[-1] = Item(found[-1].at, end)
            elif len(found) == 1 and self._lists_names(found[0], item):
                found = [item]  # "two villages, Abu Rashid and al-Ajil"
            elif found and self._begins_clause(item):
                break
            else:
                found.append(item)
            follow = end
            joined = False
            while follow < self.count and follow < end + 8:
                phrase = self.phrases[follow]
                if follow == end and _is(phrase, "R") and phrase.word in ("nearby", "north", "south", "east", "west", "there", "too", "alone"):
                    pass
                elif _is(phrase, "K") or phrase.word in ("including", "plus"):
                    joined = conjoined = True
                elif _is(phrase, ",") or (phrase.kind == "w" and phrase.word in ("including", "plus", "well", "along", "together", "then")):
                    joined = True
                elif joined and phrase.kind == "w" and phrase.word in ("as", "with", "from", "also", "of", "finally"):
                    pass
                elif joined and phrase.kind == "w" and j and phrase.word == self.phrases[j - 1].word:
                    pass  # "from the hall, from the mosque and from the bridge"
                elif joined and phrase.kind == "w" and phrase.cls in "ISR" and self._time_at(follow + 1):
                    follow += 1
                else:
                    break
                follow += 1
            if not joined or follow >= self.count or self.phrases[follow].kind != "np" or self.phrases[follow].cls in ("time", "pron"):
                break
            at = follow
        if len(found) > 1 and not conjoined and self.phrases[found[0].end].word == ",":
            # Without "and" the second is no member but another word for the first: "the capital, Juba".
            first, second = self.phrases[found[0].at], self.phrases[found[1].at]
            named = first.cls == "asset" and not first.names and found[0].end == found[0].at + 1 and second.cls == "name"
            return found[1:2] if named else found[:1]
        return found

    def _time_at(self, j: int) -> bool:
        return j < self.count and self.phrases[j].cls == "time"

    def _lists_names(self, first: Item, item: Item) -> bool:
        head, name = self.phrases[first.at], self.phrases[item.at]
        comma = _is(self.phrases[item.at - 1], ",") and first.end >= item.at - 2
        return comma and head.cls == "asset" and head.plural and not head.names and name.cls == "name"

    def _is_apposition(self, item: Item, following: Item) -> bool:
        before, after = self.phrases[item.at], self.phrases[following.at]
        comma = _is(self.phrases[following.at - 1], ",")
        named = bool(before.names) or self.phrases[item.end - 1].cls == "name"
        described = after.det in ("a", "an", "the", "one") or (not after.det and after.mods and after.mods[0] in lexicon().loose)
        return comma and named and bool(described) and not after.names and after.cls in ("asset", "other", "share")

    def _begins_clause(self, item: Item) -> bool:
        end = item.end
        while end < self.count and _is(self.phrases[end], "R"):
            end += 1
        if end >= self.count:
            return False
        follow = self.phrases[end]
        if follow.kind == "vg":
            return follow.form in ("fin", "base") and not (end + 1 < self.count and self.phrases[end + 1].word == "by")
        return False

    def _tail(self, at: int) -> int:
        """The first phrase after the noun phrase at `at` with the prepositional phrases that belong to it."""
        end = at + 1
        for _ in range(4):
            if end + 1 < self.count and _is(self.phrases[end], "IT") and self.phrases[end + 1].kind == "np" and self.phrases[end + 1].cls != "time":
                link, inner = self.phrases[end].word, self.phrases[end + 1]
                if link not in self.moods["joining prepositions"]:
                    break
                if link != "of" and inner.cls in ("side", "people", "pron"):
                    break
                route = "route" in lexicon().assets.get(self.phrases[at].word, ())
                if link == "for" and self.phrases[at].word in ("fight", "battle", "fighting"):
                    route = True
                if link in ("to", "from", "between", "for", "along") and not (route and inner.cls in ("name", "asset")):
                    break
                if link == "between" and end + 3 < self.count and _is(self.phrases[end + 2], "K"):
                    end += 2
                end += 2
            elif end + 1 < self.count and _is(self.phrases[end], "R") and self.phrases[end].word in ("north", "south", "east", "west") and self.phrases[end + 1].word == "of":
                end += 1
            else:
                break
        return end

    # -- fact or not ----------------------------------------------------------------------------------------------

    def status(self, k: int, depth: int = 0) -> Status:
        """Whether the verb group `k` is put as fact, and negated."""
        if k in self._status:
            return self._status[k]
        verb = self.phrases[k]
        found = Status(verb.real, verb.negated)
        if verb.aux in ("could", "can"):
            found.real = verb.negated
        if depth <= 5:
            if verb.form == "inf":
                self._infinitive_status(k, found, depth)
            elif verb.form == "ger":
                self._gerund_status(k, found, depth)
            elif verb.form == "base":
                self._joined_status(k, found, depth)
            if found.real:
                self._governed(k, found)
        self._status[k] = found
        return found

    def _infinitive_status(self, k: int, found: Status, depth: int) -> None:
        words = self.moods
        j = self.before(k)
        while j >= 0 and _is(self.phrases[j], "R"):
            j -= 1
        phrase = self.phrases[j] if j >= 0 else None
        if phrase is None:
            found.real = False
            return
        if phrase.kind == "vg" or (phrase.kind == "np" and phrase.word in ("able", "unable", "powerless", "forced", "obliged")):
            verb = j if phrase.kind == "vg" else self.verb_before(j)
            if verb < 0:
                found.real = False
                return
            outer = self.status(verb, depth + 1)
            word = phrase.word
            lemma = self.phrases[verb].word
            past_have = lemma == "have" and phrase.kind == "vg"
            if word in words["failing verbs"]:
                found.real, found.negated = outer.real, not (found.negated ^ outer.negated)
            elif word in words["factual verbs"] or past_have:
                found.real, found.negated = outer.real and found.real, found.negated ^ outer.negated
            else:
                found.real = False
            return
        if phrase.kind == "np":
            top = self.top(j)
            verb = self.verb_before(top)
            if verb == top - 1 and self.phrases[verb].word in words["causing verbs"]:
                outer = self.status(verb, depth + 1)
                found.real, found.negated = outer.real, found.negated ^ outer.negated
                return
            if phrase.word in words["failing nouns"]:
                found.negated = not found.negated
                return
            if phrase.word in words["telling nouns"]:
                return
        found.real = False

    def _gerund_status(self, k: int, found: Status, depth: int) -> None:
        words = self.moods
        j = self.before(k)
        if j < 0:
            for m in range(k + 1, min(self.count, k + REACH)):
                phrase = self.phrases[m]
                if _is(phrase, ","):
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
                found.real, found.negated = found.real and outer.real, found.negated ^ (outer.negated and word not in words["denying verbs"])
        elif phrase.kind == "w" and phrase.cls in "ISR":
            if phrase.word == "without":
                found.negated = not found.negated
            elif phrase.word in ("on", "for", "at", "towards", "toward", "about", "against", "upon"):
                found.real = False
            elif phrase.word in ("of", "in", "from"):
                self._of_gerund_status(j, phrase.word, found, depth)
        elif _is(phrase, "K,"):
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
            if verb >= 0 and self.phrases[verb].word in ("prevent", "stop", "keep", "bar", "block", "deter", "hinder"):
                outer = self.status(verb, depth + 1)
                found.real, found.negated = outer.real, not found.negated
        elif phrase.kind == "np" and phrase.word in ("capable",):
            found.real = False

    def _joined_status(self, k: int, found: Status, depth: int) -> None:
        j = self.before(k)
        if j < 0 or not _is(self.phrases[j], "K,"):
            return
        for m in range(j - 1, max(-1, j - REACH), -1):
            phrase = self.phrases[m]
            if phrase.kind == "vg":
                if phrase.form == "inf" or not phrase.real or phrase.aux in ("modal", "could", "can", "do") or phrase.form == "base":
                    outer = self.status(m, depth + 1)
                    found.real = found.real and outer.real
                    found.negated = found.negated ^ (outer.negated and phrase.form == "inf")
                return

    def _governed(self, k: int, found: Status) -> None:
        """A clause under "if", or told by a verb of wishing or doubting, is no fact."""
        lex = lexicon()
        conditional = lex.conditional
        if self.phrases[0].word in ("if", "unless", "suppose") and not any(_is(p, ";:") for p in self.phrases[:k]):
            found.real = False  # the main clause of a condition
            return
        for j in range(k - 1, max(-1, k - REACH), -1):
            phrase = self.phrases[j]
            if phrase.kind == "w":
                if phrase.word in conditional or (phrase.cls == "M" and phrase.word in conditional):
                    found.real = False
                    return
                if phrase.cls in ";.:":
                    return
                if phrase.cls == "K" and phrase.word == "but":
                    return
            elif phrase.kind == "vg" and j != k:
                if self.phrases[k].form == "inf" or self.phrases[k].form == "ger":
                    return
                hoping = phrase.word in self.moods["wishing verbs"]
                doubting = phrase.word in self.moods["doubting verbs"] and self.status(j, 5).negated
                told = j + 1 < self.count and (self.phrases[j + 1].kind == "np" or self.phrases[j + 1].word == "that")
                if told and (hoping or doubting):
                    nearest = all(p.kind != "vg" for p in self.phrases[j + 1 : k])
                    joined = any(_is(p, "K,") for p in self.phrases[j + 1 : k])
                    found.real = found.real and not (nearest and not joined)
                return
