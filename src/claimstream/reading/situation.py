"""Which war or disaster an article is about: its country, which is the key of the stream, and its focus place.

The country is found by weighed mentions of places, peoples and armed groups (weights in lexicon/situation.toml). Powers
that act in many wars, and capitals where reporters sit, weigh little.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from claimstream.lexicon import load
from claimstream.lexicon.names import INSTITUTIONS, NOT_PLACES, SMALL, Name, NameBook, default, find, place_key
from claimstream.lexicon.places import candidates, normal, seat
from claimstream.lexicon.sides import FORCES
from claimstream.model import Article, Sentence, Token

_DATA: Final = load("situation")
_WEIGHT: dict[str, float] = {k: v for k, v in _DATA["weight"].items() if k != "speaking"}
_SPEAKING: Final = frozenset(_DATA["weight"]["speaking"].split())
_POWERS: Final = frozenset(_DATA["powers"].split())
_ROAMING: Final = frozenset(_DATA["roaming"].split())
_OUTLETS: Final = re.compile(rf"(?<=[a-z]{{4}})(?=(?:{'|'.join(_DATA['outlets'].split())})$)")
_TAGS = re.compile(r"^[ \t]{0,9}(?:tags?|topics?|keywords?|filed under|locations?) ?[:|] ?([^\n]{2,400})", re.I | re.M)
_TAIL: Final = 3000
_MANY: Final = 3
"""Countries in one sentence from which on they are a list: "workers from Syria, Chad and Mali"."""
_DWARFED: Final = 20
"""So many times the people of any other town of a name make a town the one that is meant."""
_TOWNS: Final = 40
_LONG: Final = 5
"""Letters that a word must have to be held for a town where nothing beside it says so; and how many are looked for."""
_SEATS: Final = frozenset(_DATA["seats"].split("|"))
_MASTHEAD: Final = 80
"""Characters of an outlet's name that are read."""
_BEFORE_PLACE: Final = frozenset(_DATA["before_place"].split())
_STRIFE: Final = frozenset(_DATA["strife"].split())
_HAZARDS: Final = frozenset(_DATA["hazards"].split())
_FIGHT: Final = frozenset(_DATA["fight"].split())
_DATELINE: Final = re.compile(r"^[^\n]{2,60}?(?: - | [–—] |\) ?[-–—]|: )")


@dataclass(frozen=True, slots=True)
class Situation:
    """`country` is the ISO code and the partition key ("" = not found). `place` is the town or region most spoken of.

    `share` is the country's part of all weight (0..1): how sure the choice is. `place_key` is the place's folded key.
    `natural` is true for a disaster of nature, which strikes a country or a province, not the town that is spoken of.
    """

    country: str
    place: str = ""
    share: float = 0.0
    place_key: str = ""
    natural: bool = False

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
    tags = _tags(article, lists)
    local = _masthead(article.source, lists)
    votes = _votes(_mentions(sentences, found, tags, local, lists), _bare_towns(sentences, found, lists))
    if not votes or max(votes.values()) <= 0:
        return _seated(article.source, lists)
    country = max(votes, key=lambda code: (votes[code], code))
    own = local if "(" not in article.source else _masthead(article.source.partition("(")[0], lists)
    place = _focus(sentences, found, country, lists, (*tags, *own))  # "The Bulletin (Halim)" only sits there
    return Situation(
        country,
        place,
        votes[country] / sum(votes.values()),
        place_key(place, country, lists) if place else "",
        _natural(sentences),
    )


def _seated(source: str, lists: NameBook) -> Situation:
    """The situation of an article that names no place at all: that of the town in its outlet's name, where one is."""
    words = [word for word in re.findall(r"\w+", source[:_MASTHEAD]) if len(word) >= _LONG and word[0].isupper()]
    for word in words:
        phrase = normal(word)
        known = () if phrase in NOT_PLACES else candidates(phrase, lists.gazetteer)
        alone = known and known[0].kind == "city" and len({place.country for place in known}) == 1
        if alone and known[0].country not in _POWERS:
            country = known[0].country
            return Situation(country, word, 0.0, place_key(word, country, lists))
    return Situation("")


def _natural(sentences: Sequence[Sentence]) -> bool:
    """Whether forces of nature are spoken of more than armed ones."""
    hazards = fights = 0
    for sentence in sentences:
        words = {token.lower for token in sentence.tokens}
        fights += not words.isdisjoint(_FIGHT)
        hazards += (2 if sentence.title else 1) * (not words.isdisjoint(_HAZARDS))
    return hazards > max(1, fights)


