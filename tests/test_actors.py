"""Whom "we", "they" and "the group" are, and which places are told off together, in the words of people who speak."""

from __future__ import annotations

import pytest

from claimstream.model import Article
from claimstream.reading import states, text


def rows(words: str, title: str = "") -> list[str]:
    sentences = text.sentences(Article(id="a", source="s", title=title, text=words))
    return [f"{m.kind} | {m.asset} | {m.side} | {m.holds}" for found in states.read(sentences) for m in found]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ('"It\'s ours," the rebels said of Belen.', ["control | Belen | rebels | yes"]),
        ('"We\'ve taken Belen," the rebels said.', ["control | Belen | rebels | yes"]),
        ('"We\u2019re not in Belen," the rebels said.', ["control | Belen | rebels | no"]),
        ('"We\'ll take Belen," the rebels said.', []),
        ('"Belen\'s in our hands," the rebels said.', ["control | Belen | rebels | yes"]),
        ("The road to Belen is mined. It's closed.", ["route | road to Belen |  | no"] * 2),
        ('"There\'s no siege of Belen," the mayor said.', ["siege | Belen |  | no"]),
        ("The army's men hold Belen's port.", ["control | port | army's men | yes"]),
    ],
)
def test_short_forms_of_speech_are_verbs(words: str, wanted: list[str]) -> None:
    assert rows(words) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "Abdul Salem, a Houthi spokesman, said that his movement's fighters still held Tawahi.",
            ["control | Tawahi | Houthi | yes"],
        ),
        ("Our units evacuated Tuzla.", ["control | Tuzla | our units | no"]),
        (
            '"We have taken Belen," Colonel Sami Tahar told us. Seleka fighters have seized Belen, residents say.',
            ["control | Belen | Seleka fighters | yes"] * 2,
        ),
        (
            'South Ossetian leader Ada Berg denied that the town of Belen had fallen. "Belen is ours," she said.',
            ["control | Belen | South Ossetian | yes"] * 2,
        ),
        (
            "The army left. The mill has been taken, according to the rebels' news agency.",
            ["control | mill | rebels | yes"],
        ),
        ("Sarab base was vacated on the 14th by nobody knows whom.", ["control | Sarab base |  | no"]),
        ("Militants burned four shops. As to the Old Fort, it is besieged.", ["siege | Old Fort |  | yes"]),
        (
            "The province of Darin, the last that Belen had held, was quiet. Troops control the city of Sarab. The "
            "ministry confirmed that its police had left the city.",
            ["control | Sarab | Troops | yes", "control | Sarab | ministry | no"],
        ),
    ],
)
def test_a_side_is_told_by_the_words_around_it(words: str, wanted: list[str]) -> None:
    assert rows(words) == wanted


@pytest.mark.parametrize(
    ("words", "assets"),
    [
        (
            "Neighbourhoods One and Three are in the hands of the brigades.",
            ["neighbourhood One", "neighbourhood Three"],
        ),
        ("Districts 4, 5 and 9 of Belen have fallen to the rebels.", ["district 4", "district 5", "district 9"]),
        ("Wards 2 and 8 were taken by the rebels.", ["ward 2", "ward 8"]),
        ("The army took Blocks A and B.", ["block A", "block B"]),
        ("Rebels took the hills and 4 men.", ["hills"]),
    ],
)
def test_places_that_are_told_off_by_number_are_read_one_by_one(words: str, assets: list[str]) -> None:
    assert [row.split(" | ")[1] for row in rows(words)] == assets


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "Fighting went on in Darin. The hospital director in Sarab said the town was full of rebels.",
            "Darin",
        ),
        ("Residents in Sarab said the rebels had left the town.", "Sarab"),
    ],
)
def test_the_seat_of_a_speaker_is_not_the_town(words: str, wanted: str) -> None:
    assert rows(words)[-1].split(" | ")[1] == wanted


def test_heroes_are_those_of_their_side() -> None:
    assert rows("The heroes of the federal police liberated the mill.") == [
        "control | mill | heroes of the federal police | yes"
    ]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (
            "The rebels took Darin after the liberation of the town, but Russia said its troops "
            "were in control of Belen.",
            "Belen | Russia | yes",
        ),
        (
            'The soldiers fled. "Belen has fallen," said Colonel Ada Berg of the rebel coalition.',
            "Belen | rebel coalition | yes",
        ),
        ('The soldiers fled. "Belen has fallen," a rebel commander admitted.', "Belen | rebel | no"),
        ('The soldiers fled. "Belen has fallen," said a colonel in the army.', "Belen | army | no"),
        (
            'The Ministry of Defence denied it. "The fort was not lost for one minute," its spokesman, Ada Berg, said.',
            "fort | government | yes",
        ),
        (
            "Sami Tahar, a member of parliament, said rebels had left. Tahar said the fort was lost.",
            "fort | rebels | no",
        ),
    ],
)
def test_who_speaks_tells_whose_the_place_is(words: str, wanted: str) -> None:
    assert rows(words)[-1] == f"control | {wanted}"


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("The mayor described as baseless the rumours that rebels had taken Belen.", ["control | Belen | rebels | no"]),
        (
            "The army describes rebel claims to have captured Belen as wishful thinking.",
            ["control | Belen | rebel | no"],
        ),
        ("The army described Belen as a fort that the rebels had taken.", ["control | fort | rebels | yes"]),
        ("The rebels control Belen no longer.", ["control | Belen | rebels | no"]),
        ("The rebels hold Belen no more than by a thread.", ["control | Belen | rebels | yes"]),
        ("Belen would be the first town to fall to the rebels since May.", []),
        ("Belen was the first town to fall to the rebels.", ["control | Belen | rebels | yes"]),
        (
            "The army is in charge of Belen, both said, but they disagreed about Darin.",
            ["control | Belen | army | yes"],
        ),
    ],
)
def test_what_is_denied_or_only_supposed(words: str, wanted: list[str]) -> None:
    assert rows(words) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("A rebel column that had broken into Belen was destroyed on Sunday.", []),
        ("Militants who had entered Belen on Friday were killed.", []),
        ("Rebels who had seized the fort were seen in the market.", ["control | fort | Rebels | yes"]),
        ("The army held it. The base at Darin surrendered on Monday.", ["control | base | army | no"]),
        (
            "Ada Berg, for the rebels, said they were tired. Her forces, she went on, had entered Belen. The minister "
            "said Darin was quiet.",
            ["control | Belen | rebels | yes"],
        ),
        (
            "The rebels are in Belen. The mayor left for Darin, he said; community leaders confirm this.",
            ["control | Belen | rebels | yes"],
        ),
    ],
)
def test_who_came_in_and_stayed(words: str, wanted: list[str]) -> None:
    assert [row for row in rows(words) if "Darin" not in row] == wanted
