"""Every reason that the judge can give, by its code. Codes are stable; words may improve."""

from __future__ import annotations

from functools import cache

from claimstream.model import Reason

REASONS = {
    "first": "the first word on this subject",
    "same voice": "the same voice said so before",
    "carried": "another outlet carries the words of the same voice",
    "agrees": "an independent voice agrees",
    "own change": "the voice gives a new word of its own",
    "rises": "a running count has risen",
    "later count": "a later count of something that goes up and down",
    "later incident": "so much later that it is another count",
    "another count": "it counts something else: another event, or a number far apart",
    "later change": "a later change, which nobody has denied",
    "announced": "the side that gains announces a change",
    "admits": "a side speaks against its own interest",
    "narrower": "the bounds are narrower, and agree",
    "denies": "it denies what another source says",
    "otherwise": "an independent source of the same time says otherwise",
    "lower": "an independent source gives less than is established",
    "leaps": "an independent source gives far more within hours",
    "same article": "one article carries both sides",
    "repelled": "one side calls the attack won that the other calls repelled",
    "corrected": "the source corrects itself",
    "withdrawn": "the source withdraws its story",
    "taken back": "the source had taken this word back",
    "background": "history or a mention in passing",
    "not heard": "the source book says that this source is not to be heard",
    "late": "it speaks of an earlier time than is known already",
    "known before": "it repeats a figure that has been overtaken",
    "unclear": "what it speaks of could not be told",
    "reordered": "a report that came late shows that this never was a disagreement",
    "silent": "nobody has spoken of it for long",
    "no room": "the table has no room for it any more",
    "agreed": "nobody holds to the other side any more",
}


@cache
def reason(code: str) -> Reason:
    """The reason with its words. Raises KeyError for an unknown code."""
    return Reason(code=code, words=REASONS[code])
