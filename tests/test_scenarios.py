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
    "the headline counts as a voice, and may be of another subject, beside the sentence that it sums up": """
        01-nine-copies:12 killed in the market: one fact
        01-nine-copies:12 killed in the market: speaker "Levant Monitoring Group"
        01-nine-copies:23 killed in the market: one fact
        04-vague-words:14 killed in the market: one fact
        04-vague-words:20 casualties in the market: one fact
        04-vague-words:21 killed in the market: one fact
        04-vague-words:27 killed in the market: one fact
        04-vague-words:35 killed in the market: one fact
        06-the-military-college:16 one alert about the college
        06-the-military-college:25 one alert about the college
        06-the-military-college:33 one alert about the college
        07-admission-against-interest:15 one alert about the college
        07-admission-against-interest:20 one alert about the college
        07-admission-against-interest:20 one alert about the college: type contradiction
        08-siege:13 one alert about siege: side not besieged (1 origin, 0 neutral)
        08-siege:23 one alert about siege: side not besieged (1 origin, 0 neutral)
        08-siege:28 siege of Aleppo: 2 origins
        11-names-and-phrases:34 who holds airport Goma: 2 origins
        11-names-and-phrases:35 who holds airport Hodeidah: 1 origin
    """,
    "“in Kafr Saloum, in Syria’s Idlib province” is read as Syria; a bare number is not one of people": """
        02-rising-toll:15 killed in the market: one fact
        02-rising-toll:15 killed in the market: best 22
        02-rising-toll:20 killed in the market: one fact
        02-rising-toll:20 killed in the market: best 28
        02-rising-toll:20 killed in the market: low 28
        02-rising-toll:20 killed in the market: history 15 then 22 then 28
        02-rising-toll:20 killed in the market: 2 updates
        02-rising-toll:20 killed in the market: no contradiction
        02-rising-toll:20 killed in the market: 1 origin
        02-rising-toll:26 no alert
        02-rising-toll:27 killed in the market: one fact
        02-rising-toll:28 killed in the market: one fact
        02-rising-toll:28 killed in the market: best 22
        03-a-real-contradiction-once:15 killed in the market: one fact
        03-a-real-contradiction-once:23 one alert about killed
        03-a-real-contradiction-once:23 one alert about killed: says "killed 28"
        03-a-real-contradiction-once:30 killed in the market: one fact
        03-a-real-contradiction-once:37 killed in the market: one fact
        03-a-real-contradiction-once:38 one alert
        03-a-real-contradiction-once:43 one alert about killed
        03-a-real-contradiction-once:43 one alert about killed: state resolved
        03-a-real-contradiction-once:46 killed in the market: one fact
        03-a-real-contradiction-once:46 killed in the market: 3 origins
        03-a-real-contradiction-once:46 killed in the market: grade fair
        03-a-real-contradiction-once:46 killed in the market: 1 contradiction
        04-vague-words:14 killed in the market: best 28
        04-vague-words:26 no alert
        04-vague-words:27 killed in the market: best 28
        04-vague-words:32 one alert about killed
        04-vague-words:32 one alert about killed: says "hundreds"
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
        09-correction-and-withdrawal:30 one alert
        09-correction-and-withdrawal:30 one alert: state corrected
        09-correction-and-withdrawal:30 one alert: revision 2
        09-correction-and-withdrawal:31 killed in the market: one fact
        10-replay-disorder-crash:30 one alert about killed
        10-replay-disorder-crash:30 one alert about killed: type contradiction
        10-replay-disorder-crash:30 one alert about killed: state open
        10-replay-disorder-crash:30 one alert about killed: low 11
        10-replay-disorder-crash:30 one alert about killed: high 28
        10-replay-disorder-crash:31 one alert about the bridge
        10-replay-disorder-crash:41 killed in the market: one fact
    """,
    "28, 312 and 300,000 are read as counts since the siege began, and “the month's” as no period": """
        05-four-numbers-in-one-sentence:10 killed on Monday incident: one fact
        05-four-numbers-in-one-sentence:10 killed on Monday incident: best 28
        05-four-numbers-in-one-sentence:11 killed month: best 312
        05-four-numbers-in-one-sentence:12 killed siege began: best 4,000
        05-four-numbers-in-one-sentence:14 no alert
        05-four-numbers-in-one-sentence:21 killed on Monday incident: one fact
        05-four-numbers-in-one-sentence:21 killed on Monday incident: best 28
        05-four-numbers-in-one-sentence:22 killed month: one fact
        05-four-numbers-in-one-sentence:22 killed month: best 330
        05-four-numbers-in-one-sentence:22 killed month: history 312 then 330
        05-four-numbers-in-one-sentence:22 killed month: 1 update
        05-four-numbers-in-one-sentence:23 killed siege began: best 4,000
        05-four-numbers-in-one-sentence:25 no alert
    """,
    "the admission stands nowhere in the alert, and says only who does not hold the college": """
        07-admission-against-interest:20 one alert about the college: assessed rebels
        07-admission-against-interest:20 one alert about the college: says "withdrew from the Rashda military college"
    """,
    "a report is not marked as struck": """
        09-correction-and-withdrawal:23 killed in the market: struck "killed 82 people" as corrected
    """,
    "a notice of withdrawal carries no claims, and nobody looks up those of the withdrawn story": """
        09-correction-and-withdrawal:43 detained at Tell Asfour: no data
        09-correction-and-withdrawal:43 detained at Tell Asfour: no origin
        09-correction-and-withdrawal:43 detained at Tell Asfour: struck "abducted 14 truck drivers" as withdrawn
        09-correction-and-withdrawal:43 detained at Tell Asfour: history 14 then open
        09-correction-and-withdrawal:48 one alert
    """,
    "“rebels still hold” and “The town of” are read as speakers, and the headline counts as a voice": """
        12-boasts-count-less:22 who holds Tell Asfour: 3 origins
        12-boasts-count-less:23 one alert about Tell Asfour: side Syrian army (1 origin, 0 neutral, 2 copies)
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
    assert not set(KNOWN) - {check_id(*check) for check in checks()}


def variants(with_broker):
    for name, scenario in SCENARIOS.items():
        for again in scenario.variants:
            if bool(again.kill) == with_broker:
                yield pytest.param(name, again, id=f"{name}:{again.line} {again.how}")


@pytest.mark.parametrize(("name", "again"), list(variants(with_broker=False)))
def test_told_otherwise(name, again, monkeypatch):
    waits = []
    monkeypatch.setattr(time, "sleep", waits.append)
    scenario = SCENARIOS[name]
    for articles in runs.deliveries(scenario, again):
        results = replay.dry(articles, Settings(), pace=again.pace or None)
        for item in again.items:
            difference = differs(item, dry(name)[len(scenario.articles)], results)
            assert not difference, difference
    if again.pace:
        hours = scenario.articles[-1].fetched_at - scenario.articles[0].fetched_at
        assert sum(waits) == pytest.approx(hours.total_seconds() / again.pace)


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


@pytest.mark.embedded
@pytest.mark.parametrize(("name", "again"), list(variants(with_broker=True)))
def test_a_killed_worker_changes_nothing(name, again, tmp_path):
    scenario = SCENARIOS[name]
    results = runs.with_a_kill(scenario, again, tmp_path)
    for item in again.items:
        difference = differs(item, dry(name)[len(scenario.articles)], results)
        assert not difference, difference
