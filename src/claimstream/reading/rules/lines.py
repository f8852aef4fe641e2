"""Sentences whose parts stand in an unusual order, put into the usual one before the rules read them.

"Port: in rebel hands." has a colon for a verb; "Still in rebel hands are the port and the mill" and "Taken on Monday:
the mill" say first what they say last otherwise; "the port is not, as the rebels claim, theirs" is cut in two.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from claimstream.reading.rules.assets import HELD
from claimstream.reading.rules.phrases import Phrase
from claimstream.reading.rules.recast import recast
from claimstream.reading.rules.subjects import is_word, moods
from claimstream.reading.rules.words import clause_words, lexicon

_HOLDING: Final = clause_words("holding")
_WAY_STATES: Final = frozenset("closed shut open reopened blocked".split())
"""What a crossing told by its name alone is in a label, which `waylabels` reads: "Oruk: closed"."""
_STATES: Final = frozenset("contested disputed divided encircled besieged".split())
_REACH: Final = 16
_PLACING: Final = frozenset("in inside at within on".split())
"""Prepositions of places."""
_CLAUSES: Final = 8
"""Clauses after semicolons that are looked at."""
_NUMBERS: Final = clause_words("numbers")
_BOUNDS: Final = frozenset(
    (("at", "least"), ("at", "most"), ("more", "than"), ("less", "than"), ("fewer", "than"), ("up", "to"))
)
_BOUNDING: Final = frozenset("at more less fewer up as".split())
"""The words with which a bound before a number begins: "at least", "as many as"."""
_LEADING: Final = frozenset("in inside at within on from over above".split())
_WAVING: Final = frozenset("fly wave flutter hang".split())
_LEAVING: Final = frozenset("withdraw retreat redeploy pull flee march".split())
_STAYED: Final = frozenset("left leave on foot under siege blockade encirclement for since".split())
"""Words behind a verb of staying after which the place goes: "in Belen families live under siege"."""
_CALLING: Final = frozenset("call term describe label dub".split())
_STAYING: Final = clause_words("staying")
"""Verbs that say of somebody where he is."""


def in_order(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases in the usual order; the same list where they stand in it already."""
    said = {phrase.word for phrase in phrases}
    phrases = recast(_bounded(_far_from(phrases)) if "far" in said or "anything" in said else phrases)
    phrases = phrases if _BOUNDING.isdisjoint(said) else _counted(phrases)
    phrases = _uncleft(phrases) if "it" in said or "what" in said else phrases
    phrases = _told_last(_without_asides(phrases)) if "," in said else phrases
    start = 0
    while start < len(phrases) and phrases[start].kind == "w" and phrases[start].cls in "R~-":
        start += 1
    if start + 2 >= len(phrases):
        return phrases
    first = phrases[start]
    phrases = _object_first(phrases, start)
    phrases = _label(phrases, start) if first.kind == "np" else _fronted(_turned(phrases, start), start)
    marks = [at for at, phrase in enumerate(phrases) if phrase.kind == "w" and phrase.cls == ";"]
    for at in reversed(marks[:_CLAUSES]):
        phrases = _fronted(_object_first(phrases, at + 1), at + 1)
    return phrases


def _object_first(phrases: list[Phrase], start: int) -> list[Phrase]:
    """ "Belen they lost on Friday", "Belen the army took": they lost Belen; not "the town they lost was retaken"."""
    if start + 2 >= len(phrases):
        return phrases
    place, subject, verb = phrases[start : start + 3]
    if place.cls not in ("name", "asset") or place.det in ("a", "an"):
        return phrases
    spoken = subject.cls == "pron" and subject.word in ("they", "we", "he", "it")
    if not spoken and (subject.cls != "side" or subject.det != "the"):
        return phrases
    at = start + 3
    if verb.kind == "w" and verb.cls == "R" and at < len(phrases):  # "Belen we never lost"
        verb, at = phrases[at], at + 1
    if verb.kind != "vg" or verb.form not in ("fin", "base") or verb.passive or verb.word in ("be", "say"):
        return phrases
    if verb.word == "have" and at + 1 < len(phrases) and [phrases[at].word, phrases[at + 1].form] == ["yet", "inf"]:
        verb, at = replace(phrases[at + 1], form="fin", negated=True, perfect=True), at + 2  # "it has yet to enter"
    end = next((n for n in range(at, len(phrases)) if phrases[n].cls in (";", ".")), len(phrases))
    comma = next((n for n in range(at, end) if phrases[n].word == ","), end)
    saying = moods()["saying verbs"]
    inner, behind = phrases[at:comma], [phrase for phrase in phrases[comma:end] if phrase.kind == "vg"]
    closed = all(p.kind != "vg" and (p.kind == "w" or p.cls == "time") for p in inner)
    if not closed or not all(p.word in saying and p.form in ("fin", "base") and not p.passive for p in behind):
        return phrases
    middle = phrases[start + 2 : start + 3] if phrases[start + 2].kind == "w" else []
    return [*phrases[:start], subject, *middle, verb, place, *phrases[at:]]


