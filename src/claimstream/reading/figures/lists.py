"""Numbers in lists: those that share a verb, those whose verb is not said again, those that add up.

"Lost 1,200 troops, 12 tanks and 34 guns", "71 are in Varna, 38 in Halim", "the rebels lost 45 men and the army eight",
"22 were flown abroad: 12 to Sudan and ten to Kenya".
"""

from __future__ import annotations

from claimstream.lexicon import load
from claimstream.reading.figures.behind import Reading, suits
from claimstream.reading.figures.nouns import Spot
from claimstream.reading.figures.page import Page
from claimstream.reading.figures.sheet import BACK, Sheet
from claimstream.reading.figures.verbs import object_of
from claimstream.reading.figures.words import ADVERBS, AUX, DETERMINERS, PREPOSITIONS, STOP_MARKS, measures, words

GAP_PREPOSITIONS = words("gap_prepositions")
JOINS = frozenset(["and", ",", "or", "plus", "&", "with", "as"])
LAST_WORDS = frozenset(["and", ",", "or", "plus", "&", "another", "as", "a", "also"])
"""Words that may stand right before a number that shares the verb of the one before."""
BREAKS = frozenset([";", ":", "who", "that", "which"])
TOGETHER = measures("together")
OF_PHRASES = measures("of_first")
OTHER_KIND = {"killed": "destroyed", "destroyed": "killed", "detained": "seized", "seized": "detained"}
"""The measure of the same verb for the other kind of object: men are killed, tanks destroyed."""
ALSO_TAKEN = {"surrendered": "seized", "detained": "seized", "killed": "destroyed"}
ALONG_WITH = (["along", "with"], ["together", "with"], ["alongside"])
AS_WELL = (["as", "well", "as"], ["in", "addition", "to"])
AT = frozenset(["in", "at", "near", "on"])
HERE = frozenset(["there", "here"])
ELSEWHERE = frozenset(["abroad", "elsewhere", "overseas"])
ALONGSIDE = frozenset(["alongside"])
BESIDES = frozenset(["besides", "plus"])
TAKEN = frozenset(["seized", "destroyed", "aid"])
"""Measures of things that a list goes on with behind "besides"."""
ARMS = frozenset(load("measures")["nouns"]["arms"].split())
CAPTIVES = frozenset(load("measures")["nouns"]["captives"].split())
NAMES_OF_LOSS = frozenset(["dead", "wounded", "injured", "missing"])
OF_PEOPLE = frozenset(["killed", "wounded", "detained", "missing"])
ADDED = frozenset(["killed", "wounded", "missing"])


def chained(sheet: Sheet, spot: Spot) -> Reading | None:
    """The object of a verb further back in a list: "lost 1,200 troops, 12 tanks and 34 guns"."""
    page, k = spot.page, spot.q
    while k and spot.q - k < 6:
        i = page.places[k]
        end = sheet.spots[k - 1].noun.end
        if page.word(i - 1) not in ("and", ",", "plus") or not (end in (i - 1, i - 2) or _of_whom(page, end, i - 1)):
            return None
        k -= 1
        at = page.places[k]
        while at > 0 and page.word(at - 1) in DETERMINERS:
            at -= 1
        found = object_of(spot, at)
        if found:
            first = sheet.readings[k]
            measure = first.measure if first is not None and spot.noun.bare else found.measure
            return Reading(measure, f"{measure}.shared", first is None or first.total)
    return None


def _of_whom(page: Page, begin: int, end: int) -> bool:
    """Whether items [begin, end) tell whose those counted are: "49 bodies of rebels, three guns"."""
    words = page.lowers(begin, end)
    return len(words) in (2, 3) and words[0] == "of" and all(word[:1].isalpha() and word not in AUX for word in words)


