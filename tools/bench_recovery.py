"""How long a worker that starts anew needs until it is ready, and its memory: store in memory, RocksDB, standby copy.

    python tools/bench_recovery.py [--facts 100000] [--reports 10] [--stores memory,rocksdb]

A changelog of so many facts is written to a real Kafka (CLAIMSTREAM_TEST_BROKER, else a broker of our own from Maven's
jars): claims of the seeds judged into one fact of so many reports, then copied under new subjects. A worker process is
started on it, and watched over /readyz: "cold" without a folder of its own, "warm" with what it had on disk when it
was killed, "takeover" when another worker that kept a standby copy takes its partitions. Needs the extra "disk" for
that store. The session timeout is part of a takeover, and is printed.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from memory import resident

from claimstream.edges import clients, config
from claimstream.edges.kafka import ensure_topics
from claimstream.edges.wire import fact_codec
from claimstream.judging.judge import judge
from claimstream.model import Article, Fact, Settings

ROOT = Path(__file__).resolve().parent.parent
MAIN = "from claimstream.commands.cli import main; main()"
PARTITIONS = 4
SESSION_S = 6
PATIENCE_S = 900
REST_S = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One start: until /readyz says yes, and the memory of the process then."""

    name: str
    seconds: float
    resident_mb: float


def one_fact(reports: int) -> Fact:
    """A fact of so many reports, each by a voice of its own."""
    from claimstream import pipeline
    from claimstream.edges import files

    seeds = [row for row in files.articles([ROOT / "seeds"], 1_000_000) if isinstance(row, Article)]
    claim = next(c for article in seeds for c in pipeline.read(article).claims if c.kind == "figure")
    fact: Fact | None = None
    settings = Settings(max_reports=max(reports, 50))
    for i in range(reports):
        voice = replace(claim, id=f"{i:016x}", article=f"article-{i}", source=f"outlet{i}.example")
        fact = judge(fact, (voice,), settings).fact
    assert fact is not None and len(fact.reports) == reports
    return fact


async def write(settings: config.Settings, fact: Fact, count: int) -> float:
    """So many copies of the fact, each under a subject of its own, on the changelog; returns their size in bytes."""
    await ensure_topics(settings)
    raw, subject = fact_codec.encode(fact), fact.subject.encode()
    size = 0
    async with clients.producer(settings, linger_ms=20, max_batch_size=1 << 20) as producer:
        for i in range(count):
            name = b"%s-%d" % (subject, i)
            value = raw.replace(subject, name)
            size += len(value)
            await producer.send(settings.topic("consensus"), key=name, value=value, partition=i % PARTITIONS)
            if i % 10_000 == 9_999:
                print(f"\r{i + 1:,} facts written", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return size


class Worker:
    """A worker process on a port of its own."""

    def __init__(self, settings: config.Settings, folder: Path, store: str, standby: int) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environ = {key: value for key, value in os.environ.items() if not key.startswith(config.PREFIX)}
        given = {
            "bootstrap_servers": settings.bootstrap_servers,
            "app_id": settings.app_id,
            "topic_prefix": settings.topic_prefix,
            "partitions": PARTITIONS,
            "metrics_port": self.port,
            "data_dir": folder,
            "store": store,
            "standby_replicas": standby,
            "session_timeout_s": SESSION_S,
            "log_level": "warning",
        }
        environ |= {config.PREFIX + key.upper(): str(value) for key, value in given.items()}
        self.begun = time.perf_counter()
        self.process = subprocess.Popen([sys.executable, "-c", MAIN, "worker"], env=environ)

    def ready(self) -> bool:
        """As /readyz says."""
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=30) as answer:
            return bool(answer.status == 200)
        return False

    def facts(self) -> float:
        """Facts in its table, by its own metrics."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=300) as answer:
            lines = answer.read().decode().splitlines()
        return float(next(line for line in lines if line.startswith("claimstream_facts ")).split()[1])

    def until(self, facts: int) -> float:
        """Seconds from the start of the process until it is ready with so many facts."""
        while time.perf_counter() - self.begun < PATIENCE_S:
            if self.process.poll() is not None:
                raise RuntimeError(f"the worker ended with {self.process.returncode}")
            if self.ready():
                seconds = time.perf_counter() - self.begun
                if self.facts() >= facts:
                    return seconds
            time.sleep(0.1)
        raise TimeoutError(f"not ready within {PATIENCE_S} s")

    def busy(self) -> float:
        """Seconds of processor time that it has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def kill(self) -> None:
        """SIGKILL, and waits for its end."""
        self.process.kill()
        self.process.wait()


