"""What is fuzzed: one function for each door that untrusted or hand-written data comes in by.

A target takes bytes, makes an input of them and hands it to the same code that the service calls. It returns where the
input is taken, or refused with the error that is documented for that door; anything else comes out of it as an
exception, and is a fault. tools/fuzz.py feeds them by coverage, tests/test_fuzz.py by Hypothesis and from tests/fuzz/.
"""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest import mock

import orjson

from claimstream import lexicon, pipeline
from claimstream.commands import arrival, readyclaims, show
from claimstream.commands import replay as replays
from claimstream.commands.cli import judge_settings
from claimstream.commands.options import use_names
from claimstream.edges import config, files, markup, newsclaims, output, tables, telling
from claimstream.edges.config import ConfigError
from claimstream.edges.moments import LAST_YEAR
from claimstream.edges.tables import TableError
from claimstream.edges.wire import (
    REASONS,
    WireError,
    alert_codec,
    claims_codec,
    dead_letter,
    deadletter_codec,
    decode_article,
    encode_article,
    fact_codec,
    raw_of,
)
from claimstream.fusion import book as books
from claimstream.fusion.book import BookError
from claimstream.fusion.fusion import EVERY_SOURCE_THE_SAME
from claimstream.fusion.stepwise import Rules, decide
from claimstream.lexicon import names, places
from claimstream.model import Article, ArticleClaims, Fact, Settings
from claimstream.reading import text
from fuzz_words import HTML, NASTY, TEXT, TOML

Target = Callable[[bytes], None]
NOW = datetime(2016, 9, 1, 12, tzinfo=UTC)
LATEST = datetime(LAST_YEAR, 12, 31, 23, 59, 59, tzinfo=UTC)
JUDGE = Settings(max_reports=5, max_voices=4, max_history=4)
TARGETS: dict[str, Target] = {}
LARGEST = 20_000
"""Bytes of one input that a target looks at; large inputs are cases of tests/test_security_hostile.py."""


def target(function: Target) -> Target:
    """Puts the function among TARGETS, under its name."""

    @functools.wraps(function)
    def bounded(data: bytes) -> None:
        function(data[:LARGEST])

    TARGETS[function.__name__] = bounded
    return bounded


# Making inputs of bytes


def spelled(data: bytes, words: tuple[str, ...]) -> str:
    """The text that the bytes spell, one word of the list for each."""
    return "".join(words[byte % len(words)] for byte in data)


