"""Claims that come ready from a file: what they lack is filled in as reading would."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from claimstream.commands import readyclaims
from claimstream.model import Article, Claim

TEXT = (
    "Twelve people were killed in Amran on Monday, and 340 people have been killed since January, the mayor said. "
    "The army denied that rebels had taken the airport."
)
FIRST, SECOND = TEXT.split(". ")


def read(folder: Path, rows: Sequence[dict[str, Any]]) -> tuple[Claim, ...]:
    file = folder / "claims.jsonl"
    file.write_text("\n".join(json.dumps({"article": "a", **row}) for row in rows))
    article = Article(id="a", source="northdesk.example", text=TEXT, published_at=datetime(2031, 5, 6, tzinfo=UTC))
    (record,) = readyclaims.records(file, [article])
    return record.claims


def figure(number: int, **fields: Any) -> dict[str, Any]:
    row = {"kind": "figure", "measure": "killed", "low": number, "high": number, "who": "people", "place": "Amran"}
    return {**row, "sentence": FIRST + ".", "attribution": "the mayor", **fields}


def test_the_period_of_a_count_is_filled_in(tmp_path: Path) -> None:
    today, whole = read(tmp_path, [figure(12), figure(340)])
    assert (today.scope, whole.scope, whole.since != "") == ("incident", "period", True)
    assert today.subject != whole.subject


def test_what_a_row_gives_goes_first(tmp_path: Path) -> None:
    (told,) = read(tmp_path, [figure(340, scope="total", since="")])
    assert (told.scope, told.since) == ("total", "")


def test_a_denial_is_marked(tmp_path: Path) -> None:
    row = {"kind": "control", "asset": "airport", "side": "rebels", "holds": "no"}
    (told,) = read(tmp_path, [{**row, "sentence": SECOND, "attribution": "The army"}])
    assert told.denial


def test_a_bare_number_is_of_the_subject_of_the_figure_before(tmp_path: Path) -> None:
    answer = figure(17, rule="killed.again", sentence="The army admits to 17.", place="")
    whole, admitted = read(tmp_path, [figure(340), answer])
    assert admitted.subject == whole.subject


def test_rows_may_bring_subjects_of_a_form_of_their_own(tmp_path: Path) -> None:
    told = read(tmp_path, [figure(12, subject="mine"), figure(0, subject="mine")])
    assert [claim.subject for claim in told] == ["mine", "mine"]
