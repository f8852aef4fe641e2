"""How often each source said what the groups of other sources believe: the judging of one step, in several rounds.

The same as asking `fusion.winner` once for each subject and group, leaving that group out; arranged so that a round
costs a few sums for each subject. Sources of one group that say the same of a subject are a camp, judged as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import combinations
from math import fsum

from claimstream.fusion.copying import Pair
from claimstream.fusion.fusion import EQUAL, Sayings, Support, Value, Voices, loudest, winner


class Jury:
    """The contested subjects of a step, with their sources in camps. `majority`: what a belief needs to judge by."""

    def __init__(self, subjects: Iterable[Sayings], group: Mapping[str, str], majority: float) -> None:
        self._majority = majority
        self._camps: dict[tuple[str, tuple[str, ...]], int] = {}
        """The number of each camp: its group and its sources."""
        self._subjects = [self._in_camps(said, group) for said in subjects]

    def borne_out(self, voices: Voices) -> tuple[Counter[str], Counter[str]]:
        """For each source: on how many subjects it agreed with what the other groups believe, and on how many
        these believe anything by so large a majority. The groups are those of the jury, whatever `voices` says."""
        agreed, seen = self._by_camp(voices)
        return self._by_source(agreed), self._by_source(seen)

    def odd(self, voices: Voices) -> Counter[Pair]:
        """For each pair of one group: how often both said the same, and the other groups believed another thing."""
        agreed, seen = self._by_camp(voices)
        found: Counter[Pair] = Counter()
        for (_, sources), yes, all_ in zip(self._camps, agreed, seen, strict=True):
            if all_ > yes:
                for pair in combinations(sources, 2):
                    found[pair] += all_ - yes
        return found

    def _by_camp(self, voices: Voices) -> tuple[list[int], list[int]]:
        """For each camp how often it agreed, and how often it was judged."""
        heavy = [max(voices.weight.get(s, voices.unknown) for s in sources) for _, sources in self._camps]
        group = [group for group, _ in self._camps]
        agreed, seen = [0] * len(heavy), [0] * len(heavy)
        for camps in self._subjects:
            behind = {value: {group[camp]: heavy[camp] for camp in own} for value, own in camps}
            bench = _Bench(behind, self._majority)
            for value, own in camps:
                for camp in own:
                    believed = bench.without(group[camp])
                    if believed is not None:
                        seen[camp] += 1
                        agreed[camp] += believed == value
        return agreed, seen

    def _in_camps(self, said: Sayings, group: Mapping[str, str]) -> list[tuple[Value, list[int]]]:
        """For each value said of a subject the camps that say so."""
        found: dict[Value, dict[str, list[str]]] = {}
        for source, value in said.items():
            found.setdefault(value, {}).setdefault(group.get(source, source), []).append(source)
        number = self._camps
        return [
            (value, [number.setdefault((name, tuple(sorted(own))), len(number)) for name, own in camps.items()])
            for value, camps in found.items()
        ]

    def _by_source(self, counts: list[int]) -> Counter[str]:
        total: Counter[str] = Counter()
        for (_, sources), count in zip(self._camps, counts, strict=True):
            for source in sources:
                total[source] += count
        return total


class _Bench:
    """One subject: what is believed of it when one group is left out."""

    def __init__(self, behind: Support, majority: float) -> None:
        self._behind = behind
        self._majority = majority
        self._loudest = loudest(behind)
        self._total = fsum(self._loudest.values())
        self._weights = {value: fsum(groups.values()) for value, groups in behind.items()}
        self._best = max(self._weights, key=self._weights.__getitem__)
        self._top = self._weights[self._best]
        self._lead = self._top - max((w for value, w in self._weights.items() if value != self._best), default=0.0)

    def without(self, group: str) -> Value | None:
        """What the groups but one believe by a majority, None where there is no such belief.

        Mostly one group does not decide, and the belief of all is that of the others; only where it might is the winner
        looked for again.
        """
        enough = self._majority * (self._total - self._loudest[group]) + EQUAL
        if self._top <= enough:  # nothing can reach a majority: with as many values as sources this saves much looking
            return None
        believed: Value | None = self._best
        if self._lead - self._behind[self._best].get(group, 0.0) <= EQUAL:
            believed = winner(self._behind, group)
        if believed is None or self._weights[believed] - self._behind[believed].get(group, 0.0) <= enough:
            return None
        return believed
