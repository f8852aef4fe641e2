"""The facts of a worker: its table, with a cache of decoded facts beside it, and the table's housekeeping."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from claimstream.edges.metrics import Metrics
from claimstream.edges.wire import Parts, WireError, fact_codec, head
from claimstream.judging.judge import leave
from claimstream.judging.keeping import Shelf
from claimstream.model import Alert, Fact, Judgement


class Table(Protocol):
    """This worker's part of the consensus table: facts as JSON, by subject."""

    def get(self, key: bytes) -> bytes | None: ...

    async def write(self, partition: int, rows: Sequence[tuple[bytes, bytes | None]]) -> None: ...

    def items(self) -> Iterable[tuple[bytes, bytes]]: ...


@dataclass(slots=True)
class Kept:
    """A fact as it stands in the table, decoded, with what makes encoding its next version cheap."""

    raw: bytes
    fact: Fact
    parts: Parts


class Facts:
    """The table with its facts decoded: a bounded cache beside it, which checks that the table still says the same."""

    def __init__(self, table: Table, limit: int) -> None:
        self._table = table
        self._limit = limit
        self._size = 0
        self._cache: OrderedDict[bytes, Kept] = OrderedDict()

    def get(self, key: bytes) -> Fact | None:
        """The fact of a subject, None where the table has none."""
        raw = self._table.get(key)
        kept = self._cache.get(key)
        if kept and kept.raw == raw:
            self._cache.move_to_end(key)
            return kept.fact
        self._drop(key)
        return None if raw is None else fact_codec.decode(raw)

    def of_article(self, situation: str, article: str) -> list[bytes]:
        """Keys of the facts of the situation that name the article. A look at all of them: withdrawals are rare."""
        begins = f"{situation or '?'}|".encode("utf-8", "surrogatepass")
        names = article.encode("utf-8", "surrogatepass")
        return [key for key, raw in self._table.items() if key.startswith(begins) and names in raw]

    def encode(self, key: bytes, fact: Fact) -> Kept:
        """The next version of a fact, ready to be written; `keep` it when that is done."""
        kept = self._cache.get(key)
        parts = kept.parts if kept else Parts()
        return Kept(parts.encode(fact), fact, parts)

    def keep(self, key: bytes, kept: Kept | None) -> None:
        """The table now says so; None where the fact has left it."""
        self._drop(key)
        if kept is None:
            return
        self._cache[key] = kept
        self._size += len(kept.raw)
        while self._size > self._limit and len(self._cache) > 1:
            self._drop(next(iter(self._cache)))

    def _drop(self, key: bytes) -> None:
        old = self._cache.pop(key, None)
        self._size -= len(old.raw) if old else 0

    def standing(self, key: bytes, rows: Mapping[bytes, Kept | None]) -> Fact | None:
        """The fact as it will stand after these rows; None where there is none, or none that can be read."""
        if key in rows:
            kept = rows[key]
            return kept.fact if kept else None
        try:
            return self.get(key)
        except WireError:
            return None

    def heads(self) -> Iterable[tuple[str, str, datetime | None]]:
        """Of each fact in the table: its subject, the place of its last claim, when its open alert expires."""
        for key, raw in self._table.items():
            yield key.decode("utf-8", "surrogatepass"), *head(raw)


class Housekeeping:
    """Closes alerts that have run out, and lets go facts that there is no room for, after each record."""

    def __init__(
        self, facts: Facts, max_facts: int, expire: Callable[[Fact, datetime], Judgement] | None, metrics: Metrics
    ) -> None:
        self._facts = facts
        self._limit = max_facts
        self._expire = expire
        self._metrics = metrics
        self._shelf: Shelf | None = None

    def forget(self) -> None:
        """The table has changed otherwise than by our rows; it is looked through once more."""
        self._shelf = None

    def tidy(
        self, situation: str, arrived_at: datetime, rows: dict[bytes, Kept | None]
    ) -> Sequence[tuple[bytes, Alert]]:
        """Adds to the rows that a record of the situation changes, None for what leaves; returns the alerts to send."""
        shelf, expire = self._of_table(), self._expire
        alerts: list[tuple[bytes, Alert]] = []
        for kept in rows.values():
            if kept:
                shelf.put(kept.fact)
        now = shelf.arrived(situation, arrived_at)
        for key in map(_key, shelf.expired(situation) if expire else ()):
            fact = self._facts.standing(key, rows)
            if fact is not None and expire is not None:
                judgement = expire(fact, now)
                rows[key] = kept = self._facts.encode(key, judgement.fact)
                shelf.put(kept.fact)
                alerts += [(key, alert) for alert in judgement.alerts]
        for key in map(_key, shelf.leaving(situation)):
            fact = self._facts.standing(key, rows)
            alerts += [(key, alert) for alert in leave(fact)] if fact else []
            rows[key] = None
            self._metrics.facts_left.inc()
        return alerts

    def _of_table(self) -> Shelf:
        if self._shelf is None:
            self._shelf = Shelf(self._limit)
            for subject, last, due in self._facts.heads():
                situation = subject.partition("|")[0]
                self._shelf.note("" if situation == "?" else situation, subject, last, due)
        return self._shelf


def _key(subject: str) -> bytes:
    return subject.encode("utf-8", "surrogatepass")
