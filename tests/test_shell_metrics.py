"""What the shell counts while it handles records: with a table and an outbox in memory, and the small steps."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from claimstream.edges.config import load
from claimstream.edges.metrics import Metrics
from claimstream.edges.wire import encode_article
from claimstream.model import Article
from claimstream.streaming.shell import Record, Shell
from tiny_steps import STEPS

ARRIVED = datetime(2020, 5, 1, tzinfo=UTC)


class Memory:
    """An outbox and a table in one."""

    def __init__(self):
        self.sent = []
        self.rows = {}

    async def send(self, records):
        self.sent += records
        return [SimpleNamespace(partition=0, offset=i) for i, _ in enumerate(records)]

    def get(self, key):
        return self.rows.get(key)

    def items(self):
        return sorted(self.rows.items())

    async def write(self, partition, rows):
        self.rows.update(rows)


@pytest.fixture
def worker():
    memory, metrics = Memory(), Metrics()
    shell = Shell(load(environ={}), STEPS, memory, memory, metrics)

    def handle(text, source="alpha", published=ARRIVED, stamp=None, header=None):
        """One article through both agents, as two records of Kafka."""
        article = Article(id=f"{source}{text}", source=source, text=text, published_at=published, fetched_at=ARRIVED)
        taken = time.time() - 2 if stamp is None else stamp
        asyncio.run(shell.article(Record("t.articles", 0, 0, b"a", encode_article(article), taken)))
        claims = [record for record in memory.sent if record.topic.endswith(".claims")][-1]
        headers = claims.headers if header is None else (("arrived", header),)
        asyncio.run(shell.claims(Record("t.claims", 0, 0, claims.key, claims.value, time.time(), headers)))
        return metrics.text().decode().splitlines()

    handle.memory = memory
    return handle


def test_the_time_from_arrival_runs_from_the_brokers_stamp_of_the_article(worker):
    lines = worker("5 dead in Port.")
    assert 'claimstream_arrival_seconds_count{to="consensus"} 1.0' in lines
    assert 'claimstream_arrival_seconds_count{to="alert"} 0.0' in lines
    assert 'claimstream_arrival_seconds_bucket{le="1.0",to="consensus"} 0.0' in lines, "it arrived two seconds ago"
    assert 'claimstream_arrival_seconds_bucket{le="10.0",to="consensus"} 1.0' in lines


def test_an_alert_counts_by_what_it_tells_and_stands_open(worker):
    worker("5 dead in Port.")
    worker("9 dead in Port.", "abc")
    lines = worker("11 dead in Port.", "axe")
    assert 'claimstream_alert_revisions_total{transition="opened",type="contradiction"} 1.0' in lines
    assert 'claimstream_alert_revisions_total{transition="rewritten",type="contradiction"} 1.0' in lines
    assert 'claimstream_arrival_seconds_count{to="alert"} 2.0' in lines
    assert "claimstream_outlets 3.0" in lines


def test_the_bytes_of_the_table_are_those_that_stand_in_it(worker):
    for text in ("5 dead in Port, 3 shells in Camp.", "6 dead in Port.", "6 dead in Port, 4 shells in Camp."):
        lines = worker(text)
        total = sum(map(len, worker.memory.rows.values()))
        assert f"claimstream_table_bytes {float(total)}" in lines


@pytest.mark.parametrize("header", [b"", b"yesterday", b"\xff"])
def test_a_header_that_says_nothing_is_not_measured(worker, header):
    lines = worker("5 dead in Port.", header=header)
    assert 'claimstream_arrival_seconds_count{to="consensus"} 0.0' in lines
    assert 'claimstream_articles_total{outcome="claims"} 1.0' in lines


@pytest.mark.parametrize(("days", "late"), [(13, 0.0), (15, 1.0), (-3, 0.0)])
def test_an_article_is_late_by_its_own_date(worker, days, late):
    lines = worker("5 dead in Port.", published=ARRIVED - timedelta(days=days))
    assert f"claimstream_late_articles_total {late}" in lines
