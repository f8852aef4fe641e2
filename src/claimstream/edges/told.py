"""What the notifier counts, and what it remembers of what each sink was told."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from typing import Protocol

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from claimstream import __version__
from claimstream.edges.sinks import SINKS, Sink
from claimstream.model import SCHEMA, Alert

OUTCOMES = ("sent", "failed", "repeated", "refused", "unreadable")
"""sent: taken by the sink. failed: an attempt that is made again. repeated: a second record of a revision that was
told, left out. refused: never taken by the sink. unreadable: no alert. The last two go to the dead letters."""
WAITS = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)
MEMORY = 10_000
"""Records of each partition that are read back after a restart, and alerts remembered."""


class Behind(Protocol):
    """What the metrics ask of whoever carries alerts to a sink."""

    sink: Sink

    def behind(self) -> int: ...


class NotifierMetrics:
    """What the notifier counts, in its own registry."""

    def __init__(self) -> None:
        self.registry = r = CollectorRegistry()
        self.notifications = Counter(
            "claimstream_notifications", "Alert revisions told, by sink and outcome.", ["sink", "outcome"], registry=r
        )
        self.seconds = Histogram(
            "claimstream_notification_seconds",
            "Time from an alert's reaching its topic until the sink took it.",
            ["sink"],
            buckets=WAITS,
            registry=r,
        )
        self.lag = Gauge(
            "claimstream_notification_lag_records", "Alert records not yet handled, by sink.", ["sink"], registry=r
        )
        self.last = Gauge(
            "claimstream_last_notification_timestamp_seconds",
            "When a sink last took an alert, Unix time, 0 before the first.",
            ["sink"],
            registry=r,
        )
        self.ready = Gauge("claimstream_notifier_ready", "1 while the notifier takes records.", registry=r)
        self.build = Gauge("claimstream_build_info", "1, with version and schema.", ["version", "schema"], registry=r)
        self.build.labels(__version__, str(SCHEMA)).set(1)
        for sink in SINKS:
            for outcome in OUTCOMES:
                self.notifications.labels(sink, outcome)
            for each in (self.seconds, self.lag, self.last):
                each.labels(sink)
        prometheus_client.ProcessCollector(registry=r)
        self.beat = time.monotonic()
        self._beats: dict[str, float] = {}
        self.tellers: Sequence[Behind] = ()

    def lives(self, sink: str) -> None:
        """A sign of life from whoever serves this sink; the one longest silent counts."""
        self._beats[sink] = time.monotonic()
        self.beat = min(self._beats.values())

    def text(self) -> bytes:
        """All of it in the Prometheus text format."""
        for teller in self.tellers:
            self.lag.labels(teller.sink.name).set(teller.behind())
        return prometheus_client.generate_latest(self.registry)


class Told:
    """What one sink has been told, of one partition: the last revision of each alert, and the alerts still open.

    A late article can change a revision that is out already: it comes again under its number, with other sides or
    another reason. That is news, and is told.
    """

    def __init__(self) -> None:
        self._versions: OrderedDict[str, list[Alert]] = OrderedDict()
        """By alert: its last revision, each content in which that was told."""

    def knows(self, alert: Alert) -> bool:
        """Whether this revision was told, as it is, or a later one."""
        last = self._versions.get(alert.id)
        if last is None or alert in last:
            return last is not None
        return last[-1].revision > alert.revision and not alert.restated_by

    def add(self, alert: Alert) -> None:
        if not self.knows(alert):
            last = self._versions.pop(alert.id, [])
            same = [version for version in last if version.revision == alert.revision]
            self._versions[alert.id] = [*same, alert]
            if len(self._versions) > MEMORY:
                self._versions.popitem(last=False)

    def open(self) -> list[Alert]:
        """The alerts that are open as last told."""
        return [last[-1] for last in self._versions.values() if last[-1].state == "open"]
