"""Speakers behind their verb: "..., said Ann Roe, a nurse", and "The village, says the bulletin, is in army hands"."""

from __future__ import annotations

from claimstream.reading.speech.content import begins_clause, noun_end, told_next
from claimstream.reading.speech.fitness import clause_in_name
from claimstream.reading.speech.phrases import noun_phrase
from claimstream.reading.speech.spans import Raw
from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    AUX,
    BREAKS,
    DETERMINERS,
    NO_SPEAKER,
    NOT,
    OBJECTLESS,
    PERSON,
    PRONOUNS,
    RANKS,
    SPEAKERS,
    TEXTS,
    TIME,
    VERBS,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    is_tensed,
    word_set,
)

ADVERBS = NOT | word_set(WORDS["adverbs"])
NEVER_INVERTED = NO_SPEAKER | AFTER_PARTICIPLE | TIME | {"that", "to"}
"""Words that no speaker behind the verb begins with."""
PUT_IN = 8
"""How many tokens a speaker may have whose name stands behind its verb within a sentence."""
WHENCE = 12
"""How many tokens may tell when and where somebody speaks, before his name."""


def _one_of_many(tokens: Tokens, k: int) -> bool:
    """ "..., said one, leaning on his shovel": one of those whom the sentence before names."""
    return (
        tokens[k].lower in ("one", "another") and k + 1 < len(tokens) and tokens[k + 1].lower in ("of", ",", ".", ";")
    )


def inverted(tokens: Tokens, n: int, after: int) -> Raw | None:
    """ "..., said Hamdullah Danishi, the acting governor, who ..."."""
    left = _past_when(tokens, n + 1)
    if left >= len(tokens):
        return None
    first = tokens[left]
    if first.text.islower() and first.lower.endswith("ing"):
        return None
    if first.text in BREAKS or (first.lower in NEVER_INVERTED and not _one_of_many(tokens, left)):
        return None
    head, right = noun_phrase(tokens, left)
    if first.text[:1].isdigit() and tokens[head - 1].lower.endswith("ed"):
        return None  # "Ann Roe, a teacher, says 12 pupils drowned"
    if tokens[n - 1].text == ")" or begins_clause(tokens, left, head):
        return None
    if told_next(tokens, left, bare=not has_verb(tokens, after, n)):
        return None
    named = (
        first.text[:1].isupper() or first.lower in DETERMINERS or can_speak(tokens, left, head) or first.lower in PERSON
    )
    apart = not any(t.lower in TIME for t in tokens[left:head]) and not any(t.lower in AUX for t in tokens[head:])
    named = named or _one_of_many(tokens, left)
    sure = _one_of_many(tokens, left) or (
        apart and VERBS[tokens[n].lower] in OBJECTLESS and first.lower in DETERMINERS
    )  # "says the ombudsman"
    if not named or head == left:
        return None
    noun = head if first.text[:1].isupper() else noun_end(tokens, left, head)  # "reports a line of cars to Belen"
    if not sure and not can_speak(tokens, left, noun) and first.lower not in PRONOUNS:
        return None
    stop = next((k for k in range(head, len(tokens)) if tokens[k].text in BREAKS), len(tokens))
    if clause_in_name(tokens, left, head) or (head < stop and tokens[head].lower in AUX):
        return None
    return Raw(left, head, right, n, right, VERBS[tokens[n].lower], "around")


def _past_when(tokens: Tokens, k: int) -> int:
    """Past when and where somebody speaks: ", declared this Thursday in Halim the spokesman of the army"; else `k`."""
    stop = next((m for m in range(k, min(k + WHENCE, len(tokens))) if tokens[m].text in BREAKS), k + WHENCE)
    if not any(t.lower in TIME for t in tokens[k : k + 3]) or tokens[k].lower in DETERMINERS - {"this"}:
        return k
    for m in range(k + 1, min(stop, len(tokens) - 1)):
        before, token = tokens[m - 1].lower, tokens[m]
        if token.lower == "that" or is_tensed(tokens, m):
            return k
        if before in AFTER_PARTICIPLE | DETERMINERS | {"of"}:
            continue
        ranked = token.text[:1].isupper() and not RANKS.isdisjoint(token.lower.split("-"))
        office = token.lower in DETERMINERS and any(t.lower in SPEAKERS for t in tokens[m + 1 : m + 4])
        if ranked or office:
            return m
    return k


def put_in(tokens: Tokens, n: int, after: int) -> Raw | None:
    """ "The village of Halim, says the bulletin, is in army hands": verb and speaker between subject and predicate."""
    subject = tokens[after : n - 1]
    if not subject or has_verb(tokens, after, n - 1) or any(t.text in BREAKS for t in subject):
        return None
    left = n + 1
    close = next((k for k in range(left, min(left + PUT_IN, len(tokens))) if tokens[k].text == ","), 0)
    if not close or close + 1 >= len(tokens) or tokens[left].lower in NEVER_INVERTED:
        return None
    named = tokens[left].text[:1].isupper() or tokens[left].lower in DETERMINERS or tokens[left].lower in PERSON
    text = any(t.lower in TEXTS for t in tokens[left:close])
    if not named or has_verb(tokens, left, close) or not (text or can_speak(tokens, left, close)):
        return None
    goes_on = next((k for k in range(close + 1, len(tokens)) if tokens[k].lower not in ADVERBS), close)
    if not is_tensed(tokens, goes_on):
        return None
    return Raw(left, close, close, n, close, VERBS[tokens[n].lower], "around")
