"""Streams in any order, doubled, split over partitions and workers that die: the same table, the same alerts.

The articles are those of tests/scenarios, read once. A cluster of plain objects stands for the brokers: each partition
of the claims topic is handled by a worker's true shell, which may be replaced by a new one that finds the table as it
was, while the last records, or all, are delivered to it again.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimstream import pipeline
from claimstream.commands import replay
from claimstream.edges import config
from claimstream.edges.metrics import Metrics
from claimstream.edges.wire import alert_codec, claims_codec, fact_codec
from claimstream.model import Settings
from claimstream.streaming.shell import Record, Shell
from scenario_language import parse

PARTITIONS = 3
ROOMY, TIGHT = Settings(max_reports=200), Settings(max_reports=8)
"""A claim from before the reports that a fact still keeps comes too late: disorder needs room while it lasts."""
SETTINGS = config.load(environ={})


@cache
def records():
    """The claims of every original article of the scenarios, of several situations, in the order of arrival."""
    found = []
    for path in sorted(Path(__file__).with_name("scenarios").glob("*.txt")):
        for article in parse(path).articles:
            if article.status == "original":
                found.append(pipeline.read(article))
                elsewhere = replace(found[-1], situation="XX", article=found[-1].article + "-x", claims=())
                if len(found) % 3 == 0:
                    claims = tuple(replace(c, situation="XX", article=elsewhere.article, subject="XX" + c.subject[2:])
                                   for c in found[-1].claims)  # fmt: skip
                    found.append(replace(elsewhere, claims=claims))
    return tuple(sorted((one for one in found if one.claims), key=lambda one: (one.arrived_at, one.article)))


class Partition:
    """A partition of the claims topic with its part of the table, what was sent, and the worker that has it now."""

    def __init__(self, judging):
        self.rows, self.sent, self.log, self.judging = {}, [], [], judging
        self.restart()

    def restart(self):
        """The worker is gone; the next one finds the table."""
        self.shell = Shell(SETTINGS, replay.steps(self.judging), self, self, Metrics())

    async def send(self, records):
        for record in records:
            assert record.topic.endswith("alerts"), record
            self.sent.append(alert_codec.decode(record.value))
        return [SimpleNamespace(partition=0, offset=i) for i in range(len(records))]

    async def write(self, partition, rows):
        for key, raw in rows:
            if raw is None:
                self.rows.pop(key)
            else:
                self.rows[key] = raw

    def get(self, key):
        return self.rows.get(key)

    def items(self):
        return sorted(self.rows.items())

    def take(self, value):
        self.log.append(value)
        asyncio.run(self.shell.claims(Record("claimstream.claims", 0, len(self.log), b"", value)))

    def again(self, count):
        """The worker dies before it has committed so many records; the next is given them again."""
        self.restart()
        for value in self.log[len(self.log) - count :] if count else ():
            asyncio.run(self.shell.claims(Record("claimstream.claims", 0, 0, b"", value)))


def cluster(moves, judging):
    """Plays the moves: a number is the record of that number, (partition, count) a worker's death."""
    partitions = [Partition(judging) for _ in range(PARTITIONS)]
    for move in moves:
        if isinstance(move, int):
            one = records()[move]
            partitions[sum(one.situation.encode()) % PARTITIONS].take(claims_codec.encode(one))
        else:
            at, count = move
            partitions[at].again(min(count, len(partitions[at].log)))
    facts = {fact.subject: fact for p in partitions for fact in map(fact_codec.decode, p.rows.values())}
    return facts, [alert for p in partitions for alert in p.sent]


def straight(numbers, judging):
    """What comes of the same records in order, each once, without a broker."""
    ledger = pipeline.Ledger(judging)
    alerts = [alert for n in sorted(set(numbers)) for alert in ledger.take(records()[n]).alerts]
    return ledger.facts, alerts


def standing(alerts):
    """Each alert as who follows the topic has it, those taken back left out: they never were."""
    last = {alert.id: alert for alert in alerts}
    return {
        id: replace(alert, restated_by="", digest="") for id, alert in last.items() if alert.reason.code != "reordered"
    }


@st.composite
def streams(draw):
    """Some records, out of order, some twice, with deaths of workers in between."""
    count = len(records())
    numbers = draw(st.lists(st.integers(0, count - 1), min_size=4, max_size=40, unique=True))
    if draw(st.booleans()):
        first = draw(st.integers(0, max(0, count - 30)))
        numbers = list(draw(st.permutations(range(first, min(count, first + 30)))))
    twice = draw(st.lists(st.sampled_from(numbers), max_size=6))
    moves = [*numbers, *twice]
    for _ in range(draw(st.integers(0, 3))):
        death = (draw(st.integers(0, PARTITIONS - 1)), draw(st.integers(0, 12)))
        moves.insert(draw(st.integers(0, len(moves))), death)
    return moves


def test_the_stream_is_worth_shuffling():
    """Several situations, many records, and a good number of alerts with several revisions."""
    _, alerts = straight(range(len(records())), ROOMY)
    assert len(records()) > 60 and len({one.situation for one in records()}) >= 3
    assert len({alert.id for alert in alerts}) > 8 and len([a for a in alerts if a.revision > 1]) > 8


@given(streams())
@example(list(range(40))[::-1])
@example([0, 1, 2, (0, 3), 5, 4, (1, 12), 3, 0])
@settings(max_examples=25, deadline=None)
def test_any_order_any_partition_any_death_one_result(moves):
    facts, alerts = cluster(moves, ROOMY)
    plain_facts, plain_alerts = straight([move for move in moves if isinstance(move, int)], ROOMY)
    assert facts == plain_facts
    assert standing(alerts) == standing(plain_alerts)
    contents = {}
    for alert in [*alerts, *plain_alerts]:
        key = alert.id, alert.revision, alert.digest
        assert contents.setdefault(key, alert) == alert, "a record of one key has one content, in every run"


@pytest.mark.parametrize("deaths", [(), ((0, 5), (1, 5), (2, 5))])
@pytest.mark.parametrize("judging", [ROOMY, TIGHT])
def test_in_order_every_revision_is_the_same_and_sent_once(deaths, judging):
    count = len(records())
    moves = [*range(count // 2), *deaths, *range(count // 2, count)]
    facts, alerts = cluster(moves, judging)
    plain_facts, plain_alerts = straight(range(count), judging)
    assert facts == plain_facts
    mine, theirs = ([(a.subject, a.id, a.revision, a.digest) for a in some] for some in (alerts, plain_alerts))
    assert sorted(mine) == sorted(theirs)
    assert not any(alert.restated_by for alert in alerts)
