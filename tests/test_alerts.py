"""The life of an alert: the table, and what episodes make of it."""

from __future__ import annotations

from typing import get_args

import pytest

from claim_maker import Monitor, at, claim, holds, killed
from claimstream.judging.alerts import TRANSITIONS, Event, after
from claimstream.model import AlertState, AlertType, Claim

OVER: list[AlertState] = ["resolved", "conceded", "corrected", "expired"]


def test_the_table_leads_to_known_states_and_out_of_open_ones_only() -> None:
    for status, row in TRANSITIONS.items():
        assert status is None or status[1] == "open"
        for event, (kind, state) in row.items():
            assert event in get_args(Event)
            assert kind in get_args(AlertType)
            assert state in get_args(AlertState)


def test_a_contradiction_never_turns_back_into_a_change() -> None:
    row = TRANSITIONS[("contradiction", "open")]
    assert {kind for kind, _ in row.values()} == {"contradiction"}


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_begins_anew(state: AlertState) -> None:
    assert after(("contradiction", state), "disputed") == ("contradiction", "open")
    assert after(("contradiction", state), "joined") is None


def test_every_open_alert_can_end() -> None:
    for status in (s for s in TRANSITIONS if s is not None):
        ends = {state for _, state in TRANSITIONS[status].values()}
        assert set(OVER) <= ends


def quarrel() -> Monitor:
    monitor = Monitor()
    monitor.tell(killed(1, 28, 28, "The group counted 28 dead.", by="the Amran Monitoring Group"))
    monitor.tell(killed(2, 11, 11, "Eleven died, he said.", by="the director of the hospital", outlet="h.example"))
    monitor.tell(killed(3, 28, 28, "It is 28, he said.", by="the director of the hospital", outlet="h.example"))
    return monitor


def test_a_quarrel_that_flares_up_again_within_a_week_is_the_same_alert() -> None:
    monitor = quarrel()
    monitor.tell(killed(80, 12, 12, "No more than 12, she said.", by="the mayor", outlet="m.example"))
    assert [(a.revision, a.state) for a in monitor.published] == [(1, "open"), (2, "resolved"), (3, "open")]
    assert len(monitor.alerts()) == 1


def road(hours: float, word: str, sentence: str, by: str = "") -> Claim:
    return claim("route", hours, sentence, asset="the Amran road", holds=word, by=by)


def closed_and_open_again() -> Monitor:
    monitor = Monitor()
    monitor.tell(road(1, "no", "The Amran road is closed."))
    monitor.tell(road(2, "yes", "The Amran road is open, drivers said.", "drivers"))
    monitor.tell(road(8, "yes", "The Amran road was reopened."))
    return monitor


def test_after_a_week_it_is_a_new_alert() -> None:
    monitor = closed_and_open_again()
    monitor.tell(road(100, "yes", "The Amran road is open, drivers said.", "drivers"))
    monitor.tell(road(150, "no", "The Amran road has never been open, a mayor said.", "a mayor"))
    assert [(a.revision, a.state) for a in monitor.published] == [(1, "open"), (2, "resolved"), (3, "open")]
    monitor = closed_and_open_again()
    monitor.tell(road(100, "yes", "The Amran road is open, drivers said.", "drivers"))
    monitor.tell(road(190, "no", "The Amran road has never been open, a mayor said.", "a mayor"))
    assert len(monitor.alerts()) == 2
    assert monitor.published[-1].revision == 1


def test_an_alert_keeps_the_name_that_it_was_raised_under() -> None:
    monitor = Monitor()
    monitor.tell(holds(1, "army", "yes", "The army is in the airport.", asset="airport"))
    monitor.tell(holds(2, "rebels", "yes", "Rebels still hold the airport, they said.", by="rebels", asset="airport"))
    (last,) = monitor.tell(holds(3, "army", "yes", "Soldiers are on the runway.", by="a nurse", asset="runway"))
    assert (last.asset, last.revision) == ("airport", 2)


def test_an_alert_that_nobody_touches_expires() -> None:
    monitor = Monitor()
    monitor.tell(killed(1, 28, 28, "The group counted 28 dead.", by="the Amran Monitoring Group"))
    monitor.tell(killed(2, 11, 11, "Eleven died, he said.", by="the director of the hospital"))
    (last,) = monitor.tell(killed(2000, 40, 40, "Forty died there.", by="the mayor"))
    assert (last.state, last.reason.code) == ("expired", "silent")


def test_what_one_article_does_to_an_open_alert_is_one_revision() -> None:
    monitor = Monitor()
    monitor.tell(holds(1, "army", "yes", "The army took the military college.", outlet="a.example"))
    monitor.tell(
        holds(5, "army", "no", "It denied that the army had the military college.", by="the rebels", article="x"),
        holds(5, "rebels", "yes", "We hold the military college, he insisted.", by="a rebel commander", article="x"),
    )
    assert [(a.revision, a.type) for a in monitor.published] == [(1, "contradiction")]
    assert monitor.published[0].raised_by == "x"


def test_a_side_shows_the_first_who_took_it() -> None:
    monitor = quarrel()
    first, second = monitor.published[0].sides
    assert (first.sentence, first.published_at) == ("The group counted 28 dead.", at(1))
    assert second.speaker == "the director of the hospital"


@pytest.mark.parametrize("place", ["", "Marhaba"])
def test_a_count_is_of_the_place_that_one_of_two_sides_names_and_not_of_any_before(place: str) -> None:
    monitor = Monitor()
    monitor.tell(killed(1, 3, 3, "Three died in Marhaba, a clerk said.", by="a clerk", outlet="c.example"))
    monitor.tell(killed(9, 28, 28, "28 were killed, the group said.", by="the Amran Monitoring Group", place=place))
    monitor.tell(killed(10, 11, 11, "Eleven died, he said.", by="the director", outlet="h.example", place=""))
    assert [alert.place for alert in monitor.published] == [place]
