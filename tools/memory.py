"""Memory of a process, for the benchmarks."""

from __future__ import annotations

import resource
from pathlib import Path


def resident(pid: int | str = "self") -> int:
    """Bytes of the process that are in memory now (Linux)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()