def gapped(sheet: Sheet, spot: Spot) -> Reading | None:
    """ "71 of the dead are in Varna, 38 in Halim and six in the hills": the verb is not said again."""
    page, q = spot.page, spot.q
    whole = sheet.readings[q - 1] if q else None
    if whole is None or not spot.noun.bare or not spot.behind():
        return None
    if spot.behind() in ELSEWHERE and spot.before() in (",", "and", ";"):
        return whole._replace(rule=f"{whole.measure}.gapped")  # "229,000 at home and 147,000 abroad"
    i, opened = spot.i, spot.before() in (",", "and", "but", ";")
    if opened and spot.page.word(i + 1) == "of" and spot.page.word(i + 3) == "own":
        return Reading(whole.measure, f"{whole.measure}.gapped")  # "60 soldiers died and only two of its own"
    if _other_subject(sheet, spot) or _other_place(sheet, spot):
        return whole
    between = sheet.between(q)
    if between[:3] == ["and", "that", "of"] and between[-1] == sheet.spots[q - 1].before():
        return whole  # "put his force at 2,500 and that of the enemy at 1,000"
    link, i, before = spot.behind(), spot.i, page.places[q - 1]
    if page.word(i + 1) == "of" and "of" in page.lowers(before, i) and spot.before() == "and":
        return whole._replace(rule=f"{whole.measure}.gapped")  # "57 bodies of insurgents and eight of civilians"
    if link in ("with", "without") and spot.before() == "," and i - before < 14:
        return Reading(whole.measure, f"{whole.measure}.part", False)  # "22 bodies in a row, eleven without names"
    opener = spot.before(2) if spot.before() in ("another", "further", "a") else spot.before()
    further = spot.quantity.words.lower().startswith(("another", "a further"))  # "and another 5 in Halim"
    if link not in GAP_PREPOSITIONS or opener not in (",", "and", ";") or i - before > (26 if further else 14):
        return None
    there = link in AT and not HERE.isdisjoint(page.lowers(before + 1, i))  # "31 died there and eight in Halim"
    if link not in page.lowers(before + 1, i) and not further and not there:
        return None
    return Reading(whole.measure, f"{whole.measure}.gapped", link == "by")  # "15 by one count and 21 by another"


def recipients(sheet: Sheet, spot: Spot) -> Reading | None:
    """ "400 tonnes of maize to 15,000 households", "2,000 blankets for 900 families": whom aid reached."""
    given = sheet.readings[spot.q - 1] if spot.q else None
    to = spot.before() in ("to", "for", "among") and spot.i - sheet.page.places[spot.q - 1] < GIVEN
    if not to or given is None or given.measure != "aid" or spot.noun.kind != "people":
        return None
    return Reading("aid", "aid.recipients")


GIVEN = 8
"""How many items behind what is given those may stand who get it."""


def bracketed(sheet: Sheet, spot: Spot) -> Reading | None:
    """ "8,166 people (1,939 families)", "they went to Halim (28,000) and Arpa (33,200)": the one before or parts."""
    page, whole = sheet.page, sheet.last(spot.q)
    end = spot.noun.end
    if spot.before() != "(" or page.word(end) != ")" or whole is None or whole.measure not in GONE_ON:
        return None
    same = not spot.noun.bare and sheet.spots[spot.q - 1].noun.end == spot.i - 1
    if not (same or (spot.noun.bare and spot.least >= BRACKETED)):
        return None
    named = page.item(spot.i - 2).text[:1].isupper()  # each place has a count of its own
    return Reading(whole.measure, f"{whole.measure}.bracket", (same or named) and whole.total)


BRACKETED = 10
"""Fewer than these in brackets may be a note or a page."""
GONE_ON = measures("remembered") | {"aid"}


def included(spot: Spot) -> Reading | None:
    """ "Large stocks were seized, including 14 rifles": a part of what is not counted."""
    page = spot.page
    at = next((k for k in range(spot.i - 1, max(0, spot.i - 4), -1) if page.word(k) in INCLUDING), 0)
    if not at or any(item.q >= 0 for item in page.items[max(0, at - WITH_REACH) : at]):
        return None
    for k in range(at - 1, max(-1, at - WITH_REACH), -1):
        if page.word(k) in STOP_MARKS:
            return None
        for cue in page.starting.get(k, ()):
            done = cue.slot in ("passive", "intransitive", "active") and cue.rule.measure in TOGETHER
            if done and suits(spot, cue.rule):
                return Reading(cue.rule.measure, f"{cue.rule.name}.part", False)
    return None


INCLUDING = frozenset(["including", "among"])


def did_so(sheet: Sheet, spot: Spot) -> Reading | None:
    """ "Not one civilian died, 22 armed men did", "412 have already done so": the verb before, not said again."""
    k = spot.noun.end
    while spot.page.word(k) in AUX or spot.page.word(k) in ADVERBS or spot.page.word(k) == "done":
        k += 1
    told = k > spot.noun.end and spot.page.word(k - 1) in DID_SO and spot.least > 1
    if not told or spot.page.word(k) not in (".", ",", ";", "", "”", "so"):
        return None
    last = sheet.last(spot.q)
    measure = last.measure if last else sheet.memory.goes_on(spot.least)
    return Reading(measure, f"{measure}.again") if measure else None


