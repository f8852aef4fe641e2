"""Numbers in frames of counting: tolls, labels, estimates, predicates.

"The death toll rose to 22", "killed: 12", "the dead include 9 children", "put the attackers at 100", "those who died in
it were 15 guards".
"""

from __future__ import annotations

from collections.abc import Iterator

from claimstream.lexicon import load
from claimstream.reading.figures.behind import INSERTED, Reading, suits
from claimstream.reading.figures.measures import Cue, fits, kind_of
from claimstream.reading.figures.nouns import Spot
from claimstream.reading.figures.page import Page
from claimstream.reading.figures.sheet import Sheet
from claimstream.reading.figures.words import AUX, BE, COUNTED, DETERMINERS, PREPOSITIONS, SPEECH, measures, words

WINDOW = 24
"""How many items before the number its count noun is looked for."""
COUNT_NOUNS = words("count_nouns")
BANDS = frozenset([*load("measures")["nouns"]["bands"].split(), "bands", "gangs", "army", "garrison"])
ARMED = frozenset(load("measures")["nouns"]["armed"].split())
PLAIN = words("plain_people")
COUNT_LINKS = words("count_links")
VERB_QUALIFIERS = words("verb_qualifiers")
TOLL_MEASURES = measures("tolls")
PEOPLES = measures("remembered")
LABEL_LINKS = words("label_links")
NUMBERED = words("numbered")
ESTIMATES = words("estimates")
CASES = words("cases")
CASES_RULE = "cases.label"
NO_DISEASE = PREPOSITIONS | DETERMINERS | AUX
OPENING = frozenset(["also", "but", "and", "reported", "among"])
POPULATIONS = words("populations")
POPULATION_LINKS = words("population_links")


def cues_in(page: Page, start: int, end: int) -> Iterator[Cue]:
    """The cues that begin at items [start, end), of people and things that are counted."""
    for k in range(max(0, start), end):
        for cue in page.starting.get(k, ()):
            if cue.rule.measure in COUNTED:
                yield cue


def toll(sheet: Sheet, spot: Spot) -> Reading | None:
    """ "the death toll rose to 22", "put the number of people killed at 22", "toll now 16"."""
    page, i = spot.page, spot.i
    for j in range(i - 1, max(-1, i - 1 - WINDOW), -1):
        word = page.word(j)
        if word in (";", ".", "!", "?"):
            return None
        if word in COUNT_NOUNS:
            return _count(sheet, spot, j) if _linked(spot, j) else None
    return None


def population(spot: Spot) -> Reading | None:
    """ "The population, which by his count numbers 900", "a population that she puts, with the camps, at 50,000"."""
    page, i = spot.page, spot.i
    if not spot.noun.bare or spot.before() not in POPULATION_LINKS:
        return None
    for j in range(i - 1, max(-1, i - 1 - WINDOW), -1):
        if (page.items[j].q >= 0 and page.word(j - 1) != "from") or page.word(j) in (";", ".", "!", "?"):
            return None
        if page.word(j) in POPULATIONS:
            return Reading("residents", "residents.count")
    return None


def announced(spot: Spot) -> Reading | None:
    """ "The dead are still being added up: 192 soldiers", "It showed what was handed over: 22 lorries"."""
    page = spot.page
    if spot.before() != ":":
        return None
    for k in range(spot.i - 2, max(-1, spot.i - 14), -1):
        if page.items[k].q >= 0 or page.word(k) in (";", ".", ":"):
            return None
        for cue in cues_in(page, k, k + 1):
            opens = page.word(k - 1) in DETERMINERS and page.word(cue.end) in BE
            said = cue.slot == "heads" and (opens if k else spot.noun.bare)  # "Bodies keep arriving: 12 on Monday"
            done = cue.slot == "passive" and (not k or page.word(k - 1) in BE)
            if (said or done) and suits(spot, cue.rule):
                return Reading(cue.rule.measure, f"{cue.rule.name}.label")
    return None


HERE = frozenset(["there", "here", "so", "yesterday", "today", "alone"])
IN_ALL = (["in", "all"], ["in", "total"], ["all", "told"])


def apposed(spot: Spot) -> Reading | None:
    """ "The raids, 18 in all, hit three towns": the noun before the comma tells."""
    page, i = spot.page, spot.i
    counted = spot.q and i - page.places[spot.q - 1] < 5  # "16 missing, 102 in all" sums up
    if counted or spot.before() != "," or not (page.lowers(i + 1, i + 3) in IN_ALL or page.word(i + 1) == "altogether"):
        return None
    for cue in page.ending.get(i - 1, ()):
        if cue.slot in ("heads", "default", "state") and cue.rule.measure in COUNTED:
            return Reading(cue.rule.measure, f"{cue.rule.name}.label")
    return None


