"""(fact, claims) -> fact, reports, alerts: the entry point of judging. Pure: no clock, no file, no chance.

The canonical order of claims is (arrived_at, article, position). Claims in that order are folded in one by one; a claim
that comes out of order makes the kept reports be folded anew, so that the result depends on the set of claims alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from claimstream import episode
from claimstream.consensus import Fold, reason, voice_of
from claimstream.model import Alert, Claim, Fact, Judgement, Report, Settings

__all__ = ["Judgement", "Settings", "judge", "order"]

DEFAULT = Settings()


def order(claim: Claim) -> str:
    """The canonical order as a string that sorts."""
    at = claim.arrived_at.isoformat(timespec="microseconds")
    return f"{at} {claim.article} {claim.position:09d}"


def judge(fact: Fact | None, claims: Sequence[Claim], settings: Settings = DEFAULT) -> Judgement:
    """Fold the claims, all of one subject, into the fact (None: a new one). Raises ValueError where they are of several."""
    if not claims:
        raise ValueError("no claims")
    subjects = {claim.subject for claim in claims} | ({fact.subject} if fact else set())
    if len(subjects) > 1:
        raise ValueError(f"claims of several subjects: {sorted(subjects)}")
    if fact is None:
        fact = _empty(min(claims, key=order), settings)
    known = {(r.claim.id, r.claim.status) for r in fact.reports}
    fresh: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        if (claim.id, claim.status) not in known:
            fresh.setdefault((claim.id, claim.status), claim)
    news = sorted((c for c in fresh.values() if order(c) > fact.base_key), key=order)
    if not news:
        return Judgement(fact=fact)
    if fact.reports and order(news[0]) < order(fact.reports[-1].claim):
        return _anew(fact, news, settings)
    fold = Fold(fact.stand, settings)
    reports, alerts = _run(fold, fact, news)
    grown = replace(fact, stand=fold.stand(), reports=(*fact.reports, *reports), log=(*fact.log, *alerts))
    return Judgement(fact=_trimmed(grown, settings), reports=tuple(reports), alerts=tuple(alerts))


def _empty(claim: Claim, settings: Settings) -> Fact:
    return Fact(
        subject=claim.subject,
        situation=claim.situation,
        kind=claim.kind,
        asset=claim.asset,
        place=claim.place,
        measure=claim.measure,
        who=claim.who,
        unit=claim.unit,
        scope=claim.scope,
        profile=settings.profile,
    )


def _anew(fact: Fact, news: list[Claim], settings: Settings) -> Judgement:
    """Fold the kept reports and the new claims from the base on. What was sent and no longer holds is taken back."""
    fold = Fold(fact.base, settings)
    claims = sorted([*(r.claim for r in fact.reports), *news], key=order)
    first = fact if fact.left else _empty(claims[0], settings)
    reports, log = _run(fold, first, claims)
    sent = {(a.id, a.revision): a for a in fact.log}
    fresh = [a for a in log if sent.get((a.id, a.revision)) != a]
    new_ids = {(c.id, c.status) for c in news}
    whole = replace(first, stand=fold.stand(), reports=tuple(reports), log=tuple(log))
    mine = tuple(r for r in reports if (r.claim.id, r.claim.status) in new_ids)
    return Judgement(fact=_trimmed(whole, settings), reports=mine, alerts=(*_retracted(fact.log, log), *fresh))


def _retracted(sent: Iterable[Alert], log: Iterable[Alert]) -> list[Alert]:
    """A last revision for alerts that a claim out of order has made void."""
    stay = {alert.id: alert.revision for alert in log}
    last = {alert.id: alert for alert in sent}
    return [
        replace(a, revision=a.revision + 1, state="corrected", reason=reason("reordered"))
        for a in last.values()
        if a.id not in stay
    ]


def _run(fold: Fold, fact: Fact, claims: Iterable[Claim]) -> tuple[list[Report], list[Alert]]:
    """Fold the claims in; one report for each, and the alert revisions that they make."""
    reports: list[Report] = []
    alerts: list[Alert] = []
    for claim in claims:
        origin = voice_of(claim, fold)
        alerts += episode.expire(fold, claim)
        verdict = fold.weigh(claim, origin)
        fold.take(claim, origin, verdict)
        alerts += episode.advance(fold, fact, claim, origin, verdict)
        fold.grade = episode.grade(fold)
        reports.append(Report(claim=claim, what=verdict.what, reason=reason(verdict.code), origin=origin))
    return reports, alerts


def _trimmed(fact: Fact, settings: Settings) -> Fact:
    """The fact with the older half of its reports folded into the base, once there are more than the limit."""
    if len(fact.reports) <= settings.max_reports:
        return fact
    leaving = len(fact.reports) - settings.max_reports // 2
    old, kept = fact.reports[:leaving], fact.reports[leaving:]
    fold = Fold(fact.base, settings)
    _, log = _run(fold, fact, (r.claim for r in old))
    return replace(
        fact,
        base=fold.stand(),
        base_key=order(old[-1].claim),
        reports=kept,
        log=fact.log[len(log) :],
        left=fact.left + leaving,
    )
