"""The source books as they stand on their topic: read before a worker judges, watched while it does, and published."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from aiokafka import (  # type: ignore[import-untyped]
    AIOKafkaConsumer,
    ConsumerRecord,
    TopicPartition,
)

from claimstream.edges import clients
from claimstream.edges.config import Settings
from claimstream.edges.login import client_options
from claimstream.edges.wire import WireError, book_codec
from claimstream.model import SourceBook

log = logging.getLogger(__name__)

Books = tuple[SourceBook, ...]
Use = Callable[[Books], object]


class BookReader:
    """Hands the books to `use`, by the time from which they count: once at the start, and when one is published."""

    def __init__(self, settings: Settings, use: Use) -> None:
        self._settings = settings
        self._use = use
        self._books: dict[bytes, SourceBook] = {}
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Returns when all books that are there have been handed over."""
        self._consumer = AIOKafkaConsumer(**client_options(self._settings), group_id=None, enable_auto_commit=False)
        try:
            await self._consumer.start()
            places = [TopicPartition(self._settings.topic("sources"), p) for p in range(self._settings.partitions)]
            self._consumer.assign(places)
            await self._consumer.seek_to_beginning(*places)
            ends = await self._consumer.end_offsets(places)
            while any([await self._consumer.position(tp) < end for tp, end in ends.items()]):
                self._take(await self._poll())
        except BaseException:
            await self._consumer.stop()
            raise
        self._use(self.books)
        self._task = asyncio.create_task(self._watch())

    async def stop(self) -> None:
        """Stops watching."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            await self._consumer.stop()

    @property
    def books(self) -> Books:
        """In the order of the times from which they count."""
        return tuple(sorted(self._books.values(), key=lambda book: (book.since, book.version)))

    async def _watch(self) -> None:
        while True:
            try:
                records = await self._poll()
            except Exception as error:
                log.warning("source books: %r", error)
                await asyncio.sleep(1)
                continue
            if self._take(records):
                self._use(self.books)

    async def _poll(self) -> list[ConsumerRecord]:
        found = await self._consumer.getmany(timeout_ms=500)
        return [record for records in found.values() for record in records]

    def _take(self, records: list[ConsumerRecord]) -> bool:
        """Whether the records change the books. One that is no book changes nothing."""
        before = self.books
        for record in records:
            key = record.key or b""
            try:
                book = book_codec.decode(record.value) if record.value else None
            except WireError as error:
                log.warning("source books: %s at %d: %s", record.topic, record.offset, error)
                continue
            if book is None:
                self._books.pop(key, None)
            else:
                self._books[key] = book
                log.info("source book %r counts from %s", book.version, book.since.isoformat())
        return self.books != before


async def published(settings: Settings) -> Books:
    """The books on the topic."""
    reader = BookReader(settings, lambda _: None)
    await reader.start()
    await reader.stop()
    return reader.books


async def publish(settings: Settings, book: SourceBook) -> None:
    """Puts a book onto the topic, in place of one of the same version."""
    async with clients.producer(settings) as producer:
        await producer.send_and_wait(settings.topic("sources"), book_codec.encode(book), key=book.version.encode())
