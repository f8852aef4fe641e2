"""Which town "the town" is: the named places of an article, by what is said of them and what they are called.

Each sentence gives the places that it names a role: what it is about, what is taken or lost in it, where it plays, or
only where something leads. "The town" is the nearest place of a strong role that may be a town; a place that the
article calls a town counts in any role, one that it calls a village never. Of two that fit alike, neither is meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from claimstream.lexicon.places import candidates, capitals, is_town, normal
from claimstream.reading.discourse.groups import Groups, settled_nouns, townlike_name
from claimstream.reading.discourse.parsed import Parsed, once
from claimstream.reading.rules.assets import Named, directions, singular
from claimstream.reading.rules.clauses import moods
from claimstream.reading.rules.words import listed

REACH = 8
"""How many sentences, this one among them, a look back takes in."""
NEAR = 20
"""How many names of one sentence a look back considers."""
_FRESH = 2
"""How many sentences back a place need not be called a town to be "the town"."""
_LEAD = 20
"""How many sentences tell which place an article speaks of most."""
_MANY = 30_000
"""People whom no village has."""
_DATELINE = 12
"""Tokens behind its town within which a dateline ends."""
_WITHIN = frozenset(("in", "at", "inside"))
_LEADING = frozenset(
    ("to", "from", "towards", "toward", "via", "near", "outside", "between", "beyond", "past", "off", "through", "for")
)
_LARGE = frozenset(("city", "town", "capital", "municipality", "township", "port-city", "metropolis", "settlement"))
_SMALL = frozenset(("village", "hamlet", "settlement"))

SURELY: Final = 2
MAYBE: Final = 1
WAY: Final = 0
"""Only where something leads: "fled to Belen", "ten miles of Belen"."""
SITE: Final = 1
"""Only where a thing stands: "a clinic in Belen"."""
SCENE: Final = 2
HELD: Final = 3
"""What a verb is done to: "entered Belen", "control of Belen"."""
TOPIC: Final = 4
"""What the sentence begins with: "In Belen ...", "Belen, a market town, has fallen"."""


class Told(NamedTuple):
    """A place that a sentence names: the phrase that it stands in, and the token behind it."""

    name: str
    at: int
    end: int
    role: int


def told(parsed: Parsed) -> list[Told]:
    """The places that the sentence names, without where somebody speaks and without its dateline."""
    return once(parsed.made, "told", lambda: _find_told(parsed))


def _find_told(parsed: Parsed) -> list[Told]:
    if _byline(parsed):
        return []
    found: list[Told] = []
    role = SCENE
    for item, name in parsed.proper_places[-NEAR:]:
        at, end = item.at, parsed.phrases[item.end - 1].end
        if (
            name[0].isdigit()
            or not townlike_name(name)
            or _spoken(parsed, at)
            or dated(parsed, parsed.phrases[at].start, end)
        ):
            continue
        joined = found and at and parsed.phrases[at - 1].word in ("and", "or", ",") and found[-1].at >= at - 4
        if found and found[-1].name == name and end <= found[-1].end:
            continue  # "the town of Belen" is no second place
        role = role if joined else _role(parsed, at)
        found.append(Told(name, at, end, role))
    return found


def _byline(parsed: Parsed) -> bool:
    """Whether the line under the title only says who wrote it, and where: "Ada Berg in Belen"."""
    tokens = parsed.sentence.tokens
    under = parsed.sentence.paragraph == 1 and len(tokens) < _DATELINE and tokens[-1].text[-1].isalnum()
    return under and all(phrase.kind != "vg" for phrase in parsed.phrases)


def _spoken(parsed: Parsed, at: int) -> bool:
    """Whether the name only says where or through what somebody speaks, or is no place's: "said on the Mirror"."""
    phrase = parsed.phrases[at]
    if phrase.cls == "asset" and phrase.word not in settled_nouns():
        return True  # "the hill of Belen"
    if phrase.cls == "name" and phrase.det == "the" and parsed.known.get(phrase.head) != "place":
        return True
    verb = parsed.phrases[at - 2] if at > 1 else phrase
    through = parsed.phrases[at - 1].word != "of" and verb.kind == "vg"
    return parsed.seat(at) or (through and verb.word in moods()["saying verbs"])


def _role(parsed: Parsed, at: int) -> int:
    phrases = parsed.phrases
    if not at or opens(parsed, at):
        return TOPIC
    led = phrases[at - 1]
    if led.kind == "vg":
        return HELD
    head = phrases[at - 2] if at > 1 else led
    if led.word == "from" and head.kind == "vg" and head.word == "come":
        return SCENE  # "Better news comes from Belen"
    if led.word in _LEADING:
        return WAY
    if led.word == "of":
        if head.word in directions():
            named = at > 3 and phrases[at - 3].word == "," and phrases[at - 4].cls == "name"
            named = named and not (at > 5 and phrases[at - 6].cls == "asset")  # "the hill of Darin, west of Belen"
            return WAY if named else SITE  # "Darin, east of Belen, ...", but "Fighting went on east of Belen. The town"
        if head.word in listed("distances"):
            return WAY
        return SCENE if head.cls in ("people", "side", "other") else HELD
    if led.word in _WITHIN and head.kind == "np" and head.cls == "asset":
        return WAY if phrases[0].word == "with" else SITE  # "With rebels on the road at Belen, the town"
    return SCENE


