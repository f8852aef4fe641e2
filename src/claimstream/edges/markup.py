"""HTML pages to plain articles: title, text and date, page furniture left out. An edge: trafilatura does the work."""

from __future__ import annotations

import logging
import re
import sys
from dataclasses import dataclass
from datetime import datetime

from htmldate import find_date
from lxml.html import document_fromstring
from trafilatura import bare_extraction
from trafilatura.settings import Document

from claimstream.edges.moments import to_utc

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # our callers report what could not be read, once
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page says: `text` has paragraphs separated by blank lines; None where the page shows no date."""

    title: str
    text: str
    published_at: datetime | None
    site: str


def page(html: str) -> Page | None:
    """The article of an HTML page, or None where the page holds no text that reads as an article."""
    html = _without_controls(html)
    try:
        found = bare_extraction(html, fast=True, with_metadata=True, include_comments=False, include_tables=False)
    except Exception:  # whatever a broken page does to the parsers, it is a page without an article
        return None
    if not isinstance(found, Document) or not found.text:
        return None
    title = found.title or ""
    paragraphs = [line.strip() for line in found.text.split("\n") if line.strip()]
    if paragraphs and paragraphs[0] == title:
        del paragraphs[0]
    return Page(title, "\n\n".join(paragraphs), _published(html), found.sitename or found.hostname or "")


_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,12})|([0-9]{1,15}));?")


def _without_controls(html: str) -> str:
    """The page without control characters and references to them, at which the parser would give up the whole page."""

    def kept(match: re.Match[str]) -> str:
        code = int(match[1], 16) if match[1] else int(match[2])
        return " " if code > sys.maxunicode or _CONTROL.match(chr(code)) else match[0]

    return _REFERENCE.sub(kept, _CONTROL.sub(" ", html))


def _published(html: str) -> datetime | None:
    """The publication stamp that the page itself carries; a stamp without a zone counts as UTC."""
    try:
        stamp = find_date(
            document_fromstring(html), outputformat="%Y-%m-%dT%H:%M:%S%z", original_date=True, extensive_search=False
        )
        return to_utc(datetime.fromisoformat(stamp)) if stamp else None
    except Exception:  # as above: a page whose date cannot be read shows none
        return None
