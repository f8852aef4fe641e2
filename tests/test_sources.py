"""Origins, interests and copies."""

from __future__ import annotations

import pytest

from claimstream.judging import copies, sources

ONE_VOICE = [
    (
        ("a.example", "", "", "Adib Karam, a spokesman for the ministry"),
        ("b.example", "", "", "the spokesman, Adib Karam"),
    ),
    (("a.example", "", "", "Mr Karam"), ("b.example", "", "", "Adib Karam")),
    (("a.example", "", "", "The Ministry of Health"), ("b.example", "", "", "the ministry of health")),
    (("a.example", "Reuters", "", ""), ("b.example", "Reuters", "", "")),
    (("a.example", "Reuters", "", "residents"), ("b.example", "Reuters", "", "residents")),
    (("reuters.com", "", "", ""), ("b.example", "Reuters", "", "")),
    (("a.example", "", "", "Karam"), ("b.example", "", "", "Adib Karam, the governor of Amran")),
    (
        ("a.example", "", "", "AMRAN - The director of the hospital in Kafr Zubair, Dr Salim Haddad"),
        ("b.example", "", "", "Dr Haddad"),
    ),
    (("a.example", "", "", "the disaster agency AFAD"), ("b.example", "", "", "AFAD")),
    (("a.example", "", "", "the RSF"), ("b.example", "", "", "The Rapid Support Forces")),
    (("tass.com", "", "", ""), ("sputniknews.com", "", "", "")),
]
TWO_VOICES = [
    (("a.example", "", "", ""), ("b.example", "", "", "")),
    (("a.example", "", "", "residents"), ("b.example", "", "", "residents")),
    (("a.example", "", "", "Adib Karam"), ("a.example", "", "", "Salim Haddad")),
    (("a.example", "", "", "the Amran Monitoring Group"), ("a.example", "", "", "the Zubair Monitoring Group")),
    (("a.example", "", "", "officials"), ("a.example", "", "", "")),
    (("a.example", "", "", "a doctor"), ("b.example", "", "", "a doctor")),
    (("a.example", "", "", "the minister"), ("b.example", "", "", "the president")),
]


@pytest.mark.parametrize(("one", "other"), ONE_VOICE)
def test_one_voice_whoever_prints_it(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert sources.origin(*one) == sources.origin(*other)


@pytest.mark.parametrize(("one", "other"), TWO_VOICES)
def test_two_voices(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert sources.origin(*one) != sources.origin(*other)


@pytest.mark.parametrize(
    ("speaker", "camp"),
    [
        ("officials", "state:SY"),
        ("the army", "state:SY"),
        ("military officials", "state:SY"),
        ("a rebel spokesman", "rebel:SY"),
        ("the rebels' spokesman for military affairs", "rebel:SY"),
        ("a spokesman for the defence ministry", "state:SY"),
        ("residents", ""),
        ("residents and officials", ""),
        ("the Syrian Observatory for Human Rights", ""),
        ("doctors at the army hospital", ""),
        ("the United Nations", ""),
        ("Damascus", "state:SY"),
        ("the SDF's press office", "group:sdf"),
        ("", ""),
    ],
)
def test_the_side_that_a_voice_belongs_to(speaker: str, camp: str) -> None:
    assert sources.interest("", speaker, "northdesk.example", "SY") == camp


def test_a_known_partisan_outlet_speaks_for_its_side() -> None:
    assert sources.interest("", "", "tass.com", "UA") == "state:RU"


COPIED = "A shell that hit the bus station on the ring road has killed 15 travellers, most of them students."


@pytest.mark.parametrize(
    ("other", "copy"),
    [
        (COPIED.replace("students", "pupils"), True),
        ("Today a shell that hit the bus station on the ring road has killed 15 travellers.", True),
        ("Fifteen travellers were killed at the bus station.", False),
        ("Killed.", False),
    ],
)
def test_near_copies_share_runs_of_five_words(other: str, copy: bool) -> None:
    assert copies.near_copy(COPIED, other) is copy


def test_an_army_is_one_voice_however_it_is_called() -> None:
    def origin(said: str, camp: str) -> str:
        return sources.origin("northdesk.example", "", "", said, camp)

    assert origin("Congo army", "state:CD") == origin("the Congolese army", "state:CD")
    assert origin("the army", "state:CD") == origin("the Congolese army", "state:CD")
    assert origin("the health ministry", "state:CD") != origin("the army", "state:CD")
    assert origin("army spokesman Brigadier Karim Haddad", "state:CD") != origin("the army", "state:CD")
    assert origin("the army", "") != origin("the army", "state:CD")
