"""What a claim is to a fact as it stands: the rules of change and contradiction. Changes nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache
from typing import NamedTuple

from claimstream.judging.alerts import Event
from claimstream.judging.aspect import (
    aspect,
    calls_own,
    count_date,
    count_day,
    dated_back,
    long_ago,
    moment,
    owns_up,
    since,
    then,
)
from claimstream.judging.assetkey import table
from claimstream.judging.camps import hearsay, same_camp
from claimstream.judging.camps import rivals as opposed
from claimstream.judging.comparing import all_fighters, same_value, side
from claimstream.judging.consensus import Fold, middle
from claimstream.judging.countkey import class_of
from claimstream.judging.profile import Profile, bounds
from claimstream.judging.sentence_words import another, feared, has, in_addition, looks_back, told_earlier
from claimstream.model import Claim, Voice, What

_DISPUTES = ("denies", "same article", "repelled", "lower", "leaps", "otherwise")
"""The reasons that make a disagreement a contradiction, the plainest first."""
_HAD_BEEN = re.compile(r"\bhad (?:been|remained|stayed|held|lain|stood)\b[^.;,]{0,60}? (?:since|for|until)\b")
"""What an outlet tells of a place as it was before its news."""
_GROWING = frozenset(("cases", "burnt", "flooded"))
_DAY = timedelta(days=1)


class Verdict(NamedTuple):
    """What a claim is to the fact, the code of the reason, the voices it is against, what it does to the alert."""

    what: What
    code: str
    rivals: tuple[str, ...] = ()
    event: Event | None = None


def weigh(fold: Fold, claim: Claim, origin: str) -> Verdict:
    """The verdict on a claim of that voice."""
    if claim.status == "withdrawn":
        return Verdict("withdrawal", "withdrawn")
    if claim.background or claim.passing or (claim.kind != "figure" and long_ago(claim)):
        return Verdict("background", "background")
    if not claim.resolved or (claim.kind == "figure" and bounds(claim, fold.profile) == (None, None)):
        return Verdict("unclear", "unclear")
    if claim.implied and fold.disputed() and any(not fold.against(claim, voice) for voice in fold.voices.values()):
        return Verdict("repeat", "known before")  # what is denied has been heard from those who say it
    if fold.struck(claim, origin):
        return Verdict("repeat", "taken back")
    if claim.status == "corrected":
        return Verdict("correction", "corrected")
    if fold.newest is not None and claim.as_of < fold.newest - fold.profile.late:
        return Verdict("late", "late")
    if hearsay(claim.attribution) or has("taken back", claim.sentence):
        return Verdict("background", "background")
    own = fold.same_word(claim, origin)
    if own is not None and not _holds_on(claim, own.claim):
        carried = claim.source != own.claim.source
        return Verdict("copy" if carried else "repeat", "carried" if carried else "same voice")
    gone = _overtaken(fold, claim, origin) if claim.kind != "figure" else ()
    if gone:
        return Verdict("update", "later change", gone)
    if claim.kind != "figure" and _told_as_past(fold, claim, origin):
        return Verdict("background", "background")
    if not fold.voices:
        return Verdict("first", "first")
    rivals = fold.rivals(claim, origin)
    if claim.kind == "figure":
        return _weigh_figure(fold, claim, origin, rivals)
    return _weigh_state(fold, claim, origin, rivals)


def _holds_on(claim: Claim, before: Claim) -> bool:
    """True where a voice that has told how it took a place says now, in the same text, that it has it."""
    if claim.kind != "control" or claim.article != before.article or claim.holds != "yes":
        return False
    return aspect(claim) in ("state", "stays") and aspect(before) in ("event", "again") and bool(claim.interest)


def _told_as_past(fold: Fold, claim: Claim, origin: str) -> bool:
    """True where a voice that has just said how things are adds how they were ("retaken ... overrun on Tuesday")."""
    told = [v for v in fold.voices.values() if v.claim.article == claim.article]
    if not claim.attribution and _HAD_BEEN.search(claim.sentence) and any(fold.against(claim, v) for v in told):
        return True  # "reopened, the ministry said. It had been closed since Tuesday."
    own = [v for v in told if v.origin == origin]
    if not any(fold.against(claim, v) for v in own):
        return False
    day = moment(claim)
    earlier = day is not None and day + _DAY <= claim.published_at
    return earlier or any(v.claim.sentence == claim.sentence and fold.against(claim, v) for v in own)


def _overtaken(fold: Fold, claim: Claim, origin: str) -> tuple[str, ...]:
    """What the voice told in the same sentence as having been before ("entered it at the weekend, but by Monday")."""
    if not then(claim):
        return ()
    mine = (v for v in fold.voices.values() if v.origin == origin and v.claim.sentence == claim.sentence)
    return tuple(v.key for v in mine if v.claim.article == claim.article and fold.against(claim, v))


def _looser(fold: Fold, claim: Claim, origin: str) -> bool:
    """True where a voice says again, with fewer bounds, what it has said: "up to 300" after "200 to 300"."""
    own = fold.voices.get(origin)
    if own is None or claim.kind != "figure" or own.claim.kind != "figure":
        return False
    low, high = bounds(claim, fold.profile)
    known_low, known_high = bounds(own.claim, fold.profile)
    if (low, high) == (known_low, known_high) or (known_low is None and known_high is None):
        return False
    below = low is None or (known_low is not None and low <= known_low)
    above = high is None or (known_high is not None and high >= known_high)
    return below and above and (low is None or high is None)


def _agreeing(fold: Fold, claim: Claim, origin: str) -> Verdict:
    if _looser(fold, claim, origin):
        return Verdict("repeat", "same voice")
    if any(v.origin == origin for v in fold.voices.values()):
        return Verdict("update", "own change")
    if claim.kind == "figure":
        low, high = bounds(claim, fold.profile)
        if low is not None and high is not None and (fold.low is None or fold.high is None):
            return Verdict("narrowing", "narrower")
    return Verdict("confirmation", "agrees", (), "confirmed")


# Figures


def _weigh_figure(fold: Fold, claim: Claim, origin: str, rivals: list[Voice]) -> Verdict:
    if claim.denial and any(same_value(claim, voice.claim) for voice in fold.voices.values()):
        return Verdict("repeat", "known before")  # who names a figure to deny it does not bear it out
    if _adds_up(claim, fold.profile) and _own_earlier(fold, claim, origin):
        return Verdict("repeat", "known before")
    if not rivals:
        return _agreeing(fold, claim, origin)
    beside = any(_side_by_side(fold, claim, v) for v in rivals) and not looks_back(claim)
    if fold.overtaken(claim) and not beside:
        return Verdict("repeat", "known before")
    codes: dict[str, list[str]] = {}
    for voice in rivals:
        codes.setdefault(_figures_clash(fold, claim, voice), []).append(voice.key)
    silent = claim.measure in fold.profile.silent_measures and not _of_captives(claim)
    silent = silent and _kind(claim) not in _GROWING and not any(_set_against(claim, v.claim) for v in rivals)
    if not silent and not _indefinite(fold, claim):
        for code in _DISPUTES:
            if code in codes:
                against = tuple(key for c in _DISPUTES for key in codes.get(c, ()))
                return Verdict("contradiction", code, against, "disputed")
    code = next(iter(codes))
    return Verdict("update", code, () if code == "rises" else tuple(codes[code]))


def _kind(claim: Claim) -> str:
    """The measure in the subject of a figure, where "cases" of a disease and "burnt" land have names of their own."""
    return claim.subject.split("|", 3)[2]


def _adds_up(claim: Claim, by: Profile) -> bool:
    """True for a running count, which may rise."""
    return claim.measure in by.cumulative_measures or _kind(claim) in _GROWING


def _of_captives(claim: Claim) -> bool:
    """True for prisoners who were handed over or let go: they are counted by both sides."""
    if claim.measure != "other" or class_of(claim.subject) == "things":
        return False
    return "|prisoner|" in claim.subject or "captured " in claim.sentence or "prisoners" in claim.sentence


def _own_earlier(fold: Fold, claim: Claim, origin: str) -> bool:
    """True for a lower figure that a voice tells, beside its new one, as what it said before."""
    own = fold.voices.get(origin)
    if own is None or own.claim.article != claim.article or not told_earlier(claim):
        return False
    return middle(claim, fold.profile) < middle(own.claim, fold.profile)


def _side_by_side(fold: Fold, claim: Claim, voice: Voice) -> bool:
    """True where the article of the claim gives the voice's figure too, be it one that was heard before."""
    return voice.claim.article == claim.article or voice.key in fold.carried


