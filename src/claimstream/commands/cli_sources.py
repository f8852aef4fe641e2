"""The commands on tables of claims and on the source book: `fuse`, `sources learn`, `sources show`."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from itertools import chain
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from claimstream.edges import newsclaims, tables
from claimstream.edges.escape import escaped
from claimstream.edges.tables import Placed, TableError, Told
from claimstream.fusion import book as books
from claimstream.fusion.book import Book, BookError
from claimstream.fusion.fusion import EVERY_SOURCE_THE_SAME, Voices, gather
from claimstream.fusion.history import History, Learning
from claimstream.fusion.stepwise import MIN_SHARE, Outcome, Rules, Step, decide

out = Console()
err = Console(stderr=True)
sources = typer.Typer(help="The source book: who copies whom, and how often each was borne out.", no_args_is_help=True)

Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="A parameter of learning, such as decay=0.9.", show_default=False),
]
Sort = Annotated[bool, typer.Option("--sort", help="The rows are not in the order of t: sort them first, on disk.")]


def register(app: typer.Typer) -> None:
    """Adds the commands to the program."""
    app.command()(fuse)
    app.add_typer(sources, name="sources")


def fuse(
    claims: Annotated[Path, typer.Argument(help="CSV (or .csv.gz) with t,source,object,attr,value, in order of t.")],
    consensus_out: Annotated[
        Path | None, typer.Option(help="Write what is believed after each t here, as CSV (- for stdout).")
    ] = None,
    alerts_out: Annotated[Path | None, typer.Option(help="Write the claims that contradict it here.")] = None,
    tolerance: Annotated[
        list[str] | None,
        typer.Option(
            metavar="[ATTR=]NUMBER[%]",
            help='How far numbers may differ and agree: "10", "1%", "act_*=10". May be repeated. [default: 1%]',
            show_default=False,
        ),
    ] = None,
    book: Annotated[Path | None, typer.Option(help="Use this source book.", show_default=False)] = None,
    learn: Annotated[
        bool, typer.Option("--learn", help="Learn about the sources on the way: each t by what came before it.")
    ] = False,
    book_out: Annotated[Path | None, typer.Option(help="With --learn: write the book learned in the end.")] = None,
    min_share: Annotated[
        float, typer.Option(min=0, max=1, help="Flag only against a consensus with more than this share of the weight.")
    ] = MIN_SHARE,
    carry: Annotated[
        bool, typer.Option("--carry", help="A claim stands at later t too, until its source says something else.")
    ] = False,
    sort: Sort = False,
    sets: Sets = None,
) -> None:
    """Decide a table of claims: what is believed of each object after each t, and which claims contradict it.

    Without --book and --learn every source counts the same.
    """
    with one_line():
        if book and learn:
            raise TableError("--book and --learn exclude each other")
        if (book_out or sets) and not learn:
            raise TableError("--book-out and --set go with --learn")
        rules = Rules(tolerance=tables.Tolerances(tolerance or ()), min_share=min_share, carry=carry)
        by = History(_learning(sets)) if learn else load(book).voices() if book else EVERY_SOURCE_THE_SAME
        with progress([claims]) as told:
            tally = _written(decide(_steps([claims], sort, told), rules, by), consensus_out, alerts_out)
        if book_out and isinstance(by, History):
            save(book_out, books.learned(by))
        tally.show(by)


class _Tally:
    """What a run came to, for people."""

    def __init__(self) -> None:
        self.claims = self.steps = self.beliefs = self.flags = 0
        self.began = time.perf_counter()

    def add(self, outcome: Outcome) -> None:
        self.claims += outcome.claims
        self.steps += 1
        self.beliefs += len(outcome.verdicts)
        self.flags += len(outcome.flags)

    def show(self, by: Voices | History) -> None:
        took = time.perf_counter() - self.began
        counts = f"{self.beliefs} values believed, {self.flags} claims contradict them"
        say(err, f"{self.claims} claims at {self.steps} times: {counts} ({self.claims / took:.0f} claims/s)")
        if isinstance(by, History):
            copies = sum(len(group.sources) for group in by.groups)
            say(err, f"{len(by.records)} sources, {copies} of them in {len(by.groups)} groups of copies")


def _written(outcomes: Iterable[Outcome], consensus_out: Path | None, alerts_out: Path | None) -> _Tally:
    tally = _Tally()
    with (
        tables.writing(consensus_out, tables.CONSENSUS) as believed,
        tables.writing(alerts_out, tables.ALERTS) as contradicted,
    ):
        for outcome in outcomes:
            believed(tables.consensus_rows(outcome))
            contradicted(tables.alert_rows(outcome))
            tally.add(outcome)
    return tally


@sources.command("learn")
def learn_book(
    claims: Annotated[
        list[Path], typer.Argument(help="History: CSV as for `fuse`, or the JSON lines of `replay --claims-out`.")
    ],
    book_out: Annotated[Path, typer.Option("--out", help="The book, a TOML file to review and edit (- for stdout).")],
    sort: Sort = False,
    sets: Sets = None,
) -> None:
    """Learn a source book from history. Several files are one history; JSON lines are sorted by day."""
    with one_line():
        history = History(_learning(sets))
        with progress(claims) as told:
            for step in _steps(claims, sort or any(map(_is_news, claims)), told):
                history.learn(step.time, gather(step.sayings))
        if not history.steps:
            raise TableError("nothing to learn from: no claim in these files")
        save(book_out, books.learned(history))
        if str(book_out) != "-":
            show_book(book_out)


@sources.command("show")
def show_book(book: Annotated[Path, typer.Argument(help="A source book.")]) -> None:
    """Show a source book: its version, its groups of copies, and its sources by weight."""
    with one_line():
        shown = load(book)
        edited = f" (edited by hand; learned as {shown.written_version})" if shown.edited else ""
        say(out, f"version {shown.version}{edited}")
        period = f"{shown.first} to {shown.last}, {shown.steps} times, " if shown.steps else ""
        say(out, f"learned from {period}{shown.claims} claims; unknown sources weigh {shown.unknown:g}")
        for group in shown.groups:
            evidence = f"{group.shared}+ subjects shared, {group.differ} apart at most, {group.odd}+ odd together"
            say(out, f"one voice ({evidence}): {' '.join(group.sources)}")
        out.print(_listing(shown))


def say(console: Console, text: str) -> None:
    """One line as it is. Names come from files: what is not printable in them is shown as an escape."""
    console.print(escaped(text), markup=False, highlight=False, soft_wrap=True)


def _listing(shown: Book) -> Table:
    table = Table("source", "weight", "agreed", "of", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    for one in sorted(shown.sources, key=lambda s: (-s.weight, s.name)):
        table.add_row(Text(escaped(one.name)), f"{one.weight:.2f}", f"{one.agreed:.3f}", f"{one.seen:.0f}")
    return table


def load(path: Path) -> Book:
    """The source book in a file. Raises BookError with the file's name."""
    try:
        return books.parse(path.read_text("utf-8"))
    except OSError as error:
        raise BookError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise BookError(f"{path}: not UTF-8") from None
    except BookError as error:
        raise BookError(f"{path}: {error}") from None


