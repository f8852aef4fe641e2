"""Articles into Kafka, and what came of them out again, with plain clients beside the workers.

before = await marks(settings)
sent = await produce_articles(settings, articles, key)
results = await collect(settings, sent, before)
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterable, AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiokafka import (  # type: ignore[import-untyped]
    AIOKafkaConsumer,
    ConsumerRecord,
)
from aiokafka.admin import AIOKafkaAdminClient  # type: ignore[import-untyped]

from claimstream.edges import clients
from claimstream.edges.clients import Marks
from claimstream.edges.config import Settings
from claimstream.edges.login import client_options
from claimstream.edges.wire import (
    DeadLetter,
    WireError,
    alert_codec,
    claims_codec,
    deadletter_codec,
    encode_article,
    fact_codec,
)
from claimstream.model import Alert, Article, ArticleClaims, Fact
from claimstream.streaming.fence import Epochs, epoch_of
from claimstream.streaming.shell import Cause

OUTSTANDING = 500
"""Articles sent and not yet acknowledged."""


class Unaccounted(RuntimeError):
    """Articles of which neither claims nor a dead letter appeared; the text says how many and the first of them."""


@dataclass(frozen=True, slots=True)
class Results:
    """All that came out of a run, in an order that does not depend on its speed, each record once."""

    claims: tuple[ArticleClaims, ...]
    alerts: tuple[Alert, ...]
    facts: tuple[Fact, ...]
    dead: tuple[DeadLetter, ...]


@dataclass(slots=True)
class Gathered:
    """Records as they come in, each kept once however often it was delivered."""

    claims: dict[tuple[datetime, str, str], ArticleClaims] = field(default_factory=dict)
    alerts: dict[tuple[str, int, str], tuple[Cause, Alert]] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    dead: dict[tuple[str, int, int, str, str], DeadLetter] = field(default_factory=dict)

    def add_claims(self, claims: ArticleClaims) -> None:
        self.claims.setdefault((claims.arrived_at, claims.article, claims.status), claims)

    def add_alert(self, alert: Alert, cause: Cause) -> bool:
        """Whether this record is new."""
        key = alert.id, alert.revision, alert.digest
        new = key not in self.alerts
        if new:
            self.alerts[key] = cause, alert
        return new

    def add_dead(self, letter: DeadLetter) -> None:
        self.dead.setdefault((letter.topic, letter.partition, letter.offset, letter.stage, letter.key), letter)

    def results(self) -> Results:
        """Everything so far, sorted."""
        return Results(
            claims=tuple(claims for _, claims in sorted(self.claims.items())),
            alerts=tuple(alert for _, alert in sorted(self.alerts.values(), key=lambda pair: pair[0])),
            facts=tuple(fact for _, fact in sorted(self.facts.items())),
            dead=tuple(letter for _, letter in sorted(self.dead.items())),
        )


async def marks(settings: Settings) -> Marks:
    """Where the topics that `collect` reads end now."""
    async with clients.consumer(settings) as consumer:
        return await clients.ends(consumer, settings, ("claims", "alerts", "deadletter"))


async def produce_articles(
    settings: Settings,
    articles: Iterable[Article] | AsyncIterable[Article],
    key: Callable[[Article], str],
    on_progress: Callable[[int], None] | None = None,
) -> Counter[str]:
    """Sends the articles to their topic, in order, keyed by `key` (their situation). Returns their ids, counted."""
    sent: Counter[str] = Counter()
    async with clients.producer(settings, linger_ms=5, max_batch_size=262_144) as producer:
        pending: set[asyncio.Future[Any]] = set()
        async for article in _each(articles):
            value = encode_article(article)
            pending.add(
                await producer.send(settings.topic("articles"), value, key=key(article).encode("utf-8", "replace"))
            )
            sent[article.id] += 1
            if len(pending) >= OUTSTANDING:
                done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
                for future in done:
                    future.result()
            if on_progress:
                on_progress(sent.total())
        await asyncio.gather(*pending)
    return sent


async def collect(
    settings: Settings,
    sent: Counter[str],
    since: Marks,
    *,
    stall_s: float = 300.0,
    on_progress: Callable[[int], None] | None = None,
) -> Results:
    """Waits until every article sent is accounted for and judged, and returns what came of them.

    Accounted for: as many claims records or dead letters as articles. Judged: the group has committed the whole of the
    claims topic. Then the alerts are all there, and the table is the latest value of each key of its changelog.
    Raises Unaccounted when nothing moves for `stall_s` seconds.
    """
    gathered = Gathered()
    async with clients.consumer(settings) as consumer:
        await _account(consumer, settings, sent, since, gathered, stall_s, on_progress)
        await _judged(consumer, settings, stall_s)
        ends = await clients.ends(consumer, settings, ("claims", "alerts", "deadletter"))
        async for record in clients.between(consumer, since, ends):
            _gather(settings, record, gathered)
        gathered.facts = await _table(consumer, settings)
    return gathered.results()


async def table(settings: Settings) -> tuple[Fact, ...]:
    """The consensus table as it stands now, by subject: the latest value of each key of its changelog."""
    async with clients.consumer(settings) as consumer:
        return tuple(fact for _, fact in sorted((await _table(consumer, settings)).items()))


async def records(settings: Settings, begin: Marks, end: Marks) -> list[ConsumerRecord]:
    """The records of these partitions from `begin` up to `end`."""
    async with clients.consumer(settings) as consumer:
        return [record async for record in clients.between(consumer, begin, end)]


async def latest(consumer: AIOKafkaConsumer, settings: Settings) -> dict[tuple[int, bytes], bytes]:
    """The latest value of each key of the table's changelog, by partition and key, as far as fences let it count."""
    values: dict[tuple[int, bytes], bytes | None] = {}
    epochs = Epochs()
    async for record in clients.whole(consumer, settings, "consensus"):
        if epochs.counts(record.partition, record.offset, record.key, epoch_of(record.headers)):
            values[record.partition, record.key] = record.value
    return {place: value for place, value in values.items() if value}


