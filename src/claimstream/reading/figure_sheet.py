"""The working sheet of a sentence: its numbers, what was read so far, and what earlier sentences left."""

from __future__ import annotations

from typing import NamedTuple

from claimstream.model import FigureMention, Sentence
from claimstream.reading.figure_nouns import Spot
from claimstream.reading.figure_page import Page
from claimstream.reading.figure_verbs import Reading
from claimstream.reading.figure_words import COUNTED, measures, words
from claimstream.reading.measures import find

BACK = 12
"""How many numbers back a figure may lean; it bounds the work on texts that are nothing but numbers."""
LISTED = measures("listed")
REMEMBERED = measures("remembered")
SIEGE = words("siege")


class Memory:
    """What the sentences before left: the measure a bare number goes on with, and whether a siege was spoken of."""

    def __init__(self) -> None:
        self.measure = ""
        self.siege = self.siege_here = False

    def begin(self, sentence: Sentence) -> None:
        """Before a sentence is read: words of a siege, and a question how many."""
        said = [token.lower for token in sentence.tokens]
        self.siege = self.siege_here
        self.siege_here = not SIEGE.isdisjoint(said)
        if "many" in said and "how" in said:
            asked = (c.rule.measure for c in find(said) if c.slot not in ("active", "before"))
            self.measure = next((measure for measure in asked if measure in COUNTED), self.measure)

    def end(self, found: list[FigureMention]) -> None:
        """After a sentence was read: its first whole figure of people is what a bare number goes on about."""
        wholes = (mention.measure for mention in found if mention.total and mention.measure in REMEMBERED)
        self.measure = next(wholes, self.measure)


class Sheet(NamedTuple):
    """The numbers of a sentence and their readings, None where there is none (yet)."""

    page: Page
    spots: list[Spot]
    readings: list[Reading | None]
    memory: Memory

    def last(self, q: int) -> Reading | None:
        """The nearest figure of people or things before number `q`."""
        for k in range(q - 1, max(-1, q - BACK), -1):
            reading = self.readings[k]
            if reading is not None and (reading.measure in COUNTED or reading.measure in LISTED):
                return reading
        return None

    def wholes(self, q: int) -> list[int]:
        """The numbers before `q`, some way back, that are whole figures."""
        found = []
        for k in range(max(0, q - BACK), q):
            reading = self.readings[k]
            if reading is not None and reading.total:
                found.append(k)
        return found

    def between(self, q: int) -> list[str]:
        """The words between the noun of the number before and number `q`."""
        return self.page.lowers(self.spots[q - 1].noun.end, self.page.places[q])
