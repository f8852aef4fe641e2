"""The measure that a number's own words give: its noun phrase, the verb before it, the verb behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claimstream.reading.figures.behind import SUBJECTS, Reading, casualties, in_phrase, suits, verb_behind
from claimstream.reading.figures.measures import Cue, Rule, fits, kind_of
from claimstream.reading.figures.nouns import Spot, noun_phrase, whole_ahead
from claimstream.reading.figures.page import Page, takes_object
from claimstream.reading.figures.words import (
    AUX,
    BE,
    CONJUNCTIONS,
    DETERMINERS,
    LINKING,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    STILL,
    STOP_MARKS,
    VERBS,
    measures,
    words,
)

BETWEEN = frozenset(["from", "in", "at", "near", "on", "outside", "inside"])
INVERTED = frozenset(["killed", "missing", "surrendered"])
BEFORE_REACH = 8
"""How many items before the number a verb is looked for whose object is a list."""
AROUND = 7
"""How many items before the number the verb of a split phrase is looked for ("cost the army 400 men")."""
OF_MEN = frozenset(["besieged", "killed", "surrendered", "detained"])
"""What may become of a force: "The garrison, 450 strong, is cut off"."""
SMALL_PLACE = 200
"""Fewer people than this are no population of a place."""
TAKING = words("taking")
CAPTIVE = words("captive")
SETTLED = measures("settled")
OF_FIRST = measures("of_first")
DESCRIBED = measures("described")
"""Measures that tell how people were before they were killed ("16 displaced people were killed")."""
"""Measures of which "the X of 12 ..." says more than what the twelve are called ("the bodies of 3 trapped men")."""


def own(spot: Spot) -> Reading | None:
    """The measure that the number's own words give, the closest words first."""
    first = _around(spot) or object_before(spot, strong=True) or _taken(spot)
    if first and first.rule == "forces.around":
        return next((r for r in (verb_behind(spot, finite=True),) if r and r.measure in OF_MEN), first)
    if first:
        return first
    if base(spot.page, spot.q):
        who = spot.behind() in RELATIVES or spot.behind(1) in RELATIVES or spot.behind() in SUBJECTS
        return within(spot) or _population(spot) or (verb_behind(spot) if who else None)
    if spot.q + 1 < len(spot.page.quantities) and base(spot.page, spot.q + 1):
        return (
            object_before(spot)
            or phrase_before(spot)
            or verb_behind(spot, finite=True)
            or verb_behind(spot)
            or within(spot)
        )
    return (
        phrase_before(spot, of=True)
        or within(spot)
        or object_before(spot)
        or phrase_before(spot)
        or (None if in_phrase(spot) else verb_behind(spot))
        or _far_object(spot)
        or _inverted(spot)
    )


def base(page: Page, q: int) -> bool:
    """Whether the number is what another is a part of: 1,800 in "150 of the village's 1,800 residents"."""
    if not q:
        return False
    i = page.places[q - 1] + 1
    i = i + 1 if page.word(i) == "out" else i
    return page.word(i) == "of" and whole_ahead(page, i + 1) == q


def _population(spot: Spot) -> Reading | None:
    """ "a third of the city's 1.2 million people": who live there."""
    owned = not POSSESSIVES.isdisjoint(spot.page.lowers(spot.page.places[spot.q - 1], spot.i))
    people = "people" in spot.noun.words and spot.least >= SMALL_PLACE
    return Reading("residents", "residents.base") if owned and people else None


# The noun phrase


def within(spot: Spot) -> Reading | None:
    """A cue in the noun phrase or as its last word: "12 wounded men", "12 dead", "12 people killed in the raid"."""
    page, noun = spot.page, spot.noun
    both = casualties(page, noun.start, noun.end + 1)
    if both:
        return both
    best = _noun_cue(spot)
    if best is None or means(spot, best.rule):
        return None
    describes = best.slot == "state" and best.end < noun.end and noun.of_the
    if describes or (best.slot == "passive" and best.start >= noun.end and best.rule.measure not in SETTLED):
        later = Spot(page, spot.q, replace(noun, end=max(noun.end, best.end)))
        # "Camps which host 300 people displaced from Halim were hit": the finite verb is said of the camps
        finite = None if best.slot == "passive" and object_before(spot) else verb_behind(later, finite=True)
        if finite and not (finite.measure == "missing" and best.rule.measure in ("in_need", "displaced")):
            return finite  # but not "people affected who could not be reached"
    became = _became(spot, best)
    if became:
        return became
    return Reading(best.rule.measure, f"{best.rule.name}.noun")


