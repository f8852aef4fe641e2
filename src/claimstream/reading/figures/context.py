"""Around a figure: the place it is about, the time it covers, and whether it is history."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from claimstream.lexicon import load
from claimstream.lexicon.calendar import DATE_MONTHS, DAYS, MONTH_NAMES
from claimstream.lexicon.names import default, side_key
from claimstream.lexicon.places import candidates, normal
from claimstream.model import Quantity, Scope, Sentence, Token
from claimstream.reading.figures.page import Page
from claimstream.reading.figures.words import (
    AUX,
    CONJUNCTIONS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    PRONOUNS,
    VERBS,
    measures,
    words,
)
from claimstream.reading.numbers.atoms import WORDS as NUMBER_WORDS

TABLE: Final = load("figures")
PLACES: Final[dict[str, frozenset[str]]] = {name: frozenset(words.split()) for name, words in TABLE["places"].items()}
NOT_PLACES: Final = PLACES["not_places"].union(DAYS, DATE_MONTHS)
DIRECTIONS: Final = words("directions")
_NO_MODIFIERS: Final = AUX | VERBS | PREPOSITIONS | CONJUNCTIONS | DETERMINERS | PRONOUNS | POSSESSIVES
SAYS: Final = frozenset(TABLE["words"]["speech"].split()) | frozenset(TABLE["words"]["count_verbs"].split())
CLAUSES: Final = frozenset(["who", "which", "that", "when", "where", "while", "alone", "since"])
IN_TURN: Final = re.compile(r",? (?:in |of |near |outside )?(?:the )?(?:[\w-]+['’]s )?")
"""Between the names of "in Sarna, in Ruritania's Halim province": the first is the place."""
OPENS: Final = 8
"""A place named within so many characters opens its sentence: "In Halim the dead are being counted: 12 so far"."""
NEAR: Final = 90
"""How many characters behind the number its place is looked for first."""
LONGEST_NAME: Final = 4
MOST_PHRASES: Final = 8
"""Phrases of time of one kind that are looked at in a sentence: it bounds the work on hostile text."""
SINCE: Final = re.compile(r"\bsince [^,.;:]{3,40}")
SINCE_DATE: Final = re.compile(
    rf"since (?:early |late |mid-)?(?:(?:\d{{1,2}} )?(?:{'|'.join(MONTH_NAMES)})(?: (?:19|20)\d\d)?|(?:19|20)\d\d)\b"
)
"""A date behind "since", and no more of the clause than that."""
CALENDAR: Final = re.compile(r"^(?!.*\b(?:past|last|previous|first)\b).*?\b(month|week|year)\b")
"""Counts of this month and of this week are different counts."""
COUNTRY: Final = "the country"
"""The place of what is counted "in the whole country", "nationwide": who knows the country names it."""
ARTICLE: Final = re.compile(r"(?:al|el|as|ash|at|ad|ar|an|az)[-–][A-Z]")
OWN_PLACE: Final = re.compile(r" (?:more )?(?:in|at|near|around|outside) ")
GOES_TO: Final = re.compile(
    r"\b(?:sent|dispatched|deployed|delivered|distributed|flown|brought|shipped|rushed|trucked|going|gone|headed)"
    r"(?: (?:out|up|in|by (?:air|road|sea|train)))? to ([A-Z][\w’'-]{1,40}(?: [A-Z][\w’'-]{1,40}){0,2})"
    r"|\breached ([A-Z][\w’'-]{1,40}(?: [A-Z][\w’'-]{1,40}){0,2})"
)
BOUND_FOR: Final = re.compile(
    r"\b(?:bound|destined|meant|intended|announced|promised|planned|headed) for "
    r"([A-Z][\w’'-]{1,40}(?: [A-Z][\w’'-]{1,40}){0,2})"
)
LISTED: Final = re.compile(r"\b([A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}) \($")
WIDE: Final = re.compile(
    r"\b(?:in|across|throughout|around|all over) (?:the|this|our) (?:(?:whole|entire) )?(?:country|nation)\b(?!['’-])"
    r"|\b(?:nationwide|countrywide)\b"
)
IN_REGION: Final = re.compile(
    r"\b(?:in|across|throughout|within|of) (?:the|this|our) (?:whole )?(?:province|region)\b(?!['’-])"
)
CLAUSE: Final = re.compile(r"[,;](?=\s)(?!\s(?:of|including|among|mostly|most|half|many)\b)|\s[–—-]\s")
"""Where a clause with a time of its own may begin; "12 of them children" keeps that of the figure before."""
EARLIER: Final = re.compile(r"\b(?:up|down|upwards|downwards) from\b|\bcompared (?:with|to)\b|\bagainst\b")
"""Before an earlier value of the figure before ("up from 237")."""


def _pattern(meaning: str) -> re.Pattern[str]:
    """The patterns of a meaning as one, with the words for months, wars and years put in."""
    words = {name: "(?:" + "|".join(text.split()) + ")" for name, text in TABLE["time_words"].items()}
    joined = "|".join(pattern for row in TABLE["time"] if row["meaning"] == meaning for pattern in row["patterns"])
    filled = joined.replace("MONTH", f"(?:{'|'.join(MONTH_NAMES)})").replace("WAR", words["war"])
    return re.compile(filled.replace("YEAR", r"(?:19|20)\d\d"))


TOTAL, PERIOD, HISTORY = (_pattern(meaning) for meaning in ("total", "period", "history"))
NEEDS: dict[str, tuple[str, ...]] = {row["meaning"]: tuple(row["needs"]) for row in TABLE["time"]}


def _may_tell(meaning: str, text: str) -> bool:
    """Whether the patterns of a meaning are worth trying: a cheap look that most sentences do not pass."""
    return any(word in text for word in NEEDS[meaning])


SUPERLATIVE: Final = re.compile(r"\b(?:" + "|".join(TABLE["time_words"]["superlative"].split()) + r")\b[^.;]{0,80}$")
OVER_TIME: Final = measures("over_time")


class Times(NamedTuple):
    """The time that a sentence's figures cover: their scope, the words "since ...", and whether they are history.

    `since` stands only where the scope is wider than one incident; "since Monday" is part of telling the incident.
    """

    scope: Scope
    since: str
    history: bool

    def scope_of(self, measure: str) -> tuple[Scope, str]:
        """The scope and "since" of a figure; strengths, distances and populations have none but the moment."""
        return (self.scope, self.since) if measure in OVER_TIME else ("incident", "")


def times(sentence: Sentence, quantities: Sequence[Quantity]) -> list[Times]:
    """The time that each of the figures of a sentence covers, from the sentence's own words.

    A phrase of time belongs to the figures of its clause, of several phrases there the nearest to each; one in a clause
    without figures belongs to all that have no other ("Since March, 300 have been killed, and 200 wounded").
    """
    text = sentence.text.lower()
    phrases = _phrases(sentence.text, text)
    past = HISTORY.search(text) if _may_tell("history", text) else None
    ends = [mark.start() for mark in CLAUSE.finditer(text)]
    clauses = [bisect_left(ends, quantity.start) for quantity in quantities]
    general = [p for p in phrases if bisect_left(ends, p.start) not in clauses]
    found: list[Times] = []
    for quantity, clause in zip(quantities, clauses, strict=True):
        if found and EARLIER.search(text, max(0, quantity.start - 30), quantity.start):
            ago = past is not None and bisect_left(ends, past.start()) == clause
            found.append(found[-1]._replace(history=found[-1].history or ago))
            continue
        own = [p for p in phrases if bisect_left(ends, p.start) == clause] or general
        best = min(own, key=lambda p: _distance(p, quantity), default=None)
        scope: Scope = best.scope if best else "incident"
        told = bisect_left(ends, past.start()) if past is not None else len(text)
        history = told == clause or (told < clause and scope == "incident")
        found.append(Times(scope, best.since if best else "", scope != "total" and history))
    return found


class _Phrase(NamedTuple):
    """Words of a sentence that tell a time covered."""

    start: int
    end: int
    scope: Scope
    since: str


def _phrases(said: str, text: str) -> list[_Phrase]:
    """The phrases of time in a sentence, `text` in lower case; words of "since" take in what they meet."""
    found: list[_Phrase] = []
    for scope, pattern in (("total", TOTAL), ("period", PERIOD)):
        if not _may_tell(scope, text):
            continue
        for match in islice(pattern.finditer(text), MOST_PHRASES):
            if SUPERLATIVE.search(text[max(0, match.start() - 100) : match.start()]):
                continue  # "the worst since 2001", "the third this year": not the time that the figure covers
            unit = CALENDAR.search(match.group()) if scope == "period" else None
            words = f"this {unit[1]}" if unit else ""
            found.append(_Phrase(match.start(), match.end(), scope, words))  # type: ignore[arg-type]
    for match in islice(SINCE.finditer(text), MOST_PHRASES) if found else ():
        date = SINCE_DATE.match(text, match.start())
        end = date.end() if date else match.end()
        words = said[match.start() : end] if len(said) == len(text) else text[match.start() : end]
        same = [p for p in found if p.start < match.end() and match.start() < p.end]
        found = [p for p in found if p not in same]
        found.append(_Phrase(match.start(), match.end(), same[0].scope if same else "period", words))
    return found


def _distance(phrase: _Phrase, quantity: Quantity) -> int:
    return max(phrase.start - quantity.end, quantity.start - phrase.end, 0)


class Places:
    """The named places of an article, for its numbers, read in order."""

    def __init__(self) -> None:
        self._last = ("", -2)  # the place named last, and the index of its sentence
        self._region = ""  # the region that the article named last
        self._site = ""  # the site that the title names ("Halim hospital"): then all figures are of it
        self._named: tuple[int, list[tuple[int, str]], bool] = (-1, [], False)  # what the sentence at hand names
        self._label = (-1, "")  # the paragraph at hand, and the place that is its label

    def pass_by(self, sentence: Sentence) -> None:
        """Takes in which region a sentence names, with figures or without, for "in the province", and a label."""
        self._region = region_named(sentence) or self._region
        if sentence.paragraph != self._label[0]:
            self._label = (sentence.paragraph, _label(sentence))

    def near(self, sentence: Sentence) -> str:
        """The place named in this sentence or the one before, for numbers that go on about the same."""
        last, index = self._last
        return last if index in (sentence.index - 1, sentence.index) else ""

    def of(self, page: Page, q: int) -> str:
        """The place number `q` is about: named behind it before the next number, else before it; "" if none is named.

        "There" stands for a place that the sentence before names.
        """
        sentence, quantity = page.sentence, page.quantities[q]
        if sentence.text[quantity.start - 1 : quantity.start] == "(":  # "followed by Halim (51) and Arpa (28)"
            listed = LISTED.search(sentence.text, max(0, quantity.start - NEAR), quantity.start)
            if listed:
                return listed[1]
        near = self.near(sentence)
        if self._named[0] != sentence.index:
            named = _places(sentence) or _counter(sentence, near)
            named = _with_region(sentence, named, self._region)
            self._named = (sentence.index, _with_country(sentence, named), _there(sentence))
        _, named, says_there = self._named
        stop = page.quantities[q + 1].start if q + 1 < len(page.quantities) else len(sentence.text)
        behind = [name for start, name in named if quantity.end <= start < min(stop, quantity.end + NEAR)]
        fronted = bool(named) and named[0][0] < OPENS
        floor = _behind_clause(sentence, quantity.start) if named and not fronted and not says_there else 0
        before = [name for start, name in named if floor <= start < quantity.start]
        late = [name for start, name in named if stop <= start < quantity.end + NEAR]
        if q + 1 < len(page.quantities) and page.quantities[q + 1].words.lower().startswith(("another", "a further")):
            late = []  # "17 died, and another five in Halim"
        if late and OWN_PLACE.match(sentence.text, page.quantities[q + 1].end):
            late = []  # "380 dead in the valley and 90 in Halim"
        there = near if says_there else ""
        found = next(iter(behind), "") or (before[-1] if before else "") or there or next(iter(late), "")
        if found:
            self._last = (_introduced(sentence) or found, sentence.index)
        if sentence.title and found and not PLACES["sites"].isdisjoint(found.lower().split()):
            self._site = found
        return found or self._site or self._label[1]


_LABEL: Final = re.compile(
    r"(?:\d{1,2}[:.h]\d\d ?(?:[ap]\.?m\.?|GMT|UTC)?)?[ ,–-]{0,3}"
    r"([A-Z][\w'’-]{2,24}(?: [\w'’-]{2,24}){0,3}?)(?:[.:]| [–—-] )"
)


def _label(sentence: Sentence) -> str:
    """The known town at the head of a paragraph, apart from what is told of it: "12:24 Belen. The mayor has said"."""
    found = None if sentence.title else _LABEL.match(sentence.text)
    known = candidates(normal(found[1])) if found else ()
    return found[1] if found and known and known[0].kind != "country" and not found[1].isupper() else ""


def _with_region(sentence: Sentence, named: list[tuple[int, str]], region: str) -> list[tuple[int, str]]:
    """With the region named before where the sentence says "in the province" and names no place itself."""
    if named or not region:
        return named
    return [(match.start(), region) for match in islice(IN_REGION.finditer(sentence.text), 1)]


def region_named(sentence: Sentence) -> str:
    """The last known region that the sentence names, by one or two words with capitals; "" where it names none."""
    tokens, found = sentence.tokens, ""
    for i, token in enumerate(tokens):
        if not token.text[:1].isupper() or (i and tokens[i - 1].text[:1].isupper()):
            continue
        for size in (2, 1):
            text = " ".join(t.text for t in tokens[i : i + size])
            known = candidates(normal(text)) if tokens[i + size - 1 : i + size] else ()
            if known and known[0].kind == "region":
                found = text
                break
    return found


def destination(sentence: Sentence, end: int) -> str:
    """Where those who are sent, or what is delivered, behind offset `end` goes: "were sent to Halim"; "" if untold."""
    found = GOES_TO.search(sentence.text, end, end + NEAR)
    return (found[1] or found[2]) if found else ""


def bound_for(sentence: Sentence) -> str:
    """Where the aid that the sentence speaks of is meant to go: "the 38 lorries announced for Halim"; "" if untold."""
    found = BOUND_FOR.search(sentence.text)
    return found[1] if found else ""


def _with_country(sentence: Sentence, named: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """With the whole country where the sentence speaks of it without its name."""
    if "country" not in sentence.text and "nation" not in sentence.text:
        return named
    return sorted([*named, *((match.start(), COUNTRY) for match in islice(WIDE.finditer(sentence.text), MOST_PHRASES))])


def _behind_clause(sentence: Sentence, start: int) -> int:
    """Where the words begin that a number behind a colon belongs to, if those before it are a sentence of their own.

    "A sheet goes from hand to hand in Halim: 6,000 dead" is not of Halim, "In Halim: 6,000 dead" is.
    """
    colon = sentence.text.rfind(": ", 0, start)
    if colon < 0:
        return 0
    clause = any(t.lower in AUX for t in sentence.tokens if t.start < colon)
    return colon if clause else 0


def _there(sentence: Sentence) -> bool:
    """Whether "there" names a place ("60 surrendered there"), not just that something is ("there were 60")."""
    tokens = sentence.tokens
    for token, follow in zip(tokens, [*tokens[1:], tokens[-1]], strict=True):
        if token.lower == "there" and follow.lower not in AUX and follow.lower not in ("may", "remain"):
            return True
    return False


def _counter(sentence: Sentence, near: str) -> list[tuple[int, str]]:
    """A hospital named without saying so, behind a sentence about another: "Saint Ann counted 12 dead"."""
    tokens = sentence.tokens
    if not near or PLACES["medical"].isdisjoint(near.lower().split()) or len(tokens) < 3:
        return []
    end = _name_end(tokens, 0, False)
    if not end or tokens[0].text.isupper() or tokens[end].lower not in PLACES["counters"]:
        return []
    kind = next(word for word in near.lower().split() if word in PLACES["medical"])
    return [(0, f"{sentence.text[: tokens[end - 1].end]} {kind}")]


def _introduced(sentence: Sentence) -> str:
    """The place that a sentence introduces ("Halim, a town of 12,000 in the hills"): what "there" speaks of."""
    tokens = sentence.tokens
    for i, token in enumerate(tokens[:-3]):
        if token.text == "," and tokens[i + 1].lower in ("a", "an", "the") and i:
            described = {word.lower for word in tokens[i + 2 : i + 5]}
            start = i
            while start and tokens[start - 1].text[:1].isupper() and i - start < LONGEST_NAME:
                start -= 1
            if start < i and not PLACES["areas"].isdisjoint(described):
                return sentence.text[tokens[start].start : tokens[i - 1].end]
    return ""


def _places(sentence: Sentence) -> list[tuple[int, str]]:
    """Where places are named in the sentence: capitalised phrases behind a preposition of place, and named sites."""
    tokens = sentence.tokens
    found: list[tuple[int, str]] = []
    shouting = sentence.text.isupper()
    i = named_to = 0
    while i < len(tokens):
        end = _name_end(tokens, i, shouting)
        if end == i:
            i += 1
            continue
        if _seat(tokens, i, end) or _of_a_people(tokens, i, end) or (not i and _dateline(sentence, end)):
            i = end
            continue
        site = end < len(tokens) and tokens[end].lower in PLACES["sites"]
        if not site and (thing := _site_behind(tokens, end)):
            end, site = thing, True  # "the Halim Dura nuclear power plant"
        whole = tokens[end - 1].lower in PLACES["sites"] and end - i > 1
        if end + 1 < len(tokens) and tokens[end].lower in POSSESSIVES and tokens[end + 1].text[:1].isupper():
            owner, i = i, end + 1  # "in Ruritania's Halim province" is in Halim
            end = _name_end(tokens, i, shouting)
            behind = _behind_preposition(tokens, owner)
        else:
            behind = _behind_preposition(tokens, i)
        of_site = i > 1 and tokens[i - 1].lower == "of" and tokens[i - 2].lower in PLACES["sites"] - PLACES["areas"]
        spoken = _tells_where(tokens, i)
        mere = spoken or (
            not behind and not _raided(tokens, i - 2) and tokens[end if site else end - 1].lower in PLACES["objects"]
        )  # "warnings about the Halim dam"
        area = (_area(tokens, end) and i > 0) or _struck(tokens, i, end)
        if ((site or whole) and not mere) or of_site or area or (behind and _stands_alone(tokens, end)):
            last, begin = end if site else end - 1, i - 2 if of_site else i
            start, stop = tokens[begin].start, tokens[last].end
            if not found or not IN_TURN.fullmatch(sentence.text[named_to : tokens[i].start]):
                state = (
                    end - i == 1 and not site and tokens[i].lower in PLACES["states"]
                )  # "several provinces of the Kingdom"
                found.append((start, COUNTRY if state else sentence.text[start:stop]))
            named_to = stop
        i = max(end, i + 1)
    return found


def _dateline(sentence: Sentence, end: int) -> bool:
    """Whether the name at the head of an article's text tells where it was written: "HALIM – Forty people died"."""
    tokens = sentence.tokens
    if sentence.title or sentence.paragraph > 1 or not tokens[0].text.isupper():
        return False
    return any(token.text in "–—-" or token.text == "--" for token in tokens[end : end + _MARKED])


