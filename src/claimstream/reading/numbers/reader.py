"""Numbers of a sentence as bounds: value, qualifier, range, unit, and why a number counts nothing.

The words of news give bounds, not points: "at least 15" is 15 or more, "up to 300,000" is 300,000 or fewer, "some 700"
is 700, roughly. `scan` finds every number with the reason to leave it alone, where there is one; `quantities` keeps the
ones that may count something; `plain` serves the number layer alone. Rules and examples: `lexicon/numbers.toml`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final, NamedTuple

from claimstream.lexicon import load
from claimstream.model import Quantity, Sentence
from claimstream.reading.numbers import qualifiers
from claimstream.reading.numbers.atoms import (
    AROUND,
    FRACTIONS,
    GLYPHS,
    HYPHENS,
    MULTIPLIERS,
    TABLES,
    WORDS,
    Atom,
    at,
    atoms,
    follows,
    lowers,
)
from claimstream.reading.numbers.digits import digits
from claimstream.reading.numbers.nonclaims import reason_to_leave
from claimstream.reading.numbers.ranges import Span, span_at
from claimstream.reading.numbers.units import TIMES, unit_of


class Number(NamedTuple):
    """A number of a sentence; `reason` says why it counts nothing ("" where it may count something)."""

    quantity: Quantity
    reason: str


VAGUE: Final[dict[str, list[tuple[tuple[str, ...], float, float | None]]]] = {}
for _row in sorted(TABLES["vague"], key=lambda row: -len(row["phrase"])):
    _phrase = lowers(_row["phrase"])
    VAGUE.setdefault(_phrase[0], []).append((_phrase, float(_row["low"]), _row.get("high")))

NONE = (("not", "a", "single"), ("not", "even", "one"), ("without", "a", "single"), ("not", "one"), ("no", "single"))
NOT_NONE: Final = AROUND["not_none"]
NOT_MORE: Final = frozenset(["than", "and", "or", "in", "of", "at"])
"""Behind "no more" they make it a bound, or no count: "no more than ten", "he is no more in the town"."""
"""Words behind "no" that count nothing ("no longer", "no reports of")."""
ONE_UNIT: Final = {"day": "days", "week": "weeks", "month": "months", "year": "years", "decade": "decades"}
ONE_OF: Final = re.compile(
    r"\b(?:[Aa]n? (?:day|week|month|year|decade) of|for a (?:week|month|year)|(?:day|week|month|year|decade)s?-long)\b"
)
LASTING: Final = frozenset(load("measures")["duration"]["nouns"].split())
_NOBODY: Final = frozenset(["nobody"])
_UNDER_DENIAL: Final = frozenset(["any", "a"])
"""Words that count nothing where the words before them deny it: "denied that any", "has not lost a single tank"."""
_DENYING: Final = AROUND["denying"]
_UNKNOWING: Final = AROUND["unknowing"]
_BACK = 9
"""How many words before "any" may stand what denies it."""
TRIGGERS: Final = frozenset([*WORDS, *MULTIPLIERS, *FRACTIONS, *VAGUE, *_NOBODY]) | frozenset(
    ["no", "not", "none", "without", "any", "single"]
)
ARTICLES: Final = frozenset(["a", "an", "the"])
APOSTROPHES: Final = frozenset("'’")
BEGINNINGS: Final = TRIGGERS | frozenset(GLYPHS) | ARTICLES
"""Words and marks that a number may begin with."""
AFTER_ARTICLE: Final = frozenset([*WORDS, *MULTIPLIERS, *FRACTIONS, *ONE_UNIT, *HYPHENS]).union(
    phrase[1] for word in ARTICLES for phrase, _, _ in VAGUE.get(word, ()) if len(phrase) > 1
) | frozenset(["single"])
"""Words and marks of which one stands behind an article that begins a number: "a hundred", "the week-long siege"."""
DIGIT: Final = re.compile("[0-9½¼¾⅓⅔]")
MARKS: Final = "\"'“”‘’.,:;()[]!?—*•"
LINK: Final = re.compile(r"(?:https?://|www\.)\S+")
SIGN: Final = re.compile(r"(?:\bminus|\bnegative|-|−)[ -]{0,2}$")
NO_NUMBERS: Final = frozenset(
    ["ordinal", "pronoun", "date", "year", "clock time", "name", "label", "address", "age", "digits of a name"]
)
"""Reasons with which a number is none at all for the number layer: it dates, ranks or names."""


def triggered(text: str) -> bool:
    """Whether a text may hold a number at all: a cheap look that spares most sentences the full reading."""
    if DIGIT.search(text):
        return True
    words = text.lower().replace("-", " ").replace("–", " ").split()
    if not TRIGGERS.isdisjoint(words):
        return True
    if not TRIGGERS.isdisjoint([word.strip(MARKS) for word in words if not word.isalpha()]):
        return True
    return ONE_OF.search(text) is not None


def scan(sentence: Sentence) -> tuple[Number, ...]:
    """Every number of the sentence, from left to right, with the reason to leave it alone."""
    return scan_text(sentence.text)


def quantities(sentence: Sentence) -> tuple[Quantity, ...]:
    """The numbers of a sentence that may count something. Fractions are per cent (a third = 33.3)."""
    return tuple(number.quantity for number in scan(sentence) if not number.reason)


def scan_text(text: str) -> tuple[Number, ...]:
    """The numbers of a text; offsets are in the text."""
    if not triggered(text):
        return ()
    pieces = atoms(text)
    if "://" in text or "www." in text:
        links = [match.span() for match in LINK.finditer(text)]
        pieces = [a for a in pieces if not any(start <= a.start < end for start, end in links)]
    found: list[Number] = []
    floor = 0
    for i in [i for i, (_, word, _, _, kind) in enumerate(pieces) if kind == "d" or word in BEGINNINGS]:
        if i < floor or (pieces[i].lower in ARTICLES and at(pieces, i + 1).lower not in AFTER_ARTICLE):
            continue
        span = span_at(pieces, i)
        if span and not span.high <= LARGEST:
            floor = span.end
            continue
        read = (
            _number(pieces, span, floor, text)
            if span
            else _vague(pieces, i, floor, text) or _none(pieces, i, text) or _one_unit(pieces, i, text)
        )
        if read is not None:
            found.append(read[0])
            floor = read[1]
    return tuple(found)


LARGEST: Final = 1e18
"""No count and no sum of money is larger: four hundred digits are no number, and overflow when they are multiplied."""


def _number(pieces: list[Atom], span: Span, floor: int, text: str) -> tuple[Number, int]:
    """The number with its unit and qualifiers, and the atom to go on from."""
    unit, begin, end = unit_of(pieces, span.start, span.end)
    if span.form == "range" and begin > floor and pieces[begin - 1].lower == "between":
        begin -= 1
    start, effects = qualifiers.before(pieces, begin, floor, unit)
    end, more = qualifiers.behind(pieces, end)
    effects |= more
    low, high = _bounds(span, effects)
    if span.form == "fraction" and unit not in TIMES:
        unit = "percent"
    quantity = Quantity(
        low=low,
        high=high,
        approx="about" in effects,
        unit=unit,
        words=text[pieces[start].start : pieces[end - 1].end],
        start=pieces[start].start,
        end=pieces[end - 1].end,
        value_start=pieces[span.start].start,
        value_end=pieces[span.end - 1].end,
        rule=span.form,
    )
    return Number(quantity, reason_to_leave(pieces, span, unit, bool(effects))), end


def _bounds(span: Span, effects: set[str]) -> tuple[float | None, float | None]:
    """The bounds after the qualifiers; fractions in per cent."""
    scale = 100.0 if span.form == "fraction" else 1.0
    low, high = _clean(span.low * scale), _clean(span.high * scale)
    if "high" in effects and "low" not in effects:
        return None, high
    if "low" in effects and span.low == span.high:
        return low, None
    return low, high


def _clean(value: float) -> float:
    return round(value, 6) if value < 1e9 else float(round(value))


def _vague(pieces: list[Atom], i: int, floor: int, text: str) -> tuple[Number, int] | None:
    """Words for a number that nobody counted: "dozens", "tens of thousands", "several"."""
    for phrase, low, high in VAGUE.get(pieces[i].lower, ()):
        if not follows(pieces, i, phrase):
            continue
        stop = i + len(phrase)
        of = stop + 1 if at(pieces, stop).lower == "of" and stop < len(pieces) - 1 else stop
        unit, _, end = unit_of(pieces, i, of)
        end = end if unit else stop
        start, _ = qualifiers.before(pieces, i, floor, unit)
        begin, finish = pieces[start].start, pieces[end - 1].end
        value = pieces[i].start, pieces[stop - 1].end
        quantity = Quantity(low, high, True, unit, text[begin:finish], begin, finish, *value, vague=True, rule="vague")
        return Number(quantity, "relative time" if unit in TIMES else ""), end
    return None


def _none(pieces: list[Atom], i: int, text: str) -> tuple[Number, int] | None:
    """A count of nothing: "not one man", "not a single soldier", "no soldier", "none", "denied that any soldier"."""
    word = pieces[i].lower
    if word in _UNDER_DENIAL:
        size = (1 if word == "any" else 2) if _denied_before(pieces, i) else 0
    elif word in _NOBODY or follows(pieces, i, ("no", "one")) or follows(pieces, i, ("no", "-", "one")):
        return _nobody(pieces, i, text)
    elif word not in ("not", "no", "none", "without"):
        return None
    else:
        size = next((len(phrase) for phrase in NONE if follows(pieces, i, phrase)), 0)
    if not size and word == "none":
        size = 1
    if word == "no" and follows(pieces, i, ("no", "more")) and at(pieces, i + 2).kind == "w":
        size = 2 if at(pieces, i + 2).lower not in NOT_MORE else 0  # "there are no more civilians in the town"
    if not size and word == "no" and at(pieces, i + 1).kind == "w" and pieces[i + 1].lower not in NOT_NONE:
        size = 1
    if not size:
        return None
    begin, end = pieces[i].start, pieces[i + size - 1].end
    quantity = Quantity(0.0, 0.0, False, None, text[begin:end], begin, end, begin, end, rule="none")
    return Number(quantity, ""), i + size


def _nobody(pieces: list[Atom], i: int, text: str) -> tuple[Number, int]:
    """ "Nobody", "no one": a count of nothing that is its own noun."""
    end = i + 1 if pieces[i].lower in _NOBODY else i + 2 + (pieces[i + 1].lower != "one")
    span = pieces[i].start, pieces[end - 1].end
    return Number(Quantity(0.0, 0.0, False, None, text[span[0] : span[1]], *span, *span, rule="none"), ""), end


def _denied_before(pieces: list[Atom], i: int) -> bool:
    """Whether words before "any" or "a single" in the same clause say that there is none of it."""
    if at(pieces, i + 1).kind != "w" or (pieces[i].lower == "a" and at(pieces, i + 1).lower != "single"):
        return False
    for k in range(i - 1, max(-1, i - 1 - _BACK), -1):
        word = pieces[k]
        if word.lower in _DENYING:
            return True
        if (word.kind != "w" and word.text not in APOSTROPHES) or word.lower in _UNKNOWING:
            return False
    return False


def _one_unit(pieces: list[Atom], i: int, text: str) -> tuple[Number, int] | None:
    """One unit of time without a number that a thing lasts: "a month of war", "the week-long siege", "for a month"."""
    unit = ONE_UNIT.get(at(pieces, i + 1).lower)
    if unit is None or pieces[i].lower not in ("a", "an", "the"):
        return None
    end = i + 2
    if pieces[i].lower == "a" and [at(pieces, end + k).lower for k in range(3)] == ["and", "a", "half"]:
        begin, finish = pieces[i].start, pieces[end + 2].end  # "for a day and a half"
        quantity = Quantity(1.5, 1.5, False, unit, text[begin:finish], begin, finish, begin, finish, rule="words")
        return Number(quantity, ""), end + 3
    spans = i and pieces[i - 1].lower == "for" and pieces[i].lower == "a" and unit != "days"
    of = at(pieces, end).lower == "of" and pieces[i].lower != "the"
    if not spans and not of and not (at(pieces, end).text in HYPHENS and at(pieces, end + 1).lower == "long"):
        return None
    behind = [piece.lower for piece in pieces[end + 1 : end + 5]]
    if LASTING.isdisjoint(behind) and not spans:
        return None
    begin, finish = pieces[i].start, pieces[end - 1].end
    quantity = Quantity(1.0, 1.0, False, unit, text[begin:finish], begin, finish, begin, finish, rule="article")
    return Number(quantity, ""), end


# The number layer alone


def plain(text: str) -> tuple[Quantity, ...]:
    """Every number of a text, whatever it counts, with fractions as they are (a half = 0.5) and signs.

    Left out are numbers that are none: dates, years, clock times, ages, ordinals, parts of names. Digits that only list
    several numbers give one quantity for each. Lengths that describe ("a five-year plan") are left out too.
    """
    found: list[Quantity] = []
    for quantity, reason in scan_text(text):
        if reason in NO_NUMBERS or quantity.rule in ("none", "article") or DESCRIBES.search(quantity.words):
            continue
        if quantity.rule == "list":
            values = digits(text[quantity.value_start : quantity.value_end])
            found.extend(replace(quantity, low=value, high=value) for value in values)
        else:
            found.append(_signed(_as_number(quantity), text))
    return tuple(found)


DESCRIBES: Final = re.compile(r"-(?:year|month|week|day)$")


def _signed(quantity: Quantity, text: str) -> Quantity:
    """The quantity with a minus sign before it taken in."""
    before = text[max(0, quantity.value_start - 12) : quantity.value_start]
    minus = SIGN.search(before)
    if minus is None or (minus.group().strip() == "-" and before.rstrip(" -")[-1:].isalnum()):
        return quantity
    low, high = (None if v is None else -v for v in (quantity.high, quantity.low))
    return replace(quantity, low=low, high=high)


def _as_number(quantity: Quantity) -> Quantity:
    """A fraction as a number: 33.3 per cent as 0.333."""
    if quantity.rule != "fraction":
        return quantity
    low, high = (None if v is None else v / 100 for v in (quantity.low, quantity.high))
    return replace(quantity, low=low, high=high, unit=None if quantity.unit == "percent" else quantity.unit)