@contextmanager
def workers() -> Iterator[list[Worker]]:
    """Takes the processes that were started, and ends them whatever happens."""
    started: list[Worker] = []
    try:
        yield started
    finally:
        for worker in started:
            worker.kill()


def runs(settings: config.Settings, store: str, facts: int, folder: Path) -> Iterator[Row]:
    """The three starts with one store."""
    with workers() as started:
        for name in ("cold", "warm") if store == "rocksdb" else ("cold",):
            started.append(worker := Worker(settings, folder / store, store, 0))
            yield Row(f"{store}, {name}", worker.until(facts), resident(worker.process.pid) / 1e6)
            worker.kill()
            time.sleep(SESSION_S + 1)  # until the group has forgotten it
    for standby, name in enumerate(("takeover without a standby", "takeover by a standby")):
        with workers() as started:
            started.append(first := Worker(settings, folder / f"{store}-{standby}-1", store, standby))
            first.until(facts)
            started.append(second := Worker(settings, folder / f"{store}-{standby}-2", store, standby))
            second.until(0)
            _caught_up(second)
            begun = time.perf_counter()
            first.kill()
            seconds = _ready_again(second) - begun
            if second.facts() < facts:
                raise RuntimeError(f"{second.facts():.0f} facts of {facts} after the takeover")
            yield Row(f"{store}, {name}", seconds, resident(second.process.pid) / 1e6)


def _ready_again(worker: Worker) -> float:
    """When it is ready, having been unready: while the partitions are handed out and the table is read. Nothing else
    is asked of it, since a scrape counts the table anew."""
    until = time.perf_counter() + PATIENCE_S
    unready = False
    while time.perf_counter() < until:
        ready = worker.ready()
        if ready and unready:
            return time.perf_counter()
        unready = unready or not ready
        time.sleep(0.01)
    raise TimeoutError("no takeover")


def _caught_up(worker: Worker) -> None:
    """Waits until the standby copy is whole: a worker without articles that rests has read all that there is."""
    until = time.perf_counter() + PATIENCE_S
    while True:
        before = worker.busy()
        time.sleep(REST_S)
        if worker.busy() - before < REST_S / 10:
            return
        if time.perf_counter() > until:
            raise TimeoutError("the standby did not catch up")


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--facts", type=int, default=100_000)
    parser.add_argument("--reports", type=int, default=10)
    parser.add_argument("--stores", default="memory,rocksdb")
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    from kafka_harness import broker_address

    address, broker = broker_address()
    try:
        with tempfile.TemporaryDirectory(prefix="claimstream-bench-") as folder:
            name = f"bench{uuid.uuid4().hex[:6]}"
            flags = {"bootstrap_servers": address, "app_id": name, "topic_prefix": name, "partitions": PARTITIONS,
                     "data_dir": Path(folder)}  # fmt: skip
            settings = config.load(flags, environ={})
            size = asyncio.run(write(settings, one_fact(given.reports), given.facts))
            print(f"{given.facts:,} facts, {given.facts * given.reports:,} reports, {size / 1e6:,.0f} MB of JSON; "
                  f"session timeout {SESSION_S} s")  # fmt: skip
            for store in given.stores.split(","):
                for row in runs(settings, store, given.facts, Path(folder)):
                    print(f"{row.name:34}{row.seconds:8.1f} s{row.resident_mb:10,.0f} MB resident", flush=True)
    finally:
        if broker:
            broker.stop()


if __name__ == "__main__":
    main()
