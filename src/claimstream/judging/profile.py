"""A desk's conventions: tolerance of qualifiers, vague words, time windows. Data in lexicon/profile_NAME.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from claimstream.lexicon import load
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
    stock: timedelta
    episode: timedelta
    state: timedelta
    fresh: timedelta
    expire: timedelta
    factor: float
    apart: float
    apart_measures: frozenset[str]
    cumulative_measures: frozenset[str]
    stock_measures: frozenset[str]
    silent_measures: frozenset[str]
    loose_measures: frozenset[str]


@cache
def profile(name: str) -> Profile:
    """The packaged profile of that name, or that in a desk's own TOML file (which names its `base`).

    Raises OSError for an unknown one, ValueError or KeyError for a file that is no profile.
    """
    raw = tomllib.loads(Path(name).read_text(encoding="utf-8")) if name.endswith(".toml") else load(f"profile_{name}")
    table = _over(load(f"profile_{raw['base']}"), raw) if "base" in raw else raw
    hours: dict[str, Any] = {key: timedelta(hours=value) for key, value in table["hours"].items()}
    tolerance, measures = table["tolerance"], table["measures"]
    return Profile(
        name=table["name"],
        words={word: (float(low), float(high) or None) for word, (low, high) in table["vague"].items()},
        factor=table["jump"]["factor"],
        apart=table["apart"]["factor"],
        apart_measures=frozenset(table["apart"]["measures"].split()),
        cumulative_measures=frozenset(measures["cumulative"].split()),
        stock_measures=frozenset(measures["stock"].split()),
        loose_measures=frozenset(measures["loose"].split()),
        silent_measures=frozenset(measures["silent"].split()),
        **tolerance,
        **hours,
    )


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
