"""Which subject a claim is about: a key that reads, and that every wording of the same subject shares.

    SY|control|military college|aleppo      SY|siege|aleppo|by state      CD|route|road gama saka
    SO|figure|killed|soldier|awdagla|incident

Two claims are only ever compared when their keys are equal, so a key holds all that makes figures incomparable: the
measure, who is counted, what restricts the count, the place, the unit and the period.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from claimstream import names
from claimstream.camps import camp
from claimstream.folding import plain, words_of
from claimstream.lexicon import load
from claimstream.model import Claim

_RAW = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_BETWEEN = frozenset(
    "from to and between with into via links link linking connects connecting leading leads joining".split()
)
_PRONOUN = frozenset("it its their them they there his her he she him".split())
_CUMULATIVE_POPULATION = frozenset(("besieged", "residents"))


def key(claim: Claim, country: str, focus: str) -> str:
    """The key of the claim's subject. `country` is the situation's ISO code, `focus` the place the article is about."""
    if claim.kind == "figure":
        parts = _figure(claim, country, focus)
    elif claim.kind == "route":
        parts = [_route(claim.asset, claim.sentence, country, claim.place or focus)]
    elif claim.kind == "siege":
        parts = _siege(claim, country, focus)
    else:
        parts = [_asset(claim.asset, country, claim.place or focus)]
    return "|".join([country or "?", claim.kind, *parts])


# Assets


def _asset(asset: str, country: str, focus: str) -> str:
    name, heads, compass, held = _parsed(asset, country)
    area = _part_of(compass, held)
    if name:
        head = " ".join(h for h in heads if h not in _areas())
        place = name + area
        return f"{head}|{place}" if head else place
    real = [h for h in heads if h not in _focus_nouns()]
    if not real and heads:
        return names.place_key(focus, country) + area
    return f"{' '.join(real) or plain(asset)}{area}|{names.place_key(focus, country)}"


def _part_of(compass: str, held: str) -> str:
    """The mark of a part of a place. Parts of a divided city are named by the compass or by who holds them."""
    return "/" + compass if compass else "/held by " + held if held else ""


@lru_cache(maxsize=65536)
def _parsed(asset: str, country: str) -> tuple[str, tuple[str, ...], str, str]:
    """(folded proper name, folded common nouns, compass part, camp that the words say holds it)."""
    words = [w for w in _RAW.findall(asset.replace("’", "'"))]
    tokens = [(plain(w), w) for w in words]
    tokens = _join(tokens)
    compass, held = "", ""
    proper: list[str] = []
    heads: list[str] = []
    for low, raw in tokens:
        low = low.removesuffix("'s")
        if low in _compass():
            compass = _compass()[low]
        elif low.endswith(("-held", "-controlled", "-run")):
            held = _rough(camp(raw.rsplit("-", 1)[0], country))
        elif low in _determiners() and not (raw[:1].isupper() and proper):
            continue
        elif raw[:1].isupper() and _noun(low) not in _known_nouns():
            proper.append(raw.removesuffix("'s"))
        elif low in ("rebel", "rebels", "opposition", "insurgent"):
            held = "rebel"
        elif low not in _plain() or low == "town" or low == "city":
            heads.append(_noun(low))
    if not proper and not heads:
        heads = [_noun(low) for low, _ in tokens if low not in _compass()] or ["area"]
    return names.place_key(" ".join(proper), country) if proper else "", tuple(dict.fromkeys(heads)), compass, held


def _join_words(words: list[str]) -> list[str]:
    return [token for token, _ in _join([(word, word) for word in words])]


def _join(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    joined = _words_table("joined")
    out: list[tuple[str, str]] = []
    for token in tokens:
        pair = f"{out[-1][0]} {_singular(token[0])}" if out else ""
        if pair in joined:
            out[-1] = (joined[pair], joined[pair])
        else:
            out.append(token)
    return out


def _siege(claim: Claim, country: str, focus: str) -> list[str]:
    """A siege is of a place. A divided city may have two: the one of its government-held part stands apart."""
    name, heads, compass, held = _parsed(claim.asset, country)
    place = name or names.place_key(claim.place or focus, country)
    part = bool(compass or held) or (not name and bool(heads))
    by_rebels = bool(claim.side) and _rough(camp(claim.side, country)) == "rebel"
    if held == "state" or (part and by_rebels and held != "rebel"):
        return [f"{place}/held by state"]
    return [place]


def _rough(side: str) -> str:
    """The camp without the country: "state", "rebel", or the name of the group; "" for unknown words."""
    kind, _, name = side.partition(":")
    return name if kind in ("group", "force") else "" if kind == "other" else kind


def _route(asset: str, sentence: str, country: str, focus: str) -> str:
    """A road by its end points, in any order; else by its kind and the place that it belongs to."""
    raw = _RAW.findall(asset.replace("’", "'").replace("-", " ").replace("–", " "))
    ends: list[str] = []
    run: list[str] = []
    for word in [*raw, "and"]:
        low = plain(word).removesuffix("'s")
        if word[:1].isupper() and low not in _compass() and _noun(low) not in _known_nouns():
            run.append(word.removesuffix("'s"))
            continue
        if run:
            ends.append(names.place_key(" ".join(run), country))
            run = []
        if low in _PRONOUN and any(plain(w) in _BETWEEN for w in raw):
            before = _name_before(sentence, asset)
            ends += [names.place_key(before, country)] if before else []
    if len(ends) == 1 and "-" in asset.replace("–", "-"):
        halves = [h for h in re.split(r"[-–]", asset) if h[:1].isupper()]
        ends = [
            names.place_key(
                " ".join(w for w in _RAW.findall(h) if w[:1].isupper() and _noun(plain(w)) not in _known_nouns())
            )
            for h in halves
        ] or ends
    _, heads, _, _ = _parsed(" ".join(w for w in raw if plain(w) not in _BETWEEN and plain(w) not in _PRONOUN), country)
    head = " ".join(heads) if heads and heads != ("area",) else "road"
    if ends:
        return f"{head}|{' '.join(sorted(set(ends)))}"
    return f"{head}|{names.place_key(focus, country)}"


def _name_before(sentence: str, asset: str) -> str:
    """The last name in the sentence before the asset: what "it" in "the road that links it with X" stands for."""
    at = sentence.find(asset)
    names = [
        w
        for w in _RAW.findall(sentence[: at if at >= 0 else 0])
        if w[:1].isupper() and _noun(plain(w)) not in _known_nouns()
    ]
    return names[-1] if names else ""


# Figures


def _figure(claim: Claim, country: str, focus: str) -> list[str]:
    who, rest = _counted(claim.who, claim.sentence, country, claim.high == 0)
    measure = claim.measure
    place = claim.place or ("" if claim.scope == "total" else focus)
    if measure in ("groups",):
        place = focus
    name, heads, compass, held = _parsed(place, country) if place else ("", (), "", "")
    if measure in _CUMULATIVE_POPULATION:
        part = _population_part(compass, held, claim.sentence, country)
        if part or measure == "besieged":
            measure, who = "population", "people" if who == "civilian" else who
        where = (name or names.place_key(focus, country)) + part
    else:
        where = _place(name, heads, compass, held, names.place_key(focus, country))
    parts = [measure, who, *([rest] if rest else []), where]
    if claim.unit:
        parts.append(claim.unit)
    if not claim.total:
        parts.append("part")
    parts.append(claim.scope if not claim.since else f"{claim.scope} since {plain(claim.since)}")
    return parts


def _place(name: str, heads: tuple[str, ...], compass: str, held: str, focus: str) -> str:
    real = " ".join(h for h in heads if h not in _areas() and h not in _focus_nouns())
    where = name or focus
    return (f"{real} {where}" if real else where) + _part_of(compass, held)


def _population_part(compass: str, held: str, sentence: str, country: str) -> str:
    """The part of a divided place that people live in, by its holder where the sentence names one."""
    if not compass and not held:
        return ""
    if held:
        return f"/{held}-held"
    for word in words_of(sentence):
        if word.endswith(("-held", "-controlled")):
            side = _rough(camp(word.rsplit("-", 1)[0], country))
            if side:
                return f"/{side}-held"
    return "/" + compass


def _counted(who: str, sentence: str, country: str, none: bool) -> tuple[str, str]:
    """(class of those counted, the words that restrict the count).

    The noun stands before the first preposition; what follows restricts ("patients in the compound"), but for "of"
    after a noun that says nothing ("members of the security forces"). "Its dead" and "not one man" are of the side that
    the sentence names (`none`: the count is zero).
    """
    words = _join_words(words_of(who))
    head, tail = _split_at_preposition(words)
    table = _who_table()
    classes = [table[w] for w in head if w in table]
    cls = next((c for c in classes if c != "people"), "people" if classes else "")
    if cls in ("", "people") and not tail and (_OWN & set(head) or (none and _MAN & set(head))):
        cls = next((table[w] for w in words_of(sentence) if table.get(w) in _SIDES), cls)
    rest = [w for w in head if w not in table and w not in _fill()] + [w for w in tail if w not in _fill()]
    rest += [w for w in words if w in _restrict() and w not in rest]
    if none:
        rest = []
    group = _SIDES.get(cls, "") or (
        _side_name(" ".join(head), who, country) if cls in ("", "people", "fighter") else ""
    )
    if group:
        rest = [w for w in rest if not _names_side(w, group, who, country)]
    return group or cls or "things", " ".join(sorted(dict.fromkeys(_singular(w) for w in rest)))


def _split_at_preposition(words: list[str]) -> tuple[list[str], list[str]]:
    for n, word in enumerate(words):
        if word in _PREPOSITIONS and not (
            word == "of" and all(_who_table().get(w) == "people" or w in _fill() for w in words[:n])
        ):
            return words[:n], words[n + 1 :]
    return words, []


def _side_name(head: str, who: str, country: str) -> str:
    """The side that the counted people belong to, for a phrase that names one ("Taliban", "government forces")."""
    if not head:
        return ""
    found = camp(_as_written(head, who), country)
    return "state forces" if found == f"state:{country}" else _rough(found) if not found.startswith("state:") else ""


def _as_written(words: str, text: str) -> str:
    """The words with the capitals that they have in the text."""
    return " ".join(w for w in _RAW.findall(text) if plain(w).removesuffix("'s") in words.split()) or words


def _names_side(word: str, group: str, who: str, country: str) -> bool:
    key = names.side_key(_as_written(word, who), country)
    return bool(key) and (
        _rough(key) == group or _rough(names.camp(key, country)) == group or key == f"state:{country}"
    )


_PREPOSITIONS = frozenset(
    "of to in at by from on with within under inside among including during after since for as".split()
)
_OWN = frozenset("its their his".split())
_MAN = frozenset("man men one".split())
_SIDES = {"soldier": "state forces", "police": "state forces", "militant": "rebel"}


# Tables


@cache
def _determiners() -> frozenset[str]:
    return frozenset(load("subjects")["determiners"].split())


@cache
def _compass() -> dict[str, str]:
    return {word: part for part, words in load("subjects")["compass"].items() for word in words.split()}


@cache
def _synonyms() -> dict[str, str]:
    return {word: first for first, words in load("subjects")["synonyms"].items() for word in words.split()}


@cache
def _words_table(name: str) -> dict[str, str]:
    table: dict[str, str] = load("subjects")[name]
    return table


@cache
def _areas() -> frozenset[str]:
    return frozenset(load("subjects")["areas"]["nouns"].split())


@cache
def _focus_nouns() -> frozenset[str]:
    return frozenset(load("subjects")["areas"]["focus"].split())


@cache
def _plain() -> frozenset[str]:
    return frozenset(load("subjects")["plain"]["words"].split())


@cache
def _who_table() -> dict[str, str]:
    return {word: cls for cls, words in load("subjects")["who"].items() for word in words.split()}


@cache
def _fill() -> frozenset[str]:
    return frozenset(load("subjects")["fill"]["words"].split())


@cache
def _restrict() -> frozenset[str]:
    return frozenset(load("subjects")["restricting"]["words"].split())


@cache
def _known_nouns() -> frozenset[str]:
    """Common nouns that are no name even with a capital ("Kunduz Airport")."""
    return frozenset(_synonyms().values()) | frozenset(_synonyms()) | _areas() | _focus_nouns() | _plain()


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        return word[:-1]
    return word


@lru_cache(maxsize=8192)
def _noun(word: str) -> str:
    """A common noun in its class: "highways" and "motorway" are "road"."""
    table = _synonyms()
    if word in table:
        return table[word]
    single = _singular(word)
    return table.get(single, single)
