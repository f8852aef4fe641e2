"""Bare numbers as bounds: one value, a range ("10 to 20", "60-70", "two or three"), a ratio ("one in five")."""

from __future__ import annotations

from typing import NamedTuple

from claimstream.reading.numbers.atoms import AROUND, CURRENCY, HYPHENS, SUFFIXES, Atom, at, glued
from claimstream.reading.numbers.cardinals import Numeral
from claimstream.reading.numbers.digits import digits
from claimstream.reading.numbers.numerals import numeral
from claimstream.reading.numbers.units import is_unit

LINKS = HYPHENS | frozenset(["to", "through", "and", "or", "—"])
FILLERS = frozenset(["as", "many", "even", "maybe", "perhaps", "about", "around", "$", "€", "£"])
"""What may stand between the link and the upper number ("10 or even 20")."""
FROM_RANGE = frozenset(["range", "ranges", "ranging", "ranged", "anywhere", "somewhere"])
"""Before "from A to B", which otherwise tells a change, not a range."""
IS = frozenset(["are", "were", "is", "remain", "number", "has", "have", "had"])
"""Before "from A to B" these tell how many there are, no change."""
SHARED_UNITS = frozenset(["%", "km", "percent", "kg", "m", "miles", "days", "k"])
COUNTED = AROUND["counted"]
"""Words behind a ratio without "one": "four in ten people", "nine in ten of them"."""
METRES = AROUND["metres"]
"""Words behind "300m" that make it metres, not millions."""


BESIDE = AROUND["beside"]
"""Words behind "one house in four" that are no noun."""
PREDICATES = AROUND["predicates"]
"""Words behind a ratio that says its noun first: "two women in five are ill"."""


class Span(NamedTuple):
    """Bounds read from atoms [start, end), before unit and qualifier. `form`: digits, words, fraction, range, list."""

    low: float
    high: float
    start: int
    end: int
    form: str


def span_at(pieces: list[Atom], i: int) -> Span | None:
    """The bare number or range that begins at atom `i`."""
    first = numeral(pieces, i)
    if first is None:
        if pieces[i].kind != "d":
            return None
        values = digits(pieces[i].text)
        return Span(values[0], values[-1], i, i + 1, "list")
    second = _upper(pieces, first)
    if second is None:
        ratio = _ratio(pieces, first) or _ratio_of(pieces, first)
        if ratio is not None:
            return ratio
        value, end = _suffix(pieces, first)
        return Span(value, value, i, end, first.form)
    low = first.value
    high, end = _suffix(pieces, second)
    if second.scale > 1 and first.scale == 1 and low <= high / second.scale:
        low *= second.scale  # "two to three million"
    elif high > second.value and low <= second.value:
        low *= high / second.value  # "2-3m"
    if low >= high:
        return Span(first.value, first.value, i, first.end, first.form)
    form = "fraction" if first.form == second.form == "fraction" else "range"
    return Span(low, high, i, end, form)


def _upper(pieces: list[Atom], first: Numeral) -> Numeral | None:
    """The upper number of a range that begins with `first`; None where there is no range."""
    j = _past_unit(pieces, first.end)
    if at(pieces, j).lower not in LINKS or not _links(pieces, first, j):
        return None
    k = j + 1
    while k < j + 4 and at(pieces, k).lower in FILLERS:
        k += 1
    if k > j + 1 and pieces[k - 1].text in "$€£" and at(pieces, first.start - 1).text not in ("$", "€", "£"):
        return None  # "7% to $2.3 billion"
    second = numeral(pieces, k)
    if second is None or (second.form == "fraction") != (first.form == "fraction"):
        return None
    return None if pieces[j].lower == "or" and second.value > 3 * first.value else second


def _links(pieces: list[Atom], first: Numeral, j: int) -> bool:
    """Whether the word or mark at `j` joins two bounds."""
    link, before = pieces[j], at(pieces, first.start - 1).lower
    if link.text in HYPHENS or link.text == "—":
        return glued(pieces, j) == glued(pieces, j + 1) and (link.text != "—" or glued(pieces, j))
    if link.lower == "and":
        return any(at(pieces, k).lower == "between" for k in range(first.start - 3, first.start))
    if link.lower == "or":
        return pieces[first.start].kind != "d" or at(pieces, j + 1).kind == "d"
    further = at(pieces, first.start - 2).lower
    if before == "from":
        return further in FROM_RANGE or further in IS
    return not (before in CURRENCY and further in ("from", "by"))


