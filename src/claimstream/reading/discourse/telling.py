"""Who tells the clause that a pronoun stands in: "the rebels said they", "the group's claim that it"."""

from __future__ import annotations

from claimstream.lexicon.places import capitals, normal
from claimstream.reading.discourse.parsed import Parsed
from claimstream.reading.rules.assets import demonyms
from claimstream.reading.rules.clauses import moods
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.words import lexicon, listed


def teller(parsed: Parsed, at: int) -> int:
    """Phrase of the side that says the clause of the pronoun at `at` ("the rebels said they"), or -1."""
    claim = _claim(parsed, at)
    if claim >= 0:
        return claim
    verb = telling(parsed, at)
    for s in parsed.clauses.subject(verb) if verb >= 0 else ():
        phrase = parsed.phrases[s]
        country = parsed.known.get(phrase.head) == "country"
        sided = phrase.cls == "asset" and any(m in lexicon().actors for m in phrase.mods)
        seat = phrase.cls == "name" and not phrase.det and normal(phrase.word) in capitals()  # "Kyiv says"
        if s < at and (s in parsed.sides or country or sided or seat or _national(phrase)):
            return s
    return -1


def teller_side(parsed: Parsed, at: int) -> str:
    """The side of those who tell: "Norlandic forces" for "Norlandic officials"."""
    nation = _national(parsed.phrases[at])
    return f"{nation.capitalize()} forces" if nation and at not in parsed.sides else parsed.text(at)


def telling(parsed: Parsed, at: int) -> int:
    """The verb that tells the clause which begins at phrase `at`, or that holds it ("in its hands"), or -1."""
    phrases, saying = parsed.phrases, moods()["saying verbs"]
    if phrases[at].cls == "side" and phrases[at].det in ("its", "their"):
        at = parsed.clauses.top(at)  # "three of their soldiers"
    j = at - 1
    inner = phrases[at].cls == "other" and phrases[at].det in ("its", "their")
    while (
        not inner and j > 1 and (phrases[j].cls == "time" or (phrases[j].word == "on" and phrases[j + 1].cls == "time"))
    ):
        j -= 1  # "said on Saturday it had captured Belen"
    if not inner and j >= 0 and phrases[j].kind == "vg":
        return j if phrases[j].word in saying else -1
    if not inner and (j < 1 or phrases[j].word != "that"):
        return -1
    joined = inner or phrases[j - 1].word in ("and", "but") or phrases[j - 1].kind == "vg"
    for m in range(j, max(-1, j - 20), -1):
        if phrases[m].kind == "vg":
            if phrases[m].word in saying:
                return m
            if not joined:
                return -1
    return -1


def _claim(parsed: Parsed, at: int) -> int:
    """Phrase of the side in "the group's claim that it", "the announcement by the rebels that they", or -1."""
    phrases = parsed.phrases
    if at < 2 or phrases[at - 1].word != "that":
        return -1
    owner = phrases[at - 2].owner
    nouns = moods()["telling nouns"]
    if phrases[at - 2].word in nouns and owner is not None and owner.cls in ("side", "name"):
        return at - 2
    for s in range(at - 2, max(1, at - 8), -1):
        if phrases[s].kind == "vg":
            return -1
        if s in parsed.sides and phrases[s - 1].word in ("by", "of") and phrases[s - 2].word in nouns:
            return s
    return -1


def _national(phrase: Phrase) -> str:
    """The nation of the "officials" or "commanders" of one, in small letters; "" for others."""
    official = phrase.cls == "people" and phrase.word in listed("voices")
    return next((m for m in phrase.mods if m in demonyms()), "") if official else ""