def _figures_clash(fold: Fold, claim: Claim, voice: Voice) -> str:
    """Why the two figures disagree, or why that is no contradiction.

    A running count may rise, but not leap within hours by another voice; a lower one is another count only when much
    later. What goes up and down is compared within its window.
    """
    by, age = fold.profile, claim.as_of - voice.as_of
    limit = by.answers if _answers(claim, voice.claim) else by.apart
    if claim.measure in by.apart_measures and _apart(middle(claim, by), middle(voice.claim, by)) > limit:
        return "another count"
    other = voice.claim
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
    if _side_by_side(fold, claim, voice):
        return "known before" if _told_before(claim, other) or _crept(claim, other, by) else "same article"
    if not claim.attribution and claim.source == other.source:
        return "own change"
    if (claim.measure in by.loose_measures and not _answers(claim, other)) or _days_differ(claim, voice.claim):
        return "another count"
    if _adds_up(claim, by):
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


def _set_against(claim: Claim, other: Claim) -> bool:
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
    return outlet and near and _adds_up(claim, by) and claim.sentence != other.sentence


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


def _indefinite(fold: Fold, claim: Claim) -> bool:
    """True for a part that only says how many of them ("35 of the wounded"), and for counts of nobody knows what."""
    unclear = "|things|" in claim.subject and not claim.who and claim.measure != "area"
    nominal = "|nominal|" in claim.subject  # "a town of 9,000" only says how large the town is
    return unclear or nominal or ("|people|" in claim.subject and "|part|" in claim.subject)


