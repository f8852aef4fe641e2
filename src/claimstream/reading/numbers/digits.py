"""Numbers in digits: separators ("1,234,567"), thousands set apart by a space, "2½", "1.3e6", "2.5bn"."""

from __future__ import annotations

from claimstream.reading.numbers.atoms import GLYPHS, SUFFIXES, Atom, at, glued

SHORT_SUFFIXES = frozenset("mbkt")
"""Letters that may also be units ("300m"); `ranges` decides on them."""


def digits(text: str) -> list[float]:
    """The value of a run of digits; several values where the separators only list them ("22,24,26").

    >>> digits("1,234,567"), digits("4.5"), digits("5,00"), digits("22,24,26")
    ([1234567.0], [4.5], [5.0], [22.0, 24.0, 26.0])
    """
    if text.isdecimal() or text[0] == ".":
        return [float(text)]
    commas, dots = text.count(","), text.count(".")
    if commas and dots:
        decimal = max(text.rfind(","), text.rfind("."))
        whole = text[:decimal].replace(",", "").replace(".", "")
        return [float(f"{whole}.{text[decimal + 1 :]}")]
    parts = text.split("," if commas else ".")
    grouped = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    if grouped and (commas or dots > 1):
        return [float("".join(parts))]
    if len(parts) == 2:
        return [float(".".join(parts))]
    return [float(part) for part in parts]


def value_at(pieces: list[Atom], i: int) -> tuple[float, int] | None:
    """The value of digits at `i`: thousands set apart by a space ("40 000"), a glyph ("2½") or a power ("1.3e6")."""
    atom = pieces[i]
    values = digits(atom.text)
    if len(values) != 1:
        return None
    value, end = values[0], i + 1
    if atom.text.isdecimal() and len(atom.text) <= 3 and atom.text[0] != "0":
        text = atom.text
        while _space_group(pieces, end):
            text += pieces[end].text
            value, end = float(text), end + 1
    if at(pieces, end).text in GLYPHS and glued(pieces, end):
        value, end = value + GLYPHS[pieces[end].text], end + 1
    return _power(pieces, value, end)


def suffix_at(pieces: list[Atom], i: int) -> float:
    """What a suffix glued to the digits before atom `i` multiplies them by ("2.5bn"); 0 where none stands there."""
    suffix = at(pieces, i).lower
    return SUFFIXES[suffix] if suffix in SUFFIXES and suffix not in SHORT_SUFFIXES and glued(pieces, i) else 0.0


def _space_group(pieces: list[Atom], i: int) -> bool:
    """Whether atom `i` is a group of three digits, set apart by one space."""
    group = at(pieces, i)
    if group.kind != "d" or group.start - pieces[i - 1].end != 1 or "," in group.text:
        return False
    return len(group.text.split(".", 1)[0]) == 3 and not (at(pieces, i + 1).kind == "w" and glued(pieces, i + 1))


def _power(pieces: list[Atom], value: float, i: int) -> tuple[float, int]:
    """An exponent behind digits: "1.3e6", "1.1^23", "6.2x10^-4"."""
    j, ten = i, True
    if (
        at(pieces, j).lower in ("x", "×")
        and at(pieces, j + 1).text == "10"
        and at(pieces, j + 2).text in ("^", "-", "−")
    ):
        j += 3 if pieces[j + 2].text == "^" else 2
    elif glued(pieces, j) and pieces[j].lower in ("e", "^"):
        ten = pieces[j].lower == "e"
        j += 1
    else:
        return value, i
    sign = 1
    while j < i + 6 and at(pieces, j).text in ("+", "-", "−"):
        sign, j = sign if pieces[j].text == "+" else -sign, j + 1
    exponent = at(pieces, j).text
    if not exponent.isdecimal() or len(exponent) > 2:
        return value, i
    power = sign * int(exponent)
    if ten:
        return value * 10.0**power, j + 1
    return (value**power, j + 1) if 0 < value < 1e6 and abs(power) < 50 else (value, i)
