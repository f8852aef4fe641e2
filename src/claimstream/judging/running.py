"""Folds that go on where the last claim left them: a memo, which changes no result and spares building them anew.

A fact grows by a claim at a time. Its state while folding (`Fold`) is made from its stand; where the fact that comes in
is the very object that went out last, the fold that made it is still there and goes on. So a claim costs the same
however many went before it.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime
from typing import TypeAlias

from claimstream.judging.consensus import Fold
from claimstream.model import Fact, Settings, Stand

Place: TypeAlias = tuple[datetime, str, int]
"""The place of a claim in the canonical order."""
FACTS = 128
"""Facts whose folds are remembered, those of the latest judgements."""
_NOTES = 16
"""Stands remembered of one fact, of which one is its next base as a rule."""


class Live:
    """The fold of a fact, with its stand after those claims that may become the last of its base."""

    def __init__(self, fold: Fold, settings: Settings, told: int) -> None:
        self.fold = fold
        self.settings = settings
        self.told = told
        """Alert revisions since this began; of these so many were before the base:"""
        self._before = 0
        self._first = settings.max_reports + 1 - settings.max_reports // 2
        self._notes: dict[Place, tuple[Stand, int]] = {}

    def note(self, last: Place, stand: Stand, reports: int) -> None:
        """The stand after so many kept reports, `last` being the place of the last."""
        if self._first <= reports < self._first + _NOTES:
            self._notes[last] = stand, self.told

    def at(self, last: Place) -> tuple[Stand, int] | None:
        """The stand after the claim of that place, and the alert revisions from the base until then, if remembered."""
        noted = self._notes.get(last)
        return noted and (noted[0], noted[1] - self._before)

    def based(self, gone: int) -> None:
        """The base has moved on over so many alert revisions."""
        self._before += gone
        self._notes.clear()


_live: OrderedDict[int, tuple[Fact, Live]] = OrderedDict()
"""By the identity of the fact, which is kept alive beside it."""


def take(fact: Fact, settings: Settings) -> Live:
    """The fold that made this fact, which is then the caller's alone; else one made from its stand."""
    _, live = _live.pop(id(fact), (None, None))
    if live is None or (live.settings is not settings and live.settings != settings):
        return Live(Fold(fact.stand, settings), settings, len(fact.log))
    return live


def keep(fact: Fact, live: Live) -> None:
    """Remember the fold that made the fact."""
    _live[id(fact)] = fact, live
    if len(_live) > FACTS:
        _live.popitem(last=False)
