"""The days of the week and the months, for all that reads dates."""

from __future__ import annotations

from claimstream.lexicon import load

_TABLE = load("calendar")
DAYS: dict[str, int] = {day: n for n, day in enumerate(_TABLE["days"].split())}
"""The days, Monday as 0."""
_ROWS: list[list[str]] = [row.split() for row in _TABLE["months"]]
MONTH_NAMES = tuple(row[0] for row in _ROWS)
MONTHS: dict[str, int] = {name: n for n, row in enumerate(_ROWS, 1) for name in row}
"""The months by name, and by the short form that running text may have."""
DATE_MONTHS: dict[str, int] = {**MONTHS, **_TABLE["in_dates"]}
"""The months by every form that a date may have."""
SHORT_MONTHS = frozenset(DATE_MONTHS).difference(MONTH_NAMES)
