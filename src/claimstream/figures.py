"""Figures: which numbers of an article measure the situation, what each measures, of whom, where, over which time.

For each number the rules are asked in order, from the closest words to the farthest: its unit, the words of its noun
phrase ("12 wounded men"), the verb before it ("killing 12"), the verb behind it ("12 people fled"), a frame ("the toll
rose to 12"), another figure that it is a part of or repeats ("12 of them children"), and last the noun alone ("2,000
fighters"). The first that answers decides; its name stands in the mention.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from claimstream import figure_context as context
from claimstream import figure_links as links
from claimstream.figure_parse import (
    AUX,
    BE,
    CONJUNCTIONS,
    COPULAS,
    DETERMINERS,
    MODALS,
    PAST,
    PREPOSITIONS,
    RELATIVES,
    SPEECH,
    STOP_MARKS,
    SUBORDINATORS,
    Layout,
    Noun,
    followed_by_object,
    has_cue,
    layout,
    noun_phrases,
)
from claimstream.figure_links import Reading
from claimstream.figure_units import by_unit
from claimstream.measures import SPEAKERS, Cue, Rule, fits
from claimstream.model import FigureMention, Quantity, Sentence
from claimstream.numbers import scan


class Skipped(NamedTuple):
    """A number that was left alone, and why."""

    words: str
    start: int
    end: int
    reason: str


REACH = 22
"""How many items behind the noun its verb is looked for."""


def read(sentences: Sequence[Sentence]) -> tuple[tuple[FigureMention, ...], ...]:
    """The figures of an article, one tuple for each sentence."""
    return tuple(found for found, _ in explain(sentences))


def explain(sentences: Sequence[Sentence]) -> tuple[tuple[tuple[FigureMention, ...], tuple[Skipped, ...]], ...]:
    """The figures of each sentence, and the numbers that were left alone with the reason."""
    memory = links.Memory()
    places = context.Places(sentences)
    return tuple(_sentence(sentence, memory, places) for sentence in sentences)


def _sentence(
    sentence: Sentence, memory: links.Memory, places: context.Places
) -> tuple[tuple[FigureMention, ...], tuple[Skipped, ...]]:
    numbers = scan(sentence)
    memory.begin(sentence)
    if not numbers:
        return (), ()
    skipped = [_skip(number.quantity, number.reason) for number in numbers if number.reason]
    quantities = tuple(number.quantity for number in numbers if not number.reason)
    if not quantities:
        return (), tuple(skipped)
    page = layout(sentence, quantities)
    nouns = noun_phrases(page)
    readings: list[Reading | None] = [_own(page, q, nouns[q]) for q in range(len(quantities))]
    links.complete(page, nouns, readings, memory)
    for q, noun in enumerate(nouns):
        if readings[q] is None:
            readings[q] = _default(page, q, noun)
    found: list[FigureMention] = []
    time = context.times(sentence)
    for q, reading in enumerate(readings):
        reason = _refuse(page, q, nouns[q], reading)
        if reading is None or reason:
            skipped.append(_skip(quantities[q], reason or "counts nothing that is measured"))
            continue
        found.append(_mention(page, q, nouns[q], reading, places, time))
    memory.end(found)
    return tuple(found), tuple(skipped)


def _skip(quantity: Quantity, reason: str) -> Skipped:
    return Skipped(quantity.words, quantity.start, quantity.end, reason)


def _own(page: Layout, q: int, noun: Noun) -> Reading | None:
    """The measure that the number's own words give."""
    quantity = page.quantities[q]
    unit = by_unit(page, q)
    if unit is not None:
        return Reading(unit.measure, unit.rule) if unit.measure else None
    if quantity.unit not in (None, "families"):
        return None
    strong = _object(page, q, noun, strong=True)
    if strong:
        return strong
    taken = _taken(page, q, noun)
    if taken:
        return taken
    if links.base(page, q):
        return _within(page, q, noun)
    if q + 1 < len(page.quantities) and links.base(page, q + 1):
        whole = _object(page, q, noun, strong=False) or _behind(page, q, noun, finite=True)
        return whole or _behind(page, q, noun) or _within(page, q, noun)
    return (
        _before(page, q, noun, of=True)
        or _within(page, q, noun)
        or _object(page, q, noun, strong=False)
        or _before(page, q, noun)
        or (None if _inside(page, q, noun) else _behind(page, q, noun))
        or _joined_object(page, q, noun)
    )


