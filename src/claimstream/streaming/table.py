"""The consensus table on Faust's: written through the changelog, and only by the worker that owns the partition."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, cast

import faust
from aiokafka import TopicPartition  # type: ignore[import-untyped]
from aiokafka.errors import KafkaError  # type: ignore[import-untyped]
from faust.types import TP, EventT

from claimstream.edges.config import Settings
from claimstream.edges.metrics import Metrics
from claimstream.streaming import feed
from claimstream.streaming.fence import FENCE, NONE, Epochs, Overtaken, Tenure, epoch_of
from claimstream.streaming.shell import Outbox, Outgoing

log = logging.getLogger(__name__)


class FaustTable:
    """The consensus table. A write goes to the changelog first, awaited, and then into the store.

    Faust's own `table[key] = value` sends the changelog record some time later and forgets a failure, which loses the
    write; and it costs more than the judging. Each write is under the fence of this worker (`own`), and counts only
    where no other worker's fence came before it.
    """

    def __init__(self, table: Any, outbox: Outbox, settings: Settings, metrics: Metrics) -> None:
        self._table = table
        self._outbox = outbox
        self._settings = settings
        self._metrics = metrics
        self._topic = settings.topic("consensus")
        self._epochs: Epochs = table.epochs
        self._tenures: dict[int, Tenure] = {}

    def get(self, key: bytes) -> bytes | None:
        return cast("bytes | None", self._table.data.get(key))

    async def own(self, partitions: Iterable[int]) -> None:
        """From now on these partitions are ours, and no others: before they are read, fences go into them."""
        self._tenures.clear()
        fences = [Outgoing(self._topic, FENCE, None, partition) for partition in sorted(partitions)]
        for answer in await self._outbox.send(fences):
            self._tenures[answer.partition] = Tenure(answer.partition, answer.offset)

    async def write(self, partition: int, rows: Sequence[tuple[bytes, bytes | None]]) -> None:
        """Writes the facts, and tombstones for None.

        Raises Overtaken where the partition is not ours any more: the rows do not count then.
        """
        tenure = self._tenures.get(partition)
        if tenure is None:
            raise Overtaken(f"{self._topic}/{partition} is not ours")
        async with tenure.lock:
            await self._append(tenure, rows)

    async def tend(self, highwaters: Callable[..., Awaitable[Mapping[TP, int]]]) -> None:
        """Writes again what somebody else's late writes have covered. Raises Overtaken, and what the brokers raise."""
        tenures = list(self._tenures.values())
        ends = await highwaters(*(TP(self._topic, tenure.partition) for tenure in tenures)) if tenures else {}
        for tenure in tenures:
            async with tenure.lock:
                await self._look(tenure, ends[TP(self._topic, tenure.partition)] or 0, {})
                void = self._epochs.void(tenure.partition)
                rows = [(key, self.get(key)) for key in sorted(void)]
                if rows:
                    log.warning("%s/%d: %d facts written again", self._topic, tenure.partition, len(rows))
                    await self._append(tenure, rows)
                    self._metrics.repairs.inc(len(rows))

    async def _append(self, tenure: Tenure, rows: Sequence[tuple[bytes, bytes | None]]) -> None:
        partition, headers = tenure.partition, (tenure.header(),)
        answers = await self._outbox.send([Outgoing(self._topic, key, raw, partition, headers) for key, raw in rows])
        mine = {answer.offset: key for answer, (key, _) in zip(answers, rows, strict=True)}
        await self._look(tenure, max(mine, default=NONE) + 1, mine)
        if self._tenures.get(partition) is not tenure:
            raise Overtaken(f"{self._topic}/{partition} was given up meanwhile")
        self._table.put(partition, rows, max(mine, default=NONE))

    async def _look(self, tenure: Tenure, end: int, mine: Mapping[int, bytes]) -> None:
        """Looks at what stands before `end` that we did not write, if anything: a fence, or facts to write again."""
        void = self._epochs.void(tenure.partition)
        if end - tenure.next > len(mine):
            tp = TopicPartition(self._topic, tenure.partition)
            for record in await self._read(tp, tenure.next, end):
                if record.offset in mine:
                    continue
                fence = record.key == FENCE
                if (record.offset if fence else epoch_of(record.headers) or NONE) > tenure.epoch:
                    raise Overtaken(f"{self._topic}/{tenure.partition} belongs to another since {record.offset}")
                if not fence:
                    void.add(record.key)
        tenure.next = max(tenure.next, end)
        void.difference_update(mine.values())

    async def _read(self, tp: Any, begin: int, end: int) -> list[Any]:
        """The records of the changelog there; tried again, as sending is, while the brokers are away."""
        async with asyncio.timeout(self._settings.send_timeout_s):
            while True:
                try:
                    return await feed.records(self._settings, {tp: begin}, {tp: end})
                except (KafkaError, OSError) as error:
                    log.warning("%s/%d was not read, trying again: %r", tp.topic, tp.partition, error)
                    await asyncio.sleep(0.5)

    def __len__(self) -> int:
        return len(self._table.data) - int(self._table.marks())

    def items(self) -> list[tuple[bytes, bytes]]:
        """All facts of this worker, as JSON, by subject."""
        return sorted(self.pairs())

    def pairs(self) -> list[tuple[bytes, bytes]]:
        """The same in any order."""
        store = self._table.data
        return [pair for pair in list(getattr(store, "data", store).items()) if pair[0] != FENCE]


