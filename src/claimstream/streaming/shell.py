"""What happens to one record of each topic: decode, call the step, send, write the table, or set aside.

This is all that the worker does between fetching a record and acknowledging it, without Faust: `Outbox` and `Table`
are the two things that it needs from whatever carries it. A record counts as done only when every record that
follows from it has been acknowledged by the brokers, so a crash at any point repeats work and loses none.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

from claimstream.edges.config import Settings
from claimstream.edges.metrics import Metrics, transition
from claimstream.edges.wire import (
    DeadLetter,
    Stage,
    WireError,
    alert_codec,
    claims_codec,
    dead_letter,
    deadletter_codec,
    decode_article,
)
from claimstream.judging.bounding import cut
from claimstream.model import Alert, Article, ArticleClaims, Claim, Fact, Judgement, SourceBook
from claimstream.pipeline import by_subject, retracted, retracts
from claimstream.streaming.facts import Facts, Housekeeping, Kept, Table

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Steps:
    """The two pure functions that a worker carries records between."""

    read: Callable[[Article], ArticleClaims]
    judge: Callable[[Fact | None, Sequence[Claim]], Judgement]
    use: Callable[[tuple[SourceBook, ...]], object] | None = None
    """Takes the source books that `judge` is to judge by from now on; without it no book is read."""
    expire: Callable[[Fact, datetime], Judgement] | None = None
    """Closes the open alert of a fact that has run out at a time of arrival."""


class Record(NamedTuple):
    """A record as it was fetched; `timestamp` is the brokers' own, in seconds."""

    topic: str
    partition: int
    offset: int
    key: bytes | None
    value: bytes | None
    timestamp: float | None = None
    headers: tuple[tuple[str, bytes], ...] = ()


class Outgoing(NamedTuple):
    """A record to be sent; without a partition its key decides. Without a value it deletes its key."""

    topic: str
    key: bytes
    value: bytes | None
    partition: int | None = None
    headers: tuple[tuple[str, bytes], ...] = ()


class Answer(Protocol):
    """Where the brokers put a record."""

    @property
    def partition(self) -> int: ...

    @property
    def offset(self) -> int: ...


class Outbox(Protocol):
    """Sends records, and returns when the brokers have acknowledged every one; tries again while they fail.

    Raises WireError "too_large" for a record that no broker will take.
    """

    async def send(self, records: Sequence[Outgoing]) -> Sequence[Answer]: ...


class Observer:
    """Told of everything that has been sent and acknowledged. A record that is delivered twice is told twice."""

    def read(self, record: Record, claims: ArticleClaims | None, answer: Answer | None) -> None:
        """An article has been handled; without claims where it became a dead letter."""

    def judged(self, record: Record) -> None:
        """A claims record has been handled: its alerts are sent and the table is written."""

    def alert(self, alert: Alert, cause: Cause) -> None:
        """An alert has been sent."""

    def dead(self, letter: DeadLetter) -> None:
        """A record has been set aside."""


class Cause(NamedTuple):
    """What made an alert be sent, and which of the alerts of that article it was. Sorts as a replay in order would."""

    arrived_at: datetime
    article: str
    number: int

    def header(self) -> tuple[str, bytes]:
        """The header of the alert's record."""
        return "cause", f"{self.arrived_at.isoformat()} {self.number} {self.article}".encode()

    @classmethod
    def parse(cls, value: bytes) -> Cause:
        """The cause in a header's value."""
        arrived_at, number, article = value.decode().split(" ", 2)
        return cls(datetime.fromisoformat(arrived_at), article, int(number))


