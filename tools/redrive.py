"""Sends dead letters to the topic that they came from again, once what was wrong with them has been mended.

    python tools/redrive.py [--reason schema] [--stage decode] [--show] [--set NAME=VALUE ...]

Without --reason and --stage: all. With --show they are listed and nothing is sent. After an upgrade, `--reason schema`
gives the new workers what the old ones could not read. Ids are hashes of the content, so nothing counts twice, however
often this runs. A record that was cut because of its size is named and not sent.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter

from claimstream.edges import clients
from claimstream.edges.config import ConfigError, Settings, load
from claimstream.edges.kafka import TopicError, ensure_topics
from claimstream.edges.wire import RAW_LIMIT, DeadLetter, WireError, deadletter_codec, raw_of


async def letters(settings: Settings, reason: str | None = None, stage: str | None = None) -> list[DeadLetter]:
    """The dead letters of this reason and stage, each record once, in the order in which they were set aside."""
    found: dict[tuple[str, int, int, str], DeadLetter] = {}
    async with clients.consumer(settings) as consumer:
        async for record in clients.whole(consumer, settings, "deadletter"):
            try:
                letter = deadletter_codec.decode(record.value or b"")
            except WireError as error:
                print(f"{record.topic}/{record.partition}@{record.offset}: no dead letter: {error}", file=sys.stderr)
                continue
            if reason in (None, letter.reason) and stage in (None, letter.stage):
                found.setdefault((letter.topic, letter.partition, letter.offset, letter.key), letter)
    return list(found.values())


async def send(settings: Settings, chosen: list[DeadLetter]) -> int:
    """Sends them, each into its partition, and returns how many."""
    own = {settings.topic(name) for name in ("articles", "claims", "alerts")}
    whole = [letter for letter in chosen if letter.size <= RAW_LIMIT and letter.topic in own]
    async with clients.producer(settings) as producer:
        for letter in whole:
            key = letter.key.encode("utf-8", "surrogatepass")
            await producer.send_and_wait(letter.topic, raw_of(letter), key, partition=letter.partition)
    for letter in chosen:
        if letter not in whole:
            print(f"not sent: {letter.topic}/{letter.partition}@{letter.offset}, {letter.size} bytes", file=sys.stderr)
    return len(whole)


async def run(settings: Settings, given: argparse.Namespace) -> None:
    """Lists or sends them."""
    await ensure_topics(settings, create=False)
    chosen = await letters(settings, given.reason, given.stage)
    for (topic, stage, reason), count in sorted(Counter((c.topic, c.stage, c.reason) for c in chosen).items()):
        print(f"{count} of {topic}, {stage}: {reason}")
    if not given.show:
        print(f"{await send(settings, chosen)} sent again")


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reason")
    parser.add_argument("--stage")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    given = parser.parse_args()
    try:
        asyncio.run(run(load(dict(pair.split("=", 1) for pair in given.set)), given))
    except (ConfigError, TopicError, ValueError, OSError) as error:
        print(f"redrive: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
