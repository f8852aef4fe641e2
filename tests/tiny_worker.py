"""A worker process with the small steps: `python tests/tiny_worker.py NAME=VALUE ...` (settings)."""

import logging
import sys
import time

from claimstream.edges.config import load
from claimstream.streaming.shell import Steps
from claimstream.streaming.stream import run_worker
from tiny_steps import judge, read

SLOW = 0.002
"""Seconds that reading takes on top, so that a test has time to end a worker in the middle."""


def slow_read(article):
    time.sleep(SLOW)
    return read(article)


if __name__ == "__main__":
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    flags = dict(pair.split("=", 1) for pair in sys.argv[1:])
    sys.exit(run_worker(load(flags, environ={}), Steps(slow_read, judge)))
