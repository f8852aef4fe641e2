"""(fact, claims) -> fact, reports, alerts: the entry point of judging. Pure: no clock, no file, no chance.

The canonical order of claims is (arrived_at, article, position). Claims in that order are folded in one by one; a claim
that comes out of order makes the kept reports be folded anew, so that the result depends on the set of claims alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter

from claimstream.judging import episode, running, sources, within
from claimstream.judging.alerts import sealed
from claimstream.judging.comparing import position
from claimstream.judging.consensus import Fold
from claimstream.judging.profile import profile
from claimstream.judging.reasons import reason
from claimstream.judging.restating import restated
from claimstream.judging.running import Live
from claimstream.judging.weighing import Verdict, weigh
from claimstream.model import Alert, Claim, Fact, Judgement, Report, Settings, Stand, Strike

__all__ = ["Judgement", "Settings", "expire", "judge", "leave", "order"]

_MOMENT = timedelta(microseconds=1)
DEFAULT = Settings()
order = attrgetter("arrived_at", "article", "position")
"""The canonical order, as a sort key."""
_version = attrgetter("article", "status", "arrived_at")
"""One version of one article."""
_UNHEARD = Verdict("background", "not heard")
_GIVES_WAY = frozenset(("later change", "later incident", "later count", "admits"))
"""Reasons by which a claim takes the place of what other voices said before."""


def judge(fact: Fact | None, claims: Sequence[Claim], settings: Settings = DEFAULT) -> Judgement:
    """Fold the claims, all of one subject, into the fact (None: a new one).

    Raises ValueError where there are no claims, or claims of several subjects.
    """
    if not claims:
        raise ValueError("no claims")
    if fact is None:
        fact = _empty(min(claims, key=order), settings)
    subjects = {claim.subject for claim in claims} | {fact.subject}
    if len(subjects) > 1:
        raise ValueError(f"claims of several subjects: {sorted(subjects)}")
    news = _fresh(fact, claims)
    if not news:
        return Judgement(fact=fact)
    if (fact.reports and not _follows(news[0], fact.reports[-1].claim)) or _expired_before(fact, news[0], settings):
        return _anew(fact, news, settings)
    return _grown(fact, news, settings)


def expire(fact: Fact, now: datetime, settings: Settings = DEFAULT) -> Judgement:
    """Close the fact's open alert if it has run out by `now`, a time of arrival in its situation.

    What comes of it is the same as if the next claim had closed it, so it does not matter who notices first, and when.
    """
    fold = Fold(fact.stand, settings)
    alerts = tuple(episode.expire(fold, now))
    if not alerts:
        return Judgement(fact=fact)
    fold.grade = episode.grade(fold)
    return Judgement(fact=replace(fact, stand=fold.stand(), due=None, log=(*fact.log, *alerts)), alerts=alerts)


def leave(fact: Fact) -> tuple[Alert, ...]:
    """The last word on the open alert of a fact that leaves the table."""
    alert = fact.stand.alert
    if alert is None or alert.state != "open":
        return ()
    return (sealed(replace(alert, revision=alert.revision + 1, state="expired", reason=reason("no room"))),)


def _expiry(fact: Fact, settings: Settings) -> datetime | None:
    """When the fact's last alert ran out, None where it did not."""
    stand = fact.stand
    if stand.alert is None or stand.alert.state != "expired" or stand.touched_at is None:
        return None
    return stand.touched_at + profile(settings.profile).expire


def _expired_before(fact: Fact, claim: Claim, settings: Settings) -> bool:
    """True where the fact's alert has run out at a time after the claim's arrival: the claim comes out of order."""
    expiry = _expiry(fact, settings)
    return expiry is not None and claim.arrived_at <= expiry


def _fresh(fact: Fact, claims: Sequence[Claim]) -> list[Claim]:
    """The claims that are not in the fact yet, each once, in order; those from before its base are past."""
    known = [report.claim.id for report in fact.reports]
    fresh: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        seen = claim.id in known and any(
            r.claim.id == claim.id and r.claim.status == claim.status for r in fact.reports
        )
        if not seen and not (fact.base_key and _before(claim, fact)):
            fresh.setdefault((claim.id, claim.status), claim)
    return sorted(fresh.values(), key=order)


def _before(claim: Claim, fact: Fact) -> bool:
    """True for a claim from before the fact's base; most come after the reports that it keeps, which is soon told."""
    if fact.reports and order(claim) > order(fact.reports[-1].claim):
        return False
    return _stamp(claim) <= fact.base_key


def _stamp(claim: Claim) -> str:
    """The canonical order as a string that sorts the same."""
    at = claim.arrived_at.isoformat(timespec="microseconds")
    return f"{at} {claim.article} {claim.position:09d}"


