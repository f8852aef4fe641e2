"""The town that a thing without a name lies in, by the words around it."""

from __future__ import annotations

import pytest

from claimstream.model import Article
from claimstream.reading import states, text

PLACED = [
    ("In Belen, residents said the airport was under rebel control.", "Belen"),
    ("At Darin the border post was overrun by rebels at dawn.", "Darin"),
    ("As for Sarab, the barracks are in rebel hands.", "Sarab"),
    ("Rebels entered Darin and seized the base there.", "Darin"),
    ("Rebels captured the town of Darin and its barracks.", "Darin"),
    ("Darin, with its hospital, has been in rebel hands since noon.", "Darin"),
    ("Belen's harbour master said the port had been shut since Monday.", "Belen"),
    ("Residents of Belen said rebels had taken the police station.", "Belen"),
    ("Belen is divided, with rebels holding the airport.", "Belen"),
    ("Darin fell on Monday. Its airport was captured by rebels.", "Darin"),
    ("In Belen there was panic. Rebels seized the police station, a teacher said.", "Belen"),
    ("The ship was turned away from Darin on Monday. The port is closed.", "Darin"),
    ("Rebels captured the airport in the northern city of Darin.", "Darin"),
    ("In Belen, rebels seized the airport. The army said that the airport had not fallen.", "Belen"),
]
NOT_PLACED = [
    "The ministry in Belen said that rebels had seized the airport.",
    "Rebels on the road to Belen seized the barracks.",
    "BELEN, January 28 (Wire) - Rebels seized the airport.",
    "Belen, January 28 - Rebels seized the airport.",
    "Darin Oil lost its depot to rebels.",
    "As for the Darins, rebels overran the base.",
    "In Belen, a general said that rebels had taken the airport.",
    "Fighting raged 30 km east of Belen and rebels took the airport.",
    "In Belen there was panic.\n\nRebels seized the airport.",
    "In Belen residents slept badly. Rebels cut the road.",
    "Ships lay off Belen and Darin. The port is closed.",
    "Gunmen were seen in Darin. Rebels hold the airport.",
    "In the Sarab district, rebels took the police station.",
]


def last_place(words: str) -> str:
    article = Article(id="a", source="x.example", text=words)
    found = [mention for each in states.read(text.sentences(article)) for mention in each]
    assert found, words
    return found[-1].place


@pytest.mark.parametrize(("words", "place"), PLACED)
def test_the_words_around_a_thing_tell_its_town(words: str, place: str) -> None:
    assert last_place(words) == place


@pytest.mark.parametrize("words", NOT_PLACED)
def test_a_name_nearby_that_tells_nothing_of_the_thing(words: str) -> None:
    assert last_place(words) == ""


OWN_TOWN = [
    ("The mayor of Darin said most of his town was in rebel hands.", "Darin"),
    ("A teacher from Darin fled when rebels entered her town.", "Darin"),
    ("The hills around Darin, and by noon the village itself, were captured by rebels.", "Darin"),
    ("The army holds the road to Darin but not the town itself.", "Darin"),
    ("The general said that his town was in rebel hands.", "town"),
]


@pytest.mark.parametrize(("words", "town"), OWN_TOWN)
def test_whose_town_it_is(words: str, town: str) -> None:
    article = Article(id="a", source="x.example", text=words)
    assert [mention.asset for each in states.read(text.sentences(article)) for mention in each][-1] == town
