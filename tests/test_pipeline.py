"""What the pipeline adds to its steps: one record an article, claims taken back, ids of content."""

from datetime import UTC, datetime, timedelta

import pytest

from claimstream import pipeline
from claimstream.model import Article, Settings
from effort import calls

NOON = datetime(2021, 3, 4, 12, tzinfo=UTC)
STORY = "HOMS, Syria - Gunmen killed 14 truck drivers near Palmyra in Syria on Thursday, a local official said."


def article(hours=0, **changes):
    values = {"id": "a1", "source": "wire.example", "title": "Gunmen kill 14 in Syria", "text": STORY}
    return Article(**{**values, "published_at": NOON + timedelta(hours=hours), **changes})


def replay(*articles):
    facts = {}
    for one in articles:
        facts.update(pipeline.fold(facts, pipeline.read(one), Settings()).facts)
    return facts


def test_an_article_without_a_claim_gives_a_record_all_the_same():
    record = pipeline.read(article(title="Markets", text="Shares rose on Thursday."))
    assert record.article == "a1" and record.claims == ()


def test_an_article_without_any_time_is_refused():
    with pytest.raises(ValueError, match="neither published_at nor fetched_at"):
        pipeline.read(article(published_at=None))


def test_ids_and_offsets_come_from_the_content_alone():
    one, two = pipeline.read(article()), pipeline.read(article())
    assert one == two and len({claim.id for claim in one.claims}) == len(one.claims)
    for claim in one.claims:
        whole = article().title if claim.in_title else article().text
        assert whole[claim.start : claim.end] == claim.words and claim.sentence in whole


def test_a_withdrawal_notice_takes_back_what_its_article_said():
    notice = "The story headlined “Gunmen kill 14 in Syria” is withdrawn. There will be no substitute story."
    withdrawn = article(hours=3, title="WITHDRAWN: Gunmen kill 14 in Syria", text=notice, status="withdrawn")
    before, after = replay(article()), replay(article(), withdrawn)
    [subject] = [key for key, fact in before.items() if fact.measure == "killed"]
    assert before[subject].stand.best == 14
    assert after[subject].stand.best is None and after[subject].stand.grade == "none"
    assert replay(article(), withdrawn, withdrawn)[subject] == after[subject]


def test_a_notice_of_another_article_takes_nothing_back():
    notice = article(hours=3, id="a2", text="The story is withdrawn.", title="WITHDRAWN: Story", status="withdrawn")
    [fact] = [fact for fact in replay(article(), notice).values() if fact.measure == "killed"]
    assert fact.stand.best == 14


@pytest.mark.parametrize(
    "piece",
    [
        "At least 12 people were killed in Aleppo. Some 12 died. ",
        "12 were killed, 14 in Homs, 15 ",
        "Rebels took the town. They hold Belen. ",
        "TWELVE WERE KILLED BY THE ARMY IN THE HOSPITAL OF ",
        "more than ",
        "“12 died,” he said. ",
    ],
)
def test_the_work_of_reading_grows_with_the_length_only(piece):
    small, large = (
        calls(lambda size=size: pipeline.read(article(text=piece * (size // len(piece))))) for size in (5_000, 20_000)
    )
    assert large < 5 * small


def test_who_calls_it_false_says_so_though_the_words_stand_outside_his_clause():
    words = "Few people were using the corridor to leave Belen, and the rebels claimed the reports were false."
    (claim,) = [one for one in pipeline.read(article(text=words)).claims if one.kind == "route" and one.holds == "no"]
    assert claim.denial and claim.attribution == "the rebels"
