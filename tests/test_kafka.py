"""The service on a real Kafka: topics, workers, a worker killed half-way, records that cannot be read."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from claimstream.edges import clients, kafka
from claimstream.edges.config import load
from claimstream.edges.kafka import TopicError, ensure_topics
from claimstream.edges.wire import encode_article, fact_codec, raw_of
from claimstream.model import Article
from claimstream.streaming import feed
from claimstream.streaming.feed import collect, marks, produce_articles
from kafka_harness import Broker as OwnBroker
from needs import a_broker
from one_worker import through, worker
from tiny_steps import judge, read, situation

pytestmark = pytest.mark.kafka

START = datetime(2016, 9, 1, tzinfo=UTC)
HERE = Path(__file__).parent


def settings_on(address, folder, **changes):
    name = f"t{uuid.uuid4().hex[:8]}"
    flags = {
        "bootstrap_servers": address,
        "app_id": name,
        "topic_prefix": name,
        "partitions": 4,
        "data_dir": str(folder),
        "session_timeout_s": 6,
        "commit_interval_s": 0.2,
        "metrics_port": 0,
        **changes,
    }
    return load(flags, environ={})


def own_broker():
    """A broker that a test may kill; skips, or fails where Kafka is required, without one."""
    broker = OwnBroker()
    with a_broker():
        broker.start()
    return broker


def articles(count, outlets=("alpha", "beta", "bravo", "gamma", "delta", "epsilon", "zeta")):
    """Outlets that agree on some counts and differ on others."""
    for i in range(count):
        source = outlets[i % len(outlets)]
        body = f"{i % 5} dead in Town{i % 11}, {i % 600} shells in Port, 7 trucks in Camp."
        yield Article(id=f"a{i:05}", source=source, text=body, fetched_at=START + timedelta(seconds=i))


def expected(rows):
    """What the same steps give in this process, one article after another."""
    facts, alerts = {}, []
    for article in rows:
        record = read(article)
        for claim in record.claims:
            judgement = judge(facts.get(claim.subject), [claim])
            facts[claim.subject] = judgement.fact
            alerts += judgement.alerts
    return tuple(facts[key] for key in sorted(facts)), alerts


class Workers:
    """Worker processes; ends every one that it started."""

    def __init__(self, settings, folder):
        changed = {k: v for k, v in settings.model_dump(mode="json").items() if v not in (None, "", "**********")}
        self._flags = [
            f"{name}={value}" for name, value in changed.items() if name not in ("sasl_password", "data_dir")
        ]
        self._folder = folder
        self._started = []

    def start(self):
        number = len(self._started)
        log = (self._folder / f"worker{number}.log").open("wb")
        command = [sys.executable, str(HERE / "tiny_worker.py"), *self._flags, f"data_dir={self._folder}/data{number}"]
        process = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=HERE)
        log.close()
        self._started.append(process)
        return process

    def logs(self):
        return "\n".join(path.read_text()[-3000:] for path in sorted(self._folder.glob("worker*.log")))

    def end(self):
        """Asks each still running to stop; returns the exit codes, None for one that had to be killed."""
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        codes = []
        for process in self._started:
            try:
                codes.append(process.wait(15))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
                codes.append(None)
        return codes


@pytest.fixture
def workers(tmp_path):
    made = []

    def make(settings):
        made.append(Workers(settings, tmp_path))
        return made[-1]

    yield make
    for each in made:
        each.end()


def test_topics_are_made_once_and_checked_afterwards(kafka, tmp_path):
    settings = settings_on(kafka, tmp_path)

    async def scenario():
        with pytest.raises(TopicError, match=r"missing topics: .*articles"):
            await ensure_topics(settings, create=False)
        made = await ensure_topics(settings)
        again = await ensure_topics(settings, create=False)
        with pytest.raises(TopicError, match=r"claims: 4 partitions, not 6"):
            await ensure_topics(settings.model_copy(update={"partitions": 6}), create=False)
        with pytest.raises(TopicError, match=r"max\.message\.bytes 8065536, less than"):
            await ensure_topics(settings.model_copy(update={"max_record_bytes": 9_000_000}), create=False)
        return made, again

    made, again = asyncio.run(scenario())
    assert [line.partition(": ")[2] for line in made] == [
        "made, 4 partitions, delete",
        "made, 4 partitions, delete",
        "made, 4 partitions, compact",
        "made, 4 partitions, delete",
        "made, 4 partitions, compact",
        "made, 4 partitions, delete",
    ]
    assert all(line.endswith(": as it should be") for line in again)


def test_no_broker_is_one_line(tmp_path):
    with pytest.raises(TopicError, match=r"^127\.0\.0\.1:1: ") as caught:
        asyncio.run(ensure_topics(settings_on("127.0.0.1:1", tmp_path)))
    assert "\n" not in str(caught.value)


def test_one_worker_gives_what_the_steps_give(kafka, tmp_path):
    settings = settings_on(kafka, tmp_path)
    rows = list(articles(60))

    async def scenario():
        async with worker(settings) as service:
            before = await marks(settings)
            sent = await produce_articles(settings, rows, situation)
            results = await collect(settings, sent, before, stall_s=30)
            return results, await feed.table(settings), service.metrics.text().decode()

    results, table, metrics = asyncio.run(scenario())
    facts, alerts = expected(rows)
    assert [record.article for record in results.claims] == [row.id for row in rows]
    assert results.facts == table == facts
    assert list(results.alerts) == alerts
    assert not results.dead
    assert 'claimstream_articles_total{outcome="claims"} 60.0' in metrics
    assert 'claimstream_dead_letters_total{stage="read"} 0.0' in metrics


@pytest.mark.parametrize("store", ["memory", "rocksdb"])
def test_a_worker_that_starts_again_goes_on_from_its_table(kafka, tmp_path, store):
    if store == "rocksdb":
        pytest.importorskip("rocksdict")
    settings = settings_on(kafka, tmp_path, store=store)
    rows = list(articles(100))

    first, second = (asyncio.run(through(settings, some)) for some in (rows[:50], rows[50:]))
    facts, alerts = expected(rows)
    assert second.facts == facts
    assert [*first.alerts, *second.alerts] == alerts


def test_a_bad_record_goes_to_the_dead_letters_and_the_stream_goes_on(kafka, tmp_path):
    settings = settings_on(kafka, tmp_path, max_article_bytes=5000)
    good = list(articles(6, outlets=("alpha",)))
    stamp = START + timedelta(days=1)
    bad = {
        "not_utf8": b"\xff\xfe",
        "not_json": b"{",
        "shape": b'{"source": "alpha"}',
        "schema": b'{"schema": 99}',
        "time": b'{"source": "alpha", "text": "x", "published_at": "yesterday"}',
        "too_large": encode_article(Article(id="big", source="alpha", text="x" * 6000)),
        "RuntimeError": encode_article(Article(id="r", source="alpha", text="break the reader", fetched_at=stamp)),
    }
    judged = encode_article(Article(id="j", source="alpha", text="666 dead in Hell, 5 dead in Port", fetched_at=stamp))

    async def scenario():
        async with worker(settings):
            before = await marks(settings)
            producer = AIOKafkaProducer(bootstrap_servers=kafka)
            await producer.start()
            for raw in [*bad.values(), b"", judged]:
                await producer.send_and_wait(settings.topic("articles"), raw, key=b"a")
            await producer.send_and_wait(settings.topic("articles"), None, key=b"a")
            await producer.send_and_wait(settings.topic("claims"), b"no claims", key=b"a")
            await producer.stop()
            sent = await produce_articles(settings, good, situation)
            sent.update(j=1, **{f"bad{i}": 1 for i in range(9)})
            return await collect(settings, sent, before, stall_s=30)

    results = asyncio.run(scenario())
    reasons = Counter((letter.stage, letter.reason) for letter in results.dead)
    assert reasons == {
        ("decode", "not_utf8"): 1,
        ("decode", "not_json"): 4,
        ("decode", "shape"): 1,
        ("decode", "schema"): 1,
        ("decode", "time"): 1,
        ("decode", "too_large"): 1,
        ("read", "RuntimeError"): 1,
        ("judge", "RuntimeError"): 1,
    }
    kept = {letter.reason: raw_of(letter) for letter in results.dead if letter.stage in ("decode", "read")}
    assert all(kept[reason] == raw for reason, raw in bad.items() if reason != "not_json")
    assert {record.article for record in results.claims} == {row.id for row in good} | {"j"}
    assert "a/dead/Port" in {fact.subject for fact in results.facts}, "the other subject of the article is judged"


def test_a_worker_killed_half_way_loses_and_doubles_nothing(kafka, tmp_path, workers):
    """Two workers in one group, 600 articles; one is killed in the middle and another takes its place."""
    settings = settings_on(kafka, tmp_path)
    rows = list(articles(600))
    facts, alerts = expected(rows)
    pool = workers(settings)

    async def scenario():
        await ensure_topics(settings)
        pool.start()
        victim = pool.start()
        await _members(settings, 2)
        before = await marks(settings)
        killed = asyncio.create_task(_kill_half_way(settings, before, victim, len(rows) // 3))
        sent = await produce_articles(settings, rows, situation)
        seen = await killed
        pool.start()
        results = await collect(settings, sent, before, stall_s=60)
        return results, seen, await _alert_records(settings, before)

    results, seen, records = asyncio.run(asyncio.wait_for(scenario(), 240))
    assert seen < len(rows), "the worker was killed after the work was done: the test shows nothing"
    assert pool.end()[0] == 0
    assert [record.article for record in results.claims] == [row.id for row in rows]
    assert [fact_codec.encode(fact) for fact in results.facts] == [fact_codec.encode(fact) for fact in facts]
    assert {(a.id, a.revision): a for a in results.alerts} == {(a.id, a.revision): a for a in alerts}
    assert len(results.alerts) == len(alerts)
    assert len(records) >= len(alerts), "equal ids are the only doubles there may be"
    assert {(r.id, r.revision): r for r in records} == {(a.id, a.revision): a for a in alerts}


def test_a_broker_that_crashes_and_comes_back_costs_nothing(tmp_path, workers):
    """A broker of its own is killed while two workers read, and is started again some seconds later."""
    if os.environ.get("CLAIMSTREAM_TEST_BROKER"):
        pytest.skip("the given broker is not ours to kill")
    broker = own_broker()
    try:
        settings = settings_on(broker.address, tmp_path)
        rows = list(articles(300))
        facts, alerts = expected(rows)
        pool = workers(settings)

        async def one_by_one():
            for row in rows:
                await asyncio.sleep(0.01)
                yield row

        async def outage():
            await asyncio.sleep(1)
            await asyncio.to_thread(broker.crash)
            await asyncio.sleep(4)
            await asyncio.to_thread(broker.start_again)

        async def scenario():
            await ensure_topics(settings)
            pool.start()
            pool.start()
            await _members(settings, 2)
            before = await marks(settings)
            down = asyncio.create_task(outage())
            sent = await produce_articles(settings, one_by_one(), situation)
            await down
            return await collect(settings, sent, before, stall_s=90)

        results = asyncio.run(asyncio.wait_for(scenario(), 240))
        assert pool.end() == [0, 0], pool.logs()
    finally:
        broker.stop()
    assert [record.article for record in results.claims] == [row.id for row in rows]
    assert results.facts == facts
    assert {(a.id, a.revision): a for a in results.alerts} == {(a.id, a.revision): a for a in alerts}


def test_a_worker_answers_on_its_metrics_port_and_stops_gracefully(kafka, tmp_path, workers):
    settings = settings_on(kafka, tmp_path)
    pool = workers(settings)
    pool.start()
    until = time.monotonic() + 30
    url = None
    while not url and time.monotonic() < until:
        found = [line for line in pool.logs().splitlines() if "metrics on " in line]
        url = found[0].partition("metrics on ")[2].removesuffix("/metrics") if found else None
        time.sleep(0.1)
    assert url, pool.logs()
    while time.monotonic() < until and _status(url + "/readyz") != 200:
        time.sleep(0.1)
    assert _status(url + "/readyz") == 200, pool.logs()
    assert _status(url + "/healthz") == 200
    with urllib.request.urlopen(url + "/metrics", timeout=5) as answer:
        assert b"claimstream_ready 1.0" in answer.read()
    begun = time.monotonic()
    assert pool.end() == [0]
    assert time.monotonic() - begun < 10


async def _kill_half_way(settings, before, victim, enough):
    """Kills the worker when so many claims records have appeared; returns how many there were."""
    while True:
        now = await marks(settings)
        seen = sum(now[tp] - before[tp] for tp in now if tp.topic == settings.topic("claims"))
        if seen >= enough:
            victim.kill()
            victim.wait(5)
            return seen
        await asyncio.sleep(0.05)


async def _members(settings, count):
    """Returns when the group has so many members, with partitions handed out."""
    async with kafka._Admin(settings) as admin:
        for _ in range(300):
            with suppress(KafkaError):  # the coordinator of a first group takes a moment
                (answer,) = await admin.describe_consumer_groups([settings.app_id])
                group = answer.groups[0]
                if "Stable" in group and len(group[5]) >= count:
                    return
            await asyncio.sleep(0.1)
    raise TimeoutError(f"the group has no {count} members")


async def _alert_records(settings, before):
    """Every record on the alerts topic, doubles included."""
    from claimstream.edges.wire import alert_codec

    async with clients.consumer(settings) as consumer:
        ends = await clients.ends(consumer, settings, ("alerts",))
        return [alert_codec.decode(record.value) async for record in clients.between(consumer, before, ends)]


def _status(url):
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None