def _past_unit(pieces: list[Atom], j: int) -> int:
    """Past a unit between the two numbers of a range ("60 km to 70 km", "5 per cent to 10 per cent")."""
    if at(pieces, j).lower == "per" and at(pieces, j + 1).lower == "cent" and at(pieces, j + 2).lower in ("to", "and"):
        return j + 2
    near = at(pieces, j).lower in SHARED_UNITS and at(pieces, j + 1).lower in ("to", "and", "-", "–")
    return j + 1 if near else j


def _ratio(pieces: list[Atom], first: Numeral) -> Span | None:
    """ "one in five", "three out of four", "1 over 20": a part of a whole."""
    j = first.end
    link = at(pieces, j).lower
    out = link == "out" and at(pieces, j + 1).lower == "of"
    if link not in ("in", "over") and not out:
        return None
    second = numeral(pieces, j + 2 if out else j + 1)
    if second is None or second.form == "fraction" or second.value != int(second.value):
        return None
    if first.value >= second.value or second.value > 1000:
        return None
    after = at(pieces, second.end)
    if link == "over" and after.kind == "w":
        return None
    if out and second.value > 10 and second.value % 10:
        return None  # "13 out of 19 sailors" counts thirteen
    of_ten = second.value in (10, 100) and first.form == "words" and after.lower.endswith("s")
    whole = after.lower in COUNTED or (of_ten and not is_unit(after.lower))
    small = first.form == second.form == "words" and second.value <= 10 and first.value * 2 >= second.value
    whole = whole or (small and after.text[:1].isupper() and after.lower.endswith("s"))  # "four in five Ruritanians"
    if link == "in" and not whole and (first.value != 1 or is_unit(after.lower)):
        return None
    value = first.value / second.value
    return Span(value, value, first.start, second.end, "fraction")


def _ratio_of(pieces: list[Atom], first: Numeral) -> Span | None:
    """ "two women in five are ill": a part of a whole, told behind the noun."""
    j = first.end
    noun = at(pieces, j)
    if first.form != "words" or noun.kind != "w" or at(pieces, j + 1).lower != "in" or is_unit(noun.lower):
        return None
    second = numeral(pieces, j + 2)
    if second is None or second.form != "words" or not first.value < second.value <= 20:
        return None
    behind = at(pieces, second.end)
    one = first.value == 1 and not noun.lower.endswith("s") and (behind.kind != "w" or behind.lower in BESIDE)
    if behind.lower not in PREDICATES and not one:
        return None
    return Span(first.value / second.value, first.value / second.value, first.start, second.end, "fraction")


def _suffix(pieces: list[Atom], read: Numeral) -> tuple[float, int]:
    """The value with a letter behind digits that multiplies them ("1.2m", "40k", "$3b"), and the atom behind it."""
    j = read.end
    word = at(pieces, j).lower
    times = SUFFIXES.get(word)
    if read.form != "digits" or times is None or read.scale > 1:
        return read.value, j
    near = glued(pieces, j)
    if word not in ("m", "b", "k"):
        return (read.value * times, j + 1) if near else (read.value, j)
    money = at(pieces, read.start - 1).lower in CURRENCY
    last = word == "k" and not at(pieces, j + 1).text
    if not near and not money and not last and pieces[j].text != "M":
        return read.value, j
    if pieces[j].text == "m" and not money and not _millions(pieces, j + 1, read.value):
        return read.value, j
    return read.value * times, j + 1


def _millions(pieces: list[Atom], j: int, value: float) -> bool:
    """ "1.2m people" is millions, "300m from the gate" is metres."""
    after = at(pieces, j)
    if after.kind != "w":
        return value < 100 and value != int(value)
    return after.lower not in METRES and value < 100
