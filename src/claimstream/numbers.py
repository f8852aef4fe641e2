"""Numbers of a sentence as bounds: value, qualifier, range, unit, and why a number counts nothing.

The words of news give bounds, not points: "at least 15" is 15 or more, "up to 300,000" is 300,000 or fewer, "some 700"
is 700, roughly. `scan` finds every number with the reason to leave it alone, where there is one; `quantities` keeps the
ones that may count something; `plain` serves the number layer alone. Rules and examples: `lexicon/numbers.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from claimstream.model import Quantity, Sentence
from claimstream.nonclaims import reason_to_leave
from claimstream.numerals import (
    FRACTIONS,
    HYPHENS,
    MULTIPLIERS,
    SUFFIXES,
    WORDS,
    Atom,
    Numeral,
    atoms,
    digits,
    glued,
    lexicon,
    numeral,
)

Phrase = tuple[str, ...]
SIGN = re.compile(r"(?:\bminus|\bnegative|-|−)[ -]{0,2}$")
LINK = re.compile(r"(?:https?://|www\.)\S+")


class Number(NamedTuple):
    """A number of a sentence; `reason` says why it counts nothing ("" where it may count something)."""

    quantity: Quantity
    reason: str


def _phrases(table: str) -> list[tuple[Phrase, str]]:
    """The phrases of a table of qualifiers as atoms, with their effect."""
    return [
        (tuple(atom.lower for atom in atoms(phrase)), row["effect"])
        for row in lexicon()[table]
        for phrase in row["phrases"]
    ]


def _by_word(pairs: list[tuple[Phrase, str]], at: int) -> dict[str, list[tuple[Phrase, str]]]:
    """Phrases by their first (0) or last (-1) word, the longest first."""
    index: dict[str, list[tuple[Phrase, str]]] = {}
    for phrase, value in sorted(pairs, key=lambda pair: -len(pair[0])):
        index.setdefault(phrase[at], []).append((phrase, value))
    return index


BEFORE = _by_word(_phrases("qualifier"), -1)
BEHIND = _by_word(_phrases("behind"), 0)
UNITS = _by_word(
    [(tuple(a.lower for a in atoms(word)), row["unit"]) for row in lexicon()["unit"] for word in row["words"]], 0
)
CURRENCY: dict[str, str] = lexicon()["currency"]
VAGUE = _by_word(
    [(tuple(a.lower for a in atoms(row["phrase"])), str(n)) for n, row in enumerate(lexicon()["vague"])], 0
)
NO_QUALIFIER: dict[str, frozenset[str]] = {k: frozenset(v) for k, v in lexicon()["no_qualifier_after"].items()}
RATIO_OF = frozenset("people families children households residents homes women adults civilians hospitals patients".split())
AT_CLOSE = frozenset([",", ".", ";", ")", "—", "–", "and", "but", "or", "in", "since", "as", "so"])
DOLLAR_LANDS = frozenset(["us", "a", "nz", "c", "hk", "s"])
DIGIT_UNITS = frozenset(["ha", "mi", "mt", "m", "pc", "ft", "min", "mins", "mm", "cm", "lb", "t"])
TIMES = frozenset(["seconds", "minutes", "hours", "days", "nights", "weeks", "months", "years", "decades", "centuries"])
OVER_TIME = frozenset(["for", "after", "lasted", "lasting", "lasts", "of", "took", "takes", "a", "been"])
TRIGGERS = (
    frozenset(WORDS)
    | frozenset(MULTIPLIERS)
    | frozenset(FRACTIONS)
    | frozenset(VAGUE)
    | frozenset(["no", "not", "none", "couple", "handful", "nobody"])
)


class _Span(NamedTuple):
    """Bounds read from atoms [start, end), before unit and qualifier."""

    low: float
    high: float
    start: int
    end: int
    form: str
    unit: str | None = None


def triggered(text: str) -> bool:
    """Whether a text may hold a number at all: a cheap look that spares most sentences the full reading."""
    lower = text.lower()
    if any(mark in lower for mark in "0123456789½¼¾⅓⅔"):
        return True
    return any(word in TRIGGERS for word in lower.replace("-", " ").replace("–", " ").split()) or any(
        word.strip("\"'“”‘’.,:;()[]!?—*•") in TRIGGERS for word in lower.split()
    )


def scan(sentence: Sentence) -> tuple[Number, ...]:
    """Every number of the sentence, from left to right, with the reason to leave it alone."""
    return scan_text(sentence.text)


def scan_text(text: str) -> tuple[Number, ...]:
    """The numbers of a text; offsets are in the text."""
    if not triggered(text):
        return ()
    pieces = atoms(text)
    if "://" in text or "www." in text:
        links = [match.span() for match in LINK.finditer(text)]
        pieces = [a for a in pieces if not any(start <= a.start < end for start, end in links)]
    found: list[Number] = []
    i, floor = 0, 0
    while i < len(pieces):
        span = _span_at(pieces, i)
        if span is None:
            vague = _vague(pieces, i, floor, text) or _none(pieces, i, text)
            if vague is None:
                i += 1
                continue
            number, i = vague
        else:
            number, i = _number(pieces, span, floor, text)
        floor = i
        found.append(number)
    return tuple(found)


def quantities(sentence: Sentence) -> tuple[Quantity, ...]:
    """The numbers of a sentence that may count something. Fractions are per cent (a third = 33.3)."""
    return tuple(number.quantity for number in scan(sentence) if not number.reason)


def _span_at(pieces: list[Atom], i: int) -> _Span | None:
    """The bare number or range that begins at atom `i`."""
    first = numeral(pieces, i)
    if first is None:
        if pieces[i].kind == "d":
            values = digits(pieces[i].text)
            return _Span(values[0], values[-1], i, i + 1, "list")
        return None
    second = _second_bound(pieces, first)
    if second is None:
        ratio = _ratio(pieces, first)
        if ratio is not None:
            return ratio
        value, end, unit = _glued_suffix(pieces, first)
        return _Span(value, value, i, end, first.form, unit)
    low, (high, end, unit) = first.value, _glued_suffix(pieces, second)
    if second.scale > 1 and first.scale == 1 and low <= high / second.scale:
        low *= second.scale
    elif high > second.value and low <= second.value:
        low *= high / second.value
    if low >= high:
        return _Span(first.value, first.value, i, first.end, first.form)
    form = "fraction" if first.form == second.form == "fraction" else "range"
    return _Span(low, high, i, end, form, unit)


def _ratio(pieces: list[Atom], first: Numeral) -> _Span | None:
    """ "one in five", "three out of four", "1 over 20": a part of a whole."""
    j = first.end
    link = pieces[j].lower if j < len(pieces) else ""
    if link not in ("in", "out", "over") or (link == "out" and (j + 1 >= len(pieces) or pieces[j + 1].lower != "of")):
        return None
    second = numeral(pieces, j + 2 if link == "out" else j + 1)
    if second is None or second.form == "fraction" or second.value != int(second.value):
        return None
    after = pieces[second.end] if second.end < len(pieces) else None
    if link == "over" and after is not None and after.kind == "w":
        return None
    whole = after is not None and (after.lower == "of" or after.lower in RATIO_OF)
    if first.value >= second.value or second.value > 1000 or (first.value != 1 and link == "in" and not whole):
        return None
    if link == "in" and after is not None and after.lower in UNITS and not whole:
        return None
    value = first.value / second.value
    return _Span(value, value, first.start, second.end, "fraction")


def _second_bound(pieces: list[Atom], first: Numeral) -> Numeral | None:
    """The upper number of "10 to 20", "60-70", "between 600 and 800", "two or three"; None where there is no range."""
    j = _past_unit(pieces, first.end)
    if j >= len(pieces) - 1:
        return None
    link = pieces[j]
    before = pieces[first.start - 1].lower if first.start else ""
    if link.text in HYPHENS or link.text == "—":
        tight = glued(pieces, j) == glued(pieces, j + 1)
        if not tight or (link.text == "—" and not glued(pieces, j)):
            return None
    elif link.lower in ("to", "through"):
        if before == "from" and not (
            first.start > 1
            and pieces[first.start - 2].lower in ("range", "ranges", "ranging", "ranged", "anywhere", "somewhere")
        ):
            return None
        if before in CURRENCY and first.start > 1 and pieces[first.start - 2].lower in ("from", "by"):
            return None
    elif link.lower == "and":
        if not _between(pieces, first.start):
            return None
    elif link.lower == "or":
        if pieces[first.start].kind == "d" and pieces[j + 1].kind != "d":
            return None
    else:
        return None
    k = j + 1
    while k < len(pieces) and pieces[k].lower in (
        "as",
        "many",
        "even",
        "maybe",
        "perhaps",
        "about",
        "around",
        "$",
        "€",
        "£",
    ):
        k += 1
    if k > j + 4:
        return None
    if k > j + 1 and pieces[k - 1].text in "$€£" and pieces[first.start - 1].text not in "$€£":
        return None
    second = numeral(pieces, k)
    if second is None or (second.form == "fraction") != (first.form == "fraction"):
        return None
    if link.lower == "or" and second.value > 3 * first.value:
        return None
    return second


def _past_unit(pieces: list[Atom], j: int) -> int:
    """Past a unit or a suffix between the two numbers of a range ("60 km to 70 km", "10% to 20%")."""
    if (
        j + 2 < len(pieces)
        and pieces[j].lower == "per"
        and pieces[j + 1].lower == "cent"
        and pieces[j + 2].lower in ("to", "and")
    ):
        return j + 2
    if (
        j < len(pieces)
        and (pieces[j].lower in ("%", "km", "percent", "kg", "m", "miles", "days", "k"))
        and j + 1 < len(pieces)
    ):
        if pieces[j + 1].lower in ("to", "and", "-", "–"):
            return j + 1
    return j


def _between(pieces: list[Atom], start: int) -> bool:
    return any(pieces[k].lower == "between" for k in range(max(0, start - 3), start))


def _glued_suffix(pieces: list[Atom], read: Numeral) -> tuple[float, int, str | None]:
    """A letter behind digits that multiplies them: "1.2m", "40k", "$3b"."""
    j = read.end
    if j >= len(pieces) or read.form != "digits" or pieces[j].kind != "w":
        return read.value, j, None
    word, near = pieces[j].lower, glued(pieces, j)
    times = SUFFIXES.get(word)
    if times is None or read.scale > 1:
        return read.value, j, None
    money = read.start > 0 and pieces[read.start - 1].lower in CURRENCY
    if word in ("m", "b", "k"):
        if not near and not money and pieces[j].text != "M":
            return read.value, j, None
        if word == "m" and pieces[j].text == "m" and not money and not _counts_behind(pieces, j + 1, read.value):
            return read.value, j, None
        return read.value * times, j + 1, None
    return (read.value * times, j + 1, None) if near else (read.value, j, None)


METRE_WORDS = frozenset(
    "of from away long wide deep high tall north south east west above below off into inside outside beyond run race apart is isn was".split()
)


def _counts_behind(pieces: list[Atom], j: int, value: float) -> bool:
    """ "1.2m people" is millions, "300m from the gate" is metres."""
    if j >= len(pieces) or pieces[j].kind != "w":
        return value < 100 and value != int(value)
    return pieces[j].lower not in METRE_WORDS and value < 100


def _number(pieces: list[Atom], span: _Span, floor: int, text: str) -> tuple[Number, int]:
    """The number with its unit and qualifiers; and the atom to go on from."""
    unit, unit_start, end = _unit(pieces, span)
    begin = min(span.start, unit_start)
    if span.form == "range" and begin > floor and pieces[begin - 1].lower == "between":
        begin -= 1
    start, effects = _before(pieces, begin, floor, unit)
    effects |= _approx_marks(pieces, start)
    end, behind = _behind(pieces, end)
    effects |= behind
    low: float | None = span.low
    high: float | None = span.high
    scale = 100.0 if span.form == "fraction" else 1.0
    if span.form == "fraction" and unit not in TIMES:
        unit = "percent"
    low, high = span.low * scale, span.high * scale
    if "high" in effects and "low" not in effects:
        low = None
    elif "low" in effects and span.low == span.high:
        high = None
    value_end = pieces[span.end - 1].end
    quantity = Quantity(
        low=_clean(low),
        high=_clean(high),
        approx="about" in effects,
        unit=unit,
        words=text[pieces[start].start : pieces[end - 1].end],
        start=pieces[start].start,
        end=pieces[end - 1].end,
        value_start=pieces[min(span.start, end - 1)].start,
        value_end=value_end,
        rule=span.form,
    )
    reason = reason_to_leave(pieces, span.start, span.end, span.low, span.form, unit, bool(effects))
    return Number(quantity, reason), end


def _clean(value: float | None) -> float | None:
    return None if value is None else round(value, 6) if value < 1e9 else float(round(value))


def _unit(pieces: list[Atom], span: _Span) -> tuple[str | None, int, int]:
    """The unit, the atom where the number begins with its currency sign, the atom behind number and unit."""
    start, end = span.start, span.end
    sign = pieces[start - 1] if start else None
    if sign and start > 1 and sign.lower in DOLLAR_LANDS and pieces[start - 2].text == "$" and glued(pieces, start):
        return "USD", start - 2, end  # "$US55", "$A12"
    if sign and sign.lower in CURRENCY and (sign.kind == "p" or sign.text.isupper()):
        first = start - 1
        if first and pieces[first - 1].lower in ("us", "a", "c", "usd") and glued(pieces, first):
            first -= 1
        return CURRENCY[pieces[start - 1].lower], first, end
    j = end
    if j < len(pieces) and pieces[j].text in HYPHENS and glued(pieces, j):
        j += 1
    if j >= len(pieces):
        return None, start, end
    digits_only = pieces[end - 1].kind == "d"
    for phrase, unit in UNITS.get(pieces[j].lower, ()):
        stop = j + len(phrase)
        if tuple(a.lower for a in pieces[j:stop]) != phrase or (phrase[0] in DIGIT_UNITS and not digits_only):
            continue
        follow = pieces[stop].lower if stop < len(pieces) else ""
        if (phrase[0] in ("family", "household") and follow.startswith("member")) or (
            phrase[0] == "foot" and follow != "of" and j == end
        ):
            continue
        return unit, start, stop
    k = j + 1 if pieces[j].lower == "us" and j + 1 < len(pieces) else j
    money = CURRENCY.get(pieces[k].lower)
    if (
        money
        and pieces[k].kind == "w"
        and not (pieces[k].lower == "pounds" and k + 1 < len(pieces) and pieces[k + 1].lower == "of")
    ):
        return money, start, k + 1
    return span.unit, start, end


def _before(pieces: list[Atom], i: int, floor: int, unit: str | None) -> tuple[int, set[str]]:
    """Qualifiers that stand before atom `i`, back to `floor`: the first atom of them and their effects."""
    effects: set[str] = set()
    for _ in range(3):
        match = _qualifier_before(pieces, i, floor, unit)
        if match is None:
            break
        i, effect = match
        effects.add(effect)
    return i, effects - {"exact"}


def _qualifier_before(pieces: list[Atom], i: int, floor: int, unit: str | None) -> tuple[int, str] | None:
    at = i - 1
    if at < floor or at < 0:
        return None
    if pieces[at].lower in ("a", "an") and at > floor and pieces[at - 1].lower in ("than", "over"):
        at -= 1  # "a more than a two-month offensive"
    for phrase, effect in BEFORE.get(pieces[at].lower, ()):
        begin = at - len(phrase) + 1
        if begin < floor or tuple(a.lower for a in pieces[begin : at + 1]) != phrase:
            continue
        if len(phrase) == 1 and not _qualifies(pieces, begin, phrase[0], unit):
            continue
        if phrase == ("up", "to") and begin and pieces[begin - 1].lower in NO_QUALIFIER["up"]:
            continue
        return begin, effect
    return None


def _qualifies(pieces: list[Atom], i: int, word: str, unit: str | None) -> bool:
    """Whether a word that may be a preposition or determiner qualifies the number here."""
    if word in ("the", "these", "those", "all"):
        return False
    before = pieces[i - 1].lower if i else ""
    if before in NO_QUALIFIER.get(word, frozenset()):
        return False
    if word == "over" and unit in TIMES:
        return before in OVER_TIME
    if word in ("past", "passed", "passes") and unit in TIMES:
        return False
    if word in ("near", "past", "beyond", "above", "below") and unit is None:
        return pieces[i + 1].kind == "d" and word != "near"
    return True


def _approx_marks(pieces: list[Atom], start: int) -> set[str]:
    return {"about"} if start and pieces[start - 1].text == "~" else set()


def _behind(pieces: list[Atom], i: int) -> tuple[int, set[str]]:
    """Qualifiers behind the number or behind the noun that it counts."""
    for skip in range(4):
        j = i + skip
        if j >= len(pieces) or (skip and pieces[j - 1].kind != "w"):
            break
        if skip == 0 and pieces[j].text in HYPHENS and j + 1 < len(pieces) and pieces[j + 1].lower in ("plus", "odd"):
            return j + 2, {"low" if pieces[j + 1].lower == "plus" else "about"}
        if pieces[j].text == "+" and not glued(pieces, j):
            continue
        for phrase, effect in BEHIND.get(pieces[j].lower, ()):
            stop = j + len(phrase)
            if tuple(a.lower for a in pieces[j:stop]) != phrase or (skip and len(phrase) == 1):
                continue
            if stop < len(pieces) and (
                pieces[stop].kind == "d"
                or pieces[stop].lower in WORDS
                or pieces[stop].lower in ("a", "some", "as", "than", "another", "one", "likely", "often")
            ):
                continue
            if phrase[0] == "at" and skip and stop < len(pieces) and pieces[stop].text not in AT_CLOSE:
                continue
            if phrase == ("plus",) or phrase == ("more", "or", "less") or phrase == ("odd",):
                if skip:
                    continue
            if phrase in (("or", "more"),) and skip and pieces[stop].kind == "w" if stop < len(pieces) else False:
                continue
            return (stop if skip == 0 else i), {effect}
    return i, set()


def _vague(pieces: list[Atom], i: int, floor: int, text: str) -> tuple[Number, int] | None:
    """Words for a number that nobody counted: "dozens", "tens of thousands", "several"."""
    for phrase, row in VAGUE.get(pieces[i].lower, ()):
        stop = i + len(phrase)
        if tuple(a.lower for a in pieces[i:stop]) != phrase:
            continue
        entry = lexicon()["vague"][int(row)]
        of = stop + 1 if stop < len(pieces) - 1 and pieces[stop].lower == "of" else stop
        unit, _, end = _unit(pieces, _Span(0, 0, i, of, "vague"))
        end = end if unit else stop
        start, _effects = _before(pieces, i, floor, unit)
        quantity = Quantity(
            low=float(entry["low"]),
            high=float(entry["high"]) if "high" in entry else None,
            approx=True,
            unit=unit,
            words=text[pieces[start].start : pieces[end - 1].end],
            start=pieces[start].start,
            end=pieces[end - 1].end,
            value_start=pieces[i].start,
            value_end=pieces[stop - 1].end,
            vague=True,
            rule="vague",
        )
        reason = "relative time" if unit in TIMES else ""
        return Number(quantity, reason), end
    return None


NONE_PHRASES: tuple[Phrase, ...] = (
    ("not", "one"),
    ("not", "a", "single"),
    ("not", "even", "one"),
    ("no", "single"),
    ("without", "a", "single"),
    ("no",),
    ("none",),
)


def _none(pieces: list[Atom], i: int, text: str) -> tuple[Number, int] | None:
    """A count of nothing: "not one man", "not a single soldier", "no soldier", "none"."""
    if pieces[i].lower not in ("not", "no", "none"):
        return None
    for phrase in NONE_PHRASES:
        stop = i + len(phrase)
        if tuple(a.lower for a in pieces[i:stop]) != phrase:
            continue
        if phrase == ("no",) and (stop >= len(pieces) or pieces[stop].kind != "w" or pieces[stop].lower in NOT_NONE):
            return None
        begin, end = pieces[i].start, pieces[stop - 1].end
        quantity = Quantity(0.0, 0.0, False, None, text[begin:end], begin, end, begin, end, rule="none")
        return Number(quantity, ""), stop
    return None


NOT_NONE = frozenset(
    "longer one more fewer less matter doubt way need sign signs word such other reason idea comment question wonder question"
    " further immediate report reports claim claims evidence indication".split()
)


def plain(text: str) -> tuple[Quantity, ...]:
    """Every number of a text, whatever it counts, with fractions as they are (a half = 0.5).

    For tools and tests of the number layer; digits that only list several numbers give one quantity for each.
    """
    return tuple(
        _signed(_as_number(number.quantity), text) for number in scan_text(text) if number.quantity.rule != "none"
    )


def _signed(quantity: Quantity, text: str) -> Quantity:
    """The quantity with a minus sign before it taken in."""
    before = text[: quantity.value_start]
    minus = SIGN.search(before[-12:])
    if minus is None or (minus.group().strip() == "-" and before.rstrip(" -")[-1:].isalnum()):
        return quantity
    low, high = (None if v is None else -v for v in (quantity.high, quantity.low))
    return replace(quantity, low=low, high=high)


def _as_number(quantity: Quantity) -> Quantity:
    if quantity.rule != "fraction":
        return quantity
    low, high = (None if v is None else v / 100 for v in (quantity.low, quantity.high))
    unit = None if quantity.unit == "percent" else quantity.unit
    return replace(quantity, low=low, high=high, unit=unit)


def overlaps(quantity: Quantity, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether the quantity's words touch one of the spans."""
    return any(quantity.start < end and start < quantity.end for start, end in spans)
