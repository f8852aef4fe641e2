"""A desk's conventions: tolerance of qualifiers, vague words, time windows. Data in lexicon/profile_NAME.toml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from claimstream.lexicon import load, parse
from claimstream.model import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The numbers of a profile file; times are timedeltas."""

    name: str
    exact: float
    approx: float
    vague: float
    words: dict[str, tuple[float | None, float | None]]
    settled: timedelta
    late: timedelta
    jump: timedelta
    flap: timedelta
    cumulative: timedelta
    losses: timedelta
    stock: timedelta
    slow: timedelta
    episode: timedelta
    state: timedelta
    fresh: timedelta
    expire: timedelta
    factor: float
    boast: float
    crept: float
    apart: float
    answers: float
    apart_measures: frozenset[str]
    cumulative_measures: frozenset[str]
    stock_measures: frozenset[str]
    slow_measures: frozenset[str]
    silent_measures: frozenset[str]
    loose_measures: frozenset[str]


@cache
def profile(name: str) -> Profile:
    """The packaged profile of that name, or that in a desk's own TOML file (which names its `base`).

    Raises OSError for an unknown one, ValueError, KeyError or TypeError for a file that is no profile.
    """
    raw = parse(Path(name).read_text(encoding="utf-8")) if name.endswith(".toml") else load(f"profile_{name}")
    table = _over(load(f"profile_{raw['base']}"), raw) if "base" in raw else raw
    for part in ("hours", "tolerance", "vague", "jump", "apart", "measures"):
        if not isinstance(table[part], dict):
            raise ValueError(f"{part}: a table is expected")
    apart, measures = table["apart"], table["measures"]
    vague: dict[str, tuple[float, float]] = {word: _pair(word, both) for word, both in table["vague"].items()}
    hours: dict[str, Any] = {
        key: timedelta(hours=_number(key, value, MOST_HOURS)) for key, value in table["hours"].items()
    }
    tolerance: dict[str, Any] = {key: _number(key, value, 10.0) for key, value in table["tolerance"].items()}
    return Profile(
        name=str(table["name"]),
        words={word: (low, high or None) for word, (low, high) in vague.items()},
        factor=_number("factor", table["jump"]["factor"], MOST),
        boast=_number("boast", table["jump"]["boast"], MOST),
        crept=_number("crept", table["jump"]["crept"], MOST),
        apart=_number("factor", apart["factor"], MOST),
        answers=_number("answers", apart["answers"], MOST),
        apart_measures=_words("apart", apart["measures"]),
        cumulative_measures=_words("cumulative", measures["cumulative"]),
        stock_measures=_words("stock", measures["stock"]),
        slow_measures=_words("slow", measures["slow"]),
        loose_measures=_words("loose", measures["loose"]),
        silent_measures=_words("silent", measures["silent"]),
        **tolerance,
        **hours,
    )


MOST = 1e15
"""Larger than anything that is counted."""
MOST_HOURS = 876_600
"""A hundred years: times in records leave as much room at both ends of the calendar."""


def _number(key: str, value: Any, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
        raise ValueError(f"{key}: a number from 0 to {most:g} is expected, not {str(value)[:40]!r}")
    return value


def _pair(word: str, both: Any) -> tuple[float, float]:
    if not isinstance(both, list) or len(both) != 2:
        raise ValueError(f"{word!r}: [low, high] is expected")
    return float(_number(word, both[0], MOST)), float(_number(word, both[1], MOST))


def _words(key: str, value: Any) -> frozenset[str]:
    if not isinstance(value, str):
        raise ValueError(f"{key}: words with spaces between are expected")
    return frozenset(value.split())


def _over(base: dict[str, Any], raw: dict[str, Any]) -> dict[str, Any]:
    """The base with the tables of `raw` put over it, key by key; the vague words are replaced as a whole."""
    out = dict(base)
    for key, value in raw.items():
        out[key] = {**base.get(key, {}), **value} if isinstance(value, dict) and key != "vague" else value
    return out


def bounds(claim: Claim, by: Profile) -> tuple[float | None, float | None]:
    """The bounds of a figure under the profile: vague words by its table, numbers as read."""
    if not claim.vague:
        return claim.low, claim.high
    words = claim.words.lower()
    found = max((w for w in by.words if w in words), key=len, default="")
    if found:
        return by.words[found]
    return (None, None) if not by.words else (claim.low, claim.high)


def widened(claim: Claim, by: Profile) -> tuple[float, float]:
    """The bounds as numbers, widened by the tolerance of the qualifier; an open one is infinite.

    A vague word sets no upper bound: who says "several" does not deny a dozen.
    """
    low, high = bounds(claim, by)
    high = None if claim.vague else high
    share = by.vague if claim.vague else by.approx if claim.approx else by.exact
    return (
        float("-inf") if low is None else low - share * abs(low),
        float("inf") if high is None else high + share * abs(high),
    )
