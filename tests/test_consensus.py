"""What is believed, what counts as news and what as a contradiction, rule by rule."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from claim_maker import FOCUS, Monitor, at, claim, holds, killed
from claimstream.judging import aspect
from claimstream.judging.comparing import against, position
from claimstream.judging.profile import profile
from claimstream.judging.reasons import REASONS
from claimstream.lexicon import load
from claimstream.model import Claim

M, C = "the Amran Monitoring Group", "the civil defence service"
STATE, REBELS = "an army spokesman", "a rebel spokesman"
BY = profile("default")


def count(low: float | None, high: float | None, **fields: Any) -> Claim:
    return killed(1, low, high, "Some died.", **fields)


AGREE = [
    (count(700, None), count(720, 720, approx=True)),
    (count(15, None), count(28, 28)),
    (count(None, 300_000), count(250_000, 250_000)),
    (count(27, 27), count(28, 28)),
    (count(10, 20), count(15, None)),
    (count(700, 700, approx=True), count(650, 650)),
    (count(3, 10, vague=True, words="several"), count(28, 28)),
    (count(24, None, vague=True, words="dozens"), count(28, 28)),
]
DISAGREE = [
    (count(700, None), count(400, 400)),
    (count(28, 28), count(11, 11)),
    (count(22, 22), count(24, None)),
    (count(None, 12), count(20, None)),
    (count(0, 0), count(17, 17)),
    (count(100, None, vague=True, words="hundreds"), count(28, 28)),
]


@pytest.mark.parametrize(("one", "other"), AGREE)
def test_bounds_that_meet_agree(one: Claim, other: Claim) -> None:
    assert not against(one, other, BY)
    assert not against(other, one, BY)


@pytest.mark.parametrize(("one", "other"), DISAGREE)
def test_bounds_that_do_not_meet_disagree(one: Claim, other: Claim) -> None:
    assert against(one, other, BY)
    assert against(other, one, BY)


def word(side: str, held: str, extent: str = "all", **fields: Any) -> Claim:
    return holds(1, side, held, fields.pop("sentence", "They are there."), extent=extent, **fields)


STATES = [
    (word("rebels", "yes"), word("army", "yes"), True),
    (word("rebels", "yes"), word("rebels", "no"), True),
    (word("rebels", "yes", "part"), word("rebels", "no"), True),
    (word("rebels", "yes", "part"), word("army", "yes", "part"), False),
    (word("rebels", "yes", "most"), word("army", "yes", "part"), False),
    (word("rebels", "yes", "part"), word("army", "yes"), True),
    (word("rebels", "no"), word("army", "no"), False),
    (word("rebels", "no"), word("army", "yes"), False),
    (word("rebels", "contested"), word("army", "yes"), True),
    (word("rebels", "contested"), word("army", "yes", "part"), False),
    (word("rebels", "contested"), word("army", "no"), False),
    (word("rebels", "yes"), word("strangers in boats", "yes"), False),
    (word("rebels", "yes"), word("militants", "yes"), False),
    (word("army", "yes"), word("militants", "yes"), True),
    (word("army", "no", "part"), word("army", "yes"), False),
    (word("rebels", "no", "part", sentence="He denied it."), word("rebels", "yes", "part"), True),
]


@pytest.mark.parametrize(("one", "other", "clash"), STATES)
def test_words_on_who_holds_a_place(one: Claim, other: Claim, clash: bool) -> None:
    assert against(one, other, BY) is clash
    assert against(other, one, BY) is clash


def raised(*claims: Claim) -> list[str]:
    """The reasons of the contradictions that the claims raise, each from an article of its own."""
    monitor = Monitor()
    for one in claims:
        monitor.tell(one)
    return [a.reason.code for a in monitor.published if a.type == "contradiction" and a.state == "open"]


def missing(hours: float, n: float, by: str) -> Claim:
    return killed(hours, n, n, f"{n} are missing.", by=by, measure="missing")


def test_figures_of_the_same_time() -> None:
    assert raised(missing(1, 100, M), missing(5, 60, C)) == ["otherwise"]
    assert raised(missing(1, 100, M), missing(120, 60, C)) == []
    assert raised(killed(1, 40, 40, "40 died.", by=M), killed(9, 60, 60, "60 died.", by=C)) == []
    assert raised(killed(1, 40, 40, "40 died.", by=M), killed(9, 30, 30, "30 died.", by=C)) == ["lower"]
    assert raised(killed(1, 40, 40, "40 died.", by=M), killed(900, 30, 30, "30 died.", by=C)) == []
    assert raised(killed(1, 40, 40, "40 died.", by=M), killed(9, 30, 30, "30 died.", by=M)) == []


def test_figures_of_one_article() -> None:
    both = [
        killed(1, 40, 40, "40 died, the group said.", by=M, article="x"),
        killed(1, 70, 70, "70 died, rescuers said.", by=C, article="x"),
    ]
    monitor = Monitor()
    monitor.tell(*both)
    assert [a.reason.code for a in monitor.published] == ["same article"]


def test_a_figure_that_has_been_overtaken_is_no_news() -> None:
    assert (
        raised(
            killed(1, 15, 15, "15 died.", by=M),
            killed(9, 40, 40, "40 died.", by=M),
            killed(10, 15, 15, "A strike has killed 15.", outlet="slow.example"),
        )
        == []
    )


def test_best_is_the_most_recent_or_what_most_voices_say() -> None:
    monitor = Monitor()
    monitor.tell(killed(1, 40, 40, "40 died.", by=M))
    monitor.tell(killed(2, 41, 41, "41 died.", by=C))
    assert monitor.fact.stand.best == 41
    monitor.tell(killed(3, 20, 20, "20 died, he said.", by=STATE))
    assert (monitor.fact.stand.best, monitor.fact.stand.low, monitor.fact.stand.high) == (41, 20, 41)


def test_a_change_of_hands_that_nobody_disputes_is_news() -> None:
    monday = holds(1, "rebels", "yes", "Rebels seized the military college.", outlet="a.example")
    thursday = holds(73, "army", "yes", "The army retook the military college.", outlet="b.example")
    monitor = Monitor()
    monitor.tell(monday)
    (alert,) = monitor.tell(thursday)
    assert (alert.type, alert.state) == ("change", "resolved")
    assert monitor.fact.stand.assessed == "state:SY"


def test_a_word_that_it_still_stands_disputes_the_change() -> None:
    took = holds(1, "rebels", "yes", "Rebels seized the military college.", outlet="a.example")
    still = holds(9, "army", "yes", "The army still holds the military college.", outlet="b.example")
    assert raised(took, still) == ["otherwise"]


def test_an_attack_won_for_one_side_and_repelled_for_the_other() -> None:
    repelled = holds(1, "rebels", "no", "The attack on the military college was repelled.", by=STATE)
    won = holds(20, "rebels", "yes", "We captured the military college, he said.", by=REBELS)
    assert raised(repelled, won) == ["repelled"]


def test_a_day_in_the_words_orders_two_reports() -> None:
    wednesday = holds(33, "army", "yes", "The army is in the military college.", outlet="a.example")
    before = holds(58, "rebels", "yes", "Rebels took the military college on Tuesday.", outlet="b.example")
    after = holds(58, "rebels", "yes", "Rebels took the military college on Thursday.", outlet="b.example")
    assert raised(wednesday, before) == ["otherwise"]
    assert raised(wednesday, after) == []


def test_history_and_passing_words_open_no_dispute() -> None:
    now = holds(1, "rebels", "yes", "Rebels seized the military college.", outlet="a.example")
    assert raised(now, holds(2, "army", "yes", "The army holds the military college.", background=True)) == []
    assert raised(now, holds(2, "army", "yes", "The army holds the military college.", passing=True)) == []
    assert raised(now, holds(2, "army", "yes", "The army took the military college last month.")) == []
    assert raised(now, holds(2, "army", "yes", "The army had taken the military college in January.")) == []
    assert raised(now, holds(2, "army", "yes", "The army overran the military college in 2014.")) == []
    assert raised(now, holds(2, "army", "yes", "The army still holds the college.", resolved=False)) == []


def test_what_cannot_be_told_is_kept_and_named() -> None:
    monitor = Monitor()
    monitor.tell(holds(1, "army", "yes", "The army holds the college.", resolved=False))
    assert monitor.whats == ["unclear"]
    assert monitor.fact.stand.grade == "none"


def test_a_denial_of_a_gain_is_no_admission() -> None:
    gives = holds(1, "rebels", "yes", "Rebels have taken the military college.", by=M)
    denies = holds(2, "rebels", "no", "He denied that the rebels had taken the military college.", by=REBELS)
    assert raised(gives, denies) == ["denies"]


def test_none_of_ours_are_there_answers_those_who_say_so_and_admits_nothing() -> None:
    monitor = Monitor()
    monitor.tell(holds(1, "the army", "yes", "The army is in the college, residents said.", by="residents"))
    answer = "There are no soldiers of ours in the college."
    monitor.tell(holds(2, "the army", "no", answer, by="an army spokesman"))
    assert monitor.whats[-1] != "admission"
    assert [alert.type for alert in monitor.published] == ["contradiction"]
    monitor = Monitor()
    monitor.tell(holds(1, "the army", "yes", "The army is in the college, residents said.", by="residents"))
    monitor.tell(holds(2, "the army", "no", "We have left the college.", by="an army spokesman"))
    assert monitor.whats[-1] == "admission"


def test_a_road_open_and_cut() -> None:
    def road(hours: float, held: str, sentence: str, by: str) -> Claim:
        return claim("route", hours, sentence, asset="road to Sakeh", holds=held, by=by)

    cut = road(1, "no", "The road to Sakeh is cut.", "drivers")
    assert raised(cut, road(5, "yes", "Traffic passes on the road to Sakeh.", STATE)) == ["otherwise"]
    assert raised(cut, road(80, "yes", "The road to Sakeh was reopened.", STATE)) == []


@pytest.mark.parametrize("row", load("aspect")["aspect"], ids=lambda row: str(row["name"]))
def test_the_examples_of_each_aspect(row: dict[str, Any]) -> None:
    assets = ("town", "port", "bridge", "barracks", "village", "dam", "road", "fort", "hill", "crossing")

    def shown(sentence: str) -> str:
        asset = next(asset for asset in assets if asset in sentence)
        return aspect.aspect(holds(1, "army", "yes", sentence, asset=asset))

    assert {shown(sentence) for sentence in row["yes"]} <= {row["name"], _PLEADED.get(row["name"], row["name"])}
    assert row["name"] not in {shown(sentence) for sentence in row["no"]}


_PLEADED = {"denial": "stays"}
"""A denial that a place was lost says that it still stands."""


def test_a_denial_reaches_over_commas_to_what_it_denies() -> None:
    sentence = "The ministry denied that its men at Amran, near the lake, had given up their base."
    assert aspect.aspect(holds(1, "army", "yes", sentence, asset="base")) == "denial"


def test_positions_read() -> None:
    assert position(count(15, None)) == "15 or more"
    assert position(count(1200, 1200)) == "1,200"
    assert position(word("rebels", "no")) == "not rebel:SY"
    assert position(word("rebels", "yes", "part")) == "rebel:SY (part)"


def test_every_reason_has_words() -> None:
    assert all(words and words[0].islower() for words in REASONS.values())


def test_profiles_differ_in_vague_words_only_where_they_say_so() -> None:
    assert profile("acled").words["dozens"] == (12, None)
    assert profile("gtd").words == {}
    assert profile("acled").exact == profile("default").exact


def test_an_unknown_profile_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        profile("nobody")


def test_a_silent_monitor_is_not_a_denial() -> None:
    monitor = Monitor()
    monitor.tell(killed(1, 9, 9, "Nine died.", by=M))
    assert monitor.fact.stand.newest == at(1)
    assert monitor.fact.place == FOCUS


def test_events_of_different_days_are_different_counts() -> None:
    monday = killed(30, 9, 9, "Shelling killed nine people on Monday.", outlet="a.example")
    tuesday = killed(31, 4, 4, "Shelling killed four people on Tuesday.", outlet="b.example")
    same = killed(32, 4, 4, "Shelling killed four people on Monday, he said.", by=STATE)
    toll = killed(33, 4, 4, "The toll since Tuesday is four.", by=C)
    assert raised(monday, tuesday) == []
    assert raised(monday, same) == ["lower"]
    assert raised(monday, toll) == ["lower"]


def test_another_clash_is_another_count() -> None:
    first = killed(1, 9, 9, "Nine were killed in the clash.", by=M, article="x")
    second = killed(1, 4, 4, "In another clash four were killed, the army said.", by=STATE, article="x")
    monitor = Monitor()
    assert monitor.tell(first, second) == []


def test_fighting_that_goes_on_disputes_a_taking_but_does_not_precede_it() -> None:
    fight = holds(1, "army", "contested", "Fighting raged in the military college.", outlet="a.example")
    taken = holds(9, "rebels", "yes", "Rebels captured the military college, he said.", by=REBELS)
    still = holds(20, "army", "contested", "Fighting still goes on inside the military college.", outlet="b.example")
    assert raised(fight, taken) == []
    assert raised(taken, still) == ["otherwise"]


def test_since_tells_when_a_state_began() -> None:
    tuesday = holds(1, "army", "yes", "The army is in the military college.", outlet="a.example")
    later = holds(50, "rebels", "yes", "Rebels have held the military college since Wednesday.", outlet="b.example")
    before = holds(50, "rebels", "yes", "Rebels have held the military college since Monday.", outlet="b.example")
    assert raised(tuesday, later) == []
    assert raised(tuesday, before) == ["otherwise"]


def test_since_a_day_of_the_month() -> None:
    def began(day: str) -> datetime | None:
        return aspect.since(holds(50, "rebels", "yes", f"Rebels have held the military college since the {day}."))

    before, after = began("4th"), began("28th")
    assert before is not None
    assert before.day == 4
    assert after is not None
    assert after.day == 28
    assert began("0th") is None
    assert began("31st") is None


def test_an_outlet_that_puts_its_own_figure_right_is_quiet() -> None:
    first = killed(
        1, 263, 263, "263 were killed, the chief physician said.", by="the chief physician", outlet="a.example"
    )
    right = killed(9, 236, 236, "The number was 236.", outlet="a.example")
    assert raised(first, right) == []


@pytest.mark.parametrize(("day", "codes"), [(" on 6 May", ["otherwise"]), ("", [])])
def test_the_dead_of_one_date_are_compared_however_late(day: str, codes: list[str]) -> None:
    first = killed(1, 5, 5, f"Five civilians were killed{day}.", outlet="a.example")
    later = killed(14 * 24, 9, 9, f"Nine civilians were killed{day}, the lawyers found.", by="the lawyers", outlet="b")
    assert raised(first, later) == codes


def test_what_is_told_as_past_beside_the_present_is_history() -> None:
    now = holds(40, "army", "yes", "Troops took back the military college at dawn.", by=STATE, article="x")
    then = holds(40, "rebels", "yes", "The military college was overrun on Tuesday.", by=STATE, article="x")
    monitor = Monitor()
    monitor.tell(now, then)
    assert monitor.whats == ["first", "background"]
