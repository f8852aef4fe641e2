"""Several words that together are a verb of speech: "let slip that", "put out word that", "made it known that"."""

from __future__ import annotations

from claimstream.reading.speech.words import WORDS, Tokens

_BY_LAST: dict[str, list[tuple[frozenset[str], tuple[str, ...]]]] = {}
"""The forms of the first word and the words behind it, by the last, which is rarer in news than the first."""
for _saying in WORDS["sayings"].split("|"):
    _first, *_rest = _saying.split()
    _BY_LAST.setdefault(_rest[-1], []).append((frozenset(_first.split("/")), tuple(_rest)))
LAST_OF_SAYINGS = frozenset(_BY_LAST)
_TO_SOMEBODY = 5
"""Tokens that may stand before "that" behind the words: "made clear to reporters in Belen that"."""
_BEHIND = frozenset(("to", "on", "by", "in", "again"))


def saying_at(tokens: Tokens, last: int) -> tuple[int, int] | None:
    """Where the words of speech begin whose last stands at `last`, and where they end, before their "that"."""
    for firsts, rest in _BY_LAST.get(tokens[last].lower, ()):
        first = last - len(rest)
        if first < 1 or tokens[first].lower not in firsts:
            continue
        if tuple(token.lower for token in tokens[first + 1 : last + 1]) != rest:
            continue
        end = last + 1
        that = next((k for k in range(end, min(end + _TO_SOMEBODY, len(tokens))) if tokens[k].lower == "that"), 0)
        if that == end or (that and tokens[end].lower in _BEHIND):
            return first, that
        if end < len(tokens) and tokens[end].text == ":":
            return first, end
    return None
