"""Which subject a claim is about: a key that reads, and that every wording of the same subject shares.

    SY|control|military college|hums      SY|siege|hums        SY|route|road|hama hums
    SY|figure|killed|state forces|hama|incident

Two claims are only ever compared when their keys are equal, so a key holds all that makes figures incomparable: the
measure, who is counted, what restricts the count, the place, the unit and the period.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from claimstream.judging import sentence_words
from claimstream.judging.assetkey import (
    Asset,
    ends_of,
    join,
    parse,
    place,
    rough,
    route,
    several,
    singular,
    table,
    words_in,
)
from claimstream.judging.camps import camp
from claimstream.judging.comparing import all_fighters
from claimstream.judging.folding import plain, words_of
from claimstream.lexicon import names, places
from claimstream.model import Claim

_ROADS = frozenset(("road", "route", "corridor", "bridge", "crossing"))
_PEOPLE_LIVING = frozenset(("besieged", "residents"))
_PREPOSITIONS = frozenset(
    "of to in at by from on with within under inside among including during after since for as".split()
)
_ARRESTS = frozenset("arrest arrests arrested arresting custody charged suspects".split())
_PEOPLES = frozenset(("displaced", "besieged", "residents", "in_need"))
"""Measures of everybody in a place: those of a faith or tribe by name are they."""
_OF_FOCUS = frozenset(("groups",))
"""Measures of a whole battle, whichever place of it the sentence names."""
_OWN = frozenset(("our", "its", "own", "comrades", "brothers"))
_CALENDAR = frozenset(("month", "week", "year"))
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday dawn morning midday".split())
_SIDES = {"soldier": "state forces", "police": "state forces", "militant": "rebel"}


def key(claim: Claim, country: str, focus: str) -> str:
    """The key of the claim's subject. `country` is the situation's ISO code, `focus` the place the article is about."""
    if claim.kind == "figure":
        rest = _figure(claim, country, focus)
    else:
        asset = parse(sentence_words.instance(claim) or claim.asset, country)
        if claim.kind == "siege":
            rest = _siege(claim, asset, country, focus)
        elif claim.kind == "route" or (asset.heads and asset.heads[0] in _ROADS and (asset.name or "-" in claim.asset)):
            rest = route(claim.asset, claim.sentence, country, focus, claim.place)
        else:
            rest = place(asset, country, focus, "" if _too_wide(claim.place) else claim.place, several(claim.asset))
    return f"{country or '?'}|{claim.kind}|{rest}"


def _too_wide(at: str) -> bool:
    """True for a country, or a part of one by the compass ("north-eastern Arpa"): no place for a building."""
    first, _, rest = at.partition(" ")
    found = places.candidates(places.normal(rest if plain(first) in table("compass") else at))
    return bool(found) and found[0].kind == "country"


def together(claims: Sequence[Claim], country: str, focus: str) -> list[Claim]:
    """The claims of one article; what names no place joins the only thing of its kind that the article names.

    In an article on "the highway from Kabul", "the highway" is that one; where 11 died in a town, "we received 11
    bodies" is of that town.
    """
    claims = _placed(_unpeopled(claims, country, focus), country, focus)
    mixed = len({bool(claim.place) for claim in claims if claim.kind == "figure"}) > 1
    kinds = [_kind(claim, country) if mixed or claim.kind != "figure" else ("", True) for claim in claims]
    asked = {kind for kind, placed in kinds if kind and not placed}
    subjects: dict[str, set[str]] = {kind: set() for kind in asked}
    numbers: dict[str, set[float]] = {kind: set() for kind in asked}
    for claim, (kind, placed) in zip(claims, kinds, strict=True):
        if placed and kind in asked:
            subjects[kind].add(key(claim, country, focus))
            numbers[kind].update(n for n in (claim.low, claim.high) if n is not None)
    out: list[Claim] = []
    for claim, (kind, placed) in zip(claims, kinds, strict=True):
        joins = kind in asked and not placed and len(subjects[kind]) == 1
        if joins and claim.kind == "figure":
            joins = not {claim.low, claim.high}.isdisjoint(numbers[kind])
        out.append(replace(claim, subject=min(subjects[kind])) if joins else claim)
    return out


def _unpeopled(claims: Sequence[Claim], country: str, focus: str) -> Sequence[Claim]:
    """Counts that are put at somebody's name, or where a power has its seat, are of no place that the claim names.

    "Rose Mwana, of the union, named 94"; "the health ministry in Arpa recorded 40 dead".
    """
    speakers = {claim.attribution for claim in claims if claim.attribution}
    people = " | ".join(sorted(speakers))

    def wrong(claim: Claim) -> bool:
        if claim.kind != "figure" or not claim.place:
            return False
        if " " in claim.place and claim.place in people and not _known(claim.place):
            return not any(f" {led} {claim.place}" in people for led in ("in", "of", "at", "near", "from"))
        seat = claim.interest and claim.attribution.endswith((f" in {claim.place}", f" of {claim.place}"))
        return bool(seat) and claim.sentence.count(claim.place) == 1

    freed = {n: replace(claim, place="") for n, claim in enumerate(claims) if wrong(claim)}
    for n, claim in freed.items():
        freed[n] = replace(claim, subject=key(claim, country, focus))
    return [freed.get(n, claim) for n, claim in enumerate(claims)] if freed else claims


def _placed(claims: Sequence[Claim], country: str, focus: str) -> Sequence[Claim]:
    """Where an article counts people in one place only, its counts without a place are of that place."""
    counts = [_counts_people(claim) for claim in claims]
    spots = {claim.place for claim, counted in zip(claims, counts, strict=True) if counted and claim.place}
    if len({key_of for spot in spots if (key_of := names.place_key(spot, country))}) != 1:
        return claims
    spot = min(spots)
    things = set(parse(spot, country).heads) - words_in("areas") - words_in("focus")
    if things or _minor(spot, claims):
        return claims
    return [
        replace(claim, subject=key(replace(claim, place=spot), country, focus))
        if counted and not claim.place and not sentence_words.site(claim)
        else claim
        for claim, counted in zip(claims, counts, strict=True)
    ]


def _minor(spot: str, claims: Iterable[Claim]) -> bool:
    """True for a quarter of a town, and for an office taken for a place: other counts are not of these."""
    if not words_in("offices").isdisjoint(words_of(spot)):
        return True
    after = re.compile(rf"{re.escape(spot)} (?:{'|'.join(sorted(words_in('quarters')))})\b")
    return any(after.search(claim.sentence[:2000]) for claim in claims if claim.place == spot)


def _known(spot: str) -> bool:
    """True for a place of the gazetteer, or in one."""
    return any(places.candidates(places.normal(part)) for part in (spot, *spot.split(",")))


def _counts_people(claim: Claim) -> bool:
    people = claim.kind == "figure" and claim.measure in words_in("people_measures")
    return people and claim.scope == "incident" and not claim.background


def _kind(claim: Claim, country: str) -> tuple[str, bool]:
    """(what the claim is of, its place apart; whether the claim names the place). "" for what never joins another."""
    if claim.kind == "figure":
        return key(replace(claim, place=""), country, ""), bool(claim.place)
    asset = parse(claim.asset, country)
    if not asset.heads or asset.part() or (not asset.name and claim.place):
        return "", False
    named = bool(asset.name) or (claim.kind == "route" and ends_of(claim.asset, country))
    return f"{claim.kind} {' '.join(asset.heads)}", named


def _siege(claim: Claim, asset: Asset, country: str, focus: str) -> str:
    """A siege is of a place. A divided city may have two: that of its government-held part stands apart."""
    where = asset.name or names.place_key(claim.place or focus, country)
    part = bool(asset.compass or asset.held) or (not asset.name and bool(asset.heads))
    by_rebels = bool(claim.side) and rough(camp(claim.side, country)) == "rebel"
    if asset.held == "state" or (part and by_rebels and asset.held != "rebel"):
        return f"{where}/held by state"
    return where


# Figures


def _figure(claim: Claim, country: str, focus: str) -> str:
    who, restricted = _counted(claim, country)
    measure = claim.measure
    if measure == "missing" and who in ("things", "people", "civilian", "staff", "patient"):
        who, restricted = "people", ""
    if measure == "detained" and who == "things" and set(restricted.split()) <= words_in("trades"):
        who, restricted = "people", ""
    if measure == "detained" and who in ("prisoner", "people"):
        who, restricted = "hostage" if _held_hostage(claim) else "people", ""
    if measure == "residents" and who in ("things", "people", "refugee"):
        who, restricted = "people", sentence_words.lived(claim)
    if who == "things" and measure in _PEOPLES and restricted and _a_people(claim.who, restricted):
        who, restricted = "people", ""
    if all_fighters(claim):
        who, restricted = "people", ""
    if who == "things" and not restricted and measure in words_in("people_measures"):
        who = "people"
    said = focus if measure in _OF_FOCUS else claim.place or ("" if claim.scope == "total" else focus)
    site = sentence_words.site(claim) if measure in words_in("people_measures") and not claim.place else ""
    said = sentence_words.nearer_place(claim) or said
    if _within_town(said, claim.sentence) or (claim.scope == "incident" and f"{said}'s " in claim.sentence):
        said = focus
    where, here = parse(said, country) if said else Asset("", (), (), "", ""), names.place_key(focus, country)
    spot = _spot(where, here)
    if who in _SIDES.values() and not where.name:
        spot = here + where.part()  # the losses of a side in a battle, whichever building the sentence names
    lived_in = measure in _PEOPLE_LIVING
    if lived_in:
        part = _living_part(where, claim.sentence, country)
        if part or measure == "besieged":
            measure, who = "population", "people" if who == "civilian" else who
        spot = (where.name or here) + part
    spot = f"{names.place_key(site, country)} {spot}" if site else spot
    whole = claim.total and (not sentence_words.part(claim) or sentence_words.all_in(claim, said))
    parts = [measure, who, restricted, spot, claim.unit or "", "" if whole else "part"]
    since = "" if lived_in else _since(claim.since)
    period = f"{claim.scope} since {since}" if since else claim.scope
    return "|".join([p for p in parts if p] + [period])


def _a_people(who: str, counted: str) -> bool:
    """True for the name of a tribe or faith ("Yazidis"), which is nobody's from abroad ("Britons")."""
    names_of = [w for w in who.split() if w[:1].isupper()]
    if " " in counted or len(names_of) != 1 or singular(plain(names_of[0])) != counted:
        return False
    return places.normal(names_of[0]) not in names.default().people


