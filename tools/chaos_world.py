"""What the chaos harness breaks: a broker, workers, a notifier and the webhook that it tells. All on 127.0.0.1.

Every process ends with the harness, even when that is killed.
"""

from __future__ import annotations

import asyncio
import ctypes
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
import kafka_harness  # noqa: E402

kafka_harness.START_SECONDS = 240.0  # the machine may be busy with other things, and we are nice to them

CLI = "import sys; from claimstream.commands.cli import main; sys.exit(main())"
REASON = re.compile(r"ERROR claimstream\.\S+: (?:the (?:worker|notifier) cannot go on: |127\.0\.0\.1:\d+: )")
"""The line in which a process says why it ends by itself."""
ABSENT = re.compile(
    r"ERROR claimstream\.\S+: (?:the \w+ cannot go on: )?127\.0\.0\.1:\d+: |cannot go on: .*"
    r"(?:Unable to bootstrap|SendFailed|NodeNotReady|ConnectionError|Timeout|TimedOut|NotAvailable)"
)
"""What it says where it found no broker, or none that answered for as long as the settings allow."""
_libc = ctypes.CDLL(None)


def _end_with_parent() -> None:
    _libc.prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG


def spawn(command: Sequence[str], log: Path, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """A process with its output in a file, that ends when this one does."""
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            preexec_fn=_end_with_parent,
            cwd=ROOT,
            env=None if env is None else {**os.environ, **env},
        )


class Kafka(kafka_harness.Broker):
    """A broker that can be stopped, and started again on its disk."""

    def __init__(self) -> None:
        super().__init__()
        self.up = False
        self.outages = 0

    def start(self) -> None:
        super().start()
        self.up = True

    def spawn(self) -> subprocess.Popen[bytes]:
        return spawn(self._command, Path(self._folder, "out"))

    async def outage(self, seconds: float, graceful: bool) -> None:
        """Ends the broker, at once or gracefully, and starts it again so much later."""
        assert self._process
        self.up = False
        self.outages += 1
        (self._process.terminate if graceful else self._process.kill)()
        await _exit(self._process, 30)
        await asyncio.sleep(seconds)
        self._process = self.spawn()
        until = time.monotonic() + kafka_harness.START_SECONDS
        port = int(self.address.rpartition(":")[2])
        while not await _listens(port):
            if self._process.poll() is not None or time.monotonic() > until:
                raise kafka_harness.NoBroker("the broker did not come back")
            await asyncio.sleep(0.2)
        self.up = True


@dataclass(slots=True)
class Worker:
    """One place in the group; the process in it comes and goes."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    busy: bool = False
    """A fault is at work on it."""
    faults: list[str] = field(default_factory=list)
    """What it did that it should not."""
    ends: list[float] = field(default_factory=list)
    """Seconds that each graceful end took."""

    _from: int = 0

    def start(self) -> None:
        self._from = self.log.stat().st_size if self.log.exists() else 0
        self.process = spawn(self.command, self.log, self.env)

    def said(self) -> str:
        """What it has logged since its start."""
        with self.log.open("rb") as file:
            file.seek(self._from)
            return file.read().decode("utf-8", "replace")

    def up(self) -> bool:
        """Whether it has come so far that it handles SIGTERM."""
        return "metrics on " in self.said()

    def reason(self) -> str:
        """Why it ended by itself, in its own words; else the last of what it said, without the client's complaints."""
        own = [line for line in self.said().splitlines() if " aiokafka" not in line]
        told = [line for line in own if REASON.search(line)]
        return "\n".join(told or own[-12:])[-3000:]

    def excused(self) -> bool:
        """Whether it ended by itself for want of a broker, and said so: whoever runs it starts it again."""
        return bool(ABSENT.search(self.reason()))

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        if self.process and self.alive():
            self.process.send_signal(number)

    async def kill(self) -> None:
        assert self.process
        self.signal(signal.SIGKILL)
        await _exit(self.process, 20)

    async def end(self, limit: float) -> int | None:
        """Asks it to end; its exit code. A process that takes longer than the limit is killed, and told of."""
        assert self.process
        begun = time.monotonic()
        self.signal(signal.SIGTERM)
        code = await _exit(self.process, limit)
        self.ends.append(time.monotonic() - begun)
        if code is None:
            self.faults.append(f"{self.name} did not end within {limit:g} s of SIGTERM")
            await self.kill()
        return code


class Hook:
    """A webhook on 127.0.0.1: `mode` is ok, fail (answers 500), hang (never answers) or refuse (nobody listens)."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        """Messages that were answered with 200."""
        self.attempts = 0
        self.mode = "ok"
        self._port = 0
        self._open()

    def _open(self) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), _handler(self))
        self._server.daemon_threads = True
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}/hook"

    def set(self, mode: str) -> None:
        """Behaves so from now on."""
        if "refuse" in (mode, self.mode) and mode != self.mode:
            self._server.shutdown() if mode == "refuse" else None
            self._server.server_close() if mode == "refuse" else self._open()
        self.mode = mode

    def stop(self) -> None:
        self.mode = "ok"
        self._server.shutdown()
        self._server.server_close()


def _handler(hook: Hook) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.attempts += 1
            mode = hook.mode
            if mode == "hang":
                while hook.mode == "hang":
                    time.sleep(0.1)
                self.close_connection = True
                return
            if mode == "ok":
                hook.taken[json.loads(body)["delivery"]] += 1
            self.send_response(200 if mode == "ok" else 500)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Requests are not logged."""

    return Handler


class World:
    """Everything that runs, in one folder."""

    def __init__(self, folder: Path, workers: int) -> None:
        self.folder = folder
        self.count = workers
        self.broker = Kafka()
        self.hook = Hook()
        self.workers: list[Worker] = []
        self.notifier: Worker | None = None

    def add_worker(self, settings: Mapping[str, str], command: Sequence[str] | None = None) -> Worker:
        """One more place in the group, started."""
        name = f"worker{len(self.workers)}"
        env = environment({**settings, "data_dir": str(self.folder / name)})
        line = command or [sys.executable, "-c", CLI, "worker"]
        worker = Worker(name, line, env, self.folder / f"{name}.log")
        self.workers.append(worker)
        worker.start()
        return worker

    def add_notifier(self, settings: Mapping[str, str]) -> Worker:
        """The notifier, started."""
        line = [sys.executable, "-c", CLI, "notify"]
        self.notifier = Worker("notifier", line, environment(settings), self.folder / "notifier.log")
        self.notifier.start()
        return self.notifier

    def everybody(self) -> list[Worker]:
        return [*self.workers, *([self.notifier] if self.notifier else [])]

    def stop(self) -> None:
        """Ends every process, at once."""
        for worker in self.everybody():
            if worker.process and worker.alive():
                worker.process.kill()
                worker.process.wait(20)
        self.broker.stop()
        self.hook.stop()


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The settings as variables."""
    return {f"CLAIMSTREAM_{name.upper()}": value for name, value in settings.items()}


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def _exit(process: subprocess.Popen[bytes], limit: float) -> int | None:
    """The exit code, None where the process is still there after so many seconds."""
    until = time.monotonic() + limit
    while process.poll() is None and time.monotonic() < until:
        await asyncio.sleep(0.05)
    return process.poll()


def niced() -> None:
    """Everything started from here on gives way to others."""
    os.nice(max(0, 10 - os.nice(0)))
