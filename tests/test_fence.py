"""Ownership of the changelog: which records count, and what a worker that was taken for dead can still do."""

import asyncio
import uuid
from contextlib import contextmanager
from types import SimpleNamespace

import pytest
from aiokafka import TopicPartition
from faust.types import TP

from claimstream.edges import clients
from claimstream.edges.config import load
from claimstream.edges.kafka import ensure_topics
from claimstream.edges.metrics import Metrics
from claimstream.streaming.embedded import Embedded
from claimstream.streaming.fence import FENCE, Epochs, Overtaken, epoch_of
from claimstream.streaming.table import FaustTable

LOG = [
    # offset, key, epoch, whether it counts
    (0, FENCE, None, False),
    (1, b"a", 0, True),
    (2, b"b", 0, True),
    (3, FENCE, None, False),
    (4, b"a", 3, True),
    (5, b"b", 0, False),  # the first owner, late
    (6, b"c", 0, False),
    (7, b"c", 3, True),
    (8, b"d", None, True),  # of an earlier version
]


def test_a_record_counts_unless_a_later_owner_has_written_before_it():
    epochs = Epochs()
    assert [epochs.counts(0, offset, key, epoch) for offset, key, epoch, _ in LOG] == [row[3] for row in LOG]
    assert epochs.void(0) == {b"b"}, "what its owner has written since is in order"
    assert epochs.epoch(0) == 3
    assert epochs.counts(1, 0, b"a", None), "partitions do not know of each other"


def test_records_count_the_same_when_compaction_has_taken_the_fences():
    epochs = Epochs()
    rows = [row for row in LOG if row[1] != FENCE]
    assert [epochs.counts(0, offset, key, epoch) for offset, key, epoch, _ in rows] == [row[3] for row in rows]


def test_a_partition_read_again_from_the_front_begins_anew():
    epochs = Epochs()
    for _ in range(2):
        assert [epochs.counts(0, offset, key, epoch) for offset, key, epoch, _ in LOG] == [row[3] for row in LOG]


def test_a_partition_goes_on_in_the_epoch_that_was_kept():
    epochs = Epochs()
    epochs.resume(0, 4, 3)
    assert [epochs.counts(0, offset, key, epoch) for offset, key, epoch, _ in LOG[5:]] == [row[3] for row in LOG[5:]]


@pytest.mark.parametrize(
    ("headers", "epoch"), [(None, None), ([], None), ([("epoch", b"12")], 12), ([("epoch", b"x")], None)]
)
def test_the_epoch_stands_in_a_header(headers, epoch):
    assert epoch_of(headers) == epoch


class Store:
    """A Faust table as far as FaustTable looks at it."""

    def __init__(self):
        self.epochs = Epochs()
        self.data = {}

    def put(self, partition, rows, offset):
        self.data.update(rows)


class Outbox:
    """Sends through a plain producer; `before` is awaited first, once, as if the process had been frozen there."""

    def __init__(self, producer):
        self._producer = producer
        self.before = None

    async def send(self, records):
        wait, self.before = self.before, None
        if wait:
            await wait()
        return [
            await self._producer.send_and_wait(r.topic, r.value, r.key, r.partition, headers=list(r.headers))
            for r in records
        ]


@contextmanager
def embedded():
    name = f"t{uuid.uuid4().hex[:8]}"
    with Embedded([f"{name}.consensus"]) as broker:
        yield broker.address, name


