"""State is bounded: counts and bytes of a fact, facts of a situation, texts of a claim; alerts end without a claim."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_maker import at, holds, judged, killed
from claimstream import pipeline
from claimstream.commands import replay
from claimstream.edges import config
from claimstream.edges.metrics import Metrics
from claimstream.edges.wire import Parts, fact_codec, head
from claimstream.judging import bounding, running
from claimstream.judging.alerts import sealed
from claimstream.judging.bounding import PHRASE, SENTENCE, SUBJECT, bounded
from claimstream.judging.judge import expire, judge, order
from claimstream.judging.keeping import Shelf
from claimstream.judging.profile import profile
from claimstream.model import Alert, Article, ArticleClaims, Claim, Fact, Settings, content_id
from claimstream.streaming import feed
from claimstream.streaming.embedded import Run
from claimstream.streaming.feed import Results

FACT_BYTES = 3_000_000
"""More than the hostile stream below reaches (2.6 MB, docs/operations.md), less than half of what a record may take."""
TOWNS = ("Idlib", "Homs", "Hama", "Aleppo", "Raqqa", "Manbij")
EXPIRY = profile("default").expire


def record(*claims: Claim, situation: str = "SY", at_hour: float | None = None) -> ArticleClaims:
    one = claims[0] if claims else None
    when = one.arrived_at if one else at(at_hour or 0)
    article = one.article if one else f"empty {when}"
    return ArticleClaims(
        article=article, situation=situation, source="x", published_at=when, arrived_at=when, claims=claims
    )


def worst(n: int, chance: random.Random) -> Claim:
    """A claim whose texts are as long as they may be, of letters of three bytes; most have a voice of their own."""
    wide = "ፊ"
    origin = f"voice:{n % 200:04}" + wide * (PHRASE - 10)
    number = chance.choice((3, 50, 800, 9000))
    made = killed(n / 6, number, number, f"{n:06}" + wide * (SENTENCE - 6), article=f"a{n:06}")
    texts = dict.fromkeys(("attribution", "speaker", "source", "wire", "who", "place", "since"), wide * PHRASE)
    texts |= {"words": wide * SENTENCE, "source": f"{n % 300:04}" + wide * (PHRASE - 4)}
    return replace(made, subject="SY|" + wide * (SUBJECT - 3), origin=origin, **texts)


def test_a_fact_has_a_largest_size_whatever_is_said():
    chance = random.Random(5)
    fact, largest = None, 0
    for n in range(700):
        fact = judge(fact, [worst(n, chance)]).fact
        if n % 50 in (24, 49):
            largest = max(largest, len(fact_codec.encode(fact)))
    limits = Settings()
    assert fact is not None and fact.left > 500 and fact.stand.silenced > 0
    assert len(fact.reports) <= limits.max_reports
    assert len(fact.stand.voices) <= limits.max_voices and len(fact.base.voices) <= limits.max_voices
    assert len(fact.stand.history) <= limits.max_history and len(fact.stand.strikes) <= limits.max_voices
    assert len(fact.log) <= 3 * limits.max_reports
    assert largest < FACT_BYTES


def test_the_size_of_a_fact_does_not_depend_on_how_many_reports_it_had():
    """Bytes after 2,000 reports of ten outlets are those after 400, but for the digits."""
    fact, sizes = None, {}
    for n in range(2000):
        one = killed(
            n / 60, 10 + n // 300, 10 + n // 300, "The group now counts the dead.", outlet=f"o{n % 10}.example"
        )
        fact = judge(fact, [replace(one, article=f"a{n:06}", id=content_id(n))]).fact
        sizes[n] = len(fact_codec.encode(fact))
    assert max(list(sizes.values())[1000:]) < 1.2 * max(list(sizes.values())[200:500])


def test_reports_of_one_article_beyond_the_limit_leave_together():
    claims = [killed(1, n, n, f"At place {n} there were {n} dead.", article="one", position=n) for n in range(1, 400)]
    fact = judge(None, claims).fact
    assert (len(fact.reports), fact.left) == (0, 399)
    assert fact.last and fact.last == fact.base_key


@given(st.integers(0, 10**6), st.booleans())
@settings(max_examples=12, deadline=None)
def test_folds_that_go_on_change_no_result(seed, quarrel):
    """A fact that came over the wire, with no fold remembered, becomes what one that never left becomes."""
    chance = random.Random(seed)
    told, other, whole = None, None, []
    limits = Settings(max_reports=chance.choice((6, 20)), max_voices=chance.choice((3, 30)), max_history=5)
    for n in range(60):
        outlet = f"o{chance.randrange(9)}.example"
        if quarrel:
            side, word = chance.choice((("rebels", "yes"), ("Syrian army", "yes"), ("rebels", "no")))
            text = f"The {side} {'hold' if word == 'yes' else 'have lost'} the military college, seen {n} times."
            whole.append(holds(n, side, word, text, outlet=outlet, article=f"a{n:03}"))
        else:
            number = chance.choice((12, 12, 13, 30))
            whole.append(killed(n, number, number, f"Hall {n} has {number} bodies.", outlet=outlet, article=f"a{n:03}"))
    for one in whole:
        told, other = judge(told, [one], limits), judge(other and other, [one], limits)
        assert (told.fact, told.alerts, told.reports) == (other.fact, other.alerts, other.reports)
        told, other = told.fact, fact_codec.decode(fact_codec.encode(other.fact))


def test_the_memo_of_folds_is_bounded():
    for n in range(2 * running.FACTS):
        judge(None, [replace(killed(1, 5, 5, "Five died."), subject=f"SY|{n}", article=f"a{n}")])
    assert len(running._live) == running.FACTS


# Texts


def test_texts_of_a_claim_are_cut_around_its_words():
    words = "killed 12 people"
    text = "a " * 3000 + words + " b" * 3000
    made = replace(killed(1, 12, 12, text), words=words, speaker="s" * 999, subject="SY|" + "x" * 999)
    small = bounded(made)
    assert len(small.sentence) == SENTENCE and words in small.sentence and bounding.cut(small)
    assert len(small.speaker) == PHRASE and len(small.subject) == SUBJECT
    assert bounded(replace(made, subject=made.subject + "y")).subject != small.subject
    usual = killed(1, 12, 12, "A strike killed 12 people.")
    assert bounded(usual) is usual


def test_an_article_without_a_full_stop_makes_small_claims():
    text = "KAFR SALOUM, Syria - " + "the strike on the market in Kafr Saloum killed 12 people and " * 800
    read = pipeline.read(Article(id="long", source="x.example", text=text, published_at=at(1)))
    assert read.claims
    assert all(len(c.sentence) <= SENTENCE and c.words in c.sentence for c in read.claims)


# Facts of a situation


def toll(hour: float, place: str, number: int = 12, outlet: str = "a") -> Claim:
    made = killed(hour, number, number, f"In {place} {number} died, {outlet} says.", outlet=f"{outlet}.example")
    return replace(
        made, article=f"{outlet} {place} {hour:08.2f}", subject=f"SY|{place}", id=content_id(place, hour, outlet)
    )


def test_a_full_situation_lets_go_what_was_silent_for_longest_but_open_alerts_last():
    ledger = pipeline.Ledger(Settings(max_facts=3))
    ledger.take(record(toll(0, "disputed", 30)))
    assert ledger.take(record(toll(0.5, "disputed", 12, "b"))).alerts[0].state == "open"
    for n, place in enumerate(("one", "two", "three", "four")):
        folded = ledger.take(record(toll(n + 1, place)))
    assert sorted(ledger.facts) == ["SY|disputed", "SY|four", "SY|three"]
    assert folded.left == ("SY|two",)
    ledger.take(record(replace(toll(9, "elsewhere"), situation="LY", subject="LY|elsewhere"), situation="LY"))
    assert len(ledger.facts) == 4, "another situation has room of its own"


def test_an_open_alert_that_must_leave_is_ended():
    ledger = pipeline.Ledger(Settings(max_facts=1))
    ledger.take(record(toll(0, "x", 30)))
    ledger.take(record(toll(0.5, "x", 12, "b")))
    assert ledger.take(record(toll(1, "y", 30))).left == ("SY|y",), "what has no alert leaves before what has one"
    both = toll(2, "z", 30), replace(toll(2, "z", 12), id="other", origin="voice:a doctor", position=1)
    opened, ended = ledger.take(record(*both)).alerts
    assert (opened.subject, opened.state) == ("SY|z", "open")
    assert (ended.subject, ended.state, ended.reason.code, ended.revision) == ("SY|x", "expired", "no room", 2)
    assert set(ledger.facts) == {"SY|z"}


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 30), st.booleans()), max_size=80), st.integers(1, 5))
def test_a_shelf_keeps_the_last_ones(moves, limit):
    """Against the plain way: sort all, take the first."""
    shelf, plain = Shelf(limit), {}
    for subject, last, is_open in moves:
        shelf.note("SY", f"s{subject}", f"{last:03}", at(9999) if is_open else None)
        plain[f"s{subject}"] = (is_open, f"{last:03}", f"s{subject}")
        out = [one[2] for one in sorted(plain.values())[: max(0, len(plain) - limit)]]
        for one in out:
            del plain[one]
        assert shelf.leaving("SY") == out
    assert len(shelf) == len(plain)


def test_what_left_comes_back_as_new_and_leaves_again_at_once_when_delivered_again():
    """A record that is delivered twice brings back no fact that was let go meanwhile."""
    claims = [toll(n, f"place {n}") for n in range(6)]
    ledger = pipeline.Ledger(Settings(max_facts=2))
    for one in claims:
        ledger.take(record(one))
    before = dict(ledger.facts)
    for one in claims[2:]:
        ledger.take(record(one))
    assert ledger.facts == before


def test_the_head_of_a_fact_says_when_it_is_due_and_when_it_was_last_spoken_of():
    fact = judged([toll(0, 'x"\\', 30), replace(toll(0.5, 'x"\\', 12, 'b"\\'), article='a "quoted" one \\')])
    raw = fact_codec.encode(fact)
    assert head(raw) == (fact.last, fact.due)
    assert head(Parts().encode(fact)) == (fact.last, fact.due)
    assert fact.due == fact.stand.touched_at + EXPIRY
    assert head(fact_codec.encode(judged([toll(0, "x")])))[1] is None
    assert head(b'{"subject":"x","last":"no","due":null,') == ("", None)


# Alerts that run out


def disputed() -> Fact:
    fact = judged([toll(0, "x", 30), toll(0.5, "x", 12, "b")])
    assert fact.stand.alert is not None and fact.stand.alert.state == "open"
    return fact


def test_an_alert_runs_out_by_the_clock_of_its_situation():
    ledger = pipeline.Ledger(Settings())
    for one in (toll(0, "x", 30), toll(0.5, "x", 12, "b")):
        ledger.take(record(one))
    end = at(0.5) + EXPIRY
    quiet = replace(record(at_hour=1), arrived_at=end)
    assert ledger.take(quiet).alerts == ()
    (alert,) = ledger.take(replace(quiet, article="later", arrived_at=end + timedelta(seconds=1))).alerts
    assert (alert.state, alert.updated_at, alert.reason.code, alert.revision) == ("expired", end, "silent", 2)
    assert ledger.facts["SY|x"].due is None and ledger.facts["SY|x"].stand.grade == "fair"
    assert ledger.take(replace(quiet, article="latest", arrived_at=end + timedelta(days=9))).alerts == ()


def test_it_makes_no_difference_who_notices_that_an_alert_has_run_out():
    """The next claim of the fact, or an article about something else before it."""
    late = toll(24 * 100, "x", 12, "c")
    by_claim = judge(disputed(), [late])
    swept = expire(disputed(), at(24 * 80))
    after = judge(swept.fact, [late])
    assert swept.alerts + after.alerts == by_claim.alerts
    assert after.fact == by_claim.fact
    assert expire(swept.fact, at(24 * 90)).alerts == ()


def test_a_claim_from_before_the_end_undoes_it():
    """An article came in out of order: the alert had been touched in time."""
    fact = expire(disputed(), at(24 * 80)).fact
    judgement = judge(fact, [toll(24 * 50, "x", 12, "c")])
    assert judgement.fact == judge(disputed(), [toll(24 * 50, "x", 12, "c")]).fact
    assert (judgement.alerts[-1].state, judgement.alerts[-1].restated_by) == ("resolved", "c x 01200.00")


def test_a_claim_out_of_order_that_touches_nothing_leaves_it_expired():
    fact = expire(disputed(), at(24 * 80)).fact
    early = replace(toll(0.2, "x", 30, "z"), background=True)
    judgement = judge(fact, [early])
    assert judgement.fact.stand.alert == fact.stand.alert
    assert judgement.alerts == ()


# What is sent when articles come out of order


def last_records(alerts: list[Alert]) -> dict[str, Alert]:
    """Each alert as a receiver has it: by the last record that came."""
    return {a.id: replace(a, restated_by="", digest="") for a in alerts}


@st.composite
def quarrels(draw):
    claims = []
    for n in range(draw(st.integers(2, 12))):
        outlet = draw(st.sampled_from("abcde"))
        number = draw(st.sampled_from((12, 12, 30, 31, 90)))
        claims.append(toll(n * draw(st.sampled_from((0.3, 2, 400))), "x", number, outlet))
    unique = list({c.article: c for c in claims}.values())
    return unique, draw(st.permutations(unique))


@given(quarrels())
@settings(max_examples=60, deadline=None)
def test_the_last_record_of_each_alert_is_the_same_in_any_order(made):
    claims, shuffled = made
    straight, mixed = pipeline.Ledger(Settings()), pipeline.Ledger(Settings())
    one = [a for c in sorted(claims, key=order) for a in straight.take(record(c)).alerts]
    other = [a for c in shuffled for a in mixed.take(record(c)).alerts]
    assert mixed.facts == straight.facts
    void = {a.id for a in other if a.reason.code == "reordered"} - {a.id for a in one}
    assert {k: v for k, v in last_records(other).items() if k not in void} == last_records(one)
    assert all(last_records(other)[id].state == "corrected" for id in void)
    keys = [(a.id, a.revision, a.digest) for a in other]
    assert len(keys) == len(set(keys)), "no record is sent twice"


@pytest.mark.parametrize("kind", ["revision", "state", "sides"])
def test_a_digest_tells_contents_apart(kind):
    (alert,) = judge(judged([toll(0, "x", 30)]), [toll(0.5, "x", 12, "b")]).alerts
    changed = {"revision": alert.revision + 1, "state": "expired", "sides": alert.sides[:1]}[kind]
    assert sealed(alert) == alert
    assert sealed(replace(alert, **{kind: changed})).digest != alert.digest


def test_what_leaves_the_table_leaves_its_topic_too():
    """Over the embedded broker: a full situation, the same facts as without a broker, and tombstones for the others."""
    limits = {"max_facts": 4, "commit_interval_s": 0.5}
    articles = [
        Article(
            id=f"a{n}",
            source="x.example",
            text=f"KAFR SALOUM, Syria - A strike on the {place} in Kafr Saloum killed {n + 3} people, officials said.",
            published_at=at(n),
            fetched_at=at(n),
        )
        for n, place in enumerate(("market", "school", "mosque", "bakery", "bridge", "clinic", "mill", "well"))
    ]
    articles += [
        replace(one, id=f"b{n}", text=one.text.replace("Kafr Saloum", town).replace("KAFR SALOUM", town.upper()))
        for n, (one, town) in enumerate(zip(articles, TOWNS, strict=False))
    ]
    metrics = Metrics()

    async def run() -> tuple[Results, tuple[Fact, ...]]:
        steps, flags = replay.steps(Settings(max_facts=4)), config.load(limits, environ={})
        async with Run(steps, flags, metrics=metrics) as worker:
            for one in articles:
                await worker.put(one)
            await worker.drain()
            return worker.results(), await feed.table(worker.service.settings)

    results, topic = asyncio.run(asyncio.wait_for(run(), 90))
    dry = replay.dry(articles, Settings(max_facts=4))
    assert len(dry.facts) == 4 < len({c.subject for r in dry.claims for c in r.claims})
    assert results.facts == dry.facts == topic
    assert b"claimstream_facts_left_total 0.0" not in metrics.text()
