"""Figures that lean on another: parts of it, earlier values, numbers that stand bare.

"46 of them children", "up from the 30 and 340 it reported", "three hundred is what we can prove". The measure is taken
from the figure leaned on, in the sentence or in the one before.
"""

from __future__ import annotations

import math

from claimstream.lexicon.calendar import DAYS
from claimstream.reading.figures.behind import Reading
from claimstream.reading.figures.counts import (
    WINDOW,
    announced,
    apposed,
    labelled,
    participle_first,
    population,
    predicate,
    put_at,
    sick,
    titled,
    toll,
)
from claimstream.reading.figures.lists import (
    accompanied,
    bracketed,
    chained,
    did_so,
    gapped,
    included,
    recipients,
    shared,
    sums,
)
from claimstream.reading.figures.measures import CONTEXT, kind_of
from claimstream.reading.figures.nouns import Spot
from claimstream.reading.figures.sheet import Sheet
from claimstream.reading.figures.topic import LISTED, TOLLED, fronted
from claimstream.reading.figures.units import EACH
from claimstream.reading.figures.words import AUX, BE, COUNTED, DETERMINERS, QUOTES, SPEECH, measures, words
from claimstream.reading.numbers.units import MONEY

COUNT_VERBS = words("count_verbs")
SPEAKS_OF = words("speaks_of")
SAID = SPEECH | words("answers")
EARLIER = words("earlier")
EARLIER_NOUNS = words("earlier_nouns")
CHANGES = words("changes")
CHANGE_NOUNS = words("change_nouns")
LOSING = words("losing")
AGAIN = COUNTED | LISTED | {"share"}
PART_WORDS = (
    ["including"], ["includes"], ["including", "at"], ["among", "them"], ["among", "whom"],
    ["of", "whom"], ["of", "them"], ["of", "these"],
)  # fmt: skip
MANY = 10
"""From this many on a number without noun and unit goes on with the count; fewer may be anything."""
BARE_ENDS = words("bare_ends").union(DAYS, ["", ".", ",", ";", ":", "!", "?", ")", "”", '"', "'", "’", "—", "–"])
NO_COUNT = words("no_count")
MEANT = words("meant_for")
GRAVELY = frozenset(["seriously", "critically", "badly", "severely", "gravely", "slightly", "lightly"])
MOST_EARLIER = 4
"""How many earlier values may stand in a row ("up from 30, 340 and 12")."""
REMEMBERED = measures("remembered")
"""Measures of people."""
VICTIMS = measures("of_victims")
PLACED = frozenset(["in", "at", "across"])
EXPECTED = frozenset(["expected", "due", "likely", "scheduled", "supposed"])
WILL = frozenset(["will", "would", "should", "shall", "may", "might"])
WHOLE = 100
LARGE_SUM = 100_000


def complete(sheet: Sheet, first: bool = False) -> None:
    """Fills in the readings of numbers that lean on another figure; `first` leaves parts of what is not read yet."""
    for spot in sheet.spots:
        reading = sheet.readings[spot.q]
        if reading is not None:
            if spot.q and _is_part(spot):
                sheet.readings[spot.q] = _part_of_dead(sheet, spot, reading) or reading._replace(total=False)
        elif spot.counts and not difference(spot):
            waits = first and _waits(sheet, spot)
            if not (waits and spot.noun.part):
                leaning = _leaning(sheet, spot)
                if leaning and leaning.rule.endswith((".count", ".label")) and _where(spot, leaning):
                    continue  # "displaced: 41,200 people in 18 sites"
                sheet.readings[spot.q] = leaning or (None if waits else _weakly(sheet, spot))
    _losses(sheet)
    sums(sheet)


def _waits(sheet: Sheet, spot: Spot) -> bool:
    """ "48 settlements are under water, 14 of them on the left bank": what goes on with a number not read yet waits."""
    whole = sheet.spots[spot.q - 1] if spot.q else None
    return whole is not None and sheet.readings[whole.q] is None and not whole.noun.bare and spot.noun.bare


def _where(spot: Spot, reading: Reading) -> bool:
    """Whether things counted behind "in" or "at" only tell where people are."""
    return (
        reading.measure in REMEMBERED
        and spot.noun.kind != "people"
        and "".join(spot.noun.words).endswith("s")
        and spot.before() in PLACED
    )