@pytest.fixture(params=["embedded", pytest.param("kafka", marks=pytest.mark.kafka)])
def owners(request, tmp_path):
    """Runs a scenario with the tables of two workers, what compaction would leave, and what counts."""

    def run(scenario):
        if request.param == "embedded":
            with embedded() as (address, name):
                asyncio.run(bounded(address, name, False))
        else:
            asyncio.run(bounded(request.getfixturevalue("kafka"), f"t{uuid.uuid4().hex[:8]}", True))

    async def bounded(address, name, make):
        settings = load(
            {"bootstrap_servers": address, "topic_prefix": name, "partitions": 4, "send_timeout_s": 20}, environ={}
        )
        if make:
            await ensure_topics(settings)
        async with clients.producer(settings) as producer, clients.consumer(settings) as consumer:
            tables = [FaustTable(Store(), Outbox(producer), settings, Metrics()) for _ in range(2)]

            async def highwaters(*tps):
                ends = await consumer.end_offsets([TopicPartition(*tp) for tp in tps])
                return {TP(tp.topic, tp.partition): end for tp, end in ends.items()}

            async def rows():
                ends = await clients.ends(consumer, settings, ("consensus",))
                last, epochs, counted = {}, Epochs(), {}
                async for r in clients.between(consumer, dict.fromkeys(ends, 0), ends):
                    if epochs.counts(r.partition, r.offset, r.key, epoch_of(r.headers)):
                        counted[r.key] = r.value
                    if r.key != FENCE:
                        last[r.key] = r.value
                return last, counted

            async with asyncio.timeout(60):
                await request.param_scenario(SimpleNamespace(a=tables[0], b=tables[1], rows=rows, ends=highwaters))

    def with_scenario(scenario):
        request.param_scenario = scenario
        run(scenario)

    return with_scenario


def test_a_sleeper_that_wakes_does_not_count_and_is_mended(owners):
    async def scenario(world):
        await world.a.own({1})
        await world.a.write(1, [(b"k", b"one"), (b"m", b"one")])

        async def frozen():
            await world.b.own({1})
            await world.b.write(1, [(b"k", b"three"), (b"m", b"three")])

        world.a._outbox.before = frozen
        with pytest.raises(Overtaken, match="belongs to another"):
            await world.a.write(1, [(b"k", b"two")])
        assert world.a.get(b"k") == b"one"
        last, counted = await world.rows()
        assert (last[b"k"], counted[b"k"]) == (b"two", b"three"), "compaction would keep the sleeper's"
        await world.b.tend(world.ends)
        last, counted = await world.rows()
        assert last == counted == {b"k": b"three", b"m": b"three"}
        ends = await world.ends(TP(world.b._topic, 1))
        await world.b.tend(world.ends)
        assert await world.ends(TP(world.b._topic, 1)) == ends, "mended once"

    owners(scenario)


def test_a_late_write_is_seen_with_the_next_write_of_the_owner(owners):
    async def scenario(world):
        await world.a.own({0})

        async def frozen():
            await world.b.own({0})

        world.a._outbox.before = frozen
        with pytest.raises(Overtaken):
            await world.a.write(0, [(b"k", b"late")])
        await world.b.write(0, [(b"k", b"new"), (b"m", b"new")])
        assert not world.b._epochs.void(0), "the write that showed it has mended it"
        last, counted = await world.rows()
        assert last == counted == {b"k": b"new", b"m": b"new"}

    owners(scenario)


def test_a_fence_that_comes_late_stops_the_owner_before_anything_is_acknowledged(owners):
    async def scenario(world):
        await world.b.own({2})
        await world.a.own({2})  # it was frozen between its assignment and its fence
        with pytest.raises(Overtaken):
            await world.b.write(2, [(b"k", b"void")])
        with pytest.raises(Overtaken):
            await world.b.tend(world.ends)
        await world.b.own({2})
        await world.b.write(2, [(b"k", b"right")])
        last, counted = await world.rows()
        assert last == counted == {b"k": b"right"}

    owners(scenario)


def test_nothing_is_written_into_a_partition_that_is_not_ours(owners):
    async def scenario(world):
        await world.a.own({0, 1})
        await world.a.write(0, [(b"k", b"one")])
        await world.a.own({1})
        with pytest.raises(Overtaken, match="is not ours"):
            await world.a.write(0, [(b"k", b"two")])
        assert (await world.rows())[0] == {b"k": b"one"}

    owners(scenario)
