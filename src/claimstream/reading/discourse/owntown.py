"""A town that its own sentence names beside it: "the mayor of Belen said his town", "the hills and the town itself"."""

from __future__ import annotations

from claimstream.reading.discourse.groups import townlike_name
from claimstream.reading.discourse.parsed import Parsed
from claimstream.reading.rules.assets import Named

_THEIRS = frozenset(("his", "her"))


def town_told(parsed: Parsed, named: Named, before: int) -> str:
    """The name of the town that `named` calls "his town" or "the town itself"; "" for other words."""
    tokens = parsed.sentence.tokens
    if any(token.lower in _THEIRS for token in tokens[named.first : named.last]):
        return _home(parsed, before)
    itself = named.last < len(tokens) and tokens[named.last].lower == "itself"
    told = [text for item, text in parsed.proper_places if parsed.phrases[item.at].end <= before] if itself else []
    return told[-1] if told and townlike_name(told[-1]) else ""


def _home(parsed: Parsed, before: int) -> str:
    """The town of the person named before: "the mayor of Belen", "a teacher from Darin"."""
    for at in range(2, len(parsed.phrases)):
        phrase, person = parsed.phrases[at], parsed.phrases[at - 2]
        if phrase.start >= before:
            break
        home = parsed.phrases[at - 1].word in ("of", "from") and phrase.cls == "name" and person.kind == "np"
        if home and person.cls in ("people", "other") and parsed.known.get(phrase.head, "place") == "place":
            return " ".join(parsed.sentence.tokens[n].text for n in phrase.names)
    return ""
