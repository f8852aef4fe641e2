"""Words, numbers and marks of a text, with their offsets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from claimstream.model import Token

_PLAIN: Final = str.maketrans("“”„‟«»‘’‚‛′″–—―‑‒−\u00a0\u2009\u202f", '""""""\'\'\'\'\'"------   ')
_PART: Final = r"(?:(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*\w*|\w+(?:['’](?!(?:[sSm]|re|ve|ll)\b)\w+)*)"
_TOKEN: Final = re.compile(rf"{_PART}(?:[-‑]{_PART}|(?<=\d)–(?=\d){_PART})*|['’](?:[sSm]|re|ve|ll)\b|''|``|[^\w\s]")


def plain(text: str) -> str:
    """The text in lower case with curly quotes and long dashes made plain; the same length as the text."""
    if text.isascii():
        return text.lower()
    low = text.translate(_PLAIN).lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def tokens(text: str) -> tuple[Token, ...]:
    """The words, numbers and marks of the text."""
    new, kind = tuple.__new__, Token  # twice as fast as calling Token, and this is the hottest line of reading
    found: list[Token] = []
    at = 0
    for run in text.split():
        at = text.find(run, at)
        for word, low, start, end in _kept(run) if len(run) <= LONGEST_KEPT else _pieces(run):
            found.append(new(kind, (word, low, at + start, at + end)))
        at += len(run)
    return tuple(found)


def _pieces(run: str) -> tuple[tuple[str, str, int, int], ...]:
    """The tokens of what stands between two spaces: none depends on what stands beyond them."""
    low = plain(run)
    spans = [match.span() for match in _TOKEN.finditer(run)]
    return tuple([(run[start:end], low[start:end], start, end) for start, end in spans])


LONGEST_KEPT: Final = 24
"""Characters of the runs that are kept, so that what is kept stays small."""
_kept: Final = lru_cache(1 << 14)(_pieces)
"""Nearly all runs of a text have been met before."""
