"""Natural names of roads, bridges, crossings and ports: "road from A to B", "A crossing" for "the crossing at A"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from claimstream.lexicon import load
from claimstream.model import Token
from claimstream.reading.rules.assets import Named, joined, name_asset, naming
from claimstream.reading.rules.clauses import Clauses, Item
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.words import clause_words, lexicon

REACH = 10
"""How many phrases of a list are looked at."""
_AT = frozenset(("at", "near", "in", "of", "outside"))
_TO = frozenset(("to", "from", "into", "towards", "toward"))
_COURSE = _TO | clause_words("course")
"""Prepositions that say where a way leads."""
_BY = frozenset("through via over across along around".split())
_LEADING = frozenset("lead link connect join run".split())
_JOINING = frozenset("link connect join".split())
"""Verbs that need no preposition before the place: "the road linking A with B"."""


@cache
def way_words() -> dict[str, frozenset[str]]:
    """The word lists at the head of lexicon/routes.toml."""
    return {key: frozenset(words.split()) for key, words in load("routes")["words"].items()}


@cache
def siege_words() -> dict[str, frozenset[str]]:
    """The word lists at the head of lexicon/sieges.toml."""
    return {key: frozenset(words.split()) for key, words in load("sieges")["words"].items()}


def is_unit(name: str) -> bool:
    """Whether the name is that of a unit, which can be besieged as such wherever it stands: "9th Brigade"."""
    last = name.rpartition(" ")[2].lower()
    return last == "garrison" or last in siege_words()["unit"]


def way_of_service(word: str) -> str:
    """What the service with this word in it runs on: "trains" on a railway, "ferries" by the ferry; or ""."""
    words = way_words()
    on = "railway" if word in words["by_rail"] else "ferry" if word in words["by_ferry"] else ""
    return on or ("road" if word in words["by_road"] else "")


@cache
def way_needs() -> dict[str, frozenset[str]]:
    """For each slot of the rules of routes the words of which one must stand in the sentence."""
    words = way_words()
    nouns = frozenset(noun for noun, kinds in lexicon().assets.items() if "route" in kinds)
    roads = nouns | words["hub"] | words["entrance"] | words["barrier"] | words["point"]
    pronouns = frozenset("it itself anything those".split())
    none = frozenset("no none nobody nothing neither not".split())
    slots = {
        slot: words[slot] for slot in ("hub", "span", "barrier", "service", "vessel", "carried", "relief", "mines")
    }
    flights = words["flights"] | words["planes"] | words["freighters"]
    return {
        **slots,
        "services": words["service"],
        "road": roads,
        "oneway": roads,
        "notraffic": none,
        "route": roads | pronouns,
        "way": roads | pronouns,
        "flight": flights,
        "nobody": none,
    }


_RAMPS = frozenset("approach approaches ramp ramps".split())
"""Parts of a way that lead to it."""
_NUMBERED = re.compile(r"(?:[A-EHK-NPRSVWZ]|[A-Z]{2})-?\d{1,4}[A-Z]?$|T-?\d{4}$")
"""Roads that bear a number for a name: "the A9", "RN2", "M-4"."""


def _begins_as_way(phrase: Phrase, tokens: tuple[Token, ...]) -> bool:
    """Whether the first word of a name says that it is a road or a port: "the Ruta Sur", "Port Belen"."""
    begin = phrase.start + bool(phrase.det)
    first = next((token for token in tokens[begin : phrase.end] if token.text[0].isupper()), tokens[phrase.head])
    if first.lower in way_words()["named_wholly"]:
        return True
    longer = first.start < tokens[phrase.head].start
    return longer and (first.lower in way_words()["foreign"] or first.text == "Port")


def numbered(phrase: Phrase, tokens: tuple[Token, ...]) -> bool:
    """Whether the phrase is such a name alone, or one that begins with a word for a port or a road, in any language."""
    name = tokens[phrase.end - 1].text
    if phrase.cls == "name" and _begins_as_way(phrase, tokens):
        return True
    return phrase.end - phrase.start <= 2 and phrase.det in ("", "the") and _NUMBERED.match(name) is not None


def name_way(clauses: Clauses, tokens: tuple[Token, ...], item: Item) -> Named | None:
    """The name of a way, with the place that it leads to or lies at."""
    head = shared_head(clauses, item.at)
    if head >= 0:
        return _shared(clauses, tokens, item, head)
    phrase = clauses.phrases[item.at]
    if numbered(phrase, tokens):
        whole = phrase.cls == "name" and _begins_as_way(phrase, tokens)
        text = _words(tokens, phrase) if whole else tokens[phrase.end - 1].text
        noun = "port" if text.startswith("Port ") else "road"
        return Named(text, frozenset(("route",)), head=noun, first=phrase.start, last=phrase.end)
    other = max(_other_name(clauses, item), _same_name(clauses, item))
    if other >= 0:
        item = Item(other, other + 1)
    if part_of_way(clauses, item):
        item = Item(item.at + 2, max(item.end, item.at + 3))
    if clauses.phrases[item.at].word == "way" and item.at + 2 < item.end and clauses.phrases[item.at + 1].word == "of":
        item = Item(item.at + 2, item.end)  # "by way of the Sarab pass"
    named = name_asset(clauses, tokens, item)
    if named is None or named.pron or not named.head:
        return named
    within = range(item.at, min(item.end, clauses.count))
    at = next((m for m in within if clauses.phrases[m].word == named.head), item.at)
    phrase = clauses.phrases[at]
    if phrase.names:
        several = phrase.plural and _list_before(clauses, at)
        words = _own_words(tokens, phrase)
        if phrase.head < phrase.names[0] and words[0] == phrase.word:  # "the road Belen - Sarab"
            words = ["-".join(words[1:]), phrase.word]
        return replace(named, text=" ".join([*words[:-1], singular(phrase.word)] if several else words))
    if not {"route"} & named.classes and named.head not in way_words()["entrance"] | way_words()["barrier"]:
        return named
    return _placed(clauses, tokens, at, named)


def part_of_way(clauses: Clauses, item: Item) -> bool:
    """Whether a part of a way is named before it: "its side of the border", or all: "both lanes of the highway"."""
    inner = item.at + 2
    links = ("of", "to") if clauses.phrases[item.at].word in _RAMPS else ("of",)
    end = min(item.end if links == ("of",) else inner + 1, clauses.count)
    linked = inner < end and clauses.phrases[inner - 1].word in links
    inside = clauses.phrases[inner].word if linked else ""
    way = "route" in lexicon().assets.get(inside, ()) or _NUMBERED.match(inside.upper()) is not None
    part = clauses.phrases[item.at]
    return way and part.word in way_words()["part"] | way_words()["lane"]


def _other_name(clauses: Clauses, item: Item) -> int:
    """The way that bears a name behind one that bears none: "the city's lifeline, the Kora road, is"; or -1."""
    phrase, at = clauses.phrases[item.at], item.end + 1
    if phrase.names or phrase.plural or at + 1 >= clauses.count or clauses.phrases[item.end].word != ",":
        return -1
    other, closing = clauses.phrases[at], clauses.phrases[at + 1]
    way = other.kind == "np" and "route" in lexicon().assets.get(other.word, ()) and not other.plural
    return at if way and other.names and closing.kind == "w" and closing.cls == "," else -1


def _same_name(clauses: Clauses, item: Item) -> int:
    """The named way that is said to be the one: "the Kora crossing is | the only crossing that is open"; or -1."""
    phrases, at = clauses.phrases, item.at
    if phrases[at].names or at < 2 or phrases[at - 1].word not in ("be", "remain") or phrases[at - 1].negated:
        return -1
    only = {"only", "one", "last", "single", "sole"} & {*phrases[at].mods, phrases[at].det}
    other = phrases[at - 2]
    way = other.kind == "np" and "route" in lexicon().assets.get(other.word, ())
    return at - 2 if only and way and (other.names or other.end > other.head + 1) else -1


def _placed(clauses: Clauses, tokens: tuple[Token, ...], at: int, named: Named) -> Named:
    """The name with what stands behind it or owns it."""
    phrase = clauses.phrases[at]
    own = " ".join(_own_words(tokens, phrase))
    inner = clauses.phrases[at + 2] if at + 2 < clauses.count else None
    link = clauses.phrases[at + 1].word if inner is not None else ""
    words = way_words()
    spot = not phrase.names and phrase.word in words["span"] | words["barrier"] | words["hub"]
    placed = named.generic or link == "of" or spot
    listed = phrase.plural and inner is not None and len(_members(clauses, at + 2)) > 1
    if inner is not None and inner.cls == "name" and link in _AT and placed:
        place = _words(tokens, inner)
        own = own.replace(phrase.word, singular(phrase.word)) if listed else own
        leads = named.head in way_words()["entrance"]
        text = f"{own} {link} {place}" if leads else f"{place} {own}"
        return replace(named, text=text, place=place, generic=False)
    if link == "on" and inner is not None and inner.word == "side":  # "the gate on the east side"
        return replace(named, text=f"{own} {joined([t.text for t in tokens[phrase.end : inner.end]])}", last=inner.end)
    end, place, course = _course(clauses, tokens, at)
    if end > at + 1:
        if listed and link in _TO:
            end = at + 3
            own = own.replace(phrase.word, singular(phrase.word))
            course = joined([t.text for t in tokens[phrase.end : clauses.phrases[end - 1].end]])
        text = f"{own} {course}"
        return replace(named, text=text, place=place, generic=not place, last=clauses.phrases[end - 1].end)
    if phrase.owner is not None and phrase.owner.cls == "name" and named.generic:
        place = _words(tokens, phrase.owner)
        return replace(named, text=f"{place} {own}", place=place, generic=False)
    return replace(named, text=own) if named.generic and " of " not in named.text else named


def _course(clauses: Clauses, tokens: tuple[Token, ...], at: int) -> tuple[int, str, str]:
    """Where the words end that say where a way leads, the last name there, and the words: "road | from A to C".

    What only lies on the way is left out where an end has a name: "from A (through B) to C".
    """
    phrases = clauses.phrases
    end, place = at + 1, ""
    legs: list[tuple[bool, bool, str]] = []
    for _ in range(4):
        begin, linking = _leading(clauses, end)
        j = begin
        while j < clauses.count and phrases[j].kind == "w" and (phrases[j].word in _COURSE or phrases[j].word == "of"):
            j += 1
        if j == begin and phrases[begin - 1].word not in _JOINING:
            with_country = (
                phrases[at].word in ("border", "frontier") and j < clauses.count and phrases[j].word == "with"
            )
            if not with_country:
                break
            j += 1
        bare_of = end == at + 1 and j == begin + 1 and phrases[begin].word == "of" and _way_head(phrases[at])
        if j >= clauses.count or not _can_be_reached(phrases[j], phrases[j - 1].word, bare_of):
            break
        place = _words(tokens, phrases[j]) if phrases[j].cls == "name" else place
        start, end = phrases[end].start, j + 1
        if (linking or phrases[begin].word == "between") and _second_end(clauses, end):
            end += 2
        text = joined([t.text for t in tokens[start : phrases[end - 1].end]])
        legs.append((phrases[begin].word in _BY, phrases[j].cls == "name", text))
    ends = any(named for by, named, _ in legs if not by)
    return end, place, " ".join(text for by, _, text in legs if not (by and ends))


def _leading(clauses: Clauses, j: int) -> tuple[int, bool]:
    """The index after "that links" or "leading", and whether it stands there."""
    phrases = clauses.phrases
    if j < clauses.count and phrases[j].kind == "w" and phrases[j].word in ("that", "which"):
        j += 1
    linking = j < clauses.count and phrases[j].kind == "vg" and phrases[j].word in _LEADING
    return j + linking, linking


def _can_be_reached(phrase: Phrase, link: str, bare_of: bool) -> bool:
    """Whether a way can lead to what the noun phrase names."""
    if phrase.kind != "np" or phrase.det == "no":
        return False
    if phrase.cls == "other" and link in ("through", "across", "along", "beneath"):
        return True
    return (phrase.cls in ("name", "asset") and not bare_of) or phrase.word in way_words()["regions"]


def _second_end(clauses: Clauses, end: int) -> bool:
    """Whether "and B" or "with B" follows, the other end of a way between two places."""
    if end + 1 >= clauses.count or clauses.phrases[end].word not in ("and", "with", "to"):
        return False
    other = clauses.phrases[end + 1]
    return other.kind == "np" and other.cls in ("name", "asset", "other")


def _way_head(phrase: Phrase) -> bool:
    return phrase.word.removesuffix("s") in ("road", "highway", "route", "corridor", "crossing", "border")


def shared_head(clauses: Clauses, at: int) -> int:
    """The plural noun that a bare name of a list shares: "the crossings at A and B", "the A and B crossings"; or -1."""
    phrases = clauses.phrases
    if _points_back(phrases[at]):
        return _antecedent(clauses, at)
    if phrases[at].cls != "name" or phrases[at].kind != "np":
        return -1
    for j in range(at - 1, max(0, at - REACH), -1):
        phrase = phrases[j]
        if phrase.kind == "w" and phrase.word in _AT | _TO:
            if j == at - 1:
                break
            outer = phrases[j - 1]
            if outer.word == "those":
                return _antecedent(clauses, j - 1)
            return j - 1 if _plural_way(outer) and not outer.names else -1
        if not (phrase.kind == "w" and phrase.cls in "K,") and phrase.cls != "name":
            break
    for j in range(at + 1, min(clauses.count, at + REACH)):
        phrase = phrases[j]
        if j > at + 1 and phrase.kind == "np" and _plural_way(phrase) and phrase.names:
            return j
        if not (phrase.kind == "w" and phrase.cls in "K,") and phrase.cls != "name":
            break
    return -1


def _points_back(phrase: Phrase) -> bool:
    """Whether the noun phrase is "those", or "the one", of a way named before."""
    return phrase.kind == "np" and (phrase.word == "those" or (phrase.word == "one" and phrase.det == "the"))


def _antecedent(clauses: Clauses, at: int) -> int:
    """The way that "those at A and B" points back to, or -1."""
    if at + 1 >= clauses.count or clauses.phrases[at + 1].word not in _AT | _TO:
        return -1
    if clauses.phrases[at].word == "one" and clauses.phrases[min(at + 2, clauses.count - 1)].cls != "name":
        return -1  # "the one to the north"
    for j in range(at - 1, max(-1, at - 2 * REACH), -1):
        phrase = clauses.phrases[j]
        if phrase.kind == "np" and "route" in lexicon().assets.get(phrase.word, ()):
            return j
    return -1


def _plural_way(phrase: Phrase) -> bool:
    return phrase.kind == "np" and phrase.plural and "route" in lexicon().assets.get(phrase.word, ())


def _shared(clauses: Clauses, tokens: tuple[Token, ...], item: Item, head: int) -> Named:
    """The name of a member of a list that shares its noun."""
    phrases = clauses.phrases
    phrase, noun = phrases[item.at], singular(phrases[head].word)
    at, led = item.at, head + 1
    if _points_back(phrase):
        at, led = item.at + 2, item.at + 1
    place = _words(tokens, phrases[at]) if at < clauses.count else ""
    link = phrases[led].word if led < clauses.count and head < at else ""
    leads = link in _TO and phrases[head].word not in way_words()["hub"]
    text = f"{noun} {link} {place}" if leads else f"{place} {noun}"
    classes = lexicon().assets.get(phrases[head].word, frozenset())
    return Named(text, classes, place=place, head=noun, first=phrase.start, last=phrases[at].end)


def _members(clauses: Clauses, at: int) -> list[int]:
    """The names of a list that begins at `at`."""
    found = [at] if clauses.phrases[at].cls == "name" else []
    for j in range(at + 1, min(clauses.count, at + REACH)):
        phrase = clauses.phrases[j]
        if phrase.cls == "name" and phrase.kind == "np":
            found.append(j)
        elif not (phrase.kind == "w" and phrase.cls in "K,"):
            break
    return found


def _list_before(clauses: Clauses, at: int) -> bool:
    """Whether a bare name and "and" stand before: "the A and B crossings"."""
    joined_on = at > 1 and clauses.phrases[at - 1].kind == "w" and clauses.phrases[at - 1].cls in "K"
    return joined_on and clauses.phrases[at - 2].cls == "name"


def singular(noun: str) -> str:
    """The singular of a way's noun: "crossings", "highways", "bridges"."""
    return noun if noun.endswith("ss") else noun.removesuffix("s")


