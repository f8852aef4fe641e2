"""The log, the errors and the HTTP endpoints: no line that somebody else wrote, no secret, nothing to write to."""

import http.client
import logging
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimstream.commands import options
from claimstream.edges.config import SECRETS, ConfigError, Settings, load
from claimstream.edges.escape import OneLine, escaped
from claimstream.edges.metrics import Metrics, MetricsServer
from test_security_hostile import DEAD, STEPS, record
from test_shell import Rig

CLAIMSTREAM = Path(sys.executable).parent / "claimstream"
EVIL = (
    "harmless\n2026-01-01 00:00:00,000 INFO claimstream: all is well\r\x1b[2J\x1b]0;owned\x07\u202egnp.exe"
    "\u2028\u2029\x85\x00\ufeff\udc80"
)
HIDDEN = "hunter2-hunter2-hunter2"


def lines_of(caplog_records):
    formatter = OneLine("%(levelname)s %(name)s: %(message)s")
    return [line for each in caplog_records for line in formatter.format(each).split("\n")]


def test_a_message_is_one_printable_line_whatever_is_in_it():
    made = logging.LogRecord("claimstream.x", logging.WARNING, "f", 1, "did not take %s: %s", (EVIL, EVIL), None)
    text = OneLine("%(levelname)s %(message)s").format(made)
    assert text.isprintable() and text.startswith("WARNING did not take harmless\\n2026")
    assert "\\x1b[2J" in text and "\\u202e" in text and "\\u2028" in text


def test_a_traceback_cannot_pass_for_messages():
    try:
        raise RuntimeError(EVIL)
    except RuntimeError:
        made = logging.LogRecord("claimstream.x", logging.ERROR, "f", 1, "failed", (), sys.exc_info())
    first, *rest = OneLine("%(levelname)s %(message)s").format(made).split("\n")
    assert first == "ERROR failed" and len(rest) > 2
    assert all(line.startswith(OneLine.BAR) and line.isprintable() for line in rest)
    assert any("all is well" in line for line in rest)


@given(st.text(st.characters()))
def test_whatever_is_escaped_is_printable_and_what_is_printable_stays(text):
    assert escaped(text).isprintable()
    assert escaped(escaped(text)) == escaped(text)


def test_the_commands_log_through_it(capsys):
    before = logging.getLogger().handlers[:], logging.getLogger().level
    try:
        options.logs("debug")
        logging.getLogger("claimstream.somewhere").warning("an id: %s", EVIL)
        said = capsys.readouterr().err
        quiet = [logging.getLogger(name).level for name in ("aiokafka", "faust", "mode")]
    finally:
        logging.basicConfig(handlers=before[0], level=before[1], force=True)
    assert said.count("\n") == 1 and said.rstrip("\n").isprintable()
    assert quiet == [logging.INFO] * 3, "at debug the clients log what they send, passwords too"


@pytest.mark.parametrize("case", DEAD)
def test_no_hostile_record_writes_a_line_of_the_log(case, caplog):
    rig = Rig(STEPS)
    with caplog.at_level(logging.DEBUG):
        rig.take(record(DEAD[case][0]))
    assert all(line.isprintable() for line in lines_of(caplog.records))


def test_a_reader_that_breaks_on_hostile_words_logs_them_behind_bars(caplog):
    def broken(article):
        raise RuntimeError(article.text)

    rig = Rig(STEPS._replace(read=broken) if hasattr(STEPS, "_replace") else type(STEPS)(broken, STEPS.judge))
    rig.take(record(b'{"source": "a", "text": "x\\n2026-01-01 INFO all is well \\u001b[2J"}'))
    (sent,) = rig.sent(".deadletter")
    assert b"RuntimeError" in sent.value
    lines = lines_of(caplog.records)
    assert lines and all(line.isprintable() for line in lines)
    assert not any(line.startswith("2026-01-01") for line in lines)


# Secrets


def environment(**changes):
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "HOME") if name in os.environ}
    return {**kept, "COLUMNS": "300", **{f"CLAIMSTREAM_{k.upper()}": v for k, v in changes.items()}}


def run(*args, **changes):
    return subprocess.run(
        [CLAIMSTREAM, *args], env=environment(**changes), capture_output=True, text=True, timeout=60, check=False
    )


