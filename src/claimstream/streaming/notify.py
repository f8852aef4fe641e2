"""Tells people: carries the alerts topic to the sinks, each with a consumer group of its own.

An alert's offset is committed when the sink has taken it: none is lost, and a sink that is down holds back itself
alone. What was told is not stored anywhere: it is what stands before the committed offset, so after a restart the last
`MEMORY` records of each partition are read back. A revision that a worker wrote twice is told once. Only a crash
between a sink's answer and the commit can tell one twice.
"""

from __future__ import annotations

import asyncio
import logging
import random
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from aiokafka import (  # type: ignore[import-untyped]
    AIOKafkaConsumer,
    ConsumerRebalanceListener,
    ConsumerRecord,
    TopicPartition,
)
from aiokafka.errors import KafkaError  # type: ignore[import-untyped]

from claimstream.edges import clients, sinks
from claimstream.edges.config import Settings
from claimstream.edges.kafka import FRAMING, METADATA_MS, client_options, reach
from claimstream.edges.login import Unreachable
from claimstream.edges.metrics import MetricsServer
from claimstream.edges.sinks import Refused, Sink, Unavailable
from claimstream.edges.telling import delivery
from claimstream.edges.told import MEMORY, NotifierMetrics, Told
from claimstream.edges.wire import WireError, alert_codec, dead_letter, deadletter_codec
from claimstream.model import Alert

log = logging.getLogger(__name__)

FIRST_PAUSE, LAST_PAUSE = 0.5, 60.0
REPEAT = 300.0
"""Seconds between two reminders of the open alerts to a sink that forgets them."""
BATCH = 100


