"""Words that qualify a number: "at least", "up to", "some", "or more". Effects: low, high, about, exact."""

from __future__ import annotations

from claimstream.reading.numbers.atoms import HYPHENS, TABLES, WORDS, Atom, at, follows, glued, lowers
from claimstream.reading.numbers.units import TIMES

Phrase = tuple[str, ...]


def _index(table: str, word: int) -> dict[str, list[tuple[Phrase, str]]]:
    """The phrases of a table with their effect, by their first (0) or last (-1) word, the longest first."""
    pairs = [(lowers(phrase), row["effect"]) for row in TABLES[table] for phrase in row["phrases"]]
    index: dict[str, list[tuple[Phrase, str]]] = {}
    for phrase, effect in sorted(pairs, key=lambda pair: -len(pair[0])):
        index.setdefault(phrase[word], []).append((phrase, effect))
    return index


BEFORE = _index("qualifier", -1)
BEHIND = _index("behind", 0)
NOT_AFTER: dict[str, frozenset[str]] = {word: frozenset(words) for word, words in TABLES["no_qualifier_after"].items()}
OVER_TIME = frozenset(["for", "after", "lasted", "lasting", "lasts", "of", "took", "takes", "a", "been"])
"""Before "over three days" these make "over" a qualifier; elsewhere it tells when."""
CLOSES = frozenset([",", ".", ";", ")", "—", "–", "and", "but", "or", "in", "since", "as", "so"])
"""What may stand behind "at least" that belongs to the number before it."""
OPENS_NUMBER = frozenset(["a", "some", "as", "than", "another", "one", "likely", "often"])
AHEAD = 4
"""How many words the counted noun may have between the number and "or more"."""
TAKEN = frozenset(["take", "taken", "taking", "took"])
"""Verbs after which "over" qualifies digits, for who takes over a place does not count it."""


def before(pieces: list[Atom], i: int, floor: int, unit: str | None) -> tuple[int, set[str]]:
    """The atom at which the qualifiers before atom `i` begin, not before `floor`, and their effects."""
    effects: set[str] = set()
    for _ in range(3):
        match = _one_before(pieces, i, floor, unit)
        if match is None:
            break
        i, effect = match
        effects.add(effect)
    if at(pieces, i - 1).text == "~":
        effects.add("about")
    return i, effects - {"exact"}


def _one_before(pieces: list[Atom], i: int, floor: int, unit: str | None) -> tuple[int, str] | None:
    last = i - 1
    if last < floor:
        return None
    if pieces[last].lower in ("a", "an") and last > floor and pieces[last - 1].lower in ("than", "over"):
        last -= 1  # "a more than a two-month offensive"
    for phrase, effect in BEFORE.get(pieces[last].lower, ()):
        begin = last - len(phrase) + 1
        if begin >= floor and follows(pieces, begin, phrase) and _qualifies(pieces, begin, phrase, unit):
            return begin, effect
    return None


def _qualifies(pieces: list[Atom], i: int, phrase: Phrase, unit: str | None) -> bool:
    """Whether words that may also be a preposition, a verb or a determiner qualify the number here."""
    word, earlier = phrase[0], at(pieces, i - 1).lower
    if len(phrase) > 1:
        return not (phrase == ("up", "to") and earlier in NOT_AFTER["up"])
    if word == "over" and earlier in TAKEN and pieces[i + 1].kind == "d" and len(pieces[i + 1].text) > 1:
        return True  # "have taken over 60 posts"
    if word in ("the", "these", "those", "all") or earlier in NOT_AFTER.get(word, frozenset()):
        return False
    if word in ("crossed", "crosses") and (
        unit is not None or earlier in ("who", "have", "had", "they", "and", "people")
    ):
        return False  # "the 300 who crossed 12 lines"
    if unit in TIMES and word in ("over", "past", "passed", "passes"):
        return word == "over" and earlier in OVER_TIME
    if word in ("near", "past", "beyond", "above", "below") and unit is None:
        return pieces[i + 1].kind == "d" and word != "near"
    return True


def behind(pieces: list[Atom], i: int) -> tuple[int, set[str]]:
    """The atom behind the qualifiers that follow the number or its noun ("30 men or more"), and their effects."""
    if at(pieces, i).text in HYPHENS and at(pieces, i + 1).lower in ("plus", "odd"):
        return i + 2, {"low" if pieces[i + 1].lower == "plus" else "about"}
    for skip in range(AHEAD):
        j = i + skip
        if j >= len(pieces) or (skip and pieces[j - 1].kind != "w"):
            break
        for phrase, effect in BEHIND.get(pieces[j].lower, ()):
            if follows(pieces, j, phrase) and _closes(pieces, j, phrase, skip):
                return (j + len(phrase) if skip == 0 else i), {effect}
    return i, set()


def _closes(pieces: list[Atom], j: int, phrase: Phrase, skip: int) -> bool:
    """Whether the phrase at `j`, `skip` words behind the number, belongs to it and not to what follows."""
    after = at(pieces, j + len(phrase))
    if phrase == ("+",):
        return skip == 0 and glued(pieces, j)
    if skip and (
        len(phrase) == 1 or phrase == ("more", "or", "less") or (phrase == ("or", "more") and after.kind == "w")
    ):
        return False
    if after.kind == "d" or after.lower in WORDS or after.lower in OPENS_NUMBER:
        return False
    return not (phrase[0] == "at" and skip and after.lower and after.lower not in CLOSES)
