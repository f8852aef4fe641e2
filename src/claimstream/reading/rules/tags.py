"""One letter for each token of a sentence: what class of word it is there.

Word classes come from the lexicon; a word of two classes is decided by its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from claimstream.lexicon import load
from claimstream.lexicon.calendar import DAYS
from claimstream.lexicon.sides import nation
from claimstream.model import Token
from claimstream.reading.rules.words import Form, clause_words, lexicon, listed

MARKS: Final = {
    ",": ",",
    ";": ";",
    ":": ":",
    ".": ".",
    "!": ".",
    "?": "?",
    "(": "(",
    ")": ")",
    "-": "-",
    "–": "-",
    "—": "-",
    "…": ".",
    "|": ".",
}
SIDES: Final = ("side", "state", "band")
"""Kinds of names that are sides: an armed group, a state's own force, whoever the article shows to have armed men."""
ARTICLED: Final = re.compile(r"(?:al|el|a[drstnzh]|ash|ath|e[drsz]|abu|bin|ben|ibn|ould)-[A-Z]")
"""Arabic names begin small: "al-Thawra"."""
QUOTES: Final = frozenset("\"“”„«»'‘’`")
_FOLLOWED: Final = {"loyal": "to", "faithful": "to"}
"""Adjectives that stand behind their noun: "forces loyal to the president"."""
_MEASURING: Final = clause_words("measuring")
_PUSHING: Final = clause_words("pushing")
_INWARD: Final = frozenset("into out from deeper towards toward".split())
_RETURNING: Final = frozenset(("return", "retreat"))
_LINKING: Final = frozenset("do da dos das du del".split())
"""Words between two capitals that make one name of them: "Sarab do Norte"."""
_GOVERNING: Final = frozenset("control hold run command rule".split())
_ARRIVING: Final = frozenset("docks berths lands".split())
_CRAFT: Final = frozenset("ship vessel freighter tanker ferry flight plane aircraft jet airliner helicopter".split())
_COMPASS: Final = frozenset("north south east west centre center northeast northwest southeast southwest".split())
_MAKING: Final = frozenset("make makes made making".split())
_GIVEN: Final = frozenset(("them", "us", "him", "it", "me"))
_FOUGHT: Final = frozenset(("fighting", "shelling", "bombing"))
_HELD_IN: Final = frozenset(("control", "rule", "command"))
BE: Final = frozenset("be am is are was were been being 'm 're".split())
HAVE: Final = frozenset("have has had having 've".split())
_ACTING: Final = clause_words("acting")
_CUTTING: Final = frozenset("cut cuts block blocks blockade close closes open opens shut shuts".split())
_TOLD: Final = frozenset("claim report advance attack push assault retreat raid strike attempt withdrawal hold".split())
"""Nouns that look like verbs of many, behind the adjective of a people."""
_OPENING: Final = frozenset(("^", '"', ".", ":", "–", "—", "-"))
_SPEAKING: Final = frozenset("say tell deny add claim admit concede insist announce confirm report acknowledge".split())

_SINGULAR: Final = frozenset("is was has remains falls lies stands".split())
"""Verbs of one thing."""
_SEIZING: Final = frozenset(
    "seized captured recaptured retook stormed overran occupied conquered besieged hold control recapture".split()
)
"""Verbs of those who fight for a place."""
_NO_NAMES: Final = frozenset(
    "news politics headquarters barracks waterworks others thousands hundreds dozens scores".split()
)
"""Words that end like a plural and are nobody's name."""
_APPOSED: Final = 8
"""Words behind a name, the comma among them, within which it is called a town."""


def is_title_case(tokens: tuple[Token, ...]) -> bool:
    """Whether most longer words begin with a capital, as in a headline."""
    if tokens and tokens[-1].text in ".?!":
        return False
    longer = [t.text for t in tokens if len(t.text) > 3 and t.text[0].isalpha()]
    if len(tokens) > 2 and all(t.text.isupper() for t in tokens):
        return True  # "BELEN IS FREE"
    return len(longer) > 2 and sum(w[0].isupper() for w in longer) >= 0.75 * len(longer)


_BY_NEIGHBOURS: Final = clause_words("by_neighbours")
"""Closed-class words whose tag the words beside them can change."""


@cache
def settled_tags() -> dict[str, str]:
    """The tags of marks and of small-letter words that are of one class whatever stands beside them."""
    closed = lexicon().closed
    moving = _BY_NEIGHBOURS | listed("particles")
    fixed = {word: made for word, made in closed.items() if made not in "QR" and word.isalpha() and word.islower()}
    return {**MARKS, **{word: made for word, made in fixed.items() if word not in moving}}


