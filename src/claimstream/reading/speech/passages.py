"""Texts that an article gives in full: a statement, a speech, a letter, from the line that introduces it to its end."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from claimstream.model import Sentence
from claimstream.reading.speech.phrases import noun_phrase
from claimstream.reading.speech.words import (
    POSSESSIVE_MARKS,
    QUOTES,
    TEXTS,
    TRIGGERS,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    is_tensed,
    word_set,
)

GIVEN = TEXTS | word_set(WORDS["given_texts"])
WHOLE = word_set("text transcript translation transcription wording full verbatim")
MINE = word_set("we our us ours ourselves i my me")
INTRODUCTION = 30
"""Tokens that a line may have which introduces a text."""
LONGEST = 300
"""Sentences that a given text may have."""
NAMED_AFTER = word_set("of by from")


def introduced(sentences: Sequence[Sentence], index: int) -> tuple[str, int] | None:
    """Whose text follows the sentence ("" where its cue or the article must tell), and in which paragraph it ends."""
    sentence = sentences[index]
    tokens = sentence.tokens
    last = index + 1 == len(sentences) or sentences[index + 1].paragraph != sentence.paragraph
    if sentence.title or not last or index + 1 == len(sentences) or not 1 < len(tokens) <= INTRODUCTION:
        return None
    words = [token.lower for token in tokens]
    text = next((n for n, word in enumerate(words) if word in GIVEN), -1)
    colon = tokens[-1].text == ":"
    heading = text >= 0 and not has_verb(tokens, 0, len(tokens)) and tokens[-1].text != "."
    follows = colon and (text >= 0 or not TRIGGERS.isdisjoint(words))
    if not (follows or (heading and not WHOLE.isdisjoint(words))):
        return None
    end = _end(sentences, index, whole=not WHOLE.isdisjoint(words))
    return (_author(sentence, text), end) if end > sentence.paragraph else None


def _author(sentence: Sentence, text: int) -> str:
    """ "Transcript of the speech of the mayor": the last who is named after a text; "the army's letter": its owner."""
    tokens = sentence.tokens
    for n in range(max(text, 0), len(tokens) - 1) if text >= 0 else ():
        if tokens[n].lower not in NAMED_AFTER or tokens[n + 1].lower in TEXTS:
            continue
        head, _ = noun_phrase(tokens, n + 1)
        head = next((k for k in range(n + 2, head) if tokens[k].text == "(" or is_tensed(tokens, k)), head)
        within = {token.lower for token in tokens[n + 1 : head]}
        if head > n + 1 and can_speak(tokens, n + 1, head) and not within & GIVEN:
            return sentence.text[tokens[n + 1].start : tokens[head - 1].end]
    mark = next((n for n in range(1, max(text, 1)) if tokens[n].lower in POSSESSIVE_MARKS), 0)
    verb = next((n for n in range(1, len(tokens)) if is_tensed(tokens, n) and tokens[n].text.islower()), 0)
    stop = mark or verb
    if not stop or not can_speak(tokens, 0, stop) or GIVEN.intersection(token.lower for token in tokens[:stop]):
        return ""
    return sentence.text[tokens[0].start : tokens[stop - 1].end]


def titled(sentences: Sequence[Sentence]) -> str:
    """Whose text the title says that the article is: "Statement of the council"."""
    title = sentences[0]
    text = next((n for n, token in enumerate(title.tokens) if token.lower in GIVEN), -1)
    return _author(title, text) if title.title and text >= 0 else ""


def _end(sentences: Sequence[Sentence], index: int, whole: bool) -> int:
    """The last paragraph of the text: as far as it is quoted, or says "we"; else up to another speaker."""
    rest = sentences[index + 1 : index + 1 + LONGEST]
    start = sentences[index].paragraph
    if rest[0].text[:1] in QUOTES or rest[0].text[:1] in '"“«':
        return _while(rest, start, lambda s: s.text[:1] in '"“«')
    mine = max((s.paragraph for s in rest if _first_person(s.tokens)), default=start)
    if mine > start:
        return rest[-1].paragraph if whole else mine
    return _while(rest, start, lambda s: TRIGGERS.isdisjoint([t.lower for t in s.tokens]))


def _while(rest: Sequence[Sentence], start: int, holds: Callable[[Sentence], bool]) -> int:
    """The last paragraph before the first whose first sentence is none of the text's."""
    end = start
    for one in rest:
        if one.paragraph > end:
            if not holds(one):
                break
            end = one.paragraph
    return end


def _first_person(tokens: Tokens) -> bool:
    """Whether somebody says "we" there, outside quotation marks."""
    quoted = False
    for token in tokens:
        if token.text in QUOTES:
            quoted = not quoted
        elif not quoted and token.lower in MINE and token.text != "US":
            return True
    return False
