"""Measures that the unit of a number gives: shares, areas, distances, money, weights, lengths of time."""

from __future__ import annotations

from typing import NamedTuple

from claimstream.figure_parse import Layout
from claimstream.lexicon import load


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
NO_SHARE = _words("no_share", "words")
EXPLOSIVES = _words("explosives", "words")
AREA = frozenset(["km2", "square miles", "hectares", "acres"])
LENGTH = frozenset(["km", "miles", "metres", "feet", "yards", "nautical miles"])
WEIGHT = frozenset(["tonnes", "tons", "kg", "pounds weight", "litres", "gallons"])
TIME = frozenset(["minutes", "hours", "days", "nights", "weeks", "months", "years", "decades"])
NOTHING = frozenset(["percentage points", "m2", "cm", "seconds", "centuries", "degrees", "kmh", "barrels", "mm"])
AGO = frozenset("ago later earlier old before hence".split())
ATTACKS = _words("attacks", "verbs")
FILLERS = frozenset(
    "' s ’ 's long of the a full straight - -long heavy fierce continuous bitter intense uninterrupted civil".split()
)


def by_unit(page: Layout, q: int) -> Unit | None:
    """The measure of quantity `q` by its unit; None where it has no unit or counts families."""
    unit = page.quantities[q].unit
    if unit is None or unit == "families":
        return None
    if unit == "percent":
        i = page.places[q]
        near = {item.lower for item in page.items[i + 1 : i + 6]}
        return Unit("", "a share of something else") if near & NO_SHARE else Unit("share", "share.unit")
    if _converted(page, q):
        return Unit("", "conversion")
    if unit in AREA:
        return Unit("area", "area.unit")
    if unit in LENGTH:
        return _length(page, q)
    if unit in WEIGHT:
        aid = not AID.isdisjoint(page.words)
        bomb = not EXPLOSIVES.isdisjoint(page.words)
        return Unit("aid" if aid and not bomb else "other" if bomb else "", "weight.unit")
    if unit in TIME:
        return _time(page, q)
    if unit == "times":
        return _times(page, q)
    if unit in NOTHING:
        return Unit("", "unit")
    return Unit("money", "money.unit")


def _converted(page: Layout, q: int) -> bool:
    """ "50 km (30 miles)", "10.5m dollars ($7m)": the same amount in another unit."""
    i = page.places[q]
    if not q or not i or page.items[i - 1].lower not in ("(", "[", "or"):
        return False
    unit, before = page.quantities[q].unit, page.quantities[q - 1].unit
    if before is None or unit == before or i - page.places[q - 1] > 4:
        return False
    return not any(
        (unit in kind) != (before in kind) for kind in (AREA, LENGTH, WEIGHT, TIME, {"percent"}, {"families"})
    )


def _length(page: Layout, q: int) -> Unit:
    items, i = page.items, page.places[q]
    if i and items[i - 1].lower in ("of", "depth") and any(items[k].lower == "depth" for k in range(max(0, i - 3), i)):
        return Unit("", "depth")
    k = i + 1
    while k < len(items) and items[k].lower in ("(", "#", ")", "to", "the", "further", "as", "some"):
        if k + 1 < len(items) and items[k].lower == "to" and items[k + 1].lower == "the":
            k += 1
        k += 1
    behind = {items[j].lower for j in range(k, min(k + 2, len(items)))}
    before = {items[j].lower for j in range(max(0, i - 3), i)}
    if behind & AWAY or before & MOVED:
        return Unit("distance", "distance.unit")
    return Unit("", "length")


def _times(page: Layout, q: int) -> Unit:
    """ "shelled the port 12 times": attacks; "changed hands three times", "four times as many": nothing."""
    items, i = page.items, page.places[q]
    if i + 1 < len(items) and items[i + 1].lower in ("as", "more", "the", "higher", "larger", "its", "over", "that"):
        return Unit("", "a factor")
    for j in range(i - 1, max(0, i - 24), -1):
        if items[j].lower in (";", ".", ":"):
            break
        if items[j].lower in ATTACKS:
            return Unit("strikes", "strikes.times")
    return Unit("", "times")


def _time(page: Layout, q: int) -> Unit:
    items, i = page.items, page.places[q]
    k = i + 1
    if k < len(items) and items[k].lower in AGO:
        return Unit("", "relative time")
    within = i > 0 and items[i - 1].lower in ("in", "within", "every", "past", "last", "next")
    for j in range(k, min(k + 5, len(items))):
        if items[j].lower in LASTING and not within:
            return Unit("duration", "duration.noun")
        if items[j].lower not in FILLERS and j > k:
            break
    before = items[i - 1].lower if i else ""
    if i > 1 and items[i - 2].lower in ("could", "would", "may", "might", "will", "should"):
        return Unit("", "a forecast")
    if before in ("and", "or", "nor") and not page.words.isdisjoint(("lasted", "lasts", "lasting")):
        return Unit("duration", "duration.verb")
    if before in ("for", "lasted", "lasting", "after", "lasts", "of"):
        near = {items[j].lower for j in range(max(0, i - 9), min(i + 9, len(items)))}
        if before == "for" and i > 1 and items[i - 2].lower in AID:
            return Unit("", "time")
        if near & LAST_VERBS:
            return Unit("duration", "duration.verb")
    return Unit("", "time")
