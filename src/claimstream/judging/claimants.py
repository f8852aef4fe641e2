"""The word that a denial speaks against: "the army dismissed rebel claims to hold X", "contrary to what Y announced".

Who denies tells of two voices, of which the other may have been heard nowhere else, or not been understood. Its word is
a claim of its own, marked as implied: it is held against others and shown in alerts, and bears nobody out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, Final

from claimstream.judging.camps import camp, rivals
from claimstream.judging.comparing import clash, country, stance
from claimstream.model import Claim, altered

_NOBODY: Final = r"(?!(?:what|that|which|it|its|their|his|her|this|was|were|has|have|had)\b)"
_NAMED: Final = rf"((?:[Tt]he |[Ss]ome |[Cc]ertain )?{_NOBODY}[\w-]{{1,30}}(?: [\w-]{{1,30}}){{0,4}}?)"
_OWNER: Final = r"((?:the (?:[\w-]{1,30} ){0,2})?[\w-]{1,30}|(?:[A-Z][\w-]{1,30} ){1,3}[A-Z][\w-]{1,30})"
"""Who stands right before what is his: "the governor's claim", "Omar Belen's statement"."""
_SIDE: Final = (
    r"((?:(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)[A-Z][a-z]{2,20} )?"
    r"(?:[Rr]ebel|[Aa]rmy|[Gg]overnment|[Oo]pposition|[Ii]nsurgent|[Ss]eparatist|[Mm]ilitia)"
    r"|[A-Z][a-z]{3,20}(?:ian|ish|ese|an|i))"
)
_CLAIM: Final = (
    r"(?:claims?|statements?|reports?|announcements?|assertions?|allegations?|boasts?|version|communiqu[ée]s?)"
)
_SAID: Final = (
    r"(?:claim|announce|say|said|report|put about|put out|assert|allege|state|maintain|declare|tell|told|spread)"
)
_DENIED: Final = re.compile(
    rf"\b{_OWNER}(?:['’]s|(?<=s)['’]) (?:[\w-]{{1,20}} ){{0,2}}{_CLAIM} (?:that|to|of|about)\b"
    rf"|\b{_CLAIM} (?:made |issued |spread |put out )?(?:by|from) {_NAMED}(?= (?:that|to|of|about)\b|,)"
    rf"|\b{_SIDE} {_CLAIM} (?:that|to|of|about)\b"
)
"""The owner of a claim that is denied, in front of it or behind it."""
_CONTRARY: Final = re.compile(
    rf"\b[Cc]ontrary to what {_NAMED}(?: (?:had|has|have|was|were))?(?: (?:been|earlier|first|previously))? {_SAID}"
    rf"|\b[Cc]ontrary to what (?:was|were|had been|has been) {_SAID}(?:ed|d)? by {_NAMED}"
    r"(?=[,.;]|$| (?:on|in|at|and)\b)"
    rf"|\b[Cc]ontrary to {_NAMED}(?:['’]s|(?<=s)['’]) {_CLAIM}"
    rf"|\b[Cc]ontrary to {_CLAIM} (?:by|from|of) {_NAMED}(?=[,.;]|$| (?:on|in|at|and|that)\b)"
)
"""The same in a sentence that says the contrary."""
_WORDS: Final = (
    "claim",
    "statement",
    "report",
    "announcement",
    "ssertion",
    "llegation",
    "boast",
    "version",
    "ommuniqu",
)
_LONGEST: Final = 2000
_EACH: Final = re.compile(r"\b(?:[Bb]oth|each|rival)\b")
_LOOKED_AT: Final = 200
"""Claims of a subject among which the denied word is looked for."""


OTHERS: Final = "others"
"""The speaker where the words name none."""


def counterparts(claims: Sequence[Claim], told: Callable[[str, str], dict[str, Any]]) -> list[Claim]:
    """The claims of an article, behind each denial the word that it denies, where nobody in the article says it.

    `told` gives for a sentence and the speaker named in it the fields of a claim that depend on these.
    """
    states = [claim for claim in claims if claim.kind != "figure"]
    alone = Counter(claim.sentence for claim in states)
    by_subject: dict[str, list[Claim]] = {}
    for claim in states:
        by_subject.setdefault(claim.subject, []).append(claim)
    done: set[tuple[str, str, str | None]] = set()
    out: list[Claim] = []
    for claim in claims:
        who = _denied(claim, alone)
        if who and who != OTHERS and _denies_itself(claim):
            claim = altered(claim, side=who.removeprefix("the "), camp="")
        out.append(claim)
        about = claim.subject, claim.side, claim.holds
        if not who or about in done:
            continue
        done.add(about)
        if any(_says_it(other, claim) for other in by_subject[claim.subject][:_LOOKED_AT]):
            continue
        holds = "no" if claim.holds == "yes" else "yes"
        voice = {"origin": f"{claim.origin} denies", "interest": "", "speaker": ""}
        fields = voice if who == OTHERS else told(claim.sentence, who)
        out.append(altered(claim, attribution=who, holds=holds, denial=False, implied=True, **fields))
    return out


def each_his_own(claims: Sequence[Claim], told: Callable[[str, str], dict[str, Any]]) -> list[Claim]:
    """The claims, those of two rivals at once parted: "the army and the rebels each claimed to hold it" are two."""
    out: list[Claim] = []
    for claim in claims:
        one, _, other = claim.side.partition(" (")[0].partition(" and ")
        apart = claim.kind == "control" and claim.holds == "yes" and other and " and " not in other
        if (
            apart
            and _EACH.search(claim.sentence[:_LONGEST])
            and rivals(*(camp(w, country(claim)) for w in (one, other)))
        ):
            out += [
                altered(claim, side=who, camp="", attribution=who, **told(claim.sentence, who)) for who in (one, other)
            ]
        else:
            out.append(claim)
    return out


def _denied(claim: Claim, alone: Counter[str]) -> str:
    """Who claims what the claim speaks against; "" for a claim that speaks against nothing."""
    if claim.kind == "figure" or claim.holds not in ("yes", "no") or claim.background or claim.passing:
        return ""
    if claim.denial:
        who = of_denied(claim.sentence) or OTHERS
    else:
        who = of_contrary(claim.sentence) if alone[claim.sentence] == 1 else ""
    return "" if who and who in claim.attribution else who


def _denies_itself(claim: Claim) -> bool:
    """True for a speaker who denies that he holds a place: "X denied Y's claim that it was in their hands" is of Y."""
    own = claim.kind == "control" and claim.denial and claim.holds == "no" and bool(claim.side)
    return own and claim.side.partition(" (")[0] in claim.attribution


def _says_it(other: Claim, claim: Claim) -> bool:
    """True for a claim of the article, of another voice, that speaks against the denial."""
    return not other.background and other.origin != claim.origin and clash(stance(other), stance(claim))


def of_denied(sentence: str) -> str:
    """Who made the claim that the sentence denies, in its words; "" where nobody is named."""
    found = _DENIED.search(sentence[:_LONGEST]) if _speaks_of_claims(sentence) else None
    return _first(found)


def of_contrary(sentence: str) -> str:
    """Who is said to have said the contrary of what the sentence says, in its words; "" for none."""
    found = _CONTRARY.search(sentence[:_LONGEST]) if "ontrary to" in sentence else None
    return _first(found)


def _speaks_of_claims(sentence: str) -> bool:
    return any(word in sentence for word in _WORDS)


def _first(found: re.Match[str] | None) -> str:
    return next((group for group in found.groups() if group), "") if found is not None else ""
