"""Runs the rules of lexicon/control.toml over the clauses of one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from claimstream.lexicon import load
from claimstream.model import Token
from claimstream.rules import patterns
from claimstream.rules.assets import HELD, Named, demonyms, name_asset
from claimstream.rules.clauses import Clauses, Item, moods
from claimstream.rules.phrases import SIDES, Phrase
from claimstream.rules.words import lexicon


WORDS = {
    "siege": frozenset("siege sieges blockade encirclement cordon".split()),
    "flag": frozenset("flag flags banner banners colours colors standard tricolour tricolor ensign".split()),
    "fighting": frozenset("fighting battle battles clashes fight combat firefights skirmishes gunbattles street-fighting".split()),
    "traffic": frozenset("convoy convoys truck trucks lorry lorries vehicle vehicles traffic car cars bus buses ambulance ambulances aid supplies "
                         "relief trains train ships food goods fuel minibuses vans wagons tankers nothing nobody".split()),
}  # fmt: skip
_INSIDE = frozenset(("in", "inside", "within", "for", "around", "over", "at"))


_ORDINALS = frozenset("first second third fourth fifth sixth seventh eighth ninth tenth".split())
_BACK = frozenset("retake recapture liberate reconquer reoccupy regain reclaim free recover re-take re-capture".split())


class Gives(NamedTuple):
    """One outcome of a rule: the role that names the side, what it does, the role that names the asset."""

    side: str
    holds: str
    asset: str
    soft: bool


class Rule(NamedTuple):
    """A rule of lexicon/control.toml; see the head of that file for the meaning of the fields."""

    name: str
    kind: str
    verbs: tuple[tuple[str, str], ...]
    nouns: frozenset[str]
    subject: str
    object: str
    after: tuple[tuple[patterns.Element, ...], ...]
    gives: tuple[Gives, ...]
    voice: str
    taker: str
    relative: tuple[str, ...]
    beside: frozenset[str]
    only: str
    finite: bool


class Rules(NamedTuple):
    """All rules, by the lemma or the noun that sets them off, and the words that a sentence must have."""

    by_verb: dict[str, tuple[Rule, ...]]
    by_noun: dict[str, tuple[Rule, ...]]


@dataclass(slots=True)
class Finding:
    """What a rule read, before references are resolved. `side` is a phrase index, -1 if none; `words` a ready name."""

    rule: str
    kind: str
    holds: str
    side: int
    asset: Named | None
    start: int
    end: int
    words: str = ""
    taker: str = ""
    soft: bool = False
    passing: bool = False
    denial: bool = False
    turned: bool = False
    sides: tuple[int, ...] = ()
    verb: int = -1
    at: int = 0


@cache
def rules() -> Rules:
    """The rules, compiled once."""
    by_verb: dict[str, list[Rule]] = {}
    by_noun: dict[str, list[Rule]] = {}
    for row in load("control")["rule"]:
        rule = _rule(row)
        for verb in dict.fromkeys(lemma for lemma, _ in rule.verbs):
            by_verb.setdefault(verb, []).append(rule)
        for noun in rule.nouns:
            by_noun.setdefault(noun, []).append(rule)
    return Rules({k: tuple(v) for k, v in by_verb.items()}, {k: tuple(v) for k, v in by_noun.items()})


def _rule(row: dict[str, Any]) -> Rule:
    verbs = tuple((v.split(" ", 1)[0], v.split(" ", 1)[1] if " " in v else "") for v in row.get("verbs", ()))
    gives = []
    for text in row["gives"]:
        side, holds, asset, *soft = text.split()
        gives.append(Gives(side, holds, asset, bool(soft)))
    return Rule(
        row["name"],
        row["kind"],
        verbs,
        frozenset(row.get("nouns", ())),
        row.get("subject", ""),
        row.get("object", ""),
        tuple(patterns.compiled(p) for p in row.get("after", ())),
        tuple(gives),
        row.get("voice", ""),
        row.get("taker", ""),
        tuple(row.get("relative", "").split("|")) if row.get("relative") else (),
        frozenset(row.get("beside", ())),
        row.get("only", ""),
        row.get("finite", False),
    )


class Reader:
    """One sentence on its way through the rules."""

    def __init__(
        self, tokens: Sequence[Token], phrases: Sequence[Phrase], known: Mapping[int, str], headline: bool = False
    ) -> None:
        self.headline = headline
        self.tokens = tokens
        self.phrases = phrases
        self.clauses = Clauses(phrases)
        self.known = known
        self.denied = denial_scopes(self.clauses)
        self.found: list[Finding] = []
        self.answer = ""
        self.answer_at = 0

    def findings(self) -> list[Finding]:
        """Everything that the rules read in the sentence."""
        if self.clauses.question:
            return []
        table = rules()
        for k, phrase in enumerate(self.phrases):
            if phrase.kind == "vg":
                for rule in table.by_verb.get(phrase.word, ()):
                    if self._verb_rule(rule, k):
                        break
            elif phrase.kind == "np":
                for rule in table.by_noun.get(phrase.word, ()):
                    if self._noun_rule(rule, k):
                        break
                self._passing(k)
                self._verbless(k)
        self._ellipses()
        self._refusals()
        return self.found

    def _ellipses(self) -> None:
        """ "A and B are held by the army; C and D are not": what was said is said of C and D the other way round."""
        for k, phrase in enumerate(self.phrases):
            if phrase.kind != "vg" or phrase.word not in ("be", "do", "have", "remain"):
                continue
            if k and self.phrases[k - 1].word in ("as", "so") and k + 1 < self.clauses.count and self.phrases[k + 1].kind == "np":
                self._likewise(k)
                continue
            if not phrase.negated:
                continue
            follow = self.clauses.phrases[k + 1] if k + 1 < self.clauses.count else None
            if follow is not None and not (follow.kind == "w" and follow.cls in ".,;KS"):
                continue
            models = [f for f in self.found if 0 <= f.verb < k and f.kind in ("control", "route") and f.holds in ("yes", "no")]
            if not models:
                continue
            model = models[-1]
            for at in self.clauses.subject(k):
                item = Item(at, self.clauses._tail(at))
                if self.accepts(self.clauses, item, "asset"):
                    named = name_asset(self.clauses, self.tokens, item)
                    holds = "no" if model.holds == "yes" else "yes"
                    self.found.append(replace(model, asset=named, holds=holds, start=phrase.start, end=phrase.end, verb=k))

    def _likewise(self, k: int) -> None:
        """ "The station has been liberated, as have the heights": what was said holds of the heights too."""
        models = [f for f in self.found if 0 <= f.verb < k and f.holds in ("yes", "no")]
        if not models:
            return
        model = models[-1]
        for item in self.clauses.items(k + 1):
            if self.accepts(self.clauses, item, "asset"):
                named = name_asset(self.clauses, self.tokens, item)
                self.found.append(replace(model, asset=named, start=self.phrases[k].start, end=self.phrases[item.end - 1].end, verb=k))

    def _refusals(self) -> None:
        """ "X say they have taken Belen, Y deny it": the claims before are denied.

        Where the sentence itself has claimed nothing before, `answer` tells that the sentence before is meant.
        """
        for k, phrase in enumerate(self.phrases):
            if phrase.kind != "vg" or phrase.negated:
                continue
            answer = self._answers(k)
            if not answer:
                continue
            models = [f for f in self.found if f.verb < k and not f.passing and not f.denial]
            pointed = k + 1 < self.clauses.count and self.phrases[k + 1].kind == "np"
            if not models:
                if pointed or phrase.word == "disagree":
                    self.answer, self.answer_at = answer, k
            elif answer == "deny":
                for model in models:
                    holds = {"yes": "no", "no": "yes"}.get(model.holds, "")
                    if holds:
                        self.found.append(replace(model, holds=holds, denial=True, verb=k))

    def _answers(self, k: int) -> str:
        """ "deny" or "confirm" where the verb answers a claim told before ("denied it", "confirmed the loss")."""
        phrase = self.phrases[k]
        follow = self.clauses.phrases[k + 1] if k + 1 < self.clauses.count else None
        if phrase.word == "call":
            return "deny" if self._calls_untrue(k) else ""
        denies = phrase.word in moods()["denying verbs"] or phrase.word == "disagree"
        confirms = phrase.word in ("confirm", "acknowledge", "concede", "admit")
        if not (denies or confirms) or not self.clauses.status(k).real:
            return ""
        told = follow is not None and follow.kind == "np" and self._ends(k + 2)
        pointing = told and follow is not None and (
            follow.word in ("it", "this", "that")
            or (follow.word in moods()["telling nouns"] | {"loss", "capture", "withdrawal", "retreat"} and follow.det in ("the", "this", "that"))
        )  # fmt: skip
        bare = denies and (follow is None or (follow.kind == "w" and follow.cls in ".;,"))
        if phrase.word == "disagree" or pointing or bare:
            return "deny" if denies else "confirm"
        return ""

    def _calls_untrue(self, k: int) -> bool:
        """ "Called the report false"."""
        told = moods()["telling nouns"] | {"it", "this", "that"}
        untrue = moods()["telling untrue"]
        for m in range(k + 1, min(k + 4, self.clauses.count)):
            phrase = self.phrases[m]
            if phrase.word in untrue and (m > k + 1 or any(x in told for x in phrase.mods)):
                return self.phrases[k + 1].word in told or any(x in told for x in phrase.mods)
        return False

    def _ends(self, j: int) -> bool:
        return j >= self.clauses.count or (self.phrases[j].kind == "w" and self.phrases[j].cls in ".,;:-KSI")

    # -- what a noun phrase can be -------------------------------------------------------------------------------

    def accepts(self, clauses: Clauses, item: Item, slot: str) -> bool:
        """Whether the item can stand in the slot: side, asset, place, route, siege, pron or any."""
        phrase = clauses.phrases[item.at]
        if slot == "any":
            return True
        if slot == "side":
            return self.is_side(item.at)
        if slot == "given":
            return phrase.det not in ("a", "an") and self.accepts(clauses, item, "place")
        if slot == "definite":
            held = phrase.cls == "asset" and (phrase.det in ("the", "most", "half", "all") or bool(phrase.names))
            return held and phrase.owner is None and self.accepts(clauses, item, "place")
        if slot == "loser":
            return self.is_side(item.at) and phrase.word not in lexicon().enemy
        if slot == "besieged":
            if phrase.cls == "side":
                return True
            slot = "asset"
        if slot == "sidegen":
            return phrase.form == "gen" and self.is_side(item.at)
        if slot == "demonym":
            return phrase.word in demonyms() and (not phrase.mods or set(phrase.mods) <= lexicon().loose)
        if slot == "armed":
            return self.is_armed(item.at)
        if slot == "troops":
            return self.is_armed(item.at) and phrase.word not in WORDS["traffic"]
        if slot == "road":
            return phrase.cls != "pron" and self.accepts(clauses, item, "route")
        if slot in WORDS:
            return phrase.word in WORDS[slot] or (phrase.cls == "share" and item.end > item.at + 2 and clauses.phrases[item.at + 2].word in WORDS[slot])
        if slot == "fightingin":
            return phrase.word in WORDS["fighting"] and item.end > item.at + 1 and clauses.phrases[item.at + 1].word in ("in", "inside", "within", "for")
        if slot == "site":
            return phrase.cls == "asset"
        if phrase.cls in ("time", "people", "own") or phrase.word in lexicon().not_assets:
            return False
        if self.known.get(phrase.head) == "country" and item.at and clauses.phrases[item.at - 1].word == ",":
            return False
        named = name_asset(clauses, self.tokens, item)
        if named is None:
            return False
        if named.pron:
            return named.pron in ("it", "itself") and (slot != "route" or self._route_before(item.at))
        if slot == "route":
            return "route" in named.classes and named.head not in ("line", "lines", "gate", "access")
        if slot == "place" and named.classes and not named.classes - {"route"}:
            return False
        if named.head:
            if not named.classes or named.head in ("line", "lines", "ground", "way") and named.generic:
                return False
            return not (named.head.removesuffix("s") in lexicon().vague and item.end <= item.at + 1 and named.generic and not named.place and " " not in named.text)
        return self.is_place_name(item)

    def is_side(self, at: int) -> bool:
        """Whether the phrase can be someone who holds ground."""
        phrase = self.phrases[at]
        if phrase.cls == "side":
            return phrase.word not in ("side", "sides", "parties") or bool(phrase.mods)
        if phrase.cls == "pron":
            return phrase.word in ("they", "we", "it", "them", "us", "he", "i", "those")
        if phrase.det == "our" and phrase.cls in ("asset", "other", "name"):
            return True
        if phrase.cls == "name":
            kind = self.known.get(phrase.head, "")
            return kind not in ("place", "outlet")
        if phrase.owner is not None and phrase.word in moods()["telling nouns"]:
            return phrase.owner.cls in ("side", "name")
        if phrase.cls == "share" or phrase.word in ("last", "rest", "remnants", "none", "members", "bulk"):
            inner = at + 2
            linked = inner < self.clauses.count and self.phrases[at + 1].word == "of" and self.phrases[inner].kind == "np"
            return linked and self.is_side(inner) or phrase.word == "none"
        return False

    def _route_before(self, at: int) -> bool:
        """Whether the last asset named before phrase `at` is a road, so that "it" can be one."""
        for phrase in reversed(self.phrases[:at]):
            if phrase.cls == "asset":
                return "route" in lexicon().assets[phrase.word]
        return False

    def is_armed(self, at: int) -> bool:
        """Whether the phrase is plainly a side: a common noun or a known name, not just any capitalised word."""
        phrase = self.phrases[at]
        if phrase.cls == "name":
            return self.known.get(phrase.head, "") in SIDES
        if phrase.cls == "pron":
            return phrase.word in ("they", "we", "it", "them", "us")
        return self.is_side(at)

    def is_place_name(self, item: Item) -> bool:
        """Whether a capitalised name may be a place: not a known side, nation's adjective, person."""
        phrase = self.clauses.phrases[item.at]
        last = self.clauses.phrases[item.end - 1] if item.end - 1 < self.clauses.count else phrase
        target = last if phrase.cls != "name" and last.cls == "name" else phrase
        kind = self.known.get(target.head, "")
        return kind not in (*SIDES, "outlet", "nation", "demonym") and target.word not in demonyms()

    # -- verbs ---------------------------------------------------------------------------------------------------

    def _verb_rule(self, rule: Rule, k: int) -> bool:
        after, particle = self._particle(rule, k)
        if after < 0 or (rule.beside and rule.beside.isdisjoint(t.lower for t in self.tokens)):
            return False
        if self.phrases[k].word == "leave" and k > 1 and self.phrases[k - 1].kind == "np" and self.phrases[k - 2].kind == "vg":
            return False  # "has nothing left in the city"
        if rule.finite and self.phrases[k].form != "fin":
            return False
        status = self.clauses.status(k)
        passable = rule.kind == "route" and self.phrases[k].aux == "can"
        if not status.real and not passable and not self._repelled(k):
            return False
        roles: dict[str, list[Item]] = {}
        passive = self._is_passive(rule, k)
        if rule.voice and rule.voice != ("passive" if passive else "active"):
            return False
        negated = status.negated or not (status.real or passable)
        if rule.only and rule.only != ("negative" if negated else "positive"):
            subjects = self._subjects(k)
            if not (rule.only == "negative" and any(self._none(item.at) for item in subjects)):
                return False
        subjects = self._subjects(k)
        end = after
        if rule.object and passive:
            roles["object"], roles["subject"] = subjects, self._agent(after)
            if not self._keep(roles, "object", rule.object):
                return False
            self._keep(roles, "subject", rule.subject or "any")
        else:
            if rule.object:
                objects = self._objects(k, after, particle)
                roles["object"] = [o for o in objects if self.accepts(self.clauses, o, rule.object)]
                if not roles["object"] or roles["object"][0].at != objects[0].at:
                    return False
                self._gapped(roles, objects)
                end = max(end, roles["object"][-1].end)
            roles["subject"] = subjects
            if rule.subject and not self._keep(roles, "subject", rule.subject):
                return False
        if rule.relative and "left" not in rule.relative and not self._relative(rule, k, roles):
            return False
        if rule.after:
            end = self._after(rule, end, roles, after)
            if end < 0:
                return False
        negated ^= any(self._none(item.at) for item in subjects)
        if rule.only == "negative" and rule.gives[0].holds == "contested":
            negated = False
        return self._give(rule, k, roles, negated, end)

    def _subjects(self, k: int) -> list[Item]:
        """The subjects of the verb, with those that "with its barracks and jail" adds."""
        items = [Item(at, self.clauses._tail(at)) for at in self.clauses.subject(k)]
        if len(items) == 1 and items[0].at < k and self.phrases[items[0].at].plural:
            listed = [i for i in self.clauses.items(items[0].at) if i.at < k]
            if len(listed) > 1 and listed[0].at != items[0].at:
                return listed  # "two villages, Abu Rashid and al-Ajil, were freed"
        if len(items) == 1 and items[0].at < k:
            end = items[0].end
            added = end + 2 < k and self.phrases[end].word == "," and self.phrases[end + 1].word in ("with", "including")
            if added:
                more = self.clauses.items(end + 2)
                if more and more[-1].end < k and self.phrases[more[-1].end].word == ",":
                    items += more
        return items

    def _relative(self, rule: Rule, k: int, roles: dict[str, list[Item]]) -> bool:
        """ "The camp from which the enemy fled": binds the camp to the role "from"."""
        subjects = self.clauses.subject(k)
        j = self.clauses.before(subjects[0]) if subjects else -1
        if j < 1 or self.phrases[j].word != "which" or self.phrases[j - 1].word not in rule.relative:
            return False
        m = j - 2
        if m >= 0 and self.phrases[m].kind == "w" and self.phrases[m].cls == ",":
            m -= 1
        if m < 0 or self.phrases[m].kind != "np":
            return False
        top = self.clauses.top(m)
        if self.phrases[top].cls == "asset":
            m = top
        item = Item(m, self.clauses._tail(m))
        roles["from"] = [item] if self.accepts(self.clauses, item, "asset") else []
        return bool(roles["from"])

    def _gapped(self, roles: dict[str, list[Item]], objects: list[Item]) -> None:
        """ "Soldiers held the bank and rebels the market": the second pair goes to roles of its own."""
        for item in objects[1:]:
            follow = item.at + 1
            if follow < self.clauses.count and self.phrases[follow].kind == "np" and self.is_side(item.at) and self.phrases[item.at].cls != "pron":
                other = Item(follow, self.clauses._tail(follow))
                if self.accepts(self.clauses, other, "asset") or self.phrases[follow].word == "one":
                    roles["other side"], roles["other asset"] = [item], [other]
                    return

    def _repelled(self, k: int) -> bool:
        """An attempt that the same sentence says was beaten back ("tried to enter X but was turned back")."""
        if self.phrases[k].form != "inf":
            return False
        j = self.clauses.before(k)
        tried = j >= 0 and self.phrases[j].word in ("try", "attempt", "seek", "attempts", "bid", "effort", "efforts", "tries")
        if not tried:
            return False
        for m in range(k + 1, min(self.clauses.count, k + 16)):
            phrase = self.phrases[m]
            if phrase.kind != "vg" or self.phrases[k].word == "retreat":
                continue
            follow = self.phrases[m + 1].word if m + 1 < self.clauses.count else ""
            if phrase.word in ("repel", "repulse", "rebuff", "thwart", "foil", "fail", "defeat") or (
                phrase.word in ("turn", "beat", "push", "drive", "throw", "hold") and follow in ("back", "off")
            ):
                return self.clauses.status(m).real
        return False

    def _none(self, at: int) -> bool:
        phrase = self.phrases[at]
        if phrase.det in ("no", "neither") or phrase.word in ("none", "nobody", "nothing"):
            return True
        return at > 0 and self.phrases[at - 1].kind == "w" and self.phrases[at - 1].word == "not"

    def _particle(self, rule: Rule, k: int) -> tuple[int, str]:
        """The phrase index after the verb and its particle, and a particle that may follow the object; -1 for no match."""
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
                if at < self.clauses.count and self.phrases[at].word == word:
                    at += 1
                else:
                    at = -1
                    break
            if at > 0:
                return at, ""
            if len(words) == 1 and nxt + 1 < self.clauses.count and self.phrases[nxt].kind == "np" and self.phrases[nxt + 1].word == words[0]:
                return nxt, particle
        return best

    def _is_passive(self, rule: Rule, k: int) -> bool:
        verb = self.phrases[k]
        if verb.passive:
            return True
        if verb.aux or verb.form in ("inf", "base"):
            return False
        known = lexicon().verbs.get(self.tokens[verb.head].lower)
        if known is None or "n" not in known.forms:
            return False
        nxt = patterns.passed(self.clauses, k + 1)
        left = self.clauses.before(k)
        if left > 0 and self.phrases[left].kind == "w" and self.phrases[left].cls in "K,":
            other = self.clauses.verb_before(left)
            if other >= 0 and self.phrases[other].passive and not (nxt < self.clauses.count and self.phrases[nxt].kind == "np"):
                return True
        if nxt < self.clauses.count and self.phrases[nxt].word == "by":
            return True
        if k and self.phrases[k - 1].kind == "vg" and verb.form in ("fin", "part"):
            return nxt >= self.clauses.count or self.phrases[nxt].kind != "np"
        if not rule.object or (nxt < self.clauses.count and self.phrases[nxt].kind == "np"):
            return False
        subjects = self.clauses.subject(k)
        direct = self.phrases[k - 1] if k else None
        ends = nxt >= self.clauses.count or self.phrases[nxt].kind != "np"
        left = self.clauses.before(k)
        if ends and left > 0 and self.phrases[left].word == "," and subjects and self.clauses._tail(subjects[0]) == left:
            return self.accepts(self.clauses, Item(subjects[0], left), rule.object)
        if direct is not None and ends and rule.object in ("flag", "besieged") and self.accepts(self.clauses, Item(k - 1, k), rule.object):
            return True
        if direct is not None and direct.kind == "np" and direct.cls in ("asset", "name") and rule.object != "side":
            return not self.known.get(direct.head, "") in SIDES and self.accepts(self.clauses, Item(k - 1, k), rule.object)
        return bool(subjects) and all(self.phrases[s].cls == "asset" for s in subjects) and rule.object != "side"

    def _agent(self, after: int) -> list[Item]:
        """The side after "by"."""
        for j in range(after, min(after + 8, self.clauses.count)):
            phrase = self.phrases[j]
            if phrase.kind == "w" and phrase.word == "by" and j + 1 < self.clauses.count and self.phrases[j + 1].kind == "np":
                if self.phrases[j + 1].cls == "time":
                    continue
                items = self.clauses.items(j + 1)
                return [i for i in items if self.is_side(i.at)]
            if patterns.boundary(phrase):
                break
        return []

    def _objects(self, k: int, after: int, particle: str) -> list[Item]:
        j = patterns.passed(self.clauses, after)
        if j < self.clauses.count and self.phrases[j].kind == "np":
            items = self.clauses.items(j)
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
        if phrase.kind == "w" and phrase.cls == "W" and phrase.word in ("that", "which"):
            return [Item(at, self.clauses._tail(at)) for at in self.clauses._antecedent(j) if at < j]
        if phrase.kind == "np" and phrase.cls == "asset" and j == subjects[0] - 1:
            return [Item(j, j + 1)]
        return []

    def _keep(self, roles: dict[str, list[Item]], role: str, slot: str) -> bool:
        roles[role] = [item for item in roles.get(role, []) if slot == "any" or self.accepts(self.clauses, item, slot)]
        return bool(roles[role])

    def _after(self, rule: Rule, end: int, roles: dict[str, list[Item]], first: int) -> int:
        for elements in rule.after:
            firsts = [item.end for item in roles.get("object", ())[:1] if item.at >= first]
            heads = [item.at + 1 for item in roles.get("object", ())[:1] if item.at >= first]
            for start in dict.fromkeys((end, *firsts, *heads, first)):
                bound: dict[str, list[Item]] = {}
                stop = patterns.match(elements, self.clauses, start, self.accepts, bound)
                if stop >= 0 and all(self._owned(i.at) for i in bound.get("holder", [])):
                    roles.update(bound)
                    return stop
        for item in [*roles.get("object", ()), *roles.get("subject", ())]:
            inner = item.at + 2
            if self.phrases[item.at].word in WORDS["flag"] and inner < item.end and self.phrases[inner - 1].word != "of":
                asset = Item(inner, item.end)
                if self.accepts(self.clauses, asset, "asset"):
                    roles["asset"] = [asset]
                    return end
        return -1

    def _owned(self, at: int) -> bool:
        return bool(self.holder(at)[0])

    def holder(self, at: int) -> tuple[str, int]:
        """The side named inside a phrase such as "government hands" or "the army's control"; its text and -1."""
        phrase = self.phrases[at]
        if phrase.owner is not None:
            if phrase.owner.cls in ("side", "name") and self.known.get(phrase.owner.head, "") not in ("place", "person"):
                return " ".join(t.text for t in self.tokens[phrase.owner.start : phrase.owner.end] if t.lower not in ("the", "a", "its")), -1
            return "", -1
        words = [
            t.text
            for i, t in enumerate(self.tokens[phrase.start : phrase.end], phrase.start)
            if i != phrase.head and (t.lower in lexicon().actors or t.text[0].isupper() or t.lower in demonyms())
            and t.lower not in lexicon().closed and t.lower not in ("full", "firm", "complete", "total")
        ]  # fmt: skip
        words = ["government" if w.lower() in ("gov't", "govt") else w for w in words]
        if words and not all(w.lower() in ("civilian", "international") for w in words):
            return " ".join(words), -1
        if phrase.det in ("their", "its", "our", "his"):
            return {"our": "we"}.get(phrase.det, "they"), -1
        return "", -1

    # -- nouns ---------------------------------------------------------------------------------------------------

    def _noun_rule(self, rule: Rule, k: int) -> bool:
        roles: dict[str, list[Item]] = {}
        end = k + 1
        if rule.after:
            end = self._after(rule, k + 1, roles, k + 1)
            if end < 0:
                return False
        phrase = self.phrases[k]
        if "its" in rule.relative and not (phrase.det == "its" or (self.denied[k] and self.holder(k)[0])):
            return False
        if "first" in phrase.mods or "left" in rule.relative and not self._left(k, roles):
            return False
        real, negated = self._noun_status(k)
        if not real:
            return False
        negated ^= phrase.det == "no"
        words = ""
        if "its" in rule.relative and k + 1 < self.clauses.count and self.phrases[k + 1].word == "of":
            return False
        if "side" in roles:
            roles["subject"] = roles["side"]
        elif self.holder(k)[0] and phrase.det not in ("its", "their"):
            words = self.holder(k)[0]
        else:
            verb = self._achieving(k)
            if verb >= 0:
                roles["subject"] = [Item(at, at + 1) for at in self.clauses.subject(verb) if self.is_side(at)]
        return self._give(rule, k, roles, negated, end, words)

    def _left(self, k: int, roles: dict[str, list[Item]]) -> bool:
        """ "Belen back in government hands", "districts under siege": the asset stands before, without a verb."""
        j = self.clauses.before(k)
        if j < 1 or self.phrases[j].word not in ("in", "under", "into"):
            return False
        j = self.clauses.before(j)
        if j >= 0 and self.phrases[j].word == ",":
            j = self.clauses.before(j)
        if j < 0 or self.phrases[j].kind != "np":
            return False
        top = self.clauses.top(j)
        left = self.clauses.before(top)
        if left >= 0 and self.phrases[left].kind == "w" and self.phrases[left].cls == "I":
            top = j
        item = Item(top, self.clauses._tail(top))
        if not self.accepts(self.clauses, item, "place"):
            return False
        roles["left"] = [item]
        return True

    def _achieving(self, k: int) -> int:
        verb = self.clauses.verb_before(k)
        if verb >= 0 and self.phrases[verb].word in ("announce", "claim", "complete", "celebrate", "achieve", "report", "hail", "declare", "confirm", "include", "impose", "tighten", "lift", "end", "admit", "acknowledge", "concede", "suffer"):
            return verb
        return -1

    def _noun_status(self, k: int) -> tuple[bool, bool]:
        """Whether a noun such as "the capture of X" is told as fact."""
        wishing = moods()["wishing nouns"]
        j = self.clauses.before(k)
        for _ in range(3):
            if j < 0:
                break
            phrase = self.phrases[j]
            if phrase.kind == "w" and phrase.cls in "ITS":
                if phrase.word in ("for", "towards", "toward", "against", "to", "without", "until", "before"):
                    verb = self.clauses.verb_before(j)
                    if phrase.word in ("for", "toward", "towards", "against", "without", "until") or (verb >= 0 and not self.clauses.status(verb).real):
                        return False, False
                j = self.clauses.before(j)
                continue
            if phrase.kind == "np" and phrase.word in wishing:
                return False, False
            break
        verb = self.clauses.verb_before(k)
        if verb >= 0:
            status = self.clauses.status(verb)
            if not status.real or self.phrases[verb].word in moods()["wishing verbs"] | {"prevent", "avert", "avoid"}:
                return False, False
        for m in range(k + 1, min(k + 20, self.clauses.count)):
            if self.phrases[m].kind == "vg" and self.phrases[m].form == "fin" and k in self.clauses.subject(m):
                return self.phrases[m].real, False
        return True, False

    def _verbless(self, k: int) -> None:
        """Headlines without a verb: "rebels still in the town", "bridge still theirs"."""
        phrase = self.phrases[k]
        nxt = k + 1
        still = False
        while nxt < self.clauses.count and self.phrases[nxt].kind == "w" and self.phrases[nxt].cls == "R":
            still = still or self.phrases[nxt].word in ("still", "again", "now", "back")
            nxt += 1
        before = self.clauses.before(k)
        if nxt + 1 > self.clauses.count - 1 and not (still and nxt < self.clauses.count):
            return
        if before >= 0 and not (self.phrases[before].kind == "w" and self.phrases[before].cls in ",;:.-K"):
            return
        follow = self.phrases[nxt]
        if still and phrase.cls == "asset" and follow.cls == "own":
            words = "we" if follow.word == "ours" else "they"
            self.found.append(
                Finding("verbless-own", "control", "yes", -1, name_asset(self.clauses, self.tokens, Item(k, k + 1)),
                        phrase.start, follow.end, words=words, at=k, verb=k)
            )  # fmt: skip
        if follow.kind == "w" and follow.word == "in" and nxt + 3 < self.clauses.count and self.is_armed(k):
            charge, link, at = self.phrases[nxt + 1], self.phrases[nxt + 2], nxt + 3
            if charge.word in ("control", "charge", "possession") and link.word == "of" and self.phrases[at].kind == "np":
                for item in self.clauses.items(at):
                    if self.accepts(self.clauses, item, "asset"):
                        named = name_asset(self.clauses, self.tokens, item)
                        self.found.append(Finding("verbless-control", "control", "yes", k, named, phrase.start, self.phrases[item.end - 1].end, verb=k, sides=(k,)))
                return
        if follow.kind == "w" and follow.word in ("in", "inside", "on", "at") and (still or self.headline) and self.is_armed(k):
            item = Item(nxt + 1, self.clauses._tail(nxt + 1))
            if self.phrases[nxt + 1].kind == "np" and self.accepts(self.clauses, item, "place") and self._ends(item.end):
                named = name_asset(self.clauses, self.tokens, item)
                self.found.append(Finding("verbless-in", "control", "yes", k, named, phrase.start, self.phrases[item.end - 1].end, verb=k, sides=(k,)))

    def _passing(self, k: int) -> None:
        """ "Rebel-held eastern Aleppo", "the besieged city": said in passing. """
        phrase = self.phrases[k]
        if not phrase.mods or phrase.cls not in ("asset", "name", "share"):
            return
        if phrase.word in lexicon().shares:
            return
        item = Item(k, self.clauses._tail(k))
        for word in phrase.mods:
            held = HELD.match(word)
            if held:
                named = name_asset(self.clauses, self.tokens, item)
                if named is not None and (named.classes or named.head == ""):
                    token = next(t for t in self.tokens[phrase.start : phrase.end] if t.lower == word)
                    side = token.text[: len(held[1])]
                    if named.generic:
                        continue
                    self.found.append(
                        Finding("held-by-prefix", "control", "yes", -1, named, phrase.start, phrase.end, words=side, passing=True)
                    )
            elif word in ("besieged", "encircled"):
                named = name_asset(self.clauses, self.tokens, item)
                if named is not None and not named.generic:
                    self.found.append(Finding("besieged-adjective", "siege", "yes", -1, named, phrase.start, phrase.end, passing=True))

    # -- results -------------------------------------------------------------------------------------------------

    def _give(self, rule: Rule, k: int, roles: dict[str, list[Item]], negated: bool, end: int, words: str = "") -> bool:
        made = False
        denied = self.denied[k]
        for gives in rule.gives:
            if rule.name == "cleanse-of" and gives.side == "subject" and not roles.get("subject"):
                continue
            if gives.soft and (negated or denied) or (
                gives.side in ("holder", "side") and not roles.get(gives.side) and rule.kind == "control"
            ):
                continue
            holds = gives.holds
            if holds == "contested" and (negated or denied):
                continue
            taker = rule.taker
            if rule.name == "take" and self.phrases[k].word in _BACK:
                taker = "winner"
            if taker == "fallen":
                taker = "rebel" if negated ^ denied else "state"
            elif negated ^ denied:
                holds = "no" if holds == "yes" else "yes"
            side, name = self._side(gives.side, k, roles, words)
            if (gives.soft or gives.side == "owner") and side < 0 and not name:
                continue
            sides = tuple(i.at for i in roles.get(gives.side, ()))
            for item, named in self._named_assets(rule, gives.asset, roles):
                if item is not None and named is None and rule.kind != "siege":
                    continue
                if gives.soft and named is not None and named.extent != "all":
                    continue
                if rule.name in ("secure", "cleanse-of") and named is not None and named.extent != "all":
                    continue  # "cleared 90 per cent of the city" says how far, not whose the city is
                neither = side >= 0 and self.phrases[side].det == "neither"
                if neither and rule.kind == "control":
                    side, name, sides, holds = -1, "", (), "contested"
                flip = named is not None and named.none and not negated
                final = {"yes": "no", "no": "yes"}.get(holds, holds) if flip else holds
                first = min(self.phrases[k].start, named.first if named else self.phrases[k].start)
                last = max(self.phrases[min(end, self.clauses.count) - 1].end, self.phrases[k].end)
                self.found.append(
                    Finding(rule.name, rule.kind, final, side, named, first, last, words=name, taker=taker,
                            soft=gives.soft, denial=denied, turned=holds != gives.holds, sides=sides, verb=k, at=self._reference_at(gives.side, k, roles))
                )  # fmt: skip
                made = True
            self._exceptions(rule, gives, roles, holds, k, side, name)
        for extra in roles.get("other asset", ()):
            named = self._named(rule, extra)
            model = self._named(rule, roles["object"][0])
            if named is not None and model is not None and self.phrases[extra.at].word == "one":
                ahead = [m for m in self.phrases[extra.at].mods if m in lexicon().adjectives]
                named = replace(model, text=" ".join([*ahead, model.head or model.text]), first=named.first, last=named.last)
            if named is not None:
                at = roles["other side"][0].at
                holds = {"yes": "no", "no": "yes"}[rule.gives[0].holds] if negated ^ denied else rule.gives[0].holds
                self.found.append(
                    Finding(rule.name, rule.kind, holds, at, named, self.phrases[at].start, named.last, denial=denied, sides=(at,), verb=k)
                )
        return made

    def _exceptions(self, rule: Rule, gives: Gives, roles: dict[str, list[Item]], holds: str, k: int, side: int, name: str) -> None:
        """ "The city with the exception of the airport": the airport is not held."""
        items = [i for i in roles.get(gives.asset, ()) if i.at > k]
        if not items or holds not in ("yes", "no") or rule.kind != "control":
            return
        for m in range(items[0].at + 1, min(items[-1].end + 4, self.clauses.count)):
            phrase = self.phrases[m]
            inner = m + 1
            if phrase.word == "exception" and inner < self.clauses.count and self.phrases[inner].word == "of":
                inner += 1
            elif phrase.word in ("except", "excluding", "barring", "save") or (phrase.word == "apart"):
                if inner < self.clauses.count and self.phrases[inner].word in ("for", "from"):
                    inner += 1
            else:
                continue
            if inner < self.clauses.count and self.phrases[inner].kind == "np":
                for item in self.clauses.items(inner):
                    named = self._named(rule, item) if self.accepts(self.clauses, item, "asset") else None
                    if named is not None:
                        flipped = "no" if holds == "yes" else "yes"
                        self.found.append(
                            Finding(rule.name, rule.kind, flipped, side, named, self.phrases[k].start, named.last, words=name,
                                    sides=(side,) if side >= 0 else (), verb=k)
                        )  # fmt: skip
            return

    def _reference_at(self, role: str, k: int, roles: dict[str, list[Item]]) -> int:
        """The phrase before which to look for whom "their" or "theirs" means."""
        if role in ("flagside", "holder") and roles.get("subject" if role == "flagside" else role):
            return roles["subject" if role == "flagside" else role][0].at
        return k

    def _named_assets(self, rule: Rule, role: str, roles: dict[str, list[Item]]) -> list[tuple[Item | None, Named | None]]:
        """The assets of a role with their names; "the first, second and third districts" are three."""
        found: list[tuple[Item | None, Named | None]] = []
        for item in self._assets(role, roles):
            named = self._named(rule, item)
            phrase = self.phrases[item.at] if item is not None else None
            ordinals = [m for m in phrase.mods if m in _ORDINALS] if phrase is not None and phrase.plural else []
            if named is None or phrase is None or len(ordinals) < 2:
                found.append((item, named))
                continue
            single = phrase.word.removesuffix("s")
            found += [(item, replace(named, text=f"{ordinal} {single}", definite=False)) for ordinal in ordinals]
        return found

    def _named(self, rule: Rule, item: Item | None) -> Named | None:
        """The name of the asset; for "the siege of X" and "fighting in X" that of X."""
        if item is None:
            return None
        phrase = self.phrases[item.at]
        if item.end < 0:
            return Named("it", frozenset(), pron="it", head="focus", first=phrase.start, last=phrase.end)
        if phrase.cls == "side" and rule.kind == "siege":
            return self._besieged_side(item)
        if phrase.word in WORDS["siege"] or phrase.word in WORDS["fighting"]:
            inner = item.at + 2
            if phrase.owner is not None and phrase.owner.cls in ("name", "asset"):
                words = [t.text for t in self.tokens[phrase.owner.start : phrase.owner.end] if t.lower not in lexicon().closed]
                generic = phrase.owner.cls == "asset"
                return Named(" ".join(words), frozenset(), generic=generic, definite=generic, head=phrase.owner.word if generic else "",
                             first=phrase.start, last=phrase.end)  # fmt: skip
            linked = inner < self.clauses.count and self.phrases[item.at + 1].word in ("of", "on", "around", "against", *_INSIDE)
            if linked and self.accepts(self.clauses, Item(inner, inner + 1), "asset"):
                return name_asset(self.clauses, self.tokens, Item(inner, self.clauses._tail(inner)))
            return None
        return name_asset(self.clauses, self.tokens, item)

    def _besieged_side(self, item: Item) -> Named:
        """ "The garrison of Belen has been encircled": the place that the encircled hold."""
        phrase = self.phrases[item.at]
        last = self.phrases[item.end - 1]
        if item.end > item.at + 2 and last.cls in ("name", "asset"):
            named = name_asset(self.clauses, self.tokens, Item(item.end - 1, item.end))
            if named is not None:
                return named
        words = [t.text for t in self.tokens[phrase.start : phrase.end] if t.lower not in lexicon().closed]
        if not phrase.names:
            return Named("it", frozenset(), pron="it", head="focus", first=phrase.start, last=phrase.end)
        return Named(" ".join(words), frozenset(), first=phrase.start, last=phrase.end)

    def _side(self, role: str, k: int, roles: dict[str, list[Item]], words: str) -> tuple[int, str]:
        """Phrase index of the side, or -1 and its name ("they" and "we" are resolved later)."""
        if role == "holder":
            return -1, self.holder(roles["holder"][0].at)[0]
        if role == "demonym":
            return -1, self.tokens[self.phrases[roles["demonym"][0].at].head].text
        if role == "own":
            own = next((p.word for p in self.phrases[k + 1 : k + 5] if p.cls == "own"), "theirs")
            return -1, "we" if own in ("ours", "mine") else "they"
        if role == "owner":
            return -1, self.holder(k)[0]
        if role == "sidegen":
            return roles["sidegen"][0].at, ""
        if role in ("flagside", "flagobject"):
            return -1, self._flag_side(roles["subject" if role == "flagside" else "object"][0].at)
        if roles.get(role):
            return roles[role][0].at, ""
        return -1, words if role in ("subject", "side") else ""

    def _flag_side(self, at: int) -> str:
        phrase = self.phrases[at]
        if at + 2 < self.clauses.count and self.phrases[at + 1].word == "of" and self.is_side(at + 2):
            inner = self.phrases[at + 2]
            return " ".join(t.text for t in self.tokens[inner.start : inner.end] if t.lower not in ("the", "a"))
        if "national" in phrase.mods or "government" in phrase.mods:
            return ""
        return self.holder(at)[0]

    def _assets(self, role: str, roles: dict[str, list[Item]]) -> list[Item | None]:
        if role == "-" or (role == "asset" and "asset" not in roles):
            return [None]
        if role == "focus":
            return [Item(roles["subject"][0].at if roles.get("subject") else 0, -1)]
        if role == "fightingin":
            return list(roles["subject"])
        return list(roles.get(role, []))


