"""Cues, and the words of the sentence that each answers for."""

from __future__ import annotations

from dataclasses import dataclass

from claimstream.model import Sentence
from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    AUX,
    BREAKS,
    COUNT,
    PREP,
    WORDS,
    Tokens,
    has_verb,
    word_set,
)

LINKS = word_set(WORDS["links"])
RELATIVES = word_set("where which whom when")
OPENS_CLAUSE = word_set(WORDS["clause_openers"])
CONCEDING = word_set("although though while whereas despite notwithstanding")
_CONCEDING = frozenset((("even", "as"), ("even", "though"), ("even", "while")))
_IN_SPITE = ("in", "spite", "of")
_NEAR_OPENING = 6
"""How many words may stand between the conjunction and the speaker."""
GOING_ON = word_set("and but or nor which who whom whose where when with including as adding saying while that")
COUNTING = frozenset(COUNT.values())
TOLD = frozenset(COUNT.values()) | {"confirm", "announce", "acknowledge", "declare", "show", "reveal"}
TOLD |= word_set("call ask demand urge want appeal pledge vow promise")


@dataclass(frozen=True, slots=True)
class Cue:
    """A speaker (tokens `left` to `right`, the bare name ending at `head`) and the content as offsets in the sentence.

    `verb` is the infinitive; `denial` marks what is denied; `place` says where the content stands from the cue.
    """

    left: int
    head: int
    right: int
    spans: tuple[tuple[int, int], ...]
    verb: str
    rule: str
    denial: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """A cue in tokens: the speaker, the cue word, where the cue ends, and on which side its content stands."""

    left: int
    head: int
    right: int
    start: int
    end: int
    verb: str
    side: str
    denial: bool = False


def with_words(sentence: Sentence, found: list[Raw]) -> tuple[Cue, ...]:
    """Each cue with the words that it answers for: up to the next speaker, and back to the last one's words."""
    tokens, made = sentence.tokens, []
    size = len(tokens)
    for n, raw in enumerate(found):
        following = _begin(found[n + 1], raw.end) if n + 1 < len(found) else size
        floor = found[n - 1].end if n else 0
        spans: list[tuple[int, int]] = []
        if raw.side == "around":
            begin = min(raw.left, raw.start)
            if n and found[n - 1].side == "after":
                floor = _outer_floor(tokens, found[n - 1], begin)
            put_in = raw.verb == "according" and begin > floor + 2 and tokens[begin - 1].text == ","
            if put_in and tokens[begin - 2].lower in OPENS_CLAUSE:
                floor = begin - 2  # "in the west, where, according to an officer, 40 men remain"
            spans = [(floor, begin), (raw.end, _stop_short(tokens, raw.end, following, size))]
        elif raw.side == "near":
            begin = raw.start
            if raw.verb == "count" and begin > floor and tokens[begin - 1].text == ",":
                begin -= 1  # "the gangs hold the port, by United Nations estimates"
            while begin > floor and tokens[begin - 1].text not in BREAKS and tokens[begin - 1].lower != "and":
                begin -= 1
            stop = raw.end if raw.end < size and tokens[raw.end].lower in AUX else raw.start
            spans = [(begin, following if stop == raw.end else stop)]
        else:
            begin = raw.end if raw.verb in COUNTING else _content_start(tokens, raw.end, following)
            stop = _conceded(tokens, raw, begin, _stop_short(tokens, begin, following, size))
            if sentence.title:
                stop = next((k for k in range(begin, stop) if _leaves_off(tokens, k, begin, stop)), stop)
            spans = [(begin, stop)]
        if _put_in(tokens, raw) and spans[0][1] > raw.end:
            spans = [(spans[0][0], _closing_comma(tokens, raw.end, spans[0][1]))]
        shown = [(a, b) for a, b in (_words_only(tokens, a, b) for a, b in spans) if a < b]
        first, last = (shown[0][0], shown[-1][1] - 1) if shown else (raw.left, max(raw.left, raw.end - 1))
        chars: tuple[tuple[int, int], ...] = ((tokens[first].start, tokens[last].end),)
        behind = _behind_insert(tokens, found, n) if raw.side == "after" and n + 1 < len(found) else None
        if behind is not None:
            chars = (*chars, (tokens[behind[0]].start, tokens[behind[1] - 1].end))
        made.append(Cue(raw.left, raw.head, raw.right, chars, raw.verb, raw.side, raw.denial))
    return tuple(made)


def _put_in(tokens: Tokens, raw: Raw) -> bool:
    """Whether the cue stands in a clause put in between commas: ", where the rebels had boasted of 82, ..."."""
    opens = raw.left > 1 and tokens[raw.left - 1].lower in RELATIVES and tokens[raw.left - 2].text == ","
    return opens and raw.side == "after"


def _closing_comma(tokens: Tokens, start: int, stop: int) -> int:
    """The comma behind which the clause around goes on, with a preposition or its verb; else `stop`."""
    comma = next((k for k in range(start, stop - 1) if tokens[k].text == ","), stop)
    goes_on = comma < stop and tokens[comma + 1].lower in AFTER_PARTICIPLE | AUX
    return comma if goes_on else stop


