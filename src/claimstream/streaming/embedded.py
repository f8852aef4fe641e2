"""The whole pipeline in one process: the broker inside the confluent-kafka wheel, and a worker on it.

librdkafka carries a mock cluster that speaks the real protocol, so Faust runs on it unchanged. It keeps nothing on
disk and drops the oldest records of a partition in silence above 5 MiB; `Gate` keeps what is in flight below that. For
the demo, replays and tests.
"""

from __future__ import annotations

import asyncio
import ctypes
import logging
import tempfile
from collections.abc import AsyncIterable, Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import confluent_kafka

from claimstream.edges.config import Settings
from claimstream.edges.metrics import Metrics
from claimstream.edges.wire import DeadLetter, encode_article, fact_codec
from claimstream.model import Alert, Article, ArticleClaims
from claimstream.streaming.feed import Gathered, Results
from claimstream.streaming.shell import Answer, Cause, Gate, Observer, Outgoing, Record, Steps
from claimstream.streaming.stream import Service

log = logging.getLogger(__name__)

TOPICS = ("articles", "claims", "consensus", "alerts", "sources", "deadletter")
PARTITIONS = 4
IN_FLIGHT = 3_000_000
"""Bytes on one hop that the worker has not handled yet; a partition of the embedded broker holds 5 MiB."""
START_SECONDS = 30.0
STALL_SECONDS = 120.0


class EmbeddedError(RuntimeError):
    """The embedded broker could not be started."""


class Embedded:
    """A broker in this process. `address` is its host:port between `start` and `stop`."""

    def __init__(self, topics: Iterable[str], partitions: int = PARTITIONS) -> None:
        self._topics = tuple(topics)
        self._partitions = partitions
        self._lib = _library()
        self._handle: int | None = None
        self._cluster: int | None = None
        self.address = ""

    def start(self) -> None:
        """Starts the broker with its topics. Raises EmbeddedError."""
        lib = self._lib
        text = ctypes.create_string_buffer(512)
        conf = lib.rd_kafka_conf_new()
        lib.rd_kafka_conf_set(conf, b"log_level", b"3", text, len(text))  # no warning about brokers it does not need
        self._handle = lib.rd_kafka_new(0, conf, text, len(text))
        if not self._handle:
            raise EmbeddedError(text.value.decode(errors="replace"))
        self._cluster = lib.rd_kafka_mock_cluster_new(self._handle, 1)
        if not self._cluster:
            raise EmbeddedError("librdkafka did not start its mock cluster")
        self.address = lib.rd_kafka_mock_cluster_bootstraps(self._cluster).decode()
        lib.rd_kafka_mock_group_initial_rebalance_delay_ms(self._cluster, 0)
        for topic in self._topics:
            code = lib.rd_kafka_mock_topic_create(self._cluster, topic.encode(), self._partitions, 1)
            if code:
                raise EmbeddedError(f"topic {topic} was not made (code {code})")

    def stop(self) -> None:
        """Ends the broker; everything in it is gone."""
        if self._cluster:
            self._lib.rd_kafka_mock_cluster_destroy(self._cluster)
        if self._handle:
            self._lib.rd_kafka_destroy(self._handle)
        self._cluster = self._handle = None

    def __enter__(self) -> Embedded:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()


def settings_for(settings: Settings, address: str, folder: Path) -> Settings:
    """The settings with what the embedded broker needs: equal partitions, a table in memory, short waits."""
    return settings.model_copy(
        update={
            "bootstrap_servers": address,
            "security_protocol": "PLAINTEXT",
            "partitions": PARTITIONS,
            "replication": 1,
            "store": "memory",
            "standby_replicas": 0,
            "fetch_wait_ms": 10,
            "data_dir": folder,
            "max_record_bytes": min(settings.max_record_bytes, IN_FLIGHT),
        }
    )


