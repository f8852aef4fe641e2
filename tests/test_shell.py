"""What happens to one record, without any broker: the order of effects, repeats, failures in the middle."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from claimstream.edges.config import Settings
from claimstream.edges.metrics import Metrics
from claimstream.edges.wire import alert_codec, claims_codec, deadletter_codec, encode_article, fact_codec
from claimstream.model import Article
from claimstream.streaming.shell import Cause, Facts, Observer, Record, Shell, Steps
from tiny_steps import STEPS, judge, read

START = datetime(2016, 9, 1, tzinfo=UTC)
SETTINGS = Settings()


class BrokersDown(Exception):
    """What an outbox raises when it has given up."""


class Rig:
    """A shell on lists: `log` holds every effect in its order. `fail_at` makes the effect of that number fail."""

    def __init__(self, steps=STEPS, settings=SETTINGS, rows=None):
        self.log = []
        self.rows = {} if rows is None else rows
        self.fail_at = None
        self.told = []
        self.shell = Shell(settings, steps, self, self, Metrics(), self)

    def _effect(self, what):
        if self.fail_at is not None and len(self.log) == self.fail_at:
            raise BrokersDown
        self.log.append(what)

    async def send(self, records):
        self._effect(("send", [record.topic.rpartition(".")[2] for record in records], records))
        return [SimpleNamespace(partition=0, offset=i) for i in range(len(records))]

    async def write(self, partition, rows):
        self._effect(("write", partition, rows))
        self.rows.update(rows)

    def get(self, key):
        return self.rows.get(key)

    def items(self):
        return sorted(self.rows.items())

    def __getattr__(self, name):
        """An observer that remembers what it was told."""
        return lambda *what: self.told.append((name, *what))

    def sent(self, topic):
        return [r for what, topics, records in self.log if what == "send" for r in records if r.topic.endswith(topic)]

    def take(self, *records):
        async def scenario():
            for record in records:
                await (self.shell.article if record.topic.endswith("articles") else self.shell.claims)(record)

        asyncio.run(scenario())


def article(i, text, source="alpha"):
    row = Article(id=f"a{i}", source=source, text=text, fetched_at=START + timedelta(seconds=i))
    return Record("claimstream.articles", 0, i, b"a", encode_article(row))


def claims(i, text, source="alpha"):
    row = Article(id=f"a{i}", source=source, text=text, fetched_at=START + timedelta(seconds=i))
    return Record("claimstream.claims", 3, i, b"a", claims_codec.encode(read(row)))


def test_an_article_gives_one_claims_record_keyed_by_its_situation_even_without_claims():
    rig = Rig()
    rig.take(article(1, "5 dead in Port, 6 dead in Camp"), article(2, "nothing to count"))
    first, second = rig.sent(".claims")
    assert (first.key, second.key) == (b"a", b"a")
    assert [len(claims_codec.decode(r.value).claims) for r in (first, second)] == [2, 0]


def test_an_article_without_a_time_takes_the_brokers():
    rig = Rig()
    rig.take(
        Record("claimstream.articles", 0, 1, b"a", b'{"source": "alpha", "text": "5 dead in Port"}', 1_473_292_800.0)
    )
    (sent,) = rig.sent(".claims")
    assert claims_codec.decode(sent.value).arrived_at == datetime(2016, 9, 8, tzinfo=UTC)


def test_alerts_are_acknowledged_before_the_table_is_written():
    rig = Rig()
    rig.take(claims(1, "5 dead in Port"), claims(2, "9 dead in Port, 1 dead in Camp", "arrow"))
    effects = [(what, where) for what, where, _ in rig.log]
    assert effects == [("write", 3), ("send", ["alerts"]), ("write", 3)]
    assert [key for key, _ in rig.log[-1][2]] == [b"a/dead/Port", b"a/dead/Camp"], "one write for each subject"


@pytest.mark.parametrize("fails", range(3))
def test_a_failure_between_any_two_effects_is_made_good_by_delivering_again(fails):
    """The record comes again after the failure; table and alerts are as if nothing had happened."""
    records = [claims(1, "5 dead in Port"), claims(2, "9 dead in Port", "arrow"), claims(3, "7 dead in Port", "amber")]
    smooth = Rig()
    smooth.take(*records)
    rough = Rig()
    for record in records:
        rough.fail_at = len(rough.log) + fails % 2 if record.offset == 2 or fails == 2 else None
        try:
            rough.take(record)
        except BrokersDown:
            rough.fail_at = None
            again = Rig(rows=rough.rows)  # another worker, which recovered the table
            again.log = rough.log
            rough = again
            rough.take(record)
    assert rough.rows == smooth.rows

    def alerts(rig):
        found = [alert_codec.decode(record.value) for record in rig.sent(".alerts")]
        return {(alert.id, alert.revision): alert for alert in found}

    assert alerts(rough) == alerts(smooth)


def test_a_record_delivered_twice_changes_nothing():
    rig = Rig()
    record = claims(1, "5 dead in Port")
    rig.take(record, record)
    assert len(rig.log) == 1
    assert len(fact_codec.decode(rig.rows[b"a/dead/Port"]).reports) == 1


def test_a_failing_subject_does_not_keep_the_others_from_being_judged():
    rig = Rig()
    rig.take(claims(1, "666 dead in Hell, 5 dead in Port"))
    assert list(rig.rows) == [b"a/dead/Port"]
    (dead,) = rig.sent(".deadletter")
    letter = deadletter_codec.decode(dead.value)
    assert (letter.stage, letter.reason, letter.key) == ("judge", "RuntimeError", "a/dead/Hell")
    assert [c.subject for c in claims_codec.decode(letter.raw.encode()).claims] == ["a/dead/Hell"]


def test_a_correction_that_fails_is_set_aside_whole_once():
    """A part of it, sent again, would take back what the other parts say."""
    rig = Rig()
    row = Article(id="a1", source="alpha", text="666 dead in Hell, 666 hurt in Hell, 5 dead in Port", fetched_at=START)
    record = Record("claimstream.claims", 3, 1, b"a", claims_codec.encode(replace(read(row), status="corrected")))
    rig.take(record)
    assert list(rig.rows) == [b"a/dead/Port"]
    (dead,) = rig.sent(".deadletter")
    assert deadletter_codec.decode(dead.value).raw.encode() == record.value


def test_a_fact_that_outgrows_a_record_is_a_dead_letter_and_the_old_one_stays():
    rig = Rig(settings=SETTINGS.model_copy(update={"max_record_bytes": 3000}))
    rig.take(*(claims(i, "5 dead in Port") for i in range(1, 6)))
    letters = [deadletter_codec.decode(record.value) for record in rig.sent(".deadletter")]
    assert letters and {(letter.stage, letter.reason) for letter in letters} == {("judge", "too_large")}
    assert 1 <= len(fact_codec.decode(rig.rows[b"a/dead/Port"]).reports) < 5


def test_a_fact_in_the_table_that_cannot_be_read_is_not_overwritten():
    rig = Rig(rows={b"a/dead/Port": b'{"schema": 99}'})
    rig.take(claims(1, "5 dead in Port, 5 dead in Camp"))
    assert rig.rows[b"a/dead/Port"] == b'{"schema": 99}'
    assert b"a/dead/Camp" in rig.rows
    letter = deadletter_codec.decode(rig.sent(".deadletter")[0].value)
    assert (letter.stage, letter.reason) == ("judge", "schema")


def test_a_withdrawal_goes_on_where_a_fact_of_the_article_cannot_be_read():
    row = Article(id="a1", source="alpha", text="nothing", fetched_at=START, status="withdrawn")
    record = replace(read(row), status="withdrawn", situation="a")
    rig = Rig(rows={b"a|x": b'{"schema": 99, "of": "a1"}', b"a|y": b'{"schema": 99, "of": "a2"}'})
    rig.take(Record("claimstream.claims", 3, 1, b"a", claims_codec.encode(record)))
    letters = [deadletter_codec.decode(sent.value) for sent in rig.sent(".deadletter")]
    assert [(letter.stage, letter.reason, letter.key) for letter in letters] == [("judge", "schema", "a|x")]


def test_trouble_with_the_brokers_comes_out_and_is_no_dead_letter():
    rig = Rig()
    rig.fail_at = 0
    with pytest.raises(BrokersDown):
        rig.take(article(1, "5 dead in Port"))
    assert not rig.log


def test_an_alert_record_tells_its_cause():
    rig = Rig()
    rig.take(claims(1, "5 dead in Port"), claims(2, "9 dead in Port", "arrow"))
    (sent,) = rig.sent(".alerts")
    assert sent.key == b"a/dead/Port"
    cause = Cause.parse(dict(sent.headers)["cause"])
    assert cause == Cause(START + timedelta(seconds=2), "a2", 0)


def test_the_cache_of_facts_believes_the_table_and_stays_within_its_limit():
    table = SimpleNamespace(get=lambda key: rows.get(key))
    facts = Facts(table, limit=2000)
    rows = {}
    fact = judge(None, read(Article(id="a", source="alpha", text="5 dead in Port", fetched_at=START)).claims).fact
    for number in range(20):
        key = f"k{number}".encode()
        kept = facts.encode(key, fact)
        rows[key] = kept.raw
        facts.keep(key, kept)
    assert sum(len(kept.raw) for kept in facts._cache.values()) <= 2000
    assert facts._size == sum(len(kept.raw) for kept in facts._cache.values())
    assert facts.get(b"k19").subject == "a/dead/Port"
    del rows[b"k19"]
    assert facts.get(b"k19") is None, "another worker may have removed it"


def test_an_observer_may_be_deaf():
    """Every call of the base class is answered with nothing."""
    observer = Observer()
    assert observer.judged(claims(1, "5 dead in Port")) is None
    shell = Shell(SETTINGS, Steps(read, judge), Rig(), Rig(), Metrics())
    asyncio.run(shell.claims(claims(1, "5 dead in Port")))


def test_a_withdrawal_reaches_the_facts_of_articles_about_no_known_place():
    rows = {b"?|figure|dead": b'{"article": "a1"}', b"UA|figure|dead": b'{"article": "a1"}', b"?|figure|hurt": b"{}"}
    rig = Rig(rows=rows)
    facts = Facts(rig, 1000)
    assert facts.of_article("", "a1") == [b"?|figure|dead"]
    assert facts.of_article("UA", "a1") == [b"UA|figure|dead"]
