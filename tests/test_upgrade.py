"""A group is upgraded worker by worker while articles flow; records of an earlier and of a later schema; SIGTERM."""

import asyncio
import sys
import uuid
from contextlib import suppress
from pathlib import Path

import orjson
import pytest
from aiokafka.errors import KafkaError

from claimstream.edges import clients, kafka, wire
from claimstream.edges.config import load
from claimstream.edges.kafka import ensure_topics
from claimstream.edges.wire import WireError, alert_codec, claims_codec, encode_article, fact_codec
from claimstream.model import SCHEMA, Settings
from test_kafka import _members, articles

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import chaos_check as check  # noqa: E402
import redrive  # noqa: E402
from chaos_articles import LIMIT, prepared  # noqa: E402
from chaos_world import Worker, environment  # noqa: E402

OLD, NEW = SCHEMA, SCHEMA + 1
LATER = 5
"""Articles that a later version has sent before the workers are upgraded."""


def test_what_an_earlier_schema_wrote_is_read_as_ours(monkeypatch):
    _, right = prepared(1, 300, Settings())
    raw = max((value for value in right.table.values() if fact_codec.decode(value).log), key=len)
    monkeypatch.setattr(wire, "SCHEMA", NEW)
    fact = fact_codec.decode(raw)
    assert fact.schema == NEW and {alert.schema for alert in fact.log} == {NEW}
    assert _bare(orjson.loads(fact_codec.encode(fact))) == _bare(orjson.loads(raw))


@pytest.mark.parametrize("codec", [claims_codec, fact_codec, alert_codec])
def test_a_record_of_a_later_schema_is_refused_with_its_reason(codec):
    with pytest.raises(WireError, match=f"later than the {SCHEMA}") as caught:
        codec.decode(b'{"schema": %d}' % NEW)
    assert caught.value.reason == "schema"


class Group:
    """Worker processes of one group; ends every one."""

    def __init__(self, settings, folder):
        self._settings, self._folder = settings, folder
        self.workers = []

    def start(self, schema):
        name = f"worker{len(self.workers)}"
        env = environment({**self._settings, "data_dir": str(self._folder / name)})
        command = [sys.executable, str(ROOT / "tests" / "versioned_worker.py"), str(schema)]
        worker = Worker(name, command, env, self._folder / f"{name}.log")
        worker.start()
        self.workers.append(worker)
        return worker

    def stop(self):
        for worker in self.workers:
            if worker.alive():
                worker.process.kill()
                worker.process.wait(10)


@pytest.fixture
def sets(kafka, tmp_path):
    name = f"t{uuid.uuid4().hex[:8]}"
    return {
        "bootstrap_servers": kafka,
        "app_id": name,
        "topic_prefix": name,
        "partitions": "6",
        "session_timeout_s": "10",
        "commit_interval_s": "0.5",
        "metrics_port": "0",
        "max_article_bytes": str(LIMIT),
        "max_reports": "1000",
    }


@pytest.fixture
def group(sets, tmp_path):
    made = Group(sets, tmp_path)
    yield made
    made.stop()


