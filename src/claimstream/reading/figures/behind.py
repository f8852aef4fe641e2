"""The verb behind what is counted: "12 people, most of them children, were killed"."""

from __future__ import annotations

from typing import NamedTuple

from claimstream.reading.figures.measures import Cue, Rule, fits
from claimstream.reading.figures.nouns import Spot, fronts
from claimstream.reading.figures.page import Page, takes_object
from claimstream.reading.figures.words import (
    ADVERBS,
    AUX,
    BE,
    CONJUNCTIONS,
    COPULAS,
    DETERMINERS,
    POSSESSIVES,
    PREPOSITIONS,
    RELATIVES,
    SPEECH,
    STOP_MARKS,
    SUBORDINATORS,
    UNREAL,
    VERBS,
    words,
)

REACH = 22
"""How many items behind the noun its verb is looked for."""
OBJECT_RELATIVES = frozenset(["that", "which", "whom"])
SUBJECTS = frozenset(["they", "he", "she", "it", "we"])
RESULT = words("result")
IN_PHRASE = words("in_phrase")
JOINT_SLOTS = frozenset(["passive", "heads", "state"])


class Reading(NamedTuple):
    """What a number measures, by which rule, and whether the figure is whole (not part of another)."""

    measure: str
    rule: str
    total: bool = True


def suits(spot: Spot, rule: Rule, kind: str = "") -> bool:
    """Whether the rule may measure what is counted here."""
    noun = spot.noun
    if rule.name == "forces" and noun.words and not noun.kind:
        return False  # "two prongs", of which nobody knows that they are men
    return fits(rule, noun.kind or kind, list(noun.words), noun.hint) and needed(spot.page, rule)


def needed(page: Page, rule: Rule) -> bool:
    """Whether the sentence has one of the words without which the rule is silent."""
    return not rule.needs or not rule.needs.isdisjoint(page.words) or not rule.needs.isdisjoint(page.before)


def casualties(page: Page, begin: int, end: int) -> Reading | None:
    """ "killed and wounded", "dead or injured" at items [begin, end]: both together."""
    for i in range(begin, end + 1):
        for cue in page.starting.get(i, ()):
            joint = cue.rule.name == "casualties" and cue.end - cue.start > 1 and cue.slot in JOINT_SLOTS
            if joint and (cue.slot != "passive" or not takes_object(page, cue.end)):
                return Reading("casualties", "casualties.both")
    return None


def in_phrase(spot: Spot) -> bool:
    """Whether the number stands in a phrase of place or agent ("in nine townships"): no subject of the verb behind."""
    before = spot.before()
    if before == "of" and spot.q and spot.i - spot.page.places[spot.q - 1] < 5 and spot.behind(1) != "whom":
        return True
    return before in IN_PHRASE and spot.behind() not in RELATIVES


def _fronted_whole(spot: Spot) -> bool:
    """ "Of the 94 passengers, 31 drowned": the verb is said of the part behind the comma."""
    page, k = spot.page, spot.i - 1
    while k > 0 and page.word(k) in DETERMINERS:
        k -= 1
    return page.word(k) == "of" and page.word(k - 1) in ("", "out", ",", ";", "and", "that", "“", '"')


class _Walk:
    """What was seen on the way from a noun to its verb."""

    def __init__(self, result: bool) -> None:
        self.finite = result  # an auxiliary or copula, or "left" before the number
        self.predicated = False  # the same, but behind the noun
        self.verb = self.unreal = self.relative = self.main = False
        self.commas = 0

    def see(self, word: str) -> None:
        """Takes a word in that does not end the search."""
        self.relative = self.relative or word in ("who", "which")
        if word in AUX or word in COPULAS:
            self.finite = self.predicated = True
            self.unreal = word in UNREAL or (self.unreal and word not in ("have", "had"))


def verb_behind(spot: Spot, only: str = "", finite: bool = False) -> Reading | None:
    """The verb behind the counted noun: "12 people, most of them children, were killed".

    `only` looks for one measure; `finite` for a verb with an auxiliary, behind a participle that only describes.
    """
    page, end = spot.page, spot.noun.end
    walk = _Walk(spot.before() in RESULT)
    first: Reading | None = None
    resumed = _past_tellers(page, end)
    for j in range(end, min(len(page.items), end + REACH)):
        if j < resumed:
            continue
        if page.word(j) == "," and first is None and not walk.finite and not walk.commas:
            resumed = _resumed(spot, j)
        cue = _verb_cue(spot, j, walk, only)
        if cue is not None:
            if walk.unreal:
                return first  # "could be killed", "will be freed": not yet so
            reading = casualties(page, j, j) or Reading(cue.rule.measure, f"{cue.rule.name}.verb")
            describes = page.word(j).endswith("ing") or cue.rule.describes or walk.relative
            if j == end and page.word(j) in PREPOSITIONS and not finite:
                died = verb_behind(spot, only="killed", finite=True)
                return died or reading  # "four of those in hospital have died"
            ongoing = describes and reading.measure not in ("killed", "casualties")
            inner = describes and walk.relative and not walk.main and _goes_on_behind(page, cue.end)
            if (walk.finite and not (ongoing and inner)) or not ongoing:
                if finite and not (walk.finite or page.word(j) in AUX):
                    return None
                return reading if first is None or walk.finite else first
            first = first or reading
        told = cue is not None and cue.slot == "intransitive" and walk.relative  # "tanks that took part in it were hit"
        if not told and _ends(spot, j, walk):
            return first or (None if only or finite else _and_then(spot, j, walk))
        walk.main = walk.main or (first is not None and page.word(j) in AUX and page.word(j - 1) not in CONJUNCTIONS)
        walk.see(page.word(j))
    return first


