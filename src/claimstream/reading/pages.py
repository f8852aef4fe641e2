"""Plain-text files of web pages into headline, text and date."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

from claimstream.lexicon.calendar import DATE_MONTHS
from claimstream.reading.furniture import furniture
from claimstream.reading.tokens import plain

LONGEST_TITLE = 2000
"""Characters of a first line that serve as the title where a page shows no headline."""


FIRST_YEAR, LAST_YEAR = 1600, 2599
"""Years that the date of a page may have; four digits of another size are no year."""


class Page(NamedTuple):
    """What a plain-text file of a web page holds. `published_at` is midnight UTC where only a date stands there."""

    title: str
    text: str
    published_at: datetime | None
    source: str


def page(raw: str) -> Page:
    """Title, text and date of a web page saved as plain text.

    The title is the headline: the last one above a byline or a date where one stands before the text, else the first
    line that is no furniture and looks like a headline. The text begins after it.
    """
    raw = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    lines = [(m.end(), m.group().strip()) for m in re.finditer(r"[^\n]+", raw) if m.group().strip()]
    heads: list[tuple[int, str]] = []
    title, after, published, bodies = "", 0, None, 0
    for end, line in lines[:HEAD_LINES]:
        kind = _line_kind(line)
        if kind == "stamp":
            published = published or _date(line)
            above = [head for head in heads[-3:] if _is_headline(head[1])]
            if above and not title:
                after, title = above[-1]
        elif kind == "body":
            bodies += 1
            if bodies > 1 or title:
                break
        elif kind == "head":
            heads.append((end, line))
    if not title and heads:
        after, title = next((head for head in heads if _is_headline(head[1])), heads[0])
    if not title and lines and bodies == 0:
        after, title = lines[0][0], lines[0][1][:LONGEST_TITLE]
    return Page(title, raw[after:].strip("\n"), published, "")


HEAD_LINES = 60
"""Lines of a page among which headline and date are looked for."""


def _line_kind(line: str) -> str:
    """What a line at the head of a page is: "stamp" (byline or date), "furniture", "body" (a paragraph) or "head"."""
    found = furniture(line)
    if found in ("byline", "byline with a name", "stamps", "agency and date"):
        return "stamp"
    if found or not any(map(str.isalpha, line)) or line.count("•") > 2:
        return "furniture"
    if len(line) <= 90 and not line.endswith(".") and any(pattern.search(plain(line)) for pattern in _DATES):
        return "stamp"
    ends = line.rstrip("\"”’')").endswith((".", "!", "?", ":"))
    return "body" if len(line) > 200 or (ends and len(line.split()) > 9) else "head"


def _is_headline(line: str) -> bool:
    """Long enough for a headline, and no sentence or standfirst."""
    return 3 < len(line.split()) <= 24 and not line.endswith((".", "…", ":"))


_MONTH = "|".join(sorted(DATE_MONTHS, key=len, reverse=True))
_DATES = (
    re.compile(rf"\b(?P<month>{_MONTH})\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b"),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>{_MONTH})\.?,? (?P<year>\d{{4}})\b"),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)\b"),
)
_CLOCK = re.compile(r"\b(?P<hour>\d{1,2}):(?P<minute>\d\d)(?: ?(?P<half>[ap])\.?m\b)?(?= ?\(?(?:gmt|utc))")


def _date(line: str) -> datetime | None:
    """The date written in the line, with its clock time where that is in UTC or GMT, else midnight UTC."""
    low = plain(line)
    for pattern in _DATES:
        if match := pattern.search(low):
            month = match["month"]
            clock = _CLOCK.search(low)
            hour, minute = (int(clock["hour"]), int(clock["minute"])) if clock else (0, 0)
            if clock and clock["half"]:
                hour = hour % 12 + (12 if clock["half"] == "p" else 0)
            if not FIRST_YEAR <= int(match["year"]) <= LAST_YEAR:
                return None
            try:
                number = int(month) if month.isdigit() else DATE_MONTHS[month]
                return datetime(int(match["year"]), number, int(match["day"]), hour, minute, tzinfo=UTC)
            except ValueError:
                return None
    return None