IN_PHRASE = frozenset(
    "in at across on from inside into near around by against throughout to through under behind over".split()
)


def _inside(page: Layout, q: int, noun: Noun) -> bool:
    """Whether the number stands in a phrase of place or agent ("in nine townships"): no subject of the verb behind."""
    i = page.places[q]
    before = page.items[i - 1].lower if i else ""
    if before == "of" and q and i - page.places[q - 1] < 5:
        return True
    if before not in IN_PHRASE:
        return False
    return not (noun.end < len(page.items) and page.items[noun.end].lower in RELATIVES)


def _within(page: Layout, q: int, noun: Noun) -> Reading | None:
    """A cue in the noun phrase or as its last word: "12 wounded men", "12 dead", "12 people killed in the raid"."""
    begin = noun.start
    both = _both(page, begin, noun.end + 1)
    if both:
        return both
    best: Cue | None = None
    last = noun.end
    while noun.words and last < len(page.items) - 1 and last < noun.end + 3 and page.items[last].lower in STILL:
        last += 1
    for i in [*range(begin, noun.end + 1), *range(noun.end + 1, last + 1)]:
        for cue in page.by_start.get(i, ()):
            if cue.slot == "heads" and i < max(noun.end, begin + 1) and not _stops_before(page, begin, i):
                best = cue if best is None or cue.end - cue.start >= best.end - best.start else best
            elif (
                cue.slot in ("state", "passive")
                and _as_state(page, cue, noun)
                and fits(cue.rule, noun.kind, list(noun.words), noun.hint)
            ):
                best = best or cue
    if best is None or _means(page, noun, best.rule):
        return None
    describes = best.slot == "state" and best.end < noun.end and noun.of_the
    if describes or (best.slot == "passive" and best.start >= noun.end and best.rule.measure not in SETTLED):
        finite = _behind(page, q, noun._replace(end=max(noun.end, best.end)), finite=True)
        if finite:
            return finite
    if best.slot == "heads" and best.rule.measure in ("wounded", "missing"):
        died = _behind(page, q, noun, only="killed")
        if died:
            return died
    return Reading(best.rule.measure, f"{best.rule.name}.noun")


SETTLED = frozenset(["killed", "casualties", "wounded"])
"""Measures that a later verb does not change: "12 men killed in the raid were flown home"."""
STILL = frozenset("still now also already since later currently either".split())


def _stops_before(page: Layout, begin: int, i: int) -> bool:
    return any(page.items[k].lower in AUX or page.items[k].q >= 0 for k in range(begin, i))


def _both(page: Layout, begin: int, end: int) -> Reading | None:
    for i in range(begin, min(end + 1, len(page.items))):
        for cue in page.by_start.get(i, ()):
            if cue.rule.name == "casualties" and cue.slot in ("passive", "heads", "state") and cue.end - cue.start > 1:
                if not (followed_by_object(page, cue.end) and cue.slot == "passive"):
                    return Reading("casualties", "casualties.both")
    return None


def _as_state(page: Layout, cue: Cue, noun: Noun) -> bool:
    """Whether a participle stands as an adjective of the counted noun: before it, or right behind it with no object."""
    if cue.start < noun.end:
        return cue.slot == "state" and cue.start == noun.start or (cue.slot == "state" and cue.end == noun.end)
    if cue.start < noun.end or any(page.items[k].lower not in STILL for k in range(noun.end, cue.start)):
        return False
    if cue.slot == "passive" and noun.bare and not has_cue(page, cue.start, ("state",)):
        return not followed_by_object(page, cue.end)
    return not followed_by_object(page, cue.end)


