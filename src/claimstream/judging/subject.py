"""Which subject a claim is about: a key that reads, and that every wording of the same subject shares.

    SY|control|military college|hums      SY|siege|hums        SY|route|road|hama hums
    SY|figure|killed|state forces|hama|incident

Two claims are only ever compared when their keys are equal, so a key holds all that makes figures incomparable: the
measure, who is counted, what restricts the count, the place, the unit and the period.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial

from claimstream.judging import answering, countkey, sentence_words
from claimstream.judging.assetkey import (
    Asset,
    ends_of,
    parse,
    place,
    place_kind,
    rough,
    route,
    several,
    words_in,
)
from claimstream.judging.camps import camp
from claimstream.judging.folding import plain, words_of
from claimstream.lexicon import names, places
from claimstream.model import Claim, altered

_CLAUSE = 90
"""Characters between two counts of one clause."""
_STATE_HELD = "/held by state"
_ROADS = frozenset(("road", "route", "corridor", "bridge", "crossing"))


def key(claim: Claim, country: str, focus: str, natural: bool = False) -> str:
    """The key of the claim's subject. `country` is the situation's ISO code, `focus` the place the article is about.

    In a disaster of nature (`natural`) a count of people without a place is of all that it struck.
    """
    if claim.kind == "figure":
        at_large = natural and not claim.place and claim.measure in words_in("people_measures")
        rest = countkey.count(claim, country, "" if at_large else focus)
    else:
        asset = parse(sentence_words.instance(claim) or claim.asset, country)
        if asset.heads == ("airport",) and asset.name and claim.place and _known(claim.place):
            rest = place(asset._replace(name=""), country, focus, claim.place)  # "Roe International Airport in Belen"
        elif claim.kind == "siege":
            rest = _siege(claim, asset, country, focus)
        elif claim.kind == "route" or (asset.heads and asset.heads[0] in _ROADS and (asset.name or "-" in claim.asset)):
            rest = route(claim.asset, claim.sentence, country, focus, claim.place)
        else:
            rest = place(asset, country, focus, _no_country(claim.place), several(claim.asset))
    return f"{country or '?'}|{claim.kind}|{rest}"


def _no_country(at: str) -> str:
    """The place, unless it is a country, or a part of one ("north-eastern Arpa"): that is no place for a building."""
    return "" if place_kind(at) == "country" else at


def together(claims: Sequence[Claim], country: str, focus: str, natural: bool = False) -> list[Claim]:
    """The claims of one article; what names no place joins the only thing of its kind that the article names.

    In an article on "the highway from Kabul", "the highway" is that one; where 11 died in a town, "we received 11
    bodies" is of that town.
    """
    keyed = partial(key, country=country, focus=focus, natural=natural)
    claims = _counted_alike(_unpeopled(claims, keyed), keyed)
    claims = claims if natural else _placed(claims, country, keyed)
    mixed = len({bool(claim.place) for claim in claims if claim.kind == "figure"}) > 1
    kinds = [_kind(claim, country) if mixed or claim.kind != "figure" else ("", True) for claim in claims]
    asked = {kind for kind, placed in kinds if kind and not placed}
    subjects: dict[str, set[str]] = {kind: set() for kind in asked}
    numbers: dict[str, set[float]] = {kind: set() for kind in asked}
    for claim, (kind, placed) in zip(claims, kinds, strict=True):
        if placed and kind in asked:
            subjects[kind].add(keyed(claim))
            numbers[kind].update(n for n in (claim.low, claim.high) if n is not None)
    out: list[Claim] = []
    for claim, (kind, placed) in zip(claims, kinds, strict=True):
        joins = kind in asked and not placed and len(subjects[kind]) == 1
        if joins and claim.kind == "figure":
            joins = not {claim.low, claim.high}.isdisjoint(numbers[kind])
        out.append(altered(claim, subject=min(subjects[kind])) if joins else claim)
    return answering.answered(_one_siege(_the_same(out)))


def _one_siege(claims: list[Claim]) -> list[Claim]:
    """The siege of one thing is one, whether or not a sentence says whose: "The palace is not encircled, he said"."""
    held = {_last_word(claim.asset): claim.subject for claim in claims if claim.subject.endswith(_STATE_HELD)}
    for n, claim in enumerate(claims):
        whole = held.get(_last_word(claim.asset), "") if held and claim.kind == "siege" and not claim.side else ""
        if whole == f"{claim.subject}{_STATE_HELD}":
            claims[n] = altered(claim, subject=whole)
    return claims


def _the_same(claims: list[Claim]) -> list[Claim]:
    """ "The same road" is the one of its kind that was named just before."""
    last: dict[str, str] = {}
    for n, claim in enumerate(claims):
        if claim.kind != "route":
            continue
        kind = _last_word(claim.asset)
        if kind in last and f"same {kind}" in claim.sentence:
            claims[n] = altered(claim, subject=last[kind])
        last[claim.subject.split("|")[2]] = claims[n].subject
    return claims


def _last_word(asset: str) -> str:
    return plain(asset).rpartition(" ")[2]


def _unpeopled(claims: Sequence[Claim], keyed: Callable[[Claim], str]) -> Sequence[Claim]:
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

    freed = {n: altered(claim, place="") for n, claim in enumerate(claims) if wrong(claim)}
    for n, claim in freed.items():
        freed[n] = altered(claim, subject=keyed(claim))
    return [freed.get(n, claim) for n, claim in enumerate(claims)] if freed else claims


def _counted_alike(claims: Sequence[Claim], keyed: Callable[[Claim], str]) -> Sequence[Claim]:
    """Those who are counted behind others of a sentence in no noun of their own are of the same kind.

    "Twenty soldiers were killed and 34 wounded."
    """
    out: list[Claim] = []
    before: Claim | None = None
    for claim in claims:
        if claim.kind != "figure" or claim.measure not in words_in("people_measures"):
            out.append(claim)
            continue
        bare = not claim.who or set(words_of(claim.who)) <= words_in("casualties")
        if before is not None and bare and _goes_on(before, claim):
            out.append(altered(claim, subject=keyed(altered(claim, who=before.who))))
        else:
            out.append(claim)
            before = None if bare else claim
    return out


def _goes_on(before: Claim, claim: Claim) -> bool:
    """True where a count of another measure follows in the same clause."""
    if claim.sentence != before.sentence or claim.measure == before.measure or claim.in_title != before.in_title:
        return False
    begin = claim.sentence.find(before.words) + len(before.words)
    end = claim.sentence.find(claim.words, begin) if claim.words else -1
    between = claim.sentence[begin:end]
    return end >= 0 and len(between) <= _CLAUSE and not set(between) & set(".;:")


def _placed(claims: Sequence[Claim], country: str, keyed: Callable[[Claim], str]) -> Sequence[Claim]:
    """Where an article counts people in one place only, its counts without a place are of that place."""
    counts = [_counts_people(claim) for claim in claims]
    spots = {claim.place for claim, counted in zip(claims, counts, strict=True) if counted and claim.place}
    if len({key_of for spot in spots if (key_of := names.place_key(spot, country))}) != 1:
        return claims
    spot = min(spots)
    if names.country_name(country) == spot and not any(spot in claim.sentence for claim in claims):
        return claims  # "in the whole country" tells of some counts that the others are not so wide
    things = set(parse(spot, country).heads) - words_in("areas") - words_in("focus")
    if _minor(spot, claims):
        return claims
    return [
        altered(claim, subject=keyed(altered(claim, place=spot)))
        if counted and not claim.place and not sentence_words.site(claim) and (claim.high == 0 or not things)
        else claim
        for claim, counted in zip(claims, counts, strict=True)
    ]


def _minor(spot: str, claims: Iterable[Claim]) -> bool:
    """True for a quarter of a town, and for an office taken for a place: other counts are not of these."""
    if not words_in("offices").isdisjoint(words_of(spot)):
        return True
    return any(_before_quarter(spot, claim.sentence[:2000]) for claim in claims if claim.place == spot)


def _before_quarter(spot: str, text: str) -> bool:
    """True where the text has the place with a word for a part of a town behind it ("Sarab neighbourhood")."""
    parts = text.split(f"{spot} ")
    return any(_quarter().match(part) for part in parts[1:])


@cache
def _quarter() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(words_in('quarters')))})\b")


def _known(spot: str) -> bool:
    """True for a place of the gazetteer, or in one."""
    return any(places.candidates(places.normal(part)) for part in (spot, *spot.split(",")))


def _counts_people(claim: Claim) -> bool:
    people = claim.kind == "figure" and claim.measure in words_in("people_measures")
    return people and claim.scope == "incident" and not claim.background


def _kind(claim: Claim, country: str) -> tuple[str, bool]:
    """(what the claim is of, its place apart; whether the claim names the place). "" for what never joins another."""
    if claim.kind == "figure":
        return key(altered(claim, place="") if claim.place else claim, country, ""), bool(claim.place)
    asset = parse(claim.asset, country)
    if not asset.heads or asset.part() or (not asset.name and claim.place):
        return "", False
    named = bool(asset.name) or (claim.kind == "route" and ends_of(claim.asset, country))
    return f"{claim.kind} {' '.join(asset.heads)}", named


def _siege(claim: Claim, asset: Asset, country: str, focus: str) -> str:
    """A siege is of a place. A divided city may have two: that of its government-held part stands apart."""
    where = asset.name or names.place_key(claim.place or focus, country)
    things = set(asset.heads) - words_in("focus")
    part = bool(asset.compass or asset.held) or (not asset.name and bool(things))
    if any(char.isdigit() for char in claim.place):
        return where  # a unit's own ground, which nobody else shares
    by_rebels = bool(claim.side) and rough(camp(claim.side, country)) == "rebel"
    if asset.held == "state" or (part and by_rebels and asset.held != "rebel"):
        return f"{where}{_STATE_HELD}"
    return where
