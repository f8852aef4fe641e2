"""Telling people: words, signatures, allowed targets, and each revision told once whatever happens on the way."""

import asyncio
import json
import os
import subprocess
import sys
import time
import uuid
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from claimstream.edges import clients, sinks, telling
from claimstream.edges.config import ConfigError, load
from claimstream.edges.kafka import ensure_topics
from claimstream.edges.told import NotifierMetrics
from claimstream.edges.wire import alert_codec
from claimstream.model import Alert, Reason, Side
from claimstream.streaming import notify
from claimstream.streaming.notify import Notifier
from receiver import Receiver

START = datetime(2016, 9, 1, 18, 5, tzinfo=UTC)
MAIN = "from claimstream.commands.cli import main; main()"
SECRET = "sixteen characters and more"


def side(position, sentence, speaker="", source="daily.example"):
    return Side(
        position=position,
        claim="c",
        article="a",
        sentence=sentence,
        speaker=speaker,
        source=source,
        published_at=START,
        origins=2 if speaker else 1,
        copies=1 if speaker else 0,
    )


def alert(number=0, revision=1, state="open", kind="figure", type_="contradiction", **changes):
    base = Alert(
        id=f"id{number}",
        revision=revision,
        type=type_,
        state=state,
        reason=Reason(code="otherwise", words="an independent source of the same time says otherwise"),
        subject=f"subject/{number}",
        situation="XX",
        kind=kind,
        raised_by="a",
        sentence="At least 40 people died.",
        updated_by="a",
        opened_at=START,
        updated_at=START,
        measure="killed",
        who="people",
        place="Riverton",
        sides=(
            side("12", "The ministry counted 12 dead.", "the ministry"),
            side("40 or more", "At least 40 people died."),
        ),
    )
    return replace(base, **changes)


def test_the_words_say_what_disagrees_who_and_when():
    words = telling.text(alert())
    assert words.splitlines() == [
        "Disputed: killed: people (Riverton)",
        "",
        "12 (2 voices, 1 copy)",
        "“The ministry counted 12 dead.”",
        "— the ministry, in daily.example, 1 Sep 2016 18:05 UTC",
        "",
        "40 or more (1 voice)",
        "“At least 40 people died.”",
        "— daily.example, 1 Sep 2016 18:05 UTC",
        "",
        "an independent source of the same time says otherwise · id0 rev 1",
    ]


@pytest.mark.parametrize(
    ("changes", "heading"),
    [
        ({"revision": 3}, "Still disputed: "),
        ({"revision": 3, "state": "conceded"}, "Conceded: "),
        ({"revision": 2, "state": "expired"}, "No news any more: "),
        ({"revision": 1, "state": "resolved", "type_": "change"}, "Changed: "),
        ({"revision": 2, "state": "resolved"}, "Settled: "),
    ],
)
def test_the_first_line_says_what_happened(changes, heading):
    assert telling.title(alert(**changes)).startswith(heading)


def test_untrusted_words_are_cut_and_made_plain():
    nasty = alert(sides=(side("12", "\u202ereversed \x1b[31m" + "word " * 500),))
    words = telling.text(nasty)
    assert "\x1b" not in words and "\u202e" not in words
    assert max(map(len, words.splitlines())) <= telling.QUOTE + 2
    assert words.count("word") < 50


def test_a_signature_fits_only_its_own_message():
    body = telling.webhook_body(alert())
    given = telling.signature(SECRET, 1_600_000_000, body)
    now = 1_600_000_100.0
    assert telling.verified(SECRET, 1_600_000_000, body, given, now)
    assert not telling.verified(SECRET, 1_600_000_001, body, given, now)
    assert not telling.verified(SECRET, 1_600_000_000, body + b" ", given, now)
    assert not telling.verified(SECRET[:-1], 1_600_000_000, body, given, now)
    assert not telling.verified(SECRET, 1_600_000_000, body, "sha256=é", now)
    assert not telling.verified(SECRET, 1_600_000_000, body, given, now + 201), "the same message, sent again later"


def test_every_revision_has_the_same_identity_for_alertmanager():
    now = START + timedelta(hours=1)
    rows = [telling.alertmanager_alert(alert(revision=n, state=s), now) for n, s in ((1, "open"), (2, "conceded"))]
    assert rows[0]["labels"] == rows[1]["labels"]
    assert rows[0]["endsAt"] > now.isoformat() and rows[1]["endsAt"] == now.isoformat()
    early = telling.alertmanager_alert(alert(), START - timedelta(days=1))
    assert early["startsAt"] < early["endsAt"], "a claim dated in the future must not be refused"


