"""Articles into sentences with exact offsets.

Every sentence is a slice of the article's title or text, character for character. Page furniture (share buttons, cookie
banners, bylines, photo credits) is left out by `furniture`. Time is linear in the length. What else reads the text of a
page stands here too under its name: `page`, `dateline`, `wire`, `tokens`, `plain`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from claimstream.lexicon import load
from claimstream.lexicon.calendar import DAYS, SHORT_MONTHS
from claimstream.model import Article, Sentence
from claimstream.reading.datelines import Dateline, dateline, wire
from claimstream.reading.furniture import FURNITURE_LONGEST, furniture
from claimstream.reading.pages import Page, page
from claimstream.reading.tokens import plain, tokens

__all__ = ["LONGEST", "Dateline", "Page", "dateline", "furniture", "page", "plain", "sentences", "tokens", "wire"]

LONGEST = 2000
"""Characters after which a run without a full stop is cut at the next space, so that later steps see bounded input."""
_BLANK = re.compile(r"\n[ \t\r\f\v\u00a0]*\n\s*")
_STOP = re.compile(
    r"[.!?…](?:(?<![.!?…][.!?…])[.!?…]*+[\"”’'»)\]]*+(?=\s)|(?<=[a-z]{3}[.!?])[\"”’»]?(?=[\"“‘«]?[A-Z][a-z]))"
)
"""It begins with the mark itself, and looks back from there: a search finds marks fast, and looking back at none."""
_AFTER = re.compile(r"\s*([\"“‘'«(\[•–—-]*)\s*(\w[\w.'’-]{0,30})?")
_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"([\w][\w.'’-]{0,20})$")
_SPOKEN = re.compile(
    r"\s*(?:[A-Z][\w.'’-]{0,20}\s+|(?:al|de|bin|the|a|one|his|her|its)\s+){1,4}"
    r"(?:said|says|asked|told|added|wrote|shouted|cried|replied|tweeted|warned|declared)\b"
)
_WORDS = load("text")
_NEVER_LAST = frozenset(_WORDS["never_last"].split())
_BEFORE_NUMBER = SHORT_MONTHS.union(_WORDS["before_number"].split())
_MAYBE_LAST = frozenset(_WORDS["maybe_last"].split())
_STARTERS = frozenset(_WORDS["starters"].split())
_AFTER_HOUR = frozenset(DAYS).union(_WORDS["after_an_hour"].split())


def sentences(article: Article) -> tuple[Sentence, ...]:
    """The sentences of the article in order, the title first, without page furniture.

    A line of the text that only repeats the title is left out. Offsets are into `article.text` (the title's own into
    `article.title`).
    """
    made: list[Sentence] = []

    def add(whole: str, start: int, end: int, paragraph: int, title: bool) -> None:
        words = whole[start:end]
        made.append(Sentence(words, start, len(made), paragraph, title, tokens(words)))

    title = article.title
    start, end = _trim(title, 0, len(title))
    if start < end:
        add(title, start, min(end, start + LONGEST), 0, True)
    heading = _bare(title)
    paragraph = 0
    for begin, stop in _blocks(article.text):
        block = article.text[begin:stop]
        if len(block) <= FURNITURE_LONGEST and (furniture(block) or _repeats(block, heading)):
            continue
        if not any(map(str.isalpha, block)):
            continue
        paragraph += 1
        for left, right in _split(article.text, begin, stop):
            add(article.text, left, right, paragraph, False)
    return tuple(made)


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(plain(text[:FURNITURE_LONGEST])))


def _repeats(block: str, heading: str) -> bool:
    """Whether the block says the heading (in its bare words) again."""
    first = _WORD.search(block)
    return first is not None and heading.startswith(plain(first[0])) and _bare(block) == heading


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs between blank lines; the lines of one are kept together only where it is hard-wrapped prose."""
    begin = 0
    for match in _BLANK.finditer(text):
        yield from _lines(text, begin, match.start())
        begin = match.end()
    yield from _lines(text, begin, len(text))


def _lines(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    begin, end = _trim(text, begin, end)
    if begin == end:
        return
    if "\n" not in text[begin:end]:
        yield begin, end
        return
    cuts = [begin + m.end() for m in re.finditer(r"\n", text[begin:end])]
    edges = [begin, *cuts, end]
    lines = [_trim(text, a, b) for a, b in pairwise(edges)]
    lines = [(a, b) for a, b in lines if a < b]
    body = lines[:-1]
    wrapped = all(45 <= b - a <= 100 for a, b in body) and not all(text[b - 1] in '.!?"”' for _, b in body)
    if wrapped:
        yield begin, end
    else:
        yield from lines


def _split(text: str, begin: int, end: int) -> Iterator[tuple[int, int]]:
    start = begin
    for match in _STOP.finditer(text, begin, end):
        if match.end() <= start:
            continue
        if match.end() < end and not _ends(text, match, end):
            continue
        yield from _pieces(text, start, match.end())
        start = match.end()
    yield from _pieces(text, start, end)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span, cut at spaces where it is longer than LONGEST."""
    start, end = _trim(text, start, end)
    while end - start > LONGEST:
        cut = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        cut = cut if cut > 0 else start + LONGEST
        yield _trim(text, start, cut)
        start, end = _trim(text, cut, end)
    if start < end:
        yield start, end


def _ends(text: str, stop: re.Match[str], end: int) -> bool:
    """Whether the mark closes a sentence, judged by the word before and the word after it."""
    marks = stop.group()
    after = _AFTER.match(text, stop.end(), end)
    opening, word = (after.group(1), after.group(2) or "") if after else ("", "")
    if not opening and word[:1].islower():
        return False
    if marks[0] in "!?" or len(marks) > 1:
        asked = marks[0] in "!?…" and marks[-1] in "\"”’'»"  # “Who fled?” Ann Roe asked
        return not (asked and _SPOKEN.match(text, stop.end(), end))
    before = _LAST_WORD.search(text, max(0, stop.start() - 21), stop.start())
    last = before.group(1).lower() if before else ""
    return _word_ends(last, word, opening)


def _word_ends(last: str, word: str, opening: str) -> bool:
    """Whether a full stop after the word `last`, before `word`, ends a sentence."""
    follows = word.lower().rstrip(".")
    if last in _NEVER_LAST or last.rpartition("-")[2] in _NEVER_LAST:
        return False
    if last in _BEFORE_NUMBER:
        return not word[:1].isdigit()
    if len(last) == 1 and last.isalpha():
        return last not in "abcdefghjklmnopqrstuvwxyz" or bool(opening)
    if last in ("a.m", "p.m"):
        return follows not in _AFTER_HOUR
    if ("." in last and last.replace(".", "").isalpha()) or last in _MAYBE_LAST:
        return bool(opening) or follows in _STARTERS or not word
    return True
