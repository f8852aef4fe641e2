"""Who gets in to the brokers, on a real one: SCRAM over TLS, client certificates, and everybody else in one line."""

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from confluent_kafka.admin import AclOperation, ResourceType

from claimstream.edges.config import load
from claimstream.edges.kafka import ensure_topics
from claimstream.edges.login import REACH_S, Unreachable, reach
from claimstream.streaming.feed import collect, marks, produce_articles, table
from kafka_secure import PASSWORD, USER, Certificates, SecureBroker
from needs import a_broker
from one_worker import worker
from receiver import Receiver
from test_kafka import articles, expected
from tiny_steps import situation

pytestmark = pytest.mark.kafka

ROOT = Path(__file__).parents[1]
CLAIMSTREAM = Path(sys.executable).parent / "claimstream"
HOOK_SECRET = "what the webhook is signed with"
RIGHTS = (
    (ResourceType.TOPIC, (AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE, AclOperation.DESCRIBE_CONFIGS)),
    (ResourceType.GROUP, (AclOperation.READ,)),
)
"""What docs/operations.md says that the principal needs, and nothing beside it."""


@pytest.fixture(scope="module")
def certificates(tmp_path_factory):
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="module")
def broker(certificates):
    broker = SecureBroker(certificates)
    with a_broker():
        broker.start()
    try:
        for principal in (f"User:{USER}", "User:CN=client"):
            for kind, operations in RIGHTS:
                broker.allow(principal, kind, "claimstream", *operations)
        yield broker
    finally:
        broker.stop()


def ways(certificates):
    """Settings that get in, by name."""
    trust = {"ssl_cafile": str(certificates["authority.crt"])}
    return {
        "scram": {"security_protocol": "SASL_SSL", "sasl_username": USER, "sasl_password": PASSWORD, **trust},
        "certificate": {
            "security_protocol": "SSL",
            "ssl_certfile": str(certificates["client.crt"]),
            "ssl_keyfile": str(certificates["client.key"]),
            **trust,
        },
        "tls": {"security_protocol": "SSL", **trust},
        "plain": {},
    }


@pytest.mark.parametrize(
    ("listener", "way", "changes"),
    [
        ("sasl", "scram", {}),
        ("mutual", "certificate", {}),
        ("mutual", "tls", {"ssl_certfile": "client.pem"}),
        (
            "mutual",
            "certificate",
            {"ssl_keyfile": "client-locked.key", "ssl_keypassword": PASSWORD},
        ),
    ],
)
def test_who_belongs_gets_in(broker, certificates, listener, way, changes):
    asyncio.run(reach(settings_of(broker, certificates, listener, way, changes)))


@pytest.mark.parametrize(
    ("listener", "way", "changes", "said"),
    [
        (
            "sasl",
            "scram",
            {"sasl_password": "a guess"},
            "does not let 'desk' in (SCRAM-SHA-512): wrong name or password",
        ),
        ("sasl", "scram", {"sasl_username": "nobody"}, "does not let 'nobody' in"),
        ("sasl", "scram", {"sasl_mechanism": "SCRAM-SHA-256"}, "does not offer SCRAM-SHA-256"),
        ("sasl", "scram", {"ssl_cafile": "stranger.crt"}, "not signed by an authority that we trust (ssl_cafile)"),
        ("sasl", "scram", {"ssl_cafile": None}, "not signed by an authority that we trust (ssl_cafile)"),
        ("sasl", "tls", {}, "is security_protocol SSL right"),
        ("sasl", "plain", {}, "is security_protocol PLAINTEXT right"),
        ("mutual", "tls", {}, "asks for a client certificate: set ssl_certfile"),
        ("mutual", "tls", {"ssl_certfile": "intruder.pem"}, "does not take the certificate in ssl_certfile"),
        ("mutual", "scram", {}, "asks for a client certificate"),
        ("misnamed", "tls", {}, "certificate is not for this name: IP address mismatch"),
    ],
)
def test_who_does_not_belong_is_told_why_in_one_line_and_in_time(broker, certificates, listener, way, changes, said):
    settings = settings_of(broker, certificates, listener, way, changes)

    async def knock():
        async with asyncio.timeout(REACH_S + 5):
            await reach(settings)

    with pytest.raises(Unreachable) as caught:
        asyncio.run(knock())
    assert said in str(caught.value) and broker.at(listener) in str(caught.value)
    assert "\n" not in str(caught.value) and PASSWORD not in str(caught.value) and "a guess" not in str(caught.value)


