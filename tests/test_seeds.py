"""What a desk must be told of the five seed articles, through the embedded broker as the demo runs them."""

import json

import pytest

from test_cli import run

WANTED = {
    ("control", "military"): "who holds the military colleges",
    ("siege", ""): "is the siege of the eastern districts broken",
    ("figure", "besieged residents"): "how many people live in the government-held west",
    ("figure", "groups"): "how many rebel groups take part",
    ("control", "road motorway highway"): "have rebels taken part of the road",
    ("route", "corridor"): "is the humanitarian corridor open",
}


def answers(alert, kind, words):
    about = alert["measure"] if kind == "figure" else alert["asset"]
    return alert["kind"] == kind and (not words or any(word in about for word in words.split()))


@pytest.mark.embedded
def test_the_seeds_raise_their_six_disputes_and_no_other(tmp_path):
    out = tmp_path / "alerts.jsonl"
    run("replay", "--embedded", "-q", "seeds", "--alerts-out", out)
    alerts = [json.loads(line) for line in out.read_text().splitlines()]
    missing = [label for (kind, words), label in WANTED.items() if not any(answers(a, kind, words) for a in alerts)]
    others = [a["subject"] for a in alerts if not any(answers(a, kind, words) for kind, words in WANTED)]
    assert not missing and not others and len(alerts) == len(WANTED)
    for alert in alerts:
        assert len(alert["sides"]) >= 2 and all(side["sentence"] and side["source"] for side in alert["sides"])