def _leaning(sheet: Sheet, spot: Spot) -> Reading | None:
    """The measure of a number by the figure or frame that it leans on, the surest first."""
    return (
        _part(sheet, spot)
        or bracketed(sheet, spot)
        or accompanied(sheet, spot)
        or included(spot)
        or recipients(sheet, spot)
        or chained(sheet, spot)
        or participle_first(spot)
        or sick(spot)
        or labelled(spot)
        or announced(spot)
        or titled(spot)
        or apposed(spot)
        or population(spot)
        or put_at(sheet, spot)
        or toll(sheet, spot)
        or _earlier(sheet, spot)
        or gapped(sheet, spot)
        or did_so(sheet, spot)
        or predicate(spot)
        or _money(spot)
        or shared(sheet, spot)
    )


def _weakly(sheet: Sheet, spot: Spot) -> Reading | None:
    """The measure by what the text has been counting, where nothing nearer tells."""
    return _bare(sheet, spot) or _inside_siege(sheet, spot) or _context(spot)


THEM = frozenset(["them", "those", "these"])


def difference(spot: Spot) -> bool:
    """ "40 more than a day earlier", "150 above the last count", "differ by 64": a change, not a count."""
    follow = spot.page.lowers(spot.i + 1, spot.i + 4)
    if follow[:2] in (["fewer", "than"], ["less", "than"]) or follow[:1] in (["above"], ["below"]):
        return True
    if "more" in follow[:2] and "than" in follow[:3]:
        return True
    if spot.before() == "of":
        return spot.before(2) in CHANGE_NOUNS
    return spot.before() == "by" and spot.before(2) in CHANGES


# Parts


def _is_part(spot: Spot) -> bool:
    """Whether the words make the number a part of another: "of them", "including", "among them", "of the 40, ten"."""
    before = spot.page.lowers(spot.i - 2, spot.i)
    if spot.noun.part or before in PART_WORDS or before[-1:] in PART_WORDS:
        return True
    return [spot.behind(), spot.behind(1)] in (["among", "them"], ["among", "whom"]) or _of_the(spot)


def _of_the(spot: Spot) -> bool:
    """ "Of the 12,400 tents sent to the valley, 4,000 are standing"."""
    page = spot.page
    if not spot.q or spot.before() != ",":
        return False
    k = page.places[spot.q - 1]
    while k > 0 and page.word(k - 1) in DETERMINERS:
        k -= 1
    return page.word(k - 1) == "of" and page.word(k - 2) in ("", ";", ",", "and", '"', "“")


def _part(sheet: Sheet, spot: Spot) -> Reading | None:
    """A part takes the measure of the figure before it."""
    whole = sheet.last(spot.q)
    if whole is None and _of_them(spot):  # "400 of them are foreigners"
        before = sheet.memory.whole_of(spot.least) or ("" if spot.q else sheet.memory.goes_on(spot.least))
        return Reading(before, f"{before}.part", False) if before else None
    gravely = whole is not None and whole.measure == "wounded" and spot.noun.bare and spot.behind() in GRAVELY
    if whole is None or not (_is_part(spot) or _listed(sheet, spot) or gravely):
        return None
    return Reading(whole.measure, f"{whole.measure}.part", False)


def _of_them(spot: Spot) -> bool:
    """ "Around 400 of them are foreigners", of those counted in the sentence before."""
    counted = spot.least >= MANY or (spot.least > 1 and spot.i <= 1)
    return (
        counted
        and spot.noun.part
        and not spot.quantity.vague
        and spot.page.word(spot.i + 1) == "of"
        and spot.page.word(spot.i + 2) in THEM
    )


def _part_of_dead(sheet: Sheet, spot: Spot, reading: Reading) -> Reading | None:
    """ "The bodies of 18 people, among them six children, were brought in", "11 bodies, six of them in uniform"."""
    last = sheet.last(spot.q)
    if last is not None and spot.noun.part and reading.measure == "forces" and last.measure in VICTIMS:
        return Reading(last.measure, f"{last.measure}.part", False)  # "treated 140 people, 30 of whom she sent on"
    whole = sheet.readings[spot.q - 1]
    if whole is None or whole.measure != "killed" or not whole.total:
        return None
    among = spot.before() in ("them", "whom") and spot.before(2) == "among" and reading.rule.endswith(".verb")
    return Reading("killed", "killed.part", False) if among else None


def _listed(sheet: Sheet, spot: Spot) -> bool:
    """ "killed four: a teacher and three pupils": people listed behind a colon."""
    if not spot.q or spot.noun.kind != "people":
        return False
    before = sheet.spots[spot.q - 1]
    if before.behind() == ":" and spot.i - before.noun.end < 8:
        return True
    whole = sheet.last(spot.q)
    ends = spot.behind() in (",", "and", ".", ";", "") and ";" not in sheet.between(spot.q)
    return (
        spot.before() == ":" and ends and whole is not None and whole.measure in TOLLED
    )  # "553 deaths in May: 298 men"


