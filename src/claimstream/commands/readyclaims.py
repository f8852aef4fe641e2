"""Ready claims from a file (`replay --claims`): rows in the published form, with or without their articles.

A row needs `article`, `kind` and the value; what it lacks is filled in as `read` would: times and outlet from the
article of that id where the articles are given, else from the order of the rows; who "he" is, where the words stand
and what the article's other claims tell of the subject. So a perfect reader's claims, or another program's, can be
judged apart from our reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from claimstream.commands import arrival
from claimstream.edges import moments
from claimstream.edges.wire import WireError, claim_codec
from claimstream.judging import asof, headline, leaning, sources, subject
from claimstream.model import Article, ArticleClaims, Attribution, Claim, Sentence, content_id
from claimstream.reading import numbers, speakers, states, text
from claimstream.reading.situation import Situation, locate

_FIELDS = frozenset(f.name for f in fields(Claim))


class ClaimsError(ValueError):
    """A row that is no claim; the text names the file, the line and the reason."""


def records(path: Path, articles: Iterable[Article]) -> Iterator[ArticleClaims]:
    """The rows of a JSON-lines file as one record for each article, in the order of arrival. Raises ClaimsError.

    `articles` carry their stamp of arrival; where there are none, each article id of the rows becomes a stand-in.
    """
    grouped: dict[str, list[tuple[str, Mapping[str, Any]]]] = {}
    for place, row in _rows(path):
        grouped.setdefault(row["article"], []).append((place, row))
    known = {article.id: article for article in articles}
    if not known:
        known = {a.id: a for a in arrival.stamped(_stand_in(id, rows) for id, rows in grouped.items())}
    for id, rows in grouped.items():
        if id not in known:
            raise ClaimsError(f"{rows[0][0]}: article {id!r} is not among the articles given")
    for id, article in known.items():
        yield _record(article, grouped.get(id, ()))


def _rows(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise ClaimsError(f"{path}: {error.strerror}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            row = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise ClaimsError(f"{place}: not JSON ({error})") from None
        if not isinstance(row, dict) or not isinstance(row.get("article"), str) or "kind" not in row:
            raise ClaimsError(f"{place}: a claim is expected, an object with at least article and kind")
        yield place, row


def _stand_in(id: str, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> Article:
    """An article that only its claims tell of: their sentences are its text."""
    own = [row for _, row in rows]
    said = "\n\n".join(dict.fromkeys(str(row.get("sentence", "")) for row in own))
    stamps = [row["published_at"] for row in own if row.get("published_at")]
    try:
        published = moments.parse(stamps[0]) if stamps else None
    except ValueError:
        raise ClaimsError(f"article {id!r}: published_at is no time: {stamps[0]!r:.60}") from None
    return Article(id=id, source=str(own[0].get("source") or id), text=said, published_at=published)


@dataclass(frozen=True, slots=True)
class _Context:
    """What every row of an article shares: the article as it was read, without its claims."""

    article: Article
    situation: Situation
    wire: str
    arrived_at: datetime
    said: Mapping[str, tuple[Sentence, tuple[Attribution, ...]]]
    """Sentences by their words, plain, each with those who speak in it."""
    lean: str
    """The camp that the article speaks for, "" for most."""


def _record(article: Article, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> ArticleClaims:
    sentences = text.sentences(article)
    situation = locate(article, sentences)
    arrived_at = article.fetched_at or article.published_at or arrival.UNDATED
    heard = speakers.attribute(sentences)
    said = {_bare(s.text): (s, speaking) for s, speaking in zip(sentences, heard, strict=True)}
    lean = leaning.of_article(article.source, sentences, heard, states.read(sentences), situation.country)
    context = _Context(article, situation, text.wire(article, sentences), arrived_at, said, lean)
    made = [_claim(context, n, place, row) for n, (place, row) in enumerate(rows)]
    joined = headline.settled(subject.together(made, situation.country, situation.place), situation.country)
    kept = (
        was if was.subject and "subject" in row else now for was, now, (_, row) in zip(made, joined, rows, strict=True)
    )
    return ArticleClaims(
        article=article.id,
        situation=situation.key,
        source=article.source,
        published_at=article.published_at or arrived_at,
        arrived_at=arrived_at,
        status=article.status,
        claims=tuple(map(_identified, kept)),
    )


def _bare(words: str) -> str:
    return " ".join(words.split())


def _claim(context: _Context, position: int, place: str, row: Mapping[str, Any]) -> Claim:
    article, situation = context.article, context.situation
    published_at = article.published_at or context.arrived_at
    attribution = str(row.get("attribution") or "")
    found = context.said.get(_bare(str(row.get("sentence") or "")))
    name = _speaker(attribution, found[1] if found else ())
    interest = sources.interest(name, attribution, article.source, situation.country, context.lean)
    filled: dict[str, Any] = {
        "situation": situation.key,
        "sentence": "",
        "source": article.source,
        "wire": context.wire,
        "speaker": name,
        "origin": sources.origin(article.source, context.wire, name, attribution, interest),
        "interest": interest,
        "published_at": published_at,
        "as_of": _as_of(article, str(row.get("sentence") or ""), published_at),
        "arrived_at": context.arrived_at,
        "position": position,
        "dated": article.published_at is not None,
        "status": article.status,
        **(_words(found[0], row) if found else {}),
    }
    given = {name: value for name, value in row.items() if name in _FIELDS and value is not None}
    try:
        claim = claim_codec.build({**filled, "id": "", "subject": "", **given})
    except WireError as error:
        raise ClaimsError(f"{place}: {error}") from None
    return replace(claim, subject=claim.subject or subject.key(claim, situation.country, situation.place))


def _as_of(article: Article, sentence: str, published_at: datetime) -> datetime:
    if article.published_at is None:
        return published_at
    return asof.as_of(sentence, published_at) or asof.as_of(article.title, published_at) or published_at


def _speaker(attribution: str, heard: Iterable[Attribution]) -> str:
    """The speaker resolved within the article ("he" -> "Sabri Denn, the mayor"), else the words as they are."""
    said = attribution.lower().split()
    return next((one.name for one in heard if one.name and one.speaker.lower().split() == said), attribution)


def _words(sentence: Sentence, row: Mapping[str, Any]) -> dict[str, Any]:
    """Where the row's words stand in its sentence: the phrase of its number, or the name of its asset."""
    where: dict[str, Any] = {"in_title": sentence.title}
    if row.get("kind") == "figure":
        same = (q for q in numbers.plain(sentence.text) if (q.low, q.high) == (row.get("low"), row.get("high")))
        one = next(same, None)
        start, end = (one.start, one.end) if one else (0, 0)
    else:
        asset = str(row.get("asset") or "")
        start = max(sentence.text.find(asset), 0)
        end = start + len(asset) if asset and sentence.text.startswith(asset, start) else start
    if end > start:
        where |= {"words": sentence.text[start:end], "start": sentence.start + start, "end": sentence.start + end}
    return where


def _identified(claim: Claim) -> Claim:
    value = (claim.side, claim.holds, claim.low, claim.high)
    id = claim.id or content_id(
        claim.article, claim.in_title, claim.start, claim.end, claim.sentence, claim.subject, *value, claim.position
    )
    return replace(claim, id=id)
