"""The source book in the judge of news: copies are one origin, words have weights, and a switch is exact."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from claim_maker import Monitor, at, holds, judged, killed
from claimstream.commands import cli, cli_books, replay
from claimstream.edges import config
from claimstream.edges.wire import encode_article
from claimstream.fusion import book as books
from claimstream.fusion.book import Book, BookError, Source
from claimstream.fusion.copying import Group
from claimstream.judging.judge import order
from claimstream.model import Article, Settings, SourceBook
from claimstream.streaming import books as bookshelf
from claimstream.streaming.embedded import Run

ALWAYS = datetime.min.replace(tzinfo=UTC)
A, B, C = ("outlet:a.example", "outlet:b.example", "outlet:c.example")


def book(since=ALWAYS, groups=(), unknown=1.0, version="v1", **weights):
    weight = {f"outlet:{name}.example": value for name, value in weights.items()}
    members = {source: f"copies:{group[0]}" for group in groups for source in group}
    return SourceBook(version=version, since=since, unknown=unknown, groups=members, weights=weight)


def by(*given):
    return Settings(books=tuple(given))


def toll(hour, number, outlet, words=""):
    sentence = words or f"Reporters of {outlet} counted {number} bodies in hall {hour} of the college."
    return killed(hour, number, number, sentence, outlet=f"{outlet}.example")


def test_sources_that_copy_one_another_are_one_origin():
    """Ten papers that the book calls copies are one voice; without a book they outvote the two that counted."""

    def stand(settings):
        monitor = Monitor(settings)
        monitor.tell(toll(0, 30, "x"))
        monitor.tell(toll(0.1, 30, "y"))
        for n in range(10):
            monitor.tell(toll(1 + n / 10, 12, f"copy{n}"))
        return monitor

    papers = [f"outlet:copy{n}.example" for n in range(10)]
    with_book, without = stand(by(book(groups=[papers]))), stand(by())
    assert (without.fact.stand.best, with_book.fact.stand.best) == (12, 30)
    last = [monitor.published[-1] for monitor in (with_book, without)]
    assert [[side.origins for side in alert.sides] for alert in last] == [[2, 1], [2, 8]]
    assert with_book.whats[3:] == ["copy"] * 9
    assert (with_book.fact.stand.book, without.fact.stand.book) == ("v1", "")


def test_what_is_believed_goes_by_weight():
    def best(settings):
        monitor = Monitor(settings)
        monitor.tell(toll(0, 30, "a"))
        monitor.tell(toll(0.1, 12, "b"))
        monitor.tell(toll(0.2, 12, "c"))
        return monitor.fact.stand.best

    assert best(by()) == 12
    assert best(by(book(a=5.0, b=2.0, c=2.0))) == 30
    assert best(by(book(a=5.0, b=2.0, c=4.0))) == 12


def test_a_light_word_does_not_move_what_is_assessed():
    def assessed(settings):
        monitor = Monitor(settings)
        for outlet in "ab":
            text = f"The army is in control of the military college, {outlet} witnesses said."
            monitor.tell(holds(ord(outlet) - 97, "Syrian army", "yes", text, outlet=f"{outlet}.example"))
        text = "Rebels are in control of the military college."
        monitor.tell(holds(2, "rebels", "yes", text, outlet="c.example"))
        monitor.tell(holds(2.5, "rebels", "yes", "The rebels have the college, we saw.", outlet="d.example"))
        return monitor.fact.stand.assessed

    assert "rebel" in assessed(by())
    assert assessed(by(book(c=0.1, d=0.1, a=4.0, b=4.0))) == "state:SY"


def test_a_fair_grade_takes_the_weight_of_two_that_nobody_knows():
    def grade(settings):
        monitor = Monitor(settings)
        monitor.tell(toll(0, 30, "a"))
        monitor.tell(toll(0.1, 30, "b"))
        return monitor.fact.stand.grade

    assert grade(by()) == "fair"
    assert grade(by(book(unknown=3.7))) == "fair"
    assert grade(by(book(unknown=3.7, b=0.5))) == "weak"
    assert grade(by(book(unknown=3.7, a=7.0, b=0.5))) == "fair"
    assert grade(by(book(unknown=3.7, groups=[(A, B)]))) == "weak"


def test_a_source_that_is_not_to_be_heard_raises_nothing():
    monitor = Monitor(by(book(b=0.0)))
    monitor.tell(toll(0, 30, "a"))
    monitor.tell(toll(0.1, 12, "b"))
    assert monitor.published == []
    assert monitor.fact.stand.best == 30
    assert [(r.what, r.reason.code) for r in monitor.fact.reports][1] == ("background", "not heard")


def test_a_book_counts_from_its_time_on():
    """Two papers contradict as two voices; from noon on they are one, whose later word stands."""
    switch = by(book(since=at(12), groups=[(A, B)]))
    monitor = Monitor(switch)
    monitor.tell(toll(10, 30, "a"))
    monitor.tell(toll(10.1, 12, "b"))
    assert [alert.state for alert in monitor.published] == ["open"]
    assert monitor.fact.stand.book == ""
    monitor.tell(toll(13, 12, "c"))
    assert monitor.fact.stand.book == "v1"
    assert {v.origin: v.claim.low for v in monitor.fact.stand.voices} == {f"copies:{A}": 12, C: 12}
    assert [alert.state for alert in monitor.published] == ["open", "resolved"]


def test_a_word_that_two_copies_share_is_one_voice_with_one_more_copy():
    monitor = Monitor(by(book(since=at(12), groups=[(A, B)])))
    monitor.tell(toll(10, 30, "a"))
    monitor.tell(toll(10.1, 30, "b"))
    monitor.tell(toll(13, 30, "c"))
    voices = {v.origin: (v.copies, v.outlets) for v in monitor.fact.stand.voices}
    assert voices == {f"copies:{A}": (1, ("b.example", "a.example")), C: (0, ("c.example",))}


@st.composite
def switched(draw):
    """Claims on one subject around the switch from one book to another, and an order in which they come."""
    outlets, claims = "abcdef", []
    for n in range(draw(st.integers(2, 14))):
        number = draw(st.sampled_from((12, 12, 30, 31)))
        claims.append(toll(9 + n / 2, number, draw(st.sampled_from(outlets))))
    groups = [draw(st.permutations([f"outlet:{o}.example" for o in outlets]))[:3]]
    weights = {o: draw(st.sampled_from((0.0, 0.5, 1.0, 4.0))) for o in outlets}
    first = book(since=at(9 + draw(st.integers(0, 6))), version="v1", groups=groups)
    second = book(since=at(12.2), version="v2", **weights)
    return claims, draw(st.permutations(claims)), by(first, second)


@given(switched())
@settings(max_examples=150, deadline=None)
def test_a_switch_does_not_depend_on_the_order_in_which_claims_come(made):
    claims, shuffled, switch = made
    assert judged(shuffled, settings=switch) == judged(sorted(claims, key=order), settings=switch)


# The book as the judge takes it


def test_a_book_for_the_judge_weighs_a_group_by_its_weightiest_member():
    file = Book(
        sources=(Source("x", 1.5), Source("y", 4.25), Source("z", 0.0)),
        groups=(Group(("x", "y"), 30, 0, 10),),
        unknown=3.7,
    )
    told = books.published(file, ALWAYS)
    assert told.version == file.version
    assert (told.groups, told.unknown) == ({"x": "copies:x", "y": "copies:x"}, 3.7)
    assert told.weights == {"x": 1.5, "y": 4.25, "z": 0.0, "copies:x": 4.25}


def test_books_of_a_replay_name_a_file_and_a_time(tmp_path):
    path = tmp_path / "book.toml"
    path.write_text(books.write(Book(sources=(Source("x", 1.5),), unknown=3.7)))
    one, two = cli_books.books_of([f"{path}@2031-05-06T12:00", str(path)])
    assert (one.since, two.since) == (ALWAYS, datetime(2031, 5, 6, 12, tzinfo=UTC))
    with pytest.raises(BookError, match="no time"):
        cli_books.books_of([f"{path}@noon"])


# Through the pipeline

TEXT = "KAFR SALOUM, Syria - The strike on the market in Kafr Saloum on Tuesday killed {} people, {}."


def article(n, outlet, number, words):
    hour = datetime(2031, 5, 6, 8 + n, tzinfo=UTC)
    text = TEXT.format(number, words)
    return Article(id=f"a{n}", source=f"{outlet}.example", text=text, published_at=hour, fetched_at=hour)


ARTICLES = (
    article(0, "x", 30, "our reporter counted in the morgue"),
    article(1, "y", 12, "as was seen from the roof of a house"),
    article(2, "z", 12, "according to what could be learned"),
)


def learned_book():
    sources = tuple(Source(f"outlet:{name}.example", weight) for name, weight in (("x", 5.0), ("y", 2.0), ("z", 2.0)))
    return Book(sources=sources, unknown=3.7)


def test_a_dry_replay_by_a_book(tmp_path):
    path, told = tmp_path / "book.toml", tmp_path / "articles.jsonl"
    path.write_text(books.write(learned_book()))
    told.write_bytes(b"\n".join(map(encode_article, ARTICLES)))
    command = ["replay", "--dry", str(told), "--table-out", "-"]
    plain = CliRunner().invoke(cli.app, command)
    judged_so = CliRunner().invoke(cli.app, [*command, "--book", str(path)])
    assert (plain.exit_code, judged_so.exit_code) == (0, 0), judged_so.output
    version = learned_book().version
    assert f'"book":"{version}"' in judged_so.stdout and version not in plain.stdout
    assert '"best":12' in plain.stdout and '"best":30' in judged_so.stdout.partition('"base"')[0]


def test_workers_judge_by_the_published_book_as_a_dry_replay_does():
    since = ARTICLES[1].fetched_at
    told = books.published(learned_book(), since)
    steps = replay.steps(Settings())
    seen = asyncio.Event()

    def use(found):
        steps.use(found)
        if found:
            seen.set()

    async def run():
        async with Run(replace(steps, use=use), config.load({"commit_interval_s": 0.5}, environ={})) as worker:
            await bookshelf.publish(worker.service.settings, told)
            async with asyncio.timeout(20):
                await seen.wait()
            listed = await bookshelf.published(worker.service.settings)
            for one in ARTICLES:
                await worker.put(one)
            await worker.drain()
            return listed, worker.results()

    listed, results = asyncio.run(asyncio.wait_for(run(), 90))
    assert listed == (told,)
    assert results.facts == replay.dry(ARTICLES, Settings(books=(told,))).facts
    assert {fact.stand.book for fact in results.facts} == {told.version}
    assert results.facts != replay.dry(ARTICLES, Settings()).facts


def test_many_books_and_random_orders_end_alike():
    """A longer stream than Hypothesis would make, with limits that make reports leave."""
    chance = random.Random(7)
    claims = [toll(9 + n / 4, chance.choice((12, 30, 31, 33)), chance.choice("abcdefgh")) for n in range(60)]
    some = [book(since=at(9 + 3 * n), version=f"v{n}", groups=[(A, B)] if n % 2 else [(B, C)]) for n in range(5)]
    whole = judged(claims, settings=by(*some))
    for _ in range(5):
        batches = [chance.randint(1, 9) for _ in range(60)]
        assert judged(claims, batches, settings=by(*some)) == whole
    assert whole.stand.book == "v4" and whole.left > 0
