"""One pipeline, three carriers: the same bytes in-process, over the embedded broker and over Kafka."""

import json
import subprocess
import uuid
from pathlib import Path

import pytest

from test_cli import CLAIMSTREAM, ROOT, run

GOLD = ROOT / "tests/gold"
OUTS = ("claims", "alerts", "revisions", "table")


@pytest.fixture(scope="module")
def stream(tmp_path_factory):
    """The articles of two gold streams, one after the other: two situations, undated, copied and late ones too."""
    file = tmp_path_factory.mktemp("stream") / "articles.jsonl"
    rows = []
    for path in sorted(GOLD.glob("*.json"))[:2]:
        rows += [{**row, "id": f"{path.stem}-{row['id']}"} for row in json.loads(path.read_text())["articles"]]
    file.write_text("\n".join(map(json.dumps, rows)))
    return file


def replayed(folder: Path, *args) -> dict[str, bytes]:
    folder.mkdir()
    run("replay", "-q", *args, *(f"--{name}-out={folder / name}" for name in OUTS))
    return {name: (folder / name).read_bytes() for name in OUTS}


@pytest.fixture(scope="module")
def dry(stream, tmp_path_factory):
    return replayed(tmp_path_factory.mktemp("dry") / "out", "--dry", "--order=given", "seeds", stream)


def test_a_dry_replay_finds_claims_and_disputes(dry):
    assert len(dry["claims"].splitlines()) > 100 and len(dry["alerts"].splitlines()) >= 3


@pytest.mark.embedded
def test_the_embedded_broker_changes_nothing(dry, stream, tmp_path):
    assert replayed(tmp_path / "embedded", "--embedded", "--order=given", "seeds", stream) == dry


@pytest.mark.kafka
def test_kafka_changes_nothing(dry, stream, tmp_path, kafka):
    name = f"same-{uuid.uuid4().hex[:8]}"
    settings = [f"--bootstrap-servers={kafka}"]
    for pair in (f"topic_prefix={name}", f"app_id={name}", "partitions=4", f"data_dir={tmp_path / 'data'}"):
        settings += ["--set", pair]
    run("topics", *settings)
    worker = subprocess.Popen([CLAIMSTREAM, "worker", "--metrics-port=0", *settings], stderr=subprocess.PIPE)
    try:
        assert replayed(tmp_path / "kafka", *settings, "--order=given", "seeds", stream) == dry
    finally:
        worker.terminate()
        _, log = worker.communicate(timeout=30)
    assert worker.returncode == 0, log.decode()
