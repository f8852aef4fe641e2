"""Numbers that count nothing of the situation, and why: dates, clock times, years, ages, ranks, names, addresses.

About seven numbers stand in a text of war news for each one that matters. A number is left alone with a reason in plain
words, so that `explain` can say it. The word lists are in `lexicon/numbers.toml`, table `leave`.
"""

from __future__ import annotations

from claimstream.numerals import FRACTIONS, HYPHENS, MULTIPLIERS, SUFFIXES, WORDS, Atom, glued, lexicon

LEAVE: dict[str, frozenset[str]] = {name: frozenset(words) for name, words in lexicon()["leave"].items()}
UNIT_WORDS = frozenset(word for row in lexicon()["unit"] for word in row["words"])
MONEY = frozenset(lexicon()["currency"].values())
DASHES = HYPHENS | {"—", "/"}


def reason_to_leave(
    pieces: list[Atom], start: int, end: int, value: float, form: str, unit: str | None, qualified: bool
) -> str:
    """Why the number in atoms [start, end) counts nothing; "" where it may count something."""
    if form == "list":
        return "list of digits"
    before, after = _lower(pieces, start - 1), _lower(pieces, end)
    if form == "range" and _years(pieces, start, end, after, unit):
        return "year"
    if form == "fraction":
        return _fraction(pieces, start, end, value, after)
    if pieces[start].kind == "d":
        name = _name(pieces, start, end, before, after, unit)
        if name:
            return name
        if _date(pieces, start, end, value, before, after):
            return "date"
        if _clock(pieces, start, end, before, after):
            return "clock time"
        if not qualified and _year(pieces, start, end, value, before, after, unit):
            return "year"
        if _address(pieces, end):
            return "address"
    elif _clock(pieces, start, end, before, after):
        return "clock time"
    elif after in LEAVE["months"] and value <= 31:
        return "date"
    if unit in ("years", "months") and _old(pieces, end):
        return "years of age"
    if _age(pieces, start, end, value, before, after, qualified):
        return "age"
    if (
        value == 1
        and not unit
        and end == start + 1
        and pieces[start].kind == "w"
        and _pronoun(pieces, start, before, after)
    ):
        return "one of several" if after == "of" else "pronoun"
    if before == "no" or (before == "." and _lower(pieces, start - 2) in ("no", "nr", "nos")):
        return "label"
    if unit in ("degrees", "kmh") or after == "magnitude" or _lower(pieces, end + 1) == "magnitude":
        return "measurement"
    return ""


def _lower(pieces: list[Atom], i: int) -> str:
    return pieces[i].lower if 0 <= i < len(pieces) else ""


def _name(pieces: list[Atom], start: int, end: int, before: str, after: str, unit: str | None) -> str:
    """Part of a name, a rank or a number that only identifies."""
    if before in ("+", "*") and glued(pieces, start):
        return "phone number"
    if after == "#":
        return "phone number"
    if start and glued(pieces, start) and pieces[start - 1].kind == "w":
        return "" if unit in MONEY else "name"
    if start > 1 and pieces[start - 1].text in HYPHENS and glued(pieces, start) and glued(pieces, start - 1):
        word = pieces[start - 2]
        if word.kind == "w":
            return "year" if word.lower in LEAVE["year_after"] else "name"
    if end < len(pieces) and glued(pieces, end) and pieces[end].kind == "w":
        if after in ("st", "nd", "rd", "th"):
            return "ordinal"
        if (
            after not in SUFFIXES
            and after not in UNIT_WORDS
            and after not in LEAVE["clock_behind"]
            and after not in ("s", "x", "times")
        ):
            return "measurement"
        if after == "s" and pieces[start].text.isdecimal() and len(pieces[start].text) == 4:
            return "year"
        if after == "mm":
            return "calibre"
    label = pieces[start - 2].text if before == "." and start > 1 else pieces[start - 1].text if start else ""
    lower = label.lower()
    if lower in LEAVE["labels"] and pieces[start].kind == "d":
        if lower not in LEAVE["capital_labels"] or label[0].isupper():
            return "label" if not (lower in ("no", "number") and label[0].islower()) else "label"
    if before == "#":
        return "label"
    if end < len(pieces) and after in DASHES and glued(pieces, end) and _lower(pieces, end + 1).isdigit():
        if glued(pieces, end + 1):
            return "score" if pieces[start].text.isdecimal() and len(pieces[start].text) <= 2 else "digits of a name"
    if (
        start > 1
        and before in DASHES
        and glued(pieces, start)
        and pieces[start - 2].kind == "d"
        and glued(pieces, start - 1)
    ):
        return "digits of a name"
    return ""