_MARKED: Final = 8


def _of_a_people(tokens: tuple[Token, ...], i: int, end: int) -> bool:
    """True for words that only say of which people the place behind them is: "the Syrian Kurdish town of Halim"."""
    if end >= len(tokens) or tokens[end].lower not in PLACES["apposed"]:
        return False
    people = default().people
    if not any(normal(token.text) in people for token in tokens[i:end]):
        return False
    return not candidates(normal(" ".join(token.text for token in tokens[i:end])))


def _site_behind(tokens: tuple[Token, ...], end: int) -> int:
    """Where the noun of a site stands behind a name and one or two plain words ("nuclear power plant"); else 0."""
    for k in range(end, min(end + 3, len(tokens))):
        word = tokens[k].lower
        if k > end and word in PLACES["sites"]:
            return k
        if not tokens[k].text.isalpha() or not tokens[k].text.islower() or word in _NO_MODIFIERS:
            return 0
    return 0


def _struck(tokens: tuple[Token, ...], i: int, end: int) -> bool:
    """Whether the words beside a known place make it that of the sentence.

    "The quake struck Halim", "a raid on Halim", "Halim blast kills 40", "Halim: 40 dead", "Halim, where 40 died".
    """
    k = i - 1
    while k > 0 and tokens[k].lower in DIRECTIONS:
        k -= 1
    before = tokens[k].lower if k >= 0 else ""
    after = [token.lower for token in tokens[end : end + 2]] + ["", ""]
    raid = _raided(tokens, k)
    if raid and _ends_there(tokens, end) and not side_key(" ".join(token.text for token in tokens[i:end])):
        return True  # "the overnight attack on Halim,": whether anybody knows the place or not
    told = before in PLACES["striking"] or raid or after[0] in PLACES["events"] or after[:2] == [",", "where"]
    if not told and not (i == 0 and after[0] == ":"):
        return False
    return bool(candidates(normal(" ".join(token.text for token in tokens[i:end]))))


