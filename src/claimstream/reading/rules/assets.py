"""From a noun phrase to the natural name of an asset or of a side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from claimstream.lexicon import load
from claimstream.model import Token
from claimstream.reading.rules.clauses import Clauses, Item
from claimstream.reading.rules.houses import ministry_of
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.tags import QUOTES
from claimstream.reading.rules.words import clause_words, lexicon, listed

HELD = re.compile(r"([\w.'-]{2,60})-(held|controlled|occupied|run|ruled|administered|dominated|seized|captured)$")
_GENERIC = frozenset(("settlement", "area"))
_OF_TWO = {"former": "former", "first": "former", "latter": "latter", "second": "latter"}
"""Words for one of two places told off before."""
_REST = frozenset(("rest", "remainder"))
_POINTING = frozenset("the this that its their".split())
_NEAR = 16
"""How many phrases before "the rest" the other share is named."""
_LYING = frozenset("of in at near outside above around".split())
"""Prepositions that tie a thing to the place where it is."""
_NOT_NAMING = frozenset(("main", "old", "inner", "outer"))


@cache
def demonyms() -> frozenset[str]:
    """Adjectives of nations, in lower case."""
    return frozenset(load("demonyms")["words"].split())


@cache
def naming(key: str) -> frozenset[str]:
    """A word list of the table [naming] in lexicon/assets.toml."""
    return frozenset(load("assets")["naming"][key].split())


@cache
def directions() -> frozenset[str]:
    return frozenset(load("grammar")["directions"].split()) - _NOT_NAMING


@dataclass(slots=True)
class Named:
    """An asset as the words name it.

    `pron` holds the pronoun where there is no name; `generic` marks a common noun, `definite` one that points back
    ("the town"); `head` is the common noun, "" for a bare name; `none` is true for "no town".
    """

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


def name_asset(clauses: Clauses, tokens: tuple[Token, ...], item: Item) -> Named | None:
    """What the item names: its shortest natural name, its classes, how much of it, and the place it belongs to."""
    phrases = clauses.phrases
    described = _described(clauses, item)
    if described is not None:
        return name_asset(clauses, tokens, described)
    at, extent, part = _whole(clauses, tokens, item)
    none = phrases[item.at].det in ("no", "neither", "not") or phrases[item.at].word == "none"
    first = phrases[item.at].start
    if part is not None:
        part.none, part.first = none, first
        return part
    phrase = phrases[at]
    if phrase.cls == "share" and at + 1 == item.end and _told_off(phrase):
        return Named("them", frozenset(), extent, pron="them", first=first, last=phrase.end)
    if phrase.word in _OF_TWO and at + 1 == item.end and phrase.det == "the" and phrase.end == phrase.start + 2:
        pron = _OF_TWO[phrase.word]
        return Named("them", frozenset(), extent, pron=pron, first=first, last=phrase.end, none=none)
    if phrase.word in _REST and at + 1 == item.end and phrase.det == "the" and _of_a_place(clauses, at):
        return Named("it", frozenset(), "part", pron="it", first=first, last=phrase.end)  # "and the rest is theirs"
    if phrase.word in _REST and at + 1 == item.end and _stands_for_a_place(clauses, tokens, at):
        return Named("it", frozenset(), "part", pron="rest", first=first, last=phrase.end)
    if phrase.cls == "pron":
        return Named(phrase.word, frozenset(), extent, pron=phrase.word, first=first, last=phrase.end, none=none)
    if phrase.det == "its" and phrase.owner is None and phrase.word in naming("everywhere"):
        return Named("it", frozenset(), extent, pron="it", first=first, last=phrase.end)  # "nobody in its streets"
    classes = lexicon().assets.get(phrase.word, frozenset()) if phrase.cls != "name" else frozenset()
    if "border" in phrase.mods and phrase.word in ("post", "point", "gate", "station"):
        classes |= {"route"}
    text, generic = _text(phrase, tokens, classes)
    if phrase.names and phrase.word.removesuffix("s") in naming("told_of") and _of_name(clauses, at, item.end):
        text, generic = phrase.word, True  # "the Norland town of Belen"
    text = text or _quarter(clauses, at, item.end)
    named = Named(
        text,
        classes,
        extent if extent != "all" else _share_of_determiner(phrase),
        generic=generic,
        definite=phrase.det in ("the", "this", "that", "its", "their")
        or "the" in phrase.mods  # "half the town"
        or phrase.owner is not None
        or (not phrase.det and not phrase.mods and not phrase.plural),
        head="" if phrase.cls == "name" else phrase.word,
        first=first,
        last=phrases[max(at, item.end - 1)].end if item.end <= clauses.count else phrase.end,
        owner=phrase.owner.word if phrase.owner else "",
        none=none or phrase.det == "no",
    )
    house = ministry_of(tokens, phrase) if phrase.word in ("ministry", "directorate") else ""
    if house:
        named.text, named.generic = house, False
    elif "settlement" in classes and not _RANKED.isdisjoint(phrase.mods) and _of_name(clauses, at, item.end):
        named.text, named.generic = phrase.word, True  # "the chief town of Norland" is not Norland
    elif at + 2 < clauses.count and at + 1 < item.end and phrases[at + 1].kind == "w":
        _complete(named, clauses, tokens, at, item.end)
    if named.generic and named.classes & {"settlement", "area", "site"} and not named.place:
        _equated(named, clauses, tokens, item.at)
    if named.generic and named.definite:
        _apposed(named, clauses, tokens, item.end)
    if not named.place and phrase.owner is not None and phrase.owner.cls == "name":
        named.place = _text(phrase.owner, tokens, frozenset())[0]
    elif phrase.owner is not None and _is_unit(phrase.owner, tokens):
        named.place = _text(phrase.owner, tokens, frozenset())[0]  # "the 14th Division's headquarters"
    if phrase.word == "capital" and not named.place and (named.generic or phrase.names):
        _seated(named, phrase, tokens)
    return named if named.text else None


def _is_unit(owner: Phrase, tokens: tuple[Token, ...]) -> bool:
    """Whether the owner is a unit with a number: "the 14th Division's"."""
    counted = owner.cls == "side" and owner.head > owner.start
    return counted and any(tokens[at].text[0].isdigit() for at in range(owner.start, owner.head))


def _of_name(clauses: Clauses, at: int, end: int) -> bool:
    """Whether "of" and a name stand behind phrase `at`, within the item that ends at `end`."""
    phrases = clauses.phrases
    return at + 2 < min(clauses.count, end + 1) and phrases[at + 1].word == "of" and phrases[at + 2].cls == "name"


def _seated(named: Named, phrase: Phrase, tokens: tuple[Token, ...]) -> None:
    """ "Norland capital", "the Norlandic capital": a capital, and of which country."""
    if not named.generic:
        named.text, named.place, named.generic = phrase.word, named.text, True
        return
    nations = (tokens[n].text for n in range(phrase.start, phrase.end) if tokens[n].lower in demonyms())
    named.place = next(nations, "")


def _quarter(clauses: Clauses, at: int, end: int) -> str:
    """The name of "the east of the city", where the city has none."""
    phrase = clauses.phrases[at]
    inner = clauses.phrases[at + 2] if at + 2 < end else phrase
    part = phrase.word in directions() and clauses.phrases[at + 1].word == "of" if at + 1 < end else False
    return f"{phrase.word} of the {inner.word}" if part and inner.cls == "asset" else ""


_SINGLED = frozenset("last only first final".split())


def _described(clauses: Clauses, item: Item) -> Item | None:
    """What "the last part of the province that they held" says more about: the place before it and its comma."""
    phrases, at = clauses.phrases, item.at
    if at < 2 or phrases[at - 1].word != "," or phrases[at].det != "the" or _SINGLED.isdisjoint(phrases[at].mods):
        return None
    before, told = phrases[at - 2], item.end < clauses.count and _tells(phrases[item.end])
    way = "route" in lexicon().assets.get(phrases[at].word, frozenset())
    place = not way and before.kind == "np" and before.cls in ("name", "asset") and before.form != "gen"
    return Item(at - 2, at - 1) if told and place else None


def _tells(phrase: Phrase) -> bool:
    """Whether a clause about the noun before begins with the phrase: "that they hold", "held by them"."""
    return phrase.cls == "W" or (phrase.kind == "vg" and not phrase.aux and phrase.form in ("fin", "part", "inf"))


def _of_a_place(clauses: Clauses, at: int) -> bool:
    """Whether "the rest" at phrase `at` is what is left of a place: "half of Belen is theirs and the rest is ours"."""
    phrases = clauses.phrases
    if at + 1 >= clauses.count or phrases[at + 1].kind != "vg":
        return False
    parts = (n for n in range(max(0, at - _NEAR), at - 2) if phrases[n].word in lexicon().shares)
    return any(phrases[n + 1].word == "of" and phrases[n + 2].cls in ("asset", "name") for n in parts)


def _stands_for_a_place(clauses: Clauses, tokens: tuple[Token, ...], at: int) -> bool:
    """Whether "the rest" opens a clause of its own: "The rest is theirs", not "the rest were captured"."""
    phrases = clauses.phrases
    if phrases[at].det != "the" or phrases[at].end != phrases[at].start + 2 or at + 1 >= clauses.count:
        return False
    verb = phrases[at + 1]
    opens = not at or (phrases[at - 1].kind == "w" and phrases[at - 1].cls in "K;,")
    return opens and verb.kind == "vg" and tokens[verb.start].lower not in ("are", "were", "have")


def _equated(named: Named, clauses: Clauses, tokens: tuple[Token, ...], at: int) -> None:
    """ "Belen was the first town that the rebels took", "Belen is one of five villages they hold": Belen."""
    phrases = clauses.phrases
    name = _identified(clauses, at)
    if name >= 0:
        named.text, named.generic = _text(phrases[name], tokens, frozenset())
        named.head = "" if phrases[name].cls == "name" else phrases[name].word
        return
    verb = clauses.before(at)
    if verb > 1 and phrases[verb].word == "of" and phrases[verb - 1].word in ("one", "among"):
        verb = clauses.before(verb - 1)
    if verb < 1 or phrases[verb].kind != "vg" or phrases[verb].word not in ("be", "become") or phrases[verb].negated:
        return
    subject = clauses.subject(verb)
    if len(subject) == 1 and subject[0] < verb and phrases[subject[0]].cls == "name":
        text = _text(phrases[subject[0]], tokens, frozenset())[0]
        if text and clauses._tail(at) < clauses.count and item_told(clauses, clauses._tail(at) - 1):
            named.text, named.generic, named.head = text, False, ""


def _identified(clauses: Clauses, at: int) -> int:
    """The place that the one at `at` is said to be: "the last town that they hold is Belen"; -1 where none is."""
    phrases = clauses.phrases
    if phrases[at].det != "the" or phrases[at].names or at + 1 >= clauses.count or not item_told(clauses, at):
        return -1
    for n in range(at + 2, min(at + _NEAR, clauses.count - 1)):
        verb, name = phrases[n], phrases[n + 1]
        if verb.kind == "w" and verb.cls in ",;.:K":
            break  # "the port is in rebel hands and so is the town"
        closed = n + 2 >= clauses.count or phrases[n + 2].word in (".", ",", ";")
        if verb.kind == "vg" and verb.word == "be" and verb.form == "fin" and not verb.aux and not verb.negated:
            return n + 1 if name.kind == "np" and name.cls in ("name", "asset") and closed else -1
    return -1


def item_told(clauses: Clauses, at: int) -> bool:
    """Whether a clause about the noun at `at` follows it at once: "the town that", "villages the rebels have taken"."""
    follow = clauses.phrases[at + 1]
    if follow.kind == "w" and follow.cls == "R" and at + 2 < clauses.count:
        follow = clauses.phrases[at + 2]  # "the last town still held by the army"
    return follow.kind in ("np", "vg") or (follow.kind == "w" and follow.cls == "W")


def _apposed(named: Named, clauses: Clauses, tokens: tuple[Token, ...], end: int) -> None:
    """ "The last town in the province, Sinna, ...": the name that stands behind in commas is the asset's."""
    phrases = clauses.phrases
    if end + 1 >= clauses.count or phrases[end].word != "," or not named.classes & {"settlement", "area", "site"}:
        return
    name = phrases[end + 1]
    closed = end + 2 >= clauses.count or phrases[end + 2].word in (",", ".", ";", "-", ")")
    if name.kind == "np" and name.cls == "name" and not name.det and name.form != "gen" and closed:
        listed_on = end + 3 < clauses.count and phrases[end + 2].word == "," and phrases[end + 3].kind in ("np",)
        people = name.word in demonyms() or (listed_on and phrases[end + 3].cls == "name")
        people = people or clauses.names_speaker(end + 1, end + 2)
        if not people:
            named.text, named.generic, named.place = _text(name, tokens, frozenset())[0] or named.text, False, ""


