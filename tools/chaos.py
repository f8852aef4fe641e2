"""Breaks everything at random while articles flow, and checks that nothing was lost, doubled or different.

    python tools/chaos.py [--seed N] [--runs N] [--seconds S] [--articles N] [--workers N] [--minutes M]
                           [--session S] [--only KIND,...] [--set NAME=VALUE] [--calm] [--keep]

A real Kafka of our own (Java 17 and Maven), a group of workers, a notifier and its webhook. For S seconds, while the
articles come in and are worked off: workers are killed, asked to end, frozen past their session, joined by others; the
broker is killed or stopped, and started again; the notifier is killed; the webhook fails, hangs or is gone. The same
seed gives the same articles and the same plan; what the machine makes of it differs. Exit code 1 where a check fails,
with the seed.

After each run: the table is that of an undisturbed run, byte for byte; no alert revision is missing, too many or
different; everything was told, nothing twice unless the notifier or the broker ended in between; the dead letters are
complete; every lag is zero; every graceful end was one, within the ten seconds that a worker gives itself.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import random
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import chaos_check as check
from aiokafka.errors import KafkaError
from chaos_articles import LIMIT, Right, Sent, prepared
from chaos_world import Worker, World, niced
from confluent_kafka import Producer

from claimstream.edges.config import Settings, load
from claimstream.edges.kafka import ensure_topics
from claimstream.model import Settings as Judging

GRACE = 30.0
"""Seconds that a graceful end may take here. A worker gives itself ten, after which its exit code is not 0."""
STALL = 240.0
"""Seconds without progress after which a run has failed; the machine may be busy with other things."""
RUSH = 0.4
"""The articles come in within this part of the time, so that the workers are busy when something happens to them."""
DEATHS = 8
"""Processes that end by themselves before a run is given up."""
REPORTS = 12
"""Reports kept in a fact: few, so that many leave it."""
ODD = (b"no claims", b"\xff\xfe", b'{"schema": 99}')
"""Records that the harness itself puts on the claims and alerts topics."""
ODD_REASONS = ("not_json", "not_utf8", "schema")


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that goes wrong, so many seconds after the first article."""

    at: float
    what: str
    length: float


KINDS = (
    "freeze", "kill", "crash", "hang", "end", "unnotify", "fail", "join", "halt", "refuse", "freeze", "kill", "freeze",
)  # fmt: skip
"""What can go wrong; a short run has the first of these."""
HARSH = ("crash", "halt", "unnotify")
"""What can make the notifier tell something twice."""


def plan(seed: int, seconds: float, session: float, gentle: bool, only: str = "") -> list[Act]:
    """What goes wrong in a run, one thing for each three seconds. A gentle plan leaves out what is harsh."""
    lengths = {"freeze": (session * 1.2, session * 2), "crash": (0.5, 4), "halt": (0.5, 4), "join": (5, 15)}
    chance = random.Random(seed * 7919)
    kinds = [kind for kind in KINDS if kind in (only.split(",") if only else KINDS) and not (gentle and kind in HARSH)]
    count = max(5, int(seconds / 3))
    chosen = [*kinds, *(chance.choice(kinds) for _ in range(count - len(kinds)))][:count]
    acts = [
        Act(chance.uniform(1, max(2.0, seconds - 1)), kind, chance.uniform(*lengths.get(kind, (0.0, 5.0))))
        for kind in chosen
    ]
    return sorted(acts, key=lambda act: act.at)


