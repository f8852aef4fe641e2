"""A number among its words, as the checks for numbers that count nothing see it."""

from __future__ import annotations

from typing import NamedTuple

from claimstream.reading.numbers.atoms import TABLES, Atom, at
from claimstream.reading.numbers.ranges import Span

LEAVE: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in TABLES["leave"].items()}
CLOCK_REACH = 14
"""How many words before "at nine" tell that it is no hour but a count."""


class Seen(NamedTuple):
    """A number among its atoms: its span, unit, whether a qualifier stands with it, and the words beside it."""

    pieces: list[Atom]
    span: Span
    unit: str | None
    qualified: bool
    before: str
    after: str

    def word(self, offset: int) -> str:
        """The word `offset` atoms from the number: -1 right before it, 1 right behind it."""
        return at(self.pieces, self.span.start + offset if offset < 0 else self.span.end + offset - 1).lower

    @property
    def first(self) -> Atom:
        return self.pieces[self.span.start]

    @property
    def digits(self) -> bool:
        return self.first.kind == "d"

    @property
    def single(self) -> bool:
        return self.span.end == self.span.start + 1


def no_count(seen: Seen) -> bool:
    """Whether no word before the number speaks of a count."""
    return LEAVE["counting"].isdisjoint(seen.word(-k) for k in range(2, CLOCK_REACH))