_WRITTEN = clause_words("written")


def numbered(tokens: tuple[Token, ...], phrase: Phrase) -> list[str]:
    """ "Wards 2 and 8", "Neighbourhoods One and Three", "Blocks A and B": one by one; empty for other phrases."""
    return numbering(tokens, phrase)[0]


def numbering(tokens: tuple[Token, ...], phrase: Phrase) -> tuple[list[str], int]:
    """The names that `numbered` gives, and the token behind the last number."""
    if not phrase.plural and phrase.cls != "name":
        return [], phrase.end
    noun = next((n for n in range(phrase.start, phrase.end) if _plural_asset(tokens[n].lower)), -1)
    at = noun + 1 if noun >= 0 else phrase.end
    numbers: list[str] = []
    end = at
    while noun >= 0 and at < len(tokens) and len(numbers) < 9:
        if _numbers_one(tokens[at]):
            numbers.append(tokens[at].text)
            end = at + 1
        elif not (numbers and tokens[at].lower in (",", "and")):
            break
        at += 1
    if len(numbers) < 2:
        return [], phrase.end
    return [f"{singular(tokens[noun].lower)} {number}" for number in numbers], end


def _plural_asset(low: str) -> bool:
    return low.endswith("s") and low in lexicon().assets


def _numbers_one(token: Token) -> bool:
    """Whether the word tells one of several of a kind: "2", "Two", "B"."""
    letter = len(token.text) == 1 and token.text.isupper() and token.text not in "AI"
    letter |= token.text == "A"
    written = token.text[:1].isupper() and token.lower in _WRITTEN
    return letter or written or (token.text.isdigit() and len(token.text) < 4)