def _far_from(phrases: list[Phrase]) -> list[Phrase]:
    """ "Is anything but open", "remains far from safe": is not open, is not safe."""
    for at in range(len(phrases) - 4, -1, -1):
        verb, words = phrases[at], (phrases[at + 1].word, phrases[at + 2].word)
        linked = verb.kind == "vg" and verb.word in ("be", "remain")
        if linked and words in (("anything", "but"), ("far", "from")):
            phrases = [*phrases[:at], replace(verb, negated=not verb.negated), *phrases[at + 3 :]]
    if [phrase.word for phrase in phrases[:2]] == ["far", "from"] and phrases[2].kind == "vg":
        phrases = [replace(phrases[2], negated=not phrases[2].negated), *phrases[3:]]  # "Far from holding Belen, they"
    return phrases


def _bounded(phrases: list[Phrase]) -> list[Phrase]:
    """The words "as far as" made one preposition: "the road as far as Belen is open"."""
    for at in range(len(phrases) - 3, 0, -1):
        if [phrase.word for phrase in phrases[at : at + 3]] == ["as", "far", "as"]:
            whole = replace(phrases[at], end=phrases[at + 2].end, word="upto", cls="I")
            phrases = [*phrases[:at], whole, *phrases[at + 3 :]]
    return phrases


def _counted(phrases: list[Phrase]) -> list[Phrase]:
    """Without "at least", "more than", "as many as", "up to" before a number: "lost at least 30 towns"."""
    kept: list[Phrase] = []
    for phrase in phrases:
        kept.append(phrase)
        number = phrase.cls == "share" or phrase.det[:1].isdigit() or phrase.det in _NUMBERS
        counted = phrase.kind == "np" and (number or phrase.word in lexicon().shares)
        if not counted or len(kept) < 3:
            continue
        two, one = kept[-3].word, kept[-2].word
        if (two, one) in _BOUNDS:
            del kept[-3:-1]
        elif one == "as" and two in ("many", "much") and len(kept) > 3 and kept[-4].word == "as":
            del kept[-4:-1]
    return kept


def _uncleft(phrases: list[Phrase]) -> list[Phrase]:
    """ "It was the rebels who took it": the rebels took it; "by what it calls bandits": by bandits."""
    for at in range(len(phrases) - 4):
        first, verb, follow = phrases[at : at + 3]
        if (
            first.word == "it"
            and first.kind == "np"
            and verb.word == "be"
            and verb.kind == "vg"
            and follow.kind == "np"
        ):
            named = follow.det or follow.cls in ("side", "name", "people", "asset")  # not "it is unclear who"
            linked = named and not verb.aux and verb.form == "fin"
            end = next((n for n in range(at + 3, min(at + 8, len(phrases) - 1)) if phrases[n].cls == "W"), -1)
            if (
                linked
                and end > 0
                and phrases[end + 1].kind == "vg"
                and all(p.kind != "vg" for p in phrases[at + 2 : end])
            ):
                told = replace(phrases[end + 1], negated=phrases[end + 1].negated ^ verb.negated)
                return [*phrases[:at], *phrases[at + 2 : end], told, *phrases[end + 2 :]]
        calling = first.word == "what" and verb.kind == "np" and follow.kind == "vg" and follow.word in _CALLING
        if calling and phrases[at + 3].kind == "np":
            return [*phrases[:at], *phrases[at + 3 :]]
    return phrases


