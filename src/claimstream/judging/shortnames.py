"""The short names that an article gives its sides: "the Defence and Security Forces (FDS)"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimstream.judging.folding import plain
from claimstream.model import Sentence, Token

_LONGEST = 7
"""Words that the long name has at most."""
_SHORTEST, _SHORT_NAME = 2, 8
"""Letters of a short name."""
_INSIDE = frozenset("of and for the de da do des du la le del al".split())
"""Words in small letters that a long name goes on over."""


def of_article(sentences: Sequence[Sentence]) -> Mapping[str, str]:
    """Short name -> the long name that it stands for, the first where two are given."""
    found: dict[str, str] = {}
    for sentence in sentences:
        if "(" not in sentence.text:
            continue
        tokens = sentence.tokens
        for at in range(1, len(tokens) - 2):
            short = tokens[at + 1].text
            if tokens[at].text != "(" or tokens[at + 2].text != ")" or not _is_short(short):
                continue
            long = _long(tokens, at)
            if " " in long and short not in found:
                found[short] = long
    return found


def _is_short(word: str) -> bool:
    capitals = sum(char.isupper() for char in word)
    return _SHORTEST <= len(word) <= _SHORT_NAME and capitals >= _SHORTEST and word.replace("-", "").isalnum()


def _long(tokens: Sequence[Token], at: int) -> str:
    """The capitalised name that ends before token `at`, "" for none."""
    start = at
    while start and at - start < _LONGEST:
        word = tokens[start - 1]
        if not (word.text[:1].isupper() or word.lower in _INSIDE):
            break
        start -= 1
    while start < at and (tokens[start].lower in _INSIDE or plain(tokens[start].text) in ("a", "an")):
        start += 1
    return " ".join(token.text for token in tokens[start:at])
