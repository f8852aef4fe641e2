"""Whom a verb is said of.

Every walk goes one way and stops at a boundary, or after a fixed number of phrases, so that hostile text costs linear
time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from claimstream.reading.rules.attachment import REACH, Attachment, is_word, moods
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.words import clause_words, lexicon, listed

__all__ = ["REACH", "Item", "Status", "Subjects", "is_word", "moods"]

_SHOWN = clause_words("shown")
"""Nouns of things of which a gerund behind them is said: "a flag flying", "lorries going up the road"."""
_OBJECTS = frozenset(("us", "them", "him", "me"))
"""Pronouns of which no verb is said."""
_OF_PLACES = ("name", "asset")
_TRYING = clause_words("trying")
_BEFORE_PASSIVE = frozenset("before after without since deny".split())
"""Words before "being driven out" that leave its subject to the main clause."""


class Item(NamedTuple):
    """One member of a list of noun phrases: phrase indexes of its head phrase and of the first phrase after it."""

    at: int
    end: int


@dataclass(slots=True)
class Status:
    """Whether what a verb says is put as fact, and whether it is negated."""

    real: bool = True
    negated: bool = False


class Subjects(Attachment):
    """The phrases of one sentence, and the subjects of its verbs."""

    def __init__(self, phrases: list[Phrase]) -> None:
        super().__init__(phrases)
        self._subjects: dict[int, tuple[int, ...]] = {}
        self._status: dict[int, Status] = {}
        self.question = self.count > 0 and any(is_word(p, "?") for p in phrases[-2:])

    def subject(self, k: int, depth: int = 0) -> tuple[int, ...]:
        """Indexes of the noun phrases that the verb group `k` is said of; empty where none is plain."""
        if k in self._subjects:
            return self._subjects[k]
        if depth > 6:
            return ()
        verb = self.phrases[k]
        if (
            k
            and self.phrases[k - 1].kind == "vg"
            and not verb.aux
            and (self.phrases[k - 1].word in listed("predicative") or self._says(k - 1, verb))
        ):
            found = self.subject(k - 1, depth + 1)  # "was declared liberated", "remains closed"
        elif verb.form == "inf":
            found = self._of_infinitive(k, depth)
        elif verb.form == "ger" and (not verb.passive or (k and self.phrases[k - 1].word in _BEFORE_PASSIVE)):
            found = self._of_gerund(k, depth)
        elif verb.form == "ger" and k and self.phrases[k - 1].kind == "np":
            found = (self.top(k - 1),)
        else:
            found = self._leftward(k, depth)
        found = tuple(self._named_by(at) if at < k else at for at in found)
        self._subjects[k] = found
        return found

    def _named_by(self, at: int) -> int:
        """The name of the town in "died in Belen, a small town held by the army"; the phrase itself where none is."""
        town = self.phrases[at]
        apposed = at > 2 and town.kind == "np" and town.det in ("a", "an") and not town.names
        if not apposed or not is_word(self.phrases[at - 1], ",") or self.phrases[at - 2].cls != "name":
            return at
        return at - 2 if "settlement" in lexicon().assets.get(town.word, ()) else at

    def _says(self, k: int, verb: Phrase) -> bool:
        """Whether the verb at `k` only reports what a headline goes on with: "Army says wins back the town"."""
        said = self.phrases[k]
        present = said.mods[0].endswith("s") and verb.mods[0].endswith("s") and verb.word not in ("be", "have")
        return present and not said.aux and said.word in self.moods["saying verbs"]

    def _of_infinitive(self, k: int, depth: int) -> tuple[int, ...]:
        j = self.before(k)
        if j >= 0 and self.phrases[j].kind == "np":
            verb = self.verb_before(j)
            top = self.top(j)
            if verb >= 0 and self.phrases[verb].word in self.moods["causing verbs"] and top == verb + 1:
                return (top,)
            telling = self.moods["telling nouns"] | self.moods["trying nouns"]
            if self.phrases[j].word in telling and self.phrases[j].owner is not None:
                return (j,)
            if top != j and self.phrases[top].word in telling:
                return (j,)  # "a claim by the rebels to hold the port"
            if self.needed(k) >= 0:
                return (self.needed(k),)
            if self.ranked(j):
                left = self.before(self.top(j))
                if left > 0 and self.phrases[left].kind == "vg" and self.phrases[left].word in ("be", "become"):
                    return self.subject(left, depth + 1)
                if left > 0 and is_word(self.phrases[left], ",") and self.phrases[left - 1].kind == "np":
                    return (self.top(left - 1),)  # "Belen, the fourth town to fall"
                return (self.top(j),)
        verb = self.verb_before(k)
        return self.subject(verb, depth + 1) if verb >= 0 else ()

    def needed(self, k: int) -> int:
        """Phrase of the side in "it took the army four days to clear the fort", before the infinitive `k`; else -1."""
        j = self.before(k)
        if j > 1 and self.phrases[j].cls == "time":
            verb = self.verb_before(j)
            if verb >= 0 and self.phrases[verb].word in ("take", "cost") and self.phrases[verb - 1].word == "it":
                return verb + 1 if self.phrases[verb + 1].kind == "np" and verb + 1 < j else -1
        return -1

    def ranked(self, j: int) -> bool:
        """ "The fourth village", "the last town", before an infinitive that then tells a fact."""
        top = self.phrases[self.top(j)]
        told = any(m in listed("ordinals") or m in ("last", "only", "latest", "next") for m in top.mods)
        return top.kind == "np" and top.det == "the" and (told or top.word in ("first", "last", "latest", "only"))

    def _of_gerund(self, k: int, depth: int) -> tuple[int, ...]:
        j = self.before(k)
        if (
            j >= 0
            and self.phrases[j].kind == "np"
            and (self.phrases[j].cls in ("side", "name", "asset", "pron", "people") or self.phrases[j].word in _SHOWN)
        ):
            top = self.top(j)
            shown = self.phrases[j].cls == "side" and self.phrases[top].cls == "other"
            return (j if shown else top,)  # "pictures of troops raising the flag"
        verb = self._finite_before(k)
        if verb >= 0:
            return self.subject(verb, depth + 1)
        for m in range(k + 1, min(self.count, k + REACH)):
            if self.phrases[m].kind == "vg" and self.phrases[m].form == "fin":
                found = self.subject(m, depth + 1)
                inside = any(f > k and not self._begins_main(k, f, m) for f in found)
                return found if k not in found and not inside else ()
        return ()

    def _begins_main(self, k: int, f: int, m: int) -> bool:
        """Whether the main clause begins with the subject at `f`: "after taking A, the army", "... A the army left"."""
        if any(is_word(p, ",") for p in self.phrases[k:f]):
            return True
        relative = m + 1 < self.count and is_word(self.phrases[m + 1], ",")  # "after taking A the rebels held, ..."
        return self.phrases[f - 1].kind == "np" and not relative

    def _finite_before(self, k: int) -> int:
        for j in range(k - 1, max(-1, k - REACH), -1):
            phrase = self.phrases[j]
            if phrase.kind == "vg" and phrase.form in ("fin", "base"):
                reduced = not phrase.aux and self.phrases[j + 1].word == "by" and self.phrases[j - 1].kind == "np"
                if not reduced:
                    return j
            if is_word(phrase, ";.:"):
                return -1
        return -1

    def _leftward(self, k: int, depth: int) -> tuple[int, ...]:
        j = k - 1
        for _ in range(REACH):
            if j < 0:
                return self._behind(k)
            phrase = self.phrases[j]
            if phrase.kind == "w":
                if phrase.cls == "R" or phrase.cls == "X":
                    j -= 1
                elif phrase.cls in ",-":
                    if named := self._named_before(j):
                        main = self._taking(named[0] - 3, k)
                        return self.subject(main, depth + 1) if main >= 0 else named
                    if (told := self._told_of(k, j)) >= 0:
                        return self._row(told) if told == j - 1 else (told,)
                    if (verb := self._in_series(k, j)) >= 0:
                        return self.subject(verb, depth + 1)
                    opening = self._opening(j)
                    if opening > 0 and is_word(self.phrases[opening + 1], "K") and self.phrases[j - 1].kind == "np":
                        return self._noun_subject(j - 1, depth)  # "the town, and the dam, remain"
                    if opening < 0:
                        bare = (
                            k + 1 >= self.count or self.phrases[k + 1].kind != "np" or self.phrases[k + 1].cls == "time"
                        )
                        apposed = (
                            bare
                            and not self.phrases[k].aux
                            and j == self.before(k)
                            and self.phrases[j - 1].kind == "np"
                        )
                        if j and apposed and self.phrases[j - 1].cls != "time":
                            nearer = self.phrases[self.top(j - 1)].cls == "people"
                            if nearer and self.phrases[k + 1 : k + 2] and self.phrases[k + 1].word == "by":
                                return (j - 1,)  # "residents of Belen, held by the army"
                            return self._noun_subject(j - 1, depth)  # "the clinic, now secured, has reopened"
                        verb = self._finite_before(k)
                        return self.subject(verb, depth + 1) if verb >= 0 else ()
                    j = self.before(opening)
                    if j > 0 and is_word(self.phrases[j], "I"):
                        j -= 1
                    j = self._past_distance(j)
                elif phrase.cls == "K":
                    verb = self._joined(j)
                    return self.subject(verb, depth + 1) if verb >= 0 else ()
                elif phrase.cls == "W":
                    found = self._antecedent(j)
                    return self._row(found[0]) if self.phrases[k].plural and len(found) == 1 else found
                elif phrase.cls == "I" and j > 0 and self.phrases[j - 1].kind == "np":
                    j -= 1
                else:
                    return ()
            elif phrase.kind == "np":
                if phrase.cls == "time":
                    j -= 2 if j > 0 and is_word(self.phrases[j - 1], "IS") else 1
                    continue
                if j == k - 1 and not self.phrases[k].aux and k + 1 < self.count and self.phrases[k + 1].word == "by":
                    top = self.top(j)
                    if top and self.phrases[top - 1].kind == "vg" and self.phrases[top - 1].form in ("fin", "base"):
                        return (top,)  # "serves an area held by the rebels"
                head = self._past_reduced(k, j)
                return self._noun_subject(head if head >= 0 else j, depth)
            else:
                return self._antecedent_of_clause(j)
        return ()

    def _told_of(self, k: int, j: int) -> int:
        """The place that a participle behind the comma at `j` is said of: "died in Belen, taken by the army"; or -1."""
        verb = self.phrases[k]
        known = lexicon().verbs.get(verb.mods[0]) if verb.mods else None
        bare = not verb.aux and verb.form in ("part", "fin") and known is not None and "n" in known.forms
        if not bare or j < 2 or j != self.before(k) or k + 1 >= self.count or self.phrases[j - 1].cls != "name":
            return -1
        timed = self.phrases[min(k + 2, self.count - 1)].cls == "time" and is_word(self.phrases[k + 1], "IS")
        if not (timed or self.phrases[k + 1].cls == "time" or self.phrases[k + 1].word in ("by", "from")):
            return -1
        return self.nearest(self._past_distance(j - 1))

    def _in_series(self, k: int, j: int) -> int:
        """The verb with which that at `k` shares its subject: "took the port, withdrew from the mill and"; or -1.

        `j` is the comma before it. What can be a participle is one, where no further verb closes the series:
        "took the port, abandoned in May".
        """
        verb = self.phrases[k]
        if verb.form not in ("fin", "base") or verb.passive or verb.word in self.moods["saying verbs"] or j < 3:
            return -1
        main = self._finite_before(j)
        inner = self.phrases[main + 1 : j]
        if (
            main < 0
            or self._parted(j)
            or self.phrases[j - 1].kind != "np"
            or any(is_word(p, "W,-") or p.kind == "vg" for p in inner)
        ):
            return -1
        if any(is_word(p, "W") for p in self.phrases[max(0, main - 4) : main]):
            return -1  # "the men who took the port, withdrew"
        known = lexicon().verbs.get(verb.mods[0])
        participle = not verb.aux and verb.word != "be" and known is not None and "n" in known.forms
        then = any(p.word == "then" for p in self.phrases[j + 1 : k])
        if participle and not then and not self._series_closed(k):
            return -1
        return main

    def _taking(self, main: int, k: int) -> int:
        """The verb at `main` where that at `k` goes on behind its objects: "took two towns, A and B, cut the road"."""
        verb, first = self.phrases[k], self.phrases[main]
        alike = first.kind == "vg" and first.form in ("fin", "base") and not first.passive and main > 0
        acting = verb.form in ("fin", "base") and not verb.passive and not verb.aux and verb.word != "be"
        follow = self.phrases[k + 1] if k + 1 < self.count else verb
        return main if alike and acting and follow.kind == "np" else -1

    def _parted(self, j: int) -> bool:
        """Whether the comma at `j` closes an insertion, which parts a subject from its verb."""
        opening = self._opening(j)
        if opening < 0 or self.phrases[self.before(opening)].cls == "time":
            return False
        follow = opening + 1
        while follow < j and is_word(self.phrases[follow], "R"):
            follow += 1
        told = self.phrases[follow].kind == "vg" and self.phrases[follow].form in ("fin", "base")
        return not told or self._finite_before(opening) < 0

    def _series_closed(self, k: int) -> bool:
        """Whether "and" and one more verb end the series that the verb at `k` is in."""
        for m in range(k + 1, min(self.count - 1, k + REACH)):
            if is_word(self.phrases[m], "K"):
                follow = m + 1
                while follow < self.count and is_word(self.phrases[follow], "R"):
                    follow += 1
                if follow < self.count and self.phrases[follow].kind == "vg":
                    return self.phrases[follow].form in ("fin", "base")
            elif self.phrases[m].kind == "vg" or is_word(self.phrases[m], ",;.:WS-"):
                return False
        return False

    def _row(self, last: int) -> tuple[int, ...]:
        """The list that a place in the singular closes: "Belen, the port and Darin, which are held by the army"."""
        phrases = self.phrases
        joined = last > 1 and is_word(phrases[last - 1], "K")
        row = [last]
        if not joined or phrases[last].cls not in _OF_PLACES or phrases[last].plural:
            return tuple(row)
        while (before := self._listed_before(row[0])) >= 0:
            row.insert(0, before)
        return tuple(row)

    def _listed_before(self, at: int) -> int:
        """The place that stands before `at` in a list, -1 where none does."""
        phrases = self.phrases
        if at < 2 or not is_word(phrases[at - 1], "K,"):
            return -1
        m = at - (3 if at > 2 and is_word(phrases[at - 2], ",") else 2)
        if phrases[m].kind != "np" or phrases[m].cls not in _OF_PLACES:
            return -1
        whole = self.top(m)
        return whole if phrases[whole].cls in _OF_PLACES and phrases[whole + 1].word in (",", "of", "and") else m

    def _named_before(self, j: int) -> tuple[int, ...]:
        """ "Belen and two villages, Sarab and Darin, were": what the list of names closed by the comma at `j` names."""
        names: list[int] = []
        at = j - 1
        while at > 1 and len(names) < 9 and self.phrases[at].kind == "np" and self.phrases[at].cls == "name":
            names.insert(0, at)
            if not is_word(self.phrases[at - 1], "K,"):
                return ()
            at -= 2
        told = self.phrases[at] if at >= 0 else self.phrases[j]
        counted = told.kind == "np" and told.cls == "asset" and told.plural and not told.names and told.det != "the"
        if len(names) < 2 or not counted or not is_word(self.phrases[at + 1], ","):
            return ()
        joined = at > 1 and is_word(self.phrases[at - 1], "K") and self.phrases[at - 2].kind == "np"
        before = self._noun_subject(at - 2, 0) if joined else ()
        return (*before, *names)

    def _behind(self, k: int) -> tuple[int, ...]:
        """ "Driven from Belen, the army is regrouping": whom a participle at the beginning is said of."""
        verb = self.phrases[k]
        if verb.aux or verb.form not in ("part", "fin") or k > 3:
            return ()
        for m in range(k + 1, min(self.count - 2, k + REACH)):
            if self.phrases[m].kind == "vg":
                return ()
            if is_word(self.phrases[m], ",") and self.phrases[m + 1].kind == "np" and self.phrases[m + 1].cls != "time":
                for follow in range(m + 2, min(self.count, m + REACH)):
                    if self.phrases[follow].kind == "vg":
                        return (m + 1,)
                    if is_word(self.phrases[follow], ",;."):
                        break
                return ()
        return ()

    def _joined(self, j: int) -> int:
        """The verb group that the "and" at `j` joins with the next one."""
        verb = self._finite_before(j)
        if verb < 0:
            verb = self.verb_before(j)
        if verb > 1 and j and is_word(self.phrases[j - 1], ","):
            # ", and" after a relative clause in commas goes on with the main clause.
            for m in range(verb - 1, max(0, verb - 5), -1):
                led = m - 1 if is_word(self.phrases[m], "W") else -1
                if led > 1 and is_word(self.phrases[led], "I") and self.phrases[led - 1].kind == "np":
                    led -= 2  # "aftershocks, the stronger of which"
                if led >= 0 and is_word(self.phrases[led], ","):
                    return self._finite_before(m) if self._finite_before(m) >= 0 else verb
                if self.phrases[m].kind == "vg" or is_word(self.phrases[m], ","):
                    break
        aside = verb - 2
        if aside > 0 and is_word(self.phrases[aside], "S") and self.phrases[verb - 1].det in ("its", "their"):
            main = self._finite_before(aside)  # "was closed while its runway was checked and has reopened"
            return main if main >= 0 else verb
        return verb

    def _noun_subject(self, j: int, depth: int) -> tuple[int, ...]:
        top = self.top(j)
        left = self.before(top)
        if left >= 0:
            edge = self.phrases[left]
            while left > 0 and is_word(self.phrases[left], "IR") and is_word(self.phrases[left - 1], "IR"):
                left -= 1  # "troops flown in from abroad took the town"
            if is_word(edge, "IT") and left > 0 and self.phrases[left - 1].kind == "vg":
                inner = self._antecedent_of_clause(left - 1)
                if inner or edge.word != "in" or not self.phrases[left - 1].passive:
                    return self._with_those_joined(inner, depth)  # but "are trapped in Belen, held by the rebels"
            joined = is_word(edge, "I") and left > 1 and is_word(self.phrases[left - 1], "K") and depth < 6
            if joined and self.phrases[left - 2].kind == "np":  # "men backed by tanks and by jets took the town"
                return self._noun_subject(left - 2, depth + 1)
            if edge.kind == "vg" and edge.form == "inf":
                tried = self.before(left)
                if tried >= 0 and self.phrases[tried].kind == "np" and self.phrases[self.top(tried)].word in _TRYING:
                    return (self.top(tried),)  # "an attempt by the rebels to take the port failed"
            if edge.kind == "vg" and edge.word not in self.moods["saying verbs"]:
                inner = self._antecedent_of_clause(left)
                if inner:
                    return self._with_those_joined(inner, depth)
        found = [top]
        at = top
        for _ in range(8):
            m = at - 1
            if m > 2 and is_word(self.phrases[m], ",") and self.phrases[m - 1].cls == "time":
                m -= 1 + is_word(self.phrases[m - 2], "ISR")
                m -= 1 if m > 0 and is_word(self.phrases[m - 1], ",") else 0
                if not (m > 0 and is_word(self.phrases[m - 1], "K")):
                    break
                m -= 1  # "the airport and, since Sunday, the port"
            if m > 1 and self.phrases[m].cls == "time" and is_word(self.phrases[m - 1], "IS"):
                m -= 2 * is_word(self.phrases[m - 2], "K")  # "the heights and by evening the village"
            if m >= 0 and is_word(self.phrases[m], "K,"):
                m -= 1
                if m >= 0 and is_word(self.phrases[m], ","):
                    opened = self.aside(m, -1)
                    m = opened - 1 if opened > 0 else m - 1  # "Belen, to the east, and Sarab"
                elif m > 1 and self.phrases[m].cls == "time" and is_word(self.phrases[m - 1], "ISR"):
                    m -= 2  # "Belen since Monday and Sarab since Friday"
                if m >= 0 and self.phrases[m].kind == "np" and self.phrases[m].cls != "time":
                    if self.phrases[m].cls == "pron" and self.phrases[m].word in _OBJECTS:
                        break  # "the base fell, he told us, and the soldiers fled"
                    if m and self.phrases[m - 1].word == "by":
                        reduced = m > 2 and self.phrases[m - 2].kind == "vg" and not self.phrases[m - 2].aux
                        place = self.phrases[m].cls == "other" and self.phrases[top].cls in ("name", "asset")
                        reduced = reduced and not place  # "the defenders left by boat and Belen is in rebel hands"
                        if reduced and self.phrases[m - 3].kind == "np" and is_word(self.phrases[at - 1], "K"):
                            return (self.top(m - 3),)  # "men supported by tanks and helicopters took the town"
                        break  # "was retaken by the army, and twelve men were freed"
                    other = self.top(m)
                    if (
                        other != m
                        and at == top
                        and self.phrases[m].cls == "name"
                        and self.phrases[top].names
                        and self.phrases[top].plural
                    ):
                        return (other,)  # "villages in the Belen and Sarab districts"
                    edge_at = self.before(other)
                    outer = self.phrases[edge_at] if edge_at >= 0 else None
                    telling = outer is not None and outer.kind == "vg" and outer.word in self.moods["saying verbs"]
                    if outer is not None and (outer.kind == "vg" or is_word(outer, "IT")) and not telling:
                        inner = self._of_relative(edge_at)
                        if inner:
                            return inner
                        break
                    if {self.phrases[other].cls, self.phrases[top].cls} == {"side", "asset"}:
                        break
                    if at == top and self._fallen_both(other, at, j):
                        return (other, top)  # "Belen, Sarab fall to rebels"
                    if is_word(self.phrases[at - 1], ",") and not any(
                        is_word(self.phrases[x], "K") for x in range(at, j + 1)
                    ):
                        break
                    found.append(other)
                    at = other
                    continue
            break
        if len(found) > 1:
            edge_at = self.before(found[-1])
            if (
                edge_at >= 0
                and self.phrases[edge_at].kind == "vg"
                and self.phrases[edge_at].word not in self.moods["saying verbs"]
            ):
                return (top,)  # the members before are objects of another verb
        return tuple(reversed(found))

    def _with_those_joined(self, found: tuple[int, ...], depth: int) -> tuple[int, ...]:
        """ "The town and the roads that lead to it are": the town too."""
        joined = len(found) == 1 and found[0] > 1 and is_word(self.phrases[found[0] - 1], "K") and depth < 6
        return self._noun_subject(found[0], depth + 1) if joined else found

    def _fallen_both(self, first: int, second: int, j: int) -> bool:
        """Whether a line begins with two names, a comma between them, and a verb in the plural."""
        names = first == 0 and second == 2 and j == 2 and {self.phrases[0].cls, self.phrases[2].cls} == {"name"}
        verb = self.phrases[3] if names and self.count > 3 else None
        return verb is not None and verb.kind == "vg" and (verb.form == "base" or verb.aux in ("be", "have"))
