"""The proof that it can be operated: a real Kafka, a worker, the notifier, and Prometheus and Alertmanager with the
configuration that is shipped (only addresses and intervals are others). The seeds are replayed, and everything that a
person on call would look at is looked at."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import uuid
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from aiokafka import AIOKafkaProducer

from claimstream.edges.wire import alert_codec
from kafka_harness import free_ports
from needs import lacking
from receiver import Receiver
from test_notify import alert

pytestmark = pytest.mark.kafka

ROOT = Path(__file__).resolve().parents[1]
SECRET = "sixteen characters and more"
MAIN = "from claimstream.commands.cli import main; main()"
NEEDED = ("prometheus", "prometheus-alertmanager")


def get(url):
    with urllib.request.urlopen(url, timeout=5) as answer:
        return json.loads(answer.read() or b"null")


def reached(condition, seconds):
    """Waits until the condition holds, failures to connect counting as not yet; returns its value."""
    until = time.monotonic() + seconds
    while True:
        value = None
        with suppress(OSError, ValueError):
            value = condition()
        if value or time.monotonic() > until:
            return value
        time.sleep(0.1)


class Installation:
    """Everything that runs, as processes of our own on free ports of 127.0.0.1."""

    def __init__(self, broker, folder):
        self.folder = folder
        self.receiver = Receiver()
        self._processes = {}
        self.broker, self.name = broker, f"o{uuid.uuid4().hex[:8]}"
        ports = free_ports(4)
        self.worker, self.notifier, self.prometheus, self.alertmanager = (f"127.0.0.1:{port}" for port in ports)
        self._environ = {
            **{key: value for key, value in os.environ.items() if not key.startswith("CLAIMSTREAM_")},
            "CLAIMSTREAM_BOOTSTRAP_SERVERS": broker,
            "CLAIMSTREAM_APP_ID": self.name,
            "CLAIMSTREAM_TOPIC_PREFIX": self.name,
            "CLAIMSTREAM_PARTITIONS": "2",
            "CLAIMSTREAM_DATA_DIR": str(folder / "data"),
            "CLAIMSTREAM_WEBHOOK_URL": self.receiver.url + "/webhook",
            "CLAIMSTREAM_WEBHOOK_SECRET": SECRET,
            "CLAIMSTREAM_ALERTMANAGER_URL": f"http://{self.alertmanager}",
        }

    def start(self):
        self._configure()
        self._process("worker", *self._claimstream("worker", self.worker))
        self._process(
            "alertmanager",
            "prometheus-alertmanager",
            f"--config.file={self.folder}/alertmanager/alertmanager.yml",
            f"--storage.path={self.folder}/alertmanager-data",
            f"--web.listen-address={self.alertmanager}",
            "--cluster.listen-address=",
        )
        self._process(
            "prometheus",
            "prometheus",
            f"--config.file={self.folder}/prometheus/prometheus.yml",
            f"--storage.tsdb.path={self.folder}/prometheus-data",
            f"--web.listen-address={self.prometheus}",
            "--rules.alert.resend-delay=1s",
        )
        assert reached(lambda: self._ready(self.worker) or self._ended("worker"), 60), self.log("worker")
        assert not self._ended("worker"), self.log("worker")
        self._process("notifier", *self._claimstream("notify", self.notifier))

    def stop(self):
        for process in self._processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self._processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)
        self.receiver.stop()

    def log(self, name):
        return (self.folder / f"{name}.log").read_text()[-3000:]

    def claimstream(self, *arguments):
        command = [sys.executable, "-c", MAIN, *arguments]
        return subprocess.run(command, env=self._environ, capture_output=True, text=True, timeout=60, check=False)

    def query(self, expression):
        """The values of an expression now."""
        url = f"http://{self.prometheus}/api/v1/query?" + urllib.parse.urlencode({"query": expression})
        return [float(row["value"][1]) for row in get(url)["data"]["result"]]

    def _claimstream(self, command, address):
        return sys.executable, "-c", MAIN, command, "--set", f"metrics_port={address.rpartition(':')[2]}"

    def _ready(self, address):
        with urllib.request.urlopen(f"http://{address}/readyz", timeout=5) as answer:
            return answer.status == 200

    def _ended(self, name):
        return self._processes[name].poll() is not None

    def _process(self, name, *command):
        with (self.folder / f"{name}.log").open("wb") as log:
            self._processes[name] = subprocess.Popen(
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=self._environ, cwd=self.folder
            )

    def _configure(self):
        """The shipped configuration with the addresses of this test, and seconds for quarters of a minute."""
        for name in ("prometheus", "alertmanager"):
            shutil.copytree(ROOT / "deploy" / name, self.folder / name)
        changes = {
            '"worker-1:9464", "worker-2:9464"': f'"{self.worker}"',
            "notifier:9464": self.notifier,
            "alertmanager:9093": self.alertmanager,
            "127.0.0.1:9090": self.prometheus,
            "_interval: 15s": "_interval: 1s",
        }
        self._rewrite("prometheus/prometheus.yml", changes)
        self._rewrite("alertmanager/alertmanager.yml", {"http://host.docker.internal:8085": self.receiver.url})

    def _rewrite(self, path, changes):
        text = (self.folder / path).read_text()
        for old, new in changes.items():
            assert old in text, f"{path} no longer has {old}"
            text = text.replace(old, new)
        (self.folder / path).write_text(text)


@pytest.fixture(scope="module")
def installation(kafka, tmp_path_factory):
    missing = [name for name in NEEDED if not shutil.which(name)]
    if missing:
        how = f"RUNLEVEL=1 apt-get install -y --no-install-recommends {' '.join(missing)}"
        lacking(f"{' and '.join(missing)} not found: {how}")
    made = Installation(kafka, tmp_path_factory.mktemp("operations"))
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="module")
def replayed(installation):
    """The alerts that a replay of the seeds raised, every revision, as they stand on the topic."""
    assert reached(lambda: installation.query("count(up == 1)") == [4.0], 30), (
        targets(installation),
        installation.log("notifier"),
    )
    time.sleep(2.2)  # two scrapes at zero, so that every counter has a rate
    out = installation.folder / "revisions.jsonl"
    run = installation.claimstream("replay", str(ROOT / "seeds"), "--quiet", "--revisions-out", str(out))
    assert run.returncode == 0, run.stderr + installation.log("worker")
    return [json.loads(line) for line in out.read_text().splitlines()]


def targets(installation):
    rows = get(f"http://{installation.prometheus}/api/v1/targets")["data"]["activeTargets"]
    return {row["labels"]["job"]: (row["health"], row["lastError"]) for row in rows}


def disputes(rows):
    return sorted(f"{row['id']}/{row['revision']}/{row['digest']}" for row in rows if row["type"] == "contradiction")


def told(installation, path):
    return [row for row, at in zip(installation.receiver.got, installation.receiver.paths, strict=False) if at == path]


def test_everything_that_should_be_scraped_is_up(installation, replayed):
    jobs = ("claimstream-worker", "claimstream-notifier", "prometheus", "alertmanager")
    assert targets(installation) == dict.fromkeys(jobs, ("up", ""))


def test_every_rule_is_healthy_and_only_the_watchdog_fires(installation, replayed):
    (group,) = get(f"http://{installation.prometheus}/api/v1/rules")["data"]["groups"]
    assert {rule["name"]: (rule["health"], rule.get("lastError", "")) for rule in group["rules"]} == {
        rule["name"]: ("ok", "") for rule in group["rules"]
    }
    assert len(group["rules"]) == 12
    assert [rule["name"] for rule in group["rules"] if rule["state"] == "firing"] == ["Watchdog"]


@pytest.mark.parametrize("name", ["worker", "notifier"])
def test_promtool_finds_nothing_in_what_is_really_served(installation, replayed, name):
    with urllib.request.urlopen(f"http://{getattr(installation, name)}/metrics", timeout=5) as answer:
        text = answer.read()
    run = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, timeout=30, check=False)
    assert run.returncode == 0 and not run.stderr, run.stderr.decode()
    assert sum(not line.startswith(b"#") for line in text.splitlines()) <= 450


def test_every_revision_arrives_at_the_webhook_once(installation, replayed):
    """Among them the military college: one alert, from the claim to the denial, each revision once."""
    wanted = disputes(replayed)
    assert reached(lambda: len(told(installation, "/webhook")) >= len(wanted), 15), installation.log("notifier")
    time.sleep(1)
    got = [row for row in told(installation, "/webhook") if row["alert"]["id"] != "followed"]
    assert sorted(row["delivery"] for row in got) == wanted
    college = [row for row in got if "military college" in row["alert"]["asset"]]
    assert len({row["alert"]["id"] for row in college}) == 1, "one alert"
    revisions = [row["alert"]["revision"] for row in college]
    assert revisions == sorted(set(revisions)), "rewritten in order and not doubled"
    assert "military college" in college[0]["title"] and college[0]["text"].count("“") >= 2, "both sides are quoted"


def test_alertmanager_has_each_dispute_once_and_tells_the_desk_and_the_watchdog(installation, replayed):
    ids = {row["id"] for row in replayed if row["type"] == "contradiction"}

    def at_the_desk():
        rows = [row for message in told(installation, "/desk") for row in message["alerts"]]
        return len({row["labels"]["alert_id"] for row in rows}) == len(ids) and rows

    rows = reached(at_the_desk, 20)
    assert rows, installation.log("alertmanager")
    assert {row["labels"]["alert_id"] for row in rows} == ids
    first = [row for row in rows if row["status"] == "firing"]
    assert len(first) == len(ids), "each once, however often it was rewritten"
    url = f"http://{installation.alertmanager}/api/v2/alerts?" + urllib.parse.urlencode(
        {"filter": 'service="claimstream"'}
    )
    standing = [row["labels"].get("alert_id") for row in get(url) if row["labels"]["alertname"] == "SourcesDisagree"]
    assert sorted(standing) == sorted(ids)
    assert reached(lambda: told(installation, "/watchdog"), 20)
    assert told(installation, "/watchdog")[0]["alerts"][0]["labels"]["alertname"] == "Watchdog"


def test_alertmanager_follows_an_alert_from_open_to_rewritten_to_ended(installation, replayed):
    """One alert with one identity: its words change, and it goes when it is resolved."""
    url = f"http://{installation.alertmanager}/api/v2/alerts?" + urllib.parse.urlencode(
        {"filter": 'alert_id="followed"'}
    )
    fingerprints = set()
    for revision, state in ((1, "open"), (2, "open"), (3, "resolved")):
        put(installation, replace(alert(7, revision, state), id="followed"))

        def seen(revision=revision, state=state):
            rows = get(url)
            fingerprints.update(row["fingerprint"] for row in rows)
            if state == "resolved":
                return rows == []
            return [row["annotations"]["revision"] for row in rows] == [str(revision)]

        assert reached(seen, 10), get(url)
    assert len(fingerprints) == 1
    wanted = ["followed/1", "followed/2", "followed/3"]

    def deliveries():
        return [row["delivery"] for row in told(installation, "/webhook") if row["alert"]["id"] == "followed"]

    assert reached(lambda: deliveries() == wanted, 10), deliveries()


def put(installation, record):
    """An alert onto the topic, as a worker would."""

    async def send():
        producer = AIOKafkaProducer(bootstrap_servers=installation.broker)
        await producer.start()
        await producer.send_and_wait(f"{installation.name}.alerts", alert_codec.encode(record), record.subject.encode())
        await producer.stop()

    asyncio.run(send())


def test_every_expression_of_a_dashboard_returns_data(installation, replayed):
    reached(lambda: installation.query("sum(claimstream_notification_lag_records)") == [0.0], 10)
    empty = []
    for path in sorted((ROOT / "deploy/grafana/dashboards").glob("*.json")):
        board = json.loads(path.read_text())
        for panel in board["panels"]:
            for target in panel["targets"]:
                expression = target["expr"].replace("$__rate_interval", "1m")
                expression = expression.replace("$job", ".+").replace("$instance", ".+")
                if not any(value == value for value in installation.query(expression)):
                    empty.append(f"{path.stem}: {panel['title']}: {expression}")
    assert not empty, "\n".join(empty)


def test_the_numbers_are_those_of_the_replay(installation, replayed):
    """What the person on call sees agrees with what is on the topics."""
    still = {row["id"]: row for row in replayed}
    still_open = sum(row["state"] == "open" and row["type"] == "contradiction" for row in still.values())
    assert reached(
        lambda: installation.query('sum(claimstream_open_alerts{type="contradiction"})') == [float(still_open)], 5
    )
    articles = len(list((ROOT / "seeds").glob("*.txt")))
    assert installation.query("sum(claimstream_articles_total)") == [float(articles)]
    assert installation.query("sum(claimstream_lag_records)") == [0.0]
    assert installation.query('claimstream_arrival_seconds_count{to="consensus"}') == [float(articles)]
    assert installation.query("sum(claimstream_alert_revisions_total)") == [float(len(replayed))]