class Gate:
    """Counts bytes on their way, and holds back who would add too many."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._inside = 0
        self._less = asyncio.Event()

    async def enter(self, size: int) -> None:
        """Waits until there is room for so many bytes; one record alone always has room."""
        while not self.has_room(size):
            self._less.clear()
            await self._less.wait()
        self._inside += size

    def has_room(self, size: int) -> bool:
        """Whether `enter` would not wait."""
        return not self._inside or self._inside + size <= self._limit

    def leave(self, size: int) -> None:
        """So many bytes have been handled."""
        self._inside = max(0, self._inside - size)
        self._less.set()


class Shell:
    """Handles one record after another. Nothing but a failure of the brokers, or a cancellation, comes out of it."""

    def __init__(
        self,
        settings: Settings,
        steps: Steps,
        outbox: Outbox,
        table: Table,
        metrics: Metrics,
        observer: Observer | None = None,
        gate: Gate | None = None,
    ) -> None:
        self._settings = settings
        self._steps = steps
        self._outbox = outbox
        self._table = table
        self._facts = Facts(table, settings.fact_cache_mb * 1_000_000)
        self._metrics = metrics
        self._observer = observer or Observer()
        self._gate = gate
        self._house = Housekeeping(self._facts, settings.max_facts, steps.expire, metrics)
        self._claims_topic = settings.topic("claims")
        self._alerts_topic = settings.topic("alerts")
        self._dead_topic = settings.topic("deadletter")

    def forget(self) -> None:
        """The table has changed otherwise than by this worker's writes."""
        self._house.forget()

    async def article(self, record: Record) -> None:
        """A record of the articles topic: its claims go to the claims topic, one record, even where there are none."""
        stage: Stage = "decode"
        metrics = self._metrics
        try:
            with metrics.timed("decode"):
                article = decode_article(record.value or b"", self._settings.max_article_bytes, _stamp(record))
            stage = "read"
            with metrics.timed("read"):
                claims = self._steps.read(article)
            with metrics.timed("encode"):
                value = self._fitting(claims_codec.encode(claims), "the claims of one article")
            stage = "send"
            with metrics.timed("send"):
                if self._gate:
                    await self._gate.enter(len(value))
                answers = await self._outbox.send(
                    [Outgoing(self._claims_topic, claims.situation.encode(), value, headers=_arrived(record))]
                )
        except Exception as error:
            if not _ours(error, stage):
                raise
            metrics.articles.labels("refused").inc()
            await self._dead(stage, error, record)
            self._observer.read(record, None, None)
        else:
            self._count(claims)
            self._hear(record, claims)
            self._observer.read(record, claims, answers[0])

    async def claims(self, record: Record) -> None:
        """A record of the claims topic: each subject is judged; alerts are sent first, then the table is written."""
        try:
            with self._metrics.timed("decode"):
                claims = claims_codec.decode(record.value or b"")
        except Exception as error:
            await self._dead("decode", error, record)
        else:
            await self._judge(record, claims)
            self._metrics.waited("consensus", _since(record))
        if self._gate:
            self._gate.leave(len(record.value or b""))
        self._observer.judged(record)

    async def _judge(self, record: Record, claims: ArticleClaims) -> None:
        rows: dict[bytes, Kept | None] = {}
        alerts: list[tuple[Alert, Cause, Outgoing]] = []
        said = claims.claims
        parked = False
        if retracts(claims):
            said += retracted(claims, await self._facts_of(record, claims))
        for subject, about in by_subject(said).items():
            key = subject.encode("utf-8", "surrogatepass")
            try:
                before = self._facts.get(key)
                with self._metrics.timed("judge"):
                    judgement = self._steps.judge(before, about)
                with self._metrics.timed("encode"):
                    news = [
                        self._outgoing(key, alert, _cause(claims, judgement, alert, len(alerts) + i))
                        for i, alert in enumerate(judgement.alerts)
                    ]
                    after = self._facts.encode(key, judgement.fact) if judgement.fact != before else None
                    self._fitting(after.raw if after else b"", "a fact")
            except Exception as error:
                if not retracts(claims):
                    alone = claims_codec.encode(replace(claims, claims=tuple(about)))
                    await self._dead("judge", error, record._replace(key=key, value=alone))
                elif not parked:  # whole: what it does not speak of, it takes back
                    parked = True
                    await self._dead("judge", error, record._replace(key=key))
            else:
                alerts += news
                if after:
                    rows[key] = after
                self._tally(before, judgement)
        for key, alert in self._house.tidy(claims.situation, claims.arrived_at, rows):
            alerts.append(self._outgoing(key, alert, Cause(claims.arrived_at, claims.article, len(alerts))))
        with self._metrics.timed("send"):
            if alerts:
                await self._outbox.send([outgoing for _, _, outgoing in alerts])
            if rows:
                sizes = [len(self._table.get(key) or b"") for key in rows]
                await self._table.write(
                    record.partition, [(key, kept.raw if kept else None) for key, kept in rows.items()]
                )
                for (key, kept), size in zip(rows.items(), sizes, strict=True):
                    self._metrics.standing.write(key, kept.fact if kept else None, len(kept.raw) if kept else 0, size)
        for key, kept in rows.items():
            self._facts.keep(key, kept)
        self._metrics.writes.inc(len(rows))
        for alert, cause, _ in alerts:
            self._metrics.alerts.labels(alert.type).inc()
            self._metrics.revisions.labels(alert.type, transition(alert)).inc()
            self._metrics.waited("alert", _since(record))
            self._observer.alert(alert, cause)

    async def _facts_of(self, record: Record, claims: ArticleClaims) -> list[Fact]:
        """The facts that the article is part of already; one that cannot be read is told among the dead letters."""
        facts: list[Fact] = []
        for key in self._facts.of_article(claims.situation, claims.article):
            try:
                fact = self._facts.get(key)
            except WireError as error:
                await self._dead("judge", error, record._replace(key=key))
            else:
                facts += [fact] if fact else []
        return facts

    def _outgoing(self, key: bytes, alert: Alert, cause: Cause) -> tuple[Alert, Cause, Outgoing]:
        value = self._fitting(alert_codec.encode(alert), "an alert")
        return alert, cause, Outgoing(self._alerts_topic, key, value, headers=(cause.header(),))

    async def _dead(self, stage: Stage, error: Exception, record: Record) -> None:
        letter = dead_letter(
            stage,
            error,
            topic=record.topic,
            partition=record.partition,
            offset=record.offset,
            key=record.key,
            raw=record.value,
        )
        if not isinstance(error, WireError):
            log.exception("%s failed on %s/%d@%d", stage, record.topic, record.partition, record.offset, exc_info=error)
        await self._outbox.send([Outgoing(self._dead_topic, record.key or b"", deadletter_codec.encode(letter))])
        self._metrics.dead.labels(stage).inc()
        self._observer.dead(letter)

    def _fitting(self, value: bytes, what: str) -> bytes:
        limit = self._settings.max_record_bytes
        if len(value) > limit:
            raise WireError("too_large", f"{what} takes {len(value)} bytes, more than the limit of {limit}")
        return value

    def _count(self, claims: ArticleClaims) -> None:
        self._metrics.articles.labels("claims" if claims.claims else "empty").inc()
        self._metrics.last.set_to_current_time()
        for claim in claims.claims:
            self._metrics.claims.labels(claim.kind).inc()
            self._metrics.cut.inc(cut(claim))

    def _hear(self, record: Record, claims: ArticleClaims) -> None:
        self._metrics.outlets.hear(claims.source, record.timestamp or time.time())
        if claims.arrived_at - claims.published_at > timedelta(hours=self._settings.lateness_hours):
            self._metrics.late.inc()

    def _tally(self, before: Fact | None, judgement: Judgement) -> None:
        for report in judgement.reports:
            self._metrics.reports.labels(report.what).inc()
        self._metrics.left.inc(max(0, judgement.fact.left - (before.left if before else 0)))
        self._metrics.silenced.inc(max(0, judgement.fact.stand.silenced - (before.stand.silenced if before else 0)))


def _cause(claims: ArticleClaims, judgement: Judgement, alert: Alert, number: int) -> Cause:
    """What made the alert be sent. One that is sent anew comes after those that are out, whenever its cause arrived."""
    last = judgement.fact.reports[-1].claim if alert.restated_by and judgement.fact.reports else claims
    return Cause(max(last.arrived_at, claims.arrived_at), claims.article, number)


def _stamp(record: Record) -> datetime | None:
    """When the brokers took the record: the same on every delivery, so that reading it again gives the same claims."""
    return datetime.fromtimestamp(record.timestamp, UTC) if record.timestamp else None


def _arrived(record: Record) -> tuple[tuple[str, bytes], ...]:
    """The header that tells the judging when the brokers took the article."""
    return () if record.timestamp is None else (("arrived", str(record.timestamp).encode()),)


def _since(record: Record) -> float | None:
    """When the brokers took the article that a claims record comes from; None where its header does not say."""
    try:
        return float(dict(record.headers).get("arrived", b""))
    except ValueError:
        return None


def _ours(error: Exception, stage: Stage) -> bool:
    """Whether the record is at fault. While sending only its size can be; anything else is the brokers' trouble."""
    return stage != "send" or isinstance(error, WireError)
