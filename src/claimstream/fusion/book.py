"""The source book: which sources are one voice, and what the word of each weighs; a TOML file that people edit.

A book is made from history by a command and given to a run; the run never changes it, so that a replay stays exact. Its
version is a hash of what decides (groups and weights), whatever the comments and the evidence beside them say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from claimstream.fusion.copying import Group
from claimstream.fusion.fusion import Voices
from claimstream.fusion.history import History
from claimstream.lexicon import parse as toml
from claimstream.model import SourceBook, content_id


class BookError(ValueError):
    """A text that is no source book; says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A source: the weight of its word, and the evidence for it.

    On `seen` contested subjects (faded by time) the other groups had a consensus; on the share `agreed` the source said
    the same. The weight counts; a person who knows better may change it, 0 for a source that is not to be heard.
    """

    name: str
    weight: float
    agreed: float = 0.0
    seen: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A source book. `written_version` is what the file gives as its version, "" where it gives none."""

    sources: tuple[Source, ...]
    groups: tuple[Group, ...] = ()
    unknown: float
    """The weight of a source that the book does not name."""
    first: str = ""
    last: str = ""
    steps: int = 0
    claims: int = 0
    written_version: str = ""

    @property
    def version(self) -> str:
        """The content hash: equal for books that decide alike."""
        weights = [f"{s.name}\t{s.weight:.4f}" for s in sorted(self.sources, key=lambda s: s.name)]
        groups = sorted("\t".join(sorted(group.sources)) for group in self.groups)
        return content_id(f"{self.unknown:.4f}", *weights, "", *groups)

    @property
    def edited(self) -> bool:
        """True where groups or weights were changed after the version had been written."""
        return self.written_version not in ("", self.version)

    def voices(self) -> Voices:
        """What a run needs of the book."""
        return Voices(
            group={source: group.sources[0] for group in self.groups for source in group.sources},
            weight={source.name: source.weight for source in self.sources},
            unknown=self.unknown,
        )


def published(book: Book, since: datetime) -> SourceBook:
    """The book as the judge of news takes it, from `since` on. A group weighs what its weightiest member does."""
    weights = {source.name: source.weight for source in book.sources}
    groups: dict[str, str] = {}
    for group in book.groups:
        name = f"copies:{group.sources[0]}"
        groups.update(dict.fromkeys(group.sources, name))
        weights[name] = max(weights.get(source, book.unknown) for source in group.sources)
    return SourceBook(version=book.version, since=since, unknown=book.unknown, groups=groups, weights=weights)


def learned(history: History) -> Book:
    """The book that the history so far teaches. Numbers are rounded as they are written."""
    sources = [
        Source(
            name, round(history.learning.weight(agreed, seen), 4), round(agreed / seen if seen else 0.0, 4), round(seen)
        )
        for name, (agreed, seen) in sorted(history.records.items())
    ]
    return Book(
        sources=tuple(sources),
        groups=tuple(history.groups),
        unknown=round(history.learning.weight(0.0, 0.0), 4),
        first=history.first,
        last=history.last,
        steps=history.steps,
        claims=history.claims,
    )


# The file

_HEAD = """\
# Source book of claimstream: which sources copy one another, and what the word of each weighs.
# Learned from what the sources said, without any truth. Review it: sources that agree are not always copies, and a
# weight is only how often the others bore a source out. Groups and weights may be edited; `claimstream sources show`
# then says so.
"""
_GROUPS = """\
# Sources of one group are one voice. `shared`: contested subjects that each two of them both spoke of, at least;
# `differ`: on how many of these two of them said different things, at most; `odd`: on how many two of them said the
# same and the other groups believed another thing, at least."""
_SOURCES = """\
# weight: what counts (0: is not heard). agreed: the share of contested subjects on which the source said what the
# other groups believed; seen: the number of these, old ones counting less."""


def write(book: Book) -> str:
    """The book as TOML, the same text for the same book."""
    return "\n".join((*_lines(book), ""))


def _lines(book: Book) -> Iterator[str]:
    yield _HEAD
    yield f"version = {_text(book.version)}"
    yield f"learned_from = {_text(book.first)}"
    yield f"learned_to = {_text(book.last)}"
    yield f"steps = {book.steps}"
    yield f"claims = {book.claims}"
    yield f"unknown = {book.unknown:.4f}   # the weight of a source that is not named below"
    yield f"\n{_GROUPS}\ngroups = ["
    for group in sorted(book.groups, key=lambda g: g.sources):
        names = ", ".join(map(_text, group.sources))
        yield f"  {{ sources = [{names}], shared = {group.shared}, differ = {group.differ}, odd = {group.odd} }},"
    yield f"]\n\n{_SOURCES}\nsources = ["
    for s in sorted(book.sources, key=lambda s: s.name):
        name = _text(s.name)
        yield f"  {{ name = {name}, weight = {s.weight:.4f}, agreed = {s.agreed:.4f}, seen = {s.seen:.0f} }},"
    yield "]"


def _text(value: str) -> str:
    """A TOML basic string."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def parse(text: str) -> Book:
    """The book in a TOML text. Raises BookError."""
    try:
        data = toml(text)
    except ValueError as error:
        raise BookError(f"not TOML: {error}") from None
    known = {"version", "learned_from", "learned_to", "steps", "claims", "unknown", "groups", "sources"}
    _only(data, known, "the book")
    sources = tuple(_source(row) for row in _rows(data, "sources"))
    groups = tuple(_group(row) for row in _rows(data, "groups"))
    _once((source.name for source in sources), "source")
    _once((name for group in groups for name in group.sources), "member of a group")
    return Book(
        sources=sources,
        groups=groups,
        unknown=_number(data, "unknown", "the book"),
        first=str(data.get("learned_from", "")),
        last=str(data.get("learned_to", "")),
        steps=int(_number(data, "steps", "the book", 0)),
        claims=int(_number(data, "claims", "the book", 0)),
        written_version=str(data.get("version", "")),
    )


def _source(row: dict[str, Any]) -> Source:
    name = row.get("name")
    if not isinstance(name, str) or not name:
        raise BookError("sources: each needs a name")
    where = f"source {name!r}"
    _only(row, {"name", "weight", "agreed", "seen"}, where)
    agreed, seen = (_number(row, key, where, 0.0) for key in ("agreed", "seen"))
    return Source(name, _number(row, "weight", where), agreed, seen)


def _group(row: dict[str, Any]) -> Group:
    names = row.get("sources")
    if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names) or len(names) < 2:
        raise BookError("groups: each needs sources, a list of two names or more")
    where = f"the group of {names[0]!r}"
    _only(row, {"sources", "shared", "differ", "odd"}, where)
    shared, differ, odd = (int(_number(row, key, where, 0)) for key in ("shared", "differ", "odd"))
    return Group(tuple(sorted(names)), shared, differ, odd)


def _rows(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    rows = data.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise BookError(f"{key}: a list of tables is expected")
    return rows


def _number(row: dict[str, Any], key: str, where: str, default: float | None = None) -> float:
    value = row.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise BookError(f"{where}: {key} must be a number from 0 up, not {value!r}")
    return float(value)


def _only(row: dict[str, Any], known: set[str], where: str) -> None:
    """A misspelt key must not pass for an edit."""
    if unknown := sorted(row.keys() - known):
        raise BookError(f"{where}: unknown key {', '.join(unknown)}")


def _once(names: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise BookError(f"{what} {name!r} stands there twice")
        seen.add(name)
