"""Names that an article itself shows to be those of armed sides, whether a list knows them or not.

No list holds every group of a war; but the article says "Zenna fighters", "soldiers of the Zenna" or "the Zenna
Liberation Front (ZLF)" somewhere, and from then on "the Zenna" and "the ZLF" can take and leave towns.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimstream.model import Sentence, Token
from claimstream.reading.discourse.placed import Run
from claimstream.reading.rules.tags import QUOTES, is_short
from claimstream.reading.rules.words import clause_words, lexicon

_MEN = clause_words("men")
"""Nouns of armed people behind the name of those whose men they are."""


def sides_named(sentences: Sequence[Sentence], runs: Sequence[Sequence[Run]]) -> frozenset[str]:
    """The names, as written, that an article calls armed anywhere; `runs` are the names of each sentence."""
    found: set[str] = set()
    opening: set[str] = set()
    for sentence, names in zip(sentences, runs, strict=True):
        tokens = sentence.tokens
        manned = not sentence.title and any(token.lower in _MEN for token in tokens)
        for start, end, text in names:
            if _shortened(tokens, start, end):
                found.add(text)
            elif manned and _armed(tokens, start, end):
                (opening if _opens(tokens, start) else found).add(text)
    return frozenset(found | (opening and opening & _within(sentences, runs)))


def _opens(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether any word would have a capital at `start`: "Heavily armed", "Hundreds of"; short forms have it always."""
    begins = start == 0 or tokens[start - 1].text in QUOTES or not tokens[start - 1].text[0].isalnum()
    return begins and not is_short(tokens[start].text)


def _within(sentences: Sequence[Sentence], runs: Sequence[Sequence[Run]]) -> set[str]:
    """The names that stand inside of a sentence somewhere, and so are names."""
    pairs = ((one, names) for one, names in zip(sentences, runs, strict=True) if not one.title)
    return {text for one, names in pairs for start, _, text in names if not _opens(one.tokens, start)}


def _armed(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether the name is told to have armed men: "Zenna fighters", "the Zenna's men", "fighters of the Zenna"."""
    behind = end + (end < len(tokens) and tokens[end].lower in ("'s", "'", "’s", "’"))
    if behind < len(tokens) and tokens[behind].lower in _MEN:
        return True
    owned = start > 2 and tokens[start - 1].lower == "the" and tokens[start - 2].lower in ("of", "from", "with")
    return owned and tokens[start - 3].lower in _MEN and _closed(tokens, end)


def _closed(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the noun phrase ends with the name: not "of the Belen garrison", "of the Belen and Darin fronts"."""
    if end >= len(tokens) or tokens[end].text in ".;":
        return True
    return lexicon().closed.get(tokens[end].lower, "K") != "K" or tokens[end].lower in lexicon().verbs


def _shortened(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether the name is a short form in brackets behind the long name of a side: "the Zenna Front (ZF)"."""
    bracketed = start > 1 and end == start + 1 and end < len(tokens) and is_short(tokens[start].text)
    if not bracketed or tokens[start - 1].text != "(" or tokens[end].text != ")":
        return False
    long = tokens[start - 2]
    lex = lexicon()
    return long.text[0].isupper() and (long.lower in lex.organised or long.lower in lex.actors or long.lower in _MEN)
