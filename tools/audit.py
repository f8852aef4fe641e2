"""Known faults of the dependencies in requirements.lock, by pip-audit: `make audit`.

    python tools/audit.py [--service pypi|osv]

Exit code 0: every package was looked up, and none has a known fault. 1: some have. 3: NOT AUDITED, or not all of it:
the service could not be reached, or does not know the packages (pip-audit by itself calls that "no known
vulnerabilities found"). An answer that was not given is never taken for a good one.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
CLEAN, FAULTS, NOT_AUDITED = 0, 1, 3
PATIENCE_S = 600


def main() -> int:
    """Runs pip-audit over the lock file and prints what came of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--service", choices=("pypi", "osv"), default="pypi", help="whom to ask")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="claimstream-audit-") as folder:
        report = Path(folder, "report.json")
        command = [sys.executable, "-m", "pip_audit", "-s", given.service, "--no-deps", "--disable-pip"]
        command += ["-r", str(LOCK), "--progress-spinner", "off", "-f", "json", "-o", str(report)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
            said = done.stderr.strip().splitlines() or [f"exit code {done.returncode}"]
        except subprocess.TimeoutExpired:
            said = [f"no answer within {PATIENCE_S} s"]
        text = report.read_text("utf-8") if report.exists() else ""
    code, lines = verdict(text, said[-1], len(LOCK.read_text("utf-8").split()))
    print("\n".join(lines))
    return code


def verdict(report: str, said: str, expected: int) -> tuple[int, list[str]]:
    """The exit code and the lines to print, from pip-audit's report, its last words, and the number of packages."""
    try:
        rows: list[dict[str, Any]] = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        return NOT_AUDITED, [f"NOT AUDITED: pip-audit gave no report: {said[:300]}"]
    asked = [row for row in rows if "skip_reason" not in row]
    faults = [
        f"{row['name']} {row['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version'}"
        for row in asked
        for fault in row["vulns"]
    ]
    skipped = expected - len(asked)
    lines = [*faults, f"{len(asked)} of {expected} packages looked up, {len(faults)} known faults"]
    if skipped > 0:
        why = next((row["skip_reason"] for row in rows if "skip_reason" in row), "they are missing in the report")
        how = "NOT AUDITED" if not asked else "NOT ALL AUDITED"
        lines.append(f"{how}: {skipped} packages were not looked up, the first because: {why}")
    return (FAULTS if faults else NOT_AUDITED if skipped > 0 else CLEAN), lines


if __name__ == "__main__":
    sys.exit(main())