def denial_scopes(clauses: Clauses) -> list[bool]:
    """For each phrase whether it stands inside a claim that the sentence denies."""
    denied = [False] * (clauses.count + 1)
    words = moods()
    for k, phrase in enumerate(clauses.phrases):
        if phrase.kind == "vg" and phrase.word in words["denying verbs"] and not phrase.negated:
            if phrase.passive:
                _leftward(clauses, denied, k)
            elif _has_object(clauses, k + 1):
                _rightward(clauses, denied, k + 1)
        elif phrase.kind == "np" and phrase.word in words["telling nouns"] and any(m in words["telling untrue"] for m in phrase.mods):
            _rightward(clauses, denied, k + 1)
        elif phrase.word in words["telling untrue"] and phrase.kind in ("np", "w"):
            verb = clauses.before(k)
            if verb >= 0 and clauses.phrases[verb].kind == "vg" and clauses.phrases[verb].word == "be":
                if not clauses.phrases[verb].negated:
                    subject = clauses.subject(verb)
                    if subject and clauses.phrases[subject[0]].cls == "pron":
                        _rightward(clauses, denied, k + 1)
                    else:
                        _leftward(clauses, denied, verb)
        elif phrase.word == "true" and k and clauses.phrases[k - 1].kind == "vg" and clauses.phrases[k - 1].negated:
            _rightward(clauses, denied, k + 1)
        elif phrase.word == "truth" and phrase.det == "no":
            _rightward(clauses, denied, k + 1)
        elif phrase.word == "contrary" and k + 1 < clauses.count and clauses.phrases[k + 1].word == "to":
            _rightward(clauses, denied, k + 1, comma=True)
    return denied


