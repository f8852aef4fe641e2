"""What the words around a claim tell of it: cues of counts, whose site an article is from, what came after what."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from claim_maker import Monitor, holds, killed
from claimstream import pipeline
from claimstream.judging import asof, aspect, leaning, sentence_words
from claimstream.judging.offices import Offices
from claimstream.lexicon import load
from claimstream.model import Article
from claimstream.reading import speakers, states, text


@pytest.mark.parametrize("cue", load("counts")["cue"], ids=lambda cue: cue["name"])
def test_cues_are_in_their_examples_alone(cue: dict[str, Any]) -> None:
    assert [words for words in cue["yes"] if not sentence_words.has(cue["name"], words)] == []
    assert [words for words in cue["no"] if sentence_words.has(cue["name"], words)] == []


@pytest.mark.parametrize("example", load("leaning")["example"], ids=lambda example: example["text"][:40])
def test_an_article_leans_to_the_side_of_its_words(example: dict[str, Any]) -> None:
    sentences = text.sentences(Article(id="a", source="nobodyknows.example", text=example["text"]))
    heard, held = speakers.attribute(sentences), states.read(sentences)
    found = leaning.of_article("nobodyknows.example", sentences, heard, held, example["country"], Offices())
    assert found == example["lean"]


def test_one_sentence_that_goes_on_to_what_came_of_it() -> None:
    row = load("aspect")["then"]
    assert [words for words in row["yes"] if not aspect.then(holds(1, "army", "yes", words))] == []
    assert [words for words in row["no"] if aspect.then(holds(1, "army", "yes", words))] == []


STATE, REBELS = "an army spokesman", "a rebel spokesman"


def test_dead_who_were_all_fighters_for_one_side_and_people_for_another_are_a_dispute() -> None:
    monitor = Monitor()
    monitor.tell(
        killed(1, 60, None, "At least 60 people died in the market, a medic said.", by="a medic", who="people")
    )
    late = killed(
        3, 60, 60, "Some 60 died there, and no civilians, the army said.", by=STATE, who="militants", approx=True
    )
    monitor.tell(late)
    assert [alert.type for alert in monitor.alerts().values()] == ["contradiction"]


def test_losses_of_one_side_by_its_own_word_and_by_the_other_are_one_subject() -> None:
    own = killed(1, 11, 11, "Eleven of our men fell.", by=REBELS, who="our men")
    other = killed(2, 340, 340, "The enemy left 340 dead.", by=STATE, who="enemy dead")
    assert own.subject == other.subject


def test_so_many_a_day_are_not_all_of_them() -> None:
    daily = killed(1, 40, 40, "Shells kill 40 people a day there, a medic said.", by="a medic", words="40")
    every = killed(1, 300, 300, "Shells have killed 300 people there, a medic said.", by="a medic", words="300")
    assert daily.subject == every.subject.replace("|incident", "|each|incident")


@pytest.mark.parametrize(
    "denial, same",
    [
        ("The army said that not one man was taken prisoner.", True),
        ("The army said that no civilians were taken prisoner.", False),
        ("The army said that not one man was killed.", False),
    ],
)
def test_who_says_that_there_was_none_speaks_of_those_just_counted(denial: str, same: bool) -> None:
    said = f"Rebels said that 170 Syrian soldiers had been taken prisoner at Aleppo. {denial}"
    article = Article(id="a", source="x.example", text=said, published_at=datetime(2016, 9, 1, tzinfo=UTC))
    taken, none = (claim for claim in pipeline.read(article).claims if claim.kind == "figure")
    assert (taken.low, none.low) == (170, 0) and (taken.subject == none.subject) == same


def test_who_says_it_again_with_fewer_bounds_has_not_changed_his_word() -> None:
    monitor = Monitor()
    mayor, medic = "the mayor, Ali Noor", "a medic"
    monitor.tell(killed(1, 250, 300, "Between 250 and 300 were killed, the mayor said.", by=mayor))
    monitor.tell(killed(2, None, 300, "Up to 300 were killed, the mayor said.", by=mayor))
    monitor.tell(killed(3, None, 90, "No more than 90 were killed, a medic said.", by=medic))
    assert [alert.type for alert in monitor.alerts().values()] == ["contradiction"]


def test_what_an_event_is_called_is_no_part_of_its_dead() -> None:
    one = killed(1, 149, 149, "149 martyrs of the market disaster.", words="149", who="martyrs of the market disaster")
    assert one.subject == killed(2, 158, 158, "158 people died.", words="158").subject


def test_a_side_that_denied_it_and_the_other_that_says_it_has_happened() -> None:
    monitor = Monitor()
    monitor.tell(holds(1, "army", "yes", "The military college is firmly held, an army spokesman said.", by=STATE))
    monitor.tell(holds(6, "rebels", "yes", "Rebels have taken the military college, their spokesman said.", by=REBELS))
    assert [alert.type for alert in monitor.alerts().values()] == ["contradiction"]


@pytest.mark.parametrize(
    ("words", "day", "hour"),
    [
        ("Situation report No. 4 (as of 3 May 2031)", 4, 0),
        ("As at 18:00 hrs on Monday, four bridges were closed.", 5, 18),
        ("As of the evening of 4 May 2,000 people had left.", 4, 20),
        ("The clinic counted 40 dead up to May 2.", 3, 0),
    ],
)
def test_a_report_speaks_of_the_time_that_it_names(words: str, day: int, hour: int) -> None:
    published = datetime(2031, 5, 6, 9, tzinfo=UTC)
    assert asof.as_of(words, published) == datetime(2031, 5, day, hour, tzinfo=UTC)


@pytest.mark.parametrize("words", ["Up to 40 people died.", "As of now the road is closed.", "As of 12 July, 3 died."])
def test_words_that_name_no_time_before_the_report(words: str) -> None:
    assert asof.as_of(words, datetime(2031, 5, 6, 9, tzinfo=UTC)) is None


@pytest.mark.parametrize(
    ("words", "disputed"),
    [
        ("No civilians were killed in the raid, an army spokesman said.", True),
        ("There are no immediate reports of dead civilians, an army spokesman said.", False),
    ],
)
def test_none_is_contradicted_by_some_but_not_none_so_far(words: str, disputed: bool) -> None:
    monitor = Monitor()
    monitor.tell(killed(1, 0, 0, words, by=STATE, who="civilians"))
    monitor.tell(
        killed(20, 14, 14, "Fourteen civilians were killed in the raid, a medic said.", by="a medic", who="civilians")
    )
    assert bool(monitor.alerts()) is disputed
