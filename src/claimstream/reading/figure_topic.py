"""What the running text is counting: the measure that a bare number goes on with ("the army stands by 340").

A reader carries it from sentence to sentence: the last figure of people, a word like "toll" or "the missing", a value
that was read before. Within a sentence its opening words come first ("As to the wounded, ...").
"""

from __future__ import annotations

from collections import deque

from claimstream.model import FigureMention, Sentence
from claimstream.reading.figure_page import Page
from claimstream.reading.figure_words import COUNTED, DETERMINERS, measures, words
from claimstream.reading.measures import find

REMEMBERED = measures("remembered")
LISTED = measures("listed")
SIEGE = words("siege")
TOPICS = words("topics")
TOLLS = frozenset(["toll", "tolls"])
OPENERS = words("openers")
FRONT = 8
"""How many items the opening words of a sentence may have ("As to the wounded, ...")."""
DISTINCT = 13
"""From this value on a number that comes again measures what it measured before."""
NEAR, FAR = 3.0, 8.0
"""A toll of 200 goes on with 640; after it 42,000 go on with the displaced, of whom there were 28,000."""
RECENT = 8
"""How many figures back "400 of them" may look for its whole."""
MOST_VALUES = 400
"""How many values of an article are kept: it bounds the memory on texts that are nothing but numbers."""


class Memory:
    """What the sentences before left: the measure a bare number goes on with, and whether a siege was spoken of.

    `measure` is that of the last whole figure of people.
    """

    def __init__(self) -> None:
        self.measure = ""
        self.siege = self.siege_here = self._fresh = False
        self._values: dict[float, str] = {}
        self._latest: dict[str, float] = {}
        self._recent: deque[tuple[str, float]] = deque(maxlen=RECENT)

    def begin(self, sentence: Sentence) -> None:
        """Before a sentence is read: words of a siege, and a question how many."""
        said = [token.lower for token in sentence.tokens]
        self.siege = self.siege_here
        self.siege_here = not SIEGE.isdisjoint(said)
        if "many" in said and "how" in said:
            asked = (c.rule.measure for c in find(said) if c.slot not in ("active", "before"))
            self.measure = next((measure for measure in asked if measure in COUNTED), self.measure)

    def silent(self, sentence: Sentence) -> None:
        """After a sentence without figures: the toll, the dead or the missing that it speaks of."""
        said = [token.lower for token in sentence.tokens]
        if TOPICS.isdisjoint(said):
            return
        if not TOLLS.isdisjoint(said):
            self.measure = "killed"
        heads = [c for c in find(said) if c.slot == "heads" and said[c.start] in TOPICS]
        if heads and heads[-1].rule.measure in REMEMBERED:
            self.measure = heads[-1].rule.measure
            self._latest.pop(self.measure, None)

    def end(self, found: list[FigureMention]) -> None:
        """After a sentence was read: its first whole figure of people is what a bare number goes on about."""
        wholes = (mention.measure for mention in found if mention.total and mention.measure in REMEMBERED)
        fresh = next(wholes, "")
        self.measure, self._fresh = fresh or self.measure, bool(fresh)
        for mention in found:
            value = mention.quantity.low or mention.quantity.high or 0.0
            if mention.measure in COUNTED or mention.measure in LISTED:
                self._recent.append((mention.measure, value))
            if mention.measure in REMEMBERED and mention.total:
                self._latest.pop(mention.measure, None)
                self._latest[mention.measure] = value
            if value >= DISTINCT and mention.quantity.unit is None and len(self._values) < MOST_VALUES:
                self._values[value] = mention.measure

    def goes_on(self, value: float) -> str:
        """The measure that a bare number of this size goes on with: the last, unless another was of its size."""
        far = FAR * NEAR if self._fresh else FAR
        if not value or _alike(value, self._latest.get(self.measure, value), far):
            return self.measure
        return next((m for m, last in reversed(self._latest.items()) if _alike(value, last, NEAR)), self.measure)

    def whole_of(self, value: float) -> str:
        """The measure of the last figure that a number of this size can be a part of; "" if there is none."""
        return next((measure for measure, whole in reversed(self._recent) if whole > value), "")

    def known(self, value: float) -> str:
        """The measure with which the same value was read before in the article; "" if it was not."""
        return self._values.get(value, "")


def _alike(one: float, other: float, times: float) -> bool:
    """Whether two counts differ by no more than so many times."""
    return one <= other * times and other <= one * times


def fronted(page: Page) -> str:
    """The measure that the opening words set: "As to the wounded, ...", "Among the missing, ..."; "" if they do not."""
    if page.word(0) not in OPENERS:
        return ""
    for k in range(1, min(FRONT, len(page.items))):
        if page.word(k) == ",":
            break
        for cue in page.starting.get(k, ()):
            if cue.slot in ("heads", "state") and cue.rule.measure in COUNTED and page.word(k - 1) in DETERMINERS:
                return cue.rule.measure
    return ""
