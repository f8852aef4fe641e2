"""Rules of change and contradiction, each with the report that it is for and the one beside it that it is not for."""

from __future__ import annotations

import pytest

from claim_maker import Monitor, claim, holds, killed
from claimstream.model import Claim

ARMY, REBELS = "an army spokesman", "a rebel spokesman"


def kinds(monitor: Monitor) -> list[str]:
    return [alert.type for alert in monitor.alerts().values()]


@pytest.mark.parametrize(
    ("sentence", "words", "disputed"),
    [
        ("Another 50 people died, the mayor said.", "Another 50", False),
        ("A further 50 people died, the mayor said.", "A further 50", False),
        ("The mayor spoke of 50 dead.", "50 dead", True),
    ],
)
def test_another_fifty_are_counted_beside_the_first(sentence: str, words: str, disputed: bool) -> None:
    monitor = Monitor()
    monitor.tell(killed(1, 200, 200, "The clinic counted 200 dead.", by="a clinic", words="200 dead"))
    monitor.tell(killed(9, 50, 50, sentence, by="the mayor", words=words, outlet="m.example"))
    assert bool(monitor.alerts()) == disputed


def test_another_fifty_are_no_answer_in_the_same_article_either() -> None:
    monitor = Monitor()
    monitor.tell(
        killed(1, 200, 200, "The clinic counted 200 dead.", by="a clinic", words="200 dead", article="a"),
        killed(1, 50, 50, "Another 50 died on the road, she said.", by="a nurse", words="Another 50", article="a"),
    )
    assert not monitor.alerts()


@pytest.mark.parametrize(("rebels", "disputed"), [(12, False), (14, True)])
def test_a_side_that_counts_the_others_dead_boasts(rebels: int, disputed: bool) -> None:
    monitor = Monitor()
    monitor.tell(killed(1, 10, 10, "Ten soldiers fell, the army said.", by=ARMY, who="soldiers"))
    monitor.tell(killed(30, rebels, rebels, f"{rebels} soldiers died.", by=REBELS, who="soldiers", outlet="r.example"))
    assert bool(monitor.alerts()) == disputed


@pytest.mark.parametrize(("by", "disputed"), [("the union of nurses", True), ("", False)])
def test_a_toll_far_above_the_states_word_is_disputed_where_somebody_stands_for_it(by: str, disputed: bool) -> None:
    monitor = Monitor()
    monitor.tell(killed(1, 10, 10, "Ten people died, the army said.", by=ARMY))
    monitor.tell(killed(20, 60, 60, "Sixty people died.", by=by, outlet="n.example"))
    assert bool(monitor.alerts()) == disputed


def test_a_headline_may_give_the_winner_another_name_than_its_text() -> None:
    def article(in_title: bool) -> Monitor:
        monitor = Monitor()
        monitor.tell(
            holds(1, "army", "yes", "Government forces seize college", in_title=in_title, article="a"),
            holds(1, "rebels", "yes", "Rebels of the coast seized the college, they said.", by=REBELS, article="a"),
        )
        return monitor

    assert not kinds(article(True))
    assert kinds(article(False)) == ["contradiction"]


@pytest.mark.parametrize(("day", "disputed"), [("on April 20", False), ("at noon", True)])
def test_what_was_retaken_had_been_lost_and_the_loss_is_history(day: str, disputed: bool) -> None:
    monitor = Monitor()
    monitor.tell(
        holds(1, "army", "yes", "The army retook the college, residents said.", by="residents", article="a"),
        holds(1, "rebels", "yes", f"Rebels seized the college {day}.", article="a"),
    )
    assert bool(kinds(monitor)) == disputed


def fought(hours: float, sentence: str, **fields: str) -> Claim:
    return holds(hours, "army", "contested", sentence, **fields)


def test_first_a_fight_then_a_taking() -> None:
    monitor = Monitor()
    monitor.tell(fought(1, "There is fighting for the college."))
    monitor.tell(holds(5, "rebels", "yes", "Rebels took the college.", outlet="r.example"))
    assert "contradiction" not in kinds(monitor)
    monitor.tell(fought(9, "Fighting still goes on in the college, a nurse said.", by="a nurse", outlet="n.example"))
    assert "contradiction" in kinds(monitor)


def test_a_road_has_no_side_that_gains() -> None:
    monitor = Monitor()
    road = {"asset": "the Amran road", "side": "army"}
    monitor.tell(claim("route", 1, "The Amran road is cut.", holds="no", **road))
    monitor.tell(claim("route", 4, "The Amran road is open.", holds="yes", by=ARMY, outlet="b.example", **road))
    assert kinds(monitor) == ["contradiction"]
