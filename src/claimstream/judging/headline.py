"""A headline sums up its own article: what it says is said by whoever says it in the text, about the same subject.

Editors drop the speaker, the place and the qualifier ("Market strike kills 15"), so a headline read alone would look
like a second voice on a second subject. Its claims keep their own words and bounds, and take voice and subject from
the claim of the text that they sum up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimstream.lexicon import names
from claimstream.model import Claim, altered


def settled(claims: Sequence[Claim], country: str) -> list[Claim]:
    """The claims with the headline's attached to those of the text. `country` is the situation's."""
    body = [claim for claim in claims if not claim.in_title]
    return [_attached(claim, body, country) if claim.in_title else claim for claim in claims]


def _attached(title: Claim, body: Iterable[Claim], country: str) -> Claim:
    summed = next((claim for claim in body if _sums_up(title, claim, country)), None)
    if summed is None:
        return title
    return altered(
        title, subject=summed.subject, speaker=summed.speaker, origin=summed.origin, interest=summed.interest
    )


def _sums_up(title: Claim, claim: Claim, country: str) -> bool:
    """Whether the headline's claim is the short form of the other: the same value of the same thing, or less said."""
    if title.kind != claim.kind or claim.background or claim.passing:
        return False
    if not _one_speaker(title, claim):
        return False
    if title.kind == "figure":
        return title.measure == claim.measure and title.unit == claim.unit and _number(title) == _number(claim)
    if title.subject != claim.subject and not _words(title.asset) & _words(claim.asset):
        return False
    if title.denial and claim.denial:
        return True  # "Army denies loss" (army: yes) is "denied that rebels had taken it" (rebels: no)
    sides = {names.side_key(one.side, country) for one in (title, claim)} - {""}
    if any(side.startswith("armed:") for side in sides):  # "fighters" may be anybody's but the state's
        sides = {side for side in sides if side.startswith("state:")} | {"armed"}
    return title.holds == claim.holds and len(sides) < 2


def _one_speaker(title: Claim, claim: Claim) -> bool:
    """Whether the headline names the speaker of the text, nobody, or one of that side in a bare word ("monitor")."""
    said, full = _words(title.attribution), _words(claim.attribution)
    return not said or not full or bool(said & full) or (len(said) == 1 and title.interest == claim.interest)


def _number(claim: Claim) -> float | None:
    return claim.low if claim.low is not None else claim.high


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip(".,'’").lower() for word in text.split()) - _SMALL


_SMALL = frozenset(("the", "a", "an", "of", "in", "on", "at", "and", "its", "their", "his", "her", "parts", "part", ""))