def _told_last(phrases: list[Phrase]) -> list[Phrase]:
    """ "The town, the army said, was lost": who said it to the end; "holds, since Friday, the port": without commas."""
    commas = [at for at, phrase in enumerate(phrases) if phrase.kind == "w" and phrase.word == ","]
    if len(commas) < 2 or len(phrases) < 7:
        return phrases
    saying = moods()["saying verbs"]
    gone: set[int] = set()
    told: list[Phrase] = []
    for first, second in pairwise(commas):
        inner = phrases[first + 1 : second]
        if not 0 < len(inner) < 9 or not 0 < first < second < len(phrases) - 1 or first in gone:
            continue
        before, after = phrases[first - 1], phrases[second + 1]
        if all(_timing(phrase) for phrase in inner):
            if before.kind == "np" and after.kind == "vg":
                gone.update((first, second))
            elif (before.kind == "vg" and (after.kind == "np" or after.cls == "R")) or before.cls in ("K", "W"):
                gone.update(range(first, second + 1))
        elif before.cls == "K" and inner[0].word == "according" and (after.kind == "np" or after.kind == "vg"):
            gone.update(range(first, second + 1))  # "the bank and, according to residents, the mill"
            told += [phrases[first], *inner]
        elif before.cls == "K" and after.kind == "np" and _placed(inner):
            gone.update(range(first, second + 1))  # "the bank and, next to it, the mill"
        elif before.kind == "np" and _goes_on(phrases, second + 1) and _reports(inner, saying):
            gone.update(range(first, second + (after.kind == "vg" or after.word == "by")))  # before "and" a comma stays
            told += [phrases[first], *inner]
    if not gone:
        return phrases
    kept = [phrase for at, phrase in enumerate(phrases) if at not in gone]
    end = len(kept) - 1 if kept[-1].kind == "w" and kept[-1].cls == "." else len(kept)
    return [*kept[:end], *told, *kept[end:]]


def _placed(inner: list[Phrase]) -> bool:
    """Whether the phrases only say where: "next to it", "in the space of two days"."""
    led = inner[0].cls in ("I", "T") or inner[0].word == "next" or inner[0].cls == "R"
    return led and all(phrase.kind != "vg" for phrase in inner)


def _timing(phrase: Phrase) -> bool:
    """Whether the phrase can be part of a time: "for the first time in four years", "since yesterday"."""
    return phrase.cls == "time" or (phrase.kind == "w" and phrase.cls in "ISR" and phrase.word not in _PLACING)


def _goes_on(phrases: list[Phrase], at: int) -> bool:
    """Whether the clause before an insertion goes on behind it: with its verb, or with "and" and no verb."""
    after = phrases[at]
    if after.kind == "vg":
        return after.form == "fin"
    if after.word == "by":  # "was taken, residents say, by the rebels"
        return any(phrase.kind == "vg" and phrase.passive for phrase in phrases[max(0, at - _REACH) : at])
    if after.kind != "w" or after.cls != "K":
        return False
    verb = next((p for p in phrases[at + 1 :] if p.cls != "R" or p.kind == "vg"), after)
    if verb.kind == "vg" and verb.form in ("fin", "base") and verb.word not in moods()["saying verbs"]:
        return True  # "took the bank, a monitor said, and entered the mill"
    end = next((n for n in range(at, len(phrases)) if phrases[n].cls in (".", ";", ",")), len(phrases))
    return all(phrase.kind != "vg" for phrase in phrases[at:end])


def _reports(inner: list[Phrase], saying: frozenset[str]) -> bool:
    """Whether the phrases only say who says so: "the army said", "said a major", "according to residents"."""
    verbs = [phrase for phrase in inner if phrase.kind == "vg"]
    if not verbs:
        return inner[0].word == "according"
    edge = inner[0].kind == "vg" or inner[-1].kind == "vg" or inner[-1].cls == "time"
    leading = inner[0].kind == "np" or inner[0].kind == "vg"
    return len(verbs) == 1 and verbs[0].word in saying and verbs[0].form in ("fin", "base") and edge and leading