def test_tls_to_a_port_without_it_is_told_too(broker, certificates):
    settings = load({**ways(certificates)["scram"], "bootstrap_servers": broker.address}, environ={})
    with pytest.raises(Unreachable, match="the broker broke off: is security_protocol SASL_SSL right, and the port"):
        asyncio.run(reach(settings))


def test_one_broker_that_lets_us_in_is_enough(broker, certificates):
    settings = settings_of(broker, certificates, "sasl", "scram", {})
    both = settings.model_copy(update={"bootstrap_servers": f"127.0.0.1:1,{broker.at('sasl')}"})
    asyncio.run(reach(both))
    neither = settings.model_copy(update={"bootstrap_servers": f"127.0.0.1:1,{broker.at('mutual')}"})
    with pytest.raises(Unreachable, match=r"127\.0\.0\.1:1: .*; 127\.0\.0\.1:\d+: the broker asks"):
        asyncio.run(reach(neither))


def settings_of(broker, certificates, listener, way, changes):
    """The settings of a way with some changed; names of files in them are made paths."""
    flags = {**ways(certificates)[way], "bootstrap_servers": broker.at(listener)}
    for name, value in changes.items():
        flags[name] = str(certificates[value]) if name.endswith("file") and value else value
    return load(flags, environ={})


# The whole service, as an operator runs it


def environment(broker, certificates, folder, **changes):
    """What the container of a worker gets: the password in a file, everything else in variables."""
    (folder / "password").write_text(PASSWORD + "\n")
    (folder / "hook-secret").write_text(HOOK_SECRET + "\n")
    settings = {
        "bootstrap_servers": broker.at("sasl"),
        **ways(certificates)["scram"],
        "sasl_password_file": folder / "password",
        "webhook_secret_file": folder / "hook-secret",
        "partitions": 2,
        "session_timeout_s": 6,
        "metrics_port": 0,
        "data_dir": folder / "data",
        "log_level": "debug",
        **changes,
    }
    settings.pop("sasl_password")
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
    return {**kept, "COLUMNS": "300", **{f"CLAIMSTREAM_{k.upper()}": str(v) for k, v in settings.items()}}


def run(environ, *args, code=0):
    done = subprocess.run([CLAIMSTREAM, *map(str, args)], env=environ, capture_output=True, text=True, timeout=120)
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def hook():
    receiver = Receiver()
    yield receiver
    receiver.stop()


def listening(pid):
    """The addresses on which a process listens, as the kernel writes them."""
    links = (str(each.readlink()) for each in Path(f"/proc/{pid}/fd").iterdir())
    own = {link[8:-1] for link in links if link.startswith("socket:[")}
    rows = [
        line.split() for kind in ("tcp", "tcp6") for line in Path(f"/proc/{pid}/net/{kind}").read_text().splitlines()
    ]
    return [row[1].partition(":")[0] for row in rows if row[3] == "0A" and row[9] in own]


LOOPBACK = "0100007F"
"""127.0.0.1 in /proc/net/tcp."""