def titled(spot: Spot) -> Reading | None:
    """ "People reached with aid: 6.5 million", "Mission strength: 7,350 troops, 214 police": the label tells."""
    page, colon = spot.page, spot.i - 1
    while colon > 0 and page.word(colon) != ":" and spot.i - colon < WINDOW:
        colon -= 1
    if page.word(colon) != ":" or not colon:
        return None
    start = colon
    while start > 0 and page.word(start - 1) not in (".", ";", "•", "|", "–", "-") and page.items[start - 1].q < 0:
        start -= 1
    label = page.lowers(start, colon)
    if not label or len(label) > LABEL or not SPEECH.isdisjoint(label) or not BE.isdisjoint(label):
        return None
    best: Cue | None = None
    for cue in (cue for k in range(start, colon) for cue in page.starting.get(k, ())):
        if cue.slot not in RANKS or not fits(cue.rule, spot.noun.kind, list(spot.noun.words)):
            continue
        best = cue if best is None or RANKS.index(cue.slot) < RANKS.index(best.slot) else best
    return Reading(best.rule.measure, f"{best.rule.name}.label") if best else None


LABEL = 9
"""How many items a label may have."""
RANKS = ("heads", "state", "passive", "intransitive", "active", "default", "around")
"""The slots of cues in a label, the surest first."""


WHOSE = 8
"""How many items before "whose number" those counted are looked for."""


def _exceeds(spot: Spot) -> bool:
    """Whether the qualifier is a verb: "the toll passed 300", "its dead do not exceed 200"."""
    return not VERB_QUALIFIERS.isdisjoint(spot.quantity.words.lower().split())


def _linked(spot: Spot, j: int) -> bool:
    """Whether the number is tied to the count noun at item `j`: "toll 16", "toll passes 300", "toll ... rose to 22"."""
    link = spot.before(2) if spot.before() in DETERMINERS else spot.before()
    verb = _exceeds(spot)
    apposed = j == spot.i - 2 and spot.before() == ","  # "the toll, 12 on Monday, had reached 31"
    return j == spot.i - 1 or apposed or verb or link in COUNT_LINKS


def _count(sheet: Sheet, spot: Spot, j: int) -> Reading | None:
    """What the count noun at item `j` counts: by its words, else death for a toll, else what was spoken of."""
    page, noun = spot.page, spot.page.word(j)
    is_toll = noun in ("toll", "tolls")
    for cue in sorted(cues_in(page, j - 2, spot.i), key=lambda cue: cue.slot == "default"):
        if cue.slot in ("active", "before") or (cue.slot == "default" and cue.start < j):
            continue
        counted = [word for word in page.lowers(j + 1, cue.start) if word not in DETERMINERS]
        if cue.slot == "state":
            counted += page.lowers(cue.end, cue.end + 2)  # "the number of damaged houses"
        if cue.slot == "heads":
            counted += page.lowers(cue.start, cue.end)
        kind = kind_of(counted, False)
        if (cue.rule.counts == "things" and not kind) or (cue.rule.measure == "strikes" and kind == "people"):
            continue
        if (not is_toll or cue.rule.measure in TOLL_MEASURES) and fits(cue.rule, kind, counted):
            return Reading(cue.rule.measure, f"{cue.rule.name}.count")
    if is_toll:
        return Reading("killed", "killed.toll")
    if page.word(j - 1) == "whose":  # "the displaced, whose number does not exceed 900"
        named = [cue for cue in cues_in(page, j - WHOSE, j - 1) if cue.slot in ("heads", "state", "default")]
        if named:
            return Reading(named[-1].rule.measure, f"{named[-1].rule.name}.count")
        bands = not (ARMED | BANDS).isdisjoint(page.lowers(j - WHOSE, j - 1))
        return Reading("forces", "forces.count") if bands else None
    people = _people(sheet, page.lowers(j + 1, j + 6)) if page.word(j + 1) == "of" else ""
    if people:
        return Reading(people, f"{people}.count")
    if not spot.noun.bare and spot.noun.words != ("names",):
        return None
    if page.lowers(j + 1, j + 3) in (["of", "those"], ["of", "people"]):
        return None  # who they are is said, and it is not what was counted before
    measure = sheet.topic(spot.q)
    if (
        page.word(j + 1) == "of"
        and measure in PEOPLES | {"strikes"}
        and kind_of(page.lowers(j + 2, j + 4), False) == "things"
    ):
        measure = "other"  # "the number of towns that have joined": no people
    return Reading(measure, f"{measure}.count") if measure else None