def _date(pieces: list[Atom], start: int, end: int, value: float, before: str, after: str) -> bool:
    if after in LEAVE["months"] and value <= 31 and not (after in ("may", "march") and not _month_here(pieces, end)):
        return True
    if after == "of" and _lower(pieces, end + 1) in LEAVE["months"] and value <= 31:
        return True
    month = before if before not in (".", ",") else _lower(pieces, start - 2)
    if month in LEAVE["months"] and (value <= 31 or 1900 <= value <= 2100):
        if month in ("may", "march") and not pieces[start - (1 if before == month else 2)].text[0].isupper():
            return False
        return before != "," or value > 31
    if before in (",", "and", "to", "or", "-", "–") and value <= 31 and _lower(pieces, start - 2).isdigit():
        return _lower(pieces, start - 3) in LEAVE["months"] and value > float(pieces[start - 2].text)
    return False


def _month_here(pieces: list[Atom], i: int) -> bool:
    """ "may" and "march" are months with a capital letter."""
    return pieces[i].text[0].isupper()


def _clock(pieces: list[Atom], start: int, end: int, before: str, after: str) -> bool:
    if after in LEAVE["clock_behind"]:
        return True
    if after in ("a", "p") and _lower(pieces, end + 1) == "." and _lower(pieces, end + 2) == "m":
        return True
    if after == "o" and _lower(pieces, end + 2) == "clock":
        return True
    if (
        after == ":"
        and end + 1 < len(pieces)
        and pieces[end + 1].kind == "d"
        and glued(pieces, end)
        and glued(pieces, end + 1)
    ):
        return True
    if (
        before == ":"
        and start > 1
        and pieces[start - 2].kind == "d"
        and glued(pieces, start)
        and glued(pieces, start - 1)
    ):
        return True
    if after == "in" and _lower(pieces, end + 1) == "the" and _lower(pieces, end + 2) in LEAVE["day_parts"]:
        return True
    if after in ("hours", "local") and pieces[start].text.isdecimal() and len(pieces[start].text) == 4:
        return True
    stamp = pieces[start].text
    if start == 0 and end < len(pieces) and len(stamp) > 3 and stamp[-3] == "." and stamp.replace(".", "").isdecimal():
        hour, minute = stamp.split(".")[0], stamp[-2:]
        if int(hour) < 24 and int(minute) < 60 and pieces[end].text[:1].isupper():
            return True
    whole = start == 0 and end >= len(pieces) - 1 and pieces[start].kind == "d"
    return whole and ("." in pieces[start].text or after == "")


def _year(pieces: list[Atom], start: int, end: int, value: float, before: str, after: str, unit: str | None) -> bool:
    text = pieces[start].text
    if end != start + 1 or not text.isdecimal() or len(text) != 4 or not 1850 <= value <= 2100 or unit:
        return False
    if end >= len(pieces) or pieces[end].kind != "w":
        return True
    return before in LEAVE["year_after"] or before in LEAVE["months"] or not _plural(after)


def _years(pieces: list[Atom], start: int, end: int, after: str, unit: str | None) -> bool:
    """ "between 2014 and 2017", "2014-2017"."""
    both = [piece.text for piece in (pieces[start], pieces[end - 1])]
    return (
        not unit and all(t.isdecimal() and len(t) == 4 and 1500 <= int(t) <= 2100 for t in both) and not _plural(after)
    )