def singular(noun: str) -> str:
    """The noun without the ending of a plural."""
    return noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")


def _whole(clauses: Clauses, tokens: tuple[Token, ...], item: Item) -> tuple[int, str, Named | None]:
    """For "most of the city" the index of the city and the share; for "the northern part of X" the part itself."""
    phrases = clauses.phrases
    shares = lexicon().shares
    at, extent = item.at, "all"
    for _ in range(4):
        phrase = phrases[at]
        if at + 2 >= clauses.count or phrases[at + 1].word != "of" or phrases[at + 2].kind != "np":
            break
        share = _share(phrase, shares)
        if phrase.word == "none" and phrases[at + 2].cls == "asset":
            at += 2
            continue
        if phrase.det in ("every", "each") and phrases[at + 2].cls in ("name", "asset"):
            at += 2  # "every street of the town"
            continue
        if phrase.word in _COMPASS and phrase.det == "the" and phrases[at + 2].cls == "name":
            part = name_asset(clauses, tokens, Item(at + 2, max(item.end, at + 3)))
            if part is not None and not part.head:
                part.text, part.extent = f"{phrase.word} of {part.text}", extent
                return at, extent, part
        bounded = phrase.word in naming("bounded") and phrases[at + 2].word in naming("bounding")
        if bounded or not (share or phrase.cls == "share" or phrase.word in naming("counting")):
            break
        if share and extent == "all" and phrase.det != "any":  # "not in control of any part" is of none of it
            extent = share
        directed = [m for m in phrase.mods if m in directions()]
        if directed and phrase.word in ("bank", "side", "shore", "end"):
            break
        if directed and phrases[at + 2].cls != "pron":
            part = name_asset(clauses, tokens, Item(at + 2, max(item.end, at + 3)))
            if part is not None and (not part.head or part.classes):
                bare = not part.head
                part.text = f"{directed[0]} {part.text}" if bare else f"{directed[0]} {phrase.word} of the {part.text}"
                half = share and phrase.word != "part" and at == item.at  # the northern half is all of the north
                part.extent, part.definite = "all" if half else extent, part.definite and bare
                return at, extent, part
        at += 2
    return at, extent, None


