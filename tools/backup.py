"""Backs up the consensus table, and restores it into the topics of a fresh or another installation.

    python tools/backup.py save table.jsonl.gz [--set NAME=VALUE ...]
    python tools/backup.py restore table.jsonl.gz [--set NAME=VALUE ...]

Settings come from flags, the environment and CLAIMSTREAM_CONFIG, as for the worker. A line is one fact with the
partition that it stands in: it belongs with the claims of that partition, so the number of partitions must be the
same. `save` may run beside the workers; `restore` only without them, into an empty consensus topic. Afterwards let them
read the claims topic again from a moment before the backup: claims that a fact has counted are not counted twice.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import sys
from pathlib import Path

import orjson

from claimstream.edges import clients
from claimstream.edges.config import ConfigError, Settings, load
from claimstream.edges.kafka import TopicError, ensure_topics
from claimstream.streaming import feed


async def save(settings: Settings, path: Path) -> int:
    """Writes the latest value of each key. Returns how many facts."""
    async with clients.consumer(settings) as consumer:
        rows = sorted((await feed.latest(consumer, settings)).items())
    part = path.with_name(path.name + ".part")
    with gzip.open(part, "wb") as file:
        file.write(orjson.dumps({"partitions": settings.partitions, "facts": len(rows)}) + b"\n")
        for (partition, key), value in rows:
            row = {"partition": partition, "key": key.decode("utf-8", "surrogatepass"), "fact": orjson.Fragment(value)}
            file.write(orjson.dumps(row) + b"\n")
    part.rename(path)
    return len(rows)


async def restore(settings: Settings, path: Path) -> int:
    """Writes the facts of a backup to the consensus topic, which must be empty. Returns how many. Raises ValueError."""
    with gzip.open(path, "rb") as file:
        head = orjson.loads(file.readline())
        if head["partitions"] != settings.partitions:
            raise ValueError(f"the backup has {head['partitions']} partitions, the settings {settings.partitions}")
        await ensure_topics(settings)
        async with clients.consumer(settings) as consumer:
            ends = await clients.ends(consumer, settings, ("consensus",))
            if any(ends.values()):
                raise ValueError(f"{settings.topic('consensus')} is not empty")
        async with clients.producer(settings) as producer:
            pending = []
            for line in file:
                row = orjson.loads(line)
                key, value = row["key"].encode("utf-8", "surrogatepass"), orjson.dumps(row["fact"])
                pending.append(await producer.send(settings.topic("consensus"), value, key, partition=row["partition"]))
            for future in pending:
                await future
    if len(pending) != head["facts"]:
        raise ValueError(f"the backup is cut short: {len(pending)} facts of {head['facts']}")
    return len(pending)


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("save", "restore"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    given = parser.parse_args()
    try:
        settings = load(dict(pair.split("=", 1) for pair in given.set))
        count = asyncio.run((save if given.command == "save" else restore)(settings, given.file))
    except (ConfigError, TopicError, ValueError, OSError) as error:
        print(f"backup: {error}", file=sys.stderr)
        return 1
    print(f"{count} facts {'saved to' if given.command == 'save' else 'restored from'} {given.file}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
