"""Turns of phrase put plainly: "what is left of the garrison" is the garrison, "of soldiers he saw none" no soldiers.

Each walk looks at a few phrases in a row and returns the same list where the turn does not occur; it is made only where
the word stands that the turn cannot do without.
"""

from __future__ import annotations

from dataclasses import replace

from claimstream.reading.rules.assets import demonyms
from claimstream.reading.rules.attachment import is_word, moods
from claimstream.reading.rules.fightturns import CLEARING, cleared_of, fighting_in, there_is_fighting
from claimstream.reading.rules.houses import HOUSES, its_own, named_by_compass, stormed
from claimstream.reading.rules.joining import joined
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.shareturns import (
    all_but_few,
    all_of_them,
    areas_include,
    left_of,
    left_to,
    links,
    little_more,
    nothing_but,
    of_none,
    of_which,
    the_first_thing,
    the_other_end,
)
from claimstream.reading.rules.stateturns import MILITARY, TURNS_OF_STATE
from claimstream.reading.rules.tellturns import TURNS_OF_TELLING, told_of
from claimstream.reading.rules.words import lexicon

_SPAN = 10
_ACCUSING = frozenset(("accuse", "blame"))
_FALLS = frozenset("fall capture recapture seizure takeover liberation reconquest surrender loss".split())
_POSTED = frozenset(
    "garrison garrisons guards guard defenders occupants sentries soldiers troops police policemen men".split()
)
_WEIGHED = frozenset("enough many only just few".split())
_FOUGHT = frozenset("fighting battle battles clashes combat".split())
_EVERY = frozenset(("every", "each"))
_CHARGE = frozenset("control hands grip charge command".split())
_PLACES = ("name", "asset")
_PASSING = frozenset("cross use pass travel".split())
_CARRYING = ("carry", "bear", "bring", "transport", "haul", "wear", "wave", "brandish")
_PACKED = ("full", "laden", "pack", "load", "fill", "cram")
_STATES = frozenset("impassable passable usable unusable navigable".split())
"""Adjectives of ways that the verb before is said of as well: "is held by the rebels and impassable"."""