class Dice:
    """Choices from bytes; all choices are the first one when they run out."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def __bool__(self) -> bool:
        return self._at < len(self._data)

    def roll(self, sides: int) -> int:
        self._at += 1
        return self._data[self._at - 1] % sides if self._at <= len(self._data) else 0

    def pick(self, choices: tuple) -> object:
        return choices[self.roll(len(choices))]

    def words(self, most: int) -> str:
        return "".join(str(self.pick(TEXT)) for _ in range(self.roll(most) + 1))

    def value(self, depth: int = 2) -> object:
        """Something that JSON and TOML can hold."""
        kind = self.roll(6)
        if kind < 3 or not depth:
            return self.pick(NASTY)
        if kind == 3:
            return self.words(20)
        if kind == 4:
            return [self.value(depth - 1) for _ in range(self.roll(4))]
        return {str(self.pick(("key", "name", "SY", "", "0"))): self.value(depth - 1) for _ in range(self.roll(3))}

    def row(self, fields: tuple[tuple[str, tuple], ...]) -> dict[str, object]:
        """Some of the fields, most with a value that fits and some with one that does not."""
        made: dict[str, object] = {}
        for name, fitting in fields:
            what = self.roll(16)
            if what == 0:
                made[name] = self.value()
            elif what < 12:
                made[name] = self.pick(fitting) if fitting else self.words(30)
        return made


# What must hold of everything that comes out


def sound(raw: bytes) -> bytes:
    """Checks that a record is JSON in UTF-8 that holds no number outside JSON."""
    raw.decode("utf-8")
    orjson.loads(raw)
    return raw


def set_aside(error: WireError, raw: bytes) -> None:
    """Checks that the record becomes a dead letter that gives it back."""
    assert error.reason in REASONS, error.reason
    letter = dead_letter("decode", error, topic="t", partition=0, offset=0, key=b"\xff", raw=raw)
    back = deadletter_codec.decode(sound(deadletter_codec.encode(letter)))
    assert back == letter and raw_of(back) == raw
    assert letter.error.isprintable(), "a reason must not carry control characters into a log"


def through(article: Article) -> None:
    """Reads the article, judges it with a contradicting later copy, and checks every record on the way."""
    assert decode_article(sound(encode_article(article)), max_bytes=10_000_000) == article
    later = replace(article, id="later", source="later.example", fetched_at=_later(article))
    facts: dict[str, Fact] = {}
    withdrawn = replace(article, status="withdrawn", fetched_at=_later(later))
    for one in (article, later, withdrawn):
        claims = pipeline.read(one)
        for claim in claims.claims:
            within = one.title if claim.in_title else one.text
            assert within[claim.start : claim.end] == claim.words and claim.words in claim.sentence
        judged(claims, facts)


def _later(article: Article) -> datetime:
    at = article.fetched_at or article.published_at or NOW
    return min(at + timedelta(hours=1), LATEST)


def judged(claims: ArticleClaims, facts: dict[str, Fact]) -> None:
    """Folds the record into the facts, and checks that all of it survives the wire and can be told."""
    assert claims_codec.decode(sound(claims_codec.encode(claims))) == claims
    folded = pipeline.fold(facts, claims, JUDGE)
    for subject, fact in folded.facts.items():
        assert fact_codec.decode(sound(fact_codec.encode(fact))) == fact
        facts[subject] = fact
        show.believed(fact)
    for alert in folded.alerts:
        assert alert_codec.decode(sound(alert_codec.encode(alert))) == alert
        sound(telling.webhook_body(alert))
        sound(orjson.dumps(telling.alertmanager_alert(alert, NOW)))
        assert all(line.replace("\u00a0", " ").isprintable() for line in telling.text(alert).split("\n"))
    for lines in (output.claim_lines([claims]), output.alert_lines(folded.alerts)):
        for line in lines:
            sound(line)


# The doors

ARTICLE = (
    ("id", ("a1", 7, "")),
    ("source", ("outlet.example", "Reuters", "")),
    ("title", ()),
    ("text", ()),
    ("published_at", ("2016-09-01T10:00:00Z", "2016-09-01", "1600-01-01T00:00:00Z", "2599-12-31T23:59:59Z")),
    ("fetched_at", ("2016-09-01T11:00:00+02:00", "2599-12-31T23:59:59.999999Z", None)),
    ("url", ("http://outlet.example/a?b=1", "http://[", "")),
    ("status", ("original", "corrected", "withdrawn", "repeat")),
    ("schema", (1, 2)),
)


@target
def record(data: bytes) -> None:
    """A record of the articles topic: bytes as they are, or an object of odd values."""
    raw = data[1:] if data[:1] < b"\x80" else orjson.dumps(Dice(data[1:]).row(ARTICLE))
    try:
        article = decode_article(raw, arrived_at=NOW)
    except WireError as error:
        set_aside(error, raw)
    else:
        through(article)


@target
def words(data: bytes) -> None:
    """The text of an article, from words that the rules look for and characters that nobody expects."""
    title, _, body = spelled(data, TEXT).partition("\n\n")
    if title or body:
        through(Article(id="a", source="outlet.example", title=title, text=body, fetched_at=NOW))


@target
def page(data: bytes) -> None:
    """A page in HTML."""
    html = spelled(data[1:], HTML) if data[:1] < b"\xc0" else data[1:].decode("utf-8", "replace")
    raw = orjson.dumps({"source": "outlet.example", "html": html})
    try:
        article = decode_article(raw, arrived_at=NOW)
    except WireError as error:
        set_aside(error, raw)
        return
    encode_article(article)
    pipeline.read(article)
    markup.page(html)


@target
def plain(data: bytes) -> None:
    """A page saved as plain text."""
    raw = spelled(data[1:], TEXT) if data[:1] < b"\xc0" else data[1:].decode("utf-8", "replace")
    found = text.page(raw)
    assert found.text in raw.replace("\r\n", "\n").replace("\r", "\n")
    article = Article(id="a", source="o", title=found.title, text=found.text, published_at=found.published_at)
    pipeline.read(replace(article, fetched_at=NOW))


CLAIM = (
    ("article", ("a1", "a2")),
    ("kind", ("figure", "control", "siege", "route")),
    ("sentence", ()),
    ("words", ()),
    ("attribution", ("the army", "residents", "Rami Abdel Rahman")),
    ("source", ("outlet.example", "SANA")),
    ("published_at", ("2016-09-01T10:00:00Z", "2016-09-02", "1600-01-01", "2599-12-31T23:59:59")),
    ("as_of", ("2016-09-01T10:00:00+02:00", "1600-01-01T00:00:00Z", "2599-12-31T23:59:59Z")),
    ("status", ("original", "corrected", "withdrawn", "repeat")),
    ("measure", ("killed", "wounded", "trapped")),
    ("low", (0, 1, 12, 700, 1e300, -1, None)),
    ("high", (0, 1, 12, 1e300, None)),
    ("who", ("civilians", "rebels", "")),
    ("unit", ("km", None)),
    ("scope", ("incident", "period", "total")),
    ("asset", ("the airport", "Tell Asfour", "")),
    ("place", ("Aleppo", "")),
    ("side", ("rebels", "Syrian army", "")),
    ("holds", ("yes", "no", "contested")),
    ("extent", ("all", "most", "part")),
    ("vague", (True, False)),
    ("approx", (True, False)),
    ("denial", (True, False)),
    ("background", (True, False)),
    ("start", (0, 5, -1)),
    ("end", (0, 9)),
    ("subject", ("SY|x",)),
    ("id", ("c1",)),
)


@target
def claims(data: bytes) -> None:
    """A file of ready claims, judged; and each row as a record of the claims topic."""
    if data[:1] < b"\x40":
        raw = data[1:]
    else:
        dice, rows = Dice(data[1:]), []
        while dice and len(rows) < 8:
            rows.append(orjson.dumps({"article": "a1", "kind": "figure", **dice.row(CLAIM)}))
        raw = b"\n".join(rows)
    with _file("claims.jsonl", raw) as path:
        facts: dict[str, Fact] = {}
        try:
            for made in readyclaims.records(path, ()):
                judged(made, facts)
        except readyclaims.ClaimsError as error:
            assert "\n" not in str(error)
        try:
            for step in tables.steps(tables.in_time(newsclaims.rows(path))):
                assert step.time
        except TableError:
            pass
    for line in raw.splitlines():
        for codec in (claims_codec, fact_codec, alert_codec, deadletter_codec):
            try:
                sound(codec.encode(codec.decode(line)))
            except WireError as error:
                set_aside(error, line)


SETTINGS = tuple(
    part for name in config.Settings.model_fields for part in (f"{name} = ", f"CLAIMSTREAM_{name.upper()}=", "\n")
)


@target
def settings(data: bytes) -> None:
    """A configuration file; and the same words as environment and as flags."""
    raw = spelled(data[1:], TOML + SETTINGS).encode("utf-8", "replace") if data[:1] < b"\xc0" else data[1:]
    given = raw.decode("utf-8", "replace")
    pairs = [line.partition("=") for line in given.splitlines()]
    with _file("claimstream.toml", raw) as path:
        for flags, file, environ in (
            ({}, path, {}),
            ({key.strip(): value for key, _, value in pairs}, None, {}),
            ({}, None, {key.strip(): value for key, _, value in pairs}),
        ):
            try:
                loaded = config.load(flags, file, environ)
            except ConfigError as error:
                assert str(error).isprintable(), str(error)
            else:
                config.describe(loaded)
                loaded.model_dump_json()


ROWS = {
    "place": (
        ("name", ("Tell Asfour", "")),
        ("country", ("SY", "sy")),
        ("names", (["Tal Asfur"], "")),
        ("population", (5,)),
    ),
    "actor": (
        ("key", ("front",)),
        ("names", (["Northern Front"], [""], [])),
        ("home", (["SY"],)),
        ("camps", ({"SY": "rebel"}, {})),
    ),
    "outlet": (
        ("key", ("halab",)),
        ("names", (["Halab Today"], "a|b")),
        ("owner", ("", "x")),
        ("interest", ("rebel:SY",)),
        ("wire", (True, False)),
    ),
}
PLACES = [line for line in places._lines() if "\tSY\t" in line][:50]
READER = Article(
    id="a",
    source="Halab Today",
    text="The Northern Front took Tell Asfour, Halab Today said. Two people were killed in Aleppo, Syria.",
    fetched_at=NOW,
)


@target
def operator(data: bytes) -> None:
    """An operator's file of names: either refused, or articles are read with it (and few of the package's places)."""
    with mock.patch.object(places, "_lines", lambda: PLACES):
        _operator(data)


def _operator(data: bytes) -> None:
    try:
        if data[:1] < b"\x40":
            raw = spelled(data[1:], TOML).encode() if data[:1] < b"\x20" else data[1:]
            with _file("names.toml", raw) as path:
                use_names(path)
        else:
            dice, made = Dice(data[1:]), {}
            for table, fields in ROWS.items():
                made[table] = [dice.row(fields) for _ in range(dice.roll(3))]
            try:
                lexicon.use(made)
            except ValueError as error:
                assert "\n" not in str(error)
                return
            names.forget()
        through(READER)
    except ConfigError as error:
        assert str(error).isprintable(), str(error)
    finally:
        lexicon.use({})
        names.forget()


@target
def profile(data: bytes) -> None:
    """A desk's own profile."""
    lines = (
        'base = "default"\n',
        'name = "x"\n',
        "[hours]\n",
        "[tolerance]\n",
        "[vague]\n",
        "[measures]\n",
        "[jump]\n",
    )
    more = ("settled = ", "exact = ", "several = ", "cumulative = ", "factor = ", "[apart]\n", "measures = ")
    raw = spelled(data[1:], (*lines, *more, *TOML)).encode("utf-8", "replace") if data[:1] < b"\xc0" else data[1:]
    with _file("profile.toml", raw) as path:
        try:
            judging = judge_settings(config.load({"profile": str(path)}, environ={}))
        except ConfigError as error:
            assert str(error).isprintable(), str(error)
            return
        facts: dict[str, Fact] = {}
        for source in ("one.example", "two.example"):
            said = replace(READER, source=source, text="Several people, at least 40, died in Aleppo, Syria.")
            facts.update(pipeline.fold(facts, pipeline.read(said), judging).facts)