def _mentions(
    sentences: Sequence[Sentence],
    found: Sequence[tuple[Name, ...]],
    tags: Sequence[Name],
    local: Sequence[Name],
    lists: NameBook,
) -> dict[tuple[str, tuple[str, ...]], float]:
    """What each name weighs in all, by its words and the countries that it may speak for."""
    weights: dict[tuple[str, tuple[str, ...]], float] = defaultdict(float)
    spelled_out = _spelled_out(sentences, found, lists)
    for sentence, group in zip(sentences, found, strict=True):
        factor = _WEIGHT["title"] if sentence.title else _WEIGHT["lead"] if sentence.paragraph <= 2 else 1.0
        opening = _dateline_end(sentence)
        if any(token.lower in _STRIFE for token in sentence.tokens):
            factor *= _WEIGHT["strife"]
        listed = len({name.country for name in group if name.kind == "country"}) >= _MANY
        for name in group:
            weight = _weigh(name, sentence, opening, factor, lists)
            if listed and name.kind == "country":
                weight *= _WEIGHT["listed"]
            if name.kind == "place" and weight:
                weights[name.text, _meant(name.text, name.countries, lists)] += weight
            elif name.kind == "side":
                for code, part in _homes(name, lists) if name.text not in spelled_out else ():
                    weights[name.text, (code,)] += weight * part
            elif name.country:
                weights[name.text, (name.country,)] += weight
    for name in (*tags, *local):
        meant = _meant(name.text, name.countries, lists) if name.kind == "place" else name.countries
        if name.country and len(meant) == 1 and name.country not in _POWERS:
            weights[name.text, meant] += _WEIGHT["tag"]
    return weights


def _meant(name: str, countries: tuple[str, ...], lists: NameBook) -> tuple[str, ...]:
    """The countries that a place's name may mean: the first alone where its town dwarfs all others of the name."""
    found = candidates(normal(name), lists.gazetteer) if len(countries) > 1 else ()
    others = [place.population for place in found if place.country != countries[0]]
    dwarfed = found and found[0].population >= _DWARFED * max(others, default=1) > 0
    return countries[:1] if dwarfed and found[0].country == countries[0] else countries


def _bare_towns(
    sentences: Sequence[Sentence], found: Sequence[Sequence[Name]], lists: NameBook
) -> dict[str, tuple[str, ...]]:
    """Words that no other word shows to be a place, but that towns bear, with their countries: "Belen lost a bridge".

    Beside another capital a word is a person's name, or part of one.
    """
    towns: dict[str, tuple[str, ...]] = {}
    for sentence, group in zip(sentences, found, strict=True):
        tokens = sentence.tokens
        if sentence.title or len(towns) > _TOWNS:
            continue
        for n, token in enumerate(tokens):
            word = token.text
            if len(word) < _LONG or not word[0].isupper() or word.isupper() or word in towns:
                continue
            beside = (*tokens[max(n - 1, 0) : n], *tokens[n + 1 : n + 2])
            if any(one.text[0].isupper() for one in beside) or any(name.start <= n < name.end for name in group):
                continue
            phrase = normal(word)
            known = () if phrase in NOT_PLACES else candidates(phrase, lists.gazetteer)
            if known and known[0].kind == "city":
                towns[word] = tuple(dict.fromkeys(place.country for place in known))
    return towns


def _votes(
    weights: Mapping[tuple[str, tuple[str, ...]], float], bare: Mapping[str, tuple[str, ...]]
) -> dict[str, float]:
    """The weight of each country. Many different names of a country count more than one name again and again.

    A small town that is all that speaks for its country counts for little: "Hub" may be a town, or anything else.

    A name that several countries have counts for the one of them that others speak for, that of a capital for its own
    country where anything else speaks for that. Where nothing does, it is weak: the place may as well be one of the
    many that no gazetteer has.
    """
    votes: dict[str, float] = defaultdict(float)
    enough = _WEIGHT["enough"]
    tempered = {name: w if w <= enough else math.sqrt(enough * w) for name, w in weights.items()}
    for (_, codes), weight in tempered.items():
        if len(codes) == 1:
            votes[codes[0]] += weight
    for (text, codes), weight in tempered.items():
        if len(codes) == 1 and votes[codes[0]] <= weight and _is_small(text):
            votes[codes[0]] *= _WEIGHT["hamlet"]
    for codes in bare.values():
        if len(codes) == 1:
            votes[codes[0]] += _WEIGHT["bare"]
    surely = dict(votes)
    shared = [codes for codes in (*(codes for _, codes in tempered), *bare.values()) if len(codes) > 1]
    hinted = {code: sum(code in codes for codes in shared) * _WEIGHT["shared"] for codes in shared for code in codes}
    for (text, codes), weight in tempered.items():
        if len(codes) > 1:
            main = candidates(normal(text))[:1]
            ruled = main and main[0].kind == "capital" and surely.get(main[0].country)
            best = main[0].country if ruled else max(codes, key=lambda code: surely.get(code, 0.0) + hinted[code])
            alone = surely.get(best, 0.0) <= 0
            votes[best] += weight * (_WEIGHT["homonym"] if alone else 1.0)
    return votes


