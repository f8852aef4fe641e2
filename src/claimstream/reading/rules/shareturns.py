"""Turns that tell how much or which of several is meant: "what is left of the port", "all three", "nothing but".

Each returns the same list of phrases where the turn does not occur; claimstream.reading.rules.recast makes them.
"""

from __future__ import annotations

from dataclasses import replace

from claimstream.reading.rules.phrases import Phrase

_SPAN = 10
_HOLDING = frozenset("hold have control keep".split())
_CHARGE = frozenset("control hands grip charge command".split())
_PLACES = ("name", "asset")
_THINGS = frozenset("thing place spot point area prize".split())
_SINGLING = frozenset("first only last one next single main".split())
_OPENING = frozenset(",;:K-W")
"""Classes of the words behind which a clause begins."""


def of_which(phrases: list[Phrase]) -> list[Phrase]:
    """ "A and B, both of which the rebels hold": which the rebels hold."""
    for at in range(1, len(phrases) - 3):
        told = phrases[at].word in ("both", "all") and phrases[at + 1].word == "of" and phrases[at + 2].word == "which"
        if told and phrases[at - 1].word == ",":
            return [*phrases[:at], *phrases[at + 2 :]]
    return phrases


def little_more(phrases: list[Phrase]) -> list[Phrase]:
    """ "Controls little more than the capital", "no more than a fifth of it": the capital, a fifth of it."""
    for at in range(1, len(phrases) - 2):
        more, than = phrases[at : at + 2]
        if more.word != "more" or than.word != "than":
            continue
        if "little" in more.mods or more.det == "little":
            return [*phrases[:at], *phrases[at + 2 :]]
        if phrases[at - 1].word == "no":
            return [*phrases[: at - 1], *phrases[at + 2 :]]
    return phrases


def left_of(phrases: list[Phrase]) -> list[Phrase]:
    """ "What was left of the garrison", "what remains of the garrison": the garrison."""
    for at in range(len(phrases) - 4):
        what, verb, link, whole = phrases[at : at + 4]
        left = verb.word in ("leave", "remain") and (verb.passive or verb.word == "remain")
        if what.word == "what" and left and link.word == "of" and whole.cls == "side":
            return [*phrases[:at], *phrases[at + 3 :]]
    return phrases


def of_none(phrases: list[Phrase]) -> list[Phrase]:
    """ "Of soldiers he saw none in the town": he saw no soldiers in the town."""
    for at in range(len(phrases) - 4):
        opens = at == 0 or (phrases[at - 1].kind == "w" and phrases[at - 1].cls in ",;:KSWR-")
        if phrases[at].word != "of" or not opens or phrases[at + 1].cls != "side":
            continue
        end = next((n for n in range(at + 3, min(at + _SPAN, len(phrases))) if phrases[n].word == "none"), -1)
        if end > 0 and phrases[at + 2].kind == "np":
            none = replace(phrases[at + 1], det="no")
            return [*phrases[:at], *phrases[at + 2 : end], none, *phrases[end + 1 :]]
    return phrases


def the_first_thing(phrases: list[Phrase]) -> list[Phrase]:
    """ "The first thing the rebels took was the port", "the only place they hold is": the rebels took the port."""
    for at in range(len(phrases) - 4):
        thing, follow = phrases[at], at + 1 + (phrases[at + 1].word == "that")
        if thing.word not in _THINGS or thing.det != "the" or _SINGLING.isdisjoint(thing.mods):
            continue
        verb = follow + 1
        while verb < len(phrases) and phrases[verb].kind == "w" and phrases[verb].cls == "R":
            verb += 1
        if verb + 2 >= len(phrases) or phrases[follow].kind != "np" or phrases[verb].kind != "vg":
            continue
        if links(phrases[verb + 1]) and phrases[verb + 2].cls in _PLACES:
            return [*phrases[:at], *phrases[follow : verb + 1], *phrases[verb + 2 :]]
    return phrases


