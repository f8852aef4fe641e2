"""The scenarios of tests/scenarios, item by item: through the pipeline in this process, and over the embedded broker.

FAILING lists the items that do not hold yet, by reason. They are strict: one that begins to hold fails the test until
it is taken from the list.
"""

import time
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

import scenario_runs as runs
from claimstream.commands import replay
from claimstream.model import Settings
from scenario_checks import differs, found_instead
from scenario_language import Unreadable, parse

FOLDER = Path(__file__).parent / "scenarios"
SCENARIOS = {path.stem: parse(path) for path in sorted(FOLDER.glob("*.txt"))}
FAILING = {
    "“Seven more bodies” is read as a count of the whole, and of another place": """
        02-rising-toll:15 killed in the market: one fact
        02-rising-toll:20 killed in the market: one fact
        02-rising-toll:27 killed in the market: one fact
        02-rising-toll:28 killed in the market: one fact
    """,
    "an alert sent before a late article came in is taken back; it never was one": """
        10-replay-disorder-crash:48 shuffled within an hour: same alerts
    """,
}
KNOWN = {line.strip(): reason for reason, lines in FAILING.items() for line in lines.strip().splitlines()}
"""Id of a check (what pytest prints in the brackets) -> why it fails."""


@cache
def dry(name):
    return runs.snapshots(SCENARIOS[name])


def checks():
    for name, scenario in SCENARIOS.items():
        for expectation in scenario.expectations:
            for item in expectation.items:
                yield name, expectation, item


def check_id(name, expectation, item):
    return (
        f"{name}:{expectation.line} {expectation.about}: {item}"
        if item
        else f"{name}:{expectation.line} {expectation.about}"
    )


def marked(name, expectation, item):
    label = check_id(name, expectation, item)
    marks = [pytest.mark.xfail(reason=KNOWN[label], strict=True)] if label in KNOWN else []
    return pytest.param(name, expectation, item, id=label, marks=marks)


@pytest.mark.parametrize(("name", "expectation", "item"), [marked(*check) for check in checks()])
def test_expectation(name, expectation, item):
    found = found_instead(expectation, item, dry(name)[expectation.told])
    assert not found, (
        f"tests/scenarios/{name}.txt:{expectation.line}: expect {expectation.about}: {item}\nfound: {found}"
    )


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_revision_of_an_alert_is_sent_once_and_in_turn(name):
    revisions = Counter((alert.id, alert.revision) for alert in dry(name)[len(SCENARIOS[name].articles)].alerts)
    assert not [key for key, times in revisions.items() if times > 1]
    assert all(revision == 1 or (alert, revision - 1) in revisions for alert, revision in revisions)


def test_what_is_known_to_fail_is_a_check():
    every = {check_id(*check) for check in checks()} | {variant_id(*check) for check in variants()}
    assert not set(KNOWN) - every


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Monday 2 March 2021", "that was a Tuesday"),
        ("10:00 Wire | Strike", "no day stands above it"),
        ("Tuesday 2 March 2021\n10:00 Wire reprints 09:00", "no article of 09:00"),
        ("Tuesday 2 March 2021\n10:00 Wire | Strike\n09:00 Wire | Strike", "it stands after a later article"),
        ("exptect no alert", "neither a day, an article nor an expectation"),
    ],
)
def test_a_line_that_is_not_of_the_language_is_named(text, said, tmp_path):
    path = tmp_path / "00-wrong.txt"
    path.write_text(f"# A comment.\n\n{text}\n")
    with pytest.raises(Unreadable, match=rf"^00-wrong\.txt:\d: .*{said}"):
        parse(path)


@pytest.mark.parametrize("item", ["bset 15", "no udpates", "2 udpates", "speaker", "kept as 15", "best"])
def test_an_item_that_is_not_of_the_language_never_holds(item):
    name = "01-nine-copies"
    expectation = next(e for e in SCENARIOS[name].expectations if e.about == "killed in the market")
    assert found_instead(expectation, item, dry(name)[expectation.told])


def variants():
    for name, scenario in SCENARIOS.items():
        for again in scenario.variants:
            for item in again.items:
                yield name, again, item


def variant_id(name, again, item):
    return f"{name}:{again.line} {again.how}: {item}"


def told_otherwise(with_broker):
    for name, again, item in variants():
        if bool(again.kill) == with_broker:
            label = variant_id(name, again, item)
            marks = [pytest.mark.xfail(reason=KNOWN[label], strict=True)] if label in KNOWN else []
            yield pytest.param(name, again, item, id=label, marks=marks)


@cache
def told(name, again):
    """What each of the deliveries of a variant leads to, and the waits between articles. It does not really wait."""
    waits = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", waits.append)
        pace = again.pace or None
        return [replay.dry(rows, Settings(), pace=pace) for rows in runs.deliveries(SCENARIOS[name], again)], waits


@pytest.mark.parametrize(("name", "again", "item"), list(told_otherwise(with_broker=False)))
def test_told_otherwise(name, again, item):
    scenario = SCENARIOS[name]
    results, waits = told(name, again)
    differences = [differs(item, dry(name)[len(scenario.articles)], other) for other in results]
    assert not any(differences), next(filter(None, differences))
    if again.pace:
        between = scenario.articles[-1].fetched_at - scenario.articles[0].fetched_at
        assert sum(waits) == pytest.approx(between.total_seconds() / again.pace)


@pytest.mark.embedded
@pytest.mark.parametrize("name", SCENARIOS)
def test_the_embedded_broker_says_the_same(name):
    """So every expectation holds over the broker where it holds without."""
    results = runs.embedded_snapshots(SCENARIOS[name])
    assert not results[len(SCENARIOS[name].articles)].dead
    for told, here in dry(name).items():
        for item in ("same table", "same alerts", "nothing sent twice"):
            difference = differs(item, here, results[told])
            assert not difference, f"after article {told}: {difference}"
    for _, expectation, item in (check for check in checks() if check[0] == name):
        found = found_instead(expectation, item, results[expectation.told])
        assert bool(found) == (check_id(name, expectation, item) in KNOWN), f"line {expectation.line}: {item}: {found}"


@cache
def with_a_kill(name, again, folder):
    return runs.with_a_kill(SCENARIOS[name], again, folder)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("workers")


@pytest.mark.embedded
@pytest.mark.parametrize(("name", "again", "item"), list(told_otherwise(with_broker=True)))
def test_a_killed_worker_changes_nothing(name, again, item, folder):
    difference = differs(item, dry(name)[len(SCENARIOS[name].articles)], with_a_kill(name, again, folder))
    assert not difference, difference
