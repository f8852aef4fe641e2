"""What is left: numbers that plainly count people or things, of which no rule knows what became of them.

A reader of news takes such a number for a figure all the same ("at least 140 aftershocks were recorded", "assessments
have not begun in 31 villages"). What it measures is then told by the words around it, the nearest first; where they
tell nothing, it is a strength if those counted bear arms, else something other. The words are in the table `around` of
`lexicon/figures.toml`.
"""

from __future__ import annotations

from claimstream.lexicon import load
from claimstream.reading.figures.behind import Reading, in_phrase, needed
from claimstream.reading.figures.counts import ARMED
from claimstream.reading.figures.measures import Cue, fits
from claimstream.reading.figures.nouns import Spot, fronts
from claimstream.reading.figures.page import Page, takes_object
from claimstream.reading.figures.sheet import Sheet
from claimstream.reading.figures.verbs import base
from claimstream.reading.figures.words import ADVERBS, AUX, BE, COUNTED, DETERMINERS, STOP_MARKS, UNREAL, VERBS, words

ON_THE_FIELD = words("on_the_field")
Votes = dict[str, tuple[str, ...]]


def _votes(kind: str) -> Votes:
    """The measures that each word speaks for, of counted people or things."""
    found: dict[str, tuple[str, ...]] = {}
    for measure, listed in load("figures")["around"][kind].items():
        for word in listed.split():
            found[word] = (*found.get(word, ()), measure)
    return found


AROUND: dict[str, Votes] = {kind: _votes(kind) for kind in ("people", "things")}
EXPECTED = frozenset(["expected", "due", "likely", "scheduled", "supposed", "be"])
PASSING = frozenset(load("figures")["around"]["passing"].split())
"""Nouns that are counted in passing and measure nothing: "five things to know", "12 comments"."""
COUNTRY = 50_000
"""From this many people on a place is said to be "with" them."""
APART = 50
"""A bare number this many times as large as the one before is of something else."""
MILITARY = frozenset(load("measures")["nouns"]["military"].split())
MEMBERS = ("-member", "-man", "-strong", "-person")
SMALL = 10
"""Fewer than these behind "the" or "in" are known already ("the six sides", "in nine hospitals")."""
LEAST = 5
"""Fewer than this are told one by one."""
ARMED_LEAST = 20
"""Fewer armed men than this act, they are no strength."""
FIELD = 5
"""How many items behind things left on it "the field" may stand."""
WINDOW = 14
"""How many items on each side are asked."""
SURE = dict.fromkeys(("killed", "wounded", "detained", "seized", "destroyed", "surrendered", "missing", "in_need"), 0.6)
"""The votes that a measure needs of which a wrong figure would do harm."""
NEAR = 4.0
"""At this distance in items a word has half a vote."""


def rest(sheet: Sheet, spot: Spot) -> Reading | None:
    """The measure of a number that no rule has read; None where it counts nothing of the situation."""
    if not _counts(sheet, spot):
        return None
    kind = spot.noun.kind
    if spot.quantity.words.lower().endswith(MEMBERS):
        return Reading("forces", "forces.rest")  # "a 62-member rescue team"
    if spot.noun.bare and spot.least >= SMALL:
        done = _object(spot)
        if done:
            return Reading(done, f"{done}.rest")
    if spot.noun.bare:
        if not _stands_alone(spot) or spot.before() in ("is", "was", "be"):
            return None
        last = sheet.last(spot.q) if _near(sheet, spot) else None
        further = spot.quantity.words.lower().startswith(("another", "a further"))
        if last is None and further and spot.behind(1) not in EXPECTED:
            measure = sheet.memory.goes_on(spot.least)  # "Another 38 came by air"
            return Reading(measure, f"{measure}.rest", False) if measure else None
        measure = last.measure if last else _voted(spot, spot.noun.hint or "people") or sheet.topic(spot.q)
        measure = measure or ("other" if spot.before(2) in ("we", "they") else "")
        return Reading(measure, f"{measure}.rest", False) if measure else None
    if not kind and not spot.noun.words[-1].endswith("s"):
        return None
    armed = kind == "people" and not ARMED.isdisjoint(spot.noun.words)
    if armed and (spot.noun.part or spot.page.word(spot.noun.start - 3) == "of"):
        return Reading("forces", "forces.rest")  # "soldiers, 350 of them, hold the gate"
    if kind == "people" and spot.noun.words[0] == "armed":
        return Reading("forces", "forces.rest")
    if kind == "people" and spot.before() == "with" and spot.least >= COUNTRY:
        return Reading("residents", "residents.rest")  # "Ruritania, with 4.6 million people"
    measure = _voted(spot, kind or "things")
    behind = spot.page.lowers(spot.noun.start, spot.noun.end + FIELD)
    if spot.before() in ("leaving", "left") and kind != "people" and not ON_THE_FIELD.isdisjoint(behind):
        return Reading("destroyed", "destroyed.left")  # "fell back, leaving 14 tanks on the field"
    if measure in ("destroyed", "seized") and not spot.q and len(spot.page.places) > 1 and fronts(spot.page):
        return Reading("other", "other.rest")  # the whole in "Of the town's 640 houses 200 were burnt"
    arms = not MILITARY.isdisjoint(spot.noun.words)
    if arms and measure == "aid":
        return Reading("forces", "forces.rest")  # "sent to relieve the city with 60 tanks"
    if measure == "forces" and kind != "people" and not arms:
        return Reading("other", "other.rest")  # "1.4 million sandbags were laid, 500 men deployed"
    if measure:
        return Reading(measure, f"{measure}.rest")
    if armed:
        return Reading("forces", "forces.rest") if spot.least >= ARMED_LEAST else None
    return Reading("other", "other.rest")