def _apart(one: float, other: float) -> float:
    """How many times the larger is the smaller; 1 where either is zero."""
    low, high = sorted((abs(one), abs(other)))
    return high / low if low else 1.0


# Control, siege, route


def _weigh_state(fold: Fold, claim: Claim, origin: str, rivals: list[Voice]) -> Verdict:
    if admits(claim):
        return Verdict("admission", "admits", tuple(v.key for v in rivals), "conceded")
    answers = aspect(claim) in ("denial", "stays")  # what has never been, or is still, was not so then either
    window = (4 if claim.denial else 2 if answers else 1) * fold.profile.state
    known = [v for v in rivals if not _merely_fought_over(claim, v) and not _own_headline(claim, v)]
    rivals = [v for v in known if claim.as_of - v.as_of <= window]
    if not rivals:
        old = tuple(v.key for v in known)
        return Verdict("update", "later change", old, "changed") if old else _agreeing(fold, claim, origin)
    if dated_back(claim) and all(v.claim.article == claim.article and aspect(v.claim) == "again" for v in rivals):
        return Verdict("background", "background")  # what was retaken had been lost: the loss is told as history
    keys = tuple(v.key for v in rivals)
    if _confirms_change(fold, claim, keys):
        return Verdict("confirmation", "agrees", keys, "confirmed")
    codes = {_states_clash(fold, claim, v) for v in rivals}
    if fold.disputed() and all(claim.as_of - v.as_of < fold.profile.fresh for v in rivals):
        codes |= {"otherwise"}
    for code in _DISPUTES:
        if code in codes:
            return Verdict("denial" if code == "denies" else "contradiction", code, keys, "disputed")
    if "announced" in codes:
        return Verdict("update", "announced", keys, "claimed")
    return Verdict("update", "later change", keys, "changed")


def _confirms_change(fold: Fold, claim: Claim, rivals: tuple[str, ...]) -> bool:
    """True where an announced change is open, and a voice of no side now says the same."""
    if fold.alert is None or (fold.alert.type, fold.alert.state) != ("change", "open") or claim.interest:
        return False
    if aspect(claim) == "denial" or not set(rivals) <= set(fold.holders):
        return False
    announced = [fold.voices[key] for key in fold.challengers if key in fold.voices]
    return any(not fold.against(claim, voice) for voice in announced)