DID_SO = frozenset(["did", "have", "has", "had", "so", "done", "too"])


def _other_subject(sheet: Sheet, spot: Spot) -> bool:
    """ "the rebels lost 45 men and the army eight": the verb is not said again for another subject."""
    between = sheet.between(spot.q)
    if between and between[-1] in PREPOSITIONS and between[-1] == sheet.spots[spot.q - 1].before():
        between = between[:-1]  # "medics spoke of 25, the police of 18"
    if spot.behind() not in (",", ".", ";", "and") or not 2 <= len(between) <= 4:
        return False
    if between[0] not in ("and", ",", "but", ";"):
        return False
    words_only = all(word[:1].isalpha() and word not in AUX and word not in PREPOSITIONS for word in between[1:])
    return words_only and "not" not in between


def _other_place(sheet: Sheet, spot: Spot) -> bool:
    """ "In the first attack four people died, in the second nine"."""
    between = sheet.between(spot.q)[-4:]
    fronted = len(between) == 4 and between[0] in (",", "and", ";") and between[2] == "the"
    return fronted and between[1] == sheet.page.word(0) and spot.behind() in (",", ".", ";", "and", "")


def shared(sheet: Sheet, spot: Spot) -> Reading | None:
    """A number joined to the one before shares its verb: "killed 22 soldiers and 15 civilians"."""
    q, noun = spot.q, spot.noun
    whole = sheet.readings[q - 1] if q else None
    if whole is None or not sheet.spots[q - 1].counts or (spot.is_one and noun.bare):
        return None
    arms = spot.noun.kind == "things" and not ARMS.isdisjoint(spot.noun.words)
    if arms and whole.rule == "forces.default" and _joined(sheet, spot, whole):
        return Reading("forces", "forces.shared", whole.total)  # "its 5,000 troops and 21 tanks"
    if whole.rule == "detained.default" and spot.noun.kind == "things" and _joined(sheet, spot, whole):
        return Reading("seized", "seized.shared", whole.total)  # "came back with 128 prisoners and 60 vehicles"
    of_phrase = whole.rule.endswith(".before") and whole.measure in OF_PHRASES
    if whole.rule.endswith((".default", ".before", ".rest")) and not of_phrase:
        return None
    if not _joined(sheet, spot, whole) or spot.behind() in AUX:
        return None
    if noun.bare and spot.page.has_cue(noun.end, "intransitive", "passive"):
        return None  # "67 have died and 52 recovered"
    if noun.bare and (spot.quantity.rule == "none" or not whole.rule.endswith((".object", ".count", ".toll", ".part"))):
        return None
    before = sheet.spots[q - 1].noun
    named = spot.page.word(before.end - 1) in NAMES_OF_LOSS and not before.bare
    closes = noun.kind == "people" and spot.behind() in ("", ".", ";", ",")  # "three dead and two civilians."
    if named and not noun.bare and not closes and whole.rule.endswith((".noun", ".verb")):
        return None
    if whole.rule.endswith(".noun") and not CAPTIVES.isdisjoint(noun.words[-1:]):
        return None  # "86 bodies and 29 prisoners"
    differs = bool(noun.kind and before.kind) and noun.kind != before.kind
    if noun.kind == "things" and not before.kind and whole.measure in OF_PEOPLE:
        return None  # "41 killed, three lorries"
    if whole.measure == "forces" and differs and noun.kind == "things" and not ARMS.isdisjoint(noun.words):
        return Reading("forces", "forces.shared", whole.total)  # "sent 9,000 troops and 200 tanks"
    if differs and whole.measure != "aid" and whole.rule.endswith((".object", ".shared", ".before", ".verb", ".count")):
        other = OTHER_KIND.get(whole.measure)
        return Reading(other, f"{other}.shared", whole.total) if other else None
    if differs and noun.kind == "things" and whole.measure in OF_PEOPLE:
        return None  # "found 49 bodies, three lorries": what became of these is not said
    if whole.measure in OF_PEOPLE and not noun.kind and not noun.bare and noun.words not in (("others",), ("more",)):
        return None  # "killed 40 men and took two ..." of what nobody knows to be people
    return Reading(whole.measure, f"{whole.measure}.shared", whole.total)


