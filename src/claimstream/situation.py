"""Which war or disaster an article is about: its country, which is the key of the stream, and its focus place.

The country is found by weighed mentions of places, peoples and armed groups (weights in lexicon/situation.toml). Powers
that act in many wars, and capitals where reporters sit, weigh little.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from claimstream.lexicon import load
from claimstream.model import Article, Sentence
from claimstream.names import Name, NameBook, default, find, place_key
from claimstream.places import candidates

_DATA = load("situation")
_WEIGHT: dict[str, float] = _DATA["weight"]
_POWERS = frozenset(_DATA["powers"].split())
_STRIFE = frozenset(_DATA["strife"].split())
_DATELINE = re.compile(r"^[^\n]{2,60}?(?: - | [–—] |\) ?[-–—]|: )")


@dataclass(frozen=True, slots=True)
class Situation:
    """`country` is the ISO code and the partition key ("" = not found). `place` is the town or region most spoken of.

    `share` is the country's part of all weight (0..1): how sure the choice is. `place_key` is the place's folded key.
    """

    country: str
    place: str = ""
    share: float = 0.0
    place_key: str = ""

    @property
    def key(self) -> str:
        """The situation's key on the stream."""
        return self.country


def locate(
    article: Article,
    sentences: Sequence[Sentence],
    names_by_sentence: Sequence[tuple[Name, ...]] | None = None,
    names: NameBook | None = None,
) -> Situation:
    """The situation of an article; `names_by_sentence` saves finding the names again."""
    lists = names or default()
    found = names_by_sentence if names_by_sentence is not None else [find(s, lists) for s in sentences]
    votes: dict[str, float] = defaultdict(float)
    open_places: list[tuple[Name, float]] = []
    for sentence, group in zip(sentences, found, strict=True):
        factor = _WEIGHT["title"] if sentence.title else _WEIGHT["lead"] if sentence.paragraph <= 2 else 1.0
        opening = _dateline_end(sentence)
        if any(token.lower in _STRIFE for token in sentence.tokens):
            factor *= _WEIGHT["strife"]
        for name in group:
            weight = _weigh(name, sentence, opening, lists) * factor
            if name.kind == "place" and len(name.countries) > 1 and weight:
                open_places.append((name, weight))
            elif name.kind == "side":
                for code, part in _homes(name, lists):
                    votes[code] += weight * part
            elif name.country:
                votes[name.country] += weight
    for name, weight in open_places:
        codes = [code for code in name.countries if votes[code] > 0] or name.countries[:1]
        votes[max(codes, key=lambda code: votes[code])] += weight
    if not votes or max(votes.values()) <= 0:
        return Situation("")
    country = max(votes, key=lambda code: (votes[code], code))
    place = _focus(sentences, found, country)
    return Situation(
        country, place, votes[country] / sum(votes.values()), place_key(place, country, lists) if place else ""
    )


def _dateline_end(sentence: Sentence) -> int:
    """Where a dateline ends in a sentence that opens with one ("KABUL (Meridian) - ..."), else 0."""
    if sentence.title or sentence.paragraph > 1 or sentence.start > 400:
        return 0
    head = _DATELINE.match(sentence.text)
    return head.end() if head and head.group().split()[0].strip(",(").isupper() else 0


def _weigh(name: Name, sentence: Sentence, opening: int, lists: NameBook) -> float:
    dateline = bool(opening) and sentence.tokens[name.start].start < opening
    if name.kind == "place":
        if dateline:
            capital = any(p.kind == "capital" for p in candidates(_low(name.text), lists.gazetteer)[:1])
            return _WEIGHT["dateline_capital"] if capital else _WEIGHT["dateline"]
        return _WEIGHT["place"]
    if name.kind in ("country", "people"):
        return _WEIGHT["power"] if name.country in _POWERS else _WEIGHT[name.kind]
    return _WEIGHT["group"] if name.kind == "side" else 0.0


def _low(text: str) -> str:
    return text.lower().replace("-", " ").replace("'", "")


def _homes(name: Name, lists: NameBook) -> list[tuple[str, float]]:
    """The countries that an armed group's name speaks for, each with its part."""
    if name.key.startswith("state:"):
        return [(name.country, 1.0)]
    homes = lists.sides.homes.get(name.key, ())
    return [(code, 1.0 if n == 0 else 0.6) for n, code in enumerate(homes)]


def _focus(sentences: Sequence[Sentence], found: Sequence[tuple[Name, ...]], country: str) -> str:
    """The town or region of the country that is spoken of most; the title and the first paragraphs count more."""
    score: dict[str, float] = defaultdict(float)
    spelled: dict[str, str] = {}
    for sentence, group in zip(sentences, found, strict=True):
        factor = _WEIGHT["title"] if sentence.title else _WEIGHT["lead"] if sentence.paragraph <= 2 else 1.0
        opening = _dateline_end(sentence)
        for name in group:
            if name.kind == "place" and country in name.countries:
                in_dateline = opening and sentence.tokens[name.start].start < opening
                key = place_key(name.text, country)
                score[key] += 0.5 if in_dateline else factor
                spelled.setdefault(key, name.text)
    return spelled[max(score, key=lambda key: score[key])] if score else ""
