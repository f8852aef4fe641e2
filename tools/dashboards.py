"""Writes the Grafana dashboards, deploy/grafana/dashboards/*.json. With --check it only compares, and fails on a
difference.

A panel is an entry here: title, what it shows, unit, and expressions, in which `@` stands for the matchers of job and
instance. House rules are held by construction: variables `datasource`, `job` and `instance`, `$__rate_interval`, a
description and a unit on every panel, not editable.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "deploy/grafana/dashboards"
MATCHERS = 'job=~"$job", instance=~"$instance"'
SOURCE = {"type": "prometheus", "uid": "${datasource}"}
WIDTH = 24


@dataclass(frozen=True)
class Panel:
    """One panel. `targets` are pairs of legend and expression; `red` is the value from which it turns red."""

    title: str
    description: str
    unit: str
    targets: tuple[tuple[str, str], ...]
    kind: str = "timeseries"
    width: int = 12
    height: int = 8
    red: float | None = None
    low: bool = False
    """Whether it is values below `red` that are bad."""
    stack: bool = False


def stat(title: str, description: str, unit: str, expr: str, red: float | None = None, low: bool = False) -> Panel:
    return Panel(title, description, unit, (("", expr),), "stat", 4, 4, red, low)


def rate(metric: str, by: str = "", where: str = "", of: str = "rate") -> str:
    inner = f"{where}, @" if where else "@"
    group = f" by ({by}) " if by else ""
    return f"sum{group}({of}({metric}{{{inner}}}[$__rate_interval]))"


def quantiles(metric: str, where: str = "", by: str = "") -> tuple[tuple[str, str], ...]:
    inner = f"{where}, @" if where else "@"
    group = f"le, {by}" if by else "le"
    legend = f" {{{{{by}}}}}" if by else ""
    return tuple(
        (
            f"{name}{legend}",
            f"histogram_quantile({q}, sum by ({group}) (rate({metric}_bucket{{{inner}}}[$__rate_interval])))",
        )
        for name, q in (("median", 0.5), ("19 in 20", 0.95))
    )


ARRIVAL = "claimstream_arrival_seconds"
OVERVIEW = (
    stat("Workers ready", "Workers that take records now.", "none", "sum(claimstream_ready{@})", 1, low=True),
    stat(
        "Alarms",
        "Alarms of the service that are firing, the watchdog left out. Each has an entry in docs/runbook.md.",
        "none",
        'count(ALERTS{service="claimstream", alertstate="firing"}) - 1',
        1,
    ),
    stat(
        "Open disputes",
        "Contradictions that are open now.",
        "none",
        'sum(claimstream_open_alerts{type="contradiction", @})',
    ),
    stat(
        "Waiting",
        "Records on the articles and claims topics that no worker has committed.",
        "none",
        "sum(claimstream_lag_records{@})",
        1000,
    ),
    stat(
        "Since the last article",
        "Time since a worker last read an article.",
        "s",
        "time() - max(claimstream_last_article_timestamp_seconds{@} > 0)",
        3600,
    ),
    stat(
        "Not told yet",
        "Alert records that a sink has not been told of.",
        "none",
        "sum(claimstream_notification_lag_records{@})",
        100,
    ),
    Panel(
        "Articles read",
        "Articles handled per second, by outcome: with claims, without any, refused.",
        "ops",
        (("{{outcome}}", rate("claimstream_articles_total", "outcome")),),
        stack=True,
    ),
    Panel(
        "Arrival to consensus",
        "Time from the brokers' taking an article until its facts are written.",
        "s",
        quantiles(ARRIVAL, 'to="consensus"'),
        red=30,
    ),
    Panel(
        "Claims judged",
        "Claims per second, by what they were to their fact.",
        "ops",
        (("{{classification}}", rate("claimstream_reports_total", "classification")),),
        stack=True,
    ),
    Panel(
        "Alerts",
        "Revisions of alerts per second, by what they tell.",
        "ops",
        (("{{type}} {{transition}}", rate("claimstream_alert_revisions_total", "type, transition")),),
    ),
    Panel(
        "People told",
        "Messages per second, by sink and outcome. Failed attempts are made again.",
        "ops",
        (("{{sink}} {{outcome}}", rate("claimstream_notifications_total", "sink, outcome")),),
    ),
    Panel(
        "Dead letters",
        "Records set aside per second, by the step that refused them.",
        "ops",
        (("{{stage}}", rate("claimstream_dead_letters_total", "stage")),),
    ),
    Panel(
        "Processes",
        "1 where Prometheus reaches a worker or the notifier.",
        "none",
        (("{{job}} {{instance}}", "up{@}"),),
        red=1,
        low=True,
    ),
    Panel(
        "Version",
        "Processes of each version; two lines during an upgrade.",
        "none",
        (("{{version}}, schema {{schema}}", "sum by (version, schema) (claimstream_build_info{@})"),),
    ),
)
CLAIMS = (
    Panel(
        "Open disputes",
        "Contradictions open now, by kind of claim.",
        "none",
        (("{{kind}}", 'sum by (kind) (claimstream_open_alerts{type="contradiction", @})'),),
        stack=True,
    ),
    Panel(
        "Contested facts",
        "Facts whose grade is contested, by kind of claim.",
        "none",
        (("{{kind}}", "sum by (kind) (claimstream_disputed_facts{@})"),),
        stack=True,
    ),
    Panel(
        "Disputes opened and ended",
        "Revisions of contradictions within the interval, by what they tell.",
        "none",
        (
            (
                "{{transition}}",
                rate("claimstream_alert_revisions_total", "transition", 'type="contradiction"', "increase"),
            ),
        ),
    ),
    Panel(
        "Changes of hands",
        "Changes reported within the interval: open while only the gaining side says so.",
        "none",
        (
            (
                "{{transition}}",
                rate("claimstream_alert_revisions_total", "transition", 'type="change"', "increase"),
            ),
        ),
    ),
    Panel(
        "Article to alert",
        "Time from the brokers' taking an article until the alert that it raised is sent.",
        "s",
        quantiles(ARRIVAL, 'to="alert"'),
    ),
    Panel(
        "Alert to people",
        "Time from an alert's reaching its topic until a sink took it.",
        "s",
        quantiles("claimstream_notification_seconds", by="sink"),
    ),
    Panel(
        "Claims read",
        "Claims per second, by kind.",
        "ops",
        (("{{kind}}", rate("claimstream_claims_total", "kind")),),
        stack=True,
    ),
    Panel(
        "Yield of reading",
        "Claims for each article, and the share of articles that give any. A fall: another language or page layout.",
        "none",
        (
            (
                "claims for each article",
                f"{rate('claimstream_claims_total')} / {rate('claimstream_articles_total')}",
            ),
            (
                "share of articles with claims",
                rate("claimstream_articles_total", where='outcome="claims"')
                + " / "
                + rate("claimstream_articles_total"),
            ),
        ),
    ),
    Panel(
        "Copies and originals",
        "Claims per second that carry another voice's words, and those that add a word of their own.",
        "ops",
        (
            (
                "copies and repeats",
                'sum(rate(claimstream_reports_total{classification=~"copy|repeat", @}[$__rate_interval]))',
            ),
            (
                "a word of their own",
                rate("claimstream_reports_total", where='classification!~"copy|repeat|background|unclear|late"'),
            ),
        ),
    ),
    Panel(
        "What could not be told",
        "Claims per second whose asset could not be told, and history or mentions in passing.",
        "ops",
        (
            (
                "{{classification}}",
                rate("claimstream_reports_total", "classification", 'classification=~"unclear|background|late"'),
            ),
        ),
    ),
    Panel(
        "Outlets",
        "Outlets that each worker has heard since it started, and those of them silent for longer than silent_after_h. "
        "A worker hears only the situations of its partitions.",
        "none",
        (
            ("heard by {{instance}}", "claimstream_outlets{@}"),
            ("silent to {{instance}}", "claimstream_silent_outlets{@}"),
        ),
    ),
    Panel(
        "Late articles",
        "Articles per second that came later after their own date than lateness_hours.",
        "ops",
        (("late", "sum(rate(claimstream_late_articles_total{@}[$__rate_interval]))"),),
    ),
)
KAFKA = (
    Panel(
        "Lag by topic",
        "Records of the assigned partitions that are not committed.",
        "none",
        (("{{topic}}", "sum by (topic) (claimstream_lag_records{@})"),),
        red=1000,
    ),
    Panel(
        "Lag by worker",
        "The same by worker: one alone means a busy partition, or a worker that is stuck.",
        "none",
        (("{{instance}}", "sum by (instance) (claimstream_lag_records{@})"),),
    ),
    Panel(
        "Time in each step",
        "Mean time of one record in each step.",
        "s",
        (
            (
                "{{stage}}",
                rate("claimstream_stage_seconds_sum", "stage")
                + " / "
                + rate("claimstream_stage_seconds_count", "stage"),
            ),
        ),
    ),
    Panel(
        "Slow records",
        "The time that one record in twenty exceeds, by step.",
        "s",
        (quantiles("claimstream_stage_seconds", by="stage")[1],),
    ),
    Panel(
        "Facts in the table",
        "Facts in each worker's part of the table.",
        "none",
        (("{{instance}}", "claimstream_facts{@}"),),
        stack=True,
    ),
    Panel(
        "Bytes in the table",
        "Size of their JSON; in memory it takes somewhat more (docs/operations.md).",
        "bytes",
        (("{{instance}}", "claimstream_table_bytes{@}"),),
        stack=True,
    ),
    Panel(
        "Table writes",
        "Facts written to the table and its changelog per second.",
        "ops",
        (("{{instance}}", rate("claimstream_table_writes_total", "instance")),),
    ),
    Panel(
        "Reports that left",
        "Reports per second that left a fact at max_reports; their effect stays.",
        "ops",
        (("{{instance}}", rate("claimstream_reports_left_total", "instance")),),
    ),
    Panel(
        "Send retries",
        "Records per second that were sent again because the brokers did not take them.",
        "ops",
        (("{{instance}}", rate("claimstream_send_retries_total", "instance")),),
    ),
    Panel(
        "Rebalances",
        "Times that partitions were handed out anew, within the interval.",
        "none",
        (("{{instance}}", "increase(claimstream_rebalances_total{@}[$__rate_interval])"),),
    ),
    Panel(
        "Ready",
        "1 while a worker takes records; 0 while it waits for partitions or reads its table.",
        "none",
        (("{{instance}}", "claimstream_ready{@}"), ("{{instance}}", "claimstream_notifier_ready{@}")),
    ),
    Panel(
        "Processor",
        "Seconds of processor time per second; 1 is one core, and a worker uses no more.",
        "percentunit",
        (("{{instance}}", "rate(process_cpu_seconds_total{@}[$__rate_interval])"),),
    ),
    Panel(
        "Memory",
        "Resident memory of each process.",
        "bytes",
        (("{{job}} {{instance}}", "process_resident_memory_bytes{@}"),),
    ),
    Panel(
        "Started",
        "Time since each process started.",
        "s",
        (("{{job}} {{instance}}", "time() - process_start_time_seconds{@}"),),
    ),
)
BOARDS = {
    "overview": ("Overview", "For the person on call: does it read, judge and tell, and what disagrees now.", OVERVIEW),
    "claims": ("Claims and contradictions", "For the desk: what is disputed, and how well the feed is read.", CLAIMS),
    "kafka": ("Kafka and tables", "For the engineer: lag, steps, tables, brokers, processes.", KAFKA),
}


def board(name: str, title: str, description: str, panels: tuple[Panel, ...]) -> dict[str, Any]:
    """The dashboard as Grafana reads it."""
    made, x, y, row = [], 0, 0, 0
    for number, panel in enumerate(panels, 1):
        if x + panel.width > WIDTH:
            x, y, row = 0, y + row, 0
        made.append(drawn(number, panel, x, y))
        x, row = x + panel.width, max(row, panel.height)
    return {
        "uid": f"claimstream-{name}",
        "title": title,
        "description": description,
        "tags": ["claimstream"],
        "editable": False,
        "graphTooltip": 1,
        "refresh": "30s",
        "schemaVersion": 39,
        "time": {"from": "now-6h", "to": "now"},
        "timezone": "utc",
        "links": [
            {
                "title": "claimstream",
                "type": "dashboards",
                "tags": ["claimstream"],
                "asDropdown": False,
                "icon": "",
                "includeVars": True,
                "keepTime": True,
                "targetBlank": False,
                "tooltip": "",
                "url": "",
            }
        ],
        "templating": {"list": variables()},
        "annotations": {"list": []},
        "panels": made,
    }


def variables() -> list[dict[str, Any]]:
    """The three that the linter asks for."""
    asked = {
        "job": "label_values(claimstream_build_info, job)",
        "instance": 'label_values(claimstream_build_info{job=~"$job"}, instance)',
    }
    return [
        {
            "name": "datasource",
            "label": "Data source",
            "type": "datasource",
            "query": "prometheus",
            "current": {"text": "Prometheus", "value": "prometheus"},
            "hide": 0,
            "multi": False,
            "includeAll": False,
            "options": [],
            "refresh": 1,
            "regex": "",
        },
        *(
            {
                "name": name,
                "label": name.capitalize(),
                "type": "query",
                "datasource": SOURCE,
                "query": {"query": query, "refId": name},
                "multi": True,
                "includeAll": True,
                "allValue": ".+",
                "current": {"selected": True, "text": ["All"], "value": ["$__all"]},
                "refresh": 2,
                "sort": 1,
                "hide": 0,
                "options": [],
                "regex": "",
            }
            for name, query in asked.items()
        ),
    ]


def drawn(number: int, panel: Panel, x: int, y: int) -> dict[str, Any]:
    """One panel as Grafana reads it."""
    steps: list[dict[str, Any]] = [{"color": "green", "value": None}]
    if panel.red is not None:
        steps = (
            [{"color": "red", "value": None}, {"color": "green", "value": panel.red}]
            if panel.low
            else [*steps, {"color": "red", "value": panel.red}]
        )
    custom = {
        "fillOpacity": 20 if panel.stack else 0,
        "lineWidth": 1,
        "showPoints": "never",
        "stacking": {"mode": "normal" if panel.stack else "none", "group": "A"},
    }
    options: dict[str, Any] = (
        {
            "colorMode": "value",
            "graphMode": "area",
            "justifyMode": "auto",
            "orientation": "auto",
            "textMode": "auto",
            "percentChangeColorMode": "standard",
            "showPercentChange": False,
            "wideLayout": True,
            "reduceOptions": {"calcs": ["lastNotNull"], "fields": "", "values": False},
        }
        if panel.kind == "stat"
        else {
            "legend": {"calcs": ["lastNotNull"], "displayMode": "table", "placement": "bottom", "showLegend": True},
            "tooltip": {"mode": "multi", "sort": "desc"},
        }
    )
    return {
        "id": number,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.description,
        "datasource": SOURCE,
        "gridPos": {"x": x, "y": y, "w": panel.width, "h": panel.height},
        "fieldConfig": {
            "defaults": {
                "unit": panel.unit,
                "min": 0,
                "color": {"mode": "thresholds" if panel.kind == "stat" else "palette-classic"},
                "thresholds": {"mode": "absolute", "steps": steps},
                **({} if panel.kind == "stat" else {"custom": custom}),
            },
            "overrides": [],
        },
        "options": options,
        "targets": [
            {
                "refId": chr(ord("A") + i),
                "datasource": SOURCE,
                "expr": expr.replace("@", MATCHERS),
                "legendFormat": legend or "__auto",
                "editorMode": "code",
                "range": True,
                "instant": False,
            }
            for i, (legend, expr) in enumerate(panel.targets)
        ],
    }


def main(check: bool) -> int:
    """Writes or compares; the number of files that differ."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    different = 0
    for name, (title, description, panels) in BOARDS.items():
        path = FOLDER / f"{name}.json"
        text = json.dumps(board(name, title, description, panels), indent=2, ensure_ascii=False) + "\n"
        if check and (not path.is_file() or path.read_text() != text):
            print(f"{path.name} is not what tools/dashboards.py writes")
            different += 1
        elif not check:
            path.write_text(text)
    return different


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
