"""Whose the offices are that an article gives to no country."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claimstream import pipeline
from claimstream.model import Article

NEWS = """{opening}Russian troops hold the town of Bakhmut. {saying} that 40 soldiers had been killed on Monday.

Ukrainian soldiers still hold two streets in the west of Bakhmut. The mayor said that 12 people had been killed.
"""


def interests(opening: str, saying: str) -> dict[str, str]:
    article = Article(
        id="a",
        source="nobodyknows.example",
        title="Battle for Bakhmut goes on",
        text=NEWS.format(opening=opening, saying=saying),
        published_at=datetime(2023, 3, 7, tzinfo=UTC),
    )
    return {claim.attribution: claim.interest for claim in pipeline.read(article).claims if claim.kind == "figure"}


@pytest.mark.parametrize(
    ("opening", "saying", "state"),
    [
        ("", "The defence ministry said", "state:UA"),
        ("", "In Moscow, the defence ministry said", "state:RU"),
        ("MOSCOW, March 7. /Agency/. ", "The defence ministry said", "state:RU"),
        ("MOSCOW, March 7. /Agency/. ", "Ukraine's defence ministry said", "state:UA"),
        ("BEIRUT (Agency) - ", "The defence ministry said", "state:UA"),
    ],
)
def test_an_office_without_a_country(opening: str, saying: str, state: str) -> None:
    found = interests(opening, saying)
    assert state in {camp for words, camp in found.items() if "ministry" in words}
    assert found["The mayor"] == "state:UA"
