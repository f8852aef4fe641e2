"""What an expression asks of the exporter, checked against the exporter's own registry."""

from __future__ import annotations

import re
from functools import cache

import promql_parser as promql

from claimstream.edges.metrics import Metrics
from claimstream.edges.told import NotifierMetrics

TARGET = {"job": None, "instance": None}
"""Labels that Prometheus adds to everything it scrapes."""
BY_PROMETHEUS = {
    "up": TARGET,
    "ALERTS": {"alertname": None, "alertstate": {"firing", "pending"}, "service": {"claimstream"}, "severity": None},
}
OPEN = {"version", "schema"}
"""Labels whose values change with the program."""
GROWING = ("rate", "increase", "irate", "resets")


@cache
def exported():
    """Each metric by the name of its samples: whether it only grows, and its labels with the values that they have."""
    found = {name: (False, dict(labels)) for name, labels in BY_PROMETHEUS.items()}
    for registry in (Metrics().registry, NotifierMetrics().registry):
        for family in registry.collect():
            for sample in family.samples:
                grows = family.type == "counter" or sample.name.endswith(("_bucket", "_sum", "_count"))
                _, labels = found.setdefault(sample.name, (grows, dict(TARGET)))
                for label, value in sample.labels.items():
                    if label in OPEN:
                        labels[label] = None
                    else:
                        labels.setdefault(label, set()).add(value)
    return found


def faults(text):
    """What is wrong with an expression: metrics, labels and values that do not exist, counters without a rate."""
    try:
        tree = promql.parse(text.replace("$__rate_interval", "5m").replace("$__range", "5m"))
    except ValueError as error:
        return [f"cannot be parsed: {error}"]
    found = []
    for node, above in walk(tree):
        if isinstance(node, promql.VectorSelector):
            found += _selector(node, above)
        elif isinstance(node, promql.AggregateExpr) and node.modifier:
            known = {label for name in names(node) for label in exported().get(name, (0, {}))[1]}
            found += [f"by {label}: not a label there" for label in node.modifier.labels if label not in known]
        elif isinstance(node, promql.Call) and node.func.name == "histogram_quantile":
            grouped = [n for n, _ in walk(node) if isinstance(n, promql.AggregateExpr)]
            if not any("le" in n.modifier.labels for n in grouped if n.modifier):
                found.append("histogram_quantile without le")
    return found


def names(tree):
    """The metrics in an expression."""
    return {node.name for node, _ in walk(tree) if isinstance(node, promql.VectorSelector)}


def matchers(text):
    """The label matchers of each selector, as name, operator and value, beside the metric."""
    tree = promql.parse(text.replace("$__rate_interval", "5m"))
    for node, _ in walk(tree):
        if isinstance(node, promql.VectorSelector):
            yield node.name, {(m.name, str(m.op).rpartition(".")[2], m.value) for m in node.matchers.matchers}


def walk(node, above=()):
    """Every part of an expression, with the parts around it."""
    yield node, above
    inside = (*above, node)
    for name in ("lhs", "rhs", "expr", "vector_selector", "param"):
        part = getattr(node, name, None)
        if part is not None and hasattr(part, "prettify"):
            yield from walk(part, inside)
    for part in getattr(node, "args", ()):
        yield from walk(part, inside)


def _selector(node, above):
    if node.name not in exported():
        return [f"{node.name}: no such metric"]
    grows, labels = exported()[node.name]
    found = []
    if grows and not any(isinstance(n, promql.Call) and n.func.name in GROWING for n in above):
        found.append(f"{node.name}: a counter without rate or increase")
    for matcher in node.matchers.matchers:
        if matcher.name not in labels:
            found.append(f"{node.name}: no label {matcher.name}")
        elif labels[matcher.name] is not None and not _some(matcher, labels[matcher.name]):
            found.append(f"{node.name}: {matcher.name} is never {matcher.value!r}")
    return found


def _some(matcher, values):
    """Whether each alternative of a matcher is a value that the label has."""
    operator = str(matcher.op).rpartition(".")[2]
    if operator in ("Equal", "NotEqual"):
        return matcher.value in values
    return all(any(re.fullmatch(part, value) for value in values) for part in matcher.value.split("|"))
