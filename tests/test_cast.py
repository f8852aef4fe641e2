"""Who is who in one article: words that name a side only to who has read the rest of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claimstream import pipeline
from claimstream.judging.comparing import side
from claimstream.model import Alert, Article, Fact, Settings


def camps(source: str, text: str) -> dict[str, str]:
    """The camps of the holders that an article tells of, by the words for them."""
    article = Article(id="a", source=source, text=text, published_at=datetime(2023, 3, 7, tzinfo=UTC))
    return {claim.side: side(claim) for claim in pipeline.read(article).claims if claim.kind == "control"}


@pytest.mark.parametrize(
    ("text", "words", "camp"),
    [
        (
            "Boko Haram attacked Baga in Nigeria on Monday, the army said. Militants hold the town, residents said.",
            "Militants (Boko Haram)",
            "group:boko-haram",
        ),
        (
            "Boko Haram and ISWAP fought near Baga in Nigeria on Monday. Militants hold Baga, residents said.",
            "Militants",
            "armed:NG",
        ),
        (
            "MOSCOW, March 7. /Agency/. Russian troops fight near Bakhmut. Paratroopers hold it, the ministry said.",
            "Russian army",
            "state:RU",
        ),
        (
            "BEIRUT (Agency) - Russian troops fight near Bakhmut. Paratroopers hold it, the ministry said.",
            "Paratroopers (Ukrainian government forces)",
            "state:UA",
        ),
        (
            "KYIV, March 7 (Agency) - The 81st Brigade holds Bakhmut, residents said.",
            "81st Brigade (Ukrainian government forces)",
            "state:UA",
        ),
        (
            "KYIV, March 7 (Agency) - Ukraine holds Bakhmut, residents said.",
            "Ukraine (Ukrainian government forces)",
            "state:UA",
        ),
        (
            "MOSUL (Agency) - The soldiers of the Caliphate hold Mosul, residents said.",
            "soldiers of the Caliphate (Islamic State)",
            "group:islamic-state",
        ),
        (
            "KYIV, March 7 (Agency) - The army holds Bakhmut and Russian paratroopers hold Soledar, residents said.",
            "Russian paratroopers",
            "state:RU",
        ),
        (
            "The army of Nigeria fought Boko Haram near Baga. The militia has left Baga, an army spokesman said.",
            "militia (Boko Haram)",
            "group:boko-haram",
        ),
        (
            "Boko Haram fought near Baga in Nigeria. Foreign troops hold the town, an army spokesman said.",
            "Foreign troops",
            "state:NG",
        ),
        (
            "Boko Haram fought near Baga in Nigeria. The general's men hold the town, an army spokesman said.",
            "general's men",
            "state:NG",
        ),
        (
            "The army of Nigeria fought Boko Haram near Baga. A militia has left Baga, residents said.",
            "militia",
            "armed:NG",
        ),
        (
            "The army of Nigeria fought Boko Haram near Baga. Units hold the town, an army spokesman said.",
            "Nigerian army",
            "state:NG",
        ),
        (
            "The army of Nigeria fought Boko Haram near Baga. Units of the Sarab Guard hold it, an army officer said.",
            "Units of the Sarab Guard",
            "other:units of the sarab guard",
        ),
        (
            "The army of Nigeria fought Boko Haram near Baga. Units hold the town, residents said.",
            "Units",
            "other:units",
        ),
    ],
)
def test_words_for_a_side_that_the_article_makes_known(text: str, words: str, camp: str) -> None:
    assert camps("nobodyknows.example", text)[words] == camp


def subjects(text: str) -> set[str]:
    article = Article(id="a", source="x", text=text, published_at=datetime(2023, 3, 7, tzinfo=UTC))
    return {claim.subject for claim in pipeline.read(article).claims if claim.kind == "siege"}


def test_a_siege_is_one_whether_or_not_a_sentence_says_whose() -> None:
    told = "Rebels in Chad have surrounded the presidential palace in N'Djamena, they said. "
    assert len(subjects(told + "The palace was not encircled, a minister said.")) == 1


def test_who_holds_a_place_by_the_word_of_both_sides_is_disputed() -> None:
    """The second side tells first how it took the town, then that it has it: the latter speaks against the first."""
    army = "The army fought the rebels in Chad on Friday. Belen is under the control of the army, its spokesman said."
    rebels = "Rebels captured Belen in Chad on Friday, a rebel spokesman said. Belen is in rebel hands, he said."
    facts: dict[str, Fact] = {}
    alerts: list[Alert] = []
    for n, text in enumerate((army, rebels)):
        record = pipeline.read(
            Article(id=str(n), source=f"{n}.example", text=text, published_at=datetime(2023, 3, 3, 12 + n, tzinfo=UTC))
        )
        folded = pipeline.fold(facts, record, Settings())
        facts |= folded.facts
        alerts += folded.alerts
    assert [alert.type for alert in alerts][-1:] == ["contradiction"]


def test_units_of_the_side_that_speaks_bear_its_name() -> None:
    told = (
        "Russian troops fought for Avdiivka. In Moscow, the defence ministry said that assault units held the station."
    )
    article = Article(id="a", source="x", text=told, published_at=datetime(2024, 2, 17, tzinfo=UTC))
    held = [claim for claim in pipeline.read(article).claims if claim.holds == "yes"]
    assert {(claim.side, claim.camp) for claim in held if "station" in claim.asset} == {("Russian army", "state:RU")}


@pytest.mark.parametrize(
    ("text", "side"),
    [
        (
            "BAKU, Nov 8 (Agency) - The city of Shusha is ours, President Ilham Aliyev of Azerbaijan said.",
            "Azerbaijani",
        ),
        ("KABUL (Agency) - Kunduz in Afghanistan is under government control, a resident said.", "government"),
    ],
)
def test_an_office_holds_no_ground_but_its_forces_do(text: str, side: str) -> None:
    assert [words.partition(" ")[0] for words in camps("onewire.example", text)] == [side]


@pytest.mark.parametrize(
    ("text", "side", "camp"),
    [
        (
            "In Chad, the Defence and Security Forces (FDS) killed 63 men. The FDS hold Belen, residents said.",
            "FDS (Defence and Security Forces, Chadian government forces)",
            "state:TD",
        ),
        (
            "In Chad, the Zenna Front (ZF) killed 63 men. The ZF holds Belen, residents said.",
            "ZF (Zenna Front)",
            "band:zenna front",
        ),
    ],
)
def test_a_short_name_means_what_the_article_gives_it_for(text: str, side: str, camp: str) -> None:
    assert camps("onewire.example", text)[side] == camp