def _became(spot: Spot, cue: Cue) -> Reading | None:
    """What a verb says of those whom an adjective or noun describes: "16 displaced people were killed", "executed 15
    captured officers", "three car bombs destroyed"."""
    measure = cue.rule.measure
    attribute = cue.slot == "state" and cue.start == spot.noun.start and cue.end < spot.noun.end
    if cue.slot == "heads" and measure == "strikes":
        return verb_behind(spot, only="destroyed")
    if cue.slot == "heads" and measure == "aid":
        done = object_before(spot)
        done = done if done and done.measure in ("destroyed", "seized") else None
        return done or verb_behind(spot, only="destroyed")  # "300 tents burned down"
    if measure in DESCRIBED and (attribute or cue.slot == "heads"):
        done = object_before(spot) if measure != "wounded" else None
        if done and done.measure == "killed":
            return done
        return verb_behind(spot, only="killed")
    return None


def _noun_cue(spot: Spot) -> Cue | None:
    """The cue in the noun phrase or right behind it: a noun that settles the measure before an adjective."""
    page, noun = spot.page, spot.noun
    last = noun.end
    while last < noun.end + 3 and page.word(last) in STILL:
        last += 1
    best: Cue | None = None
    for i in range(noun.start, last + 1):
        for cue in page.starting.get(i, ()):
            inside = i < max(noun.end, noun.start + 1) and not _stops(page, noun.start, i)
            if cue.slot == "heads" and inside:
                best = cue if best is None or cue.end - cue.start >= best.end - best.start else best
            elif cue.slot in ("state", "passive") and _describes(spot, cue):
                alone = noun.words == ("others",) or (cue.start == noun.start and cue.end == noun.end)
                kind = noun.hint if alone and not noun.kind else noun.kind
                noun_fits = fits(cue.rule, kind, list(noun.words), noun.hint)
                best = cue if best is None and noun_fits else best
    return best


def _stops(page: Page, begin: int, i: int) -> bool:
    return any(page.word(k) in AUX or page.items[k].q >= 0 for k in range(begin, i))


def _describes(spot: Spot, cue: Cue) -> bool:
    """Whether a participle stands as an adjective of the counted noun: before it, or right behind it with no object."""
    noun = spot.noun
    if cue.start < noun.end:
        return cue.slot == "state" and (cue.start == noun.start or cue.end == noun.end)
    if any(spot.page.word(k) not in STILL for k in range(noun.end, cue.start)):
        return False
    return spot.page.word(cue.end - 1) in PREPOSITIONS or not takes_object(spot.page, cue.end)


def means(spot: Spot, rule: Rule) -> bool:
    """ "two strikes killed 11": the means, not the count."""
    end = spot.noun.end
    return rule.measure == "strikes" and spot.page.has_cue(end, "active") and takes_object(spot.page, end + 1)


# Words before the number


INSERT = 8
"""How many items may stand between two commas after a verb ("killed, by his reckoning, 40 men")."""


def _past_place(spot: Spot) -> int:
    """The item behind the verb of "seized from the rebels 324 rifles", "captured near Halim 30 men"; 0 for others."""
    page = spot.page
    if spot.before() in PREPOSITIONS or not spot.before()[:1].isalpha():
        return 0
    for at in range(spot.i - 2, max(0, spot.i - INSERT), -1):
        word = page.word(at)
        if page.items[at].q >= 0 or word in AUX or word in VERBS or not word[:1].isalpha():
            return 0
        if word in BETWEEN and any(
            cue.slot == "active" and cue.rule.measure != "other" for cue in page.ending.get(at, ())
        ):
            return at
    return 0


def _starts(spot: Spot, reach: int) -> Iterator[int]:
    """The items before which a verb or phrase may end that governs the number: past "at least", "the", "another"."""
    if spot.before() == ",":
        comma = next((k for k in range(spot.i - 3, spot.i - INSERT, -1) if spot.page.word(k) == ","), 0)
        if comma and all(item.q < 0 for item in spot.page.items[comma : spot.i]):
            yield comma
    if spot.page.word(spot.i - 2) == "and" and kind_of([spot.before()], False) == "" and spot.before() not in LINKING:
        yield spot.i - 2  # "arrested and beat six men"
    place = _past_place(spot)
    if place:
        yield place
    for back in range(reach):
        if back and spot.page.word(spot.i - back) not in LINKING:
            return
        yield spot.i - back


def object_before(spot: Spot, strong: bool = False) -> Reading | None:
    """An active verb right before the number: "killing at least 12", "wounded another 12"."""
    kind = _kind_before(spot) if spot.noun.bare and not spot.noun.kind else ""
    for at in _starts(spot, 4):
        found = object_of(spot, at, kind, strong) or (object_of(spot, at, "", strong) if kind else None)
        if found:
            return found
    return None


def object_of(spot: Spot, at: int, kind: str = "", strong: bool = False) -> Reading | None:
    """The measure by an active verb that ends right before item `at`."""
    ending = spot.page.ending.get(at, ())
    if spot.noun.bare and len(ending) > 1:  # "has buried six": people, where nothing tells
        ending = sorted(ending, key=lambda cue: cue.rule.counts != "people")
        strong = strong and ending[0].rule.counts != "people"
    for cue in ending:
        if cue.slot != "active" or (strong and not cue.rule.strong) or _passive_here(spot.page, cue):
            continue
        if spot.page.item(cue.start - 1).q >= 0 and spot.page.quantities[spot.page.item(cue.start - 1).q].unit is None:
            continue  # "60 wounded and 12 prisoners"
        if suits(spot, cue.rule, kind):
            return Reading(cue.rule.measure, f"{cue.rule.name}.object")
    return None


