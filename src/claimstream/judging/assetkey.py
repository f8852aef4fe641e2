"""The name of an asset as a key: proper name, kind of thing and part, each folded.

"the town of Sarmin", "Sarmeen" and "Sarmin district" are one; "Homs airport" is not Homs; "the foreign base at
Sarmin" is the base at Sarmin; a road is its two ends, in any order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final, NamedTuple

from claimstream.judging.camps import camp
from claimstream.judging.folding import plain
from claimstream.lexicon import load, names, places


@cache
def words_in(name: str) -> frozenset[str]:
    """A list of words by its name."""
    return frozenset(load("subjects")["lists"][name].split())


RAW = re.compile(r"[^\W_]+(?:[-'.][^\W_]+)*")
_ARTICLE = re.compile(r"(?:al|el|as|ash|ad|ar|az|an|at|ul|l)-[A-Z]")
_PARTICLE = re.compile(r"(?<=[a-z])-([a-z]{1,3})-(?=[A-Z])")
"""Inside one name: "Port-au-Prince", "Mazar-e-Sharif"; other hyphens part the ends of a road."""
_LINKS: Final = places.LINKS | {"al", "el", "ul", "la", "las", "los", "le", "les"}
"""Small words inside a name, where a word of it stands on either side."""
_ENDS = words_in("to_ends")
_BY_WAY = words_in("by_way")
"""Prepositions in the names of roads and bridges that are no part of what they are."""
_PRONOUN = frozenset(("it", "them", "there"))
_TAIL = words_in("tail")
"""After a noun they begin what only places it; names there are kept, nouns are not."""
_CONTROLLED = ("-held", "-controlled", "-run", "-occupied")


_UNITS: Final = "[Bb]rigade|[Bb]attalion|[Rr]egiment|[Dd]ivision|[Cc]orps"
_ARMS: Final = "infantry|armou?red|mountain|mechani[sz]ed|motori[sz]ed|light|tank|airborne|marine"
_NUMBER_FIRST: Final = re.compile(
    rf"\b(?P<n>\d{{1,3}})(?:st|nd|rd|th)(?: (?:{_ARMS}|[A-Z][a-z]{{1,15}})){{0,2}} (?P<unit>{_UNITS})\b"
)
_NUMBER_LAST: Final = re.compile(
    rf"\b(?:(?:{_ARMS}|[A-Z][a-z]{{1,15}}) ){{0,2}}(?P<unit>{_UNITS}) (?:No\.? ?)?(?P<n>\d{{1,3}})\b"
)


def _unit(found: re.Match[str]) -> str:
    """A unit by its number, in one word: "the 35th Armoured Brigade" and "Brigade 35" are one."""
    return f"{found['unit'].capitalize()}{found['n']}"


class Asset(NamedTuple):
    """`name` and `others` are the folded proper names, the first being the asset's own; `heads` the common nouns."""

    name: str
    others: tuple[str, ...]
    heads: tuple[str, ...]
    compass: str
    held: str

    def part(self) -> str:
        """The mark of a part of a place: by the compass, or by who holds it."""
        return "/" + self.compass if self.compass else "/held by " + self.held if self.held else ""


