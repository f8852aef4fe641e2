"""Rules set off by a verb: finds its subject, object and complements."""

from __future__ import annotations

from claimstream.reading.rules import patterns
from claimstream.reading.rules.assets import name_side
from claimstream.reading.rules.clauses import Item, moods
from claimstream.reading.rules.naming import Naming
from claimstream.reading.rules.slots import WORDS
from claimstream.reading.rules.table import Rule
from claimstream.reading.rules.tags import SIDES
from claimstream.reading.rules.words import lexicon

_IDIOMS = {
    "fall": frozenset("short ill back behind apart victim sick asleep silent prey flat foul".split()),
    "seize": frozenset(("on", "upon")),
    "take": frozenset(("on", "up", "off", "part", "place", "in", "out")),
}
"""Words after a verb that make another verb of it."""
_CAPTIVE = frozenset("prisoner prisoners hostage hostages captive captives".split())
"""What those become who are "taken prisoner"."""
_RANKED = frozenset("last only remaining biggest largest main two".split())
_MARCHING = frozenset("march return walk parade stream pour go drive file stroll head".split())
"""Verbs of going that do not take a place where a crowd goes."""
_DECLARING = frozenset("declare proclaim pronounce announce report claim".split())
"""Verbs before a place and what it is: "declared the town liberated"."""
_MANNERS = frozenset(
    "surprise force storm night day boat helicopter means stealth air land sea assault fire fighting bombing shelling "
    "car road bus accident mistake then now itself water floodwater floods fires weeds law treaty order".split()
)
"""What follows "by" without being anybody: "taken by surprise", "left by boat"."""
_SIDED = frozenset((*SIDES, "nation", "demonym"))
"""Kinds of names that say whose a thing is."""