def _object(page: Layout, q: int, noun: Noun, strong: bool) -> Reading | None:
    """An active verb right before the number: "killing at least 12", "wounded another 12"."""
    kind = noun.kind or (links.kind_before(page, q) if noun.bare else "")
    i = page.places[q]
    for back in range(0, 4):
        at = i - back
        if back and (at < 0 or page.items[at].lower not in LINKING):
            break
        found = links.object_of(page, at, kind, noun, strong)
        if found:
            return found
    return None


def _taken(page: Layout, q: int, noun: Noun) -> Reading | None:
    """ "took nine of them alive", "taking 40 men prisoner"."""
    i = page.places[q]
    if not i or page.items[i - 1].lower not in ("took", "taking", "take", "taken"):
        return None
    behind = {item.lower for item in page.items[noun.end - 1 : noun.end + 2]}
    return (
        Reading("detained", "detained.taken")
        if behind & {"alive", "prisoner", "prisoners", "captive", "hostage"}
        else None
    )


def _joined_object(page: Layout, q: int, noun: Noun) -> Reading | None:
    """The verb of "damaged housing and 1,900 schools", where what stands before "and" bears no number."""
    i = page.places[q]
    if i and page.items[i - 1].lower == ":":
        for at in range(i - 1, max(0, i - 9), -1):
            found = links.object_of(page, at, noun.kind, noun)
            if found or page.items[at].q >= 0:
                return found
    at = _before_joined(page, i)
    return links.object_of(page, at, noun.kind, noun) if at else None


def _before_joined(page: Layout, i: int) -> int:
    """The item behind the verb of "damaged housing and 1,900 schools", from the number at item `i`; 0 if none."""
    while i > 3 and page.items[i - 1].lower in DETERMINERS:
        i -= 1
    last = page.items[i - 1].lower if i else ""
    if last == "as" and i > 3 and page.items[i - 2].lower == "well":
        i -= 2
    elif i < 3 or last not in ("and", ","):
        return 0
    for at in range(i - 1, max(0, i - 8), -1):
        word = page.items[at - 1].lower if at else ""
        if any(cue.slot == "active" and cue.end == at and cue.start < at for cue in page.by_end.get(at, ())):
            return at
        if page.items[at - 1].q >= 0 or word in AUX or word in STOP_MARKS or word in PREPOSITIONS or word in RELATIVES:
            return 0
    return 0


LINKING = DETERMINERS | frozenset(
    "another further also only up as many altogether some about at least more of than other first remaining last".split()
)


OF_FIRST = frozenset(["killed", "wounded", "detained", "displaced", "destroyed"])
"""Measures of which "the X of 12 ..." says more than what the twelve are called ("the bodies of 3 trapped men")."""


def _before(page: Layout, q: int, noun: Noun, of: bool = False) -> Reading | None:
    """A phrase right before the number: "a population of 12,000", "the loss of 12 men"."""
    i = page.places[q]
    for back in range(0, 3):
        at = i - back
        if back and (at < 0 or page.items[at].lower not in LINKING):
            break
        for cue in page.by_end.get(at, ()):
            if of and (cue.rule.measure not in OF_FIRST or page.items[cue.end - 1].lower != "of"):
                continue
            if (
                cue.slot == "before"
                and fits(cue.rule, noun.kind, list(noun.words), noun.hint)
                and links.needs(page, cue.rule)
            ):
                if cue.rule.before_needs and cue.rule.before_needs.isdisjoint(page.words):
                    continue
                if (
                    cue.rule.name == "residents"
                    and (page.quantities[q].low or 0) < 200
                    and (page.quantities[q].high or 0) < 200
                ):
                    continue
                return Reading(cue.rule.measure, f"{cue.rule.name}.before")
    return None


