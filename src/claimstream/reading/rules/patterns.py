"""The small language in which a rule says what must follow its trigger.

    word|word      a word, or a noun phrase or verb group with that head or lemma
    <~word|word>   a noun phrase with that head and a side before it ("government hands", "the army's hands")
    {side} {asset} {route} {any}   a noun phrase (or a list) that can be that; it is bound to the name
    ?element       the element may be missing
    *              up to five phrases, within the clause
    $              the end of the clause

Adverbs and times of day ("on Monday") are passed over between elements.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from claimstream.reading.rules.clauses import Clauses, Item
from claimstream.reading.rules.phrases import Phrase

GAP = 5


class Element(NamedTuple):
    kind: str
    words: frozenset[str]
    optional: bool


Bindings = dict[str, list[Item]]
Accepts = Callable[[Clauses, Item, str], bool]


@cache
def compiled(pattern: str) -> tuple[Element, ...]:
    """The elements of a pattern; raises ValueError for one that is not written in the language."""
    elements = []
    for part in pattern.split():
        optional = part.startswith("?")
        part = part.removeprefix("?")
        if part == "$":
            elements.append(Element("end", frozenset(), False))
        elif part == "*":
            elements.append(Element("gap", frozenset(), True))
        elif part.startswith("{") and part.endswith("}"):
            elements.append(Element("slot", frozenset([part[1:-1]]), optional))
        elif part.startswith("<~") and part.endswith(">"):
            elements.append(Element("owned", frozenset(part[2:-1].split("|")), optional))
        elif part.replace("|", "").replace("-", "").replace("'", "").isalnum():
            elements.append(Element("word", frozenset(part.split("|")), optional))
        else:
            raise ValueError(f"cannot read {part!r} in the pattern {pattern!r}")
    return tuple(elements)


def match(
    elements: tuple[Element, ...], clauses: Clauses, j: int, accepts: Accepts, bound: Bindings, at: int = 0
) -> int:
    """The phrase index after the match that begins at phrase `j`, or -1. Fills `bound`."""
    if at == len(elements):
        return j
    element = elements[at]
    if element.kind == "gap":
        for step in range(GAP + 1):
            k = j + step
            if k > clauses.count:
                return -1
            end = match(elements, clauses, k, accepts, bound, at + 1)
            if end >= 0:
                return end
            if k >= clauses.count or boundary(clauses.phrases[k]) or clauses.phrases[k].word == ",":
                return -1
            if "from" in elements[at + 1].words and _from_there(clauses, k):
                return -1
        return -1
    k = passed(clauses, j)
    for start in (j, k) if k != j else (j,):
        end = _one(element, clauses, start, accepts, bound)
        if end >= 0:
            rest = match(elements, clauses, end, accepts, bound, at + 1)
            if rest >= 0:
                return rest
    if element.optional:
        return match(elements, clauses, j, accepts, bound, at + 1)
    return -1


def _from_there(clauses: Clauses, k: int) -> bool:
    """Whether "by" at `k` names some who are of a place: "were expelled by a column from Belen", not out of it."""
    phrases = clauses.phrases
    if phrases[k].word != "by" or k + 2 >= clauses.count or phrases[k + 2].word != "from":
        return False
    doer = phrases[k + 1]
    return doer.kind == "np" and (doer.det in ("a", "an") or (not doer.det and not doer.names and not doer.mods))


def boundary(phrase: Phrase) -> bool:
    """Whether a clause ends here."""
    return (phrase.kind == "w" and phrase.cls in ";.:SW") or (phrase.kind == "vg" and phrase.form in ("fin", "base"))


def passed(clauses: Clauses, j: int) -> int:
    """The index after adverbs and times that begin at `j`."""
    phrases = clauses.phrases
    while j < clauses.count:
        phrase = phrases[j]
        if (phrase.kind == "w" and phrase.cls == "R") or phrase.cls == "time" or _floats(clauses, j):
            j += 1
        elif j + 1 < clauses.count and (_timed(clauses, j) or _as_well(clauses, j)):
            j += 2
        else:
            break
    return j


def _timed(clauses: Clauses, j: int) -> bool:
    """Whether "on Monday" stands at `j`."""
    link, time = clauses.phrases[j : j + 2]
    return link.kind == "w" and link.cls in "IS" and time.cls == "time"


def _as_well(clauses: Clauses, j: int) -> bool:
    """Whether "as well" stands at `j` and joins nothing: "has fallen as well", not "the port as well as the mill"."""
    link, well = clauses.phrases[j : j + 2]
    follow = clauses.phrases[j + 2].word if j + 2 < clauses.count else ""
    return link.word == "as" and well.word == "well" and follow != "as"


_FLOATED = frozenset(("be", "have", "remain", "stay"))
"""Verbs behind which "all" and "both" count the subject."""


def _floats(clauses: Clauses, j: int) -> bool:
    """Whether "all" or "both" after a verb counts its subject: "the port and the mill are all in rebel hands"."""
    phrase = clauses.phrases[j]
    alone = phrase.kind == "np" and phrase.word in ("all", "both", "each") and phrase.end == phrase.start + 1
    whole = j + 1 < clauses.count and clauses.phrases[j + 1].word == "of"  # "holds all of the port"
    verb = clauses.phrases[j - 1] if j else phrase  # not "the army holds both"
    return alone and not whole and verb.kind == "vg" and (verb.passive or verb.word in _FLOATED)


def _one(element: Element, clauses: Clauses, j: int, accepts: Accepts, bound: Bindings) -> int:
    if element.kind == "end":
        closed = (
            j >= clauses.count
            or boundary(clauses.phrases[j])
            or (clauses.phrases[j].kind == "w" and clauses.phrases[j].cls in ",K-")
        )
        return j if closed else -1
    if j >= clauses.count:
        return -1
    phrase = clauses.phrases[j]
    if element.kind == "word":
        said = phrase.kind == "vg" and phrase.mods[0] in element.words and phrase.aux != "have"
        found = phrase.word in element.words or said
        return j + 1 if found else -1
    if phrase.kind != "np":
        return -1
    if element.kind == "owned":
        if phrase.word in element.words:
            bound["holder"] = [Item(j, j + 1)]
            return j + 1
        return -1
    (slot,) = element.words
    if slot in ("noside", "lone", "notraffic", "corners", "whose", "anymen", "units", "few", "nobodyelse", "ousted"):
        single = Item(j, j + 1)  # "no soldier in the fort": the fort is a slot of its own
        bound[slot] = [single]
        return j + 1 if accepts(clauses, single, slot) else -1
    if slot in ("nosign", "excepted"):
        item = Item(j, j + 3)  # "no sign of soldiers in the fort", "nobody but us in the fort"
        bound[slot] = [Item(j + 2, j + 3)]
        return j + 3 if j + 3 <= clauses.count and accepts(clauses, item, slot) else -1
    listed = clauses.items(j)  # of "two towns, A and B" the list begins behind the comma
    items = [item for item in listed if accepts(clauses, item, slot)]
    if not items or items[0] != listed[0]:
        return -1
    bound[slot] = items
    return items[-1].end
