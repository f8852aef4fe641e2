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
    long = len(folded) > FURNITURE_SHORT
    any_cased, any_folded = rules.any_long if long else rules.any_short
    needed = any(word in folded for word in rules.needs)
    if not needed and any_cased.fullmatch(line) is None and any_folded.fullmatch(folded) is None:
        return ""
    found = [rule for rule in rules.each if rule.pattern.fullmatch(line if rule.cased else folded)]
    return found[0].name if any(rule.long or not long for rule in found) else ""


class _Rule(NamedTuple):
    """A rule; `cased` where it reads the line as written, `long` where it reads lines of any length."""

    name: str
    pattern: re.Pattern[str]
    cased: bool
    long: bool


class _FurnitureRules(NamedTuple):
    """The rules; those that need no certain word, joined in one pattern (as written, folded), for lines of any length
    and for long ones; and the words of which the others need one."""

    each: tuple[_Rule, ...]
    any_short: tuple[re.Pattern[str], re.Pattern[str]]
    any_long: tuple[re.Pattern[str], re.Pattern[str]]
    needs: tuple[str, ...]


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
        _Rule(
            rule["name"],
            re.compile(rule["cased"] if "cased" in rule else rule["pattern"], re.DOTALL),
            "cased" in rule,
            rule.get("long", False),
        )
        for rule in rules
    ]
    free = [rule for rule in rules if "needs" not in rule]
    needs = dict.fromkeys(word for rule in rules for word in rule.get("needs", ()))
    return _FurnitureRules(tuple(each), pair(free), pair([rule for rule in free if rule.get("long")]), tuple(needs))
