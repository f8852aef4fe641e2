"""The words of the voices, made ready to be compared: bounds and stances worked out once, and counted by weight.

There may be many voices, and every new claim is held against all of them; but the stances that they take are few.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from typing import NamedTuple

from claimstream.judging.comparing import Stance, all_fighters, clash, stance
from claimstream.judging.profile import Profile, bounds, widened
from claimstream.model import Claim, Voice


class Mark(NamedTuple):
    """What comparing needs of a claim: bounds, as they stand and widened, of a figure; the stance of a state."""

    claim: Claim
    time: tuple[datetime, datetime, str, int]
    bounds: tuple[float | None, float | None] = (None, None)
    wide: tuple[float, float] = (0.0, 0.0)
    stance: Stance | None = None
    fighters: bool = False
    """Whether the figure is of dead who all bore arms, by its own words."""
    weight: int = 1
    """What the voice's word weighs, by the source book."""


class Marks:
    """The marks of the voices of one subject, by the voices' keys, in their order."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._marks: dict[str, Mark] = {}
        self._alike: dict[Stance, set[str]] = {}
        self._moving: Counter[Stance] = Counter()
        self._own: Mark | None = None

    def __getitem__(self, key: str) -> Mark:
        return self._marks[key]

    def of(self, claim: Claim) -> Mark:
        """The mark of a claim; that of the last one asked for is remembered."""
        if self._own is None or self._own.claim is not claim:
            time = (claim.as_of, claim.arrived_at, claim.article, claim.position)
            if claim.kind == "figure":
                own = Mark(claim, time, bounds(claim, self._profile), widened(claim, self._profile))
                self._own = own._replace(fighters=all_fighters(claim))
            else:
                self._own = Mark(claim, time, stance=stance(claim))
        return self._own

    def add(self, voice: Voice, weight: int) -> None:
        """The voice's word is one of those that are compared."""
        mark = self.of(voice.claim)
        if weight != mark.weight:
            mark = mark._replace(weight=weight)
        self._marks[voice.key] = mark
        if mark.stance is not None:
            self._alike.setdefault(mark.stance, set()).add(voice.key)
            if moves(voice):
                self._moving[mark.stance] += weight

    def drop(self, voice: Voice) -> None:
        """It is no longer."""
        mark = self._marks.pop(voice.key)
        if mark.stance is not None:
            keys = self._alike[mark.stance]
            keys.discard(voice.key)
            if moves(voice):
                self._moving[mark.stance] -= mark.weight
            if not keys:
                del self._alike[mark.stance]

    def against(self, claim: Claim, key: str) -> bool:
        """True where the claim and the word of that voice cannot both hold of the same moment."""
        return opposed(self.of(claim), self._marks[key])

    def opponents(self, claim: Claim) -> set[str]:
        """The keys of all voices whose word cannot hold together with the claim."""
        mine = self.of(claim)
        if mine.stance is None:
            (low, high), armed = mine.wide, mine.fighters
            marks = self._marks.items()
            return {k for k, m in marks if low > m.wide[1] or high < m.wide[0] or armed != m.fighters}
        found: set[str] = set()
        for other, keys in self._alike.items():
            if clash(mine.stance, other):
                found |= keys
        return found

    def outnumbered(self, key: str) -> bool:
        """True where of the voices that move what is assessed more weight speaks against this one's word than not."""
        mine = self._marks[key].stance
        against = sum(n for other, n in self._moving.items() if mine and clash(mine, other))
        return 2 * against > self._moving.total()

    def most_agreed(self) -> list[str]:
        """Of figures: the keys of the voices that agree with the word that the most weight agrees with.

        Among several such words the lowest counts.
        """
        everyone = list(self._marks.items())
        marks = [pair for pair in everyone if not secondhand(pair[1].claim)] or everyone
        lows = _Running([(mark.wide[0], mark.weight) for _, mark in marks])
        highs = _Running([(mark.wide[1], mark.weight) for _, mark in marks])
        friends = [lows.up_to(mark.wide[1]) - highs.below(mark.wide[0]) for _, mark in marks]
        most = max(friends)
        camp = [pair for pair, n in zip(marks, friends, strict=True) if n == most]
        _, chosen = min(camp, key=lambda pair: (best(*pair[1].bounds) or 0.0, pair[0]))
        return [key for key, mark in marks if not opposed(chosen, mark)]

    def ends(self) -> list[float]:
        """Every bound of every figure."""
        return [end for mark in self._marks.values() for end in mark.bounds if end is not None]


class _Running:
    """Sums of weight over values in order."""

    def __init__(self, pairs: Sequence[tuple[float, int]]) -> None:
        ordered = sorted(pairs)
        self._values = [value for value, _ in ordered]
        self._sums = [0, *accumulate(weight for _, weight in ordered)]

    def up_to(self, value: float) -> int:
        return self._sums[bisect_right(self._values, value)]

    def below(self, value: float) -> int:
        return self._sums[bisect_left(self._values, value)]


def moves(voice: Voice) -> bool:
    """True for a voice whose word moves what is assessed: one of no side, or one that speaks against its own.

    What is known only because somebody denies it moves nothing.
    """
    return not secondhand(voice.claim) and (not voice.interest or voice.admission)


def secondhand(claim: Claim) -> bool:
    """True for a word that the article has only from who denies it."""
    return claim.implied or (claim.denial and claim.kind == "figure")


def opposed(one: Mark, other: Mark) -> bool:
    """True where the two cannot both hold of the same moment."""
    if one.stance is not None and other.stance is not None:
        return clash(one.stance, other.stance)
    return one.wide[0] > other.wide[1] or one.wide[1] < other.wide[0] or one.fighters != other.fighters


def best(low: float | None, high: float | None) -> float | None:
    """One number for bounds: the middle, or the end that there is."""
    if low is None or high is None:
        return high if low is None else low
    return low if low == high else (low + high) / 2
