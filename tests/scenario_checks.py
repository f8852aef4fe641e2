"""Compares what came out of a scenario with what it expects; says what was found instead, for a reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import get_args

from claimstream.commands.show import named
from claimstream.edges import output
from claimstream.judging import profile
from claimstream.judging.folding import plain
from claimstream.lexicon.names import place_key
from claimstream.model import Alert, Fact, Point, Report, Voice, What
from claimstream.streaming.feed import Results
from scenario_language import COUNTS, ONE_FACT, Expectation

NUMBERS = {word: n for n, word in enumerate("no one two three four".split())}
SMALL = frozenset("in the of at a an on for by is to".split())
STATES = {
    "who holds": ("control", {}),
    "siege of": ("siege", {"yes": "besieged", "no": "not besieged"}),
    "route": ("route", {"yes": "open", "no": "closed"}),
}


def found_instead(expectation: Expectation, item: str, results: Results) -> str:
    """ "" where the item holds, else what was found instead."""
    if match := COUNTS.fullmatch(expectation.about):
        return _alerts(match, item, expectation.items, results) if match[2] == "alert" else _subjects(match, results)
    candidates = _candidates(results.facts, expectation.about)
    if item == ONE_FACT or not candidates:
        rows = "".join(f"\n    {_summary(fact)}" for fact in candidates or results.facts)
        return "" if len(candidates) == 1 else f"{len(candidates)} facts match{rows}"
    fact = max(candidates, key=lambda one: len(one.reports))
    if expectation.as_of:
        points = [p for p in fact.stand.history if p.arrived_at <= expectation.as_of]
        wrong = _of_point(points[-1], fact, item) if points else "nothing was known"
    else:
        wrong = _of_fact(fact, item)
    return f"{wrong}\n{describe(fact)}" if wrong else ""


def differs(item: str, plain_run: Results, other: Results) -> str:
    """ "" where another run came to the same (`item` says the same what), else the first difference."""
    if item == "nothing sent twice":
        twice = [key for key, n in Counter((a.id, a.revision, a.digest) for a in other.alerts).items() if n > 1]
        return f"sent more than once: {twice}" if twice else ""
    if item == "same table":
        mine, theirs = (list(output.table_lines(r.facts)) for r in (plain_run, other))
    elif item == "same alerts in the end":
        mine, theirs = (list(output.revision_lines(_standing(r.alerts))) for r in (plain_run, other))
    elif item == "same alerts":
        mine, theirs = (list(output.revision_lines(_last(r.alerts))) for r in (plain_run, other))
    else:
        return "not an item of this language"
    if mine == theirs:
        return ""
    changed = [row for row in theirs if row not in mine] + [row for row in mine if row not in theirs]
    return f"{len(mine)} rows became {len(theirs)}; the first that differs: {changed[0][:600]!r}"


def _last(alerts: Sequence[Alert]) -> list[Alert]:
    """Each alert as its last record has it, whatever article made it be sent again."""
    last = {a.id: replace(a, restated_by="", digest="") for a in alerts}
    return sorted(last.values(), key=lambda a: (a.opened_at, a.subject, a.id))


def _standing(alerts: Sequence[Alert]) -> list[Alert]:
    """The same without those that were taken back because a late article showed that they never should have been."""
    return [alert for alert in _last(alerts) if alert.reason.code != "reordered"]


def _subjects(match: re.Match[str], results: Results) -> str:
    words = [plain(word.strip()).removeprefix("the ") for word in match[3].split(",")]
    kept = {word: {f.subject for f in results.facts if _speaks_of(f, word)} for word in words}
    found = set().union(*kept.values())
    return "" if len(found) == NUMBERS[match[1]] and all(kept.values()) else f"{len(found)}: {kept}"


def _speaks_of(fact: Fact, word: str) -> bool:
    return any(word in plain(f"{r.claim.asset} {r.claim.place}") for r in fact.reports)


def _alerts(match: re.Match[str], item: str, items: Sequence[str], results: Results) -> str:
    """Of several alerts the one that comes nearest to all the items is compared."""
    told = [a for a in _last(results.alerts) if not match[3] or _words_in(match[3], _text(a))]
    rows = "".join(f"\n    {row}" for a in _last(results.alerts) for row in _show(a))
    if not item:
        return "" if len(told) == NUMBERS[match[1]] else f"{len(told)}, of {len(_last(results.alerts))}{rows}"
    if not told:
        return f"no alert{rows}"
    wrong = _of_alert(min(told, key=lambda a: sum(bool(_of_alert(a, each)) for each in items if each)), item)
    return f"{wrong}{rows}" if wrong else ""


def _text(alert: Alert) -> str:
    return f"{alert.subject} {alert.asset} {alert.place} {alert.measure} {alert.who} {alert.kind}"


def _show(alert: Alert) -> Iterator[str]:
    """An alert for a reader of the failure."""
    yield (
        f"alert on {alert.subject}: type {alert.type}, state {alert.state}, revision {alert.revision}, "
        f"low {_number(alert.low)}, high {_number(alert.high)}, best {_number(alert.best)}, "
        f"claimed {named(alert.claimed)}, assessed {named(alert.assessed)}, because {alert.reason.words}"
    )
    for side in alert.sides:
        counts = f"{side.origins} origins, {side.neutral} neutral, {side.copies} copies"
        yield f"    side {named(side.position)} ({counts}) “{side.sentence}” ({side.speaker or side.source})"


def _of_alert(alert: Alert, item: str) -> str:
    word, _, rest = item.partition(" ")
    if word == "says" and (words := _quoted(rest)):
        said = [side.sentence for side in alert.sides] + [alert.sentence]
        return "" if any(plain(words) in plain(one) for one in said) else "nobody says that in the alert"
    if word == "side":
        return _side(alert, rest)
    found = {
        "type": alert.type,
        "state": alert.state,
        "revision": str(alert.revision),
        "opened": f"{alert.opened_at:%H:%M}",
        "updated": f"{alert.updated_at:%H:%M}",
        "low": _number(alert.low),
        "high": _number(alert.high),
        "best": _number(alert.best),
        "assessed": _state(alert.kind, alert.assessed),
        "claimed": _state(alert.kind, alert.claimed),
    }
    if word not in found:
        return "not an item of this language"
    return "" if found[word] == rest else f"{word} {found[word]}"


def _side(alert: Alert, wanted: str) -> str:
    position, _, counts = wanted.rstrip(")").partition(" (")
    sides = [side for side in alert.sides if _state(alert.kind, side.position) == position]
    if len(sides) != 1:
        return f"the sides are {[_state(alert.kind, side.position) for side in alert.sides]}"
    found = {"origin": sides[0].origins, "neutral": sides[0].neutral, "cop": sides[0].copies}
    for part in counts.split(", ") if counts else ():
        number, _, what = part.partition(" ")
        if next((n for key, n in found.items() if what.startswith(key)), None) != int(number):
            return f"{sides[0].origins} origins, {sides[0].neutral} neutral, {sides[0].copies} copies"
    return ""


def _candidates(facts: Sequence[Fact], about: str) -> list[Fact]:
    """The facts asked for: of that kind, with every word in their names, else in their sentences.

    Those of which nothing but background was said do not count, nor counts of a part ("seven more bodies").
    """
    start = next((start for start in STATES if about.startswith(start)), about.split()[0])
    kind = STATES[start][0] if start in STATES else "figure"
    words = about.removeprefix(start)
    known = [f for f in facts if not all(r.what in ("background", "unclear", "late") for r in f.reports)]
    known = [f for f in known if any(r.claim.total for r in f.reports)]
    known = [f for f in known if f.kind == kind and (kind != "figure" or f.measure == start)]
    named_so = [f for f in known if _words_in(words, _names(f))]
    return named_so or [f for f in known if _words_in(words, " ".join(r.claim.sentence for r in f.reports))]


def _names(fact: Fact) -> str:
    claims = " ".join(
        f"{r.claim.asset} {r.claim.place} {r.claim.who} {r.claim.since} {r.claim.words}" for r in fact.reports
    )
    return f"{fact.subject} {fact.asset} {fact.place} {fact.who} {fact.scope} {claims}"


def _words_in(words: str, text: str) -> bool:
    folded = plain(text)
    return all(w in folded or place_key(w) in text for w in plain(words).split() if w not in SMALL)


def _of_point(point: Point, fact: Fact, item: str) -> str:
    word, _, rest = item.partition(" ")
    found = {
        "best": _number(point.best),
        "low": _number(point.low),
        "high": _number(point.high),
        "assessed": _state(fact.kind, point.assessed),
        "claimed": _state(fact.kind, point.claimed),
    }
    return "" if found.get(word) == rest else f"{word} {found.get(word, 'is not an item of this language')}"


def _of_fact(fact: Fact, item: str) -> str:
    stand = fact.stand
    live = list(stand.voices)
    if item == "no data":
        said = (stand.best, stand.low, stand.high, stand.claimed, stand.assessed)
        return "" if stand.grade == "none" and not any(said) else _believed(fact)
    match = re.fullmatch(r"(no|\d+) (\w+?)(?:ies|y|s)?", item)
    if match and match[2] in ("origin", "cop", *get_args(What)):
        return _count(fact, live, 0 if match[1] == "no" else int(match[1]), match[2])
    if match := re.fullmatch(r'(struck|kept) "(.+)" as (.+)', item):
        said = [r for r in fact.reports if plain(match[2]) in plain(r.claim.sentence) and r.what != "withdrawal"]
        found = [_bounds(r, fact) if match[1] == "kept" else r.struck or "not struck" for r in said]
        return "" if said and set(found) == {match[3]} else f"{found or 'no report with these words'}"
    word, _, rest = item.partition(" ")
    if word == "speaker" and (words := _quoted(rest)):
        speakers = sorted({v.claim.speaker or v.claim.attribution or "the outlet itself" for v in live})
        return "" if any(words in one for one in speakers) else f"speakers {speakers}"
    if word == "history":
        points = [_number(p.best) if fact.kind == "figure" else _state(fact.kind, p.assessed) for p in stand.history]
        return "" if points == rest.split(" then ") else f"history {' then '.join(points)}"
    if word == "grade":
        return "" if stand.grade == rest else f"grade {stand.grade}"
    last = Point(
        at=datetime.min, arrived_at=datetime.min, best=stand.best, low=stand.low, high=stand.high,
        claimed=stand.claimed, assessed=stand.assessed, claim="", article="",
    )  # fmt: skip
    return _of_point(last, fact, item)


def _count(fact: Fact, live: list[Voice], wanted: int, what: str) -> str:
    """Origins and copies that stand now; of what reports were when they came, the number of articles."""
    if what == "origin":
        found = len({v.origin for v in live})
    elif what == "cop":
        found = sum(v.copies for v in live)
    else:
        found = len({(r.claim.article, r.claim.status) for r in fact.reports if r.what == what})
    return "" if found == wanted else f"{found}"


def _bounds(report: Report, fact: Fact) -> str:
    """What the fact's profile makes of a report's words, where a rule stands in the record."""
    low, high = profile.bounds(report.claim, profile.profile(fact.profile))
    return f"{_number(low)} to {_number(high)}" if report.claim.rule else "a number without its rule"


def _quoted(text: str) -> str:
    """The words between quotation marks, "" where there are none."""
    match = re.fullmatch(r'"(.+)"', text)
    return match[1] if match else ""


def _state(kind: str, position: str) -> str:
    words = next((words for of, words in STATES.values() if of == kind), {})
    return words.get(position) or named(position) or "nothing"


def _number(value: float | None) -> str:
    return "open" if value is None else f"{value:,.0f}" if value == int(value) else f"{value:,}"


def _believed(fact: Fact) -> str:
    stand = fact.stand
    if fact.kind == "figure":
        return f"best {_number(stand.best)}, low {_number(stand.low)}, high {_number(stand.high)}, grade {stand.grade}"
    return (
        f"assessed {_state(fact.kind, stand.assessed)}, claimed {_state(fact.kind, stand.claimed)}, grade {stand.grade}"
    )


def _summary(fact: Fact) -> str:
    return f"{fact.subject}: {_believed(fact)}; {len(fact.reports)} reports"


def describe(fact: Fact) -> str:
    """A fact with its voices and reports, for a reader of the failure."""
    rows = [_summary(fact)]
    rows += [f"  voice {v.origin}, {v.copies} copies: “{v.claim.words}”" for v in fact.stand.voices]
    for r in fact.reports:
        who = f"{r.claim.attribution or 'no speaker'}; {r.claim.source}, {r.claim.published_at:%d %H:%M}"
        rows.append(f"  {r.what}, {r.reason.words}: “{r.claim.sentence}” ({who})")
    return "\n".join(f"    {row}" for row in rows)
