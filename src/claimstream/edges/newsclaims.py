"""Claims of news (the JSON lines of `claimstream replay --claims-out`) as history for the source book.

Declared origins come first: the source is the claim's own `origin` (the wire, or the speaker quoted), so that two
outlets that print one spokesman are one source that speaks once, and not two that copy. A step is a day, in UTC. Only
what can be held against another claim of that day to the letter is taken: points, not open bounds; states, with the
camp that they are about; nothing vague, unresolved or of the past.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from claimstream.edges.tables import Placed, Row, TableError, Told, lines, quiet
from claimstream.judging.camps import camp


def rows(path: Path, told: Told = quiet) -> Iterator[Placed]:
    """What a book can be learned from, as rows of a table. Raises TableError."""
    for number, line in lines(path, told):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            claim = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            raise TableError(f"{place}: not JSON ({error})") from None
        if not isinstance(claim, dict):
            raise TableError(f"{place}: a claim is expected, an object with source, subject, kind and published_at")
        row = _row(place, claim)
        if row is not None:
            yield str(path), number, row


def _row(place: str, claim: Mapping[str, Any]) -> Row | None:
    """The claim as a row; None for one that nothing can be learned from."""
    source, subject = claim.get("origin") or claim.get("source"), claim.get("subject")
    for name, value in (("source", source), ("subject", subject), ("kind", claim.get("kind"))):
        if not isinstance(value, str) or not value:
            raise TableError(f"{place}: {name} is missing")
    at = _moment(place, claim.get("published_at"))
    if claim.get("background") or claim.get("vague") or claim.get("resolved") is False:
        return None
    told = _figure(claim) if claim["kind"] == "figure" else _state(claim, str(subject))
    return told and Row(at.date().isoformat(), str(source), str(subject), *told, at.timestamp())


def _figure(claim: Mapping[str, Any]) -> tuple[str, str] | None:
    low, high = claim.get("low"), claim.get("high")
    if claim.get("denial"):
        return None  # it is named only to be denied
    if low != high or isinstance(low, bool) or not isinstance(low, int | float):
        return None
    return "figure", f"{low:.15g}"


def _state(claim: Mapping[str, Any], subject: str) -> tuple[str, str] | None:
    """The property is whose state it is: that rebels hold a town does not say the same of the army."""
    holds, side = claim.get("holds"), claim.get("side") or ""
    if not isinstance(holds, str) or not isinstance(side, str):
        return None
    about = camp(side, subject.partition("|")[0]) if claim["kind"] == "control" else ""
    return f"{claim['kind']} {about}".rstrip(), holds


def _moment(place: str, value: object) -> datetime:
    """The time as given, in UTC; without an offset it is UTC."""
    try:
        if not isinstance(value, str):
            raise ValueError
        moment = datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise TableError(f"{place}: published_at must be an ISO 8601 time, not {value!r}") from None