class VerbRules(Naming):
    """Runs the rules of one verb."""

    def _verb_rule(self, rule: Rule, k: int) -> bool:
        after, particle = self._particle(rule, k)
        if after < 0 or (rule.beside and rule.beside.isdisjoint(t.lower for t in self.tokens)):
            return False
        follow = self.phrases[k + 1].word if k + 1 < self.clauses.count else ""
        timed = follow == "on" and k + 2 < self.clauses.count and self.phrases[k + 2].cls == "time"
        timed |= (self.phrases[k].word, follow) in rule.verbs
        if not self.phrases[k].passive and not timed and follow in _IDIOMS.get(self.phrases[k].word, ()):
            return False
        if self.phrases[k].word == "gain" and follow in ("entrance", "entry", "access"):
            return False
        if follow in _CAPTIVE and self.phrases[k].word in ("take", "hold"):
            return False
        if (
            self.phrases[k].word == "leave"
            and k > 1
            and self.phrases[k - 1].kind == "np"
            and self.phrases[k - 2].kind == "vg"
            and self.phrases[k - 2].word in ("have", "be", "see", "find")
        ):
            return False  # "has nothing left in the city"
        if rule.only == "denied" and not self.denied[k]:
            return False
        left = self.clauses.before(k)
        plain = self.phrases[k].form == "base" and left >= 0 and self.phrases[left].kind == "np"  # "as rebels flee"
        if rule.finite and self.phrases[k].form != "fin" and not plain:
            return False
        if self.phrases[k].word in ("hold", "resist") and self._until(k):
            return False  # "held out until Monday"
        status = self.clauses.status(k)
        passable = rule.kind != "control" and self._passable(rule, k)
        if not status.real and not passable and not self._repelled(k):
            return False
        roles: dict[str, list[Item]] = {}
        if rule.name in ("besiege", "cut-off") and not self._encircling(k):
            return False
        if rule.only == "done" and self.phrases[k].aux == "be" and self.phrases[k].mods[0].endswith("ing"):
            return False  # "are clearing the road"
        passive = self._is_passive(rule, k)
        if rule.voice and rule.voice != ("passive" if passive else "active"):
            return False
        negated = status.negated or not (status.real or passable)
        if rule.only in ("negative", "positive") and rule.only != ("negative" if negated else "positive"):
            subjects = self._subjects(k)
            if not (rule.only == "negative" and any(self._none(item.at) for item in subjects)):
                return False
        subjects = self._subjects(k)
        end = after
        words = ""
        if rule.object and passive:
            roles["object"], roles["subject"] = subjects, self._agent(after)
            words = "" if roles["subject"] else self._stranger(after) or self._former(rule, subjects)
            if not self._keep(roles, "object", rule.object):
                return False
            self._keep(roles, "subject", rule.subject or "any")
        else:
            if rule.object:
                objects = self._objects(k, after, particle)
                roles["object"] = [o for o in objects if self.accepts(self.clauses, o, rule.object)]
                first = self.phrases[objects[0].at] if objects else None
                skipped = first is not None and first.word in ("that", "gendarmerie", "ministry", "command", "garrison")
                begins = bool(roles["object"]) and (skipped or roles["object"][0].at == objects[0].at)
                if not begins or (rule.name == "claim" and self._clause_of(objects[0], k)):
                    return False
                self._gapped(roles, objects)
                end = max(end, roles["object"][-1].end)
            roles["subject"] = subjects
            if rule.subject == "who":
                if not self._asked(k):
                    return False
            elif rule.subject and not self._keep(roles, "subject", rule.subject):
                return False
        marching = rule.name == "enter" and self.phrases[k].word in _MARCHING
        if marching and any(self.phrases[item.at].word in WORDS["marchers"] for item in roles["subject"]):
            return False  # "protesters marched through the town"
        if rule.relative and "left" not in rule.relative and not self._relative(rule, k, roles):
            return False
        if rule.after:
            end = self._after(rule, end, roles, after, k + 1)
            if end < 0:
                return False
        negated ^= any(self._none(item.at) for item in subjects)
        if rule.kind == "route" and rule.gives[0].asset == "subject":
            negated ^= any(self._none(item.at) for item in roles.get("object", ()))  # "received no ships"
        if rule.only == "negative" and rule.gives[0].holds == "contested":
            negated = False
        if words and rule.name in ("policed", "guarded") and words.islower():
            return False  # "patrolled by dogs"
        return self._give(rule, k, roles, negated, end, words)

    def _asked(self, k: int) -> bool:
        """Whether the verb is that of a question put indirectly: "it is unclear who holds the port"."""
        j = self.clauses.before(k)
        if j < 0 or self.phrases[j].word != "who":
            return False
        before = self.phrases[j - 1] if j else None
        return before is None or before.kind != "np" or before.cls == "time" or before.word in ("clear", "unclear")

    def _passable(self, rule: Rule, k: int) -> bool:
        """Whether "can" says how it is: "the road can be used", "nobody could leave the town"."""
        able = rule.kind == "route" or rule.only == "able"
        nobody = any(self._none(at) for at in self.clauses.subject(k))
        return self.phrases[k].real and (
            (able and self.phrases[k].aux == "can") or (nobody and self.phrases[k].aux in ("can", "could"))
        )

    def _until(self, k: int) -> bool:
        """Whether the clause says until when."""
        for j in range(k + 1, min(k + 8, self.clauses.count - 1)):
            phrase = self.phrases[j]
            if phrase.word in ("until", "till"):
                return self.phrases[j + 1].cls == "time"
            if phrase.kind == "vg" or (phrase.kind == "w" and phrase.cls in ";.,K"):
                return False
        return False

    def _clause_of(self, item: Item, k: int) -> bool:
        """Whether the would-be object is the subject of a clause of its own ("claimed Clinton had helped")."""
        if item.at < k or item.end >= self.clauses.count:
            return False
        follow = self.phrases[item.end]
        return follow.kind == "vg" and follow.form == "fin" and bool(follow.aux)

    def _subjects(self, k: int) -> list[Item]:
        """The subjects of the verb, with those that "with its barracks and jail" adds."""
        items = [Item(at, self.clauses._tail(at)) for at in self.clauses.subject(k)]
        if len(items) == 1 and items[0].at < k and self.phrases[items[0].at].plural:
            listed = [i for i in self.clauses.items(items[0].at) if i.at < k]
            if len(listed) > 1 and listed[0].at != items[0].at:
                return listed  # "two villages, Abu Rashid and al-Ajil, were freed"
        if len(items) == 1 and items[0].at < k:
            end = items[0].end
            added = (
                end + 2 < k and self.phrases[end].word == "," and self.phrases[end + 1].word in ("with", "including")
            )
            if added:
                more = self.clauses.items(end + 2)
                if more and more[-1].end < k and self.phrases[more[-1].end].word == ",":
                    items += more
        return items

    def _relative(self, rule: Rule, k: int, roles: dict[str, list[Item]]) -> bool:
        """ "The camp from which the enemy fled": binds the camp to the role "from"."""
        subjects = self.clauses.subject(k)
        j = self.clauses.before(subjects[0]) if subjects else -1
        if "where" in rule.relative and j > 0 and self.phrases[j].word == "where":
            m = j - 2 if self.phrases[j - 1].word == "," else j - 1
            item = Item(m, self.clauses._tail(m))
            bound = m >= 0 and self.phrases[m].kind == "np" and self.accepts(self.clauses, item, "place")
            roles["from"] = [item] if bound else []
            return bound
        if j < 1 or self.phrases[j].word not in ("which", "where") or self.phrases[j - 1].word not in rule.relative:
            return False
        m = j - 2
        if m >= 0 and self.phrases[m].kind == "w" and self.phrases[m].cls == ",":
            m -= 1
        if m < 0 or self.phrases[m].kind != "np":
            return False
        top = self.clauses.top(m)
        if self.phrases[top].cls == "asset":
            m = top
        if rule.kind == "route":  # no ports: "the port, through which most goods pass" says nothing of today
            ways = (
                Item(x, self.clauses._tail(x)) for x in range(m, max(-1, m - 6), -1) if self.phrases[x].kind == "np"
            )
            roles["from"] = [item for item in ways if self.accepts(self.clauses, item, "way")][:1]
            return bool(roles["from"])
        item = Item(m, self.clauses._tail(m))
        roles["from"] = [item] if self.accepts(self.clauses, item, "asset") else []
        return bool(roles["from"])

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

    def _repelled(self, k: int) -> bool:
        """An attempt that the same sentence says was beaten back ("tried to enter X but was turned back")."""
        if self.phrases[k].form != "inf":
            return False
        j = self.clauses.before(k)
        tried = j >= 0 and self.phrases[j].word in (
            "try",
            "attempt",
            "seek",
            "attempts",
            "bid",
            "effort",
            "efforts",
            "tries",
        )
        if not tried:
            return False
        for m in (*range(k + 1, min(self.clauses.count, k + 16)), *range(k - 1, max(-1, k - 10), -1)):
            phrase = self.phrases[m]
            if phrase.kind != "vg" or self.phrases[k].word == "retreat":
                continue
            follow = self.phrases[m + 1].word if m + 1 < self.clauses.count else ""
            if phrase.word in ("repel", "repulse", "rebuff", "thwart", "foil", "fail", "defeat") or (
                phrase.word in ("turn", "beat", "push", "drive", "throw", "hold") and follow in ("back", "off")
            ):
                return self.clauses.status(m).real
        return False

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
                and nxt + 1 < self.clauses.count
                and self.phrases[nxt].kind == "np"
                and self.phrases[nxt + 1].word == words[0]
            ):
                return nxt, particle
        return best

    def _is_passive(self, rule: Rule, k: int) -> bool:
        verb = self.phrases[k]
        if verb.passive:
            return True
        if verb.aux or verb.form in ("inf", "base"):
            return False
        if verb.form in ("part", "fin") and k < 2 and self.clauses.subject(k) and self.clauses.subject(k)[0] > k:
            return True  # "Driven from Belen, the army ..."
        known = lexicon().verbs.get(self.tokens[verb.head].lower)
        if known is None or "n" not in known.forms:
            return False
        if self._declared(k):
            return True
        nxt = patterns.passed(self.clauses, k + 1)
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
            and self.accepts(self.clauses, Item(near, near + 1), rule.object)
        ):
            return True
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
                break
        return []

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
        """Whether the words before a noun name a side, not a place: "army positions", not "Senaki base"."""
        phrase = self.phrases[at]
        words = range(phrase.start, phrase.end)
        known = any(self.known.get(i) in _SIDED for i in words)
        return known or any(self.tokens[i].lower in lexicon().actors for i in words if i != phrase.head)

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

    def _objects(self, k: int, after: int, particle: str) -> list[Item]:
        j = patterns.passed(self.clauses, after)
        if j < self.clauses.count and self.phrases[j].kind == "np":
            items = self.clauses.items(j)
            if self.phrases[j].word in WORDS["everything"]:
                items = self._told_apart(j) or items
            if particle and items and items[0].end < self.clauses.count and self.phrases[items[0].end].word == particle:
                return [items[0]]
            return items
        return self._relative_object(k)

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
        told = j > 1 and phrase.word == "that" and self.phrases[j - 2].kind == "vg"
        if told and self.phrases[j - 2].word in moods()["saying verbs"]:
            return []  # "told the paper that the garrison had left"
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

    def _keep(self, roles: dict[str, list[Item]], role: str, slot: str) -> bool:
        roles[role] = [item for item in roles.get(role, []) if slot == "any" or self.accepts(self.clauses, item, slot)]
        return bool(roles[role])

    def _after(self, rule: Rule, end: int, roles: dict[str, list[Item]], first: int, begin: int) -> int:
        for elements in rule.after:
            firsts = [item.end for item in roles.get("object", ())[:1] if item.at >= first]
            heads = [item.at + 1 for item in roles.get("object", ())[:1] if item.at >= first]
            for start in dict.fromkeys((end, *firsts, *heads, first, begin)):
                bound: dict[str, list[Item]] = {}
                stop = patterns.match(elements, self.clauses, start, self.accepts, bound)
                if stop >= 0 and all(self._owned(i.at) for i in bound.get("holder", [])):
                    roles.update(bound)
                    return stop
        for item in [*roles.get("object", ()), *roles.get("subject", ())]:
            inner = item.at + 2
            if (
                self.phrases[item.at].word in WORDS["flag"]
                and inner < item.end
                and self.phrases[inner - 1].word != "of"
            ):
                asset = Item(inner, item.end)
                if self.accepts(self.clauses, asset, "asset"):
                    roles["asset"] = [asset]
                    return end
        return -1
