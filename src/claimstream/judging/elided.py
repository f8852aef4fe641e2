"""Figures that leave out what they count: "The army admits to 17", after "more than 1,000 civilians were killed".

Such a figure answers the one before it, so it is of the same subject: the same people, place and period.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimstream.model import Claim, altered

_BARE = ".again"
"""The end of the names of rules that take the measure of a bare number from the figure before."""
_PART = "|part|"
_MEASURES = frozenset("killed wounded casualties missing detained surrendered displaced besieged forces".split())


def answered(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of one article in the order of the text; a bare number is of the subject of the figure before it."""
    last: dict[str, Claim] = {}
    out: list[Claim] = []
    for claim in claims:
        if claim.kind != "figure" or claim.measure not in _MEASURES:
            out.append(claim)
            continue
        before = last.get(claim.measure)
        if before is not None and _bare(claim):
            claim = altered(claim, subject=before.subject)
        elif not claim.in_title and not claim.background and _PART not in claim.subject:
            last[claim.measure] = claim
        out.append(claim)
    return out


def _bare(claim: Claim) -> bool:
    said = any(word and word in claim.sentence for word in (claim.who, claim.place))
    return claim.rule.endswith(_BARE) and claim.total and not said
