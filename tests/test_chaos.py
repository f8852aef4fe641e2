"""The chaos harness, in short: what `make chaos` does for ten minutes."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kafka_harness import jars
from needs import a_broker

ROOT = Path(__file__).resolve().parent.parent
COMMAND = [sys.executable, str(ROOT / "tools" / "chaos.py")]

pytestmark = pytest.mark.kafka


@pytest.fixture(autouse=True)
def broker_of_our_own():
    """The harness kills its broker, so it takes none that it is given."""
    with a_broker():
        jars()


def test_killed_frozen_and_restarted_nothing_is_lost_doubled_or_different():
    short = ["--seed", "3", "--seconds", "15", "--articles", "600", "--session", "6"]
    done = subprocess.run([*COMMAND, *short], capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
    assert "seed 3: clean" in done.stdout
    acts = re.search(r"done: (.*)", done.stdout)[1]
    assert {part.partition("@")[0] for part in acts.split()} >= {"freeze", "kill", "crash", "hang", "end"}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_harness_leaves_no_process(tmp_path, number):
    marked = {**os.environ, "TMPDIR": str(tmp_path)}
    harness = subprocess.Popen(
        [*COMMAND, "--seed", "3", "--seconds", "60", "--articles", "300"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=marked,
    )
    try:
        assert _until(lambda: len(_processes(tmp_path)) >= 6, 240), "broker, workers and notifier were not started"
        harness.send_signal(number)
        harness.wait(60)
    finally:
        harness.kill()
        harness.wait(20)
    assert _until(lambda: not _processes(tmp_path), 30), _processes(tmp_path)


def _processes(folder):
    """Processes that were started with this folder for their files."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"TMPDIR={folder}".encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found


def _until(holds, seconds):
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.2)
    return bool(holds())
