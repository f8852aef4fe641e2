"""claimstream: a watch on contradictory news."""

__version__ = "0.1.0"
