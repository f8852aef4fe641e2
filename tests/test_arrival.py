"""The order of a replay and its stamps of arrival."""

from datetime import UTC, datetime, timedelta

import pytest

from claimstream.commands.arrival import STEP, UNDATED, first_date, in_order, speed, stamped
from claimstream.model import Article

NOON = datetime(2021, 3, 4, 12, tzinfo=UTC)


def article(id, hours=None):
    return Article(id=id, source="s", published_at=None if hours is None else NOON + timedelta(hours=hours))


def ids(articles):
    return [a.id for a in articles]


def test_dated_articles_are_sorted_by_time_unless_told_otherwise():
    given = [article("b", 2), article("a", 1)]
    assert ids(in_order(given, None)) == ["a", "b"]
    assert ids(in_order(given, "given")) == ["b", "a"]


def test_one_undated_article_keeps_the_given_order():
    given = [article("b", 2), article("x"), article("a", 1)]
    assert ids(in_order(given, None)) == ["b", "x", "a"]
    with pytest.raises(ValueError, match="1 have none, the first is x"):
        in_order(given, "time")


def test_arrival_is_strictly_increasing_and_never_before_publication():
    given = [article("x"), article("a", 1), article("late", -5), article("y"), article("b", 2)]
    stamps = [a.fetched_at for a in stamped(given, first_date(given))]
    assert stamps == [
        NOON + timedelta(hours=1),
        NOON + timedelta(hours=1) + STEP,
        NOON + timedelta(hours=1) + 2 * STEP,
        NOON + timedelta(hours=1) + 3 * STEP,
        NOON + timedelta(hours=2),
    ]


def test_a_stream_without_any_date_begins_at_a_fixed_time():
    assert [a.fetched_at for a in stamped([article("x"), article("y")])] == [UNDATED, UNDATED + STEP]


def test_a_recorded_arrival_is_kept():
    kept = Article(id="a", source="s", published_at=NOON, fetched_at=NOON + timedelta(minutes=7))
    assert next(iter(stamped([kept]))).fetched_at == NOON + timedelta(minutes=7)


@pytest.mark.parametrize(("text", "pace"), [("max", None), ("60x", 60.0), ("1", 1.0), ("0.5x", 0.5)])
def test_speed(text, pace):
    assert speed(text) == pace


@pytest.mark.parametrize("text", ["", "fast", "-1x", "0", "nan", "inf"])
def test_a_speed_that_is_none_names_itself(text):
    with pytest.raises(ValueError, match="--speed"):
        speed(text)
