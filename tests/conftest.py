"""Fixtures that several test modules share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kafka_harness import broker_address
from needs import a_broker


@pytest.fixture(scope="session")
def kafka() -> Iterator[str]:
    """host:port of a real Kafka broker for the whole test run; skips, or fails where Kafka is required, without one."""
    with a_broker():
        address, broker = broker_address()
    yield address
    if broker:
        broker.stop()