async def _table(consumer: AIOKafkaConsumer, settings: Settings) -> dict[str, Fact]:
    values = await latest(consumer, settings)
    return {key.decode("utf-8", "replace"): fact_codec.decode(value) for (_, key), value in values.items()}


async def _account(
    consumer: AIOKafkaConsumer,
    settings: Settings,
    sent: Counter[str],
    since: Marks,
    gathered: Gathered,
    stall_s: float,
    on_progress: Callable[[int], None] | None,
) -> None:
    places = {tp: at for tp, at in since.items() if tp.topic != settings.topic("alerts")}
    clients.seek(consumer, places)
    loop = asyncio.get_running_loop()
    moved, before = loop.time(), -1
    while (known := _known(settings, sent, gathered)) < sent.total():
        if known != before:
            moved, before = loop.time(), known
        if loop.time() - moved > stall_s:
            missing = sent - Counter(claims.article for claims in gathered.claims.values())
            first = ", ".join(sorted(missing)[:3])
            raise Unaccounted(f"{sent.total() - known} of {sent.total()} articles have no claims record yet: {first}")
        for records in (await consumer.getmany(timeout_ms=500)).values():
            for record in records:
                _gather(settings, record, gathered)
        if on_progress:
            on_progress(known)


def _known(settings: Settings, sent: Counter[str], gathered: Gathered) -> int:
    seen = Counter(article for _, article, _ in gathered.claims)
    dead = sum(letter.topic == settings.topic("articles") for letter in gathered.dead.values())
    return (seen & sent).total() + dead


async def _judged(consumer: AIOKafkaConsumer, settings: Settings, stall_s: float) -> None:
    """Returns when the workers' group has committed all of the claims topic."""
    loop = asyncio.get_running_loop()
    moved, before = loop.time(), None
    admin = AIOKafkaAdminClient(**client_options(settings))
    await admin.start()
    try:
        while True:
            ends = await clients.ends(consumer, settings, ("claims",))
            offsets = await admin.list_consumer_group_offsets(settings.app_id, partitions=list(ends))
            behind = {tp: end - max(0, offsets[tp].offset) for tp, end in ends.items()}
            if not any(left > 0 for left in behind.values()):
                return
            if behind != before:
                moved, before = loop.time(), behind
            if loop.time() - moved > stall_s:
                raise Unaccounted(f"{sum(behind.values())} records of the claims topic have not been judged")
            await asyncio.sleep(0.2)
    finally:
        await admin.close()


def _gather(settings: Settings, record: ConsumerRecord, gathered: Gathered) -> None:
    """Adds the record. One that cannot be read was not written by a worker, and stands among the dead letters."""
    with suppress(WireError):
        if record.topic == settings.topic("claims"):
            gathered.add_claims(claims_codec.decode(record.value or b""))
        elif record.topic == settings.topic("alerts"):
            cause = dict(record.headers).get("cause")
            alert = alert_codec.decode(record.value or b"")
            gathered.add_alert(alert, Cause.parse(cause) if cause else Cause(alert.updated_at, alert.updated_by, 0))
        elif record.topic == settings.topic("deadletter"):
            gathered.add_dead(deadletter_codec.decode(record.value or b""))


async def _each(articles: Iterable[Article] | AsyncIterable[Article]) -> AsyncIterator[Article]:
    if isinstance(articles, AsyncIterable):
        async for article in articles:
            yield article
    else:
        for article in articles:
            yield article