@lru_cache(maxsize=65536)
def parse(words: str, country: str) -> Asset:
    """The words of an asset or place, taken apart."""
    told = _NUMBER_FIRST.sub(_unit, _NUMBER_LAST.sub(_unit, words.replace("’", "'")))
    tokens = join([(plain(w), w) for w in RAW.findall(told)])
    compass, held = "", ""
    runs: list[list[str]] = [[]]
    heads: list[str] = []
    sorts: list[str] = []
    tail = False
    for n, (low, raw) in enumerate(tokens):
        low, raw = low.removesuffix("'s"), raw.removesuffix("'s")
        tail = tail or (bool(heads) and low in _TAIL)
        following = tokens[n + 1][1] if n + 1 < len(tokens) else ""
        if is_name(low, raw) or (runs[-1] and raw in _LINKS and _names_on(tokens, n + 1)):
            runs[-1].append(raw)
            continue
        if low in table("compass") and _two_word_name(raw, following):
            runs.append([raw])
            continue
        runs.append([])
        if low in table("compass"):
            compass = table("compass")[low]
        elif low in ORDINALS and noun(plain(following)) in words_in("areas"):
            compass = low
        elif _numbered(low) and noun(_before(tokens, n)) in words_in("areas"):
            compass = _numbered(low)  # "District 3", "neighbourhood number three": the third
        elif low.endswith(_CONTROLLED):
            held = rough(camp(raw.rsplit("-", 1)[0], country))
        elif low in REBEL_WORDS:
            held = "rebel"
        elif not tail and low not in words_in("determiners") and low not in words_in("plain"):
            (sorts if plain(following) in words_in("towns") else heads).append(noun(low))
    found = [" ".join(run) for run in runs if run and not _owner(" ".join(run), country, bool(heads))]
    heads += [] if found else sorts  # "the port city of Belen" is Belen
    if found and "capital" in heads:
        found[0], heads = _capital(found[0], heads)
    folded = [names.place_key(name, country) for name in found]
    if not folded and not heads and not compass:
        heads = [noun(low) for low, _ in tokens if low not in words_in("determiners")] or ["area"]
    return Asset(folded[0] if folded else "", tuple(folded[1:]), tuple(sorted(set(heads))), compass, held)


def _names_on(tokens: Sequence[tuple[str, str]], n: int) -> bool:
    """Whether the name goes on behind a small word: "Sot de | Belen", "San Juan de | la Mora"."""
    n += n < len(tokens) and tokens[n][1] in _LINKS
    return n < len(tokens) and is_name(*tokens[n])


def _capital(name: str, heads: list[str]) -> tuple[str, list[str]]:
    """ "The capital Belen" is Belen, "Norland's capital" its town; the capital of a region is not the region."""
    town = places.capital_of(name)
    if not town and not places.is_town(name):
        return name, heads
    return town or name, [head for head in heads if head != "capital"]


@lru_cache(maxsize=8192)
def _two_word_name(raw: str, following: str) -> bool:
    """True for a compass word that is part of a name: "South African", "North Kivu"; not "East" of a town."""
    if not (raw[:1].isupper() and following[:1].isupper()):
        return False
    name = places.normal(f"{raw} {following}")
    return name in names.default().people or bool(places.candidates(name))


ORDINALS = words_in("ordinals")
"""Parts of a town that are only numbered: "the third district"; not "a third of the district"."""
_NUMBER: Final = ("number", "no")
_NTH: Final = dict(
    zip(
        "one two three four five six seven eight nine ten".split(),
        "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
        strict=True,
    )
)
REBEL_WORDS = frozenset("rebel rebels opposition insurgent insurgents".split())


def _before(tokens: Sequence[tuple[str, str]], n: int) -> str:
    """The noun before a number: the "district" of "district 3" and "district number 3", "" at the beginning."""
    at = n - 1 - (n > 1 and tokens[n - 1][0] in _NUMBER)
    return tokens[at][0] if at >= 0 else ""


def _numbered(low: str) -> str:
    """The ordinal of a number behind a noun, in digits above ten; "" for any other word."""
    if low.isdigit():
        return list(_NTH.values())[int(low) - 1] if 0 < len(low) < 3 and 1 <= int(low) <= len(_NTH) else low
    return _NTH.get(low, "")


def is_name(low: str, raw: str) -> bool:
    """True for a word of a proper name: a capital, and no common noun, compass word or article."""
    if _ARTICLE.match(raw):
        return True
    return raw[:1].isupper() and low not in table("compass") and low not in words_in("determiners") and not known(low)


def _owner(name: str, country: str, has_noun: bool) -> bool:
    """True for a people or side that only says whose the thing is ("South African base", "Taliban stronghold")."""
    if not has_noun:
        return False
    normal = places.normal(name)
    if normal in names.default().people:
        return True
    return bool(names.side_key(name, country)) and not any(
        places.candidates(places.normal(part)) for part in (name, *name.split())
    )


