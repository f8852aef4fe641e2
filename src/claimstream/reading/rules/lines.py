"""Sentences whose parts stand in an unusual order, put into the usual one before the rules read them.

"Port: in rebel hands." has a colon for a verb; "Still in rebel hands are the port and the mill" and "Taken on Monday:
the mill" say first what they say last otherwise; "the port is not, as the rebels claim, theirs" is cut in two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.subjects import moods

_HOLDING = frozenset("hands control rule authority grip siege administration possession occupation".split())
_STATES = frozenset("contested disputed divided encircled besieged".split())
_REACH = 16


def in_order(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases in the usual order; the same list where they stand in it already."""
    phrases = _without_asides(phrases)
    start = 0
    while start < len(phrases) and phrases[start].kind == "w" and phrases[start].cls in "R~-":
        start += 1
    if start + 2 >= len(phrases):
        return phrases
    if phrases[start].kind == "np":
        return _label(phrases, start)
    return _turned(phrases, start)


def _label(phrases: list[Phrase], start: int) -> list[Phrase]:
    """ "Port: in rebel hands": the colon is a verb."""
    at = start
    while at < len(phrases) and at < start + _REACH and phrases[at].word != ":":
        if phrases[at].kind == "vg":
            return phrases
        at += 1
    if at + 1 >= len(phrases) or phrases[at].word != ":" or phrases[start].cls not in ("asset", "name"):
        return phrases
    follow = at + 1
    while follow < len(phrases) and phrases[follow].kind == "w" and phrases[follow].cls == "R":
        follow += 1
    if follow >= len(phrases):
        return phrases
    after = phrases[follow]
    if after.kind == "vg" and after.form in ("part", "fin") and not after.aux:
        passive = replace(after, passive=True, form="fin", aux="be")
        adverb = replace(phrases[at], word="now", cls="R")
        return [*phrases[:at], adverb, *phrases[at + 1 : follow], passive, *phrases[follow + 1 :]]
    held = after.kind == "w" and after.word in ("in", "under", "with") and follow + 1 < len(phrases)
    if held or after.word in _STATES:
        return [*phrases[:at], _copula(phrases[at]), *phrases[at + 1 :]]
    return phrases


def _turned(phrases: list[Phrase], start: int) -> list[Phrase]:
    """ "Under rebel control: A and B", "Among the towns taken by the rebels are A and B": the places to the front."""
    first = phrases[start]
    among = first.word == "among" and start + 2 < len(phrases) and phrases[start + 1].kind == "np"
    begin = start + 2 if among else start
    while begin < len(phrases) and phrases[begin].kind == "w" and phrases[begin].cls == "R":
        begin += 1
    if begin >= len(phrases):
        return phrases
    said = phrases[begin]
    held = said.kind == "w" and said.word in ("in", "under") and begin + 1 < len(phrases)
    held = held and phrases[begin + 1].word in _HOLDING
    done = said.kind == "vg" and said.form in ("part", "fin") and not said.aux
    if not held and not done:
        return phrases
    for at in range(begin + 1, min(begin + _REACH, len(phrases) - 1)):
        phrase = phrases[at]
        linked = phrase.kind == "vg" and phrase.word == "be" and phrase.form == "fin" and not phrase.passive
        if phrase.word == ":" or linked:
            end = _list_end(phrases, at + 1)
            if end == at + 1:
                return phrases
            verb = [replace(said, passive=True, form="fin", aux="be")] if done else [_copula(phrase), said]
            negated = [replace(verb[0], negated=phrase.negated)]
            rest = [p for p in phrases[begin + 1 : at] if p.word != ","]
            return [*phrases[:start], *phrases[at + 1 : end], *negated, *verb[1:], *rest, *phrases[end:]]
        if phrase.kind == "vg" or (phrase.kind == "w" and phrase.cls in ";."):
            return phrases
    return phrases


def _list_end(phrases: Sequence[Phrase], at: int) -> int:
    """The index behind the list of noun phrases that begins at `at`."""
    end = at
    while end < len(phrases) and end < at + 2 * _REACH:
        phrase = phrases[end]
        if phrase.kind == "np" and phrase.cls not in ("people", "side"):
            end += 1
        elif phrase.kind == "w" and (phrase.cls in "K,R" or phrase.word == "of") and end + 1 < len(phrases):
            if phrases[end + 1].kind == "np" and phrases[end + 1].cls in ("people", "side"):
                break
            end += 1
        else:
            break
    while end > at and phrases[end - 1].kind == "w":
        end -= 1
    return end


def _copula(phrase: Phrase) -> Phrase:
    """A verb "is" in place of the phrase."""
    start, end = phrase.start, phrase.end
    return Phrase("vg", start, end, "be", head=start, mods=("is",), form="fin", negated=phrase.negated)


def _without_asides(phrases: list[Phrase]) -> list[Phrase]:
    """Without ", as the rebels claim," between the parts of a verb."""
    if len(phrases) < 6:
        return phrases
    saying = moods()["saying verbs"]
    for at in range(1, len(phrases) - 4):
        if phrases[at].word != ",":
            continue
        if phrases[at + 1].word not in ("as", "contrary"):
            end = next((e for e in range(at + 2, min(at + 6, len(phrases) - 1)) if phrases[e].word == ","), -1)
            told = end > 0 and any(p.kind == "vg" and p.word in saying for p in phrases[at + 1 : end])
            if told and phrases[at - 1].kind == "vg" and phrases[end + 1].word == "by":
                return [*phrases[:at], *phrases[end + 1 :]]
            continue
        split = phrases[at - 1].kind == "vg"
        for end in range(at + 2, min(at + 8, len(phrases))):
            if phrases[end].word == "," and phrases[end - 1].kind == "vg" and phrases[end - 1].word in saying and split:
                return [*phrases[:at], *phrases[end + 1 :]]
    return phrases
