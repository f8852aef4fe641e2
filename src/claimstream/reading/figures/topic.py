"""What the running text is counting: the measure that a bare number goes on with ("the army stands by 340").

A reader carries it from sentence to sentence: the last figure of people, a word like "toll" or "the missing", a value
that was read before. Within a sentence its opening words come first ("As to the wounded, ...").
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable

from claimstream.model import FigureMention, Sentence
from claimstream.reading.figures.measures import find
from claimstream.reading.figures.page import Page
from claimstream.reading.figures.words import COUNTED, DETERMINERS, NO_ONE, measures, words

REMEMBERED = measures("remembered")
LISTED = measures("listed")
SIEGE = words("siege")
TOPICS = words("topics")
NOBODY = frozenset(["nobody", "none"])
TOLLED = measures("tolls")
TOLLS = frozenset(["toll", "tolls"])
OPENERS = words("openers")
FRONT = 8
"""How many items the opening words of a sentence may have ("As to the wounded, ...")."""
DISTINCT = 13
"""From this value on a number that comes again measures what it measured before."""
RECENCY = 1.5
"""What it costs a measure to be one place further back, in units of the natural logarithm of a ratio of sizes."""
FRESH = 3.0
"""What a measure of the sentence before has in advance: twenty times as many may still be the same."""
RECENT = 8
"""How many figures back "400 of them" may look for its whole."""
ANSWERED = frozenset(["destroyed", "seized", "strikes", "forces"])
OF_VICTIMS = measures("of_victims")
LEAP = 200.0
"""How many times the last count of victims a number may be and still go on with it."""
MOST_UNCOUNTED = 50_000.0
"""The most that a number may be to go on with victims who were spoken of and not counted."""
MOST_VALUES = 400
"""How many values of an article are kept: it bounds the memory on texts that are nothing but numbers."""


class Memory:
    """What the sentences before left: the measures that a bare number may go on with, and talk of a siege."""

    def __init__(self) -> None:
        self.siege = self.siege_here = False
        self.things: dict[str, str] = {}  # what was last counted of each measure
        self.only = ""
        """The one thing that the sentence before counted, if it is no people: "Moscow admits to two"."""
        self._before: list[str] = []  # the words of the sentence before
        self._said: list[str] = []
        self._title: list[str] = []
        self._values: dict[float, str] = {}
        self._fresh = False  # whether the sentence before counted
        self._latest: dict[str, float] = {}  # measure -> last value, 0 where only spoken of; the last stands at the end
        self._recent: deque[tuple[str, float]] = deque(maxlen=RECENT)

    def begin(self, sentence: Sentence) -> None:
        """Before a sentence is read: words of a siege, and a question how many."""
        said = [token.lower for token in sentence.tokens]
        self._before = self._said
        if sentence.title:
            self._title = [token.lower for token in sentence.tokens]
        self._said = said
        self.siege = self.siege_here
        self.siege_here = not SIEGE.isdisjoint(said)
        if "many" in said and "how" in said:
            asked = (c.rule.measure for c in find(said) if c.slot not in ("active", "before"))
            self._speak_of_next(measure for measure in asked if measure in COUNTED)

    def silent(self, sentence: Sentence) -> None:
        """After a sentence without figures: the toll, the dead or the missing that it speaks of."""
        self.only = ""
        said = [token.lower for token in sentence.tokens]
        if not NOBODY.isdisjoint(said):  # "Nobody was killed, says the army."
            self._speak_of_next(c.rule.measure for c in find(said) if c.rule.measure in TOLLED)
        if TOPICS.isdisjoint(said):
            return
        if not TOLLS.isdisjoint(said):
            self._speak_of("killed", 0.0)
        heads = [c for c in find(said) if c.slot == "heads" and said[c.start] in TOPICS]
        if heads and heads[-1].rule.measure in REMEMBERED:
            self._speak_of(heads[-1].rule.measure, 0.0)

    def _speak_of_next(self, measures: Iterable[str]) -> None:
        measure = next(iter(measures), "")
        if measure:
            self._speak_of(measure, 0.0)

    def end(self, found: list[FigureMention]) -> None:
        """After a sentence was read: its first whole figure of people is what a bare number goes on about."""
        self._fresh = any(mention.measure in REMEMBERED and mention.total for mention in found)
        for mention in reversed(found):
            value = mention.quantity.low or mention.quantity.high or 0.0
            nobody = mention.quantity.words.lower() in NO_ONE
            if mention.measure in REMEMBERED and mention.total and (value or nobody):
                self._speak_of(mention.measure, value)
            if value >= DISTINCT and mention.quantity.unit is None and len(self._values) < MOST_VALUES:
                self._values[value] = mention.measure
        self.things.update((mention.measure, mention.who) for mention in found if mention.who and mention.total)
        kinds = {mention.measure for mention in found}
        self.only = kinds.pop() if len(kinds) == 1 and kinds <= ANSWERED else ""
        for mention in found:
            if mention.measure in COUNTED or mention.measure in LISTED:
                self._recent.append((mention.measure, mention.quantity.low or mention.quantity.high or 0.0))

    def _speak_of(self, measure: str, value: float) -> None:
        self._latest.pop(measure, None)
        self._latest[measure] = value

    def goes_on(self, value: float) -> str:
        """The measure that a bare number of this size goes on with; "" where nothing was counted.

        It is the last, unless another that was spoken of not long before is nearer in size: after a toll of 200 and
        28,000 displaced, 42,000 are displaced.
        """
        best, least = "", math.inf
        for rank, (measure, last) in enumerate(reversed(self._latest.items())):
            if measure in OF_VICTIMS and value > (last * LEAP or MOST_UNCOUNTED):
                continue  # after twelve dead, 120,000 are not killed
            apart = abs(math.log(value / last)) if value and last else 0.0
            if not rank and self._fresh:
                apart = max(0.0, apart - FRESH)
            if apart + rank * RECENCY < least:
                best, least = measure, apart + rank * RECENCY
        return best

    def whole_of(self, value: float) -> str:
        """The measure of the last figure that a number of this size can be a part of; "" if there is none."""
        return next((measure for measure, whole in reversed(self._recent) if whole > value), "")

    def near(self) -> frozenset[str]:
        """The words of the title and of the sentence before, and "aid" where the text has just counted aid."""
        aid = any(measure == "aid" for measure, _ in self._recent)
        return frozenset(self._title + self._before + ["aid"] * aid)

    def known(self, value: float) -> str:
        """The measure with which the same value was read before in the article; "" if it was not."""
        return self._values.get(value, "")


def fronted(page: Page) -> str:
    """The measure that the opening words set: "As to the wounded, ...", "Among the missing, ..."; "" if they do not."""
    if page.word(0) not in OPENERS:
        return ""
    for k in range(1, min(FRONT, len(page.items))):
        if page.word(k) == ",":
            break
        for cue in page.starting.get(k, ()):
            named = cue.slot in ("heads", "state", "default")
            if named and cue.rule.measure in COUNTED and page.word(k - 1) in DETERMINERS:
                return cue.rule.measure
    return ""
