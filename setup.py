"""The build that compiles: CLAIMSTREAM_COMPILE=1 makes C of the modules that reading runs through (mypyc).

It needs a C compiler, and takes minutes. Everything else about the package stands in pyproject.toml; unless it is
asked for, nothing is compiled and mypyc is not installed. The model stays Python, as pydantic makes codecs of its
records. A module with a cached_property must not come in: mypyc makes of it one that reckons anew each time.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from setuptools import Extension, setup

COMPILE = os.environ.get("CLAIMSTREAM_COMPILE") == "1"
PACKAGE = Path("src/claimstream")
JUDGING = (
    "asof assetkey bounding camps cast comparing countkey elided folding headline leaning offices parties "
    "sentence_words sources subject".split()
)
"""The modules of judging that reading uses."""
LEFT = "__init__.py"
"""What stays Python."""


def modules() -> list[str]:
    """The files to be compiled, in one group, so that calls between them cost little."""
    found = [*(PACKAGE / "reading").rglob("*.py"), *(PACKAGE / "lexicon").glob("*.py")]
    found += [PACKAGE / "pipeline.py", *(PACKAGE / "judging" / f"{name}.py" for name in JUDGING)]
    return sorted(str(path) for path in found if path.name != LEFT)


def extensions() -> list[Extension]:
    """The compiled modules."""
    from mypyc.build import mypycify

    return mypycify(["--strict", *modules()], opt_level="2", debug_level="0", multi_file=True)


ASKED_FIRST = not {"egg_info", "dist_info"}.isdisjoint(sys.argv)
"""Whether pip only asks what the build needs, which is what brings mypyc in."""

setup(
    ext_modules=extensions() if COMPILE and not ASKED_FIRST else [],
    setup_requires=["mypy>=1.14"] if COMPILE else [],
)
