"""Names in a sentence: places, countries and their peoples, sides and armed groups, outlets.

The lists behind it are world knowledge (places.py, sides.py, lexicon/*.toml); `book` joins an operator's own file to
them. `find` is one pass over the tokens with the longest name first.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from claimstream.lexicon import load, operator, places, sides
from claimstream.lexicon.places import normal
from claimstream.lexicon.sides import camp, same_side
from claimstream.model import Sentence, Token

__all__ = [
    "Name",
    "NameBook",
    "book",
    "camp",
    "default",
    "find",
    "interest",
    "outlet",
    "place_key",
    "same_side",
    "side_key",
]

NameKind = Literal["place", "country", "people", "side", "civil", "outlet"]

SMALL: Final = 100_000
"""Inhabitants below which a one-word place counts only where the words around it say that it is one."""

_BEFORE_PLACE: Final = frozenset(load("situation")["before_place"].split())
_AFTER_PLACE: Final = frozenset(load("situation")["after_place"].split())
NOT_PLACES: Final = frozenset(load("situation")["not_places"].split("|"))
_WEAK_BEFORE: Final = frozenset(load("situation")["weak_before"].split())
_DAYS: Final = frozenset(load("calendar")["days"].split())
_HALVES: Final = frozenset("am pm a.m a.m. p.m p.m. noon midnight".split())
INSTITUTIONS: Final = frozenset(load("situation")["institutions"].split())
_TITLES: Final = frozenset(load("situation")["titles"].split())
_SHOUTED: Final = frozenset(load("situation")["shouted"].split())


@dataclass(frozen=True, slots=True)
class Name:
    """A name: tokens `start` to `end` (exclusive). `key` is the place key, side key or outlet key; `country` the ISO
    code of the likeliest reading, `countries` of all readings; `population` of the place (0 = not known)."""

    start: int
    end: int
    text: str
    kind: NameKind
    key: str
    country: str = ""
    countries: tuple[str, ...] = ()
    population: int = 0


@dataclass(frozen=True, slots=True)
class Outlet:
    """A medium: its key, owner ("" = itself), the side whose voice it is, and whether others reprint its texts."""

    key: str
    owner: str
    interest: str
    wire: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class NameBook:
    """All lists joined. `starts`: first word of any name -> the longest name that begins so, in words.

    `small_starts` holds those that may begin with a small letter; `phrases` are all names in their normal form, and
    `openings` the words that names of several words begin with.
    """

    gazetteer: places.Gazetteer
    sides: sides.SideBook
    outlets: Mapping[str, Outlet]
    people: Mapping[str, str]
    starts: Mapping[str, int]
    small_starts: Mapping[str, int]
    phrases: frozenset[str]
    openings: frozenset[str]


def book(extra: Mapping[str, Any] | None = None) -> NameBook:
    """The package's lists with an operator's (a parsed TOML file) in front.

    Tables: [[place]] name, country, names, population · [[actor]] key, names, camps · [[outlet]] key, names, owner,
    interest, wire. Raises KeyError where a row lacks its name, key or country.
    """
    extra = extra or {}
    gazetteer = places.build(extra.get("place", ())) if extra.get("place") else places.default()
    actors = sides.build(extra.get("actor", ())) if extra.get("actor") else sides.default()
    outlets: dict[str, Outlet] = {}
    for row in [*extra.get("outlet", ()), *load("outlets")["outlet"]]:
        names = row["names"].split("|") if isinstance(row["names"], str) else list(row["names"])
        made = Outlet(
            row["key"], row.get("owner", ""), row.get("interest", ""), bool(row.get("wire", False)), tuple(names)
        )
        for name in [row["key"], *names]:
            outlets.setdefault(normal(name).removeprefix("the "), made)
    people: dict[str, str] = {}
    for code, country in load("countries").items():
        for name in filter(None, country["people"].split("|")):
            people.setdefault(normal(name), code)
    phrases = frozenset().union(gazetteer.by_name, actors.phrases, outlets, people)
    small = [name for name, entries in actors.phrases.items() if any(not e.form[:1].isupper() for e in entries)]
    return NameBook(gazetteer, actors, outlets, people, _starts(phrases), _starts(small), phrases, _openings(phrases))


def country_name(code: str) -> str:
    """The name of a country by its ISO code, "" where the tables do not have it."""
    row = load("countries").get(code)
    return str(row["names"]).partition("|")[0] if row else ""


def people_of(code: str) -> tuple[str, ...]:
    """The names of a country's people by its ISO code, as they are written."""
    row = load("countries").get(code)
    return tuple(filter(None, str(row["people"]).split("|"))) if row else ()


