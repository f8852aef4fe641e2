"""Plays a scenario through the pipeline: in this process, over the embedded broker, and told in other ways."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from claimstream import pipeline
from claimstream.commands import replay
from claimstream.edges import config
from claimstream.model import Article, Settings
from claimstream.streaming import feed
from claimstream.streaming.embedded import PARTITIONS, TOPICS, Embedded, Run, settings_for
from claimstream.streaming.feed import Results
from scenario_language import Again, Scenario

SOON = {"session_timeout_s": 4, "commit_interval_s": 0.2, "fetch_wait_ms": 10}
"""Settings of a worker that is to be missed soon."""


def snapshots(scenario: Scenario) -> dict[int, Results]:
    """What the pipeline in this process says after so many articles, for each number that an expectation stands at."""
    points = sorted({e.told for e in scenario.expectations} | {len(scenario.articles)})
    return {n: replay.dry(scenario.articles[:n], Settings()) for n in points}


def embedded_snapshots(scenario: Scenario) -> dict[int, Results]:
    """The same over the embedded broker, in one go."""
    points = {e.told for e in scenario.expectations} | {len(scenario.articles)}

    async def run() -> dict[int, Results]:
        kept: dict[int, Results] = {}
        async with Run(replay.steps(Settings()), config.load({"commit_interval_s": 0.5}, environ={})) as worker:
            for n, article in enumerate(scenario.articles, 1):
                await worker.put(article)
                if n in points:
                    await worker.drain()
                    kept[n] = worker.results()
        return kept

    return asyncio.run(asyncio.wait_for(run(), 120))


def deliveries(scenario: Scenario, again: Again) -> list[list[Article]]:
    """The orders in which a variant tells the articles; times of publication and of arrival stay what they are."""
    told = list(scenario.articles)
    if again.how == "every article twice":
        return [[article for article in told for _ in range(2)], told + told]
    if again.how == "shuffled within an hour":
        return [_shuffled(told, random.Random(seed)) for seed in range(8)]
    return [told]


def _shuffled(told: list[Article], chance: random.Random) -> list[Article]:
    late = [(a.fetched_at + timedelta(minutes=chance.uniform(0, 60)), a) for a in told if a.fetched_at]
    return [article for _, article in sorted(late, key=lambda pair: pair[0])]


def with_a_kill(scenario: Scenario, again: Again, folder: Path) -> Results:
    """Over the embedded broker with a worker process that is killed once it has read so many articles, then another."""
    with Embedded(f"claimstream.{topic}" for topic in TOPICS) as broker:
        settings = settings_for(config.load(SOON, environ={}), broker.address, folder)
        first = _worker(broker.address, folder)
        try:
            return asyncio.run(asyncio.wait_for(_killed(scenario, again.kill, settings, first, folder), 120))
        finally:
            first.kill()
            first.wait(10)


async def _killed(
    scenario: Scenario, after: int, settings: Any, first: subprocess.Popen[bytes], folder: Path
) -> Results:
    told = scenario.articles
    before = await feed.marks(settings)
    sent = await feed.produce_articles(settings, told[:after], pipeline.situation_of)
    read = 0
    while read < after:
        await asyncio.sleep(0.02)
        if first.poll() is not None:
            raise RuntimeError(f"the worker ended by itself: {(folder / 'worker.log').read_text()[-500:]}")
        now = await feed.marks(settings)
        read = sum(now[place] - n for place, n in before.items() if place.topic == settings.topic("claims"))
    first.kill()  # SIGKILL: it has read the last of them, and may or may not have judged it
    sent += await feed.produce_articles(settings, told[after:], pipeline.situation_of)
    second = _worker(settings.bootstrap_servers, folder)
    try:
        return await feed.collect(settings, sent, before, stall_s=60)
    finally:
        second.terminate()
        await asyncio.to_thread(second.wait, 20)


def _worker(address: str, folder: Path) -> subprocess.Popen[bytes]:
    """A worker process on that broker."""
    flags = {"bootstrap_servers": address, "partitions": PARTITIONS, "data_dir": folder, "metrics_port": 0, **SOON}
    command = [
        sys.executable,
        str(Path(__file__).with_name("scenario_worker.py")),
        *(f"{k}={v}" for k, v in flags.items()),
    ]
    with (folder / "worker.log").open("ab") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
