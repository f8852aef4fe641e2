"""Speakers who show by a gesture, or of whom it is said how they spoke: "The mayor laughs: the road is open"."""

from __future__ import annotations

from claimstream.reading.speech.words import (
    AUX,
    BREAKS,
    PRONOUNS,
    RELATIVES,
    SPEAKERS,
    WORDS,
    Tokens,
    word_set,
)

GESTURES = word_set(WORDS["gestures"])
MANNERS = word_set(WORDS["manners"])
_MORE = word_set("more less very quite most")
_SHAKES = {"head", "shoulders", "hand", "hands"}
LONGEST = 14
"""How many tokens may name who makes the gesture."""


def gestured(tokens: Tokens, colon: int) -> bool:
    """Whether what ends at the colon is a gesture ("laughs", "shakes his head") or a manner ("was more cautious")."""
    last = tokens[colon - 1].lower
    if last in GESTURES:
        return colon > 1
    if last in _SHAKES and colon > 3:
        return tokens[colon - 3].lower in GESTURES
    return last in MANNERS and any(t.lower in AUX or t.lower in ("sounded", "remained") for t in tokens[1 : colon - 1])


def gesturing(tokens: Tokens, colon: int) -> tuple[int, int, int] | None:
    """Who makes the gesture before the colon; None where no person or body is named."""
    stop = next(
        (
            k
            for k in range(1, colon)
            if tokens[k].text in BREAKS or tokens[k].lower in AUX | RELATIVES | GESTURES or tokens[k].lower == "whom"
        ),
        0,
    )
    first = tokens[0]
    if not stop or stop > LONGEST or first.lower in PRONOUNS:
        return None
    noun = any(t.lower in SPEAKERS for t in tokens[:stop])
    name = stop > 1 and all(t.text[:1].isupper() for t in tokens[:stop])
    return (0, stop, stop) if noun or name else None
