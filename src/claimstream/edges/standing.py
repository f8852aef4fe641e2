"""What stands in a worker's table and feed, counted for its gauges: open alerts, disputed facts, bytes, silent outlets.

Writes are counted as they happen. After partitions were handed out anew the table was filled behind the worker's back,
so the next scrape counts it once from the start.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable

import orjson

from claimstream.model import Fact

OPEN, CONTESTED = "open", "contested"
Marks = tuple[tuple[str, str] | None, str | None]
"""Of one fact: type and kind of its open alert, and its kind where its grade is contested; None where not."""


class Standing:
    """Counts over the facts of one worker. Safe to write from the event loop and to read from the scrape's thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._marks: dict[bytes, Marks] = {}
        self._bytes = 0
        self.stale = True
        """Whether the table has changed otherwise than by `write`."""

    def write(self, key: bytes, fact: Fact | None, size: int, before: int) -> None:
        """A fact was written: its record has `size` bytes and had `before`. None where it has left the table."""
        alert = fact.stand.alert if fact else None
        alert_mark = (alert.type, fact.kind) if fact and alert and alert.state == OPEN else None
        marks = alert_mark, fact.kind if fact and fact.stand.grade == CONTESTED else None
        with self._lock:
            self._keep(self._marks, key, marks)
            self._bytes += size - before

    def rebuild(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Counts the whole table anew. What is written meanwhile may be missed until it is written again."""
        self.stale = False
        found: dict[bytes, Marks] = {}
        total = 0
        try:
            for key, raw in rows:
                total += len(raw)
                self._keep(found, key, _marks(raw))
        except BaseException:
            self.stale = True
            raise
        with self._lock:
            self._marks, self._bytes = found, total

    def counts(self) -> tuple[Counter[tuple[str, str]], Counter[str], int]:
        """Open alerts by type and kind, disputed facts by kind, and the bytes of all facts."""
        with self._lock:
            rows, size = list(self._marks.values()), self._bytes
        return Counter(a for a, _ in rows if a), Counter(d for _, d in rows if d), size

    @staticmethod
    def _keep(into: dict[bytes, Marks], key: bytes, marks: Marks) -> None:
        if any(marks):
            into[key] = marks
        else:
            into.pop(key, None)


class Outlets:
    """When each outlet was last heard, the latest `limit` of them. Kept in memory: it starts anew with the worker."""

    def __init__(self, limit: int = 10_000, forget_s: float = 30 * 86_400.0) -> None:
        self._limit = limit
        self._forget = forget_s
        self._heard: OrderedDict[str, float] = OrderedDict()
        self._lock = threading.Lock()

    def hear(self, outlet: str, at: float) -> None:
        """The outlet sent an article at this time (Unix seconds)."""
        with self._lock:
            self._heard[outlet] = max(at, self._heard.get(outlet, at))
            self._heard.move_to_end(outlet)
            if len(self._heard) > self._limit:
                self._heard.popitem(last=False)

    def counts(self, now: float, silence_s: float) -> tuple[int, int]:
        """How many outlets are known, and how many of them have been silent for longer than `silence_s`."""
        with self._lock:
            for outlet in [name for name, at in self._heard.items() if now - at > self._forget]:
                del self._heard[outlet]
            times = list(self._heard.values())
        return len(times), sum(now - at > silence_s for at in times)


def _marks(raw: bytes) -> Marks:
    """The marks of a fact's record, read without checking the rest of it; none where it cannot be read."""
    try:
        row = orjson.loads(raw)
        kind, stand = str(row["kind"]), row["stand"]
        alert = stand["alert"] or {}
        is_open = alert.get("state") == OPEN
        return (str(alert.get("type")), kind) if is_open else None, kind if stand["grade"] == CONTESTED else None
    except (orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return None, None
