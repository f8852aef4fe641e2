"""Counts that name who counts: "by the army's count", "the ministry's tally", "arrives at 40"."""

from __future__ import annotations

from claimstream.reading.speech.fitness import BARE_ENDS, ROUGHLY, STANDS, VICTIMS, clause_in_name, is_numeral
from claimstream.reading.speech.phrases import left_edge, main_subject, noun_phrase, phrase_end
from claimstream.reading.speech.spans import Raw
from claimstream.reading.speech.words import (
    BODY_NOUNS,
    BREAKS,
    COUNT_NOUNS,
    DETERMINERS,
    PERSON,
    POSSESSIVE_MARKS,
    SPEAKERS,
    TIME,
    VERBS,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    is_tensed,
    word_set,
)

OWN_COUNTS = word_set(WORDS["own_counts"])
MOST_BEFORE = 4
REACH = 6
SHOWS = word_set("is are was were has had stands stood counts shows :")
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
    if not mark or mark - left < 1 or tokens[left].lower in ("our", "there") or has_verb(tokens, left, mark):
        return None
    if left and tokens[left - 1].lower in telling:
        put_in = left > 1 and tokens[left - 2].text == "," and n + 1 < len(tokens) and tokens[n + 1].text == ","
        joined = put_in and n + 2 < len(tokens) and tokens[n + 2].lower in ("and", "but")
        if joined and has_verb(tokens, 0, left - 2):  # "Nine died, by the army's count, and ..."
            return Raw(left, mark, mark, left - 1, n + 1, "count", "around")
        put_in = put_in or left == 1 or tokens[left - 2].text in ";:"  # "By the mayor's reckoning 900 died"
        return Raw(left, mark, mark, left - 1, n + 1, "count", "after" if put_in else "near")
    told = tokens[n].lower in OWN_COUNTS
    if told and left > 1 and tokens[left - 1].text == ";" and _has_count(tokens, left, mark, n):
        return Raw(left, mark, mark, left, left, "count", "after")  # "it is theirs; the army's statement is ..."
    return Raw(left, mark, mark, n, left, "count", "around") if told and _has_count(tokens, left, mark, n) else None


VERSIONS = word_set("version account story line position message answer explanation argument")


def version(tokens: Tokens, n: int) -> Raw | None:
    """ "The army's version is that the rebels fled"."""
    mark = next((k for k in range(n - 1, max(-1, n - 3), -1) if tokens[k].lower in POSSESSIVE_MARKS), 0)
    left = left_edge(tokens, mark - 1) if mark else 0
    told = tokens[n + 1].lower in ("is", "was", "remains", "remained")
    if not mark or not told or has_verb(tokens, left, mark) or not can_speak(tokens, left, mark):
        return None
    return Raw(left, mark, mark, n, n + 3, "say", "after")


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
    cut = next((k for k in range(n + 3, head) if is_numeral(tokens[k]) and tokens[k - 1].text.islower()), head)
    head, right = (cut, cut) if cut < head else (head, right)  # "by the account of the teachers 60 families live here"
    if head == n + 2 or not can_speak(tokens, n + 2, head):
        return None
    return Raw(n + 2, head, right, n - 2, right, "count", "around" if n > 2 else "after")


def possessed(tokens: Tokens, n: int) -> Raw | None:
    """ "Their list had 61 names", "His figures: 40 dead": the owner is named before."""
    if not 0 < n < MOST_BEFORE or tokens[0].lower not in POSSESSIVE or tokens[n].lower == "toll":
        return None
    link = next((k for k in range(n + 1, min(n + REACH, len(tokens))) if tokens[k].lower in SHOWS), 0)
    if not link or any(tokens[k].text in BREAKS for k in range(n + 1, link)):
        return None
    counts = any(is_numeral(t) for t in tokens[link + 1 : link + REACH])
    return Raw(0, 1, 1, 0, 1, "count", "after") if counts else None


def own_account(tokens: Tokens, n: int) -> Raw | None:
    """ "The army has lost 12 men, by its own account", "the general has 12 prisoners by his count": the subject."""
    by = n - 3 if tokens[n - 1].lower == "own" else n - 2
    if by < 0 or tokens[by].lower not in ("by", "on") or tokens[by + 1].lower not in POSSESSIVE:
        return None
    counts = n + 1 < len(tokens) and (is_numeral(tokens[n + 1]) or tokens[by + 1].lower in ("his", "her"))
    if by == 0 and counts:
        return Raw(by + 1, by + 2, by + 2, by, n + 1, "count", "after")  # "By his reckoning the army has ..."
    if by:
        subject = main_subject(tokens, by)
        if subject is None and tokens[by + 1].lower in ("his", "her") and tokens[by - 1].text == ",":
            return Raw(by + 1, by + 2, by + 2, by, n + 1, "count", "after")  # "By then, by his account, 40 ..."
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
    body = any(t.lower in SPEAKERS | BODY_NOUNS or (t.text.isupper() and len(t.text) > 1) for t in tokens[left:stop])
    if stop == left or not (body if tokens[left - 1].lower == "from" else can_speak(tokens, left, stop)):
        return None  # "the toll from Idai rises to 40"
    return Raw(left, stop, stop, n, n, "count", "around")


COUNTS_TO: dict[str, list[tuple[str, ...]]] = {}
"""The words of "arrives at", "has got to" behind the first, by the first."""
for _words in WORDS["counts_to"].split("|"):
    COUNTS_TO.setdefault(_words.split()[0], []).append(tuple(_words.split()[1:]))
NO_COUNTERS = COUNT_NOUNS | word_set("number losses total dead")


def reaches(tokens: Tokens, n: int) -> int:
    """Where the number stands that somebody "arrives at", "has stopped at", "owns up to"; 0 where there is none."""
    for words in COUNTS_TO.get(tokens[n].lower, ()):
        k = n + 1 + len(words)
        if [t.lower for t in tokens[n + 1 : k]] != list(words):
            continue
        while k < len(tokens) and tokens[k].lower in ROUGHLY:
            k += 1
        if k < len(tokens) and is_numeral(tokens[k]):
            after = tokens[k + 1] if k + 1 < len(tokens) else None
            dated = any(t.lower in TIME for t in tokens[k + 2 : k + 4])  # "in ten days"
            if after is None or after.text in BREAKS | {"."} or after.lower in BARE_ENDS | VICTIMS | TIME or dated:
                return k
    return 0


def arrived(tokens: Tokens, n: int, place: tuple[int, int, int]) -> Raw | None:
    """ "The bishop arrives at 40", "medics have got to 130", "the army owns up to 69 dead"; `place` is the subject."""
    left, head, right = place
    words = {token.lower for token in tokens[left:head]}
    counts = can_speak(tokens, left + (tokens[left].lower in DETERMINERS), head) and words.isdisjoint(NO_COUNTERS)
    if tokens[left].lower in PERSON or (counts and not clause_in_name(tokens, left, head)):
        return Raw(left, head, right, n, n + 1, "count", "after")
    return None