def opens(parsed: Parsed, at: int) -> bool:
    """Whether the sentence begins with the place at `at`: "In Belen ...", "As for Belen, ..."."""
    first = parsed.phrases[0].word
    return at == (2 if first == "as" else 1) and first in listed("regarding")


def dated(parsed: Parsed, start: int, end: int) -> bool:
    """Whether the name between the tokens stands in a dateline: "Belen, January 28 (ACI) — The government"."""
    if parsed.sentence.title or start > 2:
        return False
    marks = (token.text for token in parsed.sentence.tokens[end : end + _DATELINE])
    return any(mark in "—–-" or mark == "--" for mark in marks)


class Towns(Groups):
    """Adds which town a common noun stands for."""

    def town(self, i: int, named: Named, before: int) -> str:
        """The name of the town, village or district that `named` in sentence `i` points back to; "" if none is sure."""
        tokens = self.sentences[i].tokens
        if tokens[named.first].lower in ("this", "that"):
            return self._pointed_at(i, named, before)
        fallback = ""
        for back in range(min(REACH, i + 1)):
            here = [(self.fits(one.name, named), one) for one in self._told(i - back, before if not back else -1)]
            likely = {one.name for fit, one in here if fit and one.role >= (SCENE if back > 1 else SITE)}
            likely = likely & self._headlined if len(likely) > 1 else likely
            lone = len({one.name for _, one in here if one.role >= SCENE}) <= 1
            strong = [(fit, one) for fit, one in here if _strong(fit, one, back, lone)]
            if back and "settlement" not in named.classes:
                strong = [(fit, one) for fit, one in strong if fit == SURELY]
                likely.clear()
            if strong:
                return _best(strong, tie=not back)
            if len(likely) == 1 and back <= _FRESH:
                fallback = fallback or likely.pop()
                if not back:
                    return fallback
        return fallback

    def _pointed_at(self, i: int, named: Named, before: int) -> str:
        """The place named last, whatever was said of it, for "that city"."""
        for back in range(min(_FRESH, i + 1)):
            here = [one for one in self._told(i - back, before if not back else -1) if self.fits(one.name, named)]
            if here:
                return max(here, key=lambda one: one.end).name
        return ""

    @property
    def _headlined(self) -> set[str]:
        """The places that the title names."""
        titles = [j for j, sentence in enumerate(self.sentences[:1]) if sentence.title]
        return once(self.made, "headlined", lambda: {one.name for j in titles for one in told(self.parsed(j))})

    def _told(self, j: int, before: int) -> list[Told]:
        """The places of sentence `j`, before token `before` if that is not negative, with those claimed about."""
        parsed = self.parsed(j)
        found = list(told(parsed))
        for at, focus in self.focus[-4:]:
            if at == j and not (focus.generic or focus.pron) and townlike_name(focus.text):
                found.append(Told(focus.text, -1, focus.last, HELD))
        return [one for one in found if before < 0 or one.end <= before]

    def fits(self, name: str, named: Named) -> int:
        """Whether the place may be called so: 2 if the article does, 1 if nothing speaks against it, else 0."""
        if named.head.endswith("s"):
            return 0
        called = {singular(noun) for noun in self.kinds.get(name, ())}
        head = named.head
        if head in called or (head in ("city", "town") and "capital" in called):
            return SURELY
        if "settlement" not in named.classes:  # "in Belen, where they hold most of the quarter"
            return int(head in listed("quarters") and not called and not candidates(normal(name)))
        if head == "capital":
            return SURELY if name == self.main_place and name in self._headlined else 0
        group = _SMALL if head in _SMALL else _LARGE
        if called and called <= listed("wide_areas"):
            return 0  # "Belen region" is not the town of Belen
        if called:
            grown = group is _LARGE and is_town(name) and called.isdisjoint(_SMALL)
            return int(grown or not called.isdisjoint(group))
        if normal(name) in capitals():
            return int(name == self.main_place)  # elsewhere it is where people speak
        return int((is_town(name) and not (group is _SMALL and _large(name))) or not candidates(normal(name)))

    @property
    def main_place(self) -> str:
        """The named place that the article speaks of most, the title counting more."""
        return once(self.made, "main_place", self._find_main_place)

    def _find_main_place(self) -> str:
        counts: dict[str, int] = {}
        for i, sentence in enumerate(self.sentences[:_LEAD]):
            for one in told(self.parsed(i)):
                if one.name[0].isupper() and not (normal(one.name) in capitals() and one.role != SCENE):
                    counts[one.name] = counts.get(one.name, 0) + (3 if sentence.title else 1)
        return max(counts, key=lambda name: counts[name]) if counts else ""


def _strong(fit: int, one: Told, back: int, lone: bool) -> bool:
    """Whether a place that fits so well is surely meant; `lone` if its sentence names no other."""
    if fit != MAYBE or back > _FRESH:
        return fit == SURELY
    return one.role == TOPIC or (one.role >= SCENE and lone and is_town(one.name))


def _large(name: str) -> bool:
    """Whether a place of that name is known to be no village."""
    return any(place.population > _MANY for place in candidates(normal(name)))


def _best(strong: Sequence[tuple[int, Told]], tie: bool) -> str:
    """The place with the strongest claim, of several the last; "" where two have the same and no `tie` is allowed."""
    most = max(fit + one.role for fit, one in strong)
    best = [(fit, one) for fit, one in strong if fit + one.role == most]
    alike = {one.name for fit, one in best if (fit, one.role) == (best[-1][0], best[-1][1].role)}
    return best[-1][1].name if tie or len(alike) == 1 else ""