def _words(tokens: tuple[Token, ...], phrase: Phrase) -> str:
    """The name of a place without article."""
    return joined([t.text for t in tokens[phrase.start : phrase.end] if t.lower not in lexicon().closed])


def _own_words(tokens: tuple[Token, ...], phrase: Phrase) -> list[str]:
    """The words of the noun phrase that belong to the name: no article, number or judgement ("the only safe road")."""
    lex = lexicon()
    begin = phrase.owner.end + 1 if phrase.owner is not None else phrase.start
    found: list[str] = []
    for i, token in enumerate(tokens[begin : phrase.end], begin):
        low = token.lower
        if found and i > begin + 1 and tokens[i - 1].text in "-–" and tokens[i - 1].end == token.start:
            found[-1] += f"{tokens[i - 1].text}{token.text}"  # "Belen–Sarab"
            continue
        dropped = low in lex.closed or low in lex.loose or low in naming("road_loose") or not token.text[0].isalnum()
        dropped |= low in way_words()["surface"] or (low in lex.actors and i < phrase.head)
        if token.text[0].isdigit() and not found:
            continue  # the hour before an entry of a live page
        named = token.text[0].isupper() and (low not in lex.closed or (low == "no" and bool(found)))  # "Bridge No. 2"
        if named or not (dropped or (low.endswith("ly") and low not in lex.noun_first)):
            found.append(token.text)
    return found or [tokens[phrase.head].text]