class Teller(ConsumerRebalanceListener):  # type: ignore[misc]
    """Carries the alerts to one sink, in the order of each partition, one at a time."""

    def __init__(self, settings: Settings, sink: Sink, metrics: NotifierMetrics) -> None:
        self.sink = sink
        self._settings = settings
        self._metrics = metrics
        self._types = frozenset(each.strip() for each in settings.notify_types.split(","))
        self._hand = asyncio.Lock()
        """Held during one attempt and its commit; a rebalance waits for it."""
        self._fresh: set[TopicPartition] = set()
        self._told: dict[TopicPartition, Told] = {}
        self._before: dict[TopicPartition, Told] = {}
        """What was told of partitions that left, committed or not: where they come back, nothing is told twice."""
        self._done: dict[TopicPartition, int] = {}
        self._next: dict[TopicPartition, int] = {}
        self._stop = asyncio.Event()
        self._repeat_at = 0.0
        self._lives()
        self._consumer = AIOKafkaConsumer(
            **client_options(settings),
            group_id=f"{settings.app_id}-notify-{sink.name}",
            enable_auto_commit=False,
            auto_offset_reset="earliest",
            session_timeout_ms=int(settings.session_timeout_s * 1000),
            heartbeat_interval_ms=max(500, int(settings.session_timeout_s * 100)),
            max_poll_interval_ms=86_400_000,  # a sink that is down for hours is no reason to lose the partitions
            metadata_max_age_ms=METADATA_MS,
            max_partition_fetch_bytes=settings.max_record_bytes + FRAMING,
        )

    async def start(self) -> None:
        """Joins the group. Raises KafkaError."""
        self._session = sinks.session(self._settings)
        self._consumer.subscribe([self._settings.topic("alerts")], listener=self)
        await self._consumer.start()

    def ask_to_stop(self) -> None:
        """The record in hand is ended, or left for next time where its sink is down."""
        self._stop.set()

    async def stop(self) -> None:
        """Leaves the group."""
        with suppress(KafkaError, OSError):
            await self._consumer.stop()
        await self._session.close()

    async def run(self) -> None:
        """Tells until asked to stop."""
        while not self._stop.is_set():
            self._lives()
            await self._recall()
            for tp, records in (await self._consumer.getmany(timeout_ms=500, max_records=BATCH)).items():
                for record in records:
                    if not await self._handle(tp, record):
                        self._again(tp, record)
                        break
            await self._commit()
            if self.sink.stands:
                await self._remind()

    def behind(self) -> int:
        """Records of the assigned partitions that were not handled yet."""
        left = 0
        for tp, at in list(self._next.items()):
            with suppress(KafkaError):  # it was revoked meanwhile
                left += max(0, (self._consumer.highwater(tp) or 0) - at)
        return left

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Ends the attempt in hand, and commits what is done."""
        async with self._hand:
            await self._commit()
            for tp in revoked:
                if told := self._told.pop(tp, None):
                    self._before[tp] = told
                self._next.pop(tp, None)
                self._fresh.discard(tp)

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Notes whose past is to be read back."""
        self._fresh |= set(assigned)

    async def _recall(self) -> None:
        """Reads back what was told of the partitions just assigned."""
        while self._fresh:
            tp = next(iter(self._fresh))
            end = await self._consumer.committed(tp) or 0
            told = self._before.pop(tp, None) or Told()
            async with clients.consumer(self._settings) as reader:
                begin = max((await reader.beginning_offsets([tp]))[tp], end - MEMORY)
                async for record in clients.between(reader, {tp: begin}, {tp: end}):
                    with suppress(WireError):
                        alert = alert_codec.decode(record.value or b"")
                        if alert.type in self._types:
                            told.add(alert)
            if tp in self._fresh:  # not revoked meanwhile
                self._fresh.discard(tp)
                self._told[tp], self._next[tp] = told, end

    async def _handle(self, tp: TopicPartition, record: ConsumerRecord) -> bool:
        """Whether the record is done with. Otherwise the partition left, or the notifier is to stop."""
        try:
            alert = alert_codec.decode(record.value or b"")
        except WireError as error:
            await self._set_aside(record, error, "unreadable")
            return self._pass(tp, record)
        if alert.type not in self._types:
            return self._pass(tp, record)
        told = self._told.get(tp)
        if told is None:
            return False
        if told.knows(alert):
            self._count("repeated")
            return self._pass(tp, record)
        return await self._tell(tp, record, alert, told)

    async def _tell(self, tp: TopicPartition, record: ConsumerRecord, alert: Alert, told: Told) -> bool:
        pause = FIRST_PAUSE
        while not self._stop.is_set():
            async with self._hand:
                if self._told.get(tp) is not told:
                    return False
                try:
                    await self.sink.tell(self._session, [alert])
                except Unavailable as error:
                    self._count("failed")
                    log.warning("%s did not take %s, trying again: %s", self.sink.name, delivery(alert), error)
                    wait = max(pause * random.uniform(0.5, 1.0), error.wait)
                except Refused as error:
                    await self._set_aside(record, error, "refused")
                    return await self._finish(tp, record)
                else:
                    told.add(alert)
                    self._count("sent")
                    self._metrics.last.labels(self.sink.name).set_to_current_time()
                    self._metrics.seconds.labels(self.sink.name).observe(
                        max(0.0, time.time() - record.timestamp / 1000)
                    )
                    return await self._finish(tp, record)
            await self._sleep(wait)
            pause = min(pause * 2, LAST_PAUSE)
        return False

    def _again(self, tp: TopicPartition, record: ConsumerRecord) -> None:
        """The record was fetched and not handled: fetch it anew, where the partition is still ours."""
        if tp in self._consumer.assignment():
            self._consumer.seek(tp, record.offset)

    async def _finish(self, tp: TopicPartition, record: ConsumerRecord) -> bool:
        self._pass(tp, record)
        await self._commit()
        return True

    def _pass(self, tp: TopicPartition, record: ConsumerRecord) -> bool:
        """The record needs nothing more; its offset goes with the next commit."""
        if tp in self._told:
            self._done[tp] = self._next[tp] = max(record.offset + 1, self._next[tp])
        return True

    async def _commit(self) -> None:
        offsets = {tp: at for tp, at in self._done.items() if tp in self._consumer.assignment()}
        self._done.clear()
        if offsets:
            try:
                await self._consumer.commit(offsets)
            except KafkaError as error:
                log.warning("an offset was not committed, a revision may be told again after a restart: %r", error)

    async def _set_aside(self, record: ConsumerRecord, error: Exception, outcome: str) -> None:
        """Puts the record among the dead letters, so that nothing is lost."""
        place = {"topic": record.topic, "partition": record.partition, "offset": record.offset}
        log.error("%s: an alert was %s: %s, at %s", self.sink.name, outcome, error, place)
        letter = dead_letter("send", error, **place, key=record.key, raw=record.value)
        async with clients.producer(self._settings) as producer:
            await producer.send_and_wait(
                self._settings.topic("deadletter"), deadletter_codec.encode(letter), key=record.key or b""
            )
        self._count(outcome)

    async def _remind(self) -> None:
        """Tells of all open alerts again, now and then."""
        if not self._told or time.monotonic() < self._repeat_at:
            return
        self._repeat_at = time.monotonic() + REPEAT
        still = [alert for told in self._told.values() for alert in told.open()]
        try:
            for i in range(0, len(still), BATCH):
                await self.sink.tell(self._session, still[i : i + BATCH])
        except (Unavailable, Refused) as error:
            self._count("failed")
            log.warning("%s was not reminded of %d open alerts: %s", self.sink.name, len(still), error)

    async def _sleep(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0 and not self._stop.is_set():
            self._lives()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), min(left, 5.0))

    def _lives(self) -> None:
        self._metrics.lives(self.sink.name)

    def _count(self, outcome: str) -> None:
        self._metrics.notifications.labels(self.sink.name, outcome).inc()


