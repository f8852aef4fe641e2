"""What to send when a claim out of order has changed the steps of alerts that were sent already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from claimstream.judging.alerts import sealed
from claimstream.judging.reasons import reason
from claimstream.model import Alert


def restated(sent: Sequence[Alert], log: Sequence[Alert], article: str) -> tuple[Alert, ...]:
    """What to send so that the last record of every alert is as the new log has it, the old one having been sent.

    Where an alert does not stand as it was sent, its steps are sent from the first on that differs; an alert that never
    was is taken back. Each record says which article made it so: an alert may come back that was taken back before, and
    must not pass for a repetition.
    """
    old, new = _by_id(sent), _by_id(log)
    out: list[Alert] = []
    for id, steps in old.items():
        if id not in new:
            last = steps[-1]
            out.append(replace(last, revision=last.revision + 1, state="corrected", reason=reason("reordered")))
    for id, steps in new.items():
        before = old.get(id, [])
        if len(steps) != len(before) or steps[-1] != before[-1]:
            same = next((n for n, (a, b) in enumerate(zip(before, steps, strict=False)) if a != b), len(before))
            out += steps[min(same, len(steps) - 1) :]
    return tuple(sealed(replace(alert, restated_by=article)) for alert in out)


def _by_id(alerts: Iterable[Alert]) -> dict[str, list[Alert]]:
    found: dict[str, list[Alert]] = {}
    for alert in alerts:
        found.setdefault(alert.id, []).append(alert)
    return found
