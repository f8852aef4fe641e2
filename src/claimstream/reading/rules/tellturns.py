"""Turns that put the teller, the whole or the owner in an odd place: "was said by the army to have been taken".

"Belen, whose western half is theirs", "the rebels, in whose hands Belen is", "of the five districts they hold three".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from claimstream.reading.rules.assets import directions
from claimstream.reading.rules.attachment import moods
from claimstream.reading.rules.phrases import Phrase

_PLACES = frozenset(("name", "asset"))
_HANDS = frozenset("hands control possession power grip".split())
_PARTS = frozenset("half third fifth tenth part parts portion section two-thirds three-quarters".split())
"""Shares that are owned by their whole."""
_STATES = {
    "isolated": "isolate",
    "cut-off": "isolate",
    "besieged": "besiege",
    "encircled": "encircle",
    "surrounded": "surround",
    "blocked": "block",
    "closed": "close",
}
_REACH = 12


def _close(phrases: list[Phrase]) -> int:
    """The index of the mark that closes the sentence, or the end."""
    return len(phrases) - 1 if phrases and phrases[-1].kind == "w" and phrases[-1].cls == "." else len(phrases)


def _timed_to(phrases: list[Phrase], at: int) -> int:
    """The index behind the adverbs and times that begin at `at`."""
    while at < len(phrases):
        if phrases[at].cls == "time" or (phrases[at].kind == "w" and phrases[at].cls == "R"):
            at += 1
        elif phrases[at].cls in ("I", "S") and at + 1 < len(phrases) and phrases[at + 1].cls == "time":
            at += 2
        else:
            return at
    return at


def told_of(phrases: list[Phrase]) -> list[Phrase]:
    """ "Isolated villages: A, B and C": A, B and C are isolated."""
    if len(phrases) < 3 or phrases[1].word != ":" or phrases[2].cls not in _PLACES:
        return phrases
    head, mark = phrases[:2]
    state = next((_STATES[word] for word in head.mods[:1] if word in _STATES), "")
    if not state or head.kind != "np" or not head.plural or head.names or head.det:
        return phrases
    end = next((n for n in range(2, len(phrases)) if phrases[n].cls in (".", ";")), len(phrases))
    if any(p.kind == "vg" or (p.kind == "w" and p.cls not in (",", "K", "I")) for p in phrases[2:end]):
        return phrases
    said = Phrase("vg", mark.start, mark.end, state, head=mark.start, mods=(state,), form="fin")
    said.passive, said.aux, said.plural = True, "be", True
    joint = [replace(p, word="and", cls="K") if p.word == "," else p for p in phrases[2:end]]
    return [*joint, said, *phrases[end:]]


def _said_by_to(phrases: list[Phrase]) -> list[Phrase]:
    """ "The port was said by the army to have been taken": the port has been taken, the army said."""
    for at in range(1, len(phrases) - 3):
        told = phrases[at]
        if told.kind != "vg" or not told.passive or told.form != "fin" or told.word not in moods()["saying verbs"]:
            continue
        by = _timed_to(phrases, at + 1)
        if by + 2 >= len(phrases) or phrases[by].word != "by" or phrases[by + 1].kind != "np":
            continue
        who = phrases[by + 1]
        follow = _timed_to(phrases, by + 2)
        if follow >= len(phrases) or phrases[follow].kind != "vg" or phrases[follow].form != "inf":
            continue
        done = phrases[follow]
        plain = replace(done, form="fin", real=told.real, negated=done.negated ^ told.negated, plural=told.plural)
        said = replace(told, passive=False, aux="", negated=False)
        mark = Phrase("w", told.start, told.start, ",", cls=",")
        end = _close(phrases)
        rest = [*phrases[follow + 1 : end], mark, who, said, *phrases[end:]]
        return [*phrases[:at], plain, *rest]
    return phrases


def _whose_part(phrases: list[Phrase]) -> list[Phrase]:
    """ "Belen, whose western half they hold, is quiet": Belen is quiet; they hold the western half of Belen.

    So too "over whose town hall their flag flies": the flag flies over it.
    """
    for at in range(1, len(phrases) - 2):
        if phrases[at].word != "whose" or phrases[at].kind != "w" or phrases[at + 1].cls not in ("asset", "share"):
            continue
        led = phrases[at - 1].kind == "w" and phrases[at - 1].cls == "I"
        before = at - 1 - led
        before -= phrases[before].word == ","
        end = next((n for n in range(at + 2, len(phrases)) if phrases[n].cls in (",", ".", ";", "-")), len(phrases))
        verb = next((n for n in range(at + 2, end) if phrases[n].kind == "vg"), -1)
        told = verb > 0 and phrases[verb].form in ("fin", "base")
        if before < 0 or phrases[before].cls not in _PLACES or not told or phrases[at + 1].owner is not None:
            continue
        place = replace(phrases[before], owner=None)
        part = replace(phrases[at + 1], owner=place)
        subject = [phrase for phrase in phrases[at + 2 : verb] if phrase.kind == "np"]
        clause = [part, *phrases[at + 2 : end]]
        if subject:  # "whose port the rebels hold", "over whose port their flag flies"
            lead = phrases[at - 1 : at] if led else []
            clause = [*phrases[at + 2 : verb + 1], *lead, part, *phrases[verb + 1 : end]]
        elif led:
            continue
        if led and subject and any(phrase.kind == "np" and phrase.cls != "time" for phrase in phrases[verb + 1 : end]):
            continue  # "in whose suburbs the rebels hold two villages"
        mark = Phrase("w", phrases[at].start, phrases[at].start, ";", cls=";")
        rest = phrases[end + 1 :] if end < len(phrases) and phrases[end].word == "," else phrases[end:]
        close = _close(rest)
        return [*phrases[: before + 1], *rest[:close], mark, *clause, *rest[close:]]
    return phrases


def _in_whose_hands(phrases: list[Phrase]) -> list[Phrase]:
    """ "The rebels, in whose hands Belen is, fled": the rebels fled; Belen is in the hands of the rebels."""
    for at in range(2, len(phrases) - 3):
        if phrases[at].word != "whose" or phrases[at - 1].word not in ("in", "under") or phrases[at - 1].kind != "w":
            continue
        noun, told = _hands(phrases[at + 1])
        before = at - 3 if phrases[at - 2].word == "," else at - 2
        end = next((n for n in range(at + 2, len(phrases)) if phrases[n].cls in (",", ".", ";")), len(phrases))
        told += phrases[at + 2 : end]
        verb = next((n for n, phrase in enumerate(told) if phrase.kind == "vg"), -1)
        linked = verb > 0 and told[verb].word in ("be", "remain", "stay", "lie") and not told[verb].passive
        if noun is None or before < 0 or phrases[before].kind != "np" or not linked or told[0].kind != "np":
            continue
        link = replace(phrases[at - 1], word="of", cls="I")
        mark = replace(phrases[at - 1], word=";", cls=";")
        clause = [mark, *told[: verb + 1], phrases[at - 1], noun, link, replace(phrases[before])]
        rest = phrases[end + 1 :] if end < len(phrases) and phrases[end].word == "," else phrases[end:]
        close = _close(rest)
        return [*phrases[: before + 1], *rest[:close], *clause, *rest[close:]]
    return phrases


def _hands(phrase: Phrase) -> tuple[Phrase | None, list[Phrase]]:
    """The noun "hands" in the phrase, which may look a verb or the beginning of the next name, and what is left."""
    start = phrase.start
    said = phrase.mods[0] if phrase.mods else phrase.word
    if said not in _HANDS and phrase.word not in _HANDS:
        return None, []
    whole = phrase.kind == "vg" or phrase.word in _HANDS
    noun = Phrase("np", start, start + 1, phrase.word if said not in _HANDS else said, cls="other", head=start)
    return noun, [] if whole else [replace(phrase, start=start + 1, mods=phrase.mods[1:])]


def _of_them_holds(phrases: list[Phrase]) -> list[Phrase]:
    """ "Of the five districts the rebels hold three": the rebels hold three of the five districts."""
    start = 0
    while start < len(phrases) and phrases[start].kind == "w" and phrases[start].cls in "R~-K":
        start += 1
    if start + 4 >= len(phrases) or phrases[start].word != "of":
        return phrases
    whole, follow = phrases[start + 1], start + 2
    if whole.cls != "asset" or not (whole.plural or whole.word.endswith("s")):
        return phrases
    follow += phrases[follow].word == ","
    verb = next((n for n in range(follow, min(follow + _REACH, len(phrases))) if phrases[n].kind == "vg"), -1)
    if verb <= follow or verb + 1 >= len(phrases) or phrases[follow].kind != "np":
        return phrases
    part = phrases[_timed_to(phrases, verb + 1)] if _timed_to(phrases, verb + 1) < len(phrases) else whole
    at = _timed_to(phrases, verb + 1)
    closed = at + 1 >= len(phrases) or phrases[at + 1].kind == "w"
    if part.cls != "share" or not closed or (at + 1 < len(phrases) and phrases[at + 1].word == "of"):
        return phrases
    return [*phrases[:start], *phrases[follow : at + 1], phrases[start], whole, *phrases[at + 1 :]]


def _own_share(phrases: list[Phrase]) -> list[Phrase]:
    """ "Belen's western half", "the town's northern third": the western half of Belen."""
    made: list[Phrase] = []
    for phrase in phrases:
        owner = phrase.owner
        if owner is None or owner.cls not in _PLACES or phrase.word not in _PARTS or phrase.kind != "np":
            made.append(phrase)
            continue
        start = owner.end + 1 if owner.end < phrase.head and owner.start == phrase.start else owner.end
        start = start if phrase.start <= start <= phrase.head else phrase.start
        part = replace(phrase, start=start, owner=None, det="the", form="", mods=_own_mods(phrase))
        link = Phrase("w", phrase.head, phrase.head + 1, "of", cls="I")
        made += [part, link, replace(owner, form="", owner=None)]
    return made


def _talk_of_being(phrases: list[Phrase]) -> list[Phrase]:
    """ "The talk of Belen being besieged is false", "of its having fallen": the talk that it is besieged."""
    for at in range(1, len(phrases) - 3):
        told, link, what, verb = phrases[at - 1 : at + 3]
        if link.word != "of" or told.word not in moods()["telling nouns"] or verb.kind != "vg" or what.kind != "np":
            continue
        own = what.word in ("its", "their")
        if not (own or what.cls in _PLACES or what.cls in ("side", "pron")) or verb.form == "fin":
            continue
        if not (verb.passive or verb.perfect):
            continue
        what = replace(what, cls="pron", word="it" if what.word == "its" else "they") if own else what
        return [*phrases[:at], replace(link, word="that", cls="W"), what, replace(verb, form="fin"), *phrases[at + 3 :]]
    return phrases


def _own_mods(phrase: Phrase) -> tuple[str, ...]:
    """The words right before the head that tell which part: "western"."""
    return tuple(word for word in phrase.mods if word in directions())


TURNS_OF_TELLING: tuple[tuple[str, Callable[[list[Phrase]], list[Phrase]]], ...] = (
    ("by", _said_by_to),
    ("whose", _in_whose_hands),
    ("whose", _whose_part),
    *((share, _own_share) for share in sorted(_PARTS)),
    ("of", _of_them_holds),
    ("of", _talk_of_being),
)
"""The turns, each with the word that it cannot do without."""
