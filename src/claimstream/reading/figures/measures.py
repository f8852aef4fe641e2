"""The lexicon of measures: which words tell what a number measures, and where they stand to it.

`CUES` maps the first word of a cue to its phrases. The file `lexicon/measures.toml` explains the slots and carries the
examples.
"""

from __future__ import annotations

from itertools import product
from typing import Any, Final, NamedTuple

from claimstream.lexicon import load

SLOTS: Final = ("active", "passive", "intransitive", "state", "heads", "default", "before", "around")


class Rule(NamedTuple):
    """A group of cue words of one meaning. `counts` is what the counted noun must be: people, things, any;
    `nouns` narrows it to certain words, which `bare` lets be left out, `but` names classes of nouns it is not said of;
    `describes` lets a later verb say more;
    "things!" wants a noun known to be a thing, for verbs of many meanings ("taken", "held"); "people!" likewise."""

    name: str
    measure: str
    counts: str
    strong: bool
    nouns: frozenset[str]
    needs: frozenset[str]
    before_needs: frozenset[str]
    bare: bool
    describes: bool
    but: frozenset[str]


class Cue(NamedTuple):
    """An occurrence of a cue: items [start, end) of the sentence, its slot and rule."""

    start: int
    end: int
    slot: str
    rule: Rule


Phrase = tuple[str, ...]


def _rule(row: dict[str, Any]) -> Rule:
    return Rule(
        row["name"],
        row["measure"],
        row["counts"],
        row.get("strong", False),
        frozenset(row.get("nouns", ())),
        frozenset(row.get("needs", ())),
        frozenset(row.get("before_needs", ())),
        row.get("bare", False),
        row.get("describes", False),
        frozenset(word for name in row.get("but", ()) for word in load("measures")["nouns"][name].split()),
    )


Entry = tuple[Phrase, str, Rule]


class Entries(NamedTuple):
    """The cues that begin with one word, the longest first: by the next word where some ask for it, and for others."""

    before: dict[str, list[Entry]]
    alone: list[Entry]


def _index() -> dict[str, Entries]:
    index: dict[str, list[Entry]] = {}
    for row in load("measures")["rule"]:
        rule = _rule(row)
        for slot in SLOTS:
            for words in row.get(slot, ()):
                for phrase in product(*(word.split("|") for word in words.split())):
                    index.setdefault(phrase[0], []).append((phrase, slot, rule))
    for entries in index.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return {word: _by_next(entries) for word, entries in index.items()}


def _by_next(entries: list[Entry]) -> Entries:
    """The entries by the word that stands next; "~" and a phrase of one word let any stand there."""
    asked = {phrase[1] for phrase, _, _ in entries if len(phrase) > 1} - {"~"}
    alone = [entry for entry in entries if len(entry[0]) == 1 or entry[0][1] == "~"]
    return Entries({w: [e for e in entries if len(e[0]) == 1 or e[0][1] in (w, "~")] for w in asked}, alone)


CUES: Final = _index()
RULES: Final[dict[str, Rule]] = {row["name"]: _rule(row) for row in load("measures")["rule"]}
PEOPLE: Final[frozenset[str]] = frozenset(load("measures")["nouns"]["people"].split())
THINGS: Final[frozenset[str]] = frozenset(load("measures")["nouns"]["things"].split())
CONTEXT: Final[dict[str, str]] = {
    word: measure for measure, words in load("measures")["context"].items() for word in words
}
SPEAKERS: Final[frozenset[str]] = frozenset(load("measures")["nouns"]["speakers"].split())
PEOPLE_ENDINGS: Final = ("men", "women", "ists", "ians", "ees", "ers", "ors", "children", "people")


def find(words: list[str]) -> list[Cue]:
    """The cues among the lower-case words, in order; of phrases of a rule and slot that begin together the longest."""
    found: list[Cue] = []
    for i, word in enumerate(words):
        entries = CUES.get(word)
        if not entries:
            continue
        taken: set[tuple[str, str]] = set()
        follow = words[i + 1] if i + 1 < len(words) else ""
        for phrase, slot, rule in entries.before.get(follow, entries.alone):
            if (slot, rule.name) in taken:
                continue
            end = _match(words, i, phrase) if len(phrase) > 1 else i + 1
            if end:
                taken.add((slot, rule.name))
                found.append(Cue(i, end, slot, rule))
    return found


GAP: Final = 4
"""How many words "~" in a phrase may stand for."""


def _match(words: list[str], i: int, phrase: Phrase) -> int:
    """The end of the phrase at word `i`; 0 where it does not stand there. "~" stands for up to GAP words."""
    at = i
    for k, wanted in enumerate(phrase):
        if wanted == "~":
            follow = phrase[k + 1]
            limit = min(at + GAP, len(words) - 1)
            while at <= limit and words[at] != follow:
                if words[at] in (",", ";", "and"):
                    return 0
                at += 1
            if at > limit:
                return 0
        elif at >= len(words) or words[at] != wanted:
            return 0
        else:
            at += 1
    return at


def kind_of(nouns: list[str], capital: bool) -> str:
    """Whether counted nouns are people, things, or "" where the words do not tell."""
    for noun in reversed(nouns):
        if noun in THINGS:
            return "things"
        if noun in PEOPLE:
            return "people"
        if noun.endswith(PEOPLE_ENDINGS) and noun != "others":
            return "people"
        if "-" in noun and noun.rsplit("-", 1)[1] in PEOPLE:
            return "people"
    return "people" if capital else ""


def fits(rule: Rule, kind: str, nouns: list[str], hint: str = "") -> bool:
    """Whether the rule may measure a noun of this kind; `hint` is the kind of the figure before a bare number."""
    kind = hint if not kind and (rule.counts.endswith("!") or nouns == ["others"]) else kind
    if rule.nouns and not rule.nouns.intersection(nouns) and not (rule.bare and not nouns):
        return False
    if rule.but and nouns and not rule.but.isdisjoint(nouns):
        return False
    if rule.counts.endswith("!"):
        return kind == rule.counts[:-1]
    return rule.counts == "any" or not kind or kind == rule.counts
