"""The language of tests/scenarios/*.txt: articles at times, and what the table and the alerts must say after them.

tests/scenarios/README.md explains it to a reader. `parse` makes a Scenario of a file; scenario_runs plays it
through the pipeline, scenario_checks compares what came out with what is expected.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from claimstream.model import Article, Status

DAY = re.compile(r"(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day \d{1,2} [A-Z][a-z]+ \d{4}")
TOLD = re.compile(
    r"(?P<at>\d\d:\d\d) (?P<outlet>[^|]+?)(?:, (?P<change>corrects|withdraws) (?P<old>\d\d:\d\d)"
    r"|, published the day before at (?P<before>\d\d:\d\d)| reprints (?P<reprint>\d\d:\d\d))?(?: \| (?P<title>.+))?"
)
EXPECT = re.compile(r"(?:as of (?P<as_of>\d\d:\d\d) )?expect (?P<about>[^:]+?)(?:: (?P<items>.+))?")
AGAIN = re.compile(
    r"again, (?P<how>every article twice|shuffled within an hour|at (?P<pace>\d+)x"
    r"|worker killed after article (?P<kill>\d+)): (?P<items>.+)"
)
ITEMS = re.compile(r', (?=(?:[^"]*"[^"]*")*[^"]*$)(?![^(]*\))')
COUNTS = re.compile(r"(no|one|two|three|four) (alert|subject)s?(?: (?:about|for) (.+))?")
ONE_FACT = "one fact"
"""The first item of each expectation on the table: no second fact answers to its words. Of one that counts it is ""."""


class Unreadable(ValueError):
    """A line that is not of the language; the text names file and line."""


@dataclass(frozen=True)
class Expectation:
    """What must be so once the first `told` articles have been handled, item by item."""

    told: int
    line: int
    about: str
    items: tuple[str, ...]
    as_of: datetime | None = None


@dataclass(frozen=True)
class Again:
    """The whole stream once more, told otherwise (`how`), with what must not differ."""

    line: int
    how: str
    items: tuple[str, ...]
    pace: int = 0
    kill: int = 0


@dataclass(frozen=True)
class Scenario:
    """One file."""

    name: str
    articles: tuple[Article, ...]
    expectations: tuple[Expectation, ...]
    variants: tuple[Again, ...]


# Reading a file


def parse(path: Path) -> Scenario:
    """The scenario in a file. Raises Unreadable."""
    articles: list[Article] = []
    expectations: list[Expectation] = []
    variants: list[Again] = []
    day: datetime | None = None
    for number, head, body in _blocks(path):
        try:
            if DAY.fullmatch(head):
                day = _day(head)
            elif match := EXPECT.fullmatch(head):
                items = _items([match["items"] or "", *body.splitlines()])
                at = _at(day, match["as_of"]) if match["as_of"] else None
                first = "" if COUNTS.fullmatch(match["about"]) else ONE_FACT
                expectations.append(Expectation(len(articles), number, match["about"], (first, *items), at))
            elif match := AGAIN.fullmatch(head):
                items = _items([match["items"]])
                variants.append(Again(number, match["how"], items, int(match["pace"] or 0), int(match["kill"] or 0)))
            elif match := TOLD.fullmatch(head):
                articles.append(_article(match, body, day, articles, path.stem))
            else:
                raise ValueError("neither a day, an article nor an expectation")
        except ValueError as error:
            raise Unreadable(f"{path.name}:{number}: {head!r}: {error}") from None
    return Scenario(path.stem, tuple(articles), tuple(expectations), tuple(variants))


def _blocks(path: Path) -> Iterator[tuple[int, str, str]]:
    """Each line at the margin with its number and the indented text below it. Lines that begin with # are comments."""
    head, number, body = "", 0, list[str]()
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        if line[:1].strip():
            if head:
                yield number, head, "\n".join(body).strip()
            head, number, body = line.rstrip(), n, []
        else:
            body.append(line.strip())
    if head:
        yield number, head, "\n".join(body).strip()


def _day(text: str) -> datetime:
    found = datetime.strptime(text, "%A %d %B %Y").replace(tzinfo=UTC)
    if f"{found:%A}" != text.split()[0]:
        raise ValueError(f"that was a {found:%A}")
    return found


def _at(day: datetime | None, clock: str) -> datetime:
    if day is None:
        raise ValueError("no day stands above it")
    hours, minutes = clock.split(":")
    return day + timedelta(hours=int(hours), minutes=int(minutes))


def _items(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(item.strip() for line in lines for item in ITEMS.split(line) if item.strip())


def _article(match: re.Match[str], body: str, day: datetime | None, told: list[Article], name: str) -> Article:
    at = _at(day, match["at"])
    if told and told[-1].fetched_at and at < told[-1].fetched_at:
        raise ValueError("it stands after a later article")
    article = Article(
        id=f"{name}-{len(told) + 1:02}",
        source=match["outlet"],
        title=match["title"] or "",
        text=re.sub(r"(?<!\n)\n(?!\n)", " ", body),
        published_at=_at(day, match["before"]) - timedelta(days=1) if match["before"] else at,
        fetched_at=at,
    )
    if match["reprint"]:
        old = _earlier(told, match["reprint"])
        article = replace(article, title=article.title or old.title, text=body or old.text)
    if match["change"]:
        status: Status = "corrected" if match["change"] == "corrects" else "withdrawn"
        article = replace(article, id=_earlier(told, match["old"], match["outlet"]).id, status=status)
    if not article.title and not article.text:
        raise ValueError("an article without words")
    return article


def _earlier(told: list[Article], clock: str, outlet: str = "") -> Article:
    for article in reversed(told):
        if f"{article.fetched_at:%H:%M}" == clock and outlet in ("", article.source):
            return article
    raise ValueError(f"no article of {clock} {outlet}".rstrip())
