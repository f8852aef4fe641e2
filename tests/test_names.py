"""Places, sides and outlets are found and keyed; different ones are never merged."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimstream.lexicon import load, names
from claimstream.model import Article
from claimstream.reading import text


def found(words: str, book: names.NameBook | None = None) -> list[tuple[str, str, str]]:
    sentence = text.sentences(Article(id="a", source="s", text=words))[0]
    return [(n.text, n.kind, n.key) for n in names.find(sentence, book)]


@pytest.mark.parametrize("example", load("sides")["example"], ids=lambda e: f"{e['words']} in {e['country']}")
def test_sides_have_the_keys_of_their_examples(example: dict[str, str]) -> None:
    assert names.side_key(example["words"], example["country"]) == example["key"]


@pytest.mark.parametrize(
    ("spellings", "country"),
    [
        ("Ramouseh|Ramousah|Ramussa|Ramuseh|Ramouseh district", "SY"),
        ("Kunduz|Konduz|Kundoz|Kunduz city|the city of Kunduz", "AF"),
        ("Bariire|Bareere|Barire", "SO"),
        ("Awdheegle|Aw Dheegle", "SO"),
        ("Raqqa|Raqqah|Rakka|al-Raqqa", "SY"),
        ("Chahar Dara|Char Dara|Chardara", "AF"),
        ("Dasht-e-Archi|Dasht-i-Archi", "AF"),
        ("Khan Abad|Khanabad", "AF"),
        ("Deir Ezzor|Deir ez-Zor|Deir al-Zor", "SY"),
        ("Tabqa|Tabqah|al-Tabqa|al-Thawra", "SY"),
        ("Kyiv|Kiev", "UA"),
        ("Bakhmut|Artemivsk", "UA"),
        ("Severodonetsk|Sievierodonetsk", "UA"),
        ("Taiz|Taizz|Ta'izz", "YE"),
        ("Hodeidah|Hodeida|Al Hudaydah", "YE"),
        ("Sana'a|Sanaa|Sana’a", "YE"),
        ("El Fasher|Al-Fashir|Al Fashir", "SD"),
        ("Khan Younis|Khan Yunis", "PS"),
        ("Mekelle|Mekele", "ET"),
        ("Mogadishu|Muqdisho", "SO"),
        ("Mocímboa da Praia|Mocimboa", "MZ"),
        ("Sot de Chera|Sot", "ES"),
    ],
)
def test_spellings_of_one_place_share_a_key(spellings: str, country: str) -> None:
    assert len({names.place_key(name, country) for name in spellings.split("|")}) == 1


@pytest.mark.parametrize(
    ("one", "other", "country"),
    [
        ("Mosul", "Masul", ""),
        ("Daraa", "Daraya", "SY"),
        ("Homs", "Hama", "SY"),
        ("Idlib", "Idlib province", "SY"),
        ("Khan Younis", "Khan Touman", "SY"),
        ("Tal Abyad", "Tal Rifaat", "SY"),
        ("Goma", "Gao", "CD"),
        ("Beni", "Bunia", "CD"),
        ("Bukavu", "Butembo", "CD"),
        ("Lyman", "Lviv", "UA"),
        ("Bama", "Baga", "NG"),
        ("Kidal", "Gao", "ML"),
        ("Lugansk", "Donetsk", "UA"),
        ("Marib", "Mocha", "YE"),
        ("San Juan de la Cruz", "San Juan del Sur", "ES"),
        ("Rio de Janeiro", "Rio Grande", "BR"),
        ("Rafah", "Raqqa", ""),
        ("north bank", "south bank", ""),
        ("airport", "port", ""),
    ],
)
def test_different_places_keep_apart(one: str, other: str, country: str) -> None:
    assert names.place_key(one, country) != names.place_key(other, country)


@pytest.mark.parametrize(
    ("one", "other", "country", "same"),
    [
        ("rebels", "Army of Conquest", "SY", True),
        ("rebels", "Islamic State", "SY", False),
        ("insurgents", "Taliban", "AF", True),
        ("militants", "al Shabaab", "SO", True),
        ("militants", "Islamic State", "SY", False),
        ("M23", "rebels", "CD", True),
        ("Russian jets", "government forces", "SY", True),
        ("Russian troops", "government forces", "UA", False),
        ("pro-Russian separatists", "separatists", "UA", True),
        ("SDF", "rebels", "SY", False),
        ("Houthis", "Saudi-led coalition", "YE", False),
        ("Hezbollah", "the Syrian army", "SY", True),
        ("they", "they", "SY", False),
        ("RSF", "the army", "SD", False),
    ],
)
def test_camps(one: str, other: str, country: str, same: bool) -> None:
    keys = names.side_key(one, country), names.side_key(other, country)
    assert names.same_side(*keys, country) is same


@pytest.mark.parametrize(
    ("speaker", "country", "side"),
    [
        ("a spokesman for the defence ministry", "AF", "state:AF"),
        ("Taliban spokesman Omar Roe", "AF", "rebel:AF"),
        ("residents and doctors", "AF", ""),
        ("the UN", "CD", ""),
        ("Rwandan army spokesman", "CD", "state:RW"),
        ("M23 spokesman Jean Roe", "CD", "rebel:CD"),
        ("Syrian state media", "SY", "state:SY"),
    ],
)
def test_the_interest_of_a_speaker(speaker: str, country: str, side: str) -> None:
    assert names.interest(speaker, country) == side


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The Taliban took Kunduz.", [("Taliban", "side", "group:taliban"), ("Kunduz", "place", "kunduz")]),
        ("IS fighters left; this is news.", [("IS", "side", "group:islamic-state"), ("fighters", "side", "armed")]),
        ("He told us that US aid came.", [("US", "country", "country:US")]),
        ("Afghan troops near Mazar-i-Sharif", [("Afghan", "people", "people:AF"),
            ("troops", "side", "state"), ("Mazar-i-Sharif", "place", "mazarsharaf")]),
        ("The Lord's Resistance Army left.", [("Lord 's Resistance Army", "side", "group:lra")]),
        ("Medina Hospital was full.", []),
        ("President Omar Goma Hassan spoke.", []),
        ("Reuters and AFP were there.", [("Reuters", "outlet", "reuters"), ("AFP", "outlet", "afp")]),
        ("The Damascus-based group left.", [("Damascus", "place", "damascus")]),
        ("The Syrian National Army left.", [("Syrian National Army", "side", "group:free-syrian-army")]),
    ],
)  # fmt: skip
def test_names_in_a_sentence(words: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(words) == expected


def test_every_name_of_several_words_is_found_by_its_openings() -> None:
    book = names.default()
    for name in book.phrases:
        words = name.split(" ")
        assert all(" ".join(words[:n]) in book.openings for n in range(1, len(words))), name


def test_an_operators_file_adds_places_actors_and_outlets() -> None:
    extra = {
        "place": [{"name": "Zubrowka Gate", "names": ["Zubrowka Tor"], "country": "SY"}],
        "actor": [{"key": "grey-wolves", "names": ["Grey Wolves Brigade"], "home": ["SY"], "camps": {"SY": "rebel"}}],
        "outlet": [{"key": "zub", "names": ["Zubrowka Post", "zub.example"], "interest": "rebel:SY", "wire": True}],
    }
    book = names.book(extra)
    assert found("The Grey Wolves Brigade took Zubrowka Gate, Zubrowka Post says.", book) == [
        ("Grey Wolves Brigade", "side", "group:grey-wolves"),
        ("Zubrowka Gate", "place", "zubruwkagata"),
        ("Zubrowka Post", "outlet", "zub"),
    ]
    assert names.place_key("Zubrowka Tor", "SY", book) == names.place_key("Zubrowka Gate", "SY", book)
    assert names.camp(names.side_key("Grey Wolves Brigade", "SY", book), "SY", book.sides) == "rebel:SY"
    medium = names.outlet("www.zub.example", book)
    assert medium is not None and medium.wire and medium.interest == "rebel:SY"
    assert found("The Grey Wolves Brigade left.") == []


def test_outlets_are_known_by_name_and_domain() -> None:
    one, other = names.outlet("www.sana.sy"), names.outlet("SANA")
    assert one is not None and one is other and one.interest == "state:SY"
    assert names.outlet("unknown.example") is None


@given(st.text(max_size=200), st.sampled_from(["", "SY", "UA", "XX"]))
@settings(max_examples=200, deadline=None)
def test_nothing_crashes_and_names_do_not_overlap(words: str, country: str) -> None:
    names.side_key(words, country)
    names.place_key(words, country)
    names.outlet(words)
    for sentence in text.sentences(Article(id="a", source="s", text=words)):
        end = 0
        for name in names.find(sentence):
            assert end <= name.start < name.end <= len(sentence.tokens)
            end = name.end


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs"]), min_size=1, max_size=40))
@settings(max_examples=200, deadline=None)
def test_a_key_ignores_case_and_outer_spaces(name: str) -> None:
    assert names.place_key(f"  {name} ") == names.place_key(name)


@pytest.mark.parametrize(
    "words, places",
    [
        ("It ended at 05:00 Kabul time.", []),
        ("In Kabul time is short.", ["Kabul"]),
        ("Armenia Street is shut.", []),
        ("They entered Tal Marhun at dawn.", []),
        ("It was quiet in Idlib Monday.", ["Idlib"]),
    ],
)
def test_clocks_and_streets_are_no_places(words: str, places: list[str]) -> None:
    sentence = text.sentences(Article(id="a", source="x", text=words))[0]
    assert [name.text for name in names.find(sentence)] == places


def test_factions_that_fight_each_other_are_not_one_side() -> None:
    assert names.side_key("UPC", "CF") != names.side_key("FPRC", "CF")
    assert names.side_key("MNLF", "PH") != names.side_key("MILF", "PH")