def _is_small(name: str) -> bool:
    """Whether the gazetteer knows the name as that of a small town alone: news may as well mean another one."""
    known = candidates(normal(name))
    return bool(known) and known[0].kind == "city" and known[0].population < SMALL


def _dateline_end(sentence: Sentence) -> int:
    """Where a dateline ends in a sentence that opens with one ("KABUL (Meridian) - ..."), else 0."""
    if sentence.title or sentence.paragraph > 1 or sentence.start > 400:
        return 0
    head = _DATELINE.match(sentence.text)
    if head is None or not (head.group().split()[0].strip(",(").isupper() or ")" in head.group()):
        return 0
    return head.end()


def _weigh(name: Name, sentence: Sentence, opening: int, factor: float, lists: NameBook) -> float:
    """What one mention counts; datelines and capitals that stand for a government count little."""
    if name.kind == "place":
        capital = any(p.kind == "capital" for p in candidates(normal(name.text), lists.gazetteer)[:1])
        if opening and sentence.tokens[name.start].start < opening:
            return _WEIGHT["dateline_capital"] if capital else _WEIGHT["dateline"]
        located = name.start > 0 and sentence.tokens[name.start - 1].lower in _BEFORE_PLACE
        if normal(name.text) in _SEATS:
            return _WEIGHT["seat"] * factor
        return (_WEIGHT["place"] if located or not capital else _WEIGHT["capital"]) * factor
    if name.kind == "people" and name.end < len(sentence.tokens) and sentence.tokens[name.end].lower in FORCES:
        factor *= _WEIGHT["actor"]
    if name.kind == "country" and name.end < len(sentence.tokens) and sentence.tokens[name.end].lower in _SPEAKING:
        factor *= _WEIGHT["speaks"]
    if name.kind in ("country", "people"):
        return (_WEIGHT["power"] if name.country in _POWERS else _WEIGHT[name.kind]) * factor
    return _WEIGHT["roaming_group" if name.key in _ROAMING else "group"] * factor if name.kind == "side" else 0.0


def _homes(name: Name, lists: NameBook) -> list[tuple[str, float]]:
    """The countries that an armed group's name speaks for, each with its part."""
    if name.key.startswith("state:"):
        return [(name.country, 1.0)]
    homes = lists.sides.homes.get(name.key, ())
    return [(code, 1.0 if n == 0 else 0.6) for n, code in enumerate(homes)]


def _spelled_out(sentences: Sequence[Sentence], found: Sequence[tuple[Name, ...]], lists: NameBook) -> set[str]:
    """Initials that the article gives to somebody of another country than the group has that goes by them.

    "The Arpa Liberation Army (ALA)", of a country Arpa, is no ALA of anywhere else.
    """
    others: set[str] = set()
    for sentence, group in zip(sentences, found, strict=True):
        for before, name in pairwise(group):
            opens = name.kind == "side" and name.start > 0 and sentence.tokens[name.start - 1].text == "("
            if opens and before.kind in ("side", "country", "people") and 1 <= name.start - before.end <= 4:
                countries = [one.country for one in group if one.country and 0 < name.start - one.end <= 4]
                homes = {code for code, _ in _homes(name, lists)}
                if countries and homes and homes.isdisjoint(countries):
                    others.add(name.text)
    return others


def _focus(
    sentences: Sequence[Sentence],
    found: Sequence[tuple[Name, ...]],
    country: str,
    lists: NameBook,
    tags: Sequence[Name],
) -> str:
    """The town or region of the country most spoken of; title, first paragraphs, dateline and tags count more."""
    score: dict[str, float] = defaultdict(float)
    spelled: dict[str, str] = {}

    def add(name: Name, points: float) -> None:
        key = place_key(name.text, country, lists)
        score[key] += points
        if key not in spelled or spelled[key].isupper():
            spelled[key] = name.text

    for sentence, group in zip(sentences, found, strict=True):
        factor = _WEIGHT["title"] if sentence.title else _WEIGHT["lead"] if sentence.paragraph <= 2 else 1.0
        opening = _dateline_end(sentence)
        for name in group:
            if name.kind == "place" and country in name.countries:
                add(name, _focus_weight(name, sentence, opening, lists) * factor)
        if sentence.title:
            for name in _bare_places(sentence, group, country, lists):
                add(name, _focus_weight(name, sentence, opening, lists) * factor)
        for name in _the_capital(sentence, group, country):
            add(name, _WEIGHT["the_capital"] * factor)
    for name in tags:
        if name.kind == "place" and country in name.countries:
            add(name, _WEIGHT["tag"])
    whole = _headed(sentences, found, country)
    if whole and max(score.values(), default=0.0) < _WEIGHT["passing"]:
        return whole
    return spelled[max(score, key=lambda key: score[key])] if score else ""


