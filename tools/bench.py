"""Articles per second of the pipeline in its three forms, beside a bare consumer loop, and what the shell around costs.

    python tools/bench.py [--articles 2000] [--no-kafka] [--json]

The articles are made from the texts in seeds/ by deterministic variation: places, outlets, days and numbers change, so
that facts, voices and disputes are many. Kafka is CLAIMSTREAM_TEST_BROKER, else a broker of our own from Maven's jars.
"outside" is the share of the wall time that is neither reading nor judging, by the worker's own histograms; on a busy
machine the CPU time for each article says more.
"""

from __future__ import annotations

import argparse
import asyncio
import re
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import orjson

from claimstream import pipeline
from claimstream.edges import clients, config, files
from claimstream.edges.kafka import ensure_topics
from claimstream.edges.metrics import Metrics
from claimstream.edges.wire import decode_article, encode_article
from claimstream.judging.judge import judge
from claimstream.model import Article, Settings
from claimstream.streaming import feed
from claimstream.streaming.embedded import run_embedded
from claimstream.streaming.shell import Steps
from claimstream.streaming.stream import Service

ROOT = Path(__file__).resolve().parent.parent
START = datetime(2016, 9, 1, tzinfo=UTC)
NUMBER = re.compile(r"\b\d{1,3}(?:,\d{3})*\b")
SWAPS = ("Aleppo", "Homs", "Raqqa", "Idlib", "Hama", "Daraa", "Palmyra", "Manbij")
OUTLETS = tuple(f"outlet{i:02}.example" for i in range(40))


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement."""

    name: str
    seconds: float
    articles: int
    read: float | None = None
    judge: float | None = None
    cpu: float | None = None

    @property
    def rate(self) -> float:
        return self.articles / self.seconds

    @property
    def outside(self) -> float | None:
        """The share of the wall time that is neither reading nor judging."""
        return None if self.read is None or self.judge is None else 1 - (self.read + self.judge) / self.seconds


def made(count: int) -> Iterator[Article]:
    """So many articles, the same each time."""
    seeds = [row for row in files.articles([ROOT / "seeds"], 1_000_000) if isinstance(row, Article)]
    for i in range(count):
        seed = seeds[i % len(seeds)]
        turn = i // len(seeds)
        moment = START + timedelta(minutes=10 * i)
        yield replace(
            seed,
            id=f"bench{i:06}",
            source=OUTLETS[i * 7 % len(OUTLETS)],
            title=_varied(seed.title, turn),
            text=_varied(seed.text, turn),
            published_at=moment,
            fetched_at=moment,
            url="",
        )


def _varied(text: str, turn: int) -> str:
    """Places rotated and every small number moved a little, by the turn."""
    step = turn % len(SWAPS)
    if step:
        table = {name: SWAPS[(i + step) % len(SWAPS)] for i, name in enumerate(SWAPS)}
        text = re.sub(r"\b(?:" + "|".join(SWAPS) + r")\b", lambda match: table[match[0]], text)

    def moved(match: re.Match[str]) -> str:
        value = int(match[0].replace(",", ""))
        if 1900 < value < 2100 or value < 10:
            return match[0]
        return f"{value + turn % 5:,}" if "," in match[0] else str(value + turn % 5)

    return NUMBER.sub(moved, text)


def bench_dry(articles: list[Article], settings: Settings) -> Row:
    """Reading and judging alone, one article after another."""
    facts: dict[str, Any] = {}
    reading = judging = 0.0
    begun, cpu = time.perf_counter(), time.process_time()
    for article in articles:
        at = time.perf_counter()
        record = pipeline.read(article)
        reading += (now := time.perf_counter()) - at
        facts.update(pipeline.fold(facts, record, settings).facts)
        judging += time.perf_counter() - now
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    return Row("in-process (--dry)", seconds, len(articles), reading, judging, cpu)


def bench_embedded(articles: list[Article], settings: config.Settings, steps: Steps) -> Row:
    """The pipeline on the embedded broker, from start to stop of broker and worker."""
    metrics = Metrics()
    begun, cpu = time.perf_counter(), time.process_time()
    asyncio.run(run_embedded(articles, steps, settings, metrics=metrics))
    seconds = time.perf_counter() - begun
    return Row("embedded", seconds, len(articles), *_steps(metrics), cpu=time.process_time() - cpu)


async def bench_kafka(articles: list[Article], settings: config.Settings, steps: Steps) -> Row:
    """One worker on Kafka, from the first fetch to the last commit, the articles already on the topic."""
    await ensure_topics(settings)
    before = await feed.marks(settings)
    sent = await feed.produce_articles(settings, articles, lambda _: "one situation")
    service = Service(settings, steps)
    begun, cpu = time.perf_counter(), time.process_time()
    await service.start()
    await service.ready(60)
    begun, cpu = time.perf_counter(), time.process_time()
    results = await _all_judged(service, settings, sent.total())
    seconds, cpu = results - begun, time.process_time() - cpu
    await service.stop()
    await feed.collect(settings, sent, before, stall_s=60)
    return Row("Kafka, one worker", seconds, len(articles), *_steps(service.metrics), cpu=cpu)


async def _all_judged(service: Service, settings: config.Settings, count: int) -> float:
    """The time when the worker has handled so many articles and their claims."""
    text = service.metrics.seconds.labels("judge")
    done = service.metrics.articles.labels
    while sum(done(o)._value.get() for o in ("claims", "empty", "refused")) < count:
        await asyncio.sleep(0.02)
    while True:
        before = text._sum.get(), service.metrics.writes._value.get()
        at = time.perf_counter()
        await asyncio.sleep(0.3)
        if before == (text._sum.get(), service.metrics.writes._value.get()):
            return at


async def bench_bare(articles: list[Article], settings: config.Settings) -> Row:
    """A plain consumer that decodes the same articles and does nothing else."""
    await ensure_topics(settings)
    await feed.produce_articles(settings, articles, lambda _: "one situation")
    async with clients.consumer(settings) as consumer:
        ends = await clients.ends(consumer, settings, ("articles",))
        begun, cpu = time.perf_counter(), time.process_time()
        count = 0
        async for record in clients.between(consumer, dict.fromkeys(ends, 0), ends):
            decode_article(record.value)
            count += 1
        seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    assert count == len(articles)
    return Row("bare consumer that only decodes", seconds, count, cpu=cpu)


def bench_decode(articles: list[Article]) -> Row:
    """Decoding alone, without any broker."""
    raw = [encode_article(article) for article in articles]
    begun = time.perf_counter()
    for value in raw:
        decode_article(value)
    return Row("decoding alone", time.perf_counter() - begun, len(raw))


def _steps(metrics: Metrics) -> tuple[float, float]:
    return metrics.seconds.labels("read")._sum.get(), metrics.seconds.labels("judge")._sum.get()


def show(rows: list[Row]) -> None:
    """A table, with each rate beside the first row's."""
    first = rows[0].rate
    print(f"{'':34}{'articles/s':>11}{'of dry':>8}{'read':>9}{'judge':>9}{'outside':>9}{'CPU/article':>13}")
    for row in rows:
        cells = [
            f"{row.name:34}{row.rate:11.1f}{row.rate / first:8.2f}",
            *(f"{value:8.2f}s" if value is not None else f"{'':9}" for value in (row.read, row.judge)),
            f"{row.outside:9.0%}" if row.outside is not None else f"{'':9}",
            f"{row.cpu / row.articles * 1000:10.2f} ms" if row.cpu is not None else "",
        ]
        print("".join(cells))