def _people(sheet: Sheet, said: list[str]) -> str:
    """What a count of people without a fate is: "the number of civilians in the zone", "of gunmen"; "" for others."""
    if not ARMED.isdisjoint(said):
        return "forces"
    if PLAIN.isdisjoint(said):
        return ""
    return "besieged" if sheet.memory.siege or sheet.memory.siege_here else "residents"


def labelled(spot: Spot) -> Reading | None:
    """ "that of the injured 374", "killed: 12", "the dead include 9 children", "of the deaths, 17 were in Halim"."""
    page, i = spot.page, spot.i
    while i > 1 and page.word(i - 1) in DETERMINERS and page.word(i - 2) in LABEL_LINKS:
        i -= 1
    at = i
    while at > 0 and i - at < 3 and page.word(at - 1) in LABEL_LINKS:
        at -= 1
    exceeds = _exceeds(spot)
    exceeds = exceeds and COUNT_NOUNS.isdisjoint(page.lowers(0, i))
    linked = at < i or exceeds
    if exceeds or (linked and (page.word(at) in NUMBERED or page.word(at) in BE)):
        at = _head_end(page, at)
    comma = not linked and at > 2 and page.word(at - 1) == ","
    for cue in page.ending.get(at - 1 if comma else at, ()):
        named = cue.slot in ("heads", "state") or (cue.slot == "passive" and spot.before() in BE)
        named = named or _strength(spot, cue)
        if named and cue.rule.measure in COUNTED and _labels(spot, cue, linked, comma):
            among = page.word(cue.start - 1) == "the" and page.word(cue.start - 2) == "among"
            part = comma or spot.before().startswith("includ") or among
            return Reading(cue.rule.measure, f"{cue.rule.name}.label", not part)
    at = i
    while page.word(at - 1) in AUX:
        at -= 1
    subject = page.word(at - 1)
    if exceeds and spot.noun.bare and subject.endswith("s") and kind_of([subject], False):
        return Reading("other", "other.label")  # "cholera cases have passed 50,000"
    return None


def sick(spot: Spot) -> Reading | None:
    """ "Cholera cases have reached 1,900", "the number of confirmed infections stands at 40"."""
    page, i = spot.page, spot.i
    at = i - 1
    while at > 0 and i - at < LABEL and (page.word(at) in AUX or page.word(at) in COUNT_LINKS or page.word(at) in HERE):
        at -= 1
    if not spot.noun.bare or (at == i - 1 and not _exceeds(spot)):
        return None
    for k in range(at, max(-1, i - WINDOW), -1):
        if page.items[k].q >= 0 or page.word(k) in (";", ".", ":", ",") or page.word(k) in SPEECH:
            return None
        if page.word(k) in CASES:
            return Reading("other", CASES_RULE)
    return None


def sick_of(spot: Spot) -> str:
    """The words of such a label that name the disease: "cholera cases", "cases of measles"."""
    page = spot.page
    k = next((k for k in range(spot.i - 1, -1, -1) if page.word(k) in CASES), -1)
    if k < 0:
        return ""
    begin = k
    while begin and k - begin < 2 and page.word(begin - 1)[:1].isalpha() and page.word(begin - 1) not in NO_DISEASE:
        begin -= 1
    end = k + 2 if page.word(k + 1) == "of" else k
    return page.sentence.text[page.items[begin].start : page.items[end].end]


def _strength(spot: Spot, cue: Cue) -> bool:
    """ "Its troops in the valley are now 3,500", "the prisoners taken so far number 612": how many they are."""
    are = not (BE | NUMBERED).isdisjoint((spot.before(), spot.before(2)))
    return are and spot.noun.bare and spot.least >= STRENGTH and _body(cue)


def _body(cue: Cue) -> bool:
    """Whether the cue names people of whom one says how many they are: troops, prisoners, refugees."""
    return cue.slot == "default" and cue.rule.measure in ("forces", "detained", "displaced")


STRENGTH = 20
"""From this many on "the troops are N" tells their strength."""


