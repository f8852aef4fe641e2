"""The quality that was reached on our own gold streams is kept; docs/evaluation.md has the figures of the day."""

import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import evaluate  # noqa: E402


@pytest.fixture(scope="module")
def read():
    """All counts with our reading."""
    return evaluate.evaluate(sorted((ROOT / "tests/gold").glob("*.json")))[0][-1][1]


@pytest.fixture(scope="module")
def judged():
    """All counts with the gold claims."""
    return evaluate.evaluate(sorted((ROOT / "tests/gold").glob("*.json")), gold_claims=True)[0][-1][1]


def f1(n, family):
    return 2 * n[f"{family} hit"] / (n[f"{family} hit"] + n[f"{family} wrong"] + n[f"{family} need"])


def test_claims_are_read(read):
    assert f1(read, "figures") >= 0.895
    assert f1(read, "control") >= 0.775
    assert read["attribution hit"] / read["attribution need"] >= 0.91


def test_disputes_of_articles_are_raised_and_few_others(read):
    assert read["disputes hit"] >= 510
    assert read["alerts false"] <= 134


def test_disputes_of_gold_claims_are_raised_and_hardly_any_other(judged):
    assert judged["disputes hit"] >= 693 and judged["on time"] >= 624
    assert judged["alerts false"] <= 108 and judged["repeated"] <= 66


def test_the_scorer_sees_a_claim_that_is_wrong():
    gold = {"article": "a", "kind": "figure", "sentence": "28 people died.", "measure": "killed", "low": 28, "high": 28}
    assert evaluate.likeness({**gold, "sentence": "28 people died."}, gold) == 2
    assert evaluate.likeness({**gold, "measure": "wounded"}, gold) == 1
    assert evaluate.likeness({**gold, "low": 3, "high": 3}, gold) == 0
