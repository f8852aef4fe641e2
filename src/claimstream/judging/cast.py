"""Who is who in one article: the camps of words that name a side only to who has read the rest of it.

"The militants" are the one armed group that the article names, "the enemy" is whom its speaker fights, and "our units"
are his own. What words tell by themselves is in `camps`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from claimstream.judging.camps import camp
from claimstream.judging.folding import plain, words_of
from claimstream.lexicon import load, names, sides
from claimstream.model import Claim

_LEADS = 3
_FIRST = re.compile(r"\b(?:our|ours|we)\b", re.IGNORECASE)
"""How many times as often as any other an armed group must be named to be the one that an article is about."""


@dataclass(frozen=True, slots=True)
class Cast:
    """The sides of an article about `country`.

    `group` is the camp of the armed group that it is about, "" where it names several as often, and `named` what that
    is called; `foreign` the other state that fights there, "" for none.
    """

    country: str
    group: str = ""
    foreign: str = ""
    named: str = ""

    @classmethod
    def of(cls, country: str, found: Sequence[Sequence[names.Name]], foreign: str = "") -> Cast:
        """The sides that the names in the sentences of an article tell."""
        armed = [one for group in found for one in group if one.kind == "side"]
        called = Counter(one.key for one in armed if one.key.startswith("group:") and not sides.regular(one.key))
        groups: Counter[str] = Counter()
        for key, times in called.items():
            groups[names.camp(key, country)] += times
        groups.pop(f"state:{country}", None)
        ranked = groups.most_common(2)
        sole = bool(ranked) and (len(ranked) == 1 or ranked[0][1] >= _LEADS * ranked[1][1])
        if not sole:
            rebels = "rebels" if any(one.key.startswith("rebel") for one in armed) and not ranked else ""
            return cls(country, "", foreign, rebels)
        group = ranked[0][0]
        named = next(one.text for one in armed if one.key in called and names.camp(one.key, country) == group)
        return cls(country, group, foreign, named)

    def camp(self, claim: Claim) -> str:
        """The camp of the side that the claim is about, by the article; "" where it tells no more than the words."""
        if not claim.side:
            return ""
        known = camp(claim.side, self.country)
        kind = known.partition(":")[0]
        words = words_of(claim.side)
        if kind == "armed":
            return self._armed(words, claim.interest)
        own = claim.holds == "yes" and not claim.denial
        if known == f"state:{self.country}" and self.foreign and claim.interest == self.foreign:
            theirs = own and names.side_key(claim.side) == "state:"  # "paratroopers", in a text of that state
            return claim.interest if theirs else ""
        if kind != "other" or not claim.interest:
            return ""
        if not _listed("hostile").isdisjoint(words):
            return self.foe(claim.interest)
        return claim.interest if own and not _listed("own").isdisjoint(words) and _unnamed(claim.side) else ""

    def known(self, short: str, long: str) -> str:
        """The camp that the long name of a side tells where its short one tells none: "FDS", of the Defence Forces."""
        told, named = (camp(words, self.country) for words in (long, short))
        return told if named.startswith("other:") and not told.startswith("other:") else ""

    def forces(self, claim: Claim) -> str:
        """What those are called who hold a place for an office that the reader named: an office holds no ground.

        "The port is ours, the ministry says" gives the forces of the ministry's state; "" where the side is no office,
        or the text itself says that the government has it.
        """
        words = words_of(claim.side)
        if not words or words[-1] not in _offices() or (words[-1] == "government" and "overnment" in claim.sentence):
            return ""
        named_so = camp(claim.side, self.country)
        told = claim.interest.startswith("state:") or claim.holds == "yes" or named_so.startswith("other:")
        known = claim.interest if claim.interest and told else named_so  # rebels who deny it speak of the state
        kind = known.partition(":")[0]
        named = sides.side_name(known, forces="government forces") if kind in ("state", "group", "rebel") else ""
        return "" if ":" in named else named  # of a state whose country is not known

    def ours(self, claim: Claim) -> str:
        """The side that speaks, where the text of its own outlet says "our forces" and the reader took them for others.

        "" where the side is named in the sentence, or is that of the outlet, or nobody knows whose outlet it is.
        """
        kind = claim.interest.partition(":")[0]
        if claim.attribution or kind not in ("state", "group", "rebel") or _FIRST.search(claim.sentence) is None:
            return ""
        read = camp(claim.side, self.country) if claim.side and claim.side not in claim.sentence else ""
        if read in ("", claim.interest) or read.startswith("other:"):
            return ""
        if kind == "rebel" and self.named:
            return self.named
        return sides.side_name(claim.interest, forces="government forces")

    def whose(self, claim: Claim) -> str:
        """The side with the state or group that it belongs to, where its words name a unit, an office, a service alone.

        "81st brigade" -> "81st brigade (Ukrainian government forces)", "Ukraine" likewise, "gunmen" -> "gunmen (Zenna
        Front)", "ISIL" -> "ISIL (Islamic State)"; "" where the words tell whose they are, or say no more than "the
        army", which in its own country names it.
        """
        known = claim.camp or (camp(claim.side, self.country) if claim.side else "")
        kind = known.partition(":")[0]
        words = words_of(claim.side)
        if kind not in ("state", "group", "rebel") or _listed("plain").issuperset(words) or _another_s(claim.side):
            return ""
        if kind == "state" and len(words) > 1 and any(map(sides.nation, words)) and not _of_a_country(claim.side):
            return ""
        if kind == "state":
            whom = sides.side_name(known, forces="government forces")
        else:
            meant = known == (self.group or f"rebel:{self.country}") and self._nameless(claim.side, words)
            key = known if kind == "group" else names.side_key(claim.side, self.country)
            whom = self.named if meant else sides.side_name(key) if key.startswith("group:") else ""
            whom = whom if set(words_of(whom)).isdisjoint(words) else ""
        if not whom or ":" in whom:
            return ""
        return f"{claim.side[:-1]}, {whom})" if claim.side.endswith(")") else f"{claim.side} ({whom})"

    def _nameless(self, side: str, words: Sequence[str]) -> bool:
        """Whether anybody's armed men may be called so: "gunmen", but not "insurgents", who are rebels."""
        anybodys = _listed("nameless") | _listed("own") | _listed("kinds")
        return anybodys.issuperset(words) and not names.side_key(side).startswith("rebel")

    def _armed(self, words: Sequence[str], interest: str) -> str:
        """The one armed group of the article, where the words give no other name."""
        fought = bool(interest) and interest != self.group
        plain = _listed("nameless") | _listed("fought") if fought else _listed("nameless")
        named = (word for word in words if word not in plain and not sides.nation(word))
        return self.group if words and next(named, None) is None else ""

    def foe(self, interest: str) -> str:
        """Whom the speaker of a camp calls the enemy, "" where that is open."""
        state = f"state:{self.country}"
        return (self.group or self.foreign or f"rebel:{self.country}") if interest == state else state


def _another_s(side: str) -> bool:
    """Whether the words say whose men they are, in words that name no camp: "the general's men", "foreign troops"."""
    return any("'" in word or "’" in word or word.lower() == "foreign" for word in side.split()[:-1])


def _of_a_country(side: str) -> bool:
    """Whether a long name ends with that of the country: "Armed Forces of Norland"."""
    owner = side.rpartition(" of ")[2].removeprefix("the ")
    return owner != side and bool(sides.nation(owner))


def _unnamed(side: str) -> bool:
    """True where a side has no name of its own: "assault units", "the 110th Brigade", not "units of Azov"."""
    known = _listed("own") | _listed("kinds")
    return all(not word[:1].isupper() or plain(word) in known for word in side.split())


@cache
def _offices() -> frozenset[str]:
    return frozenset(("government", *load("reference")["offices"].split()))


@cache
def _listed(name: str) -> frozenset[str]:
    return frozenset(load("sides")["cast"][name].split())
