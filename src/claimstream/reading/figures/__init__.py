"""Figures: which numbers of an article measure the situation, and what each measures."""

from claimstream.reading.figures.context import COUNTRY
from claimstream.reading.figures.reader import explain, read

__all__ = ["COUNTRY", "explain", "read"]
