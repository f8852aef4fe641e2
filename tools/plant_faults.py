"""Plants faults in a copy of the tree, one at a time, and sees that the tests of the deployment catch each.

    python tools/plant_faults.py [WORDS of the faults wanted]

Prints a line for each fault with the tests that caught it. Exit code 1 if one stays unseen, or if the tests fail
without any.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("deploy", "docs", "src", "tests", "tools", "seeds")
FILES = (
    "docker-compose.yml",
    "pyproject.toml",
    "requirements.lock",
    "pom.xml",
    "README.md",
    "LICENSE",
    ".dockerignore",
)
SCRIPT = "tools/dashboards.py"


@dataclass(frozen=True)
class Fault:
    """Words of a file that are replaced by others, once. With `redraw` the dashboards are then written anew."""

    name: str
    file: str
    old: str
    new: str
    redraw: bool = False


def faults() -> list[Fault]:
    """The faults of faults.toml."""
    return [Fault(**row) for row in tomllib.loads((ROOT / "tools/faults.toml").read_text())["fault"]]


def copy(folder: Path) -> None:
    """The parts of the tree that the tests read."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)


def failed(folder: Path) -> list[str]:
    """The tests of the deployment that fail in a copy, by name; one line of the error where they cannot even run."""
    environ = {**os.environ, "PYTHONPATH": str(folder / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--tb=no", "tests/test_deploy.py"]
    run = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=300, check=False)
    if run.returncode == 0:
        return []
    found = re.findall(r"^(?:FAILED|ERROR) tests/test_deploy\.py::(\w+)", run.stdout, re.M)
    return sorted(set(found)) or [(run.stdout + run.stderr).strip().splitlines()[-1]]


def plant(fault: Fault, folder: Path) -> None:
    """Puts the fault into a copy. Raises ValueError where the words to be replaced are not there."""
    path = folder / fault.file
    text = path.read_text()
    if fault.old not in text:
        raise ValueError(f"{fault.name}: {fault.file} no longer has {fault.old!r}")
    path.write_text(text.replace(fault.old, fault.new, 1))
    if fault.redraw:
        subprocess.run([sys.executable, folder / SCRIPT], check=True, timeout=60)


def caught(fault: Fault | None) -> list[str]:
    """The tests that fail with the fault, or without any."""
    with tempfile.TemporaryDirectory(prefix="claimstream-faults-") as name:
        folder = Path(name)
        copy(folder)
        if fault:
            plant(fault, folder)
        return failed(folder)


def main() -> int:
    """Plants every fault."""
    before = caught(None)
    if before:
        print(f"without any fault these fail: {', '.join(before)}")
        return 1
    words = " ".join(sys.argv[1:])
    unseen, planted = 0, [fault for fault in faults() if words in fault.name]
    for fault in planted:
        found = caught(fault)
        unseen += not found
        print(f"{'caught' if found else 'UNSEEN'}  {fault.name}: {', '.join(found) or '-'}", flush=True)
    print(f"{len(planted) - unseen} of {len(planted)} faults caught")
    return 1 if unseen else 0


if __name__ == "__main__":
    sys.exit(main())