@pytest.mark.parametrize(
    ("flags", "fault"),
    [
        ({}, "nobody to tell"),
        ({"webhook_url": "http://127.0.0.1/x"}, "webhook_secret: at least 16"),
        ({"webhook_url": "http://evil.example/x", "webhook_secret": SECRET}, "'evil.example' is not in notify_hosts"),
        ({"webhook_url": "http://127.0.0.1@evil.example/", "webhook_secret": SECRET}, "login"),
        ({"webhook_url": "file:///etc/passwd", "webhook_secret": SECRET}, "http:// or https://"),
        ({"webhook_url": "http://127.0.0.1:99999/", "webhook_secret": SECRET}, "Port out of range"),
        ({"alertmanager_url": "http://elsewhere:9093"}, "'elsewhere' is not in notify_hosts"),
    ],
)
def test_a_target_that_is_not_allowed_is_one_line(flags, fault):
    with pytest.raises(ConfigError, match=fault) as caught:
        sinks.configured(load(flags, environ={}))
    assert "\n" not in str(caught.value) and SECRET not in str(caught.value)


def test_an_alert_type_that_does_not_exist_is_refused():
    with pytest.raises(ConfigError, match="notify_types"):
        load({"notify_types": "contradictions"}, environ={})


def test_the_notifiers_metrics_stand_at_zero():
    lines = NotifierMetrics().text().decode().splitlines()
    assert 'claimstream_notifications_total{outcome="failed",sink="webhook"} 0.0' in lines
    assert len([line for line in lines if not line.startswith("#")]) < 100


# With Kafka


@pytest.fixture
def hook():
    receiver = Receiver()
    yield receiver
    receiver.stop()


@pytest.fixture
def other():
    receiver = Receiver()
    yield receiver
    receiver.stop()


def settings_on(address, **changes):
    name = f"n{uuid.uuid4().hex[:8]}"
    flags = {
        "bootstrap_servers": address,
        "app_id": name,
        "topic_prefix": name,
        "partitions": 2,
        "session_timeout_s": 6,
        "webhook_secret": SECRET,
        "notify_timeout_s": 2,
        **changes,
    }
    return load(flags, environ={})


async def put(settings, *alerts):
    """The records onto the alerts topic, as a worker writes them: keyed by subject."""
    async with clients.producer(settings) as producer:
        for each in alerts:
            value = each if isinstance(each, bytes) else alert_codec.encode(each)
            key = b"?" if isinstance(each, bytes) else each.subject.encode()
            await producer.send_and_wait(settings.topic("alerts"), value, key=key)


async def reached(condition, seconds=20):
    for _ in range(int(seconds * 20)):
        if condition():
            return True
        await asyncio.sleep(0.05)
    return bool(condition())


@asynccontextmanager
async def running(settings):
    notifier = Notifier(settings)
    await notifier.start()
    try:
        yield notifier
    finally:
        await notifier.stop()


def told(receiver):
    return [row["delivery"] for row in receiver.got]


def count(notifier, sink, outcome):
    return notifier.metrics.notifications.labels(sink, outcome)._value.get()


@pytest.mark.kafka
def test_each_revision_is_told_once_signed_and_in_order(kafka, hook):
    settings = settings_on(kafka, webhook_url=hook.url)
    first, second = alert(), alert(revision=2)

    async def scenario():
        await ensure_topics(settings)
        await put(settings, first, first, second, first, alert(1, type_="change"))
        async with running(settings) as one:
            assert await reached(lambda: len(hook.got) == 2)
            assert await reached(lambda: count(one, "webhook", "repeated") == 2)
            assert await reached(lambda: one.metrics.text().count(b'lag_records{sink="webhook"} 0.0') == 1)
        await put(settings, second, alert(2))  # a worker's second delivery, after the notifier has been away
        async with running(settings) as two:
            assert await reached(lambda: len(hook.got) == 3)
            assert await reached(lambda: count(two, "webhook", "repeated") == 1)

    asyncio.run(scenario())
    assert told(hook) == ["id0/1", "id0/2", "id2/1"]
    for headers, body in zip(hook.headers, hook.raw, strict=True):
        stamp = int(headers["X-Claimstream-Timestamp"])
        assert telling.verified(SECRET, stamp, body, headers["X-Claimstream-Signature"], time.time())
    assert hook.headers[0]["Idempotency-Key"] == "id0/1"
    assert json.loads(hook.raw[0])["alert"]["sides"][0]["sentence"] == "The ministry counted 12 dead."


@pytest.mark.kafka
def test_a_revision_that_a_late_article_has_changed_is_told_again(kafka, hook):
    settings = settings_on(kafka, webhook_url=hook.url)
    first = alert()
    changed = replace(first, sentence="Another sentence.")

    async def scenario():
        await ensure_topics(settings)
        await put(settings, first, changed, first, changed)
        async with running(settings) as one:
            assert await reached(lambda: count(one, "webhook", "repeated") == 2)

    asyncio.run(scenario())
    assert [row["alert"]["sentence"] for row in hook.got] == [first.sentence, changed.sentence]


@pytest.mark.kafka
def test_a_sink_that_fails_is_tried_again_and_holds_back_itself_alone(kafka, hook, other, monkeypatch):
    monkeypatch.setattr(notify, "FIRST_PAUSE", 0.05)
    settings = settings_on(kafka, webhook_url=hook.url, alertmanager_url=other.url)
    hook.answers = [503] * 4 + [302, 404, 500]

    async def scenario():
        await ensure_topics(settings)
        async with running(settings) as notifier:
            await put(settings, *(alert(n) for n in range(3)))
            assert await reached(lambda: count(notifier, "alertmanager", "sent") == 3)
            assert not hook.got, "the webhook is still down"
            assert await reached(lambda: len(hook.got) == 3)
            assert count(notifier, "webhook", "failed") == 7

    asyncio.run(scenario())
    assert sorted(told(hook)) == ["id0/1", "id1/1", "id2/1"]
    assert hook.attempts == 3 + 7, "a redirect is a failure and is not followed"


