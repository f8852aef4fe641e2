"""Who took what an article says was taken, from what the whole article says."""

from __future__ import annotations

from claimstream.model import Article
from claimstream.reading import states, text


def sides(words: str, asset: str, holds: str = "yes", title: str = "") -> list[str]:
    sentences = text.sentences(Article(id="a", source="s", title=title, text=words))
    found = [m for row in states.read(sentences) for m in row]
    return [m.side.lower() for m in found if m.asset.lower() == asset and m.holds == holds]


def test_a_place_taken_by_nobody_named_is_that_of_who_is_said_to_have_taken_it() -> None:
    words = "The town of Belen was captured.\n\nThe mayor met the militia.\n\nThe rebels captured Belen at dawn."
    assert sides(words, "belen") == ["rebels", "rebels"]


def test_the_campaign_says_who_took_the_next_place() -> None:
    words = (
        "The marines took the port of Sarab on Monday.\n\nThe marines took the mill on Tuesday.\n\n"
        "The health ministry counted 40 dead.\n\nThe Qasr district was captured on Friday."
    )
    assert sides(words, "qasr")[:1] == ["marines"] or sides(words, "qasr district") == ["marines"]


def test_the_enemy_is_no_witness() -> None:
    words = "The enemy has lost Belen.\n\nThe army is strong.\n\nBelen has been lost."
    assert "enemy" not in sides(words, "belen", "no")[1:]


def test_a_line_of_a_timeline_reads_like_a_headline() -> None:
    words = "The army holds the coast.\n\nJanuary 25: Mulla captured.\n\nMay 3: Kelen falls"
    assert sides(words, "mulla") == ["army"]
    assert len(sides(words, "kelen", "no")) == 1
    assert not sides("Nobody knows whether Mulla captured.", "mulla")


def test_who_is_said_to_have_taken_a_place_has_not_lost_it() -> None:
    words = "Norlandic fighters seized Belen on Saturday.\n\nThe Orvian army admitted a retreat."
    assert sides(words, "belen", "no", title="Belen falls") == ["orvian army"]


def test_a_garrison_takes_no_town() -> None:
    words = "The rebels are close.\n\nBelen was recaptured on Monday and the garrison of its castle fed."
    assert "garrison" not in sides(words, "belen")


def test_an_outlet_that_calls_the_government_a_regime_calls_liberated_what_the_rebels_took() -> None:
    words = "The revolutionaries stormed the last hangars, and the regime's garrison fled."
    assert sides(words, "belen airport", title="Belen airport liberated") == ["revolutionaries"]


def test_it_is_the_town_that_was_taken_and_not_the_country_around() -> None:
    words = "Several hundred rebels overran Belen, the seat of a district in western Norland, and left it again at ten."
    assert sides(words, "belen", "no") == ["rebels"]