def _behind(page: Layout, q: int, noun: Noun, only: str = "", finite: bool = False) -> Reading | None:
    """The verb behind the counted noun: "12 people, most of them children, were killed".

    `only` looks for one measure; `finite` for a verb with an auxiliary, behind a participle that only describes.
    """
    first: Reading | None = None
    items, j = page.items, noun.end
    seen_aux = page.places[q] > 0 and items[page.places[q] - 1].lower in RESULT
    modal = seen_verb = False
    commas = 0
    while j < len(items) and j - noun.end < REACH:
        item = items[j]
        cue = _verb_cue(page, j, noun, seen_aux, only)
        if cue is not None:
            if modal:
                return first  # "could be killed", "will be freed": not yet so
            both = _both(page, cue.start, cue.start)
            reading = both or Reading(cue.rule.measure, f"{cue.rule.name}.verb")
            if seen_aux or reading.measure in ("killed", "casualties") or not item.lower.endswith("ing"):
                if finite and not seen_aux:
                    return None
                return reading if first is None or seen_aux else first
            first = first or reading
        if item.lower in STOP_MARKS or (item.lower in SPEECH and not seen_aux):
            return first
        they = item.lower == "where" and j + 1 < len(items) and items[j + 1].lower in ("they", "all", "most")
        if item.lower in SUBORDINATORS - RELATIVES - {"as"} and not they or (item.lower == "as" and j > noun.end):
            return first
        if item.lower in CONJUNCTIONS and j + 1 < len(items) and items[j + 1].lower in (",", "that"):
            return first
        if item.lower == ",":
            commas += 1
            if commas > 2 or seen_aux:
                return first
        if item.q >= 0 and seen_aux:
            return first
        seen_verb = seen_verb or item.lower in PAST or (item.lower.endswith("ed") and j >= noun.end)
        if item.lower in CONJUNCTIONS and (seen_aux or seen_verb) and j + 1 < len(items) and items[j + 1].q >= 0:
            return first
        if item.lower in AUX or item.lower in COPULAS:
            seen_aux = True
            modal = item.lower in UNREAL or (modal and item.lower not in ("have", "had"))
        elif _other_verb(page, j, noun, seen_aux):
            return first
        j += 1
    return first


UNREAL = MODALS - {"to"}
RESULT = frozenset(
    "left leaving leaves leave found finding declared pronounced presumed feared reported reports believed".split()
)
"""Verbs that take their object with an adjective: "left five men of the guard dead"."""


def _verb_cue(page: Layout, j: int, noun: Noun, seen_aux: bool, only: str) -> Cue | None:
    """The cue at item `j` that can say what became of the counted."""
    best: Cue | None = None
    for cue in page.by_start.get(j, ()):
        if cue.slot not in ("passive", "intransitive", "state") or (only and cue.rule.measure != only):
            continue
        if not fits(cue.rule, noun.kind, list(noun.words), noun.hint) or not links.needs(page, cue.rule):
            continue
        apart = page.items[j - 1].lower == "," and j - 1 <= noun.end + 4
        if cue.slot == "state" and (not (seen_aux or apart) or followed_by_object(page, cue.end)):
            continue
        if cue.slot == "passive" and followed_by_object(page, cue.end) and not _be_before(page, j, cue.end):
            continue
        if cue.slot == "passive" and not seen_aux and j > noun.end and not _reduced(page, j, noun):
            continue
        if best is None or cue.end - cue.start > best.end - best.start:
            best = cue
    return best


def _be_before(page: Layout, j: int, end: int) -> bool:
    """ "were killed 12 miles away": passive although a number follows."""
    return page.items[end].q >= 0 and any(page.items[k].lower in BE for k in range(max(0, j - 3), j))


def _reduced(page: Layout, j: int, noun: Noun) -> bool:
    """A participle without "were", some words behind the noun: "12 people from the camp killed in the raid"."""
    return all(page.items[k].lower != "," for k in range(noun.end, j))


def _other_verb(page: Layout, j: int, noun: Noun, seen_aux: bool) -> bool:
    """A verb that is no cue ends the search: the number is its subject, and it says nothing that is measured."""
    item = page.items[j]
    if seen_aux or item.q >= 0 or j == noun.end and item.lower in RELATIVES:
        return False
    active = any(cue.slot == "active" for cue in page.by_start.get(j, ()))
    return active and followed_by_object(page, j + 1)