@pytest.mark.kafka
def test_what_a_sink_was_not_told_before_the_end_is_told_after_it(kafka, hook):
    settings = settings_on(kafka, webhook_url=hook.url)
    hook.answers = [503] * 1000

    async def scenario():
        await ensure_topics(settings)
        await put(settings, alert(), alert(1))
        async with running(settings):
            assert await reached(lambda: hook.attempts >= 2)
        hook.answers = []
        async with running(settings):
            assert await reached(lambda: len(hook.got) == 2)
            await asyncio.sleep(0.3)

    asyncio.run(scenario())
    assert sorted(told(hook)) == ["id0/1", "id1/1"]


@pytest.mark.kafka
def test_what_is_refused_or_unreadable_is_set_aside_and_the_rest_goes_on(kafka, hook):
    from claimstream.streaming import feed

    settings = settings_on(kafka, webhook_url=hook.url)
    hook.answers = [413]

    async def scenario():
        await ensure_topics(settings)
        before = await feed.marks(settings)
        await put(settings, alert(), b"no alert")
        async with running(settings) as notifier:
            assert await reached(lambda: count(notifier, "webhook", "unreadable") == 1)
            assert await reached(lambda: count(notifier, "webhook", "refused") == 1)
            await put(settings, alert(1))
            assert await reached(lambda: told(hook) == ["id1/1"])
        async with clients.consumer(settings) as consumer:
            ends = await clients.ends(consumer, settings, ("deadletter",))
            return sum(ends[tp] - before[tp] for tp in ends)

    assert asyncio.run(scenario()) == 2


@pytest.mark.kafka
def test_two_notifiers_share_the_work_and_double_nothing(kafka, hook):
    settings = settings_on(kafka, webhook_url=hook.url)
    rows = [alert(n, revision) for revision in (1, 2) for n in range(30)]

    async def scenario():
        await ensure_topics(settings)
        async with running(settings):
            await put(settings, *rows[:20])
            async with running(settings):
                await put(settings, *rows[20:50])
            await put(settings, *rows[50:])
            assert await reached(lambda: len(hook.got) >= len(rows), 30)
            await asyncio.sleep(0.5)

    asyncio.run(scenario())
    assert sorted(told(hook)) == sorted(telling.delivery(row) for row in rows)


@pytest.mark.kafka
def test_open_alerts_are_repeated_to_alertmanager_and_ended_ones_are_not(kafka, other, monkeypatch):
    monkeypatch.setattr(notify, "REPEAT", 0.5)
    settings = settings_on(kafka, alertmanager_url=other.url)

    async def scenario():
        await ensure_topics(settings)
        await put(settings, alert(), alert(1), alert(1, 2, "resolved"))
        async with running(settings):
            assert await reached(lambda: len(other.got) >= 3)
        other.got.clear()
        async with running(settings):  # after a restart it knows from the topic what is open
            assert await reached(lambda: len(other.got) >= 2)

    asyncio.run(scenario())
    assert {tuple(row["labels"]["alert_id"] for row in rows) for rows in other.got} == {("id0",)}


@pytest.mark.kafka
def test_a_notifier_killed_again_and_again_loses_nothing_and_doubles_at_most_what_was_in_hand(kafka, hook, tmp_path):
    settings = settings_on(kafka, webhook_url=hook.url, metrics_port=0)
    rows = [alert(n, revision) for revision in (1, 2) for n in range(40)]
    environ = {
        f"CLAIMSTREAM_{name.upper()}": str(getattr(settings, name))
        for name in ("bootstrap_servers", "app_id", "topic_prefix", "partitions", "webhook_url", "metrics_port")
    }
    environ |= {"PATH": os.environ["PATH"], "CLAIMSTREAM_WEBHOOK_SECRET": SECRET, "CLAIMSTREAM_SESSION_TIMEOUT_S": "6"}
    environ |= {name: os.environ[name] for name in ("PYTHONPATH", "HOME") if name in os.environ}
    hook.pause = 0.02
    asyncio.run(ensure_topics(settings))
    asyncio.run(put(settings, *rows))
    kills = 0
    for enough in (20, 50, len(rows)):
        with (tmp_path / f"{enough}.log").open("wb") as log:
            process = subprocess.Popen([sys.executable, "-c", MAIN, "notify"], env=environ, stdout=log, stderr=log)
        try:
            assert hook.until(lambda enough=enough: len(set(told(hook))) >= enough, 40), log.name
        finally:
            process.kill()
            process.wait(5)
            kills += 1
    got = told(hook)
    assert set(got) == {telling.delivery(row) for row in rows}, "none is lost"
    assert len(got) - len(set(got)) <= kills - 1, "one for each crash between an answer and its commit"
