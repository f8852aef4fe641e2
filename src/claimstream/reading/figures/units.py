"""Measures that the unit of a number gives: shares, areas, distances, money, weights, lengths of time."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from claimstream.lexicon import load
from claimstream.reading.figures.nouns import Spot
from claimstream.reading.figures.page import Page
from claimstream.reading.figures.words import BE, UNREAL, words
from claimstream.reading.numbers.units import MONEY


class Unit(NamedTuple):
    """A measure by unit; `measure` is "" where the unit is known and the number still measures nothing."""

    measure: str
    rule: str


def _words(table: str, key: str) -> frozenset[str]:
    return frozenset(load("measures")[table][key].split())


LASTING = _words("duration", "nouns")
LAST_VERBS = _words("duration", "verbs")
AWAY = _words("distance", "behind")
MOVED = _words("distance", "before")
AID = _words("aid_words", "words")
BROUGHT = _words("aid_words", "brought")
NO_SHARE = _words("no_share", "words")
EXPLOSIVES = _words("explosives", "words")
AREA = frozenset(["km2", "square miles", "hectares", "acres"])
LENGTH = frozenset(["km", "miles", "metres", "feet", "yards", "nautical miles"])
WEIGHT = frozenset(["tonnes", "tons", "kg", "pounds weight", "litres", "gallons"])
TIME = frozenset(["minutes", "hours", "days", "nights", "weeks", "months", "years", "decades"])
NOTHING = frozenset(
    ["grams", "percentage points", "m2", "cm", "seconds", "centuries", "degrees", "kmh", "barrels", "mm"]
)
OTHER_UNITS = frozenset(["percent", "families"])
PASSED = frozenset(["(", "#", ")", "to", "the", "further", "as", "some"])
FACTORS = frozenset(["as", "more", "the", "higher", "larger", "its", "over", "that"])
WITHIN = frozenset(["in", "within", "every", "past", "last", "next"])
FOR = frozenset(["for", "lasted", "lasting", "after", "lasts", "of"])
SIZE = words("size")
DEEP = frozenset(["in", "into", "inside", "inland", "within", "on", "along", "around", "behind"])
"""Behind "deep": a strip so deep along a line, not a hole."""
FAR = 100
"""Fewer metres than these are the size of a thing."""
LASTED = frozenset(["lasted", "lasts", "lasting"])
NOBODY = frozenset(["no", "nobody", "nothing", "none", "without"])
SPENT = frozenset(["spent", "spend", "spends", "spending"])
TOOK = frozenset(["took", "taken", "takes", "needed"])
RATES = frozenset(["daily", "each", "apiece", "per"])
EACH = frozenset(["day", "week", "month", "head", "person", "family", "year"])
AGO = frozenset("ago later earlier old before hence".split())
ATTACKS = _words("attacks", "verbs")
FILLERS = words("before_lasting").union(["'", "’", "'s", "s", "-", "-long"])


def by_unit(spot: Spot) -> Unit | None:
    """The measure of a number by its unit; None where it has no unit or counts families."""
    page, unit, words = spot.page, spot.quantity.unit, spot.page.words
    if unit is None or unit == "families":
        return None
    if unit == "percent":
        near = spot.page.lowers(spot.i + 1, spot.i + 6)
        return Unit("share", "share.unit") if NO_SHARE.isdisjoint(near) else Unit("", "a share of something else")
    if _converted(spot):
        return Unit("", "conversion")
    if unit in AREA:
        return Unit("area", "area.unit")
    if unit in LENGTH:
        return _length(spot)
    if unit in WEIGHT and _rate(spot):
        return Unit("", "a rate")
    if unit in WEIGHT:
        bomb = not EXPLOSIVES.isdisjoint(words)
        said = words | page.before
        aid = not AID.isdisjoint(said) and not BROUGHT.isdisjoint(said)
        if bomb and spot.quantity.words[-1:].isalpha() and " " not in spot.quantity.words:
            return Unit("", "a size")  # "500lb bombs"
        return Unit("other" if bomb else "aid" if aid else "", "weight.unit")
    if unit in TIME:
        return _time(spot)
    if unit == "times":
        return _times(spot)
    return Unit("" if unit in NOTHING else "money", "money.unit")


def _rate(spot: Spot) -> bool:
    """ "four litres of water a day", "12 kg each"."""
    behind = spot.page.lowers(spot.noun.end, spot.noun.end + 3)
    return not RATES.isdisjoint(behind) or (behind[:1] == ["a"] and behind[1] in EACH)


def _converted(spot: Spot) -> bool:
    """ "50 km (30 miles)", "10.5m dollars ($7m)": the same amount in another unit."""
    if not spot.q or spot.before() not in ("(", "[", "or") or spot.i - spot.page.places[spot.q - 1] > 4:
        return False
    unit, before = spot.quantity.unit, spot.page.quantities[spot.q - 1].unit
    if before is None or unit == before or (unit in MONEY and before in MONEY):
        return False
    return not any((unit in kind) != (before in kind) for kind in (AREA, LENGTH, WEIGHT, TIME, OTHER_UNITS))


_LAID = frozenset(
    "track tracks road roads highway railway line lines cable cables pipeline dyke dykes embankment".split()
)
_GONE = frozenset("washed destroyed damaged disappeared collapsed gone swept wrecked lost".split())


def _length(spot: Spot) -> Unit:
    """A distance, where something lies, moved or reaches so far; not a depth, nor the size of a thing."""
    page, i = spot.page, spot.i
    if spot.quantity.vague:
        return Unit("", "a vague distance")  # "a few hundred metres from the gate"
    before = page.lowers(i - 3, i)
    if page.word(i + 1) == "of" and not _LAID.isdisjoint(page.lowers(i + 2, i + 5)):
        gone = not _GONE.isdisjoint(page.lowers(i + 3, i + 12))
        return (
            Unit("destroyed", "destroyed.length") if gone else Unit("", "length")
        )  # "80 km of track were washed away"
    if page.word(i + 1) == "deep" and page.word(i + 2) not in DEEP:
        return Unit("", "depth")
    if spot.before() in ("of", "depth") and "depth" in before:
        return Unit("", "depth")
    k = i + 1
    while page.word(k) in PASSED:
        k += 2 if page.word(k) == "to" and page.word(k + 1) == "the" else 1
    if not SIZE.isdisjoint(page.lowers(i + 1, i + 3)):
        return Unit("", "size")  # "a wall three metres high"
    far = spot.quantity.unit not in ("metres", "feet", "yards") or spot.least >= FAR
    if AWAY.isdisjoint(page.lowers(k, k + 2)) and MOVED.isdisjoint(before) and not far:
        return Unit("", "length")
    return Unit("distance", "distance.unit")


def _times(spot: Spot) -> Unit:
    """ "shelled the port 12 times": attacks; "changed hands three times", "four times as many": nothing."""
    page, i = spot.page, spot.i
    if page.word(i + 1) in FACTORS and page.word(i + 3) not in ("past", "last", "previous"):
        return Unit("", "a factor")
    for word in reversed(page.lowers(i - 24, i)):
        if word in ATTACKS:
            return Unit("strikes", "strikes.times")
        if word in (";", ".", ":"):
            break
    return Unit("", "times")


def _time(spot: Spot) -> Unit:
    """How long a siege, battle or truce has lasted; other lengths of time measure nothing."""
    page, i, before = spot.page, spot.i, spot.before()
    behind = page.lowers(i + 1, i + 6)
    if behind[:1] in (["into"], ["without"], ["under"]) and ((behind[0] == "into" and _lasting(behind[1:])) or i <= 1):
        return Unit("duration", "duration.into")  # "Nine days into the siege", "Nine days without bread"
    if (
        page.word(i + 1) == "old"
        and (before in BE or before in ("now", ","))
        and not LASTING.isdisjoint(page.lowers(0, i))
    ):
        return Unit("duration", "duration.old")  # "the truce is three days old"
    if before == "by" and spot.before(2) in ("extended", "prolonged") and not LASTING.isdisjoint(page.lowers(0, i)):
        return Unit("duration", "duration.longer")  # "the truce was extended by 72 hours"
    if page.word(i + 1) == "after" and not TRUCES.isdisjoint(page.lowers(i + 2, i + 14)):
        return Unit("duration", "duration.after")  # "26 days after both sides signed a truce"
    if page.word(i + 1) in AGO and before != "for":
        return Unit("", "relative time")
    if before == "for" and not UNREAL.isdisjoint(page.lowers(i - 8, i)):
        return Unit("", "a forecast")  # "could hold out for a year"
    if before in SPENT and page.word(i + 1) in ("in", "under", "without"):
        return Unit("duration", "duration.spent")  # "had spent up to 80 days in cellars"
    if spot.quantity.unit in ("minutes", "hours") and behind[:2] == ["of", "silence"]:
        return Unit("", "a ceremony")
    if before not in WITHIN and _lasting(behind):
        return Unit("duration", "duration.noun")
    if behind[:1] == ["to"] and not TOOK.isdisjoint(page.lowers(i - 5, i)):
        return Unit("duration", "duration.took")
    if spot.before(2) in UNREAL:
        return Unit("", "a forecast")
    if before == "of" and spot.before(2) in LASTING:
        return Unit("duration", "duration.noun")  # "a siege of nine months"
    if _lasted(spot):
        return Unit("duration", "duration.span")
    if before in ("and", "or", "nor"):
        return Unit("", "time") if LASTED.isdisjoint(page.words) else Unit("duration", "duration.verb")
    if before == "for" and (page.word(i + 1) in NOBODY or page.lowers(i - 2, i - 1) == ["out"]):
        return Unit("duration", "duration.for")  # "For three weeks nothing came in", "holding out for ten days"
    if before == "for" and spot.before(2) in AID and _lacked(page, i - 6, i - 2):
        return Unit("duration", "duration.for")  # "without water for six days"
    if before not in FOR or (before == "for" and spot.before(2) in AID):
        return Unit("", "time")
    near = page.lowers(i - (20 if before == "for" else 9), i + 9)
    return Unit("", "time") if LAST_VERBS.isdisjoint(near) else Unit("duration", "duration.verb")


def _lacked(page: Page, start: int, end: int) -> bool:
    """Whether items [start, end) say that there is none of it: "without", "no running"."""
    none = any(item.q >= 0 and page.quantities[item.q].rule == "none" for item in page.items[max(0, start) : end])
    return none or not NOBODY.isdisjoint(page.lowers(start, end))


def _lasted(spot: Spot) -> bool:
    """ "They held it for two hours", "fell after three weeks", "in the space of five days", "none came in 20 days"."""
    page, i, before, behind = spot.page, spot.i, spot.before(), spot.page.word(spot.i + 1)
    if before == "for":
        near = page.lowers(i - 20, i)
        stood = any(one in HELD and other == "out" for one, other in pairwise(near))
        if spot.quantity.rule == "article" and not stood and (LAST_VERBS | HANDS).isdisjoint(near):
            return False  # "he was away for a month"
        if spot.quantity.unit in ("years", "decades"):
            return False  # "has been governor for 12 years"
        one = spot.quantity.unit == "minutes" or spot.quantity.low == spot.quantity.high == 1
        briefly = one and not NEVER.isdisjoint(page.lowers(i - 8, i))  # "not for one minute"
        return not briefly and spot.before(2) not in AID | PLANNED and not UNREAL.intersection(page.lowers(i - 8, i))
    if before == "after":
        return behind in ENDS or behind in ("of", "in", "under", "without")
    if before == "of":
        return spot.before(2) in SPANS
    none = not NOBODY.isdisjoint(page.lowers(i - 9, i - 1))
    return before == "in" and (behind == "of" or (none and behind in ENDS))


ENDS = frozenset([".", ",", ";", "", ")", "”", "and", "as", "when"])
HANDS = frozenset(["hands", "control", "besieged", "water", "power", "food"])
"""Words of what a place went through "for a month"."""
HELD = frozenset(["hold", "holds", "held", "holding"])
NEVER = frozenset(["not", "never", "n't", "neither", "nor"])
TRUCES = frozenset(["siege", "truce", "ceasefire", "cease-fire", "cessation", "armistice", "blockade"])
"""What lasts from the day that it is spoken of: "26 days after they signed a truce"."""
SPANS = frozenset(["space", "course", "pause", "march", "period", "total"])
PLANNED = words("planned")
"""Words before "for a week" that tell how long a thing will do, not how long it lasted."""


def _lasting(behind: list[str]) -> bool:
    """Whether what lasts stands right behind the length of time: "a 40-day-long siege", "ten days of fighting"."""
    for k, word in enumerate(behind):
        if word in LASTING:
            return True
        if word not in FILLERS and k:
            return False
    return False
