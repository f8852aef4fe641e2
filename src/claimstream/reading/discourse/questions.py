"""Questions that the next sentence answers: "Is the road open? No, say drivers", "Who holds Belen? The rebels do".

A question claims nothing. Put in the order of a statement it tells what its answer confirms or denies.
"""

from __future__ import annotations

from dataclasses import replace

from claimstream.model import Sentence
from claimstream.reading.discourse.parsed import Parsed

_YES = frozenset("yes yeah indeed".split())
_NO = frozenset(("no", "not"))
_PUTTING = frozenset(("be", "have", "do"))
_MARKS = frozenset((",", ".", ":", ";", "—", "–", "-"))
_LINE = 20
"""Words that a question has at most of which the answer says no more than yes or no."""


def answer(question: Sentence, reply: Sentence) -> str:
    """ "confirm" or "deny" where the reply begins with yes or no, "name" where it may tell who it is; else ""."""
    asked, said = question.tokens, reply.tokens
    if len(asked) > _LINE or len(said) < 2 or asked[-1].text != "?":
        return ""
    if asked[0].lower == "who":
        return "name"
    first, second = said[0].lower, said[1].lower
    if first in _YES and second in _MARKS:
        return "confirm"
    return "deny" if first in _NO and (second in _MARKS or second in ("yet", "any", "so", "according")) else ""


def as_told(parsed: Parsed) -> Parsed | None:
    """The question in the order of a statement, "who" left as "they"; None where it is not asked in this way."""
    tokens, phrases = parsed.sentence.tokens, parsed.phrases
    if len(phrases) < 2:
        return None
    stop = tokens[-1]._replace(text=".", lower=".")
    if tokens[0].lower == "who":
        order = list(range(len(tokens)))
        first = tokens[0]._replace(text="They", lower="they")
        told = (first, *tokens[1:-1], stop)
    else:
        end = _subject_end(parsed)
        if end < 2:
            return None
        order = [*range(1, end), 0, *range(end, len(tokens))]
        told = (*(tokens[at] for at in order[:-1]), stop)
    known = {now: parsed.known[was] for now, was in enumerate(order) if was in parsed.known}
    return Parsed(replace(parsed.sentence, tokens=told), known)


def _subject_end(parsed: Parsed) -> int:
    """The token behind the subject of a question that begins with "is", "has" or "do"; 0 for others."""
    phrases = parsed.phrases
    first = phrases[0]
    if first.kind != "vg" or first.start:
        return 0
    if first.end > 1:  # "has it fallen", which is one group
        return 2 if first.aux in _PUTTING and parsed.sentence.tokens[1].lower in ("it", "they", "we", "he") else 0
    if first.word not in _PUTTING or phrases[1].kind != "np":
        return 0
    verb = next((at for at in range(2, len(phrases)) if phrases[at].kind == "vg"), 0)
    at = verb - 1 if verb else 1
    while at > 1 and phrases[at].kind == "w":
        at -= 1
    while not verb and at + 2 < len(phrases) and phrases[at + 1].word == "of":
        at += 2
    return phrases[at].end
