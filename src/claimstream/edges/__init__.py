"""Edges: each module one kind of input or output."""