def _held_hostage(claim: Claim) -> bool:
    """True where the sentence speaks of hostages, and not of arrests as well."""
    words = set(words_of(claim.sentence))
    return not words.isdisjoint(words_in("hostages")) and words.isdisjoint(_ARRESTS)


def _within_town(place: str, sentence: str) -> bool:
    """True for a street or junction ("at Zubair junction"), or a name that no gazetteer has in "the Zubair bombing"."""
    if not place or any(w in words_in("thoroughfares") for w in words_of(place)):
        return bool(place)
    _, found, after = sentence.partition(place)
    following = (words_of(after[:30]) or ("",))[0] if found else ""
    if following in words_in("thoroughfares"):
        return True
    proper = place[:1].isupper()
    return proper and following in words_in("attacks") and not places.candidates(places.normal(place))


def _spot(where: Asset, here: str) -> str:
    """Where figures are of: a named place; a thing in the place of the article ("hospital homs")."""
    if where.name and where.name != here:
        return where.name + where.part()
    things = " ".join(h for h in where.heads if h not in words_in("areas") and h not in words_in("focus"))
    return (f"{things} {here}" if things else here) + where.part()


def _living_part(where: Asset, sentence: str, country: str) -> str:
    """The part of a divided place that people live in, by its holder where the sentence names one."""
    held = where.held
    for word in words_of(sentence):
        if not held and word.endswith(("-held", "-controlled")):
            held = rough(camp(word.rsplit("-", 1)[0], country))
    return f"/held by {held}" if held else where.part()


