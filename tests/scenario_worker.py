"""A worker process on an embedded broker: `python tests/scenario_worker.py NAME=VALUE ...` (settings).

The embedded broker cannot describe its topics, so their check is left out; everything else is the worker as it is.
"""

import logging
import sys

from claimstream.commands import replay
from claimstream.edges import config
from claimstream.model import Settings
from claimstream.streaming import stream


async def unchecked(*_):
    """The topics were made with the broker."""
    return []


if __name__ == "__main__":
    logging.basicConfig(level="INFO", format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    stream.ensure_topics = unchecked
    flags = dict(pair.split("=", 1) for pair in sys.argv[1:])
    sys.exit(stream.run_worker(config.load(flags, environ={}), replay.steps(Settings())))
