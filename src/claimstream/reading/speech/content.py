"""On which side of a cue what is told stands: before the speaker, behind the verb, or around both."""

from __future__ import annotations

from claimstream.reading.speech.phrases import ENDERS, SPEECHES
from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    AUX,
    BREAKS,
    DENIAL,
    DETERMINERS,
    OBJECTLESS,
    PAST,
    PREP,
    PRONOUNS,
    QUOTES,
    TIME,
    VERBS,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    is_clause,
    is_relative,
    is_strong,
    word_set,
)

WHILE = word_set("while as when after before")
TOLD_TO = word_set(WORDS["told_to"])
TO_TEXTS = word_set("to in that which sent issued released posted published seen carried broadcast quoted distributed")
"""What goes on behind "in a statement", without being told."""
QUANTIFIERS = word_set("many some several most all both one another others")
STRONG = PAST - word_set("led set put paid met built made known heard")
"""Past forms that are no participles behind a noun, as "led" in "a group led by"."""
RELAYING = word_set(WORDS["relaying"])
ASKING = word_set("appeal call urge demand")
HEARER = 6
"""How many tokens may name whom somebody tells ("told journalists in the capital")."""


def told_before(tokens: Tokens, start: int, n: int, inside: list[bool]) -> bool:
    """As `_content_before`, for "..., said X": "say" takes no object, so that a few words before it will do."""
    if any(inside[start:n]) or tokens[n - 1].text in QUOTES or has_verb(tokens, start, n):
        return True
    comma = next((k for k in range(start + 1, n - 1) if tokens[k].text == ","), 0)
    if comma and tokens[comma + 1].lower in RELAYING and can_speak(tokens, start, comma):
        return False  # "State television, quoting the governor, said the village ..."
    return VERBS[tokens[n].lower] in OBJECTLESS and n - start >= 3 and not is_relative(tokens, start, n)


def _content_before(tokens: Tokens, start: int, n: int, inside: list[bool]) -> bool:
    """Whether what stands before the cue can be its content: a clause with a verb, or a quotation."""
    return any(inside[start:n]) or tokens[n - 1].text in QUOTES or is_clause(tokens, start, n)


def noun_end(tokens: Tokens, left: int, head: int) -> int:
    return next((k for k in range(left + 1, head) if tokens[k].lower in AFTER_PARTICIPLE | {"of"}), head)


def told_next(tokens: Tokens, left: int, bare: bool) -> bool:
    """Whether what is told follows "Ann Roe, the mayor, says": "50 buses to Belen and Darin were stopped".

    `bare` says that no verb stands before; a form that may be a participle is then taken for one with a tense.
    """
    for k in range(left, len(tokens)):
        token = tokens[k]
        if (token.text in BREAKS and token.text not in QUOTES) or (k > left and token.lower in ENDERS):
            return False
        if k > left and (token.lower in AUX or token.lower in STRONG) and tokens[k - 1].lower not in DETERMINERS:
            return tokens[k - 1].lower not in ("and", "but")
        tensed = bare and k > left + 1 and token.lower.endswith("ed") and token.text.islower()
        if tensed and k + 1 < len(tokens) and tokens[k + 1].lower in DETERMINERS | {"to"}:
            return True
    return False


def begins_clause(tokens: Tokens, left: int, head: int) -> bool:
    """Whether what follows "..., said" is told: "he cannot comment", "many of the examples that critics give"."""
    if tokens[left].lower in PRONOUNS and tokens[left].text != "WHO":
        return left + 1 < len(tokens) and tokens[left + 1].text not in BREAKS | {"."}
    ends = head >= len(tokens) or tokens[head].text in BREAKS or tokens[head].text == "."
    if tokens[left].lower == "one" and ends:
        return False  # "..., said one of them, a butcher"
    some = tokens[left].lower in QUANTIFIERS and head > left + 1
    return some and (tokens[left + 1].lower == "of" or not can_speak(tokens, left + 1, head))