def _passive_here(page: Page, cue: Cue) -> bool:
    """ "was captured 12 days later": no object."""
    return page.word(cue.start - 1) in BE and not page.word(cue.start).endswith("ing")


def _kind_before(spot: Spot) -> str:
    """What the number before counts, for a bare one: "destroyed 3 tanks and captured 2"."""
    for k in range(spot.q - 1, max(-1, spot.q - 4), -1):
        noun = noun_phrase(spot.page, k)
        if noun.kind and spot.page.quantities[k].unit is None:
            return noun.kind
    return ""


def _around(spot: Spot) -> Reading | None:
    """A verb with words of it behind the number: "put 17 tanks out of action", "cost 17 people their lives"."""
    best: Cue | None = None
    for at in range(spot.i, max(-1, spot.i - AROUND), -1):
        for cue in spot.page.starting.get(at, ()):
            here = cue.slot == "around" and cue.end > spot.i and suits(spot, cue.rule)
            here = here and (at < spot.i or not spot.page.word(cue.end)[:1].isalpha() or _closes(spot.page, cue.end))
            best = cue if here and (best is None or cue.end > best.end) else best
    return Reading(best.rule.measure, f"{best.rule.name}.around") if best else None


def _closes(page: Page, i: int) -> bool:
    """Whether no noun follows: "3,000 strong is marching", not "three strong explosions"."""
    word = page.word(i)
    return word in AUX or word in PREPOSITIONS or word in CONJUNCTIONS or word in VERBS


def _taken(spot: Spot) -> Reading | None:
    """ "took nine of them alive", "taking 40 men prisoner"."""
    if spot.before() not in TAKING:
        return None
    behind = spot.page.lowers(spot.noun.end - 1, spot.noun.end + 2)
    return None if CAPTIVE.isdisjoint(behind) else Reading("detained", "detained.taken")


def phrase_before(spot: Spot, of: bool = False) -> Reading | None:
    """A phrase right before the number: "a population of 12,000", "the loss of 12 men"; `of` asks for these first."""
    for at in _starts(spot, 3):
        for cue in spot.page.ending.get(at, ()):
            if cue.slot != "before" or not suits(spot, cue.rule):
                continue
            if of and (cue.rule.measure not in OF_FIRST or spot.page.word(cue.end - 1) != "of"):
                continue
            if cue.rule.before_needs and cue.rule.before_needs.isdisjoint(spot.page.words):
                continue
            if cue.rule.name == "residents" and spot.least < SMALL_PLACE:
                continue
            if cue.rule.name == "missing" and verb_behind(spot, only="detained"):
                continue  # "the whereabouts of seven men, kidnapped in May"
            return Reading(cue.rule.measure, f"{cue.rule.name}.before")
    return None


def _far_object(spot: Spot) -> Reading | None:
    """The verb of a list that the number does not begin: "damaged housing and 9 schools", "lost in a day: 640 men"."""
    if spot.before() == ":":
        for at in range(spot.i - 1, max(0, spot.i - BEFORE_REACH - 1), -1):
            found = object_of(spot, at)
            if found or spot.page.items[at].q >= 0:
                return found
    at = _list_start(spot)
    return object_of(spot, at) if at else None


def _inverted(spot: Spot) -> Reading | None:
    """ "With him died 12 of his men": the verb before its subject."""
    if spot.noun.kind != "people":
        return None
    for cue in spot.page.ending.get(spot.i, ()):
        if cue.slot == "intransitive" and cue.rule.measure in INVERTED and suits(spot, cue.rule):
            return Reading(cue.rule.measure, f"{cue.rule.name}.inverted")
    return None


def _list_start(spot: Spot) -> int:
    """The item behind the verb of "damaged housing and 1,900 schools"; 0 if there is none."""
    page, i = spot.page, spot.i
    while i > 3 and page.word(i - 1) in DETERMINERS:
        i -= 1
    if page.word(i - 1) == "as" and page.word(i - 2) == "well":
        i -= 2
    elif i < 3 or page.word(i - 1) not in ("and", ","):
        return 0
    for at in range(i - 1, max(0, i - BEFORE_REACH), -1):
        if at < i - 1 and any(cue.slot == "active" for cue in page.ending.get(at, ())):
            return at
        word = page.word(at - 1)
        named = word in PREPOSITIONS and page.item(at).text[:1].isupper()  # "took Halim on Tuesday and 30 villages"
        stops = word in PREPOSITIONS and not named and word != "of"  # "killed one of our brothers and nine men"
        if page.item(at - 1).q >= 0 or word in AUX or word in STOP_MARKS or stops or word in RELATIVES:
            return 0
    return 0
