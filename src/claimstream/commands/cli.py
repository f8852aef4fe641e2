"""The command line: arguments in, one shell called, one line for an error. Nothing here decides anything."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from claimstream import __version__, pipeline
from claimstream.commands import arrival, cli_books, cli_notify, cli_sources, readyclaims, show
from claimstream.commands import replay as replays
from claimstream.commands.options import ConfigFile, Port, Servers, Sets, logs, settings_from
from claimstream.edges import config, files, output
from claimstream.edges.config import ConfigError
from claimstream.edges.escape import escaped
from claimstream.fusion.book import BookError
from claimstream.judging.profile import profile
from claimstream.model import Article, SourceBook
from claimstream.model import Settings as JudgeSettings
from claimstream.streaming.feed import Results, Unaccounted

app = typer.Typer(
    name="claimstream",
    help="Watches a stream of news for figures and control claims that contradict each other.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console()
err = Console(stderr=True)


class Failure(Exception):
    """Ends the command with one line on standard error and exit code 1."""


Paths = Annotated[
    list[Path], typer.Argument(help="Articles: .txt, .html, .json, .jsonl, or folders of them.", show_default=False)
]
OrderOption = Annotated[
    Literal["time", "given"] | None,
    typer.Option(
        help="Order of articles. Left out: time where every article has one, else as given.", show_default=False
    ),
]


def judge_settings(settings: config.Settings, books: tuple[SourceBook, ...] = ()) -> JudgeSettings:
    """What the judge needs of the settings. Raises ConfigError for a profile that is none."""
    try:
        profile(settings.profile)
    except OSError as error:
        raise ConfigError(f"profile = {settings.profile!r}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"profile = {settings.profile!r}: not a profile ({error!r})") from None
    return JudgeSettings(
        profile=settings.profile, max_reports=settings.max_reports, max_facts=settings.max_facts, books=books
    )


class Gathered:
    """The articles of the paths; what cannot be read is told at once on standard error, and counted."""

    def __init__(self, paths: list[Path], settings: config.Settings, order: arrival.Order | None) -> None:
        self.unreadable = 0
        found: list[Article] = []
        for item in files.articles(paths, settings.max_article_bytes):
            if isinstance(item, files.Unreadable):
                self.unreadable += 1
                err.print(
                    escaped(f"claimstream: {item.place}: {item.reason}"), style="red", markup=False, soft_wrap=True
                )
            else:
                found.append(item)
        try:
            ordered = arrival.in_order(found, order)
        except ValueError as error:
            raise Failure(str(error)) from None
        self.articles = list(arrival.stamped(ordered, arrival.first_date(ordered)))

    def finish(self) -> None:
        """Exit code 1 where something could not be read, after the rest has been done."""
        if self.unreadable:
            raise typer.Exit(1)


@contextmanager
def progress(what: str, total: int) -> Iterator[Any]:
    """A progress bar on a terminal, nothing elsewhere; yields the function that counts one step."""
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        yield lambda *_: bar.advance(task)


def write_lines(path: Path | None, lines: Iterable[bytes]) -> None:
    """JSON lines to a file, or to standard output for "-"; nothing for None."""
    if path is None:
        return
    if str(path) == "-":
        for line in lines:
            sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            for line in lines:
                file.write(line + b"\n")
    except OSError as error:
        raise Failure(f"{path}: {error.strerror}") from None


@app.command()
def replay(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Articles: .txt, .html, .json, .jsonl, or folders.")
    ] = None,
    claims: Annotated[
        Path | None, typer.Option(help="Ready claims as JSON lines; reading is skipped. PATHS then only date them.")
    ] = None,
    embedded: Annotated[
        bool, typer.Option("--embedded", help="Through the broker in this process, to the end.")
    ] = False,
    dry: Annotated[bool, typer.Option("--dry", help="In this process, without any broker.")] = False,
    order: OrderOption = None,
    speed: Annotated[
        str, typer.Option(help='"max", or so many times as fast as the articles\' own times: "60x".')
    ] = "max",
    book: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE[@TIME]",
            help="With --dry or --embedded: judge by this source book, from TIME on (else all). May be repeated.",
            show_default=False,
        ),
    ] = None,
    claims_out: Annotated[
        Path | None, typer.Option(help="Write the claims here, as JSON lines (- for stdout).")
    ] = None,
    alerts_out: Annotated[Path | None, typer.Option(help="Write each contradiction here, once.")] = None,
    revisions_out: Annotated[Path | None, typer.Option(help="Write every revision of every alert here.")] = None,
    table_out: Annotated[Path | None, typer.Option(help="Write the consensus table here.")] = None,
    follow: Annotated[
        bool, typer.Option("--follow", help="Into Kafka: wait until the workers have judged all. Implied by --..-out.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Do not show the disputes.")] = False,
    file: ConfigFile = None,
    bootstrap_servers: Servers = None,
    sets: Sets = None,
) -> None:
    """Replay articles: into Kafka, through the embedded broker (--embedded), or in-process (--dry).

    The same input prints the same bytes. An unreadable file or record is told and left out; the exit code is then 1.
    """
    settings = settings_from(file, bootstrap_servers, sets)
    if embedded and dry:
        raise Failure("--embedded and --dry exclude each other")
    if not paths and not claims:
        raise Failure("nothing to replay: give files or folders of articles, or --claims FILE")
    follow = follow or any((claims_out, alerts_out, revisions_out, table_out))
    if book and not (dry or embedded):
        raise Failure("--book works with --dry or --embedded; workers take books from `claimstream sources publish`")
    judging = judge_settings(settings, cli_books.books_of(book or []))
    if claims and not dry:
        raise Failure("--claims works with --dry: ready claims do not go through a broker")
    try:
        pace = arrival.speed(speed)
    except ValueError as error:
        raise Failure(str(error)) from None
    gathered = Gathered(paths or [], settings, order)
    if claims:
        records = readyclaims.records(claims, gathered.articles)
        results = replays.judged(records, judging)
    else:
        found = _replayed(
            gathered.articles, settings, judging, pace, "dry" if dry else "embedded" if embedded else "kafka", follow
        )
        if found is None:
            gathered.finish()
            return
        results = found
    write_lines(claims_out, output.claim_lines(results.claims))
    write_lines(alerts_out, output.alert_lines(results.alerts))
    write_lines(revisions_out, output.revision_lines(results.alerts))
    write_lines(table_out, output.table_lines(results.facts))
    if not quiet and not any(str(path) == "-" for path in (claims_out, alerts_out, revisions_out, table_out)):
        show.disputes(out, results.alerts)
        show.summary(out, results)
    gathered.finish()


def _replayed(
    articles: list[Article],
    settings: config.Settings,
    judging: JudgeSettings,
    pace: float | None,
    way: str,
    follow: bool,
) -> Results | None:
    """The results of a replay; None where the articles were only put onto their topic."""
    with progress("replay", len(articles)) as step:
        if way == "dry":
            return replays.dry(articles, judging, pace, step)
        if way == "embedded":
            return replays.through_embedded(articles, settings, judging, pace, step)
        results = replays.into_kafka(articles, settings, pace, step, follow)
    if results is None:
        out.print(f"{len(articles)} articles sent to {settings.topic('articles')} at {settings.bootstrap_servers}")
    return results


@app.command()
def extract(
    paths: Paths,
    layer: Annotated[
        Literal["claims", "numbers", "speakers"],
        typer.Option(help="What to print: claims, every number as bounds, or who says which words."),
    ] = "claims",
    order: OrderOption = None,
    file: ConfigFile = None,
    sets: Sets = None,
) -> None:
    """Print the claims that the articles make, or the layers under them, as JSON lines."""
    gathered = Gathered(paths, settings_from(file, None, sets), order)
    if layer == "claims":
        write_lines(Path("-"), output.claim_lines(pipeline.read(article) for article in gathered.articles))
    else:
        lines = output.number_lines if layer == "numbers" else output.speaker_lines
        write_lines(Path("-"), (line for article in gathered.articles for line in lines(article)))
    gathered.finish()


@app.command()
def explain(
    text: Annotated[str, typer.Argument(help="A sentence or a text; - reads standard input.")],
    source: Annotated[str, typer.Option(help="The outlet that is said to have written it.")] = "outlet",
    title: Annotated[str, typer.Option(help="A headline to read with it.")] = "",
) -> None:
    """Show which rule read what in a text, who is taken to say it, and why a number was left alone."""
    body = sys.stdin.read() if text == "-" else text
    article = Article(id="text", source=source, title=title, text=body, fetched_at=arrival.UNDATED)
    show.explanation(out, pipeline.reading(article))


@app.command("show")
def show_fact(
    subject: Annotated[str, typer.Argument(help="A subject, or part of one; several are listed.")],
    as_of: Annotated[str | None, typer.Option(help="What the table said at this time (ISO 8601).")] = None,
    table: Annotated[Path | None, typer.Option(help="A file of `replay --table-out`, instead of Kafka.")] = None,
    file: ConfigFile = None,
    bootstrap_servers: Servers = None,
    sets: Sets = None,
) -> None:
    """Show a fact with its evidence: from Kafka's consensus topic, or from a file."""
    facts = show.load_facts(table) if table else replays.table(settings_from(file, bootstrap_servers, sets))
    found = show.find(facts, subject)
    if not found:
        raise Failure(f"no subject matches {subject!r} (the table has {len(facts)})")
    if len(found) > 1:
        show.listing(out, found)
        return
    show.fact(out, found[0], show.moment(as_of))