def _has_object(clauses: Clauses, j: int) -> bool:
    """Whether something follows that can be denied: "denied losing it", not "whose loss they denied for days"."""
    while j < clauses.count and clauses.phrases[j].kind == "w" and clauses.phrases[j].cls == "R":
        j += 1
    if j >= clauses.count:
        return False
    phrase = clauses.phrases[j]
    return phrase.kind in ("np", "vg") or phrase.word in ("that", "as", "on")


def _rightward(clauses: Clauses, denied: list[bool], k: int, comma: bool = False) -> None:
    for j in range(k, clauses.count):
        phrase = clauses.phrases[j]
        if phrase.kind == "w":
            if phrase.cls in ";." or (comma and phrase.cls == ",") or phrase.word in ("but", "while", "although", "though"):
                return
            if phrase.cls == "K" and j + 1 < clauses.count:
                follow = clauses.phrases[j + 1]
                if follow.kind == "vg" and follow.word in moods()["saying verbs"]:
                    return
                if follow.kind == "np" and j + 2 < clauses.count and clauses.phrases[j + 2].kind == "vg" and clauses.phrases[j + 2].word in moods()["saying verbs"]:
                    return
            if phrase.cls == "," and j + 1 < clauses.count and clauses.phrases[j + 1].word in ("which", "who", "where", "after"):
                return
            if phrase.cls == "," and j + 2 < clauses.count and clauses.phrases[j + 1].cls == "time":
                return
            if phrase.cls == "," and j + 1 < clauses.count and clauses.phrases[j + 1].kind == "vg" and clauses.phrases[j + 1].form == "ger" and clauses.phrases[j + 1].word in moods()["saying verbs"]:
                return
        denied[j] = not denied[j]


def _leftward(clauses: Clauses, denied: list[bool], k: int) -> None:
    for j in range(k - 1, -1, -1):
        phrase = clauses.phrases[j]
        if phrase.kind == "w" and (phrase.cls in ";." or phrase.word == "but"):
            return
        denied[j] = not denied[j]
