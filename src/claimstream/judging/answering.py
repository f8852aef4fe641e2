"""Figures of one article that answer one another: told again, denied, set against what another voice has just said.

Each takes the subject of the one that it answers, since two figures meet only under one subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from claimstream.judging import countkey, quoted, sentence_words
from claimstream.judging.assetkey import words_in
from claimstream.judging.folding import words_of
from claimstream.model import Claim, altered

_JUST_BEFORE: Final = 600
"""Characters within which a figure is the one that another speaks of."""
_AROUND: Final = 100
"""Claims before and behind one among which that is looked for which it answers: work grows with the text alone."""
_ALIKE: Final = 3
"""Times that two figures of one sentence may differ and still be of one period."""
_ANYBODY: Final = ("people", "things")
_BOTH_SIDES: Final = {"state forces", "rebel"}


def answered(claims: list[Claim]) -> list[Claim]:
    """The claims of an article in the order of the text, those that answer another under its subject."""
    for step in (_one_period, _risen, _denied, _rejected, _answered, _none):
        claims = step(claims)
    return claims


def _one_period(claims: list[Claim]) -> list[Claim]:
    """Two who count the same in one sentence count over one period: "130 in ten days, medics say, the mayor 170"."""
    for n, claim in enumerate(claims[1:], 1):
        before = claims[n - 1]
        if claim.kind != "figure" or before.kind != "figure" or claim.sentence != before.sentence:
            continue
        low, high = sorted((before.low or before.high or 0.0, claim.low or claim.high or 0.0))
        if high > _ALIKE * low:
            continue  # the day's dead and the month's
        begin, _, period = before.subject.rpartition("|")
        mine, _, scope = claim.subject.rpartition("|")
        if begin != mine or period == scope or claim.attribution == before.attribution:
            continue
        if not sentence_words.has("explained", claim.sentence):
            if scope == "incident":
                claims[n] = altered(claim, subject=before.subject)
            elif period == "incident":
                claims[n - 1] = altered(before, subject=claim.subject)
    return claims


def _risen(claims: list[Claim]) -> list[Claim]:
    """What a count has risen from is of the subject of that count: "400 since May, up from the 230 of June"."""
    for n, claim in enumerate(claims):
        if claim.kind == "figure" and sentence_words.risen_from(claim):
            same = (c for c in _told_before(claims, n) if c.sentence == claim.sentence and c.measure == claim.measure)
            now = next(same, None)
            if now is not None and now.attribution == claim.attribution and not _of_two_sides(now, claim):
                claims[n] = altered(claim, subject=now.subject)
    return claims


def _none(claims: list[Claim]) -> list[Claim]:
    """Who says that there was none speaks of those just counted: "170 gave up, he said; the army denied any"."""
    for n, claim in enumerate(claims):
        if claim.kind != "figure" or claim.high != 0 or claim.measure not in words_in("people_measures"):
            continue
        told = (c for c in _told_before(claims, n) if c.kind == "figure" and c.measure == claim.measure)
        counted = (c for c in told if c.high != 0)
        before = next(counted, None)
        if before is None or claim.place not in ("", before.place) or claim.in_title != before.in_title:
            continue
        if abs(claim.start - before.start) > _JUST_BEFORE:
            continue
        mine, theirs = (countkey.class_of(c.subject) for c in (claim, before))
        if mine in ("people", "things", theirs):
            claims[n] = altered(claim, subject=before.subject)
    return claims


def _denied(claims: list[Claim]) -> list[Claim]:
    """A figure named only to be denied is another's word, and of the subject of the one put in its place.

    "Three, not four dead"; "he dismisses the district's 200".
    """
    for n, claim in enumerate(claims):
        if claim.kind != "figure" or not quoted.to_deny(claim):
            continue
        k = _in_its_place(claims, n)
        if k is not None:
            claim = altered(claim, subject=claims[k].subject)
        mine = k is None or claims[k].origin == claim.origin
        claims[n] = quoted.anothers(claim) if mine and not quoted.own_mistake(claim) else claim
    return claims


def _in_its_place(claims: list[Claim], n: int) -> int | None:
    """Which figure stands in the place of a denied one: one of its sentence, else the speaker's own just before."""
    claim = claims[n]
    near = [
        k for k in _around(claims, n) if k != n and claims[k].measure == claim.measure and not quoted.to_deny(claims[k])
    ]
    beside = [k for k in near if claims[k].sentence == claim.sentence]
    before = [
        k
        for k in near
        if k < n and claims[k].attribution == claim.attribution and claim.start - claims[k].start <= _JUST_BEFORE
    ]
    before = [k for k in before if claims[k].in_title == claim.in_title and "|part" not in claims[k].subject]
    return beside[0] if beside else before[-1] if before else None


