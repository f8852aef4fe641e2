"""Whether the compiled modules read as those in Python do, and how much faster: compiled.py FOLDER  (`make compile`)

FOLDER holds the package as `CLAIMSTREAM_COMPILE=1 pip install --target FOLDER .` has built it. Both read the same words
of news (those of bench_reading.py) and some hostile text, each in processes of its own; of two runs the faster counts.
Exit code 1 where a claim differs, or where FOLDER holds nothing compiled.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import bench_reading
import orjson

from claimstream import pipeline
from claimstream.edges.wire import claims_codec
from claimstream.model import Article
from claimstream.reading import states

ROOT = Path(__file__).resolve().parent.parent
WORDS = 150_000
HOSTILE = 20_000
"""Bytes of each hostile text."""


def one() -> None:
    """Reads everything with the package at hand, and prints where it lies, a digest of the claims, words a second."""
    news = bench_reading.variations(bench_reading.news([]), WORDS)
    now = datetime(2016, 9, 1, tzinfo=UTC)
    odd = [
        Article(id=name, source="s", text=f"Twelve people were killed {make(HOSTILE)}", published_at=now)
        for name, make in bench_reading.TEXTS.items()
    ]
    digest = blake2b()
    for article in odd:  # and the lexicons are loaded by this
        digest.update(claims_codec.encode(pipeline.read(article)))
    records = []
    begun = time.process_time()
    for article in news:
        records.append(pipeline.read(article))
    seconds = time.process_time() - begun
    for record in records:
        digest.update(claims_codec.encode(record))
    rate = sum(map(bench_reading.length, news)) / seconds
    print(orjson.dumps((states.__file__, digest.hexdigest(), rate)).decode())


def run(folder: Path) -> tuple[str, str, float]:
    """What `one` prints with the package in the folder: the better of two runs."""
    command = [sys.executable, __file__]
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    runs = [subprocess.run(command, env=environment, check=True, capture_output=True, text=True) for _ in range(2)]
    where, digest, rate = max((orjson.loads(run.stdout) for run in runs), key=lambda found: found[2])
    return where, digest, rate


def main() -> int:
    """Compares the two."""
    if len(sys.argv) == 1:
        one()
        return 0
    _, expected, slow = run(ROOT / "src")
    where, digest, fast = run(Path(sys.argv[1]).resolve())
    print(f"Python    {slow:8,.0f} words/s")
    print(f"compiled  {fast:8,.0f} words/s, {fast / slow:.2f} times")
    print("the same claims" if digest == expected else "OTHER CLAIMS")
    if where.endswith(".py"):
        print(f"not compiled: {where}", file=sys.stderr)
    return int(where.endswith(".py") or digest != expected)


if __name__ == "__main__":
    sys.exit(main())
