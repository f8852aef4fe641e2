"""Consensus of any table of claims, and what history teaches about its sources."""
