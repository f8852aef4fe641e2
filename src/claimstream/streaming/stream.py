"""The worker: a Faust app with two agents, built by a function, and the process around it.

    articles ─▶ agent ─▶ claims ─▶ agent ─▶ alerts, then the consensus table and its changelog

At least once: an event is acknowledged only when all that follows from it has been acknowledged by the brokers.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, cast

import faust
from aiokafka.errors import KafkaError, MessageSizeTooLargeError  # type: ignore[import-untyped]
from faust.exceptions import ProducerSendError
from faust.types import EventT

from claimstream.edges.config import Settings
from claimstream.edges.kafka import METADATA_MS, TopicError, ensure_topics
from claimstream.edges.login import tls
from claimstream.edges.metrics import Metrics, MetricsServer
from claimstream.edges.wire import WireError
from claimstream.model import Article
from claimstream.streaming.books import BookReader
from claimstream.streaming.fence import Overtaken
from claimstream.streaming.shell import Answer, Gate, Observer, Outgoing, Record, Shell, Steps
from claimstream.streaming.table import FaustTable, FencedTable
from claimstream.streaming.transport import App, Consumer, TableManager

log = logging.getLogger(__name__)

FRAMING = 65_536
"""Bytes that a record may need on the wire above its value."""
BATCH = 262_144
TEND_SECONDS = 5.0
"""Between two looks at whether anybody else wrote into our part of the changelog."""


RAW: dict[str, Any] = {
    "key_type": bytes,
    "value_type": bytes,
    "key_serializer": "raw",
    "value_serializer": "raw",
    "allow_empty": True,
}
"""Topics of plain bytes, whatever they hold: a record that Faust cannot decode would end the agent."""


class SendFailed(RuntimeError):
    """The brokers did not take a record for as long as the settings allow; the worker ends, and nothing is lost."""


class FaustOutbox:
    """Sends through the app's producer and awaits every acknowledgement, trying again in place."""

    def __init__(self, app: App, patience: float, metrics: Metrics) -> None:
        self._app = app
        self._patience = patience
        self._metrics = metrics

    async def send(self, records: Sequence[Outgoing]) -> Sequence[Answer]:
        """The brokers' answers, in the order of the records. Raises WireError "too_large", and SendFailed.

        Records of one key reach their topic in the order given: the second is sent when the first has been taken.
        """
        answers: list[Any] = [None] * len(records)
        for wave in _waves(records):
            await self._send(records, wave, answers)
        return answers

    async def _send(self, records: Sequence[Outgoing], missing: list[int], answers: list[Any]) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + self._patience
        pause = 0.1
        while missing:
            pending = [await self._start(records[i]) for i in missing]
            results = await asyncio.gather(*pending, return_exceptions=True)
            failed: list[int] = []
            for i, result in zip(missing, results, strict=True):
                if isinstance(result, BaseException):
                    _check(result, records[i])
                    failed.append(i)
                else:
                    answers[i] = result
            if failed:
                error = next(r for r in results if isinstance(r, BaseException))
                if loop.time() + pause > until:
                    raise SendFailed(f"{records[failed[0]].topic}: {error!r}") from error
                log.warning("%d records not taken, trying again: %r", len(failed), error)
                self._metrics.retries.inc(len(failed))
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)
            missing = failed

    async def _start(self, record: Outgoing) -> Awaitable[Any]:
        try:
            return await self._app.producer.send(
                record.topic,
                record.key,
                record.value,
                partition=record.partition,
                timestamp=None,
                headers=list(record.headers),
            )
        except (ProducerSendError, KafkaError) as error:
            return _failed(error)


def _waves(records: Sequence[Outgoing]) -> list[list[int]]:
    """The places of the records, those that may be under way together in one list: of each key, one."""
    waves: list[list[int]] = []
    seen: dict[tuple[str, bytes], int] = {}
    for i, record in enumerate(records):
        n = seen[record.topic, record.key] = seen.get((record.topic, record.key), -1) + 1 if record.key else 0
        if n == len(waves):
            waves.append([])
        waves[n].append(i)
    return waves