def _complete(named: Named, clauses: Clauses, tokens: tuple[Token, ...], at: int, end: int) -> None:
    """Adds what stands behind the noun: "the town of X", "the road from X to Y", "the airport in X"."""
    phrase, link, inner = clauses.phrases[at], clauses.phrases[at + 1].word, clauses.phrases[at + 2]
    if phrase.word == "airport" and link == "in" and inner.cls == "name" and not named.generic:
        named.place = _text(inner, tokens, frozenset())[0]  # "Ada Berg airport in Belen"
    if inner.kind != "np" or inner.cls == "time" or not named.generic:
        return
    of_name = at + 4 < clauses.count and clauses.phrases[at + 3].word == "of" and clauses.phrases[at + 4].cls == "name"
    if (
        of_name
        and link in ("in", "at", "near", "outside")
        and inner.cls == "asset"
        and lexicon().assets[inner.word] & _GENERIC
    ):
        inner = clauses.phrases[at + 4]  # "the airport in the northern city of Belen"
    text, generic = _text(inner, tokens, lexicon().assets.get(inner.word, frozenset()))
    proper = inner.cls == "name" or not generic
    if link == "of" and named.classes & _GENERIC and (proper or (phrase.plural and inner.cls == "asset")):
        alone = end + 1 < clauses.count and clauses.phrases[end].word not in (",", "and")
        if not proper:
            named.text = f"{named.text} of the {text}"
        elif phrase.word == "capital":
            named.place = text  # the capital of a region is not the region
        else:
            counted = phrase.det not in ("", "the") and phrase.det not in ("its", "their")
            districts = phrase.plural and (counted if inner.cls == "name" else alone)  # "two districts of Belen"
            named.text, named.generic = (f"{named.text} of {text}" if districts else text), False
    elif link in ("from", "to", "between", "linking", "towards") and "route" in named.classes:
        named.text = _span(tokens, phrase, clauses.phrases[end - 1])
        named.place, named.generic = ("" if generic else text), generic
    elif (link in _LYING or (link == "on" and phrase.word in naming("posted"))) and proper:
        named.place = text
        if phrase.word in naming("posted") and link in ("in", "at", "on") and (inner.names or link != "on"):
            named.text, named.place = text, ""  # "the army's positions in Belen"
        if link == "of" and inner.cls == "name" and " " not in named.text:
            nation = inner.word.removesuffix("s") in demonyms()
            named.text = named.text if nation else f"{text} {named.text}"  # "bridge of X" is "X bridge" elsewhere
    elif link == "of" and inner.cls in ("asset", "other", "side") and phrase.word in naming("parts"):
        named.text = f"{named.text} of the {text}"


