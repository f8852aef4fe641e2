"""A town that its own sentence names beside it: "the mayor of Belen said his town", "the hills and the town itself"."""

from __future__ import annotations

from claimstream.reading.discourse.groups import townlike_name
from claimstream.reading.discourse.parsed import Parsed, once
from claimstream.reading.rules.assets import Named
from claimstream.reading.rules.clauses import moods
from claimstream.reading.rules.words import listed

_AT_HOME = frozenset(("in", "of", "from", "inside"))
_ON_THE_SPOT = frozenset("correspondent reporter contributor stringer".split())
"""Who tells what is seen at the place that their words name."""
_NEAR = 5
"""How many phrases lie at most between a witness's town and the verb of saying."""
_REACHING = frozenset("reach contact speak talk interview".split())
_BY_WIRE = frozenset("phone telephone radio skype whatsapp signal telegram line".split())
_THEIRS = frozenset(("his", "her"))


def town_told(parsed: Parsed, named: Named, before: int) -> str:
    """The name of the town that `named` calls "his town" or "the town itself"; "" for other words."""
    tokens = parsed.sentence.tokens
    if any(token.lower in _THEIRS for token in tokens[named.first : named.last]):
        return _home(parsed, before)
    itself = named.last < len(tokens) and tokens[named.last].lower == "itself"
    told = [text for item, text in parsed.proper_places if parsed.phrases[item.at].end <= before] if itself else []
    return told[-1] if told and townlike_name(told[-1]) else ""


def witness_town(parsed: Parsed) -> str:
    """The town of whoever lives there and speaks: ""They have gone," a nurse in Belen said"; "" where nobody does."""
    return once(parsed.made, "witness_town", lambda: _find_witness_town(parsed))


def _find_witness_town(parsed: Parsed) -> str:
    phrases, saying = parsed.phrases, moods()["saying verbs"]
    for at in range(2, len(phrases)):
        place, person = phrases[at], phrases[at - 2]
        lives = place.cls == "name" and phrases[at - 1].word in _AT_HOME and person.kind == "np"
        if not lives or parsed.known.get(place.head, "place") != "place" or not place.names:
            continue
        if _reached(parsed, at):
            return " ".join(parsed.sentence.tokens[n].text for n in place.names)
        if person.word not in listed("locals") and not (person.word in _ON_THE_SPOT and person.det == "our"):
            continue
        before = at > 2 and phrases[at - 3].kind == "vg" and phrases[at - 3].word in saying
        behind = phrases[at + 1 : at + 1 + _NEAR]
        if before or any(p.kind == "vg" and p.word in saying and p.form == "fin" for p in behind):
            return " ".join(parsed.sentence.tokens[n].text for n in place.names)
    return ""


def _reached(parsed: Parsed, at: int) -> bool:
    """Whether the name at `at` says where somebody was reached: "Contacted by telephone in Belen, a nurse said"."""
    phrases = parsed.phrases
    verb = next((n for n in range(at - 2, max(-1, at - 5), -1) if phrases[n].kind == "vg"), -1)
    if verb < 0 or phrases[verb].word not in _REACHING or phrases[at - 2].word not in _BY_WIRE:
        return False
    return phrases[at - 1].word in ("in", "from") and not phrases[verb].negated


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