def kafka_settings(address: str, folder: str) -> config.Settings:
    """Settings of a topic set of its own."""
    name = f"bench{uuid.uuid4().hex[:6]}"
    flags = {"bootstrap_servers": address, "app_id": name, "topic_prefix": name, "partitions": 4, "data_dir": folder}
    return config.load(flags, environ={})


def main() -> None:
    """Runs all and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--no-kafka", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    articles = list(made(given.articles))
    words = statistics.mean(len(article.text.split()) for article in articles)
    default = config.load(environ={})
    judging = Settings(profile=default.profile, max_reports=default.max_reports)
    steps = Steps(pipeline.read, partial(judge, settings=judging))
    pipeline.read(articles[0])  # lexicons are loaded once, and not measured
    rows = [bench_dry(articles, judging), bench_embedded(articles, default, steps)]
    if not given.no_kafka:
        rows += _with_kafka(lambda address, folder: _kafka_rows(articles, steps, address, folder))
    rows.append(bench_decode(articles))
    if given.json:
        print(orjson.dumps([{"name": row.name, "rate": row.rate, "outside": row.outside} for row in rows]).decode())
        return
    print(f"{len(articles)} articles of {words:.0f} words")
    show(rows)


def _kafka_rows(articles: list[Article], steps: Steps, address: str, folder: str) -> list[Row]:
    return [
        asyncio.run(bench_kafka(articles, kafka_settings(address, folder), steps)),
        asyncio.run(bench_bare(articles, kafka_settings(address, folder))),
    ]


def _with_kafka(run: Callable[[str, str], list[Row]]) -> list[Row]:
    sys.path.insert(0, str(ROOT / "tests"))
    from kafka_harness import NoBroker, broker_address

    try:
        address, broker = broker_address()
    except NoBroker as error:
        print(f"without Kafka: {error}", file=sys.stderr)
        return []
    try:
        with tempfile.TemporaryDirectory(prefix="claimstream-bench-") as folder:
            return run(address, folder)
    finally:
        if broker:
            broker.stop()


if __name__ == "__main__":
    main()