def rough(side: str) -> str:
    """The camp without the country: "state", "rebel", or the name of the group; "" for unknown words."""
    kind, _, name = side.partition(":")
    return name if kind in ("group", "force") else "" if kind == "other" else kind


def several(words: str) -> bool:
    """True for a plural without a name ("both towns", "villages"), which is no one place."""
    last = plain(words).split()[-1:]
    return bool(last) and last[0] not in words_in("focus") and singular(last[0]) in words_in("focus")


def place(asset: Asset, country: str, focus: str, at: str, many: bool = False) -> str:
    """The key of what can be held: the place, or a thing and its place. `at` is the place the text ties it to.

    `many` marks a plural that names no place: such "towns" are not the town that the article is about.
    """
    things = [h for h in asset.heads if h not in words_in("areas")]
    if "headquarters" in things:
        asset = asset._replace(compass="")  # "Northern Command": a town has one
    if asset.name:
        bare = [h for h in things if h not in words_in("materials")]
        things = _telling(bare or things)  # "the Sarab gas plant" is the Sarab plant
        if things and words_in("named").issuperset(things) and not places.default().knows(asset.name, country):
            things = []  # "the K1 base" is what others call "K1", which is no town
        return f"{' '.join(things)}|{asset.name}{asset.part()}" if things else asset.name + asset.part()
    things = _telling([h for h in asset.heads if many or h not in words_in("focus")])
    built = at[at.rfind(" ") + 1 :].islower() and not any(char.isdigit() for char in at)  # "the Ombela power plant"
    here = (parse(at, country).name if built else "") or names.place_key(at or focus, country)
    return f"{' '.join(things)}{asset.part()}|{here}" if things else here + asset.part()


def _telling(things: list[str]) -> list[str]:
    """The nouns that tell which thing it is: "municipal" of a municipal building, "police" of a police station."""
    things = [h for h in things if h != "troop"] or things  # "the headquarters of the forces" is a headquarters
    sole = [h for h in things if h in words_in("sole")]
    if len(sole) == 1 and not any(known(h) for h in things if h != sole[0]):
        return sole
    found = [h for h in things if h not in words_in("houses") and h not in words_in("levels")]
    return found or [h for h in things if h not in words_in("levels")] or things


def route(words: str, sentence: str, country: str, focus: str, at: str) -> str:
    """The key of a road: its kind and its ends in any order. One end alone is joined by the place of the article."""
    words = _PARTICLE.sub(lambda found: f".{found[1]}." if len(found[1]) > 1 else ".", words)
    raw = RAW.findall(words.replace("’", "'").replace("-", " ").replace("–", " "))
    named = _ends(words, country)
    idle = _ENDS | _BY_WAY | _PRONOUN | (words_in("road_names") if len(named) > 1 else frozenset())
    said = [word for word in raw if plain(word) not in idle]
    asset = parse(" ".join(said), country)
    low = {plain(w) for w in raw}
    ends = {named[0], named[-1]} if named else set()
    here = names.place_key(at or focus, country)
    here = names.place_key(focus, country) if here in ends else here
    if len(ends) == 1 and _PRONOUN & low and _ENDS & low:
        ends |= {_name_before(sentence, words, country) or here}
    if len(ends) == 2:
        ends = ends - {here} or ends
    idle_kinds = words_in("focus") | words_in("supply") | words_in("towns")
    kinds = [h for h in asset.heads if h not in idle_kinds]
    if "coast" in kinds:
        return "coast road"  # a coast has one, whichever towns on it are named
    if "railway" in kinds or (kinds == ["position"] and "supply" not in low):
        kinds = ["railway"]  # "the railway line"
    if len(named) > 1 and "road" in kinds:
        kinds = ["road"]  # "the road from the port of A to the border town of B"
    number = _number(words)
    if number and all(kind == "road" or kind.isdigit() for kind in kinds):
        return f"road|{number}"
    part = "/" + asset.compass if asset.compass and not ends - {here} else ""
    return f"{' '.join(kinds) or 'road'}{part}|{' '.join(sorted(ends)) or here}"


