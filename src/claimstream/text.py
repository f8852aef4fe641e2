"""Articles into sentences with exact offsets, and plain-text pages into title, text and date.

Every sentence is a slice of the article's title or text, character for character. Page furniture (share buttons, cookie
banners, bylines, photo credits) is left out by the rules in lexicon/furniture.toml. Time is linear in the length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

from claimstream.lexicon import load
from claimstream.model import Article, Sentence, Token

LONGEST = 2000
"""Characters after which a run without a full stop is cut at the next space, so that later steps see bounded input."""

FURNITURE_LONGEST = 500
"""Lines longer than this are never furniture."""

FURNITURE_SHORT = 260
"""Lines longer than this are furniture only by the rules marked long."""

_PLAIN = str.maketrans("“”„‟«»‘’‚‛′″–—―‑‒−\u00a0\u2009\u202f", '""""""\'\'\'\'\'"------   ')

_PART = r"(?:(?:[^\W\d_]\.){2,}|\d+(?:[.,:]\d+)*\w*|\w+(?:['’](?![sS]\b)\w+)*)"
_TOKEN = re.compile(rf"{_PART}(?:[-‑]{_PART}|(?<=\d)–(?=\d){_PART})*|['’][sS]\b|''|``|[^\w\s]")

_BLANK = re.compile(r"\n[ \t\r\f\v\u00a0]*\n\s*")
_STOP = re.compile(r"[.!?…]+[\"”’'»)\]]*(?=\s)|(?<=[a-z]{3})[.!?][\"”’»]?(?=[\"“‘«]?[A-Z][a-z])")
_AFTER = re.compile(r"\s*([\"“‘'«(\[•–—-]*)\s*(\w[\w.'’-]{0,30})?")
_LAST_WORD = re.compile(r"([\w][\w.'’-]{0,20})$")
_SPOKEN = re.compile(
    r"\s*(?:[A-Z][\w.'’-]{0,20}\s+|(?:al|de|bin|the|a|one|his|her|its)\s+){1,4}"
    r"(?:said|says|asked|told|added|wrote|shouted|cried|replied|tweeted|warned|declared)\b"
)

_WORDS = load("text")
_NEVER_LAST = frozenset(_WORDS["never_last"].split())
_BEFORE_NUMBER = frozenset(_WORDS["before_number"].split())
_MAYBE_LAST = frozenset(_WORDS["maybe_last"].split())
_STARTERS = frozenset(_WORDS["starters"].split())
_HOUR_ZONES = frozenset(_WORDS["after_an_hour"].split())


def plain(text: str) -> str:
    """The text in lower case with curly quotes and long dashes made plain; the same length as the text."""
    if text.isascii():
        return text.lower()
    low = text.translate(_PLAIN).lower()
    return low if len(low) == len(text) else "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def tokens(text: str) -> tuple[Token, ...]:
    """The words, numbers and marks of the text."""
    low = plain(text)
    new, kind = tuple.__new__, Token  # twice as fast as calling Token, and this is the hottest line of reading
    spans = [(match[0], match.span()) for match in _TOKEN.finditer(text)]
    return tuple([new(kind, (word, low[start:end], start, end)) for word, (start, end) in spans])


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
        if len(block) <= FURNITURE_LONGEST and (furniture(block) or (heading and _bare(block) == heading)):
            continue
        if not any(map(str.isalpha, block)):
            continue
        paragraph += 1
        for left, right in _split(article.text, begin, stop):
            add(article.text, left, right, paragraph, False)
    return tuple(made)


def furniture(line: str) -> str:
    """The name of the furniture rule that the line matches, "" for news."""
    line = line.strip()
    if len(line) > FURNITURE_LONGEST:
        return ""
    folded = " ".join(plain(line).split())
    rules = _furniture_rules()
    any_cased, any_folded = rules.any_long if len(folded) > FURNITURE_SHORT else rules.any_short
    if any_cased.fullmatch(line) is None and any_folded.fullmatch(folded) is None:
        return ""
    for name, pattern, cased in rules.each:
        if pattern.fullmatch(line if cased else folded):
            return name
    return ""


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
        after, title = lines[0][0], lines[0][1][:LONGEST]
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


def _bare(text: str) -> str:
    return " ".join(re.findall(r"\w+", plain(text[:FURNITURE_LONGEST])))


_MONTHS = {name: number for number, names in enumerate(_WORDS["months"], 1) for name in names.split()}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
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
            try:
                number = int(month) if month.isdigit() else _MONTHS[month]
                return datetime(int(match["year"]), number, int(match["day"]), hour, minute, tzinfo=UTC)
            except ValueError:
                return None
    return None


class _FurnitureRules(NamedTuple):
    """Each rule, and all joined in one pattern (as written, folded), for lines of any length and for long ones."""

    each: tuple[tuple[str, re.Pattern[str], bool], ...]
    any_short: tuple[re.Pattern[str], re.Pattern[str]]
    any_long: tuple[re.Pattern[str], re.Pattern[str]]


@cache
def _furniture_rules() -> _FurnitureRules:
    rules = load("furniture")["rule"]

    def joined(chosen: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in chosen) or "(?!)", re.DOTALL)

    def pair(chosen: list[dict[str, Any]]) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return (
            joined([rule["cased"] for rule in chosen if "cased" in rule]),
            joined([rule["pattern"] for rule in chosen if "cased" not in rule]),
        )

    each = [
        (r["name"], re.compile(r["cased"] if "cased" in r else r["pattern"], re.DOTALL), "cased" in r) for r in rules
    ]
    return _FurnitureRules(tuple(each), pair(rules), pair([rule for rule in rules if rule.get("long")]))


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
        return not (marks[-1] in "\"”’'»" and _SPOKEN.match(text, stop.end(), end))
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
        return follows not in _HOUR_ZONES
    if ("." in last and last.replace(".", "").isalpha()) or last in _MAYBE_LAST:
        return bool(opening) or follows in _STARTERS or not word
    return True


_WIRE_IN_BRACKETS = re.compile(r"^[^()\n]{2,60}\(([^()\n]{2,40})\)\s{0,2}(?:[-–—:]|\n|$)")
_INPUTS = re.compile(
    r"\(?(?:with )?(?:inputs|reporting|files|agency inputs|reports) (?:from|by) ([A-Z][^()\n;,.]{1,60})"
)
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


def wire(article: Article, sentences: Sequence[Sentence]) -> str:
    """The agency that the text comes from, as written: from its dateline or its credits; "" where none is named."""
    found = dateline(sentences).wire
    if found:
        return found
    lines = article.text[-2000:].split("\n") + article.text[:1000].split("\n")
    for line in lines:
        line = line.strip()
        if (len(line) <= 200 and "y" in line) or "from" in line:
            credit = _INPUTS.search(line) if furniture(line) else None
            credit = credit or (_REPORTED_BY.match(line) if line.startswith("(") else None)
            if credit:
                return _STAFF.sub("", credit.group(1)).strip(" )")
    return ""
