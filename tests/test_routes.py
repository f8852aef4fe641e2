"""Roads, ports and sieges in the words of many reporters: tests/data/routes.txt and forms_of_ways.txt, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimstream.model import Article, StateMention
from claimstream.reading import states, text

DATA = Path(__file__).parent / "data"


def data_lines(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


LINES = data_lines("routes.txt")
FORMS = data_lines("forms_of_ways.txt")
SIGNS = {("route", "yes"): "r+", ("route", "no"): "r-", ("siege", "yes"): "s+", ("siege", "no"): "s-"}


def mentions(words: str, title: str = "") -> list[StateMention]:
    sentences = text.sentences(Article(id="a", source="s", title=title, text=words))
    return [m for found in states.read(sentences) for m in found if m.kind != "control"]


def rows(words: str, title: str = "") -> set[str]:
    return {f"{SIGNS[m.kind, m.holds]} {m.asset}".lower() for m in mentions(words, title)}


def wanted(spec: str) -> set[str]:
    return {row.strip().lower() for row in spec.split(";") if row.strip()}


def cases(known_failure: bool, lines: list[str]) -> list[tuple[str, ...]]:
    return [tuple(line.lstrip("! ").split("=>")) for line in lines if line.startswith("!") == known_failure]


def known_failures(lines: list[str]) -> list[object]:
    """The lines that are known to fail, each expected to, for the reason that stands behind it."""
    return [
        pytest.param(words, spec, marks=pytest.mark.xfail(strict=True, reason=reason.strip()))
        for words, spec, reason in cases(True, lines)
    ]


def form_rows(form: str) -> set[str]:
    return rows(form) if form[-1] in '.?"' else rows("Shops were shut.", form)


@pytest.mark.parametrize(("form", "spec"), cases(False, FORMS))
def test_a_form_gives_these_routes_and_sieges_and_no_others(form: str, spec: str) -> None:
    assert form_rows(form.strip()) == wanted(spec)


@pytest.mark.parametrize(("form", "spec"), known_failures(FORMS))
def test_a_form_known_to_fail_still_does(form: str, spec: str) -> None:
    assert form_rows(form.strip()) == wanted(spec)


@pytest.mark.parametrize(("sentence", "spec"), cases(False, LINES))
def test_a_sentence_gives_these_routes_and_sieges_and_no_others(sentence: str, spec: str) -> None:
    assert rows(sentence.strip()) == wanted(spec)


@pytest.mark.parametrize(("sentence", "spec"), known_failures(LINES))
def test_a_known_failure_is_still_one(sentence: str, spec: str) -> None:
    assert rows(sentence.strip()) == wanted(spec)


HEADLINES = {
    "Coast Road to Belen Reopens": "r+ Coast Road to Belen",
    "Belen airport closed after shelling": "r- Belen airport",
    "Bridge over the Drin destroyed": "r- Bridge over the Drin",
    "Rebels cut highway to Belen": "r- highway to Belen",
    "Army breaks siege of Belen": "s- Belen",
    "Belen cut off by floods": "s+ Belen",
}


@pytest.mark.parametrize(("title", "spec"), HEADLINES.items())
def test_a_headline_is_read_too(title: str, spec: str) -> None:
    assert rows("Shops were shut.", title) == wanted(spec)


def test_it_is_the_road_of_the_sentence_before() -> None:
    assert rows("The road to Darin was mined. It has been shut since Tuesday.") == {"r- road to darin"}


def test_it_is_no_road_when_none_was_spoken_of() -> None:
    assert rows("The school lies in the north. It has been shut since Tuesday.") == set()


def test_a_blockaded_road_is_closed_and_a_blockaded_town_is_besieged() -> None:
    assert rows("Activists have blockaded the corridor.") == {"r- corridor"}
    assert rows("Activists have blockaded Belen.") == {"s+ belen"}


def test_a_landslide_is_no_side() -> None:
    assert [m.side for m in mentions("A landslide has blocked the road.")] == [""]
    assert [m.side for m in mentions("Rebels have blocked the road.")] == ["Rebels"]


@pytest.mark.parametrize(
    ("words", "asset"),
    [
        ("the road from Belen through Darin to Sarab", "road from Belen to Sarab"),
        ("the only asphalt road between Belen and Sarab", "road between Belen and Sarab"),
        ("the Belen–Sarab road", "Belen–Sarab road"),
        ("Belen's port", "Belen port"),
        ("the port of Belen", "Belen port"),
        ("the crossing at Sarab", "Sarab crossing"),
        ("the western entrance of the city", "western entrance of the city"),
        ("the A9", "A9"),
        ("National Road 7", "National Road 7"),
        ("the road linking Belen with Sarab", "road linking Belen with Sarab"),
    ],
)
def test_a_way_has_its_natural_name(words: str, asset: str) -> None:
    assert [m.asset for m in mentions(f"Soldiers closed {words} on Monday.")] == [asset]


def test_history_and_denial_are_marked() -> None:
    assert [m.background for m in mentions("The militia closed the road to Belen in 2014.")] == [True]
    assert [m.denial for m in mentions("The governor denied that the road to Belen was cut.")] == [True]
