"""Keys of subjects: wordings that must meet, and wordings that must not."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from claim_maker import COUNTRY, FOCUS, claim
from claimstream.judging import subject
from claimstream.model import Claim


def control(asset: str, sentence: str = "", **fields: Any) -> Claim:
    return claim("control", 1, sentence or f"They took {asset}.", asset=asset, side="rebels", holds="yes", **fields)


def figure(who: str, sentence: str = "", **fields: Any) -> Claim:
    return claim(
        "figure", 1, sentence or f"20 {who}", **{"measure": "killed", "who": who, "low": 20, "high": 20, **fields}
    )


def key(one: Claim, country: str = "SY", focus: str = "Marhaba") -> str:
    return subject.key(one, country, focus)


SAME_ASSET = [
    ("military colleges", "several military academies"),
    ("the highway", "part of a motorway"),
    ("airbase", "the air base"),
    ("Tell Amran", "the town of Tell Amran"),
    ("Tell Amran", "Tell Amran district"),
    ("Ramouseh", "Ramousah"),
    ("Ramouseh", "the Ramussa district"),
    ("Konduz", "Kunduz"),
    ("the central prison", "jail"),
    ("the airport", "its runway"),
    ("base at Mubaarak", "the South African base at Mubarak"),
    ("half of the city", "Marhaba"),
    ("police headquarters", "the headquarters of the police"),
    ("police headquarters", "the police station"),
    ("the municipal building", "municipal offices"),
    ("the international airport", "the airport"),
    ("the regional hospital", "the general hospital"),
    ("the presidential palace", "the palace"),
    ("a cargo airport", "the airport"),
    ("the grain silos", "the silo"),
    ("the train station", "the railway station"),
    ("the municipal stadium", "the stadium"),
    ("the border at Tell Amran", "the Tell Amran border crossing"),
    ("K1", "the K1 base"),
    ("Neighbourhood Two", "the second neighbourhood"),
    ("District 3", "the third district"),
    ("neighbourhood number two", "Neighbourhood Two"),
    ("Marhun complex", "Marhun"),
    ("Mount Marhun", "Marhun mountain"),
    ("base of the 35th Armoured Brigade", "the headquarters of Brigade 35"),
    ("275th Infantry Battalion", "Battalion 275"),
    ("the railway station", "the station"),
    ("Quart de Amran", "Quart"),
]
RESPELT = [
    ("UA", "Vuhlehorivka", "Uglegorovka"),
    ("UA", "Belohirsk", "Belogorsk"),
    ("UA", "Darynove", "Darinovo"),
    ("UA", "Sarabivka", "Sarabovka"),
    ("UA", "Novokamske", "Novokamskoye"),
    ("AZ", "Sardakert", "Sartakert"),
    ("LK", "Belanthivu", "Belantivu"),
]
"""Country, and two spellings of a name by the rules of its languages."""
KEPT_APART = [
    ("UA", "Sarabivka", "Sarabivske"),
    ("UA", "Darynsk", "Darynske"),
    ("UA", "Nova Belenka", "Stara Belenka"),
    ("SY", "Belohirsk", "Belogorsk"),
]
OTHER_ASSET = [
    ("Marhaba", "Marhaba airport"),
    ("the airport", "the airbase"),
    ("the third district", "the first district"),
    ("the third district", "Marhaba"),
    ("eastern Marhaba", "western Marhaba"),
    ("North Kivu", "South Kivu"),
    ("Tell Amran", "Tell Abyad"),
    ("base by the river", "the base"),
    ("the police headquarters", "the army headquarters building of the navy"),
    ("the radio station", "the railway station"),
    ("the fuel terminal", "the airport"),
    ("the airport road", "the airport"),
    ("the gate of the stadium", "the stadium"),
    ("the municipal building", "the parliament building"),
    ("Idlib", "the Idlib base"),
    ("Neighbourhood Two", "Neighbourhood Three"),
    ("Sector 12", "Sector 13"),
    ("Neighbourhood Two", "Marhaba"),
    ("Marhun hospital", "Marhun"),
]


@pytest.mark.parametrize(("one", "other"), SAME_ASSET)
def test_wordings_of_one_asset_meet(one: str, other: str) -> None:
    assert key(control(one)) == key(control(other))


@pytest.mark.parametrize(("one", "other"), OTHER_ASSET)
def test_other_assets_stay_apart(one: str, other: str) -> None:
    assert key(control(one)) != key(control(other))


@pytest.mark.parametrize(("country", "one", "other"), RESPELT)
def test_spellings_of_two_languages_of_a_country_meet(country: str, one: str, other: str) -> None:
    assert key(control(one), country) == key(control(other), country)


@pytest.mark.parametrize(("country", "one", "other"), KEPT_APART)
def test_names_that_only_look_alike_stay_apart(country: str, one: str, other: str) -> None:
    assert key(control(one), country) != key(control(other), country)


def test_a_common_noun_belongs_to_the_place_of_the_article() -> None:
    assert key(control("the airport"), "CD", "Goma") != key(control("the airport"), "YE", "Hodeidah")
    assert key(control("the airport"), "CD", "Goma") == key(control("Goma airport"), "CD", "Sake")


ROADS = [
    ("Amran-Sakeh road", "road between Sakeh and Amran"),
    ("road from Amran to Sakeh", "the highway that connects Sakeh with Amran"),
    ("road to Sakeh", "Marhaba-Sakeh road"),
    ("highway from Sakeh", "highway to Sakeh"),
    ("coast road", "coastal highway between Amran and Sakeh"),
    ("the supply road to Sakeh", "the access road to Sakeh"),
    ("Amran-Sakeh Union Highway", "Union Highway between Amran and Sakeh"),
    ("Amran-Sakeh Union Highway", "road from Amran to Sakeh"),
    ("way down to Sakeh", "road to Sakeh"),
    ("RN2", "Route Nationale 2"),
    ("A-9", "A9 motorway"),
    ("National Route 2", "Highway 2"),
    ("western entrance of Marhaba", "western gate"),
    ("Amran-Sakeh railway line", "railway between Amran and Sakeh"),
    ("Sakeh International Airport", "airport of Sakeh"),
]


@pytest.mark.parametrize(("one", "other"), ROADS)
def test_a_road_is_its_two_ends_in_any_order(one: str, other: str) -> None:
    keys = {key(claim("route", 1, f"The {road} is open.", asset=road, holds="yes")) for road in (one, other)}
    assert len(keys) == 1


OTHER_ROADS = [("A9", "M9"), ("northern road", "southern road"), ("A9", "bridge on the A9")]


@pytest.mark.parametrize(("one", "other"), OTHER_ROADS)
def test_roads_of_other_numbers_and_sides_are_others(one: str, other: str) -> None:
    keys = {key(claim("route", 1, f"The {road} is open.", asset=road, holds="yes")) for road in (one, other)}
    assert len(keys) == 2


def test_it_in_the_name_of_a_road_is_the_place_before() -> None:
    sentence = "The army holds Amran and the road that links it with Sakeh."
    linked = claim("route", 1, sentence, asset="road that links it with Sakeh", holds="yes")
    plain = claim("route", 1, "The road is cut.", asset="road from Amran to Sakeh", holds="no")
    assert key(linked) == key(plain)


def test_the_two_sieges_of_a_divided_city_stay_apart() -> None:
    def siege(asset: str, side: str) -> str:
        return key(claim("siege", 1, "It is besieged.", asset=asset, side=side, holds="yes"))

    assert siege("Marhaba", "government") == siege("rebel-held districts", "the army") == siege("eastern Marhaba", "")
    assert siege("government-held districts", "rebels") != siege("Marhaba", "government")


SAME_COUNT = [
    ("people", "dead"),
    ("people", "bodies"),
    ("soldiers", "members of the security forces"),
    ("soldiers", "policemen"),
    ("insurgents", "rebels"),
    ("people", "dead, most of them civilians"),
    ("people", "persons had passed the gate"),
    ("people", "members of one family"),
    ("people", "forcibly displaced persons"),
    ("rebels", "fighters"),
    ("soldiers", "bodies of soldiers handed over"),
    ("people", "dead, soldiers and civilians"),
    ("soldiers", "havildars"),
]
OTHER_COUNT = [
    ("people", "civilians"),
    ("people", "soldiers"),
    ("soldiers", "rebels"),
    ("people", "children"),
    ("people", "dead on arrival"),
    ("staff", "patients"),
    ("Russian soldiers", "American soldiers"),
    ("people", "families"),
    ("rebels", "combatants"),
]


@pytest.mark.parametrize(("one", "other"), SAME_COUNT)
def test_counts_of_the_same_people_meet(one: str, other: str) -> None:
    assert key(figure(one)) == key(figure(other))


@pytest.mark.parametrize(("one", "other"), OTHER_COUNT)
def test_counts_of_others_stay_apart(one: str, other: str) -> None:
    assert key(figure(one)) != key(figure(other))


def test_adjectives_that_say_what_the_measure_says_restrict_nothing() -> None:
    assert key(figure("homes uninhabitable", measure="destroyed")) == key(figure("homes", measure="destroyed"))
    assert key(figure("empty homes", measure="destroyed")) != key(figure("homes", measure="destroyed"))


def test_the_country_s_own_people_by_two_words_restrict_nothing() -> None:
    told = figure("Sri Lankan soldiers"), figure("soldiers")
    assert len({subject.key(one, "LK", "Marhaba") for one in told}) == 1
    assert len({subject.key(one, "SY", "Marhaba") for one in told}) == 2


def test_people_in_the_houses_of_a_side_are_not_of_it() -> None:
    told = figure("people in government camps", measure="displaced"), figure("soldiers", measure="displaced")
    assert "state forces" not in key(told[0])
    assert "state forces" in key(told[1])


def test_a_total_and_its_part_are_never_compared() -> None:
    total = figure("wounded", measure="wounded")
    assert key(total) != key(replace(total, total=False))
    assert key(total) != key(figure("treated at the Noor centre", measure="wounded"))
    flown = "35 of the wounded were flown abroad."
    assert key(total) != key(figure("wounded", flown, measure="wounded", words="35 of the wounded"))


def test_a_hospital_that_counts_its_own_is_a_part() -> None:
    assert key(figure("bodies", "Noor Hospital has registered 20 bodies.")) != key(figure("bodies"))
    assert key(figure("bodies", "The hospital's director spoke of 20 bodies.")) == key(figure("bodies"))


def test_units_scopes_and_periods_stay_apart() -> None:
    displaced = figure("people", measure="displaced")
    assert key(displaced) != key(replace(displaced, who="families", unit="families"))
    assert key(displaced) != key(replace(displaced, scope="total"))
    assert key(displaced) != key(replace(displaced, scope="period", since="this month"))
    assert key(displaced) == key(replace(displaced, since="Monday"))


def test_who_is_counted_may_stand_after_the_noun() -> None:
    bodies = figure("bodies", "A doctor has counted 20 bodies in uniform.", words="20 bodies")
    assert key(bodies) == key(figure("soldiers"))


def test_its_dead_are_of_the_side_that_the_sentence_names() -> None:
    left = figure("its dead", "A patrol of soldiers was driven off and left 20 of its dead behind.")
    assert key(left) == key(figure("soldiers"))


@pytest.mark.parametrize(
    ("words", "by", "side"),
    [
        ("The rebels left 20 bodies behind.", "", "rebels"),
        ("The army has lost 20 men.", "", "soldiers"),
        ("The militia lost 20 men.", "the army's spokesman", "rebels"),
        ("The rebels got into the barracks, lost 20 men and were driven out.", "", "rebels"),
        ("They buried 20 men.", "", "people"),
        ("The town lost 20 men.", "", "people"),
    ],
)
def test_whose_dead_they_are_the_one_tells_who_lost_them(words: str, by: str, side: str) -> None:
    who = "bodies" if "bodies" in words else "men"
    assert key(figure(who, words, words=f"20 {who}", by=by)) == key(figure(side))


def test_what_two_speakers_lost_themselves_are_two_counts() -> None:
    sentence = "Arpa said it had lost 20 men and Varda six."
    one = figure("men", sentence, by="Arpa", words="20 men")
    other = figure("men", sentence, by="Varda", words="six")
    assert key(one) != key(other)


def test_wounded_on_the_way_are_a_part_of_all() -> None:
    convoy = figure("wounded", "A convoy carrying 20 wounded left the town.", measure="wounded", words="20 wounded")
    assert key(convoy) != key(figure("wounded", "There are 20 wounded.", measure="wounded", words="20 wounded"))


def test_a_siege_of_the_city_is_of_the_article_s_place() -> None:
    broken = claim("siege", 1, "The siege of the city is broken.", asset="city", side="rebels", holds="no")
    stands = claim("siege", 1, "Marhaba is besieged.", asset="Marhaba", side="", holds="yes")
    assert key(broken) == key(stands)


def test_people_in_a_held_part_of_a_divided_city() -> None:
    sentence = "Some 20,000 people live in the west of the city; trucks rolled into the government-held districts."
    west = figure("people", sentence, measure="residents", place="western Marhaba")
    named = figure("people", measure="besieged", place="government-held districts")
    assert key(west) == key(named)
    assert key(west) != key(figure("people", measure="besieged", place="rebel-held districts"))


def test_a_junction_is_in_its_town() -> None:
    assert key(figure("people", "20 died at Zubair junction.", place="Zubair")) == key(
        figure("people", place="Marhaba")
    )
    assert key(figure("people", "20 died in Zubair.", place="Zubair")) != key(figure("people", place="Marhaba"))


def test_a_key_reads() -> None:
    assert key(control("several military academies"), "SY", "Homs").startswith("SY|control|military college|")
    assert key(figure("soldiers", place="Homs")).startswith("SY|figure|killed|state forces|")


def test_a_bare_noun_joins_the_only_one_of_its_kind_in_the_article() -> None:
    def named(*assets: str) -> list[str]:
        claims = [claim("route", 1, f"The {a} is closed.", asset=a, holds="no") for a in assets]
        return [c.subject for c in subject.together(claims, COUNTRY, FOCUS)]

    first, bare = named("highway from Sakeh", "highway")
    assert first == bare
    first, second, bare = named("highway from Sakeh", "highway from Amran", "highway")
    assert bare not in (first, second)
    road, corridor = named("road to Sakeh", "corridor")
    assert road != corridor


def test_units_of_other_numbers_keep_apart() -> None:
    assert key(control("the 110th Brigade")) != key(control("the 10th Brigade"))
    assert key(control("Brigade 35")) != key(control("Battalion 35"))


def test_in_a_disaster_of_nature_a_toll_without_a_place_is_of_all_that_it_struck() -> None:
    toll = figure("people", "The toll rose to 20.")
    keys = {subject.key(toll, "SY", focus, natural=True) for focus in ("Marhaba", "Zubair")}
    assert len(keys) == 1
    assert len({subject.key(toll, "SY", focus) for focus in ("Marhaba", "Zubair")}) == 2
    there = figure("people", "20 died in Zubair.", place="Zubair")
    assert subject.key(there, "SY", "Marhaba", natural=True) not in keys


def test_a_figure_without_a_place_joins_the_only_one_of_its_kind_in_the_article() -> None:
    dead = figure("dead", place="Tell Amran")
    bodies = figure("bodies", "We received 20 bodies.")
    soldiers = figure("soldiers", "Two soldiers were among them.")
    first, second, third = (c.subject for c in subject.together([dead, bodies, soldiers], COUNTRY, FOCUS))
    assert first == second
    assert third != first
    elsewhere = figure("dead", place="Zubair")
    assert subject.together([dead, bodies, elsewhere], COUNTRY, FOCUS)[1].subject == bodies.subject


def test_the_one_that_is_named_among_all_of_a_kind() -> None:
    sentence = "He denied that any barracks in the province was surrounded, Tell Amran included."
    every = claim("siege", 1, sentence, asset="barracks in the province", holds="no")
    assert key(every) == key(claim("siege", 1, "Tell Amran is besieged.", asset="camp at Tell Amran", holds="yes"))


def test_the_nearer_place_of_a_sentence_counts() -> None:
    sentence = "A strike in Tell Amran, in Syria's Idlib province, killed 20 people."
    assert key(figure("people", sentence, place="Syria")) == key(figure("people", place="Tell Amran"))
    country = figure("people", "Syria's war has killed 20 people.", place="Syria", scope="total")
    assert key(country) != key(figure("people", place="Marhaba"))


def test_where_people_are_counted_in_one_place_only_the_rest_is_of_that_place() -> None:
    dead = figure("people", place="Tell Amran")
    hurt = figure("people", "Hundreds were hurt.", measure="wounded")
    there = key(figure("people", measure="wounded", place="Tell Amran"))
    assert subject.together([dead, hurt], COUNTRY, FOCUS)[1].subject == there
    elsewhere = figure("people", place="Zubair")
    assert subject.together([dead, elsewhere, hurt], COUNTRY, FOCUS)[2].subject == hurt.subject
    clinic = figure("people", place="Noor clinic")
    assert subject.together([clinic, hurt], COUNTRY, FOCUS)[1].subject == hurt.subject


def test_a_side_that_counts_its_own_dead() -> None:
    own = figure("", "The army put its dead at 20.", by="the army")
    assert key(own) == key(figure("soldiers"))


def test_a_road_is_known_by_the_end_that_it_names_wherever_the_article_looks() -> None:
    road = claim("route", 1, "The road to Amran is cut.", asset="road to Amran", holds="no")
    both = claim("route", 1, "The Marhaba-Amran road is open.", asset="Marhaba-Amran road", holds="yes")
    assert key(road) == key(road, focus="Zubair") == key(both)
    assert key(both, focus="Zubair") != key(both)


REBELS, ARMY = "a rebel spokesman", "an army spokesman"


@pytest.mark.parametrize(
    ("who", "sentence", "by", "side"),
    [
        ("mercenaries", "Twenty of his mercenaries were killed.", REBELS, "state forces"),
        ("mercenaries", "Twenty mercenaries were killed.", ARMY, "rebel"),
        ("attackers", "The attackers left 20 bodies at the gate.", ARMY, "rebel"),
        ("bodies", "The attackers left 20 bodies at the gate.", ARMY, "rebel"),
        ("martyrs", "The army gave 20 martyrs.", "", "state forces"),
        ("men", "The rebels lost 20 men.", "", "rebel"),
        ("heroes", "On our side 20 heroes fell.", ARMY, "state forces"),
        ("men", "The town lost 20 men.", "", "people"),
        ("people", "The raid left 20 people dead.", "a doctor", "people"),
    ],
)
def test_whose_the_dead_are(who: str, sentence: str, by: str, side: str) -> None:
    one = figure(who, sentence, by=by, words="20" if "20" in sentence else "Twenty", measure="killed", total=True)
    assert key(one).split("|")[3] == side


def test_some_of_a_sides_men_are_no_part_of_another_count() -> None:
    whole = figure("men", "20 of his men were killed.", words="20")
    part = figure("wounded", "20 of the wounded died.", words="20")
    assert "part" not in key(whole) and "part" in key(part)


def test_a_tribe_by_name_is_everybody_and_foreigners_are_not() -> None:
    people = key(figure("people", measure="displaced"))
    assert key(figure("Marhabis", measure="displaced")) == people
    assert key(figure("Britons", measure="displaced")) != people
    assert key(figure("Marhabis", measure="killed")) != key(figure("people", measure="killed"))


def test_civilians_who_flee_are_people_and_civilians_killed_are_not() -> None:
    assert key(figure("civilians", measure="displaced")) == key(figure("people", measure="displaced"))
    assert key(figure("civilians")) != key(figure("people"))


def test_a_share_in_ruins_is_none_of_what_is_held() -> None:
    held = figure("city", "The army holds 20 per cent of the city.", measure="share", words="20 per cent")
    ruined = figure("city", "Of the city 20 per cent lies in ruins.", measure="share", words="20 per cent")
    assert key(held) != key(ruined)
    assert "part" not in key(held).split("|")


def test_a_count_runs_from_the_beginning_of_a_month() -> None:
    begun = figure("people", "20 people have died here since the start of January.", words="20 people")
    told = figure("people", "20 people died, and the talks have gone on. They began since.", words="20 people")
    assert key(begun).endswith("|period since january") and key(told).endswith("|incident")


def test_what_a_count_has_risen_from_is_of_the_same_subject() -> None:
    words = "More than 400 people have fled since the start of May, up from the 230 of a week before."
    now = figure("people", words, measure="displaced", words="More than 400 people")
    then = replace(figure("", words, measure="displaced", words="230"), article=now.article)
    first, second = subject.together([replace(now, subject=key(now)), replace(then, subject=key(then))], "SY", FOCUS)
    assert first.subject == second.subject != key(then)


def test_two_who_count_in_one_sentence_count_over_one_period() -> None:
    def counts(words: str) -> list[str]:
        medics = figure("people", words, by="medics", scope="period", since="", words="130")
        mayor = replace(figure("people", words, by="the mayor", words="170"), article=medics.article)
        told = [replace(one, subject=key(one)) for one in (medics, mayor)]
        return [one.subject for one in subject.together(told, "SY", FOCUS)]

    assert len(set(counts("Medics have 130 dead in ten days, the mayor says 170."))) == 1
    assert len(set(counts("Medics have 130 dead in ten days, the mayor's 170 stops short of Monday."))) == 2


def test_the_dead_of_a_day_are_no_count_of_the_month_beside_them() -> None:
    words = "28 people died on Monday, medics said; the mayor has 312 this month."
    day = figure("people", words, by="medics", words="28 people", low=28, high=28)
    month = figure("people", words, by="the mayor", scope="period", since="", words="312", low=312, high=312)
    told = [replace(one, article="a", subject=key(one)) for one in (day, month)]
    first, second = subject.together(told, "SY", FOCUS)
    assert first.subject != second.subject


def test_fighters_of_whom_more_is_said_are_nobodys_rebels() -> None:
    assert key(figure("local fighters")) != key(figure("rebels")) == key(figure("fighters"))


def test_those_counted_without_a_noun_are_of_the_kind_before() -> None:
    def kinds(sentence: str) -> list[str]:
        told = figure("soldiers", sentence, words="Twenty soldiers")
        others = figure("wounded", sentence, measure="wounded", low=34, high=34, words="34 wounded")
        return [c.subject.split("|")[3] for c in subject.together([told, others], COUNTRY, FOCUS)]

    assert kinds("Twenty soldiers were killed and 34 wounded.") == ["state forces", "state forces"]
    assert kinds("Twenty soldiers were killed; in the town there are 34 wounded.") == ["state forces", "people"]


def test_the_same_road_is_the_one_named_before() -> None:
    def roads(bare: str) -> list[str]:
        said = {"road to Sakeh": "yes", "road to Amran": "yes", bare: "no"}
        told = [
            claim("route", 1, f"The {a} is told of.", asset=a.removeprefix("same "), holds=h) for a, h in said.items()
        ]
        return [c.subject for c in subject.together(told, COUNTRY, FOCUS)]

    _, amran, same = roads("same road")
    assert same == amran
    sakeh, amran, bare = roads("road")
    assert bare not in (sakeh, amran)


def test_a_part_of_a_country_by_the_compass_is_counted_with_it() -> None:
    whole, part = (key(figure("people", place=place)) for place in ("Turkey", "eastern Turkey"))
    town, quarter = (key(figure("people", place=place)) for place in ("Aleppo", "eastern Aleppo"))
    assert whole == part
    assert town != quarter
