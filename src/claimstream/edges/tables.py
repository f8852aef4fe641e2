"""Tables of claims as files: CSV with the columns t, source, object, attr, value, and the two tables that come out.

An edge: it reads and writes, and decides nothing but what is a number. A row that cannot be read ends the run, with its
file and line: a consensus over part of the claims would be a wrong one.
"""

from __future__ import annotations

import csv
import gzip
import re
import sqlite3
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import lru_cache
from io import TextIOWrapper
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, NamedTuple, TypeAlias

from claimstream.fusion.fusion import Said, Tolerance, Value
from claimstream.fusion.stepwise import Outcome, Step

COLUMNS = ("t", "source", "object", "attr", "value")
NUMERIC = 0.9
"""An attribute of which so large a share of values are numbers is a number; gates like "17" among "B2" are words."""
_NUMBER = re.compile(r"[+-]?(?:\d{1,18}|\d{0,15}\.\d{1,15}(?:[eE][+-]?\d{1,2})?)", re.ASCII)
_EVERY = 4096
"""Rows between two reports of progress."""

Told = Callable[[int], object]
"""Is told how many bytes of a file have been read."""


class TableError(ValueError):
    """A file or row that cannot be used; the text names the file, the line and the reason."""


class Row(NamedTuple):
    """A claim as it stands in the table. `at` orders the claims of one source within one t, where that is known."""

    t: str
    source: str
    object: str
    attr: str
    value: str
    at: float = 0.0


Placed: TypeAlias = tuple[str, int, Row]
"""A row with its file and line."""


def quiet(_: int) -> None:
    """Tells nobody."""


# Reading


def rows(path: Path, told: Told = quiet) -> Iterator[Placed]:
    """The rows of a CSV file (.gz or not). Raises TableError."""
    numbered = lines(path, told)
    reader = csv.reader(line for _, line in numbered)
    name = str(path)
    try:
        places = _columns(path, next(reader, None))
        pick, width = itemgetter(*places), max(places) + 1
        for fields in reader:
            if len(fields) < width:
                if not fields:
                    continue
                raise TableError(f"{path}:{reader.line_num}: {len(fields)} fields, {width} expected")
            row = Row._make((*map(str.strip, pick(fields)), 0.0))
            if "" in row:
                raise TableError(f"{path}:{reader.line_num}: {COLUMNS[row.index('')]} is empty")
            yield name, reader.line_num, row
    except csv.Error as error:
        raise TableError(f"{path}:{reader.line_num}: {error}") from None


def lines(path: Path, told: Told = quiet) -> Iterator[tuple[int, str]]:
    """The lines of a text file (.gz or not) with their numbers. Raises TableError."""
    number = 0
    try:
        with path.open("rb") as raw:
            file: IO[bytes] = gzip.GzipFile(fileobj=raw) if path.suffix == ".gz" else raw  # type: ignore[assignment]
            for number, line in enumerate(file, 1):
                if number % _EVERY == 0:
                    told(raw.tell())
                yield number, line.decode("utf-8-sig" if number == 1 else "utf-8")
            told(raw.tell())
    except UnicodeDecodeError as error:
        raise TableError(f"{path}:{number}: not UTF-8 (byte {error.start} of the line)") from None
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise TableError(f"{path}:{number + 1}: not a whole gzip file ({error})") from None
    except OSError as error:
        raise TableError(f"{path}: {error.strerror or error}") from None


def _columns(path: Path, header: list[str] | None) -> list[int]:
    """Where each of COLUMNS stands; more columns may stand beside them."""
    if header is None:
        raise TableError(f"{path}: empty; a first line with {','.join(COLUMNS)} is expected")
    names = [name.strip().lower() for name in header]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise TableError(f"{path}:1: no column {', '.join(missing)} (columns needed: {','.join(COLUMNS)})")
    return [names.index(name) for name in COLUMNS]


# Steps


def steps(placed: Iterable[Placed]) -> Iterator[Step]:
    """The claims of each t as a Step. The rows come in the order of t; raises TableError where they do not."""
    kinds = Kinds()
    held: list[Row] = []
    for file, line, row in placed:
        if held and row.t != held[0].t:
            if time_key(row.t) <= time_key(held[0].t):
                raise TableError(f"{file}:{line}: t {row.t!r} after {held[0].t!r}; sort the rows by t, or use --sort")
            yield Step(held[0].t, kinds.sayings(held))
            held = []
        held.append(row)
    if held:
        yield Step(held[0].t, kinds.sayings(held))


def time_key(label: str) -> tuple[bool, float, str]:
    """Orders time labels: numbers as numbers, before words; dates as they are written."""
    number = number_in(label)
    return (True, 0.0, label) if isinstance(number, str) else (False, float(number), label)


