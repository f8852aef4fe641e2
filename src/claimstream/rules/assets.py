"""From a noun phrase to the natural name of an asset or of a side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from claimstream.lexicon import load
from claimstream.model import Token
from claimstream.rules.clauses import Clauses, Item
from claimstream.rules.phrases import Phrase
from claimstream.rules.words import lexicon

HELD = re.compile(r"([\w.'-]{2,60})-(held|controlled|occupied|run|ruled|administered|dominated|seized|captured)$")
_GENERIC = frozenset(("settlement", "area"))
_HALF = frozenset(("half", "part", "much", "most"))


@cache
def demonyms() -> frozenset[str]:
    """Adjectives of nations, in lower case."""
    return frozenset(load("demonyms")["words"].split())


@dataclass(slots=True)
class Named:
    """An asset as the words name it. `pron` holds the pronoun where there is no name; `generic` marks a common noun."""

    text: str
    classes: frozenset[str]
    extent: str = "all"
    place: str = ""
    pron: str = ""
    generic: bool = False
    definite: bool = False
    head: str = ""
    first: int = 0
    last: int = 0
    owner: str = ""
    none: bool = False
    held: tuple[str, ...] = field(default=())


def name_asset(clauses: Clauses, tokens: Sequence[Token], item: Item) -> Named | None:
    """What the item names: its shortest natural name, its classes, how much of it, and the place it belongs to."""
    lex = lexicon()
    phrases = clauses.phrases
    at, extent = item.at, "all"
    none = phrases[at].det in ("no", "neither", "not")
    for _ in range(4):
        phrase = phrases[at]
        share = _share(phrase, lex.shares)
        follows = (
            at + 2 < clauses.count + 0
            and at + 1 < clauses.count
            and phrases[at + 1].word == "of"
            and phrases[at + 2].kind == "np"
        )
        counted = phrase.word in (
            "number",
            "dozens",
            "scores",
            "handful",
            "string",
            "series",
            "couple",
            "control",
            "group",
            "cluster",
            "network",
            "hundreds",
            "several",
            "some",
            "all",
            "some",
            "many",
            "command",
            "possession",
            "hold",
        )
        if (
            follows
            and (share or counted or phrase.cls == "share")
            and not (
                phrase.word in ("side", "bank", "edge", "end", "suburbs", "areas")
                and phrases[at + 2].word in ("city", "river", "town")
            )
        ):
            if share and extent == "all" and phrase.det != "any":  # "not in control of any part" is of none of it
                extent = share
            directed = [m for m in phrase.mods if m in _DIRECTIONS]
            if directed and phrase.word in ("bank", "side", "shore", "end"):
                break
            if directed and phrases[at + 2].cls != "pron":
                inner = name_asset(clauses, tokens, Item(at + 2, max(item.end, at + 3)))
                if inner and inner.head == "":
                    inner.text = f"{directed[0]} {inner.text}"
                    inner.extent, inner.none, inner.first = extent, none, phrases[item.at].start
                    return inner
                if inner and inner.classes:
                    inner.text = f"{directed[0]} {phrase.word} of the {inner.text}"
                    inner.extent, inner.first, inner.definite = extent, phrases[item.at].start, False
                    return inner
            at += 2
            continue
        break
    phrase = phrases[at]
    last = phrases[max(at, item.end - 1)].end if item.end <= clauses.count else phrase.end
    if phrase.cls == "pron":
        return Named(
            phrase.word, frozenset(), extent, pron=phrase.word, first=phrases[item.at].start, last=phrase.end, none=none
        )
    classes = lex.assets.get(phrase.word, frozenset()) if phrase.cls != "name" else frozenset()
    if "border" in phrase.mods and phrase.word in ("post", "point", "gate", "station"):
        classes |= {"route"}
    if extent == "all":
        extent = _share_of_mods(phrase, lex.shares)
    text, generic = _text(phrase, tokens, classes)
    place = ""
    head = "" if phrase.cls == "name" else phrase.word
    if at + 2 < clauses.count + 1 and at + 1 < item.end and phrases[at + 1].kind == "w":
        inner = phrases[at + 2] if at + 2 < clauses.count else None
        link = phrases[at + 1].word
        if inner is not None and inner.kind == "np" and inner.cls != "time":
            inner_text, inner_generic = _text(inner, tokens, lex.assets.get(inner.word, frozenset()))
            plural = (
                phrase.plural
                and link == "of"
                and item.end + 1 < clauses.count
                and clauses.phrases[item.end].word not in (",", "and")
            )
            if (
                link == "of"
                and classes & _GENERIC
                and generic
                and phrase.plural
                and inner.cls == "asset"
                and inner_generic
            ):
                text = f"{text} of the {inner_text}"
            elif link == "of" and classes & _GENERIC and generic and (inner.cls == "name" or not inner_generic):
                text, generic = (f"{text} of {inner_text}" if plural and inner.cls != "name" else inner_text), False
            elif generic and link in ("from", "to", "between", "linking", "towards") and "route" in classes:
                text = _span(tokens, phrase, phrases[item.end - 1])
                place = inner_text if not inner_generic else ""
                generic = inner_generic
            elif (
                generic and link in ("of", "in", "at", "near", "outside") and (inner.cls == "name" or not inner_generic)
            ):
                place = inner_text
                if (
                    link == "of"
                    and inner.cls == "name"
                    and " " not in text
                    and inner.word.removesuffix("s") not in demonyms()
                ):
                    text = f"{inner_text} {text}"  # "the bridge of Mapandi" is "Mapandi bridge" elsewhere
            elif (
                generic
                and link == "of"
                and inner.cls in ("asset", "other", "side")
                and phrase.word
                in (
                    "part",
                    "side",
                    "edge",
                    "bank",
                    "half",
                    "end",
                    "outskirts",
                    "centre",
                    "center",
                    "gates",
                    "headquarters",
                    "middle",
                    "suburbs",
                )
            ):
                text = f"{text} of the {inner_text}"
    if not place and phrase.owner is not None and (phrase.owner.cls == "name"):
        place = _text(phrase.owner, tokens, frozenset())[0]
    if not text:
        return None
    return Named(
        text,
        classes,
        extent,
        place=place,
        generic=generic,
        definite=phrase.det in ("the", "this", "that", "its", "their")
        or phrase.owner is not None
        or (not phrase.det and not phrase.mods and not phrase.plural),
        head=head,
        first=phrases[item.at].start,
        last=last,
        owner=phrase.owner.word if phrase.owner else "",
        none=none or phrase.det == "no",
    )


_DIRECTIONS = frozenset(load("grammar")["directions"].split()) - {"main", "old", "inner", "outer"}


def _share(phrase: Phrase, shares: dict[str, str]) -> str:
    found = shares.get(phrase.word, "")
    if found == "part" and phrase.word in ("kilometres", "kilometers", "miles"):
        return ""
    if phrase.word == "one" or (found == "all" and ("almost" in phrase.mods or "nearly" in phrase.mods)):
        return "part" if phrase.word == "one" else "most"
    return found


def _share_of_mods(phrase: Phrase, shares: dict[str, str]) -> str:
    if phrase.det in _HALF or "half" in phrase.mods:
        return "most" if phrase.det == "most" else "part"
    return "all"


def _span(tokens: Sequence[Token], first: Phrase, last: Phrase) -> str:
    start = first.start
    while tokens[start].lower in (
        "the",
        "no",
        "any",
        "its",
        "their",
        "that",
        "this",
        "a",
        "an",
        "only",
        "last",
        "main",
        "vital",
        "strategic",
        "key",
    ):
        start += 1
    return " ".join(t.text for t in tokens[start : last.end]).replace(" 's", "'s").replace(" ’s", "’s")


def _text(phrase: Phrase, tokens: Sequence[Token], classes: frozenset[str]) -> tuple[str, bool]:
    """The name in the phrase, and whether it is only a common noun ("the main square")."""
    lex = lexicon()
    begin = phrase.owner.end + 1 if phrase.owner is not None else phrase.start
    kept: list[Token] = []
    proper = False
    for token in tokens[begin : phrase.end]:
        low = token.lower
        if low in ("'", '"', "“", "”", "’") or not (token.text[0].isalnum()):
            continue
        if (
            low in lex.closed
            or low in lex.loose
            or HELD.match(low)
            or (low in demonyms() and token is not tokens[phrase.end - 1])
        ):
            if not (token.text[0].isupper() and low in ("no", "on", "in", "old") and kept):
                continue
        if low.endswith("ly") and token.text[0].islower():
            continue
        if "-" in low and token.text[0].islower() and low.endswith(("ed", "led")):
            continue
        kept.append(token)
    names = [t for t in kept if t.text[0].isupper() and t.lower not in lex.assets]
    if len(names) == len(kept) and kept:
        proper = True
    if names and classes & _GENERIC and kept and kept[-1].lower in lex.assets:
        return " ".join(t.text for t in kept[:-1] if not (t.text[0].islower() and t.lower in lex.assets)), False
    if names and kept[0].lower in lex.assets and kept[0].text[0].islower():
        kept = [t for t in kept if t.text[0].isupper() or t.text[0].isdigit()] or kept
        proper = True
    text = " ".join(t.text for t in kept)
    if phrase.owner is not None and phrase.owner.cls == "people" and text:
        text = f"{_text(phrase.owner, tokens, frozenset())[0]}'s {text}"
    return text, not (proper or bool(names))


def name_side(clauses: Clauses, tokens: Sequence[Token], at: int) -> str:
    """The natural name of a side: its noun phrase without article and without numbers."""
    phrase = clauses.phrases[at]
    lex = lexicon()
    begin = phrase.start
    words = []
    for token in tokens[begin : phrase.end]:
        low = token.lower
        if not words and (low in lex.closed and lex.closed[low] in "DQRP"):
            continue
        if low in ("several", "some", "many", "hundreds", "dozens", "thousands") or (low[0].isdigit() and not words):
            continue
        words.append("government" if low in ("gov't", "govt") else token.text)
    if (
        phrase.word in _MADE_OF
        and at + 2 < clauses.count
        and clauses.phrases[at + 1].word in ("of", "from")
        and clauses.phrases[at + 2].kind == "np"
        and clauses.phrases[at + 2].cls in ("name", "side")
    ):
        inner = clauses.phrases[at + 2]
        words += [clauses.phrases[at + 1].word, *(t.text for t in tokens[inner.start : inner.end])]
    return " ".join(words).replace(" 's", "'s").replace(" ’s", "’s")


_MADE_OF = frozenset(
    "forces fighters men members troops columns convoys waves pockets remnants militants soldiers units elements groups alliance coalition column brigade militia rebels".split()
)
