"""A real Kafka broker for the tests: one given in CLAIMSTREAM_TEST_BROKER, or one of our own from Maven's jars.

Ours is a single node in KRaft mode on 127.0.0.1 with free ports and a folder that is removed afterwards; it is ended
by its own process handle. Java 17 and Maven are needed; the jars are kept under .cache/.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
POM = ROOT / "pom.xml"
HEAP = ("-Xms256m", "-Xmx512m")
START_SECONDS = 120.0
MAVEN_SECONDS = 420.0

PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:{controller}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs={folder}/log
offsets.topic.num.partitions=4
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
num.network.threads=2
num.io.threads=2
log.cleaner.dedupe.buffer.size=8388608
"""


class NoBroker(Exception):
    """There is no broker to test against; the text says how to have one."""


class Broker:
    """A Kafka broker of our own. `address` is host:port between `start` and `stop`."""

    def __init__(self) -> None:
        self.address = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._folder = ""
        self._command: list[str] = []
        self.java: list[str] = []
        self.format_options: tuple[str, ...] = ()

    def properties(self, port: int, controller: int) -> str:
        """The content of server.properties."""
        return PROPERTIES.format(port=port, controller=controller, folder=self._folder)

    def start(self) -> None:
        """Starts it and returns when it answers. Raises NoBroker."""
        classpath = str(jars() / "*")
        self._folder = tempfile.mkdtemp(prefix="claimstream-kafka-")
        port, controller = free_ports(2)
        properties = Path(self._folder, "server.properties")
        properties.write_text(self.properties(port, controller))
        self.java = java = ["java", *HEAP, "-cp", classpath]
        format_ = [*java, "kafka.tools.StorageTool", "format", "-t", "4L6g3nShT-eMCtK--X86sw", "-c", str(properties)]
        done = subprocess.run([*format_, *self.format_options], capture_output=True, timeout=START_SECONDS, check=False)
        if done.returncode:
            raise NoBroker(f"Kafka's storage could not be formatted: {done.stderr.decode()[-500:]}")
        self._command = [*java, "kafka.Kafka", str(properties)]
        self.address = f"127.0.0.1:{port}"
        self.start_again()

    def crash(self) -> None:
        """Ends the process at once; what it has taken is on its disk."""
        assert self._process
        self._process.kill()
        self._process.wait(15)

    def start_again(self) -> None:
        """Starts the process, on the same ports and disk as before. Raises NoBroker."""
        self._process = self.spawn()
        self._await(int(self.address.rpartition(":")[2]))

    def spawn(self) -> subprocess.Popen[bytes]:
        """The broker's process, just started."""
        with Path(self._folder, "out").open("ab") as out:
            return subprocess.Popen(self._command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)

    def stop(self) -> None:
        """Ends the process and removes its folder."""
        if self._process:
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(15)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _await(self, port: int) -> None:
        assert self._process
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if self._process.poll() is not None:
                break
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    return
            time.sleep(0.1)
        said = Path(self._folder, "out").read_text(errors="replace")[-1000:]
        self.stop()
        raise NoBroker(f"Kafka did not start within {START_SECONDS:g} s: {said}")


def jars() -> Path:
    """The folder with Kafka's jars, brought by Maven on first use. Raises NoBroker."""
    missing = [tool for tool in ("java", "mvn") if not shutil.which(tool)]
    found = re.search(r"<version>(\d+\.\d+\.\d+)</version>", POM.read_text())
    assert found
    folder = ROOT / ".cache" / f"kafka-{found[1]}"
    if folder.is_dir() and "mvn" in missing:
        missing.remove("mvn")
    if missing:
        raise NoBroker(
            f"{' and '.join(missing)} not found: install a Java 17 runtime and Maven (Debian: openjdk-17-jre-headless "
            "and maven), or name a broker in CLAIMSTREAM_TEST_BROKER=host:port"
        )
    if not folder.is_dir():
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        command = ["mvn", "-q", "-B", "-f", str(POM), "dependency:copy-dependencies", f"-DoutputDirectory={part}"]
        try:
            done = subprocess.run(command, capture_output=True, timeout=MAVEN_SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise NoBroker(f"Maven did not bring Kafka's jars within {MAVEN_SECONDS:g} s") from None
        if done.returncode:
            raise NoBroker(f"Maven could not bring Kafka's jars: {done.stdout.decode(errors='replace')[-500:]}")
        part.rename(folder)
    return folder


def broker_address() -> tuple[str, Broker | None]:
    """The address of the given broker, or of one of our own that the caller stops. Raises NoBroker."""
    given = os.environ.get("CLAIMSTREAM_TEST_BROKER")
    if given:
        return given, None
    broker = Broker()
    broker.start()
    return broker.address, broker


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody listens on."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for probe in sockets:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in sockets]
    finally:
        for probe in sockets:
            probe.close()
