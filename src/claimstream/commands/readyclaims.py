"""Ready claims from a file (`replay --claims`): rows in the published form, with or without their articles.

A row needs `article`, `kind` and the value; what it lacks is filled in as `read` would: times and outlet from the
article of that id where the articles are given, else from the order of the rows. So a perfect reader's claims, or
another program's, can be judged apart from our reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import orjson

from claimstream.commands import arrival
from claimstream.edges import moments
from claimstream.edges.wire import WireError, claim_codec
from claimstream.judging import sources, subject
from claimstream.model import Article, ArticleClaims, Claim, content_id
from claimstream.reading import text
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


def _record(article: Article, rows: Iterable[tuple[str, Mapping[str, Any]]]) -> ArticleClaims:
    sentences = text.sentences(article)
    situation = locate(article, sentences)
    wire = text.wire(article, sentences)
    arrived_at = article.fetched_at or article.published_at or arrival.UNDATED
    made = [_claim(article, situation, wire, arrived_at, n, place, row) for n, (place, row) in enumerate(rows)]
    return ArticleClaims(
        article=article.id,
        situation=situation.key,
        source=article.source,
        published_at=article.published_at or arrived_at,
        arrived_at=arrived_at,
        status=article.status,
        claims=tuple(made),
    )


def _claim(
    article: Article,
    situation: Situation,
    wire: str,
    arrived_at: datetime,
    position: int,
    place: str,
    row: Mapping[str, Any],
) -> Claim:
    published_at = article.published_at or arrived_at
    attribution = str(row.get("attribution") or "")
    interest = sources.interest(attribution, attribution, article.source, situation.country)
    filled: dict[str, Any] = {
        "situation": situation.key,
        "sentence": "",
        "source": article.source,
        "wire": wire,
        "speaker": attribution,
        "origin": sources.origin(article.source, wire, attribution, attribution, interest),
        "interest": interest,
        "published_at": published_at,
        "as_of": published_at,
        "arrived_at": arrived_at,
        "position": position,
        "dated": article.published_at is not None,
        "status": article.status,
    }
    given = {name: value for name, value in row.items() if name in _FIELDS and value is not None}
    try:
        claim = claim_codec.build({**filled, "id": "", "subject": "", **given})
    except WireError as error:
        raise ClaimsError(f"{place}: {error}") from None
    key = claim.subject or subject.key(claim, situation.country, situation.place)
    value = (claim.side, claim.holds, claim.low, claim.high)
    id = claim.id or content_id(
        article.id, claim.in_title, claim.start, claim.end, claim.sentence, key, *value, position
    )
    return replace(claim, subject=key, id=id)