def _losses(sheet: Sheet) -> None:
    """ "lost 610 men, 230 of them killed": the losses are casualties."""
    for spot in sheet.spots[1:]:
        part, whole = sheet.readings[spot.q], sheet.readings[spot.q - 1]
        if part is None or whole is None or whole.measure != "killed" or not _is_part(spot):
            continue
        killed = part.measure == "killed" and not part.rule.endswith(".part")
        if killed and sheet.spots[spot.q - 1].before() in LOSING:
            sheet.readings[spot.q - 1] = Reading("casualties", "casualties.losses", whole.total)


# Earlier values and bare numbers


def _earlier(sheet: Sheet, spot: Spot) -> Reading | None:
    """ "up from the 30 and 340 it reported", "down from about 100", "compared with 12"."""
    page, at = spot.page, spot.i - 1
    while page.word(at) in DETERMINERS:
        at -= 1
    compared = page.word(at) in ("with", "to") and page.word(at - 1) == "compared"
    if page.word(at) not in EARLIER and not compared:
        return None
    if not spot.noun.bare and EARLIER_NOUNS.isdisjoint(spot.noun.words):
        return None
    wholes = sheet.wholes(spot.q)
    if not wholes:
        measure = sheet.memory.goes_on(spot.least)
        return Reading(measure, f"{measure}.earlier") if measure else None
    if not spot.quantity.unit:  # "75 killed in five days, up from 52 on Saturday"
        wholes = [q for q in wholes if not sheet.spots[q].quantity.unit] or wholes
    return _respectively(sheet, _row(sheet, spot.q), wholes, "earlier")


def _respectively(sheet: Sheet, row: list[int], wholes: list[int], how: str) -> Reading | None:
    """Gives the numbers of a row the measures of as many figures before them; that of the first."""
    chosen = wholes[-len(row) :] if len(wholes) >= len(row) else [wholes[-1]] * len(row)
    for member, main in zip(row, chosen, strict=True):
        whole = sheet.readings[main]
        if whole is not None and sheet.readings[member] is None:
            sheet.readings[member] = Reading(whole.measure, f"{whole.measure}.{how}")
    return sheet.readings[row[0]]


def _row(sheet: Sheet, q: int) -> list[int]:
    """The numbers in a row from `q` on, one word apart: "the 30 and 340"."""
    row, places = [q], sheet.page.places
    while len(row) < MOST_EARLIER and row[-1] + 1 < len(places) and places[row[-1] + 1] == places[row[-1]] + 2:
        row.append(row[-1] + 1)
    return row


def _bare(sheet: Sheet, spot: Spot) -> Reading | None:
    """A number without a noun goes on with the measure that was spoken of."""
    if spot.behind() in ("a", "per", "each", "every") and spot.behind(1) in EACH:
        return None  # "bread is baked for 5,000 a day"
    if spot.behind() in WILL or (spot.behind() in BE and spot.behind(1) in EXPECTED):
        return None  # "another 1,200 are expected to leave"
    restates = spot.before() in ("say", "i.e.")  # "nine and four, that is to say thirteen men"
    bare = spot.noun.bare or spot.noun.words == ("names",)
    if spot.noun.part or spot.quantity.rule == "none" or not (bare or restates):
        return None
    last, memory = sheet.last(spot.q), sheet.memory.goes_on(spot.least)
    if spot.before() == "other":
        return Reading(memory, f"{memory}.other", False) if memory else None
    tied = spot.behind() in BE and spot.before() in (",", "and", ";")
    if tied and last and (not last.total or _after_part(sheet, spot.q)):
        return Reading(last.measure, f"{last.measure}.part", False)
    opened = fronted(spot.page)
    if not (opened or _goes_on(spot, restates and last is not None)) or spot.behind() in ("of", "to", "-"):
        return None
    row, wholes = _row(sheet, spot.q), sheet.wholes(spot.q)
    if len(row) > 1 and len(wholes) >= len(row) and all(sheet.spots[q].noun.bare for q in row):
        return _respectively(
            sheet, row, wholes, "again"
        )  # "had given 85 dead and 300 missing, now speaks of 600 and 900"
    if last and last.measure == "other":
        last = _likely(sheet, spot) or last
    beside = sheet.readings[spot.q - 1] if spot.q else None
    if beside is not None and beside.measure not in AGAIN and spot.before() == "not":
        return None  # "the distance is 50 km, not 15"
    whole = last or (beside if beside is not None and beside.measure in AGAIN else None)
    named = "" if whole or opened else _named(spot)
    measure = opened or named
    measure = measure or (whole.measure if whole else sheet.memory.known(spot.least) or sheet.memory.only or memory)
    if measure == "share" and spot.least > WHOLE:
        measure = memory  # "more than half of the dead so far, 524, were in the valley"
    return Reading(measure, f"{measure}.again") if measure in AGAIN else None