def _fronted(phrases: list[Phrase], start: int) -> list[Phrase]:
    """ "In Belen not one soldier is left": the place goes behind the verb that nothing follows."""
    if start + 3 >= len(phrases) or phrases[start].kind != "w" or phrases[start].word not in _LEADING:
        return phrases
    place = phrases[start + 1]
    if place.kind != "np" or place.cls not in ("asset", "name"):
        return phrases
    verb = next((at for at in range(start + 2, min(start + 14, len(phrases))) if phrases[at].kind == "vg"), -1)
    if verb < 0 or phrases[verb].form not in ("fin", "base"):
        return phrases
    holder = phrases[verb + 1] if verb + 1 < len(phrases) else place
    closed = verb + 2 >= len(phrases) or (phrases[verb + 2].kind == "w" and phrases[verb + 2].cls in ",;.-")
    turned = verb == start + 2 and phrases[verb].word in ("sit", "stand", "rule", "be", "reign")
    if turned and holder.kind == "np" and holder.cls == "side" and closed:
        moved = [holder, phrases[verb], *phrases[start:verb]]  # "in Belen sit the rebels"
        return [*phrases[:start], *moved, *phrases[verb + 2 :]]
    begin = verb - 1
    while begin > start + 2 and not (phrases[begin - 1].cls in (",", "name", "asset") or phrases[begin].word == "not"):
        begin -= 1
    end = begin - 1 if phrases[begin - 1].word == "," else begin
    subject = phrases[begin + 1] if phrases[begin].word == "not" else phrases[begin]
    leaving = phrases[start].word == "from"
    moving = phrases[verb].word in (_LEAVING if leaving else _STAYING)
    raging = subject.word in ("fighting", "clashes", "battles", "security", "order", "calm") and not leaving
    flown = subject.word in ("flag", "banner", "colours", "tricolour") and phrases[verb].word in _WAVING
    if phrases[start].word in ("over", "above") and not flown:
        return phrases
    moving = moving or flown
    if subject.kind != "np" or subject.cls in ("name", "asset", "time") or not (moving or raging) or end < start + 2:
        return phrases
    if any(p.kind == "vg" or p.cls in (";", ":", "W", "S") for p in phrases[start:verb]):
        return phrases
    stop = verb + 1
    while stop < len(phrases) and (phrases[stop].cls in ("R", "time") or phrases[stop].word in _STAYED):
        stop += 1
    if not (raging or stop >= len(phrases) or (phrases[stop].kind == "w" and phrases[stop].cls in ",;.-")):
        return phrases
    return [*phrases[:start], *phrases[begin:stop], *phrases[start:end], *phrases[stop:]]


def _label(phrases: list[Phrase], start: int) -> list[Phrase]:
    """ "Port: in rebel hands": the colon is a verb; "Port and mill: rebels", "Rebels: port and mill" leave it out."""
    at = next((n for n in range(start + 1, min(start + _REACH, len(phrases) - 1)) if _marks(phrases, n)), -1)
    if at > 0 and phrases[at + 1].kind == "np":
        first, holder = phrases[start], phrases[at + 1]
        closed = at + 2 >= len(phrases) or (phrases[at + 2].kind == "w" and phrases[at + 2].cls in ".;,")
        listed = first.cls in ("asset", "name") and _list_end(phrases, start) == at
        if listed and holder.cls == "side" and closed:
            mark = phrases[at]
            words = (replace(mark, word="in", cls="I"), replace(mark, word="of", cls="I"))
            hands = Phrase("np", mark.start, mark.end, "hands", cls="other", head=mark.start)
            return [*_joined(phrases[:at]), _copula(mark), words[0], hands, words[1], *phrases[at + 1 :]]
        end = _list_end(phrases, at + 1)
        over = end >= len(phrases) or (phrases[end].kind == "w" and phrases[end].cls in ".;")
        armed = first.cls == "side" and start + 1 == at and holder.cls in ("asset", "name")
        if armed and over and end > at + 1 and (end > at + 2 or holder.cls == "asset"):
            verb = replace(_copula(phrases[at]), word="hold", mods=("hold",))
            return [*phrases[:at], verb, *_joined(phrases[at + 1 : end]), *phrases[end:]]
    at = start
    dash = start + 1 if _dashed(phrases, start) else -1
    while at < len(phrases) and at < start + _REACH and phrases[at].word != ":" and at != dash:
        if phrases[at].kind == "vg":
            return phrases
        at += 1
    if (
        at + 1 >= len(phrases)
        or (phrases[at].word != ":" and at != dash)
        or phrases[start].cls not in ("asset", "name")
    ):
        return phrases
    follow = at + 1
    while follow < len(phrases) and phrases[follow].kind == "w" and phrases[follow].cls == "R":
        follow += 1
    if follow >= len(phrases):
        return phrases
    after = phrases[follow]
    charge = [phrase.word for phrase in phrases[follow + 1 : follow + 3]]
    if after.cls == "side" and charge in (["in", "control"], ["in", "charge"]) and start + 1 == at:
        hold = replace(_copula(phrases[at]), word="hold", mods=("hold",))  # "Belen: army in control"
        return [*phrases[:start], after, hold, phrases[start], *phrases[follow + 3 :]]
    way = phrases[start].cls == "name" and after.mods and after.mods[0] in _WAY_STATES
    if after.kind == "vg" and after.form in ("part", "fin") and not after.aux and not way:
        passive = replace(after, passive=True, form="fin", aux="be")
        adverb = replace(phrases[at], word="now", cls="R")
        return [*phrases[:at], adverb, *phrases[at + 1 : follow], passive, *phrases[follow + 1 :]]
    held = after.kind == "w" and after.word in ("in", "under", "with") and follow + 1 < len(phrases)
    ends = follow + 1 >= len(phrases) or phrases[follow + 1].cls in (".", ";", ",")
    if after.kind == "np" and after.word in _HOLDING and after.end > after.start + 1 and not after.det and ends:
        under = replace(phrases[at], word="under", cls="I")
        return [*phrases[:at], _copula(phrases[at]), under, *phrases[follow:]]  # "Belen: rebel control"
    if held or after.word in _STATES or HELD.match(after.word):
        return [*phrases[:at], _copula(phrases[at]), *phrases[at + 1 :]]
    return phrases


