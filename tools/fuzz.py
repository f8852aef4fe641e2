"""Coverage-guided fuzzing of every door that data comes in by (tests/fuzz_targets.py), with atheris.

    python tools/fuzz.py [--seconds 60] [--seed N] [TARGET...]      # `make fuzz`
    python tools/fuzz.py --show TARGET FILE                         # runs one input, with its traceback

The seconds are shared by the targets. What was found interesting stays in .cache/fuzz/TARGET and is where the next run
begins, beside the seeds in tests/fuzz/TARGET; an input that goes wrong is written to .cache/fuzz/found/ and belongs in
tests/fuzz/TARGET once it is mended. Exit code 1 where something went wrong. The seed is printed: a run with the
same seed, seconds aside, begins with the same inputs.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import subprocess
import sys
import time
import traceback
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SEEDS, CACHE = ROOT / "tests/fuzz", ROOT / ".cache/fuzz"
FOUND = CACHE / "found"
SLOW_S = 0.25
LONGEST_S = 60
"""Seconds that one input may take; an input of 20 KB takes well under one."""
MEMORY_MB = 1500
MOST_BYTES = 4096
WEIGHTS = {"words": 3.0, "page": 2.0, "claims": 2.0, "settings": 0.5, "profile": 0.5, "book": 0.5}
"""Shares of the time, 1 where nothing is said: most for what has most rules behind it."""


def main() -> int:
    """Runs the targets one after another, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--seconds", type=float, default=60.0, help="for all targets together")
    parser.add_argument("--seed", type=int, default=random.randrange(1, 2**31))
    parser.add_argument("--show", action="store_true", help="run one input: TARGET FILE")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    sys.path.insert(0, str(ROOT / "tests"))
    if given.show:
        from fuzz_targets import TARGETS

        TARGETS[given.targets[0]](Path(given.targets[1]).read_bytes())
        return 0
    if given.one:
        return _fuzz(given.targets[0], given.seconds, given.seed)
    try:
        import atheris  # noqa: F401
    except ImportError:
        print("atheris is not installed: pip install -c requirements.lock -e '.[fuzz]' (wheels: CPython on Linux)")
        return 2
    from fuzz_targets import TARGETS

    wrong = [name for name in given.targets if name not in TARGETS]
    if wrong:
        parser.error(f"unknown: {' '.join(wrong)}; the targets are {' '.join(TARGETS)}")
    chosen = given.targets or list(TARGETS)
    share = given.seconds / sum(WEIGHTS.get(name, 1.0) for name in chosen)
    print(f"seed {given.seed}, {given.seconds:.0f} s for {len(chosen)} targets", flush=True)
    failed = [name for name in chosen if not _run(name, share * WEIGHTS.get(name, 1.0), given.seed)]
    print(f"went wrong: {' '.join(failed)}" if failed else "nothing went wrong", flush=True)
    return 1 if failed else 0


def _run(name: str, seconds: float, seed: int) -> bool:
    """Fuzzes one target in a process of its own, prints a line, and says whether all went well."""
    command = [sys.executable, __file__, "--one", "--seconds", str(seconds), "--seed", str(seed), name]
    began = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, errors="replace", check=False)
    told = done.stdout + done.stderr
    runs = re.findall(r"(?:Done |stat::number_of_executed_units: )(\d+)", told) or re.findall(r"^#(\d+)", told, re.M)
    cover = re.findall(r"cov: (\d+)", told)
    slow = re.findall(r"^slowest: (.*)$", told, re.M)
    print(
        f"{name:10} {time.monotonic() - began:6.0f} s  {runs[-1] if runs else '?':>9} runs  "
        f"{cover[-1] if cover else '?':>6} places covered  {'slowest ' + slow[-1] if slow else ''}",
        flush=True,
    )
    found = re.findall(r"^found: .*(?:\n(?!found: |#|slowest: |INFO|WARNING).*)*", told, re.M)
    for each in found:
        print(each, flush=True)
    well = done.returncode == 0 and not found
    if not well and not found:
        print(told[-3000:], flush=True)
    return well


def _fuzz(name: str, seconds: float, seed: int) -> int:
    """Fuzzes one target in this process. An input that goes wrong is kept, once for each place, and the run goes on."""
    import atheris

    with atheris.instrument_imports(include=["claimstream"]):
        from fuzz_targets import TARGETS
    run = TARGETS[name]
    TARGETS["words"](b"\x01" * 40)  # loads what is loaded once: the lexicons
    seen: set[str] = set()
    slowest = 0.0

    def once(data: bytes) -> None:
        nonlocal slowest
        began = time.process_time()
        try:
            run(data)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)
            ours = [frame for frame in where if "claimstream" in frame.filename] or list(where)
            place = f"{type(error).__name__} {ours[-1].filename}:{ours[-1].lineno}"
            if place not in seen:
                seen.add(place)
                _keep(name, data, error)
        took = time.process_time() - began
        if took > max(2 * slowest, SLOW_S):
            slowest = took
            (CACHE / f"slowest-{name}").write_bytes(data)
            print(f"slowest: {took:.2f} s for {len(data)} bytes", flush=True)

    corpus, artifacts = CACHE / name, f"{FOUND}/{name}-"
    corpus.mkdir(parents=True, exist_ok=True)
    FOUND.mkdir(parents=True, exist_ok=True)
    folders = [str(corpus), *([str(SEEDS / name)] if (SEEDS / name).is_dir() else [])]
    options = [f"-max_total_time={max(1, round(seconds))}", f"-seed={seed}", f"-timeout={LONGEST_S}"]
    options += [f"-rss_limit_mb={MEMORY_MB}", f"-max_len={MOST_BYTES}", f"-artifact_prefix={artifacts}"]
    options += ["-print_final_stats=1", "-reload=0"]

    atheris.Setup([sys.argv[0], *options, *folders], once)
    atheris.Fuzz()
    return 0


def _keep(name: str, data: bytes, error: Exception) -> None:
    path = FOUND / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    shown = "".join(traceback.format_exception(error)[-4:])
    print(f"found: {path.relative_to(ROOT)}\n{shown}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