def _past_tellers(page: Page, end: int) -> int:
    """The auxiliary behind those who tell of the counted: "23 people who they say were killed"; `end` where none do."""
    start = end + (page.word(end) in RELATIVES)
    for k in range(start + 1, start + 5):
        if page.word(k) in SPEECH and page.word(k + 1) in AUX:
            return k + 1
        if page.word(k) in AUX or page.word(k) in STOP_MARKS or page.word(k) in (",", "") or page.item(k).q >= 0:
            break
    return end


def _and_then(spot: Spot, j: int, walk: _Walk) -> Reading | None:
    """What became of those who did something first: "55 soldiers accepted the offer and laid down their arms"."""
    page = spot.page
    if page.item(j).q >= 0 or page.word(j) in STOP_MARKS or walk.commas or not page.has_cue(j, "active"):
        return None
    for k in range(j + 1, min(len(page.items), j + THEN)):
        if page.items[k].q >= 0 or page.word(k) in STOP_MARKS or page.word(k) == ",":
            return None
        if page.word(k) != "and":
            continue
        at = k + 1
        while page.word(at) in AUX or page.word(at) in ADVERBS or page.word(at).endswith("ly"):
            at += 1
        slots = ("passive",) if at > k + 1 else ("intransitive",)
        for cue in page.starting.get(at, ()):
            if cue.slot in slots and cue.rule.measure in THEN_MEASURES and suits(spot, cue.rule):
                return Reading(cue.rule.measure, f"{cue.rule.name}.verb")
        return None
    return None


THEN = 12
"""How many items behind the first verb of a subject its second may stand."""
THEN_MEASURES = frozenset(["killed", "wounded", "detained", "surrendered"])
INSERTED = 14
"""How many items a clause may have that is put in between a noun and its verb."""
MAIN_REACH = 6
"""How many items behind the verb of a relative clause the verb of the sentence may stand."""


def _goes_on_behind(page: Page, end: int) -> bool:
    """Whether another verb follows a relative clause: "ten men who had been sent to the hill are missing"."""
    for k in range(end, end + MAIN_REACH):
        word = page.word(k)
        if word in STOP_MARKS or word in SUBORDINATORS or word in CONJUNCTIONS or word in ("", ",", "."):
            return False
        if word in BE or word in ("have", "has", "had"):
            return True
    return False


def _resumes(page: Page, i: int) -> int:
    """Where the verb stands behind a clause that is put in: "12 people, of whom three were children, were killed"."""
    reach = range(i + 1, i + INSERTED)
    return next((k for k in reach if page.word(k - 1) == "," and (page.word(k) in AUX or page.word(k) in FELL)), 0)


FELL = frozenset(["lay", "died", "drowned", "perished", "fell", "fled", "vanished", "starved"])
"""Verbs without an auxiliary that tell what became of people."""
OF_ALL = frozenset(["all", "most", "many", "some", "both", "none", "among"])
"""Words that open what is said of those counted by the way: "all of them farmers as far as he could tell"."""


def _resumed(spot: Spot, j: int) -> int:
    """Past plain words that are put in behind comma `j`: "12 people, guards as well as guests, were killed"."""
    page, end = spot.page, _resumes(spot.page, j + 1)
    within = page.lowers(j + 1, end - 1)
    plain = (AUX - POSSESSIVES | SPEECH).isdisjoint(within) or within[0] in OF_ALL or within[0] in OBJECT_RELATIVES
    plain = plain and page.item(j + 1).q < 0
    return end if end and plain and "," not in within else 0