def accompanied(sheet: Sheet, spot: Spot) -> Reading | None:
    """ "The mayor was shot along with two aides", "100 have died, he says, together with 20 civilians"."""
    page, at = spot.page, spot.i
    while page.word(at - 1) in DETERMINERS or page.word(at - 1) in ("another", "his", "their"):
        at -= 1
    led = next((n for n in (3, 2, 1) if page.lowers(at - n, at) in (ALONG_WITH if n < 3 else AS_WELL)), 0)
    if not led:
        return _besides(sheet, spot, at)
    at -= led
    for k in range(at - 1, max(-1, at - WITH_REACH), -1):
        if page.word(k) in STOP_MARKS:
            return None
        whole = next((sheet.readings[q] for q in range(spot.q) if page.places[q] == k), None)
        if whole is not None:
            things = spot.noun.kind == "things"  # "1,500 gave up, along with 100 lorries"
            measure = ALSO_TAKEN.get(whole.measure, whole.measure) if things else whole.measure
            return Reading(measure, f"{measure}.with") if measure in TOGETHER else None
        for cue in page.starting.get(k, ()):
            if cue.slot in ("passive", "intransitive") and cue.rule.measure in TOGETHER and suits(spot, cue.rule):
                return Reading(cue.rule.measure, f"{cue.rule.name}.with")
    return None


def _besides(sheet: Sheet, spot: Spot, at: int) -> Reading | None:
    """ "They lost 60 rifles, besides four tanks": things that go on with a count of things."""
    if sheet.page.word(at - 1) not in BESIDES or spot.noun.kind == "people" or spot.noun.bare:
        return None
    whole = sheet.last(spot.q)
    return Reading(whole.measure, f"{whole.measure}.with") if whole and whole.measure in TAKEN else None


WITH_REACH = 14
"""How many items before "along with" the verb is looked for."""


def _joined(sheet: Sheet, spot: Spot, whole: Reading) -> bool:
    """Whether only joining words stand between the number and the one before."""
    between = sheet.between(spot.q)
    while between and between[-1] in DETERMINERS:
        between.pop()
    if not between or len(between) > 6 or JOINS.isdisjoint(between):
        return False
    if between[-2:] in ALONG_WITH:
        return whole.measure in TOGETHER  # "50 tanks were captured along with three officers"
    if any(word in AUX or word in BREAKS for word in between):
        return False
    if between[-1] in LAST_WORDS:
        return True
    again = between[-2:] == ["and", "of"] and sheet.spots[spot.q - 1].before() == "of"
    return again or (between[-1] in ("with", "alongside") and whole.measure in TOGETHER)


def sums(sheet: Sheet) -> None:
    """Numbers without a reading that add up to a figure are its parts; one that sums up others is their whole."""
    for spot in sheet.spots:
        whole = sheet.readings[spot.q]
        if whole is not None and spot.counts and spot.quantity.low:
            for k in _parts(sheet, spot):
                sheet.readings[k] = Reading(whole.measure, f"{whole.measure}.sum", False)
    for spot in sheet.spots:
        if sheet.readings[spot.q] is None and spot.quantity.low:
            sheet.readings[spot.q] = _whole(sheet, spot)


def _parts(sheet: Sheet, spot: Spot) -> list[int]:
    """The numbers right behind a figure, without a measure or of the same, that add up to it; [] if they do not."""
    run: list[int] = []
    total = 0.0
    for part in sheet.spots[spot.q + 1 : spot.q + 9]:
        if not part.counts and not run:
            continue  # "149 people in 24 hours: 110 ..."
        reading, whole = sheet.readings[part.q], sheet.readings[spot.q]
        other = reading is not None and whole is not None and reading.measure != whole.measure
        if other or not part.counts or part.quantity.low is None:
            break
        run.append(part.q)
        total += part.quantity.low
        if total >= (spot.quantity.low or 0):
            break
    return run if len(run) > 1 and total == spot.quantity.low else []


def _whole(sheet: Sheet, spot: Spot) -> Reading | None:
    """ "58 dead, 28 injured and 16 missing, 102 in all"."""
    parts = sheet.wholes(spot.q)
    if len(parts) < 2 or spot.quantity.low != sum(sheet.spots[k].quantity.low or 0 for k in parts[-BACK:]):
        return None
    kinds = {reading.measure for reading in (sheet.readings[k] for k in parts) if reading}
    if not kinds <= ADDED:
        return None
    return Reading("casualties" if len(kinds) > 1 else kinds.pop(), "casualties.sum")
