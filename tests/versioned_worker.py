"""A worker of another version: `python tests/versioned_worker.py N`, settings from the environment.

The same code, with N as the number of the schema that it writes and the highest that it reads. It is put into the text
of the model before anything else is imported, as the next version would have it there.
"""

import importlib.util
import logging
import re
import sys
from pathlib import Path


def of_schema(number):
    """Imports claimstream.model as the version with this schema number has it."""
    spec = importlib.util.find_spec("claimstream.model")
    source = Path(spec.origin).read_text()
    source, found = re.subn(r"^SCHEMA = \d+$", f"SCHEMA = {number}", source, flags=re.M)
    assert found == 1, "the model says its schema number in another way"
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    exec(compile(source, spec.origin, "exec"), module.__dict__)


if __name__ == "__main__":
    of_schema(int(sys.argv[1]))
    from claimstream.commands.options import logs
    from claimstream.commands.replay import steps
    from claimstream.edges.config import load
    from claimstream.edges.wire import SCHEMA
    from claimstream.model import Settings
    from claimstream.streaming.stream import run_worker

    settings = load()
    logs(settings.log_level)
    logging.getLogger("claimstream").info("schema %d", SCHEMA)
    sys.exit(run_worker(settings, steps(Settings(max_reports=settings.max_reports))))
