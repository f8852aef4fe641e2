"""Do two claims about one subject speak against each other, whatever their times?"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from claimstream.judging import sentence_words
from claimstream.judging.assetkey import words_in
from claimstream.judging.camps import camp, rivals, same_camp
from claimstream.judging.folding import plain
from claimstream.judging.profile import Profile, widened
from claimstream.model import Claim

_FRACTIONS = words_in("fractions")
_COUNTED_PART = words_in("counted_parts")
_PARTIAL = words_in("partial")


def country(claim: Claim) -> str:
    """The country of the claim's subject: what stands before the first bar of its key."""
    return claim.subject.partition("|")[0]


def side(claim: Claim) -> str:
    """The camp that a control or siege claim is about, "" where it names none."""
    return claim.camp or (_side(claim.side, claim.subject, claim.sentence) if claim.side else "")


@lru_cache(maxsize=16384)
def _side(words: str, subject: str, sentence: str) -> str:
    land = subject.partition("|")[0]
    found = camp(words, land)
    return _longer(words, sentence, land, found) if found.startswith("other:") else found


def _longer(words: str, sentence: str, land: str, found: str) -> str:
    """The camp of "column" in "a column of army trucks": the sentence may say what the short name does not."""
    at = sentence.find(words + " of ")
    if at < 0:
        return found
    longer = camp(" ".join(sentence[at : at + 80].split()[:6]), land)
    return found if longer.startswith("other:") else longer


@lru_cache(maxsize=16384)
def _partial(asset: str) -> bool:
    words = plain(asset).split()
    fraction = any(a in _FRACTIONS and b == "of" for a, b in pairwise(words))
    fraction = fraction or (len(words) > 2 and words[0] in _COUNTED_PART and words[1] == "of")
    return fraction or words[:1] == ["half"] or not _PARTIAL.isdisjoint(words)


def extent(claim: Claim) -> str:
    """all, most or part; "half of the city" and "the rebel districts" are parts whatever the reader says."""
    return "part" if claim.extent == "all" and _partial(claim.asset) else claim.extent


class Stance(NamedTuple):
    """What a control, siege or route claim holds, ready to compare. `denies`: it denies even a part."""

    kind: str
    camp: str
    holds: str
    extent: str
    denies: bool


def stance(claim: Claim) -> Stance:
    """The stance of a claim that is no figure."""
    denies = claim.holds == "no" and (claim.denial or "denie" in claim.sentence or "deny" in claim.sentence)
    about = side(claim) if claim.kind == "control" else ""
    return Stance(claim.kind, about, str(claim.holds), extent(claim), denies)


@lru_cache(maxsize=4096)
def clash(a: Stance, b: Stance) -> bool:
    """True where both cannot hold of the same moment.

    "The rebels have it" speaks against "the army has it" and "the rebels do not"; two parts of a divided place do not.
    """
    if "contested" in (a.holds, b.holds):
        other = b if a.holds == "contested" else a
        return a.kind == "control" and other.holds == "yes" and other.extent == "all"
    if a.kind != "control":
        return a.holds != b.holds
    if a.holds != b.holds:
        no = a if a.holds == "no" else b
        return same_camp(a.camp, b.camp) and (no.extent != "part" or no.denies)
    if a.holds == "no" or not rivals(a.camp, b.camp):
        return False
    shares = {a.extent, b.extent}
    return "part" not in shares or shares == {"part", "all"}


def all_fighters(claim: Claim) -> bool:
    """True for dead of whom a side of the war says that all bore arms: whoever calls them people speaks against it."""
    return claim.measure == "killed" and bool(claim.interest) and sentence_words.fighters_only(claim)


def against(a: Claim, b: Claim, profile: Profile) -> bool:
    """True where the two claims cannot both hold of the same moment."""
    if a.kind == "figure":
        (low, high), (other_low, other_high) = widened(a, profile), widened(b, profile)
        return low > other_high or high < other_low or all_fighters(a) != all_fighters(b)
    return clash(stance(a), stance(b))


def position(claim: Claim) -> str:
    """What the claim holds, in a word or two: "28", "state:SY", "not rebel:SY", "contested", "yes"."""
    if claim.kind == "figure":
        return figures(claim.low, claim.high)
    if claim.kind != "control" or claim.holds == "contested":
        return str(claim.holds)
    name = side(claim) if extent(claim) == "all" else f"{side(claim)} ({extent(claim)})"
    return name if claim.holds == "yes" else f"not {name}"


def figures(low: float | None, high: float | None) -> str:
    """Bounds in words: "28", "15 or more", "up to 20", "10 to 20"."""
    if low is None and high is None:
        return "no number"
    if low is None or high is None:
        return f"up to {_number(high)}" if low is None else f"{_number(low)} or more"
    return _number(low) if low == high else f"{_number(low)} to {_number(high)}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def same_value(a: Claim, b: Claim) -> bool:
    """The same figure, or the same word on the same state."""
    if a.kind == "figure":
        return a.low == b.low and a.high == b.high
    return a.holds == b.holds and extent(a) == extent(b) and side(a) == side(b)
