"""The command line as a person meets it: what it prints, where it says no, and with which exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CLAIMSTREAM = Path(sys.executable).parent / "claimstream"

FEED = [
    {
        "id": "n1",
        "source": "wire.example",
        "published_at": "2021-03-04T08:00:00+00:00",
        "title": "Rebels take Karan bridge",
        "text": "KARAN (Wire) - Rebels captured the main bridge in Aleppo on Thursday, witnesses said.\n\n"
        "At least 15 people were killed in the market, the health ministry said.",
    },
    {
        "id": "n2",
        "source": "state.example",
        "published_at": "2021-03-04T09:00:00+00:00",
        "title": "Army denies loss of bridge",
        "text": "The army denied that rebels had captured the main bridge in Aleppo.",
    },
]


def run(*args, code=0, stdin=None, **env):
    done = subprocess.run(
        [CLAIMSTREAM, *map(str, args)],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        input=stdin,
        env={**os.environ, "COLUMNS": "200", **env},
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done


@pytest.fixture
def feed(tmp_path):
    file = tmp_path / "feed.jsonl"
    file.write_text("\n".join(map(json.dumps, FEED)))
    return file


def rows(path):
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_dry_replay_writes_claims_alerts_and_table(feed, tmp_path):
    out = {name: tmp_path / f"{name}.jsonl" for name in ("claims", "alerts", "table", "revisions")}
    done = run("replay", "--dry", feed, *(f"--{name}-out={path}" for name, path in out.items()))
    claims, alerts = rows(out["claims"]), rows(out["alerts"])
    assert {"article", "sentence", "kind", "attribution"} <= set.intersection(*map(set, claims))
    assert any(
        c["kind"] == "figure" and c["measure"] == "killed" and c["low"] == 15 and c["high"] is None for c in claims
    )
    assert [(a["article"], a["kind"]) for a in alerts] == [("n2", "control")]
    assert "bridge" in alerts[0]["asset"] and alerts[0]["sentence"] in (FEED[1]["title"], FEED[1]["text"])
    assert {row["subject"] for row in rows(out["table"])} == {claim["subject"] for claim in claims}
    assert rows(out["revisions"])
    assert "CONTRADICTION" in done.stdout and "2 articles" in done.stdout


def test_the_same_input_prints_the_same_bytes(feed, tmp_path):
    for name in ("one", "two"):
        run("replay", "--dry", "-q", feed, f"--claims-out={tmp_path / name}.c", f"--table-out={tmp_path / name}.t")
    assert (tmp_path / "one.c").read_bytes() == (tmp_path / "two.c").read_bytes()
    assert (tmp_path / "one.t").read_bytes() == (tmp_path / "two.t").read_bytes()


def test_ready_claims_are_judged_without_reading(tmp_path):
    file = tmp_path / "claims.jsonl"
    row = {
        "kind": "figure",
        "measure": "killed",
        "low": 28,
        "high": 28,
        "unit": None,
        "who": "people",
        "place": "Karan",
    }
    other = {
        **row,
        "low": 280,
        "high": 280,
        "article": "b",
        "sentence": "280 people died in Karan.",
        "attribution": "the mayor",
    }
    file.write_text(
        "\n".join(
            json.dumps(r)
            for r in ({**row, "article": "a", "sentence": "28 people died in Karan.", "attribution": "a doctor"}, other)
        )
    )
    done = run("replay", "--dry", "--claims", file, "--alerts-out", "-")
    assert [json.loads(line)["article"] for line in done.stdout.splitlines()] in (["b"], [])
    assert run("replay", "--dry", "--claims", tmp_path / "none.jsonl", code=1).stderr.count("\n") == 1


def test_extract_prints_claims(feed):
    kinds = {json.loads(line)["kind"] for line in run("extract", feed).stdout.splitlines()}
    assert kinds == {"control", "figure"}


def test_explain_names_the_rule_and_the_number_left_alone():
    done = run("explain", "The army said that 22 people were killed at 10 a.m.")
    assert "killed: 22 people" in done.stdout and "[killed" in done.stdout
    assert "left alone: “10”" in done.stdout
    assert "control: town, Rebels: yes" in run("explain", "-", stdin="Rebels captured the town.").stdout


def test_show_finds_a_fact_and_its_evidence(feed, tmp_path):
    table = tmp_path / "table.jsonl"
    run("replay", "--dry", "-q", feed, "--table-out", table)
    assert "15 or more" in run("show", "killed", "--table", table).stdout
    assert "nothing known" in run("show", "killed", "--table", table, "--as-of", "2021-03-03").stdout
    assert "no subject matches" in run("show", "nowhere", "--table", table, code=1).stderr
    assert "ISO 8601" in run("show", "killed", "--table", table, "--as-of", "noon", code=1).stderr


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["replay", "--dry", "nowhere"], "nowhere: no such file or folder"),
        (["replay"], "nothing to replay"),
        (["replay", "--dry", "--embedded", "seeds"], "exclude each other"),
        (["replay", "--dry", "seeds", "--speed", "fast"], "--speed 'fast'"),
        (["replay", "--dry", "seeds", "--order", "time"], "--order time needs a date in every article"),
        (["replay", "seeds", "--bootstrap-servers", "127.0.0.1:1"], "127.0.0.1:1"),
        (["topics", "--bootstrap-servers", "127.0.0.1:1"], "127.0.0.1:1"),
        (["config", "--set", "partitions=many"], "partitions = 'many'"),
        (["config", "--set", "partition=3"], "unknown setting 'partition'"),
        (["config", "--config", "nowhere.toml"], "nowhere.toml"),
    ],
)
def test_an_error_is_one_line_that_names_the_place(args, said):
    done = run(*args, code=1)
    assert said in done.stderr and "Traceback" not in done.stderr and done.stderr.strip().count("\n") == 0


def test_the_rest_goes_on_past_a_bad_record(tmp_path):
    file = tmp_path / "feed.jsonl"
    file.write_text("\n".join([json.dumps(FEED[0]), "{oops", json.dumps(FEED[1])]))
    done = run("replay", "--dry", file, code=1)
    assert "feed.jsonl:2: not JSON" in done.stderr and "2 articles" in done.stdout


def test_settings_come_from_flags_then_environment_then_file(tmp_path):
    file = tmp_path / "c.toml"
    file.write_text('partitions = 3\nprofile = "from-file"\n')
    done = run("config", "--config", file, "--set", "replication=2", CLAIMSTREAM_PARTITIONS="5")
    text = " ".join(done.stdout.split())
    assert "partitions 5" in text and "replication 2" in text and "profile from-file" in text


def test_a_password_is_never_printed():
    secret = "hunter2hunter2"
    login = {"CLAIMSTREAM_SECURITY_PROTOCOL": "SASL_SSL", "CLAIMSTREAM_SASL_USERNAME": "u"}
    done = run("config", CLAIMSTREAM_SASL_PASSWORD=secret, **login)
    assert secret not in done.stdout + done.stderr
    assert "***" in done.stdout


def test_words_of_an_article_cannot_rewrite_the_terminal(tmp_path):
    evil = {
        **FEED[0],
        "source": "\x1b]0;owned\x07wire\u202e",
        "text": "[bold]At least 15 people[/bold] were killed\x1b[2J in Aleppo, the army said.",
    }
    file = tmp_path / "feed.jsonl"
    file.write_text(
        "\n".join(
            map(json.dumps, (evil, {**FEED[1], "text": "No more than 3 people were killed in Aleppo, the mayor said."}))
        )
    )
    done = run("replay", "--dry", file)
    assert "\x1b" not in done.stdout and "\u202e" not in done.stdout


@pytest.mark.embedded
def test_the_demo_shows_both_sides_and_ends_by_itself(feed):
    done = run("demo", feed, DEMO_ONCE="1")
    assert "CONTRADICTION" in done.stdout and "state.example" in done.stdout and "wire.example" in done.stdout
    assert "Consensus" in done.stdout


LEXICON = """
[[place]]
name = "Tell Asfour"
country = "SY"
names = ["Tal Asfur"]
[[actor]]
key = "northern-front"
names = ["Northern Front"]
camps = { SY = "rebel" }
"""


def test_an_operators_file_adds_places_and_actors(tmp_path):
    words = {"id": "n1", "source": "wire.example", "published_at": "2021-03-04T08:00:00+00:00"}
    words["text"] = "The Northern Front captured Tell Asfour on Thursday, witnesses said."
    feed, lexicon = tmp_path / "feed.jsonl", tmp_path / "names.toml"
    feed.write_text(json.dumps(words))
    lexicon.write_text(LEXICON)
    [claim] = map(json.loads, run("extract", "--set", f"lexicon={lexicon}", feed).stdout.splitlines())
    assert (claim["situation"], claim["asset"], claim["side"]) == ("SY", "Tell Asfour", "Northern Front")
    assert '"situation":"SY"' not in run("extract", feed).stdout


@pytest.mark.parametrize(
    ("setting", "content", "said"),
    [
        ("lexicon", '[[place]]\nname = "x"', "[[place]] number 1: country missing"),
        ("lexicon", "[[town]]\nname = 'x'", "the tables are"),
        ("lexicon", "[[place", "xpected"),
        ("profile", "name = 'x'", "not a profile"),
    ],
)
def test_a_bad_file_of_names_or_conventions_is_named(tmp_path, setting, content, said):
    file = tmp_path / "bad.toml"
    file.write_text(content)
    done = run("replay", "--dry", "seeds", "--set", f"{setting}={file}", code=1)
    assert said in done.stderr and str(file) in done.stderr and done.stderr.count("\n") == 1
