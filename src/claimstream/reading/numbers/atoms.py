"""Atoms: the smallest pieces of a text that numbers are read from, and the word tables of numbers.

An atom is a run of digits with its separators, a word, or a single mark. The tables are those of
`lexicon/numbers.toml`.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final, NamedTuple

from claimstream.lexicon import load
from claimstream.reading.tokens import LONGEST_KEPT

ATOM: Final = re.compile(r"\d+(?:[.,]\d+)*|(?<![\w.])\.\d+|[^\W\d_]+|[^\s]")

TABLES: Final[dict[str, Any]] = load("numbers")
WORDS: Final[dict[str, float]] = TABLES["words"]
MULTIPLIERS: Final[dict[str, float]] = TABLES["multipliers"]
SUFFIXES: Final[dict[str, float]] = TABLES["suffixes"]
FRACTIONS: Final[dict[str, int]] = TABLES["fractions"]
GLYPHS: Final[dict[str, float]] = TABLES["glyphs"]
CURRENCY: Final[dict[str, str]] = TABLES["currency"]
AROUND: Final[dict[str, frozenset[str]]] = {name: frozenset(words) for name, words in TABLES["around"].items()}
HYPHENS: Final = frozenset("-–‐‑")


class Atom(NamedTuple):
    """A piece of text; `kind` is "d" for digits, "w" for a word, "p" for a mark."""

    text: str
    lower: str
    start: int
    end: int
    kind: str


END: Final = Atom("", "", -1, -1, "")
"""What stands before the first and behind the last atom."""


def atoms(text: str) -> list[Atom]:
    """The atoms of a text, with offsets."""
    new, found = tuple.__new__, list[Atom]()  # twice as fast as calling Atom
    begin = 0
    for run in text.split():
        begin = text.find(run, begin)
        for word, low, start, end, kind in _kept(run) if len(run) <= LONGEST_KEPT else _pieces(run):
            found.append(new(Atom, (word, low, begin + start, begin + end, kind)))
        begin += len(run)
    return found


def _pieces(run: str) -> tuple[Atom, ...]:
    """The atoms of what stands between two spaces: none depends on what stands beyond them."""
    return tuple([_atom(match) for match in ATOM.finditer(run)])


def _atom(match: re.Match[str]) -> Atom:
    word = match[0]
    return Atom(word, word.lower(), *match.span(), "d" if word[-1].isdecimal() else "w" if word[0].isalpha() else "p")


_kept: Final = lru_cache(1 << 14)(_pieces)
"""Nearly all runs of a text have been met before."""


def at(pieces: list[Atom], i: int) -> Atom:
    """Atom `i`, or END where there is none."""
    return pieces[i] if 0 <= i < len(pieces) else END


def glued(pieces: list[Atom], i: int) -> bool:
    """Whether nothing stands between atom `i` and the one before it."""
    return 0 < i < len(pieces) and pieces[i].start == pieces[i - 1].end


def past_hyphen(pieces: list[Atom], i: int) -> int:
    """Past a hyphen between two words ("twenty-one", "fifty - two")."""
    if 0 < i < len(pieces) - 1 and pieces[i].text in HYPHENS and pieces[i - 1].kind == pieces[i + 1].kind == "w":
        return i + 1
    return i


def lowers(phrase: str) -> tuple[str, ...]:
    """The atoms of a phrase of the lexicon, in lower case."""
    return tuple(atom.lower for atom in atoms(phrase))


def follows(pieces: list[Atom], i: int, phrase: tuple[str, ...]) -> bool:
    """Whether the phrase stands at atom `i`."""
    return tuple(atom.lower for atom in pieces[i : i + len(phrase)]) == phrase
