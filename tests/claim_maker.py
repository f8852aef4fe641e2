"""Claims for the tests of the judge: made-up places, voices and outlets, times in hours of one day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from claimstream.judging import sources, subject
from claimstream.judging.judge import judge
from claimstream.model import Alert, Claim, Fact, Settings, content_id

START = datetime(2031, 5, 6, tzinfo=UTC)  # a Tuesday
COUNTRY = "SY"
FOCUS = "Marhaba"


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def claim(
    kind: str, hours: float, sentence: str, *, by: str = "", outlet: str = "northdesk.example", **fields: Any
) -> Claim:
    """A claim that an article of that hour makes; its subject, origin and interest come from the modules under test."""
    article = fields.pop("article", f"{outlet} {hours:g}")
    when = fields.pop("as_of", at(hours))
    made = Claim(
        id="",
        article=article,
        situation=COUNTRY,
        subject="",
        kind=kind,  # type: ignore[arg-type]
        sentence=sentence,
        attribution=by,
        speaker=by,
        source=outlet,
        published_at=when,
        as_of=when,
        arrived_at=fields.pop("arrived_at", at(hours)),
        interest=sources.interest(by, by, outlet, COUNTRY),
        **fields,
    )
    return replace(
        made,
        id=content_id(article, sentence, kind, made.low, made.high, made.side, made.holds),
        subject=subject.key(made, COUNTRY, FOCUS),
        origin=sources.origin(outlet, made.wire, by, by),
    )


def killed(hours: float, low: float | None, high: float | None, sentence: str, **fields: Any) -> Claim:
    defaults: dict[str, Any] = {"measure": "killed", "who": "people", "place": FOCUS}
    return claim("figure", hours, sentence, low=low, high=high, **{**defaults, **fields})


def holds(hours: float, side: str, word: str, sentence: str, **fields: Any) -> Claim:
    defaults: dict[str, Any] = {"asset": "military college"}
    return claim("control", hours, sentence, side=side, holds=word, **{**defaults, **fields})


class Monitor:
    """Judges claims one article after the other, as the stream does, and keeps what was published."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.facts: dict[str, Fact] = {}
        self.published: list[Alert] = []
        self.whats: list[str] = []

    def tell(self, *claims: Claim) -> list[Alert]:
        """Hands over the claims of one article; returns the alert revisions that they made."""
        sent: list[Alert] = []
        groups: dict[str, list[Claim]] = {}
        for one in claims:
            groups.setdefault(one.subject, []).append(one)
        for key, group in groups.items():
            judgement = judge(self.facts.get(key), group, self.settings)
            self.facts[key] = judgement.fact
            sent += judgement.alerts
            self.whats += [report.what for report in judgement.reports]
        self.published += sent
        return sent

    @property
    def fact(self) -> Fact:
        """The only fact there is."""
        (only,) = self.facts.values()
        return only

    def alerts(self) -> dict[str, Alert]:
        """Each alert as its last revision has it."""
        return {alert.id: alert for alert in self.published}


def judged(claims: Iterable[Claim], batches: Sequence[int] = (), settings: Settings | None = None) -> Fact:
    """The fact after claims of one subject, handed over in batches of these sizes, then one by one."""
    rest, fact = list(claims), None
    sizes = [*batches] if batches else []
    while rest:
        size = max(1, sizes.pop(0)) if sizes else 1
        fact = judge(fact, rest[:size], settings or Settings()).fact
        rest = rest[size:]
    assert fact is not None
    return fact
