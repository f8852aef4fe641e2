"""The camp that words speak of, and how camps stand to one another; on top of the tables of sides in `names`."""

from __future__ import annotations

from functools import cache, lru_cache

from claimstream.judging.folding import plain, words_of
from claimstream.lexicon import load, names

_UNITED_NATIONS = frozenset(("united nations", "the united nations", "un", "u.n.", "the un", "the u.n."))
"""As holders of ground they are their peacekeepers; as speakers they are nobody's side."""


@lru_cache(maxsize=65536)
def camp(words: str, country: str) -> str:
    """The key of the camp ("state:SY", "group:sdf"), "" for no words.

    "band:..." for the name of an armed group that no list knows ("Zenna Front") and for a crowd ("the inmates"),
    "other:..." for words that name none.
    """
    if not words.strip():
        return ""
    key = "force:un" if plain(words) in _UNITED_NATIONS else names.side_key(words, country)
    found = names.camp(key, country) if key not in ("", "we") else ""
    return found or f"{'band' if _band(words) or crowd(words) else 'other'}:{' '.join(words_of(words))}"


def _band(words: str) -> bool:
    """Whether the words are a name such as armed groups bear, and no state's unit does: "Zenna Liberation Front"."""
    name = words.split()
    return len(name) > 1 and name[0][:1].isupper() and name[-1][:1].isupper() and name[-1].lower() in _list("bands")


def crowd(words: str) -> bool:
    """Whether the words name people who rise against a state without being an army: "the inmates", "cane growers"."""
    said = words_of(words)
    return bool(said) and (said[-1] in _list("crowds") or said[0] in _list("rising"))


def same_camp(one: str, other: str) -> bool:
    """True where both keys surely mean one camp."""
    return bool(one) and one == other


def rivals(one: str, other: str) -> bool:
    """True where the two keys surely mean different camps. Words that name no known camp are nobody's rival.

    "Militants", where several groups fight, may be any of them, but never the state; nor is a group that no list knows,
    which may be an ally of any other.
    """
    if not one or not other or one == other:
        return False
    kinds = {one.partition(":")[0], other.partition(":")[0]}
    if not kinds.isdisjoint(("armed", "band")):
        return "state" in kinds
    return "other" not in kinds


@lru_cache(maxsize=65536)
def neutral(words: str) -> bool:
    """True where the words name a speaker of no side: residents, doctors, monitors, the UN."""
    found = set(words_of(words))
    return not found.isdisjoint(_list("neutral")) and found.isdisjoint(_list("sided"))


@lru_cache(maxsize=65536)
def hearsay(words: str) -> bool:
    """True where no one speaks: "the talk", "rumours", what a piece only quotes to wave away."""
    return bool(words) and not _list("hearsay").isdisjoint(words_of(words)[:4])


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(plain(load("camps")[name]).split())