def recast(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases with each of the turns put plainly."""
    said = {phrase.word for phrase in phrases}
    phrases = joined(told_of(phrases) if ":" in said else phrases, said)
    for word, turn in (*_TURNS, *TURNS_OF_STATE, *TURNS_OF_TELLING):
        if word in said:
            phrases = turn(phrases)
    phrases = phrases if HOUSES.isdisjoint(said) else stormed(phrases)
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


def _found_holding(phrases: list[Phrase]) -> list[Phrase]:
    """ "They found the army running the airstrip": they found that it runs it."""
    for at in range(len(phrases) - 3):
        found, side, done = phrases[at : at + 3]
        if found.word == "find" and not found.passive and side.cls == "side" and done.form == "ger":
            link = Phrase("w", side.start, side.start + 1, "that", cls="W")
            verb = replace(done, form="fin", plural=True)
            return [*phrases[: at + 1], link, side, verb, *phrases[at + 3 :]]
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


def _in_and_around(phrases: list[Phrase]) -> list[Phrase]:
    """ "Clashes in and around Belen": in Belen."""
    for at in range(1, len(phrases) - 3):
        said = [phrase.word for phrase in phrases[at : at + 3]]
        if said[0] in ("in", "inside") and said[1:] == ["and", "around"] and phrases[at + 3].kind == "np":
            return [*phrases[: at + 1], *_in_and_around(phrases[at + 3 :])]
    return phrases


def _none_of_ways(phrases: list[Phrase]) -> list[Phrase]:
    """ "None of the three bridges can be used": no bridge can."""
    for at in range(len(phrases) - 3):
        ways = phrases[at + 2]
        none = phrases[at].word == "none" and phrases[at + 1].word == "of" and ways.kind == "np"
        if none and ways.plural and "route" in lexicon().assets.get(ways.word, ()):
            return [*phrases[:at], replace(ways, det="no"), *phrases[at + 3 :]]
    return phrases


def _begins_using(phrases: list[Phrase]) -> list[Phrase]:
    """ "Trucks began using the bridge": they use it."""
    for at in range(len(phrases) - 1):
        verb, deed = phrases[at], phrases[at + 1]
        begun = verb.kind == "vg" and verb.word in ("begin", "start") and verb.form == "fin"
        if begun and deed.kind == "vg" and deed.word in _PASSING and deed.form == "ger":
            done = replace(verb, word=deed.word, mods=deed.mods, head=deed.head, end=deed.end)
            return [*phrases[:at], done, *phrases[at + 2 :]]
    return phrases


def _not_but(phrases: list[Phrase]) -> list[Phrase]:
    """ "Not the rebels but the army holds Belen": the army holds it."""
    for at in range(len(phrases) - 4):
        words = [phrase.word for phrase in phrases[at : at + 3]]
        kinds = [phrase.kind for phrase in phrases[at + 1 : at + 5]]
        if words[0] == "not" and words[2] == "but" and kinds == ["np", "w", "np", "vg"]:
            return [*phrases[:at], *phrases[at + 3 :]]
    return phrases


def _day_running(phrases: list[Phrase]) -> list[Phrase]:
    """ "For the second day running nothing has passed": for the second day."""
    for at in range(1, len(phrases)):
        running = phrases[at].word == "run" and phrases[at].form == "ger" and not phrases[at].aux
        if running and phrases[at - 1].cls == "time":
            return [*phrases[:at], *phrases[at + 1 :]]
    return phrases


def _before_noon(phrases: list[Phrase]) -> list[Phrase]:
    """ "Landed before dawn and hold the pier": the "before" of a time of day begins no clause."""
    for at in range(len(phrases) - 2):
        word, time, behind = phrases[at : at + 3]
        timed = word.kind == "w" and word.cls == "S" and word.word in ("before", "after") and time.cls == "time"
        if timed and behind.kind == "w" and behind.cls in "IK,.;":
            return [*phrases[:at], replace(word, cls="I"), *phrases[at + 1 :]]
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


def _used_to_be(phrases: list[Phrase]) -> list[Phrase]:
    """ "Raised its flag over what used to be the mill": over the mill."""
    for at in range(len(phrases) - 3):
        used = [phrase.word for phrase in phrases[at : at + 3]] == ["what", "use", "be"]
        if used and phrases[at + 3].kind == "np":
            return [*phrases[:at], *phrases[at + 3 :]]
    return phrases


def _taken_from(phrases: list[Phrase]) -> list[Phrase]:
    """ "Captured A, 50 km from B, from the rebels": captured A from the rebels."""
    for close in range(4, len(phrases) - 2):
        if phrases[close].word != "," or phrases[close + 1].word != "from" or phrases[close + 2].cls != "side":
            continue
        mark = next((n for n in range(close - 2, max(1, close - 9), -1) if phrases[n].word == ","), -1)
        if mark < 2 or phrases[mark - 1].cls not in _PLACES:
            continue
        if any(phrase.kind == "vg" or phrase.cls in ("side", "people") for phrase in phrases[mark:close]):
            continue
        verb = next((n for n in range(mark - 1, max(-1, mark - 6), -1) if phrases[n].kind == "vg"), -1)
        if verb >= 0 and not phrases[verb].passive:
            return [*phrases[:mark], *phrases[close + 1 :]]
    return phrases


def _and_is(phrases: list[Phrase]) -> list[Phrase]:
    """ "The tunnel is held by the rebels and impassable": it is held by them; the tunnel is impassable."""
    for at in range(3, len(phrases) - 1):
        if phrases[at].cls != "K" or phrases[at + 1].word not in _STATES or phrases[at + 1].det:
            continue
        if at > _SPAN * 2:
            break
        verbs = [n for n in range(at) if phrases[n].kind == "vg"]
        verb = verbs[0] if len(verbs) == 1 else 0
        thing = phrases[0]
        if verb < 1 or not (phrases[verb].passive or phrases[verb].word in ("be", "remain")):
            continue
        if phrases[verb].form == "fin" and thing.kind == "np" and thing.cls in _PLACES and not phrases[verb].negated:
            mark = replace(phrases[at], word=";", cls=";")
            of = 3 if verb > 2 and phrases[1].kind == "w" and phrases[2].cls == "name" else 1
            being = replace(phrases[verb], end=phrases[verb].start + 1, word="be", passive=False, aux="", mods=("is",))
            return [*phrases[:at], mark, *phrases[:of], being, *phrases[at + 1 :]]
    return phrases


def _open_under(phrases: list[Phrase]) -> list[Phrase]:
    """ "The road is open to traffic under army control": it is open; the road is under army control."""
    for at in range(3, len(phrases) - 1):
        under, held = phrases[at : at + 2]
        if under.word != "under" or held.word not in ("control", "protection") or not (held.mods or held.owner):
            continue
        if at > _SPAN * 2:
            break
        verbs = [n for n in range(1, at) if phrases[n].kind == "vg"]
        being = phrases[verbs[0]] if verbs and len(verbs) < 3 and verbs[0] < 4 else under
        told = being.word in ("be", "remain") and any(phrase.word == "open" for phrase in phrases[verbs[0] : at])
        if told and phrases[0].kind == "np" and phrases[0].cls in _PLACES and not being.negated:
            mark = replace(under, word=";", cls=";")
            return [*phrases[:at], mark, *phrases[: verbs[0]], being, *phrases[at:]]
    return phrases


def _at_no_time(phrases: list[Phrase]) -> list[Phrase]:
    """ "Belen has at no time been in their hands": has not been."""
    for at in range(1, len(phrases) - 3):
        have, link, time, verb = phrases[at : at + 4]
        if have.word != "have" or link.word not in ("at", "in") or time.det != "no" or verb.kind != "vg":
            continue
        been = replace(verb, start=have.start, form="fin", negated=True, perfect=True)
        return [*phrases[:at], been, *phrases[at + 4 :]]
    return phrases


def _so_much_as(phrases: list[Phrase]) -> list[Phrase]:
    """ "No rebel holds so much as a hut in Belen": no rebel holds Belen."""
    for at in range(1, len(phrases) - 5):
        verb, words = phrases[at - 1], [phrase.word for phrase in phrases[at : at + 3]]
        if verb.kind != "vg" or verb.word not in ("hold", "control", "have", "keep") or words[1:] != ["much", "as"]:
            continue
        thing, link, place = phrases[at + 3 : at + 6]
        inside = thing.det in ("a", "one") and link.word in ("in", "of", "inside") and place.cls in _PLACES
        if words[0] in ("so", "as") and inside:
            return [*phrases[:at], *phrases[at + 5 :]]
    return phrases


def _fronted_place(phrases: list[Phrase]) -> list[Phrase]:
    """ "In the Sarab quarter militiamen hold out": in the quarter, militiamen."""
    for at in range(len(phrases) - 2):
        who, follow = phrases[at + 1], phrases[at + 2]
        opens = phrases[at].word in ("in", "at", "inside", "on") and (not at or phrases[at - 1].cls in (";", ":"))
        if not opens or who.cls not in ("side", "people") or who.det != "the" or who.owner is not None:
            continue
        acting = follow.kind == "vg" and follow.form in ("fin", "base")
        place = who.mods[-1] if who.mods else ""
        if acting and who.plural and who.head > who.start + 1 and place in lexicon().assets:
            names = tuple(n for n in who.names if n < who.head)
            house = replace(who, end=who.head, word=place, cls="asset", mods=who.mods[:-1], names=names, plural=False)
            house.head = who.head - 1
            side = replace(who, start=who.head, det="", mods=(), names=tuple(n for n in who.names if n >= who.head))
            return [*phrases[: at + 1], house, side, *phrases[at + 2 :]]
    return phrases


def _whose(phrases: list[Phrase]) -> list[Phrase]:
    """ "The fort, whose garrison fled": the garrison is the fort's."""
    for at in range(1, len(phrases) - 2):
        if phrases[at].word != "whose" or phrases[at + 1].word not in _POSTED:
            continue
        before = at - 2 if phrases[at - 1].word == "," else at - 1
        if before >= 0 and phrases[before].cls in ("asset", "name"):
            watch = replace(phrases[at + 1], owner=phrases[before], cls="side")
            return [*phrases[: at + 1], watch, *phrases[at + 2 :]]
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
        if phrases[at].det != "no" or phrases[at - 1].word not in ("at", "in") or not links(verb):
            continue
        if subject.kind == "np" and follow.kind == "w" and follow.cls == "I":
            return [*phrases[: at - 1], subject, replace(verb, negated=True), *phrases[at + 3 :]]
    return phrases


def _laden(phrases: list[Phrase]) -> list[Phrase]:
    """ "Ambulances carrying the wounded drove across", "buses full of families crossed": they did."""
    for at in range(len(phrases) - 3):
        opens, link = phrases[at], phrases[at + 1]
        bare = at > 0 and opens.kind == "vg" and not opens.aux and phrases[at - 1].kind == "np"
        carrying = bare and opens.form == "ger" and opens.word in _CARRYING
        packed = link.word in ("with", "of") and (bare or opens.word in ("full", "laden")) and opens.word in _PACKED
        if not carrying and not packed:
            continue
        verb = at + 1 + (link.kind == "vg" or packed)  # "carrying wounded fighters"
        while verb < min(len(phrases) - 1, at + _SPAN) and (
            phrases[verb].kind == "np" or phrases[verb].form == "ger" or is_word(phrases[verb], "KI")
        ):
            verb += 1  # "waving flags and firing in the air"
        told = phrases[verb].kind == "vg" and phrases[verb].form in ("fin", "base") and phrases[verb - 1].kind == "np"
        if not told:
            continue
        if opens.word == "laden" and opens.mods and opens.kind == "np":
            noun = replace(opens, word=opens.mods[-1], mods=opens.mods[:-1], head=opens.head - 1)
            return [*phrases[:at], noun, *phrases[verb:]]
        if at and phrases[at - 1].kind == "np":
            return [*phrases[:at], *phrases[verb:]]
    return phrases


_TURNS = (
    *((word, _laden) for word in (*_CARRYING, *_PACKED)),
    *((word, cleared_of) for word in CLEARING),
    ("fighting", fighting_in),
    *((point, the_other_end) for point in ("north", "south", "east", "west")),
    ("all", all_but_few),
    ("everything", all_but_few),
    ("fight", there_is_fighting),
    ("around", _in_and_around),
    ("none", _none_of_ways),
    ("begin", _begins_using),
    ("start", _begins_using),
    ("which", of_which),
    ("more", little_more),
    ("itself", _unstressed),
    ("themselves", _unstressed),
    ("what", left_of),
    ("what", left_to),
    ("all", left_to),
    ("use", _used_to_be),
    ("both", all_of_them),
    ("all", all_of_them),
    ("three", all_of_them),
    ("four", all_of_them),
    ("none", of_none),
    ("whose", _whose),
    ("under", _open_under),
    ("time", _at_no_time),
    ("point", _at_no_time),
    ("moment", _at_no_time),
    ("much", _so_much_as),
    ("command", its_own),
    *((point, named_by_compass) for point in ("centre", "center", "north", "south", "east", "west")),
    ("from", _taken_from),
    ("and", _and_is),
    ("but", _and_is),
    ("in", _fronted_place),
    ("at", _fronted_place),
    ("inside", _fronted_place),
    ("whose", _whose_capture),
    ("there", _there_are),
    ("situation", _the_situation),
    ("as", _propaganda),
    *((thing, the_first_thing) for thing in ("thing", "place", "spot", "point", "area", "prize")),
    ("see", _seen_at_it),
    ("find", _found_holding),
    ("spot", _seen_at_it),
    ("time", _no_time_was),
    ("point", _no_time_was),
    ("moment", _no_time_was),
    ("include", areas_include),
    (":", areas_include),
    ("nothing", nothing_but),
    ("anything", nothing_but),
    ("out", _in_and_out),
    ("control", _under_fire),
    ("accuse", _accused),
    ("blame", _accused),
    ("not", _not_but),
    ("run", _day_running),
    ("before", _before_noon),
    ("after", _before_noon),
)
"""The turns in the order in which they are put plainly, each with the word that it cannot do without."""