class Run(Observer):
    """A worker on an embedded broker of its own, as an async context: `put` articles, `drain`, take the `results`.

    All articles go through one partition, so that their order is kept whatever situation they are about.
    """

    def __init__(
        self,
        steps: Steps,
        settings: Settings,
        *,
        metrics: Metrics | None = None,
        on_alert: Callable[[Alert], None] | None = None,
        on_progress: Callable[[int], None] | None = None,
        stall_s: float = STALL_SECONDS,
    ) -> None:
        self._steps = steps
        self._given = settings
        self._metrics = metrics
        self._on_alert = on_alert
        self._on_progress = on_progress
        self._stall_s = stall_s
        self._articles = Gate(IN_FLIGHT)
        self._put = 0
        self._handled: set[int] = set()
        self._waiting: set[tuple[int, int]] = set()
        self._judged: set[tuple[int, int]] = set()
        self._moved = asyncio.Event()
        self._gathered = Gathered()

    async def __aenter__(self) -> Run:
        self._folder = tempfile.TemporaryDirectory(prefix="claimstream-")
        self._broker = Embedded(self._given.topic(name) for name in TOPICS)
        try:
            await asyncio.to_thread(self._broker.start)
            settings = settings_for(self._given, self._broker.address, Path(self._folder.name))
            self._topic = settings.topic("articles")
            self.service = Service(settings, self._steps, self._metrics, self, Gate(IN_FLIGHT))
            await self.service.start()
            await self.service.ready(START_SECONDS)
        except BaseException:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        try:
            if hasattr(self, "service"):
                await asyncio.wait_for(self.service.stop(), self._given.shutdown_timeout_s)
        except TimeoutError:
            log.warning("the worker did not stop within %g s", self._given.shutdown_timeout_s)
        finally:
            await asyncio.to_thread(self._broker.stop)
            self._folder.cleanup()

    async def put(self, article: Article) -> None:
        """Sends an article, once there is room for it. Raises what ended the worker, and EmbeddedError on a stall."""
        await self.put_raw(encode_article(article))

    async def put_raw(self, value: bytes) -> None:
        """Sends a record of the articles topic as it is."""
        while not self._articles.has_room(len(value)):
            await self._movement()
        await self._articles.enter(len(value))
        await self.service.outbox.send([Outgoing(self._topic, b"", value)])
        self._put += 1

    async def drain(self) -> None:
        """Returns when every article put so far has been read, and all its claims judged. Raises as `put` does."""
        while len(self._handled) < self._put or self._waiting:
            await self._movement()

    def results(self) -> Results:
        """What has come out so far."""
        facts = [fact_codec.decode(raw) for _, raw in self.service.table.items()]
        self._gathered.facts = {fact.subject: fact for fact in facts}
        return self._gathered.results()

    # what the worker tells

    def read(self, record: Record, claims: ArticleClaims | None, answer: Answer | None) -> None:
        self._handled.add(record.offset)
        self._articles.leave(len(record.value or b""))
        if claims is not None and answer is not None:
            self._gathered.add_claims(claims)
            place = (answer.partition, answer.offset)
            if place not in self._judged:
                self._waiting.add(place)
        self._moved.set()

    def judged(self, record: Record) -> None:
        place = (record.partition, record.offset)
        self._judged.add(place)
        self._waiting.discard(place)
        self._moved.set()
        if self._on_progress:
            self._on_progress(len(self._judged) + len(self._gathered.dead))

    def alert(self, alert: Alert, cause: Cause) -> None:
        if self._gathered.add_alert(alert, cause) and self._on_alert:
            self._on_alert(alert)

    def dead(self, letter: DeadLetter) -> None:
        self._gathered.add_dead(letter)

    async def _movement(self) -> None:
        """Returns when something has been handled."""
        self._moved.clear()
        moved: asyncio.Future[Any] = asyncio.ensure_future(self._moved.wait())
        done, _ = await asyncio.wait(
            {moved, self.service.ended}, timeout=self._stall_s, return_when=asyncio.FIRST_COMPLETED
        )
        moved.cancel()
        if self.service.ended in done:
            self.service.ended.result()
        if not done:
            raise EmbeddedError(
                f"nothing was handled for {self._stall_s:g} s, with {len(self._handled)} of {self._put} articles read "
                f"and {len(self._waiting)} claims records not judged"
            )


async def run_embedded(
    articles: Iterable[Article] | AsyncIterable[Article],
    steps: Steps,
    settings: Settings,
    on_alert: Callable[[Alert], None] | None = None,
    on_progress: Callable[[int], None] | None = None,
    metrics: Metrics | None = None,
) -> Results:
    """Carries the articles through the whole pipeline on an embedded broker, and returns all that came out."""
    async with Run(steps, settings, metrics=metrics, on_alert=on_alert, on_progress=on_progress) as run:
        if isinstance(articles, AsyncIterable):
            async for article in articles:
                await run.put(article)
        else:
            for article in articles:
                await run.put(article)
        await run.drain()
        return run.results()


def _library() -> ctypes.CDLL:
    """librdkafka as it lies in the wheel, with the functions of its mock cluster (rdkafka_mock.h) declared."""
    folder = Path(confluent_kafka.__file__).parent
    found = sorted((folder.parent / "confluent_kafka.libs").glob("librdkafka*")) + sorted(
        (folder / ".dylibs").glob("librdkafka*")
    )
    if not found:
        raise EmbeddedError(f"no librdkafka beside {folder}: the embedded broker needs the wheel of confluent-kafka")
    lib = ctypes.CDLL(str(found[0]))
    pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
    for name, result, arguments in (
        ("rd_kafka_conf_new", pointer, []),
        ("rd_kafka_conf_set", number, [pointer, text, text, text, ctypes.c_size_t]),
        ("rd_kafka_new", pointer, [number, pointer, text, ctypes.c_size_t]),
        ("rd_kafka_destroy", None, [pointer]),
        ("rd_kafka_mock_cluster_new", pointer, [pointer, number]),
        ("rd_kafka_mock_cluster_destroy", None, [pointer]),
        ("rd_kafka_mock_cluster_bootstraps", text, [pointer]),
        ("rd_kafka_mock_topic_create", number, [pointer, text, number, number]),
        ("rd_kafka_mock_group_initial_rebalance_delay_ms", None, [pointer, ctypes.c_int32]),
    ):
        function = getattr(lib, name)
        function.restype = result
        function.argtypes = arguments
    return lib
