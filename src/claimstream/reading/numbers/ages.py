"""Numbers that are ages: "Ann Roe, 31, who", "aged 22 and 23", "a priest of 70", "all of them past seventy"."""

from __future__ import annotations

from claimstream.lexicon.calendar import DATE_MONTHS
from claimstream.reading.numbers.atoms import HYPHENS, WORDS, at
from claimstream.reading.numbers.seen import LEAVE, Seen, no_count

KIN = LEAVE["kin"]
OF_AGE = LEAVE["of_age"]
EVERY = frozenset(["none", "all", "most", "many", "some", "few", "mostly"])
OF_AGES = LEAVE["of_ages"]
OLD_ONES = OF_AGES | {
    "cent",
    "percent",
    "%",
    "them",
    "whom",
    "these",
    "half",
    "victims",
    "dead",
    "wounded",
    "injured",
    "all",
}
AGE_ENDS = frozenset(["", ".", ",", ";", "and", ")", "”", '"', "’", "'"])
AGES_JOINED = frozenset(["and", ",", "or", "to"])
AGES_REACH = 8
"""How many words back the ages of a list may begin."""


def age(seen: Seen) -> str:
    """ "Ann Roe, 31, who", "aged 12", "47-year-old", "his son, 19."."""
    value, name = seen.span.low, at(seen.pieces, seen.span.start - 2)
    if seen.unit in ("years", "months"):
        words = [p.lower for p in seen.pieces[seen.span.end : seen.span.end + 4] if p.text not in HYPHENS]
        return "years of age" if "old" in words[:2] or "olds" in words[:2] else ""
    if value > 120:
        return ""
    if _another_age(seen):
        return "age"
    if seen.before in ("their", "his", "her") and seen.word(-2) == "in" and value % 10 == 0 and value <= 100:
        return "age"  # "two women in their 80s"
    nearby = {seen.word(-2), seen.word(-3)}
    if seen.before in LEAVE["age_before"] or (
        seen.before in ("of", "under", "over", "between") and LEAVE["age_before"] & nearby
    ):
        return "age"
    if seen.before == "of" and nearby & LEAVE["persons"] and value == int(value) and seen.after not in DATE_MONTHS:
        return "age"  # "a man of 61"
    if seen.word(-2) == "of" and seen.word(-3) in LEAVE["persons"] and seen.before in LEAVE["about_age"]:
        return "age"  # "a girl of about ten"
    if seen.before in ("is", "was") and seen.word(-2) in OF_AGE and 3 < value < 105:
        return "age" if seen.after in AGE_ENDS else ""
    if seen.before in ("over", "under", "above") and seen.word(-2) in EVERY and not seen.unit and 9 < value < 101:
        return "age" if seen.after in AGE_ENDS else ""  # "200 boys, none over twenty"
    if seen.before in ("over", "under", "above") and seen.word(-2) in ("are", "were") and not seen.unit and value < 101:
        shared = seen.word(-3) in OLD_ONES
        if shared and seen.after in AGE_ENDS:
            return "age"  # "12 per cent are over 65"
    if seen.before == "both" and seen.after in AGE_ENDS and 14 < value < 100:
        return "age"  # "a couple from Halim, both 27,"
    if seen.before in ("under", "over") and seen.word(-2) in LEAVE["persons"] | OF_AGES and value <= 100:
        return "age"  # "not one child under five has lived"
    if seen.before == "under" and value <= 21 and seen.after in ("", ".", ",", ";", ")", "and", "years"):
        return "age"
    if not seen.digits:
        return ""
    if seen.before == "(":
        listed = name.text.istitle() and not at(seen.pieces, seen.span.start - 3).text.istitle() and not no_count(seen)
        return "age" if seen.after == ")" and value < 100 and not listed else ""  # "62 deaths in Halim, Arpa (51)"
    if seen.before != "," or not seen.single or seen.qualified or not name.text:
        return ""
    initial = name.text == "." and len(at(seen.pieces, seen.span.start - 3).text) == 1
    if initial and seen.after == "," and 5 <= value <= 105:
        return "age"  # "Ann R., 38, told us"
    if seen.after == "," and 5 <= value <= 105 and name.kind == "w":
        return "age"
    named = name.text[0].isupper() or name.lower in KIN
    ends = seen.after in (",", ".", ")", ";", "", "who", "from", "said", "told")
    return "age" if named and ends else ""


def _another_age(seen: Seen) -> bool:
    """ "aged 22 and 23", "all of them past seventy", "the youngest 13", "a couple, 71 and 68, live"."""
    ends = seen.after in AGE_ENDS
    if seen.span.form == "range" and not seen.unit and ends and 5 < seen.span.low < seen.span.high < 100:
        if seen.before == "of" and seen.word(-2) in LEAVE["of_ages"]:
            return True  # "conscripts of 18 or 19"
        k = -2 if seen.before == "between" else -1  # "most of the recruits are between 18 and 25"
        return k == -2 and seen.word(k) in ("are", "were") and no_count(seen)
    if seen.unit or seen.qualified or not seen.single:
        return False
    if seen.before in AGES_JOINED:
        k = -2
        while k > -AGES_REACH and (seen.word(k) in AGES_JOINED or seen.word(k)[:1].isdigit() or seen.word(k) in WORDS):
            k -= 1
        if k < -2 and seen.word(k) in LEAVE["age_before"]:
            return True
    if seen.before in ("turned", "turns", "turning") and seen.after in LEAVE["after_hours"]:
        return seen.word(-2) in OF_AGE or seen.word(-2)[:1].isalpha()
    if seen.before in ("is", "was") and ends and seen.span.low < 105:
        return any(seen.word(-k) in LEAVE["of_the_ages"] for k in range(2, AGES_REACH))
    if seen.before in KIN and ends and 2 < seen.span.low < 105:
        return True  # "her son is 19 and her husband 45"
    if seen.before == "past" and ends and 15 < seen.span.low < 105:
        return seen.word(-2) in LEAVE["past_age"]
    if seen.before in LEAVE["of_the_ages"] and ends:
        return True
    pair = seen.before == "," and seen.after == "and" and seen.word(2).isdigit() and seen.word(3) == ","
    second = seen.before == "and" and seen.word(-2).isdigit() and seen.word(-3) == "," and seen.after == ","
    return (pair and seen.word(-2) in LEAVE["pairs"]) or (second and seen.word(-4) in LEAVE["pairs"])
