"""A table of claims decided step by step: what is believed after each, which claims contradict it, what is learned.

Pure, as `fusion` is. Each step is decided with what earlier steps taught, or by a book; then it is learned from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from claimstream.fusion.fusion import Said, Sayings, Subject, Tolerance, Value, Verdict, Voices, gather, verdict
from claimstream.fusion.history import History

MIN_SHARE = 0.4
"""The share of the weight that a belief needs before a claim is flagged for contradicting it."""


class Step(NamedTuple):
    """All claims of one time label."""

    time: str
    sayings: list[Said]


class Flag(NamedTuple):
    """A claim that contradicts what is believed."""

    source: str
    subject: Subject
    value: Value
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one step: beliefs by subject, claims that contradict them, both in order; and what was counted."""

    time: str
    verdicts: list[tuple[Subject, Verdict]]
    flags: list[Flag]
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How claims are held against what is believed.

    `tolerance` gives the tolerance of a property. A claim is flagged where the belief has more than `min_share` of the
    weight: where it is barely ahead, who contradicts whom is open. With `carry` a source's claim stands at later steps,
    until it says something else.
    """

    tolerance: Callable[[str], Tolerance]
    min_share: float = MIN_SHARE
    carry: bool = False


def decide(steps: Iterable[Step], rules: Rules, by: Voices | History) -> Iterator[Outcome]:
    """The outcome of each step, in order of time; a History learns from each step once it has been decided."""
    standing: dict[Subject, dict[str, Value]] = {}
    for time, sayings in steps:
        table: dict[Subject, dict[str, Value]] = gather(sayings)
        if rules.carry:
            table = _carried(standing, table)
        voices = by.voices() if isinstance(by, History) else by
        verdicts = _verdicts(table, voices)
        yield Outcome(time, sorted(verdicts.items()), _flags(sayings, verdicts, rules), len(sayings))
        if isinstance(by, History):
            by.learn(time, table)


def _verdicts(table: Mapping[Subject, Sayings], voices: Voices) -> dict[Subject, Verdict]:
    found = ((subject, verdict(said, voices)) for subject, said in table.items())
    return {subject: believed for subject, believed in found if believed is not None}


def _flags(sayings: list[Said], verdicts: Mapping[Subject, Verdict], rules: Rules) -> list[Flag]:
    tolerances: dict[str, Tolerance] = {}
    found: set[Flag] = set()
    for source, subject, value, _ in sayings:
        believed = verdicts.get(subject)
        if believed is None or believed.value == value or believed.share <= rules.min_share:
            continue
        tolerance = tolerances.get(subject[1])
        if tolerance is None:
            tolerance = tolerances[subject[1]] = rules.tolerance(subject[1])
        if not tolerance.same(value, believed.value):
            found.add(Flag(source, subject, value, believed))
    return sorted(found, key=lambda flag: (flag.subject, flag.source, isinstance(flag.value, str), flag.value))


def _carried(
    standing: dict[Subject, dict[str, Value]], table: Mapping[Subject, Mapping[str, Value]]
) -> dict[Subject, dict[str, Value]]:
    """The subjects of this step with what was said of them earlier and still stands."""
    for subject, said in table.items():
        standing.setdefault(subject, {}).update(said)
    return {subject: dict(standing[subject]) for subject in table}
