"""Figures: which numbers of an article measure the situation, what each measures, of whom, where, over which time.

For each number the rules are asked in order, from the closest words to the farthest: its unit, the words of its noun
phrase ("12 wounded men"), the verb before it ("killing 12"), the verb behind it ("12 people fled"), a frame ("the toll
rose to 12"), another figure that it is a part of or repeats ("12 of them children"), the noun alone ("2,000
fighters"), and last the words around. The first that answers decides; its name stands in the mention.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from claimstream.model import FigureMention, Quantity, Sentence
from claimstream.reading.figures import context
from claimstream.reading.figures.behind import Reading, needed
from claimstream.reading.figures.counts import CASES_RULE, sick_of
from claimstream.reading.figures.links import MEANT, complete
from claimstream.reading.figures.measures import SPEAKERS, Cue, kind_of
from claimstream.reading.figures.nouns import Spot, spots
from claimstream.reading.figures.page import Page, lay_out
from claimstream.reading.figures.rest import rest
from claimstream.reading.figures.sheet import Sheet
from claimstream.reading.figures.topic import TOLLED, Memory
from claimstream.reading.figures.units import WEIGHT, by_unit
from claimstream.reading.figures.verbs import means, own
from claimstream.reading.figures.words import (
    AUX,
    CONJUNCTIONS,
    DETERMINERS,
    NO_ONE,
    PREPOSITIONS,
    SPEECH,
    UNREAL,
    VERBS,
    measures,
    words,
)
from claimstream.reading.numbers import scan
from claimstream.reading.numbers.units import MONEY

NAMED_ONE_BY_ONE = words("named_one_by_one")
STATES = words("states")
NEVER_COUNTED = words("never_counted")
VAGUE_MEASURES = measures("vague")
DUE = (["are", "to", "be"], ["is", "to", "be"], ["were", "to", "be"], ["was", "to", "be"], ["are", "to", "have"])
PLACES = words("places_counted")
OWN_FATE = frozenset(["killed", "missing"])
FATES = OWN_FATE | {"casualties"}
THINGS_COUNTED = measures("of_things")
OF_THINGS = frozenset(["seized", "destroyed", "aid"])
BEFALLEN = TOLLED | {"detained", "surrendered", "displaced"}
"""Measures of which "nobody" may be the count."""
SENT = frozenset(["forces", "aid"])
"""Measures of what is on its way: their place is where it goes."""
NO_WORD = words("no_word")
NOT_YET = words("not_yet")
ANNOUNCED = words("announced")
PLANNING = words("planning")
SHARES = (["to", "a"], ["to", "each"], ["per", "person"], ["per", "family"], ["a", "head"], ["a", "person"])
FEW = 20
"""From this many on, people who "said" something are a count, not the sources of a report."""
TELLS = 18
"""How many items behind those counted may stand what they tell."""
STOPS = frozenset([".", ";", ":", "but"])
SPOKEN_TO, TRAVELLED = words("spoken_to"), words("travelled")
MET = words("met")
"""Verbs whose object is a strength, though they say no more of it."""
FEW_PLACES = 4


class Skipped(NamedTuple):
    """A number that was left alone, and why."""

    words: str
    start: int
    end: int
    reason: str


def read(sentences: Sequence[Sentence]) -> tuple[tuple[FigureMention, ...], ...]:
    """The figures of an article, one tuple for each sentence."""
    return tuple(found for found, _ in explain(sentences))


def explain(sentences: Sequence[Sentence]) -> tuple[tuple[tuple[FigureMention, ...], tuple[Skipped, ...]], ...]:
    """The figures of each sentence, and the numbers that were left alone with the reason."""
    memory = Memory()
    places = context.Places()
    return tuple(_sentence(sentence, memory, places) for sentence in sentences)


def _sentence(
    sentence: Sentence, memory: Memory, places: context.Places
) -> tuple[tuple[FigureMention, ...], tuple[Skipped, ...]]:
    numbers = scan(sentence)
    memory.begin(sentence)
    skipped = [_skip(number.quantity, number.reason) for number in numbers if number.reason]
    quantities = tuple(number.quantity for number in numbers if not number.reason)
    places.pass_by(sentence)
    if not quantities:
        memory.silent(sentence)
        return (), tuple(skipped)
    page = lay_out(sentence, quantities, memory.near())
    counted = spots(page)
    sheet = Sheet(page, counted, [_first(spot) for spot in counted], memory)
    _ones(sheet)
    complete(sheet, first=True)
    if fill(sheet, _by_noun):
        complete(sheet, first=True)  # what leans on those
        if fill(sheet, lambda spot: rest(sheet, spot)):
            complete(sheet)
            fill(sheet, lambda spot: rest(sheet, spot))
    times = context.times(sentence, quantities)
    found: list[FigureMention] = []
    for spot in counted:
        reading = sheet.readings[spot.q]
        reason = _refuse(spot, reading)
        if reading is None or reason:
            skipped.append(_skip(spot.quantity, reason or "counts nothing that is measured"))
        else:
            mention = _mention(spot, reading, places, times[spot.q])
            if (spot.q == 1 and _announced(counted[0])) or (not mention.total and _all_who(sheet, spot, reading)):
                mention = replace(mention, total=True)  # they are all that came
            found.append(mention if mention.who else replace(mention, who=_things(spot, reading, found, memory)))
    memory.end(found)
    if not found:
        memory.silent(sentence)
    return tuple(found), tuple(skipped)


def _skip(quantity: Quantity, reason: str) -> Skipped:
    return Skipped(quantity.words, quantity.start, quantity.end, reason)


def _first(spot: Spot) -> Reading | None:
    """The measure by the unit, else by the number's own words."""
    unit = by_unit(spot)
    if unit is not None and unit.measure != "aid" and spot.quantity.unit in WEIGHT and not spot.quantity.vague:
        done = own(Spot(spot.page, spot.q, replace(spot.noun, kind="things")))
        if done is not None and done.measure in ("seized", "destroyed") and not done.rule.endswith(".verb"):
            return done  # "seized two tonnes of explosives"
    if unit is not None:
        return Reading(unit.measure, unit.rule) if unit.measure else None
    return own(spot)


