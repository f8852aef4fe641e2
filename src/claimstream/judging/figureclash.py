"""Why two figures of one subject disagree, or why that is no contradiction: counts rise, days and events differ."""

from __future__ import annotations

from functools import cache

from claimstream.judging.aspect import count_date, count_day
from claimstream.judging.assetkey import table
from claimstream.judging.camps import rivals as opposed
from claimstream.judging.comparing import all_fighters
from claimstream.judging.consensus import Fold, middle
from claimstream.judging.countkey import class_of
from claimstream.judging.profile import Profile
from claimstream.judging.sentence_words import another, feared, has, in_addition, told_earlier
from claimstream.model import Claim, Voice

_GROWING = frozenset(("cases", "burnt", "flooded"))


def _kind(claim: Claim) -> str:
    """The measure in the subject of a figure, where "cases" of a disease and "burnt" land have names of their own."""
    return claim.subject.split("|", 3)[2]


def adds_up(claim: Claim, by: Profile) -> bool:
    """True for a running count, which may rise."""
    return claim.measure in by.cumulative_measures or _kind(claim) in _GROWING


def silent(claim: Claim, by: Profile) -> bool:
    """True for a figure of a kind that is kept and compared, and raises nothing: too seldom the same thing."""
    return claim.measure in by.silent_measures and not _of_captives(claim) and _kind(claim) not in _GROWING


def _of_captives(claim: Claim) -> bool:
    """True for prisoners who were handed over or let go: they are counted by both sides."""
    if claim.measure != "other" or class_of(claim.subject) == "things":
        return False
    return "|prisoner|" in claim.subject or "captured " in claim.sentence or "prisoners" in claim.sentence


def own_earlier(fold: Fold, claim: Claim, origin: str) -> bool:
    """True for a lower figure that a voice tells, beside its new one, as what it said before."""
    own = fold.voices.get(origin)
    if own is None or own.claim.article != claim.article or not told_earlier(claim):
        return False
    return middle(claim, fold.profile) < middle(own.claim, fold.profile)


def side_by_side(fold: Fold, claim: Claim, voice: Voice) -> bool:
    """True where the article of the claim gives the voice's figure too, be it one that was heard before."""
    return voice.claim.article == claim.article or voice.key in fold.carried


def figures_clash(fold: Fold, claim: Claim, voice: Voice) -> str:
    """Why the two figures disagree, or why that is no contradiction.

    A running count may rise, but not leap within hours by another voice; a lower one is another count only when much
    later. What goes up and down is compared within its window.
    """
    by, age = fold.profile, claim.as_of - voice.as_of
    limit = by.answers if _answers(claim, voice.claim) else by.apart
    other = voice.claim
    far = _apart(middle(claim, by), middle(other, by)) > limit
    if claim.measure in by.apart_measures and far and not opposed(claim.interest, other.interest):
        return "another count"
    if all_fighters(claim) != all_fighters(other):
        return "otherwise" if age <= by.cumulative else "another count"
    if claim.sentence != other.sentence and (another(claim) or another(other)):
        return "another count"
    if in_addition(claim) or in_addition(other):
        return "another count"
    if _only_feared(claim, other, by):
        return "another count"
    if _risen_from(claim, other):
        return "rises"
    if side_by_side(fold, claim, voice):
        return "known before" if _told_before(claim, other) or _crept(claim, other, by) else "same article"
    if not claim.attribution and claim.source == other.source:
        return "own change"
    if (claim.measure in by.loose_measures and not _answers(claim, other)) or _days_differ(claim, voice.claim):
        return "another count"
    if adds_up(claim, by):
        date = count_date(claim)
        same_day = date is not None and date == count_date(other)
        if age > (by.losses if _of_a_side(claim) else by.cumulative) and not same_day:
            return "later incident"
        mine, theirs = middle(claim, by), middle(voice.claim, by)
        if mine < theirs:
            return "lower" if claim.as_of >= voice.as_of else "known before"
        if same_day and age > by.fresh and claim.origin != other.origin and mine >= by.boast * theirs:
            return "otherwise"  # the dead of one day do not go on growing for long
        if other.high == 0 and claim.origin != other.origin and not has("so far", other.sentence):
            return "otherwise"  # who says that there are none is not overtaken by events, but contradicted
        if opposed(claim.interest, other.interest) and mine >= (by.boast if _boasts(claim) else by.factor) * theirs:
            return "otherwise"
        if mine >= by.factor * theirs and age < by.jump:
            return "leaps"
        return (
            "otherwise"
            if theirs and _outruns(claim, other) and mine >= by.apart * theirs and age < by.fresh
            else "rises"
        )
    if claim.measure in by.slow_measures and "|population|" not in claim.subject:
        return "otherwise" if abs(age) <= by.slow else "later count"
    flow = "|period since" in claim.subject  # "have fled since May" only grows
    window = by.cumulative if flow else by.stock if claim.measure in by.stock_measures else by.episode
    return "otherwise" if abs(age) <= window else "later count"


