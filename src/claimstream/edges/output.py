"""What `extract` and `replay` write: JSON lines, in an order that depends on the input alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

import orjson

from claimstream.edges.wire import fact_codec
from claimstream.model import Alert, Article, ArticleClaims, Claim, Fact
from claimstream.reading import numbers, speakers, text

_FIGURE = frozenset("measure low high approx vague unit who scope since total".split())
_STATE = frozenset("asset side holds extent passing denial implied witness resolved".split())
_NAMES = tuple(f.name for f in fields(Claim))


def claim_row(claim: Claim) -> dict[str, Any]:
    """The claim with the fields of its kind only."""
    other = _STATE if claim.kind == "figure" else _FIGURE
    return {name: getattr(claim, name) for name in _NAMES if name not in other}


def claim_lines(records: Iterable[ArticleClaims]) -> Iterator[bytes]:
    """The claims in the order in which their articles arrived; an article that came twice counts once.

    What a denial only implies that others say is no line of its own, nor what a claim says of a second subject: they
    stand in the alerts.
    """
    once = {record.article: record for record in records}
    for record in sorted(once.values(), key=lambda r: (r.arrived_at, r.article)):
        for claim in record.claims:
            if not (claim.implied or claim.witness):
                yield _line(claim_row(claim))


def number_lines(article: Article) -> Iterator[bytes]:
    """Every number of the article's title and text as bounds, whatever it counts: the layer under the figures."""
    for whole, in_title in ((article.title, True), (article.text, False)):
        for quantity in numbers.plain(whole):
            row = {f.name: getattr(quantity, f.name) for f in fields(quantity)}
            yield _line({"article": article.id, "in_title": in_title, **row})


def speaker_lines(article: Article) -> Iterator[bytes]:
    """Who says what in the article: the speaker, and the span of the words in the text (or title).

    A speech that runs over several sentences is one row.
    """
    sentences = text.sentences(article)
    last: dict[str, Any] = {}
    for sentence, said in zip(sentences, speakers.attribute(sentences), strict=True):
        for one in said:
            row: dict[str, Any] = {"article": article.id, "source": one.speaker, "name": one.name, "rule": one.rule}
            row |= {"begin": sentence.start + one.start, "end": sentence.start + one.end, "in_title": sentence.title}
            if last and last["name"] == one.name and one.rule in speakers.GOES_ON:
                last["end"] = row["end"]
            elif last and last["name"] == one.name and last["rule"] == speakers.NAMED_LATER:
                last |= {"source": one.speaker, "rule": one.rule, "end": row["end"]}
            else:
                if last:
                    yield _line(last)
                last = row
    if last:
        yield _line(last)


def alert_lines(alerts: Iterable[Alert]) -> Iterator[bytes]:
    """Each contradiction once, in the order raised, as its last revision has it.

    `article` and `sentence` are those that made it a contradiction, whatever came later.
    """
    for raised, last in disputes(alerts):
        row = {"article": raised.raised_by, **_flat(last)}
        row["sentence"] = raised.sentence
        yield _line(row)


def disputes(alerts: Iterable[Alert]) -> list[tuple[Alert, Alert]]:
    """For each alert that was ever a contradiction: the record that made it one, and its last record."""
    kept: dict[str, list[Alert]] = {}
    for alert in alerts:
        kept.setdefault(alert.id, []).append(alert)
    pairs = []
    for records in kept.values():
        raised = next((a for a in records if a.type == "contradiction"), None)
        if raised is not None:
            pairs.append((raised, records[-1]))
    return sorted(pairs, key=lambda pair: (pair[0].updated_at, pair[0].subject, pair[0].id))


def revision_lines(alerts: Iterable[Alert]) -> Iterator[bytes]:
    """Every record of every alert, changes included, each once; those of one alert in the order in which they came."""
    once = {(alert.id, alert.revision, alert.digest): alert for alert in alerts}
    first = {alert.id: alert for alert in reversed(once.values())}
    for alert in sorted(once.values(), key=lambda a: (first[a.id].opened_at, a.subject, a.id)):
        yield _line(_flat(alert))


def table_lines(facts: Iterable[Fact]) -> Iterator[bytes]:
    """The consensus table by subject."""
    for fact in sorted(facts, key=lambda one: one.subject):
        yield fact_codec.encode(fact)


def _flat(alert: Alert) -> dict[str, Any]:
    return {f.name: getattr(alert, f.name) for f in fields(alert)}


def _line(row: Mapping[str, Any]) -> bytes:
    return orjson.dumps(row, option=orjson.OPT_UTC_Z)
