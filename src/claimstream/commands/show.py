"""What the command line shows a person: disputes, facts with their evidence, explanations. Nothing is decided here.

Every word of an article is untrusted: it goes through `plain`, and never through markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from rich import box
from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from claimstream.edges import config, output
from claimstream.edges.wire import WireError, fact_codec
from claimstream.edges.wording import bounds, named, number, plain, topic, value_of, voice
from claimstream.model import Alert, Claim, Fact, Point, Side
from claimstream.pipeline import Reading
from claimstream.reading import figures
from claimstream.streaming.feed import Results

_COLOURS = ("cyan", "magenta", "yellow", "green")


class ShowError(ValueError):
    """Something that cannot be shown; the text is one line."""


def alert_panel(alert: Alert) -> Panel:
    """One alert with all its sides: position, sentence, speaker, outlet, time, number of voices and copies."""
    sides = [_side(side, _COLOURS[n % len(_COLOURS)]) for n, side in enumerate(alert.sides)]
    reason = Text(plain(alert.reason.words), style="italic")
    title = Text.assemble((alert.type.upper(), "bold red"), "  ", (topic(alert), "bold"))
    foot = Text(f"{alert.situation}  {alert.id} revision {alert.revision}, {alert.state}", style="dim")
    return Panel(
        Group(*sides, reason), title=title, subtitle=foot, title_align="left", subtitle_align="right", box=box.ROUNDED
    )


def _side(side: Side, colour: str) -> Text:
    voices = f"{side.origins} voice" + ("s" if side.origins != 1 else "")
    copies = f", {side.copies} cop" + ("ies" if side.copies != 1 else "y") if side.copies else ""
    return Text.assemble(
        (named(side.position), f"bold {colour}"),
        f"  ({voices}{copies})\n",
        (f"  “{plain(side.sentence)}”\n", ""),
        (f"  — {voice(side.speaker, side.source)}, {side.published_at:%Y-%m-%d %H:%M}Z", "dim"),
    )


def disputes(out: Console, alerts: Iterable[Alert]) -> None:
    """Each contradiction as it stands at the end."""
    for _, last in output.disputes(alerts):
        out.print(alert_panel(last))


def summary(out: Console, results: Results) -> None:
    """One line that accounts for every article."""
    claims = sum(not (claim.implied or claim.witness) for record in results.claims for claim in record.claims)
    found = output.disputes(results.alerts)
    still = sum(last.state == "open" for _, last in found)
    dead = f", {len(results.dead)} dead letters" if results.dead else ""
    out.print(
        f"{len({r.article for r in results.claims})} articles, {claims} claims, {len(results.facts)} subjects, "
        f"{len(found)} disputes ({still} open){dead}",
        highlight=False,
    )


def consensus(out: Console, facts: Iterable[Fact], limit: int = 40) -> None:
    """The table: what is believed of each subject, the disputed first, then those with most reports.

    Subjects with nothing but background and mentions in passing are left out.
    """
    known = [one for one in facts if one.stand.grade != "none"]
    rows = sorted(known, key=lambda f: (f.stand.grade != "contested", -len(f.reports), f.subject))
    table = Table(box=box.SIMPLE, title="Consensus", title_justify="left")
    for name in ("subject", "believed", "grade", "voices", "reports"):
        table.add_column(name, justify="right" if name in ("voices", "reports") else "left", overflow="fold")
    for fact in rows[:limit]:
        style = "red" if fact.stand.grade == "contested" else ""
        cells = (
            topic(fact),
            believed(fact),
            fact.stand.grade,
            str(len(fact.stand.voices)),
            str(len(fact.reports) + fact.left),
        )
        table.add_row(*(Text(cell) for cell in cells), style=style)
    out.print(table)
    if len(rows) > limit:
        out.print(f"and {len(rows) - limit} more subjects", style="dim")


def listing(out: Console, facts: Iterable[Fact]) -> None:
    """Subjects, a line each, with what is believed."""
    for one in facts:
        out.print(Text.assemble((plain(one.subject), "bold"), f"  {believed(one)}  ({one.stand.grade})"))


def believed(fact: Fact) -> str:
    """The consensus of a fact in a few words."""
    stand = fact.stand
    if stand.grade == "none":
        return "no data"
    if fact.kind == "figure":
        best = "" if stand.best is None or stand.low == stand.high else f", best {number(stand.best)}"
        return plain(f"{bounds(stand.low, stand.high)}{best}")
    claimed = f" (claimed: {named(stand.claimed)})" if stand.claimed and stand.claimed != stand.assessed else ""
    return (named(stand.assessed) or "not settled") + claimed


def fact(out: Console, one: Fact, at: datetime | None = None) -> None:
    """A fact with every report that it rests on; as of a time, only what had arrived by then."""
    out.print(Text(plain(one.subject), style="bold"))
    if at is None:
        by = f"   source book: {plain(one.stand.book)}" if one.stand.book else ""
        out.print(Text(f"believed: {believed(one)}   grade: {one.stand.grade}{by}"))
    else:
        points = [p for p in one.stand.history if p.arrived_at <= at]
        out.print(Text(f"as of {at:%Y-%m-%d %H:%M}Z: " + (_point(points[-1], one) if points else "nothing known")))
    for point in one.stand.history:
        if at is None or point.arrived_at <= at:
            out.print(Text(f"  {point.at:%Y-%m-%d %H:%M}Z  {_point(point, one)}   ({point.article})", style="dim"))
    for report in one.reports:
        claim = report.claim
        if at is not None and claim.arrived_at > at:
            continue
        struck = "strike" if report.struck else ""
        out.print(Text.assemble((f"{report.what:>13}  ", "bold"), (f"“{plain(claim.sentence)}”", struck)))
        who = f"{voice(claim.attribution, claim.source)}, {claim.published_at:%Y-%m-%d %H:%M}Z"
        out.print(Text(f"               — {who}; {plain(report.reason.words)}", style="dim"))
    if one.stand.alert is not None and at is None:
        out.print(alert_panel(one.stand.alert))


def _point(point: Point, one: Fact) -> str:
    if one.kind == "figure":
        best = f", best {number(point.best)}" if point.best is not None and point.low != point.high else ""
        return bounds(point.low, point.high) + best
    return plain(f"assessed {point.assessed or 'open'}, claimed {point.claimed or 'open'}")


def explanation(out: Console, reading: Reading) -> None:
    """Sentence by sentence: what was read, by which rule, in whose mouth; each number left alone, with the reason."""
    place = f", around {reading.situation.place}" if reading.situation.place else ""
    out.print(Text(f"situation: {reading.situation.key or 'not found'}{plain(place)}", style="bold"))
    left_alone = [skipped for _, skipped in figures.explain(reading.sentences)]
    claims = _by_sentence(reading.record.claims)
    for sentence, said, skipped in zip(reading.sentences, reading.attributions, left_alone, strict=True):
        out.print(Text(plain(sentence.text)))
        for one in said:
            out.print(
                Text(
                    f"    says: {plain(one.speaker)}"
                    + (f" = {plain(one.name)}" if one.name != one.speaker else "")
                    + f"  [{one.rule}]",
                    style="dim",
                )
            )
        for claim in claims.get((sentence.title, sentence.start), ()):
            out.print(
                Text.assemble(
                    ("    " + value_of(claim), "green"),
                    (f"  “{plain(claim.words)}”  [{claim.rule}]  {plain(claim.subject)}", "dim"),
                )
            )
        for left in skipped:
            out.print(Text(f"    left alone: “{plain(left.words)}”, {left.reason}", style="yellow"))


def _by_sentence(claims: Iterable[Claim]) -> dict[tuple[bool, int], list[Claim]]:
    """Claims by the sentence they stand in: sentences are slices, so a claim's own words tell the start."""
    found: dict[tuple[bool, int], list[Claim]] = {}
    for claim in claims:
        at = claim.sentence.find(claim.words)
        found.setdefault((claim.in_title, claim.start - max(at, 0)), []).append(claim)
    return found


