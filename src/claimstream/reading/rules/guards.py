"""What keeps a rule of coming, going or standing guard from saying who holds a place: errands, cargoes, games."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimstream.model import Sentence, StateMention
from claimstream.reading.rules.clauses import Item
from claimstream.reading.rules.slots import WORDS
from claimstream.reading.rules.table import Rule
from claimstream.reading.rules.verbroles import VerbRoles
from claimstream.reading.rules.words import harmless, listed

Mentions = tuple[tuple[StateMention, ...], ...]
_WON_OR_LOST = frozenset(("take", "take-control-of", "hold", "lose", "lost-passive"))
_GOING = frozenset(("leave", "withdraw", "withdraw-here", "gone-here"))
_WHOLE = frozenset("last remaining all final other the".split())
"""Words by which a number of men is all of them."""
_ENOUGH = 2
"""Words of disaster from which on an article is about one."""


def _in_peace(sentences: Sequence[Sentence]) -> bool:
    """Whether an article tells of a disaster and of no war: its soldiers come to help."""
    disasters, wars, found = harmless("disasters"), harmless("wars"), 0
    for sentence in sentences:
        for token in sentence.tokens:
            if token.lower in wars:
                return False
            found += token.lower in disasters
    return found >= _ENOUGH


def of_sides(mentions: Mentions) -> Mentions:
    """The mentions without those of which nobody can say whose the place is, in an article that names who holds one.

    What "was retaken" is told all the same: only by whom is open.
    """
    mentions = tuple(tuple(map(_of_both, row)) for row in mentions)
    if not any(one.side for row in mentions for one in row if one.kind == "control"):
        return mentions
    return tuple(tuple(m for m in row if m.side or m.kind != "control" or _stands_alone(m)) for row in mentions)


def _of_both(mention: StateMention) -> StateMention:
    """ "Both sides say that they hold Belen": it is contested."""
    both = mention.kind == "control" and mention.holds == "yes" and mention.side.lower() in _BOTH
    return replace(mention, side="", holds="contested") if both else mention


_BOTH = frozenset(("sides", "side", "both sides", "each side", "the two sides", "two sides", "parties"))


def _stands_alone(mention: StateMention) -> bool:
    return mention.holds == "contested" or mention.rule == "take"


def of_war(sentences: Sequence[Sentence], mentions: Mentions) -> Mentions:
    """The mentions without those who come and go in an article on a disaster, who take no place."""
    peaceable = harmless("rules")
    if not any(m.kind == "control" and (m.rule in peaceable or not m.side) for row in mentions for m in row):
        return mentions
    if not _in_peace(sentences):
        return mentions
    return tuple(
        tuple(m for m in row if m.kind != "control" or (m.side and m.rule not in peaceable)) for row in mentions
    )


_COMING = frozenset(("enter", "enter-object", "move-in"))
_PEACEKEEPERS = frozenset(("peacekeeper", "peacekeepers"))
_APPROACHES = frozenset(("approach", "approaches"))


class Guards(VerbRoles):
    """Tells where those who come or go hold nothing by it."""

    def _harmless(self, rule: Rule, k: int, roles: dict[str, list[Item]]) -> bool:
        """Whether the clause of the verb `k` tells of an errand that takes no place: "entered it to rescue people"."""
        if rule.kind == "siege":
            return not harmless("plagues").isdisjoint(t.lower for t in self.tokens)
        if rule.kind == "control" and rule.name in _WON_OR_LOST and (self._voted(k, roles) or self._eroded(k)):
            return True
        if rule.kind == "control" and self._from_afar(rule, k, roles):
            return True
        if rule.kind != "control" or rule.name not in harmless("rules"):
            return False
        if rule.name in _COMING and all(self.phrases[item.at].word in _PEACEKEEPERS for item in roles["subject"]):
            return bool(roles["subject"])  # "peacekeepers rolled into Belen"
        if rule.name == "withdraw" and self._carries(k):
            return True
        if rule.name == "carried-out-of" and any(
            self._counted(item.at) or self.phrases[item.at].cls == "share" for item in roles["object"]
        ):
            return True  # "pulled 14 of them from the water"
        if rule.name in _GOING and any(self._counted(item.at) for item in roles["subject"]):
            return True
        cleared = self.phrases[k].word == "evacuate" and any(
            self.phrases[item.at].word in WORDS["police"] for item in roles["subject"]
        )  # "police evacuated the station"
        return cleared or self._into_a_country(rule, roles) or self._errand(k)

    def _into_a_country(self, rule: Rule, roles: dict[str, list[Item]]) -> bool:
        """Whether those who come in cross into a whole country or region, of which they then hold a part at most."""
        if rule.name not in ("enter", "enter-object"):
            return False
        for item in roles.get("place") or roles.get("object") or []:
            phrase = self.phrases[item.at]
            words = {token.lower for token in self.tokens[phrase.start : phrase.end]}
            if self.known.get(phrase.head) == "country" or not words.isdisjoint(harmless("regions")):
                return True
        return False

    def _from_afar(self, rule: Rule, k: int, roles: dict[str, list[Item]]) -> bool:
        """ "The road is under the fire control of the army", "the enemy stands at the approaches to Belen"."""
        if rule.name == "in-hands":
            told = self.phrases[k + 1 : k + 5]
            return any(phrase.word == "control" and "fire" in phrase.mods for phrase in told)
        return rule.name == "camped-in" and any(self.phrases[i.at].word in _APPROACHES for i in roles.get("place", ()))

    def _voted(self, k: int, roles: dict[str, list[Item]]) -> bool:
        """ "The alliance took the capital in the vote", "lost the town by 12 votes"."""
        if all(self.phrases[item.at].word not in harmless("voted") for item in roles.get("subject", ())):
            return False
        behind = range(k + 1, min(self.clauses.count, k + 12))
        return any(self.phrases[m].kind == "np" and self.phrases[m].word in harmless("polls") for m in behind)

    def _eroded(self, k: int) -> bool:
        """ "The village was lost to the sea"."""
        to, what = self.phrases[k + 1 : k + 2], self.phrases[k + 2 : k + 3]
        return bool(what) and to[0].word == "to" and what[0].word in harmless("elements")

    def _carries(self, k: int) -> bool:
        """Whether the verb has people for its object: "pulled a man alive from the hospital"."""
        for phrase in self.phrases[k + 1 : k + 3]:
            if phrase.kind == "np":
                alive = phrase.word == "alive" or phrase.word in harmless("relieved")
                return alive or phrase.cls == "people"
            if phrase.kind == "vg" or phrase.cls != "R":
                return False
        return False

    def _counted(self, at: int) -> bool:
        """Whether so many of a side are meant, who need not be all of it: "600 fighters", not "the last 600"."""
        phrase = self.phrases[at]
        words = [token.lower for token in self.tokens[phrase.start : phrase.head]]
        number = any(word.replace(",", "").isdigit() or word in listed("small_numbers") for word in words)
        return number and _WHOLE.isdisjoint(words)

    def _errand(self, k: int) -> bool:
        """Whether what follows the verb says that they came to help, to celebrate, with food, for a match."""
        phrases = self.phrases
        for m in range(k + 1, min(self.clauses.count, k + 16)):
            phrase, before = phrases[m], phrases[m - 1]
            if phrase.kind == "vg":
                if phrase.form not in ("inf", "ger"):
                    if phrase.form == "fin":
                        return False
                    continue
                if phrase.word in harmless("errands"):
                    return True
                if phrase.word in harmless("relieving") and self._relieves(m + 1):
                    return True
            elif phrase.kind == "np":
                if before.word in ("after", "following") and phrase.word in harmless("disasters"):
                    return True
                if before.word in ("for", "after") and phrase.word in harmless("occasions") and phrase.owner is None:
                    return True
                if before.word in ("with", "carrying", "bringing") and phrase.word in harmless("loads"):
                    return True
            elif phrase.word in ("who", "which", "where", "while", "but", "as", ";"):
                return False
        return False

    def _relieves(self, m: int) -> bool:
        """Whether at `m` stands who is helped, or what is cleared away; or nothing: "came to help"."""
        if m >= self.clauses.count:
            return True
        phrase = self.phrases[m]
        word = phrase.mods[0] if phrase.kind == "vg" else phrase.word  # "to stop looting"
        to_do = phrase.kind == "vg" and phrase.word in harmless("errands")
        return word in harmless("relieved") or to_do or phrase.cls == "."