def _states_clash(fold: Fold, claim: Claim, voice: Voice) -> str:
    """Why the two words disagree, or why the later is only news."""
    how, was = aspect(claim), aspect(voice.claim)
    if "contested" in (claim.holds, voice.claim.holds):
        return "same article" if claim.article == voice.claim.article else "otherwise"
    if how == "denial":
        return "denies"
    if claim.article == voice.claim.article:
        return "same article"
    winner = gains(claim)
    day = moment(claim) if how != "state" else None
    before = moment(voice.claim) if was in ("event", "again") else None
    if day is not None and before is not None and before < day:
        return "announced" if winner and voice.interest != claim.interest else "later change"
    if day is not None and voice.as_of >= day + _DAY and not winner:
        return "otherwise"
    start = since(claim) if how == "stays" else None
    if how == "stays" and (start is None or voice.as_of >= start):
        return "otherwise"  # "still", said of a time after the other word: what that told has not happened
    if start is not None:
        return "later change"
    if day is None or voice.as_of >= day:
        clash = _undated_clash(fold, claim, voice, how, was, winner)
        if clash:
            return clash
    return "announced" if winner and voice.interest != claim.interest else "later change"


def _own_headline(claim: Claim, voice: Voice) -> bool:
    """True for the headline of the claim's own article that gives the winner another name than the text does.

    "Libyan forces seize port"; "fighters from the coast captured the port, their spokesman said".
    """
    title = voice.claim
    if title.article != claim.article or not title.in_title or claim.in_title:
        return False
    nobodys = not title.attribution and voice.origin.startswith("outlet:")
    return nobodys and title.holds == claim.holds == "yes"


def _merely_fought_over(claim: Claim, voice: Voice) -> bool:
    """True where one says taken, the other fought over, and neither disputes: first a fight, then a taking.

    "Fighting goes on inside it" disputes an earlier word that it was taken, and another side's in the same article.
    """
    if "contested" not in (claim.holds, voice.claim.holds):
        return False
    if claim.article == voice.claim.article:
        return claim.interest == voice.interest or aspect(claim) == "again"
    return not (claim.holds == "contested" and aspect(claim) == "stays")


def _undated_clash(fold: Fold, claim: Claim, voice: Voice, how: str, was: str, winner: bool) -> str:
    """The same where the words name no day, or the day on which the other voice spoke: "" for mere news."""
    by, age = fold.profile, claim.as_of - voice.as_of
    if how == "stays":
        return "otherwise"
    if winner:
        if was == "repelled" or (how == "repelled" and was in ("event", "again", "state")):
            return "repelled"
        if was in ("stays", "denial") and opposed(claim.interest, voice.interest) and age <= by.episode:
            return "otherwise"  # the other side has just said that no such thing has happened
        return "otherwise" if how == "state" and was in ("event", "again", "state") and 2 * age <= by.fresh else ""
    if how in ("event", "again"):
        ordered = age >= (by.settled if claim.dated and voice.claim.dated else by.episode)
        return "" if ordered or was == "state" or (how == "again" and was != "again") else "otherwise"
    return "otherwise" if age <= by.fresh else ""


def gains(claim: Claim) -> bool:
    """True where the speaker's own side is better off by what is said."""
    about = side(claim)
    if not claim.interest or not about or claim.kind == "route":
        return False
    mine = same_camp(claim.interest, about) or calls_own(claim)
    return mine if claim.holds == "yes" else not mine


def admits(claim: Claim) -> bool:
    """True where the speaker's own side is worse off by what is said, and it is said as having happened."""
    about = side(claim)
    if not claim.interest or not about or about.startswith("other:") or claim.kind == "route":
        return False
    if aspect(claim) in ("denial", "stays") and not (owns_up(claim) and not claim.denial):
        return False
    mine = same_camp(claim.interest, about) or calls_own(claim)
    if mine and claim.holds == "no" and aspect(claim) == "state" and not owns_up(claim):
        return False  # "none of our soldiers are in the town" answers those who say so
    if claim.kind == "siege":
        return mine and claim.holds == "no"
    return claim.holds == ("no" if mine else "yes")
