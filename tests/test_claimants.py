"""Whose word a denial speaks against, and what is made of it."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
import pytest

from claimstream import pipeline
from claimstream.edges import output
from claimstream.judging.claimants import of_contrary, of_denied
from claimstream.model import Article, Claim

_PLACED = "\n\nKunduz, in northern Afghanistan, has seen heavy fighting. Kunduz lies near the border."


def read(text: str) -> tuple[Claim, ...]:
    at = datetime(2020, 1, 3, 12, tzinfo=UTC)
    article = Article(id="a", source="one.example", title="", text=text + _PLACED, published_at=at, fetched_at=at)
    return pipeline.read(article).claims


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The army denied rebel claims that they had captured Darin.", "rebel"),
        ("The mayor dismissed the army's claim to have retaken Darin.", "the army"),
        ("The operator denied a claim by the gang alliance to hold the terminal.", "the gang alliance"),
        ("The group dismissed a Syrian army statement that it had taken the village.", "Syrian army"),
        ("Sana disputed Monday rebel claims of having broken the siege.", "rebel"),
        ("The army denied that Darin had fallen.", ""),
    ],
)
def test_whose_claim_is_denied(sentence: str, who: str) -> None:
    assert of_denied(sentence) == who


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The road had stayed open, contrary to what Moscow announced on the 16th.", "Moscow"),
        ("The hall never fell, contrary to what was claimed by Kiev, he said.", "Kiev"),
        ("Contrary to the rebels' claims, Darin is in government hands.", "the rebels"),
        ("Contrary to custom, the mayor spoke first.", ""),
    ],
)
def test_who_said_the_contrary(sentence: str, who: str) -> None:
    assert of_contrary(sentence) == who


def test_a_denial_implies_the_word_that_it_denies() -> None:
    denial, implied = read("The army denied rebel claims that they had captured Darin.")
    assert (denial.attribution, denial.holds, denial.implied) == ("The army", "no", False)
    assert (implied.attribution, implied.holds, implied.implied) == ("rebel", "yes", True)
    assert implied.subject == denial.subject
    assert implied.origin != denial.origin


def test_nothing_is_implied_where_the_article_has_the_other_word() -> None:
    assert not any(claim.implied for claim in read("Rebels say they hold Darin; the army denies it."))


def test_implied_words_are_no_lines_of_their_own() -> None:
    at = datetime(2020, 1, 3, 12, tzinfo=UTC)
    words = "The army denied rebel claims that they had captured Darin." + _PLACED
    record = pipeline.read(Article(id="a", source="one.example", title="", text=words, published_at=at))
    rows = [orjson.loads(line) for line in output.claim_lines([record])]
    assert [row["holds"] for row in rows] == ["no"]


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("Ten men, not 17, were killed in Darin, the monitor said.", "others"),
        ("The general said six soldiers had been killed at Darin, dismissing the rebels' figure of 40.", "the rebels"),
        (
            "Some 13 civilians were killed in Darin, says the doctor, rejecting the four deaths that Belen gave.",
            "Belen",
        ),
    ],
)
def test_a_figure_that_is_denied_is_the_word_of_another(words: str, speaker: str) -> None:
    said, denied = [claim for claim in read(words) if claim.kind == "figure"]
    assert denied.attribution == speaker
    assert denied.origin != said.origin
    assert denied.subject == said.subject
    assert not said.denial


def test_who_corrects_himself_denies_nobody() -> None:
    claims = read("The clinic has since told us that there were seven dead in Darin, not 17.")
    assert not any(claim.denial for claim in claims)


@pytest.mark.parametrize(
    "words",
    [
        "The army denied a claim by the rebels that Darin was in their hands.",
        "The army denied the rebels' claim that Darin was in their hands.",
    ],
)
def test_who_denies_another_s_claim_does_not_deny_his_own(words: str) -> None:
    denial, implied = read(words)
    assert (denial.side, denial.holds) == ("rebels", "no")
    assert (implied.side, implied.holds, implied.attribution) == ("rebels", "yes", "the rebels")
