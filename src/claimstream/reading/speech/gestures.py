"""Speakers who show by a gesture, or of whom it is said how they spoke: "The mayor laughs: the road is open"."""

from __future__ import annotations

from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    AUX,
    BREAKS,
    DETERMINERS,
    ONE_PERSON,
    PRONOUNS,
    RELATIVES,
    SPEAKERS,
    WORDS,
    Tokens,
    word_set,
)

GESTURES = word_set(WORDS["gestures"])
MANNERS = word_set(WORDS["manners"])
SHOWN = word_set(WORDS["shown_things"])
_MORE = word_set("more less very quite most")
_SHAKES = {"head", "shoulders", "hand", "hands"}
LONGEST_SHOWING = 16
MOST_OF_SUBJECT = 5
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


def shows(tokens: Tokens, colon: int) -> bool:
    """Whether a person does something with what he has in hand: "She leafed through her notebook: 31 wounded"."""
    if colon > LONGEST_SHOWING or not any(t.lower in SHOWN for t in tokens[2:colon]):
        return False
    if tokens[0].lower in ("he", "she"):
        return True
    stop = next((k for k in range(1, colon) if tokens[k].lower in ONE_PERSON), 0)
    opens = tokens[0].lower in DETERMINERS and 0 < stop < MOST_OF_SUBJECT
    return opens and tokens[stop + 1].text.islower() and tokens[stop + 1].lower not in AFTER_PARTICIPLE | RELATIVES


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
