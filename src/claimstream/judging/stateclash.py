"""Why two words on who holds a place disagree, or why the later is only news; whose gain or admission a word is."""

from __future__ import annotations

from datetime import timedelta

from claimstream.judging.aspect import aspect, calls_own, moment, owns_up, since
from claimstream.judging.camps import rivals as opposed
from claimstream.judging.camps import same_camp
from claimstream.judging.comparing import side
from claimstream.judging.consensus import Fold
from claimstream.model import Claim, Voice

_DAY = timedelta(days=1)


def states_clash(fold: Fold, claim: Claim, voice: Voice) -> str:
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


def own_headline(claim: Claim, voice: Voice) -> bool:
    """True for the headline of the claim's own article that gives the winner another name than the text does.

    "Libyan forces seize port"; "fighters from the coast captured the port, their spokesman said".
    """
    title = voice.claim
    if title.article != claim.article or not title.in_title or claim.in_title:
        return False
    nobodys = not title.attribution and voice.origin.startswith("outlet:")
    return nobodys and title.holds == claim.holds == "yes"


def merely_fought_over(claim: Claim, voice: Voice) -> bool:
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