def _headed(sentences: Sequence[Sentence], found: Sequence[Sequence[Name]], country: str) -> str:
    """The country where it heads the title and no town stands there: "Ruritania: Floods – Situation Report No. 7"."""
    if not sentences or not sentences[0].title:
        return ""
    name = next((n for n in found[0] if n.start == 0 and n.kind == "country" and n.country == country), None)
    tokens = sentences[0].tokens
    heads = name is not None and name.end < len(tokens) and tokens[name.end].text in ":–—-"
    towns = any(n.kind == "place" and country in n.countries for n in found[0])
    return name.text if name is not None and heads and not towns else ""


def _bare_places(sentence: Sentence, found: Sequence[Name], country: str, lists: NameBook) -> list[Name]:
    """Names that nothing beside them shows to be places, but the country of the article has ("Belen Flash Update")."""
    taken = {n for name in found for n in range(name.start, name.end)}
    out: list[Name] = []
    for n, token in enumerate(sentence.tokens):
        if n in taken or not token.text[0].isupper() or len(token.text) < 4:
            continue
        phrase = normal(token.text)
        if phrase in NOT_PLACES or not any(p.country == country for p in candidates(phrase, lists.gazetteer)):
            continue
        behind = sentence.tokens[n + 1].lower if n + 1 < len(sentence.tokens) else ""
        if behind not in INSTITUTIONS:
            out.append(Name(n, n + 1, token.text, "place", "", country, (country,)))
    return out


def _the_capital(sentence: Sentence, found: Sequence[Name], country: str) -> list[Name]:
    """The capital where it is not named: "the capital", "the Arpan capital"; not "the capital of the province"."""
    tokens = sentence.tokens
    at = next((n for n, token in enumerate(tokens) if token.lower == "capital"), 0)
    name = seat(country) if at else ""
    if not name:
        return []
    before = tokens[at - 1].lower
    behind = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    own = any(one.country == country and one.kind in ("country", "people") and at - 2 <= one.end <= at for one in found)
    named = any(one.kind == "place" and abs(one.start - at) <= 2 for one in found)
    if named or behind == "of" or not (own or before == "the"):
        return []
    return [Name(at, at + 1, name, "place", "", country, (country,))]


def _focus_weight(name: Name, sentence: Sentence, opening: int, lists: NameBook) -> float:
    before = sentence.tokens[name.start - 1].lower if name.start else ""
    capital = any(p.kind == "capital" for p in candidates(normal(name.text), lists.gazetteer)[:1])
    if opening and sentence.tokens[name.start].start < opening:
        return _WEIGHT["focus_capital"] if capital else _WEIGHT["focus_dateline"]
    if before in ("from", "to", "towards", "toward"):
        return 0.5
    return 0.3 if capital and before not in _BEFORE_PLACE else 1.0


def _tags(article: Article, lists: NameBook) -> tuple[Name, ...]:
    """Names in the page's own line of tags, which is no sentence: "Tags: ceasefire, Testville"."""
    match = _TAGS.search(article.text, max(0, len(article.text) - _TAIL))
    if match is None:
        return ()
    return _named(match.group(1)[:300], lists)


def _masthead(source: str, lists: NameBook) -> tuple[Name, ...]:
    """Names in the name or the domain of an outlet: "Radio Testville", "testville-today.org", "testvillenews.org"."""
    name = source[:_MASTHEAD]
    if " " not in name:  # a domain: commas keep its words from being taken for one longer name
        parts = name.partition(".")[0].removeprefix("the").split("-")
        name = ", ".join(word.title() for part in parts for word in _OUTLETS.sub(" ", part).split())
    return _named(name, lists)


def _named(words: str, lists: NameBook) -> tuple[Name, ...]:
    """The names in words that are no sentence."""
    tokens = (
        Token(m.group(), m.group().lower(), m.start(), m.end()) for m in re.finditer(r"\w[\w.'’-]*|[^\w\s]", words)
    )
    return find(Sentence(words, 0, 0, 0, False, tuple(tokens)), lists)
