"""The source book in the judge: which book counts for a claim, who is one voice by it, and what a word weighs.

A book counts by the time of arrival of the claim, never by when it was read, so that what is judged does not depend on
the speed of a worker. Weights are whole numbers here: sums of them do not depend on their order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from claimstream.judging.comparing import same_value
from claimstream.model import SourceBook, Voice

_SCALE = 10_000
"""Weights have four decimals."""
NO_BOOK = SourceBook(version="", since=datetime.min.replace(tzinfo=UTC), unknown=1 / _SCALE)
"""Every origin is a voice of its own and weighs 1."""
_OUTLETS = 20


def in_force(books: Sequence[SourceBook], at: datetime) -> SourceBook:
    """The book for claims that arrived at that time: the last whose time has come."""
    return next((b for b in reversed(books) if b.since <= at), NO_BOOK)


def named(books: Sequence[SourceBook], version: str) -> SourceBook:
    """The book of that version; one that is no longer known counts as none, until the next claim opens another."""
    return next((b for b in reversed(books) if b.version == version), NO_BOOK)


def group(by: SourceBook, origin: str) -> str:
    """The origin that counts: the group of copies that it belongs to, else itself."""
    return by.groups.get(origin, origin)


def weight(by: SourceBook, origin: str) -> int:
    """What the word of an origin or group weighs."""
    return 1 if by is NO_BOOK else round(by.weights.get(origin, by.unknown) * _SCALE)


def unknown(by: SourceBook) -> int:
    """What the word of an origin weighs of which nothing is known."""
    return round(by.unknown * _SCALE)


def regrouped(voices: Iterable[Voice], by: SourceBook) -> tuple[list[Voice], dict[str, str]]:
    """The voices as the book groups them, and for each old key the new one.

    Where two become one the later word stands, and the earlier, if it said the same, is one more copy. The key of a
    voice whose word fell away is not in the second answer.
    """
    found: dict[str, Voice] = {}
    moved: dict[str, str] = {}
    for voice in voices:
        origin = group(by, voice.origin)
        key = origin + voice.key[len(voice.origin) :]
        here = voice if origin == voice.origin else replace(voice, key=key, origin=origin)
        before = found.pop(key, None)
        if before is not None:
            here = _joined(before, here)
            if here.claim is voice.claim:
                moved = {old: new for old, new in moved.items() if new != key}
        if before is None or here.claim is voice.claim:
            moved[voice.key] = key
        found[key] = here
    return list(found.values()), moved


def _joined(one: Voice, other: Voice) -> Voice:
    """One voice of two: the later word, with the outlets and copies of both."""

    def time(voice: Voice) -> tuple[datetime, datetime, str, int]:
        claim = voice.claim
        return claim.as_of, claim.arrived_at, claim.article, claim.position

    first, last = sorted((one, other), key=time)
    same = same_value(first.claim, last.claim)
    return replace(
        last,
        since=min(first.since, last.since) if same else last.since,
        as_of=max(first.as_of, last.as_of),
        copies=first.copies + last.copies + same,
        outlets=tuple(dict.fromkeys((*last.outlets, *first.outlets)))[:_OUTLETS],
        admission=last.admission,
    )