def _dashed(phrases: list[Phrase], start: int) -> bool:
    """Whether a dash ends the label that begins at `start` and no other closes an aside: "Belen – in rebel hands"."""
    marks = [n for n in range(start, min(start + _REACH, len(phrases))) if phrases[n].cls == "-"]
    told = [phrase for phrase in phrases[start + 2 :] if phrase.kind == "vg"]
    return marks == [start + 1] and not told


def _marks(phrases: list[Phrase], at: int) -> bool:
    """Whether a label ends at phrase `at`: "Port: rebels", "Port - rebels"."""
    return phrases[at].word == ":" or (phrases[at].cls == "-" and at + 2 == len(phrases))


def _joined(phrases: list[Phrase]) -> list[Phrase]:
    """The list with "and" for its commas: a label has no other."""
    return [replace(p, word="and", cls="K") if p.kind == "w" and p.word == "," else p for p in phrases]


def _turned(phrases: list[Phrase], start: int) -> list[Phrase]:
    """ "Under rebel control: A and B", "Among the towns taken by the rebels are A and B": the places to the front."""
    first = phrases[start]
    among = first.word == "among" and start + 2 < len(phrases) and phrases[start + 1].kind == "np"
    begin = start + 2 if among else start
    while begin < len(phrases) and phrases[begin].kind == "w" and phrases[begin].cls == "R":
        begin += 1
    if begin >= len(phrases):
        return phrases
    said = phrases[begin]
    held = said.kind == "w" and said.word in ("in", "under") and begin + 1 < len(phrases)
    held = held and phrases[begin + 1].word in _HOLDING
    done = said.kind == "vg" and said.form in ("part", "fin") and not said.aux and said.word != "be"
    if not held and not done:
        return phrases
    for at in range(begin + 1, min(begin + _REACH, len(phrases) - 1)):
        phrase = phrases[at]
        linked = phrase.kind == "vg" and phrase.word == "be" and phrase.form == "fin" and not phrase.passive
        if linked and phrases[at - 1].cls in ("asset", "name") and any(p.word == "," for p in phrases[begin:at]):
            return phrases  # "captured by the rebels on Friday, Belen is empty"
        if phrase.word == ":" or linked:
            end = _list_end(phrases, at + 1)
            if end == at + 1:
                return phrases
            verb = [replace(said, passive=True, form="fin", aux="be")] if done else [_copula(phrase), said]
            negated = [replace(verb[0], negated=phrase.negated)]
            rest = [p for p in phrases[begin + 1 : at] if p.word != ","]
            listed = phrases[at + 1 : end] if linked else _joined(phrases[at + 1 : end])
            return [*phrases[:start], *listed, *negated, *verb[1:], *rest, *phrases[end:]]
        if phrase.kind == "vg" or (phrase.kind == "w" and phrase.cls in ";."):
            return phrases
    return phrases


