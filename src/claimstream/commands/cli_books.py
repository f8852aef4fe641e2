"""Source books for the judge of news: `sources publish`, `sources published`, and the option `--book` of replays."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from claimstream.commands.cli_sources import err, load, one_line, out, say, sources
from claimstream.commands.options import ConfigFile, Servers, Sets, settings_from
from claimstream.edges import config
from claimstream.edges.kafka import ensure_topics
from claimstream.fusion import book as books
from claimstream.fusion.book import BookError
from claimstream.model import SourceBook
from claimstream.streaming import books as bookshelf

AHEAD = timedelta(minutes=10)
"""How long before it counts a book is published, unless told otherwise: every worker has read it by then."""
SOON = timedelta(seconds=30)
BEGINNING = datetime.min.replace(tzinfo=UTC)


@sources.command("publish")
def publish_book(
    book: Annotated[Path, typer.Argument(help="A source book, reviewed.")],
    since: Annotated[
        str | None,
        typer.Option(help="Judge what arrives from this time on by it (ISO 8601). [default: in ten minutes]"),
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Publish it though it is there, with another time.")] = False,
    file: ConfigFile = None,
    bootstrap_servers: Servers = None,
    sets: Sets = None,
) -> None:
    """Give a source book to the workers: claims that arrive from a time on are judged by it.

    The time should lie ahead, so that every worker has the book when it comes.
    """
    with one_line():
        told = load(book)
        now = datetime.now(UTC).replace(microsecond=0)
        begins = _time(since) if since else now + AHEAD
        settings = settings_from(file, bootstrap_servers, sets)
        there = {one.version: one.since for one in _published(settings)}
        if told.version in there and not again:
            at = there[told.version].isoformat()
            raise BookError(f"{book}: version {told.version} is published already, from {at} on (--again moves it)")
        asyncio.run(bookshelf.publish(settings, books.published(told, begins)))
        say(out, f"version {told.version} counts for what arrives from {begins.isoformat()} on")
        if begins < now + SOON:
            say(err, "claimstream: workers may have judged some of that before they read the book")


@sources.command("published")
def list_books(file: ConfigFile = None, bootstrap_servers: Servers = None, sets: Sets = None) -> None:
    """List the source books that the workers know, with the time from which each counts."""
    with one_line():
        for one in _published(settings_from(file, bootstrap_servers, sets)):
            copies = len(set(one.groups.values()))
            say(out, f"{one.since.isoformat()}  {one.version}  {len(one.weights) - copies} sources, {copies} groups")


def _published(settings: config.Settings) -> tuple[SourceBook, ...]:
    async def run() -> tuple[SourceBook, ...]:
        await ensure_topics(settings, create=False)
        return await bookshelf.published(settings)

    return asyncio.run(run())


def books_of(options: Iterable[str]) -> tuple[SourceBook, ...]:
    """The source books of options such as "book.toml" and "book.toml@2031-05-06T12:00", in the order of their times."""
    found: list[SourceBook] = []
    for option in options:
        path, at, moment = option.rpartition("@")
        path, since = (path, _time(moment)) if at and not Path(option).exists() else (option, BEGINNING)
        found.append(books.published(load(Path(path)), since))
    return tuple(sorted(found, key=lambda book: (book.since, book.version)))


def _time(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BookError(f"{text!r} is no time: ISO 8601 is expected, as in 2031-05-06T12:00") from None