class Service:
    """One worker within a running event loop: `start`, then `ended` becomes done only if it fails, then `stop`."""

    def __init__(
        self,
        settings: Settings,
        steps: Steps,
        metrics: Metrics | None = None,
        observer: Observer | None = None,
        gate: Gate | None = None,
    ) -> None:
        self.settings = settings
        self.metrics = metrics or Metrics()
        self.app = build_app(settings, self._settle, self._own)
        self.outbox = FaustOutbox(self.app, settings.send_timeout_s, self.metrics)
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._idle = asyncio.Event()
        self._idle.set()
        self._busy = 0
        self._closing = False
        self._tasks: list[asyncio.Task[None]] = []
        self.table = FaustTable(_table(self.app, settings), self.outbox, settings, self.metrics)
        self.shell = Shell(settings, steps, self.outbox, self.table, self.metrics, observer, gate)
        self._books = BookReader(settings, steps.use) if steps.use else None
        self._agent("articles", self.shell.article)
        self._agent("claims", self.shell.claims)
        self.app.on_partitions_assigned.connect(self._on_assigned, weak=False)
        self.app.on_rebalance_complete.connect(self._on_ready, weak=False)
        self.metrics.refresh = self._refresh
        self.metrics.silence_s = settings.silent_after_h * 3600

    async def start(self) -> None:
        """Joins the group; partitions, and the table with them, come soon after."""
        self.settings.data_dir.mkdir(parents=True, exist_ok=True)
        self._tasks += [asyncio.create_task(self._watch_app()), asyncio.create_task(self._tend_table())]
        if self._books is not None:
            await self._books.start()
        await self.app.start()

    async def ready(self, timeout: float) -> None:
        """Returns when partitions have been handed out and the table has been read. Raises TimeoutError."""
        async with asyncio.timeout(timeout):
            while self.metrics.ready._value.get() != 1:
                if self.ended.done():
                    self.ended.result()
                await asyncio.sleep(0.02)

    async def stop(self) -> None:
        """Ends the record in hand, commits and leaves the group."""
        self._closing = True
        self.metrics.ready.set(0)
        try:
            await asyncio.wait_for(self._settle(), self.settings.shutdown_timeout_s / 2)
        except TimeoutError:
            log.warning("stopped with a record unfinished: it will be delivered again")
        for task in self._tasks:
            task.cancel()
        if self._books is not None:
            await self._books.stop()
        await self.app.stop()

    def _agent(self, name: str, handle: Callable[[Record], Awaitable[None]]) -> None:
        """An agent that hands each record on, one at a time, and calls it done when `handle` has returned."""

        async def run(stream: Any) -> None:
            async for event in stream.noack().events():
                if not self._closing and self._consumer.takes(event.message):
                    await self._one(event, handle)

        topic = self.app.topic(self.settings.topic(name), **RAW)
        self.app.agent(topic, name=name, concurrency=1)(run)

    @property
    def _consumer(self) -> Consumer:
        return cast(Consumer, self.app.consumer)

    async def _one(self, event: EventT[bytes], handle: Callable[[Record], Awaitable[None]]) -> None:
        message = event.message
        self._busy += 1
        self._idle.clear()
        try:
            await handle(
                Record(
                    message.topic,
                    message.partition,
                    message.offset,
                    message.key,
                    message.value,
                    message.timestamp,
                    headers=tuple(dict(message.headers or ()).items()),
                )
            )
            self._consumer.finish(message)
        except BaseException as error:
            self._consumer.give_up()  # not acknowledged: the record is delivered again
            if not isinstance(error, Exception):
                raise
            self._overtaken(error) if isinstance(error, Overtaken) else self._fail(error)
        finally:
            self._busy -= 1
            if not self._busy:
                self._idle.set()
            self.metrics.beat = asyncio.get_running_loop().time()

    async def _settle(self) -> None:
        """Returns when no record is in hand."""
        await self._idle.wait()

    def _fail(self, error: BaseException) -> None:
        self._closing = True
        if not self.ended.done():
            self.ended.set_exception(error)

    async def _watch_app(self) -> None:
        """Faust ends its services quietly on some errors; this makes them seen, and shows that the loop is alive."""
        while True:
            await asyncio.sleep(0.5)
            self.metrics.beat = asyncio.get_running_loop().time()
            if self.app.crashed:
                self._fail(self.app._crash_reason or RuntimeError("the stream ended"))

    async def _tend_table(self) -> None:
        """Mends the changelog where a worker that was taken for dead has written into it."""
        while True:
            await asyncio.sleep(TEND_SECONDS)
            try:
                if self.metrics.ready._value.get() == 1:
                    await self.table.tend(self._consumer.highwaters)
            except Overtaken as error:
                self._consumer.give_up()
                self._overtaken(error)
            except Exception as error:  # the brokers', or a rebalance in the middle: the next look will tell
                log.warning("the changelog was not looked at: %r", error)

    async def _own(self, partitions: frozenset[int]) -> None:
        """The partitions of the table are ours from now on; called before any of them is read."""
        try:
            await self.table.own(partitions)
        except Exception as error:  # aiokafka would log it and go on
            self._fail(error)

    def _overtaken(self, error: Overtaken) -> None:
        """Another has the partition: nothing more is handled until partitions are handed out anew, which is soon."""
        log.warning("%s: nothing is handled until the next assignment", error)
        self.metrics.overtaken.inc()
        self._tasks.append(asyncio.create_task(self._await_assignment(self.app.consumer_generation_id, error)))

    async def _await_assignment(self, generation: int, error: Overtaken) -> None:
        await asyncio.sleep(3 * self.settings.session_timeout_s)
        if self.app.consumer_generation_id == generation:
            self._fail(error)

    async def _on_assigned(self, *_: Any, **__: Any) -> None:
        self.metrics.rebalances.inc()
        self.metrics.ready.set(0)

    async def _on_ready(self, *_: Any, **__: Any) -> None:
        self.metrics.standing.stale = True
        self.shell.forget()
        self.metrics.ready.set(1)

    def _refresh(self) -> None:
        self.metrics.facts.set(len(self.table))
        if self.metrics.standing.stale:
            self.metrics.standing.rebuild(self.table.pairs())
        assigned = self._consumer.assignment()
        for name in ("articles", "claims"):
            topic = self.settings.topic(name)
            self.metrics.lag.labels(name).set(sum(self._consumer.behind(tp) for tp in assigned if tp.topic == topic))


