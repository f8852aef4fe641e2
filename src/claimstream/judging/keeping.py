"""Which facts a situation keeps, and whose open alerts have run out: the housekeeping of a table, as data.

Time is that of the articles: a situation's clock is the latest arrival in it. What leaves a full situation is decided
by the facts alone, so that workers that died and came back, and replays, keep the same.
"""

from __future__ import annotations

from bisect import insort
from datetime import datetime
from heapq import heapify, heappop, heappush, nsmallest
from typing import NamedTuple

from claimstream.model import Fact

_AHEAD = 64
"""Facts, at least, that are looked out at once for leaving."""


class _Turn(NamedTuple):
    """When a fact's turn to leave comes: first those without an open alert, then those that were silent for longest."""

    open: bool
    last: str
    subject: str


class Shelf:
    """The facts of some situations, by subject: when the last claim about each came, when its open alert runs out."""

    def __init__(self, max_facts: int) -> None:
        self._limit = max_facts
        self._situations: dict[str, _Situation] = {}

    def put(self, fact: Fact) -> None:
        """The fact stands in the table as given."""
        self.note(fact.situation, fact.subject, fact.last, fact.due)

    def note(self, situation: str, subject: str, last: str, due: datetime | None) -> None:
        """The same, by what matters here."""
        self._of(situation).note(subject, last, due)

    def arrived(self, situation: str, at: datetime) -> datetime:
        """An article about the situation arrived at that time; returns the latest arrival so far."""
        return self._of(situation).arrived(at)

    def expired(self, situation: str) -> list[str]:
        """The subjects whose open alerts have run out by the latest arrival; each is to be judged, and put again."""
        return self._of(situation).expired()

    def leaving(self, situation: str) -> list[str]:
        """Takes out as many facts as the situation has too many, and returns their subjects."""
        return self._of(situation).leaving(self._limit)

    def __len__(self) -> int:
        return sum(len(one.facts) for one in self._situations.values())

    def _of(self, situation: str) -> _Situation:
        found = self._situations.get(situation)
        if found is None:
            found = self._situations[situation] = _Situation()
        return found


class _Situation:
    def __init__(self) -> None:
        self.facts: dict[str, str] = {}
        self._due: dict[str, datetime] = {}
        self._alarms: list[tuple[datetime, str]] = []
        """A heap of when alerts run out; entries that `_due` does not have any more are void."""
        self._queue: list[_Turn] = []
        """The next to leave, sorted; entries that no longer hold are void."""
        self._newest: datetime | None = None

    def note(self, subject: str, last: str, due: datetime | None) -> None:
        self.facts[subject] = last
        if due is None:
            self._due.pop(subject, None)
        elif self._due.get(subject) != due:
            self._due[subject] = due
            heappush(self._alarms, (due, subject))
            if len(self._alarms) > 2 * len(self._due) + _AHEAD:
                self._alarms = [(at, one) for one, at in self._due.items()]
                heapify(self._alarms)
        turn = _Turn(due is not None, last, subject)
        if self._queue and turn <= self._queue[-1]:
            insort(self._queue, turn)

    def arrived(self, at: datetime) -> datetime:
        self._newest = at if self._newest is None else max(at, self._newest)
        return self._newest

    def expired(self) -> list[str]:
        found: list[str] = []
        while self._alarms and self._newest is not None and self._alarms[0][0] < self._newest:
            due, subject = heappop(self._alarms)
            if self._due.get(subject) == due:
                del self._due[subject]
                found.append(subject)
        return found

    def leaving(self, limit: int) -> list[str]:
        found: list[str] = []
        while len(self.facts) > limit:
            if not self._queue:
                ahead = max(_AHEAD, len(self.facts) // 10)
                self._queue = nsmallest(ahead, (self._turn(subject) for subject in self.facts))
            turn = self._queue.pop(0)
            if turn.subject in self.facts and turn == self._turn(turn.subject):
                del self.facts[turn.subject]
                self._due.pop(turn.subject, None)
                found.append(turn.subject)
        return found

    def _turn(self, subject: str) -> _Turn:
        return _Turn(subject in self._due, self.facts[subject], subject)
