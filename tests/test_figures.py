"""Figures: the measure of a number, its parts and repeats, its time and place, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimstream.lexicon import load
from claimstream.model import Article, FigureMention
from claimstream.reading import figures, text
from claimstream.reading.figures import context
from claimstream.reading.numbers import quantities
from effort import calls


def read(words: str, title: str = "") -> list[FigureMention]:
    """All figures of a small article."""
    made = text.sentences(Article(id="a", source="s", title=title, text=words))
    return [mention for found in figures.read(made) for mention in found]


def rows(words: str, title: str = "") -> list[tuple[str, float | None, float | None]]:
    return [(m.measure, m.quantity.low, m.quantity.high) for m in read(words, title)]


RULES = load("measures")["rule"]
YES = [(rule["name"], rule["measure"], *row) for rule in RULES for row in rule["yes"]]
NO = [(rule["name"], rule["measure"], row) for rule in RULES for row in rule["no"]]


@pytest.mark.parametrize(("name", "measure", "words", "low", "high"), YES)
def test_a_rule_finds_its_examples(name: str, measure: str, words: str, low: object, high: object) -> None:
    bounds = (measure, None if low == "open" else low, None if high == "open" else high)
    assert bounds in rows(words)


@pytest.mark.parametrize(("name", "measure", "words"), NO)
def test_a_rule_keeps_off_its_counterexamples(name: str, measure: str, words: str) -> None:
    assert [m for m in read(words) if m.measure == measure and m.rule.startswith(f"{name}.")] == []


AROUND = load("figures")["around"]


@pytest.mark.parametrize(("words", "measure", "value"), AROUND["examples"])
def test_what_no_rule_reads_is_told_by_the_words_around(words: str, measure: str, value: float) -> None:
    assert (measure, value) in [(found, low) for found, low, _ in rows(words)]


@pytest.mark.parametrize("words", AROUND["none"])
def test_numbers_in_passing_are_no_figures(words: str) -> None:
    assert rows(words) == []


SEVERAL = [
    (
        "The blast killed 22 people and wounded 40, among them 9 children.",
        [("killed", 22, 22), ("wounded", 40, 40), ("wounded", 9, 9)],
    ),
    ("Sixteen were dead by noon: nine cooks, seven guards.", [("killed", 16, 16), ("killed", 9, 9), ("killed", 7, 7)]),
    ("Some 28 people died on Monday, taking the month's toll to 312.", [("killed", 28, 28), ("killed", 312, 312)]),
    (
        "At least 43 people were killed and 352 wounded, up from the 30 and 340 it gave on Sunday.",
        [("killed", 43, None), ("wounded", 352, 352), ("killed", 30, 30), ("wounded", 340, 340)],
    ),
    (
        "The army lost 1,200 troops, 12 tanks and 34 guns.",
        [("killed", 1200, 1200), ("destroyed", 12, 12), ("destroyed", 34, 34)],
    ),
    ("The unit killed 30 raiders and captured six.", [("killed", 30, 30), ("detained", 6, 6)]),
    ("The unit burned three lorries and captured two.", [("destroyed", 3, 3), ("seized", 2, 2)]),
    ("At least 150 of the village's 1,800 residents were killed.", [("killed", 150, None), ("residents", 1800, 1800)]),
    ("The guns downed 35 of the 39 drones fired at the port.", [("destroyed", 35, 35), ("strikes", 39, 39)]),
    (
        "The port authority listed 58 dead, 28 injured and 16 missing, 102 in all.",
        [("killed", 58, 58), ("wounded", 28, 28), ("missing", 16, 16), ("casualties", 102, 102)],
    ),
    ("A garrison of 7,000 fled before no more than 500 men.", [("forces", 7000, 7000), ("forces", None, 500)]),
    ("The ferry, with 189 passengers aboard, sank, and 35 drowned.", [("other", 189, 189), ("killed", 35, 35)]),
    ("The battle cost the lives of 90 rebels and of no soldier.", [("killed", 90, 90), ("killed", 0, 0)]),
    ("The navy lost 610 men, 230 of them killed.", [("casualties", 610, 610), ("killed", 230, 230)]),
    ("Police put the marchers hurt at about 100.", [("wounded", 100, 100)]),
    ("The toll in the harbour blaze passes 300.", [("killed", 300, None)]),
    ("The number of those hurt in the crush has reached two hundred and four.", [("wounded", 204, 204)]),
    ("The dead include 12 children.", [("killed", 12, 12)]),
    ("Jets bombed the pass 11 times on Friday.", [("strikes", 11, 11)]),
    ("The siege has lasted 40 days.", [("duration", 40, 40)]),
    ("Halim is 30 km (19 miles) north of the river.", [("distance", 30, 30)]),
    ("As booty there were 17 rifles and two lorries.", [("seized", 17, 17), ("seized", 2, 2)]),
    ("IN THE CLASH THREE SOLDIERS WERE KILLED AND SEVEN OTHERS WERE WOUNDED.", [("killed", 3, 3), ("wounded", 7, 7)]),
    ("TWENTY PEASANTS WERE KIDNAPPED BY TERRORISTS.", [("detained", 20, 20)]),
]


@pytest.mark.parametrize(("words", "wanted"), SEVERAL)
def test_each_number_of_a_sentence_has_its_own_measure(words: str, wanted: list[tuple[str, float, float]]) -> None:
    assert rows(words) == wanted


def corpus() -> list[object]:
    """The sentences of `data/figures.txt` with the figures wanted; what is known to be missed must fail."""
    lines = (Path(__file__).parent / "data/figures.txt").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    cases: list[object] = []
    known, words = "", ""
    for line in kept:
        if line.startswith("? "):
            known = line[2:]
        elif line.startswith("= "):
            wanted = [] if line == "= none" else [_figure(entry) for entry in line[2:].split(";")]
            marks = [pytest.mark.xfail(strict=True, reason=known)] if known else []
            cases.append(pytest.param(words, wanted, marks=marks))
            known = ""
        else:
            words = line
    return cases


def _figure(entry: str) -> tuple[str, float | None, float | None]:
    measure, bounds = entry.split()
    low, high = (None if bound == "-" else float(bound) for bound in bounds.split(".."))
    return measure, low, high


@pytest.mark.parametrize(("words", "wanted"), corpus())
def test_the_figures_of_the_corpus_are_read(words: str, wanted: list[tuple[str, float | None, float | None]]) -> None:
    found = [
        (measure, *(None if bound is None else round(bound, 1) for bound in bounds)) for measure, *bounds in rows(words)
    ]
    assert sorted(found, key=str) == sorted(wanted, key=str)


LEFT_ALONE = [
    "Two officials said the bridge was open.",
    "The mayor, 61, spoke on 4 May in Halim.",
    "Talks begin in six days at 10 a.m. in Room 14.",
    "Toll rose by 40 on Friday.",
    "The count is 40 more than a day earlier.",
    "Three days of mourning were declared.",
    "Two of the suburbs have their own hospital.",
    "A third man came in at noon.",
    "Her team won 3-1.",
    "The square has changed hands four times as often as the gate.",
]


@pytest.mark.parametrize("words", LEFT_ALONE)
def test_numbers_that_measure_nothing_are_left_alone_with_a_reason(words: str) -> None:
    made = text.sentences(Article(id="a", source="s", text=words))
    for found, skipped in figures.explain(made):
        assert found == ()
        assert all(entry.reason for entry in skipped)
        assert skipped


def test_a_part_is_no_total() -> None:
    totals = [(m.quantity.low, m.total) for m in read("The raid killed 22 people, among them 9 children.")]
    assert totals == [(22, True), (9, False)]


def test_a_bare_number_goes_on_with_the_measure_of_the_sentence_before() -> None:
    words = 'More than 300 people were killed. "Three hundred is what we can prove," said the doctor.'
    assert rows(words) == [("killed", 300, None), ("killed", 300, 300)]


def test_men_inside_a_besieged_place_are_besieged() -> None:
    words = "The fort has been surrounded since Monday. About 200 men are inside, a guard said."
    assert ("besieged", 200, 200) in rows(words)


@pytest.mark.parametrize(
    ("words", "scope"),
    [
        ("The raid killed 12 people.", "incident"),
        ("Bombs have killed 90 people this month.", "period"),
        ("More than 9,000 people have died since the start of the war.", "total"),
    ],
)
def test_the_scope_is_the_time_that_a_figure_covers(words: str, scope: str) -> None:
    assert [m.scope for m in read(words)] == [scope]


TIMES = [
    (row["meaning"], words, wanted)
    for row in load("figures")["time"]
    for wanted in (True, False)
    for words in row["yes" if wanted else "no"]
]


@pytest.mark.parametrize(("meaning", "words", "wanted"), TIMES)
def test_the_time_patterns_hold_for_their_examples(meaning: str, words: str, wanted: bool) -> None:
    made = text.sentences(Article(id="a", source="s", text=words))
    time = context.times(made[0], quantities(made[0]))[-1]
    said = {"history"} if time.history else {time.scope}
    assert (meaning in said) == wanted


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("A bomb killed 12 people in Halim on Friday.", "Halim"),
        ("In northern Halim 12 people died.", "Halim"),
        ("Some 12 people died in Ruritanian strikes.", ""),
        ("Saint Ann Hospital counted 12 dead.", "Saint Ann Hospital"),
        ("The raids killed nine in Halim and four in Sarna.", "Halim"),
        ("Twelve men died in the town of Sarna.", "Sarna"),
        ("The state hospital of Sarna admitted 40 wounded.", "hospital of Sarna"),
        ("An official in Sarna said 12 men had died.", ""),
        ("There were 12 dead.", ""),
        ("The toll of the raid in Sarna, in Ruritania's Halim province, has risen to 22.", "Sarna"),
        ("In Ruritania's Halim province 22 people died.", "Halim"),
        ("The ministry of the recognised government, in Arpa, gave the number of dead as 15.", ""),
        ("A sheet is passed from hand to hand in Arpa: 6,432 civilians killed.", ""),
        ("In Arpa the dead are being counted: 12 so far.", "Arpa"),
    ],
)
def test_the_place_is_the_one_named_with_the_number(words: str, place: str) -> None:
    assert read(words)[0].place == place


def test_there_is_the_place_that_the_sentence_before_introduces() -> None:
    found = read(
        "Sarna, a town in Halim province, was hit. Twelve people died in Sarna. Some 60 men surrendered there."
    )
    assert [mention.place for mention in found] == ["Sarna", "Sarna"]


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("On the tents: 640 have been put up.", "tents"),
        ("Of the 12,400 tents sent to the valley, 4,000 are standing.", "tents"),
        ("Some 60 bridges were destroyed. The ministry admits to 12.", "bridges"),
        ("Some 60 people were killed. The ministry admits to 12.", ""),
    ],
)
def test_a_bare_number_counts_the_things_that_were_named(words: str, who: str) -> None:
    assert read(words)[-1].who == who


def test_a_site_in_the_title_is_the_place_of_the_figures() -> None:
    found = read("Thirty-seven people were wounded.", title="Sarna hospital bombing kills 19")
    assert [mention.place for mention in found] == ["Sarna hospital", "Sarna hospital"]


def test_history_is_background() -> None:
    assert [m.background for m in read("The flood of 2002 killed 40 people. The quake killed 9.")] == [True, False]


def test_who_is_counted_stands_in_the_words_of_the_article() -> None:
    assert [m.who for m in read("A mine killed three Ruritanian soldiers.")] == ["Ruritanian soldiers"]


WORDS = st.lists(
    st.sampled_from(
        (
            "the 12 two killed wounded people were and of them , . ; fled 30 percent km in at least toll to from"
            " up 4,000 more than soldiers dead"
        ).split()
    ),
    max_size=40,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(st.one_of(WORDS, st.text(max_size=200)))
def test_any_text_reads_and_its_offsets_hold(words: str) -> None:
    made = text.sentences(Article(id="a", source="s", text=words))
    for sentence, (found, skipped) in zip(made, figures.explain(made), strict=True):
        for mention in found:
            quantity = mention.quantity
            assert sentence.text[quantity.start : quantity.end] == quantity.words
            assert mention.who in sentence.text
            assert mention.start <= quantity.start < mention.end <= len(sentence.text)
        for entry in skipped:
            assert sentence.text[entry.start : entry.end] == entry.words


@pytest.mark.parametrize(
    "unit",
    [
        "5 of the ",
        "12 and ",
        "killed 3 ",
        "12 people, ",
        "from 3 ",
        "were 4 ",
        "toll ",
        "at 5 ",
        "who 3 ",
        "12 of them ",
        "no ",
    ],
)
def test_work_grows_with_the_length_only(unit: str) -> None:
    small, large = (
        calls(lambda n=n: figures.read(text.sentences(Article(id="a", source="s", text=unit * n)))) for n in (150, 600)
    )
    assert large < 5 * small + 2000


GOES_ON = [
    ("Forty-one people died in Sarna. Sixty more died in Halim, and another 30 in Varna.", ("killed", 30, 30)),
    ("The quarrel over the toll goes on. The army stands by 340.", ("killed", 340, 340)),
    ("At least 900 were killed. A day earlier it had put the figure at 640.", ("killed", 640, 640)),
    ("The Red Cross lists 88 people as missing. The mayor said he knew of 120.", ("missing", 120, 120)),
    ("Seventy-two were arrested. Lawyers put it nearer 200.", ("detained", 200, 200)),
    ("Nobody was killed, says the army. The rebels say 60.", ("killed", 60, 60)),
    ("As to the wounded, the surgeon put their number at 80.", ("wounded", 80, 80)),
    ("The agency sent 40 tonnes of flour. By noon 12 lorries had reached the town.", ("aid", 12, 12)),
    ("Some 9,000 fled. Around 400 of them are foreigners.", ("displaced", 400, 400)),
    (
        "The raid killed 200 men. Some 28,000 people fled. By Friday the count stood at 42,000.",
        ("displaced", 42000, 42000),
    ),
]


@pytest.mark.parametrize(("words", "wanted"), GOES_ON)
def test_a_bare_number_goes_on_with_what_the_text_counts(words: str, wanted: tuple[str, float, float]) -> None:
    """The measure comes from the sentences before: the last of people, or the one of the number's size."""
    assert rows(words)[-1] == wanted


NOT_COUNTED = [
    "Forty people died. The keeper, a man of 61, wept.",
    "Forty people died. Mr Doe, who is 54, wept.",
    "Forty people died, Test Radio told TESTCAST 24.",
    "Forty people died. Comments (212)",
    "Forty people died. The camp was built for 900.",
]


@pytest.mark.parametrize("words", NOT_COUNTED)
def test_ages_names_and_page_counts_do_not_go_on(words: str) -> None:
    assert rows(words) == [("killed", 40, 40)]
