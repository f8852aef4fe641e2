"""Numbers as bounds: values, qualifiers, ranges, units, and the numbers that count nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimstream.model import Sentence
from claimstream.reading import numbers, text
from claimstream.reading.numbers.atoms import TABLES, atoms
from claimstream.reading.numbers.numerals import numeral
from effort import calls


def sentence(words: str) -> Sentence:
    return Sentence(words, 0, 0, 1, False, text.tokens(words))


VALUES = [
    ("12", 12),
    ("1,250", 1250),
    ("4.5", 4.5),
    ("40 000", 40000),
    ("seventeen", 17),
    ("forty-two", 42),
    ("two hundred and six", 206),
    ("a hundred and ten", 110),
    ("three thousand four hundred", 3400),
    ("two hundred and two thousand", 202000),
    ("1.5 million", 1500000),
    ("2 billion", 2000000000),
    ("a quarter of a million", 250000),
    ("half a million", 500000),
    ("half-a-dozen", 6),
    ("two dozen", 24),
    ("two and a half million", 2500000),
    ("3 million and a half", 3500000),
    ("hundred thousand", 100000),
    ("two hundred point seventy-one", 200.71),
    ("three fifths", 0.6),
    ("three-quarters", 0.75),
    ("one and a quarter", 1.25),
    ("2½", 2.5),
    ("1.3e6", 1300000),
]


@pytest.mark.parametrize(("words", "value"), VALUES)
def test_a_numeral_has_its_value(words: str, value: float) -> None:
    pieces = atoms(words)
    read = numeral(pieces, 0)
    assert read is not None
    assert read.value == pytest.approx(value)
    assert read.end == len(pieces)


BOUNDS = [
    ("Some 700 men fled.", 700, 700, True, None),
    ("At least fifteen people died.", 15, None, False, None),
    ("More than 2,000 homes burned.", 2000, None, False, None),
    ("Up to 90,000 people live there.", None, 90000, False, None),
    ("As many as 40 were hurt.", None, 40, False, None),
    ("No fewer than six shells fell.", 6, None, False, None),
    ("No more than 50 men held the hill.", None, 50, False, None),
    ("Fewer than a dozen died.", None, 12, False, None),
    ("Thirty or more huts burned.", 30, None, False, None),
    ("A dozen or so vans came.", 12, 12, True, None),
    ("Upwards of 300 people came.", 300, None, False, None),
    ("Between 7 and 11 rockets fell.", 7, 11, False, None),
    ("Some 10 to 20 gunmen came.", 10, 20, True, None),
    ("Two or three shops burned.", 2, 3, False, None),
    ("They hold 60-70 percent of it.", 60, 70, False, "percent"),
    ("It took 60 to 70 per cent of the port.", 60, 70, False, "percent"),
    ("Two to three million people left.", 2000000, 3000000, False, None),
    ("A third of the city is dark.", 33.333333, 33.333333, False, "percent"),
    ("Nearly half of the city is dark.", 50, 50, True, "percent"),
    ("One in five people is hungry.", 20, 20, False, "percent"),
    ("Three out of four wells are dry.", 75, 75, False, "percent"),
    ("The fund gave $3.2m to the town.", 3200000, 3200000, False, "USD"),
    ("It cost 40 million euros.", 40000000, 40000000, False, "EUR"),
    ("They took 30 square kilometres.", 30, 30, False, "km2"),
    ("They took 30 km² of marsh.", 30, 30, False, "km2"),
    ("It is 12km from the gate.", 12, 12, False, "km"),
    ("A two-day siege ended.", 2, 2, False, "days"),
    ("Some 4,000 families fled.", 4000, 4000, True, "families"),
    ("About 1.2m people fled.", 1200000, 1200000, True, None),
    ("They stand 300m from the gate.", 300, 300, False, "metres"),
    ("Over 20 tonnes of rice came.", 20, None, False, "tonnes"),
    ("Not one man gave up.", 0, 0, False, None),
    ("Not a single shell fell.", 0, 0, False, None),
]


@pytest.mark.parametrize(("words", "low", "high", "approx", "unit"), BOUNDS)
def test_words_give_bounds(words: str, low: float | None, high: float | None, approx: bool, unit: str | None) -> None:
    found = numbers.quantities(sentence(words))
    assert [(q.low, q.high, q.approx, q.unit) for q in found] == [(low, high, approx, unit)]


LEFT_ALONE = [
    ("Clashes go on in three quarters and the centre.", "quarters"),
    ("They took a 12.7-millimetre gun.", "calibre"),
    ("Women in their 80s stayed behind.", "age"),
    ("He came on 28 September.", "date"),
    ("It fell on Sept. 29 to them.", "date"),
    ("In 2012 they left.", "year"),
    ("The quake of 1999 was worse.", "year"),
    ("It began at 11 p.m. sharp.", "clock time"),
    ("The raid began at 2.15am there.", "clock time"),
    ("The council met at 1400 GMT.", "clock time"),
    ("Her son, 19, was there.", "age"),
    ("The 47-year-old governor spoke.", "years of age"),
    ("Children aged 12 were there.", "age"),
    ("The 7th battalion came.", "ordinal"),
    ("Old T-55 tanks came.", "name"),
    ("It stands on Route 66 now.", "label"),
    ("Under Resolution 2254 they talk.", "label"),
    ("One of the men spoke.", "one of several"),
    ("A magnitude 6.4 quake hit.", "label"),
    ("He lives at 14 Harbour Street there.", "address"),
    ("They won 3-1 on the day.", "score"),
    ("A third man came in.", "ordinal"),
    ("Rebels hold the rebel-held half of the city.", "part of a place"),
]


@pytest.mark.parametrize(("words", "reason"), LEFT_ALONE)
def test_a_number_that_counts_nothing_has_a_reason(words: str, reason: str) -> None:
    found = numbers.scan(sentence(words))
    assert found
    assert found[0].reason == reason
    assert found[0].quantity not in numbers.quantities(sentence(words))


def examples() -> list[tuple[str, object, object]]:
    return [tuple(row) for table in ("qualifier", "behind") for entry in TABLES[table] for row in entry["examples"]]


@pytest.mark.parametrize(("words", "low", "high"), examples())
def test_the_examples_of_the_lexicon_hold(words: str, low: object, high: object) -> None:
    found = numbers.quantities(sentence(words))
    bound = [None if value == "open" else value for value in (low, high)] if high != "open" else [low, None]
    assert [[q.low, q.high] for q in found] == [bound]


@pytest.mark.parametrize("row", TABLES["vague"], ids=lambda row: row["phrase"])
def test_vague_words_are_marked(row: dict[str, object]) -> None:
    found = numbers.quantities(sentence(f"There were {row['phrase']} people there."))
    assert [(q.vague, q.low) for q in found] == [(True, row["low"])]


def test_over_after_control_is_no_qualifier() -> None:
    found = numbers.quantities(sentence("They lost control over 12 villages."))
    assert [(q.low, q.high) for q in found] == [(12, 12)]


def test_plain_numbers_keep_fractions_and_signs() -> None:
    assert [q.low for q in numbers.plain("minus 4, two thirds of it")] == [-4, pytest.approx(2 / 3)]


def test_words_of_a_web_address_are_no_numbers() -> None:
    assert numbers.scan(sentence("See https://example.test/a?b=305&c=12 for it.")) == ()


PIECES = [
    *"0123456789.,-–%$/:() ",
    "two ",
    "hundred ",
    "and ",
    "half ",
    "of a ",
    "million ",
    "to ",
    "third ",
    "at least ",
]
NUMBERISH = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), NUMBERISH))
def test_any_text_reads_and_its_offsets_hold(words: str) -> None:
    last = 0
    for number in numbers.scan_text(words):
        quantity = number.quantity
        assert words[quantity.start : quantity.end] == quantity.words
        assert last <= quantity.start < quantity.end <= len(words)
        assert quantity.start <= quantity.value_start <= quantity.value_end <= quantity.end or quantity.vague
        assert quantity.low is not None or quantity.high is not None
        last = quantity.end


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "one hundred and ",
        "half a ",
        "a ",
        "1-",
        "1,",
        "at least ",
        "between 1 and ",
        "1/",
        "hundred ",
        "one point ",
        "$",
        "no ",
        "2 to 3 ",
        "third ",
        "1 out of ",
    ],
)
def test_work_grows_with_the_length_only(unit: str) -> None:
    small, large = (calls(lambda n=n: numbers.scan_text("1 " + unit * n)) for n in (400, 1600))
    assert large < 4.6 * small + 400
