"""Every form in which news says who holds a place, a line each: tests/data/forms_of_control.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimstream.model import Article, StateMention
from claimstream.reading import states, text

LINES = (Path(__file__).parent / "data" / "forms_of_control.txt").read_text(encoding="utf-8").splitlines()
FORMS = [line for line in LINES if "=>" in line and not line.startswith("#")]
SCENE = """The army and the rebels have been fighting since Monday over Belen.

The towns of Belen and Darin lie on the river.

"""


def controls(said: str) -> list[StateMention]:
    """What is read of control in the words, in a headline where they end without a full stop."""
    headline = not said.endswith((".", '."', "?")) and not said.startswith("- ")
    title, tail = (said, "") if headline else ("News from the river", said)
    sentences = text.sentences(Article(id="a", source="s", title=title, text=SCENE + tail))
    found = zip(sentences, states.read(sentences), strict=True)
    return [m for one, made in found for m in made if m.kind == "control" and (one.text in said or said in one.text)]


def meets(mention: StateMention, spec: str) -> bool:
    asset, side, holds = (part.strip().lower() for part in spec.split("|"))
    named = asset in mention.asset.lower() and side in mention.side.lower()
    return named and holds in ("", mention.holds)


@pytest.mark.parametrize("line", FORMS)
def test_form_is_read(line: str, request: pytest.FixtureRequest) -> None:
    if line.startswith("~"):
        request.applymarker(pytest.mark.xfail(strict=True, reason="not read yet"))
    said, _, spec = (part.strip() for part in line.lstrip("~ ").partition("=>"))
    made = controls(said)
    wanted = [one for one in spec.split(";") if one.strip()]
    if not wanted:
        assert not made, "this says nothing of who holds a place"
    assert [one for one in wanted if not any(meets(mention, one) for mention in made)] == []
