"""The life of an alert, as a table: what happens to it on what event.

A subject has one alert at a time. Each row of TRANSITIONS says, for an alert of a type and state, what an event makes
of it; an event without a row changes nothing. NONE stands for "no alert, or one that is over"; an event there opens a
new alert, unless the last one was resolved so lately that it starts again (hysteresis, `profile.flap`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any, Literal

from claimstream.model import Alert, AlertState, AlertType, content_id

Event = Literal["claimed", "changed", "confirmed", "disputed", "joined", "conceded", "corrected", "agreed", "silent"]
"""claimed: an interested party announces a change. changed: a voice of no side reports one.
confirmed: a voice of no side says the same as the announcement.
disputed: somebody denies it, or says otherwise of the same time. joined: one more independent voice takes a side.
conceded: a side admits. corrected: a source takes its word back.
agreed: nobody holds to one side any more. silent: nobody spoke for long."""

Status = tuple[AlertType, AlertState]
NONE = None

TRANSITIONS: dict[Status | None, dict[Event, Status]] = {
    NONE: {
        "claimed": ("change", "open"),
        "changed": ("change", "resolved"),
        "disputed": ("contradiction", "open"),
    },
    ("change", "open"): {
        "claimed": ("change", "open"),
        "changed": ("change", "resolved"),
        "confirmed": ("change", "open"),
        "disputed": ("contradiction", "open"),
        "conceded": ("change", "conceded"),
        "corrected": ("change", "corrected"),
        "agreed": ("change", "resolved"),
        "silent": ("change", "expired"),
    },
    ("contradiction", "open"): {
        "joined": ("contradiction", "open"),
        "conceded": ("contradiction", "conceded"),
        "corrected": ("contradiction", "corrected"),
        "agreed": ("contradiction", "resolved"),
        "silent": ("contradiction", "expired"),
    },
}


def after(status: Status | None, event: Event) -> Status | None:
    """The type and state that the event leads to, or None where it changes nothing. Ended alerts count as NONE."""
    if status is not None and status[1] != "open":
        status = NONE
    return TRANSITIONS[status].get(event)


def sealed(alert: Alert) -> Alert:
    """The alert with its digest: the same for the same content, on every machine and after any trip over the wire.

    The schema number is left out: the next version says the same when it says the same.
    """
    return replace(alert, digest=content_id(*_leaves(replace(alert, digest=""))))


def _leaves(value: Any) -> Iterator[object]:
    if is_dataclass(value):
        for field in fields(value):
            if field.name != "schema":
                yield field.name
                yield from _leaves(getattr(value, field.name))
    elif isinstance(value, tuple):
        yield len(value)
        for item in value:
            yield from _leaves(item)
    elif isinstance(value, datetime):
        yield value.isoformat()
    elif isinstance(value, int | float):
        yield f"{float(value):.15g}"
    else:
        yield value
