"""Which sources copy one another: pairs that hardly ever differ where others do, joined by complete linkage.

On a subject on which all agree, agreement says nothing. Where sources disagree, two that read the world for themselves
differ now and then; two of which one copies the other do not. And they share what nobody else believes: that two honest
sources agree on what is so makes them no copies (after Dong et al., VLDB 2009: shared errors are the evidence).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import NamedTuple, TypeAlias

from claimstream.fusion.fusion import Sayings, Value

Pair: TypeAlias = tuple[str, str]
"""Two sources, in alphabetical order."""


class Shared(NamedTuple):
    """On how many contested subjects both sources of a pair spoke, and on how many of these they said the same.

    `odd`: on how many of the latter the groups of all others believed another thing.
    """

    both: int
    same: int
    odd: int = 0

    @property
    def differing(self) -> float:
        """The share of subjects on which they differ, one such subject being assumed (Laplace's rule)."""
        return (self.both - self.same + 1) / (self.both + 2)


class Group(NamedTuple):
    """Sources that count as one voice; of its pairs, the fewest subjects shared, the most on which two differ, and the
    fewest on which two were odd together."""

    sources: tuple[str, ...]
    shared: int
    differ: int
    odd: int


def contested(said: Sayings) -> bool:
    """True where the sources of a subject say different things, to the letter."""
    values = iter(said.values())
    first = next(values, None)
    return any(value != first for value in values)


def count_pairs(subjects: Iterable[Sayings], sources: Iterable[str]) -> dict[Pair, Shared]:
    """For each pair of the sources: on how many of the contested subjects both spoke, and said the same.

    Bits stand for subjects (who spoke) and for values of subjects (who said it), so that a pair costs two ANDs.
    """
    spoke: dict[str, list[int]] = {source: [] for source in sorted(sources)}
    stated: dict[str, list[int]] = {source: [] for source in spoke}
    values = 0
    for number, said in enumerate(subjects):
        place: dict[Value, int] = {}
        for source, value in said.items():
            if source in spoke:
                spoke[source].append(number)
                stated[source].append(values + place.setdefault(value, len(place)))
        values += len(place)
    masks = {source: (_bits(spoke[source]), _bits(stated[source])) for source in spoke if spoke[source]}
    found: dict[Pair, Shared] = {}
    for (one, (spoke_one, said_one)), (other, (spoke_other, said_other)) in combinations(masks.items(), 2):
        both = (spoke_one & spoke_other).bit_count()
        if both:
            found[one, other] = Shared(both, (said_one & said_other).bit_count())
    return found


def _bits(places: list[int]) -> int:
    """The number in which the bits at these ascending places are set."""
    mask = bytearray(places[-1] // 8 + 1)
    for place in places:
        mask[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(mask, "little")


def groups(pairs: Mapping[Pair, Shared], min_shared: int, max_differing: float, min_odd: int = 0) -> list[Group]:
    """The groups of two and more: every pair within a group is linked (complete linkage), the most alike joined first.

    A pair is linked when it shares at least `min_shared` contested subjects, differs on a share below `max_differing`,
    and, with `min_odd`, was odd together at least so often, and at least as often as it differed. One honest source
    that agrees with two copying groups does not make them one.
    """
    linked = {
        pair: shared
        for pair, shared in pairs.items()
        if shared.both >= min_shared
        and shared.differing < max_differing
        and (not min_odd or shared.odd >= max(min_odd, shared.both - shared.same))
    }
    member: dict[str, frozenset[str]] = {source: frozenset((source,)) for pair in linked for source in pair}
    for one, other in sorted(linked, key=lambda pair: (linked[pair].differing, pair)):
        left, right = member[one], member[other]
        if left is not right and all(_pair(a, b) in linked for a in left for b in right):
            joined = left | right
            member.update(dict.fromkeys(joined, joined))
    found = sorted({tuple(sorted(sources)) for sources in member.values() if len(sources) > 1})
    return [_group(sources, linked) for sources in found]


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _group(sources: tuple[str, ...], linked: Mapping[Pair, Shared]) -> Group:
    shared = [linked[pair] for pair in combinations(sources, 2)]
    return Group(
        sources,
        shared=min(s.both for s in shared),
        differ=max(s.both - s.same for s in shared),
        odd=min(s.odd for s in shared),
    )
