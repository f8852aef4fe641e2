"""Counts that name who counts: "by the army's count", "the ministry's tally", "a tally kept by the Red Cross"."""

from __future__ import annotations

from claimstream.reading.speech.fitness import STANDS
from claimstream.reading.speech.phrases import left_edge, main_subject, noun_phrase, phrase_end
from claimstream.reading.speech.spans import Raw
from claimstream.reading.speech.words import (
    BODY_NOUNS,
    BREAKS,
    DETERMINERS,
    POSSESSIVE_MARKS,
    SPEAKERS,
    VERBS,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    is_tensed,
    word_set,
)

OWN_COUNTS = word_set(WORDS["own_counts"])
POSSESSIVE = word_set("its their his her")


def owned(tokens: Tokens, n: int) -> bool:
    """An adjective or noun may stand between owner and count: "the ministry's latest tally", "its own figures"."""
    return (
        any(tokens[k].lower in POSSESSIVE_MARKS for k in range(max(0, n - 3), n)) and tokens[n - 1].text not in BREAKS
    )


def counted(tokens: Tokens, n: int) -> Raw | None:
    mark = next((k for k in range(n - 1, max(-1, n - 4), -1) if tokens[k].lower in POSSESSIVE_MARKS), 0)
    left = left_edge(tokens, mark - 1) if mark else 0
    telling = ("by", "on", "in") if tokens[n].lower in ("telling", "account", "version") else ("by", "on")
    left = next((k + 1 for k in range(mark - 1, left - 1, -1) if tokens[k].lower in telling), left)
    if not mark or mark - left < 1 or tokens[left].lower == "our":
        return None
    if left and tokens[left - 1].lower in telling:
        put_in = left > 1 and tokens[left - 2].text == "," and n + 1 < len(tokens) and tokens[n + 1].text == ","
        put_in = put_in or left == 1 or tokens[left - 2].text in ";:"  # "By the mayor's reckoning 900 died"
        return Raw(left, mark, mark, left - 1, n + 1, "count", "after" if put_in else "near")
    told = tokens[n].lower in OWN_COUNTS
    return Raw(left, mark, mark, n, left, "count", "around") if told and _has_count(tokens, left, mark, n) else None


def _has_count(tokens: Tokens, left: int, mark: int, n: int) -> bool:
    """Whether the owner is one who counts: the ministry's toll is what it says, the flood's and the town's are not."""
    owner = tokens[left + (tokens[left].lower in DETERMINERS) : mark]
    named = tokens[n].lower != "toll" and any(token.text[:1].isupper() for token in owner)
    return named or any(t.lower in SPEAKERS | BODY_NOUNS or (t.text.isupper() and len(t.text) > 1) for t in owner)


def reckoned(tokens: Tokens, n: int) -> Raw | None:
    """ "By the count of the Red Cross", "by the reckoning of her staff"."""
    if n + 2 >= len(tokens) or tokens[n + 1].lower != "of":
        return None
    head, right = noun_phrase(tokens, n + 2)
    if head == n + 2 or not can_speak(tokens, n + 2, head):
        return None
    return Raw(n + 2, head, right, n - 2, right, "count", "around" if n > 2 else "after")


def own_account(tokens: Tokens, n: int) -> Raw | None:
    """ "The army has lost 12 men, by its own account", "the general has 12 prisoners by his count": the subject."""
    by = n - 3 if tokens[n - 1].lower == "own" else n - 2
    if by < 0 or tokens[by].lower not in ("by", "on") or tokens[by + 1].lower not in POSSESSIVE:
        return None
    if by:
        subject = main_subject(tokens, by)
        return Raw(*subject, by, n + 1, "count", "around") if subject else None
    left = n + 2 if n + 1 < len(tokens) and tokens[n + 1].text == "," else n + 1
    head = next((k for k in range(left, min(left + 12, len(tokens))) if is_tensed(tokens, k, left)), left)
    named = left < head and can_speak(tokens, left, head)
    return Raw(left, head, head, by, n + 1, "count", "after") if named else None


def counts_by(tokens: Tokens, left: int, n: int) -> bool:
    """ "by United Nations estimates", "by hospital records", "by one count"."""
    if n - left == 1 and tokens[left].lower in ("one", "another", "some", "most"):
        return True
    return tokens[left].lower not in DETERMINERS and can_speak(tokens, left, n) and not has_verb(tokens, left, n)


def tallied(tokens: Tokens, n: int, left: int) -> Raw | None:
    """ "An earlier tally by the Red Cross stood at 40"."""
    head = phrase_end(tokens, left)
    stop = next((k for k in range(left, head) if is_tensed(tokens, k, left)), head)
    if stop < len(tokens) and tokens[stop].lower in VERBS and tokens[stop].lower not in STANDS:
        return None  # "estimates by the ministry say": the verb comes
    if stop == left or not can_speak(tokens, left, stop):
        return None
    return Raw(left, stop, stop, n, n, "count", "around")