def _ones(sheet: Sheet) -> None:
    """ "186 army tanks destroyed, and 31 rebel ones": what became of the first became of the second."""
    for spot in sheet.spots[1:]:
        before = sheet.readings[spot.q - 1]
        words_behind = spot.noun.words[-1:] == ("ones",) and spot.before() in ("and", ",", "but", "or", "against")
        if before is not None and words_behind and sheet.spots[spot.q - 1].noun.kind != "people":
            sheet.readings[spot.q] = Reading(before.measure, f"{before.measure}.again")


def fill(sheet: Sheet, by: Callable[[Spot], Reading | None]) -> bool:
    """Reads by the noun alone, or by the words around, what no rule has read; whether some is left unread."""
    for spot in sheet.spots:
        if sheet.readings[spot.q] is None:
            sheet.readings[spot.q] = by(spot)
    return None in sheet.readings


def _by_noun(spot: Spot) -> Reading | None:
    """What the noun alone stands for: "2,000 fighters", "22 rebel groups"."""
    page, noun = spot.page, spot.noun
    if spot.quantity.vague or spot.quantity.rule == "none" or not spot.counts:
        return None
    best: Cue | None = None
    for i in range(noun.start, noun.end):
        for cue in page.starting.get(i, ()):
            last = cue.end >= noun.end or (cue.end < noun.end and page.word(cue.end) in CONJUNCTIONS)
            longer = best is None or cue.start > best.start or cue.end > best.end
            best = cue if cue.slot == "default" and last and longer and needed(page, cue.rule) else best
    if best is None or _spoken(spot) or means(spot, best.rule) or spot.behind() in UNREAL:
        return None
    if spot.before().endswith("ed") and spot.before() not in MET and not page.ending.get(spot.i):
        return None  # the object of a verb that says nothing of this
    return Reading(best.rule.measure, f"{best.rule.name}.default")


def _spoken(spot: Spot) -> bool:
    """ "two officers said", "according to three residents": sources, not figures."""
    if SPEAKERS.isdisjoint(spot.noun.words):
        return False
    start = spot.noun.start - 1
    if spot.page.lowers(start - 2, start) == ["according", "to"]:
        return True
    if spot.before() in ("say", "said", "says") and spot.behind() in ("who", "in", "from", ".", ",", "there", "near"):
        return True
    if spot.behind() == "who" and _tells_behind(spot):
        return True
    behind = spot.page.lowers(spot.noun.end, spot.noun.end + 6)
    if "interviewed" in behind:
        return True  # "two soldiers interviewed at a hospital disagreed"
    said = (word for last, word in zip(["", *behind], behind, strict=False) if last not in AUX)
    return any(word in SPEECH and word != "according" for word in said)  # "are believed to be" is said of them


def _tells_behind(spot: Spot) -> bool:
    """ "Two volunteers who walked down this morning, grey with dust, told me": the verb behind what is said of them."""
    page, parted = spot.page, False
    for k in range(spot.noun.end + 1, spot.noun.end + TELLS):
        word = page.word(k)
        if word in STOPS or not word:
            return False
        if word in ("said", "told", "say", "says", "tell"):
            return page.word(k - 1) == "," or not parted
        parted = parted or word == ","
    return False


