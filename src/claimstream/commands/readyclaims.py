"""Ready claims from a file (`replay --claims`): rows in the published form, with or without their articles.

A row needs `article`, `kind` and the value; what it lacks is filled in as `read` would: times and outlet from the
article of that id where the articles are given, else from the order of the rows; who "he" is, where the words stand
and what the article's other claims tell of the subject. So a perfect reader's claims, or another program's, can be
judged apart from our reading.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from claimstream.commands import arrival
from claimstream.edges import moments
from claimstream.edges.wire import WireError, claim_codec
from claimstream.judging import roadends, sources
from claimstream.lexicon import names
from claimstream.model import (
    Article,
    ArticleClaims,
    Attribution,
    Claim,
    FigureMention,
    Sentence,
    StateMention,
    content_id,
)
from claimstream.pipeline import Context
from claimstream.reading import figures, numbers, speakers, states, text
from claimstream.reading.situation import locate

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


class _Seen(NamedTuple):
    """What the reader finds in a sentence: who speaks, the figures, who holds what."""

    sentence: Sentence
    said: tuple[Attribution, ...]
    figures: tuple[FigureMention, ...]
    states: tuple[StateMention, ...]


Heard = Mapping[str, _Seen]
"""The sentences of an article by their words, plain."""


def _record(article: Article, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> ArticleClaims:
    sentences = text.sentences(article)
    named = [names.find(sentence) for sentence in sentences]
    situation = locate(article, sentences, named)
    arrived_at = article.fetched_at or article.published_at or arrival.UNDATED
    attributions = speakers.attribute(sentences)
    held = states.read(sentences, named)
    context = Context.of(article, arrived_at, situation, sentences, named, attributions, held)
    read = map(_Seen, sentences, attributions, figures.read(sentences), held)
    heard = {_bare(one.sentence.text): one for one in read}
    voices = sorted({one.name or one.speaker for seen in heard.values() for one in seen.said})
    made = [_claim(context, heard, voices, n, place, row) for n, (place, row) in enumerate(rows)]
    kept = (
        was if was.subject and "subject" in row else now
        for was, now, (_, row) in zip(made, context.settled(made), rows, strict=True)
    )
    return context.record(map(_identified, roadends.witnessed(tuple(kept))))


def _bare(words: str) -> str:
    return " ".join(words.split())


def _claim(
    context: Context, heard: Heard, voices: Sequence[str], position: int, place: str, row: Mapping[str, Any]
) -> Claim:
    """The claim of a row: what the row gives goes before what the article tells. `voices` are all who speak in it."""
    sentence, attribution = str(row.get("sentence") or ""), str(row.get("attribution") or "")
    found = heard.get(_bare(sentence))
    name = _speaker(attribution, found.said if found else (), voices)
    filled: dict[str, Any] = {
        "id": "",
        "subject": "",
        "sentence": "",
        "position": position,
        **context.told(sentence, name, attribution),
        **(_words(found.sentence, row) if found else {}),
        **(_read(found, row) if found else {}),
    }
    given = {name: value for name, value in row.items() if name in _FIELDS and value is not None}
    try:
        return context.keyed(claim_codec.build({**filled, **given}))
    except WireError as error:
        raise ClaimsError(f"{place}: {error}") from None


def _speaker(attribution: str, heard: Iterable[Attribution], voices: Iterable[str]) -> str:
    """The speaker resolved within the article ("he" -> "Sabri Denn, the mayor"), else the words as they are.

    A name alone is that of the fullest words in which somebody of that name speaks in the article (`voices`).
    """
    said = attribution.lower().split()
    resolved = next((one.name for one in heard if one.name and one.speaker.lower().split() == said), attribution)
    if not all(word[:1].isupper() for word in resolved.split()):
        return resolved
    voice = sources.origin("", "", resolved, resolved)
    same = [name for name in voices if resolved in name and sources.origin("", "", name, name) == voice]
    return max(same, key=len, default=resolved)


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


def _read(seen: _Seen, row: Mapping[str, Any]) -> dict[str, Any]:
    """What the published form of a row leaves out, as the reader finds it beside the same value in the sentence.

    Of a figure the period that it counts, and whether it is a part of another; of a state the place that the asset
    belongs to, and whether the words deny it or mention it in passing. Not the rule: whose row it is has said who is
    counted, so that the number leans on no other figure.
    """
    if row.get("kind") == "figure":
        bounds = row.get("low"), row.get("high")
        same = [m for m in seen.figures if (m.quantity.low, m.quantity.high) == bounds]
        one = next((m for m in same if m.measure == row.get("measure")), None)
        return {"scope": one.scope, "since": one.since, "total": one.total, "vague": one.quantity.vague} if one else {}
    asset = str(row.get("asset") or "").lower()
    mine = (m for m in seen.states if (m.kind, m.holds) == (row.get("kind"), row.get("holds")))
    state = next((m for m in mine if asset and (asset in m.asset.lower() or m.asset.lower() in asset)), None)
    return {"place": state.place, "denial": state.denial, "passing": state.passing} if state else {}


def _identified(claim: Claim) -> Claim:
    value = (claim.side, claim.holds, claim.low, claim.high)
    id = claim.id or content_id(
        claim.article, claim.in_title, claim.start, claim.end, claim.sentence, claim.subject, *value, claim.position
    )
    return replace(claim, id=id)
