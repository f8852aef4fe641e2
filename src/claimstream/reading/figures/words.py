"""The word classes of `lexicon/figures.toml` as sets."""

from __future__ import annotations

from claimstream.lexicon import load
from claimstream.lexicon.calendar import DAYS


def words(name: str) -> frozenset[str]:
    """The words of a class."""
    return frozenset(load("figures")["words"][name].split())


def measures(name: str) -> frozenset[str]:
    """The measures of a group."""
    return frozenset(load("figures")["measures"][name].split())


BE = words("be")
AUX = BE | words("auxiliary")
COPULAS = words("copula")
UNREAL = words("unreal")
PREPOSITIONS = words("prepositions")
SUBORDINATORS = words("subordinators")
RELATIVES = words("relatives")
PRONOUNS = words("pronouns")
DETERMINERS = words("determiners")
CONJUNCTIONS = words("conjunctions")
ADVERBS = words("adverbs").union(DAYS)
STILL = words("still")
VERBS = words("verbs")
SPEECH = words("speech")
STOP_MARKS = frozenset([";", ":", ".", "?", "!", "—", "--", "|", "•"])
QUOTES = frozenset(['"', "'", "“", "”", "‘", "’", "''", "``"])
LINKING = DETERMINERS | QUOTES | words("linking")
POSSESSIVES = frozenset(["'s", "'", "’s", "’"])
OF_THEM = frozenset(["them", "whom", "these", "those", "which", "us"])
COUNTED = measures("counted")
