"""Faust's Kafka transport, with what this project must have otherwise. Each change says which trouble it is for.

Only this module reaches into Faust's inside; it was written against faust-streaming 0.15.3.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import aiokafka  # type: ignore[import-untyped]
import faust
from faust.tables import manager, recovery
from faust.transport.drivers import aiokafka as driver
from faust.types import TP
from faust.types.tuples import Message

log = logging.getLogger(__name__)

EMPTY_PAUSE = 0.05
"""Seconds before asking again which partitions to fetch, while there are none."""
REVOKE_PATIENCE = 5.0
"""Seconds that a rebalance waits for the record in hand, before the partition goes to another worker unfinished."""


class App(faust.App):
    """A Faust app over this transport. `settle` is awaited before partitions are given up: it ends the work in hand.
    `own` is told which partitions of the tables are ours: none while a rebalance goes on, and then the new ones, before
    any of them is read. `patience`: seconds to wait for an answer of the brokers while the tables are recovered."""

    def __init__(
        self,
        *args: Any,
        fetch_wait_ms: int,
        settle: Callable[[], Awaitable[None]],
        own: Callable[[frozenset[int]], Awaitable[None]],
        patience: float,
        **options: Any,
    ) -> None:
        self.fetch_wait_ms = fetch_wait_ms
        self.patience = patience
        self.settle = settle
        self.own = own
        super().__init__(*args, **options)

    def _new_transport(self) -> Transport:
        return Transport(self.conf.broker_consumer, self)

    def _new_producer_transport(self) -> Transport:
        return Transport(self.conf.broker_producer, self)


class ConsumerThread(driver.AIOKafkaConsumerThread):
    """Takes the longest wait of a fetch from the settings. Faust fixes it at 1,500 ms, and a broker that does not
    answer an empty fetch early (the embedded one) then takes that long for each hop."""

    def _create_worker_consumer(self, transport: Any) -> aiokafka.AIOKafkaConsumer:
        consumer = super()._create_worker_consumer(transport)
        consumer._fetch_max_wait_ms = self.consumer.app.fetch_wait_ms  # type: ignore[attr-defined]
        return consumer


class Consumer(driver.Consumer):
    """Commits what this project called done, and nothing after something that it did not; skips nothing.

    Faust acknowledges messages that it skips or cancels half-way, forgets at a rebalance which offset it committed
    last, and passes over a single unacknowledged message (`_new_offset` compares with > 1): each can commit a message
    that was never handled. So no message is taken between the first sign of a rebalance and the new assignment, and no
    offset is committed in that time; a message that was not taken is delivered again, in the next generation.

    When the table has been recovered, Faust lets the streams' partitions flow, then seeks to the committed offsets, and
    then empties the queues: messages that came between are neither handled nor fetched again. So the partitions are
    held until the queues have been emptied. And it hands the fetcher its live set of partitions, which counts as "all"
    while it is empty, and drops what it did not want: so the fetcher gets a copy, never an empty one, and no fetch is
    under way during a seek.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._done: Message | None = None
        self._taking = True
        self._sealed = False
        self._held: frozenset[TP] = frozenset()
        self._fetching = asyncio.Lock()

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def takes(self, message: Message) -> bool:
        """Whether the message is to be handled now; else it comes again."""
        return self._taking and message.generation_id == self.app.consumer_generation_id

    def finish(self, message: Message) -> None:
        """The message is done, and its offset may be committed."""
        if message.generation_id == self.app.consumer_generation_id:
            self._done = message
            message.ack(self)

    def give_up(self) -> None:
        """A message that was taken will not be finished: nothing after it may be, before the next assignment."""
        self._taking = False

    def behind(self, tp: TP) -> int:
        """Records of an assigned partition that are not committed yet; 0 before the brokers have told of any."""
        try:
            end = self._thread.highwater(tp)
        except Exception:  # it was revoked meanwhile, or the consumer is ending
            return 0
        return max(0, (end or 0) - (self._committed_offset[tp] or 0))

    def ack(self, message: Message) -> bool:
        return message is self._done and super().ack(message)

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Any:
        async with self._fetching:
            wanted = set(active_partitions or ())
            if not wanted:
                await asyncio.sleep(EMPTY_PAUSE)
                return {}
            return await super()._getmany(wanted, timeout)

    async def perform_seek(self) -> None:
        """Back to the committed offsets; and to the beginning where nothing was committed yet, which Faust leaves."""
        async with self._fetching:
            await super().perform_seek()
            fresh = {tp for tp in self.assignment() if not self._read_offset[tp] and not self._is_changelog_tp(tp)}
            if fresh:
                await self._thread.seek_to_beginning(*driver.ensure_aiokafka_TPset(fresh))

    def resume_partitions(self, tps: Iterable[TP]) -> None:
        streams = frozenset(tp for tp in tps if not self._is_changelog_tp(tp))
        self._held |= streams
        super().resume_partitions(frozenset(tps) - streams)

    def resume_flow(self) -> None:
        super().resume_flow()
        held, self._held = self._held, frozenset()
        super().resume_partitions(held)

    async def force_commit(self, topics: Any = None, start_new_transaction: bool = True) -> bool:
        return not self._sealed and await super().force_commit(topics, start_new_transaction)

    async def on_partitions_revoked(self, revoked: set[TP]) -> None:
        """Ends the record in hand and commits before the partitions go, so that little is delivered twice."""
        self._taking = False
        if revoked:
            try:
                async with asyncio.timeout(REVOKE_PATIENCE):
                    await self.app.settle()  # type: ignore[attr-defined]
                    await self.commit()
            except TimeoutError:
                log.warning("partitions were given up with a record unfinished: it will be delivered again")
        self._sealed, self._held = True, frozenset()
        await self.app.own(frozenset())  # type: ignore[attr-defined]
        self._buffered_partitions.clear()
        await super().on_partitions_revoked(revoked)

    async def on_partitions_assigned(self, assigned: set[TP], generation_id: int = 0) -> None:
        tables = self.app.assignor.assigned_actives() & assigned
        await self.app.own(frozenset(tp.partition for tp in tables if self._is_changelog_tp(tp)))  # type: ignore[attr-defined]
        self._taking, self._sealed = True, False
        await super().on_partitions_assigned(assigned, generation_id)