def in_time(placed: Iterable[Placed]) -> Iterator[Placed]:
    """The rows sorted by t, on disk: memory stays bounded."""
    with _spool() as database:
        database.execute("CREATE TABLE row (word, number, file, line, t, source, object, attr, value, at)")
        cells = ((*time_key(row.t)[:2], file, line, *row) for file, line, row in placed)
        database.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", cells)
        ordered = "SELECT file, line, t, source, object, attr, value, at FROM row ORDER BY word, number, t"
        for file, line, *row in database.execute(ordered):
            yield file, line, Row(*row)


@contextmanager
def _spool() -> Iterator[sqlite3.Connection]:
    """A database of its own in a temporary file, gone afterwards."""
    database = sqlite3.connect("")
    try:
        yield database
    except sqlite3.Error as error:
        raise TableError(f"sorting by t: {error}") from None
    finally:
        database.close()


class Kinds:
    """Tells which attributes are numbers, by all values up to and including the step in hand."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}

    def sayings(self, step: list[Row]) -> list[Said]:
        """The claims of the rows, each value as a number or a word."""
        values = [number_in(row.value) for row in step]
        for row, value in zip(step, values, strict=True):
            counts = self._counts.get(row.attr)
            if counts is None:
                counts = self._counts[row.attr] = [0, 0]
            counts[0] += not isinstance(value, str)
            counts[1] += 1
        numeric = {attr for attr, (numbers, all_) in self._counts.items() if numbers >= NUMERIC * all_}
        return [
            Said(source, (object_, attr), value if attr in numeric else text, at)
            for (_, source, object_, attr, text, at), value in zip(step, values, strict=True)
        ]


@lru_cache(maxsize=65536)
def number_in(text: str) -> Value:
    """The number that the text is, whole where it is whole ("12.0" is 12); the text itself where it is none."""
    if not _NUMBER.fullmatch(text):
        return text
    if text.lstrip("+-").isdigit():
        return int(text)
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


# Tolerances


class Tolerances:
    """The tolerance of each attribute, from options such as "10", "1%", "act_*=10", "gate_*=0"; the last that fits."""

    def __init__(self, options: Iterable[str]) -> None:
        self._given = [_tolerance(option) for option in options]

    def __call__(self, attr: str) -> Tolerance:
        fitting = [tolerance for pattern, tolerance in self._given if fnmatchcase(attr, pattern)]
        return fitting[-1] if fitting else DEFAULT_TOLERANCE


DEFAULT_TOLERANCE = Tolerance(share=0.01)
"""One per cent, as in Li et al., VLDB 2012."""


def _tolerance(option: str) -> tuple[str, Tolerance]:
    pattern, _, amount = option.rpartition("=")
    number = number_in(amount.strip().removesuffix("%"))
    if isinstance(number, str) or number < 0:
        raise TableError(f"--tolerance {option!r}: a number, a percentage, or ATTR=NUMBER is expected")
    told = Tolerance(share=number / 100) if amount.strip().endswith("%") else Tolerance(width=number)
    return pattern.strip() or "*", told


# Writing

CONSENSUS = ("t", "object", "attr", "value", "share", "voices")
ALERTS = ("t", "source", "object", "attr", "value", "consensus", "share")


def consensus_rows(outcome: Outcome) -> Iterator[tuple[Any, ...]]:
    """What is believed after the step, under CONSENSUS."""
    for (object_, attr), (value, share, voices) in outcome.verdicts:
        yield outcome.time, object_, attr, value, f"{share:.3f}", voices


def alert_rows(outcome: Outcome) -> Iterator[tuple[Any, ...]]:
    """The claims of the step that contradict it, under ALERTS."""
    for source, (object_, attr), value, believed in outcome.flags:
        yield outcome.time, source, object_, attr, value, believed.value, f"{believed.share:.3f}"


@contextmanager
def writing(path: Path | None, header: tuple[str, ...]) -> Iterator[Callable[[Iterable[tuple[Any, ...]]], None]]:
    """Takes rows for a CSV file (.gz or not, "-" for standard output), which is there only once all are written."""
    if path is None:
        yield lambda _: None
        return
    if str(path) == "-":
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(header)
        yield out.writerows
        sys.stdout.flush()
        return
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = part.open("wb")
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from None
    try:
        with raw, _text_into(raw, path.suffix == ".gz") as text:
            out = csv.writer(text, lineterminator="\n")
            out.writerow(header)
            yield out.writerows
        part.replace(path)
    except OSError as error:
        raise TableError(f"{path}: {error.strerror}") from None
    finally:
        part.unlink(missing_ok=True)


def _text_into(raw: IO[bytes], packed: bool) -> TextIOWrapper:
    """Text that goes into the file; packed, the same text always gives the same bytes."""
    file: Any = gzip.GzipFile("", "wb", 6, raw, mtime=0) if packed else raw
    return TextIOWrapper(file, encoding="utf-8", newline="")
