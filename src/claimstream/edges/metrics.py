"""What a worker counts and times, in its own registry, and the small HTTP server that shows it.

Label sets are closed and stand at zero from the start. Never a label: an article, a URL, an outlet, a place, a value.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol, get_args

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from claimstream import __version__
from claimstream.edges.standing import Outlets, Standing
from claimstream.edges.wire import STAGES
from claimstream.model import SCHEMA, Alert, AlertType, Kind, What

prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]

OUTCOMES = ("claims", "empty", "refused")
TIMED = ("decode", "read", "judge", "encode", "send")
BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
TRANSITIONS = ("opened", "rewritten", "resolved", "conceded", "corrected", "expired")
ENDS = ("consensus", "alert")
WAITS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)
LATE = 60.0
"""Seconds without a sign of life from the event loop after which /healthz says no."""


class Metrics:
    """The counters, gauges and histograms of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        r = self.registry
        self.articles = Counter("claimstream_articles", "Articles handled, by outcome.", ["outcome"], registry=r)
        self.claims = Counter("claimstream_claims", "Claims read from articles, by kind.", ["kind"], registry=r)
        self.reports = Counter(
            "claimstream_reports", "Claims judged, by what they were to their fact.", ["classification"], registry=r
        )
        self.alerts = Counter("claimstream_alerts", "Alert records sent, by type.", ["type"], registry=r)
        self.dead = Counter("claimstream_dead_letters", "Records set aside, by the step.", ["stage"], registry=r)
        self.writes = Counter("claimstream_table_writes", "Facts written to the table.", registry=r)
        self.left = Counter("claimstream_reports_left", "Reports that left a fact at its limit.", registry=r)
        self.silenced = Counter(
            "claimstream_voices_left", "Voices that left a fact at its limit, silent for longest.", registry=r
        )
        self.cut = Counter(
            "claimstream_sentences_cut", "Claims of which only a part of the sentence was kept.", registry=r
        )
        self.facts_left = Counter("claimstream_facts_left", "Facts that left a full situation.", registry=r)
        self.retries = Counter("claimstream_send_retries", "Records sent again after the brokers failed.", registry=r)
        self.rebalances = Counter("claimstream_rebalances", "Times that partitions were handed out anew.", registry=r)
        self.overtaken = Counter(
            "claimstream_overtaken", "Times that another worker had taken over a partition unnoticed.", registry=r
        )
        self.repairs = Counter(
            "claimstream_table_repairs", "Facts written again because a worker taken for dead wrote late.", registry=r
        )
        self.seconds = Histogram(
            "claimstream_stage_seconds", "Time that one record takes in a step.", ["stage"], buckets=BUCKETS, registry=r
        )
        self.facts = Gauge("claimstream_facts", "Facts in this worker's part of the table.", registry=r)
        self.lag = Gauge("claimstream_lag_records", "Records not yet committed, by topic.", ["topic"], registry=r)
        self.ready = Gauge("claimstream_ready", "1 while the worker takes records.", registry=r)
        self.last = Gauge(
            "claimstream_last_article_timestamp_seconds", "When the last article was read, Unix time.", registry=r
        )
        self.revisions = Counter(
            "claimstream_alert_revisions", "Alert records sent, by what they tell.", ["type", "transition"], registry=r
        )
        self.arrival = Histogram(
            "claimstream_arrival_seconds",
            "Time from the brokers' taking an article until its facts are written (consensus) or an alert is sent.",
            ["to"],
            buckets=WAITS,
            registry=r,
        )
        self.late = Counter(
            "claimstream_late_articles", "Articles that came later after their own date than allowed.", registry=r
        )
        self.open = Gauge("claimstream_open_alerts", "Alerts open now, by type and kind.", ["type", "kind"], registry=r)
        self.disputed = Gauge("claimstream_disputed_facts", "Facts graded contested, by kind.", ["kind"], registry=r)
        self.table_bytes = Gauge("claimstream_table_bytes", "Bytes of the facts in this worker's table.", registry=r)
        self.outlets_heard = Gauge(
            "claimstream_outlets", "Outlets heard by this worker since it started, of the last 30 days.", registry=r
        )
        self.outlets_silent = Gauge(
            "claimstream_silent_outlets", "Those of them that have been silent for longer than allowed.", registry=r
        )
        self.build = Gauge("claimstream_build_info", "1, with version and schema.", ["version", "schema"], registry=r)
        self.build.labels(__version__, str(SCHEMA)).set(1)
        self.standing = Standing()
        self.outlets = Outlets()
        self.silence_s = 86_400.0
        for kind in get_args(Kind):
            self.disputed.labels(kind)
            for type_ in get_args(AlertType):
                self.open.labels(type_, kind)
        for type_ in get_args(AlertType):
            for transition in TRANSITIONS:
                self.revisions.labels(type_, transition)
        for end in ENDS:
            self.arrival.labels(end)
        for metric, labels in (
            (self.articles, OUTCOMES),
            (self.claims, get_args(Kind)),
            (self.reports, get_args(What)),
            (self.alerts, get_args(AlertType)),
            (self.dead, STAGES),
            (self.seconds, TIMED),
            (self.lag, ("articles", "claims")),
        ):
            for label in labels:
                metric.labels(label)
        prometheus_client.ProcessCollector(registry=r)
        self.refresh: Callable[[], None] = lambda: None
        """Called before each scrape, to set the gauges that are costly to keep up to date."""
        self.beat = time.monotonic()

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        """Adds the time that the block takes to the histogram of the stage."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds.labels(stage).observe(time.perf_counter() - begun)

    def waited(self, end: str, since: float | None) -> None:
        """Adds the time since `since` (Unix seconds) to the histogram of what ends now; nothing where it is unknown."""
        if since is not None:
            self.arrival.labels(end).observe(max(0.0, time.time() - since))

    def _stand(self) -> None:
        """Sets the gauges that follow from the table and the outlets."""
        alerts, disputed, size = self.standing.counts()
        for kind in get_args(Kind):
            self.disputed.labels(kind).set(disputed[kind])
            for type_ in get_args(AlertType):
                self.open.labels(type_, kind).set(alerts[type_, kind])
        self.table_bytes.set(size)
        known, silent = self.outlets.counts(time.time(), self.silence_s)
        self.outlets_heard.set(known)
        self.outlets_silent.set(silent)

    def text(self) -> bytes:
        """All of it in the Prometheus text format."""
        self.refresh()
        self._stand()
        return prometheus_client.generate_latest(self.registry)


class Shown(Protocol):
    """What the server needs of a process: its metrics as text, its last sign of life, whether it takes records."""

    beat: float
    ready: Gauge

    def text(self) -> bytes: ...


def transition(alert: Alert) -> str:
    """What a revision of an alert tells, one of TRANSITIONS."""
    if alert.state != "open":
        return alert.state
    return "opened" if alert.revision == 1 else "rewritten"


class MetricsServer:
    """/metrics, /healthz and /readyz on a thread of its own, so that they answer while the worker is busy."""

    def __init__(self, metrics: Shown, host: str, port: int) -> None:
        self._server = ThreadingHTTPServer((host, port), _handler(metrics))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, name="metrics", daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        host, port = self._server.server_address[:2]
        return f"http://{host if isinstance(host, str) else host.decode()}:{port}"

    def start(self) -> None:
        """Begins to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Stops answering and frees the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=2)


def _handler(metrics: Shown) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Reads only: it has no other method than GET, and shows nothing of the request."""

        timeout = 10
        server_version, sys_version = "claimstream", ""

        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/metrics":
                self._answer(200, metrics.text(), prometheus_client.CONTENT_TYPE_LATEST)
            elif path == "/healthz":
                silent = time.monotonic() - metrics.beat
                self._answer(200 if silent < LATE else 503, b"ok\n" if silent < LATE else b"no sign of life\n")
            elif path == "/readyz":
                ready = metrics.ready._value.get() == 1
                self._answer(200 if ready else 503, b"ready\n" if ready else b"not ready\n")
            else:
                self._answer(404, b"/metrics /healthz /readyz\n")

        def _answer(self, status: int, body: bytes, kind: str = "text/plain; charset=utf-8") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Requests are not logged."""

    return Handler
