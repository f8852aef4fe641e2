"""The lag that a worker shows on a real Kafka: what waits, and nothing else, also after a restart."""

import asyncio
import re
import time

import pytest

from claimstream.edges.kafka import ensure_topics
from claimstream.streaming.feed import collect, marks, produce_articles
from claimstream.streaming.shell import Steps
from claimstream.streaming.stream import Service
from test_kafka import articles, settings_on, situation
from tiny_steps import judge, read

pytestmark = pytest.mark.kafka


def slow_read(article):
    time.sleep(0.1)
    return read(article)


def lag(service, topic="articles"):
    text = service.metrics.text().decode()
    return float(re.search(rf'^claimstream_lag_records{{topic="{topic}"}} (\S+)$', text, re.M)[1])


async def reached(condition):
    for _ in range(200):
        if condition():
            return True
        await asyncio.sleep(0.05)
    return False


def test_lag_is_what_waits_and_is_gone_when_it_is_done(kafka, tmp_path):
    settings = settings_on(kafka, tmp_path)
    rows = list(articles(30))

    async def scenario():
        await ensure_topics(settings)
        before = await marks(settings)
        sent = await produce_articles(settings, rows, situation)
        service = Service(settings, Steps(slow_read, judge))
        await service.start()
        await service.ready(30)
        seen = []
        assert await reached(lambda: seen.append(lag(service)) or seen[-1] > 0)
        await collect(settings, sent, before, stall_s=30)
        assert await reached(lambda: lag(service) == lag(service, "claims") == 0)
        await service.stop()
        again = Service(settings, Steps(read, judge))
        await again.start()
        await again.ready(30)
        after = []
        for _ in range(20):
            after.append(lag(again) + lag(again, "claims"))
            await asyncio.sleep(0.05)
        await again.stop()
        return max(seen), after

    most, after = asyncio.run(scenario())
    assert 0 < most <= len(rows)
    assert set(after) == {0.0}, "what was committed before the restart does not wait"
