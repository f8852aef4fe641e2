"""Lines of a live blog that begin with a stamp: "14:20 Rebels in the market", "Latest: troops inside the fort".

The stamp is no part of what the line says, so it is left out before the line is taken apart.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from claimstream.model import Token
from claimstream.reading.rules.phrases import Phrase, chunk

_CLOCK = re.compile(r"(?:[01]?\d|2[0-3])(?P<dot>[:.h])[0-5]\d(?P<half>[ap]\.?m\.?|h|hrs)?$")
_HALF = frozenset("am pm a.m. p.m. a.m p.m hrs hours gmt utc bst est edt cet cest eet local time".split())
_MARKS = frozenset(":|–—-")
_CALLS = frozenset("latest update updated breaking developing flash alert recap new newsflash urgent".split())
_SHORT = 24
"""Words that a line has at most which a stamp makes a bulletin."""


def stamp(tokens: tuple[Token, ...]) -> int:
    """How many words of the line are its stamp; 0 where it has none."""
    if len(tokens) < 3:
        return 0
    at = int(tokens[0].text in "[(")
    call = tokens[at].lower in _CALLS
    if [t.lower for t in tokens[at : at + 3]] == ["just", "in", ":"]:
        return at + 3
    clock = _CLOCK.match(tokens[at].lower)
    if not call and clock is None:
        return 0
    at += 1
    sure = clock is not None and (clock["dot"] == ":" or bool(clock["half"]))
    while at < len(tokens) - 2 and (tokens[at].lower in _HALF or (call and tokens[at].text.isdigit())):
        sure = not call
        at += 1
    at += tokens[at].text in "])"
    if tokens[at].text in _MARKS:
        return at + 1 if at + 2 < len(tokens) else 0
    return at if sure and tokens[at].text[0].isupper() else 0


def bulletin(tokens: tuple[Token, ...]) -> bool:
    """Whether the line is a short bulletin under a stamp, which may do without a verb as a headline does."""
    return len(tokens) < _SHORT and stamp(tokens) > 0


def chunked(tokens: tuple[Token, ...], kinds: Mapping[int, str]) -> list[Phrase]:
    """The phrases of the line without its stamp."""
    skip = stamp(tokens)
    if not skip:
        return chunk(tokens, kinds)
    behind = chunk(tokens[skip:], {at - skip: kind for at, kind in kinds.items() if at >= skip})
    return [_moved(phrase, skip) for phrase in behind]


def _moved(phrase: Phrase, by: int) -> Phrase:
    """The phrase at the place in the line that it has with the stamp."""
    owner = _moved(phrase.owner, by) if phrase.owner is not None else None
    names = tuple(at + by for at in phrase.names)
    return replace(
        phrase, start=phrase.start + by, end=phrase.end + by, head=phrase.head + by, names=names, owner=owner
    )
