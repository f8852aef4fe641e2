"""The rules of lexicon/control.toml, sieges.toml and routes.toml, compiled, and what a rule finds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from claimstream.reading.rules import patterns
from claimstream.reading.rules.assets import Named
from claimstream.reading.rules.words import rule_rows


class Gives(NamedTuple):
    """One outcome of a rule: the role that names the side, what it does, the role that names the asset.

    `soft` is what is only meant; `said` holds only where the sentence names the side.
    """

    side: str
    holds: str
    asset: str
    soft: bool
    said: bool


class Rule(NamedTuple):
    """A rule of lexicon/control.toml; see the head of that file for the meaning of the fields."""

    name: str
    kind: str
    verbs: tuple[tuple[str, str], ...]
    nouns: frozenset[str]
    subject: str
    object: str
    after: tuple[tuple[patterns.Element, ...], ...]
    gives: tuple[Gives, ...]
    voice: str
    taker: str
    relative: tuple[str, ...]
    beside: frozenset[str]
    only: str
    finite: bool


class Rules(NamedTuple):
    """All rules, by the lemma or the noun that sets them off, and the words that a sentence must have."""

    by_verb: dict[str, tuple[Rule, ...]]
    by_noun: dict[str, tuple[Rule, ...]]


@dataclass(slots=True)
class Finding:
    """What a rule read, before references are resolved. `side` is a phrase index, -1 if none; `words` a ready name."""

    rule: str
    kind: str
    holds: str
    side: int
    asset: Named | None
    start: int
    end: int
    words: str = ""
    taker: str = ""
    soft: bool = False
    passing: bool = False
    denial: bool = False
    turned: bool = False
    sides: tuple[int, ...] = ()
    verb: int = -1
    at: int = 0


@cache
def rules() -> Rules:
    """The rules, compiled once."""
    by_verb: dict[str, list[Rule]] = {}
    by_noun: dict[str, list[Rule]] = {}
    for row in rule_rows():
        rule = _rule(row)
        for verb in dict.fromkeys(lemma for lemma, _ in rule.verbs):
            by_verb.setdefault(verb, []).append(rule)
        for noun in rule.nouns:
            by_noun.setdefault(noun, []).append(rule)
    return Rules({k: tuple(v) for k, v in by_verb.items()}, {k: tuple(v) for k, v in by_noun.items()})


def _rule(row: dict[str, Any]) -> Rule:
    verbs = tuple((v.split(" ", 1)[0], v.split(" ", 1)[1] if " " in v else "") for v in row.get("verbs", ()))
    gives = []
    for text in row["gives"]:
        side, holds, asset, *marks = text.split()
        gives.append(Gives(side, holds, asset, "soft" in marks, "said" in marks))
    return Rule(
        row["name"],
        row["kind"],
        verbs,
        frozenset(row.get("nouns", ())),
        row.get("subject", ""),
        row.get("object", ""),
        tuple(patterns.compiled(p) for p in row.get("after", ())),
        tuple(gives),
        row.get("voice", ""),
        row.get("taker", ""),
        tuple(row.get("relative", "").split("|")) if row.get("relative") else (),
        frozenset(row.get("beside", ())),
        row.get("only", ""),
        row.get("finite", False),
    )
