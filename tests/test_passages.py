"""Sentences that hang on those before them, a passage to a line: tests/data/forms_of_passages.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from claimstream.model import Article, StateMention
from claimstream.reading import states, text

LINES = (Path(__file__).parent / "data" / "forms_of_passages.txt").read_text(encoding="utf-8").splitlines()
PASSAGES = [line for line in LINES if "=>" in line and not line.startswith("#")]
KINDS = {"r": "route", "s": "siege"}
PLACES = "Schools in Belen, in Darin and in Sarab are on holiday."
"""The end of every article, which shows that the names are those of places."""


def told(passage: str) -> list[StateMention]:
    """What is read of control, sieges and routes in an article of the passage alone."""
    body = "\n\n".join((*passage.split(" / "), PLACES))
    sentences = text.sentences(Article(id="a", source="s", title="News from the river", text=body))
    return [m for found in states.read(sentences) for m in found if not m.passing]


def meets(mention: StateMention, spec: str) -> bool:
    kind, _, claim = spec.rpartition(":")
    asset, side, holds = (part.strip().lower() for part in claim.split("|"))
    named = asset in mention.asset.lower() and side in mention.side.lower()
    return named and mention.kind == KINDS.get(kind.strip(), "control") and holds in ("", mention.holds)


def faults(passage: str, spec: str) -> tuple[list[str], list[StateMention]]:
    """What should have been read and was not, and what was read and should not have been."""
    rows = [row.strip() for row in spec.split(";") if row.strip()]
    left, missed = told(passage), []
    for row in rows:
        if row.startswith("?"):
            continue
        found = next((mention for mention in left if meets(mention, row)), None)
        if found is None:
            missed.append(row)
        else:
            left.remove(found)
    allowed = [row.lstrip("? ") for row in rows if row.startswith("?")]
    return missed, [mention for mention in left if not any(meets(mention, row) for row in allowed)]


@pytest.mark.parametrize("line", PASSAGES)
def test_a_passage_gives_these_claims_and_no_others(line: str, request: pytest.FixtureRequest) -> None:
    claims, _, reason = line.partition("#")
    if line.startswith("~"):
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason.strip()))
    passage, _, spec = (part.strip() for part in claims.lstrip("~ ").partition("=>"))
    assert faults(passage, spec) == ([], [])