def no_clause(tokens: Tokens, n: int) -> bool:
    """Whether nothing that is told follows the verb: ", as the mayor said on Monday"."""
    after = tokens[n + 1] if n + 1 < len(tokens) else None
    told = VERBS[tokens[n].lower] == "tell" and _hearer_ends(tokens, n)
    return told or after is None or after.text in BREAKS or after.text == "." or after.lower in PREP | TIME | TOLD_TO


def object_before(tokens: Tokens, that: int, n: int) -> bool:
    """ "the 773 that officials had announced": what is told stands before "that", and no clause follows the verb."""
    before, after = tokens[that - 1], tokens[n + 1] if n + 1 < len(tokens) else None
    if before.text in BREAKS or before.lower in VERBS or before.lower in AFTER_PARTICIPLE | AUX:
        return False
    return after is None or after.text in BREAKS or after.text == "." or after.lower in PREP | TIME | AUX


def content_side(tokens: Tokens, n: int, left: int, inside: list[bool], after: int) -> str:
    """Where the content stands: "after" the verb, or "around": before the speaker, and perhaps on behind."""
    quoted = left > 0 and tokens[left - 1].text in QUOTES
    apart = left > 0 and (tokens[left - 1].text in ",—–-)" or quoted)
    stop = next((k for k in range(n + 1, len(tokens)) if tokens[k].text in BREAKS), len(tokens))
    text = next((k + 1 for k in range(n + 1, stop - 1) if tokens[k].lower in SPEECHES), 0)
    if text and tokens[text].lower in TO_TEXTS:  # "announced in a note to which this paper had access"
        stop = text
    ends = all(t.text == "." or t.lower in TIME or t.lower in PREP | TOLD_TO | SPEECHES for t in tokens[n + 1 : stop])
    if apart and ends and text == stop and left - after > 2:
        return "around"
    if apart and ends and (stop == len(tokens) or tokens[stop].text in ",;:") and left - after > 2:
        return "around"
    if VERBS[tokens[n].lower] in ASKING and not quoted:
        return "after"  # "Flood in Halim: 41 dead – governor appeals for boats"
    if apart and left - after > 2 and VERBS[tokens[n].lower] == "tell" and _hearer_ends(tokens, n):
        return "around"
    if not apart or not (
        quoted or _content_before(tokens, after, left, inside) or _nothing_behind(tokens, after, left, n)
    ):
        return "after"
    if tokens[n].lower in DENIAL and not quoted:
        return "after"
    if stop < len(tokens) and tokens[stop].text == ":":
        return "after"
    if n + 1 < len(tokens) and tokens[n + 1].lower == "that":
        return "after"
    dated = n + 1 < len(tokens) and tokens[n + 1].lower in TIME | PREP
    aside = next((k for k in range(n + 1, min(n + 1 + HEARER, stop)) if tokens[k].lower in WHILE), n + 1)
    if n + 1 < aside and all(tokens[k].lower in TIME | PREP | TOLD_TO for k in range(n + 1, aside)):
        return "around"  # "..., the agency warned today after its team had seen the river"
    goes_on = is_strong(tokens, n + 1, stop) if dated else has_verb(tokens, n + 1, stop)
    return "after" if goes_on and not quoted else "around"


def _nothing_behind(tokens: Tokens, start: int, left: int, n: int) -> bool:
    """Whether words stand before and no verb behind: "Rebels hold the port, the mayor said in an interview"."""
    end = next(
        (k for k in range(n + 1, len(tokens)) if tokens[k].lower in WHILE or tokens[k].text in ";."), len(tokens)
    )
    placed = n + 1 < len(tokens) and tokens[n + 1].lower in TIME | PREP | WHILE
    opener = tokens[start].lower in PREP | TIME | WHILE
    return placed and not opener and left - start > 4 and not has_verb(tokens, n + 1, end)


def _hearer_ends(tokens: Tokens, n: int) -> bool:
    """ "..., a medic told us while he packed": nothing but the hearer stands behind the verb, so it was told before."""
    k = n + 1
    while k < len(tokens) and tokens[k].text not in BREAKS and tokens[k].text != "." and tokens[k].lower not in WHILE:
        k += 1
    return (
        n + 1 < k <= n + 1 + HEARER and not has_verb(tokens, n + 1, k) and "that" not in {t.lower for t in tokens[n:k]}
    )