def _ends(spot: Spot, j: int, walk: _Walk) -> bool:
    """Whether the search for the verb of the counted noun ends at item `j`."""
    page, word, follow = spot.page, spot.page.word(j), spot.page.word(j + 1)
    if word in STOP_MARKS or (word in SPEECH and not walk.finite):
        return True
    if word in ("after", "before", "since") and page.word(j - 1) == ",":
        return True  # "has reached 216, after 12 people were killed"
    if word == "as":
        return j > spot.noun.end and not (walk.commas == 1 and not walk.finite and _resumes(page, j))
    if word in PREPOSITIONS and word != "of" and follow in ("which", "whose") and j > spot.noun.end + 1:
        return True  # "1,900 men in the valley under the pact of the war, in which 6,000 died"
    if word == "of" and follow == "whom" and page.item(j + 2).q >= 0 and not _resumes(page, j + 2):
        return True  # "1,500 men tried to break out, of whom 586 were killed"
    if word in SUBORDINATORS and word not in RELATIVES and not (word == "where" and follow in ("they", "all", "most")):
        return True
    if word == ",":
        joined = j + 1 + (follow in CONJUNCTIONS)
        if page.item(joined).q >= 0 and not walk.finite and spot.noun.part and spot.q:
            return True  # "nine died, five of them policemen, and 42 are hurt"
        if page.item(j + 1).q >= 0 and not walk.finite:
            return _fronted_whole(spot)  # a list: "151 tanks, three aircraft, eight guns and 47 lorries were destroyed"
        walk.commas += 1
        return walk.commas > 2 or walk.finite
    if page.items[j].q >= 0:
        if not spot.q and fronts(page):
            return True  # "Of the town's 640 houses 200 were burnt"
        return walk.predicated or (follow == "of" and page.word(j + 2) == "whom" and page.word(j + 3) in AUX)
    walk.verb = walk.verb or word in VERBS or word.endswith("ed")
    if word in CONJUNCTIONS:
        return follow in (",", "that") or ((walk.predicated or walk.verb) and page.item(j + 1).q >= 0)
    if word in AUX or word in COPULAS or walk.finite or (j == spot.noun.end and word in RELATIVES):
        return False
    return page.has_cue(j, "active") and takes_object(page, j + 1)  # the counted did it, to others


def _verb_cue(spot: Spot, j: int, walk: _Walk, only: str) -> Cue | None:
    """The cue at item `j` that can say what became of the counted; the longest."""
    best: Cue | None = None
    for cue in spot.page.starting.get(j, ()):
        if cue.slot == "active" and not _of_object(spot, cue):
            continue
        if cue.slot not in ("passive", "intransitive", "state", "active") or (only and cue.rule.measure != only):
            continue
        if spot.page.word(cue.end) == ":" and spot.page.word(j - 1) in (",", ";") and cue.end == j + 1:
            continue  # "Dead: 41, wounded: 96"
        if cue.rule.counts == "things" and spot.noun.bare and spot.noun.hint == "people":
            continue
        if cue.rule.counts == "people" and spot.noun.words == ("others",) and spot.noun.hint == "things":
            continue
        if not suits(spot, cue.rule) or (cue.slot != "intransitive" and not _predicates(spot, cue, walk)):
            continue
        if best is None or _closer(cue, best):
            best = cue
    if best is not None and best.rule.measure == "residents":
        place = _verb_cue(spot, best.end - 1, walk, only) if best.end - best.start > 1 else None
        return place or best  # "remain in intensive care": the place says more than the verb
    return best


def _of_object(spot: Spot, cue: Cue) -> bool:
    """ "12 tanks that his men had taken", "40,000 whom the war drove out": the counted is the object of the clause."""
    page, end = spot.page, spot.noun.end
    end = end + 1 if page.word(end) == "," else end
    gap = page.word(end) in OBJECT_RELATIVES and cue.start - end > 2 and page.word(end + 1) not in AUX
    contact = page.word(end) in SUBJECTS and 0 < cue.start - end < 4  # "the 30 nuns they had seized"
    return (gap or contact) and not takes_object(page, cue.end)


def _closer(cue: Cue, best: Cue) -> bool:
    """Whether a cue tells more than another at the same place: it is longer, or its rule names the noun."""
    longer = cue.end - best.end
    return longer > 0 or (not longer and bool(cue.rule.nouns) and not best.rule.nouns)


BOTH_WAYS = words("both_ways")
"""Participles that mean the same of those who did and those to whom it was done."""


def _perfect(page: Page, j: int) -> bool:
    """Whether "have", "has" or "had" stands right before the participle, but for adverbs: the active voice."""
    k = j - 1
    while page.word(k) in ADVERBS or page.word(k).endswith("ly"):
        k -= 1
    return page.word(k) in ("have", "has", "had")


def _predicates(spot: Spot, cue: Cue, walk: _Walk) -> bool:
    """Whether a participle or adjective at a distance is said of the counted noun."""
    page, j, end = spot.page, cue.start, spot.noun.end
    active = takes_object(page, cue.end) and PREPOSITIONS.isdisjoint(page.lowers(max(j + 1, cue.end - 3), cue.end))
    active_voice = _perfect(page, j) and page.word(j) not in BOTH_WAYS and "been" not in page.lowers(j, cue.end)
    if cue.slot == "active":
        return True
    if cue.slot == "passive" and active_voice and not _of_object(spot, cue):
        return False  # "50 countries have sent help": they did it
    if cue.slot == "state":
        apart = page.word(j - 1) == "," and j - 1 <= end + 4
        return (walk.finite or apart) and not active
    if active:  # "were killed 12 miles away" is passive although a number follows
        return page.item(cue.end).q >= 0 and not BE.isdisjoint(page.lowers(j - 3, j))
    listed = page.sentence.title is True and page.item(end + 1).q >= 0  # "Four soldiers, 30 rebels killed in raid"
    return walk.finite or j == end or listed or "," not in page.lowers(end, j)
