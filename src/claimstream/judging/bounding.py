"""The bounds of a claim's texts: whatever an article holds, what is kept of it in facts and alerts has a largest size.

Sentences of news are shorter than these; text without full stops, or a "name" of a thousand words, is not news.
"""

from __future__ import annotations

from typing import Final

from claimstream.model import Claim, altered, content_id

SENTENCE: Final = 1_000
"""Characters of a sentence that a claim carries: those around its words."""
PHRASE: Final = 200
"""Characters of a name, a phrase or an outlet."""
SUBJECT: Final = 300
"""Characters of a subject; a longer one ends in a hash, so that two that begin alike stay two."""
_PHRASES = ("attribution", "speaker", "source", "wire", "origin", "interest", "who", "place", "asset", "side", "since")


def bounded(claim: Claim) -> Claim:
    """The claim with its texts within bounds: the same object where they are, as is the rule."""
    long = {name: text[:PHRASE] for name in _PHRASES if len(text := getattr(claim, name)) > PHRASE}
    if len(claim.sentence) > SENTENCE:
        at = max(0, claim.sentence.find(claim.words))
        begin = max(0, min(at - (SENTENCE - min(len(claim.words), SENTENCE)) // 2, len(claim.sentence) - SENTENCE))
        long["sentence"] = claim.sentence[begin : begin + SENTENCE]
    if len(claim.words) > SENTENCE:
        long["words"] = claim.words[:SENTENCE]
    if len(claim.subject) > SUBJECT:
        long["subject"] = claim.subject[: SUBJECT - 17] + "#" + content_id(claim.subject)
    return altered(claim, **long) if long else claim


def cut(claim: Claim) -> bool:
    """True for a claim of which only a part of the sentence is kept."""
    return len(claim.sentence) == SENTENCE
