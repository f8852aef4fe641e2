"""Who took what an article says was taken, without saying by whom, from what it says elsewhere.

"The bridge was captured" is first read with the nearest side that fits (`doers`). Once the whole article is read, what
it says in full of the same place, or of the campaign at large, is the better witness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import replace

from claimstream.model import StateMention
from claimstream.reading.rules.words import lexicon

Guess = tuple[int, int, str, str]
"""Sentence, beginning, asset and state of a mention whose side was guessed."""
_OTHERWISE = frozenset(("flag-flies", "fall-to"))
"""Rules of which the campaign says nothing: a flag is that of whoever else the sentence means."""


def told(
    mentions: Sequence[tuple[StateMention, ...]],
    guessed: Set[Guess],
    lost: Set[Guess],
    opponent: Callable[[str], str],
    partisan: bool = False,
) -> tuple[tuple[StateMention, ...], ...]:
    """The mentions of each sentence, with guessed sides replaced by those that the article names.

    `lost` are those of the guessed that say who lost a place; `opponent` tells whom a side fights in the article.
    The "we" of a `partisan` article that signs nowhere are those of whom it tells the most gains.
    """
    ours = partisan and any(one.side == "we" for row in mentions for one in row)
    if not guessed and not ours:
        return tuple(mentions)
    named: dict[tuple[str, str], Counter[str]] = {}
    overall: dict[str, Counter[str]] = {"yes": Counter(), "no": Counter()}
    for i, row in enumerate(mentions):
        for one in row:
            plain = one.kind == "control" and one.holds != "contested" and one.resolved and not one.passing
            known = one.side not in ("", "we") and one.side.split()[-1].lower() not in lexicon().enemy
            if plain and known and not one.denial and (i, one.start, one.asset, one.holds) not in guessed:
                named.setdefault((one.asset.lower(), one.holds), Counter())[one.side] += 1
                overall[one.holds][one.side] += 1
    if ours:
        mentions = _as_winner(mentions, guessed)
    return tuple(
        tuple(
            _told(one, named, overall, opponent if (i, one.start, one.asset, one.holds) in lost else None)
            if (i, one.start, one.asset, one.holds) in guessed
            else one
            for one in row
        )
        for i, row in enumerate(mentions)
    )


def _as_winner(mentions: Sequence[tuple[StateMention, ...]], guessed: Set[Guess]) -> list[tuple[StateMention, ...]]:
    """The mentions with the side of the most gains for "we", and for who took what was taken by nobody named.

    Sides that a sentence sets against "us" are out.
    """
    gains: Counter[str] = Counter()
    against = {one.side for row in mentions if any(m.side == "we" for m in row) for one in row}
    for i, row in enumerate(mentions):
        for one in row:
            plain = one.kind == "control" and one.resolved and not one.passing and not one.denial
            if plain and one.side and one.side not in against and (i, one.start, one.asset, one.holds) not in guessed:
                gains[one.side] += {"yes": 1, "no": -1}.get(one.holds, 0)
    winner, most = max(gains.items(), key=lambda pair: pair[1], default=("", 0))
    if most < 1:
        return list(mentions)
    return [
        tuple(
            replace(m, side=winner)
            if m.side == "we" or (m.holds == "yes" and (i, m.start, m.asset, m.holds) in guessed)
            else m
            for m in row
        )
        for i, row in enumerate(mentions)
    ]


def _told(
    one: StateMention,
    named: dict[tuple[str, str], Counter[str]],
    overall: dict[str, Counter[str]],
    opponent: Callable[[str], str] | None,
) -> StateMention:
    """The mention with the side that is said to have taken or lost the same place, or most others."""
    if one.kind != "control" or one.holds == "contested":
        return one
    same = named.get((one.asset.lower(), one.holds))
    if same:
        return replace(one, side=same.most_common(1)[0][0])
    best = overall[one.holds].most_common(2)
    rivals = named.get((one.asset.lower(), "no" if one.holds == "yes" else "yes"), Counter())
    if opponent is not None and one.side in rivals:
        return replace(one, side=opponent(one.side) or one.side)  # who is said to have taken it has not lost it
    least = 2 if one.side else 1
    leads = bool(best) and best[0][1] >= least and (len(best) == 1 or best[0][1] >= 2 * best[1][1])
    if not leads or best[0][0] in rivals or one.rule in _OTHERWISE:
        return one
    return replace(one, side=best[0][0])
