"""The words of speech, and what the form of a word tells: verbs, names of speakers, clauses."""

from __future__ import annotations

from typing import Any, Final

from claimstream.lexicon import load
from claimstream.lexicon.calendar import DAYS, MONTH_NAMES
from claimstream.model import Token

_DATA: dict[str, Any] = load("speech")
_VERB_LISTS: Final = _DATA["verbs"]
WORDS: Final = _DATA["words"]


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _forms(group: str) -> dict[str, str]:
    """Each form of the group's verbs -> the infinitive."""
    return {form: verb.split()[0] for verb in _VERB_LISTS[group].split("|") for form in verb.split()}


CLAUSE, DENIAL, COUNT = _forms("clause"), _forms("denial"), _forms("count")
VERBS: Final = {**COUNT, **CLAUSE, **DENIAL}
INVERTED, PASSIVE = word_set(_VERB_LISTS["inverted"]), word_set(_VERB_LISTS["passive"])
OBJECTLESS: Final = word_set(_VERB_LISTS["objectless"])
NOUN_LIKE, NEEDS_CLAUSE = word_set(_VERB_LISTS["noun_like"]), word_set(_VERB_LISTS["needs_clause"])
COUNT_NOUNS, TEXTS = word_set(WORDS["count_nouns"]), word_set(WORDS["texts"])
UNTRUE: Final = word_set(load("moods")["telling"]["untrue"])
BETWEEN: Final = word_set(WORDS["between"]).union(DAYS)
AUX, NOT = word_set(WORDS["auxiliaries"]), word_set(WORDS["negations"])
SUBORDINATE, JOINERS = word_set(WORDS["subordinators"]), word_set(WORDS["joiners"])
PREP: Final = word_set(WORDS["prepositions"])
TIME: Final = word_set(WORDS["time_nouns"]).union(DAYS, MONTH_NAMES)
TIME_OPEN: Final = word_set(WORDS["time_openers"]).union(DAYS)
INSERT: Final = word_set(WORDS["insert_openers"])
PERSON, BODY, SEVERAL = word_set(WORDS["person"]), word_set(WORDS["body"]), word_set(WORDS["several"])
PRONOUNS: Final = PERSON | BODY | SEVERAL
"""Pronouns of those who speak."""
NO_SPEAKER: Final = word_set(WORDS["none"])


def _plural(noun: str) -> str:
    if noun.endswith(("man", "woman")):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch")) else "s")


_PERSONS = word_set(WORDS["more_persons"])
_BODIES = word_set(WORDS["more_bodies"])
SPEAKERS: Final = word_set(WORDS["speakers"]).union(_PERSONS, map(_plural, _PERSONS), _BODIES)
BODY_NOUNS, ONE_PERSON = word_set(WORDS["body_nouns"]) | _BODIES, word_set(WORDS["one_person"]) | _PERSONS
POSSESSIVE_MARKS: Final = frozenset(("'s", "'"))
"""In small letters, where every apostrophe is a plain one."""
DETERMINERS, PAST = word_set(WORDS["determiners"]), word_set(WORDS["past_forms"])
BREAKS: Final = frozenset((*',;:—–-()[]“”…|―•●▪■"', "''", "``"))
QUOTES: Final = frozenset(('"', "“", "”", "«", "»", "''", "``"))
OPENING, CLOSING = frozenset(("“", "«", "``")), frozenset(("”", "»"))
TRIGGERS = frozenset(VERBS) | {"according", "per", *COUNT_NOUNS, *WORDS["figures"].split()}
TRIGGERS = TRIGGERS | {words.split()[-1] for words in WORDS["sayings"].split("|")}
TRIGGERS = TRIGGERS | {words.split()[0] for words in WORDS["counts_to"].split("|")}
TRIGGERS = TRIGGERS | {
    "believed",
    "trusted",
    "hear",
    "view",
    "words",
    "opinion",
    "comes",
    "came",
    "went",
    "goes",
    "continued",
    "continues",
    "numbered",
    "knowledge",
    "aware",
}
Tokens = tuple[Token, ...]


