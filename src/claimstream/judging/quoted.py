"""Figures that a speaker names only to deny them: they are the word of another, whom he contradicts.

"Ten men, not 17, were shot, he says"; "she rejects the four that Nairobi gave"; "the figure of 394 cannot be true".
"""

from __future__ import annotations

import re
from typing import Final

from claimstream.judging import sentence_words, sources
from claimstream.model import Claim, altered

_BEFORE: Final = 80
_AFTER: Final = 120
"""Characters of the sentence before and behind the number that are looked at."""
_NAMED: Final = r"((?:[Tt]he |[Ss]ome |[Cc]ertain )?[\w-]{1,30}(?: [\w-]{1,30}){0,3}?)"
_OWNER: Final = re.compile(
    rf"(?:^|[ ,]){_NAMED}(?:['’]s|(?<=s)['’])(?: (?:figure|figures|number|toll|count|claim|total|estimate) of)? $"
)
"""Whose the number is, right before it: "the district's 200"."""
_SAYS: Final = (
    r"(?:claim|say|give|speak|put about|spread|report|announce|allege|state|maintain|assert|circulate|told|said|gave)"
    r"(?:s|ed|d)?\b"
)
_SAYER: Final = re.compile(
    rf"^[^.;]{{0,60}}?\b(?:(?:as|that|which|of which) {_NAMED}(?: (?:has|have|had))? {_SAYS}"
    rf"|(?:claimed|given|announced|reported|alleged|spread|put about|published|invented) by {_NAMED}"
    r"(?=[,.;:”\"]| (?:is|are|was|were|has|have|and|as|in|on)\b|$))"
)
"""The same behind it: "as the occupiers say", "the 80 claimed by the rebels"."""
OTHERS: Final = "others"
"""The speaker of a denied figure that the words give to nobody."""


def to_deny(claim: Claim) -> bool:
    """True for a figure that its words name only to deny it."""
    at = claim.sentence.find(claim.words) if claim.words else -1
    if at < 0 or claim.high == 0:
        return False  # "denied that any man was killed": none is what the speaker says
    before = claim.sentence[max(0, at - _BEFORE) : at]
    if sentence_words.has("put aside", before):
        return True
    after = claim.sentence[at + len(claim.words) : at + len(claim.words) + _AFTER]
    return sentence_words.has("count of", before) and sentence_words.has("is wrong", after)


def own_mistake(claim: Claim) -> bool:
    """True where the sentence takes back what the speaker or the outlet itself said before."""
    return claim.status == "corrected" or sentence_words.has("own mistake", claim.sentence)


def anothers(claim: Claim) -> Claim:
    """The claim as the word of whom the sentence names for it, else of others: not of the speaker who denies it."""
    who = _sayer(claim)
    if not who:
        voice = f"{claim.origin} denies"
        return altered(claim, attribution=OTHERS, speaker="", origin=voice, interest="", denial=True)
    origin = sources.origin(claim.source, claim.wire, who, who)
    return altered(claim, attribution=who, speaker=who, origin=origin, interest="", denial=True)


def _sayer(claim: Claim) -> str:
    at = claim.sentence.find(claim.words)
    owner = _OWNER.search(claim.sentence[max(0, at - _BEFORE) : at])
    if owner is not None:
        return owner[1]
    behind = at + len(claim.words)
    sayer = _SAYER.match(claim.sentence[behind : behind + _AFTER])
    return (sayer[1] or sayer[2] or "") if sayer is not None else ""
