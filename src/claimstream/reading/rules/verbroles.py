"""Who and what the clause of a verb names: its subjects, its objects, whoever stands after "by"."""

from __future__ import annotations

from claimstream.reading.rules import patterns
from claimstream.reading.rules.assets import name_side
from claimstream.reading.rules.clauses import Item, moods
from claimstream.reading.rules.slots import WORDS
from claimstream.reading.rules.table import Rule
from claimstream.reading.rules.tags import SIDES
from claimstream.reading.rules.verbforms import VerbForms
from claimstream.reading.rules.words import clause_words, lexicon

_RANKED = clause_words("ranked")
_MANNERS = clause_words("manners")
"""What follows "by" without being anybody: "taken by surprise", "left by boat"."""
_BESIDE_SAYING = frozenset("in at on to from by during after over".split())
"""Prepositions between a verb of saying and what is said: "told reporters in Belen that"."""
_SIDED = frozenset((*SIDES, "nation", "demonym"))
"""Kinds of names that say whose a thing is."""


class VerbRoles(VerbForms):
    """Finds the noun phrases that a verb is said of."""

    def _subjects(self, k: int) -> list[Item]:
        """The subjects of the verb, with those that "with its barracks and jail" adds; the same list for all rules."""
        if k not in self._subjects_of:
            self._subjects_of[k] = self._all_subjects(k)
        return self._subjects_of[k]

    def _all_subjects(self, k: int) -> list[Item]:
        items = [Item(at, self.clauses._tail(at)) for at in self.clauses.subject(k)]
        if len(items) == 1 and items[0].at < k and self.phrases[items[0].at].plural:
            listed = [i for i in self.clauses.items(items[0].at) if i.at < k]
            if len(listed) > 1 and listed[0].at != items[0].at:
                return listed  # "two villages, Abu Rashid and al-Ajil, were freed"
        if items and items[-1].at < k:
            end = items[-1].end
            added = (
                end + 2 < k and self.phrases[end].word == "," and self.phrases[end + 1].word in ("with", "including")
            )
            if added:
                more = self.clauses.items(end + 2)
                if more and more[-1].end < k and self.phrases[more[-1].end].word == ",":
                    items += more
            elif end + 2 == k and self.phrases[end].word == "with" and self.phrases[end + 1].det in ("its", "their"):
                items.append(Item(end + 1, k))  # "the town with its airport is"
        return items

    def _objects(self, k: int, after: int, particle: str) -> list[Item]:
        """What stands behind the verb, or is spoken of in the relative clause that the verb ends."""
        j = patterns.passed(self.clauses, after)
        if j < self.clauses.count and self.phrases[j].kind == "np":
            items = self.clauses.items(j)
            if self.phrases[k].word == "make" and self.phrases[j].word in WORDS["seat"]:
                return self._relative_object(k) or items  # "the mill that they had made their base"
            if self.phrases[j].cls == "share" and items and items[0].end == j + 1:
                items = self._shared_where(k) or items
            unnamed = (
                items
                and self.phrases[j].cls in ("asset", "share")
                and not self.accepts(self.clauses, items[0], "asset")
            )
            if self.phrases[j].word in WORDS["everything"] or unnamed:
                items = self._told_apart(j) or items
            if particle and items and items[0].end < self.clauses.count and self.phrases[items[0].end].word == particle:
                return [items[0]]
            return items
        return self._relative_object(k)

    def _shared_where(self, k: int) -> list[Item]:
        """The place in "Belen, where the rebels control half" with the verb `k`."""
        subjects = self.clauses.subject(k)
        where = subjects[0] - 1 if subjects else -1
        if where < 1 or self.phrases[where].word != "where":
            return []
        at = where - 2 if self.phrases[where - 1].word == "," else where - 1
        return [Item(at, at + 1)] if at >= 0 and self.phrases[at].cls in ("name", "asset") else []

    def _told_apart(self, j: int) -> list[Item]:
        """The list in "everything north of the line, including A and B", "the initiative and, with it, A and B"."""
        for m in range(j + 1, min(j + 12, self.clauses.count - 1)):
            phrase = self.phrases[m]
            if phrase.word in ("including", "namely", "especially") or (phrase.word == "among" and phrase.kind == "w"):
                at = m + 1
            elif phrase.word in ("with", "along") and self.phrases[m + 1].word in ("it", "them"):
                at = m + 2
            elif patterns.boundary(phrase):
                return []
            else:
                continue
            while at < self.clauses.count and self.phrases[at].kind == "w" and self.phrases[at].cls in ",":
                at += 1
            return self.clauses.items(at) if at < self.clauses.count and self.phrases[at].kind == "np" else []
        return []

    def _relative_object(self, k: int) -> list[Item]:
        """The noun that a relative clause without an object of its own is about ("the town that rebels had seized")."""
        subjects = self.clauses.subject(k)
        if not subjects or subjects[0] >= k:
            return []
        j = self.clauses.before(subjects[0])
        if j >= 0 and self.phrases[j].kind == "vg" and self.phrases[j].word in moods()["saying verbs"]:
            outer = self.clauses.subject(j)
            j = self.clauses.before(outer[0]) if outer else -1
        if j < 0:
            return []
        phrase = self.phrases[j]
        if phrase.word == "that" and self._tells(j):
            return []  # "told the paper that the garrison had left"
        if phrase.word == "that" and j > 1 and self.phrases[j - 1].cls == "name" and self.phrases[j - 2].word == "in":
            return []  # "declared in Belen that the rebels had"
        if phrase.kind == "w" and phrase.cls == "W" and phrase.word in ("that", "which"):
            return self._with_those_before(
                [Item(at, self.clauses._tail(at)) for at in self._listed_before(j) if at < j]
            )
        if phrase.kind == "np" and phrase.cls == "asset" and j == subjects[0] - 1:
            return [Item(j, j + 1)]
        follow = self.phrases[k + 1] if k + 1 < self.clauses.count else None
        bare = follow is None or (follow.kind == "w" and follow.cls in ",.;KS")
        labelled = bare and j == 1 and phrase.word == ":" and self.phrases[0].cls in ("name", "asset")
        return [Item(0, 1)] if labelled and self.headline else []  # "Belen: rebels leave"

    def _tells(self, that: int) -> bool:
        """Whether the word at `that` begins what is said: "declared on Monday in Belen that", no relative clause."""
        j = that - 1
        while j > 1 and self.phrases[j].kind == "np" and self.phrases[j - 1].word in _BESIDE_SAYING:
            j -= 2
        j -= j > 1 and self.phrases[j].kind == "np"
        return j > 0 and self.phrases[j].kind == "vg" and self.phrases[j].word in moods()["saying verbs"]

    def _listed_before(self, j: int) -> tuple[int, ...]:
        """What the relative pronoun at `j` stands for; ", which" behind "A, B and C" stands for all three."""
        found = self.clauses._antecedent(j)
        if len(found) != 1 or self.phrases[j - 1].word != "," or self.phrases[found[0]].cls != "name":
            return found
        at = [found[0]]
        while len(at) < 8 and at[0] > 1 and self.phrases[at[0] - 2].cls == "name":
            joined = self.phrases[at[0] - 1]
            if not (joined.kind == "w" and (joined.word == "and" if len(at) == 1 else joined.cls in ",K")):
                break
            at.insert(0, at[0] - 2)
        return tuple(at)

    def _with_those_before(self, items: list[Item]) -> list[Item]:
        """ "A and B, the last towns that rebels hold": the relative clause is about A and B."""
        if len(items) != 1:
            return items
        at = items[0].at
        towns = self.phrases[at]
        apposed = at > 3 and towns.plural and towns.det == "the" and self.phrases[at - 1].word == ","
        if not apposed or not (towns.mods and towns.mods[-1] in _RANKED):
            return items
        last, joined = at - 2, self.phrases[at - 3].word
        first = at - 4
        names = joined == "and" and self.phrases[last].cls == "name" and self.phrases[first].cls == "name"
        return [Item(first, first + 1), Item(last, last + 1)] if names else items

    def _gapped(self, roles: dict[str, list[Item]], objects: list[Item]) -> None:
        """ "Soldiers held the bank and rebels the market": the second pair goes to roles of its own."""
        for item in objects[1:]:
            follow = item.at + 1
            if (
                follow < self.clauses.count
                and self.phrases[follow].kind == "np"
                and self.is_side(item.at)
                and self.phrases[item.at].cls != "pron"
            ):
                other = Item(follow, self.clauses._tail(follow))
                if self.accepts(self.clauses, other, "asset") or self.phrases[follow].word == "one":
                    roles["other side"], roles["other asset"] = [item], [other]
                    return

    def _clause_of(self, item: Item, k: int) -> bool:
        """Whether the would-be object is the subject of a clause of its own ("claimed Clinton had helped")."""
        if item.at < k or item.end >= self.clauses.count:
            return False
        follow = self.phrases[item.end]
        return follow.kind == "vg" and follow.form == "fin" and bool(follow.aux)

    def _agent(self, after: int) -> list[Item]:
        """The side after "by"."""
        for j in range(after, min(after + 8, self.clauses.count)):
            phrase = self.phrases[j]
            if (
                phrase.kind == "w"
                and phrase.word == "by"
                and j + 1 < self.clauses.count
                and self.phrases[j + 1].kind == "np"
            ):
                if self.phrases[j + 1].cls == "time":
                    continue
                items = self.clauses.items(j + 1)
                return [i for i in items if self.is_side(i.at)]
            if patterns.boundary(phrase):
                return self._agent_behind(after, j)
        return []

    def _agent_behind(self, after: int, inner: int) -> list[Item]:
        """The side after ", by" behind an insertion with the verb `inner`: "was taken, as it grew dark, by rebels"."""
        if all(phrase.word != "," for phrase in self.phrases[after:inner]):
            return []
        for j in range(inner + 1, min(inner + 8, self.clauses.count - 2)):
            if self.phrases[j].word == ",":
                led = self.phrases[j + 1].word == "by" and self.phrases[j + 2].kind == "np"
                return [item for item in self.clauses.items(j + 2) if self.is_side(item.at)] if led else []
        return []

    def _stranger(self, after: int) -> str:
        """Whoever is named after "by" without being known as a side ("by armed persons"), "" for manner or means."""
        for j in range(after, min(after + 3, self.clauses.count - 1)):
            phrase, inner = self.phrases[j], self.phrases[j + 1]
            if phrase.kind == "w" and phrase.word == "by":
                held = self.holder(j + 1)[0] if inner.kind == "np" else ""
                if inner.word in _MANNERS and held not in ("they", "we"):
                    return held  # "under control by Syrian fire"
                acting = inner.kind == "np" and inner.cls in ("people", "other", "name") and inner.form != "gen"
                return name_side(self.clauses, self.tokens, j + 1) if acting and inner.word not in _MANNERS else ""
            if patterns.boundary(phrase):
                break
        return ""

    def _former(self, rule: Rule, subjects: list[Item]) -> str:
        """Who lost it, where the asset's own words say whose it was: "army positions had been given up"."""
        if (
            rule.gives[0].holds != "no"
            or rule.object in ("side", "troops")
            or len(subjects) != 1
            or self.phrases[subjects[0].at].cls == "name"
        ):
            return ""
        found = self.holder(subjects[0].at)[0]
        return found if found not in ("they", "we") and self._sided_words(subjects[0].at) else ""

    def _sided_words(self, at: int) -> bool:
        """Whether the words before a noun name a side, not a place: "army positions", not "Sarab base"."""
        phrase = self.phrases[at]
        words = range(phrase.start, phrase.end)
        known = any(self.known.get(i) in _SIDED for i in words)
        return known or any(self.tokens[i].lower in lexicon().actors for i in words if i != phrase.head)