def _closing_tag(spot: Spot) -> bool:
    """ "..., three drivers said.": who says it, behind what is said."""
    ends = not spot.behind(1)[:1].isalnum() or spot.behind(1) in ("on", "by")
    told = spot.behind() in ("told", "tell") and spot.noun.kind == "people"
    said = spot.behind() in ("said", "say", "says") and ends
    return spot.before() == "," and (said or told) and not spot.noun.bare


def _refuse(spot: Spot, reading: Reading | None) -> str:
    """A reason to leave the number alone although a rule answered."""
    if reading is not None and spot.before() in ("to", "with") and spot.before(2) in SPOKEN_TO:
        return "speakers, not counted"  # "we have spoken to eleven people"
    if reading is not None and reading.rule == "duration.span" and spot.before() == "for":
        ahead = spot.page.lowers(max(0, spot.i - 4), spot.i - 1)
        if not TRAVELLED.isdisjoint(ahead):
            return "how long a way takes"  # "walked for two days to Belen"
    if reading is None:
        return "speakers, not counted" if _spoken(spot) and spot.least < FEW else ""
    quantity = spot.quantity
    if (
        quantity.rule == "none"
        and not spot.noun.bare
        and not spot.noun.of_the
        and not kind_of(list(spot.noun.words[:1]), False)
    ):
        return "none of what nobody counts"
    if quantity.words.lower() in NO_ONE and not _befell(spot, reading):
        return "none of what nobody counts"  # "nobody was in the town", "nobody knows how many died"
    empty = spot.before() in NO_WORD or (reading.measure in ("seized", "aid") and quantity.words == "no")
    if quantity.rule == "none" and empty:
        return "none of what nobody counts"  # "gave no casualties", "no questions were taken"
    if reading.measure in OF_THINGS and [spot.behind(), spot.behind(1)] in SHARES:
        return "a rate"  # "two loaves to a person"
    if reading.rule in ("aid.default", "relief.default") and spot.before() in ("on", "in", "aboard", "by"):
        return "means of transport"  # "loaded the men on eleven lorries"
    if reading.measure == "aid" and spot.is_one and not reading.rule.endswith(".object"):
        return "one, in passing"
    if quantity.rule == "none" and reading.rule.endswith((".part", ".again", ".rest", ".gapped")):
        return "none of what nobody counts"
    if quantity.vague and spot.least < 10 and reading.measure not in VAGUE_MEASURES:
        return "vague"
    if reading.rule.endswith((".noun", ".default", ".rest", "residents.verb")) and spot.least < FEW and _spoken(spot):
        return "speakers, not counted"
    if spot.counts and (spot.before() in NOT_YET or (spot.noun.bare and spot.behind() in NOT_YET)):
        return "only planned"
    if spot.counts and spot.page.lowers(spot.noun.end, spot.noun.end + 3) in DUE:
        return "only planned"  # "12,000 people are to be evacuated"
    if reading.measure != "money" and _planned(spot):
        return "only planned"
    if spot.before() == "for" and spot.before(2) in MEANT and reading.measure != "money":
        return "how many it holds, not how many there are"  # "a camp built for 5,000"
    if spot.counts and spot.q == 0 and _announced(spot):
        return "only planned"  # "Of the 38 lorries announced for Halim, only 11 arrived"
    places = not NAMED_ONE_BY_ONE.isdisjoint(spot.noun.words)
    if places and reading.measure in ("seized", "destroyed") and spot.least < FEW_PLACES:
        return "places, told one by one"
    if reading.measure in BEFALLEN and spot.noun.words and spot.noun.words[-1] in PLACES:
        return "places, not people"  # "one of three strongholds in their hands", "stood at the four exits"
    if reading.rule == "forces.default" and spot.least < FEW and spot.behind() in VERBS:
        return "those who act, not counted"
    if reading.rule == "forces.default" and spot.noun.words == ("men",) and spot.least < FEW_PLACES:
        return "men, told one by one"
    if reading.rule == "groups.default" and spot.least < FEW_PLACES and spot.before() in DETERMINERS:
        return "groups that are known"
    if reading.rule == "residents.default" and spot.least < FEW:
        return "a few people, not a population"
    if spot.least < FEW and _closing_tag(spot):
        return "speakers, not counted"
    if len(spot.noun.words) == 1 and not NEVER_COUNTED.isdisjoint(spot.noun.words):
        return "names no number of the situation"
    if places and spot.before() == "all" and reading.measure in ("seized", "destroyed") and spot.least < FEW:
        return "places, told one by one"
    if spot.is_one and reading.rule.endswith((".default", ".before")):
        return "one, in passing"
    return ""


def _announced(spot: Spot) -> bool:
    """Whether the number is of those announced, of whom the sentence goes on to tell how many there were."""
    first = spot.page.lowers(0, 2)
    return first in (["of", "the"], ["of", "some"]) and spot.behind() in ANNOUNCED and len(spot.page.quantities) > 1


