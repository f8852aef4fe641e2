"""A sentence laid out for the reading of figures: its words, its numbers taken as one item each, its cues.

No tagger and no parser: closed word classes, the cue words of the measures, and the shape of the words have to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from claimstream.lexicon.calendar import DATE_MONTHS
from claimstream.model import Quantity, Sentence
from claimstream.reading.figures.measures import Cue, find, kind_of
from claimstream.reading.figures.words import (
    ADVERBS,
    AUX,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    RELATIVES,
    SUBORDINATORS,
    words,
)

MERE_LENGTHS: Final = frozenset("metres km miles feet hours days weeks months years minutes times".split())
"""Units behind a participle that tell how far or how long, and are no object: "trapped 300 metres underground"."""


class Item(NamedTuple):
    """A word or a whole number phrase; `q` is the index of the quantity, -1 for a word."""

    lower: str
    text: str
    start: int
    end: int
    q: int


NOTHING: Final = Item("", "", -1, -1, -1)
"""What stands before the first and behind the last item."""


@dataclass(slots=True)
class Page:
    """A sentence ready for reading. `places` holds the item of each quantity; cues are indexed by their items."""

    sentence: Sentence
    items: list[Item]
    quantities: tuple[Quantity, ...]
    places: list[int]
    starting: dict[int, list[Cue]]
    ending: dict[int, list[Cue]]
    words: frozenset[str]
    before: frozenset[str] = frozenset()
    """The words of the title and of the sentence before: they tell that lorries carry aid, or that a ward is meant."""

    def item(self, i: int) -> Item:
        """Item `i`, or NOTHING where there is none."""
        return self.items[i] if 0 <= i < len(self.items) else NOTHING

    def word(self, i: int) -> str:
        """The lower-case word of item `i`; "#" for a number, "" where there is none."""
        return self.items[i].lower if 0 <= i < len(self.items) else ""

    def lowers(self, start: int, end: int) -> list[str]:
        """The lower-case words of items [start, end)."""
        return [item.lower for item in self.items[max(0, start) : max(0, end)]]

    def has_cue(self, i: int, *slots: str) -> bool:
        """Whether a cue of one of the slots begins at item `i`."""
        return any(cue.slot in slots for cue in self.starting.get(i, ()))


def lay_out(sentence: Sentence, quantities: tuple[Quantity, ...], before: frozenset[str] = frozenset()) -> Page:
    """The sentence as items, with every number phrase as one item."""
    new, items = tuple.__new__, list[Item]()  # twice as fast as calling Item
    places = [0] * len(quantities)
    ahead = iter([*enumerate(quantities), (-1, None)])
    n, quantity = next(ahead)
    for text, lower, start, end in sentence.tokens:
        while quantity is not None and quantity.end <= start:
            n, quantity = next(ahead)
        if quantity is None or end <= quantity.start:
            items.append(new(Item, (lower, text, start, end, -1)))
        elif not items or items[-1].q != n:
            places[n] = len(items)
            items.append(Item("#", quantity.words, quantity.start, max(quantity.end, end), n))
    lowers = [item.lower for item in items]
    starting: dict[int, list[Cue]] = {}
    ending: dict[int, list[Cue]] = {}
    for cue in find(lowers):
        starting.setdefault(cue.start, []).append(cue)
        ending.setdefault(cue.end, []).append(cue)
    return Page(sentence, items, quantities, places, starting, ending, frozenset(lowers), before)


CALENDAR: Final = ADVERBS.union(DATE_MONTHS)
"""Names of days and months: "killed Monday" has no object."""
DAY_PARTS: Final = words("day_parts")


def takes_object(page: Page, i: int) -> bool:
    """Whether a participle that ends before item `i` is active: a number, an article or a counted noun follows it."""
    item = page.item(i)
    word = item.lower
    if item.q >= 0:
        return page.quantities[item.q].unit not in MERE_LENGTHS
    if word in DETERMINERS:
        return page.word(i + 1) not in DAY_PARTS  # "killed this morning"
    if not word[:1].isalpha() or word in PREPOSITIONS or word in AUX or word in CONJUNCTIONS or word in ADVERBS:
        return False
    if word in SUBORDINATORS or word in RELATIVES or word.endswith("ly"):
        return False
    if item.text[:1].isupper() and not item.text.isupper() and word not in CALENDAR:
        return page.item(i - 2).text[:1].islower()  # "held Halim from dawn", not in a headline in capitals
    return kind_of([word], False) != "" or word in ("people", "others", "another", "several", "many")
