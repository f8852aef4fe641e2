"""Around a figure: the place it is about, the time it covers, and whether it is history."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from claimstream.model import Quantity, Scope, Sentence

NEAR = frozenset("in at near around outside inside across throughout from of".split())
NOT_PLACES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september"
    " october november december jan feb mar apr jun jul aug sep sept oct nov dec un u.n us u.s".split()
)
TOTAL = re.compile(
    r"\bsince (?:the )?(?:start|beginning|outbreak)?\s?(?:of )?(?:the |its |this )?"
    r"(?:civil |syrian |current )?(?:war|conflict|uprising|insurgency|revolution|invasion)\b"
    r"|\bsince (?:early |late |mid-|\w{3,9} )?(?:19|20)\d\d\b"
    r"|\b(?:in|during|throughout) the (?:whole|entire|course of the)? ?(?:civil )?(?:war|conflict)\b"
    r"|\bso far in the (?:war|conflict)\b|\byears of (?:civil )?(?:war|conflict|fighting)\b"
)
PERIOD = re.compile(
    r"\bthis (?:month|week|year)(?:'s|’s)?\b|\b(?:month|week|year)(?:'s|’s) (?:death )?toll\b"
    r"|\bsince (?:january|february|march|april|may|june|july|august|september|october|november|december)\b"
    r"|\bsince the (?:start|beginning) of (?:the|this) (?:year|month|week)\b"
    r"|\b(?:in|over|during) the (?:past|last|previous) (?:\w+ )?(?:hours|days|weeks|months|24 hours|week|month|year)\b"
    r"|\bso far this (?:month|week|year)\b"
)
SINCE = re.compile(r"\bsince [^,.;:]{3,40}")
HISTORY = re.compile(
    r"\b(?:in|of|during|from|until) (?:early |late |mid-)?(?:(?:january|february|march|april|may|june|july|august|september"
    r"|october|november|december|spring|summer|autumn|winter)(?: of)? )?(?:19\d\d|20\d\d)\b"
    r"|\blast year\b|\b(?:years?|decades?) (?:ago|earlier)\b|\bin the (?:19|20)\d0s\b|\bthe (?:19|20)\d\d (?:war|quake|earthquake|battle|siege|flood|disaster)\b"
    r"|\ba (?:year|decade|century) (?:ago|earlier)\b"
)


class Places:
    """The named places of an article's sentences, for numbers whose own words name none."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        self._found: dict[int, list[tuple[int, str]]] = {}
        self._sentences = sentences
        self._last = ""

    def of(self, sentence: Sentence, quantity: Quantity) -> str:
        """The place the number is about: named behind it, else before it in the sentence, else the last one named."""
        if sentence.index not in self._found:
            self._found[sentence.index] = _places(sentence)
        found = self._found[sentence.index]
        behind = [name for start, name in found if start >= quantity.start]
        before = [name for start, name in found if start < quantity.start]
        if behind:
            self._last = behind[0]
        elif before:
            self._last = before[-1]
        return behind[0] if behind else before[-1] if before else ""


def _places(sentence: Sentence) -> list[tuple[int, str]]:
    """Capitalised phrases behind a preposition of place."""
    tokens = sentence.tokens
    found: list[tuple[int, str]] = []
    i = 0
    while i < len(tokens) - 1:
        if tokens[i].lower not in NEAR:
            i += 1
            continue
        j = i + 1
        if tokens[j].lower in ("the", "eastern", "western", "northern", "southern", "central", "nearby"):
            j += 1
        k = j
        while k < len(tokens) and tokens[k].text[:1].isupper() and tokens[k].lower not in NOT_PLACES and k - j < 4:
            k += 1
        if k > j and tokens[i].lower not in ("from", "of"):
            found.append((tokens[i].start, sentence.text[tokens[j].start : tokens[k - 1].end]))
        i = max(k, i + 1)
    return found


class Times(NamedTuple):
    """The time that a sentence's figures cover: their scope, the words "since ...", and whether they are history."""

    scope: Scope
    since: str
    history: bool


def times(sentence: Sentence) -> Times:
    """The time that the figures of a sentence cover, from its own words."""
    text = sentence.text.lower()
    since = SINCE.search(text)
    words = sentence.text[since.start() : since.end()] if since and len(text) == len(sentence.text) else ""
    scope: Scope = "total" if TOTAL.search(text) else "period" if PERIOD.search(text) else "incident"
    return Times(scope, words, HISTORY.search(text) is not None)
