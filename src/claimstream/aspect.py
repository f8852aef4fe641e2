"""How the words present a state: as an event, as lasting, as an attack that failed, as a denial, or just as so.

Whether a second report is news or a contradiction hangs on this: "retook the bridge" follows "seized the bridge",
"still holds the bridge" disputes it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from claimstream.folding import plain
from claimstream.lexicon import load
from claimstream.model import Claim

Aspect = Literal["denial", "repelled", "stays", "again", "event", "state"]
_CLAUSE = re.compile(r"[,;:–—()]|\bbut\b|\bwhile\b|\balthough\b")
_WORD = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def aspect(claim: Claim) -> Aspect:
    """The aspect of a control, siege or route claim, from the clause that names its asset."""
    if claim.denial:
        return "denial"
    return _aspect(claim.sentence, claim.asset)


@lru_cache(maxsize=16384)
def _aspect(sentence: str, asset: str) -> Aspect:
    wanted = {w.rstrip("s") for w in _WORD.findall(plain(asset))}
    clauses = [_WORD.findall(part) for part in _CLAUSE.split(plain(sentence))]
    best = max(clauses, key=lambda words: len(wanted & {w.rstrip("s") for w in words}), default=[])
    found = cue(best)
    return found if found != "state" else cue([w for words in clauses for w in words]) if len(best) <= 4 else found


def cue(words: list[str]) -> Aspect:
    """The aspect that the words of one clause show."""
    text = f" {' '.join(words)} "
    for name, phrases in _phrases():
        if any(phrase in text for phrase in phrases):
            return name
    return "state"


@cache
def _phrases() -> tuple[tuple[Aspect, tuple[str, ...]], ...]:
    return tuple((row["name"], tuple(f" {p} " for p in row["phrases"])) for row in load("aspect")["aspect"])
