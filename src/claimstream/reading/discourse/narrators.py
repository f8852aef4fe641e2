"""Whose voice an article is that speaks of "our forces" in its own words."""

from __future__ import annotations

from collections.abc import Sequence

from claimstream.model import Sentence, Token
from claimstream.reading.discourse.parsed import Parsed
from claimstream.reading.rules.tags import BE, SIDES
from claimstream.reading.rules.words import lexicon, listed

QUOTES = frozenset('"“”„«»')
_OURS = frozenset(("our", "ours"))
_EDGE = 3
"""How many sentences at either end of an article may say who publishes it."""
_LINE = 20
"""Words that such a line has at most."""


def inside(sentence: Sentence, at: int) -> bool:
    """Whether token `at` stands within quotation marks, which may have been opened in an earlier sentence."""
    before = [t.text for t in sentence.tokens[:at] if t.text in QUOTES]
    after = [t.text for t in sentence.tokens[at:] if t.text in QUOTES]
    if before:
        return before[-1] in "“„«" or (before[-1] == '"' and len(before) % 2 == 1)
    return bool(after) and after[0] in "”»"


def partisan(sentences: Sequence[Sentence]) -> bool:
    """Whether the article says "our forces", "in our hands" or "is ours" in its own words, outside quotation marks."""
    paragraph, quoted = -1, False
    for sentence in sentences:
        if sentence.paragraph != paragraph:
            paragraph, quoted = sentence.paragraph, False
        tokens = sentence.tokens
        for at, token in enumerate(tokens):
            if token.text in QUOTES:
                quoted = token.text in "“„«" or (token.text == '"' and not quoted)
            elif not quoted and token.lower in _OURS and _of_ours(tokens, at):
                return True
    return False


def _of_ours(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether the "our" or "ours" at `at` is said of what a side has: "our forces", "the town is ours"."""
    if tokens[at].lower == "ours":
        return any(token.lower in BE for token in tokens[max(0, at - 3) : at])
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    return after in lexicon().actors or after in listed("own")


def signed(parsed: Sequence[Parsed]) -> str:
    """The side that heads or signs an article: "Zenna Front – Media Office", "Communiqué no. 7 of the Zenna", or ""."""
    for one in (*parsed[:_EDGE], *parsed[-_EDGE:]):
        if len(one.sentence.tokens) > _LINE or any(p.kind == "vg" and p.aux for p in one.phrases):
            continue
        at = next((k for k, p in enumerate(one.phrases) if p.kind == "np" and _publishes(one, k)), -1)
        found = _publisher(one, at) if at >= 0 else ""
        if found:
            return found
    return ""


def _publishes(one: Parsed, at: int) -> bool:
    phrase = one.phrases[at]
    words = {one.sentence.tokens[m].lower for m in range(phrase.start, phrase.end)}
    return not words.isdisjoint(listed("publishing"))


def _publisher(one: Parsed, at: int) -> str:
    """The side named before or within the phrase at `at`, or behind it after "of" or "by"."""
    for s in one.sides:
        phrase = one.phrases[s]
        sure = one.known.get(phrase.head) in SIDES or phrase.word in lexicon().actors
        if sure and s <= at and phrase.word not in lexicon().enemy:
            return one.text(s)
    for follow in range(at + 2, min(at + 6, len(one.phrases)), 2):  # "summary from the staff of the militia"
        phrase = one.phrases[follow]
        if one.phrases[follow - 1].word not in ("of", "by", "for", "from") or phrase.kind != "np":
            break
        named = phrase.cls == "side" or (phrase.cls == "name" and one.known.get(phrase.head, "side") in SIDES)
        inner = one.phrases[follow + 2] if follow + 2 < len(one.phrases) else phrase
        if (
            phrase.word == "command"
            and inner is not phrase
            and one.phrases[follow + 1].word == "of"
            and inner.cls in ("side", "name")
        ):
            continue  # "the General Command of the Zenna"
        if named and not _publishes(one, follow):
            return one.text(follow)
    return ""