def _planned(spot: Spot) -> bool:
    """Whether the number is the object of what somebody only plans: "it hopes to rebuild half of them"."""
    page, start = spot.page, spot.i
    for k in range(start - 2, max(0, start - 6), -1):
        if page.word(k) == "to":
            return page.word(k - 1) in PLANNING and page.word(k + 1) not in PREPOSITIONS
        if not page.word(k)[:1].isalpha():
            return False
    return False


def _befell(spot: Spot, reading: Reading) -> bool:
    """Whether the verb right behind "nobody" is what was read: "nobody in the convoy was hurt"."""
    if reading.measure not in BEFALLEN or not reading.rule.endswith(".verb"):
        return False
    page, k = spot.page, spot.noun.end
    if page.word(k) in PREPOSITIONS:
        k = next((n for n in range(k + 1, k + TELLS) if page.word(n) in AUX or not page.word(n)[:1].isalpha()), k)
    while page.word(k) in AUX:
        k += 1
    return any(cue.rule.measure == reading.measure for cue in page.starting.get(k, ()))


def _all_who(sheet: Sheet, spot: Spot, reading: Reading) -> bool:
    """ "Treated 212 people, and 31 of them died": a part of those treated, but all of the dead."""
    before = sheet.readings[spot.q - 1] if spot.q and spot.noun.part else None
    if before is None or not reading.rule.endswith(".verb"):
        return False
    return reading.measure in OWN_FATE and before.measure not in FATES


def _things(spot: Spot, reading: Reading, found: Sequence[FigureMention], memory: Memory) -> str:
    """What things a number counts that does not name them: "On the tents: 640 are up", "of 90 tents 12 stand"."""
    if reading.rule == CASES_RULE:
        return sick_of(spot)
    if reading.measure not in THINGS_COUNTED or not spot.noun.bare or spot.quantity.unit:
        return ""
    named = next((item for item in reversed(spot.page.items[: spot.i]) if item.lower in spot.noun.words), None)
    if named is not None:
        return named.text
    if reading.rule.endswith(".count"):
        numbered = _number_of(spot.page)
        if numbered:
            return numbered
    if reading.rule.endswith(".object") and found and found[-1].start < spot.quantity.start:
        last = found[-1].who  # "20 drones hit the town; only 15 were shot down"
        kind = kind_of([last.lower().rpartition(" ")[2]], False) if last else ""
        return last if kind == "things" and reading.measure == "destroyed" else ""
    if not reading.rule.endswith((".part", ".again", ".earlier", ".count", ".gapped", ".sum")):
        return ""
    before = next((m.who for m in reversed(found) if m.measure == reading.measure and m.who), "")
    return before or memory.things.get(reading.measure, "")


def _number_of(page: Page) -> str:
    """The things in "raised to ten the number of planes that were lost"; "" where no number of things is spoken of."""
    for k, item in enumerate(page.items):
        if item.lower == "of" and page.word(k - 1) == "number":
            named = (page.item(j) for j in range(k + 1, k + 5))
            return next((item.text for item in named if kind_of([item.lower], False) == "things"), "")
    return ""


def _mention(spot: Spot, reading: Reading, places: context.Places, time: context.Times) -> FigureMention:
    quantity, sentence = spot.quantity, spot.page.sentence
    items = spot.page.items[spot.noun.start : spot.noun.end]
    end = max(quantity.end, items[-1].end if items else 0)
    while len(items) > 1 and items[-1].lower in STATES and not items[-2].lower.endswith("ly"):
        items = items[:-1]
    if reading.measure in ("share", "money") and not quantity.unit:
        units = [before.unit for before in spot.page.quantities[: spot.q] if before.unit in MONEY]
        quantity = replace(quantity, unit="percent" if reading.measure == "share" else units[-1] if units else None)
    if reading.measure == "distance" and spot.before() == "within" and not quantity.approx:
        quantity = replace(quantity, low=None)  # "within 7 miles of the capital": no more
    some_of = spot.noun.of_the and reading.rule.endswith(".noun")  # "35 of the wounded", not "40 of the 90 fled"
    goes_on = spot.noun.bare and reading.rule.endswith((".again", ".count", ".earlier", ".other", ".put", ".toll"))
    scope, since = time.scope_of(reading.measure)
    place = places.of(spot.page, spot.q) or (places.near(sentence) if goes_on else "")
    if not place and reading.measure == "aid":
        place = context.bound_for(sentence)
    if not place and reading.measure in SENT:
        place = context.destination(sentence, quantity.end)
    return FigureMention(
        quantity=quantity,
        measure=reading.measure,
        who=sentence.text[items[0].start : items[-1].end] if items and spot.noun.words != ("names",) else "",
        place=place,
        scope=scope,
        rule=reading.rule,
        start=quantity.start,
        end=end,
        background=time.history,
        since=since,
        total=reading.total and not spot.noun.part and not some_of,
    )
