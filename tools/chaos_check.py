"""What must hold after a chaos run: each check gives the differences it finds, as lines; none means that it holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from chaos_articles import Right

from claimstream.edges import clients
from claimstream.edges.config import Settings
from claimstream.edges.kafka import client_options
from claimstream.edges.wire import WireError, alert_codec, deadletter_codec
from claimstream.streaming.fence import FENCE, Epochs, epoch_of

SHOWN = 3
"""Differences of one kind that are printed; the others are counted."""
Place = tuple[str, int, int]


@dataclass(slots=True)
class Seen:
    """All that stands on the topics after a run."""

    table: dict[bytes, bytes] = field(default_factory=dict)
    """What counts, by subject."""
    compacted: dict[bytes, bytes] = field(default_factory=dict)
    """What compaction would leave, by subject: the last record of each key."""
    alerts: dict[tuple[str, int], Counter[bytes]] = field(default_factory=lambda: defaultdict(Counter))
    dead: dict[Place, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    void: int = 0
    """Records of the table that came from a worker that was not its owner any more."""


async def seen(settings: Settings) -> Seen:
    """Reads the table, the alerts and the dead letters from their beginnings."""
    found, epochs = Seen(), Epochs()
    async with clients.consumer(settings) as consumer:
        async for record in clients.whole(consumer, settings, "consensus", "alerts", "deadletter"):
            if record.topic == settings.topic("consensus"):
                _row(found, epochs, record)
            elif record.topic == settings.topic("alerts"):
                try:
                    alert = alert_codec.decode(record.value)
                except WireError:
                    continue  # the harness wrote it
                found.alerts[alert.id, alert.revision][record.value] += 1
            else:
                letter = deadletter_codec.decode(record.value)
                found.dead[letter.topic, letter.partition, letter.offset].add((letter.stage, letter.reason))
    return found


def _row(found: Seen, epochs: Epochs, record: Any) -> None:
    if record.key != FENCE:
        found.compacted[record.key] = record.value
    if epochs.counts(record.partition, record.offset, record.key, epoch_of(record.headers)):
        found.table[record.key] = record.value
    elif record.key != FENCE:
        found.void += 1


async def lag(settings: Settings) -> dict[str, int]:
    """Records not committed yet, by group and topic; what was never committed counts from the beginning."""
    groups = {settings.app_id: ("articles", "claims"), f"{settings.app_id}-notify-webhook": ("alerts",)}
    behind: dict[str, int] = {}
    admin = AIOKafkaAdminClient(**client_options(settings))
    await admin.start()
    try:
        async with clients.consumer(settings) as consumer:
            for group, names in groups.items():
                for name in names:
                    ends = await clients.ends(consumer, settings, (name,))
                    places: list[TopicPartition] = list(ends)
                    offsets = await admin.list_consumer_group_offsets(group, partitions=places)
                    done = {tp: max(0, offset.offset) for tp, offset in offsets.items()}
                    behind[name] = sum(end - done.get(tp, 0) for tp, end in ends.items())
    finally:
        await admin.close()
    return behind


def tables_differ(right: Mapping[bytes, bytes], found: Mapping[bytes, bytes], what: str) -> list[str]:
    """Facts that are missing, too many, or not the same bytes."""
    lines = [f"{what}: {key!r} is missing" for key in sorted(right.keys() - found.keys())]
    lines += [f"{what}: {key!r} should not be there" for key in sorted(found.keys() - right.keys())]
    for key in sorted(right.keys() & found.keys()):
        if right[key] != found[key]:
            lines.append(f"{what}: {key!r} {_first_difference(right[key], found[key])}")
    return _few(lines)


def alerts_differ(right: Right, found: Seen) -> list[str]:
    """Revisions that are missing, too many, or not the same bytes."""
    lines = [f"alert {name} is missing" for name in sorted(right.alerts.keys() - found.alerts.keys())]
    lines += [f"alert {name} should not be there" for name in sorted(found.alerts.keys() - right.alerts.keys())]
    for name in sorted(right.alerts.keys() & found.alerts.keys()):
        if set(right.alerts[name]) != set(found.alerts[name]):
            lines.append(
                f"alert {name}: {len(right.alerts[name])} versions expected, {len(found.alerts[name])} found; "
                + _first_difference(right.alerts[name][-1], next(iter(found.alerts[name])))
            )
    return _few(lines)


def dead_differ(right: Mapping[Place, tuple[str, str]], found: Seen) -> list[str]:
    """Records that should be among the dead letters and are not, or the other way round, or for another reason."""
    lines = [f"dead letter of {place} is missing" for place in sorted(right.keys() - found.dead.keys())]
    lines += [
        f"dead letter of {place} should not be there: {found.dead[place]}"
        for place in sorted(found.dead.keys() - right.keys())
    ]
    for place in sorted(right.keys() & found.dead.keys()):
        if found.dead[place] != {right[place]}:
            lines.append(f"dead letter of {place}: {found.dead[place]}, not {right[place]}")
    return _few(lines)


def told_differ(right: Right, taken: Counter[str], may_repeat: bool) -> list[str]:
    """Revisions of contradictions that the webhook never took; those that it took twice, where nothing excuses it."""
    told: Counter[str] = Counter()
    for name, count in taken.items():
        told["/".join(name.split("/")[:2])] += count
    wanted = {f"{id}/{revision}": len(right.alerts[id, revision]) for id, revision in right.told}
    lines = [f"nobody was told of {name}" for name in sorted(wanted.keys() - told.keys())]
    lines += [f"told of {name}, which should not be" for name in sorted(told.keys() - wanted.keys())]
    if not may_repeat:
        lines += [f"told {told[name]} times of {name}" for name in sorted(wanted) if told[name] > wanted[name]]
    return _few(lines)


def _first_difference(right: bytes, found: bytes) -> str:
    at = next((i for i, (a, b) in enumerate(zip(right, found, strict=False)) if a != b), min(len(right), len(found)))
    a, b = (each[max(0, at - 60) : at + 100].decode("utf-8", "replace") for each in (right, found))
    return f"differs at byte {at}: {a!r} expected, {b!r} found"


def _few(lines: Iterable[str]) -> list[str]:
    lines = list(lines)
    return lines if len(lines) <= SHOWN else [*lines[:SHOWN], f"... and {len(lines) - SHOWN} more like these"]