_RANKED = frozenset(
    "chief largest biggest main principal second third second-largest second-biggest third-largest".split()
)
_MORE_THAN_HALF = frozenset("greater better larger largest best major".split())


def _share(phrase: Phrase, shares: dict[str, str]) -> str:
    found = shares.get(phrase.word, "")
    if phrase.word in ("kilometres", "kilometers", "miles"):
        return ""
    if phrase.word == "quarter" and (phrase.names or phrase.det in _POINTING):
        return ""  # "the Sarab quarter of Belen" is no fourth of it
    if phrase.word == "one":
        return "part"
    if found == "part" and not _MORE_THAN_HALF.isdisjoint(phrase.mods):
        return "most"  # "the greater part of the town"
    return "most" if found == "all" and ("almost" in phrase.mods or "nearly" in phrase.mods) else found


def _told_off(phrase: Phrase) -> bool:
    """ "Both", "neither", "all three", "the two": things told off before."""
    return phrase.word in ("both", "neither") or (
        phrase.det in ("all", "the") and phrase.word in load("reference")["small_numbers"].split()
    )


def _share_of_determiner(phrase: Phrase) -> str:
    if phrase.det in ("half", "part", "much", "most") or "half" in phrase.mods:
        return "most" if phrase.det == "most" else "part"
    return "all"