class Notifier:
    """All sinks of the settings, within a running event loop: `start`, `ended` becomes done if one fails, `stop`."""

    def __init__(self, settings: Settings, metrics: NotifierMetrics | None = None) -> None:
        self.metrics = metrics or NotifierMetrics()
        self._tellers = tuple(Teller(settings, sink, self.metrics) for sink in sinks.configured(settings))
        self.metrics.tellers = self._tellers
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Joins the groups. Raises KafkaError."""
        for teller in self._tellers:
            await teller.start()
        self._tasks = [asyncio.create_task(teller.run(), name=teller.sink.name) for teller in self._tellers]
        self.metrics.ready.set(1)

    async def ended(self) -> None:
        """Returns, or raises, when a teller ends by itself."""
        done, _ = await asyncio.wait(self._tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in done:
            task.result()

    async def stop(self) -> None:
        """Ends what is in hand and leaves the groups."""
        self.metrics.ready.set(0)
        for teller in self._tellers:
            teller.ask_to_stop()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for teller in self._tellers:
            await teller.stop()


def run_notifier(settings: Settings) -> int:
    """Tells alerts until SIGTERM or SIGINT (returns 0), or until it cannot go on (logs why, returns 1).

    Raises ConfigError where the settings name nobody to tell, or a target that is not allowed.
    """
    return asyncio.run(_notify(settings))


async def _notify(settings: Settings) -> int:
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, asked.set)
    notifier = Notifier(settings)
    try:
        await reach(settings)
    except Unreachable as error:
        log.error("the notifier cannot go on: %s", error)
        return 1
    server = MetricsServer(notifier.metrics, settings.metrics_host, settings.metrics_port)
    server.start()
    log.info("metrics on %s/metrics", server.url)
    code = 0
    waiting: list[asyncio.Future[Any]] = []
    try:
        await notifier.start()
        waiting = [asyncio.ensure_future(asked.wait()), asyncio.ensure_future(notifier.ended())]
        done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for each in done:
            each.result()
    except (KafkaError, OSError) as error:
        log.error("the notifier cannot go on: %s: %r", settings.bootstrap_servers, error)
        code = 1
    except Exception as error:
        log.error("the notifier cannot go on: %r", error, exc_info=error)
        code = 1
    for each in waiting:
        each.cancel()
    await notifier.stop()
    server.stop()
    return code