def _list_end(phrases: list[Phrase], at: int) -> int:
    """The index behind the list of noun phrases that begins at `at`."""
    end = at
    while end < len(phrases) and end < at + 2 * _REACH:
        phrase = phrases[end]
        if phrase.kind == "np" and phrase.cls not in ("people", "side"):
            end += 1
        elif phrase.kind == "w" and (phrase.cls in "K,R" or phrase.word == "of") and end + 1 < len(phrases):
            if phrases[end + 1].kind == "np" and phrases[end + 1].cls in ("people", "side"):
                break
            end += 1
        else:
            break
    while end > at and phrases[end - 1].kind == "w":
        end -= 1
    return end


def _copula(phrase: Phrase) -> Phrase:
    """A verb "is" in place of the phrase."""
    start, end = phrase.start, phrase.end
    return Phrase("vg", start, end, "be", head=start, mods=("is",), form="fin", negated=phrase.negated)


def _participle(phrase: Phrase) -> bool:
    """Whether the phrase is a verb without an auxiliary that can stand behind one: "taken", "abandoned"."""
    if phrase.kind != "vg" or phrase.aux or phrase.form not in ("part", "fin"):
        return False
    known = lexicon().verbs.get(phrase.mods[0])
    return known is not None and "n" in known.forms


def _one_verb(auxiliary: Phrase, verb: Phrase) -> Phrase:
    """The verb of "was, the rebels say, taken", made of its two parts."""
    passive, perfect = auxiliary.word == "be", auxiliary.word == "have"
    whole = replace(verb, passive=passive, perfect=perfect, negated=auxiliary.negated, real=auxiliary.real)
    whole.form, whole.aux = "fin", auxiliary.word
    return whole


def _without_asides(phrases: list[Phrase]) -> list[Phrase]:
    """Without ", as the rebels claim," between the parts of a verb."""
    if len(phrases) < 6:
        return phrases
    saying = moods()["saying verbs"]
    for at in range(1, len(phrases) - 4):
        if phrases[at].word != ",":
            continue
        if phrases[at + 1].word not in ("as", "contrary"):
            end = next((e for e in range(at + 2, min(at + 6, len(phrases) - 1)) if phrases[e].word == ","), -1)
            told = end > 0 and any(p.kind == "vg" and p.word in saying for p in phrases[at + 1 : end])
            told = told or (end > 0 and phrases[at + 1].word == "according")  # "are, according to the army, not true"
            placed = end > 0 and phrases[at + 1].cls == "I" and all(p.kind != "vg" for p in phrases[at + 1 : end])
            when = end > 0 and all(is_word(p, "R") or p.cls == "time" for p in phrases[at + 1 : end])  # "for now,"
            follow = phrases[end + 1]
            last = at - 1
            while last > 0 and is_word(phrases[last], "R"):
                last -= 1  # "are now, by all accounts, in control"
            parted = phrases[last].word in ("be", "have") and _participle(follow)
            being = told or when or (phrases[last].word == "be" and not phrases[last].passive)
            goes_on = (follow.kind == "np" and last == at - 1) or parted or (being and follow.cls in ("I", "R", "X"))
            goes_on = goes_on and (told or placed or when)
            if goes_on and phrases[last].kind == "vg":
                rest = phrases[end + 1 :]
                if is_word(follow, "X") and not parted:  # "was, he said, not true"
                    phrases[last] = replace(phrases[last], negated=not phrases[last].negated)
                    rest.pop(0)
                verb = [phrases[last]] if not parted else [_one_verb(phrases[last], rest.pop(0))]
                aside = phrases[at:end] if told else []  # who says so goes to the end
                close = len(rest) - 1 if rest and is_word(rest[-1], ".") else len(rest)
                return [*phrases[:last], *verb, *phrases[last + 1 : at], *rest[:close], *aside, *rest[close:]]
            continue
        split = phrases[at - 1].kind == "vg"
        for end in range(at + 2, min(at + 8, len(phrases))):
            if phrases[end].word == "," and phrases[end - 1].kind == "vg" and phrases[end - 1].word in saying and split:
                return [*phrases[:at], *phrases[end + 1 :]]
    return phrases
