"""Articles from files: .txt, .html, .json, .jsonl and folders of them. An edge: it reads files and decides nothing.

A record that cannot be read comes out as `Unreadable`, with the place and the reason, and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import orjson

from claimstream.edges.wire import WireError, decode_article
from claimstream.model import Article, content_id
from claimstream.reading import text

SUFFIXES = (".txt", ".html", ".htm", ".json", ".jsonl")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file or record that is no article: where it stands ("feed.jsonl:17") and why it was left."""

    place: str
    reason: str


def articles(paths: list[Path], max_bytes: int) -> Iterator[Article | Unreadable]:
    """The articles under the paths, in order; a folder gives its files by name. `max_bytes` bounds one article."""
    for path in paths:
        if path.is_dir():
            found = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in SUFFIXES)
            if not found:
                yield Unreadable(str(path), f"no article in this folder (known: {' '.join(SUFFIXES)})")
            for file in found:
                yield from _file(file, max_bytes)
        else:
            yield from _file(path, max_bytes)


def _file(path: Path, max_bytes: int) -> Iterator[Article | Unreadable]:
    read = {".txt": _txt, ".html": _html, ".htm": _html, ".json": _json, ".jsonl": _jsonl}.get(path.suffix.lower())
    if not path.exists():
        yield Unreadable(str(path), "no such file or folder")
        return
    if read is None:
        yield Unreadable(str(path), f"unknown file type {path.suffix!r} (known: {' '.join(SUFFIXES)})")
        return
    try:
        yield from read(path, max_bytes)
    except UnicodeDecodeError as error:
        yield Unreadable(str(path), f"not UTF-8 (byte {error.start})")
    except OSError as error:
        yield Unreadable(str(path), error.strerror or "cannot be read")


def _txt(path: Path, max_bytes: int) -> Iterator[Article | Unreadable]:
    raw = _whole(path, max_bytes)
    if isinstance(raw, Unreadable):
        yield raw
        return
    page = text.page(raw)
    yield _article(page.source or path.stem, page.title, page.text, page.published_at)


def _html(path: Path, max_bytes: int) -> Iterator[Article | Unreadable]:
    raw = _whole(path, max_bytes)
    if isinstance(raw, Unreadable):
        yield raw
        return
    from claimstream.edges import markup  # the extractor takes long to import

    page = markup.page(raw)
    if page is None:
        yield Unreadable(str(path), "no article found in this page")
        return
    yield _article(page.site or path.stem, page.title, page.text, page.published_at)


def _json(path: Path, max_bytes: int) -> Iterator[Article | Unreadable]:
    try:
        whole = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        yield Unreadable(str(path), f"not JSON ({error})")
        return
    rows = whole.get("articles", [whole]) if isinstance(whole, dict) else whole
    if not isinstance(rows, list):
        yield Unreadable(str(path), "JSON, but neither an article nor a list of articles")
        return
    for number, row in enumerate(rows, 1):
        yield _record(orjson.dumps(row), f"{path}[{number}]", max_bytes)


def _jsonl(path: Path, max_bytes: int) -> Iterator[Article | Unreadable]:
    with path.open("rb") as file:
        empty = True
        for number, line in enumerate(_lines(file, max_bytes), 1):
            if line.strip():
                empty = False
                yield _record(line, f"{path}:{number}", max_bytes)
    if empty:
        yield Unreadable(str(path), "empty")


def _lines(file: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    """The lines, none held longer than one byte over the limit: the rest of an overlong line is read and dropped."""
    while line := file.readline(max_bytes + 1):
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(max_bytes + 1)):
            pass
        yield line


def _record(raw: bytes, place: str, max_bytes: int) -> Article | Unreadable:
    try:
        return decode_article(raw, max_bytes)
    except WireError as error:
        return Unreadable(place, str(error))


def _whole(path: Path, max_bytes: int) -> str | Unreadable:
    size = path.stat().st_size
    if size > max_bytes:
        return Unreadable(str(path), f"{size} bytes, more than the limit of {max_bytes} for one article")
    raw = path.read_bytes().decode("utf-8-sig")
    return raw if raw.strip() else Unreadable(str(path), "empty")


def _article(source: str, title: str, body: str, published_at: object) -> Article:
    return Article(
        id=content_id(source, title, body),
        source=source,
        title=title,
        text=body,
        published_at=published_at,  # type: ignore[arg-type]
    )
