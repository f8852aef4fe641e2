"""Speakers behind a preposition or a participle: "according to X", "reported by X", "quoted X as saying"."""

from __future__ import annotations

from claimstream.reading.speech.inner import the_number
from claimstream.reading.speech.phrases import TOLD_THINGS, antecedent, noun_phrase, phrase_end
from claimstream.reading.speech.spans import Raw
from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    ATTRIBUTIVE,
    BREAKS,
    COUNT_NOUNS,
    DENIAL,
    DETERMINERS,
    PAST,
    POSSESSIVE_MARKS,
    QUOTES,
    REDUCED,
    TEXTS,
    VERBS,
    WORDS,
    Tokens,
    can_speak,
    is_tensed,
    word_set,
)

NUMBERS = word_set("number figure toll count total")
NUMBERING = word_set(WORDS["numbering"])
SAYING = word_set(WORDS["saying"])
SURVEYS = word_set(WORDS["studies"]) | TEXTS | COUNT_NOUNS
OBJECTS = word_set("it him her them us")
AWAY = word_set("up away back over off out down in under to")
"""Behind a participle they make it another verb: "given up by the army"."""
QUOTED_BY = 12
"""Tokens up to "as saying" that may name who quotes."""
LONGEST_MAKER = 10
"""Tokens that may name who made a survey."""


def according(tokens: Tokens, n: int) -> Raw | None:
    if n + 2 >= len(tokens) or tokens[n + 1].lower not in ("to", "per"):
        return None
    left = n + 2
    if tokens[left].lower in ("which", "whom"):  # "disputed by the mayor, according to whom the road is open"
        who = antecedent(tokens, n, 0)
        return Raw(*who, n, left + 1, "according", "after") if who and can_speak(tokens, *who[:2]) else None
    head, right = noun_phrase(tokens, left)
    if head == left:
        return None
    if tokens[left].lower in OBJECTS and tokens[left].text != "US":
        head = right = left + 1  # "according to it eleven men have died"
    head = _owner(tokens, left, head)
    second = next((k for k in range(left + 2, head) if _begins_noun(tokens, k)), head)
    if second < head:
        head = right = second  # "according to state television the president said"
    cut = next(
        (k for k in range(left + 1, head) if tokens[k].text[:1].isdigit() and tokens[k - 1].text.islower()), head
    )
    verb = next((k for k in range(left + 1, head) if tokens[k].lower in NUMBERING and tokens[k].text.islower()), head)
    if verb < head:
        head = right = verb  # "the population, which according to the office numbers 900"
    elif cut < head and tokens[cut - 1].lower not in DETERMINERS | AFTER_PARTICIPLE:
        head = right = cut  # "according to preliminary data 1,400 have died"
    right = _made_by(tokens, right) if right == head else right
    opens = n == 0 or tokens[n - 1].text in ":;" or tokens[n].text.istitle()
    side = "after" if opens else "around"
    return Raw(left, head, right, n, right, "according", side)


def _begins_noun(tokens: Tokens, k: int) -> bool:
    """Whether a second noun phrase begins at `k`, without a word that would join it to the first."""
    before = tokens[k - 1]
    plain = before.text.isalpha() and before.lower not in AFTER_PARTICIPLE | DETERMINERS | {"of", "and", "or", "that"}
    return tokens[k].lower in ("the", "a", "an") and plain and not before.lower.endswith(("ing", "ed"))


def _made_by(tokens: Tokens, k: int) -> int:
    """Behind whom a survey is by: "according to a survey that Roofs for All has carried out with 38 others"."""
    if k + 2 >= len(tokens) or tokens[k].lower not in ("that", "which") or tokens[k - 1].lower not in SURVEYS:
        return k
    reach = range(k + 2, min(k + LONGEST_MAKER, len(tokens)))
    verb = next((m for m in reach if tokens[m].text in BREAKS or is_tensed(tokens, m, k + 1)), k)
    named = verb > k and tokens[verb].text not in BREAKS and can_speak(tokens, k + 1, verb)
    return verb if named else k


def _owner(tokens: Tokens, left: int, head: int) -> int:
    """ "the army's figures" -> the end of "the army"."""
    for k in range(left + 1, head):
        if (
            tokens[k].lower in POSSESSIVE_MARKS
            and k + 1 < head
            and any(t.lower in COUNT_NOUNS for t in tokens[k + 1 : head])
        ):
            return k
    return head


