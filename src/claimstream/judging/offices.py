"""Whose the offices are that an article gives to no country: "the defence ministry" in a piece from Moscow.

They are those of the country that the article is about. In a war of two states they are the other's where the article
comes from that state's capital, is of an outlet of that state, or says "In Moscow" before the speaker.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from claimstream.lexicon import load, names, places
from claimstream.lexicon.sides import FORCES
from claimstream.model import Attribution, Sentence

_NATIONAL = frozenset(load("camps")["national_offices"].split())


@dataclass(frozen=True, slots=True)
class Offices:
    """The camp of all offices of an article, and those of single speakers; "" for the country's own."""

    everywhere: str = ""
    by_speaker: Mapping[str, str] = field(default_factory=dict)

    def camp(self, speaker: str, attribution: str) -> str:
        """The other state whose office the speaker holds; "" where his words give it to a country, or to a town."""
        placed = self.by_speaker.get(speaker or attribution, self.everywhere)
        return placed if placed and (_national(attribution) or _national(speaker)) else ""


def _national(said: str) -> bool:
    """True for an office that a country has one of, and that the words give to none."""
    words = said.lower().replace(",", " ").split()
    return not _NATIONAL.isdisjoint(words) and names.side_key(said) == "state:"


def of_article(
    source: str,
    written_in: str,
    sentences: Sequence[Sentence],
    attributions: Sequence[Sequence[Attribution]],
    found: Sequence[Sequence[names.Name]],
    country: str,
) -> Offices:
    """The offices of an article.

    `written_in` is the place of its dateline; `found` are the names in each sentence, which tell whose forces it
    speaks of ("Russian troops").
    """
    own = f"state:{country}"
    pairs = zip(sentences, found, strict=True)
    states = {f"state:{one.country}" for sentence, group in pairs for one in group if _armed(sentence, one)}
    told = "\n".join([sentence.text for sentence in sentences])
    states |= {state for leader, state in _leaders() if leader in told}
    states -= {own}
    if not states:
        return Offices()
    medium = names.outlet(source)
    owner = names.camp(medium.interest, country) if medium and medium.interest else ""
    seat = _seat(written_in, states)
    by_speaker = {
        one.name or one.speaker: placed
        for sentence, said in zip(sentences, attributions, strict=True)
        if sentence.text.startswith("In ") and (placed := _seat(_opening(sentence), states))
        for one in said
    }
    return Offices(owner if owner in states else seat, by_speaker)


@cache
def _leaders() -> tuple[tuple[str, str], ...]:
    """Rulers by name, each with his state: who speaks of him from his capital speaks for that state's offices."""
    rows = load("sides")["leaders"].items()
    return tuple((name, f"state:{code}") for code, names_of in rows for name in names_of.split("|"))


def _armed(sentence: Sentence, name: names.Name) -> bool:
    """True for a people whose forces are spoken of: "Russian troops", "the Russian Airborne Forces"."""
    behind = (token.lower for token in sentence.tokens[name.end : name.end + 2])
    return name.kind == "people" and bool(name.country) and not FORCES.isdisjoint(behind)


def _opening(sentence: Sentence) -> str:
    """The place in "In Moscow, the ministry's spokesman said"."""
    words = sentence.text[3:40].partition(",")
    return words[0] if words[1] else ""


def _seat(place: str, states: Iterable[str]) -> str:
    """The state of those given that has its capital there, "" for none."""
    capital = next((p for p in places.candidates(places.normal(place)) if p.kind == "capital"), None) if place else None
    state = f"state:{capital.country}" if capital else ""
    return state if state in states else ""
