"""Ministries as houses: what is stormed, held or left is the building, not those who govern from it.

"Protesters seized the Finance Ministry and the army drove them out": them, the protesters. And several ministries told
in one phrase are told one by one: "the ministries of justice and health".
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from claimstream.model import Token
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.words import clause_words, lexicon

HOUSES: Final = frozenset("ministry ministries presidency".split())
_STORMED: Final = clause_words("stormed")
"""Verbs that are done to a house."""
_COMPASS: Final = frozenset("centre center north south east west".split())
_UNITS: Final = frozenset("battlegroup group corps".split())
_LISTED: Final = 24
"""Phrases of a list that are looked back over."""
_WORDS: Final = 3
"""Words that one of several ministries is called by at most: "foreign affairs"."""


def stormed(phrases: list[Phrase]) -> list[Phrase]:
    """ "Students seized the Finance Ministry", "the Finance Ministry was stormed": a building."""
    made = list(phrases)
    for at, phrase in enumerate(phrases):
        if phrase.kind != "np" or phrase.cls != "side" or phrase.word not in HOUSES:
            continue
        before = phrases[at - 1] if at else phrase
        follow = phrases[at + 1] if at + 1 < len(phrases) else phrase
        done = before.kind == "vg" and before.word in _STORMED and not before.passive
        done = done or (follow.kind == "vg" and follow.word in _STORMED and follow.passive)
        joined = at > 1 and before.kind == "w" and before.cls in ",K" and _a_house(made, at - 1)
        if done or joined:
            made[at] = replace(phrase, cls="asset")
    return made


def named_by_compass(phrases: list[Phrase]) -> list[Phrase]:
    """ "Battlegroup Centre has taken the quarry": a unit, not a centre."""
    made = list(phrases)
    for at, phrase in enumerate(phrases):
        unit = phrase.kind == "np" and phrase.cls == "asset" and phrase.word in _COMPASS and bool(phrase.mods)
        if unit and phrase.mods[-1] in _UNITS and not phrase.owner:
            made[at] = replace(phrase, cls="side")
    return made


def its_own(phrases: list[Phrase]) -> list[Phrase]:
    """ "The Northeast Command is still the army's": the Command is a place that the army has."""
    for at in range(len(phrases) - 2):
        phrase, verb = phrases[at : at + 2]
        if phrase.cls != "side" or phrase.word != "command" or verb.word not in ("be", "remain", "stay"):
            continue
        follow = at + 2
        while follow < len(phrases) - 1 and phrases[follow].kind == "w" and phrases[follow].cls == "R":
            follow += 1
        if phrases[follow].form == "gen" or phrases[follow].cls == "own":
            return [*phrases[:at], replace(phrase, cls="asset"), *phrases[at + 1 :]]
    return phrases


def _a_house(phrases: list[Phrase], mark: int) -> bool:
    """Whether the noun phrase before the comma or "and" at `mark` is an asset, and an object of what is done there."""
    while mark > 0 and phrases[mark].kind == "w" and phrases[mark].cls in ",K":
        mark -= 1
    at, first = mark, max(0, mark - _LISTED)
    while at > first and (phrases[at].kind == "np" or phrases[at].word == "of" or phrases[at].cls in ",K"):
        at -= 1
    led = phrases[at].kind == "vg" and phrases[at].word in _STORMED and not phrases[at].passive
    return led and any(phrase.cls == "asset" for phrase in phrases[at + 1 : mark + 1])


def ministries(tokens: tuple[Token, ...], phrase: Phrase) -> tuple[list[str], int]:
    """ "The ministries of justice and foreign affairs": their names one by one, and the token behind the last."""
    at = phrase.end
    if phrase.word != "ministries" or at + 2 >= len(tokens) or tokens[at].lower != "of":
        return [], phrase.end
    names: list[str] = []
    words: list[str] = []
    closing = False
    for at in range(phrase.end + 1, min(len(tokens), phrase.end + 16)):
        low = tokens[at].lower
        plain = tokens[at].text[0].isalpha() and low not in lexicon().closed and low not in lexicon().times
        if plain and len(words) < _WORDS:
            words.append(tokens[at].text.capitalize())
            continue
        if words:
            names.append(" ".join([*words, "Ministry"]))
            words = []
        if low not in ("and", ",") or closing:
            break
        closing = low == "and"
    return (names, at) if len(names) > 1 and closing else ([], phrase.end)


def ministry_of(tokens: tuple[Token, ...], phrase: Phrase) -> str:
    """ "The Ministry of Energy": Energy Ministry; "" where nothing of the kind stands behind "ministry"."""
    at = phrase.end
    if phrase.word not in ("ministry", "directorate") or phrase.names[:-1] or at + 1 >= len(tokens):
        return ""
    words: list[str] = []
    if tokens[at].lower == "of":
        for token in tokens[at + 1 : at + 1 + _WORDS]:
            if not token.text[0].isalpha() or token.lower in lexicon().closed or token.lower in lexicon().times:
                break
            words.append(token.text.capitalize())
    return " ".join([*words, phrase.word.capitalize()]) if words else ""