def save(path: Path, book: Book) -> None:
    """Writes a book; raises BookError where that fails."""
    if str(path) == "-":
        typer.echo(books.write(book), nl=False)
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(books.write(book), "utf-8")
    except OSError as error:
        raise BookError(f"{path}: {error.strerror}") from None


def _steps(paths: list[Path], sort: bool, told: Told) -> Iterator[Step]:
    rows = chain.from_iterable(_rows(path, told) for path in paths)
    return tables.steps(tables.in_time(rows) if sort else rows)


def _rows(path: Path, told: Told) -> Iterator[Placed]:
    return newsclaims.rows(path, told) if _is_news(path) else tables.rows(path, told)


def _is_news(path: Path) -> bool:
    return ".jsonl" in path.suffixes[-2:]


def _learning(sets: list[str] | None) -> Learning:
    """The parameters of learning, with the changes of `--set`."""
    learning = Learning()
    kinds = {f.name: type(f.default) for f in fields(Learning)}
    for pair in sets or ():
        name, equals, value = pair.partition("=")
        kind: Any = kinds.get(name.strip())
        if not equals or kind is None:
            raise TableError(f"--set {pair!r}: NAME=VALUE is expected, NAME one of {', '.join(kinds)}")
        try:
            learning = replace(learning, **{name.strip(): kind(value)})
        except ValueError as error:
            raise TableError(f"--set {pair!r}: {error}") from None
    return learning


@contextmanager
def progress(paths: list[Path]) -> Iterator[Told]:
    """A progress bar on a terminal, by the bytes read of all files; nothing elsewhere."""
    total = sum(path.stat().st_size for path in paths if path.is_file())
    columns = (TextColumn("claims"), BarColumn(), DownloadColumn(), TimeElapsedColumn())
    done, at = 0, 0
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("claims", total=total)

        def told(position: int) -> None:
            nonlocal done, at
            done, at = (done, position) if position >= at else (done + at, position)
            bar.update(task, completed=done + at)

        yield told


@contextmanager
def one_line() -> Iterator[None]:
    """An expected error is one line on standard error, and exit code 1."""
    try:
        yield
    except (TableError, BookError) as error:
        _fail(error)


def _fail(error: Exception) -> NoReturn:
    err.print(escaped(f"claimstream: {error}"), style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(1)
