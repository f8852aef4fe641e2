"""What is learned about sources from what they said: who copies whom, and how often each was borne out by the others.

Learning is by steps (days): a step is decided with what the steps before it taught, and only then learned from. No
truth is ever read: a source is judged by the consensus of all groups but its own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log

from claimstream.fusion.copying import Group, Pair, Shared, contested, count_pairs, groups
from claimstream.fusion.fusion import EVERY_SOURCE_THE_SAME, Sayings, Subject, Voices
from claimstream.fusion.jury import Jury


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """How history is read. The defaults are those of the literature, or stand on a wide plateau."""

    min_shared: int = 30
    """Contested subjects that two sources must share before they can be called copies."""
    max_differing: float = 0.03
    """The share of these on which copies may differ at most."""
    min_odd: int = 10
    """How often two copies must at least have said together what the other groups did not believe. That honest sources
    agree on what is so says nothing; that they are odd in the same way does."""
    decay: float = 0.95
    """What evidence of a source's agreement keeps from one step to the next: sources change."""
    prior_agreed: float = 4.0
    prior_seen: float = 5.0
    """A source that nothing is known of counts as one that agreed on four subjects of five."""
    wrong_values: float = 10.0
    """Wrong values that a source could have chosen from, on average (n of Accu, Dong et al., VLDB 2009)."""
    majority: float = 0.5
    """The share of the other groups' weight that their consensus needs before a source is judged by it."""
    rounds: int = 3
    """How often a step is gone through, each time with the weights of the time before."""
    least: float = 0.1
    """The least weight: what one source alone says is still believed while nobody contradicts it."""
    max_paired: int = 1000
    """Sources of which pairs are kept: those that spoke on most contested subjects. Bounds memory."""

    def weight(self, agreed: float, seen: float) -> float:
        """What the word of a source weighs: the log-odds of its being right among so many wrong values."""
        right = (self.prior_agreed + agreed) / (self.prior_seen + seen)
        return max(self.least, log(self.wrong_values * right / (1 - right)))


class History:
    """What all steps so far teach. `learn` takes them in order of time; `voices` is what may be used for the next."""

    def __init__(self, learning: Learning | None = None) -> None:
        self.learning = learning or Learning()
        self.records: dict[str, tuple[float, float]] = {}
        """For each source how many contested subjects it was judged on, agreed and seen, faded by time."""
        self.groups: list[Group] = []
        self.first = self.last = ""
        self.steps = self.claims = 0
        self._pairs: dict[Pair, Shared] = {}
        self._spoken: Counter[str] = Counter()

    def voices(self) -> Voices:
        """Groups and weights by what has been learned; before the first step every source counts the same."""
        if not self.steps:
            return EVERY_SOURCE_THE_SAME
        return Voices(group_of(self.groups), self._weights(self.records), self.learning.weight(0.0, 0.0))

    def learn(self, step: str, table: Mapping[Subject, Sayings]) -> None:
        """Learns from what the sources said at a step, which must not come before an earlier one."""
        disputed = [said for said in table.values() if contested(said)]
        self._count(disputed)
        jury = self._grouped(disputed)
        self._judge(jury, {source for said in table.values() for source in said})
        self.first = self.first or step
        self.last = step
        self.steps += 1
        self.claims += sum(map(len, table.values()))

    def _count(self, disputed: list[Sayings]) -> None:
        """Adds the step's shared subjects to those of each pair."""
        for said in disputed:
            self._spoken.update(said.keys())
        keep = self.learning.max_paired
        paired = sorted(self._spoken, key=lambda source: (-self._spoken[source], source))[:keep]
        if len(self._spoken) > keep:
            kept = set(paired)
            self._pairs = {pair: s for pair, s in self._pairs.items() if pair[0] in kept and pair[1] in kept}
        for pair, shared in count_pairs(disputed, paired).items():
            before = self._pairs.get(pair, Shared(0, 0))
            self._pairs[pair] = Shared(before.both + shared.both, before.same + shared.same, before.odd)

    def _grouped(self, disputed: list[Sayings]) -> Jury:
        """Finds the groups anew, and returns the step's subjects by these groups."""
        learning = self.learning
        alike = groups(self._pairs, learning.min_shared, learning.max_differing)
        jury = Jury(disputed, group_of(alike), learning.majority)
        for pair, odd in jury.odd(self._judging(self.records)).items():
            before = self._pairs.get(pair, Shared(0, 0))
            self._pairs[pair] = before._replace(odd=before.odd + odd)
        self.groups = groups(self._pairs, learning.min_shared, learning.max_differing, learning.min_odd)
        same = group_of(self.groups) == group_of(alike)
        return jury if same else Jury(disputed, group_of(self.groups), learning.majority)

    def _judge(self, jury: Jury, sources: set[str]) -> None:
        """Fades what was known of each source, and adds how often the others' consensus of this step bore it out."""
        decay = self.learning.decay
        faded = {source: (a * decay, s * decay) for source, (a, s) in self.records.items()}
        for source in sources:
            faded.setdefault(source, (0.0, 0.0))
        now = self.records
        for _ in range(self.learning.rounds):
            agreed, seen = jury.borne_out(self._judging(now))
            now = {source: (a + agreed[source], s + seen[source]) for source, (a, s) in faded.items()}
        self.records = now

    def _judging(self, records: Mapping[str, tuple[float, float]]) -> Voices:
        """The weights by these records; a jury has the groups."""
        return Voices(weight=self._weights(records), unknown=self.learning.weight(0.0, 0.0))

    def _weights(self, records: Mapping[str, tuple[float, float]]) -> dict[str, float]:
        return {source: self.learning.weight(*record) for source, record in records.items()}


def group_of(found: Iterable[Group]) -> dict[str, str]:
    """For each source of a group the group's name: its first source."""
    return {source: group.sources[0] for group in found for source in group.sources}
