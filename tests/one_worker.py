"""One worker in the test's own process, on a broker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

from claimstream.edges.config import Settings
from claimstream.edges.kafka import ensure_topics
from claimstream.model import Article
from claimstream.streaming.feed import Results, collect, marks, produce_articles
from claimstream.streaming.stream import Service
from tiny_steps import STEPS, situation


@asynccontextmanager
async def worker(settings: Settings, steps: object = STEPS, create: bool = True) -> AsyncIterator[Service]:
    """A worker that is ready; its topics are made, or only checked."""
    await ensure_topics(settings, create=create)
    service = Service(settings, steps)
    await service.start()
    try:
        await service.ready(30)
        yield service
    finally:
        await service.stop()


async def through(settings: Settings, rows: Iterable[Article]) -> Results:
    """The articles through a worker, and all that came out."""
    async with worker(settings):
        before = await marks(settings)
        sent = await produce_articles(settings, rows, situation)
        return await collect(settings, sent, before, stall_s=30)