def _labels(spot: Spot, cue: Cue, linked: bool, comma: bool) -> bool:
    """Whether the cue names what the number counts, by what stands before it."""
    before = spot.page.word(cue.start - 1)
    if comma:
        return before in ("the", "those") and spot.page.word(cue.start - 2) == "of"
    if linked:
        return before not in AUX
    return spot.noun.bare and before in ("the", "of", "", ",", "and", ";")


def _head_end(page: Page, at: int) -> int:
    """The end of the head noun of "the martyrs of the operation" before item `at`."""
    for k in range(at, max(0, at - 9), -1):
        ending = page.ending.get(k, ())
        heads = any(cue.slot == "heads" or _body(cue) for cue in ending)
        said = page.word(k) in PREPOSITIONS or page.word(k) in HERE or page.has_cue(k, "passive")
        if heads and k < at and said:
            return k
        if page.item(k - 1).q >= 0 or not page.word(k - 1)[:1].isalnum():
            break
    return at


def put_at(sheet: Sheet, spot: Spot) -> Reading | None:
    """ "put the attackers at about 100", "puts at 36,000 the number of people who fled"."""
    page, i = spot.page, spot.i
    between = spot.quantity.words.lower().startswith("between")  # "put the dead between 110 and 150"
    if spot.before() not in ("at", "to") and not between:
        return None
    if page.word(i + 1) == "the" and page.word(i + 2) in COUNT_NOUNS and page.word(i + 3) in ("of", "that", "who"):
        end = next((k for k in range(i + 3, i + 16) if page.word(k) == ","), i + 16)
        said = [cue for cue in cues_in(page, i + 3, i + 16) if cue.slot not in ("active", "before")]
        counted = page.lowers(i + 4, i + 7)
        kind = kind_of(counted, False)
        said = [cue for cue in said if (cue.start < end or cue.slot != "default") and fits(cue.rule, kind, counted)]
        named = min(said, key=lambda cue: (cue.start >= end, cue.slot == "default"), default=None)
        if named:
            return Reading(named.rule.measure, f"{named.rule.name}.count")
        topic = "killed" if page.word(i + 2) == "toll" else sheet.topic(spot.q)
        return Reading(topic, f"{topic}.count") if topic else None
    if spot.before() == "to":
        return None
    begin = i - 1 if between else i - 2
    if page.word(begin) == ",":  # "put the dead at Halim, where the rebels spoke of 82, at nine"
        begin = next((k for k in range(begin - 1, max(-1, begin - INSERTED), -1) if page.word(k) == ","), begin)
    for j in range(begin, max(-1, begin - 12), -1):
        if page.items[j].q >= 0 or page.word(j) in (";", ".", ":"):
            return None
        if page.word(j) in ESTIMATES:
            said = [c for c in cues_in(page, j + 1, i) if c.slot in ("heads", "state", "default", "passive")]
            named = next((c for c in said if c.slot != "default"), said[0] if said else None)
            if named is None and page.word(j - 1) in BE:  # "the dead of the brigade are put at 200"
                named = next((c for c in cues_in(page, j - 10, j) if c.slot in ("heads", "state")), None)
            return Reading(named.rule.measure, f"{named.rule.name}.count") if named else None
    return None


def predicate(spot: Spot) -> Reading | None:
    """ "those who perished in it were 15 guards"."""
    page, i = spot.page, spot.i
    if spot.before() not in BE:
        return None
    for k in range(i - 2, max(0, i - 12), -1):
        if page.items[k].q >= 0 or page.word(k) in (",", ";", ":"):
            return None
        for cue in cues_in(page, k, k + 1):
            if cue.slot in ("intransitive", "passive") and {"those", "who"} & set(page.lowers(k - 5, k)):
                return Reading(cue.rule.measure, f"{cue.rule.name}.predicate")
    return None


def participle_first(spot: Spot) -> Reading | None:
    """ "Destroyed so far are more than 20 lorries", "Also killed was a child; wounded were 12"."""
    page = spot.page
    if spot.before() not in BE:
        return None
    for k in range(spot.i - 2, max(-1, spot.i - 12), -1):
        if page.items[k].q >= 0 or page.word(k) in (",", ":"):
            return None
        opens = not k or (page.word(k - 1) in OPENING and k < 2) or page.word(k - 1) in (";", "“", '"', ".")
        if not opens:
            continue
        for cue in cues_in(page, k, k + 1):
            if cue.slot == "passive" and suits(spot, cue.rule) and page.word(cue.end) != "by":
                return Reading(cue.rule.measure, f"{cue.rule.name}.predicate")
    return None
