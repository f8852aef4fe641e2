"""Page furniture: lines of a web page that are not news, by the rules in lexicon/furniture.toml."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from claimstream.lexicon import load
from claimstream.reading.tokens import plain

FURNITURE_LONGEST = 500
"""Lines longer than this are never furniture."""
FURNITURE_SHORT = 260
"""Lines longer than this are furniture only by the rules marked long."""


def furniture(line: str) -> str:
    """The name of the furniture rule that the line matches, "" for news."""
    line = line.strip()
    if len(line) > FURNITURE_LONGEST:
        return ""
    folded = " ".join(plain(line).split())
    rules = _furniture_rules()
    any_cased, any_folded = rules.any_long if len(folded) > FURNITURE_SHORT else rules.any_short
    if any_cased.fullmatch(line) is None and any_folded.fullmatch(folded) is None:
        return ""
    for name, pattern, cased in rules.each:
        if pattern.fullmatch(line if cased else folded):
            return name
    return ""


class _FurnitureRules(NamedTuple):
    """Each rule, and all joined in one pattern (as written, folded), for lines of any length and for long ones."""

    each: tuple[tuple[str, re.Pattern[str], bool], ...]
    any_short: tuple[re.Pattern[str], re.Pattern[str]]
    any_long: tuple[re.Pattern[str], re.Pattern[str]]


@cache
def _furniture_rules() -> _FurnitureRules:
    rules = load("furniture")["rule"]

    def joined(chosen: list[str]) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in chosen) or "(?!)", re.DOTALL)

    def pair(chosen: list[dict[str, Any]]) -> tuple[re.Pattern[str], re.Pattern[str]]:
        return (
            joined([rule["cased"] for rule in chosen if "cased" in rule]),
            joined([rule["pattern"] for rule in chosen if "cased" not in rule]),
        )

    each = [
        (r["name"], re.compile(r["cased"] if "cased" in r else r["pattern"], re.DOTALL), "cased" in r) for r in rules
    ]
    return _FurnitureRules(tuple(each), pair(rules), pair([rule for rule in rules if rule.get("long")]))