_ARTICLES: Final = frozenset("the a an its their our his her".split())
_BEFORE_NOUNS: Final = frozenset("far then overnight onetime".split())
"""Adverbs that describe a noun behind an article: "the far side", "the then governor"."""
_HALVED: Final = frozenset("upper lower other second".split())
"""Words that with those of directions tell which half is meant."""
_SHORTENED: Final = frozenset(load("text")["never_last"].split())
_NUMBERED: Final = frozenset(load("text")["before_number"].split()) - {"no", "p", "art"}
_WITHIN: Final = frozenset("across without beyond".split())
"""Prepositions that with a capital are part of an organisation's name."""
TITLES: Final = _SHORTENED - {"st", "mt"}
"""Shortenings before the name of a person, or of nothing that is a place."""


def is_short(word: str) -> bool:
    """Whether the word can be the short form of a name: "ZLF"."""
    return 1 < len(word) < 7 and word.isupper() and word.isalpha()


def shortens(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the full stop at `i` only shortens the word before it: "Col. Sarab", "M. Darin", "Aug. 25"."""
    if not 0 < i < len(tokens) - 1:
        return False
    before = tokens[i - 1]
    if tokens[i + 1].text[0].isdigit():
        return before.lower in _NUMBERED or before.lower in lexicon().times or _numbers(tokens, i - 1)
    if not tokens[i + 1].text[0].isupper():
        return False
    return before.lower in _SHORTENED or (len(before.text) == 1 and before.text.isupper())


def _numbers(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the word at `i` is short for "number" behind a noun: "Bridge No. 2", "Gate No 4"."""
    if tokens[i].text not in ("No", "no") or not i or tokens[i - 1].lower not in lexicon().assets:
        return False
    at = i + 2 if i + 1 < len(tokens) and tokens[i + 1].text == "." else i + 1
    return at < len(tokens) and tokens[at].text.isdigit()


def tag(tokens: tuple[Token, ...], kinds: Mapping[int, str]) -> list[str]:
    """One letter for each token: D Q J N C P O (nominal), V A M T X R (verbal), I K S W, s (possessive) or a mark.

    `kinds` says of some tokens that they belong to a known name; those are always C.
    """
    lex = lexicon()
    closed, verbs, particles = lex.closed, lex.verbs, listed("particles")
    settled = settled_tags()
    headline = is_title_case(tokens)
    tags: list[str] = []
    before = "^"
    count = len(tokens)
    phrases, aside = _adverbials(), 0
    for i, token in enumerate(tokens):
        if token.lower in phrases:
            aside = max(aside, i + _adverbial(tokens, i))
        if i < aside:
            tags.append("R")
            before = "R"
            continue
        made = settled.get(token.text, "")
        if made == "." and token.text == "." and shortens(tokens, i):
            made = ""
        if (token.text in ("No", "no") and _numbers(tokens, i)) or (token.text == "proper" and before == "C"):
            tags.append('"')  # "Bridge No. 2" is "Bridge 2", "Belen proper" Belen
            continue
        if token.lower == "as" and i + 1 < count and tokens[i + 1].text == "of" and _of_a_time(tokens, i + 1):
            tags.append("I")
            before = "I"
            continue
        if token.text in ("of", "to") and i and _of_a_time(tokens, i):
            tags.append('"')
            continue
        if made and not (token.text == "per" and i + 1 < count and tokens[i + 1].lower == "cent"):
            tags.append(made)
            before = made
            continue
        if token.text in _LOOKS_LIKE_VERB and i + 1 < count and _named_so(tokens, i, before, headline):
            tags.append("C")  # "Tell Belen was taken"
            before = "C"
            continue
        low = token.lower
        first = token.text[0]
        after = tokens[i + 1] if i + 1 < count else None
        particle = low in particles and after is not None and after.text[0].isupper() and not headline
        particle = particle or (before == "C" and after is not None and after.text[0].isupper() and low in _LINKING)
        if i in kinds or particle or ("-" in low and ARTICLED.match(token.text)):
            made = "C"
        elif low in ("per", "%") and before == "Q":
            made = "N"  # "80 per cent", "80 %"
        elif not first.isalnum():
            if (low in QUOTES and not _plural_possessive(tokens, i)) or (low == "." and shortens(tokens, i)):
                tags.append('"')
                continue
            made = closed[low] if low in closed else "A" if low == "'s" and _is_verb(tokens, i) else ""
            made = made or ("s" if low in ("'s", "'") else MARKS.get(low, "-" if low == "-" else "~"))
        elif "-" in low and all(closed.get(part) == "Q" for part in low.split("-")):
            made = "Q"  # "Ninety-eight", also at the beginning
        elif first.isdigit():
            made = "Q" if (low[-1].isdigit() or "-" in low) and low[-2:] not in ("th", "st", "nd", "rd") else "N"
        elif (
            first.isupper()
            and "'" not in low
            and not (headline or before in "^.:-" or tokens[i - 1].lower in QUOTES)
            and low not in ("i", "mr", "mrs", "ms", "dr")
        ):
            common = low in lex.times or low in lex.actors or low in lex.assets
            linked = before == "C" and tokens[i - 1].lower in _WITHIN  # "Doctors Across Borders"
            made = "N" if common and not linked else "C"
            if low in closed and closed[low] in "DIKWP" and len(low) < 5:
                made = closed[low]
        elif (
            (low == "no" and after is not None and after.lower in ("longer", "more"))
            or (low in ("longer", "more") and i and tokens[i - 1].lower == "no")
            or (low == "neither" and before in "AM" and after is not None and after.lower in verbs)
        ):
            made = "X"
        elif low in ("themselves", "itself", "himself") and before in "ANC":
            made = "R"  # "were themselves evicted", "the town itself is quiet"
        elif token.text == "I" and before == "C" and _is_numeral(after, closed):
            made = "C"  # "the Belen I crossing"
        elif "'" in low and low.split("'")[0] in ("i", "we", "they", "you", "he", "she"):
            made = "P"
        elif low.endswith("n't"):
            made = "M" if low[:-3] in ("wo", "ca", "could", "would", "should", "might", "must") else "A"
        elif (
            _stands_behind(low, before, after)
            or (
                low in ("all", "both", "each") and before == "A" and after is not None and _verbal(after, verbs, closed)
            )
            or (low in ("both", "all", "each") and before in "NCP" and _acting(tokens, i + 1))
        ):
            made = "R"
        elif (low == "owing" or (low == "next" and before in "NC")) and after is not None and after.lower == "to":
            made = "I"
        elif low in ("stretch", "stretches") and after is not None and after.lower == "of":
            made = "N"  # "a 30 km stretch of the highway"
        elif low == "half" and i and (tokens[i - 1].lower in _HALVED or tokens[i - 1].lower.endswith("ern")):
            made = "N"  # "whose western half the rebels hold"
        elif low in ("work", "works") and _ways_work(tokens, tags, after):
            made = "V"
        elif low in closed:
            made = closed[low]
            if low in ("all", "but") and _all_but(tokens, i):
                made = "R"
            elif low == "around" and after is not None and (after.text[0].isupper() or closed.get(after.lower) == "D"):
                made = "I"
            elif made == "I" and before == "D" and low in ("outside", "inside", "opposite", "near"):
                made = "J"
            if (
                low == "that"
                and before == "I"
                and after is not None
                and after.text[0].isalpha()
                and after.lower not in closed
            ):
                made = "D"  # "in that column"
            elif low == "that" and before == "V" and after is not None and after.text in ",.;":
                made = "P"  # "still holds that, and most of the town"
            if low == "that" and before == "V" and i + 1 < count and tokens[i + 1].lower in lex.assets:
                told = verbs.get(tokens[i - 1].lower)
                made = (
                    "D"
                    if told is None or told.lemma not in ("say", "tell", "report", "claim", "deny", "think")
                    else "W"
                )
            if low == "much" and after is not None and after.lower == "of":
                made = "Q"
            if (
                low == "first"
                and before in "NC"
                and after is not None
                and "d" in getattr(verbs.get(after.lower), "forms", "")
            ):
                made = "R"  # "Kyiv first claimed it"
            if low == "first" and before == "^" and after is not None and closed.get(after.lower) == "D":
                made = "R"  # "first the port fell"
            if low == "once" and after is not None and after.lower in ("more", "again"):
                made = "R"
            if made == "R" and _paired(tokens, tags, i):
                made = "J" if before == "D" else "N"  # "the north and east of Belen"
            elif low == "forward" and after is not None and after.lower in lex.assets:
                made = "J"  # "the main forward base"
            elif made == "Q" and before == "D" and low in ("most", "much"):
                made = "R"
            elif (
                made == "R"
                and before in "DJ"
                and low in lex.adjectives
                and not (i + 1 < count and _nominal(tokens[i + 1], lex.verbs))
            ):
                made = "N"
            elif made == "R" and before in "DJIs" and i + 1 < count and _nominal(tokens[i + 1], lex.verbs):
                made = "J" if low in lex.adjectives or (before == "D" and low in _BEFORE_NOUNS) else "R"
            elif made == "R" and tokens[i - 1].lower in _ARTICLES and after is not None and _describing(after):
                made = "J"  # "the now empty town"
            elif low == "once" and before in "NC" and after is not None and _done(after.lower):
                made = "R"  # "the school once used as a prison"
        elif low in lex.times:
            made = "N"
        elif before == "^" and first.isupper() and not headline and _listed(tokens, i):
            made = "C"  # "Crater, Mualla and Tawahi"
        elif low in verbs:
            made = _verb_or_noun(i, tokens, tags, before, verbs[low], headline)
        elif low.startswith("counter-") and low[8:] in verbs and before in "NCPK,AR":
            made = "V"
        elif low in lex.people and low in lex.adjectives and _says(after):
            made = "N"  # "an army major denied"
        elif low in lex.adjectives or (
            low[-5:] in ("-held", "based") or ("-" in low and low.endswith(("ed", "led", "run", "en")))
        ):
            made = "J"
        elif (headline and low in lex.noun_first) or (
            first.isupper()
            and before == "^"
            and not headline
            and len(low) > 4
            and low.endswith("s")
            and low[-2:] not in ("ns", "is", "ss", "us")
            and not _is_one(tokens, i)
        ):
            made = "N"
        elif first.isupper() and low not in lex.actors and low not in lex.assets and low not in lex.people:
            acting = after is not None and not set("sd").isdisjoint(getattr(verbs.get(after.lower), "forms", ""))
            made = "R" if low.endswith("ly") and not (acting and before == "^") else "C"
        elif (
            low.endswith("ly")
            and len(low) > 4
            and low not in ("family", "supply", "assembly", "anomaly", "italy", "ally")
        ):
            made = "J" if before in "DQ" and after is not None and after.text[0].isalpha() else "R"
        elif low.endswith("ed") and len(low) > 4 and before in "NCP,KARW":
            made = "J" if before in ",K" and i + 1 < count and tokens[i + 1].lower in lex.actors else "V"
        elif low.endswith("ing") and len(low) > 5 and before in ",KA" and low != "ongoing":
            made = "V"
        elif before == "W" and low.endswith("s") and i > 1 and tokens[i - 2].text == "," and _governs(after):
            made = "V"  # ", which produces 300 barrels"
        else:
            made = "N"
        tags.append(made)
        before = made
    return tags


_LOOKS_LIKE_VERB: Final = frozenset(("Tell", "Tel", "Mount", "Hit"))
"""Words of names that look like verbs: "Tell Belen", "Mount Belen", the town of Hit."""


def _named_so(tokens: tuple[Token, ...], i: int, before: str, headline: bool) -> bool:
    """Whether such a word is a name, or begins one."""
    behind = tokens[i + 1]
    if tokens[i].text == "Hit":
        return before in _OPENING and behind.lower in ("is", "was", "has", "had", "remains", "fell", "itself")
    return behind.text[0].isupper() and (before in _OPENING or (tokens[i].text == "Mount" and not headline))


@cache
def _adverbials() -> dict[str, list[tuple[str, ...]]]:
    """Adverbs of several words by their first word, the longest first."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(load("grammar")["adverbials"].split("|"), key=len, reverse=True):
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return found


def _adverbial(tokens: tuple[Token, ...], i: int) -> int:
    """How many words of an adverb begin at `i`: 2 of "in effect"; 0 where none does, as in "at last count"."""
    for words in _adverbials()[tokens[i].lower]:
        end = i + len(words)
        if end <= len(tokens) and all(tokens[i + n].lower == word for n, word in enumerate(words)):
            return 0 if end < len(tokens) and tokens[end].lower in ("count", "reports", "place") else len(words)
    return 0


def _of_a_time(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the word at `i` stands within a time: "as of noon", "in the night to Sunday"."""
    if i + 1 >= len(tokens):
        return False
    if tokens[i].text == "of":
        at = i + 2 if tokens[i + 1].lower in ("this", "early", "late", "last") and i + 2 < len(tokens) else i + 1
        return tokens[i - 1].lower == "as" and tokens[at].lower in lexicon().times
    return tokens[i - 1].lower == "night" and tokens[i + 1].lower in DAYS


def _is_numeral(after: Token | None, closed: Mapping[str, str]) -> bool:
    """Whether "I" behind a name numbers it, by the word after: "Belen I and Belen II", not "in Belen I saw"."""
    if after is None or not after.text[0].isalpha():
        return True
    return (
        after.lower in ("is", "are", "has", "were")
        or after.lower in lexicon().assets
        or closed.get(after.lower, "") in tuple("IKT")
    )


def _is_one(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word that looks like a plural opens the sentence as a name, of one thing or of a people.

    "Mantes is quiet", "Mantes fell to the rebels", "Mantes, the largest town of the valley"; not "Shops fell silent".
    """
    behind = [token.lower for token in tokens[i + 1 : i + _APPOSED]]
    if len(behind) < 2 or tokens[i].lower in _NO_NAMES:
        return False
    if behind[0] == ",":
        until = next((n for n, word in enumerate(behind) if n and word in ("of", ",")), len(behind))
        settled = any("settlement" in lexicon().assets.get(noun, ()) for noun in behind[2:until])
        return settled and behind[1] in ("a", "an", "the")
    if behind[0] in _SEIZING or (behind[0] == "still" and behind[1] in _SEIZING):
        return True  # "Norlanders seized the port": a people, whom no list needs to know
    return behind[0] in _SINGULAR or (behind[0] == "fell" and behind[1] in ("to", "into"))


def _road_ahead(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether adjectives or a name, and then a way, stand at `i`, the way alone or with where it leads."""
    for at in range(i, min(i + 3, len(tokens))):
        if "route" in lexicon().assets.get(tokens[at].lower, ()):
            follow = tokens[at + 1].lower if at + 1 < len(tokens) else ","
            return not follow[0].isalpha() or lexicon().closed.get(follow, "") in ("I", "T", "K", "S")
        if tokens[at].lower not in lexicon().adjectives and not tokens[at].text[0].isupper():
            return False
    return False


def _says(after: Token | None) -> bool:
    """Whether the next word is a verb of speech in a past or third form: "denied", "says"."""
    known = lexicon().verbs.get(after.lower) if after is not None else None
    return known is not None and known.lemma in _SPEAKING and not set(known.forms).isdisjoint("sd")


def _governs(after: Token | None) -> bool:
    """Whether the word behind an unknown one begins what that one does something to."""
    return after is not None and (after.text[0].isdigit() or lexicon().closed.get(after.lower, "") in ("D", "Q", "T"))


def _paired(tokens: tuple[Token, ...], tags: list[str], i: int) -> bool:
    """Whether the direction at `i` is one of two: "the north and east of Belen"."""
    if i + 3 < len(tokens) and tags and tags[-1] == "D" and tokens[i + 1].lower == "and":
        return {tokens[i].lower, tokens[i + 2].lower} <= _COMPASS and tokens[i + 3].lower == "of"
    second = i > 2 and i + 1 < len(tokens) and tokens[i - 1].lower == "and" and tokens[i + 1].lower == "of"
    return second and tags[-2] == "J" and {tokens[i].lower, tokens[i - 2].lower} <= _COMPASS


def _ways_work(tokens: tuple[Token, ...], tags: list[str], after: Token | None) -> bool:
    """Whether "works" behind the last tagged word is said of a way: "the port works", "the road to Belen works"."""
    at = len(tags) - 1
    if at > 1 and tags[at] == "C" and tags[at - 1] in "TI":
        at -= 2  # "the road to Belen", "the port of Belen"
    way = at >= 0 and tags[at] == "N" and "route" in lexicon().assets.get(tokens[at].lower, ())
    noun = after is not None and after.text[0].isalpha() and lexicon().closed.get(after.lower, "N") not in "IRSK"
    return way and not noun and at > 0 and (tags[at - 1] in "DCQJ" or tokens[at].lower != "road")


def _listed(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the word at `i` begins a list of names: "Crater, Mualla and Tawahi"."""
    return i + 2 < len(tokens) and tokens[i + 1].text == "," and tokens[i + 2].text[0].isupper()


def _acting(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the word at `i` is a verb, plainly past or with an object behind it: "both claim the port"."""
    lex = lexicon()
    if i + 1 >= len(tokens) or tokens[i].lower not in lex.verbs:
        return False
    if "d" in lex.verbs[tokens[i].lower].forms:
        return True  # "both fell on Monday"
    return lex.closed.get(tokens[i + 1].lower, "") in ("D", "Q", "R") or tokens[i + 1].text[0].isupper()


def _verbal(token: Token, verbs: Mapping[str, Form], closed: Mapping[str, str]) -> bool:
    """Whether a verb goes on here: "had all been taken"."""
    return closed.get(token.lower) == "A" or bool(
        set("n") & set(verbs[token.lower].forms if token.lower in verbs else "")
    )


_SPOKEN_OF: Final = clause_words("spoken_of")
_SAID_OF: Final = clause_words("said_of")
"""What stands behind "is" and never behind a possessive."""
_HAPPENED: Final = frozenset("been got had become fallen gone".split())


def _is_verb(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the "'s" at `i` is short for "is" or "has": "it's closed", "the town's ours"."""
    if not i or i + 1 >= len(tokens):
        return False
    after = tokens[i + 1]
    return tokens[i - 1].lower in _SPOKEN_OF or (after.lower in _SAID_OF and after.text.islower())


def auxiliary(tokens: tuple[Token, ...], i: int) -> str:
    """Which verb the auxiliary at `i` is a form of: be, have or do."""
    low = tokens[i].lower.removesuffix("n't")
    if low == "'s":
        person = i > 0 and tokens[i - 1].lower in ("he", "she", "who")
        has = i + 1 < len(tokens) and (tokens[i + 1].lower in _HAPPENED or (person and _done(tokens[i + 1].lower)))
        return "have" if has else "be"
    return "be" if low in BE else "have" if low in HAVE else "do"


def _describing(after: Token) -> bool:
    """Whether the word behind an adverb can only describe a noun there: "the now empty town", "a still held hill"."""
    lex = lexicon()
    low = after.lower
    return low in lex.adjective_base or low in lex.adjectives or low in lex.predicates or _done(low)


def _done(low: str) -> bool:
    return "n" in lexicon().verbs[low].forms if low in lexicon().verbs else False


def _stands_behind(low: str, before: str, after: Token | None) -> bool:
    """Whether an adjective stands behind its noun: "forces loyal to the president", "two villages nearby,"."""
    if after is None or before not in "NC":
        return False
    if low == "first":
        return after.text in ",;"  # "took the mill first, then the port"
    if low == "late":  # "took the town late on Sunday"
        return after.lower in ("on", "in", "at", "last") or after.lower in lexicon().times
    if low in lexicon().predicates:
        return not (after.text[0].isalpha() and after.lower not in lexicon().closed)
    return after.lower == _FOLLOWED.get(low) or (low == "nearby" and not after.text[0].isalpha())


def _all_but(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the word belongs to the "all but" of "has been all but surrounded"."""
    at = i if tokens[i].lower == "all" else i - 1
    if not 0 < at < len(tokens) - 2 or tokens[at].lower != "all" or tokens[at + 1].lower != "but":
        return False
    return tokens[at - 1].lower in BE or tokens[at - 1].lower in HAVE


def _plural_possessive(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the apostrophe at `i` is that of "the rebels' base"."""
    if not 0 < i < len(tokens) - 1 or tokens[i].lower != "'":
        return False
    before, after = tokens[i - 1], tokens[i + 1]
    if before.end != tokens[i].start or not before.lower.endswith("s"):
        return False
    if after.text in ".,;" and after.start == tokens[i].end:  # "is still the rebels'."
        return all(token.lower not in ("'", "‘") for token in tokens[:i])
    return after.start > tokens[i].end and after.text[0].isalpha()


def _nominal(token: Token, verbs: Mapping[str, Form]) -> bool:
    return token.text[0].isalpha() and token.lower not in verbs


def _of_a_way(tokens: tuple[Token, ...], tags: list[str]) -> bool:
    """Whether the last tagged words are a way and where it leads: "road to Belen"."""
    at = len(tags) - 1
    while at > 0 and tags[at] == "C":
        at -= 1
    return at > 0 and tags[at] in "TI" and "route" in lexicon().assets.get(tokens[at - 1].lower, ())


def _measured(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the words at `i` begin to say how much is held: "over half", not "over the port"."""
    low = tokens[i].lower if i < len(tokens) else ""
    follow = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    return low in _MEASURING and (low != "over" or follow in lexicon().shares or follow[:1].isdigit())


_SHEER = frozenset("pure sheer mere outright blatant absolute downright total utter barefaced brazen complete".split())
"""Adjectives behind which "lie" is a noun."""


def _prepositional(tokens: tuple[Token, ...], tags: list[str]) -> bool:
    """Whether the last tagged words are a name behind "under" or "in"."""
    at = len(tags) - 1
    while at >= 0 and tags[at] in "CJNs":
        at -= 1
    return at >= 0 and tokens[at].lower in ("under", "in", "into", "outside", "beyond", "from")


def _verb_or_noun(i: int, tokens: tuple[Token, ...], tags: list[str], before: str, form: Form, headline: bool) -> str:
    """Decide a word that can be a verb by what stands before and after it."""
    lex = lexicon()
    low = tokens[i].lower
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    next_low = after.lower if after else ""
    next_tag = "Q" if next_low[:1].isdigit() else lex.closed.get(next_low, "")
    noun_like = low in lex.noun_first
    if low == "desert" and next_low in lex.assets:
        return "J"  # "overrun desert post"
    if low in ("fly", "hang", "wave") and i and tokens[i - 1].lower in ("flags", "banners", "colours", "colors"):
        return "V"  # "rebel flags fly over the town"
    if low in ("lie", "lies") and i and tokens[i - 1].lower in _SHEER:
        return "N"  # "is a pure lie", "are sheer lies"
    if low == "cut" and next_low == "off" and before not in "DJ":
        return "V"
    if low == "cut" and i and tokens[i - 1].text == "," and next_low in ("by", "since"):
        return "V"  # "the highway, cut since Monday, is"
    if low == "cut" and before == "C" and next_low in ("by", "as", "after") and _of_a_way(tokens, tags):
        return "V"  # "main road to Belen cut by floods"
    if (
        before == "Q"
        and i > 1
        and tokens[i - 1].text.isdigit()
        and tokens[i - 2].text[0].isupper()
        and tags[-2] in "NC"
    ):
        before = "C"  # "Highway 9 remains closed"
    opens_noun = (
        after is not None and after.text[0].isalpha() and next_tag not in ("I", "K", "S", "A", "M", "X", "R", "W", "T")
    )
    if before == "A" and noun_like and i > 1 and tokens[i - 2].lower == "there":
        return "N"  # "there is fighting in the centre"
    if before == "A":
        back = next((tokens[j].lower for j in range(i - 1, -1, -1) if tags[j] == "A"), "")
        wanted = (
            "ng" if back == "'s" or back.removesuffix("n't") in BE else "n" if back.removesuffix("n't") in HAVE else "b"
        )
        return "V" if set(form.forms) & set(wanted) else "N"
    if low in _HELD_IN and next_low in ("of", "over") and before == "P" and tokens[i - 1].lower in _GIVEN:
        return "N"  # "giving them control of the hills"
    if before in "XM" or before == "P":
        return "V"
    if before == "V" and form.forms == "s" and tokens[i - 1].lower in _MAKING:
        return "N"  # "have made gains in Belen"
    if low == "surrounding" and before in "K^" and next_low in lex.assets:
        return "J"  # "Belen and surrounding villages"
    if before in "VNC" and next_low == "of" and "b" in form.forms and low in ("capture", "fall", "recapture"):
        return "N"  # "claims capture of", "the rebel capture of"
    if before in "IV" and low in lex.adjective_base and opens_noun and next_tag not in ("D", "P", "Q"):
        return "J"  # "in complete control"
    if before == "T" and i > 1 and tokens[i - 2].lower == low:
        return "N"  # "from house to house"
    if before == "T" and noun_like and form.forms == "s":
        return "N"  # "fell to forces loyal to the general"
    if before == "T":
        return "V" if "b" in form.forms and next_low not in ("of", "'s") else "J" if opens_noun else "N"
    if before == "R":
        back = next((t for t in reversed(tags) if t not in 'R"'), "^")
        if back == "A" and set(form.forms) == {"b"} and not noun_like:
            return "N"
        if noun_like and low in _GOVERNING and next_low in _MEASURING:
            return "V"
        named = after is not None and after.text[0].isupper() and not headline and "b" in form.forms
        if noun_like and named and low in _ACTING and back in "NC":
            return "V"  # "the rebels now control Belen"
        if back in "AXMPTNC,K^W.:-":
            verbal = next_tag in ("D", "P", "Q") and back in "NC" and bool(set(form.forms) & set("bsd"))
            return "V" if verbal or not (noun_like and back in "^.:-,NC") else "N"
        return "J" if set(form.forms) & set("dng") and opens_noun else "N"
    if before in "DQ" and next_low == "by" and "n" in form.forms and tokens[i - 1].lower in ("both", "all"):
        return "V"  # "A and B, both held by rebels"
    if before in "DJs" or (before == "Q" and not (set(form.forms) & set("ds"))):
        if set(form.forms) & set("dng") and opens_noun and not noun_like and next_low not in lex.verbs:
            return "J"
        if before == "D" and set(form.forms) == {"n"}:
            return "J"
        return "N"
    if before == "Q" and low in ("wounded", "injured", "missing", "displaced") and next_tag != "I":
        return "N"  # "36 dead and 140 wounded, and the port"
    if before == "Q" and form.forms == "s" and not opens_noun:
        return "N"
    if before == "Q":
        return "V" if not opens_noun or next_tag == "D" else "J"
    if before == "I":
        if "g" in form.forms and not noun_like:
            return "V"
        return (
            "J"
            if set(form.forms) & set("dn") and opens_noun and next_tag not in ("D", "P")
            else "N"
            if noun_like
            else "V"
        )
    if before in "NC":
        people = tokens[i - 1].text if low in _TOLD and before == "C" and tags[-2:-1] == ["D"] else "s"
        if not people.endswith("s") and nation(people):
            return "N"  # "the Norland claim that it holds the port"
        if form.lemma in ("report", "claim", "state", "fear", "hope") and next_low == "that":
            return "V"
        compound = low in ("held", "controlled", "occupied", "run", "administered") and tags[-2:-1] == ["D"]
        if compound and next_low in lex.assets and next_low.removesuffix("s") == next_low:
            return "J"  # "the regime controlled area"
        if form.lemma == "change" and next_low == "hands":
            return "V"
        if low == "cut" and next_low in lex.assets and tokens[i - 1].lower not in lex.assets:
            return "V"  # "rebels cut highway"
        if low == "cut" and (tokens[i - 1].lower in lex.assets or next_low == "off") and not opens_noun:
            return "V"
        if noun_like and low in _HELD_IN and _prepositional(tokens, tags):
            return "N"  # "is not under Georgian control any more"
        if low == "control" and tokens[i - 1].lower in lex.actors and next_low != "of":
            ahead = [t.lower for t in tokens[max(0, i - 5) : i - 1]]
            if "which" in ahead or "that" in ahead or (not opens_noun and tags[-3:-1] == ["N", "D"]):
                return "V"  # "the last town that the rebels control"
        described = next_low in lex.adjectives and i + 2 < len(tokens) and tokens[i + 2].lower in lex.assets
        if low == "cut" and next_low in lex.adjectives and tokens[i - 1].lower in lex.actors:
            return "V" if described else "N"  # "rebels cut main highway"
        if low in _ARRIVING and tokens[i - 1].lower in _CRAFT and next_low in ("at", "in"):
            return "V"  # "first ship docks at"
        if noun_like:
            former = tokens[i - 1].lower
            several = former.endswith("s") or former in lex.people or former in lex.actors
            if low in _GOVERNING and several and _measured(tokens, i + 1):
                return "V"  # "the rebels control more than half of it"
            if next_low == "to" and low in _RETURNING and former in lex.actors:
                return "V"  # "militia return to town"
            if next_low in _INWARD and low in _PUSHING and former in lex.actors and former.endswith("s"):
                return "V"  # "rebels push into town"
            named = after is not None and after.text[0].isupper() and not headline and "b" in form.forms
            verbal = next_tag in ("D", "P") or (next_tag == "Q" and next_low not in ("all", "both"))
            held = several and former in lex.actors and (next_low in lex.assets or described)  # "rebels storm airport"
            verbal = verbal or (low in _ACTING and (named or held))
            return "V" if set(form.forms) & set("bsd") and verbal and low not in ("forces", "force") else "N"
        if headline and "g" in form.forms and opens_noun and next_tag != "D":
            return "V"
        return "V"
    if noun_like and before == "," and next_low in _MEASURING and low in _GOVERNING:
        return "V"
    if before == "," and low in _CUTTING and "V" in tags and _road_ahead(tokens, i + 1):
        return "V"  # "rebels take town, cut main road"
    if before == "K" and i > 1 and set(form.forms) & set("dn") and {tokens[i - 2].lower, next_low} <= lex.actors.keys():
        return "J"  # "police and armed forces"
    if before == "K" and noun_like:
        told = low in _ACTING and next_low in lex.assets and "V" in tags  # "rebels enter town and ring palace"
        return "V" if told or next_tag in ("D", "P") else "N"
    if before == "W" and noun_like and tokens[i - 1].lower == "whose":
        return "N"  # "the jail, whose guards had left"
    if before == "W":
        that = form.forms == "s" and tokens[i - 1].lower == "that"
        still = next_tag == "R" and i + 2 < len(tokens) and tokens[i + 2].lower in lex.verbs
        if low in _FOUGHT and tokens[i - 1].lower == "that":
            return "N"  # "said that fighting went on"
        plural = that and (next_tag == "A" or (noun_like and (still or next_low in lex.verbs)))
        return "N" if plural else "V"  # "said that clashes were going on", "that supplies still arrived"
    if noun_like:
        named = after is not None and after.text[0].isupper() and form.forms == "s" and not headline
        return "V" if before == "," and (next_tag in ("D", "P") or named) else "N"
    if before == "^" and set(form.forms) & set("dn") and opens_noun and next_tag not in ("D", "P") and not headline:
        return "J"
    return "V"
