"""A headline speaks with the voice of its text, and about the same subject."""

from datetime import UTC, datetime

from claimstream import pipeline
from claimstream.model import Article

NOON = datetime(2021, 3, 4, 12, tzinfo=UTC)


def claims(title, text, kind):
    article = Article(id="a", source="wire.example", title=title, text=text, published_at=NOON)
    return [c for c in pipeline.read(article).claims if c.kind == kind]


def test_a_toll_in_the_headline_is_the_toll_of_the_text():
    title, body = claims(
        "Market strike kills 15 in Syria",
        "At least 15 people were killed in a strike on a market in Idlib, the Levant Monitoring Group said.",
        "figure",
    )
    assert title.in_title and not body.in_title
    assert (title.subject, title.origin, title.speaker) == (body.subject, body.origin, body.speaker)
    assert (title.low, title.high, title.attribution) == (15, 15, "")


def test_a_denial_in_the_headline_is_the_denial_of_the_text():
    found = claims(
        "Army denies loss of Aleppo airport",
        "The Syrian army denied on Thursday that rebels had captured the airport in Aleppo.",
        "control",
    )
    said = [c for c in found if not c.implied]
    assert len({c.origin for c in said}) == 1 and len({c.subject for c in said}) == 1


def test_another_number_in_the_text_leaves_the_headline_alone():
    found = claims(
        "Market strike kills 15 in Syria",
        "A strike on a market in Idlib was the worst this year. Rescuers said that 40 people were wounded.",
        "figure",
    )
    assert [c.measure for c in found] == ["killed", "wounded"]
    assert found[0].origin != found[1].origin


def test_two_speakers_stay_two():
    title, body = claims(
        "Rebels say they took Aleppo airport",
        "The airport in Aleppo was captured by the rebels, the Syrian army said.",
        "control",
    )[:2]
    assert title.origin != body.origin


def test_a_bare_number_is_of_the_people_of_the_number_that_it_answers():
    first, answer = claims(
        "Both sides count the dead",
        "More than 1,000 civilians were killed in Idlib on Tuesday, the Levant Monitoring Group said. "
        "The army admits to 17.",
        "figure",
    )
    assert answer.low == 17 and answer.subject == first.subject


def test_a_bare_number_that_names_its_own_people_stays_apart():
    found = claims(
        "Both sides count the dead",
        "More than 1,000 civilians were killed in Idlib on Tuesday, the Levant Monitoring Group said. "
        "The army lost 17 soldiers.",
        "figure",
    )
    assert len({c.subject for c in found}) == 2


def test_a_country_before_the_town_does_not_name_it():
    lead = "Rebels walked into the town of Darin on Monday."
    title, body = claims("Rebels enter Libya town", lead, "control")
    assert title.asset == body.asset == "Darin"
