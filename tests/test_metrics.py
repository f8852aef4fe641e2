"""Metrics: conventions, closed label sets at zero, the three addresses."""

import time
import urllib.error
import urllib.request

import pytest

from claimstream.edges.metrics import LATE, Metrics, MetricsServer


@pytest.fixture
def server():
    metrics = Metrics()
    server = MetricsServer(metrics, "127.0.0.1", 0)
    server.start()
    yield metrics, server
    server.stop()


def get(server, path):
    try:
        with urllib.request.urlopen(server.url + path, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_every_label_stands_at_zero_from_the_start():
    lines = Metrics().text().decode().splitlines()
    assert 'claimstream_articles_total{outcome="refused"} 0.0' in lines
    assert 'claimstream_alerts_total{type="contradiction"} 0.0' in lines
    assert 'claimstream_stage_seconds_count{stage="judge"} 0.0' in lines
    assert not [line for line in lines if "_created" in line]
    assert len([line for line in lines if not line.startswith("#")]) < 450


def test_a_timed_block_is_counted_even_when_it_fails():
    metrics = Metrics()
    with pytest.raises(ZeroDivisionError), metrics.timed("read"):
        raise ZeroDivisionError
    assert 'claimstream_stage_seconds_count{stage="read"} 1.0' in metrics.text().decode()


def test_the_addresses_answer(server):
    metrics, server = server
    metrics.dead.labels("read").inc()
    status, text = get(server, "/metrics")
    assert status == 200 and 'claimstream_dead_letters_total{stage="read"} 1.0' in text
    assert get(server, "/nothing") == (404, "/metrics /healthz /readyz\n")


def test_ready_and_healthy_follow_the_worker(server):
    metrics, server = server
    assert get(server, "/readyz")[0] == 503
    metrics.ready.set(1)
    assert get(server, "/readyz") == (200, "ready\n")
    assert get(server, "/healthz") == (200, "ok\n")
    metrics.beat = time.monotonic() - LATE - 1
    assert get(server, "/healthz")[0] == 503


def test_gauges_are_set_when_asked_for(server):
    metrics, server = server
    metrics.refresh = lambda: metrics.facts.set(7)
    assert "claimstream_facts 7.0" in get(server, "/metrics")[1]
