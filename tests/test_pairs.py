"""Two reports of two outlets, and whether the second contradicts the first: tests/data/pairs_of_reports.txt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from claimstream import pipeline
from claimstream.model import Article, Settings

_LINES = (Path(__file__).parent / "data" / "pairs_of_reports.txt").read_text(encoding="utf-8").splitlines()
_PAIRS = [tuple(part.strip() for part in line.split(" | ")) for line in _LINES if " | " in line]
_PLACED = "\n\nKunduz, in northern Afghanistan, has seen heavy fighting. Kunduz lies near the border."
"""Puts both reports into one country."""


def _article(id: str, source: str, text: str, hours: int) -> Article:
    at = datetime(2020, 1, 3, 12, tzinfo=UTC) + timedelta(hours=hours)
    return Article(id=id, source=source, title="", text=text + _PLACED, published_at=at, fetched_at=at)


@pytest.mark.parametrize(("wanted", "first", "second"), _PAIRS, ids=[pair[2][:60] for pair in _PAIRS])
def test_whether_the_second_report_contradicts_the_first(wanted: str, first: str, second: str) -> None:
    ledger = pipeline.Ledger(Settings())
    reports = (_article("a", "onewire.example", first, 0), _article("b", "otherpost.example", second, 20))
    alerts = [alert for report in reports for alert in ledger.take(pipeline.read(report)).alerts]
    assert any(alert.type == "contradiction" for alert in alerts) == (wanted == "Y")
