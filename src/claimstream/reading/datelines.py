"""Datelines and credits: where an article was written, and which agency it comes from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from claimstream.model import Article, Sentence
from claimstream.reading.furniture import furniture

_WIRE_IN_BRACKETS = re.compile(r"^[^()\n]{2,60}\(([^()\n]{2,40})\)\s{0,2}(?:[-–—:]|\n|$)")
_INPUTS = re.compile(
    r"\(?(?:with )?(?:inputs|reporting|files|agency inputs|reports) (?:from|by) ([A-Z][^()\n;,.]{1,60})"
)
_CREDITING = ("inputs", "reporting", "files", "reports")
"""Words without which no line is such a credit."""
_REPORTED_BY = re.compile(r"^\(?(?:[Aa]dditional )?(?:[Rr]eporting|REPORTING) by ([^()\n;]{2,80})")
_STAFF = re.compile(r"\s+(?:staff|bureau|newsroom|reporters?|correspondents?)\b.*$", re.IGNORECASE)
_PLACE_ONLY = re.compile(r"^([A-Z][A-Z'’ .-]{2,30}(?:, [A-Z][\w. ]{2,25})?)(?: [–—-]{1,2} |: )(?=[\"“A-Z])")
_WIRE_IN_SLASHES = re.compile(r"^([A-Z][^/\n]{2,40}?)[.,]? /([A-Z][\w -]{1,30})/")
_WIRE_AFTER_COMMA = re.compile(r"^([A-Z][\w' -]{2,30}), ([A-Z]{3,8})\)? ?[–—-]{1,2} ")


class Dateline(NamedTuple):
    """What stands before the first sentence: "KABUL (Meridian) -" has place "KABUL" and wire "Meridian"."""

    place: str
    wire: str


def dateline(sentences: Sequence[Sentence]) -> Dateline:
    """The place and the agency named before the first words of the text, "" where none stands."""
    body = [sentence for sentence in sentences[:8] if not sentence.title and sentence.paragraph <= 2]
    for n, sentence in enumerate(body):
        following = body[n + 1].text if n + 1 < len(body) else ""
        opening = f"{sentence.text} {following}"  # "MOSCOW, May 7. /TASS/." is two sentences
        named = _WIRE_IN_SLASHES.match(opening) or _WIRE_AFTER_COMMA.match(sentence.text)
        if named and _is_dateline(named.group(1)):
            return Dateline(named.group(1).split(",")[0].strip(), named.group(2).strip())
        bare = _PLACE_ONLY.match(sentence.text)
        if bare and _is_dateline(bare.group(1)):
            return Dateline(bare.group(1).split(",")[0].strip(), "")
        head = _WIRE_IN_BRACKETS.match(sentence.text)
        if head and _is_dateline(sentence.text[: head.start(1) - 1]):
            place = re.split(r"[,(]", sentence.text[: head.start(1)])[0].strip()
            return Dateline(place, head.group(1).strip())
    return Dateline("", "")


def _is_dateline(before: str) -> bool:
    """A place with capitals, a date at most behind it: "KABUL", "Mogadishu", "MOGADISHU, Oct 14"."""
    words = before.replace(",", " ").split()
    return 0 < len(words) <= 6 and all(w[0].isupper() or w[0].isdigit() for w in words)


def wire(article: Article, head: Dateline) -> str:
    """The agency that the text comes from, as written: from its dateline or its credits; "" where none is named."""
    if head.wire:
        return head.wire
    lines = article.text[-2000:].split("\n") + article.text[:1000].split("\n")
    for line in lines:
        line = line.strip()
        if (len(line) <= 200 and "y" in line) or "from" in line:
            credit = _INPUTS.search(line) if any(word in line for word in _CREDITING) else None
            credit = credit if credit and furniture(line) else None
            credit = credit or (_REPORTED_BY.match(line) if line.startswith("(") else None)
            if credit:
                return _STAFF.sub("", credit.group(1)).strip(" )")
    return ""
