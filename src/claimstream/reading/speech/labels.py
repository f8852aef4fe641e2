"""Speakers named before a colon or a dash: headlines, transcripts, "The ministry: the town has not fallen".

And the times that stand before entries of a live page, which are no part of what is said.
"""

from __future__ import annotations

import re

from claimstream.reading.speech.fitness import is_numeral
from claimstream.reading.speech.spans import Raw
from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    BODY_NOUNS,
    BREAKS,
    DETERMINERS,
    ONE_PERSON,
    POSSESSIVE_MARKS,
    PREP,
    QUOTES,
    RANKS,
    SPEAKERS,
    TEXTS,
    TIME,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    word_set,
)

OFFICES = word_set(WORDS["offices"])
HEADINGS = word_set(WORDS["headings"])
BULLETS = "•●▪■·-–*"
SHORT_NAME = 6
"""How many tokens a name may have that stands before an insert ("Roe, in a voice message: ...")."""


def labelled_by(tokens: Tokens, title: bool) -> list[Raw]:
    """The speaker that a colon or a dash sets apart from what is said; [] where none is."""
    if title and tokens[-1].text == "?":
        return []  # "Two ministries, two tolls: was it 358 or 294?"
    return (_headline(tokens) if title else _transcript(tokens) or _interviewed(tokens)) or _labelled(tokens, title)


def _headline(tokens: Tokens) -> list[Raw]:
    """ "Police: 12 dead in blast", "12 dead in blast: police"."""
    marks = [k for k, t in enumerate(tokens) if t.text in ":–—-" and 0 < k < len(tokens) - 1]
    if not marks:
        return []
    first, last = marks[0], marks[-1]
    closing = len(tokens) - last - 1 <= 3 and _voice(tokens, last + 1, len(tokens)) and _tells(tokens, first)
    if tokens[first].text == ":" and first <= 4 and not closing and _voice(tokens, 0, first):
        return [Raw(0, first, first, first, first + 1, "say", "after")]
    acting = _acting(tokens, last + 1) if first == last else 0
    quoted = not QUOTES.isdisjoint([token.text for token in tokens[:last]])
    if acting and quoted:
        return [Raw(last + 1, acting, acting, last, acting, "say", "around")]
    named = tokens[-1].lower in BODY_NOUNS and len(tokens) - last - 1 <= 3 and tokens[last + 1].lower not in DETERMINERS
    if (named and _tells(tokens, last)) or (len(tokens) - last - 1 <= 4 and _voice(tokens, last + 1, len(tokens))):
        return [Raw(last + 1, len(tokens), len(tokens), last, len(tokens), "say", "around")]
    return []


def _tells(tokens: Tokens, stop: int) -> bool:
    """Whether the words before the mark tell something, and are no name: "Rebels seize Belen", not "Mayor of Belen"."""
    plain = [t for t in tokens[1:stop] if t.text.islower() and t.text.isalpha() and t.lower not in PREP | DETERMINERS]
    return any(t.lower not in SPEAKERS | BODY_NOUNS | ONE_PERSON | {"of", "and"} for t in plain)


def _acting(tokens: Tokens, left: int) -> int:
    """Where the name ends of one who does something behind a quotation: "“Forty dead”: mayor pleads for boats"."""
    for k in range(left, min(left + 3, len(tokens) - 1)):
        noun = tokens[k].lower in SPEAKERS or (tokens[k].text.isupper() and 1 < len(tokens[k].text) < LETTERS)
        if noun and tokens[k + 1].text.islower() and tokens[k + 1].lower not in AFTER_PARTICIPLE | SPEAKERS | {"of"}:
            return k + 1
    return 0


def _transcript(tokens: Tokens) -> list[Raw]:
    """ "DOE: We hold the bridge.": the label of an interview or a minute, in capitals."""
    colon = next((k for k in range(1, min(6, len(tokens))) if tokens[k].text == ":"), 0)
    if not colon:
        return []
    begin = 1 if tokens[0].text in BULLETS else 0
    label = [t for t in tokens[begin:colon] if t.lower not in ("and", "partners", "/", "&")]
    named = bool(label) and all(t.text.isupper() and (len(t.text) > 2 or t.text[-1] == ".") for t in label)
    if not named or any(t.lower in HEADINGS for t in label) or colon + 2 >= len(tokens):
        return []
    return [Raw(begin, colon, colon, colon, colon + 1, LABELLED, "after")]


