"""From verdicts to alert revisions: who stands on which side of an open disagreement, and when it ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from claimstream.judging.alerts import Event, Status, after, sealed
from claimstream.judging.comparing import country, position
from claimstream.judging.consensus import Believed, Fold, voice_key
from claimstream.judging.marks import secondhand
from claimstream.judging.profile import Profile, bounds
from claimstream.judging.reasons import reason
from claimstream.judging.weighing import Verdict
from claimstream.lexicon import names
from claimstream.model import Alert, Claim, Fact, Grade, Side, Stand, Voice, content_id

_STARTS = frozenset(("disputed", "claimed", "changed"))
"""Events that can open an alert."""
_ENDED_BY: dict[str, Event] = {"admission": "conceded", "correction": "corrected", "withdrawal": "corrected"}


def due(stand: Stand | Fold, profile: Profile) -> datetime | None:
    """When the open alert runs out, unless a claim that revises it arrives before; None without an open one."""
    if stand.alert is None or stand.alert.state != "open" or stand.touched_at is None:
        return None
    return stand.touched_at + profile.expire


def expire(fold: Fold, now: datetime) -> list[Alert]:
    """Close an open alert that nobody touched for long before this time of arrival.

    It ends at the time when it ran out, whoever noticed that, and however much later.
    """
    end = due(fold, fold.profile)
    alert = fold.alert
    if alert is None or end is None or now <= end:
        return []
    fold.holders, fold.challengers = [], []
    fold.settle(Believed(at=end, arrived_at=end, claim="", article=alert.updated_by))
    closed = replace(
        alert,
        revision=alert.revision + 1,
        state="expired",
        reason=reason("silent"),
        updated_at=end,
        claimed=fold.claimed,
        assessed=fold.assessed,
        best=fold.best,
        low=fold.low,
        high=fold.high,
        restated_by="",
    )
    fold.alert = sealed(closed)
    return [fold.alert]


def advance(fold: Fold, fact: Fact, claim: Claim, origin: str, verdict: Verdict) -> list[Alert]:
    """The alert revisions that a claim makes, once it is among the voices; settles what is believed on the way."""
    if verdict.what in ("background", "unclear", "late") or verdict.code == "taken back":
        return []
    is_open = fold.alert is not None and fold.alert.state == "open"
    joined = _sides(fold, claim, voice_key(origin, claim), verdict, is_open)
    event = _event(fold, verdict, is_open, joined)
    status = (fold.alert.type, fold.alert.state) if fold.alert is not None else None
    turned = after(status, event) if event else None
    sides = _shown_sides(fold) if turned else ()
    if event == "conceded" and fold.alert is not None:
        sides = (*fold.alert.sides, _side([fold.voices[voice_key(origin, claim)]], fold))
    if turned[1] != "open" if turned else not is_open:
        fold.holders, fold.challengers = [], []
    fold.settle(Believed(at=claim.as_of, arrived_at=claim.arrived_at, claim=claim.id, article=claim.article))
    if event is None or turned is None:
        return []
    kept = fold.alert if _goes_on(fold, claim, event) else None
    fold.alert = _written(fold, fact, claim, _Turn(verdict.code, event, turned, sides), kept)
    fold.touched.add(fold.alert.id)
    if turned[1] == "open":
        fold.touched_at = max(claim.arrived_at, fold.touched_at or claim.arrived_at)
    return [fold.alert]


@dataclass(frozen=True, slots=True)
class _Turn:
    """What happens to an alert: why, by which event, to which type and state, with which sides to show."""

    code: str
    event: Event
    status: Status
    sides: tuple[Side, ...]


def _sides(fold: Fold, claim: Claim, mine: str, verdict: Verdict, is_open: bool) -> bool:
    """Bring the sides up to date; True where the claim's voice is new on one of them, and that is worth telling."""
    if is_open:
        fold.holders = _standing(fold, fold.holders, claim)
        fold.challengers = _standing(fold, fold.challengers, claim)
    if verdict.event in _STARTS and not (is_open and fold.holders and fold.challengers):
        fold.holders = [key for key in verdict.rivals if key in fold.voices]
        fold.challengers = [mine]
        return True
    if not is_open or mine not in fold.voices or verdict.what in ("copy", "repeat"):
        return False
    was = mine in fold.holders or mine in fold.challengers
    opponents = fold.opponents(claim) - {mine}
    faces_holders = not opponents.isdisjoint(fold.holders)
    faces_challengers = not opponents.isdisjoint(fold.challengers)
    fold.holders = [key for key in fold.holders if key != mine]
    fold.challengers = [key for key in fold.challengers if key != mine]
    joins = fold.challengers if faces_holders else fold.holders
    if not (faces_holders or faces_challengers):
        return False
    joins.append(mine)
    return not was and _tells(len(joins))


def _tells(size: int) -> bool:
    """True where one more voice on a side is worth a revision: each of the first four, then at 8, 16, 32 ..."""
    return size <= 4 or size & (size - 1) == 0


def _standing(fold: Fold, keys: list[str], claim: Claim) -> list[str]:
    """Those of the voices that still hold their word: not replaced, and for states not too old beside the claim."""
    voices = fold.voices
    if claim.kind == "figure":
        return [key for key in keys if key in voices]
    since = claim.as_of - fold.profile.state
    return [key for key in keys if key in voices and voices[key].as_of >= since]


