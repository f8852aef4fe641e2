"""What a test needs from the machine: without it, the test is skipped, or fails where everything is required."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest

from kafka_harness import NoBroker


def lacking(sentence: str) -> NoReturn:
    """Ends the test. `sentence` says what is missing and how to have it."""
    if os.environ.get("CLAIMSTREAM_REQUIRE_KAFKA", "") not in ("", "0"):
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)


@contextmanager
def a_broker() -> Iterator[None]:
    """Around what raises NoBroker."""
    try:
        yield
    except NoBroker as error:
        lacking(str(error))
