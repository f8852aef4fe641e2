"""The camps of the people whom an article names, by all that it says of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claimstream import pipeline
from claimstream.judging import parties
from claimstream.model import Article

CAMPS = {
    "Rebel spokesman Ali Noor": "rebel:SY",
    "army spokesman Ali Noor": "state:SY",
    "the army": "state:SY",
}


def camps(*said: str) -> dict[str, str]:
    return dict(parties.of_article(said, lambda words: CAMPS.get(words, "")))


def test_a_person_is_of_the_camp_that_his_office_tells() -> None:
    assert camps("Rebel spokesman Ali Noor", "Colonel Noor") == {"Noor": "rebel:SY"}


def test_a_person_of_two_camps_is_of_none() -> None:
    assert camps("Rebel spokesman Ali Noor", "army spokesman Ali Noor") == {}


def test_an_army_is_no_person() -> None:
    assert camps("the army") == {}


FIRST = "Rebel spokesman Ali Noor said that the airport of Aleppo had fallen."


@pytest.mark.parametrize(
    "second, camp",
    [
        ("Colonel Noor said that 40 soldiers had been killed.", "rebel:SY"),
        ("Noor said that 40 soldiers had been killed.", "rebel:SY"),
        ("Colonel Sabri said that 40 soldiers had been killed.", "state:SY"),
        ("Doctor Noor said that 40 soldiers had been killed.", ""),
        ("Colonel Noor of the Syrian army said that 40 soldiers had been killed.", "state:SY"),
    ],
)
def test_who_a_colonel_is_the_article_says(second: str, camp: str) -> None:
    article = Article(
        id="a", source="x.example", text=f"{FIRST} {second}", published_at=datetime(2016, 9, 1, tzinfo=UTC)
    )
    claim = next(claim for claim in pipeline.read(article).claims if claim.kind == "figure")
    assert claim.interest == camp