def build_app(
    settings: Settings, settle: Callable[[], Awaitable[None]], own: Callable[[frozenset[int]], Awaitable[None]]
) -> App:
    """The Faust app, configured and without agents. Topics are made beforehand (`kafka.ensure_topics`), never by it."""
    return App(
        settings.app_id,
        fetch_wait_ms=settings.fetch_wait_ms,
        settle=settle,
        own=own,
        patience=settings.send_timeout_s,
        broker=[f"kafka://{server}" for server in settings.bootstrap_servers.split(",")],
        broker_credentials=credentials(settings),
        broker_commit_interval=settings.commit_interval_s,
        broker_session_timeout=settings.session_timeout_s,
        broker_heartbeat_interval=max(0.5, settings.session_timeout_s / 10),
        broker_max_poll_records=500,
        processing_guarantee="at_least_once",
        producer_acks=-1,
        producer_linger=0,
        producer_max_batch_size=BATCH,
        producer_max_request_size=settings.max_record_bytes + FRAMING,
        producer_request_timeout=30.0,
        consumer_auto_offset_reset="earliest",
        consumer_max_fetch_size=4 * 1024 * 1024,
        consumer_metadata_max_age_ms=METADATA_MS,
        stream_buffer_maxsize=1024,
        stream_wait_empty=False,
        Table=FencedTable,
        TableManager=TableManager,
        store="rocksdb://" if settings.store == "rocksdb" else "memory://",
        datadir=str(settings.data_dir),
        table_standby_replicas=settings.standby_replicas,
        topic_allow_declare=False,
        topic_disable_leader=True,
        topic_partitions=settings.partitions,
        topic_replication_factor=settings.replication,
        web_enabled=False,
        autodiscover=False,
    )


