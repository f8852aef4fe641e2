"""Numerals with their parts: "a quarter of a million", "two and a half", "three-quarters", "half-a-dozen", "3/4".

Joins the cardinals of `cardinals` with fractions. A fraction alone has the form "fraction" and a value below or near 1.
"""

from __future__ import annotations

from claimstream.reading.numbers.atoms import (
    FRACTIONS,
    GLYPHS,
    HYPHENS,
    MULTIPLIERS,
    WORDS,
    Atom,
    at,
    glued,
    past_hyphen,
)
from claimstream.reading.numbers.cardinals import Numeral, cardinal
from claimstream.reading.numbers.digits import digits

PLURAL_PARTS = frozenset(word for word in FRACTIONS if word.endswith("s"))
RANKS = {"first": 1, "firsts": 1, "second": 2, "seconds": 2}
"""Ordinals that end a compound denominator but name no fraction themselves ("thirty-second")."""


def numeral(pieces: list[Atom], i: int) -> Numeral | None:
    """The numeral that begins at atom `i`, as long as it goes; None where none begins."""
    first = at(pieces, i)
    if first.text in GLYPHS:
        return Numeral(GLYPHS[first.text], i, i + 1, "fraction")
    if first.lower in ("half", "quarter"):
        return _half(pieces, i)
    if first.lower not in ("a", "an"):
        read = cardinal(pieces, i)
        return _shorter(pieces, read) or _with_part(pieces, read) if read else None
    follow = past_hyphen(pieces, i + 1)
    if at(pieces, follow).lower in FRACTIONS or _compound_part(pieces, follow) is not None:
        return _parts(pieces, Numeral(1, i, follow, "words"))
    if at(pieces, follow).lower not in MULTIPLIERS:
        return None
    read = cardinal(pieces, follow)
    return _with_part(pieces, read._replace(start=i)) if read else None


def _shorter(pieces: list[Atom], read: Numeral) -> Numeral | None:
    """ "one hundred thirty-fifths" is a hundred of them: the tens belong to the parts, behind a bare "hundred"."""
    last = read.end - 1
    if read.form != "words" or last <= read.start or at(pieces, last - 1).lower != "hundred":
        return None
    parts = _compound_part(pieces, last)
    count = cardinal(pieces[read.start : last], 0) if parts else None
    return Numeral(count.value / parts[0], read.start, parts[1], "fraction") if parts and count else None


def _scale(pieces: list[Atom], i: int) -> float:
    """The multiplier at atom `i`, 0 if none."""
    word = at(pieces, i).lower
    return MULTIPLIERS.get(word, 0.0) if word not in ("score", "dozens") else 0.0


def _half(pieces: list[Atom], i: int) -> Numeral | None:
    """ "half a million", "half-a-dozen", "half million", "half" alone; "quarter million"."""
    part = 1 / FRACTIONS[pieces[i].lower]
    j = past_hyphen(pieces, i + 1)
    if at(pieces, j).lower in ("a", "an"):
        j = past_hyphen(pieces, j + 1)
    scale = _scale(pieces, j)
    if scale:
        return Numeral(part * scale, i, j + 1, "words", scale)
    return None if pieces[i].lower == "quarter" else Numeral(part, i, i + 1, "fraction")


def _compound_part(pieces: list[Atom], j: int) -> tuple[float, int] | None:
    """ "twenty-fifths", "thirty-second", "forty fifths": the number of parts and the atom behind."""
    hyphen = at(pieces, j + 1).text in HYPHENS and glued(pieces, j + 1)
    k = j + 2 if hyphen else j + 1
    word = at(pieces, k).lower
    if not hyphen and word not in PLURAL_PARTS and word != "firsts":
        return None
    tens, ones = WORDS.get(at(pieces, j).lower, 0), FRACTIONS.get(word, RANKS.get(word, 99))
    return (tens + ones, k + 1) if tens >= 20 and ones < 10 else None