class FencedTable(faust.Table[bytes, bytes]):
    """A Faust table whose recovery, and whose standby, leave out the changelog records that do not count."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.epochs = Epochs()

    def apply_changelog_batch(self, batch: Iterable[EventT[Any]]) -> None:
        counted: list[EventT[Any]] = []
        touched: set[int] = set()
        for event in batch:
            message = event.message
            partition = message.partition
            touched.add(partition)
            if not self.epochs.known(partition):
                self._resume(message.tp)
            if self.epochs.counts(partition, message.offset, message.key or b"", epoch_of(message.headers)):
                counted.append(event)
        super().apply_changelog_batch(counted)
        for partition in touched:
            self._keep(partition)

    def put(self, partition: int, rows: Sequence[tuple[bytes, bytes | None]], offset: int) -> None:
        """Puts the rows into the store, None takes a fact out; the changelog has them, up to `offset`."""
        store: Any = self.data
        if self._on_disk():
            database = store._db_for_partition(partition)
            for key, raw in rows:
                if raw is None:
                    database.delete(key)
                    store._key_index.pop(key, None)
                else:
                    database.put(key, raw)
                    store._key_index[key] = partition
        else:  # in memory it drops the keys of partitions that left by their partition
            for key, raw in rows:
                if raw is None:
                    store.data.pop(key, None)
                    store._key_partition.pop(key, None)
                else:
                    store.data[key] = raw
                    store._key_partition[key] = partition
        if offset != NONE:
            store.set_persisted_offset(TP(self.changelog_topic_name, partition), offset)

    def marks(self) -> int:
        """How many entries of the store are no facts."""
        store: Any = self.data
        return sum(1 for database in store._dbs.values() if database.get(FENCE)) if self._on_disk() else 0

    def _on_disk(self) -> bool:
        return hasattr(self.data, "_db_for_partition")

    def _resume(self, tp: TP) -> None:
        """A store on disk goes on where it ended, in the epoch that it had reached."""
        store: Any = self.data
        offset = store.persisted_offset(tp)
        if offset is not None:
            kept = store._db_for_partition(tp.partition).get(FENCE)
            self.epochs.resume(tp.partition, offset, int(kept or NONE))

    def _keep(self, partition: int) -> None:
        store: Any = self.data
        if self._on_disk():
            store._db_for_partition(partition).put(FENCE, str(self.epochs.epoch(partition)).encode())
