"""What people died of is a part of what a count counts."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from claimstream import pipeline
from claimstream.model import Article

_PLACED = "\n\nKunduz, in northern Afghanistan, has seen heavy fighting. Kunduz lies near the border."


def subject(text: str) -> str:
    """The key of the first figure of a report from Kunduz."""
    article = Article(
        id="a", source="onewire.example", text=text + _PLACED, published_at=datetime(2020, 1, 3, tzinfo=UTC)
    )
    return next(claim.subject for claim in pipeline.read(article).claims if claim.kind == "figure")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("The cholera outbreak in Darin has killed 90 people.", "killed|people|cholera|daran"),
        ("Ninety people have died of cholera in Darin.", "killed|people|cholera|daran"),
        ("Some 40 people have starved to death in Darin.", "killed|people|hunger|daran"),
        ("Eleven children died of cold in Darin.", "killed|children|cold|daran"),
        ("Eleven people died in Darin in a raid; cholera has broken out there.", "killed|people|daran"),
        ("Cholera has broken out in Darin, and 11 people were killed in a raid.", "killed|people|daran"),
        ("The army's losses in Darin amounted to 300 dead.", "killed|state forces|daran"),
        ("Three members of the Defence and Security Forces were killed in Darin.", "killed|state forces|daran"),
        ("Nine schoolchildren died when a shell hit a school in Darin.", "killed|children|daran"),
    ],
)
def test_a_count_is_of_the_dead_of_one_cause_or_side(text: str, key: str) -> None:
    assert subject(text) == f"AF|figure|{key}|incident"