def _named(spot: Spot) -> str:
    """What was named without a number right before: "both sides hold prisoners, perhaps 1,500 on one side"."""
    page = spot.page
    if spot.before() not in (",", "-", "–", "—") or not spot.behind()[:1].isalpha():
        return ""
    comma = spot.i - 1 - (page.word(spot.i - 1) in QUOTES)
    for cue in page.ending.get(comma, ()):
        people = cue.slot in ("heads", "default") and kind_of([page.word(cue.end - 1)], False) == "people"
        if people and cue.rule.measure in COUNTED and page.word(cue.end - 1).endswith("s"):
            return cue.rule.measure
    return ""


def _likely(sheet: Sheet, spot: Spot) -> Reading | None:
    """The whole figure that is nearest in size: "3,900 soldiers crossed with nine tanks; he says 1,650"."""
    wholes = [q for q in sheet.wholes(spot.q) if sheet.spots[q].quantity.unit is None and sheet.spots[q].least]
    best = min(wholes, key=lambda q: abs(math.log(max(1.0, spot.least) / sheet.spots[q].least)), default=None)
    return None if best is None else sheet.readings[best]


def _goes_on(spot: Spot, restates: bool) -> bool:
    """Whether a bare number is counted, answered, or corrects another, so that it goes on about the same."""
    before, behind = spot.before(), spot.behind()
    if before == "not":  # "eleven people died, not 14 as reported"
        return spot.before(2) in (",", "and", "but")
    if before in ("to", "at", "of", "by"):
        before = spot.before(2)
        if before in SPEAKS_OF or (before in COUNT_VERBS and spot.behind() in BARE_ENDS):
            return True
    if restates or before in COUNT_VERBS:
        return True
    if before in BE and behind in BARE_ENDS and "there" in (spot.before(2), spot.before(3)):
        return True  # "The mayor counts six dead. There are three."
    answers = spot.behind(1) in SPEECH or not SAID.isdisjoint(spot.page.words)
    closes = behind in ("", ".", ",", ";", "in", "!", "?") and answers
    if spot.i <= 1 and (behind in AUX or closes):
        return True
    return spot.least >= MANY and _stands_for_people(spot)


def _stands_for_people(spot: Spot) -> bool:
    """ "stands at 3,351", "another 3,000 in Halim", "said it had the names of 94": not "a man of 61"."""
    before = spot.before()
    if before in NO_COUNT or (before == "for" and spot.before(2) in MEANT):
        return False
    if [spot.behind(), spot.behind(1)] in (["in", "all"], ["in", "total"]) and spot.q > 1:
        return False  # the sum of those before
    return spot.behind() in BARE_ENDS


def _after_part(sheet: Sheet, q: int) -> bool:
    """Whether the number before is a part itself: "eight of the dead had no uniforms, 23 were troops"."""
    return q > 0 and sheet.page.word(sheet.page.places[q - 1] + 1) == "of"


def _money(spot: Spot) -> Reading | None:
    """ "1.4 billion euros by one count, 600 million by another", "900 dirhams for a house and 300 for a stable"."""
    shared = spot.behind() == "for" and spot.before() in (",", "and")
    if not spot.q or not spot.noun.bare or (spot.least < LARGE_SUM and not shared):
        return None
    units = {quantity.unit for quantity in spot.page.quantities[max(0, spot.q - 3) : spot.q]}
    return None if MONEY.isdisjoint(units) else Reading("money", "money.again")


def _inside_siege(sheet: Sheet, spot: Spot) -> Reading | None:
    """ "About 200 men are inside", said of a place that is besieged."""
    if spot.noun.kind != "people" or not (sheet.memory.siege or sheet.memory.siege_here):
        return None
    ahead = 0
    while ahead < 4 and (spot.behind(ahead) in AUX or spot.behind(ahead) in ("still", "now")):
        ahead += 1
    here = ahead and spot.behind(ahead) in ("inside", "within", "left")
    return Reading("besieged", "besieged.inside") if here else None


def _context(spot: Spot) -> Reading | None:
    """Things in a list under a noun that tells what they are: "as booty were taken 40 lorries"."""
    if spot.noun.kind == "people":
        return None
    for word in reversed(spot.page.lowers(spot.i - 2 * WINDOW, spot.i)):
        measure = CONTEXT.get(word)
        if measure:
            return Reading(measure, f"{measure}.context")
    return None