@pytest.mark.kafka
def test_a_group_is_upgraded_worker_by_worker_while_articles_flow(sets, group, monkeypatch):
    """What the old workers cannot read is parked with its reason, and counts once the new ones are given it again."""
    settings = load(sets, environ={})
    sent, right = prepared(11, 500, Settings(max_reports=1000))
    rows = [row for row in sent if not row.bad]
    later = _never_taken_back(rows)[:LATER]
    upgraded = asyncio.Event()

    async def feed_all():
        async with clients.producer(settings) as producer:
            for i, record in enumerate(rows):
                if i >= 400:  # the last fifth is for the new workers alone
                    await upgraded.wait()
                value = record.value
                if record in later:
                    value = value.replace(b'{"schema":%d,' % OLD, b'{"schema":%d,' % NEW, 1)
                await producer.send_and_wait(settings.topic("articles"), value, record.key)
                await asyncio.sleep(0.02)

    async def upgrade():
        for old in list(group.workers):
            code = await old.end(30)
            assert code == 0, (code, old.ends, old.said()[-2000:])  # the watchdog gives 1 after ten seconds
            group.start(NEW)
            await _members(settings, 3)
        upgraded.set()

    async def scenario():
        await ensure_topics(settings)
        for _ in range(3):
            group.start(OLD)
        await _members(settings, 3)
        feeding = asyncio.create_task(feed_all())
        await asyncio.sleep(3)
        await upgrade()
        await feeding
        await _no_lag(settings)
        monkeypatch.setattr(wire, "SCHEMA", NEW)  # what reads from here on is of the new version, too
        parked = await redrive.letters(settings)
        assert len([p for p in parked if p.topic == settings.topic("articles")]) == LATER
        assert {letter.reason for letter in parked} == {"schema"}
        assert all("later than" in letter.error for letter in parked)
        assert await redrive.send(settings, parked) == len(parked)
        await asyncio.sleep(1)
        await _no_lag(settings)
        assert len(await redrive.letters(settings)) == len(parked), "nothing is parked any more"
        return await check.seen(settings)

    seen = asyncio.run(asyncio.wait_for(scenario(), 400))
    assert not check.tables_differ(_plain(right.table), _plain(seen.table), "table")
    assert {orjson.loads(raw)["schema"] for raw in seen.table.values()} == {OLD, NEW}
    last = {alert["id"]: alert["revision"] for raw in seen.table.values() for alert in orjson.loads(raw)["log"]}
    assert last.items() <= seen.alerts.keys(), "what is true was told"


@pytest.mark.kafka
def test_sigterm_ends_the_record_in_hand_commits_and_leaves_the_group(sets, group):
    """Of 300 articles under way, none is read by the worker that is left but what the other had not begun."""
    settings = load(sets, environ={})
    rows = list(articles(300))

    async def scenario():
        await ensure_topics(settings)
        first = group.start(OLD)
        await _members(settings, 1)
        async with clients.producer(settings) as producer:
            for i, row in enumerate(rows):
                await producer.send(settings.topic("articles"), encode_article(row), str(i).encode())
        while not await _claims(settings):
            await asyncio.sleep(0.05)
        code = await first.end(30)
        read = await _claims(settings)
        async with kafka._Admin(settings) as admin:
            (answer,) = await admin.describe_consumer_groups([settings.app_id])
        assert answer.groups[0][1:3] == (settings.app_id, "Empty"), "it has left: nobody waits for its session to end"
        group.start(OLD)
        while await _claims(settings) < len(rows):
            await asyncio.sleep(0.2)
        await asyncio.sleep(2)
        return code, read, await _claims(settings)

    code, read, all_read = asyncio.run(asyncio.wait_for(scenario(), 300))
    assert code == 0, "the watchdog gives 1 after ten seconds"
    assert 0 < read < len(rows), "it was asked in the middle"
    assert all_read == len(rows), "nothing was read twice: all that was done had been committed"


def _never_taken_back(rows):
    """Those whose article is sent once: one that is parked while its withdrawal passes by is not taken back later."""
    ids = [orjson.loads(row.value)["id"] for row in rows]
    return [row for row, id in zip(rows, ids, strict=True) if ids.count(id) == 1]


async def _claims(settings):
    """Records on the claims topic."""
    async with clients.consumer(settings) as consumer:
        return sum((await clients.ends(consumer, settings, ("claims",))).values())


async def _no_lag(settings):
    while True:
        with suppress(KafkaError):
            behind = await check.lag(settings)
            if not behind["articles"] and not behind["claims"]:
                return
        await asyncio.sleep(0.3)


def _plain(table):
    return {key: orjson.dumps(_bare(orjson.loads(raw))) for key, raw in table.items()}


def _bare(value):
    """The JSON without schema numbers."""
    if isinstance(value, dict):
        return {name: _bare(each) for name, each in value.items() if name != "schema"}
    return [_bare(each) for each in value] if isinstance(value, list) else value
