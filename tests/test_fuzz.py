"""Every door that data comes in by (fuzz_targets.py): with the inputs kept in tests/fuzz/, and with new ones.

`make fuzz` looks further, by coverage. A failure here prints its input: put it into tests/fuzz/TARGET once mended.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz_targets import TARGETS, seeds

EXAMPLES = {"words": 60, "page": 60, "plain": 60, "operator": 15, "profile": 40, "claims": 150, "replay": 100}
"""Inputs for a run of a few seconds; 300 where nothing is said."""


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_kept_goes_well(name):
    kept = list(seeds(name))
    assert kept, f"tests/fuzz/{name} is empty"
    for data in kept:
        TARGETS[name](data)


def test_nothing_is_kept_for_a_target_that_is_gone():
    folders = {path.name for path in (Path(__file__).parent / "fuzz").iterdir() if path.is_dir()}
    assert folders == set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_what_is_new_goes_well(name):
    @settings(max_examples=EXAMPLES.get(name, 300), deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.binary(max_size=400))
    def tried(data):
        TARGETS[name](data)

    tried()
