"""The judge, by the scenarios that a monitor must get right, and as a pure function of a set of claims."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claim_maker import FOCUS, Monitor, at, claim, holds, judged, killed
from claimstream.judging.judge import judge
from claimstream.model import Claim, Settings

M = "Marhaba Monitoring Group"
C = "the civil defence service"
H = "the director of the hospital"
STATE = "a government spokesman"
REBELS = "a rebel spokesman"


def test_nine_outlets_that_print_one_speaker_are_one_weak_source() -> None:
    monitor = Monitor()
    for n in range(9):
        monitor.tell(
            killed(n, 15, None, "At least 15 people died in the strike, the group said.", by=M, outlet=f"o{n}.example")
        )
    stand = monitor.fact.stand
    assert [v.origin for v in stand.voices] == [stand.voices[0].origin]
    assert stand.voices[0].copies == 8
    assert (stand.low, stand.high, stand.best, stand.grade) == (15, None, 15, "weak")
    assert monitor.whats == ["first"] + ["copy"] * 8
    assert monitor.published == []


def test_a_reprint_of_an_outlets_own_words_is_found_by_its_wording() -> None:
    text = "A shell that hit the bus station on the ring road has killed 15 travellers, most of them students."
    monitor = Monitor()
    monitor.tell(killed(0, 15, 15, text, outlet="first.example"))
    monitor.tell(killed(1, 15, 15, text.replace("most of them", "many of them"), outlet="second.example"))
    monitor.tell(
        killed(2, 15, 15, "Fifteen dead, says our reporter who counted them at the morgue.", outlet="third.example")
    )
    assert monitor.whats == ["first", "copy", "confirmation"]


def test_a_rising_toll_is_an_update_and_keeps_its_history() -> None:
    monitor = Monitor()
    for hour, toll in ((10, 15), (13, 22), (18, 28)):
        monitor.tell(killed(hour, toll, toll, f"The group now counts {toll} dead.", by=M))
    history = monitor.fact.stand.history
    assert monitor.fact.stand.best == 28
    assert [p.best for p in history] == [15, 22, 28]
    assert [p.best for p in history if p.at <= at(12)] == [15]
    assert monitor.whats == ["first", "update", "update"]
    assert monitor.published == []


def contested() -> Monitor:
    monitor = Monitor()
    monitor.tell(killed(18, 28, 28, "The monitoring group counted 28 bodies.", by=M, outlet="a.example"))
    monitor.tell(killed(18.1, 28, 28, "Rescuers took 28 dead out of the ruins.", by=C, outlet="b.example"))
    monitor.tell(killed(18.5, 11, 11, "Only 11 dead were brought here.", by=H, outlet="c.example"))
    return monitor


def test_a_contradiction_is_one_alert_with_both_sides() -> None:
    monitor = contested()
    (alert,) = monitor.published
    assert (alert.type, alert.state, alert.revision, alert.reason.code) == ("contradiction", "open", 1, "lower")
    assert [(s.position, s.origins, s.speaker) for s in alert.sides] == [("28", 2, M), ("11", 1, H)]
    assert (alert.low, alert.best, alert.high) == (11, 28, 28)
    assert alert.raised_by == "c.example 18.5"
    assert monitor.fact.stand.grade == "contested"


def test_reprints_of_one_side_raise_its_copies_and_nothing_else() -> None:
    monitor = contested()
    for n in range(4):
        assert (
            monitor.tell(killed(19 + n, 11, 11, "Only 11 dead were brought here.", by=H, outlet=f"r{n}.example")) == []
        )
    assert [v.copies for v in monitor.fact.stand.voices if v.claim.low == 11] == [4]


def test_the_alert_resolves_when_the_voice_comes_round() -> None:
    monitor = contested()
    (last,) = monitor.tell(killed(22, 27, 27, "The count is 27 now.", by=H, outlet="c.example"))
    assert (last.revision, last.type, last.state, last.reason.code) == (2, "contradiction", "resolved", "agreed")
    assert monitor.fact.log[0].state == "open"
    assert monitor.fact.stand.grade == "fair"


def consensus28() -> Monitor:
    monitor = Monitor()
    monitor.tell(killed(18, 28, 28, "The monitoring group counted 28 bodies.", by=M))
    return monitor


def test_dozens_agree_with_twenty_eight_and_hundreds_do_not() -> None:
    monitor = consensus28()
    assert monitor.tell(killed(19, 24, None, "Dozens were killed.", by=C, vague=True, words="Dozens")) == []
    (alert,) = monitor.tell(killed(20, 100, None, "Hundreds were killed.", by=H, vague=True, words="Hundreds"))
    assert (alert.type, alert.reason.code) == ("contradiction", "leaps")


def test_casualties_are_another_subject_than_the_dead() -> None:
    monitor = consensus28()
    assert monitor.tell(killed(19, 40, 40, "There were 40 casualties.", by=C, measure="casualties")) == []
    assert len(monitor.facts) == 2


def test_vague_words_count_as_the_profile_says() -> None:
    several = killed(19, None, None, "Several were killed.", vague=True, words="Several")
    assert judge(None, [several]).fact.stand.low == 3
    left_alone = judge(None, [several], Settings(profile="gtd"))
    assert left_alone.reports[0].what == "unclear"
    assert left_alone.fact.stand.best is None


def test_four_numbers_of_one_sentence_are_four_facts() -> None:
    text = "28 died on Monday, which takes the month to 312 and the siege to 4,000; 300,000 remain trapped."
    day = [
        killed(9, 28, 28, text, article="x"),
        killed(9, 312, 312, text, scope="period", since="this month", article="x"),
        killed(9, 4000, 4000, text, scope="period", since="the siege began", article="x"),
        killed(9, 300_000, 300_000, text, measure="besieged", article="x"),
    ]
    monitor = Monitor()
    assert monitor.tell(*day) == []
    assert len(monitor.facts) == 4
    assert monitor.tell(killed(33, 330, 330, "330 have died this month.", scope="period", since="this month")) == []
    assert sorted(f.stand.best or 0 for f in monitor.facts.values()) == [28, 330, 4000, 300_000]


def college() -> Monitor:
    monitor = Monitor()
    monitor.tell(
        holds(6, "government forces", "yes", "Government forces guard the military college.", outlet="w.example")
    )
    monitor.tell(
        holds(9, "rebels", "yes", "We took the military college at dawn, he said.", by=REBELS, outlet="r.example")
    )
    return monitor


def test_the_military_college_from_claim_to_denial_is_one_alert() -> None:
    monitor = college()
    assert (monitor.published[-1].type, monitor.published[-1].reason.code) == ("change", "announced")
    assert (monitor.fact.stand.claimed, monitor.fact.stand.assessed) == ("rebel:SY", "state:SY")

    monitor.tell(holds(11, "rebels", "yes", "Rebels captured the military college, the group confirmed.", by=M))
    assert (monitor.published[-1].type, monitor.published[-1].state) == ("change", "open")
    assert monitor.fact.stand.assessed == "rebel:SY"

    text = "That is false, our forces still hold the military college, he said."
    monitor.tell(holds(13, "government forces", "yes", text, by=STATE, outlet="s.example"))
    last = monitor.published[-1]
    assert (last.type, last.state) == ("contradiction", "open")
    assert text in [side.sentence for side in last.sides]
    assert monitor.fact.stand.assessed == "rebel:SY"
    assert len(monitor.alerts()) == 1
    assert [a.revision for a in monitor.published] == [1, 2, 3]


def test_an_admission_settles_the_change() -> None:
    monitor = college()
    text = "Our troops withdrew from the military college, the army said."
    monitor.tell(holds(12, "army", "no", text, by="the army", outlet="p.example"))
    last = monitor.published[-1]
    assert (last.type, last.state, last.reason.code) == ("change", "conceded", "admits")
    assert monitor.fact.stand.assessed == "rebel:SY"
    assert monitor.fact.stand.grade == "confirmed"
    assert monitor.whats[-1] == "admission"


def test_a_new_quarrel_after_a_conceded_one_is_a_new_alert() -> None:
    monitor = college()
    monitor.tell(holds(12, "army", "no", "Our troops withdrew from the military college.", by="the army"))
    monitor.tell(holds(72, "army", "yes", "The army retook the military college.", by=STATE))
    monitor.tell(holds(73, "army", "no", "He denied that the army had entered the military college.", by=REBELS))
    assert len(monitor.alerts()) == 2
    assert list(monitor.alerts().values())[-1].type == "contradiction"


def siege(hours: float, word: str, sentence: str, **fields: str) -> Claim:
    return claim("siege", hours, sentence, asset=FOCUS, side="government", holds=word, **fields)


def test_a_siege_broken_and_still_in_place_and_a_road_under_fire() -> None:
    monitor = Monitor()
    monitor.tell(siege(8, "no", "The siege of Marhaba is broken, he said.", by=REBELS))
    monitor.tell(siege(9, "yes", "The siege of Marhaba is still in place, he said.", by=STATE))
    road = "No aid has come in, the road is under fire."
    monitor.tell(claim("route", 10, road, asset="road", holds="no", by="the United Nations"))
    (alert,) = monitor.published
    assert (alert.kind, alert.type) == ("siege", "contradiction")
    assert {s.origins for s in alert.sides} == {1}
    assert len(monitor.facts) == 2


def corrected() -> Monitor:
    monitor = consensus28()
    monitor.tell(killed(19, 82, 82, "Agency: 82 killed in the strike.", outlet="wire.example", article="w1"))
    assert monitor.published[-1].state == "open"
    monitor.tell(
        killed(20, 28, 28, "Corrected: should read 28 killed.", outlet="wire.example", article="w1", status="corrected")
    )
    return monitor


def test_a_correction_closes_the_alert_and_strikes_the_figure() -> None:
    monitor = corrected()
    assert [(a.revision, a.state) for a in monitor.published] == [(1, "open"), (2, "corrected")]
    assert [v.claim.low for v in monitor.fact.stand.voices] == [28, 28]
    assert [s.value for s in monitor.fact.stand.strikes] == ["82"]


def test_a_late_reprint_of_a_struck_figure_is_silent() -> None:
    monitor = corrected()
    late = killed(21, 82, 82, "Agency: 82 killed in the strike.", outlet="mirror.example", wire="wire.example")
    assert monitor.tell(replace(late, origin="outlet:wire.example")) == []
    assert monitor.fact.stand.best == 28


def test_a_fact_that_lost_its_last_source_has_no_figure() -> None:
    monitor = Monitor()
    monitor.tell(killed(8, 9, 9, "Nine were killed at the mill.", outlet="wire.example", article="w2"))
    monitor.tell(
        killed(9, 9, 9, "Nine were killed at the mill.", outlet="wire.example", article="w2", status="withdrawn")
    )
    stand = monitor.fact.stand
    assert (stand.best, stand.low, stand.high, stand.grade) == (None, None, None, "none")
    assert stand.history[0].best == 9


def test_yesterdays_article_that_arrives_today_lowers_nothing() -> None:
    monitor = consensus28()
    old = killed(30, 15, 15, "Fifteen were dead by Monday night.", by=C, as_of=at(-8))
    assert monitor.tell(old) == []
    assert monitor.whats[-1] == "late"
    assert monitor.fact.stand.best == 28


def test_three_outlets_with_one_spokesman_against_two_monitors() -> None:
    monitor = Monitor()
    words = "The town of Tell Amran is firmly ours, said the government's spokesman, Adib Karam."
    for n in range(3):
        by = "the government's spokesman, Adib Karam"
        monitor.tell(holds(8 + n / 10, "army", "yes", words, asset="Tell Amran", by=by, outlet=f"g{n}.example"))
    for n, by in enumerate((M, "Observers without Sides")):
        text = ("Rebels are in control of Tell Amran.", "Its field workers saw rebel fighters man every post there.")[n]
        monitor.tell(holds(9 + n / 10, "rebels", "yes", text, asset="Tell Amran", by=by, outlet=f"m{n}.example"))
    last = monitor.published[-1]
    assert monitor.fact.stand.assessed == "rebel:SY"
    assert [(s.position, s.origins, s.neutral, s.copies) for s in last.sides] == [
        ("state:SY", 1, 0, 2),
        ("rebel:SY", 2, 2, 0),
    ]


def test_a_headline_counts_with_the_speaker_whom_the_text_names() -> None:
    monitor = Monitor()
    monitor.tell(
        holds(6, "government forces", "yes", "Government forces guard the military college.", outlet="w.example")
    )
    monitor.tell(
        holds(9, "rebels", "yes", "Rebels seize military college", outlet="r.example", article="x", in_title=True),
        holds(
            9, "rebels", "yes", "We seized the military college, he said.", by=REBELS, outlet="r.example", article="x"
        ),
    )
    assert {v.interest for v in monitor.fact.stand.voices if v.camp == "rebel:SY"} == {"rebel:SY"}
    assert (monitor.published[-1].type, monitor.published[-1].reason.code) == ("change", "announced")
    assert monitor.fact.stand.assessed == "state:SY"


def test_claims_of_two_subjects_are_refused() -> None:
    with pytest.raises(ValueError, match="several subjects"):
        judge(None, [killed(1, 1, 1, "One died."), killed(1, 1, 1, "One was hurt.", measure="wounded")])


def test_no_claims_are_refused() -> None:
    with pytest.raises(ValueError, match="no claims"):
        judge(None, [])


def test_reports_are_bounded_and_what_leaves_is_counted() -> None:
    claims = [killed(n, n, n, f"The group counts {n} dead.", by=M) for n in range(1, 60)]
    fact = judged(claims, settings=Settings(max_reports=20))
    assert len(fact.reports) <= 20
    assert len(fact.reports) + fact.left == 59
    assert fact.stand == judged(claims).stand


def test_a_claim_older_than_what_has_left_is_counted_no_more() -> None:
    claims = [killed(n, n, n, f"The group counts {n} dead.", by=M) for n in range(1, 60)]
    fact = judged(claims, settings=Settings(max_reports=20))
    assert judge(fact, [claims[0]], Settings(max_reports=20)).fact == fact


VOICES = (M, C, H, STATE, REBELS, "")
OUTLETS = ("a.example", "b.example", "c.example")


@st.composite
def figure_claims(draw: st.DrawFn) -> list[Claim]:
    """Figures of one subject, in the order of arrival; some repeat an article, some speak of an earlier time."""
    made = []
    for n in range(draw(st.integers(1, 12))):
        low = draw(st.integers(1, 40))
        high = draw(st.sampled_from([low, low, None, low + 5]))
        status = draw(st.sampled_from(["original"] * 6 + ["corrected", "withdrawn"]))
        by, outlet = draw(st.sampled_from(VOICES)), draw(st.sampled_from(OUTLETS))
        article = f"a{draw(st.integers(0, 8))}"
        as_of = at(n - draw(st.sampled_from([0, 0, 0, 30])))
        made.append(
            killed(
                n,
                low,
                high,
                f"Report {n}: {low} dead.",
                by=by,
                outlet=outlet,
                status=status,
                article=article,
                as_of=as_of,
            )
        )
    return made


@st.composite
def state_claims(draw: st.DrawFn) -> list[Claim]:
    """Words on who holds the college, in the order of arrival."""
    verbs = ("took", "retook", "still hold", "lost", "did not take", "are in")
    made = []
    for n in range(draw(st.integers(1, 12))):
        side, word = draw(st.sampled_from(["rebels", "army"])), draw(st.sampled_from(["yes", "no", "contested"]))
        text = f"Report {n}: the {side} {draw(st.sampled_from(verbs))} the military college."
        by, outlet = draw(st.sampled_from(VOICES)), draw(st.sampled_from(OUTLETS))
        made.append(
            holds(n * draw(st.sampled_from([1, 1, 30])), side, word, text, by=by, outlet=outlet, article=f"a{n}")
        )
    return made


@settings(max_examples=150, deadline=None)
@given(st.data(), st.one_of(figure_claims(), state_claims()))
def test_any_order_batching_and_repetition_gives_the_same_fact_and_log(
    data: st.DataObject, claims: list[Claim]
) -> None:
    expected = judge(None, claims).fact
    twice = claims + data.draw(st.lists(st.sampled_from(claims), max_size=6))
    shuffled = data.draw(st.permutations(twice))
    batches = data.draw(st.lists(st.integers(1, 5), max_size=12))
    got = judged(shuffled, batches)
    assert got.log == expected.log
    assert got.stand == expected.stand
    assert got.reports == expected.reports


@settings(max_examples=50, deadline=None)
@given(st.one_of(figure_claims(), state_claims()))
def test_no_revision_is_published_twice_in_order(claims: list[Claim]) -> None:
    monitor = Monitor()
    for group in sorted({c.arrived_at for c in claims}):
        monitor.tell(*[c for c in claims if c.arrived_at == group])
    seen = [(a.id, a.revision) for a in monitor.published]
    assert len(seen) == len(set(seen))
    assert list(monitor.fact.log) == monitor.published


def test_two_bare_words_of_the_same_hours_are_a_dispute() -> None:
    monitor = Monitor()
    monitor.tell(holds(1, "rebels", "yes", "The college is in the hands of rebels, residents said.", by="residents"))
    monitor.tell(
        holds(6, "army", "yes", "The college is under army control, the army's spokesman said.", by="the army")
    )
    assert [alert.type for alert in monitor.alerts().values()] == ["contradiction"]


def test_how_large_a_town_is_raises_no_alert() -> None:
    monitor = Monitor()
    for hours, number in ((1, 40000), (2, 65000)):
        words = f"Shells fell on a town of {number:,} people."
        town = {"measure": "residents", "who": "people", "place": "Marhaba", "words": f"{number:,} people"}
        monitor.tell(claim("figure", hours, words, low=number, high=number, outlet=f"{hours}.example", **town))
    assert not monitor.alerts()


def besieged(hours: float, number: int, words: str, by: str, outlet: str) -> Claim:
    fields = {"measure": "besieged", "who": "people", "place": "Marhaba", "words": f"{number:,} people"}
    return claim("figure", hours, words, by=by, outlet=outlet, low=number, high=number, **fields)


def test_sides_may_differ_widely_about_one_thing() -> None:
    monitor = Monitor()
    monitor.tell(besieged(1, 160000, "160,000 people are shut in, an agency said.", "an agency", "a.example"))
    monitor.tell(besieged(9, 20000, "There are 20,000 people, the army said.", "the army", "b.example"))
    assert [alert.type for alert in monitor.alerts().values()] == ["contradiction"]


def test_numbers_far_apart_that_nobody_puts_against_each_other_count_different_things() -> None:
    monitor = Monitor()
    monitor.tell(besieged(1, 160000, "160,000 people are shut in.", "", "a.example"))
    monitor.tell(besieged(9, 20000, "There are 20,000 people, a nurse said.", "a nurse", "b.example"))
    assert not monitor.alerts()


def test_aid_of_which_two_sides_speak_is_compared_across_articles() -> None:
    monitor = Monitor()
    fields = {"measure": "aid", "place": "Marhaba", "who": "tents"}
    for hours, number, by in ((1, 1900, "the army"), (8, 220, "an aid worker")):
        words = f"{number} tents stand there, {by} said."
        monitor.tell(claim("figure", hours, words, by=by, outlet=f"{hours}.example", low=number, high=number, **fields))
    assert len(monitor.alerts()) == 1


def test_what_an_outlet_takes_back_is_no_word_of_anybody() -> None:
    monitor = Monitor()
    monitor.tell(
        killed(1, 3, 3, "Correction: at 8.30 we gave the number of dead as 3.", article="live"),
        killed(1, 1, 1, "One has died, the ministry said.", by="the ministry", article="live"),
    )
    assert monitor.whats == ["background", "first"] and not monitor.alerts()


def test_the_entry_of_an_earlier_hour_on_one_page_is_no_dispute() -> None:
    for lower, alerts in ((12, 0), (6, 1)):
        monitor = Monitor()
        monitor.tell(
            killed(1, 14, 14, "What we know: 14 bodies were found.", article="live"),
            killed(1, lower, lower, f"The count is {lower}, a driver said.", by="a driver", article="live"),
        )
        assert len(monitor.alerts()) == alerts


def test_a_figure_that_is_told_only_to_be_dismissed_is_no_older_one() -> None:
    monitor = Monitor()
    missing = {"measure": "missing", "who": "people", "place": "Marhaba", "article": "a"}
    words = "The mayor counts 427 missing; he dismisses the district's 200, which had been reported first."
    monitor.tell(
        claim("figure", 1, words, by="the mayor", low=427, high=427, words="427", **missing),
        claim("figure", 1, words, by="the district", low=200, high=200, words="200", **missing),
    )
    assert len(monitor.alerts()) == 1
