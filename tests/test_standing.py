"""What stands in a worker's table, and which outlets are silent."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from claimstream.edges.metrics import Metrics, transition
from claimstream.edges.standing import Outlets, Standing
from claimstream.edges.wire import fact_codec
from claimstream.model import Alert, Fact, Reason, Stand

NOW = datetime(2020, 1, 1, tzinfo=UTC)


def alert(**changes):
    base = Alert(
        id="a",
        revision=1,
        type="contradiction",
        state="open",
        reason=Reason(code="otherwise", words=""),
        subject="s",
        situation="X",
        kind="control",
        raised_by="1",
        sentence="",
        updated_by="1",
        opened_at=NOW,
        updated_at=NOW,
    )
    return replace(base, **changes)


def fact(grade="contested", of=None):
    return Fact(subject="s", situation="X", kind="control", stand=Stand(alert=of, grade=grade))


def test_writes_are_counted_and_taken_back():
    standing = Standing()
    standing.write(b"s", fact(of=alert()), 100, 0)
    standing.write(b"t", fact(of=alert(type="change")), 50, 0)
    assert standing.counts() == ({("contradiction", "control"): 1, ("change", "control"): 1}, {"control": 2}, 150)
    standing.write(b"s", fact("confirmed", alert(state="resolved")), 120, 100)
    assert standing.counts() == ({("change", "control"): 1}, {"control": 1}, 170)


def test_a_table_filled_behind_its_back_counts_as_if_written():
    rows = {b"s": fact(of=alert()), b"t": fact("none"), b"u": fact("weak", alert(state="expired"))}
    written, rebuilt = Standing(), Standing()
    for key, each in rows.items():
        written.write(key, each, len(fact_codec.encode(each)), 0)
    rebuilt.write(b"gone", fact(of=alert()), 7, 0)
    rebuilt.rebuild([(key, fact_codec.encode(each)) for key, each in rows.items()])
    assert rebuilt.counts() == written.counts()
    assert not rebuilt.stale


def test_a_record_that_cannot_be_read_counts_by_its_bytes_alone():
    standing = Standing()
    standing.rebuild([(b"s", b"\xff"), (b"t", b"[]"), (b"u", b"{}"), (b"v", b'{"kind": "x", "stand": 3}')])
    assert standing.counts() == ({}, {}, 30)


def test_outlets_fall_silent_are_forgotten_and_bounded():
    outlets = Outlets(limit=3, forget_s=1000)
    for at, name in enumerate(("a", "b", "c", "d", "b")):
        outlets.hear(name, at)
    assert outlets.counts(now=5, silence_s=2) == (3, 1), "a left at the limit; c is silent"
    outlets.hear("b", 1)
    assert outlets.counts(now=5, silence_s=2) == (3, 1), "a late delivery does not make an outlet older"
    assert outlets.counts(now=1003.5, silence_s=2) == (1, 1)


def test_what_a_revision_tells():
    assert transition(alert()) == "opened"
    assert transition(alert(revision=2)) == "rewritten"
    assert transition(alert(revision=3, state="conceded")) == "conceded"


def test_the_gauges_follow():
    metrics = Metrics()
    metrics.standing.write(b"s", fact(of=alert()), 100, 0)
    metrics.outlets.hear("a", (datetime.now(UTC) - timedelta(days=2)).timestamp())
    lines = metrics.text().decode().splitlines()
    assert 'claimstream_open_alerts{kind="control",type="contradiction"} 1.0' in lines
    assert 'claimstream_open_alerts{kind="siege",type="change"} 0.0' in lines
    assert 'claimstream_disputed_facts{kind="control"} 1.0' in lines
    assert "claimstream_silent_outlets 1.0" in lines and "claimstream_outlets 1.0" in lines
