"""Numbers that count nothing of the situation, and why: dates, clock times, years, ages, ranks, names, addresses.

About seven numbers stand in a text of war news for each one that matters. A number is left alone with a reason in plain
words, so that `explain` can say it. Each check below looks at one kind; they are asked in order. The word lists are in
`lexicon/numbers.toml`, table `leave`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from claimstream.lexicon.calendar import DATE_MONTHS
from claimstream.reading.numbers.ages import age
from claimstream.reading.numbers.atoms import FRACTIONS, HYPHENS, MULTIPLIERS, SUFFIXES, WORDS, Atom, at, glued
from claimstream.reading.numbers.ranges import Span
from claimstream.reading.numbers.seen import LEAVE, Seen, no_count
from claimstream.reading.numbers.units import MONEY, WORDS_OF_UNITS

DASHES: Final = HYPHENS | {"—", "/"}
ENTRY_MARKS: Final = DASHES - {"/"} | {":"}
"""What parts the hour of an entry of a live blog from its text."""
OPENING_QUOTES: Final = frozenset("\"“„«‘'")
ORDINAL_ENDS: Final = frozenset(["st", "nd", "rd", "th"])
PLURALS: Final = LEAVE["plurals"]
"""Counted nouns behind which four digits are a count, not a year."""
SHARED_BY: Final = LEAVE["shared_by"]
UNITS_NAMED: Final = LEAVE["named_by_number"]
AFTER_SHARE: Final = frozenset(["of", "to", "are", "were", "have"])
HALF_TIMES: Final = LEAVE["half_times"]
CLOCK_BEFORE: Final = LEAVE["clock_before"]
HALVES: Final = LEAVE["halves"]
_GUNS: Final = frozenset("gun guns machine-gun machine-guns machine cannon cannons heavy rounds ammunition".split())
_WHOLES: Final = frozenset("the its their his her our all those these a an this that which whom it them".split())
"""Words behind "a quarter of" before what is divided."""
_OWNERS: Final = frozenset("his her their its our my".split())
_FELLED: Final = frozenset("killed dead died wounded injured missing captured".split())
_LOSING: Final = frozenset("lost lose losing killed wounded captured".split())
_CALIBRES: Final = frozenset(("mm", "millimetre", "millimeter", "calibre", "caliber"))
HELD: Final = ("held", "controlled", "ern", "run", "occupied")
WIDE: Final = frozenset(["world", "continent", "planet", "internet", "time", "battle"])


def reason_to_leave(pieces: list[Atom], span: Span, unit: str | None, qualified: bool) -> str:
    """Why the number of the span counts nothing; "" where it may count something."""
    before, after = at(pieces, span.start - 1).lower, at(pieces, span.end).lower
    seen = Seen(pieces, span, unit, qualified, before, after)
    if span.form == "list":
        return "list of digits"
    if span.form == "fraction":
        return _fraction(seen)
    for check in CHECKS:
        reason = check(seen)
        if reason:
            return reason
    return ""


def _years(seen: Seen) -> str:
    """ "between 2014 and 2017", "2014-2017"."""
    if seen.span.form != "range" or seen.unit or seen.after in PLURALS:
        return ""
    both = (seen.first.text, seen.pieces[seen.span.end - 1].text)
    return "year" if all(t.isdecimal() and len(t) == 4 and 1500 <= int(t) <= 2100 for t in both) else ""


def _dialled(seen: Seen) -> bool:
    """Whether digits stand before digits back to a "+" or a leading nought: "+47 22 55 01 40"."""
    k = seen.span.start - 1
    while k > 0 and seen.span.start - k < LONGEST_PHONE and at(seen.pieces, k - 1).text.isdecimal():
        k -= 1
    first = at(seen.pieces, k).text
    return at(seen.pieces, k - 1).text == "+" or (first[:1] == "0" and len(first) > 2)


LONGEST_PHONE: Final = 8
"""Groups of digits that a phone number may have."""


def _phone(seen: Seen) -> str:
    if not seen.digits:
        return ""
    if seen.before.isdecimal() and (seen.word(-2) == "+" or seen.first.text[0] == "0" or _dialled(seen)):
        return "phone number"
    if seen.first.text[0] == "0" and len(seen.first.text) > 2 and at(seen.pieces, seen.span.end).text.isdecimal():
        return "phone number"  # "call 0781 555 0143"
    return (
        "phone number"
        if (seen.before in ("+", "*") and glued(seen.pieces, seen.span.start)) or seen.after == "#"
        else ""
    )


def _glued(seen: Seen) -> str:
    """Letters glued to the digits: "T-55", "K5", "7th", "120mm", "640bhp"."""
    start, end, pieces = seen.span.start, seen.span.end, seen.pieces
    if not seen.digits:
        return ""
    if glued(pieces, start) and at(pieces, start - 1).kind == "w":
        return "" if seen.unit in MONEY else "name"
    hyphen = seen.before in HYPHENS and glued(pieces, start) and glued(pieces, start - 1)
    if hyphen and at(pieces, start - 2).kind == "w":
        return "year" if seen.word(-2) in LEAVE["year_after"] else "name"
    if seen.after in HYPHENS and at(pieces, end + 1).lower in _CALIBRES:
        return "calibre"  # "a 12.7-millimetre gun"
    if "." in seen.first.text and seen.after in _GUNS:
        return "calibre"  # "six cars with 12.7 guns"
    if not glued(pieces, end) or at(pieces, end).kind != "w":
        return ""
    if seen.after in ORDINAL_ENDS:
        return "ordinal"
    if seen.after == "s":
        return "year" if seen.first.text.isdecimal() and len(seen.first.text) == 4 else ""
    if seen.after == "mm":
        return "calibre"
    known = seen.after in SUFFIXES or seen.after in WORDS_OF_UNITS or seen.after in LEAVE["clock_behind"]
    return "" if known or seen.after in ("x", "times") else "measurement"


def _label(seen: Seen) -> str:
    """A number that only identifies: "Route 66", "Resolution 2254", "No. 4", "#12"."""
    tied = seen.after in HYPHENS and glued(seen.pieces, seen.span.end) and glued(seen.pieces, seen.span.end + 1)
    if tied and seen.word(2) in LEAVE["sized"]:
        return "compound"  # "five-storey blocks"
    named = at(seen.pieces, seen.span.end).text
    if seen.digits and not seen.qualified and named.istitle() and seen.after in LEAVE["named_by_number"]:
        return "label"  # "the 59 Division"
    unit = at(seen.pieces, seen.span.end + 1)
    if seen.digits and not seen.qualified and named.istitle() and unit.text.istitle() and unit.lower in UNITS_NAMED:
        return "label"  # "the 215 Sarab Corps"
    if _furniture(seen):
        return "page furniture"
    numbered = seen.before == "number" and seen.single and not seen.unit and seen.word(-2) in (",", "the")
    if numbered and (seen.after == "in" or not seen.after.isalpha()):
        return "label"  # "number two in the army", "the number 88"
    if seen.before == "every" and seen.word(-2) in ("of", "in"):
        return "a ratio"  # "half a dozen villages out of every ten"
    posted = seen.word(-2) in LEAVE["at_mileposts"] or (seen.before == "km" and not seen.word(-2)[-1:].isdigit())
    if seen.before in LEAVE["mileposts"] and posted and not seen.unit:
        return "label"  # "at kilometre twelve"
    if seen.digits and seen.after in LEAVE["page_counts"] and not seen.word(2)[:1].isalpha():
        return "page furniture"
    if seen.before == "the" and seen.word(-2) == "by" and seen.after in ("", ".", ",", ";", "”", "and"):
        return "a manner of counting"  # "sown by the hundred thousand"
    place = seen.span.start - (2 if seen.before == "." else 1)
    label = at(seen.pieces, place)
    capital = label.lower not in LEAVE["capital_labels"] or label.text[:1].isupper() or label.lower == "no"
    if seen.digits and capital and label.lower in LEAVE["labels"] and seen.after not in PLURALS:
        return "label"
    spelled = not seen.digits and at(seen.pieces, seen.span.start).text[:1].isupper()
    if spelled and label.text[:1].isupper() and label.lower in LEAVE["labels"] and place > 0:
        return "label"  # "at Gate Nine"
    if seen.before == "(" and seen.after == ")" and seen.word(-2) in LEAVE["page_counts"]:
        return "page furniture"
    if _brand(seen):
        return "name"
    return "label" if seen.digits and seen.before in ("#", "no") else ""


def _furniture(seen: Seen) -> bool:
    """ "Top 10", "Share 218", "Page 3 of 12", "Forward this to ten contacts"."""
    if seen.pieces[0].lower == "forward" and at(seen.pieces, 1).lower in ("this", "to"):
        return True
    if seen.span.start == 1 and (seen.before == "top" or (seen.before in LEAVE["shared"] and seen.after == "")):
        return True
    return seen.before == "of" and seen.word(-2).isdigit() and seen.word(-3) in LEAVE["pages"]


def _brand(seen: Seen) -> bool:
    """ "TESTCAST 24": a word in capitals and a small number, where the words around are not in capitals."""
    name, before = at(seen.pieces, seen.span.start - 1), at(seen.pieces, seen.span.start - 2)
    if not (seen.digits and seen.single and seen.span.low < 100 and len(name.text) > 2 and name.text[:1].isupper()):
        return False
    if not name.text.isupper():  # "told Halim 24 that"
        return before.lower in LEAVE["before_outlets"] and seen.after in LEAVE["behind_outlets"]
    closed = seen.after in ("", ".", ",", "'", "’", ")", "has", "said", "reported")
    return closed and seen.unit is None and before.text.islower()


def _digits_of_name(seen: Seen) -> str:
    """Digits tied to other digits by dashes: scores ("3-1"), dates ("2015-10-01"), numbers of documents."""
    start, end, pieces = seen.span.start, seen.span.end, seen.pieces
    votes = not LEAVE["votes"].isdisjoint(seen.word(-k) for k in range(2, 7)) and not seen.unit
    if votes and ((seen.after == "to" and seen.word(2).isdigit()) or (seen.before == "to" and seen.word(-2).isdigit())):
        return "score"  # "passed by 88 to 12"
    if not seen.digits:
        return ""
    if seen.after in DASHES and glued(pieces, end) and glued(pieces, end + 1) and seen.word(2).isdigit():
        return "score" if seen.first.text.isdecimal() and len(seen.first.text) <= 2 else "digits of a name"
    tied = seen.before in DASHES and glued(pieces, start) and glued(pieces, start - 1)
    return "digits of a name" if tied and at(pieces, start - 2).kind == "d" else ""


def _date(seen: Seen) -> str:
    """ "28 September", "Sept. 29", "the 14th of May", "3, 4 and 5 May"; "may" and "march" need their capital."""
    value, months = seen.span.low, DATE_MONTHS
    if seen.digits and seen.after in ("to", "until", "till") and value <= 31 and seen.word(3) in months:
        return "date"  # "from 16 to 22 October"
    if seen.digits and seen.after == "and" and value <= 31 and seen.word(2).isdigit() and seen.word(3) in months:
        return "date" if value < float(seen.word(2)) <= 31 else ""  # "on 18 and 19 May"
    if seen.after == "de" and value <= 31 and seen.digits and seen.word(2)[:1].isalpha():
        return "date" if at(seen.pieces, seen.span.end + 1).text[:1].isupper() else ""  # "Avenida 9 de Julio"
    if seen.after in months and value <= 31:
        capital = at(seen.pieces, seen.span.end).text[0].isupper()
        return "date" if capital or seen.after not in ("may", "march") else ""
    if not seen.digits:
        return ""
    if seen.after == "of" and seen.word(2) in months and value <= 31:
        return "date"
    month = seen.span.start - (2 if seen.before in (".", ",") else 1)
    name = at(seen.pieces, month)
    if name.lower in months and (value <= 31 or 1900 <= value <= 2100):
        if name.lower in ("may", "march") and not name.text[0].isupper():
            return ""
        return "date" if seen.before != "," or value > 31 else ""
    if name.lower in months and value < 100 and seen.word(-2).isdigit() and len(seen.first.text) == 2:
        return "date" if not seen.after.isalpha() else ""  # "3 Nov 89"
    if seen.before in (",", "and", "to", "or", "-", "–") and value <= 31 and seen.word(-2).isdigit():
        return "date" if seen.word(-3) in months and value > float(seen.word(-2)) else ""
    return ""


def _clock(seen: Seen) -> str:
    """ "11 p.m.", "2.15am", "14:25", "1400 GMT", "two in the morning", "six o'clock"."""
    start, end, pieces = seen.span.start, seen.span.end, seen.pieces
    if seen.after in LEAVE["clock_behind"] or (seen.after == "o" and seen.word(3) == "clock"):
        return "clock time"
    if seen.after in ("a", "p") and seen.word(2) == "." and seen.word(3) == "m":
        return "clock time"
    if seen.after == "in" and seen.word(2) == "the" and seen.word(3) in LEAVE["day_parts"]:
        toll = seen.before == "at" and not LEAVE["tolls"].isdisjoint((seen.word(-2), seen.word(-3)))
        return "" if toll else "clock time"  # "he had put the toll at 11 in the morning"
    if _hour(seen):
        return "clock time"
    if not seen.digits:
        return ""
    if seen.after == ":" and at(pieces, end + 1).kind == "d" and glued(pieces, end) and glued(pieces, end + 1):
        return "clock time"
    if seen.before == ":" and at(pieces, start - 2).kind == "d" and glued(pieces, start) and glued(pieces, start - 1):
        return "clock time"
    if seen.before in CLOCK_BEFORE and len(seen.first.text) == 4 and seen.first.text[0] == "0":
        return "clock time"  # "at 0615"
    if seen.after in ("hours", "local") and seen.first.text.isdecimal() and len(seen.first.text) == 4:
        return "clock time"
    return _stamp(seen)


def _hour(seen: Seen) -> bool:
    """ "We took the airport at nine and the port at eleven", "at twenty past two", "shortly before ten"."""
    if seen.unit or seen.qualified or not seen.single or seen.span.low > 29:
        return False
    if _from_to(seen):
        return True
    if seen.after in ("past", "to") and seen.word(2) in WORDS and seen.before in ("at", "about", "by", "since"):
        return True
    if seen.before == "past" and seen.word(-2) in WORDS:
        return True
    hour = 1 <= seen.span.low <= 12 and seen.after in LEAVE["after_hours"]
    if not hour or not (seen.before == "at" or (seen.before in CLOCK_BEFORE and seen.word(-2) in LEAVE["briefly"])):
        return False
    return no_count(seen)


def _from_to(seen: Seen) -> bool:
    """ "from five until eight", "runs from 8 to 5", "work from six to ten"."""
    first = seen.before == "from" and seen.after in ("until", "till", "to")
    second = seen.before in ("until", "till", "to") and seen.word(-3) == "from"
    if not (first or second) or seen.span.high > 24:
        return False
    if "to" not in (seen.after if first else seen.before):
        return True
    return seen.word(-2 if first else -4) in LEAVE["open_from"]


def _stamp(seen: Seen) -> str:
    """The hour at the head of an entry of a live blog: "14.05 Police now say", "1405: Police now say"."""
    text = seen.first.text
    dotted = text[-3:-2] == "."
    hour, minute = (text[:-3], text[-2:]) if dotted else (text[:-2], text[-2:])
    if not (dotted or len(text) == 4) or not (hour.isdecimal() and minute.isdecimal()):
        return ""
    timed = int(hour) < 24 and int(minute) < 60
    if not seen.span.start:
        return "clock time" if timed and seen.single and _opens_entry(seen, dotted) else ""
    if not dotted:
        return ""
    timed = timed and seen.single  # "we said at 11.40 that"
    told = seen.before == "at" or no_count(seen)  # "not nine dead, as we had it at 11.40"
    return "clock time" if timed and seen.before in CLOCK_BEFORE and not seen.unit and told else ""


def _opens_entry(seen: Seen, dotted: bool) -> bool:
    """Whether a sentence begins behind the number, a colon or a dash between them where it has no dot."""
    marked = seen.after in ENTRY_MARKS
    behind = seen.span.end + marked
    behind += at(seen.pieces, behind).text in OPENING_QUOTES
    return (dotted or marked) and at(seen.pieces, behind).text[:1].isupper()


def _alone(seen: Seen) -> str:
    """Nothing but the number: the hour of an entry, the number of a page."""
    return "stands alone" if seen.digits and seen.span.start == 0 and seen.span.end >= len(seen.pieces) - 1 else ""


def _year(seen: Seen) -> str:
    text = seen.first.text
    if seen.qualified or seen.unit or not seen.single or not text.isdecimal() or len(text) != 4:
        return ""
    behind = seen.before in ("in", "since", "of", "from") and not seen.after.isalpha()  # "the siege of 1683, ..."
    if not (1500 if behind else 1850) <= seen.span.low <= 2100:
        return ""
    counted = at(seen.pieces, seen.span.end).kind == "w" and seen.after in PLURALS
    dated = seen.before in LEAVE["year_after"] or seen.before in DATE_MONTHS
    return "year" if dated or not counted else ""


def _address(seen: Seen) -> str:
    """ "14 Harbour Street"."""
    if not seen.digits:
        return ""
    for i in range(seen.span.end, seen.span.end + 4):
        word = at(seen.pieces, i)
        if word.kind != "w" or not word.text[0].isupper():
            return ""
        if i > seen.span.end and word.lower in LEAVE["streets"]:
            return "address"
    return ""


def _one(seen: Seen) -> str:
    """ "one of", "no one", "the one who": not a count."""
    if (
        seen.span.low != 1
        or seen.unit
        or not seen.single
        or seen.digits
        or seen.before in ("minus", "negative", "plus")
    ):
        return ""
    if seen.after == "of":
        felled = seen.word(2) in _OWNERS and (_FELLED & {seen.word(k) for k in range(4, 8)} or seen.before in _LOSING)
        return "" if felled else "one of several"  # "one of his men had been killed"
    beside = seen.before in LEAVE["not_counted_before"] or seen.after in LEAVE["not_counted_behind"]
    alone = seen.after in ("", ".", ",", ";", "?", "!", "'", "’", ")") or seen.after in WORDS
    return "pronoun" if beside or alone else ""


def _measurement(seen: Seen) -> str:
    strength = seen.after == "magnitude" or seen.word(2) == "magnitude"
    frost = seen.before == "minus" and not seen.unit
    return "measurement" if seen.unit in ("degrees", "kmh") or strength or frost else ""


CHECKS: tuple[Callable[[Seen], str], ...] = (
    _years, _phone, _glued, _label, _digits_of_name, _date, _clock, _alone, _year, _address, age, _one, _measurement,
)  # fmt: skip


def _fraction(seen: Seen) -> str:
    """Parts that are no shares: ordinals ("a third man"), half an hour, half-mast, the first half, 24/7."""
    words = [piece.lower for piece in seen.pieces[seen.span.start : seen.span.end]]
    if words[-1] == "half" and seen.before == "and" and seen.word(-2) in WORDS_OF_UNITS:
        return "half of a unit"  # "within a mile and a half"
    if "/" in words and seen.after != "of":
        return "a ratio"
    if words == ["half"]:
        return _half(seen)
    if words[-1] == "half" and seen.after in HYPHENS and glued(seen.pieces, seen.span.end):
        return "compound"  # "a half-built house"
    last, one = words[-1], words[0] in ("a", "an", "one")
    if last == "quarter" and one and seen.after in ("to", "past") and at(seen.pieces, seen.span.end + 1).lower in WORDS:
        return "clock time"
    if last == "quarter" and one and seen.after.isalpha() and seen.after not in ("of", "to"):
        return "quarter"
    named = seen.before == "," and seen.word(-2) != at(seen.pieces, seen.span.start - 2).text
    if last == "quarter" and one and named and at(seen.pieces, seen.span.end + 1).lower not in _WHOLES:
        return "quarter"  # "in Belen, a quarter of mud houses"
    if last == "quarters" and seen.after not in AFTER_SHARE and (words[0] != "three" or seen.before == "in"):
        return "quarters"  # "the two quarters", "clashes in three quarters"
    if last in FRACTIONS and last not in ("half", "quarter") and one and not last.endswith("s"):
        shared = seen.after in AFTER_SHARE or seen.before in SHARED_BY
        shared = shared or (words[0] == "one" and not seen.after.isalpha()) or seen.before == ":"
        return "" if shared or not (seen.before or seen.after.isalpha()) else "ordinal"
    return "compound" if seen.after in MULTIPLIERS else ""


def _half(seen: Seen) -> str:
    if seen.after in HYPHENS and glued(seen.pieces, seen.span.end):
        return "compound"
    if seen.after in ("a", "an") and seen.word(2) in ("year", "month", "week", "day", "hour", "century", "decade"):
        return "half of a time"
    if seen.after in ("that", "as", "again"):
        return "half of a number"
    if seen.after == "the" and seen.word(2) in WIDE:
        return "figure of speech"
    if seen.after in HALF_TIMES or seen.before in HALVES:
        return "half of a time"
    return "part of a place" if seen.before.endswith(HELD) else ""