@app.command()
def worker(
    file: ConfigFile = None,
    bootstrap_servers: Servers = None,
    metrics_port: Port = None,
    sets: Sets = None,
) -> None:
    """Run one worker of the service against Kafka, until SIGTERM or Ctrl-C."""
    from claimstream.streaming import stream

    settings = settings_from(file, bootstrap_servers, sets, metrics_port=metrics_port)
    logs(settings.log_level)
    raise typer.Exit(stream.run_worker(settings, replays.steps(judge_settings(settings))))


@app.command()
def topics(
    check: Annotated[
        bool, typer.Option("--check", help="Create nothing; exit code 1 where a setting differs.")
    ] = False,
    file: ConfigFile = None,
    bootstrap_servers: Servers = None,
    sets: Sets = None,
) -> None:
    """Create the topics with the right settings, or check those that are there."""
    replays.topics(settings_from(file, bootstrap_servers, sets), check, out.print)


@app.command()
def demo(
    paths: Annotated[list[Path] | None, typer.Argument(help="Articles to replay [default: seeds/].")] = None,
    once: Annotated[bool, typer.Option("--once", envvar="DEMO_ONCE", help="End after the replay.")] = False,
    file: ConfigFile = None,
    sets: Sets = None,
) -> None:
    """Broker, worker and metrics in this process: replay the seeds and show what contradicts itself."""
    from claimstream.commands import demo as demos

    settings = settings_from(file, None, sets)
    gathered = Gathered(paths or [Path("seeds")], settings, None)
    if not gathered.articles:
        raise Failure("no article to replay")
    demos.run(out, gathered.articles, settings, judge_settings(settings), once)
    gathered.finish()


