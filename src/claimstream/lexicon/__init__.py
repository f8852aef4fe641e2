"""Rules and word lists as data; `load` reads one file of this folder, once. `use` adds an operator's own names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_NEEDED = {"place": ("name", "country"), "actor": ("key", "names"), "outlet": ("key", "names")}
_operator: dict[str, Any] = {}


def use(tables: Mapping[str, Any]) -> None:
    """Takes an operator's file, parsed: tables [[place]], [[actor]], [[outlet]]. To be called before the first article.

    Raises ValueError that names the row: an unknown table, or a row without what it must have.
    """
    for name, rows in tables.items():
        if name not in _NEEDED or not isinstance(rows, list):
            raise ValueError(f"[[{name}]]: the tables are {', '.join(f'[[{known}]]' for known in _NEEDED)}")
        for number, row in enumerate(rows, 1):
            missing = [field for field in _NEEDED[name] if not row.get(field)]
            if missing:
                raise ValueError(f"[[{name}]] number {number}: {' and '.join(missing)} missing")
    _operator.clear()
    _operator.update(tables)


def operator(table: str) -> Iterable[Mapping[str, Any]]:
    """The rows of a table of the operator's file; none where there is no file."""
    rows: Iterable[Mapping[str, Any]] = _operator.get(table, ())
    return rows


@cache
def load(name: str) -> dict[str, Any]:
    """The content of lexicon/NAME.toml. Callers share it and must not change it."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
