"""Plain clients of the topics: a producer that loses nothing, and records read from one mark to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import (  # type: ignore[import-untyped]
    AIOKafkaConsumer,
    AIOKafkaProducer,
    ConsumerRecord,
    TopicPartition,
)

from claimstream.edges.config import Settings
from claimstream.edges.kafka import FRAMING, client_options

Marks = Mapping[TopicPartition, int]
"""The offset of the next record, by partition."""


@asynccontextmanager
async def producer(settings: Settings, **options: Any) -> AsyncIterator[AIOKafkaProducer]:
    """A producer whose sends count when all copies have them, in the order in which they were made."""
    client = AIOKafkaProducer(
        **client_options(settings),
        acks="all",
        enable_idempotence=True,  # else a send tried again could overtake the next
        max_request_size=settings.max_record_bytes + FRAMING,
        **options,
    )
    try:
        await client.start()
        yield client
    finally:
        await client.stop()


@asynccontextmanager
async def consumer(settings: Settings) -> AsyncIterator[AIOKafkaConsumer]:
    """A consumer without a group."""
    client = AIOKafkaConsumer(
        **client_options(settings),
        group_id=None,
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        fetch_max_wait_ms=100,
        max_partition_fetch_bytes=4 * 1024 * 1024,
    )
    try:
        await client.start()
        yield client
    finally:
        await client.stop()


async def ends(client: AIOKafkaConsumer, settings: Settings, names: Iterable[str]) -> dict[TopicPartition, int]:
    """Where the topics of these short names ("claims") end now."""
    places = [TopicPartition(settings.topic(name), p) for name in names for p in range(settings.partitions)]
    return dict(await client.end_offsets(places))


def seek(client: AIOKafkaConsumer, marks: Marks) -> None:
    """Lets the consumer read these partitions, from the marks on."""
    client.assign(list(marks))
    for tp, offset in marks.items():
        client.seek(tp, offset)


async def between(client: AIOKafkaConsumer, begin: Marks, end: Marks) -> AsyncIterator[ConsumerRecord]:
    """The records from `begin` up to `end`."""
    left = {tp: offset for tp, offset in begin.items() if offset < end.get(tp, 0)}
    if not left:
        return
    seek(client, left)
    done: defaultdict[TopicPartition, int] = defaultdict(int, left)
    while any(done[tp] < end[tp] for tp in left):
        for tp, records in (await client.getmany(timeout_ms=500)).items():
            for record in records:
                if record.offset < end[tp]:
                    yield record
        for tp in left:
            done[tp] = await client.position(tp)


async def whole(client: AIOKafkaConsumer, settings: Settings, *names: str) -> AsyncIterator[ConsumerRecord]:
    """All records that the topics of these short names hold now."""
    end = await ends(client, settings, names)
    async for record in between(client, await client.beginning_offsets(list(end)), end):
        yield record
