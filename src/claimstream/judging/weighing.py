"""What a claim is to a fact as it stands: the rules of change and contradiction. Changes nothing."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import NamedTuple

from claimstream.judging.alerts import Event
from claimstream.judging.aspect import aspect, dated_back, long_ago, moment, then
from claimstream.judging.camps import hearsay
from claimstream.judging.comparing import same_value
from claimstream.judging.consensus import Fold
from claimstream.judging.figureclash import (
    adds_up,
    figures_clash,
    indefinite,
    own_earlier,
    set_against,
    side_by_side,
    silent,
)
from claimstream.judging.profile import bounds
from claimstream.judging.sentence_words import has, looks_back
from claimstream.judging.stateclash import admits, merely_fought_over, own_headline, states_clash
from claimstream.model import Claim, Voice, What

_DISPUTES = ("denies", "same article", "repelled", "lower", "leaps", "otherwise")
"""The reasons that make a disagreement a contradiction, the plainest first."""
_HAD_BEEN = re.compile(r"\bhad (?:been|remained|stayed|held|lain|stood)\b[^.;,]{0,60}? (?:since|for|until)\b")
"""What an outlet tells of a place as it was before its news."""
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
    if adds_up(claim, fold.profile) and own_earlier(fold, claim, origin):
        return Verdict("repeat", "known before")
    if not rivals:
        return _agreeing(fold, claim, origin)
    beside = any(side_by_side(fold, claim, v) for v in rivals) and not looks_back(claim)
    if fold.overtaken(claim) and not beside:
        return Verdict("repeat", "known before")
    codes: dict[str, list[str]] = {}
    for voice in rivals:
        codes.setdefault(figures_clash(fold, claim, voice), []).append(voice.key)
    answers = any(set_against(claim, voice.claim) for voice in rivals)
    if (answers or not silent(claim, fold.profile)) and not indefinite(fold, claim):
        for code in _DISPUTES:
            if code in codes:
                against = tuple(key for c in _DISPUTES for key in codes.get(c, ()))
                return Verdict("contradiction", code, against, "disputed")
    code = next(iter(codes))
    return Verdict("update", code, () if code == "rises" else tuple(codes[code]))


# Control, siege, route


def _weigh_state(fold: Fold, claim: Claim, origin: str, rivals: list[Voice]) -> Verdict:
    if admits(claim):
        return Verdict("admission", "admits", tuple(v.key for v in rivals), "conceded")
    answers = aspect(claim) in ("denial", "stays")  # what has never been, or is still, was not so then either
    window = (4 if claim.denial else 2 if answers else 1) * fold.profile.state
    known = [v for v in rivals if not merely_fought_over(claim, v) and not own_headline(claim, v)]
    rivals = [v for v in known if claim.as_of - v.as_of <= window]
    if not rivals:
        old = tuple(v.key for v in known)
        return Verdict("update", "later change", old, "changed") if old else _agreeing(fold, claim, origin)
    if dated_back(claim) and all(v.claim.article == claim.article and aspect(v.claim) == "again" for v in rivals):
        return Verdict("background", "background")  # what was retaken had been lost: the loss is told as history
    keys = tuple(v.key for v in rivals)
    if _confirms_change(fold, claim, keys):
        return Verdict("confirmation", "agrees", keys, "confirmed")
    codes = {states_clash(fold, claim, v) for v in rivals}
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