def test_every_setting_that_is_a_secret_is_of_the_type_that_hides_itself():
    hidden = {name for name, field in Settings.model_fields.items() if "Secret" in str(field.annotation)}
    assert hidden == set(SECRETS)
    named = {name for name in Settings.model_fields if any(w in name for w in ("password", "secret", "token", "key"))}
    assert {name for name in named if not name.endswith("file")} == hidden, "a new secret must be among SECRETS"


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_comes_from_the_environment_or_a_file_and_never_from_a_flag(name, tmp_path):
    file = tmp_path / "secret"
    file.write_text(HIDDEN + "\n")
    assert getattr(load(environ={f"CLAIMSTREAM_{name.upper()}": HIDDEN}), name).get_secret_value() == HIDDEN
    read = load(environ={f"CLAIMSTREAM_{name.upper()}_FILE": str(file)})
    assert getattr(read, name).get_secret_value() == HIDDEN
    assert HIDDEN not in repr(read) + read.model_dump_json()
    refused = run("config", "--set", f"{name}={HIDDEN}")
    assert refused.returncode == 1 and "a command line is seen by everybody" in refused.stderr
    assert HIDDEN not in refused.stdout + refused.stderr
    shown = run("config", **{f"{name}_file": str(file)})
    assert shown.returncode == 0 and "***" in shown.stdout and HIDDEN not in shown.stdout + shown.stderr


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "from 1 to"), (b"x" * 5000, "from 1 to"), (b"\xff\xfe", "not text"), (None, "No such")]
)
def test_a_secret_file_that_is_none_is_named_and_not_shown(tmp_path, content, said):
    file = tmp_path / "secret"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=said) as caught:
        load(environ={"CLAIMSTREAM_SASL_PASSWORD_FILE": str(file)})
    assert str(file) in str(caught.value) and "xxx" not in str(caught.value)
    with pytest.raises(ConfigError, match="exclude each other"):
        load(environ={"CLAIMSTREAM_SASL_PASSWORD_FILE": str(file), "CLAIMSTREAM_SASL_PASSWORD": HIDDEN})


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        ({"sasl_username": "u"}, "sasl_username needs security_protocol SASL_SSL"),
        ({"ssl_cafile": "ca.pem"}, "ssl_cafile needs security_protocol SSL or SASL_SSL"),
        ({"security_protocol": "SSL", "ssl_keyfile": "k.pem"}, "ssl_keyfile needs ssl_certfile"),
        (
            {
                "security_protocol": "SASL_PLAINTEXT",
                "sasl_mechanism": "PLAIN",
                "sasl_username": "u",
                "sasl_password": HIDDEN,
            },
            "it sends the password as it is",
        ),
        ({"security_protocol": "SASL_SSL", "sasl_username": "a\nb", "sasl_password": HIDDEN}, "sasl_username = "),
    ],
)
def test_settings_that_would_leave_a_door_open_are_refused(flags, said):
    with pytest.raises(ConfigError, match=said) as caught:
        load(flags, environ={})
    assert HIDDEN not in str(caught.value) and str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"ssl_cafile": "none.pem"}, "ssl_cafile = none.pem: No such file or directory"),
        ({"ssl_cafile": __file__}, "no certificates in PEM form"),
        ({"ssl_certfile": __file__}, "ssl_certfile = "),
    ],
)
def test_a_wrong_file_of_tls_is_named_at_once(changes, said):
    done = run("topics", security_protocol="SSL", **changes)
    assert done.returncode == 1 and said in done.stderr and done.stderr.count("\n") == 1


def test_a_worker_that_cannot_start_shows_no_secret():
    done = run(
        "worker",
        bootstrap_servers="127.0.0.1:1",
        security_protocol="SASL_SSL",
        sasl_username="u",
        sasl_password=HIDDEN,
        webhook_secret=HIDDEN,
        metrics_port="0",
        log_level="debug",
    )
    assert done.returncode == 1 and "127.0.0.1:1" in done.stderr
    assert HIDDEN not in done.stdout + done.stderr


# HTTP


@pytest.fixture
def served():
    server = MetricsServer(Metrics(), "127.0.0.1", 0)
    server.start()
    yield int(server.url.rpartition(":")[2])
    server.stop()


def ask(port, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer, content


def test_it_listens_on_this_machine_alone_unless_told_otherwise():
    assert Settings().metrics_host == "127.0.0.1"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "HEAD"])
@pytest.mark.parametrize("path", ["/metrics", "/healthz", "/-/reload", "/"])
def test_there_is_nothing_to_write_to(served, method, path):
    answer, _ = ask(served, method, path, body=b"x" if method in ("POST", "PUT") else None)
    assert answer.status == 501


@pytest.mark.parametrize("path", ["/../../etc/passwd", "/%2e%2e/etc/passwd", "/<script>", "/metrics/x", "/debug"])
def test_another_path_is_answered_with_the_list_and_nothing_of_the_request(served, path):
    answer, content = ask(served, "GET", path)
    assert (answer.status, content) == (404, b"/metrics /healthz /readyz\n")
    assert "Python" not in answer.headers.get("Server", "")
    assert ask(served, "GET", "/healthz")[0].status == 200


def test_a_silent_client_is_left_and_others_are_served_meanwhile(served):
    with socket.create_connection(("127.0.0.1", served)) as silent:
        silent.sendall(b"GET /metrics HTTP/1.1\r\nX: ")
        answer, content = ask(served, "GET", "/metrics")
        assert answer.status == 200 and b"claimstream_articles_total" in content


def test_a_request_of_100_kb_in_one_line_is_refused(served):
    with socket.create_connection(("127.0.0.1", served), timeout=10) as client:
        client.sendall(b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n")
        assert b" 414 " in client.recv(4096)


def test_nothing_of_a_record_is_in_the_metrics():
    rig = Rig(STEPS)
    rig.take(record(b'{"source": "outlet-SEEN", "text": "12 people were killed in Aleppo, SEEN said.", "id": "SEEN"}'))
    assert b"SEEN" not in rig.shell._metrics.text()
