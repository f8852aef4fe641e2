"""The word classes of `lexicon/figures.toml` as sets."""

from __future__ import annotations

from typing import Final

from claimstream.lexicon import load
from claimstream.lexicon.calendar import DAYS


def words(name: str) -> frozenset[str]:
    """The words of a class."""
    return frozenset(load("figures")["words"][name].split())


def measures(name: str) -> frozenset[str]:
    """The measures of a group."""
    return frozenset(load("figures")["measures"][name].split())


BE: Final = words("be")
AUX: Final = BE | words("auxiliary")
COPULAS: Final = words("copula")
UNREAL: Final = words("unreal")
PREPOSITIONS: Final = words("prepositions")
SUBORDINATORS: Final = words("subordinators")
RELATIVES: Final = words("relatives")
PRONOUNS: Final = words("pronouns")
DETERMINERS: Final = words("determiners")
CONJUNCTIONS: Final = words("conjunctions")
ADVERBS: Final = words("adverbs").union(DAYS)
STILL: Final = words("still")
VERBS: Final = words("verbs")
SPEECH: Final = words("speech")
STOP_MARKS: Final = frozenset([";", ":", ".", "?", "!", "—", "--", "|", "•"])
QUOTES: Final = frozenset(['"', "'", "“", "”", "‘", "’", "''", "``"])
LINKING: Final = DETERMINERS | QUOTES | words("linking")
POSSESSIVES: Final = frozenset(["'s", "'"])
OF_THEM: Final = frozenset(["them", "whom", "these", "those", "which", "us"])
COUNTED: Final = measures("counted")
NO_ONE: Final = frozenset(["nobody", "no one", "no-one"])
"""Counts of no person that are their own noun."""
