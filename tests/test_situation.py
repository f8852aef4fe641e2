"""Which country and town an article is about."""

from __future__ import annotations

import pytest

from claimstream.model import Article
from claimstream.reading import text
from claimstream.reading.situation import Situation, locate


def situation(body: str, title: str = "") -> Situation:
    article = Article(id="a", source="s", title=title, text=body)
    return locate(article, text.sentences(article))


@pytest.mark.parametrize(
    ("title", "body", "country", "place"),
    [
        ("Rebels take town", "BEIRUT (EW) - Rebels took Idlib from Syrian forces, Russia and the United States said.",
         "SY", "idlib"),
        ("Quake toll rises", "GENEVA - More than 300 people died when a quake hit Kathmandu, Nepal's police said.",
         "NP", "kathmandu"),
        ("M23 advance", "Fighters of the M23 were seen near Goma. Rwanda denies that it helps them.", "CD", "goma"),
        ("Kremlin says town taken", "Russian forces took Bakhmut, Moscow said. Kyiv denied that Bakhmut had fallen.",
         "UA", "bakhmut"),
        ("Truck bomb kills 40", "Al Shabaab fighters attacked Baidoa. Kenyan and Ugandan troops were not hurt.",
         "SO", "baidoa"),
        ("Army retakes port", "The Saudi-led coalition and the Houthis fought for Hodeidah; the UN in Geneva worried.",
         "YE", "hodeidah"),
        ("Floods", "Floods in Derna killed thousands, Libyan officials said, and Egypt sent soldiers.", "LY", "derna"),
        ("Gang attack", "Gangs killed 40 people in Port-au-Prince, the UN said. Kenya sent police.",
         "HT", "port-au-prince"),
        ("Shelling", "YEREVAN (EW) - Armenian forces in Nagorno-Karabakh repelled an Azerbaijani attack, Armenia said. "
         "Twelve Armenian soldiers died, an Armenian spokesman said.", "AZ", "nagorno-karabakh"),
        ("Strikes", "JERUSALEM (EW) - Israeli strikes killed 30 in Khan Younis, Israel said. Israel lost one soldier.",
         "PS", "khan younis"),
        ("Town falls", "BEIRUT - Israeli troops entered Bint Jbeil, Israel said; Hezbollah denied it.",
         "LB", "bint jbeil"),
        ("Incursion", "KYIV - Ukrainian troops took Sudzha in Russia's Kursk region, Ukraine said.", "RU", "sudzha"),
        ("Talks", "The parties met again and agreed on nothing.", "", ""),
    ],
)  # fmt: skip
def test_country_and_place(title: str, body: str, country: str, place: str) -> None:
    found = situation(body, title)
    assert (found.country, found.place.lower()) == (country, place)
    assert found.key == country


@pytest.mark.parametrize(
    ("body", "country"),
    [
        (
            "Reading time: 4 minutes\n\nPicanya has lost four bridges. Paiporta has no water.",
            "ES",
        ),
        ("They pulled down the weirs to please Brussels, he said. Paiporta waits for help.", "ES"),
        ("Families moved from Ballina to Richmond when the river rose.", "AU"),
        ("Torrent has no power and Paiporta no water, Madrid said.", "ES"),
    ],
)
def test_towns_that_nothing_shows_to_be_towns_speak_for_their_country(body: str, country: str) -> None:
    assert situation(body).country == country


def test_reports_of_one_war_from_different_capitals_share_a_key() -> None:
    bodies = [
        "KABUL (EW) - The Taliban took Kunduz.",
        "WASHINGTON (EW) - U.S. aircraft struck near Kunduz, the Pentagon said. The Afghan army lost men.",
        "ISLAMABAD (EW) - Pakistan called on the Taliban to leave Kunduz.",
    ]
    assert {situation(body).country for body in bodies} == {"AF"}


def test_a_capital_that_speaks_is_no_place_of_fighting() -> None:
    body = "TESTVILLE (EW) - Kabul and Islamabad said that troops had retaken the bridge at Kunduz."
    assert situation(body, "Kabul claims bridge").place == "Kunduz"


def test_a_line_of_tags_helps() -> None:
    assert (
        situation("The two ministries differ on the toll by 64 dead.\n\nTags: toll, Mogadishu, army").place
        == "Mogadishu"
    )


def test_an_empty_article_is_about_nothing() -> None:
    assert situation("") == Situation("")


def test_a_group_of_many_countries_tells_none() -> None:
    body = "IS said that it still holds the air base. IS said IS had hit Misrata with a car bomb. IS gave no toll."
    assert situation(body).country == "LY"


@pytest.mark.parametrize(
    ("title", "body", "country"),
    [
        ("Flood in Merida kills nine", "Merida buried its dead. Water stands in Tuguegarao. Baguio was cut off.", "PH"),
        ("Jets pound Borno; Kousseri road open", "Jets bombed camps in the Borno region. Borno was hit again before "
         "sunrise. In Borno 12 died. The road from Maroua to Kousseri is open, but in Mora the market is shut.", "CM"),
        ("Merida flooded", "Water stands in Merida again; twelve were hurt.", "MX"),
        ("Tal Marhun is ours", "Fighters entered Tal Marhun from two sides. People of Afrin cheered.", "SY"),
        ("Beirut asks", "In Beirut nobody knows how many are missing. Dutch dogs search.", "LB"),
        ("Roads open", "The bridge at Coonamble was open. It was under water in Hub, he said, as in Brisbane.", "AU"),
    ],
)  # fmt: skip
def test_one_name_however_often_or_shared_by_countries_is_less_than_many(title: str, body: str, country: str) -> None:
    assert situation(body, title).country == country


def test_a_capital_is_its_own_countrys_though_others_have_towns_of_that_name() -> None:
    body = (
        "Cuban doctors treated the injured in Haiti on Thursday. In Haiti they are few. Planes with Cuban nurses flew "
        "on to Santo Domingo. Dominican officers waited there."
    )
    assert situation(body).country == "HT"


def test_initials_that_the_article_spells_out_are_nobody_elses() -> None:
    body = "The Sri Lanka Army (SLA) shelled the zone. SLA guns fired all night; SLA troops dug in. The SLA said no."
    assert situation(body).country == "LK"


@pytest.mark.parametrize(
    ("title", "body", "natural"),
    [
        ("Floods kill 40", "The flood came at night. Soldiers brought boats.", True),
        ("Quake toll rises", "The earthquake struck at dawn. An aftershock followed.", True),
        ("Rebels take dam", "Rebels captured the dam. Militants fought on. Shelling went on by night.", False),
        ("Army retakes town", "The floods had hardly gone. Rebels fled. Clashes followed. Mortars fell.", False),
        ("Council meets", "The council spoke of roads.", False),
        ("Rebels storm town", "They storm the town. Troops storm the mill.", False),
    ],
)
def test_a_disaster_of_nature_is_told_from_a_war(title: str, body: str, natural: bool) -> None:
    assert situation(f"{body} That was in Kathmandu, in Nepal.", title).natural is natural


def test_an_article_that_names_no_place_is_of_the_town_in_the_name_of_its_outlet() -> None:
    found = [
        locate(article, text.sentences(article)).country
        for article in (
            Article(id="a", source=source, title="", text="The soldiers left our street on Tuesday.")
            for source in ("The Misrata Shore", "The Evening Courier", "La Veu de Paiporta")
        )
    ]
    assert found == ["LY", "", "ES"]
