"""The time that words speak of where they say so: "as of 6 p.m. on Thursday", "Situation report (as of 5 March)".

A report of an earlier hour that comes late must not count as the latest word.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache

from claimstream.lexicon.calendar import DAYS, MONTHS

_LONGEST = 600
"""Characters of a sentence that are looked at."""
_FARTHEST = timedelta(days=45)
"""A date further back than this is no time of a report."""
_OPENINGS = ("as of ", "as at ", "up to ", "up until ")
_NOONS = {"morning": 9, "noon": 12, "midday": 12, "afternoon": 16, "evening": 20, "night": 23}


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(sorted(MONTHS, key=lambda name: (-len(name), name)))
    days = "|".join(DAYS)
    part = "|".join(_NOONS)
    clock = r"(?:(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?: ?(?:hrs|hours|h|local time|gmt|utc|am|pm))?,? (?:on )?)?"
    date = rf"(?:(?P<d1>\d{{1,2}}) (?P<m1>{months})|(?P<m2>{months})\.? (?P<d2>\d{{1,2}}))\b(?:,? (?P<year>\d{{4}}))?"
    return re.compile(
        rf"\b(?:as (?:of|at)|up to|up until) (?:the (?P<part>{part}) of )?{clock}"
        rf"(?:{date}|(?P<day>{days})(?: (?P<when>{part}))?)",
        re.IGNORECASE,
    )


def as_of(words: str, published: datetime) -> datetime | None:
    """The time that the words say they speak of, None where they say none, or one that is not just before `published`.

    A day without an hour counts to its end, but never beyond the time of publishing.
    """
    low = words[:_LONGEST].lower()
    if not any(opening in low for opening in _OPENINGS):
        return None
    found = _pattern().search(words[:_LONGEST])
    if found is None:
        return None
    day = _day(found, published)
    if day is None:
        return None
    hour = int(found["hour"]) if found["hour"] else _NOONS.get((found["part"] or found["when"] or "").lower(), 24)
    when = min(day + timedelta(hours=min(hour, 24)), published)
    return when if published - when <= _FARTHEST else None


def _day(found: re.Match[str], published: datetime) -> datetime | None:
    midnight = published.replace(hour=0, minute=0, second=0, microsecond=0)
    if found["day"]:
        return midnight - timedelta(days=(published.weekday() - DAYS[found["day"].lower()]) % 7)
    month = MONTHS[(found["m1"] or found["m2"]).lower()]
    year = int(found["year"] or published.year - (month > published.month + 1))
    try:
        day = midnight.replace(year=year, month=month, day=int(found["d1"] or found["d2"]))
    except ValueError:
        return None
    return day if day <= published else None