def _parts(pieces: list[Atom], count: Numeral) -> Numeral | None:
    """Parts behind their count ("a third", "two thirds"), times what they are parts of ("a quarter of a million")."""
    j = past_hyphen(pieces, count.end)
    compound = _compound_part(pieces, j)
    if compound is not None and count.form == "words":
        return Numeral(count.value / compound[0], count.start, compound[1], "fraction")
    if at(pieces, j).lower not in FRACTIONS:
        return None
    value, j = count.value / FRACTIONS[pieces[j].lower], j + 1
    k = past_hyphen(pieces, j)
    if at(pieces, j).lower == "of" and at(pieces, j + 1).lower in ("a", "an", "one"):
        k = j + 2
    elif at(pieces, j).lower == "of":
        k = j
    scale = (
        MULTIPLIERS.get(at(pieces, k).lower, 0.0) if k == j + 2 and at(pieces, j).lower == "of" else _scale(pieces, k)
    )
    if scale:
        return Numeral(value * scale, count.start, k + 1, "words", scale)
    return Numeral(value, count.start, j, "fraction")


def _with_part(pieces: list[Atom], read: Numeral) -> Numeral:
    """The cardinal with what may follow it: parts ("three fifths"), "and a half", a slash, digits and a slash."""
    j = read.end
    if read.form == "words" or read.value < 100:
        part = _parts(pieces, read)
        if part is not None and _fits(at(pieces, past_hyphen(pieces, j)).lower, read):
            return part
    if at(pieces, j).lower == "and":
        mixed = _and_part(pieces, read, j + 1)
        if mixed is not None:
            return mixed
    if at(pieces, j).text == "/" and glued(pieces, j) and glued(pieces, j + 1):
        return _slash(pieces, read, j + 1)
    if read.form == "digits" and at(pieces, j).kind == "d" and at(pieces, j + 1).text == "/":
        below = _slash(pieces, Numeral(digits(pieces[j].text)[0], j, j + 1, "digits"), j + 2)
        if below.form == "fraction" and below.value < 1:
            return Numeral(read.value + below.value, read.start, below.end, "digits")
    return read


def _fits(word: str, count: Numeral) -> bool:
    """ "three thirds" is a fraction; "three third graders" and "two half" are not."""
    if word in ("half", "quarter"):
        return count.value == 1
    if word in ("halves", "quarters"):
        return count.value < 4  # "six of the fifteen quarters"
    return word in PLURAL_PARTS or count.value == 1


def _and_part(pieces: list[Atom], read: Numeral, i: int) -> Numeral | None:
    """The part behind "and": "two and a half (million)", "three million and a half", "twenty and three fifths"."""
    word = at(pieces, i).lower
    count = cardinal(pieces, i) if word in WORDS else None
    if word in ("a", "an"):
        count = Numeral(1, i, i + 1, "words")
    elif word == "half":
        count = Numeral(1, i, i, "words")
    if count is None or (count.value >= 10 and FRACTIONS.get(at(pieces, count.end).lower, 100) < 100):
        return None
    part = _parts(pieces, count)
    if part is None:
        return None
    value, scale = read.value + part.value, part.scale
    if part.form == "words":  # "two and a half million", "a billion and a quarter million"
        value = value if read.scale > 1 else (read.value + part.value / scale) * scale
        return Numeral(value, read.start, part.end, "words" if read.scale > 1 else read.form, scale)
    scale = MULTIPLIERS.get(at(pieces, part.end).lower, 0.0)
    if scale:
        return Numeral(value * scale, read.start, part.end + 1, read.form, scale)
    unit = read.scale if read.scale >= 1000 else 1
    return Numeral(read.value + part.value * unit, read.start, part.end, read.form, read.scale)


def _slash(pieces: list[Atom], read: Numeral, i: int) -> Numeral:
    """ "3/4": the numeral divided by the digits at `i`; the numeral itself where that is no fraction."""
    below = at(pieces, i).text
    longer = at(pieces, i + 1).text in ("/", "-") and glued(pieces, i + 1)
    if below.isdecimal() and 0 < int(below[:6]) <= 100 and read.value == int(read.value) < 100 and not longer:
        return Numeral(read.value / int(below), read.start, i + 1, "fraction")
    return read
