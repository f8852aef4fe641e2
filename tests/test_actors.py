"""Whom "we", "they" and "the group" are, in the words of people who speak."""

from __future__ import annotations

import pytest

from claimstream.model import Article
from claimstream.reading import states, text


def rows(words: str, title: str = "") -> list[str]:
    sentences = text.sentences(Article(id="a", source="s", title=title, text=words))
    return [f"{m.kind} | {m.asset} | {m.side} | {m.holds}" for found in states.read(sentences) for m in found]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ('"It\'s ours," the rebels said of Belen.', ["control | Belen | rebels | yes"]),
        ('"We\'ve taken Belen," the rebels said.', ["control | Belen | rebels | yes"]),
        ('"We\u2019re not in Belen," the rebels said.', ["control | Belen | rebels | no"]),
        ('"We\'ll take Belen," the rebels said.', []),
        ('"Belen\'s in our hands," the rebels said.', ["control | Belen | rebels | yes"]),
        ("The road to Belen is mined. It's closed.", ["route | road to Belen |  | no"] * 2),
        ('"There\'s no siege of Belen," the mayor said.', ["siege | Belen |  | no"]),
        ("The army's men hold Belen's port.", ["control | port | army's men | yes"]),
    ],
)
def test_short_forms_of_speech_are_verbs(words: str, wanted: list[str]) -> None:
    assert rows(words) == wanted
