"""The pipeline on the broker inside the process: accounting, order, speed of one article, failures."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import pytest

from claimstream.edges.config import load
from claimstream.edges.metrics import Metrics
from claimstream.edges.wire import encode_article, fact_codec
from claimstream.model import Article
from claimstream.streaming.embedded import TOPICS, Embedded, EmbeddedError, Run, run_embedded, settings_for
from claimstream.streaming.shell import Gate, Steps
from claimstream.streaming.stream import Service
from claimstream.streaming.transport import Consumer
from tiny_steps import STEPS, judge, read

pytestmark = pytest.mark.embedded

START = datetime(2016, 9, 1, tzinfo=UTC)
OUTLETS = ("alpha", "beta", "bravo", "gamma", "delta")


def articles(count, padding=0):
    for i in range(count):
        body = f"{i % 5} dead in Town{i % 11}, 7 trucks in Camp." + " x" * (padding // 2)
        yield Article(id=f"a{i:05}", source=OUTLETS[i % 5], text=body, fetched_at=START + timedelta(seconds=i))


def settings():
    return load({"commit_interval_s": 0.5}, environ={})


def bounded(scenario, seconds=120):
    return asyncio.run(asyncio.wait_for(scenario, seconds))


def expected(rows):
    facts, alerts = {}, []
    for article in rows:
        for claim in read(article).claims:
            judgement = judge(facts.get(claim.subject), [claim])
            facts[claim.subject] = judgement.fact
            alerts += judgement.alerts
    return tuple(facts[key] for key in sorted(facts)), tuple(alerts)


def test_a_run_gives_what_the_steps_give_in_order():
    rows = list(articles(300))
    told, progress = [], []
    results = bounded(run_embedded(rows, STEPS, settings(), on_alert=told.append, on_progress=progress.append))
    facts, alerts = expected(rows)
    assert results.claims == tuple(map(read, rows))
    assert results.facts == facts
    assert results.alerts == alerts
    assert sorted(told, key=lambda a: (a.id, a.revision)) == sorted(alerts, key=lambda a: (a.id, a.revision))
    assert progress == sorted(progress) and progress[-1] == 300
    assert not results.dead


def test_two_runs_give_the_same_bytes():
    def one():
        results = bounded(run_embedded(list(articles(80)), STEPS, settings()))
        return [fact_codec.encode(fact) for fact in results.facts], results.alerts, results.claims

    assert one() == one()


def test_more_than_the_broker_holds_is_accounted_for():
    """12 MB of articles through a partition that holds 5 MiB: without the gate, the oldest would be dropped."""
    count = 1200

    def slow_read(article):
        time.sleep(0.002)
        return read(article)

    def forget(fact, claims):
        """A judge whose facts stay small, as this test is about the broker."""
        return judge(None, claims[-1:])

    results = bounded(run_embedded(articles(count, padding=10_000), Steps(slow_read, forget), settings()))
    assert [record.article for record in results.claims] == [f"a{i:05}" for i in range(count)]
    assert not results.dead


def test_one_article_travels_to_the_table_in_a_fifth_of_a_second():
    async def scenario():
        took = []
        async with Run(STEPS, settings()) as run:
            for article in articles(8):
                await asyncio.sleep(0.3)  # idle between two
                begun = time.perf_counter()
                await run.put(article)
                await run.drain()
                took.append(time.perf_counter() - begun)
            assert len(run.results().claims) == 8
        return took

    took = bounded(scenario())
    assert sorted(took)[len(took) // 2] < 0.2, took


def test_a_bad_record_is_counted_and_the_rest_goes_on():
    metrics = Metrics()

    async def scenario():
        async with Run(STEPS, settings(), metrics=metrics) as run:
            for raw in (b"\xff", b"{}", encode_article(Article(id="b", source="x", text="break the reader"))):
                await run.put_raw(raw)
            for article in articles(5):
                await run.put(article)
            await run.drain()
            return run.results()

    results = bounded(scenario())
    assert [(letter.stage, letter.reason) for letter in results.dead] == [
        ("decode", "not_utf8"),
        ("decode", "shape"),
        ("read", "RuntimeError"),
    ]
    assert len(results.claims) == 5
    text = metrics.text().decode()
    assert 'claimstream_articles_total{outcome="refused"} 3.0' in text
    assert 'claimstream_articles_total{outcome="claims"} 5.0' in text
    assert 'claimstream_dead_letters_total{stage="decode"} 2.0' in text


def test_an_article_that_no_topic_takes_becomes_a_dead_letter():
    """Its claims outgrow a record; the article itself is small."""

    def long_read(article):
        record = read(article)
        many = tuple(record.claims[0] for _ in range(20_000)) if article.id == "a00001" else record.claims
        return type(record)(**{name: getattr(record, name) for name in record.__slots__} | {"claims": many})

    results = bounded(run_embedded(articles(3), Steps(long_read, judge), settings()))
    assert [(letter.stage, letter.reason) for letter in results.dead] == [("read", "too_large")]
    assert [record.article for record in results.claims] == ["a00000", "a00002"]


def test_a_stall_is_told_instead_of_waiting_for_ever():
    async def scenario():
        async with Run(STEPS, settings(), stall_s=0.5) as run:
            run._put += 1  # an article that never arrives
            await run.drain()

    with pytest.raises(EmbeddedError, match="0 of 1 articles read"):
        bounded(scenario())


def test_brokers_start_and_stop_beside_each_other():
    with Embedded(["one"]) as first, Embedded(["two"]) as second:
        assert first.address != second.address
    with Embedded(["one"]) as third:
        assert third.address


def test_a_gate_holds_back_what_would_be_too_much():
    async def scenario():
        gate = Gate(100)
        await gate.enter(500)  # one alone always has room
        waiting = asyncio.create_task(gate.enter(60))
        await asyncio.sleep(0.01)
        assert not waiting.done()
        gate.leave(500)
        await waiting
        assert gate.has_room(40) and not gate.has_room(41)

    bounded(scenario(), 5)


def test_a_recovery_that_the_brokers_do_not_answer_ends_the_worker(monkeypatch, tmp_path):
    """Faust would go on without: the worker would keep its partitions and never handle a record again."""

    async def never(self):
        await asyncio.Event().wait()

    monkeypatch.setattr(Consumer, "perform_seek", never)

    async def scenario():
        with Embedded(settings().topic(name) for name in TOPICS) as broker:
            given = settings().model_copy(update={"send_timeout_s": 2.0})
            service = Service(settings_for(given, broker.address, tmp_path), STEPS)
            await service.start()
            try:
                await service.ended
            finally:
                await service.stop()

    with pytest.raises(TimeoutError, match="did not answer"):
        bounded(scenario(), 60)
