"""Text made plain for comparing: lower case, no accents, plain quotes and hyphens."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9]+(?:[-'.][a-z0-9]+)*")


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Lower case, without accents, curly quotes and dashes made plain."""
    text = text.lower().replace("’", "'").replace("‘", "'").replace("ʿ", "").replace("–", "-").replace("‑", "-")
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=16384)
def words_of(text: str) -> tuple[str, ...]:
    """The words of the text, plain, without possessive marks; a hyphenated word is one."""
    return tuple([word.removesuffix("'s") for word in _WORD.findall(plain(text))])