def _raided(tokens: tuple[Token, ...], k: int) -> bool:
    """Whether token `k` is the preposition between an attack and its place: "the assault on"."""
    return k > 0 and tokens[k].lower == "on" and tokens[k - 1].lower in PLACES["attacks"]


def _ends_there(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the phrase ends with the name: a mark follows, an auxiliary, or a day."""
    if end >= len(tokens):
        return True
    word = tokens[end].lower
    return (
        word in AUX
        or word in DAYS
        or word in (",", ".", ";", "on", "early", "late", "last", "overnight", "and", "that")
    )


def _area(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the noun of a district or town stands behind a name, and no office behind it: "hit Halim district"."""
    if end >= len(tokens) or tokens[end].lower not in PLACES["named_areas"]:
        return False
    return end + 1 >= len(tokens) or _stands_alone(tokens, end + 1)


def _capital(text: str) -> bool:
    """Whether a word is written as a name, "al-Midan" too."""
    return text[:1].isupper() or (text[:1].islower() and ARTICLE.match(text) is not None)


def _name_end(tokens: tuple[Token, ...], i: int, shouting: bool) -> int:
    """The token behind a capitalised phrase that begins at `i`; `i` where none begins."""
    k = i
    while k < len(tokens) and k - i < LONGEST_NAME and not shouting:
        word = tokens[k]
        first = k == i and (word.lower in PREPOSITIONS or word.lower in DETERMINERS)
        if first or not _capital(word.text) or word.lower in NOT_PLACES:
            break
        k += 1
    return k


_WATCHERS: Final = frozenset("group monitor charity organisation organization agency institute".split())
_STRUCK_DOWN: Final = frozenset("dead wounded injured missing homeless displaced toll victims".split())


def _behind_preposition(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the phrase at `i` stands behind "in", "at", "near" and the like, and not to tell where a speaker is."""
    k = i - 1
    while k > 0 and tokens[k].lower in DIRECTIONS:
        k -= 1
    if k >= 2 and tokens[k].text == "," and tokens[k - 1].lower in PLACES["apposed"]:
        k -= 1  # "in the provincial capital, Halim,"
        while k > 0 and tokens[k].lower not in PREPOSITIONS and tokens[k].text[:1].islower():
            k -= 1
    if k >= 2 and tokens[k].lower == "of" and tokens[k - 1].lower in ("all", "whole"):
        k -= 3 if tokens[k - 2].lower == "the" else 2  # "in all of Halim", "across the whole of Halim"
        return k >= 0 and tokens[k].lower in PLACES["before"]
    if k >= 1 and tokens[k].lower == "of" and tokens[k - 1].lower in PLACES["of_place"]:
        return True  # "the 4,000 defenders of Halim", "the shelling of Halim"
    if k >= 1 and tokens[k].lower == "of" and tokens[k - 1].lower in _STRUCK_DOWN:
        return bool(candidates(normal(tokens[i].text)))  # "the dead of Halim"
    if k >= 1 and tokens[k].lower == "for" and tokens[k - 1].lower in PLACES["fights"]:
        return True  # "the battle for Halim"
    if k >= 1 and tokens[k].lower == "of" and tokens[k - 1].lower in PLACES["areas"]:
        return tokens[k - 1].lower != "department" or PLACES["offices"].isdisjoint(t.lower for t in tokens[i : i + 4])
    if k >= 1 and tokens[k].lower == "to" and tokens[k - 1].lower in PLACES["returning"]:
        return True  # "9,000 have returned to Halim"
    told = k > 0 and tokens[k - 1].lower in PLACES["speakers"]
    told = told or (k > 1 and tokens[k - 1].lower in _WATCHERS and tokens[k - 2].lower in ("a", "an"))
    return (
        k >= 0 and tokens[k].lower in PLACES["before"] and not (told and not (k > 1 and tokens[k - 2].lower == "local"))
    )


def _tells_where(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the name at `i` tells where a speaker is: "a doctor working at the Halim clinic"; no local people."""
    k = i - 1
    while k > 0 and tokens[k].lower in DETERMINERS:
        k -= 1
    if k < 1 or tokens[k].lower not in PLACES["before"] or tokens[k - 1].lower not in PLACES["speakers"]:
        return False
    if k > 1 and tokens[k - 2].lower == "local":
        return False
    end = _name_end(tokens, i, False)
    low = tokens[k - 1].lower in PLACES["townsmen"]
    return not low or bool(candidates(normal(" ".join(token.text for token in tokens[i:end]))))


_SAID_BY: Final = 7
_PUT: Final = frozenset(("put", "puts", "gave", "gives"))


def _seat(tokens: tuple[Token, ...], i: int, end: int) -> bool:
    """Whether the name between commas tells where a speaker sits: "the government, in Halim, gave the number as 15"."""
    k = i - 1
    while k > 0 and tokens[k].lower in DIRECTIONS:
        k -= 1
    if k == 0 and tokens[0].lower == "in" and end + 2 < len(tokens) and tokens[end].text == ",":
        told = {token.lower for token in tokens[end + 2 : end + _SAID_BY]} & (SAYS | _PUT)
        known = candidates(normal(" ".join(token.text for token in tokens[i:end]))) if told else ()
        return bool(known) and known[0].kind == "capital"  # "In Halim, the ministry put the dead at 40"
    apart = k > 1 and tokens[k - 1].text == "," and end + 1 < len(tokens) and tokens[end].text == ","
    return apart and tokens[end + 1].lower in SAYS and not any(t.text[:1].isdigit() for t in tokens[:k])


def _stands_alone(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the name is not just an adjective of what follows ("in Russian strikes", "in Ruritania's capital")."""
    word = tokens[end].lower if end < len(tokens) else ""
    if word in NUMBER_WORDS:
        return True  # "in Halim three people died"
    if word in POSSESSIVES:
        return end + 1 >= len(tokens) or tokens[end + 1].lower not in PLACES["wide"]
    if not word[:1].isalpha() or word in PLACES["areas"] or word in PREPOSITIONS or word in CONJUNCTIONS:
        return True
    if word in DETERMINERS or word in PRONOUNS:
        return True
    return word in AUX or word in VERBS or word in CLAUSES or word in SAYS or word.endswith(("ly", "ed", "day"))