def _since(words: str) -> str:
    """The date or event that a count runs from, in its content words: "since the siege began" -> "began siege".

    A day of the week counts for nothing: "since Monday" is the incident that the article is about.
    """
    said = words_of(words)
    found = [w for w in said if w in _CALENDAR or not (w in words_in("fill") or w in words_in("determiners"))]
    return "" if set(found) <= _WEEKDAYS else " ".join(sorted(set(found)))


def _counted(claim: Claim, country: str) -> tuple[str, str]:
    """(class of those counted, the words that restrict the count).

    The noun stands before the first preposition; what follows restricts ("patients in the compound"), but for "of"
    after a noun that says nothing ("members of the security forces"). "Its dead" are of the side that the sentence
    names first, and so are the men in "not one man".
    """
    who = sentence_words.counted(claim) or sentence_words.counted_before(claim)
    words = [token for token, _ in join([(w, w) for w in words_of(who)])]
    head, tail = _parted(words)
    classes = [table("who")[w] for w in head if w in table("who")]
    cls = next((c for c in classes if c != "people"), "people" if classes else "")
    none = claim.high == 0
    if cls in ("", "people") and not tail and ("its" in head or (none and {"man", "men", "one"} & set(head))):
        cls = next((table("who")[w] for w in words_of(claim.sentence) if table("who").get(w) in _SIDES), cls)
    rest = [] if none else [w for w in head if w not in table("who") and w not in words_in("fill")]
    rest += [] if none else [w for w in tail if w not in words_in("fill")]
    rest += [w for w in words if w in words_in("restrict") and w not in rest]
    if "and" in head and classes and not {"women", "children", *_SIDES} & set(classes):
        cls, rest = "people", []  # "patients and visitors": several kinds together are people
    group = _by_speaker(words, cls, claim.interest, country) or _loser(claim, cls, country)
    if group:
        rest = [w for w in rest if w in words_in("restrict")]
    group = group or _SIDES.get(cls, "")
    if not group and cls in ("", "people", "fighter"):
        group = _side(" ".join(head), who, country)
        if not group and tail and _side(" ".join(tail), who, country):
            group, rest = _side(" ".join(tail), who, country), []
        own_dead = cls != "fighter" and sentence_words.own_dead(claim)
        if not group and claim.interest and (own_dead or (cls == "fighter" and _own(claim))):
            group, rest = _named_side(claim.interest, country), []
    if not group and words_in("hostile") & set(head):
        cls, rest = "fighter", [w for w in rest if w not in words_in("hostile")]
    rest = [w for w in rest if w in words_in("restrict") or not _says_nothing(w, claim)]
    if group:
        rest = [w for w in rest if not _same_side(w, group, who, country)]
    return group or cls or "things", " ".join(sorted({singular(w) for w in rest}))


