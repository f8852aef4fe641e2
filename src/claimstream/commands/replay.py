"""Replays of articles, or of ready claims: in this process, over the embedded broker, or over Kafka."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from claimstream import pipeline
from claimstream.edges import config
from claimstream.edges.kafka import ensure_topics
from claimstream.judging.judge import expire, judge
from claimstream.model import Alert, Article, ArticleClaims, Claim, Fact, Judgement, Settings, SourceBook
from claimstream.streaming import feed
from claimstream.streaming.feed import Results
from claimstream.streaming.shell import Steps

Told = Callable[[Article], object]


def steps(settings: Settings) -> Steps:
    """The functions of the pipeline as a worker takes them; books that are published join those in the settings."""
    judging = _Judging(settings)
    return Steps(pipeline.read, judging.judge, judging.use, judging.expire)


class _Judging:
    """`judge` with the settings and the source books of the moment."""

    def __init__(self, settings: Settings) -> None:
        self._given = self._settings = settings

    def judge(self, fact: Fact | None, claims: Sequence[Claim]) -> Judgement:
        return judge(fact, claims, self._settings)

    def expire(self, fact: Fact, now: datetime) -> Judgement:
        return expire(fact, now, self._settings)

    def use(self, books: tuple[SourceBook, ...]) -> None:
        every = {book.version: book for book in (*self._given.books, *books)}
        self._settings = replace(self._given, books=tuple(sorted(every.values(), key=lambda b: (b.since, b.version))))


def dry(
    articles: Sequence[Article], settings: Settings, pace: float | None = None, on_article: Told | None = None
) -> Results:
    """The whole pipeline without a broker: each article is read and judged before the next."""

    def records() -> Iterable[ArticleClaims]:
        for pause, article in paced(articles, pace):
            time.sleep(pause)
            yield pipeline.read(article)
            if on_article:
                on_article(article)

    return judged(records(), settings)


def judged(records: Iterable[ArticleClaims], settings: Settings) -> Results:
    """Judging alone, of records read before."""
    kept: list[ArticleClaims] = []
    ledger = pipeline.Ledger(settings)
    facts = ledger.facts
    alerts: list[Alert] = []
    for record in records:
        kept.append(record)
        alerts += ledger.take(record).alerts
    return Results(tuple(kept), tuple(alerts), tuple(facts[subject] for subject in sorted(facts)), ())


def paced(articles: Iterable[Article], pace: float | None) -> Iterable[tuple[float, Article]]:
    """Each article with the seconds to wait before it: the time between arrivals, `pace` times as fast (None: none)."""
    last = None
    for article in articles:
        gap = (article.fetched_at - last).total_seconds() if pace and last and article.fetched_at else 0.0
        last = article.fetched_at
        yield (gap / pace if pace else 0.0), article


def through_embedded(
    articles: Sequence[Article],
    settings: config.Settings,
    judging: Settings,
    pace: float | None = None,
    on_article: Told | None = None,
    on_alert: Callable[[Alert], None] | None = None,
) -> Results:
    """The true pipeline over the broker in this process, to the end. Raises embedded.EmbeddedError."""
    from claimstream.streaming import embedded  # Faust takes long to import

    async def run() -> Results:
        async with embedded.Run(steps(judging), settings, on_alert=on_alert) as worker:
            async for article in _walk(articles, pace, on_article):
                await worker.put(article)
            await worker.drain()
            return worker.results()

    return asyncio.run(run())


def into_kafka(
    articles: Sequence[Article],
    settings: config.Settings,
    pace: float | None = None,
    on_article: Told | None = None,
    follow: bool = False,
) -> Results | None:
    """The articles onto their topic; with `follow`, waits until workers have judged all, and returns the results.

    Raises kafka.TopicError where the cluster cannot be reached or lacks the topics, feed.Unaccounted where nothing
    moves.
    """

    async def run() -> Results | None:
        await ensure_topics(settings, create=False)
        before = await feed.marks(settings) if follow else {}
        sent = await feed.produce_articles(settings, _walk(articles, pace, on_article), pipeline.situation_of)
        return await feed.collect(settings, sent, before) if follow else None

    return asyncio.run(run())


def table(settings: config.Settings) -> dict[str, Fact]:
    """The consensus table of a cluster, by subject. Raises kafka.TopicError."""

    async def run() -> dict[str, Fact]:
        await ensure_topics(settings, create=False)
        return {fact.subject: fact for fact in await feed.table(settings)}

    return asyncio.run(run())


def topics(settings: config.Settings, check: bool, say: Callable[[str], object]) -> None:
    """Makes or checks the topics, and says what was done. Raises kafka.TopicError."""
    for line in asyncio.run(ensure_topics(settings, create=not check)):
        say(line)


async def _walk(articles: Iterable[Article], pace: float | None, on_article: Told | None) -> AsyncIterator[Article]:
    for pause, article in paced(articles, pace):
        if pause:
            await asyncio.sleep(pause)
        yield article
        if on_article:
            on_article(article)