def _span(tokens: tuple[Token, ...], first: Phrase, last: Phrase) -> str:
    start = first.start
    while tokens[start].lower in naming("road_loose") and start < first.head:
        start += 1
    return joined([t.text for t in tokens[start : last.end]])


def joined(words: Sequence[str]) -> str:
    """The words in a row, with "'s" at its noun."""
    return " ".join(words).replace(" '", "'").replace(" ’", "’")


def _text(phrase: Phrase, tokens: tuple[Token, ...], classes: frozenset[str]) -> tuple[str, bool]:
    """The name in the phrase, and whether it is only a common noun ("the main square")."""
    lex = lexicon()
    begin = phrase.owner.end + 1 if phrase.owner is not None else phrase.start
    kept: list[Token] = []
    for at in range(begin, phrase.end):
        token = tokens[at]
        numbered = bool(kept) and token.text[0].isupper() and token.lower in naming("numerals")
        called = token.lower in _COMPASS and token.text[0].isupper() and tokens[phrase.head].text in _FIRMS
        titled = called or (
            at in phrase.names and token.lower in lex.loose and at + 1 < phrase.end and tokens[at + 1].text[0].isupper()
        )
        numbered |= phrase.word in _SIDED and token.lower in directions()  # "its western half"
        if numbered or (titled and token.lower not in demonyms()) or _names(token, at == phrase.end - 1, bool(kept)):
            kept.append(token)
    names = [t for t in kept if t.text[0].isupper() and t.lower not in lex.assets]
    named = (
        len(kept) > 1
        and kept[-2].text[0].isupper()
        and not (kept[-2].lower in lex.loose or kept[-2].lower in directions())
    )
    if names and named and classes & _GENERIC and kept[-1].lower in lex.assets:  # "Sarab district"
        return " ".join(t.text for t in kept[:-1] if not (t.text[0].islower() and t.lower in lex.assets)), False
    lead = list(takewhile(lambda t: not t.text[0].isupper(), kept)) if names else []
    if any(t.lower in lex.assets for t in lead):  # "the village Sarab", "the provincial capital Sarab"
        kept = [t for t in kept if t.text[0].isupper() or t.text[0].isdigit()] or kept
    text = " ".join(t.text for t in kept)
    if phrase.owner is not None and phrase.owner.cls == "people" and text:
        text = f"{_text(phrase.owner, tokens, frozenset())[0]}'s {text}"
    return text, not names


def _names(token: Token, last: bool, begun: bool) -> bool:
    """Whether the word is part of the name rather than an article, a number or a judgement."""
    low, text = token.lower, token.text
    if not text[0].isalnum():
        return False
    lex = lexicon()
    if last and begun and low in lex.assets:
        return True  # "western half", though "half" counts elsewhere
    if low in _COMPASS and not last:
        return True  # "the north gate", as "the northern gate"
    loose = low in lex.closed or low in lex.loose or HELD.match(low) is not None or (low in demonyms() and not last)
    if loose and not (text[0].isupper() and low in ("no", "on", "in", "old") and begun):
        return False
    return not (text[0].islower() and (low.endswith("ly") or ("-" in low and low.endswith("ed"))))


_SIDED = frozenset("half part side third section sector portion".split())
_FIRMS = frozenset(("Company", "Corporation", "Refinery", "University", "Hospital"))
_ORDINAL = frozenset(("st", "nd", "rd", "th"))
_COMPASS = frozenset(("north", "south", "east", "west"))