def _behind_insert(tokens: Tokens, found: list[Raw], n: int) -> tuple[int, int] | None:
    """The words of the speaker that follow a clause put in: "put the dead, whom the rebels number at 82, at nine"."""
    inner = found[n + 1]
    if not _put_in(tokens, inner):
        return None
    stop = _begin(found[n + 2], inner.end) if n + 2 < len(found) else len(tokens)
    comma = _closing_comma(tokens, inner.end, stop)
    return (comma + 1, stop) if comma < stop else None


def outer(found: list[Raw], tokens: Tokens) -> list[Raw]:
    """Without counts and confirmations that are only told by a later speaker: "X has counted 40, according to Y"."""
    kept: list[Raw] = []
    for raw in found:
        told = raw.side == "around" and tokens[min(raw.left, raw.start) - 1].text == ","
        counted = bool(kept) and kept[-1].side == "after" and kept[-1].verb in TOLD
        if told and counted and all(t.text not in ";:" for t in tokens[kept[-1].end : raw.left]):
            kept.pop()
        kept.append(raw)
    return kept


def _outer_floor(tokens: Tokens, inner: Raw, begin: int) -> int:
    """Where the words begin of one who tells what another said: "where the mayor says that ..., the army said"."""
    cut = _after_break(tokens, inner.end, begin)
    if cut < begin:
        return cut
    conceded = _conceded(tokens, inner, inner.end, begin - 1)
    if conceded < begin - 1:
        return conceded + 1
    return 0 if inner.left > 3 and tokens[inner.left - 1].text not in BREAKS else begin


def _after_break(tokens: Tokens, floor: int, begin: int) -> int:
    return next((k + 1 for k in range(begin - 1, floor - 1, -1) if tokens[k].text == ";"), begin)


def _content_start(tokens: Tokens, start: int, stop: int) -> int:
    """Past whom the words are said to and "that": "conceded to the station that the bank ..."."""
    for k in range(start, min(stop, start + 14)):
        if tokens[k].text in BREAKS and tokens[k].text != ",":
            break
        if k > start and tokens[k - 1].lower in PREP:
            continue  # "spoke of nine dead on that day"
        if tokens[k].lower == "that" and k + 1 < stop and tokens[k + 1].lower not in (".", ",", "of"):
            if tokens[k + 1].lower.endswith("ed") and tokens[k + 1].text.islower():
                return start  # "told the agency planes that targeted the port ...": a relative clause
            return k + 1 if not has_verb(tokens, start, k) else start
    return start + 1 if start < stop and tokens[start].lower in ("of", "to", ":") else start


def _leaves_off(tokens: Tokens, k: int, begin: int, stop: int) -> bool:
    """Whether the words of a headline's speaker end at `k`: "Rebels claim Halim as 200 drown in ferry tragedy"."""
    said = tokens[k].lower == "as" and k > begin and k + 2 < stop and tokens[k + 1].lower not in AFTER_PARTICIPLE
    return tokens[k].text == ";" or (said and tokens[k + 1].lower not in ("a", "an", "many", "well", "much"))


def _conceded(tokens: Tokens, raw: Raw, begin: int, stop: int) -> int:
    """The comma that ends the words of one who is named only to go on: "Although X said it was so, Y ..."; else `stop`.

    Before it stands a clause of what he said, behind it the main clause of the sentence, which is not his.
    """
    opening = tuple(token.lower for token in tokens[:3])
    concedes = opening[0] in CONCEDING or opening[:2] in _CONCEDING or opening == _IN_SPITE
    if raw.side != "after" or not concedes or raw.left > _NEAR_OPENING:
        return stop
    for k in range(begin + 1, stop - 1):
        if tokens[k].text == "“" or tokens[k].text == '"':
            return stop
        if tokens[k].text == "," and has_verb(tokens, begin, k) and has_verb(tokens, k + 1, stop):
            return stop if tokens[k + 1].lower in GOING_ON else k
    return stop


def _begin(raw: Raw, after: int) -> int:
    """Where a cue begins; at its verb where it shares the speaker of one before."""
    begin = min(raw.left, raw.start)
    return begin if begin >= after else raw.start


def _stop_short(tokens: Tokens, start: int, following: int, size: int) -> int:
    """The content's end: before the next speaker, and before the "but" or "and" that leads to it."""
    stop = following
    for k in range(start, following):
        if tokens[k].text == ";" and following < size:
            stop = k
            break
    if following < size:
        while stop > start and (tokens[stop - 1].text in BREAKS or tokens[stop - 1].lower in LINKS):
            stop -= 1
    return stop


def _words_only(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    while start < end and tokens[start].text in ",;:.)—–-”":
        start += 1
    while start < end and tokens[end - 1].text in ",;:(—–-":
        end -= 1
    return start, end
