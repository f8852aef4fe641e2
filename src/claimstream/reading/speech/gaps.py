"""Further speakers whose verb is not said again: "The army says it lost 12 men, the rebels 20"."""

from __future__ import annotations

from claimstream.reading.speech.fitness import FURTHER, MEASURES, is_numeral
from claimstream.reading.speech.spans import Raw
from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    BREAKS,
    DETERMINERS,
    NO_SPEAKER,
    POSSESSIVE_MARKS,
    QUOTES,
    TIME,
    Tokens,
    can_speak,
    has_verb,
    is_tensed,
    word_set,
)

PUT = word_set("put stand stick estimate reckon set")
UNITS = word_set("km kilometres kilometers miles mile metres meters years year days hours per percent %")
LONGEST = 8
"""Tokens that may name a speaker without a verb."""
QUALIFIERS = word_set("more less fewer than about some around at least most nearly almost over only up to no not")
LINKS = word_set("and but while or whereas")


def gapped(tokens: Tokens, found: list[Raw], inside: list[bool]) -> list[Raw]:
    """The cues with those that only a speaker and a number, or a speaker and "that", make."""
    if not any(token.text.islower() for token in tokens):
        return found
    made: list[Raw] = []
    for n, raw in enumerate(found):
        made.append(raw)
        if raw.side == "near":
            continue
        stop = min(found[n + 1].left, found[n + 1].start) if n + 1 < len(found) else len(tokens)
        last = raw
        for k in range(raw.end + 1, stop):
            if not inside[k] and k >= last.end and _opens(tokens, k) and tokens[k].lower not in LINKS:
                more = _speaker_alone(tokens, k, stop, last)
                if more is not None:
                    made.append(more)
                    last = more
    return made


def _opens(tokens: Tokens, k: int) -> bool:
    """Whether a clause may begin at `k`: behind a comma, a semicolon, or "and"."""
    before = tokens[k - 1]
    return before.text in ",;" or before.lower in LINKS


def _speaker_alone(tokens: Tokens, left: int, stop: int, before: Raw) -> Raw | None:
    first = tokens[left]
    named = first.text[:1].isupper() and first.lower not in NO_SPEAKER
    if is_numeral(first) or not (named or first.lower in DETERMINERS):
        return None
    if first.lower in TIME or first.lower in AFTER_PARTICIPLE:
        return None
    for k in range(left + 1, min(left + LONGEST, stop)):
        if tokens[k].text in BREAKS or tokens[k].text == "." or is_tensed(tokens, k, left):
            return None
        if before.verb == "speak" and tokens[k].lower == "of" and _told_of(tokens, k + 1):
            return Raw(left, k, k, k, k + 1, "speak", "after") if can_speak(tokens, left + 1, k) else None
        counts = is_numeral(tokens[k]) and any(map(is_numeral, tokens[before.start : left]))
        if counts or (tokens[k].lower == "that" and has_verb(tokens, before.end, left)):
            return _alone(tokens, left, k, before)
    return None


def _told_of(tokens: Tokens, k: int) -> bool:
    """Whether a number or a quotation stands at `k`: "the government of “a few dozen”"."""
    return k < len(tokens) and (tokens[k].text in QUOTES or is_numeral(tokens[k]) or tokens[k].lower in QUALIFIERS)


def _alone(tokens: Tokens, left: int, k: int, before: Raw) -> Raw | None:
    """The speaker from `left` to what he says at `k`."""
    head = k
    if tokens[k].lower == "that":
        if k + 2 >= len(tokens) or not has_verb(tokens, k + 1, min(len(tokens), k + 9)):
            return None
    elif tokens[k - 1].lower == "at" and before.verb in PUT:
        head = k - 1
    while head > left and (tokens[head - 1].lower in QUALIFIERS or tokens[head - 1].text in "$£€¥"):
        head -= 1
    if head - 2 > left and tokens[head - 1].lower == "of" and tokens[head - 2].lower == "one":
        head -= 2
    if head > left and tokens[head - 1].lower in POSSESSIVE_MARKS:
        if any(t.lower in POSSESSIVE_MARKS or t.lower == "own" for t in tokens[before.end : left]):
            return None  # "put the army's dead at 23 and the rebels' at 80": whose dead they are
        head -= 1
    counted = head > left + 1 and tokens[head - 1].lower in MEASURES  # "and the army's losses at 5,000"
    another = head == left + 1 and tokens[left].lower in FURTHER  # "another that nobody could cross"
    if head <= left or counted or (not another and tokens[head - 1].lower in AFTER_PARTICIPLE | DETERMINERS | TIME):
        return None
    if head == k and head - left > 1 and tokens[left].lower not in DETERMINERS and tokens[head - 1].text[:1].isupper():
        return None  # "Infantry Battalion 68"
    named = another or can_speak(tokens, left + (tokens[left].lower in DETERMINERS), head)
    if not named or has_verb(tokens, left, head):
        return None
    if k + 1 < len(tokens) and (tokens[k + 1].lower in UNITS or (head == k and is_tensed(tokens, k + 1))):
        return None  # "the rebels 40 km away", "Battalion 68 left"
    return Raw(left, head, head, k, k, before.verb, "after")