LABELLED = "label"
"""The verb of a label in a transcript: what follows it in its paragraph is the same speaker's."""
MINE = word_set("we i us my me")


def _interviewed(tokens: Tokens) -> list[Raw]:
    """ "Ann Roe: We have buried 41.": a name before what is said in the first person."""
    colon = next((k for k in range(1, min(5, len(tokens))) if tokens[k].text == ":"), 0)
    names = tokens[:colon]
    plain = all(token.text.isalpha() and token.text.istitle() for token in names)
    if not 2 <= colon <= 4 or not plain or any(token.lower in HEADINGS | TIME for token in names):
        return []
    spoken = {token.lower for token in tokens[colon + 1 :] if token.text != "US"} & MINE
    return [Raw(0, colon, colon, colon, colon + 1, LABELLED, "after")] if spoken else []


NO_NAME = DETERMINERS | PREP | TIME | HEADINGS
MEANS = word_set("by for on in to over via at through")
MOST_BEHIND = 6
"""Tokens that may stand between a speaker and the colon."""
LETTERS = 7
"""An acronym has fewer letters."""
LABEL = 12
"""How many tokens the name of a speaker may have before a colon."""
WORDS_OF = word_set(WORDS["words_of"])


def _labelled(tokens: Tokens, title: bool) -> list[Raw]:
    """ "The ministry in Halim: the town has not fallen", "Roe's answer: “Not ten.”": a speaker and a colon."""
    begin = 1 if tokens[0].text in BULLETS else 0
    colon = next((k for k in range(begin + 1, min(LABEL, len(tokens))) if tokens[k].text == ":"), 0)
    if not colon or colon + 2 >= len(tokens) or any(t.text[:1].isdigit() for t in tokens[begin:colon]):
        return []
    first, after = tokens[begin], tokens[colon + 1]
    told = after.text in QUOTES or has_verb(tokens, colon + 1, len(tokens))
    text = next((k for k in range(begin + 1, colon) if tokens[k].lower in TEXTS), 0)
    issued = text and any(token.lower in SPEAKERS for token in tokens[begin:text])
    if (
        issued and not title and is_numeral(after) and not has_verb(tokens, begin, colon)
    ):  # "The council's noon bulletin: 18 dead"
        return [Raw(begin, text + 1, text + 1, colon, colon + 1, "say", "after")]
    if not title and is_numeral(after) and _counter(tokens, begin, colon):
        return [Raw(begin, colon, colon, colon, colon + 1, "say", "after")]
    owner = next((k for k in range(begin + 1, colon) if tokens[k].lower in POSSESSIVE_MARKS), 0)
    if owner and tokens[colon - 1].lower in WORDS_OF and can_speak(tokens, begin, owner):
        return [Raw(begin, owner, owner, colon, colon + 1, "say", "after")]
    if not title and begin < (end := _person(tokens, begin, colon)) and (told or is_numeral(after)):
        return [Raw(begin, end, end, colon, colon + 1, "say", "after")]
    apart = _put_behind(tokens, begin, colon) if not title and (told or is_numeral(after)) else 0
    if apart:
        return [Raw(begin, apart, apart, colon, colon + 1, "say", "after")]
    if not told or has_verb(tokens, begin, colon):
        return []
    if tokens[colon - 1].lower in TEXTS and colon - begin > 1 and can_speak(tokens, begin, colon - 1):
        return [Raw(begin, colon, colon, colon, colon + 1, "say", "after")]  # "UN statement: soldiers have ..."
    stop = next(
        (k for k in range(begin, colon) if tokens[k].text in BREAKS or tokens[k].lower in AFTER_PARTICIPLE), colon
    )
    noun = tokens[stop - 1]
    if after.text in QUOTES or any(t.lower in TEXTS for t in tokens[stop:colon]):
        whole = stop < colon and tokens[stop].text == "," and first.text[:1].isupper() and stop - begin < SHORT_NAME
        if whole and (first.lower not in DETERMINERS | PREP | TIME):
            return [Raw(begin, stop, stop, colon, colon + 1, "say", "after")]  # "Roe, in a voice message: “...”"
    several = first.lower in SPEAKERS and first.lower.endswith("s")  # "Rescuers from the coast guard: 40 pulled out"
    if several and noun is first and not title:
        return [Raw(begin, stop, colon, colon, colon + 1, "say", "after")]
    definite = (first.lower in DETERMINERS or owner) and noun.lower in SPEAKERS
    named = colon - begin < 6 and stop - begin > 1 and first.lower in SPEAKERS and tokens[begin + 1].text[:1].isupper()
    return [Raw(begin, stop, colon, colon, colon + 1, "say", "after")] if definite or named else []


