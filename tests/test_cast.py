"""Who is who in one article: words that name a side only to who has read the rest of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claimstream import pipeline
from claimstream.judging.comparing import side
from claimstream.model import Article


def camps(source: str, text: str) -> dict[str, str]:
    """The camps of the holders that an article tells of, by the words for them."""
    article = Article(id="a", source=source, text=text, published_at=datetime(2023, 3, 7, tzinfo=UTC))
    return {claim.side: side(claim) for claim in pipeline.read(article).claims if claim.kind == "control"}


@pytest.mark.parametrize(
    ("text", "words", "camp"),
    [
        (
            "Boko Haram attacked Baga in Nigeria on Monday, the army said. Militants hold the town, residents said.",
            "Militants",
            "group:boko-haram",
        ),
        (
            "Boko Haram and ISWAP fought near Baga in Nigeria on Monday. Militants hold Baga, residents said.",
            "Militants",
            "armed:NG",
        ),
        (
            "The army of Nigeria fought Boko Haram near Baga. Units hold the town, an army spokesman said.",
            "Units",
            "state:NG",
        ),
        (
            "The army of Nigeria fought Boko Haram near Baga. Units hold the town, residents said.",
            "Units",
            "other:units",
        ),
    ],
)
def test_words_for_a_side_that_the_article_makes_known(text: str, words: str, camp: str) -> None:
    assert camps("nobodyknows.example", text)[words] == camp
