"""The working sheet of a sentence: its numbers, what was read so far, and what earlier sentences left."""

from __future__ import annotations

from dataclasses import dataclass

from claimstream.reading.figures.behind import Reading
from claimstream.reading.figures.nouns import Spot
from claimstream.reading.figures.page import Page
from claimstream.reading.figures.topic import LISTED, Memory, fronted
from claimstream.reading.figures.words import COUNTED

BACK = 12
"""How many numbers back a figure may lean; it bounds the work on texts that are nothing but numbers."""


@dataclass(slots=True)
class Sheet:
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

    def topic(self, q: int) -> str:
        """What a number without a noun goes on counting: by the opening words, the sentence, the article; or ""."""
        last = self.last(q)
        return fronted(self.page) or (last.measure if last else "") or self.memory.goes_on(self.spots[q].least)

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