def _frame(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    opening, _, closing = words.partition("_")
    return tuple(opening.split()), tuple(closing.split())


FRAMES: Final = tuple(_frame(words) for words in WORDS["frames"].split("|"))
"""What stands before and behind a speaker in "if one asks the army", "if the army is to be believed"."""
RELATIVES: Final = frozenset(("who", "which", "whose", "that", "where"))
ATTRIBUTIVE: Final = word_set("based backed aligned affiliated linked allied")
REDUCED: Final = word_set(WORDS["reduced"])
AFTER_PARTICIPLE: Final = PREP | word_set(WORDS["other_prepositions"])


def is_who(token: Token) -> bool:
    """The relative word; not the World Health Organization."""
    return token.lower in ("who", "which", "whose") and token.text != "WHO"


RANKS: Final = word_set(WORDS["ranks"])


def is_surname(tokens: Tokens, k: int) -> bool:
    """Whether the word stands behind a rank as its bearer's name: "Mr. Can", "General Still"."""
    if k == 0 or not tokens[k].text.istitle():
        return False
    before = k - 2 if k > 1 and tokens[k - 1].text == "." else k - 1
    return tokens[before].text[:1].isupper() and tokens[before].lower.rstrip(".") in RANKS


def is_tensed(tokens: Tokens, k: int, left: int = 0) -> bool:
    """Whether the token at `k` looks like a verb with a tense."""
    lower = tokens[k].lower
    if is_surname(tokens, k):
        return False
    return (
        lower in AUX
        or lower in PAST
        or lower in VERBS
        or (k > left and lower.endswith("ed") and tokens[k].text.islower() and lower.isalpha())
    )


def is_noun_of_speaker(token: Token) -> bool:
    """A noun of people or bodies, or a compound that ends in one: "vice-president"."""
    return token.lower in SPEAKERS or ("-" in token.lower and token.lower.rpartition("-")[2] in SPEAKERS)


def can_speak(tokens: Tokens, left: int, head: int) -> bool:
    """Whether a noun phrase can be a speaker: a name or a noun of people or bodies."""
    return any(is_noun_of_speaker(t) or (t.text[:1].isupper() and t.lower not in TIME) for t in tokens[left:head])


def is_relative(tokens: Tokens, start: int, stop: int) -> bool:
    first = tokens[start].lower
    if first in ("and", "or") and start + 2 < stop:  # "the council that ..., and which now sits in Belen, insists"
        return tokens[start + 1].lower in ("which", "who", "whom", "whose")
    if first in ("who", "whom", "which", "whose", "where", "when", "asked", "speaking"):
        return True
    if start + 2 < stop and tokens[start + 1].lower == "of" and tokens[start + 2].lower in ("whom", "which", "whose"):
        return True  # "most of whom had come on foot"
    if start + 1 < stop and tokens[start + 1].lower == "by" and (first in PAST or first.endswith("ed")):
        return True
    relative = next((k for k in range(start, stop) if tokens[k].lower in RELATIVES), 0)
    return (first in INSERT or first in DETERMINERS) and relative > 0 and not has_verb(tokens, start, relative)


def is_strong(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a verb that can only be one stands there: an auxiliary or a strong past form."""
    return any(tokens[k].lower in AUX or tokens[k].lower in PAST for k in range(start, end))


def is_clause(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the tokens can be a clause: a finite verb is among them, or they are too many for a name."""
    return end - start > 9 or has_verb(tokens, start, end)


INFINITIVES: Final = word_set(WORDS["infinitives"])
"""Past forms, as the list has them, that may also be infinitives or nouns."""
_UNTENSED: Final = frozenset(("to", "on", "the", "a"))


def has_verb(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the tokens hold a verb with a tense, judged by form: auxiliaries, past forms, known verbs."""
    for n in range(start, end):
        lower = tokens[n].lower
        if is_surname(tokens, n) or (lower in INFINITIVES and n and tokens[n - 1].lower in _UNTENSED):
            continue  # "Mr. Can", "the first to leave", "on leave"
        if lower in AUX and lower not in ("being", "be", "been", "having"):
            if n > start and n + 1 < end and tokens[n - 1].text[:1].isupper() and tokens[n + 1].text[:1].isupper():
                continue
            return True
        following = tokens[n + 1] if n + 1 < len(tokens) else None
        if following is not None and following.lower == "by":
            continue  # "a faction led by", "areas held by"
        if lower in PAST:
            return True
        if lower.endswith("ed") and len(lower) > 4 and lower.isalpha() and not tokens[n].text[0].isupper():
            before = tokens[n - 1].lower if n > start else ""
            if before.endswith("ly") and n > start + 1 and tokens[n - 2].lower in DETERMINERS:
                continue  # "the internationally recognised government"
            if lower in ATTRIBUTIVE or (lower in REDUCED and following is not None and following.text[:1].isupper()):
                continue
            if n > start and before not in DETERMINERS and before not in PREP and (n + 1 < end):
                return True
    return False