def _event(fold: Fold, verdict: Verdict, is_open: bool, joined: bool) -> Event | None:
    """What the claim does to the alert that is open, or whether it opens one."""
    if not is_open:
        return verdict.event if verdict.event in _STARTS else None
    change = fold.alert is not None and fold.alert.type == "change"
    if not fold.holders or not fold.challengers:
        if change and verdict.event == "confirmed":
            return "confirmed"
        if change and (verdict.what in ("copy", "repeat") or verdict.code == "own change"):
            return None  # "captured it from the army" bears the change out twice
        if change and fold.challengers and verdict.what not in _ENDED_BY:
            return None  # more words for what was announced: the side that loses has not answered yet
        return _ENDED_BY.get(verdict.what, "agreed")
    if change:
        return verdict.event
    return "joined" if joined else None


def _goes_on(fold: Fold, claim: Claim, event: Event) -> bool:
    """True where the last alert is revised: open, or settled so lately that the quarrel has begun again."""
    old, flap = fold.alert, fold.profile.flap
    if old is None or old.state == "open":
        return old is not None
    if old.state not in ("resolved", "conceded") or claim.as_of - old.updated_at > flap:
        return False
    if old.type == "change":
        return event == "disputed"  # else one change of hands after another, and no quarrel
    if claim.kind == "figure" or fold.touched_at is None:
        return True
    return claim.arrived_at - fold.touched_at <= 2 * flap  # else it was over before anybody said so


def _written(fold: Fold, fact: Fact, claim: Claim, turn: _Turn, kept: Alert | None) -> Alert:
    """The next revision of the alert that is kept, or a new alert. One article makes one revision of an open one."""
    same = kept is not None and kept.id in fold.touched and kept.state == turn.status[1] == "open"
    raised = kept is None or turn.event == "disputed"
    why = kept.reason if kept and turn.event == "joined" else reason("agreed" if turn.event == "agreed" else turn.code)
    alert = Alert(
        id=kept.id if kept else content_id(claim.subject, claim.id),
        revision=kept.revision + (not same) if kept else 1,
        type=turn.status[0],
        state=turn.status[1],
        reason=why,
        subject=claim.subject,
        situation=claim.situation,
        kind=claim.kind,
        raised_by=claim.article if raised or kept is None else kept.raised_by,
        sentence=claim.sentence if raised or kept is None else kept.sentence,
        updated_by=claim.article,
        opened_at=kept.opened_at if kept else claim.as_of,
        updated_at=claim.as_of,
        sides=turn.sides or (kept.sides if kept else ()),
        asset=claim.asset if raised or kept is None else kept.asset,
        place=_place(fold, fact, claim) if raised or kept is None else kept.place,
        measure=fact.measure,
        who=fact.who,
        claimed=fold.claimed,
        assessed=fold.assessed,
        best=fold.best,
        low=fold.low,
        high=fold.high,
    )
    return sealed(alert)


def _place(fold: Fold, fact: Fact, claim: Claim) -> str:
    """The place in the words of the claim where it is the subject's, else in those of whom it disputes.

    What can be held is known by its name, so there those of the fact's first report do as well; a count that names no
    place is of what its article is about, which is a guess: none is told then.
    """
    sides = [fold.voices[key].claim.place for key in (*fold.challengers, *fold.holders) if key in fold.voices]
    said = (claim.place, *sides) if claim.kind == "figure" else (claim.place, fact.place)
    return next((place for place in said if _of_subject(place, claim)), "")


def _of_subject(place: str, claim: Claim) -> bool:
    return bool(place) and names.place_key(place, country(claim)) in claim.subject


def _shown_sides(fold: Fold) -> tuple[Side, ...]:
    pairs = [[fold.voices[key] for key in keys if key in fold.voices] for keys in (fold.holders, fold.challengers)]
    return tuple(_side(voices, fold) for voices in pairs) if all(pairs) else ()


def _side(voices: list[Voice], fold: Fold) -> Side:
    """The side in the words of its first voice."""
    first = min(voices, key=lambda v: (v.since, v.claim.arrived_at, v.claim.position))
    claim = first.claim
    pairs = [bounds(v.claim, fold.profile) for v in voices] if claim.kind == "figure" else []
    return Side(
        position=position(claim),
        claim=claim.id,
        article=claim.article,
        sentence=claim.sentence,
        speaker=claim.speaker or claim.attribution,
        source=claim.source,
        published_at=claim.published_at,
        low=min((p[0] for p in pairs if p[0] is not None), default=None),
        high=max((p[1] for p in pairs if p[1] is not None), default=None),
        origins=len({v.origin for v in voices if not secondhand(v.claim)}),
        neutral=len({v.origin for v in voices if not v.interest and not secondhand(v.claim)}),
        copies=sum(v.copies for v in voices),
    )


def grade(fold: Fold) -> Grade:
    """How sure the fact is, in Airwars' words.

    contested: a contradiction is open. confirmed: a side admits. fair: two independent voices of no side. weak: one
    voice, or none but interested ones. discounted: interested voices alone, against what is assessed.
    """
    if not fold.voices:
        return "none"
    if fold.challengers and fold.alert is not None and fold.alert.type == "contradiction":
        return "contested"
    backing = fold.backing()
    if backing.admitted:
        return "confirmed"
    if not backing.neutral and fold.assessed and fold.assessed != fold.claimed:
        return "discounted"
    return "fair" if backing.fair else "weak"
