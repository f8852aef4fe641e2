"""Names that an article itself shows to be those of places, whether a gazetteer knows them or not.

Most villages of a war stand in no gazetteer; but the article says "in Belen", "near Belen" somewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from claimstream.lexicon.places import is_town
from claimstream.model import Sentence, Token
from claimstream.reading.rules.tags import ARTICLED
from claimstream.reading.rules.waynames import way_words
from claimstream.reading.rules.words import clause_words, lexicon, listed

_PREPOSITIONS = clause_words("placing")
"""Prepositions that stand before places; "from" and "to" stand before people as well."""
_OWNED = clause_words("men") | clause_words("owned")
_LONG_NAME = 4
"""Words that no name of a person has, as a rule."""
_HUBS = frozenset(("airport", "port"))
"""What is named for its town as a rule."""
_SETTLED = frozenset(("settlement", "area"))


Run = tuple[int, int, str]
"""A name as a row of capitalised words: where it begins and ends, and its words."""


def places_named(sentences: Sequence[Sentence], runs: Sequence[Sequence[Run]]) -> frozenset[str]:
    """The capitalised names, as written, that follow a preposition of place or "the town of" anywhere.

    `runs` are the names of each sentence.
    """
    found: set[str] = set()
    for sentence, names in zip(sentences, runs, strict=True):
        if not sentence.title:
            tokens = sentence.tokens
            found.update([t for start, end, t in names if _placed(tokens, start) and not _owns(tokens, end)])
            found.update([t for start, end, t in names[:1] if _labels(tokens, start, end) and is_town(t)])
    return frozenset(found)


def _labels(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether the name between the two is all that stands before a mark, but for a clock time: "12:24 Belen. ..."."""
    closed = end == len(tokens) or tokens[end].text in ".:–—"
    return closed and all(not token.text[0].isalpha() for token in tokens[:start])


def _owns(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the name that ends before `end` tells whose something is: "in Zenna hands", "near Zenna positions"."""
    return end < len(tokens) and tokens[end].lower in _OWNED


@cache
def _common() -> frozenset[str]:
    """Words that are no part of a name, though they have a capital."""
    lex = lexicon()
    return listed("offices").union(lex.assets, lex.actors, lex.people, lex.times, lex.closed)


def capital_runs(tokens: tuple[Token, ...]) -> list[Run]:
    """The names in a sentence; common nouns and times are no part of one."""
    common = _common()
    capital = [
        i
        for i, (text, lower, _, _) in enumerate(tokens)
        if (text[0].isupper() and lower not in common) or ("-" in lower and ARTICLED.match(text))
    ]
    runs: list[Run] = []
    start = -1
    for i, follow in pairwise([*capital, -1]):
        start = i if start < 0 else start
        if follow != i + 1:
            runs.append((start, i + 1, " ".join([token.text for token in tokens[start : i + 1]])))
            start = -1
    return runs


_JOINTS = str.maketrans("", "", " -'’")
"""What the letters of a person's name are joined by: "Sami al-Darin", "Noor O'Belen"."""


def persons_named(sentences: Sequence[Sentence], runs: Sequence[Sequence[Run]]) -> frozenset[str]:
    """The names of people who speak somewhere, as written, and their surnames: "Ada Berg" and "Berg"."""
    found: set[str] = set()
    for sentence, names in zip(sentences, runs, strict=True):
        for start, end, text in names:
            words = text.split()
            if (
                1 < len(words) < _LONG_NAME
                and _personal(sentence.tokens, start, end)
                and text.translate(_JOINTS).isalpha()
            ):
                found.update((text, words[-1]))
    return frozenset(found)


def crossings_named(sentences: Sequence[Sentence], runs: Sequence[Sequence[Run]]) -> dict[str, str]:
    """The names that the article gives to crossings, airports and the like alone, with the noun: "the Kora crossing".

    Such a name without its noun means the crossing: "Kora stayed open". A name that is also a town's means the town.
    """
    found: dict[str, str] = {}
    towns: set[str] = set()
    nouns = way_words()["namesake"]
    for sentence, names in zip(sentences, runs, strict=True):
        tokens = sentence.tokens
        for start, end, text in names:
            follow = tokens[end].lower.removesuffix("s") if end < len(tokens) else ""
            if follow in ("border", "frontier") and end + 1 < len(tokens):
                follow = tokens[end + 1].lower
                follow = "crossing" if follow in ("post", "point", "gate") else follow  # "the Kora border post"
            if follow in nouns:
                found[text] = follow
            elif _at_crossing(tokens, start) or _apposed_crossing(tokens, end):
                found.setdefault(text, "crossing")
            elif start and _in_town(tokens, start):
                towns.add(text)
    return {text: noun for text, noun in found.items() if text not in towns and not (noun in _HUBS and is_town(text))}


def _at_crossing(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether the name that begins at `start` is that of a crossing: "the crossing at Kora", "the border post of"."""
    if start < 3 or tokens[start - 1].lower not in ("at", "of"):
        return False
    noun, before = tokens[start - 2].lower, tokens[start - 3].lower
    return noun == "crossing" or (before in ("border", "frontier") and noun in ("post", "gate", "point"))


def _apposed_crossing(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the name that ends at `end` is told to be a crossing: "Kora, the main border crossing"."""
    behind = [token.lower for token in tokens[end : end + 6]]
    if behind[:1] != [","] or behind[1:2] not in (["the"], ["a"]):
        return False
    noun = next((n for n, word in enumerate(behind[2:], 2) if word == "crossing"), 0)
    return noun > 0 and all(word.isalpha() for word in behind[2:noun])


def _in_town(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether the name that begins at `start` stands behind "in" or "the town of"."""
    before = tokens[start - 1].lower
    if before != "of" or start < 2:
        return before == "in"
    return bool(lexicon().assets.get(tokens[start - 2].lower, frozenset()) & _SETTLED)


def _personal(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether the name between the two speaks, or has a rank or an office before it."""
    before = tokens[start - 1].lower if start else ""
    people = lexicon().people
    apart = before == "," and start > 1 and tokens[start - 2].lower in people  # "a spokesman, Ada Berg, said"
    if before in people or apart:
        return True
    beside = {before, tokens[end].lower if end < len(tokens) else ""}
    return before != "the" and not beside.isdisjoint(("said", "says", "told", "announced"))


def _placed(tokens: tuple[Token, ...], start: int) -> bool:
    """Whether the name that begins at `start` stands where names of places stand."""
    if not start:
        return False
    before = tokens[start - 1].lower
    if before == "of" and start > 1:
        return bool(lexicon().assets.get(tokens[start - 2].lower, frozenset()) & _SETTLED)
    return before in _PREPOSITIONS
