"""Sentences are exact slices of the article, furniture stays out, and time is linear."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimstream.lexicon import load
from claimstream.model import Article
from claimstream.reading import text
from effort import calls

FURNITURE = load("furniture")["rule"]


def said(body: str, title: str = "") -> list[str]:
    return [s.text for s in text.sentences(Article(id="a", source="s", title=title, text=body))]


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ("Gen. Roe spoke. He left.", ["Gen. Roe spoke.", "He left."]),
        ("U.S. troops left. They won.", ["U.S. troops left.", "They won."]),
        ("He works for the U.S. The army does not.", ["He works for the U.S.", "The army does not."]),
        ("It began at 4 a.m. Monday. It ended at 11 p.m. Nobody died.",
         ["It began at 4 a.m. Monday.", "It ended at 11 p.m.", "Nobody died."]),
        ("Report No. 1 says 3.5 million fled. More will.", ["Report No. 1 says 3.5 million fled.", "More will."]),
        ("On Aug. 25 they left. In Aug. They came back.", ["On Aug. 25 they left.", "In Aug.", "They came back."]),
        ("“We won.” He left.", ["“We won.”", "He left."]),
        ("“We won!” Jane Roe said. Then she left.", ["“We won!” Jane Roe said.", "Then she left."]),
        ("“We won”, he said. “They lost”.", ["“We won”, he said.", "“They lost”."]),
        ('"Are you safe?" she asked. Nobody was.', ['"Are you safe?" she asked.', "Nobody was."]),
        ("Some fled... Others stayed.", ["Some fled...", "Others stayed."]),
        ("They hold the area.We are in trenches.", ["They hold the area.", "We are in trenches."]),
        ("See example.org for more. Or not.", ["See example.org for more.", "Or not."]),
        ("J. R. Roe leads it. He said so.", ["J. R. Roe leads it.", "He said so."]),
        ("Heading\n\nThe town fell.", ["Heading", "The town fell."]),
        ("• 4 trauma kits\n• 31 surgeons", ["• 4 trauma kits", "• 31 surgeons"]),
        ("The convoy reached the town after a long journey of\nnine days on the road. It was late.",
         ["The convoy reached the town after a long journey of\nnine days on the road.", "It was late."]),
    ],
)  # fmt: skip
def test_sentences_end_where_a_reader_ends_them(body: str, sentences: list[str]) -> None:
    assert said(body) == sentences


def test_the_title_comes_first_and_its_copy_in_the_text_is_left_out() -> None:
    found = text.sentences(Article(id="a", source="s", title="Town falls", text="Share\n\nTOWN FALLS\n\nIt fell."))
    assert [(s.text, s.title, s.index, s.paragraph) for s in found] == [
        ("Town falls", True, 0, 0),
        ("It fell.", False, 1, 1),
    ]


@pytest.mark.parametrize("rule", FURNITURE, ids=lambda rule: rule["name"])
def test_furniture_rules_match_their_examples_and_nothing_else(rule: dict[str, object]) -> None:
    examples, keep = rule["examples"], rule["keep"]
    assert isinstance(examples, list) and isinstance(keep, list) and examples and keep
    assert [line for line in examples if not text.furniture(line)] == []
    assert [line for line in keep if text.furniture(line)] == []


def test_a_line_that_only_begins_like_furniture_is_news() -> None:
    body = "Share prices fell when the port closed.\n\nBy nightfall the town was lost."
    assert said(body) == ["Share prices fell when the port closed.", "By nightfall the town was lost."]


@pytest.mark.parametrize(
    ("words", "tokens"),
    [
        ("the rebel-held town's 1,500 men", ["the", "rebel-held", "town", "'s", "1,500", "men"]),
        ("U.S.-backed forces", ["U.S.-backed", "forces"]),
        ("60-70 per cent, 3.5 km", ["60-70", "per", "cent", ",", "3.5", "km"]),
        ("“half-a-dozen” – 10%", ["“", "half-a-dozen", "”", "–", "10", "%"]),
        ("don’t; Sana’a’s port", ["don’t", ";", "Sana’a", "’s", "port"]),
        ("''No,'' he said", ["''", "No", ",", "''", "he", "said"]),
    ],
)
def test_tokens(words: str, tokens: list[str]) -> None:
    assert [t.text for t in text.tokens(words)] == tokens


def test_the_lower_form_has_plain_quotes_and_dashes() -> None:
    assert [t.lower for t in text.tokens("Sana’a “A” – B")] == ["sana'a", '"', "a", '"', "-", "b"]


def test_a_byline_dates_the_page_and_shows_the_headline() -> None:
    raw = (
        "NEWS24 - Please consider donating to our newsroom\n\nArmed Conflict (World)\n\nRebels Take the Bridge\n\n"
        "by Jane Roe August 08, 2016\n\nRebels took the bridge on Monday, officials said, after a long battle.\n"
    )
    page = text.page(raw)
    assert page.title == "Rebels Take the Bridge"
    assert page.published_at == datetime(2016, 8, 8, tzinfo=UTC)
    assert said(page.text) == ["Rebels took the bridge on Monday, officials said, after a long battle."]


@pytest.mark.parametrize(
    ("stamp", "when"),
    [
        ("Published: 3 October 2015 19:40 GMT", datetime(2015, 10, 3, 19, 40, tzinfo=UTC)),
        ("October 3, 2015", datetime(2015, 10, 3, tzinfo=UTC)),
        ("2015-10-03", datetime(2015, 10, 3, tzinfo=UTC)),
        ("3 October 2015 7:40 pm UTC", datetime(2015, 10, 3, 19, 40, tzinfo=UTC)),
    ],
)
def test_a_stamp_below_the_headline_is_the_date(stamp: str, when: datetime) -> None:
    page = text.page(
        f"Home\n\nHospital Hit in the Night\n\n{stamp}\n\nThe hospital was hit, its director said on Monday."
    )
    assert (page.title, page.published_at) == ("Hospital Hit in the Night", when)


@pytest.mark.parametrize(
    ("raw", "title", "day"),
    [
        ("World\n\nMiddle East\n\nArmy retakes key bridge from rebels\n\nBy Staff Reporter\n\nThe army won.",
         "Army retakes key bridge from rebels", None),
        ("Page last updated at 05:01 GMT, Wednesday, 22 April 2009\n\nMore civilians flee the war\n\nThey fled.",
         "More civilians flee the war", 22),
        ("Rebels killed in raid on the fort\nBy\nEW\n|\nDecember 03, 2010\nTESTVILLE: Nine rebels died.",
         "Rebels killed in raid on the fort", 3),
        ("Troops battle rebels in the north\n\nTroops surged forward today after the last big town had fallen…\n\n"
         "Mon Jan 26 2009 - 00:00\n\nTroops surged forward today.", "Troops battle rebels in the north", 26),
        ("Town falls • Port open • Bank closed • More\nHome\n\nRebels claim to have won the day\n\n"
         "Example Wire, May 4, 2015 Adjust font size:\n\nRebels said on Sunday that they had won the day at the mill.",
         "Rebels claim to have won the day", 4),
    ],
)  # fmt: skip
def test_headline_and_date_of_pages_of_many_forms(raw: str, title: str, day: int | None) -> None:
    page = text.page(raw)
    assert (page.title, page.published_at.day if page.published_at else None) == (title, day)


def test_a_page_without_a_date_has_none_and_a_photo_credit_dates_nothing() -> None:
    raw = (
        "Skip to main content\n\nRebels launch offensive on the city\n\n"
        "Jane Roe, AFP | A street near the crossing on July 30, 2016\n\n"
        "Rebels launched an assault on Sunday, residents of the city said.\n"
    )
    page = text.page(raw)
    assert (page.title, page.published_at) == ("Rebels launch offensive on the city", None)


@pytest.mark.parametrize(
    ("body", "place", "wire"),
    [
        ("TESTVILLE (Example Wire) - Two died.", "TESTVILLE", "Example Wire"),
        ("TESTVILLE, Oct 14 (EW) — Two died.", "TESTVILLE", "EW"),
        ("Testville (EW) – Two died.", "Testville", "EW"),
        ("TESTVILLE, August 7. /EXW/. Two died.", "TESTVILLE", "EXW"),
        ("Testville, EXWA – Two died.", "Testville", "EXWA"),
        ("TESTVILLE, Testland – Two died.", "TESTVILLE", ""),
        ("TESTVILLE: Two died.", "TESTVILLE", ""),
        ("TESTVILLE CITY (Example News)\n\nTwo died.", "TESTVILLE CITY", "Example News"),
        ("Two died in Testville.\n\n(With inputs from Example Wire)", "", "Example Wire"),
        ("Two died in Testville.\n\n(Reporting by Example Wire staff in Testville)", "", "Example Wire"),
        ("A village (population 40) - Two died.", "", ""),
        ("Two died.", "", ""),
    ],
)
def test_the_agency_is_read_from_dateline_and_credits(body: str, place: str, wire: str) -> None:
    article = Article(id="a", source="s", text=body)
    found = text.sentences(article)
    assert text.dateline(found).place == place
    assert text.wire(article, text.dateline(found)) == wire


@given(st.text(max_size=400), st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_every_sentence_and_token_is_a_slice(body: str, title: str) -> None:
    for sentence in text.sentences(Article(id="a", source="s", title=title, text=body)):
        whole = title if sentence.title else body
        assert whole[sentence.start : sentence.start + len(sentence.text)] == sentence.text
        assert len(sentence.text) <= text.LONGEST
        assert [sentence.text[t.start : t.end] for t in sentence.tokens] == [t.text for t in sentence.tokens]


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_page_can_be_read(raw: str) -> None:
    page = text.page(raw)
    assert page.published_at is None or page.published_at.tzinfo is not None


@pytest.mark.parametrize("piece", ["A. ", "a.B", '"', "... ", "a\n", "By A", "1.", "(a) - ", "a" * 50 + "\n", "Tags: "])
def test_work_is_linear_in_the_length(piece: str) -> None:
    made = (Article(id="a", source="s", text=piece * (size // len(piece))) for size in (50_000, 400_000))
    small, large = (calls(lambda a=a: text.wire(a, text.dateline(text.sentences(a)))) for a in made)
    assert large < 10 * small + 1000