def test_a_replay_through_worker_and_notifier_over_sasl_ssl(broker, certificates, tmp_path, hook):
    """With the rights of docs/operations.md only, and with no secret in any output, at log_level debug."""
    environ = environment(broker, certificates, tmp_path, webhook_url=hook.url)
    plain = {**environ, "CLAIMSTREAM_BOOTSTRAP_SERVERS": broker.address, "CLAIMSTREAM_SECURITY_PROTOCOL": "PLAINTEXT"}
    for name in ("SASL_USERNAME", "SASL_PASSWORD_FILE", "SSL_CAFILE"):
        plain.pop(f"CLAIMSTREAM_{name}")
    said = [run(plain, "topics"), run(environ, "topics", "--check"), run(environ, "config")]
    logs = [tmp_path / "worker.log", tmp_path / "notify.log"]
    processes = []
    try:
        for command, log in (("worker", logs[0]), ("notify", logs[1])):
            with log.open("wb") as out:
                processes.append(subprocess.Popen([CLAIMSTREAM, command], env=environ, stdout=out, stderr=out))
        out = {name: tmp_path / f"{name}.jsonl" for name in ("claims", "alerts", "table")}
        said.append(run(environ, "replay", ROOT / "seeds", *(f"--{name}-out={path}" for name, path in out.items())))
        dry = {name: tmp_path / f"dry-{name}.jsonl" for name in out}
        run(environ, "replay", "--dry", ROOT / "seeds", *(f"--{name}-out={path}" for name, path in dry.items()))
        for name, path in out.items():
            assert path.read_bytes() == dry[name].read_bytes(), name
        alerts = [json.loads(line)["id"] for line in out["alerts"].read_text().splitlines()]
        assert alerts and hook.until(lambda: {row["alert"]["id"] for row in hook.got} == set(alerts))
        subject = json.loads(out["table"].read_text().splitlines()[0])["subject"]
        said.append(run(environ, "show", subject))
        ports = [listening(process.pid) for process in processes]
    finally:
        for process in processes:
            process.terminate()
        codes = [process.wait(20) for process in processes]
    said += [log.read_text() for log in logs]
    assert codes == [0, 0], said
    assert ports == [[LOOPBACK], [LOOPBACK]], "one port each, for the metrics, on this machine alone"
    for text in said:
        assert PASSWORD not in text and HOOK_SECRET not in text
    assert "***" in said[2], "the password was read, and is hidden"


@pytest.mark.parametrize("command", ["worker", "notify", "topics", "replay", "show"])
def test_every_command_ends_in_one_line_for_a_wrong_password(broker, certificates, tmp_path, command):
    environ = environment(broker, certificates, tmp_path, webhook_url="http://127.0.0.1:1/", log_level="info")
    (tmp_path / "password").write_text("a wrong guess")
    more = {"replay": [ROOT / "seeds"], "show": ["x"]}.get(command, [])
    said = run(environ, command, *more, code=1)
    assert "does not let 'desk' in (SCRAM-SHA-512): wrong name or password" in said
    assert "a wrong guess" not in said and "Traceback" not in said


def test_a_worker_is_let_in_by_its_certificate(broker, certificates, tmp_path):
    """Through Faust and the plain clients; the records come out as over PLAINTEXT."""
    flags = {"partitions": 2, "data_dir": str(tmp_path), "session_timeout_s": 6, "topic_prefix": "claimstream.mutual"}
    flags |= {"app_id": "claimstream-mutual", "metrics_port": 0}
    plain = load({"bootstrap_servers": broker.address, **flags}, environ={})
    settings = load(
        {"bootstrap_servers": broker.at("mutual"), **ways(certificates)["certificate"], **flags}, environ={}
    )
    rows = list(articles(30))

    async def scenario():
        await ensure_topics(plain)
        async with worker(settings, create=False):
            before = await marks(settings)
            sent = await produce_articles(settings, rows, situation)
            return await collect(settings, sent, before, stall_s=30), await table(settings)

    results, facts = asyncio.run(scenario())
    assert results.facts == facts == expected(rows)[0]
    assert list(results.alerts) == expected(rows)[1]
