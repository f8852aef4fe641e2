"""A stream of articles for the chaos harness: thousands made from the project's texts, the same for the same seed.

Each is a headline and a sentence or two of a seed or gold article, with numbers, outlets and times changed. Among them
are repeats, corrections and withdrawals, articles that come late, and records that cannot be read.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson

from claimstream import pipeline
from claimstream.edges import files
from claimstream.edges.wire import alert_codec, encode_article, fact_codec
from claimstream.model import Article, Fact, Settings

ROOT = Path(__file__).resolve().parent.parent
START = datetime(2020, 1, 1, tzinfo=UTC)
GAP = timedelta(seconds=40)
LIMIT = 20_000
"""The longest article record that the workers are told to take."""
OUTLETS = tuple(f"outlet{i:02}.example" for i in range(17))
NUMBER = re.compile(r"(?<![\d.,-])\d{1,6}(?![\d.,-]|th|st|nd|rd)")
BAD = (
    ("decode", "not_utf8", b"\xff\xfe"),
    ("decode", "not_json", b"{"),
    ("decode", "shape", b'{"source": "alpha.example"}'),
    ("decode", "schema", b'{"schema": 99}'),
    ("decode", "time", b'{"source": "alpha.example", "text": "x", "published_at": "yesterday"}'),
    ("decode", "too_large", b'{"source": "alpha.example", "text": "' + b"x" * LIMIT + b'"}'),
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A record of the articles topic, in the order of sending. `bad` is the stage and reason of one that is refused."""

    key: bytes
    value: bytes
    bad: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Right:
    """What an undisturbed run gives: facts as JSON by subject, and the JSON of each alert revision, in order."""

    table: dict[bytes, bytes]
    alerts: dict[tuple[str, int], tuple[bytes, ...]]
    told: frozenset[tuple[str, int]]
    """Revisions of contradictions, which a notifier tells unless it is told otherwise."""


def prepared(seed: int, count: int, settings: Settings) -> tuple[list[Sent], Right]:
    """So many records, and what the pure functions make of them, one after another."""
    sent: list[Sent] = []
    facts: dict[str, Fact] = {}
    alerts: dict[tuple[str, int], dict[bytes, None]] = {}
    told: set[tuple[str, int]] = set()
    for record in _stream(seed, count):
        if isinstance(record, Sent):
            sent.append(record)
            continue
        claims = pipeline.read(record)
        sent.append(Sent(claims.situation.encode(), encode_article(record)))
        folded = pipeline.fold(facts, claims, settings)
        facts.update(folded.facts)
        for alert in folded.alerts:
            alerts.setdefault((alert.id, alert.revision), {})[alert_codec.encode(alert)] = None
            if alert.type == "contradiction":
                told.add((alert.id, alert.revision))
    table = {key.encode("utf-8", "surrogatepass"): fact_codec.encode(fact) for key, fact in facts.items()}
    return sent, Right(table, {key: tuple(each) for key, each in alerts.items()}, frozenset(told))


def _stream(seed: int, count: int) -> Iterator[Article | Sent]:
    chance = random.Random(seed)
    pieces = _pieces()
    past: list[Article] = []
    late: list[tuple[int, Article]] = []
    for i in range(count):
        roll = chance.random()
        due = next((pair for pair in late if pair[0] <= i), None)
        if due:
            late.remove(due)
            yield due[1]
        elif roll < 0.02:
            stage, reason, value = BAD[chance.randrange(len(BAD))]
            yield Sent(chance.choice(("", "SY", "nowhere")).encode(), value, (stage, reason))
        elif roll < 0.07 and past:
            yield chance.choice(past)
        elif roll < 0.10 and past:
            yield _again(chance.choice(past[-200:]), i, chance)
        else:
            article = _article(chance, pieces, i)
            if roll < 0.15:  # it comes when others with later stamps have come, and another takes its place
                late.append((i + chance.randrange(5, 60), article))
                article = replace(_article(chance, pieces, i), id=f"d{i:06}")
            past.append(article)
            yield article


def _pieces() -> list[tuple[str, tuple[str, ...]]]:
    """Headline and paragraphs of each text at hand."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for row in files.articles([ROOT / "seeds"], 1_000_000):
        if isinstance(row, Article):
            found.append((row.title, _paragraphs(row.text)))
    for path in sorted((ROOT / "tests" / "gold").glob("*.json")):
        for row in orjson.loads(path.read_bytes())["articles"]:
            found.append((row["title"], _paragraphs(row["text"])))
    return [piece for piece in found if piece[1]]


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n") if 40 < len(part.strip()) < 420)


def _article(chance: random.Random, pieces: list[tuple[str, tuple[str, ...]]], i: int) -> Article:
    title, paragraphs = chance.choice(pieces)
    body = chance.sample(paragraphs, min(len(paragraphs), chance.randrange(1, 3)))
    arrived = START + i * GAP
    published = arrived - timedelta(minutes=chance.randrange(0, 600))
    return Article(
        id=f"c{i:06}",
        source=chance.choice(OUTLETS),
        title=_varied(title, chance),
        text="\n".join(_varied(part, chance) for part in body),
        published_at=None if chance.random() < 0.05 else published,
        fetched_at=arrived,
    )


def _again(old: Article, i: int, chance: random.Random) -> Article:
    """A later version of an article: corrected, or taken back, by a notice where the headline tells the situation."""
    arrived = START + i * GAP
    status = chance.choice(("corrected", "withdrawn"))
    new = replace(old, text=_varied(old.text, chance), status=status, published_at=arrived, fetched_at=arrived)
    notice = replace(new, text="This article has been withdrawn.")
    same = status == "withdrawn" and pipeline.situation_of(notice) == pipeline.situation_of(old)
    return notice if same else new


def _varied(text: str, chance: random.Random) -> str:
    """The text with other numbers; what may be a year stays."""

    def other(match: re.Match[str]) -> str:
        number = int(match[0])
        if 1900 <= number <= 2100 or chance.random() < 0.4:
            return match[0]
        return str(max(1, number + chance.choice((1, 2, number // 5, -(number // 4), number))))

    return NUMBER.sub(other, text)
