"""Sizes for docs/operations.md: bytes that an article leaves on each topic, and memory that facts take.

    python tools/sizes.py [--articles 500] [--facts 10000]

Articles are those of tools/bench.py, run through the worker's own shell with a table and an outbox that only count.
The facts are those that come out, each copied under new subjects until there are enough.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from functools import partial
from pathlib import Path

from claimstream import pipeline
from claimstream.edges import config
from claimstream.edges.metrics import Metrics
from claimstream.edges.wire import encode_article, fact_codec
from claimstream.judging.judge import judge
from claimstream.model import Settings
from claimstream.streaming.shell import Record, Shell, Steps

sys.path.insert(0, str(Path(__file__).resolve().parent))
from bench import made
from memory import resident

STAMP = 1_500_000_000.0
HEAD = 60
"""Bytes that Kafka adds to a record: deltas, lengths, its share of the head of a batch; 35 to 70."""


class Counting:
    """An outbox and a table in one, which keep nothing but sizes, the claims to be judged, and the facts."""

    partition, offset = 0, 0

    def __init__(self) -> None:
        self.bytes: Counter[str] = Counter()
        self.records: Counter[str] = Counter()
        self.claims: list[Record] = []
        self.facts: dict[bytes, bytes] = {}

    def add(self, topic: str, key: bytes, value: bytes) -> None:
        self.bytes[topic] += len(key) + len(value) + HEAD
        self.records[topic] += 1

    async def send(self, records):  # type: ignore[no-untyped-def]
        for record in records:
            name = record.topic.partition(".")[2]
            self.add(name, record.key, record.value)
            if name == "claims":
                self.claims.append(Record(record.topic, 0, 0, record.key, record.value, STAMP, record.headers))
        return [self] * len(records)

    def get(self, key: bytes) -> bytes | None:
        return self.facts.get(key)

    def items(self):  # type: ignore[no-untyped-def]
        return self.facts.items()

    async def write(self, partition, rows):  # type: ignore[no-untyped-def]
        for key, raw in rows:
            self.add("consensus", key, raw or b"")
            if raw is None:
                self.facts.pop(key, None)
            else:
                self.facts[key] = raw


async def run(count: int) -> Counting:
    """So many articles through the shell."""
    counting = Counting()
    steps = Steps(pipeline.read, partial(judge, settings=Settings()))
    shell = Shell(config.load(environ={}), steps, counting, counting, Metrics())
    for article in made(count):
        value = encode_article(article)
        counting.add("articles", b"SY", value)
        await shell.article(Record("claimstream.articles", 0, 0, b"SY", value, STAMP))
        while counting.claims:
            await shell.claims(counting.claims.pop())
    return counting


def main() -> None:
    """Prints both tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--facts", type=int, default=10_000)
    given = parser.parse_args()
    done = asyncio.run(run(given.articles))
    print(f"{'topic':12}{'records/article':>17}{'bytes/article':>15}{'GB/million':>12}")
    for topic, size in sorted(done.bytes.items()):
        each = size / given.articles
        print(f"{topic:12}{done.records[topic] / given.articles:17.2f}{each:15.0f}{each / 1000:12.1f}")
    raws = list(done.facts.values())
    reports = sum(len(fact_codec.decode(raw).reports) for raw in raws)
    total = sum(map(len, raws))
    print(f"\n{len(raws)} facts, {total / len(raws):.0f} bytes each, {reports / len(raws):.1f} reports each, "
          f"{total / reports:.0f} bytes for each report")  # fmt: skip
    before = resident()
    store = {b"%d/%d" % (i, i): bytes(bytearray(raws[i % len(raws)])) for i in range(given.facts)}
    grown = resident() - before
    json = sum(map(len, store.values())) / 1e6
    print(f"{given.facts} facts in memory: {grown / 1e6:.0f} MB resident for {json:.0f} MB of JSON")


if __name__ == "__main__":
    main()