def passive(tokens: Tokens, n: int) -> Raw | None:
    by = next((k for k in range(n + 1, min(n + 4, len(tokens))) if tokens[k].lower == "by"), 0)
    if any(t.lower.endswith("ed") or t.lower in PAST for t in tokens[n + 1 : by]):
        return None  # "are reported surrounded by militiamen"
    if not by or by + 1 >= len(tokens) or tokens[n + 1].lower in AWAY or (by == n + 1 and the_number(tokens, n)):
        return None
    head, right = noun_phrase(tokens, by + 1)
    if tokens[n].lower in ("put", "placed") and tokens[n + 1].lower != "at":
        return None  # "was placed by soldiers in a truck", but "was put at 40 by the council"
    at = next((k for k in range(by + 2, head - 1) if tokens[k].lower == "at" and _numbered(tokens, k + 1)), head)
    head, right = (at, at) if at < head else (head, right)  # "estimated by diplomats at 9,000"
    verb = next((k for k in range(by + 3, head) if tokens[k].lower == "to" or _finite(tokens, k)), head)
    head, right = (verb, verb) if verb < head else (head, right)
    if head == by + 1 or not can_speak(tokens, by + 1, head):
        return None
    counts = any(token.lower in NUMBERS for token in tokens[max(0, n - 4) : n])
    lower, denial = tokens[n].lower, tokens[n].lower in DENIAL
    if head < len(tokens) and _finite(tokens, head) and not counts:
        # "a truce announced by the council lasted two hours": only the truce is announced
        return Raw(by + 1, head, head, n, head, VERBS[lower], "near", denial)
    of_noun = tokens[n - 1].lower in (TOLD_THINGS if lower in DENIAL else NUMBERS) if n else False
    if of_noun and any(t.text == "," for t in tokens[max(0, n - 6) : n]):
        return Raw(by + 1, head, right, n, right, VERBS[lower], "near", lower in DENIAL)  # "..., a claim denied by"
    return Raw(by + 1, head, right, n, right, VERBS[lower], "around", lower in DENIAL)


def _numbered(tokens: Tokens, k: int) -> bool:
    """A number, but for "more than", "about"."""
    return any(token.text[:1].isdigit() for token in tokens[k : k + 3])


def heard_from(tokens: Tokens, n: int) -> Raw | None:
    """ "The mission heard from a priest that 40 families were there", "has it from two drivers that": they say so."""
    source = n + 2 if tokens[n].lower in ("has", "have", "had") and tokens[n + 1].lower == "it" else n + 1
    if source + 2 >= len(tokens) or tokens[source].lower != "from":
        return None
    reach = range(source + 2, min(source + QUOTED_BY, len(tokens)))
    that = next((k for k in reach if tokens[k].lower == "that" or tokens[k].text in BREAKS), 0)
    named = that > 0 and tokens[that].lower == "that" and can_speak(tokens, source + 1, that)
    return Raw(source + 1, that, that, n, that + 1, "say", "after") if named else None


def _finite(tokens: Tokens, k: int) -> bool:
    """Whether a verb with a tense stands behind a name, and no adjective ("the US-backed army")."""
    lower = tokens[k].lower
    strong = lower in PAST or (lower.endswith("ed") and tokens[k - 1].lower not in DETERMINERS)
    return tokens[k].text.islower() and lower.isalpha() and strong and lower not in ATTRIBUTIVE | REDUCED


def quoted_as(tokens: Tokens, n: int) -> Raw | None:
    """Whom a medium quotes: "state radio quoted the general as saying". Its own reporter is the medium itself."""
    head = phrase_end(tokens, n + 1)
    saying = next((k for k in range(n + 2, min(head + 2, len(tokens))) if tokens[k].lower in SAYING), 0)
    if not saying:
        return None
    head = saying - 1 if tokens[saying - 1].lower == "as" else saying
    if tokens[n + 1].lower in ("its", "their", "his", "her") or not can_speak(tokens, n + 1, head):
        return None
    return Raw(n + 1, head, head, n, saying + 1, "say", saying_side(tokens, saying))


def saying_side(tokens: Tokens, saying: int) -> str:
    """Where words stand: behind "as saying", before it where nothing follows ("..., he quoted her as saying")."""
    behind = tokens[saying + 1] if saying + 1 < len(tokens) else None
    return "around" if behind is None or behind.text in BREAKS - QUOTES - {":"} or behind.text == "." else "after"


def saying_behind(tokens: Tokens, n: int) -> int:
    """Where "saying" stands in "was quoted by the radio as saying"; 0 where nothing of the kind does."""
    reach = range(n + 2, min(n + QUOTED_BY, len(tokens)))
    return next((k for k in reach if tokens[k].lower in SAYING and tokens[k - 1].lower == "as"), 0)
