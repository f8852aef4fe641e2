"""Near-copies: two sentences with the same wording, up to what an editor changes in a reprint."""

from __future__ import annotations

import re
from functools import lru_cache

from claimstream.judging.folding import plain

SHINGLE = 5
"""Words in a row that two sentences must share to count as one wording (5-grams)."""


@lru_cache(maxsize=16384)
def shingles(sentence: str) -> frozenset[tuple[str, ...]]:
    """The runs of five words in the sentence."""
    words = re.findall(r"[a-z0-9]+", plain(sentence))
    return frozenset(zip(*(words[i:] for i in range(SHINGLE)), strict=False))


def near_copy(one: str, other: str) -> bool:
    """True where half of the five-word runs of the shorter sentence stand in the other."""
    a, b = shingles(one), shingles(other)
    small = min(len(a), len(b))
    return small >= 3 and 2 * len(a & b) >= small


def nameless(origin: str) -> bool:
    """True for an origin that is an outlet, or people without a name whom an outlet heard."""
    return origin.startswith("outlet:") or " at " in origin
