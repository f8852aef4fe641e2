"""A road that is named by two ends, and by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import orjson
import pytest

from claimstream import pipeline
from claimstream.edges import output
from claimstream.model import Alert, Article, ArticleClaims, Settings

_PLACED = "\n\nKunduz, in northern Afghanistan, has seen heavy fighting. Kunduz lies near the border."


def read(text: str, hours: int) -> ArticleClaims:
    at = datetime(2020, 1, 3, 12, tzinfo=UTC) + timedelta(hours=hours)
    source = f"paper{hours}.example"
    return pipeline.read(
        Article(id=source, source=source, title="", text=text + _PLACED, published_at=at, fetched_at=at)
    )


def disputes(*reports: str) -> set[str]:
    """The ids of the contradictions that the reports, six hours apart, amount to."""
    ledger = pipeline.Ledger(Settings())
    alerts: list[Alert] = []
    for n, report in enumerate(reports):
        alerts += ledger.take(read(report, 6 * n)).alerts
    return {alert.id for alert in alerts if alert.type == "contradiction"}


_CUT = "The road between Darin and Sela has been cut since Monday, drivers said."
_OPEN = "The road between Sela and Darin is open, the governor said."


@pytest.mark.parametrize(
    "one_end", ["The road to Darin is open, the governor said.", "The Sela road is open, he said."]
)
def test_who_names_one_end_contradicts_who_names_both(one_end: str) -> None:
    assert len(disputes(_CUT, one_end)) == 1
    assert len(disputes(one_end, _CUT)) == 1


def test_two_who_name_both_ends_disagree_once() -> None:
    assert len(disputes(_CUT, _OPEN)) == 1


def test_a_road_to_another_place_is_another() -> None:
    assert not disputes(_CUT, "The road to Belun is open, the governor said.")


def test_a_witness_is_no_claim_of_its_own() -> None:
    record = read(_CUT, 0)
    assert [claim.witness for claim in record.claims if claim.kind == "route"] == [False, True, True]
    assert len({claim.id for claim in record.claims}) == len(record.claims)
    assert sum(orjson.loads(line)["kind"] == "route" for line in output.claim_lines([record])) == 1
