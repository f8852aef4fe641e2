"""Turns of phrase put plainly: "what is left of the garrison" is the garrison, "of soldiers he saw none" no soldiers.

Each walk looks at a few phrases in a row and returns the same list where the turn does not occur; it is made only where
the word stands that the turn cannot do without.
"""

from __future__ import annotations

from dataclasses import replace

from claimstream.reading.rules.assets import demonyms
from claimstream.reading.rules.attachment import moods
from claimstream.reading.rules.joining import joined
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.stateturns import MILITARY, TURNS_OF_STATE

_SPAN = 10
_ACCUSING = frozenset(("accuse", "blame"))
_FALLS = frozenset("fall capture recapture seizure takeover liberation reconquest surrender loss".split())
_POSTED = frozenset("garrison garrisons guards defenders occupants".split())
_WEIGHED = frozenset("enough many only just few".split())
_FOUGHT = frozenset("fighting battle battles clashes combat".split())
_EVERY = frozenset(("every", "each"))
_HOLDING = frozenset("hold have control keep".split())
_CHARGE = frozenset("control hands grip charge command".split())
_PLACES = ("name", "asset")
_THINGS = frozenset("thing place spot point area prize".split())
_SINGLING = frozenset("first only last one next single main".split())
_OPENING = frozenset(",;:K-W")
"""Classes of the words behind which a clause begins."""


