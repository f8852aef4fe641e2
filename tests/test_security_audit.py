"""The audit of dependencies says what it saw, and takes no silence for a good answer; the lock pins what we ask for."""

import json
import re
import sys
import tomllib
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from audit import CLEAN, FAULTS, NOT_AUDITED, verdict  # noqa: E402


def report(*rows):
    return json.dumps({"dependencies": list(rows), "fixes": []})


INSTALLERS = {"pip", "setuptools", "wheel"}
"""They come with the environment."""
GOOD = {"name": "a", "version": "1", "vulns": []}
BAD = {
    "name": "b",
    "version": "2",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["3"], "aliases": [], "description": ""}],
}
SKIPPED = {"name": "c", "skip_reason": "Dependency not found: c (1)"}


def test_all_looked_up_and_clean():
    assert verdict(report(GOOD, GOOD), "", 2) == (CLEAN, ["2 of 2 packages looked up, 0 known faults"])


def test_a_known_fault_is_named():
    code, lines = verdict(report(GOOD, BAD), "", 2)
    assert code == FAULTS and lines[0] == "b 2: PYSEC-1, mended in 3"


def test_what_was_not_looked_up_is_not_clean():
    assert verdict(report(SKIPPED, SKIPPED), "No known vulnerabilities found", 2)[0] == NOT_AUDITED
    code, lines = verdict(report(GOOD, SKIPPED), "", 2)
    assert code == NOT_AUDITED and "NOT ALL AUDITED: 1 packages" in lines[-1] and "not found: c" in lines[-1]
    assert verdict(report(GOOD), "", 2)[0] == NOT_AUDITED, "a package that the report leaves out"
    assert verdict(report(BAD, SKIPPED), "", 2)[0] == FAULTS


def test_no_report_is_told_with_the_last_words():
    assert verdict("", "ConnectionError: no route", 2) == (
        NOT_AUDITED,
        ["NOT AUDITED: pip-audit gave no report: ConnectionError: no route"],
    )


def test_the_lock_pins_everything_that_is_asked_for_once_and_within_its_bounds():
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    lines = (ROOT / "requirements.lock").read_text().split()
    pinned = {canonicalize_name(name): version for name, version in (line.split("==") for line in lines)}
    assert len(pinned) == len(lines), "a name stands there twice"
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    asked = [*project["dependencies"], *(row for rows in project["optional-dependencies"].values() for row in rows)]
    seen: set[str] = set()
    while asked:
        need = Requirement(asked.pop())
        name = canonicalize_name(need.name)
        if name in INSTALLERS or (need.marker and not need.marker.evaluate({"extra": ""})):
            continue
        assert name in pinned, f"{name} is not pinned"
        assert need.specifier.contains(pinned[name], prereleases=True), f"{need} against {pinned[name]}"
        if name not in seen:
            seen.add(name)
            with suppress(PackageNotFoundError):  # an extra that is not installed here
                asked += requires(need.name) or []


def test_make_has_the_audit_and_the_fuzzer():
    makefile = (ROOT / "Makefile").read_text()
    for target in ("audit", "fuzz"):
        assert re.search(rf"^{target}: \$\(VENV\)/\.dev  ## ", makefile, re.M)