def _told_before(claims: Sequence[Claim], n: int) -> Sequence[Claim]:
    """Those just before, the last first."""
    return claims[max(0, n - _AROUND) : n][::-1]


def _around(claims: Sequence[Claim], n: int) -> range:
    return range(max(0, n - _AROUND), min(len(claims), n + _AROUND))


def _rejected(claims: list[Claim]) -> list[Claim]:
    """A figure that a sentence waves away is of the subject of the one that another voice gives beside it.

    "The army lost six, he said, and the 80 dead claimed by the rebels are an invention."
    """
    for n, claim in enumerate(claims):
        if claim.kind != "figure" or claim.in_title or not sentence_words.has("waved away", claim.sentence):
            continue
        beside = (k for k in _around(claims, n) if _another_count(claims[k], claim))
        k = min(beside, key=lambda k: abs(claims[k].start - claim.start), default=None)
        if k is None:
            continue
        if countkey.class_of(claim.subject) in _ANYBODY:
            claims[n] = altered(claim, subject=claims[k].subject)
        elif countkey.class_of(claims[k].subject) in _ANYBODY or _of_two_sides(claim, claims[k]):
            claims[k] = altered(claims[k], subject=claim.subject)
    return claims


def _answered(claims: list[Claim]) -> list[Claim]:
    """A figure that a second speaker sets against the one just told is of its subject, in whatever words he counts.

    "The mayor says that nine houses in ten are destroyed. The engineers disagree: 46 per cent are unusable." Where the
    second names neither whom he counts nor where, nothing else can be meant: "Rebels put the number at 27."
    """
    last: dict[tuple[str, str | None], int] = {}
    for n, claim in enumerate(claims):
        if claim.kind != "figure" or claim.in_title or claim.background or "|part" in claim.subject:
            continue
        about = claim.measure, claim.unit
        k = last.get(about, -1)
        before = claims[k] if k >= 0 else None
        if before is not None and _another_count(before, claim) and before.attribution and claim.attribution:
            same = countkey.class_of(before.subject) == countkey.class_of(claim.subject)
            explained = sentence_words.has("explained", claim.sentence)
            bare = _bare(claim) and claim.place in ("", before.place) and not explained
            if bare or (same and sentence_words.has("answers", claim.sentence)):
                claims[n] = altered(claim, subject=before.subject)
        last[about] = n
    return claims


def _bare(claim: Claim) -> bool:
    """True where the sentence does not say who is counted."""
    said = words_of(claim.who)
    if not said:
        return True
    return countkey.class_of(claim.subject) in _ANYBODY and len(said) == 1 and said[0] not in words_of(claim.sentence)


def _of_two_sides(one: Claim, other: Claim) -> bool:
    """True for the losses of the state and those of its enemies: "165 of them, against 13 of our own"."""
    return {countkey.class_of(one.subject), countkey.class_of(other.subject)} == _BOTH_SIDES


def _another_count(other: Claim, claim: Claim) -> bool:
    """True for another voice's figure of the same measure, told just before or after the claim."""
    alike = other.kind == "figure" and other.measure == claim.measure and not other.in_title and other is not claim
    if not alike or other.attribution == claim.attribution or (other.low, other.high) == (claim.low, claim.high):
        return False
    one_place = not (claim.place and other.place) or claim.place == other.place
    return one_place and "|part" not in other.subject and abs(other.start - claim.start) <= _JUST_BEFORE