def _plural(word: str) -> bool:
    return word in (
        "people",
        "men",
        "women",
        "children",
        "troops",
        "soldiers",
        "fighters",
        "families",
        "homes",
        "houses",
        "civilians",
        "refugees",
    )


def _address(pieces: list[Atom], end: int) -> bool:
    named = False
    for i in range(end, min(end + 4, len(pieces))):
        if pieces[i].kind != "w" or not pieces[i].text[0].isupper():
            return False
        if named and pieces[i].lower in LEAVE["streets"]:
            return True
        named = True
    return False


def _old(pieces: list[Atom], i: int) -> bool:
    """ "47-year-old", "12 years old", from atom `i`, the hyphen or the unit."""
    words = [piece.lower for piece in pieces[i : i + 4] if piece.text not in HYPHENS]
    return "old" in words[:2] or "olds" in words[:2]


def _age(pieces: list[Atom], start: int, end: int, value: float, before: str, after: str, qualified: bool) -> bool:
    if value > 120:
        return False
    if before in LEAVE["age_before"] or (
        before in ("of", "under", "over", "between")
        and LEAVE["age_before"] & {_lower(pieces, start - 2), _lower(pieces, start - 3)}
    ):
        return True
    if before == "," and pieces[start].kind == "d" and end == start + 1 and not qualified and start > 1:
        named = pieces[start - 2].text[0].isupper() or pieces[start - 2].lower in (
            "son",
            "daughter",
            "brother",
            "sister",
            "wife",
            "husband",
            "mother",
            "father",
        )
        if after == "," and 5 <= value <= 105 and pieces[start - 2].kind == "w":
            return True
        return named and (after in (",", ".", ")", ";", "") or after in ("who", "from", "said", "told"))
    return before == "(" and after == ")" and value < 100 and pieces[start].kind == "d"


def _pronoun(pieces: list[Atom], start: int, before: str, after: str) -> bool:
    """ "one of", "no one", "the one who": not a count."""
    if before in ("minus", "negative", "plus"):
        return False
    if before in LEAVE["not_counted_before"] or after in LEAVE["not_counted_behind"]:
        return True
    return after in ("", ".", ",", ";", "?", "!", "'", "’", ")") or after in WORDS


SHARED_BY = frozenset("by almost nearly about around than roughly some only just least over to under below".split())
AFTER_SHARE = frozenset("of to are were have".split())


def _fraction(pieces: list[Atom], start: int, end: int, value: float, after: str) -> str:
    """Parts that are no shares: ordinals ("a third man"), half an hour, half-mast, the first half, 24/7."""
    words = [piece.lower for piece in pieces[start:end]]
    if "/" in words and after != "of":
        return "digits of a name"
    if words == ["half"]:
        before = _lower(pieces, start - 1)
        if after in HYPHENS and glued(pieces, end):
            return "compound"
        if after == "the" and _lower(pieces, end + 1) in ("world", "continent", "planet", "internet", "time", "battle"):
            return "figure of speech"
        if after in ("an", "past", "way", "time", "hour", "brother", "sister", "day") or before in (
            "first",
            "second",
            "other",
            "and",
            "latter",
        ):
            return "half of a time"
        return "part of a place" if before.endswith(("held", "controlled", "ern", "run", "occupied")) else ""
    last = words[-1]
    if last in ("half", "quarter") and words[0] in ("a", "one", "an") and after.isalpha() and after not in ("of", "to"):
        return "quarter" if last == "quarter" else ""
    if last in FRACTIONS and last not in ("half", "quarter") and words[0] in ("a", "an", "one") and not last.endswith("s"):
        before = _lower(pieces, start - 1)
        counted = after in AFTER_SHARE or before in SHARED_BY or not before
        return "" if counted and not (not before and after.isalpha() and after not in AFTER_SHARE) else "ordinal"
    if after in MULTIPLIERS:
        return "compound"
    return ""