def recast(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases with each of the turns put plainly."""
    said = {phrase.word for phrase in phrases}
    phrases = joined(phrases, said)
    for word, turn in (*_TURNS, *TURNS_OF_STATE):
        if word in said:
            phrases = turn(phrases)
    return phrases if _FALLS.isdisjoint(said) else _fall_of(phrases)


def _bare_side(phrase: Phrase) -> bool:
    """Whether a phrase names a side, and counts or weighs nobody: "rebels", not "enough rebels"."""
    return phrase.cls == "side" and not phrase.det and _WEIGHED.isdisjoint(phrase.mods)


def _seen_at_it(phrases: list[Phrase]) -> list[Phrase]:
    """ "Gunmen can be seen patrolling the market": gunmen patrol it."""
    for at in range(len(phrases) - 1):
        seen, done = phrases[at : at + 2]
        if seen.word in ("see", "spot") and seen.passive and done.kind == "vg" and done.form == "ger":
            plain = replace(done, start=seen.start, form="fin", negated=seen.negated, plural=True)
            return [*phrases[:at], plain, *phrases[at + 2 :]]
    return phrases


def _of_which(phrases: list[Phrase]) -> list[Phrase]:
    """ "A and B, both of which the rebels hold": which the rebels hold."""
    for at in range(1, len(phrases) - 3):
        told = phrases[at].word in ("both", "all") and phrases[at + 1].word == "of" and phrases[at + 2].word == "which"
        if told and phrases[at - 1].word == ",":
            return [*phrases[:at], *phrases[at + 2 :]]
    return phrases


def _little_more(phrases: list[Phrase]) -> list[Phrase]:
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


def _fall_of(phrases: list[Phrase]) -> list[Phrase]:
    """ "Belen's fall to the rebels", "the town's capture by the army": the fall of Belen, the capture of the town."""
    for at in range(len(phrases) - 2):
        noun = phrases[at]
        if noun.word not in _FALLS or noun.owner is None or noun.owner.cls not in ("name", "asset"):
            continue
        if phrases[at + 1].word in ("to", "by"):
            link = Phrase("w", noun.owner.end, noun.owner.end + 1, "of", cls="I")
            bare = replace(noun, owner=None, det="the", mods=(), start=noun.head)
            return [*phrases[:at], bare, link, noun.owner, *phrases[at + 1 :]]
    return phrases


def _in_and_out(phrases: list[Phrase]) -> list[Phrase]:
    """ "Flights in and out of Belen", "traffic into and out of the port": flights from Belen, traffic from the port."""
    for at in range(1, len(phrases) - 4):
        said = [phrase.word for phrase in phrases[at : at + 4]]
        if said[0] in ("in", "into", "to") and said[1] in ("and", "or") and said[2:] == ["out", "of"]:
            if phrases[at - 1].kind != "np" or phrases[at - 1].word in ("way", "road"):
                continue  # "nobody gets in or out of Belen", "no way in or out of it"
            link = replace(phrases[at], word="from")
            return [*phrases[:at], link, *_in_and_out(phrases[at + 4 :])]
    return phrases


def _under_fire(phrases: list[Phrase]) -> list[Phrase]:
    """ "The road is under the fire control of the rebels": it is under their fire, and nobody's for that."""
    return [
        replace(phrase, word="fire") if phrase.word == "control" and "fire" in phrase.mods else phrase
        for phrase in phrases
    ]


def _accused(phrases: list[Phrase]) -> list[Phrase]:
    """ "The rebels accused the army of taking Belen", "blamed it for closing the road": said that the army took it."""
    for at in range(len(phrases) - 4):
        verb = phrases[at]
        if verb.word not in _ACCUSING or verb.kind != "vg" or verb.passive or phrases[at + 1].kind != "np":
            continue
        for link in range(at + 2, min(at + _SPAN, len(phrases) - 1)):
            done = phrases[link + 1]
            if phrases[link].word in ("of", "for") and done.kind == "vg" and done.form == "ger":
                if link + 2 >= len(phrases) or phrases[link + 2].word in (",", ".", ";"):
                    break  # "who accuses the brigades of having bolted": from where is not said
                told = replace(verb, word="say")
                that = Phrase("w", phrases[at + 1].start, phrases[at + 1].start, "that", cls="W")
                return [
                    *phrases[:at],
                    told,
                    that,
                    *phrases[at + 1 : link],
                    replace(done, form="fin"),
                    *phrases[link + 2 :],
                ]
            if phrases[link].kind == "vg" or phrases[link].word in (",", ";", "."):
                break
    return phrases


def _unstressed(phrases: list[Phrase]) -> list[Phrase]:
    """Without "itself" behind what it stresses: "the town itself, and the shore"."""
    return [phrase for phrase in phrases if phrase.kind != "w" or phrase.word not in ("itself", "themselves")]


def _left_of(phrases: list[Phrase]) -> list[Phrase]:
    """ "What was left of the garrison", "what remains of the garrison": the garrison."""
    for at in range(len(phrases) - 4):
        what, verb, link, whole = phrases[at : at + 4]
        left = verb.word in ("leave", "remain") and (verb.passive or verb.word == "remain")
        if what.word == "what" and left and link.word == "of" and whole.cls == "side":
            return [*phrases[:at], *phrases[at + 3 :]]
    return phrases


def _used_to_be(phrases: list[Phrase]) -> list[Phrase]:
    """ "Raised its flag over what used to be the mill": over the mill."""
    for at in range(len(phrases) - 3):
        used = [phrase.word for phrase in phrases[at : at + 3]] == ["what", "use", "be"]
        if used and phrases[at + 3].kind == "np":
            return [*phrases[:at], *phrases[at + 3 :]]
    return phrases


def _of_none(phrases: list[Phrase]) -> list[Phrase]:
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


def _whose(phrases: list[Phrase]) -> list[Phrase]:
    """ "The fort, whose garrison fled": the garrison is the fort's."""
    for at in range(1, len(phrases) - 2):
        if phrases[at].word != "whose" or phrases[at + 1].word not in _POSTED:
            continue
        before = at - 2 if phrases[at - 1].word == "," else at - 1
        if before >= 0 and phrases[before].cls in ("asset", "name"):
            return [*phrases[: at + 1], replace(phrases[at + 1], owner=phrases[before]), *phrases[at + 2 :]]
    return phrases


def _the_situation(phrases: list[Phrase]) -> list[Phrase]:
    """ "The situation in Belen is under army control", "in control of the situation in Belen": Belen, of Belen."""
    for at in range(len(phrases) - 2):
        noun, link, place = phrases[at : at + 3]
        if noun.word != "situation" or not MILITARY.issuperset(noun.mods):
            continue  # "the epidemiological situation in Belen"
        if link.word not in ("in", "at", "inside", "on") or place.cls not in _PLACES:
            continue
        verb = phrases[at + 3] if at + 3 < len(phrases) else noun
        told = verb.kind == "vg" and any(phrase.word in _CHARGE for phrase in phrases[at + 4 : at + 9])
        if told or any(phrase.word in _CHARGE for phrase in phrases[max(0, at - 3) : at]):
            return [*phrases[:at], *phrases[at + 2 :]]
    return phrases


def _the_first_thing(phrases: list[Phrase]) -> list[Phrase]:
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
        if _links(phrases[verb + 1]) and phrases[verb + 2].cls in _PLACES:
            return [*phrases[:at], *phrases[follow : verb + 1], *phrases[verb + 2 :]]
    return phrases


def _propaganda(phrases: list[Phrase]) -> list[Phrase]:
    """ "Dismissed as propaganda rebel claims to": the rebels claim, not a "propaganda rebel"."""
    for at in range(1, len(phrases) - 1):
        who = phrases[at]
        led = phrases[at - 1].word == "as" and who.cls == "side" and not who.det and len(who.mods) > 0
        if led and who.mods[0] in moods()["telling untrue"] and phrases[at + 1].kind == "vg":
            said = replace(who, word=who.mods[0], cls="other", mods=(), head=who.start, end=who.start + 1)
            return [*phrases[:at], said, replace(who, start=who.start + 1, mods=who.mods[1:]), *phrases[at + 1 :]]
    return phrases


def _there_are(phrases: list[Phrase]) -> list[Phrase]:
    """ "There are soldiers at every corner of the town", "there are still soldiers in the fort": soldiers are."""
    for at in range(len(phrases) - 4):
        there, verb = phrases[at : at + 2]
        if there.word != "there" or verb.word not in ("be", "remain") or verb.kind != "vg":
            continue
        who = at + 2
        while who < len(phrases) and phrases[who].kind == "w" and phrases[who].cls == "R":
            who += 1
        if verb.negated:
            told = who < len(phrases) and (phrases[who].det == "any" or _bare_side(phrases[who]))
            if told:  # "there are no longer any rebels", "there are no more rebels": no rebels
                none = replace(phrases[who], det="no")
                return [*phrases[: at + 1], replace(verb, negated=False), none, *phrases[who + 1 :]]
            continue
        if who < len(phrases) and phrases[who].cls == "name" and phrases[who].word.removesuffix("s") in demonyms():
            phrases = [*phrases[:who], replace(phrases[who], cls="side"), *phrases[who + 1 :]]  # "there are Russians"
        span = phrases[at : at + _SPAN]
        fought = who < len(phrases) and phrases[who].word in _FOUGHT and phrases[who].det != "no"
        if fought:  # "there is fighting in the centre"
            return [*phrases[:at], phrases[who], *phrases[at + 1 : who], *phrases[who + 1 :]]
        lasting = any(p.word == "still" or p.det in _EVERY or p.word == "everywhere" for p in span)
        if who < len(phrases) and phrases[who].cls == "side" and phrases[who].det != "no" and lasting:
            return [*phrases[:at], phrases[who], *phrases[at + 1 : who], *phrases[who + 1 :]]
    return phrases


def _left_to(phrases: list[Phrase]) -> list[Phrase]:
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
        be = next((n for n in range(who + 1, min(who + _SPAN, len(phrases))) if _links(phrases[n])), -1)
        hold = Phrase("vg", verb.start, verb.end, "hold", head=verb.start, mods=("hold",), form="fin")
        if be > 0 and be + 1 < len(phrases) and phrases[be + 1].kind == "np":
            return [*phrases[:at], phrases[who], replace(hold, mods=("hold",)), *phrases[be + 1 :]]
        pointed = at > 2 and _links(phrases[at - 1]) and phrases[at - 2].word in ("these", "this", "those", "that")
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
    linked = held.kind == "vg" and (fused or (held.word in _HOLDING and be < len(phrases) and _links(phrases[be])))
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
    if be < 0 or _CHARGE.isdisjoint(told) or not _links(phrases[be]) or phrases[be + 1].cls not in _PLACES:
        return phrases
    end = be + 1
    while end < len(phrases) and (phrases[end].kind == "np" or phrases[end].cls in ("K", "I")):
        end += 1
    return [*phrases[:at], *phrases[be + 1 : end], phrases[be], *phrases[verb + 1 : be], *phrases[end:]]


def _all_of_them(phrases: list[Phrase]) -> list[Phrase]:
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


def _links(phrase: Phrase) -> bool:
    """Whether the phrase is a plain "is" or "are"."""
    return phrase.kind == "vg" and phrase.word == "be" and phrase.form == "fin" and not phrase.negated


def _whose_capture(phrases: list[Phrase]) -> list[Phrase]:
    """ "Belen, whose capture the rebels announced, was": Belen was; the rebels announced the capture of Belen."""
    for at in range(1, len(phrases) - 3):
        if phrases[at].word != "whose" or phrases[at + 1].word not in _FALLS:
            continue
        before = at - 2 if phrases[at - 1].word == "," else at - 1
        place, noun = phrases[before], phrases[at + 1]
        end = next((n for n in range(at + 2, len(phrases)) if phrases[n].word in (",", ".", ";")), len(phrases))
        if before < 0 or place.cls not in ("asset", "name") or phrases[at + 2].kind != "np":
            continue
        link = Phrase("w", place.start, place.start + 1, "of", cls="I")
        mark = Phrase("w", place.start, place.start + 1, ";", cls=";")
        told: list[Phrase] = []
        for n in range(at + 2, end - 1):
            if phrases[n].kind == "np" and phrases[n].cls != "time" and phrases[n + 1].kind == "vg":
                fall = Phrase("np", noun.start, noun.end, noun.word, cls="other", det="the", head=noun.start)
                told += [mark, phrases[n], phrases[n + 1], fall, link, replace(place, owner=None)]
        rest = phrases[end + 1 :] if end < len(phrases) and phrases[end].word == "," else phrases[end:]
        close = len(rest) - 1 if rest and rest[-1].cls == "." else len(rest)
        return [*phrases[: before + 1], *rest[:close], *told, *rest[close:]]
    return phrases


def _no_time_was(phrases: list[Phrase]) -> list[Phrase]:
    """ "At no time was the port in their hands": the port was not in their hands."""
    for at in range(1, len(phrases) - 3):
        verb, subject, follow = phrases[at + 1 : at + 4]
        if phrases[at].det != "no" or phrases[at - 1].word not in ("at", "in") or not _links(verb):
            continue
        if subject.kind == "np" and follow.kind == "w" and follow.cls == "I":
            return [*phrases[: at - 1], subject, replace(verb, negated=True), *phrases[at + 3 :]]
    return phrases


def _areas_include(phrases: list[Phrase]) -> list[Phrase]:
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
        end = next((n for n in range(at + 1, len(phrases)) if phrases[n].cls in (".", ";") or _links(phrases[n])), -1)
        end = end if end > 0 else len(phrases)
        joint = [replace(p, word="and", cls="K") if p.word == "," else p for p in phrases[at + 1 : end]]
        return [*joint, *said, *phrases[end:]]
    return phrases


def _nothing_but(phrases: list[Phrase]) -> list[Phrase]:
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


_TURNS = (
    ("which", _of_which),
    ("more", _little_more),
    ("itself", _unstressed),
    ("themselves", _unstressed),
    ("what", _left_of),
    ("what", _left_to),
    ("all", _left_to),
    ("use", _used_to_be),
    ("both", _all_of_them),
    ("all", _all_of_them),
    ("three", _all_of_them),
    ("four", _all_of_them),
    ("none", _of_none),
    ("whose", _whose),
    ("whose", _whose_capture),
    ("there", _there_are),
    ("situation", _the_situation),
    ("as", _propaganda),
    *((thing, _the_first_thing) for thing in ("thing", "place", "spot", "point", "area", "prize")),
    ("see", _seen_at_it),
    ("spot", _seen_at_it),
    ("time", _no_time_was),
    ("point", _no_time_was),
    ("moment", _no_time_was),
    ("include", _areas_include),
    (":", _areas_include),
    ("nothing", _nothing_but),
    ("anything", _nothing_but),
    ("out", _in_and_out),
    ("control", _under_fire),
    ("accuse", _accused),
    ("blame", _accused),
)
"""The turns in the order in which they are put plainly, each with the word that it cannot do without."""
