"""Cardinal numbers in digits, words or both: "1.5 million", "two hundred and six", "4 thousand 3 hundred and 21".

A number is read from left to right in one pass with bounded look-ahead. It grows in groups: a count below a thousand
and the multiplier behind it; each group is smaller than the one before.
"""

from __future__ import annotations

from typing import NamedTuple

from claimstream.reading.numbers.atoms import FRACTIONS, HYPHENS, MULTIPLIERS, WORDS, Atom, at, past_hyphen
from claimstream.reading.numbers.digits import digits, suffix_at, value_at

MAX_ATOMS = 24
"""No English numeral is longer; a longer run is read in pieces."""


class Numeral(NamedTuple):
    """A value and the atoms [start, end) it was read from.

    `form`: digits, words, or fraction (a part of a whole). `scale` is the last multiplier used.
    """

    value: float
    start: int
    end: int
    form: str
    scale: float = 1


class _Reader:
    """The reading of one cardinal: `total` of the groups done, `count` of the group at hand (None: none begun)."""

    def __init__(self, pieces: list[Atom], i: int) -> None:
        self.pieces, self.start, self.end = pieces, i, i
        self.total, self.count = 0.0, None  # type: float, float | None
        self.smallest, self.last = float("inf"), 1.0
        self.form = "words"
        self.tens_open = self.hundreds_open = False
        self.done = False

    def step(self) -> bool:
        """Takes the next atom in; False where the numeral ends before it."""
        here = past_hyphen(self.pieces, self.end) if self.end > self.start else self.end
        atom = at(self.pieces, here)
        if atom.kind == "d":
            return self._digits(atom, here)
        if atom.lower in WORDS:
            return self._word(WORDS[atom.lower], here)
        if atom.lower in MULTIPLIERS:
            return self._multiplier(atom.lower, here)
        if atom.lower == "and" and self.last > 1:
            return self._and(here)
        return atom.lower == "point" and self._point(here)

    def _digits(self, atom: Atom, here: int) -> bool:
        if self.count is not None:
            if not (self.hundreds_open and self._joins(here)):
                return False
            self.count, self.end, self.hundreds_open = self.count + digits(atom.text)[0], here + 1, False
            return True
        if self.end > self.start and (self.last < 1000 or not _below(atom, self.last)):
            return False
        read = value_at(self.pieces, here)
        if read is None:
            return False
        if here == self.start or self.form == "digits":
            self.form = "digits"
        self.count, self.end = read
        self.tens_open = self.hundreds_open = False
        times = suffix_at(self.pieces, self.end)
        if times:
            self.last, self.form, self.done = times, "digits", True
            self.count, self.end = self.count * times, self.end + 1
        return True

    def _joins(self, here: int) -> bool:
        """ "3 hundred and 21": digits behind "and" that are not the count of another multiplier."""
        alone = at(self.pieces, here + 1).lower not in MULTIPLIERS
        after_and = here > self.start and self.pieces[here - 1].lower == "and"
        return self.form == "digits" and after_and and alone and _below(self.pieces[here], 100)

    def _word(self, value: float, here: int) -> bool:
        if self.count is None:
            self.count, self.tens_open = value, value >= 20
        elif self.tens_open and 0 < value < 10:
            self.count, self.tens_open = self.count + value, False
        elif self.hundreds_open and value < 100:
            self.count, self.hundreds_open, self.tens_open = self.count + value, False, value >= 20
        else:
            return False
        self.end = here + 1
        return True

    def _multiplier(self, word: str, here: int) -> bool:
        times = MULTIPLIERS[word]
        if self.count is None:
            if self.total and word not in ("dozen", "dozens", "hundred", "score"):
                self.total, self.last, self.end = self.total * times, times, here + 1
                return True
            if self.total or word == "score" or not _bare_multiplier(self.pieces, here):
                return False
            self.count = 1.0
        if times in (100, 12, 20):
            if self.hundreds_open and times == 100:
                return False
            self.count, self.hundreds_open, self.tens_open = self.count * times, times == 100, False
        else:
            group = self.count * times
            self.total = self.total + group if times < self.smallest else (self.total + self.count) * times
            self.smallest = min(self.smallest, times)
            self.count = None
            self.hundreds_open = self.tens_open = False
        self.last, self.end = times, here + 1
        return True

    def _and(self, here: int) -> bool:
        """Whether the number behind "and" continues this one ("one hundred and six"), not begins another."""
        if not (self.hundreds_open or self.count is None):
            return False
        atom = at(self.pieces, here + 1)
        if atom.kind == "d":
            goes_on = self.form == "digits" and self.last <= 1000 and _below(atom, self.last)
        else:
            goes_on = _continues(self.pieces, here + 1, self.last)
        self.end = here + 1 if goes_on else self.end
        return goes_on

    def _point(self, here: int) -> bool:
        if self.count is None or self.form != "words":
            return False
        text, end = _decimals(self.pieces, here + 1)
        if text:
            self.count, self.end, self.done = self.count + float(f"0.{text}"), end, True
        return bool(text)


def cardinal(pieces: list[Atom], i: int) -> Numeral | None:
    """The cardinal number that begins at atom `i`; None where none begins."""
    reader = _Reader(pieces, i)
    while not reader.done and reader.end < i + MAX_ATOMS and reader.step():
        pass
    if reader.end == i:
        return None
    return Numeral(reader.total + (reader.count or 0.0), i, reader.end, reader.form, reader.last)


def _below(atom: Atom, limit: float) -> bool:
    return atom.text.isdecimal() and float(atom.text) < limit


def _bare_multiplier(pieces: list[Atom], i: int) -> bool:
    """A multiplier that may stand without a count: "a hundred", "the hundred or so", "hundred thousand"."""
    before = at(pieces, i - 1).lower
    before = at(pieces, i - 2).lower if before in HYPHENS else before
    after = at(pieces, i + 1).lower
    if before == "the" and after == "or" and at(pieces, i + 2).lower in ("so", "more"):
        return True
    return before in ("a", "an", "per", "half", "quarter", "one") or (after in MULTIPLIERS and after != "dozen")


def _continues(pieces: list[Atom], i: int, last: float) -> bool:
    """Whether the number word at `i`, behind "and", belongs to the number before, whose last multiplier is `last`."""
    value = WORDS.get(at(pieces, i).lower)
    if value is None or value >= last:
        return False
    j = i + 1
    unit = past_hyphen(pieces, j)
    if value >= 20 and WORDS.get(at(pieces, unit).lower, 99) < 10:
        j = unit + 1
    follow = at(pieces, j).lower
    if follow in FRACTIONS:
        return value >= 10 and FRACTIONS[follow] < 100
    times = MULTIPLIERS.get(follow, 1)
    return times * value < last or (last == 100 and times >= 1000)


def _decimals(pieces: list[Atom], i: int) -> tuple[str, int]:
    """Spoken decimals from atom `i` ("zero three", "seventy-one"), and the atom behind them."""
    text, j = "", i
    while j < i + 8:
        here = past_hyphen(pieces, j) if j > i else j
        value = WORDS.get(at(pieces, here).lower)
        if value is None:
            break
        unit = past_hyphen(pieces, here + 1)
        ones = WORDS.get(at(pieces, unit).lower, 0)
        if value >= 20 and 0 < ones < 10:
            value, here = value + ones, unit
        text, j = text + str(int(value)), here + 1
    return text, j
