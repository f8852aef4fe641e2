"""Sides of a war: one key for the words that name a side, and the camp that it belongs to in a country.

Words, groups and camps are world knowledge in lexicon/sides.toml; nothing is merged on a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Final

from claimstream.lexicon import load, operator
from claimstream.lexicon.places import capitals, normal

_LONGEST_NAME: Final = 7
_LONGEST_PHRASE: Final = 24
_UNITS: Final = frozenset(load("sides")["words"]["units"].split("|"))
"""Words of a state's units behind a number: "the 58 Division", "the 72nd Mechanised Brigade"."""
_SHORT_ENDS: Final = frozenset(load("sides")["short"]["ends"].split("|"))
_ALONE: Final = frozenset(load("sides")["short"]["alone"].split("|"))
_OF_STATES: Final = frozenset(load("sides")["short"]["of_states"].split("|"))
_REGULAR: Final = frozenset(f"group:{key}" for key in load("sides")["cast"]["regular"].split())
_NUMBER: Final = re.compile(r"\d{1,4}(?:st|nd|rd|th)?")
_MEN: Final = ("forces", "fighters", "rebels")
_BETWEEN: Final = 2
"""Words that may stand between a people's name and the office or rank: "a Kurdish regional security official"."""

FORCES: Final = frozenset(normal(word) for word in load("sides")["words"]["after_nationality"].split("|"))
"""Words behind a nation that make it a side: "Afghan forces", "Russian jets"."""
_FIELDED: Final = frozenset(load("sides")["words"]["fielded"].split("|"))
_POSTED: Final = ("-installed", "-appointed", "-imposed")
"""Behind a nation they tell whose official somebody is: "the Norlandic-installed mayor"."""
_BACKED: Final = (
    "-backed",
    "-led",
    "-allied",
    "-supported",
    "-trained",
    "-aligned",
    "-sponsored",
    "-funded",
    "-armed",
    "-owned",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase stands for. `kind`: group, force, state, rebel, armed, we, civil, office, leader."""

    kind: str
    key: str
    form: str
    only_in: str = ""


_BREAKAWAY: Final = Entry("rebel", "rebel", "self-appointed")
_SELF_MADE: Final = frozenset(normal(word) for word in load("sides")["words"]["self_made"].split("|"))


@dataclass(frozen=True, slots=True, eq=False)
class SideBook:
    """`phrases`: normal form -> entry; `nations`: normal form of a country or people -> ISO code; others by key.

    `short`: country and the end of a long name used there ("shura council") -> the one side that it can mean;
    `peoples`: the adjective of a group's people ("arpan", of "Arpan fighters") -> the groups.
    """

    phrases: Mapping[str, tuple[Entry, ...]]
    nations: Mapping[str, str]
    camps: Mapping[str, Mapping[str, str]]
    several: frozenset[str]
    allied: Mapping[str, frozenset[str]]
    homes: Mapping[str, tuple[str, ...]]
    short: Mapping[tuple[str, str], Entry]
    starts: Mapping[str, int]
    """First word of any phrase -> the words of the longest that begins so."""
    peoples: Mapping[str, tuple[Entry, ...]]


def _words(text: str) -> list[str]:
    """Words of the phrase with their capitals; punctuation around them gone."""
    cleaned = text.replace("’", "'").replace(" 's", "'s")
    return [w for w in (word.strip('.,;:!?"“”()[]') for word in cleaned.split()[:_LONGEST_PHRASE]) if w]


def build(extra: Iterable[Mapping[str, Any]] = ()) -> SideBook:
    """The package's sides with an operator's actors: mappings with key, names, and optional home and camps."""
    data = load("sides")
    phrases: dict[str, list[Entry]] = {}
    camps: dict[str, Mapping[str, str]] = {}
    homes: dict[str, tuple[str, ...]] = {}

    def add(kind: str, key: str, names: Iterable[str], only_in: Mapping[str, str]) -> None:
        for name in names:
            phrases.setdefault(normal(name), []).append(Entry(kind, key, name, only_in.get(name, "")))

    for row in extra:
        add("group", f"group:{row['key']}", row["names"], {})
        camps[f"group:{row['key']}"] = row.get("camps", {})
        homes[f"group:{row['key']}"] = tuple(row.get("home", ()))
    for kind in ("group", "force"):
        for row in data[kind]:
            key = f"state:{row['state']}" if "state" in row else f"{kind}:{row['key']}"
            add(kind, key, row["names"].split("|"), row.get("only_in", {}))
            add("leader", key, filter(None, row.get("leaders", "").split("|")), {})
            camps.setdefault(key, row.get("camps", {}))
            homes.setdefault(key, tuple(row.get("home", ())))
    for name in [name for name, entries in phrases.items() if entries[0].kind == "group"]:
        for entry in list(phrases[name]):
            add("group", entry.key, peers := _peers(entry.form), dict.fromkeys(peers, entry.only_in))
    for kind in ("state", "rebel", "armed", "we", "office"):
        add(kind, kind, data["words"][kind].split("|"), {})
    add("civil", "", data["civil"]["words"].split("|"), {})
    for code, names in data["leaders"].items():
        add("leader", f"state:{code}", names.split("|"), {})
    nations: dict[str, str] = {}
    for code, country in load("countries").items():
        for name in filter(None, (country["names"] + "|" + country["people"]).split("|")):
            nations.setdefault(normal(name).removeprefix("the "), code)
    for name, code in capitals().items():
        nations.setdefault(name, code)
    allied = {row["state"]: frozenset(row["with"]) for row in data["allied"]}
    fixed = {name: tuple(entries) for name, entries in phrases.items()}
    several = frozenset(data["several_camps"]["countries"])
    short = _shortened(fixed, homes, nations)
    starts: dict[str, int] = {}
    for phrase in (*fixed, *(end for _, end in short)):
        first = phrase.partition(" ")[0]
        starts[first] = max(starts.get(first, 0), phrase.count(" ") + 1)
    return SideBook(fixed, nations, camps, several, allied, homes, short, starts, _peoples(fixed, nations))


@cache
def default() -> SideBook:
    """The sides that come with the package, with the operator's actors."""
    return build(operator("actor"))


def _people_of(name: str) -> str:
    """The people or region whose men the name means: "Arpan" of "Arpan fighters"; "" for other names."""
    people, _, men = name.rpartition(" ")
    return people if men in _MEN and people[:1].isupper() else ""


def _peers(name: str) -> list[str]:
    """Other words for those whom a region's or people's name tells: "Arpan fighters" -> "Arpan commanders"."""
    people = _people_of(name)
    if not people:
        return []
    return [f"{people} {word}" for word in ("commander", "commanders", "leaders", "authorities", "officials", "troops")]


def _peoples(phrases: Mapping[str, tuple[Entry, ...]], nations: Mapping[str, str]) -> dict[str, tuple[Entry, ...]]:
    """The adjectives that tell whose men are meant: "Arpan fighters" are a group's, so is "an Arpan brigadier"."""
    found: dict[str, dict[str, Entry]] = {}
    for entry in (entry for entries in phrases.values() for entry in entries if entry.kind == "group"):
        people = _people_of(entry.form)
        word = normal(people)
        if people and " " not in people and "-" not in people and word not in nations:
            found.setdefault(word, {})[entry.key] = entry
    return {word: tuple(by_key.values()) for word, by_key in found.items()}


def _shortened(
    phrases: Mapping[str, tuple[Entry, ...]], homes: Mapping[str, tuple[str, ...]], nations: Mapping[str, str]
) -> dict[tuple[str, str], Entry]:
    """The ends of long names that one side alone bears in its country: "the Shura Council", "the Defence Force"."""
    found: dict[tuple[str, str], dict[str, Entry]] = {}
    for entry in (entry for entries in phrases.values() for entry in entries if entry.kind == "group"):
        words = entry.form.split()
        for n in range(1, len(words)):
            end = normal(" ".join(words[n:]))
            named = words[n][:1].isupper() and normal(words[n]) not in nations
            if not named or end.rpartition(" ")[2] not in (_SHORT_ENDS if " " in end else _ALONE):
                continue
            if end in _OF_STATES and not entry.key.startswith("state:"):
                continue
            for country in homes.get(entry.key, ()):
                found.setdefault((country, end), {})[entry.key] = replace(entry, form=" ".join(words[n:]), only_in="")
    return {ends: next(iter(by_key.values())) for ends, by_key in found.items() if len(by_key) == 1}


def side_key(words: str, country: str = "", book: SideBook | None = None) -> str:
    """The key of the side that the words name in an article about `country` (an ISO code).

    "state:SY", "rebel:SY", "group:taliban", "force:un", "we" for the speaker's own side, "armed:SY" for "militants" in
    a country with several camps, "" where the words name no side ("they", "residents").
    """
    return _side_key(words[:400], country, book or default())


@lru_cache(maxsize=16384)
def _side_key(words: str, country: str, book: SideBook) -> str:
    parts = _words(words)
    plain = [w for n, w in enumerate(parts) if not _modifier(parts, n)]
    for named in (parts, plain) if len(plain) < len(parts) else (parts,):
        hits = _hits(named, country, book)
        if hits:
            entry, nation = _of_group(named, hits, country, book) or _of_country(named, hits, book) or _leading(hits)
            return _key(entry, nation, country, book)
    return ""


def _of_group(
    parts: list[str], hits: list[tuple[Entry, str]], country: str, book: SideBook
) -> tuple[Entry, str] | None:
    """The group whose army or office the words name: "the high command of the M23"; None for all others."""
    entry, nation = hits[0]
    low = [word.lower() for word in parts]
    if entry.kind not in ("state", "office") or nation or "of" not in low:
        return None
    tail = parts[low.index("of") + 1 :]
    tail = tail[1:] if tail[:1] == ["the"] else tail
    owner = _longest(tail, 0, country, book)[1] if tail else None
    return (owner, "") if owner is not None and owner.kind == "group" else None


def _of_country(parts: list[str], hits: list[tuple[Entry, str]], book: SideBook) -> tuple[Entry, str] | None:
    """The office of the country that follows it: "the defence ministry of Norland", "the foreign ministry in Moscow".

    Forces may stand in another's capital, offices seldom do. None for all others.
    """
    entry, nation = hits[0]
    low = [word.lower() for word in parts]
    link = next((n for n in range(len(low) - 1, 0, -1) if low[n] in ("of", "in")), 0)
    if entry.kind not in ("state", "office") or nation or not link:
        return None
    tail = [word for n, word in enumerate(parts[link + 1 :]) if n or low[link + 1] != "the"]
    size, code = _nation(tail, 0, book) if tail and low[link] == "of" else (1, "")
    if low[link] == "in" and normal(entry.form.split()[-1]) not in _FIELDED:
        size, code = len(tail), capitals().get(normal(" ".join(tail)), "")
    return (entry, code) if code and size == len(tail) else None


def _leading(hits: list[tuple[Entry, str]]) -> tuple[Entry, str]:
    """The hit that names the side: the first, unless a group's name follows a general word ("fighters of the M23")."""
    first = hits[0]
    if first[0].kind in ("rebel", "armed", "office"):
        for hit in hits[1:]:
            if hit[0].kind == "group" or (hit[0].kind == "leader" and hit[0].key.startswith("group:")):
                return hit
    if first[0].kind in ("office", "armed", "leader"):
        for hit in hits[1:]:
            if hit[0].kind in ("state", "rebel"):
                return hit
    return first


def _modifier(parts: list[str], n: int) -> bool:
    """A word that only says whose friend or what place: "US-backed", "Damascus-based", "rebel-held"."""
    return parts[n].lower().endswith((*_BACKED, "-held", "-controlled", "-based", "-run", "-occupied"))


def _hits(parts: list[str], country: str, book: SideBook) -> list[tuple[Entry, str]]:
    """Entries in order, each with the nationality in force before it ("" = none)."""
    found: list[tuple[Entry, str]] = []
    nation, n = "", 0
    while n < len(parts):
        size, entry = _longest(parts, n, country, book)
        if entry is None and parts[n].endswith(("-run", "-led", "-controlled")):
            size, entry = _longest([parts[n].rpartition("-")[0]], 0, country, book)
            entry = entry if entry and entry.kind == "group" else None
        if entry is None and parts[n].lower().endswith(_POSTED):
            nation = book.nations.get(normal(parts[n].partition("-")[0]), "")
            found += [(Entry("state", "state", parts[n]), nation)] if nation else []
        if entry is None and parts[n].lower().startswith("anti-"):
            break
        if entry is None and parts[n].lower().startswith("pro-"):
            size, entry = _longest([parts[n][4:]], 0, country, book)
            entry = entry if entry and entry.kind in ("group", "leader") else None
        if entry is None:
            size, code = _nation(parts, n, book)
            if not code and _numbered(parts, n):
                found.append((Entry("state", "state", parts[n]), nation))
            if code:
                nation = code
                follows = normal(parts[n + size]) if n + size < len(parts) else ""
                if follows in FORCES or _forces_of_a_kind(parts, n + size, country, book):
                    found.append((Entry("state", "state", follows), nation))
                elif not follows or parts[n + size].lower() in ("and", "or", "has", "is", "had"):
                    found.append((Entry("nation", f"state:{code}", parts[n]), ""))
            n += max(size, 1)
            continue
        if n and parts[n - 1].lower() in ("against", "fighting", "battling"):
            break
        if entry.kind in ("state", "office") and not nation:
            before = parts[max(0, n - _BETWEEN - 1) : n]
            entry = _of_people(before, country, book) or (_BREAKAWAY if _appointed_himself(before) else entry)
        found.append((entry, nation))
        n += size
    return found


def _of_people(before: list[str], country: str, book: SideBook) -> Entry | None:
    """The group to whose people the office belongs that these words stand before; None for all others."""
    for word in before:
        for entry in book.peoples.get(normal(word), ()) if word[:1].isupper() else ():
            if country == entry.only_in or (not entry.only_in and country in book.homes.get(entry.key, ())):
                return entry
    return None


def _appointed_himself(before: list[str]) -> bool:
    """Whether these words before an office make it none of the state's: "the self-appointed mayor"."""
    return any(normal(word) in _SELF_MADE for word in before)


def _numbered(parts: list[str], n: int) -> bool:
    """Whether a unit with a number stands at `n`: "58 Division", "72nd Mechanised Brigade"."""
    behind = (word.lower() for word in parts[n + 1 : n + 3])
    return _NUMBER.fullmatch(parts[n]) is not None and not _UNITS.isdisjoint(behind)


def _forces_of_a_kind(parts: list[str], n: int, country: str, book: SideBook) -> bool:
    """Whether behind a nation, at `n`, one word stands before its forces: "Russian Airborne Forces"."""
    if n + 1 >= len(parts) or normal(parts[n + 1]) not in FORCES or parts[n].lower().startswith("anti-"):
        return False
    return not _modifier(parts, n) and _longest(parts, n, country, book)[1] is None


def _longest(parts: list[str], n: int, country: str, book: SideBook) -> tuple[int, Entry | None]:
    longest = max([book.starts.get(normal(word).partition(" ")[0], 0) for word in {parts[n], _owner(parts[n])}])
    for size in range(min(_LONGEST_NAME, len(parts) - n, longest), 0, -1):
        words = parts[n : n + size]
        short = book.short.get((country, " ".join(map(normal, words)))) if words[-1][:1].isupper() else None
        if short and words[0][:1].isupper():
            return size, short
        chosen = book.phrases.get(" ".join(map(normal, words)), ())
        chosen += book.phrases.get(" ".join(normal(_owner(w)) for w in words), ()) if "'" in "".join(words) else ()
        for entry in chosen:
            if (not entry.only_in or entry.only_in == country) and fits(entry.form, parts[n]):
                return size, entry
    return 0, None


def _owner(word: str) -> str:
    """ "Sudan's" -> "Sudan"."""
    return word.removesuffix("'s").removesuffix("'")


def _nation(parts: list[str], n: int, book: SideBook) -> tuple[int, str]:
    for size in (3, 2, 1):
        if n + size <= len(parts) and parts[n][:1].isupper():
            code = book.nations.get(" ".join(normal(_owner(w)) for w in parts[n : n + size]))
            if code and (parts[n] != "us"):
                return size, code
    return 1, ""


def nation(word: str, book: SideBook | None = None) -> str:
    """The ISO code of the nation that the word names or describes, "" for none."""
    return (book or default()).nations.get(normal(_owner(word)), "")


def fits(form: str, written: str) -> bool:
    """Whether a word as written can be the name: "IS" and "LeT" as they are, "Taliban" a capital, "rebels" neither.

    "US" is not "us".
    """
    first, word = form.split()[0].split("-")[0], written.split("-")[0]
    if first == "us" and word != "us":
        return False
    if first.isupper() and len(first) > 1:
        return word.isupper() or (len(first) > 3 and word[:1].isupper())
    if len(first) < 4 and first != first.title() and not first.islower():
        return word == first
    return not form[:1].isupper() or written[:1].isupper()


def _key(entry: Entry, nation: str, country: str, book: SideBook) -> str:
    if entry.kind in ("group", "force", "leader", "nation"):
        return entry.key
    if entry.kind in ("state", "office"):
        return f"state:{nation or country}"
    if entry.kind == "rebel":
        return f"rebel:{country or nation}"
    if entry.kind == "armed":
        several = country in book.several or not country or nation not in ("", country)
        return f"armed:{country or '?'}" if several else f"rebel:{country}"
    return "we" if entry.kind == "we" else ""


def camp(key: str, country: str, book: SideBook | None = None) -> str:
    """The camp of a side in a country's war: keys of one camp fight together there. "" for no side.

    "rebel:SY" and "group:army-of-conquest" are one camp in Syria; "group:islamic-state" is one of its own.
    """
    book = book or default()
    if key.startswith("state:"):
        return f"state:{country}" if key[6:] in book.allied.get(country, frozenset()) else key
    role = book.camps.get(key, {}).get(country, "")
    if role in ("rebel", "state"):
        return f"{role}:{country}"
    return role or key


def regular(key: str) -> bool:
    """Whether the key is of a group that fights as armies do, beside a state or against other groups.

    Nobody means it by "the militants" or "the enemy" alone.
    """
    return key in _REGULAR


def same_side(one: str, other: str, country: str, book: SideBook | None = None) -> bool:
    """Whether two keys surely name one camp. Unknown sides ("", "we") are never the same as another."""
    if not one or not other or "we" in (one, other):
        return False
    return one == other or camp(one, country, book) == camp(other, country, book)


def interest(speaker: str, country: str = "", book: SideBook | None = None) -> str:
    """The camp whose voice a speaker is ("the defence ministry's spokesman" -> "state:SY"), "" for none known."""
    key = side_key(speaker, country, book)
    unknown = key in ("we", "state:", "rebel:") or key.startswith("armed:")
    return "" if unknown else camp(key, country, book)


def side_name(key: str, book: SideBook | None = None, forces: str = "army") -> str:
    """A name for people, which `side_key` turns back into the key: "Syrian army" for state:SY, "rebels", "Taliban".

    The key itself where no name is known; "" for "".
    """
    if not key:
        return ""
    kind, _, rest = key.partition(":")
    if kind == "state":
        people = load("countries").get(rest, {}).get("people", "").split("|")[0]
        return f"{people} {forces}" if people else key
    if kind in ("rebel", "armed"):
        return "rebels" if kind == "rebel" else "armed men"
    forms = (e.form for entries in (book or default()).phrases.values() for e in entries if e.key == key)
    return next(forms, key)
