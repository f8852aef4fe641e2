"""Rules and word lists as data; `load` reads one file of this folder, once. `use` adds an operator's own names."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

_operator: dict[str, Any] = {}


def _name(value: Any) -> bool:
    return isinstance(value, str) and any(map(str.isalnum, value)) and value.isprintable()


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(map(_name, value))


_FIELDS: dict[str, dict[str, tuple[Callable[[Any], bool], str]]] = {
    "place": {
        "name": (_name, "a name"),
        "country": (lambda value: isinstance(value, str) and len(value) == 2 and value.isupper(), "an ISO code"),
        "names": (_names, "a list of names"),
        "population": (lambda value: type(value) is int and 0 <= value < 10**10, "a whole number"),
    },
    "actor": {
        "key": (_name, "a name"),
        "names": (_names, "a list of names"),
        "home": (_names, "a list of ISO codes"),
        "camps": (lambda value: isinstance(value, dict) and all(map(_name, (*value, *value.values()))), "a table"),
    },
    "outlet": {
        "key": (_name, "a name"),
        "names": (lambda value: _names(value) or _name(value), "a list of names"),
        "owner": (lambda value: value == "" or _name(value), "a name"),
        "interest": (lambda value: value == "" or _name(value), "a side"),
        "wire": (lambda value: isinstance(value, bool), "true or false"),
    },
}
"""What a row of an operator's file may have, and what each value must be. The first two fields must be there."""


DEEPEST = 50


def parse(text: str) -> dict[str, Any]:
    """A TOML text that a person wrote. Raises ValueError, in one line, for anything that cannot be used.

    Beside what is no TOML that is: nesting without end, and whole numbers beyond the 64 bits that TOML has, which
    cannot be reckoned with, nor printed.
    """
    try:
        table = tomllib.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    parts: list[tuple[Any, int]] = [(table, 0)]
    while parts:
        part, depth = parts.pop()
        if depth > DEEPEST:
            raise ValueError("nested too deeply")
        if isinstance(part, int) and not -(2**63) <= part < 2**63:
            raise ValueError("a whole number beyond 64 bits")
        if isinstance(part, dict | list):
            parts += [(each, depth + 1) for each in (part.values() if isinstance(part, dict) else part)]
    return table


def use(tables: Mapping[str, Any]) -> None:
    """Takes an operator's file, parsed: tables [[place]], [[actor]], [[outlet]]. To be called before the first article.

    Raises ValueError that names the row: an unknown table or field, a row without what it must have, a wrong value.
    """
    for name, rows in tables.items():
        if name not in _FIELDS or not isinstance(rows, list):
            raise ValueError(f"[[{name}]]: the tables are {', '.join(f'[[{known}]]' for known in _FIELDS)}")
        for number, row in enumerate(rows, 1):
            fault = _fault(_FIELDS[name], row)
            if fault:
                raise ValueError(f"[[{name}]] number {number}: {fault}")
    _operator.clear()
    _operator.update(tables)


def _fault(fields: Mapping[str, tuple[Callable[[Any], bool], str]], row: Any) -> str:
    """What is wrong with a row, "" where nothing is."""
    if not isinstance(row, dict):
        return "a table is expected"
    missing = [field for field in list(fields)[:2] if not row.get(field)]
    if missing:
        return f"{' and '.join(missing)} missing"
    for field, value in row.items():
        if field not in fields:
            return f"unknown field {field!r} (known: {' '.join(fields)})"
        fits, expected = fields[field]
        if not fits(value):
            return f"{field}: {expected} is expected, not {str(value)[:60]!r}"
    return ""


def operator(table: str) -> Iterable[Mapping[str, Any]]:
    """The rows of a table of the operator's file; none where there is no file."""
    rows: Iterable[Mapping[str, Any]] = _operator.get(table, ())
    return rows


@cache
def load(name: str) -> dict[str, Any]:
    """The content of lexicon/NAME.toml. Callers share it and must not change it."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
