"""Sending through Faust's producer, and how a worker ends."""

import asyncio
import socket
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from aiokafka.errors import KafkaTimeoutError, MessageSizeTooLargeError
from faust.exceptions import ProducerSendError

from claimstream.edges.config import load
from claimstream.edges.metrics import Metrics
from claimstream.edges.wire import WireError
from claimstream.streaming.shell import Outgoing
from claimstream.streaming.stream import FaustOutbox, SendFailed, credentials, run_worker
from tiny_steps import STEPS


class Producer:
    """Fails as told: `faults` maps a value to the errors of its first sends."""

    def __init__(self, faults):
        self.faults = {value: list(errors) for value, errors in faults.items()}
        self.taken = []

    async def send(self, topic, key, value, partition, timestamp, headers):
        errors = self.faults.get(value)
        error = errors.pop(0) if errors else None
        if isinstance(error, ProducerSendError):
            raise error
        future = asyncio.get_running_loop().create_future()
        if error:
            future.set_exception(error)
        else:
            self.taken.append(value)
            future.set_result(SimpleNamespace(partition=partition or 0, offset=len(self.taken) - 1))
        return future


def deliver(faults, values, patience=5.0, key=b""):
    producer, metrics = Producer(faults), Metrics()

    async def scenario():
        outbox = FaustOutbox(SimpleNamespace(producer=producer), patience, metrics)
        return await outbox.send([Outgoing("t", key or value, value) for value in values])

    return asyncio.run(asyncio.wait_for(scenario(), 20)), producer, metrics


def test_only_what_failed_is_sent_again_and_the_answers_keep_their_order():
    faults = {b"b": [KafkaTimeoutError(), KafkaTimeoutError()], b"c": [ProducerSendError("no leader")]}
    answers, producer, metrics = deliver(faults, [b"a", b"b", b"c"])
    assert producer.taken == [b"a", b"c", b"b"]
    assert [producer.taken[answer.offset] for answer in answers] == [b"a", b"b", b"c"]
    assert "claimstream_send_retries_total 3.0" in metrics.text().decode()


def test_records_of_one_key_are_taken_in_the_order_given():
    faults = {b"b": [KafkaTimeoutError(), KafkaTimeoutError()]}
    answers, producer, _ = deliver(faults, [b"a", b"b", b"c"], key=b"k")
    assert producer.taken == [b"a", b"b", b"c"]
    assert [producer.taken[answer.offset] for answer in answers] == [b"a", b"b", b"c"]


def test_brokers_that_never_take_a_record_end_the_sending():
    with pytest.raises(SendFailed, match="t: KafkaTimeoutError"):
        deliver({b"a": [KafkaTimeoutError()] * 100}, [b"a"], patience=0.3)


@pytest.mark.parametrize("wrapped", [False, True])
def test_a_record_that_is_too_large_is_not_sent_again(wrapped):
    error = MessageSizeTooLargeError()
    if wrapped:
        cause, error = error, ProducerSendError("too large")
        error.__cause__ = cause
    with pytest.raises(WireError) as caught:
        deliver({b"a": [error]}, [b"a"])
    assert caught.value.reason == "too_large"


def test_credentials_follow_the_settings():
    assert credentials(load(environ={})) is None
    login = {"sasl_username": "me", "sasl_password": "hush", "security_protocol": "SASL_PLAINTEXT"}
    plain = credentials(load(login, environ={}))
    assert (plain.protocol.value, plain.mechanism.value) == ("SASL_PLAINTEXT", "SCRAM-SHA-512")
    assert plain.ssl_context is None
    secure = credentials(load({**login, "security_protocol": "SASL_SSL"}, environ={}))
    assert secure.protocol.value == "SASL_SSL" and secure.ssl_context is not None
    assert credentials(load({"security_protocol": "SSL"}, environ={})).protocol.value == "SSL"


def test_the_watchdog_ends_a_process_that_hangs():
    code = "import time; from claimstream.streaming.stream import watchdog; watchdog(0.3, 0); time.sleep(60)"
    begun = time.monotonic()
    assert subprocess.run([sys.executable, "-c", code], timeout=30, capture_output=True, check=False).returncode == 1
    assert time.monotonic() - begun < 25


def test_a_metrics_port_that_is_taken_is_named(caplog):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run_worker(load({"metrics_port": port}, environ={}), STEPS) == 1
    assert f"metrics_host 127.0.0.1, metrics_port {port}: Address already in use" in caplog.text


def test_a_worker_without_brokers_says_so_in_one_line_and_ends(tmp_path):
    code = (
        "import logging, sys; logging.basicConfig(level='ERROR', format='%(message)s')\n"
        "logging.getLogger('aiokafka').setLevel(logging.CRITICAL)\n"
        "sys.path.insert(0, 'tests')\n"
        "from claimstream.edges.config import load; from tiny_steps import STEPS\n"
        "from claimstream.streaming.stream import run_worker\n"
        "sys.exit(run_worker(load({'bootstrap_servers': '127.0.0.1:1', 'metrics_port': 0}, environ={}), STEPS))"
    )
    done = subprocess.run([sys.executable, "-c", code], timeout=60, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("127.0.0.1:1: ") and done.stderr.count("\n") == 1, done.stderr
