"""Runs a rule set off by a verb: what the verb must be like, and who and what must stand in its clause."""

from __future__ import annotations

from claimstream.reading.rules import patterns
from claimstream.reading.rules.clauses import Item
from claimstream.reading.rules.guards import Guards
from claimstream.reading.rules.slots import WORDS
from claimstream.reading.rules.table import Rule
from claimstream.reading.rules.words import clause_words

_MARCHING = clause_words("marching")
"""Verbs of going that do not take a place where a crowd goes."""


_COMING_AND_GOING = frozenset("enter enter-object leave withdraw withdraw-here gone-here still-in move-in".split())
"""Rules of going to and from a place, which one man may do for himself."""
_GOING_HERE = frozenset(("withdraw-here", "gone-here", "is-gone-here"))

_RINGING = frozenset(("besiege", "besieged-in", "people-besieged-in", "unit-besieged", "cut-off"))
"""Rules that fire on what may only lie or stand around: "surrounded by orchards"."""


class VerbRules(Guards):
    """Runs the rules of one verb."""

    def _verb_rule(self, rule: Rule, k: int) -> bool:
        after, particle = self._particle(rule, k)
        if after < 0 or (rule.beside and rule.beside.isdisjoint(t.lower for t in self.tokens)):
            return False
        if self._idiomatic(rule, k) or not self._formed(rule, k):
            return False
        status = self.clauses.status(k)
        passable = rule.kind != "control" and self._passable(rule, k)
        if not status.real and not passable and not self._repelled(k):
            return False
        if rule.name in _RINGING and not self._encircling(k):
            return False
        if rule.only == "told" and not self.phrases[k].aux:
            return False  # "tunnels used by smugglers"
        if rule.only == "done" and self._going_on(k):
            return False
        passive = self._is_passive(rule, k)
        if rule.voice and rule.voice != ("passive" if passive else "active"):
            return False
        negated = status.negated or not (status.real or passable)
        subjects = self._subjects(k)
        if rule.only == "positive" and negated:
            return False
        refused = rule.only == "refused" and self.denied[k]
        positive = not negated and not refused and not any(self._none(item.at) for item in subjects)
        if rule.only in ("negative", "refused") and positive:
            return False
        if rule.name in _COMING_AND_GOING and not negated and any(self._one_man(item.at) for item in subjects):
            return False  # "a fighter who walked out of it"
        if rule.name == "fight-goes-on-here" and self.phrases[k - 1].cls == "W":
            return False  # "speaks of a battle that goes on"
        if rule.name in _GOING_HERE and (self._told_aside(k, subjects) or self._left_already(k, subjects)):
            return False
        roles: dict[str, list[Item]] = {}
        end, words = after, ""
        if rule.object and passive:
            roles["object"], roles["subject"] = subjects, self._agent(after)
            words = "" if roles["subject"] else self._stranger(after) or self._former(rule, subjects)
            if not self._keep(roles, "object", rule.object):
                return False
            self._keep(roles, "subject", rule.subject or "any")
        else:
            if rule.object:
                if not self._done_to(rule, k, self._objects(k, after, particle), roles):
                    return False
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
        refused = passive and rule.object == "nobody"  # "not one truck was let over": the rule says it by itself
        negated ^= not refused and any(self._none(item.at) for item in subjects)
        negated ^= bool(rule.after) and not rule.object and self._of_nothing(after, roles)
        if rule.kind == "route" and rule.gives[0].asset == "subject":
            negated ^= any(self._none(item.at) for item in roles.get("object", ()))  # "received no ships"
        if rule.only == "negative" and rule.gives[0].holds == "contested":
            negated = False
        if words and rule.name in ("policed", "guarded") and words.islower():
            return False  # "patrolled by dogs"
        if self._harmless(rule, k, roles):
            return False
        return self._give(rule, k, roles, negated, end, words)

    def _going_on(self, k: int) -> bool:
        """Whether the verb tells of what is not done yet: "are clearing the road", "is being repaired"."""
        verb = self.phrases[k]
        clearing = verb.aux == "be" and verb.mods[0].endswith("ing")
        return clearing or any(token.lower == "being" for token in self.tokens[verb.start : verb.end])

    def _told_aside(self, k: int, subjects: list[Item]) -> bool:
        """Whether who went is told only in passing, so that it need not be from the town spoken of.

        "Soldiers who had fled", "rigged the house before they fled", "how many they have left"; and "a third of them
        have gone", who may be anybody.
        """
        if self.phrases[k - 1].word in ("who", "that", "which"):
            return True
        for item in subjects:
            edge = self.clauses.before(item.at)
            if edge >= 0 and self.phrases[edge].word in ("before", "many", "much", "let"):
                return True
            last = self.phrases[min(item.end, self.clauses.count) - 1]
            if self.phrases[item.at].cls == "share" and last.word in ("them", "these", "those"):
                return True
        return False

    def _left_already(self, k: int, subjects: list[Item]) -> bool:
        """ "Troops abandoned the village and fled south": whether the same have just been told to leave a place."""
        left = {f.side for f in self.found if f.kind == "control" and f.holds == "no" and f.verb < k}
        return any(item.at in left for item in subjects)

    def _one_man(self, at: int) -> bool:
        """Whether the phrase is of one man and no side: "a fighter", "one soldier"."""
        phrase = self.phrases[at]
        there = at > 0 and self.phrases[at - 1].word == "there"  # "nowhere is there a rebel left"
        single = phrase.det in ("a", "an", "one") and phrase.word in WORDS["one man"]
        return single and not there and not self._none(at)

    def _of_nothing(self, at: int, roles: dict[str, list[Item]]) -> bool:
        """Whether what the pattern takes first is none: "has no presence in the town", "has no control of it"."""
        if at >= self.clauses.count or self.phrases[at].kind != "np" or self.phrases[at].det != "no":
            return False
        if "nosign" in roles:
            return False  # "no sign of soldiers" says by itself that there are none
        return all(item.at != at for items in roles.values() for item in items)

    def _formed(self, rule: Rule, k: int) -> bool:
        """Whether the verb has the form that the rule asks for: denied, finite."""
        if rule.only == "denied" and not self.denied[k]:
            return False
        left = self.clauses.before(k)
        plain = self.phrases[k].form == "base" and left >= 0 and self.phrases[left].kind == "np"  # "as rebels flee"
        forced = self.phrases[k].form == "inf" and self.phrases[k - 1].word in ("force", "oblige", "compel", "have")
        after = k > 1 and self.phrases[k].form == "ger" and self.phrases[k - 1].word == "before"  # "before withdrawing"
        return not rule.finite or self.phrases[k].form == "fin" or plain or forced or after

    def _done_to(self, rule: Rule, k: int, objects: list[Item], roles: dict[str, list[Item]]) -> bool:
        """Whether the rule takes what stands behind an active verb; it goes to the role "object"."""
        roles["object"] = [o for o in objects if self.accepts(self.clauses, o, rule.object)]
        if not roles["object"]:
            return False
        unknown = self.phrases[objects[0].at]  # "held the landing and the customs post"
        listed = len(objects) > 1 and unknown.cls == "other" and unknown.det == "the" and rule.object == "asset"
        skipped = listed or unknown.word in ("that", "gendarmerie", "ministry", "command", "garrison")
        if not skipped and roles["object"][0].at != objects[0].at:
            return False
        if rule.name == "claim" and self._clause_of(objects[0], k):
            return False
        self._gapped(roles, objects)
        return True

    def _keep(self, roles: dict[str, list[Item]], role: str, slot: str) -> bool:
        roles[role] = [item for item in roles.get(role, []) if slot == "any" or self.accepts(self.clauses, item, slot)]
        return bool(roles[role])

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
        elif m > 1 and self.phrases[m - 1].word in ("at", "in", "of", "near") and self.phrases[m - 2].cls == "asset":
            m -= 2  # "is true of the mill at Belen, from which"
        if rule.kind == "route":  # no ports: "the port, through which most goods pass" says nothing of today
            ways = (
                Item(x, self.clauses._tail(x)) for x in range(m, max(-1, m - 6), -1) if self.phrases[x].kind == "np"
            )
            roles["from"] = [item for item in ways if self.accepts(self.clauses, item, "way")][:1]
            return bool(roles["from"])
        item = Item(m, self.clauses._tail(m))
        roles["from"] = [item] if self.accepts(self.clauses, item, "asset") else []
        return bool(roles["from"])

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
