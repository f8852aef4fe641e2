"""The order in which a replay hands articles on, and the stamp of arrival that each gets: pure, and so repeatable.

A live feed stamps `fetched_at` when an article comes in. A replay must print the same bytes each time, so it uses no
clock: an article arrives when it was published, or one second after the one before, whichever is later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from claimstream.model import Article

Order = Literal["time", "given"]
STEP = timedelta(seconds=1)
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
"""Where a replay begins when no article of it has a date."""


def in_order(articles: list[Article], order: Order | None) -> list[Article]:
    """By time, or as given. None chooses time where every article has one, else the given order."""
    if order is None:
        order = "time" if all(a.published_at for a in articles) else "given"
    if order == "given":
        return articles
    undated = [a.id for a in articles if a.published_at is None]
    if undated:
        raise ValueError(
            f"--order time needs a date in every article; {len(undated)} have none, the first is {undated[0]}"
        )
    return sorted(articles, key=lambda a: a.published_at or UNDATED)


def stamped(articles: Iterable[Article], start: datetime | None = None) -> Iterator[Article]:
    """The articles with strictly increasing times of arrival. `start` serves undated ones before the first date."""
    last = (start or UNDATED) - STEP
    for article in articles:
        own = article.fetched_at or article.published_at
        last = max(own, last + STEP) if own else last + STEP
        yield replace(article, fetched_at=last)


def first_date(articles: Iterable[Article]) -> datetime | None:
    """The date of the first article that has one."""
    return next((a.published_at for a in articles if a.published_at), None)


def speed(text: str) -> float | None:
    """How many times as fast as the articles' own times ("60x"); None for "max". Raises ValueError."""
    if text == "max":
        return None
    try:
        value = float(text.removesuffix("x"))
    except ValueError:
        value = 0.0
    if not 0 < value < float("inf"):
        raise ValueError(f'--speed {text!r}: "max" or a positive number like "60x" is expected')
    return value
