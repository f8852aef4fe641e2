"""What people died of, where it is no blow of the war or disaster: those of cholera are not those of a raid."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from claimstream.lexicon import load
from claimstream.model import Claim

_REACH: Final = 70
"""Characters beside the figure in which its cause is told."""
_WORD: Final = re.compile(r"[a-z-]+")
_ENDS: Final = re.compile(r"[,;:.()]| and | while | but ")
_LINKS: Final = frozenset("of from by with to through in".split())
_CASES: Final = frozenset(("case", "cases", "infection", "infections"))
_KINDS: Final = ("new", "suspected", "probable", "confirmed", "active", "severe")
"""Cases of each of these are a count of their own."""
_MEASURES: Final = frozenset(("killed", "wounded", "casualties", "missing"))


def of(claim: Claim) -> str:
    """The cause in one word ("cholera", "hunger"), "" where the words beside the figure tell none.

    "90 people have died of cholera", "the cholera outbreak has killed 90", "40 have starved".
    """
    if claim.measure not in _MEASURES or not claim.words:
        return ""
    at = claim.sentence.find(claim.words)
    if at < 0:
        return ""
    end = at + len(claim.words)
    behind = _ENDS.split(claim.sentence[end : end + _REACH].lower(), maxsplit=1)[0]
    words = _WORD.findall(behind)
    for n, word in enumerate(words):
        cause = _causes().get(word, "")
        if cause and (word in _verbs() or not _LINKS.isdisjoint(words[max(0, n - 3) : n])):
            return cause
    before = _ENDS.split(claim.sentence[max(0, at - _REACH) : at].lower())[-1]
    return next((_causes()[word] for word in _WORD.findall(before) if word in _causes()), "")


def sick_with(claim: Claim) -> str:
    """The disease in one word where cases of one are counted ("310 cases of measles"), "" for every other figure."""
    if claim.measure != "other" or _CASES.isdisjoint(_WORD.findall(claim.who.lower())):
        return ""
    at = max(claim.sentence.find(claim.words), 0) if claim.words else 0
    beside = claim.sentence[at : at + len(claim.words) + _REACH]
    found = _WORD.findall(f"{claim.who} {_ENDS.split(beside, maxsplit=1)[0]}".lower())
    disease = next((_causes()[word] for word in found if word in _causes()), "")
    kinds = [word for word in _KINDS if word in found]
    return " ".join([*kinds, disease]) if disease else ""


@cache
def _causes() -> dict[str, str]:
    return {word: cause for cause, words in load("counts")["causes"].items() for word in words.split()}


@cache
def _verbs() -> frozenset[str]:
    """Words that tell the cause by themselves: "starved", "drowned"."""
    return frozenset(word for word in _causes() if word.endswith("ed"))