def _only_feared(claim: Claim, other: Claim, by: Profile) -> bool:
    """True where the higher of two figures is only feared: it does not dispute those who have been counted."""
    low, high = sorted((claim, other), key=lambda one: middle(one, by))
    return feared(high) and (low is claim or not feared(low)) and not has("denied", claim.sentence)


def _risen_from(claim: Claim, other: Claim) -> bool:
    """True where the words of the claim give the other's number as that of before: "registered 900, up from 700"."""
    number = other.low if other.low is not None else other.high
    if number is None or not told_earlier(claim) or (claim.low or claim.high or 0.0) <= number:
        return False
    return claim.interest == other.interest and f"{number:,.0f}" in claim.sentence


def _answers(claim: Claim, other: Claim) -> bool:
    """True where two who are named differ, or one who speaks for a side and a voice of none or of the other.

    Numbers far apart may then be of one thing.
    """
    if claim.origin == other.origin or (claim.interest and claim.interest == other.interest):
        return False
    voices = [one for one in (claim, other) if one.attribution]
    return len(voices) == 2 or any(voice.interest for voice in voices)


def set_against(claim: Claim, other: Claim) -> bool:
    """True for a figure of whatever kind that a second speaker sets against the one just told.

    "The mayor counted 70 guests; the fire brigade speaks instead of 35."
    """
    beside = claim.article == other.article and claim.origin != other.origin and "|part" not in claim.subject
    return beside and bool(claim.attribution and other.attribution) and has("answers", claim.sentence)


def _of_a_side(claim: Claim) -> bool:
    """True for a count of those whom a side of the war has lost."""
    counted = class_of(claim.subject)
    return bool(counted) and counted not in _nobodys()


@cache
def _nobodys() -> frozenset[str]:
    """The classes of those who are counted that are of no side."""
    return frozenset(("things", *table("who").values()))


def _outruns(claim: Claim, other: Claim) -> bool:
    """True for the dead as somebody of no side counts them, where a state has told of few."""
    named = bool(claim.attribution) and not claim.interest
    return named and claim.measure == "killed" and other.interest.startswith("state:")


def _boasts(claim: Claim) -> bool:
    """True for a count of the other side's dead, and for any by those who fight the state: such counts run high."""
    return not claim.interest.startswith("state:") or class_of(claim.subject) == "rebel"


def _crept(claim: Claim, other: Claim, by: Profile) -> bool:
    """True for a toll that a page gives twice, a little lower the second time: the entry of an earlier hour."""
    outlet = not (claim.attribution and other.attribution) and not opposed(claim.interest, other.interest)
    near = _apart(middle(claim, by), middle(other, by)) <= by.crept
    return outlet and near and adds_up(claim, by) and claim.sentence != other.sentence


def _told_before(claim: Claim, other: Claim) -> bool:
    """True where one of two figures of an article is told as what was said before, and nobody of another side said it.

    "The toll rose from 43 to 51"; "she had put it at 43"; but not "the rebels had claimed 60, the army counts 14".
    """
    two = bool(claim.attribution and other.attribution) and claim.origin != other.origin
    sided = claim.interest != other.interest and claim.attribution and other.attribution
    return not sided and not two and (told_earlier(claim) or told_earlier(other))


def _days_differ(one: Claim, other: Claim) -> bool:
    """True for figures of events on different days: five killed on Monday, three on Tuesday."""
    day = count_day(one)
    if day is None:
        return False
    another = count_day(other)
    return another is not None and another != day


def indefinite(fold: Fold, claim: Claim) -> bool:
    """True for a part that only says how many of them ("35 of the wounded"), and for counts of nobody knows what."""
    unclear = "|things|" in claim.subject and not claim.who and claim.measure != "area"
    nominal = "|nominal|" in claim.subject  # "a town of 9,000" only says how large the town is
    return unclear or nominal or ("|people|" in claim.subject and "|part|" in claim.subject)


def _apart(one: float, other: float) -> float:
    """How many times the larger is the smaller; 1 where either is zero."""
    low, high = sorted((abs(one), abs(other)))
    return high / low if low else 1.0