def _table(app: App, settings: Settings) -> Any:
    """Raw bytes in and out: with a value type, one record that no longer fits it would stop the recovery for ever."""
    changelog = app.topic(
        settings.topic("consensus"),
        **RAW,
        compacting=True,
        deleting=False,
        acks=False,
        partitions=settings.partitions,
        maxsize=131_072,
    )
    options = {"driver": "rocksdict"} if settings.store == "rocksdb" else None
    return app.Table(
        "consensus",
        key_type=bytes,
        value_type=bytes,
        changelog_topic=changelog,
        partitions=settings.partitions,
        options=options,
    )


def credentials(settings: Settings) -> faust.SASLCredentials | faust.SSLCredentials | None:
    """How Faust logs in to the brokers."""
    protocol, context = settings.security_protocol, tls(settings)
    if protocol == "PLAINTEXT":
        return None
    if protocol == "SSL":
        return faust.SSLCredentials(context)
    return faust.SASLCredentials(
        username=settings.sasl_username,
        password=settings.sasl_password.get_secret_value(),
        mechanism=settings.sasl_mechanism,
        ssl_context=context,
    )


def run_worker(settings: Settings, steps: Steps, *, metrics: Metrics | None = None) -> int:
    """Runs one worker until SIGTERM or SIGINT (returns 0) or until it cannot go on (logs why, returns 1)."""
    return asyncio.run(_work(settings, steps, metrics or Metrics()))


async def _work(settings: Settings, steps: Steps, metrics: Metrics) -> int:
    loop = asyncio.get_running_loop()
    asked = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, asked.set)
    try:
        server = MetricsServer(metrics, settings.metrics_host, settings.metrics_port)
    except OSError as error:
        log.error("metrics_host %s, metrics_port %d: %s", settings.metrics_host, settings.metrics_port, error.strerror)
        return 1
    server.start()
    log.info("metrics on %s/metrics", server.url)
    code = 0
    service = None
    try:
        await ensure_topics(settings)
        await asyncio.to_thread(_warm, steps)
        service = Service(settings, steps, metrics)
        waiting: asyncio.Future[Any] = asyncio.ensure_future(asked.wait())
        for step in (asyncio.ensure_future(service.start()), service.ended):
            done, _ = await asyncio.wait({waiting, step}, return_when=asyncio.FIRST_COMPLETED)
            if step in done:
                step.result()
    except TopicError as error:
        log.error("%s", error)
        code = 1
    except Exception as error:
        log.error("the worker cannot go on: %r", error, exc_info=error)
        code = 1
    watchdog(settings.shutdown_timeout_s, code)
    if service:
        await service.stop()
    server.stop()
    return code


def _warm(steps: Steps) -> None:
    """Reads something, so that the lexicons are loaded before partitions wait for it and SIGTERM for them."""
    with suppress(Exception):
        steps.read(Article(id="-", source="-", text="Nothing happened in Rome.", fetched_at=datetime.now(UTC)))


def watchdog(seconds: float, code: int) -> None:
    """Ends the process if it is still there after so many seconds: Faust's shutdown can hang while joining a group."""

    def end() -> None:
        log.error("the graceful end took more than %g s", seconds)
        logging.shutdown()
        os._exit(code or 1)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()


def _check(error: BaseException, record: Outgoing) -> None:
    """Raises what trying again cannot mend."""
    cause = error.__cause__ if isinstance(error, ProducerSendError) else error
    if isinstance(cause, MessageSizeTooLargeError):
        size = len(record.value or b"")
        raise WireError("too_large", f"{record.topic} does not take a record of {size} bytes") from error
    if not isinstance(error, Exception):
        raise error


async def _raise(error: Exception) -> None:
    raise error


def _failed(error: Exception) -> Awaitable[Any]:
    return _raise(error)
