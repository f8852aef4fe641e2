"""What was taken and taken back: who did it where the words leave it unsaid, and what of it was before.

Also what was won or lost that is no place, and who denies a capture of which he is not the one who made it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from claimstream.model import Sentence, StateMention
from claimstream.reading.discourse.doers import alike
from claimstream.reading.discourse.parsed import Parsed
from claimstream.reading.discourse.reference import Discourse
from claimstream.reading.rules.clauses import moods
from claimstream.reading.rules.table import Finding
from claimstream.reading.rules.words import listed

_AFTER = re.compile(r"\b(?:hours?|days?|weeks?|months?|years?) after\b[^,;:.]{0,40}$")
_AGO = 70
"""Characters before a claim in which the words stand that put it before another."""
_JUST = 2
"""Sentences back at most of a capture that is told to have been undone."""


def back(parsed: Parsed, finding: Finding) -> bool:
    """Whether the verb says that something was taken back."""
    return finding.verb >= 0 and parsed.phrases[finding.verb].word in listed("back")


def taken_back(discourse: Discourse, i: int, asset: str, side: str, resolved: bool) -> tuple[str, bool]:
    """Who took back what others were just said to have taken: "The army took Belen. It was retaken by nightfall"."""
    taken = [whose for j, what, whose in discourse.fresh if i - _JUST <= j < i and what == asset]
    if not taken or not alike(taken[-1], side):
        return side, resolved
    other = discourse.opponent(taken[-1])
    discourse.guessing &= not other
    return (other, True) if other else (side, resolved)


def of_a_contest(discourse: Discourse, i: int, finding: Finding) -> bool:
    """Whether what was won or lost is the war or the match of which the sentence before told: "it has been won"."""
    verb = discourse.parsed(i).phrases[finding.verb].word if finding.verb >= 0 else ""
    if verb not in ("win", "lose") or not i:
        return False
    last = [phrase.word for phrase in discourse.parsed(i - 1).phrases if phrase.kind == "np"][-2:]
    return not listed("contests").isdisjoint(last)


def denies_itself(parsed: Parsed, finding: Finding) -> bool:
    """Whether who denies a capture is read as who made it: "Command denies capture of port"."""
    return any(
        phrase.kind == "vg"
        and phrase.word in moods()["denying verbs"]
        and finding.side in parsed.clauses.subject(k)
        and k < finding.verb
        for k, phrase in enumerate(parsed.phrases)
    )


def before_that(one: StateMention, made: Sequence[StateMention], sentence: Sentence) -> StateMention:
    """As history, what was taken some time before others took it: "retook Belen, two weeks after rebels entered it"."""
    if one.holds != "yes" or one.background or one.kind != "control":
        return one
    before = sentence.text[max(0, one.start - _AGO) : one.start].lower()
    told = _AFTER.search(before)
    others = (m for m in made if m.holds == "yes" and m.asset == one.asset and m.side != one.side)
    return replace(one, background=True) if told and any(m.start < one.start for m in others) else one
