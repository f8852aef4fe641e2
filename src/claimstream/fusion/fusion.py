"""What is believed where sources disagree: the consensus of one step, whatever the claims are about.

Nothing here knows news. A source says a value (a number, or a word such as a state) of a subject at a time; sources
that copy one another are one voice for each value; the value with the most weight behind it wins, as it was said and
never as a mean of what was said (after Li et al., "Truth Finding on the Deep Web", VLDB 2012).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import fsum
from typing import NamedTuple, TypeAlias

Value: TypeAlias = str | float
"""A number compares with a tolerance, a word by equality."""
Subject: TypeAlias = tuple[str, str]
"""What is spoken of, and which property of it."""
Sayings: TypeAlias = Mapping[str, Value]
"""What each source says of one subject."""
Support: TypeAlias = dict[Value, dict[str, float]]
"""For each value the groups that speak for it, each with the weight of its weightiest member that says so."""


class Said(NamedTuple):
    """One source says one value of one subject. `time` orders what a source says within a step."""

    source: str
    subject: Subject
    value: Value
    time: float = 0.0


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two numbers may lie apart and still say the same: the larger of a width and a share of the larger one."""

    width: float = 0.0
    share: float = 0.0

    def same(self, one: Value, other: Value) -> bool:
        """True where the two values say the same. A number never says the same as a word."""
        if one == other:
            return True
        if isinstance(one, str) or isinstance(other, str):
            return False
        return abs(one - other) <= max(self.width, self.share * max(abs(one), abs(other)))


@dataclass(frozen=True, slots=True)
class Voices:
    """Which sources are one voice (`group`: source to name of its group), and what the word of each weighs.

    A source that is not listed is a voice of its own, with the weight `unknown`. Empty, every source counts the same.
    """

    group: Mapping[str, str] = field(default_factory=dict)
    weight: Mapping[str, float] = field(default_factory=dict)
    unknown: float = 1.0


class Verdict(NamedTuple):
    """What is believed of a subject: `share` of the weight of all groups that speak, and how many stand behind it."""

    value: Value
    share: float
    voices: int


EVERY_SOURCE_THE_SAME = Voices()
EQUAL = 1e-9
"""Weights that differ by less count as equal: rounding does not decide."""


def gather(sayings: Iterable[Said]) -> dict[Subject, dict[str, Value]]:
    """What each source says of each subject: its latest word. The order of the sayings does not matter.

    A source that says different things at its latest time contradicts itself, and is left out of that subject.
    """
    last: dict[Subject, dict[str, tuple[float, Value | None]]] = {}
    for source, subject, value, time in sayings:
        said = last.setdefault(subject, {})
        before = said.get(source)
        if before is None or time > before[0]:
            said[source] = (time, value)
        elif time == before[0] and value != before[1]:
            said[source] = (time, None)
    return {
        subject: {source: value for source, (_, value) in said.items() if value is not None}
        for subject, said in last.items()
    }


def support(said: Sayings, voices: Voices) -> Support:
    """The groups behind each value."""
    group, weight, unknown = voices.group, voices.weight, voices.unknown
    behind: Support = {}
    for source, value in said.items():
        voice = group.get(source, source)
        heavy = weight.get(source, unknown)
        groups = behind.get(value)
        if groups is None:
            behind[value] = {voice: heavy}
        elif heavy > groups.get(voice, -1.0):
            groups[voice] = heavy
    return behind


def verdict(said: Sayings, voices: Voices = EVERY_SOURCE_THE_SAME) -> Verdict | None:
    """What is believed of a subject of which the sources say so; None where nobody says anything."""
    behind = support(said, voices)
    value = winner(behind)
    if value is None:
        return None
    own = behind[value]
    if len(behind) == 1:
        return Verdict(value, 1.0, len(own))
    return Verdict(value, _weight(own) / fsum(loudest(behind).values()), len(own))


def winner(behind: Support, without: str | None = None) -> Value | None:
    """The value with the most weight, leaving out the group `without`; None where nothing is left.

    Of values with equal weight: the one nearest to the middle of all (numbers), then the smallest.
    """
    weights = {value: _weight(groups, without) for value, groups in behind.items()}
    top = max(weights.values(), default=0.0)
    if top <= 0:
        return None
    first = [value for value, weight in weights.items() if weight >= top - EQUAL]
    if len(first) == 1:
        return first[0]
    middle = _middle(weights)
    return min(first, key=lambda value: _distance_and_order(value, middle))


def loudest(behind: Support) -> dict[str, float]:
    """Each group that speaks, with the greatest weight it has behind any value."""
    most: dict[str, float] = {}
    for groups in behind.values():
        for group, weight in groups.items():
            most[group] = max(weight, most.get(group, 0.0))
    return most


def _weight(groups: Mapping[str, float], without: str | None = None) -> float:
    return fsum(groups.values()) - (groups.get(without, 0.0) if without is not None else 0.0)


def _distance_and_order(value: Value, middle: float) -> tuple[bool, float, float, str]:
    """Numbers before words."""
    if isinstance(value, str):
        return True, 0.0, 0.0, value
    return False, abs(value - middle), value, ""


def _middle(weights: Mapping[Value, float]) -> float:
    """The weighted median of the numbers."""
    numbers = sorted((value, weight) for value, weight in weights.items() if not isinstance(value, str))
    half, passed = sum(weight for _, weight in numbers) / 2, 0.0
    for value, weight in numbers:
        passed += weight
        if passed >= half - EQUAL:
            return value
    return 0.0
