"""Names that an article itself shows to be those of places, whether a gazetteer knows them or not.

Most villages of a war stand in no gazetteer; but the article says "in Belen", "near Belen" somewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from claimstream.model import Sentence, Token
from claimstream.reading.rules.words import clause_words, lexicon, listed

_PREPOSITIONS = clause_words("placing")
"""Prepositions that stand before places; "from" and "to" stand before people as well."""
_SETTLED = frozenset(("settlement", "area"))


def places_named(sentences: Sequence[Sentence]) -> frozenset[str]:
    """The capitalised names, as written, that follow a preposition of place or "the town of" anywhere."""
    found: set[str] = set()
    for sentence in sentences:
        if not sentence.title:
            found.update(text for start, _, text in capital_runs(sentence.tokens) if _placed(sentence.tokens, start))
    return frozenset(found)


@cache
def _common() -> frozenset[str]:
    """Words that are no part of a name, though they have a capital."""
    lex = lexicon()
    return listed("offices").union(lex.assets, lex.actors, lex.people, lex.times, lex.closed)


def capital_runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int, str]]:
    """Names as rows of capitalised words, with where they begin and end; common nouns and times are no part of one."""
    common = _common()
    start = -1
    for i, (text, lower, _, _) in enumerate(tokens):
        named = text[0].isupper() and lower not in common
        if named and start < 0:
            start = i
        elif not named and start >= 0:
            yield start, i, " ".join(t.text for t in tokens[start:i])
            start = -1
    if start >= 0:
        yield start, len(tokens), " ".join(t.text for t in tokens[start:])


def _placed(tokens: Sequence[Token], start: int) -> bool:
    """Whether the name that begins at `start` stands where names of places stand."""
    if not start:
        return False
    before = tokens[start - 1].lower
    if before == "of" and start > 1:
        return bool(lexicon().assets.get(tokens[start - 2].lower, frozenset()) & _SETTLED)
    return before in _PREPOSITIONS
