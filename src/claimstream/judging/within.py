"""What the claims of one article on one subject are to one another, before they are weighed against other articles.

A headline's speaker in a word is the one whom the text names; what the outlet adds to somebody's news in the same
sentence is how it had been before; and where one voice says the same twice, its plainest words stand for both.
"""

from __future__ import annotations

from dataclasses import replace

from claimstream.judging.aspect import aspect, count_day
from claimstream.judging.comparing import clash, same_value, stance
from claimstream.judging.sentence_words import has
from claimstream.model import Claim

_PLAINEST = ("denial", "stays", "repelled", "state", "again", "event")
"""How plainly words that say the same dispute what others said."""


def settled(claims: list[Claim]) -> list[Claim]:
    """The claims of one article, in the order in which they are to be weighed."""
    claims = _credited(claims)
    if len(claims) < 2:
        return claims
    if claims[0].kind == "figure":
        return _dated_first(claims)
    return _plainest_first([replace(c, background=True) if _told_beside(c, claims) else c for c in claims])


def _credited(claims: list[Claim]) -> list[Claim]:
    """A headline's speaker in a word, or none, is the one whom the text names."""
    if not any(c.in_title and _in_a_word(c) for c in claims):
        return claims
    return [_credit(c, claims) if c.in_title and _in_a_word(c) else c for c in claims]


def _in_a_word(title: Claim) -> bool:
    """True for "", "monitor", "Army": headlines name no one in full."""
    return " " not in title.attribution.strip() or title.attribution.islower()


def _credit(title: Claim, claims: list[Claim]) -> Claim:
    for claim in claims:
        spoken = claim.attribution and not claim.in_title and not claim.background
        if spoken and same_value(claim, title) and title.interest in ("", claim.interest):
            return replace(title, origin=claim.origin, interest=claim.interest)
    return title


def _dated_first(claims: list[Claim]) -> list[Claim]:
    """The one figure of a headline stands behind the same figure of the text that tells the day of the event."""
    titles = [claim for claim in claims if claim.in_title]
    if len(titles) != 1 or count_day(titles[0]):
        return claims
    dated = next((c for c in claims if count_day(c) and same_value(c, titles[0])), None)
    return [dated, *(c for c in claims if c is not dated)] if dated else claims


def _told_beside(claim: Claim, claims: list[Claim]) -> bool:
    """True where the outlet adds in its own words, to what somebody says has happened, how it had been until then.

    "Rebels recaptured the town, their commanders said, weeks after they had lost it to the army".
    """
    if claim.attribution or claim.background or claim.holds == "contested":
        return False
    beside = [c for c in claims if c.sentence == claim.sentence and c.attribution and aspect(c) in ("event", "again")]
    if not any(clash(stance(claim), stance(c)) for c in beside):
        return False
    return not has("contrast", claim.sentence)


def _plainest_first(claims: list[Claim]) -> list[Claim]:
    """Where one voice says the same twice, its plainest words stand for the first.

    "The lock of the city is broken", says the headline; "it is in our hands", the text.
    """
    out = list(claims)
    for n, first in enumerate(out):
        same = [k for k in range(n, len(out)) if _one_word(first, out[k])]
        best = min(same, key=lambda k: (_PLAINEST.index(aspect(out[k])), k)) if len(same) > 1 else n
        out[n], out[best] = out[best], out[n]
    return out


def _one_word(a: Claim, b: Claim) -> bool:
    """True where the same voice says the same."""
    told = not (a.background or a.passing or b.background or b.passing)
    return a is b or (told and (a.origin, a.attribution) == (b.origin, b.attribution) and same_value(a, b))