def name_side(clauses: Clauses, tokens: tuple[Token, ...], at: int) -> str:
    """The natural name of a side: its noun phrase without article and without numbers."""
    phrases = clauses.phrases
    phrase = phrases[at]
    lex = lexicon()
    if phrase.word in naming("masses") and at + 3 < clauses.count and phrases[at + 1].word == "of":
        inner = at + 2 + (phrases[at + 2].cls == "R")
        if phrases[inner].cls == "side" or phrases[inner].word in lex.actors:
            return name_side(clauses, tokens, inner)  # "a column of some 300 Zenna fighters"
    words: list[str] = []
    for place, token in enumerate(tokens[phrase.start : phrase.end], phrase.start):
        low = token.lower
        unit = low.rstrip("stndrh").isdigit() and not phrase.plural and place + 1 < phrase.end  # "59 Division"
        unit = unit and tokens[place + 1].text[0].isupper() and tokens[place + 1].lower not in demonyms()
        unit = unit or (low[-2:] in _ORDINAL and place + 2 == phrase.end and not phrase.plural)  # "the 95th brigade"
        leads = low in _COMPASS and token.text[0].isupper() and tokens[place + 1].text[0].isupper()  # "South Sudan's"
        if (
            low in QUOTES
            or low == "."
            or (not words and not leads and (lex.closed.get(low, "-") in "DQRP" or (low[0].isdigit() and not unit)))
        ):
            continue
        if low not in naming("how_many"):
            words.append("government" if low in ("gov't", "govt") else token.text)
    if phrase.word in naming("made_of"):
        for k in _made_of(clauses, at):
            words += [t.text for t in tokens[phrases[k].start : phrases[k].end]]
    if at + 3 < clauses.count and phrases[at + 2].word == "to" and phrases[at + 3].kind == "np":
        tie = tokens[phrases[at + 1].start].lower
        if tie in ("loyal", "faithful") or tie in clause_words("tied"):
            words += [tie, "to", *(t.text for t in tokens[phrases[at + 3].start : phrases[at + 3].end])]
    return joined(words)


def commanded(side: str) -> str:
    """Who holds ground for an office: "Norlandic army" for "Norlandic defence ministry"; other sides as they are."""
    words = side.split()
    low = [word.lower() for word in words]
    if len(low) > 1 and low[-1] in lexicon().people and (low[-2] in lexicon().actors or low[-2] in demonyms()):
        return " ".join(words[:-1])  # "rebel commanders" speak of what the rebels hold
    at = next((n for n, word in enumerate(low) if word in ("defence", "defense")), -1)
    if at >= 0 and low[at + 1 :] in (["ministry"], ["headquarters"], ["department"]):
        return " ".join([*words[:at], "army"])
    if low[-2:] in (["general", "staff"], ["high", "command"], ["general", "command"]):
        return " ".join([*words[:-2], "army"])
    return "army" if low in (["ministry", "of", "defence"], ["ministry", "of", "defense"]) else side


def at_large(side: str) -> str:
    """The army for one of its units, where it was only guessed who it was: "Norlandic army" for "Norlandic marines"."""
    words = side.split()
    if not words or not (words[-1].lower() in listed("state_units") or words[0][0].isdigit()):
        return side
    return " ".join([*(word for word in words[:1] if len(words) > 1 and word.lower() in demonyms()), "army"])


def together(sides: Sequence[str]) -> str:
    """Several sides as one name; the short form of a name adds nothing: "the Zenna Liberation Army, or ZLA"."""
    short = {"".join(word[0] for word in side.split()).upper() for side in sides if " " in side}
    return " and ".join(dict.fromkeys(side for side in sides if side not in short))


def _made_of(clauses: Clauses, at: int) -> range:
    """The phrases that say whose the men at `at` are: "units | of the Zenna operation", "fighters | from Belen"."""
    phrases = clauses.phrases
    end = at + 1
    for _ in range(2):  # "of the Government | of National Accord"
        if end + 1 >= clauses.count or phrases[end].word != "of":
            break
        inner = phrases[end + 1]
        if inner.kind != "np" or not (inner.cls in ("name", "side") or inner.names or inner.word in naming("causes")):
            break
        end += 2
    if end == at + 1 and end + 1 < clauses.count and phrases[end].word == "from" and phrases[end + 1].cls == "side":
        return range(at + 1, end + 2)  # "fighters from the Zenna Front"
    if end == at + 1 and end + 2 < clauses.count and phrases[end].word == "from" and phrases[end + 1].cls == "name":
        end += 2 if phrases[end + 2].kind == "vg" and phrases[end + 2].form == "fin" else 0
    return range(at + 1, end)