_LETTERED = re.compile(r"\b([A-Z]{1,2})[- ]?(\d{1,4})\b")
_COUNTED = re.compile(r"\b([A-Za-z]+) (?:no\.? |number )?(\d{1,4})\b")
_NATIONAL = frozenset(("RN", "NH", "N", "R"))
"""Letters for a national road: "RN2" is "National Route 2"."""


def _number(words: str) -> str:
    """The number of a road, with its letter: "a9" of "the A-9", "2" of "RN2" and "Route Nationale 2"; or ""."""
    lettered = _LETTERED.search(words)
    if lettered:
        return lettered[2] if lettered[1] in _NATIONAL else (lettered[1] + lettered[2]).lower()
    counted = _COUNTED.search(words)
    return counted[2] if counted and counted[1].lower() in words_in("numbered") else ""


def ends_of(words: str, country: str) -> bool:
    """True where the words name an end of a road."""
    return bool(_ends(words, country))


def _ends(words: str, country: str) -> list[str]:
    """The proper names in the words, in order; a hyphen or dash parts two ("Homs-Hama road"), not two parts of one."""
    found: list[str] = []
    run: list[str] = []
    own = words_in("road_names")
    text = re.sub(r"(?<=[a-z])[-–](?=[A-Z])", " - ", words.replace("’", "'"))
    for word in [*RAW.findall(text.replace(" - ", " and ")), "and"]:
        bare = word.removesuffix("'s")
        if is_name(plain(bare), bare) and plain(bare) not in own:
            run.append(bare)
        elif run:
            found.append(names.place_key(" ".join(run), country))
            run = []
    return found or [plain(word) for word in RAW.findall(words) if word[0].isupper() and plain(word) in own]


def _name_before(sentence: str, words: str, country: str) -> str:
    """The last name in the sentence before the asset: what "it" in "the road that links it with X" stands for."""
    at = max(sentence.find(words), 0)
    before = [w for w in RAW.findall(sentence[:at]) if is_name(plain(w), w)]
    return names.place_key(before[-1], country) if before else ""


def place_kind(words: str) -> str:
    """What the words name by the gazetteer ("country", "region", "city"), a compass point before them apart; or ""."""
    first, _, rest = words.partition(" ")
    found = places.candidates(places.normal(rest if plain(first) in table("compass") else words))
    return found[0].kind if found else ""


def join(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of words that are one noun ("post office") made one token."""
    joined: dict[str, str] = load("subjects")["joined"]
    out: list[tuple[str, str]] = []
    for token in tokens:
        pair = f"{out[-1][0]} {singular(token[0])}" if out else ""
        if pair in joined:
            out[-1] = (joined[pair], joined[pair])
        else:
            out.append(token)
    return out


def singular(word: str) -> str:
    """The singular of a plain English noun."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


@lru_cache(maxsize=8192)
def noun(word: str) -> str:
    """A common noun in its class: "highways" and "motorway" are "road"."""
    return table("synonyms").get(word) or table("synonyms").get(singular(word)) or singular(word)


@lru_cache(maxsize=8192)
def known(low: str) -> bool:
    """True for a common noun of assets, though it has a capital ("Homs Airport")."""
    single = singular(low)
    return bool({low, single} & _nouns()) or low in words_in("plain")


@cache
def _nouns() -> frozenset[str]:
    listed = {word for row in load("assets")["class"] for word in row["nouns"].split()}
    return frozenset(listed) | set(table("synonyms")) | words_in("areas") | words_in("focus")


@cache
def table(name: str) -> dict[str, str]:
    """Word -> its class, for the tables whose rows list the words of a class."""
    return {word: first for first, words in load("subjects")[name].items() for word in words.split()}