def left_to(phrases: list[Phrase]) -> list[Phrase]:
    """ "What is left to the army is the port", "all that the army still holds is the port": the army holds the port."""
    for at in range(len(phrases) - 4):
        if phrases[at].word not in ("what", "all"):
            continue
        begin = at + 1 + (phrases[at + 1].word == "that")
        verb = phrases[begin]
        if verb.kind == "vg" and verb.word in ("leave", "remain") and phrases[begin + 1].word == "to":
            who, told = begin + 2, (verb.passive and verb.word == "leave") or verb.word == "remain"
        else:
            if verb.kind == "vg" and verb.word in ("remain", "be") and phrases[begin + 1].word in ("in", "under"):
                turned = _what_is_in_hands(phrases, at, begin)
                if turned is not phrases:
                    return turned
            follow = begin + 1
            while follow < len(phrases) - 2 and phrases[follow].cls == "R":
                follow += 1
            if phrases[at].word == "what" and (not at or phrases[at - 1].cls in _OPENING):
                return _what_is_held(phrases, at, follow)
            held = phrases[follow].kind == "vg" and phrases[follow].word in _HOLDING
            who, told = begin, held and phrases[at].word == "all"
        if not told or phrases[who].kind != "np" or phrases[who].cls not in ("side", "pron", "name"):
            continue
        be = next((n for n in range(who + 1, min(who + _SPAN, len(phrases))) if links(phrases[n])), -1)
        hold = Phrase("vg", verb.start, verb.end, "hold", head=verb.start, mods=("hold",), form="fin")
        if be > 0 and be + 1 < len(phrases) and phrases[be + 1].kind == "np":
            return [*phrases[:at], phrases[who], replace(hold, mods=("hold",)), *phrases[be + 1 :]]
        pointed = at > 2 and links(phrases[at - 1]) and phrases[at - 2].word in ("these", "this", "those", "that")
        if pointed and phrases[at - 3].word == ",":  # "the port and the mill, these are what is left to us"
            start = at - 3
            while start and (phrases[start - 1].kind == "np" or phrases[start - 1].cls in ("K", ",")):
                start -= 1
            return [*phrases[:start], phrases[who], hold, *phrases[start : at - 3], *phrases[who + 1 :]]
    return phrases


def _what_is_held(phrases: list[Phrase], at: int, verb: int) -> list[Phrase]:
    """ "What they hold is the port and the mill", "what they do not have is the port": they do not have the port."""
    who, held = phrases[at + 1], phrases[verb]
    fused = held.word == "be" and held.aux in ("have", "do") and held.mods[0] in ("is", "are")  # "has is the port"
    be = verb if fused else verb + 1
    linked = held.kind == "vg" and (fused or (held.word in _HOLDING and be < len(phrases) and links(phrases[be])))
    place = phrases[be + 1] if be + 1 < len(phrases) else held
    if not linked or who.cls not in ("side", "pron", "name") or place.cls not in ("asset", "name"):
        return phrases
    if place.det in ("a", "an"):
        return phrases  # "what they have is a fence and a car park"
    hold = Phrase("vg", held.start, held.end, "hold", head=held.start, mods=("hold",), form="fin")
    hold.negated = held.negated
    return [*phrases[:at], who, *phrases[at + 2 : verb], hold, *phrases[be + 1 :]]


def _what_is_in_hands(phrases: list[Phrase], at: int, verb: int) -> list[Phrase]:
    """ "What remains in the hands of the army is the port", "all that is under its control is": the port is in them."""
    be = next((n for n in range(verb + 2, min(verb + _SPAN, len(phrases) - 1)) if phrases[n].kind == "vg"), -1)
    told = {phrase.word for phrase in phrases[verb + 1 : be]} if be > 0 else set()
    if be < 0 or _CHARGE.isdisjoint(told) or not links(phrases[be]) or phrases[be + 1].cls not in _PLACES:
        return phrases
    end = be + 1
    while end < len(phrases) and (phrases[end].kind == "np" or phrases[end].cls in ("K", "I")):
        end += 1
    return [*phrases[:at], *phrases[be + 1 : end], phrases[be], *phrases[verb + 1 : be], *phrases[end:]]


def all_of_them(phrases: list[Phrase]) -> list[Phrase]:
    """ "A and B, both in rebel hands", "A, B and C, all of them now held by rebels": which are in rebel hands."""
    for at in range(3, len(phrases) - 2):
        every = phrases[at]
        if every.word not in ("both", "all") and every.det != "all":
            continue
        begin = at + 1 + 2 * (phrases[at + 1].word == "of" and phrases[at + 2].word == "them")
        follow = begin
        while follow < len(phrases) and phrases[follow].cls == "R":
            follow += 1
        if follow + 1 >= len(phrases) or every.cls != "share" or phrases[at - 1].word != ",":
            continue
        said = phrases[follow]
        done = said.kind == "vg" and not said.aux and said.form in ("part", "fin") and phrases[follow + 1].word == "by"
        if not done and said.word not in ("in", "under"):
            continue
        which = Phrase("w", every.start, every.end, "which", cls="W")
        be = Phrase("vg", every.start, every.end, "be", head=every.start, mods=("are",), form="fin", plural=True)
        verb = [replace(said, passive=True, form="fin", aux="be", plural=True)] if done else [be, said]
        return [*phrases[:at], which, *phrases[begin:follow], *verb, *phrases[follow + 1 :]]
    return phrases


def links(phrase: Phrase) -> bool:
    """Whether the phrase is a plain "is" or "are"."""
    return phrase.kind == "vg" and phrase.word == "be" and phrase.form == "fin" and not phrase.negated