def _person(tokens: Tokens, begin: int, colon: int) -> int:
    """Where the name of a person ends: "Deputy governor Roe:", "Ann Roe of the aid office in Halim:"; else `begin`."""
    k = begin
    while k < colon and tokens[k].text.istitle() and tokens[k].text.isalpha() and tokens[k].lower not in NO_NAME:
        k += 1
    behind = tokens[k].lower if k < colon else ""
    if 2 <= k - begin <= 3 and behind in ("of", "from", "at"):
        body = any(t.lower in BODY_NOUNS for t in tokens[k + 1 : colon])
        return colon if body and not has_verb(tokens, k, colon) else begin
    reach = range(min(colon, begin + 4) - 1, begin - 1, -1)
    office = next((m for m in reach if tokens[m].lower in ONE_PERSON | RANKS), -1)
    if (
        office < begin
        or tokens[begin].lower in NO_NAME - HEADINGS
        or any(t.text in BREAKS for t in tokens[begin:office])
    ):
        return begin
    stop = office + 1
    while stop < colon and tokens[stop].text[:1].isupper() and tokens[stop].lower not in TIME:
        stop += 1
    rest = all(t.lower in TIME | {"again", "once", "more"} for t in tokens[stop:colon])
    apart = stop + 1 < colon and tokens[stop].text == "," and tokens[stop + 1].lower in MEANS
    return stop if stop > office + 1 and (rest or apart) else begin


def _put_behind(tokens: Tokens, begin: int, colon: int) -> int:
    """Where the name ends in "The Front, for its part:", "The mayor again:"; 0 where no such label stands there."""
    stop = next((k for k in range(begin, colon) if tokens[k].text == "," or tokens[k].lower == "again"), 0)
    if stop < begin + 2 or tokens[begin].lower not in DETERMINERS or colon - stop > MOST_BEHIND:
        return 0
    means = tokens[stop].lower == "again" or tokens[stop + 1].lower in MEANS
    noun = tokens[stop - 1].lower in BODY_NOUNS | ONE_PERSON | SPEAKERS
    return stop if means and noun and not has_verb(tokens, begin, colon) else 0


def _counter(tokens: Tokens, begin: int, colon: int) -> bool:
    """ "Operations room: 34 dead", "Finance Minister Ann Roe: 7,000 in camps", "WFP: 40 tonnes"."""
    names = tokens[begin:colon]
    letters = len(names) == 1 and names[0].text.isupper() and 1 < len(names[0].text) < LETTERS
    if letters and names[0].lower not in HEADINGS:
        return any(token.text.islower() for token in tokens[colon:])
    person = any(token.lower in RANKS for token in names[:-1]) and all(token.text[:1].isupper() for token in names)
    return len(names) < SHORT_NAME and (names[-1].lower in OFFICES or person)


def _voice(tokens: Tokens, left: int, right: int) -> bool:
    if right - left == 1 and tokens[left].text.isupper() and any(token.text.islower() for token in tokens):
        return 1 < len(tokens[left].text) < LETTERS and tokens[left].lower not in HEADINGS  # "UN: 4,000 flee"
    titled = tokens[left].lower in SPEAKERS and right - left <= 4  # "Mayor of Halim: ..."
    return (titled or tokens[right - 1].lower in SPEAKERS) and not any(t.text.isdigit() for t in tokens[left:right])


def clock(tokens: Tokens) -> int:
    """How many tokens the time takes with which an entry of a live page begins: "7.20pm", "[14:20 GMT] –"."""
    if not tokens:
        return 0
    begin = 1 if tokens[0].text == "[" and len(tokens) > 1 else 0
    if not tokens[begin].text[0].isdigit() or not _TIME.fullmatch(tokens[begin].text):
        return 0
    stop = begin + 1
    while stop < len(tokens) and (tokens[stop].lower in _OF_CLOCK or tokens[stop].text in "]-–—:|"):
        stop += 1
    opens = stop < len(tokens) and (tokens[stop].text[:1].isupper() or tokens[stop].text in QUOTES)
    return stop if opens else 0


_TIME = re.compile(r"[012]?\d[.:][0-5]\d(?:[ap]m)?|\d{1,2}[ap]m|[012]\d[0-5]\d")
_OF_CLOCK = word_set("am pm a.m p.m a.m. p.m. gmt utc bst est local time hrs h")
