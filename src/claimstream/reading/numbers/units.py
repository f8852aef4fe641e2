"""Units and currencies beside a number."""

from __future__ import annotations

from claimstream.reading.numbers.atoms import AROUND, CURRENCY, HYPHENS, TABLES, Atom, at, follows, glued, lowers

TIMES = frozenset(["seconds", "minutes", "hours", "days", "nights", "weeks", "months", "years", "decades", "centuries"])
MONEY = frozenset(CURRENCY.values())
MIXED_CASE = frozenset(["KSh", "Ksh", "Kshs", "TSh", "Tsh", "USh", "Ush", "Rs", "Fcfa"])
DOLLAR_LANDS = frozenset(["us", "a", "nz", "c", "hk", "s"])
DIGITS_ONLY = frozenset(["ha", "mi", "mt", "m", "pc", "ft", "min", "mins", "mm", "cm", "lb", "t"])
"""Short units that stand behind digits only ("12 ha", never "twelve ha")."""


def _index() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Unit phrases by their first word, the longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    pairs = [(lowers(word), row["unit"]) for row in TABLES["unit"] for word in row["words"]]
    for phrase, unit in sorted(pairs, key=lambda pair: -len(pair[0])):
        index.setdefault(phrase[0], []).append((phrase, unit))
    return index


UNITS = _index()
WORDS_OF_UNITS = frozenset(word for row in TABLES["unit"] for word in row["words"])


def is_unit(word: str) -> bool:
    """Whether a unit begins with this word."""
    return word in UNITS


def unit_of(pieces: list[Atom], start: int, end: int) -> tuple[str | None, int, int]:
    """The unit of the number in atoms [start, end); where number and sign begin; the atom behind number and unit."""
    before = _currency_before(pieces, start)
    if before is not None:
        return before[0], before[1], end
    j = end + 1 if at(pieces, end).text in HYPHENS and glued(pieces, end) else end
    for phrase, unit in UNITS.get(at(pieces, j).lower, ()):
        if follows(pieces, j, phrase) and _stands(pieces, j, end, phrase):
            return unit, start, j + len(phrase)
    k = j + 1 if at(pieces, j).lower == "us" or _of_land(pieces, j) else j
    money = at(pieces, k)
    weight = money.lower == "pounds" and at(pieces, k + 1).lower == "of"
    if money.kind == "w" and money.lower in CURRENCY and not weight:
        return CURRENCY[money.lower], start, k + 1
    return None, start, end


def _of_land(pieces: list[Atom], j: int) -> bool:
    """ "Swiss francs", "Halimian pounds": the money of a country."""
    money = at(pieces, j + 1)
    return at(pieces, j).text[:1].isupper() and money.kind == "w" and money.text.islower() and money.text in CURRENCY


def _currency_before(pieces: list[Atom], start: int) -> tuple[str, int] | None:
    """A currency before the number ("$12", "US$12", "$US12", "USD 12"), and the atom it begins at."""
    sign = at(pieces, start - 1)
    if sign.lower in DOLLAR_LANDS and at(pieces, start - 2).text == "$" and glued(pieces, start):
        return "USD", start - 2
    if sign.lower not in CURRENCY or not (sign.kind == "p" or sign.text.isupper() or sign.text in MIXED_CASE):
        return None
    land = at(pieces, start - 2).lower in ("us", "a", "c", "usd") and glued(pieces, start - 1)
    return CURRENCY[sign.lower], start - 2 if land else start - 1


def _stands(pieces: list[Atom], j: int, end: int, phrase: tuple[str, ...]) -> bool:
    """Whether the unit phrase at `j` is a unit here ("5 family members" and "5 foot soldiers" are none)."""
    follow = at(pieces, j + len(phrase)).lower
    if phrase[0] in DIGITS_ONLY and pieces[end - 1].kind != "d":
        return False
    if phrase[0] in ("family", "household"):
        return follow not in AROUND["of_family"]
    return not (phrase[0] == "foot" and j == end and follow != "of")