def areas_include(phrases: list[Phrase]) -> list[Phrase]:
    """ "Areas held by the army include A and B", "Areas under its control: A, B": A and B are held by the army."""
    for at in range(2, min(len(phrases) - 1, _SPAN)):
        mark = phrases[at]
        if not (mark.word == ":" or (mark.kind == "vg" and mark.word == "include" and not mark.negated)):
            continue
        first, told = phrases[0], phrases[1]
        areas = first.kind == "np" and first.cls == "asset" and first.plural and not first.names
        if not areas or phrases[at + 1].kind != "np":
            return phrases
        be = Phrase("vg", mark.start, mark.end, "be", head=mark.start, mods=("are",), form="fin")
        if told.word in ("under", "in"):
            said = [be, *phrases[1:at]]
        elif told.kind == "vg" and not told.aux and phrases[2].word == "by":
            said = [replace(told, passive=True, form="fin", aux="be"), *phrases[2:at]]
        else:
            return phrases
        end = next((n for n in range(at + 1, len(phrases)) if phrases[n].cls in (".", ";") or links(phrases[n])), -1)
        end = end if end > 0 else len(phrases)
        joint = [replace(p, word="and", cls="K") if p.word == "," else p for p in phrases[at + 1 : end]]
        return [*joint, *said, *phrases[end:]]
    return phrases


def nothing_but(phrases: list[Phrase]) -> list[Phrase]:
    """ "Holds nothing but the port", "no longer holds anything but the port": holds the port."""
    for at in range(1, len(phrases) - 2):
        verb, thing, link = phrases[at - 1 : at + 2]
        denied = thing.word == "nothing" or (thing.word in ("anything", "little") and verb.negated)
        if denied and verb.kind == "vg" and link.word in ("but", "except", "besides", "save"):
            skip = at + 2 + (phrases[at + 2].word == "for")
            if skip >= len(phrases) or phrases[skip].cls not in ("asset", "name", "share"):
                continue  # "is nothing but a lie"
            return [*phrases[: at - 1], replace(verb, negated=False), *phrases[skip:]]
    return _nothing_left(phrases)


def _nothing_left(phrases: list[Phrase]) -> list[Phrase]:
    """ "Nothing is left to the army but the port": the army holds the port."""
    for at in range(len(phrases) - 5):
        none, verb, link, who, but = phrases[at : at + 5]
        left = verb.kind == "vg" and verb.word in ("leave", "remain") and not verb.negated
        if none.word in ("nothing", "little") and left and link.word == "to" and but.word in ("but", "except"):
            hold = Phrase("vg", verb.start, verb.end, "hold", head=verb.start, mods=("hold",), form="fin")
            return [*phrases[:at], who, hold, *phrases[at + 5 :]]
    return phrases


_AREAS = frozenset(
    "districts streets quarters neighbourhoods neighborhoods blocks suburbs villages wards corners pockets".split()
)


def all_but_few(phrases: list[Phrase]) -> list[Phrase]:
    """ "Driven out of all but two districts of Belen", "all but a handful of streets": out of most of Belen."""
    for at in range(1, len(phrases) - 4):
        share, but, few = phrases[at : at + 3]
        if share.word not in ("all", "everything") or but.word not in ("but", "except", "save", "bar"):
            continue
        last = at + 4 if few.word in ("handful", "couple") and phrases[at + 3].word == "of" else at + 2
        if last + 2 >= len(phrases) or phrases[last].word not in _AREAS or phrases[last + 1].word not in ("of", "in"):
            continue
        if phrases[last + 2].cls not in ("name", "asset"):
            continue
        most = replace(share, word="most", det="most", mods=("most",), cls="share")
        link = replace(phrases[last + 1], word="of")
        return [*phrases[:at], most, link, *phrases[last + 2 :]]
    return phrases


_POINTS = ("north", "south", "east", "west")


def the_other_end(phrases: list[Phrase]) -> list[Phrase]:
    """ "The army holds the north of Belen and the rebels the south": the south of Belen."""
    told = next(
        (
            at
            for at in range(len(phrases) - 2)
            if phrases[at].word in _POINTS and phrases[at + 1].word == "of" and phrases[at + 2].cls in ("name", "asset")
        ),
        -1,
    )
    if told < 0:
        return phrases
    for at in range(told + 3, len(phrases)):
        end = phrases[at]
        bare = end.kind == "np" and end.det == "the" and end.end == end.start + 2 and end.word in _POINTS
        follow = phrases[at + 1].word if at + 1 < len(phrases) else ""
        if bare and end.word != phrases[told].word and follow != "of":
            return [*phrases[: at + 1], *phrases[told + 1 : told + 3], *phrases[at + 1 :]]
    return phrases
