"""Numbers of a sentence as bounds: value, qualifier, range, unit, and why a number counts nothing."""

from claimstream.reading.numbers.reader import plain, quantities, scan, scan_text

__all__ = ["plain", "quantities", "scan", "scan_text"]
