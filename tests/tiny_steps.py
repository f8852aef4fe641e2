"""Two small but real steps, so that the shell can be tested whatever the rules of reading and judging are.

`read` finds "N NOUN in PLACE"; the outlet is the voice. `judge` keeps what each voice said last, and raises an alert
when a second voice differs. The text "break the reader" makes `read` fail, a count of 666 makes `judge` fail.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from claimstream.model import (
    Alert,
    Article,
    ArticleClaims,
    Claim,
    Fact,
    Judgement,
    Reason,
    Report,
    content_id,
)
from claimstream.streaming.shell import Steps

COUNT = re.compile(r"(\d{1,9}) (\w{1,20}) in ([A-Z]\w{0,30})")


def situation(article: Article) -> str:
    """The first letter of the outlet: a few situations, so that a few partitions have work."""
    return article.source[:1]


def read(article: Article) -> ArticleClaims:
    if "break the reader" in article.text:
        raise RuntimeError("the reader broke")
    moment = article.fetched_at
    assert moment
    about = situation(article)
    claims = tuple(
        Claim(
            id=content_id(article.id, match.start()),
            article=article.id,
            situation=about,
            subject=f"{about}/{match[2]}/{match[3]}",
            kind="figure",
            sentence=article.text,
            source=article.source,
            low=float(match[1]),
            high=float(match[1]),
            published_at=article.published_at or moment,
            as_of=moment,
            arrived_at=moment,
            position=position,
        )
        for position, match in enumerate(COUNT.finditer(article.text))
    )
    return ArticleClaims(
        article=article.id,
        situation=about,
        source=article.source,
        published_at=article.published_at or moment,
        arrived_at=moment,
        claims=claims,
    )


def judge(fact: Fact | None, claims: Sequence[Claim]) -> Judgement:
    fact = fact or Fact(subject=claims[0].subject, situation=claims[0].situation, kind="figure")
    alerts: list[Alert] = []
    reports: list[Report] = []
    for claim in claims:
        if claim.low == 666:
            raise RuntimeError("the judge broke")
        known = {report.claim.id for report in fact.reports}
        if claim.id in known:
            continue
        last = {report.origin: report.claim.low for report in fact.reports}
        differs = any(value != claim.low for origin, value in last.items() if origin != claim.source)
        what = "contradiction" if differs else "first"
        report = Report(claim=claim, what=what, reason=Reason(code=what, words=what), origin=claim.source)
        reports.append(report)
        fact = replace(fact, reports=(*fact.reports, report), left=fact.left)
        if differs:
            alert = _alert(fact, claim)
            alerts.append(alert)
            fact = replace(fact, log=(*fact.log, alert))
    return Judgement(fact=fact, reports=tuple(reports), alerts=tuple(alerts))


def _alert(fact: Fact, claim: Claim) -> Alert:
    return Alert(
        id=content_id(fact.subject),
        revision=len(fact.log) + 1,
        type="contradiction",
        state="open",
        reason=Reason(code="differs", words="voices differ"),
        subject=fact.subject,
        situation=fact.situation,
        kind="figure",
        raised_by=claim.article,
        updated_by=claim.article,
        sentence=claim.sentence,
        opened_at=claim.arrived_at,
        updated_at=claim.arrived_at,
        low=claim.low,
    )


STEPS = Steps(read, judge)
