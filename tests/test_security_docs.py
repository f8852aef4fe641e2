"""SECURITY.md promises only what a test shows."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_test_that_is_named_is_there():
    named = re.findall(r"`(tests/\w+\.py)::(\w+)`", (ROOT / "SECURITY.md").read_text())
    assert len(named) > 20
    gone = [f"{file}::{name}" for file, name in named if f"def {name}(" not in (ROOT / file).read_text()]
    assert not gone


def test_every_threat_has_one():
    page = (ROOT / "SECURITY.md").read_text()
    rows = page.partition("## Threats")[2].partition("\n## ")[0].splitlines()
    threats = [row for row in rows if row.startswith("| ") and not row.startswith("| threat")]
    assert len(threats) > 20
    assert all("test" in row.rsplit("|", 2)[1] or "the same" in row for row in threats)
