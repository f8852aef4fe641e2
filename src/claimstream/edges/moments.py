"""Times in records: aware, in UTC, and of years in which there is news. What comes without an offset is taken as UTC.

A time near the ends of the calendar overflows as soon as anything is added to it, and one article of the year 8999
would make every later one "late": so both ends are cut off where records come in.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")
FIRST_YEAR, LAST_YEAR = 1600, 2599
"""Years that a record may speak of. The windows of a profile, a hundred years at most, fit on both sides."""
AHEAD = timedelta(days=2)
"""How far after its arrival an article may be dated: zones and clocks that are wrong. Beyond, the date is a mistake."""
_ZERO = timedelta(0)


def parse(value: Any) -> datetime:
    """The time in ISO 8601 text. Raises ValueError for anything else: a bare number could be seconds or a year."""
    if not isinstance(value, str) or value.strip().lstrip("+-").replace(".", "", 1).isdigit():
        raise ValueError("no ISO 8601 time")
    try:
        return to_utc(_clock().validate_python(value))
    except ValidationError as error:
        raise ValueError("no ISO 8601 time") from error


@cache
def _clock() -> TypeAdapter[datetime]:
    return TypeAdapter(datetime)


def to_utc(value: datetime) -> datetime:
    """The time in UTC. Raises ValueError outside the years allowed."""
    offset = value.utcoffset()
    try:
        utc = value.replace(tzinfo=UTC) if offset is None else value if offset == _ZERO else value.astimezone(UTC)
    except OverflowError:
        utc = value
    if not FIRST_YEAR <= utc.year <= LAST_YEAR:
        raise ValueError(f"a year from {FIRST_YEAR} to {LAST_YEAR} is expected, not {utc.year}")
    return utc


def in_utc(record: T) -> T:
    """The record with every time in it aware and in UTC; the same object where that is so already.

    Raises ValueError that names the field for a time outside the years allowed.
    """
    changes: dict[str, Any] = {}
    for name in _timed(type(record)):  # type: ignore[arg-type]
        value = getattr(record, name)
        if isinstance(value, datetime):
            try:
                new: Any = to_utc(value)
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
        elif isinstance(value, tuple):
            new = tuple(map(in_utc, value))
            if all(a is b for a, b in zip(new, value, strict=True)):
                new = value
        else:
            new = value if value is None else in_utc(value)
        if new is not value:
            changes[name] = new
    return replace(record, **changes) if changes else record  # type: ignore[type-var]


@cache
def _timed(cls: type) -> tuple[str, ...]:
    """The fields of a dataclass that hold a time, or records that do."""
    if not is_dataclass(cls):
        return ()
    hints = get_type_hints(cls)
    return tuple(f.name for f in fields(cls) if _holds_time(hints[f.name]))


def _holds_time(hint: Any) -> bool:
    return hint is datetime or is_dataclass(hint) or any(map(_holds_time, get_args(hint)))
