"""Who may write a partition of the changelog: an order of owners that stands in the log itself.

A worker that was frozen past its session, or that was given up with a record in hand, can still write when another has
taken its place, and log compaction would keep what came last. So a worker that is given a partition first writes a
fence into that partition of the changelog, and only then reads it. The offset of the fence is the worker's epoch, and
stands with each of its records. A record counts if no record before it is of a later epoch; a fence's epoch is its own
offset. Who writes sees from the offset of each answer whether anybody wrote in between (`Tenure`); who reads leaves out
what does not count (`Epochs`).

Why it is done so: docs/decisions/0006.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

FENCE = b"\x00fence"
"""Key of a fence. It has no value, so that whoever does not know of fences reads a deletion of nothing."""
HEADER = "epoch"
NONE = -1


class Overtaken(Exception):
    """Another worker has been given the partition: what was written last does not count, and nothing more may be."""


@dataclass(slots=True)
class Tenure:
    """A partition of the changelog in one worker's hands: its epoch, and the offset that its next record should get."""

    partition: int
    epoch: int
    next: int = field(init=False)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held from sending to the look at what came between."""

    def __post_init__(self) -> None:
        self.next = self.epoch + 1

    def header(self) -> tuple[str, bytes]:
        """What stands with each record of this owner."""
        return HEADER, str(self.epoch).encode()


@dataclass(slots=True)
class _Place:
    offset: int = NONE
    epoch: int = NONE
    void: set[bytes] = field(default_factory=set)


class Epochs:
    """Tells, of changelog records in the order of their partition, which of them count.

    `void` holds, for each partition, the keys whose latest record does not count: what stands before it in the log is
    the fact, and compaction would keep the wrong one. Their owner writes them again.
    """

    def __init__(self) -> None:
        self._places: defaultdict[int, _Place] = defaultdict(_Place)

    def known(self, partition: int) -> bool:
        """Whether anything of the partition has been seen, or resumed."""
        return partition in self._places

    def resume(self, partition: int, offset: int, epoch: int) -> None:
        """The partition goes on after `offset`, in this epoch."""
        self._places[partition] = _Place(offset, epoch)

    def epoch(self, partition: int) -> int:
        """The latest epoch seen in the partition; NONE before the first."""
        return self._places[partition].epoch

    def void(self, partition: int) -> set[bytes]:
        """The keys of the partition whose latest record does not count. The caller takes out what it writes again."""
        return self._places[partition].void

    def counts(self, partition: int, offset: int, key: bytes, epoch: int | None) -> bool:
        """Whether the record is a fact's, and counts. A partition that is read anew from the front begins anew.

        A record without an epoch was written by an earlier version, or by a restored backup: it counts.
        """
        place = self._places[partition]
        if offset <= place.offset:
            place = self._places[partition] = _Place()
        place.offset = offset
        if key == FENCE:
            place.epoch = max(place.epoch, offset)
            return False
        if epoch is not None and epoch < place.epoch:
            place.void.add(key)
            return False
        place.epoch = max(place.epoch, NONE if epoch is None else epoch)
        place.void.discard(key)
        return True


def epoch_of(headers: Iterable[tuple[str, bytes]] | Mapping[str, bytes] | None) -> int | None:
    """The epoch in a record's headers, None where there is none."""
    value = dict(headers or ()).get(HEADER)
    return int(value) if value and value.isdigit() else None
