"""Untrusted text on one line: in errors, in the log, on a terminal. What is not printable is shown as an escape."""

from __future__ import annotations

import logging
from copy import copy


def escaped(text: str) -> str:
    """The text with line ends, terminal escapes, direction overrides and all else unprintable as \\x1b, \\u202e, ..."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


class OneLine(logging.Formatter):
    """A record is one line, whatever text is in it; the lines of a traceback follow, each behind a bar.

    So nobody who writes an article, a record or an HTTP answer can write a line of the log.
    """

    BAR = "  | "

    def format(self, record: logging.LogRecord) -> str:
        record = copy(record)
        record.exc_text = None  # another handler may have left its own text there
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:
        return escaped(super().formatMessage(record))

    def formatException(self, ei: object) -> str:
        return self._behind_bars(super().formatException(ei))  # type: ignore[arg-type]

    def formatStack(self, stack_info: str) -> str:
        return self._behind_bars(super().formatStack(stack_info))

    def _behind_bars(self, text: str) -> str:
        return "\n".join(self.BAR + escaped(line) for line in text.split("\n"))
