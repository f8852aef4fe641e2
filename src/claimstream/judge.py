"""(fact, claims) -> fact, reports, alerts: the entry point of judging. Pure: no clock, no file, no chance.

The canonical order of claims is (arrived_at, article, position). Claims in that order are folded in one by one; a claim
that comes out of order makes the kept reports be folded anew, so that the result depends on the set of claims alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from claimstream import episode
from claimstream.consensus import Fold
from claimstream.model import Alert, Claim, Fact, Judgement, Report, Settings
from claimstream.reasons import reason
from claimstream.weighing import Verdict, weigh

__all__ = ["Judgement", "Settings", "judge", "order"]

DEFAULT = Settings()


def order(claim: Claim) -> str:
    """The canonical order as a string that sorts."""
    at = claim.arrived_at.isoformat(timespec="microseconds")
    return f"{at} {claim.article} {claim.position:09d}"


def judge(fact: Fact | None, claims: Sequence[Claim], settings: Settings = DEFAULT) -> Judgement:
    """Fold the claims, all of one subject, into the fact (None: a new one).

    Raises ValueError where there are no claims, or claims of several subjects.
    """
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
    if fact.reports and not _follows(news[0], fact.reports[-1].claim):
        return _anew(fact, news, settings)
    return _grown(fact, news, settings)


def _follows(claim: Claim, last: Claim) -> bool:
    """True where the claim comes after the last one, and from another article: an article is folded as a whole."""
    return order(claim) > order(last) and _version(claim) != _version(last)


def _version(claim: Claim) -> tuple[str, str, object]:
    """One version of one article."""
    return claim.article, claim.status, claim.arrived_at


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


def _grown(fact: Fact, claims: list[Claim], settings: Settings) -> Judgement:
    """The fact with the claims, in order, folded into it article by article."""
    fold = Fold(fact.stand, settings)
    done: list[Report] = []
    sent: list[Alert] = []
    for _, group in groupby(claims, key=_version):
        reports, alerts = _run(fold, fact, group)
        fact = replace(fact, reports=(*fact.reports, *reports), log=(*fact.log, *alerts))
        if len(fact.reports) > settings.max_reports:
            fact = _trimmed(fact, settings)
        done += reports
        sent += alerts
    return Judgement(fact=replace(fact, stand=fold.stand()), reports=tuple(done), alerts=tuple(sent))


def _anew(fact: Fact, news: list[Claim], settings: Settings) -> Judgement:
    """Fold the kept reports and the new claims from the base on. What was sent and no longer holds is taken back."""
    claims = sorted([*(r.claim for r in fact.reports), *news], key=order)
    first = fact if fact.left else _empty(claims[0], settings)
    whole = _grown(replace(first, stand=fact.base, reports=(), log=()), claims, settings)
    sent = {(a.id, a.revision): a for a in fact.log}
    fresh = [a for a in whole.alerts if sent.get((a.id, a.revision)) != a]
    new_ids = {(c.id, c.status) for c in news}
    mine = tuple(r for r in whole.reports if (r.claim.id, r.claim.status) in new_ids)
    return Judgement(fact=whole.fact, reports=mine, alerts=(*_retracted(fact.log, whole.alerts), *fresh))


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
    fold.touched.clear()
    for claim in claims:
        origin = fold.voice_of(claim)
        _append(alerts, episode.expire(fold, claim))
        verdict = weigh(fold, claim, origin)
        _take(fold, claim, origin, verdict)
        _append(alerts, episode.advance(fold, fact, claim, origin, verdict))
        fold.grade = episode.grade(fold)
        reports.append(Report(claim=claim, what=verdict.what, reason=reason(verdict.code), origin=origin))
    return reports, alerts


def _take(fold: Fold, claim: Claim, origin: str, verdict: Verdict) -> None:
    """Change the state by a claim that has been weighed."""
    if verdict.what in ("background", "unclear", "late") or verdict.code == "taken back":
        return
    if verdict.what == "withdrawal":
        fold.strike(claim, origin, "withdrawn")
    elif verdict.what in ("copy", "repeat"):
        fold.restate(claim, origin, verdict.what == "copy")
    else:
        if verdict.what == "correction":
            fold.strike(claim, origin, "corrected")
        if verdict.code in _GIVES_WAY or verdict.event == "confirmed":
            fold.give_way(verdict.rivals)
        fold.speak(claim, origin, verdict.what == "admission")
    if verdict.what != "withdrawal":
        fold.newest = claim.as_of if fold.newest is None else max(fold.newest, claim.as_of)


_GIVES_WAY = frozenset(("later change", "later incident", "later count", "admits"))
"""Reasons by which a claim takes the place of what other voices said before."""


def _append(alerts: list[Alert], new: list[Alert]) -> None:
    """Add revisions; a later one of the same number, from the same article, takes the place of the earlier."""
    for alert in new:
        if alerts and (alerts[-1].id, alerts[-1].revision) == (alert.id, alert.revision):
            alerts.pop()
        alerts.append(alert)


def _trimmed(fact: Fact, settings: Settings) -> Fact:
    """The fact with about half of its reports, the oldest, folded into the base; articles stay whole."""
    versions = [_version(r.claim) for r in fact.reports]
    cut = len(versions) - settings.max_reports // 2
    while cut < len(versions) and versions[cut] == versions[cut - 1]:
        cut += 1
    old = fact.reports[:cut]
    fold = Fold(fact.base, settings)
    gone = 0
    for _, group in groupby((r.claim for r in old), key=_version):
        gone += len(_run(fold, fact, group)[1])
    return replace(
        fact,
        base=fold.stand(),
        base_key=order(old[-1].claim),
        reports=fact.reports[cut:],
        log=fact.log[gone:],
        left=fact.left + cut,
    )
