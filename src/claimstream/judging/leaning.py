"""Which side an outlet nobody knows speaks for: by the words that it uses where it quotes nobody.

A side's own site calls the others the enemy and its dead martyrs; whose site it is, the gains that it reports and the
speakers whom it trusts tell. An article without such words, or with words of both, leans to no side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from claimstream.judging import sources
from claimstream.judging.folding import plain
from claimstream.judging.offices import Offices
from claimstream.lexicon import load, names
from claimstream.model import Attribution, Sentence, StateMention

_ENOUGH = 2
"""Different words of a side, in sentences without a speaker, that make an article a side's own."""

_QUOTES = frozenset('"“”„«»')
"""Between them somebody else speaks, though nobody may be named."""


def of_article(
    source: str,
    sentences: Sequence[Sentence],
    attributions: Sequence[Sequence[Attribution]],
    held: Iterable[Iterable[StateMention]],
    country: str,
    posts: Offices,
) -> str:
    """The camp that an article speaks for; "" where its outlet is known, which then counts instead."""
    if names.outlet(source) is not None:
        return ""
    pairs = list(zip(sentences, attributions, strict=True))
    unquoted = [sentence.text for sentence, said in pairs if not said]
    signed = any(_marked(plain(_outside(sentence.text))) & _of("own") for sentence, said in pairs if said)
    speakers = {one.name or one.speaker for said in attributions for one in said}
    quoted = [sources.interest(name, name, source, country, "", posts.camp(name, name)) for name in sorted(speakers)]
    return lean(unquoted, [one for group in held for one in group], quoted, country, posts.everywhere, signed)


def lean(
    unquoted: Iterable[str],
    gains: Iterable[StateMention],
    camps_quoted: Iterable[str],
    country: str,
    seat: str = "",
    signed: bool = False,
) -> str:
    """The camp that the article speaks for, "" for none.

    `unquoted` are the sentences that it gives in its own voice, `gains` all that it says of who holds what,
    `camps_quoted` the camps of those whom it quotes ("" for others), `seat` the foreign state it comes from, if any.
    `signed` tells that it says "our fighters" outside quotation marks where it names a speaker too: "the Front says
    that not one of our men fell".
    """
    said = [(words, _marked(plain(words))) for words in unquoted]
    marks = {mark for _, found in said for mark in found}
    own = signed or any(found & _of("own") and _QUOTES.isdisjoint(words) for words, found in said)
    if len(marks) < _ENOUGH and not own:
        return ""
    camps: Counter[str] = Counter(camp for camp in camps_quoted if camp)
    for mention in gains:
        anybodys = own and names.side_key(mention.side) == "state:"  # "our forces"
        found = names.camp(names.side_key(mention.side, country), country) if mention.side and not anybodys else ""
        if mention.kind == "control" and found and mention.holds != "contested":
            camps[found] += 1 if mention.holds == "yes" else -1
    state = seat or f"state:{country}"
    if marks & _of("state"):
        camps[state] += 2
    if marks & _of("insurgent") <= _of("either") and camps[state] > max(
        (n for c, n in camps.items() if c != state), default=0
    ):
        camps[state] += 2  # a state that is invaded calls its enemies occupiers too
    elif marks & _of("insurgent"):
        others = [
            camp
            for camp, n in camps.items()
            if n > 0 and camp != state and camp.partition(":")[0] in ("rebel", "group")
        ]
        camps[max(others, key=lambda camp: (camps[camp], camp), default=f"rebel:{country}")] += 2
    ranked = camps.most_common(2)
    if not ranked or ranked[0][1] < (1 if own else _ENOUGH) or (len(ranked) > 1 and ranked[1][1] == ranked[0][1]):
        return ""
    return ranked[0][0] if ranked[0][0].partition(":")[0] in ("state", "rebel", "group") else ""


def _outside(words: str) -> str:
    """The words that stand in no quotation marks; none where a mark stands alone, as in a longer quote."""
    parts = re.split('["“”„«»]', words)
    return " ".join(parts[::2]) if len(parts) % 2 else ""


@cache
def _of(kind: str) -> frozenset[str]:
    return frozenset(load("leaning")["words"][kind].split("|"))


_RUN = re.compile(r"[\w-]+")


def _marked(text: str) -> set[str]:
    """The words of a side that stand in the text; none of their first words does in most texts."""
    return set() if _openers().isdisjoint(_RUN.findall(text)) else set(_marks().findall(text))


@cache
def _openers() -> frozenset[str]:
    return frozenset(_RUN.findall(word)[0] for kind in load("leaning")["words"] for word in _of(kind))


@cache
def _marks() -> re.Pattern[str]:
    words = sorted(
        {word for kind in load("leaning")["words"] for word in _of(kind)}, key=lambda word: (-len(word), word)
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])")