def _default(page: Layout, q: int, noun: Noun) -> Reading | None:
    """What the noun alone stands for: "2,000 fighters", "22 rebel groups"."""
    if page.quantities[q].vague or page.quantities[q].rule == "none":
        return None
    best: Cue | None = None
    for i in range(noun.start, noun.end):
        for cue in page.by_start.get(i, ()):
            last = cue.end == noun.end or (cue.end < noun.end and page.items[cue.end].lower in CONJUNCTIONS)
            if cue.slot == "default" and last and links.needs(page, cue.rule):
                best = cue
    if best is None or _spoken(page, noun) or _means(page, noun, best.rule):
        return None
    if noun.end < len(page.items) and page.items[noun.end].lower in UNREAL:
        return None
    i = page.places[q]
    if i and page.items[i - 1].lower.endswith("ed") and not page.by_end.get(i):
        return None  # the object of a verb that says nothing of this
    return Reading(best.rule.measure, f"{best.rule.name}.default")


def _means(page: Layout, noun: Noun, rule: Rule) -> bool:
    """ "two strikes killed 11": the means, not the count."""
    return rule.measure == "strikes" and has_cue(page, noun.end, ("active",)) and followed_by_object(page, noun.end + 1)


def _spoken(page: Layout, noun: Noun) -> bool:
    """ "two officers said", "three residents told": sources, not figures."""
    if SPEAKERS.isdisjoint(noun.words):
        return False
    i = noun.start - 1
    if i > 1 and page.items[i - 1].lower == "to" and page.items[i - 2].lower == "according":
        return True
    return any(
        page.items[k].lower in SPEECH and page.items[k].lower != "according"
        for k in range(noun.end, min(noun.end + 6, len(page.items)))
    )


NAMED_ONE_BY_ONE = frozenset(
    "village villages town towns district districts neighbourhood neighbourhoods neighborhood neighborhoods city cities"
    " suburb suburbs quarter quarters hamlet hamlets province provinces".split()
)
"""Places that, when two or three, are named and then claims of control of their own."""
VAGUE_MEASURES = frozenset(["killed", "wounded", "missing", "detained", "casualties", "displaced"])


def _refuse(page: Layout, q: int, noun: Noun, reading: Reading | None) -> str:
    """A reason to leave the number alone although a rule answered."""
    if reading is None:
        return "speakers, not counted" if _spoken(page, noun) else ""
    quantity = page.quantities[q]
    if quantity.vague and (quantity.low or 0) < 10 and reading.measure not in VAGUE_MEASURES:
        return "vague"
    if reading.rule.endswith((".noun", ".default")) and (quantity.low or 0) < 20 and _spoken(page, noun):
        return "speakers, not counted"
    if reading.measure == "seized" and (quantity.low or 0) < 4 and not NAMED_ONE_BY_ONE.isdisjoint(noun.words):
        return "places, told one by one"
    weak = reading.rule.endswith((".default", ".before"))
    if weak and quantity.low == quantity.high == 1:
        return "one, in passing"
    if quantity.rule == "none" and reading.rule.endswith(".default"):
        return "none, in passing"
    return ""


STATES = frozenset("dead killed wounded injured missing displaced affected homeless".split())


def _mention(
    page: Layout, q: int, noun: Noun, reading: Reading, places: context.Places, time: context.Times
) -> FigureMention:
    quantity = page.quantities[q]
    words = page.items[noun.start : noun.end]
    end = max(quantity.end, words[-1].end if words else 0)
    while len(words) > 1 and words[-1].lower in STATES:
        words = words[:-1]
    who = page.sentence.text[words[0].start : words[-1].end] if words else ""
    return FigureMention(
        quantity=replace(quantity, unit="percent") if reading.measure == "share" and not quantity.unit else quantity,
        measure=reading.measure,
        who=who,
        place=places.of(page.sentence, quantity),
        scope=time.scope,
        rule=reading.rule,
        start=quantity.start,
        end=end,
        background=time.history,
        since=time.since,
        total=reading.total and not noun.part,
    )
