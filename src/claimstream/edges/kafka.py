"""Topics on a Kafka cluster: what each must be like, made or checked."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient, NewTopic  # type: ignore[import-untyped]
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType  # type: ignore[import-untyped]
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code  # type: ignore[import-untyped]

from claimstream.edges.config import Settings
from claimstream.edges.login import client_options, reach

__all__ = ["FRAMING", "Topic", "TopicError", "client_options", "ensure_topics", "reach", "topics"]

log = logging.getLogger(__name__)

DAY_MS = 86_400_000
HOUR_MS = 3_600_000
"""How long compaction leaves a record of the table alone: the time that a late write can be mended in (decision 6)."""
FRAMING = 65_536
"""Bytes that a record may need on the wire above its value."""
TIMEOUT_MS = 30_000
UNPACKED = {"compression.type": "uncompressed"}
"""For the topic that strangers write to: the brokers unpack what comes in, and refuse what is then too large. Else a
batch of a few kilobytes could unpack to more than a worker's memory, or come packed in a way that it cannot unpack."""
METADATA_MS = 10_000
"""Age at which a member of a group asks again which topics there are. A broker that has just come back may name none,
and whoever hands out the partitions then hands out none, until the next answer."""


class TopicError(RuntimeError):
    """The topics are not as the worker needs them, or the cluster cannot be reached; one line."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic as it must be. `config` are Kafka's own names and values."""

    name: str
    partitions: int
    replication: int
    config: dict[str, str]


def topics(settings: Settings) -> tuple[Topic, ...]:
    """All topics. Claims and consensus have equal partitions: a worker's part of the table goes with its claims."""
    large = str(settings.max_record_bytes + FRAMING)
    kept = {"cleanup.policy": "delete", "retention.ms": str(settings.retention_days * DAY_MS)}
    dead = {"cleanup.policy": "delete", "retention.ms": str(settings.deadletter_retention_days * DAY_MS)}
    compacted = {"cleanup.policy": "compact", "min.compaction.lag.ms": str(HOUR_MS)}
    configs = {
        "articles": {**kept, **UNPACKED},
        "claims": kept,
        "consensus": compacted,
        "alerts": kept,
        "sources": compacted,
        "deadletter": dead,
    }
    return tuple(
        Topic(settings.topic(name), settings.partitions, settings.replication, {**config, "max.message.bytes": large})
        for name, config in configs.items()
    )


async def ensure_topics(settings: Settings, create: bool = True) -> list[str]:
    """Makes the topics that are missing (with `create`) and checks the others. Returns what was done, a line each.

    Raises TopicError that names every topic that is missing or differs in what loses data: partitions, cleanup policy,
    the size of a record, too few copies. A retention that differs is the operator's choice.
    """
    wanted = topics(settings)
    try:
        await reach(settings)
    except OSError as error:
        raise TopicError(str(error)) from None
    try:
        async with _Admin(settings) as admin:
            there = set(await admin.list_topics())
            missing = [topic for topic in wanted if topic.name not in there]
            if missing and not create:
                raise TopicError(
                    f"missing topics: {', '.join(t.name for t in missing)} (claimstream topics makes them)"
                )
            lines = [await _create(admin, topic) for topic in missing]
            await _appear(admin, {topic.name for topic in missing})
            old = [topic for topic in wanted if topic.name in there]
            faults, remarks = await _checked(admin, old)
    except (KafkaError, OSError, TimeoutError) as error:
        raise TopicError(f"{settings.bootstrap_servers}: {_line(error)}") from error
    if faults:
        raise TopicError("; ".join(faults))
    for remark in remarks.values():
        log.warning("%s", remark)
    return lines + [remarks.get(topic.name, f"{topic.name}: as it should be") for topic in old]


class _Admin:
    """An admin client as an async context."""

    def __init__(self, settings: Settings) -> None:
        self._client = AIOKafkaAdminClient(**client_options(settings), request_timeout_ms=TIMEOUT_MS)

    async def __aenter__(self) -> Any:
        try:
            await self._client.start()
        except BaseException:
            await self._client.close()
            raise
        return self._client

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()


async def _create(admin: Any, topic: Topic) -> str:
    new = NewTopic(topic.name, topic.partitions, topic.replication, topic_configs=topic.config)
    try:
        response = await admin.create_topics([new], timeout_ms=TIMEOUT_MS)
    except TopicAlreadyExistsError:
        return f"{topic.name}: made by another"  # two workers that start together
    for name, code, *reason in response.topic_errors:
        error = for_code(code)
        if code and error is not TopicAlreadyExistsError:
            raise TopicError(f"{name}: {error.__name__} {' '.join(str(r) for r in reason if r)}".strip())
    return f"{topic.name}: made, {topic.partitions} partitions, {topic.config['cleanup.policy']}"


async def _appear(admin: Any, names: set[str]) -> None:
    """Returns when the brokers show the topics just made, which can be a moment later."""
    for _ in range(100):
        if names <= set(await admin.list_topics()):
            return
        await asyncio.sleep(0.1)
    raise TopicError(f"made, but not to be seen: {', '.join(sorted(names))}")


async def _checked(admin: Any, old: list[Topic]) -> tuple[list[str], dict[str, str]]:
    """What is wrong with the topics, and what had better be otherwise, by topic."""
    faults: list[str] = []
    remarks: dict[str, str] = {}
    if not old:
        return faults, remarks
    described = {row["topic"]: row for row in await admin.describe_topics([t.name for t in old])}
    config = await _configs(admin, [t.name for t in old])
    for topic in old:
        partitions = described[topic.name]["partitions"]
        have = config.get(topic.name, {})
        if len(partitions) != topic.partitions:
            faults.append(f"{topic.name}: {len(partitions)} partitions, not {topic.partitions}")
        copies = min((len(p["replicas"]) for p in partitions), default=0)
        if copies < topic.replication:
            faults.append(f"{topic.name}: {copies} copies, fewer than {topic.replication}")
        policy = topic.config["cleanup.policy"]
        if have.get("cleanup.policy", policy) != policy:
            faults.append(f"{topic.name}: cleanup.policy {have['cleanup.policy']}, not {policy}")
        size = topic.config["max.message.bytes"]
        if int(have.get("max.message.bytes", size)) < int(size):
            faults.append(f"{topic.name}: max.message.bytes {have['max.message.bytes']}, less than {size}")
        packing = topic.config.get("compression.type")
        if packing and have.get("compression.type", packing) != packing:
            remarks[topic.name] = (
                f"{topic.name}: compression.type {have['compression.type']} lets in batches that unpack to any size; "
                f"{packing} is safer"
            )
    return faults, remarks


async def _configs(admin: Any, names: list[str]) -> dict[str, dict[str, str]]:
    resources = [ConfigResource(ConfigResourceType.TOPIC, name) for name in names]
    found: dict[str, dict[str, str]] = {}
    for response in await admin.describe_configs(resources):
        for _code, _message, _kind, name, entries in response.resources:
            found[name] = {entry[0]: entry[1] for entry in entries}
    return found


def _line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