@target
def book(data: bytes) -> None:
    """A source book."""
    lines = ('sources = [{ name = "', '", weight = ', "unknown = 0.5\n", "groups = [{ sources = [", "}]\n", "{ name = ")
    raw = spelled(data[1:], (*lines, *TOML)) if data[:1] < b"\xc0" else data[1:].decode("utf-8", "replace")
    try:
        parsed = books.parse(raw)
    except BookError:
        return
    assert books.parse(books.write(parsed)).version == parsed.version
    parsed.voices()


@target
def replay(data: bytes) -> None:
    """Files of articles, and a CSV file of claims."""
    suffix = (".jsonl", ".json", ".txt", ".html", ".csv", ".csv.gz")[data[0] % 6 if data else 0]
    raw = data[1:]
    if data[:1] >= b"\x60" and suffix == ".jsonl":
        dice, rows = Dice(raw), []
        while dice and len(rows) < 8:
            rows.append(orjson.dumps(dice.row(ARTICLE)))
        raw = b"\n".join(rows)
    with _file("in" + suffix, raw) as path:
        if suffix.startswith(".csv"):
            try:
                steps = tables.steps(tables.in_time(tables.rows(path)))
                for outcome in decide(steps, Rules(tolerance=tables.Tolerances(())), EVERY_SOURCE_THE_SAME):
                    list(tables.consensus_rows(outcome))
            except TableError:
                pass
            return
        found = list(files.articles([path], 100_000))
        articles = [one for one in found if isinstance(one, Article)]
        for order in (None, "given"):
            stamped = list(arrival.stamped(arrival.in_order(articles, order), arrival.first_date(articles)))
        results = replays.dry(stamped, JUDGE)
        for line in (*output.claim_lines(results.claims), *output.table_lines(results.facts)):
            sound(line)


class _file:
    """A file with these bytes, as a context, in a folder of its own."""

    _folder = tempfile.TemporaryDirectory(prefix="claimstream-fuzz-")

    def __init__(self, name: str, raw: bytes) -> None:
        self._path = Path(self._folder.name, name)
        self._path.write_bytes(raw)

    def __enter__(self) -> Path:
        return self._path

    def __exit__(self, *_: object) -> None:
        self._path.unlink()


def seeds(name: str) -> Iterable[bytes]:
    """The inputs kept for a target: what it starts from, and what once went wrong."""
    folder = Path(__file__).parent / "fuzz" / name
    return [path.read_bytes() for path in sorted(folder.glob("*"))]
