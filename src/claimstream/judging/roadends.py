"""What a word on the road between two places says of the road to either of them.

"The Belen-Darin road is cut" and "the road to Darin is open" are about one road and have two keys, since who names one
end leaves open which road it is. So the first is held against the second under the key of the second.
"""

from __future__ import annotations

from collections.abc import Sequence

from claimstream.model import Claim, altered


def witnessed(claims: Sequence[Claim]) -> list[Claim]:
    """The claims, behind them those on roads with two ends once more for each end, as witnesses."""
    out = list(claims)
    for claim in claims:
        begin, _, place = claim.subject.rpartition("|")
        ends = place.split(" ")
        if claim.kind == "route" and len(ends) == 2 and not claim.witness:
            out += [altered(claim, id="", subject=f"{begin}|{end}", witness=True) for end in ends]
    return out
