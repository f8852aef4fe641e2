"""Places: the gazetteer of the package, and one key for the spellings of one name.

Sources: GeoNames (CC BY 4.0), cut down by tools/build_gazetteer.py; regions and other names in lexicon/countries.toml.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple

from claimstream.lexicon import load, operator

PlaceKind = Literal["country", "region", "capital", "city"]


class Place(NamedTuple):
    """One candidate for a name: the country's ISO code, the people living there (0 = not known), the main spelling."""

    name: str
    country: str
    population: int
    kind: PlaceKind


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """`by_name`: normal form of a name -> candidates, the largest first. `spellings`: country -> (name, main name)."""

    by_name: Mapping[str, tuple[Place, ...]]
    spellings: Mapping[str, Sequence[tuple[str, str]]]
    same: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Country -> lists of names of one place, the main one first: they go before what GeoNames says."""
    shared: frozenset[str] = frozenset()
    """Normal forms of names that a region and a town of one country have."""
    folded: dict[str, Mapping[str, str]] = field(default_factory=dict, repr=False)
    mains: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def knows(self, key: str, country: str) -> bool:
        """Whether a folded name is the main one of a place of the country."""
        if country not in self.mains:
            self.mains[country] = frozenset(_spelt(main, country) for _, main in self.spellings.get(country, ()))
        return key in self.mains[country]

    def aliases(self, country: str) -> Mapping[str, str]:
        """Folded other name -> folded main name, within a country; made on first use, as folding all takes a second."""
        if country not in self.folded:
            pairs = [(_spelt(name, country), _spelt(main, country)) for name, main in self.spellings.get(country, ())]
            mains = {main for _, main in pairs}
            known = {a: main for a, main in reversed(pairs) if a != main and a not in mains}
            sure = {
                _spelt(name, country): _spelt(line.split("|")[0], country)
                for line in self.same.get(country, ())
                for name in line.split("|")
            }
            known = {a: sure.get(main, main) for a, main in known.items()} | sure
            self.folded[country] = {a: main for a, main in known.items() if a != main}
        return self.folded[country]


def _normal(word: str) -> str:
    low = word.lower()
    if not low.isascii():
        flat = unicodedata.normalize("NFKD", low)
        low = "".join(c for c in flat if not unicodedata.combining(c))
        low = low.replace("ø", "o").replace("ı", "i").replace("ł", "l").replace("đ", "d").replace("ʼ", "'")
        low = low.replace("’", "'").replace("‘", "'").replace("–", "-").replace("‑", "-")
    return low.replace("'", "").replace("`", "").replace("-", " ").replace(".", "").strip()


@lru_cache(maxsize=65536)
def normal(word: str) -> str:
    """The form under which names are looked up: lower case, no accents, no apostrophes, hyphens as spaces."""
    return _normal(word)


_SPELLING = load("situation")["spelling"]
_ARTICLES = frozenset(_SPELLING["articles"].split())
_NOUNS = frozenset(_SPELLING["nouns"].split())
LINKS: Final = frozenset(_SPELLING["links"].split())
_OPENERS = frozenset(_SPELLING["openers"].split())
_SAME_WORD: dict[str, str] = _SPELLING["same_word"]
_Y_CONSONANT = re.compile(r"(?<=[aeou])y(?=[aeiou])")
_DOUBLE = re.compile(r"(\D)\1+")
_FRONT = str.maketrans("eiyoq", "aaauk")


def _single(letters: re.Match[str]) -> str:
    """One of the letters; a template would be looked up anew at each call, which took most of the time of folding."""
    return letters[1]


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """The skeleton that spellings of one foreign name share: Ramouseh, Ramousah, Ramussa; Kunduz, Konduz.

    Articles, words such as "city" and what tells a town from others ("da Mora") go, doubled letters become one, the
    vowels fall into two classes (a e i, o u) and an h after the last vowel goes. Consonants stay, so that different
    towns of like sound keep apart.
    """
    words = normal(name).replace("/", " ").split()
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    while len(words) > 1 and words[-1] in _NOUNS:
        words = words[:-1]
    if len(words) > 2 and words[0] in _NOUNS and words[1] == "of":
        words = words[2:]
    if len(words) > 2 and words[0] not in _OPENERS:
        words = words[: next((n for n, word in enumerate(words) if n and word in LINKS), len(words))]
    inner = [_SAME_WORD.get(w, w) for n, w in enumerate(words) if n == 0 or len(words) == 1 or w not in _ARTICLES]
    text = "".join(inner)
    text = _DOUBLE.sub(_single, text)
    text = _Y_CONSONANT.sub("Y", text)
    text = text.replace("ph", "f").replace("gh", "g").replace("dj", "j").replace("ck", "k")
    text = _DOUBLE.sub(_single, text.translate(_FRONT)).lower()
    if len(text) > 3 and text[-1] == "h" and text[-2] in "au":
        text = text[:-1]
    return text


def place_key(name: str, country: str = "", gazetteer: Gazetteer | None = None) -> str:
    """One key for the spellings of one place within a situation's country; other names of it count where known."""
    folded = _spelt(name, country)
    return (gazetteer or default()).aliases(country).get(folded, folded) if country else folded


