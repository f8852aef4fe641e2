"""Speakers named before a colon or a dash: headlines, transcripts, "The ministry: the town has not fallen"."""

from __future__ import annotations

from claimstream.reading.speech.spans import Raw
from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    BREAKS,
    DETERMINERS,
    PREP,
    QUOTES,
    SPEAKERS,
    TEXTS,
    TIME,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    word_set,
)

HEADINGS = word_set(WORDS["headings"])
BULLETS = "•●▪■·-*"
SHORT_NAME = 6
"""How many tokens a name may have that stands before an insert ("Roe, in a voice message: ...")."""


def labelled_by(tokens: Tokens, title: bool) -> list[Raw]:
    """The speaker that a colon or a dash sets apart from what is said; [] where none is."""
    return (_headline(tokens) if title else _transcript(tokens)) or _labelled(tokens, title)


def _headline(tokens: Tokens) -> list[Raw]:
    """ "Police: 12 dead in blast", "12 dead in blast: police"."""
    marks = [k for k, t in enumerate(tokens) if t.text in ":–—-" and 0 < k < len(tokens) - 1]
    if not marks:
        return []
    first, last = marks[0], marks[-1]
    if tokens[first].text == ":" and first <= 4 and _voice(tokens, 0, first):
        return [Raw(0, first, first, first, first + 1, "say", "after")]
    if len(tokens) - last - 1 <= 4 and _voice(tokens, last + 1, len(tokens)):
        return [Raw(last + 1, len(tokens), len(tokens), last, len(tokens), "say", "around")]
    return []


def _transcript(tokens: Tokens) -> list[Raw]:
    """ "DOE: We hold the bridge.": the label of an interview or a minute, in capitals."""
    colon = next((k for k in range(1, min(6, len(tokens))) if tokens[k].text == ":"), 0)
    if not colon:
        return []
    begin = 1 if tokens[0].text in BULLETS else 0
    label = [t for t in tokens[begin:colon] if t.lower not in ("and", "partners", "/", "&")]
    named = bool(label) and all(t.text.isupper() and (len(t.text) > 2 or t.text[-1] == ".") for t in label)
    if not named or any(t.lower in HEADINGS for t in label) or colon + 2 >= len(tokens):
        return []
    return [Raw(begin, colon, colon, colon, colon + 1, "say", "after")]


LABEL = 12
"""How many tokens the name of a speaker may have before a colon."""
WORDS_OF = word_set(WORDS["words_of"])


def _labelled(tokens: Tokens, title: bool) -> list[Raw]:
    """ "The ministry in Halim: the town has not fallen", "Roe's answer: “Not ten.”": a speaker and a colon."""
    begin = 1 if tokens[0].text in BULLETS else 0
    colon = next((k for k in range(begin + 1, min(LABEL, len(tokens))) if tokens[k].text == ":"), 0)
    if not colon or colon + 2 >= len(tokens) or any(t.text[:1].isdigit() for t in tokens[begin:colon]):
        return []
    first, after = tokens[begin], tokens[colon + 1]
    told = after.text in QUOTES or has_verb(tokens, colon + 1, len(tokens))
    owner = next((k for k in range(begin + 1, colon) if tokens[k].lower in ("'s", "'", "’s", "’")), 0)
    if owner and tokens[colon - 1].lower in WORDS_OF and can_speak(tokens, begin, owner):
        return [Raw(begin, owner, owner, colon, colon + 1, "say", "after")]
    if not told or has_verb(tokens, begin, colon):
        return []
    stop = next(
        (k for k in range(begin, colon) if tokens[k].text in BREAKS or tokens[k].lower in AFTER_PARTICIPLE), colon
    )
    noun = tokens[stop - 1]
    if after.text in QUOTES or any(t.lower in TEXTS for t in tokens[stop:colon]):
        whole = stop < colon and tokens[stop].text == "," and first.text[:1].isupper() and stop - begin < SHORT_NAME
        if whole and (first.lower not in DETERMINERS | PREP | TIME):
            return [Raw(begin, stop, stop, colon, colon + 1, "say", "after")]  # "Roe, in a voice message: “...”"
    several = first.lower in SPEAKERS and first.lower.endswith("s")  # "Rescuers from the coast guard: 40 pulled out"
    if several and noun is first and not title:
        return [Raw(begin, stop, colon, colon, colon + 1, "say", "after")]
    definite = (first.lower in DETERMINERS or owner) and noun.lower in SPEAKERS
    named = colon - begin < 6 and stop - begin > 1 and first.lower in SPEAKERS and tokens[begin + 1].text[:1].isupper()
    return [Raw(begin, stop, colon, colon, colon + 1, "say", "after")] if definite or named else []


def _voice(tokens: Tokens, left: int, right: int) -> bool:
    titled = tokens[left].lower in SPEAKERS and right - left <= 4  # "Mayor of Halim: ..."
    return (titled or tokens[right - 1].lower in SPEAKERS) and not any(t.text.isdigit() for t in tokens[left:right])