def _starts(phrases: Iterable[str]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for name in phrases:
        first, *rest = name.split(" ")
        size = 1 + len(rest) + sum(word.endswith("s") for word in rest)  # "People 's" is two words
        for start in (first, first[:-1]) if rest and first.endswith("s") else (first,):
            longest[start] = max(longest.get(start, 0), size + (start != first))
    return longest


def _openings(phrases: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for name in phrases:
        while " " in name:
            name = name.rpartition(" ")[0]
            found.update((name, name.removesuffix("s")))  # "Lord" of "Lord 's Resistance Army"
    return frozenset(found)


@cache
def default() -> NameBook:
    """The lists that come with the package, with the operator's in front."""
    return book({"outlet": operator("outlet")})


def forget() -> None:
    """Drops all that was looked up so far: to be called when the operator's names have come in."""
    for module in (places, sides, sys.modules[__name__]):
        for kept in vars(module).values():
            if hasattr(kept, "cache_clear"):
                kept.cache_clear()


def side_key(words: str, country: str = "", names: NameBook | None = None) -> str:
    """The key of the side that the words name: "state:SY", "rebel:SY", "group:taliban", "we", "" (unknown).

    `country` is the ISO code that the article is about (a situation's country).
    """
    return sides.side_key(words, country, (names or default()).sides)


def interest(speaker: str, country: str = "", names: NameBook | None = None) -> str:
    """The camp whose voice a speaker or medium is in a country's war, "" where none is known.

    "the defence ministry's spokesman" -> "state:SY"; "Amaq" -> "group:islamic-state"; "residents" -> "".
    """
    lists = names or default()
    medium = outlet(speaker, lists)
    if medium is not None:
        return sides.camp(medium.interest, country, lists.sides)
    return sides.interest(speaker, country, lists.sides)


def place_key(name: str, country: str = "", names: NameBook | None = None) -> str:
    """One key for the spellings of one place; with `country`, also for its other names known there."""
    return places.place_key(name, country, (names or default()).gazetteer)


def outlet(name: str, names: NameBook | None = None) -> Outlet | None:
    """The medium of that name or domain ("www.example.org" without its www), None where unknown."""
    folded = normal(name.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/"))
    return (names or default()).outlets.get(folded.removeprefix("the "))


def find(sentence: Sentence, names: NameBook | None = None) -> tuple[Name, ...]:
    """The names of the sentence in order, none overlapping another, the longest first."""
    lists = names or default()
    starts, small, tokens = lists.starts, lists.small_starts, sentence.tokens
    shouting = sentence.text.isupper()
    found: list[Name] = []
    n, size = 0, len(tokens)
    while n < size:
        text, lower = tokens[n][:2]
        if text[0] == lower[0] and not text[0].isdigit():
            longest = small.get(lower.partition("-")[0])
        else:
            longest = starts.get(lower) or starts.get(normal(lower).partition(" ")[0])
        name = _longest(tokens, n, longest, lists, shouting) if longest else None
        if name is None:
            n += 1
        else:
            found.append(name)
            n = name.end
    return tuple(found)


def _longest(tokens: tuple[Token, ...], n: int, longest: int, lists: NameBook, shouting: bool) -> Name | None:
    phrase, ends, known, openings = "", [], lists.phrases, lists.openings
    for end in range(n, min(len(tokens), n + longest)):
        word = normal(tokens[end].lower)
        if not word:
            break
        joined = word == "s" and tokens[end].text[0] in "'’"
        phrase = phrase + word if joined else f"{phrase} {word}" if phrase else word
        if phrase in known and not joined:
            ends.append((end + 1, phrase))
        if phrase not in openings:
            break
    for end, candidate in reversed(ends):
        name = _named(tokens, n, end, candidate, lists, shouting)
        if name:
            return name
    part, mark, tail = tokens[n].text.partition("-")
    if mark and part[:1].isupper() and tail in ("based", "held", "controlled", "born", "area"):
        return _place(tokens, n, n + 1, normal(part), part, lists)
    return None


def _named(tokens: tuple[Token, ...], n: int, end: int, phrase: str, lists: NameBook, shouting: bool) -> Name | None:
    first = tokens[n].text
    text = " ".join(t.text for t in tokens[n:end])
    if shouting and phrase in _SHOUTED:
        return None
    for entry in lists.sides.phrases.get(phrase, ()):
        if entry.kind in ("we", "office", "leader") or not sides.fits(entry.form, first):
            continue
        if entry.kind == "civil":
            if entry.form[0].islower():
                continue
            return Name(n, end, text, "civil", "civil")
        key = entry.key if entry.kind in ("group", "force") and not entry.only_in else ""
        home = key[6:] if key.startswith("state:") else ""
        kind = "armed" if entry.only_in else entry.kind
        return Name(n, end, text, "side", key or kind, home, (home,) if home else ())
    if not (first[0].isupper() or first[0].isdigit()):
        return None
    medium = lists.outlets.get(phrase)
    if medium and any(sides.fits(form, first) and len(form) > 1 for form in medium.names):
        return Name(n, end, text, "outlet", medium.key)
    if phrase in lists.people:
        code = lists.people[phrase]
        return Name(n, end, text, "people", f"people:{code}", code, (code,))
    return _place(tokens, n, end, phrase, text, lists)


def _place(tokens: tuple[Token, ...], n: int, end: int, phrase: str, text: str, lists: NameBook) -> Name | None:
    found = places.candidates(phrase, lists.gazetteer)
    if not found or phrase in NOT_PLACES:
        return None
    best = found[0]
    if best.kind == "country":
        if phrase in ("us", "uk", "uae", "usa", "drc", "car") and not text.replace(".", "").isupper():
            return None
        if _institution(tokens, end):
            return None  # "Belarus Street"
        return Name(n, end, text, "country", f"country:{best.country}", best.country, (best.country,), best.population)
    if not _is_place(tokens, n, end, best.population, best.kind == "region" or best.kind == "capital"):
        return None
    countries = tuple(dict.fromkeys(p.country for p in found))
    return Name(n, end, text, "place", places.fold(text), best.country, countries, best.population)


def _is_place(tokens: tuple[Token, ...], n: int, end: int, population: int, sure: bool) -> bool:
    """Whether the words around a name let it be a place: not a part of a person's name, not a chance likeness."""
    before = tokens[n - 1] if n else None
    after = tokens[end] if end < len(tokens) else None
    if _institution(tokens, end):
        return False
    if before and after and after.lower == "time" and (before.text[:1].isdigit() or before.lower in _HALVES):
        return False  # "05:00 Belen time"
    if end - n == 1 and not sure and population < SMALL and _goes_on(tokens, n, end):
        return False
    if before and before.lower in _BEFORE_PLACE:
        return before.lower not in _WEAK_BEFORE or sure or end - n > 1 or population >= SMALL // 5
    if after and after.lower in _AFTER_PLACE:
        return True
    if before and (before.lower in _TITLES or (before.text[:1].isupper() and n > 1 and before.text.isalpha())):
        return False
    if after and after.text[:1].isupper() and after.text.isalpha() and not sure:
        return False
    return sure or end - n > 1 or population >= SMALL


def _goes_on(tokens: tuple[Token, ...], n: int, end: int) -> bool:
    """Whether a name goes on behind what is known of it: "entered Tal Hamid" is not in Tal.

    Not before a day ("in Belen Monday"), nor in a title that writes all its words so.
    """
    after = tokens[end] if end < len(tokens) else None
    if after is None or not (after.text[:1].isupper() and after.text[1:].islower() and after.text.isalpha()):
        return False
    if after.lower in _AFTER_PLACE or after.lower in _DAYS or after.lower in _TITLES:
        return False
    behind = tokens[end + 1] if end + 1 < len(tokens) else None
    return n == 0 or behind is None or not behind.text[:1].isupper()


def _institution(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the word behind a name makes it that of something else ("Medina Hospital")."""
    after = tokens[end] if end < len(tokens) else None
    return after is not None and after.lower in INSTITUTIONS and after.text[:1].isupper()