class Run:
    """One run: the world, what is sent into it, what goes wrong in it."""

    def __init__(self, given: argparse.Namespace, seed: int, folder: Path) -> None:
        self.given = given
        self.seed = seed
        self.chance = random.Random(seed * 104_729)
        self.gentle = seed % 4 == 0
        self.acts = [] if given.calm else plan(seed, given.seconds, given.session, self.gentle, given.only)
        self.world = World(folder, given.workers)
        self.dead: dict[check.Place, tuple[str, str]] = {}
        self.done: list[str] = []
        self.faults: list[str] = []
        self.left = 0
        """Processes that ended by themselves for want of a broker, and were started again."""
        self._broker = asyncio.Lock()
        self._hook = asyncio.Lock()

    async def go(self) -> list[str]:
        """Everything from the start to the checks; what does not hold, as lines."""
        records, right = await asyncio.to_thread(prepared, self.seed, self.given.articles, Judging(max_reports=REPORTS))
        world = self.world
        try:
            world.broker.start()
            settings = self._settings()
            await ensure_topics(settings)
            sets = self._sets()
            for _ in range(self.given.workers):
                world.add_worker(sets)
            world.add_notifier(sets)
            await self._ready()
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._feed(settings, records))
                for act in self.acts:
                    tasks.create_task(self._act(act, sets))
                tasks.create_task(self._supervise())
            world.hook.set("ok")
            return await self._judge(settings, right)
        finally:
            world.stop()

    async def _ready(self) -> None:
        """Returns when the workers have their partitions, so that everything happens to workers at work."""
        until = time.monotonic() + STALL
        while not all("Worker ready" in worker.said() for worker in self.world.workers):
            if time.monotonic() > until:
                raise TimeoutError("the workers did not become ready")
            await asyncio.sleep(0.3)

    def _sets(self) -> dict[str, str]:
        return {
            "bootstrap_servers": self.world.broker.address,
            "app_id": "chaos",
            "topic_prefix": "chaos",
            "partitions": "6",
            "session_timeout_s": f"{self.given.session:g}",
            "commit_interval_s": "0.5",
            "metrics_port": "0",
            "max_article_bytes": str(LIMIT),
            "max_reports": str(REPORTS),
            "webhook_url": self.world.hook.url,
            "webhook_secret": "not a secret at all",
            "notify_timeout_s": "2",
            **dict(pair.split("=", 1) for pair in self.given.set),
        }

    def _settings(self) -> Settings:
        return load(self._sets(), environ={})

    # what comes in

    async def _feed(self, settings: Settings, records: list[Sent]) -> None:
        """Sends the records, and notes where those stand that will be refused."""
        producer = Producer(
            {
                "bootstrap.servers": settings.bootstrap_servers,
                "enable.idempotence": True,
                "message.timeout.ms": 900_000,  # however long the broker takes to come back
                "partitioner": "murmur2",
                "log_level": 0,
            }
        )
        topic = settings.topic("articles")
        begun = time.monotonic()
        for i, record in enumerate(records):
            ahead = i / len(records) * self.given.seconds * RUSH - (time.monotonic() - begun)
            if ahead > 0.05:
                await asyncio.sleep(ahead)
            self._send(producer, topic, record.key, record.value, record.bad)
            if i % (len(records) // len(ODD) + 1) == 7:  # what no worker would write, between the steps
                n = i % len(ODD)
                self._send(producer, settings.topic("claims"), b"odd", ODD[n], ("decode", ODD_REASONS[n]))
                self._send(producer, settings.topic("alerts"), b"odd", ODD[n], ("send", ODD_REASONS[n]))
        while producer.flush(0):
            await asyncio.sleep(0.1)

    def _send(self, producer: Producer, topic: str, key: bytes, value: bytes, bad: tuple[str, str] | None) -> None:
        def delivered(error: Any, message: Any) -> None:
            if error:
                self.faults.append(f"the harness could not send: {error}")
            elif bad:
                self.dead[message.topic(), message.partition(), message.offset()] = bad

        producer.produce(topic, value, key, on_delivery=delivered)
        producer.poll(0)

    # what goes wrong

    async def _act(self, act: Act, sets: dict[str, str]) -> None:
        await asyncio.sleep(act.at)
        todo: dict[str, Callable[[float], Coroutine[Any, Any, None]]] = {
            "kill": self._kill,
            "end": self._end,
            "freeze": self._freeze,
            "crash": lambda length: self._outage(length, False),
            "halt": lambda length: self._outage(length, True),
            "unnotify": self._unnotify,
        }
        if act.what == "join":
            await self._join(act.length, sets)
        elif act.what in todo:
            await todo[act.what](act.length)
        else:
            async with self._hook:
                self.world.hook.set(act.what)
                await asyncio.sleep(act.length)
                self.world.hook.set("ok")
        self.done.append(f"{act.what}@{act.at:.0f}")

    async def _supervise(self) -> None:
        """Starts again what ended by itself, until everything planned has been done."""
        while len(self.done) < len(self.acts) and len(self.faults) < DEATHS:
            self._revive()
            await asyncio.sleep(0.5)

    def _revive(self) -> None:
        for worker in self.world.everybody():
            if not worker.busy and not worker.alive():
                code = worker.process.poll() if worker.process else None
                if self.world.broker.outages and worker.excused():
                    self.left += 1
                else:
                    self.faults.append(f"{worker.name} ended by itself, with {code}: {worker.reason()!r}")
                worker.start()

    def _free(self) -> Worker | None:
        """A worker that nothing is happening to; the last one is left alone."""
        free = [worker for worker in self.world.workers if not worker.busy and worker.alive()]
        return self.chance.choice(free) if len(free) > 1 else None

    async def _kill(self, pause: float) -> None:
        if worker := self._free():
            worker.busy = True
            await worker.kill()
            await asyncio.sleep(pause)
            worker.start()
            worker.busy = False

    async def _end(self, pause: float) -> None:
        if worker := self._free():
            worker.busy = True
            await self._ended(worker)
            await asyncio.sleep(pause)
            worker.start()
            worker.busy = False

    async def _ended(self, worker: Worker) -> None:
        """Asks a worker to end. Without a broker it cannot do so in order, and may say so by its exit code."""
        if not worker.alive() and self.world.broker.outages and worker.excused():
            return
        outages, up = self.world.broker.outages, self.world.broker.up
        code = await worker.end(GRACE)
        calm = up and self.world.broker.up and outages == self.world.broker.outages
        if not calm:
            worker.ends.pop()
        if calm and code is not None and code != 0 and worker.up():
            self.faults.append(f"{worker.name} ended with {code} on SIGTERM")

    async def _freeze(self, length: float) -> None:
        if worker := self._free():
            worker.busy = True
            worker.signal(signal.SIGSTOP)
            await asyncio.sleep(length)
            worker.signal(signal.SIGCONT)
            worker.busy = False

    async def _join(self, length: float, sets: dict[str, str]) -> None:
        worker = self.world.add_worker(sets)
        worker.busy = True  # it stays so: nobody starts it again
        await asyncio.sleep(length)
        await self._ended(worker)

    async def _outage(self, length: float, graceful: bool) -> None:
        async with self._broker:
            await self.world.broker.outage(length, graceful)

    async def _unnotify(self, pause: float) -> None:
        notifier = self.world.notifier
        assert notifier
        if not notifier.busy:
            notifier.busy = True
            await notifier.kill()
            await asyncio.sleep(pause)
            notifier.start()
            notifier.busy = False

    # what must hold

    async def _judge(self, settings: Settings, right: Right) -> list[str]:
        lines = await self._settled(settings)
        found = await self._mended(settings)
        told = self.world.hook.taken
        lines += check.tables_differ(right.table, found.table, "table")
        lines += check.tables_differ(right.table, found.compacted, "table after compaction")
        lines += check.alerts_differ(right, found)
        lines += check.dead_differ(self.dead, found)
        lines += check.told_differ(right, told, may_repeat=not self.gentle)
        for worker in [w for w in self.world.everybody() if w.alive()]:
            await self._ended(worker)
        lines += self.faults + [fault for worker in self.world.everybody() for fault in worker.faults]
        slowest = max((t for worker in self.world.everybody() for t in worker.ends), default=0.0)
        doubled = sum(sum(each.values()) - len(each) for each in found.alerts.values())
        print(
            f"  {len(right.table)} facts, {sum(map(len, right.alerts.values()))} alert revisions ({doubled} records "
            f"doubled), {len(self.dead)} dead letters, {sum(told.values())} told ({self.world.hook.attempts} attempts, "
            f"{sum(told.values()) - len(told)} twice), {found.void} late writes voided, "
            f"{self.left} ended by themselves for want of a broker, slowest end {slowest:.1f} s",
            flush=True,
        )
        return lines

    async def _settled(self, settings: Settings) -> list[str]:
        """Waits until every lag is zero; a line where it does not become so, or a process ended by itself."""
        moved, before = time.monotonic(), None
        while True:
            self._revive()
            if len(self.faults) >= DEATHS:
                return ["processes do not stay up"]
            behind: dict[str, int] = {}
            with suppress(KafkaError, OSError, TimeoutError):
                behind = await check.lag(settings)
                if not any(behind.values()):
                    return []
            if behind != before:
                moved, before = time.monotonic(), behind
            if time.monotonic() - moved > STALL:
                return [f"lag stays at {behind}"]
            await asyncio.sleep(0.5)

    async def _mended(self, settings: Settings) -> check.Seen:
        """What stands on the topics once late writes have been mended, or after twenty seconds."""
        until = time.monotonic() + 20
        while True:
            found = await check.seen(settings)
            if found.table == found.compacted or time.monotonic() > until:
                return found
            await asyncio.sleep(1)


async def one(given: argparse.Namespace, seed: int) -> bool:
    """One run; whether everything held."""
    folder = Path(tempfile.mkdtemp(prefix="claimstream-chaos-"))
    begun = time.monotonic()
    print(f"seed {seed}: {given.articles} articles, {given.workers} workers, {given.seconds:g} s", flush=True)
    run = Run(given, seed, folder)
    lines = ["interrupted"]
    try:
        lines = await run.go()
    except Exception as error:
        lines = [f"the harness failed: {error!r}"]
        traceback.print_exc()
    finally:
        print(f"  done: {' '.join(run.done)}")
        for line in lines:
            print(f"  DIFFERS {line}")
        if lines and given.keep:
            print(f"  logs in {folder}")
        else:
            shutil.rmtree(folder, ignore_errors=True)
        print(f"seed {seed}: {'FAILED' if lines else 'clean'} after {time.monotonic() - begun:.0f} s", flush=True)
    return not lines


async def several(given: argparse.Namespace) -> int:
    """Runs with one seed after another, as many as asked for and as fit; 0 where all are clean."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task

    def interrupted() -> None:
        task.cancel()
        loop.call_later(30, os._exit, 130)  # whatever still hangs then ends with us

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, interrupted)
    first = given.seed if given.seed is not None else random.SystemRandom().randrange(1, 1_000_000)
    begun, longest, failed = time.monotonic(), 0.0, []
    for n in range(given.runs):
        started = time.monotonic()
        if n and started - begun + longest > given.minutes * 60:
            print(f"no time for another run within {given.minutes:g} minutes")
            break
        left = given.minutes * 60 - (started - begun)
        try:
            clean = await asyncio.wait_for(one(given, first + n), left)
        except TimeoutError:
            print(f"seed {first + n}: FAILED, not done within {given.minutes:g} minutes in all", flush=True)
            clean = False
        if not clean:
            failed.append(first + n)
        longest = max(longest, time.monotonic() - started)
    for seed in failed:
        print(
            f"FAILED: python tools/chaos.py --seed {seed} --seconds {given.seconds:g} --articles {given.articles} "
            f"--workers {given.workers} --session {given.session:g}"
            + (f" --only {given.only}" if given.only else "")
            + "".join(f" --set {pair}" for pair in given.set)
        )
    return 1 if failed else 0


def main() -> int:
    """Runs the harness."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, help="of the first run; a random one otherwise, printed")
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=60.0, help="over which things go wrong")
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--workers", type=int, default=3)
    parser.add_argument("--session", type=float, default=10.0, help="session time-out of the workers, in seconds")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="another setting, as store")
    parser.add_argument(
        "--only", default="", metavar="KIND,KIND", help=f"what may go wrong: {', '.join(sorted(set(KINDS)))}"
    )
    parser.add_argument("--minutes", type=float, default=10.0, help="no run is begun that would not fit")
    parser.add_argument("--calm", action="store_true", help="break nothing: what an undisturbed Kafka gives")
    parser.add_argument("--keep", action="store_true", help="keep the logs of a run that failed")
    given = parser.parse_args()
    niced()
    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # it tells of every attempt while the broker is away
    try:
        return asyncio.run(several(given))
    except asyncio.CancelledError:
        return 130


if __name__ == "__main__":
    sys.exit(main())
