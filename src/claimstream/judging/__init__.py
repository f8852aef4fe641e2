"""Judging: claims into facts, reasons and alerts."""
