"""Several words that together are a verb of speech: "let slip that", "put out word that", "made it known that"."""

from __future__ import annotations

from claimstream.reading.speech.words import WORDS, Tokens

_BY_FIRST: dict[str, list[tuple[str, ...]]] = {}
"""The words behind the first, by the first in each of its forms."""
for _saying in WORDS["sayings"].split("|"):
    _first, *_rest = _saying.split()
    for _form in _first.split("/"):
        _BY_FIRST.setdefault(_form, []).append(tuple(_rest))
FIRST_OF_SAYINGS = frozenset(_BY_FIRST)
_TO_SOMEBODY = 5
"""Tokens that may stand before "that" behind the words: "made clear to reporters in Belen that"."""


def saying_ends(tokens: Tokens, n: int) -> int:
    """Where the words of speech end that begin at `n`, before their "that"; 0 where there are none."""
    for rest in _BY_FIRST.get(tokens[n].lower, ()):
        end = n + 1 + len(rest)
        if tuple(token.lower for token in tokens[n + 1 : end]) != rest:
            continue
        that = next((k for k in range(end, min(end + _TO_SOMEBODY, len(tokens))) if tokens[k].lower == "that"), 0)
        if that == end or (that and tokens[end].lower in ("to", "on", "by", "in", "again")):
            return that
        if end < len(tokens) and tokens[end].text == ":":
            return end
    return 0
