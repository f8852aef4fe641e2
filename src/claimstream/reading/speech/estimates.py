"""Numbers put at something by somebody in passing: "its garrison, put by diplomats at 9,000"."""

from __future__ import annotations

from claimstream.reading.speech.fitness import is_numeral
from claimstream.reading.speech.words import (
    AUX,
    BREAKS,
    COUNT_NOUNS,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    word_set,
)

PUT_AT = word_set("put placed estimated reckoned numbered pegged calculated assessed counted")
ROUGH = word_set(WORDS["about"]) | word_set("than least most between up to from")
COUNTS = COUNT_NOUNS | word_set(WORDS["figures"])
_STOPS = BREAKS | {"."}
BACK = 30
"""Tokens in which the noun of an earlier count, and the end of this one, are looked for."""
LONGEST = 8
"""Tokens that may name who estimates, and those of the number."""

Span = tuple[int, int, int, int, int]
"""Where the name begins and ends, the token behind it all, and where the words begin and end that are theirs."""


def put_by(tokens: Tokens, n: int) -> bool:
    """Whether "put" at `n` is a participle: "losses, put by the ministry at 40"."""
    if n < 2 or n + 2 >= len(tokens) or tokens[n - 1].text != ",":
        return False
    if tokens[n + 1].lower == "by":
        return True
    reach = range(n + 2, min(n + LONGEST, len(tokens)))
    by = next((k for k in reach if tokens[k].lower == "by" or tokens[k].text in BREAKS), 0)
    return tokens[n + 1].lower == "at" and by > 0 and tokens[by].lower == "by"


def estimated_by(tokens: Tokens, lower: list[str], by: int) -> Span | None:
    """Who estimates behind the "by", where a number stands at it: behind "at", or between the participle and "by"."""
    participle = next(
        (k for k in range(by - 1, max(-1, by - 2 * LONGEST), -1) if lower[k] in PUT_AT or tokens[k].text in ";:."), -1
    )
    if participle < 1 or lower[participle] not in PUT_AT:
        return None
    if lower[participle + 1] == "at" and _number(tokens, participle + 2) and by > participle + 2:
        head = _name_end(tokens, lower, by + 1)
        return _named(tokens, by + 1, head, head, participle, by)
    further = by > participle + 1 and lower[by - 1] == "and"
    if by != participle + 1 and not further:
        return None
    head = next((k for k in range(by + 2, min(by + LONGEST, len(tokens) - 1)) if lower[k] == "at"), 0)
    if not head or not _number(tokens, head + 1):
        return None
    far = min(head + BACK, len(tokens))
    end = next(
        (
            k
            for k in range(head + 1, far)
            if tokens[k].text in _STOPS or lower[k] in AUX or (lower[k] == "by" and lower[k - 1] == "and")
        ),
        far,
    )
    end -= lower[end - 1] == "and"
    return _named(tokens, by + 1, head, end, head if further else participle, end)


def of_another(tokens: Tokens, lower: list[str], that: int) -> Span | None:
    """ "And 14 by that of the police", "and that of the police 14": the count of another, behind one with its noun."""
    if (
        that < 4
        or that + 3 >= len(tokens)
        or lower[that + 1] != "of"
        or COUNTS.isdisjoint(lower[max(0, that - BACK) : that])
    ):
        return None
    left = that + 2
    far = min(left + BACK, len(tokens))
    stop = next((k for k in range(left, far) if tokens[k].text in _STOPS), far)
    head = next((k for k in range(left + 1, stop) if is_numeral(tokens[k]) or lower[k] in AUX | ROUGH), stop)
    if lower[that - 1] in ("by", "in", "on") and head == stop:
        reach = range(that - 2, max(-1, that - 2 * LONGEST), -1)
        begin = next((k + 1 for k in reach if tokens[k].text in BREAKS or lower[k] in ("and", "but")), 0)
        numbered = any(is_numeral(token) for token in tokens[begin : that - 1])
        return _named(tokens, left, head, head, begin, that - 1) if begin and numbered else None
    numbered = any(is_numeral(token) for token in tokens[head:stop])
    return _named(tokens, left, head, stop, head, stop) if head < stop and numbered else None


def owned_number(tokens: Tokens, lower: list[str], mark: int) -> Span | None:
    """ "Kyiv's 40", "nine by the mayor's.": a number whose noun stood behind the count of another."""
    counts = [k for k in range(max(1, mark - BACK), mark) if lower[k] in COUNTS]
    if not counts or mark + 1 >= len(tokens) or not (is_numeral(tokens[mark + 1]) or tokens[mark + 1].text in ".,;"):
        return None
    left = mark - 1
    while left > counts[-1] + 1 and tokens[left - 1].text not in BREAKS and lower[left - 1] not in ("by", "and", "in"):
        left -= 1
    if is_numeral(tokens[mark + 1]) and tokens[left - 1].text in ",;":
        far = min(mark + BACK, len(tokens))
        stop = next((k for k in range(mark + 1, far) if tokens[k].text in _STOPS), far)
        return _named(tokens, left, mark, stop, mark + 1, stop) if stop - mark < LONGEST else None
    if lower[left - 1] != "by" or is_numeral(tokens[mark + 1]):
        return None
    begin = next((k + 1 for k in range(left - 2, counts[-1], -1) if tokens[k].text in BREAKS or lower[k] == "and"), 0)
    numbered = begin > 0 and any(is_numeral(token) for token in tokens[begin:left])
    return _named(tokens, left, mark, mark + 1, begin, left - 1) if numbered else None


def _number(tokens: Tokens, k: int) -> bool:
    while k < len(tokens) and tokens[k].lower in ROUGH:
        k += 1
    return k < len(tokens) and is_numeral(tokens[k])


def _name_end(tokens: Tokens, lower: list[str], left: int) -> int:
    stop = min(left + LONGEST, len(tokens))
    return next(
        (k for k in range(left, stop) if tokens[k].text in _STOPS or lower[k] in AUX or lower[k] == "and"), stop
    )


def _named(tokens: Tokens, left: int, head: int, behind: int, begin: int, end: int) -> Span | None:
    if tokens[begin - 1].lower in AUX:  # "was put at 40 by the council": the sentence tells it, not a phrase in it
        return None
    if left >= head or not can_speak(tokens, left, head) or has_verb(tokens, left, head):
        return None
    return left, head, behind, begin, end