def _near(sheet: Sheet, spot: Spot) -> bool:
    """Whether the number is of the size of the one before, so that it may go on about the same."""
    return spot.q > 0 and spot.least <= APART * max(1.0, sheet.spots[spot.q - 1].least)


def _object(spot: Spot) -> str:
    """What was done to a bare number of people, though the rule would have them named: "the monks took in 640"."""
    ending = spot.page.ending.get(spot.i, ())
    cues = (cue for cue in ending if cue.slot == "active" and cue.rule.nouns and needed(spot.page, cue.rule))
    return next((cue.rule.measure for cue in cues if cue.rule.measure in COUNTED), "")


def _counts(sheet: Sheet, spot: Spot) -> bool:
    """Whether the number counts something that is new to the reader."""
    if spot.quantity.vague or spot.quantity.rule == "none" or not spot.counts or spot.least < LEAST:
        return False
    if not PASSING.isdisjoint((*spot.noun.words[:2], *spot.noun.words[-1:])):
        return False
    if base(spot.page, spot.q) or _whole(spot) or spot.behind() in UNREAL:
        return False  # "17 of the city's 22 districts"
    known = spot.before() in DETERMINERS
    if spot.noun.kind == "people":
        return not known or spot.least >= SMALL
    return not known and not (in_phrase(spot) and (spot.least < SMALL or _told(sheet)))  # "12,000 from 30 villages"


def _whole(spot: Spot) -> bool:
    """ "3 of 11 hospitals", "13 out of 19 sailors"."""
    back = 1 + (spot.before(2) == "out")
    return spot.before() == "of" and spot.page.item(spot.i - back - 1).q >= 0


def _told(sheet: Sheet) -> bool:
    """Whether the sentence has a figure already."""
    return any(reading is not None for reading in sheet.readings)


def _stands_alone(spot: Spot) -> bool:
    """Whether a bare number is the subject of a verb or the object of one, or says how many "we" are."""
    if spot.before() in BE and spot.before(2) in ("we", "they"):
        return True
    behind = 0
    while behind < 2 and spot.behind(behind) in ADVERBS:
        behind += 1
    return spot.behind(behind) in AUX | VERBS or spot.behind(behind).endswith("ed")


def _voted(spot: Spot, kind: str) -> str:
    """The measure that the words from the mark before to the mark behind speak for most; "" if they speak for none."""
    page, noun, votes = spot.page, spot.noun, AROUND[kind]
    scores: dict[str, float] = {}
    for way, first in ((-1, spot.i - 1), (1, noun.start)):
        for k in range(first, first + way * WINDOW, way):
            word = page.word(k)
            if not word or (word in STOP_MARKS and (word != ":" or way > 0)):
                break
            did = way > 0 and page.has_cue(k, "active") and takes_object(page, k + 1)  # "350 buses took 14,000 out"
            cues = (cue for cue in page.starting.get(k, ()) if _speaks(page, cue, kind, way))
            own = way > 0 and k < noun.end and not WAITING.isdisjoint(page.lowers(noun.end, noun.end + WINDOW))
            never = ("seized", "destroyed") if did else ("aid",) if own else ()
            voted = (measure for measure in votes.get(word, ()) if measure not in never)
            said = dict.fromkeys((*voted, *(cue.rule.measure for cue in cues)))  # in order, for ties
            apart = spot.i - k if way < 0 else max(0, k - noun.end)
            for measure in said:
                scores[measure] = scores.get(measure, 0.0) + NEAR / (NEAR + apart)
    best = max(scores, key=lambda measure: scores[measure], default="")
    return best if scores.get(best, 0.0) >= SURE.get(best, 0.0) else ""


WAITING = frozenset(["waiting", "waited", "wait", "queued", "queuing", "queueing", "stuck", "parked"])
"""Lorries that do this bring no aid yet."""
SPEAK = {-1: ("active", "heads", "state", "around"), 1: ("passive", "intransitive", "heads", "state")}
"""The slots of cues that say something of those counted, before and behind the number."""


def _speaks(page: Page, cue: Cue, kind: str, way: int) -> bool:
    """Whether a cue says something of those counted, near or far."""
    if cue.slot == "passive" and takes_object(page, cue.end):
        return False
    return cue.slot in SPEAK[way] and fits(cue.rule, kind, []) and cue.rule.measure != "other"
