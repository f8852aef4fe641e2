"""Numerals: how digits and number words become a value ("1.5 million", "two hundred and six", "a quarter of a million").

Works on atoms, the smallest pieces of a text: runs of digits with their separators, words, single marks. A value is read
from left to right in one pass with bounded look-ahead, so reading takes time linear in the length of the text.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from claimstream.lexicon import load

ATOM = re.compile(r"\d+(?:[.,]\d+)*|(?<![\w.])\.\d+|[^\W\d_]+|[^\s]")


class Atom(NamedTuple):
    """A piece of text; `kind` is "d" for digits, "w" for a word, "p" for a mark."""

    text: str
    lower: str
    start: int
    end: int
    kind: str


class Numeral(NamedTuple):
    """A value and the atoms [start, end) it was read from.

    `form`: digits, words, fraction (a part of a whole, value below or around 1). `scale` is the last multiplier used.
    """

    value: float
    start: int
    end: int
    form: str
    scale: float = 1


def lexicon() -> dict[str, Any]:
    """The tables of `lexicon/numbers.toml`."""
    return load("numbers")


WORDS: dict[str, float] = lexicon()["words"]
MULTIPLIERS: dict[str, float] = lexicon()["multipliers"]
SUFFIXES: dict[str, float] = lexicon()["suffixes"]
FRACTIONS: dict[str, int] = lexicon()["fractions"]
GLYPHS: dict[str, float] = lexicon()["glyphs"]
ORDINALS = frozenset(lexicon()["ordinals"]["words"])
PLURAL_PARTS = frozenset(w for w in FRACTIONS if w.endswith("s"))
HYPHENS = frozenset("-–‐‑")
MAX_WORDS = 24
"""No English numeral is longer; a longer run is read in pieces."""


def atoms(text: str) -> list[Atom]:
    """The atoms of a text, with offsets."""
    found = []
    for match in ATOM.finditer(text):
        word = match.group()
        kind = "d" if word[-1].isdecimal() else "w" if word[0].isalpha() else "p"
        found.append(Atom(word, word.lower(), match.start(), match.end(), kind))
    return found


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
    mark = "," if commas else "."
    parts = text.split(mark)
    grouped = len(parts[0]) <= 3 and all(len(part) == 3 for part in parts[1:])
    if grouped and (commas or dots > 1):
        return [float("".join(parts))]
    if len(parts) == 2:
        return [float(".".join(parts))]
    return [float(part) for part in parts]


def glued(pieces: list[Atom], i: int) -> bool:
    """Whether nothing stands between atom `i` and the one before it."""
    return i > 0 and pieces[i].start == pieces[i - 1].end


def number_word(atom: Atom) -> bool:
    return atom.lower in WORDS or atom.lower in MULTIPLIERS


def skip_hyphen(pieces: list[Atom], i: int) -> int:
    """Past a hyphen between two words ("twenty-one", "fifty - two")."""
    if 0 < i < len(pieces) - 1 and pieces[i].text in HYPHENS and pieces[i - 1].kind == pieces[i + 1].kind == "w":
        return i + 1
    return i


def _digit_value(pieces: list[Atom], i: int) -> tuple[float, int] | None:
    """The value of digits at `i`, with thousands set apart by a space ("40 000") and a glyph behind ("2½")."""
    atom = pieces[i]
    values = digits(atom.text)
    if len(values) != 1:
        return None
    value, end = values[0], i + 1
    if atom.text.isdecimal() and len(atom.text) <= 3 and atom.text[0] != "0":
        text = atom.text
        while end < len(pieces) and _space_group(pieces, end):
            text += pieces[end].text[:3]
            value = float(text)
            if not pieces[end].text.isdecimal():
                value = float(text + pieces[end].text[3:])
            end += 1
    if end < len(pieces) and pieces[end].text in GLYPHS and glued(pieces, end):
        value, end = value + GLYPHS[pieces[end].text], end + 1
    return _power(pieces, value, end)


def _power(pieces: list[Atom], value: float, i: int) -> tuple[float, int]:
    """An exponent behind digits: "1.3e6", "1.1^23", "6.2x10^-4"."""
    j, base = i, 10.0
    if j < len(pieces) and pieces[j].lower in ("x", "×") and j + 1 < len(pieces) and pieces[j + 1].text == "10":
        j += 2
        if j < len(pieces) and pieces[j].text == "^":
            j += 1
        elif j >= len(pieces) or pieces[j].text not in "-−+":
            return value, i
    elif j < len(pieces) and glued(pieces, j) and pieces[j].lower in ("e", "^"):
        base = 10.0 if pieces[j].lower == "e" else 0.0
        j += 1
    else:
        return value, i
    sign = 1
    while j < len(pieces) and j < i + 6 and pieces[j].text in "+-−":
        sign, j = -sign if pieces[j].text in "-−" else sign, j + 1
    if j >= len(pieces) or not pieces[j].text.isdecimal() or len(pieces[j].text) > 2:
        return value, i
    power = sign * int(pieces[j].text)
    if base:
        return value * base**power, j + 1
    return (value**power, j + 1) if 0 < value < 1e6 and abs(power) < 50 else (value, i)


def _space_group(pieces: list[Atom], i: int) -> bool:
    text = pieces[i].text
    if pieces[i].start - pieces[i - 1].end != 1 or pieces[i].kind != "d":
        return False
    whole = text.split(".", 1)[0]
    if len(whole) != 3 or "," in text:
        return False
    return not (i + 1 < len(pieces) and pieces[i + 1].kind == "w" and glued(pieces, i + 1))


def numeral(pieces: list[Atom], i: int) -> Numeral | None:
    """The numeral that begins at atom `i`, as long as it goes; None where none begins."""
    if i >= len(pieces):
        return None
    start = i
    first = pieces[i]
    if first.text in GLYPHS:
        return Numeral(GLYPHS[first.text], i, i + 1, "fraction")
    if first.lower in ("a", "an"):
        follow = skip_hyphen(pieces, i + 1)
        if follow >= len(pieces):
            return None
        part = pieces[follow].lower in FRACTIONS or _compound_part(pieces, follow) is not None
        if not part and pieces[follow].lower not in MULTIPLIERS:
            return None
        if part:
            return _fraction_of(pieces, Numeral(1, i, follow, "words"))
        read = _cardinal(pieces, follow)
        return _tail(pieces, read._replace(start=start)) if read else None
    if first.lower in ("half", "quarter"):
        return _half(pieces, i)
    read = _cardinal(pieces, i)
    return _tail(pieces, read) if read else None


def _cardinal(pieces: list[Atom], i: int) -> Numeral | None:
    """A cardinal number in digits, words or both."""
    total, current, scale, last = 0.0, None, float("inf"), 1.0
    form, j, limit = "words", i, min(len(pieces), i + MAX_WORDS)
    tens_open = hundreds_open = False
    while j < limit:
        at = skip_hyphen(pieces, j) if j > i else j
        atom = pieces[at]
        value = WORDS.get(atom.lower)
        if atom.kind == "d" and hundreds_open and current is not None and _digits_join(pieces, i, j, form):
            current, j, hundreds_open = current + digits(atom.text)[0], at + 1, False
        elif atom.kind == "d" and current is None and (j == i or last >= 1000):
            if j > i and not _small_digits(atom, last):
                break
            read = _digit_value(pieces, at)
            if read is None:
                break
            current, j = read
            form = "digits" if at == i or form == "digits" else form
            suffix = SUFFIXES.get(pieces[j].lower) if j < len(pieces) and glued(pieces, j) else None
            if suffix and pieces[j].lower not in ("m", "b", "k", "t"):
                current, j, last = current * suffix, j + 1, suffix
                return Numeral(total + current, i, j, "digits", last)
            tens_open = hundreds_open = False
        elif value is not None:
            if current is None:
                current, tens_open = value, value >= 20
            elif tens_open and 0 < value < 10:
                current, tens_open = current + value, False
            elif hundreds_open and value < 100:
                current, hundreds_open, tens_open = current + value, False, value >= 20
            else:
                break
            j = at + 1
            if value >= 20 and current is not None and current % 100 == value:
                tens_open = True
        elif atom.lower in MULTIPLIERS:
            times = MULTIPLIERS[atom.lower]
            if atom.lower == "score" and current is None:
                break
            if current is None:
                if j > i and not total:
                    break
                if total:
                    if atom.lower in ("dozen", "dozens", "hundred"):
                        break
                    total, last = total * times, times
                    j = at + 1
                    continue
                if not _bare_multiplier(pieces, at):
                    break
                current = 1.0
            if times in (100, 12, 20):
                if hundreds_open and times == 100:
                    break
                current, hundreds_open, tens_open = current * times, times == 100, False
            elif times < scale:
                total, current, scale = total + current * times, None, times
                hundreds_open = tens_open = False
            else:
                total, current = (total + current) * times, None
                hundreds_open = tens_open = False
            last, j = times, at + 1
        elif atom.lower == "and" and last > 1 and at + 1 < limit:
            joined = _joined(pieces, at + 1, last, form, hundreds_open or current is None)
            if not joined:
                break
            j = at + 1
        elif atom.lower == "point" and current is not None and form == "words":
            decimals = _decimals(pieces, at + 1)
            if decimals is None:
                break
            text, j = decimals
            return Numeral(total + current + float(f"0.{text}"), i, j, "words", last)
        else:
            break
    if j == i:
        return None
    return Numeral(total + (current or 0.0), i, j, form, last)


def _digits_join(pieces: list[Atom], i: int, j: int, form: str) -> bool:
    """ "3 hundred and 21": digits behind "and" that are not the count of another multiplier."""
    alone = j + 1 >= len(pieces) or pieces[j + 1].lower not in MULTIPLIERS
    return form == "digits" and j > i and pieces[j - 1].lower == "and" and alone and _small_digits(pieces[j], 100)


def _small_digits(atom: Atom, last: float) -> bool:
    return atom.text.isdecimal() and float(atom.text) < last


def _bare_multiplier(pieces: list[Atom], i: int) -> bool:
    """A multiplier that may stand without a count: after "a", "half", "the", or before another ("hundred thousand")."""
    before = pieces[i - 1].lower if i else ""
    before = pieces[i - 2].lower if before in HYPHENS and i > 1 else before
    after = pieces[i + 1].lower if i + 1 < len(pieces) else ""
    follow = pieces[i + 2].lower if i + 2 < len(pieces) else ""
    if before == "the" and after == "or" and follow in ("so", "more"):
        return True
    return before in ("a", "an", "per", "half", "quarter", "one") or (after in MULTIPLIERS and after != "dozen")


def _joined(pieces: list[Atom], i: int, last: float, form: str, open_end: bool) -> bool:
    """Whether the number at `i` continues the one before "and" ("one hundred and six"), not begins another."""
    atom = pieces[i]
    if not open_end:
        return False
    if atom.kind == "d":
        return form == "digits" and last <= 1000 and _small_digits(atom, last)
    value = WORDS.get(atom.lower)
    if value is None or value >= last:
        return False
    j = i + 1
    if j + 1 < len(pieces) and value >= 20 and WORDS.get(pieces[skip_hyphen(pieces, j)].lower, 99) < 10:
        j = skip_hyphen(pieces, j) + 1
    follow = pieces[j].lower if j < len(pieces) else ""
    times = MULTIPLIERS.get(follow, 1)
    if follow in FRACTIONS:
        return value >= 10 and FRACTIONS[follow] < 100
    return times * value < last or (last == 100 and times >= 1000)


def _decimals(pieces: list[Atom], i: int) -> tuple[str, int] | None:
    """Spoken decimals after "point" ("zero three", "seventy-one")."""
    text, j = "", i
    while j < len(pieces) and j < i + 8:
        at = skip_hyphen(pieces, j) if j > i else j
        value = WORDS.get(pieces[at].lower)
        if value is None:
            break
        if value >= 20 and at + 1 < len(pieces):
            unit = skip_hyphen(pieces, at + 1)
            ones = WORDS.get(pieces[unit].lower)
            if ones is not None and 0 < ones < 10:
                value, at = value + ones, unit
        text, j = text + str(int(value)), at + 1
    return (text, j) if text else None


def _half(pieces: list[Atom], i: int) -> Numeral | None:
    """ "half a million", "half-a-dozen", "half million", "half" alone; "quarter million"."""
    part = 1 / FRACTIONS[pieces[i].lower]
    j = skip_hyphen(pieces, i + 1)
    if j < len(pieces) and pieces[j].lower in ("a", "an"):
        j = skip_hyphen(pieces, j + 1)
    if j < len(pieces) and pieces[j].lower in MULTIPLIERS and pieces[j].lower not in ("score", "dozens"):
        scale = MULTIPLIERS[pieces[j].lower]
        return Numeral(part * scale, i, j + 1, "words", scale)
    if pieces[i].lower == "quarter":
        return None
    return Numeral(part, i, i + 1, "fraction")


def _fraction_of(pieces: list[Atom], count: Numeral) -> Numeral | None:
    """A part behind its count ("a third", "two thirds", "three-quarters"), times what it is a part of ("of a million")."""
    j = skip_hyphen(pieces, count.end)
    compound = _compound_part(pieces, j)
    if compound is not None and count.form == "words":
        return Numeral(count.value / compound[0], count.start, compound[1], "fraction")
    if j >= len(pieces) or pieces[j].lower not in FRACTIONS:
        return None
    value = count.value / FRACTIONS[pieces[j].lower]
    j += 1
    if j + 1 < len(pieces) and pieces[j].lower == "of":
        k = j + 2 if pieces[j + 1].lower in ("a", "an", "one") else j + 1
        if k < len(pieces) and pieces[k].lower in MULTIPLIERS and k == j + 2:
            scale = MULTIPLIERS[pieces[k].lower]
            return Numeral(value * scale, count.start, k + 1, "words", scale)
    k = skip_hyphen(pieces, j)
    if k < len(pieces) and pieces[k].lower in MULTIPLIERS and pieces[k].lower not in ("score", "dozens"):
        scale = MULTIPLIERS[pieces[k].lower]
        return Numeral(value * scale, count.start, k + 1, "words", scale)
    return Numeral(value, count.start, j, "fraction")


def _compound_part(pieces: list[Atom], j: int) -> tuple[float, int] | None:
    """ "twenty-fifths", "thirty-second": the number of parts and the atom behind; tens and a hyphen are needed."""
    if j + 2 >= len(pieces) or pieces[j + 1].text not in HYPHENS or not glued(pieces, j + 1):
        return None
    tens, ones = WORDS.get(pieces[j].lower, 0), FRACTIONS.get(pieces[j + 2].lower, ONES.get(pieces[j + 2].lower, 99))
    return (tens + ones, j + 3) if tens >= 20 and ones < 10 else None


ONES = {"first": 1, "firsts": 1, "second": 2, "seconds": 2}


def _tail(pieces: list[Atom], read: Numeral) -> Numeral:
    """What may follow a cardinal: a part ("three fifths"), "and a half", slash digits, a multiplier after the half."""
    j = read.end
    if j >= len(pieces):
        return read
    if read.form == "words" or read.value < 100:
        part = _fraction_of(pieces, read)
        if part is not None and _parts_fit(pieces, j, read):
            return part
    if pieces[j].lower == "and" and j + 1 < len(pieces):
        mixed = _and_part(pieces, read, j + 1)
        if mixed is not None:
            return mixed
    if pieces[j].text == "/" and glued(pieces, j) and j + 1 < len(pieces) and glued(pieces, j + 1):
        return _slash(pieces, read, j + 1)
    if read.form == "digits" and pieces[j].kind == "d" and j + 2 < len(pieces) and pieces[j + 1].text == "/":
        below = _slash(pieces, Numeral(digits(pieces[j].text)[0], j, j + 1, "digits"), j + 2)
        if below.form == "fraction" and below.value < 1:
            return Numeral(read.value + below.value, read.start, below.end, "digits")
    return read


def _parts_fit(pieces: list[Atom], j: int, read: Numeral) -> bool:
    """ "three thirds" is a fraction, "three third graders" and "one second" are not."""
    word = pieces[skip_hyphen(pieces, j)].lower
    if word in ("half", "quarter"):
        return read.value == 1
    return word in PLURAL_PARTS or word == "halves" or read.value == 1


def _and_part(pieces: list[Atom], read: Numeral, i: int) -> Numeral | None:
    """ "two and a half (million)", "three million and a half", "five and a quarter", "twenty and three fifths"."""
    if pieces[i].lower in ("a", "an"):
        count: Numeral | None = Numeral(1, i, i + 1, "words")
    elif pieces[i].lower in ("half",):
        count = Numeral(1, i, i, "words")
    else:
        count = _cardinal(pieces, i) if WORDS.get(pieces[i].lower) is not None else None
    if count is None:
        return None
    if count.value >= 10 and FRACTIONS.get(pieces[min(count.end, len(pieces) - 1)].lower, 100) < 100:
        return None
    part = _fraction_of(pieces, count)
    if part is None or not (part.form == "fraction" or part.scale > 1):
        return None
    if part.form == "words":
        return (
            Numeral(read.value + part.value, read.start, part.end, "words", part.scale)
            if read.scale > 1
            else (
                Numeral(
                    (read.value + part.value / part.scale) * part.scale, read.start, part.end, read.form, part.scale
                )
            )
        )
    if part.end < len(pieces) and pieces[part.end].lower in MULTIPLIERS:
        scale = MULTIPLIERS[pieces[part.end].lower]
        return Numeral((read.value + part.value) * scale, read.start, part.end + 1, read.form, scale)
    unit = read.scale if read.scale >= 1000 else 1
    return Numeral(read.value + part.value * unit, read.start, part.end, read.form, read.scale)


def _slash(pieces: list[Atom], read: Numeral, i: int) -> Numeral:
    below = pieces[i].text
    longer = i + 1 < len(pieces) and pieces[i + 1].text in ("/", "-") and glued(pieces, i + 1)
    if below.isdecimal() and 0 < int(below[:6]) <= 100 and read.value == int(read.value) < 100 and not longer:
        return Numeral(read.value / int(below), read.start, i + 1, "fraction")
    return read