class Transport(driver.Transport):
    """Faust's transport with the consumer above."""

    Consumer = Consumer


class Recovery(recovery.Recovery):
    """Waits for the brokers as long as everything else here does, and fails when they do not answer.

    Faust takes a step that is not answered within its own limit for the end of the service: it recovers nothing any
    more, the worker keeps its partitions and never handles a record. Reading the changelog itself has no limit there,
    and here none as long as it gets on.
    """

    async def _wait(self, coro: Any, timeout: Any = None) -> None:
        task = asyncio.ensure_future(coro)
        try:
            while True:
                before = dict(self.active_offsets)
                await self.wait_first(
                    asyncio.shield(task),
                    self.signal_recovery_start,  # type: ignore[arg-type]
                    timeout=self.app.patience,  # type: ignore[attr-defined]
                )
                if self.signal_recovery_start.is_set():
                    raise recovery.RebalanceAgain
                if task.done():
                    return task.result()  # type: ignore[no-any-return]
                if self.should_stop:
                    raise recovery.ServiceStopped
                if timeout is not None or before == self.active_offsets:
                    raise TimeoutError("the table was not recovered: the brokers did not answer")
        finally:
            task.cancel()


class TableManager(manager.TableManager):
    """Faust's tables with the recovery above."""

    @property
    def recovery(self) -> Recovery:
        if self._recovery is None:
            self._recovery = Recovery(self.app, self, beacon=self.beacon, loop=self.loop)
        return self._recovery  # type: ignore[return-value]