def load_facts(path: Path) -> dict[str, Fact]:
    """The facts of a table file by subject. Raises ShowError."""
    try:
        lines = path.read_bytes().splitlines()
        facts = [fact_codec.decode(line) for line in lines if line.strip()]
    except OSError as error:
        raise ShowError(f"{path}: {error.strerror}") from None
    except WireError as error:
        raise ShowError(f"{path}: {error}") from None
    return {one.subject: one for one in facts}


def find(facts: Mapping[str, Fact], wanted: str) -> list[Fact]:
    """The fact of that subject; else all whose subject, asset, place, measure and who have every word."""
    if wanted in facts:
        return [facts[wanted]]
    words = wanted.lower().split()

    def named(one: Fact) -> str:
        return f"{one.subject} {one.asset} {one.place} {one.measure} {one.who}".lower()

    return [facts[key] for key in sorted(facts) if all(word in named(facts[key]) for word in words)]


def moment(text: str | None) -> datetime | None:
    """A time from the command line; UTC where it names no offset. Raises ShowError."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ShowError(f"--as-of {text!r}: an ISO 8601 time is expected, as in 2016-08-08T12:00") from None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def settings(out: Console, current: config.Settings | None) -> None:
    """Every setting; as a Markdown table of the defaults where there are no current ones."""
    if current is None:
        out.out("| setting | default | meaning |\n|---|---|---|", highlight=False)
        for name, value, meaning in config.describe():
            out.out(
                f"| `{name}` | `{value}` | {meaning} |" if value else f"| `{name}` | | {meaning} |", highlight=False
            )
        return
    table = Table(box=box.SIMPLE)
    for column in ("setting", "value", "meaning"):
        table.add_column(column, overflow="fold")
    for row in config.describe(current):
        table.add_row(*(Text(cell) for cell in row))
    out.print(table)