@cache
def _respellings(country: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = (row for row in load("situation")["respelling"] if country in row["countries"].split())
    return tuple((re.compile(old), new) for row in rows for old, new in row["rules"])


@lru_cache(maxsize=65536)
def _spelt(name: str, country: str) -> str:
    """The skeleton of a name where two languages of its country spell it: Uglegorsk, Vuhlehirsk."""
    text = fold(name)
    for old, new in _respellings(country):
        text = old.sub(new, text)
    return _DOUBLE.sub(_single, text)


def candidates(phrase: str, gazetteer: Gazetteer | None = None) -> tuple[Place, ...]:
    """The places that a name (in its normal form) may mean, the largest first."""
    return (gazetteer or default()).by_name.get(phrase, ())


def is_town(name: str) -> bool:
    """Whether a name is known as that of a town, whatever else bears it."""
    known = normal(name)
    return known in default().shared or any(place.kind in ("city", "capital") for place in candidates(known))


@cache
def capitals() -> Mapping[str, str]:
    """Normal form of a capital's name -> the country's code: "Kyiv says" means the government."""
    known = default().by_name.items()
    return {n: f[0].country for n, f in known if f[0].kind == "capital" and n == _normal(f[0].name) and len(n) > 3}


@cache
def _seats() -> Mapping[str, str]:
    return {p.country: p.name for found in default().by_name.values() for p in found if p.kind == "capital"}


def capital_of(words: str) -> str:
    """The capital of the country that the words name, by its name; "" for what is no country."""
    found = candidates(normal(words))
    return _seats().get(found[0].country, "") if found and found[0].kind == "country" else ""


def seat(country: str) -> str:
    """The capital of a country by its code, "" where none is known."""
    return _seats().get(country, "")


@cache
def default() -> Gazetteer:
    """The gazetteer that comes with the package, with the operator's places."""
    return build(operator("place"))


def build(extra: Iterable[Mapping[str, Any]]) -> Gazetteer:
    """The package's gazetteer with an operator's places: mappings with name, country, optional names and population."""
    by_name: dict[str, list[Place]] = {}
    spellings: dict[str, list[tuple[str, str]]] = {}
    same = {code: country.get("same", ()) for code, country in load("countries").items()}
    regions: set[tuple[str, str]] = set()
    shared: set[str] = set()

    def add(names: list[str], place: Place) -> None:
        known = spellings.setdefault(place.country, [])
        for name in names:
            known.append((name, place.name))
            entries = by_name.setdefault(_normal(name), [])
            if all(other.country != place.country for other in entries):
                entries.append(place)

    for row in extra:
        names = [str(row["name"]), *map(str, row.get("names", ()))]
        add(names, Place(names[0], str(row["country"]), int(row.get("population", 100_000)), "city"))
    for code, country in load("countries").items():
        names = country["names"].split("|")
        add(names, Place(names[0], code, 0, "country"))
        for region in filter(None, country.get("regions", "").split("|")):
            add([region], Place(region, code, 200_000, "region"))
            regions.add((code, _normal(region)))
    for line in _lines():
        name, alternates, code, population, kind = line.split("\t")
        if kind == "country":
            continue
        place = Place(name, code, int(population), "capital" if kind == "capital" else "city")
        spelled = [name, *filter(None, alternates.split("|"))]
        add(spelled, place)
        shared.update(known for known in map(_normal, spelled) if (code, known) in regions)
    for code, lines in same.items():
        for line in lines:
            names = line.split("|")
            known = [p for name in names for p in by_name.get(_normal(name), ()) if p.country == code]
            add(names, max(known, key=lambda p: p.population, default=Place(names[0], code, 50_000, "city")))
    ranked = {name: _ranked(entries) for name, entries in by_name.items()}
    return Gazetteer(ranked, spellings, same, frozenset(shared))


def _ranked(entries: list[Place]) -> tuple[Place, ...]:
    if len(entries) == 1:
        return (entries[0],)
    order = {"country": 0, "region": 1, "capital": 1, "city": 1}
    return tuple(sorted(entries, key=lambda p: (order[p.kind], -p.population)))


def _lines() -> list[str]:
    packed = (files("claimstream.lexicon") / "gazetteer.tsv.gz").read_bytes()
    return [line for line in gzip.decompress(packed).decode("utf-8").splitlines() if not line.startswith("#")]
