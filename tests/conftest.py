"""Fixtures that several test modules share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kafka_harness import NoBroker, broker_address, required


@pytest.fixture(scope="session")
def kafka() -> Iterator[str]:
    """host:port of a real Kafka broker for the whole test run; skips, or fails where Kafka is required, without one."""
    try:
        address, broker = broker_address()
    except NoBroker as error:
        if required():
            pytest.fail(str(error), pytrace=False)
        pytest.skip(str(error))
    yield address
    if broker:
        broker.stop()
