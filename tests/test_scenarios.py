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
from claimstream import replay
from claimstream.model import Settings
from scenario_checks import differs, found_instead
from scenario_language import parse

FOLDER = Path(__file__).parent / "scenarios"
SCENARIOS = {path.stem: parse(path) for path in sorted(FOLDER.glob("*.txt"))}
FAILING = {
    "the headline and the text of one reprint count as two copies": """
        01-nine-copies:23 killed in the market: 8 copies
    """,
    "“in Kafr Saloum, in Syria’s Idlib province” is read as Syria": """
        02-rising-toll:20 killed in the market: one fact
        02-rising-toll:26 no alert
        02-rising-toll:27 killed in the market: one fact
        02-rising-toll:28 killed in the market: one fact
        03-a-real-contradiction-once:15 killed in the market: 2 origins
        03-a-real-contradiction-once:15 killed in the market: grade fair
        03-a-real-contradiction-once:23 one alert about killed: best 28
        03-a-real-contradiction-once:23 one alert about killed: says "killed 28"
        03-a-real-contradiction-once:23 one alert about killed: side 28 (2 origins)
        03-a-real-contradiction-once:30 killed in the market: best 28
        03-a-real-contradiction-once:37 killed in the market: best 28
        03-a-real-contradiction-once:37 killed in the market: 3 origins
        03-a-real-contradiction-once:37 killed in the market: 4 copies
        03-a-real-contradiction-once:46 killed in the market: 3 origins
        04-vague-words:14 killed in the market: 2 origins
        04-vague-words:21 killed in the market: 2 origins
        09-correction-and-withdrawal:14 one alert about killed
        09-correction-and-withdrawal:14 one alert about killed: type contradiction
        09-correction-and-withdrawal:14 one alert about killed: state open
        09-correction-and-withdrawal:14 one alert about killed: revision 1
        09-correction-and-withdrawal:14 one alert about killed: low 28
        09-correction-and-withdrawal:14 one alert about killed: high 82
        09-correction-and-withdrawal:21 one alert about killed
        09-correction-and-withdrawal:21 one alert about killed: state corrected
        09-correction-and-withdrawal:21 one alert about killed: revision 2
        09-correction-and-withdrawal:23 killed in the market: one fact
        09-correction-and-withdrawal:23 killed in the market: 2 origins
        09-correction-and-withdrawal:30 one alert
        09-correction-and-withdrawal:30 one alert: state corrected
        09-correction-and-withdrawal:30 one alert: revision 2
        09-correction-and-withdrawal:31 killed in the market: one fact
        09-correction-and-withdrawal:31 killed in the market: 2 origins
        09-correction-and-withdrawal:48 one alert
        10-replay-disorder-crash:30 one alert about killed
        10-replay-disorder-crash:30 one alert about killed: type contradiction
        10-replay-disorder-crash:30 one alert about killed: state open
        10-replay-disorder-crash:30 one alert about killed: low 11
        10-replay-disorder-crash:30 one alert about killed: high 28
        10-replay-disorder-crash:44 killed in the market: one fact
        10-replay-disorder-crash:45 two alerts
    """,
    "a vague word lowers the best figure, and “several” contradicts 28": """
        04-vague-words:14 killed in the market: best 28
        04-vague-words:26 no alert
        04-vague-words:27 killed in the market: best 28
        04-vague-words:32 one alert about killed: says "hundreds"
    """,
    "28, 312 and 300,000 are read as counts since the siege began": """
        05-four-numbers-in-one-sentence:11 killed month: best 312
        05-four-numbers-in-one-sentence:12 killed siege began: best 4,000
        05-four-numbers-in-one-sentence:14 no alert
        05-four-numbers-in-one-sentence:22 killed month: one fact
        05-four-numbers-in-one-sentence:22 killed month: best 330
        05-four-numbers-in-one-sentence:22 killed month: history 312 then 330
        05-four-numbers-in-one-sentence:22 killed month: 1 update
        05-four-numbers-in-one-sentence:23 killed siege began: best 4,000
        05-four-numbers-in-one-sentence:25 no alert
    """,
    "the admission stands nowhere in the alert": """
        07-admission-against-interest:20 one alert about the college: says "withdrew from the Rashda military college"
    """,
    "a report is not marked as struck": """
        09-correction-and-withdrawal:23 killed in the market: struck "killed 82 people" as corrected
        09-correction-and-withdrawal:43 detained at Tell Asfour: struck "abducted 14 truck drivers" as withdrawn
    """,
    "“Congo army” and “the Congolese army” count as two voices": """
        11-names-and-phrases:34 who holds airport Goma: 2 origins
    """,
    "“Congo army”, “The town of” and “rebels still hold” are read as speakers of their own": """
        12-boasts-count-less:22 who holds Tell Asfour: 3 origins
        12-boasts-count-less:23 one alert about Tell Asfour: side rebels (2 origins, 2 neutral, 0 copies)
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