@app.command("config")
def show_config(
    file: ConfigFile = None,
    sets: Sets = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="As a table for the manual, with the defaults.")] = False,
) -> None:
    """List every setting with its value and meaning; secrets are hidden."""
    show.settings(out, None if markdown else settings_from(file, None, sets))


@app.command()
def schemas(folder: Annotated[Path, typer.Argument(help="Folder for the files.")]) -> None:
    """Write the JSON Schema of every record that stands on a topic."""
    from claimstream.edges import wire

    for path in wire.write_schemas(folder):
        out.print(str(path))


@app.callback(invoke_without_command=True)
def top(
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.", is_eager=True)] = False,
) -> None:
    """Watches a stream of news for figures and control claims that contradict each other."""
    if version:
        typer.echo(f"claimstream {__version__}")
        raise typer.Exit


cli_sources.register(app)
cli_notify.register(app)


def main() -> None:
    """The entry point: an expected error is one line on standard error and exit code 1."""
    from claimstream.edges.kafka import TopicError

    logging.getLogger("aiokafka").setLevel(logging.CRITICAL)  # its errors come up as exceptions; `worker` sets its own
    try:
        app()
    except (
        Failure,
        ConfigError,
        BookError,
        readyclaims.ClaimsError,
        show.ShowError,
        TopicError,
        Unaccounted,
        ConnectionError,
    ) as error:
        err.print(escaped(f"claimstream: {error}"), style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
