"""Persons whom a sentence names without letting them speak: "he" in the next one may mean them."""

from __future__ import annotations

from claimstream.model import Sentence
from claimstream.reading.speech.words import (
    BODY_NOUNS,
    BREAKS,
    DETERMINERS,
    ONE_PERSON,
    RANKS,
    SPEAKERS,
    TIME,
    TIME_OPEN,
    WORDS,
    Tokens,
    is_tensed,
    word_set,
)

PLACING = word_set("of in at near from for the on to")
LONGEST = 6
"""Words that a person's name may have, with the rank before it."""
MOST_NAMES = 3
_PEOPLE = frozenset(word for word in SPEAKERS if word.endswith(("s", "men", "people")) and not word.endswith("ss"))
HERS, HIS = word_set(WORDS["women"]), word_set(WORDS["men"])


def named(sentence: Sentence, end: int) -> str:
    """The last person named before token `end`, "" where there is none."""
    tokens = sentence.tokens[:end]
    found = ""
    for k in range(len(tokens)):
        stop = _name_end(tokens, k)
        if stop:
            found = sentence.text[tokens[k].start : tokens[stop - 1].end]
    return found or _subject(sentence, tokens)


def several(sentence: Sentence) -> str:
    """The people whom the sentence is about, whom "they" may mean in the next one: "Villagers dug all night"."""
    tokens = sentence.tokens
    first = 1 if tokens[0].lower in DETERMINERS else 0
    noun = next((k for k in range(first, min(first + 3, len(tokens) - 1)) if tokens[k].lower in _PEOPLE), -1)
    if noun < 0 or any(token.text in BREAKS or token.lower in PLACING for token in tokens[first:noun]):
        return ""
    after = tokens[noun + 1].lower
    goes_on = is_tensed(tokens, noun + 1) or after in ("who", "of", "at", "in", "from", "with", ",")
    return sentence.text[tokens[0].start : tokens[noun].end] if goes_on else ""


def pronoun(name: str) -> str:
    """ "she" or "he" where the words of a name tell which it is, else ""."""
    words = {word.strip(",.") for word in name.lower().split()}
    return "she" if words & HERS else "he" if words & HIS else ""


def _name_end(tokens: Tokens, k: int) -> int:
    """Where a person's name ends that begins at `k`: a rank and a name, or two names that are a subject; else 0."""
    if not tokens[k].text[:1].isupper() or (k and tokens[k - 1].text[:1].isupper()):
        return 0
    stop = k
    while stop < len(tokens) and stop - k < LONGEST and _of_name(tokens, stop):
        stop += 1
    words = [token.lower.rstrip(".") for token in tokens[k:stop]]
    if len(words) < 2 or BODY_NOUNS.intersection(words):
        return 0
    if RANKS.intersection(words[:-1]):
        return stop
    opens = k == 0 or tokens[k - 1].text in BREAKS or tokens[k - 1].lower in ONE_PERSON
    acts = stop < len(tokens) and is_tensed(tokens, stop) and tokens[stop].text.islower()
    aged = stop + 1 < len(tokens) and tokens[stop].text == "," and _describes(tokens, stop + 1)
    office = k > 1 and tokens[k - 1].text == "," and tokens[k - 2].lower in ONE_PERSON
    aged = aged or (office and stop < len(tokens) and tokens[stop].text == ",")  # "the spokesman, Ann Roe, is asked"
    told = stop < len(tokens) and tokens[stop].text == ":"  # "Tell that to Ann Roe: she has ..."
    plain = all(token.text.isalpha() and not token.text.isupper() for token in tokens[k:stop])
    if not plain or len(words) > MOST_NAMES or words[0] in DETERMINERS or words[0] in TIME:
        return 0
    return stop if (opens and (acts or aged)) or told else 0


def _of_name(tokens: Tokens, k: int) -> bool:
    dotted = tokens[k].text == "." and k and len(tokens[k - 1].text) < 6 and k + 1 < len(tokens)
    return tokens[k].text[:1].isupper() or bool(dotted and tokens[k + 1].text[:1].isupper())


def _describes(tokens: Tokens, k: int) -> bool:
    """ ", 45, " or ", a nurse": who somebody is."""
    if tokens[k].lower in ("of", "from") and k + 2 < len(tokens):
        return True  # "Ann Roe, of the relief committee, listened"
    aged = tokens[k].text.isdigit() and len(tokens[k].text) == 2
    if aged or tokens[k].lower not in ("a", "an", "the", "his", "her"):
        return aged or tokens[k].text in ("who", "whose")
    return any(token.lower in ONE_PERSON for token in tokens[k + 1 : k + 5])


def _subject(sentence: Sentence, tokens: Tokens) -> str:
    """ "A surgeon opened a ledger": a person without a name as the subject."""
    for k in range(len(tokens)):
        placed = k < LONGEST and tokens[0].lower in PLACING and tokens[k].lower in ("a", "an")  # "At the mill a guard"
        opens = k == 0 or placed or tokens[k - 1].text in BREAKS or tokens[k - 1].lower in TIME_OPEN | TIME
        if not opens or tokens[k].lower not in ("a", "an", "the", "his", "her"):
            continue
        for stop in range(k + 1, min(k + 6, len(tokens))):
            if tokens[stop].text == "," and stop == k + 2 and tokens[k + 1].lower in ONE_PERSON:
                return sentence.text[tokens[k].start : tokens[k + 1].end]  # "The mayor, for his part, is staying"
            if tokens[stop].text in BREAKS or tokens[stop].lower in PLACING:
                break
            if stop > k + 1 and is_tensed(tokens, stop) and tokens[stop - 1].lower in ONE_PERSON:
                return sentence.text[tokens[k].start : tokens[stop - 1].end]
    return ""