def _follows(claim: Claim, last: Claim) -> bool:
    """True where the claim comes after the last one, and from another article: an article is folded as a whole."""
    return bool(order(claim) > order(last)) and _version(claim) != _version(last)


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
    live = running.take(fact, settings)
    fold = live.fold
    done: list[Report] = []
    sent: list[Alert] = []
    kept = _Kept(fact)
    for _, group in groupby(claims, key=_version):
        reports, alerts = _run(fold, fact, group)
        if fold.taken_back:
            kept.strike(fold.taken_back)
        kept.reports += reports
        kept.log += alerts
        done += reports
        sent += alerts
        live.told += len(alerts)
        if len(kept.reports) > settings.max_reports:
            kept.trim(fact, settings, live)
    fold.grade = episode.grade(fold)
    stand = fold.stand()
    if kept.reports:
        live.note(order(kept.reports[-1].claim), stand, len(kept.reports))
    grown = Fact(
        last=_stamp(kept.reports[-1].claim) if kept.reports else kept.base_key,
        due=episode.due(stand, fold.profile),
        subject=fact.subject,
        situation=fact.situation,
        kind=fact.kind,
        asset=fact.asset,
        place=fact.place,
        measure=fact.measure,
        who=fact.who,
        unit=fact.unit,
        scope=fact.scope,
        profile=fact.profile,
        stand=stand,
        base=kept.base,
        base_key=kept.base_key,
        reports=tuple(kept.reports),
        log=tuple(kept.log),
        left=kept.left,
        schema=fact.schema,
    )
    running.keep(grown, live)
    return Judgement(fact=grown, reports=tuple(done), alerts=tuple(sent))


class _Kept:
    """The reports and alert revisions of a fact while it grows, and what has left them."""

    def __init__(self, fact: Fact) -> None:
        self.reports: list[Report] = list(fact.reports)
        self.log: list[Alert] = list(fact.log)
        self.base: Stand = fact.base
        self.base_key = fact.base_key
        self.left = fact.left

    def strike(self, taken_back: Iterable[Strike]) -> None:
        """Mark the reports whose word their source has taken back; they stay, struck through."""
        for strike in taken_back:
            voice = strike.origin, strike.source, strike.value
            for n, report in enumerate(self.reports):
                if (report.origin, report.claim.source, position(report.claim)) == voice and not report.struck:
                    self.reports[n] = replace(report, struck=strike.why)

    def trim(self, fact: Fact, settings: Settings, live: Live) -> None:
        """Fold the older half of the reports into the base; articles stay whole."""
        reports = self.reports
        cut = len(reports) - settings.max_reports // 2
        while cut < len(reports) and _version(reports[cut].claim) == _version(reports[cut - 1].claim):
            cut += 1
        last = reports[cut - 1].claim
        noted = live.at(order(last))
        if noted is not None:
            self.base, gone = noted
        else:
            fold = Fold(self.base, settings)
            gone = 0
            for _, group in groupby((r.claim for r in reports[:cut]), key=_version):
                gone += len(_run(fold, fact, group)[1])
            fold.grade = episode.grade(fold)
            self.base = fold.stand()
        live.based(gone)
        self.base_key = _stamp(last)
        self.reports, self.log, self.left = reports[cut:], self.log[gone:], self.left + cut


def _anew(fact: Fact, news: list[Claim], settings: Settings) -> Judgement:
    """Fold the kept reports and the new claims from the base on; what was sent and no longer holds is sent anew."""
    claims = sorted([*(r.claim for r in fact.reports), *news], key=order)
    first = fact if fact.left else _empty(claims[0], settings)
    whole = _grown(replace(first, stand=fact.base, reports=(), log=()), claims, settings)
    expiry = _expiry(fact, settings)
    late = expire(whole.fact, expiry + _MOMENT, settings) if expiry else Judgement(fact=whole.fact)
    new_ids = {(c.id, c.status) for c in news}
    mine = tuple(r for r in whole.reports if (r.claim.id, r.claim.status) in new_ids)
    alerts = restated(fact.log, (*whole.alerts, *late.alerts), news[0].article)
    return Judgement(fact=late.fact, reports=mine, alerts=alerts)


def _run(fold: Fold, fact: Fact, claims: Iterable[Claim]) -> tuple[list[Report], list[Alert]]:
    """Fold the claims of one article in; one report for each, and the alert revisions that they make."""
    reports: list[Report] = []
    alerts: list[Alert] = []
    own_claims = within.settled(list(claims))
    fold.begin_article(own_claims[0].arrived_at)
    for claim in own_claims:
        own = claim.origin or sources.origin(claim.source, claim.wire, claim.speaker, claim.attribution)
        origin = fold.voice_of(claim, own)
        _append(alerts, episode.expire(fold, claim.arrived_at))
        verdict = weigh(fold, claim, origin) if fold.heard(own) else _UNHEARD
        _take(fold, claim, origin, verdict)
        _append(alerts, episode.advance(fold, fact, claim, origin, verdict))
        reports.append(Report(claim=claim, what=verdict.what, reason=reason(verdict.code), origin=origin))
    return reports, alerts


def _take(fold: Fold, claim: Claim, origin: str, verdict: Verdict) -> None:
    """Change the voices by a claim that has been weighed."""
    if verdict.what in ("background", "unclear", "late") or verdict.code == "taken back":
        return
    if verdict.what == "withdrawal":
        fold.strike(claim, origin, "withdrawn")
        return
    if verdict.what in ("copy", "repeat"):
        fold.restate(claim, origin, verdict.what == "copy")
    else:
        if verdict.what == "correction":
            fold.strike(claim, origin, "corrected")
        if verdict.code in _GIVES_WAY or verdict.event == "confirmed":
            fold.give_way(verdict.rivals)
        fold.speak(claim, origin, verdict.what == "admission")
    fold.newest = claim.as_of if fold.newest is None else max(fold.newest, claim.as_of)


def _append(alerts: list[Alert], new: list[Alert]) -> None:
    """Add revisions; a later one of the same number, from the same article, takes the place of the earlier."""
    for alert in new:
        if alerts and (alerts[-1].id, alerts[-1].revision) == (alert.id, alert.revision):
            alerts.pop()
        alerts.append(alert)