def _by_speaker(words: Sequence[str], cls: str, interest: str, country: str) -> str:
    """Whose the counted are where only the speaker's side tells: "our men", "bodies of the enemy", "the terrorists"."""
    if not interest:
        return ""
    said = set(words)
    state = interest == f"state:{country}"
    if "our" in said and not {"people", "civilians", "citizens"} & said:
        return _named_side(interest, country)
    if said & words_in("hostile") or (state and cls in ("militant", "fighter") and not said & _OWN):
        return "rebel" if state else "" if interest.startswith("state:") else "state forces"
    return ""


def _loser(claim: Claim, cls: str, country: str) -> str:
    """The side that the sentence says lost them: "the army gave three martyrs", "the rebels left 48 bodies"."""
    if cls not in ("", "people", "fighter"):
        return ""
    who = sentence_words.loser(claim)
    words = words_of(who)
    if claim.interest and words_in("hostile") & set(words):
        return _by_speaker(words, "", claim.interest, country)
    classes = [table("who")[w] for w in words if w in table("who")]
    return next((_SIDES[c] for c in classes if c in _SIDES), "") or (_side(who, who, country) if who else "")


def _says_nothing(word: str, claim: Claim) -> bool:
    """True for what the measure or the place says already: "people held", "tents put up", "people of Varto"."""
    verb = word.endswith(("ed", "ing")) or word in words_in("participles")
    return verb or word in words_of(claim.place)


def _parted(words: list[str]) -> tuple[list[str], list[str]]:
    for n, word in enumerate(words):
        empty = all(table("who").get(w) == "people" or w in words_in("fill") for w in words[:n])
        if word in _PREPOSITIONS and not (word == "of" and empty):
            return words[:n], words[n + 1 :]
    return words, []


def _side(head: str, who: str, country: str) -> str:
    """The side that the counted people belong to, for a phrase that names one ("Taliban", "government forces")."""
    return _named_side(camp(_as_written(head, who), country), country) if head else ""


def _named_side(found: str, country: str) -> str:
    if found.startswith(("state:", "armed:")):
        return "state forces" if found == f"state:{country}" else ""
    return rough(found)


def _own(claim: Claim) -> bool:
    """True where the speaker counts the losses of its own side: "it lost three fighters", "six of our men"."""
    return bool({"its", "our", "comrades", "brothers"} & set(words_of(claim.who))) or sentence_words.lost(claim)


def _as_written(words: str, text: str) -> str:
    """The words with the capitals that they have in the text."""
    wanted = set(words.split())
    return " ".join(w for w in text.split() if plain(w).removesuffix("'s") in wanted) or words


def _same_side(word: str, group: str, who: str, country: str) -> bool:
    side = names.side_key(_as_written(word, who), country)
    return bool(side) and (group in (rough(side), rough(names.camp(side, country))) or side == f"state:{country}")
