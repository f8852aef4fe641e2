"""Who says what within one sentence: cues, the speaker beside them, and the words that they answer for.

A sentence with a cue ("said", "according to", "by the army's count") is cut at commas and the like; the speaker is the
noun phrase on the side of the cue where the grammar of news puts it. Words and examples are in lexicon/speech.toml.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from claimstream.model import Sentence, Token
from claimstream.reading.speech.agents import according, heard_from, passive, quoted_as, saying_behind, saying_side
from claimstream.reading.speech.content import (
    content_side,
    no_clause,
    object_before,
    told_before,
)
from claimstream.reading.speech.estimates import PUT_AT, put_by
from claimstream.reading.speech.fitness import FURTHER, STANDS, calls_untrue, clause_in_name, fits, is_numeral, undenied
from claimstream.reading.speech.gaps import gapped
from claimstream.reading.speech.gestures import gestured, gesturing, shows
from claimstream.reading.speech.inner import inner, replaced
from claimstream.reading.speech.inversion import inverted, put_in
from claimstream.reading.speech.labels import LABEL, clock, labelled_by
from claimstream.reading.speech.phrases import (
    antecedent,
    left_edge,
    main_subject,
    noun_phrase,
    over_inserts,
    with_name,
)
from claimstream.reading.speech.sayings import LAST_OF_SAYINGS, saying_at
from claimstream.reading.speech.spans import Cue, Raw, outer, with_words
from claimstream.reading.speech.tallies import (
    COUNTS_TO,
    VERSIONS,
    arrived,
    counted,
    counts_by,
    own_account,
    owned,
    possessed,
    reaches,
    reckoned,
    tallied,
    version,
)
from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    BETWEEN,
    BREAKS,
    CLAUSE,
    CLOSING,
    COUNT_NOUNS,
    DENIAL,
    DETERMINERS,
    INVERTED,
    NOT,
    NOUN_LIKE,
    ONE_PERSON,
    OPENING,
    PASSIVE,
    PERSON,
    POSSESSIVE_MARKS,
    PREP,
    PRONOUNS,
    QUOTES,
    TIME,
    TRIGGERS,
    VERBS,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    is_surname,
    is_tensed,
    is_who,
    word_set,
)

ONLY_PASSIVE = word_set("believed thought said reported known alleged feared")
"""What is never active before "to"."""
PARTICIPLES = word_set(WORDS["participles"])
TALLIES = word_set(WORDS["tallies"])
MOST_CUES = 30
"""Words of speech that are looked at in one sentence: no news sentence has so many."""
ADVERBS = NOT | word_set(WORDS["adverbs"])
OWNED = word_set("own his her")
OWNERS = word_set("its their his her")
FROM_WHOM = word_set("hear hears heard learn learns learned learnt know knows knew has have had")
WENT_ON = word_set("went goes")
WENT = WENT_ON | {"continued", "continues"}
QUOTED = word_set("quoted cited quotes cites quoting citing")
MEANS = word_set(WORDS["means"])
ASIDE = word_set(WORDS["aside"])


def cues(sentence: Sentence, quoted: bool = False) -> tuple[Cue, ...]:
    """The cues of the sentence from left to right; `quoted` says that it begins inside a quotation.

    What stands between quotation marks is somebody's speech already: no cue is read there.
    """
    skip = clock(sentence.tokens)
    if not skip:
        return _cues(sentence, quoted)
    found = _cues(replace(sentence, tokens=sentence.tokens[skip:]), quoted)
    return tuple(replace(c, left=c.left + skip, head=c.head + skip, right=c.right + skip) for c in found)


def _cues(sentence: Sentence, quoted: bool) -> tuple[Cue, ...]:
    tokens = sentence.tokens
    labelled = sentence.title or any(token.text == ":" for token in tokens[1:LABEL])
    marked = any(token.text == "(" or (token.text == ":" and n + 1 < len(tokens)) for n, token in enumerate(tokens))
    if not (labelled or marked) and TRIGGERS.isdisjoint([token.lower for token in tokens]):
        return ()
    inside = _inside(tokens, quoted)
    found: list[Raw] = []
    triggers = [n for n, token in enumerate(tokens) if token.lower in TRIGGERS and not inside[n]]
    for n in triggers[:MOST_CUES]:
        if n and tokens[n].text.istitle() and not sentence.title and tokens[n].lower != "according":
            continue  # a noun in a name: "Situation Report", "Reports of ..."
        raw = _read(tokens, n, inside, found[-1] if found else None)
        if raw is not None:
            found.append(raw)
    if not found and labelled:
        found = labelled_by(tokens, sentence.title)
    if not found and not sentence.title:
        found = _before_quote(tokens)
    phrases = inner(tokens, inside, found)
    found = gapped(tokens, outer(replaced(found, phrases), tokens), inside)
    return (*(cue for cue, _ in phrases), *with_words(sentence, found))


def _before_quote(tokens: Tokens) -> list[Raw]:
    """ "He waved away the talk of thousands: “Not even three hundred.”": the subject of what leads to the quotation."""
    colon = next((k for k in range(2, len(tokens) - 1) if tokens[k].text == ":" and _opens_told(tokens, k)), 0)
    if not colon or QUOTES.intersection(token.text for token in tokens[:colon]):
        return []
    if shows(tokens, colon) and tokens[0].lower not in PERSON:
        head = next((k for k in range(1, colon) if tokens[k].lower in ONE_PERSON), 0) + 1
        return [Raw(0, head, head, colon, colon + 1, "say", "after")]
    if tokens[0].lower in PERSON | {"they"} and (is_tensed(tokens, 1) or shows(tokens, colon)):
        return [Raw(0, 1, 1, colon, colon + 1, "say", "after")]
    if tokens[colon + 1].text not in QUOTES and not is_numeral(tokens[colon + 1]):
        subject = gesturing(tokens, colon)
        return [Raw(*subject, colon, colon + 1, "say", "after")] if subject else []
    subject = main_subject(tokens, colon)
    return [Raw(*subject, colon, colon + 1, "say", "after")] if subject else []


def _opens_told(tokens: Tokens, colon: int) -> bool:
    """A quotation, a number behind "its toll" ("has not changed its toll: 2,946 dead"), what a gesture goes with."""
    if shows(tokens, colon) and (is_numeral(tokens[colon + 1]) or has_verb(tokens, colon + 1, len(tokens))):
        return True
    if gestured(tokens, colon) and has_verb(tokens, colon + 1, len(tokens)):
        return True
    owned = any(a.lower in OWNERS and b.lower in COUNT_NOUNS for a, b in pairwise(tokens[:colon]))
    return tokens[colon + 1].text in QUOTES or (owned and is_numeral(tokens[colon + 1]))


def _in_name(tokens: Tokens, n: int) -> bool:
    """Whether the word belongs to a name ("in Tell Asfour"); in a headline in title case nobody can tell."""
    if not tokens[n].text[:1].isupper() or n + 1 >= len(tokens) or not tokens[n + 1].text[:1].isupper():
        return False
    if n and tokens[n - 1].text in LEADS:
        return True
    return any(token.text.islower() and len(token.text) > LONG for token in tokens[max(0, n - 6) : n])


KEPT = word_set("kept compiled issued given maintained published held gathered made")
SETS = word_set("put puts gave gives had has raised")
LEADS = word_set(WORDS["leads"])
"""Prepositions that no verb stands after."""
PUT_IN = 8
"""How many tokens a speaker may have whose name stands behind its verb within a sentence."""
LONG = 3
"""Longer words have a capital in a headline in title case."""


def _inside(tokens: Tokens, quoted: bool) -> list[bool]:
    """For each token whether it stands in a quotation that is open there."""
    if not quoted and QUOTES.isdisjoint([token.text for token in tokens]):
        return [False] * len(tokens)
    marks, inside = quoted, []
    for token in tokens:
        if token.text in QUOTES:
            marks = token.text in OPENING or (token.text not in CLOSING and not marks)
        inside.append(marks)
    return inside


def _read(tokens: Tokens, n: int, inside: list[bool], previous: Raw | None) -> Raw | None:
    after = previous.end if previous else 0
    lower = tokens[n].lower
    if n < after:
        return None
    if lower in FROM_WHOM and n + 3 < len(tokens):
        heard = heard_from(tokens, n)
        if heard is not None:
            return heard
    if lower == "according":
        return according(tokens, n)
    if lower == "per":
        return according(tokens, n - 1) if n and tokens[n - 1].lower == "as" else None
    if lower in VERSIONS and n + 2 < len(tokens) and tokens[n + 2].lower == "that":
        return version(tokens, n)
    if lower in COUNT_NOUNS and tokens[0].lower in OWNERS and previous is None:
        own = possessed(tokens, n)
        if own is not None:
            return own
    if lower in COUNT_NOUNS and n + 1 < len(tokens) and tokens[n + 1].lower in VERBS:
        standing = tokens[n + 1].lower in STANDS | {"has", "had"} and n and tokens[n - 1].lower in POSSESSIVE_MARKS
        return counted(tokens, n) if standing else None
    if lower in COUNT_NOUNS and n and (tokens[n - 1].lower in POSSESSIVE_MARKS or owned(tokens, n)):
        return counted(tokens, n)
    if lower in COUNT_NOUNS and n > 1 and previous is None and tokens[n - 1].lower in OWNED | OWNERS:
        return own_account(tokens, n)
    if lower in COUNT_NOUNS and n > 1 and tokens[n - 2].lower == "by" and tokens[n - 1].lower == "the":
        return reckoned(tokens, n)
    if lower in COUNT_NOUNS and n > 1:
        by = next(
            (
                k
                for k in range(n - 1, max(-1, n - 6), -1)
                if tokens[k].lower in ("by", "on") or tokens[k].text in BREAKS
            ),
            0,
        )
        if by and tokens[by].lower == "by" and n - by > 1 and counts_by(tokens, by + 1, n):
            opens = by == 0 or (tokens[by - 1].text in BREAKS and n + 1 < len(tokens) and tokens[n + 1].text != ".")
            return Raw(by + 1, n, n + 1, by, n + 1, "count", "after" if opens else "near")
    apart = n + 4 < len(tokens) and tokens[n + 1].text == "," and tokens[n + 2].lower in ("from", "by")
    if apart and (lower in TALLIES or lower == "figure"):
        closed = next((k for k in range(n + 4, min(n + PUT_IN, len(tokens))) if tokens[k].text == ","), 0)
        return tallied(tokens, n, n + 3) if closed else None  # "The figure, from the mayor's office, is 140"
    if lower in TALLIES and n + 3 < len(tokens):
        by = n + 2 if tokens[n + 1].lower in KEPT else n + 1
        if tokens[by].lower in ("by", "from"):
            return tallied(tokens, n, by + 1)
    if lower in LAST_OF_SAYINGS:
        words = saying_at(tokens, n)
        if words is not None and words[0] >= after:
            return _worded(tokens, *words, after, previous)
    if lower in WENT:
        return _went_on(tokens, n)
    if lower in COUNTS_TO and (lower not in VERBS or reaches(tokens, n)):
        place = _subject(tokens, n, after, previous) if reaches(tokens, n) else None
        return arrived(tokens, n, place) if place else None
    if lower not in VERBS or _in_name(tokens, n):
        return None
    before = tokens[n - 1].lower if n else ""
    shared = before in ("both", "all", "each") and n > 1 and tokens[n - 2].text[0].isalpha()
    shared = shared and tokens[n - 2].lower not in LEADS and lower not in NOUN_LIKE  # "the two ministries both said"
    another = before in FURTHER and (lower not in NOUN_LIKE or lower in SETS)  # "another said", "others put it at 20"
    further = shared or another
    if before == "whose" and lower in NOUN_LIKE:
        return None  # "traders whose names we have"
    if before in DETERMINERS and (n == 1 or tokens[n - 1].text.islower()) and not further:
        return None
    if lower == VERBS[lower] and before in ("to", "not", "be") and not (_goes_on(tokens, n) or undenied(tokens, n)):
        return None
    if lower in ONLY_PASSIVE and n + 2 < len(tokens) and tokens[n + 1].lower == "to" and not _audience(tokens[n + 2]):
        return None  # "rebels believed to be from the north seized the port"
    be = _be_before(tokens, n)
    if be and lower == "told" and n + 1 < len(tokens) and tokens[n + 1].lower == "that":
        place = _subject(tokens, n, after, previous)  # "the mission was told that 60 remain"
        return Raw(*place, n, n + 1, "tell", "after") if place and fits(tokens, *place[:2], n, lower) else None
    if be and lower == "told" and n + 2 < len(tokens) and tokens[n + 1].lower in ("by", "at"):
        return _told_by(tokens, n, after)
    saying = saying_behind(tokens, n) if be and lower in ("quoted", "cited") else 0
    if saying:  # "the general was quoted by the radio as saying"
        place = _subject(tokens, n, after, previous)
        side = saying_side(tokens, saying)
        return Raw(*place, n, saying + 1, "say", side) if place and can_speak(tokens, *place[:2]) else None
    if be and not lower.endswith("ing"):
        return passive(tokens, n) if lower in PASSIVE else None
    if lower in PUT_AT and put_by(tokens, n):
        return None  # "losses, put by the ministry at 40": the phrase is read by itself
    doer = n + 2 < len(tokens) and tokens[n + 1].lower == "by" and tokens[n + 2].lower not in MEANS
    if doer and lower.endswith(("ed", "en")):
        return passive(tokens, n) if lower in PASSIVE else None
    if lower in QUOTED and (not be or lower.endswith("ing")):
        said = quoted_as(tokens, n)
        if said is not None:
            return said
    if lower.endswith("ing") and not be:
        return _participle(tokens, n, previous)
    if lower in INVERTED and n and tokens[n - 1].text in BREAKS and told_before(tokens, after, n, inside):
        raw = inverted(tokens, n, after)
        if raw is not None:
            return raw
    if n and tokens[n - 1].text == "," and (lower in INVERTED or lower in CLAUSE):
        aside = put_in(tokens, n, after)
        if aside is not None:
            return aside
    trails = n + 1 < len(tokens) and tokens[n + 1].text != "." and n + 5 >= len(tokens)
    if previous is not None and n and tokens[n - 1].text == "," and trails and lower in INVERTED:
        return None  # "..., said the mayor, reported AFP": the mayor is nearer to the claim
    return _preposed(tokens, n, inside, after, previous)


def _audience(token: Token) -> bool:
    """Whether somebody, and not what he did, stands behind "reported to": "the President", "Parliament"."""
    return token.lower in DETERMINERS or token.text[:1].isupper()


def _went_on(tokens: Tokens, n: int) -> Raw | None:
    """ "The mill, he went on, was theirs": put in between two commas."""
    end = n + 2 if tokens[n].lower in WENT_ON else n + 1
    on = end == n + 1 or (n + 1 < len(tokens) and tokens[n + 1].lower == "on")
    if n < 2 or end >= len(tokens) or not on or tokens[end].text not in ",:.;":
        return None
    left = left_edge(tokens, n - 1)
    person = tokens[left].lower in PRONOUNS or can_speak(tokens, left, n)
    if not person or not left or tokens[left - 1].text not in BREAKS or has_verb(tokens, left, n):
        return None
    return Raw(left, n, n, left, end, "say", "around")


def _goes_on(tokens: Tokens, n: int) -> bool:
    """ "continued to deny", "did not confirm" no: only verbs that keep the speech a fact."""
    return (
        n >= 2
        and tokens[n - 1].lower == "to"
        and tokens[n - 2].lower in ("continued", "continues", "continue", "on", "able")
    )


def _participle(tokens: Tokens, n: int, previous: Raw | None) -> Raw | None:
    """ "..., adding that", "Rebels left the town, saying they ...": the speaker is the one before, or the subject."""
    lower = tokens[n].lower
    if lower not in PARTICIPLES or not n or tokens[n - 1].text not in BREAKS:
        return None
    if previous is not None:
        return Raw(previous.left, previous.head, previous.right, n, n + 1, VERBS[lower], "after", lower in DENIAL)
    subject = main_subject(tokens, n)
    return Raw(*subject, n, n + 1, VERBS[lower], "after", lower in DENIAL) if subject else None


def _be_before(tokens: Tokens, n: int) -> bool:
    k = n - 1
    while k >= 0 and n - k < 4 and (tokens[k].lower in ADVERBS or tokens[k].lower.endswith("ly")):
        k -= 1
    return k >= 0 and tokens[k].lower in ("is", "are", "was", "were", "been", "be", "being", "'s")


def _told_by(tokens: Tokens, n: int, after: int) -> Raw | None:
    """ "Six people were wounded, the agency was told at the hospital", "we were told by the coroner"."""
    place = _subject(tokens, n, after, None)
    head, right = noun_phrase(tokens, n + 2)
    spoken = tokens[n + 1].lower == "at" or can_speak(tokens, n + 2, head)
    if place is None or head == n + 2 or not spoken or tokens[n + 2].text[0].isdigit():
        return None
    apart = place[0] - after > 2 and tokens[place[0] - 1].text == ","
    if not apart or not has_verb(tokens, after, place[0] - 1) or tokens[head - 1].lower in TIME:
        return None
    return Raw(n + 2, head, right, place[0], right, "tell", "around")


def _worded(tokens: Tokens, n: int, end: int, after: int, previous: Raw | None) -> Raw | None:
    """ "The institute made known that 12,400 had fled", "the mayor let slip that 30 had died"."""
    place = _subject(tokens, n, after, previous)
    if place is None or clause_in_name(tokens, *place[:2]):
        return None
    left, head, right = place
    speaks = tokens[left].lower in PRONOUNS - {"it"} or can_speak(
        tokens, left + (tokens[left].lower in DETERMINERS), head
    )
    return Raw(left, head, right, n, end, "say", "after") if speaks and not _denied(tokens, head, n) else None


def _denied(tokens: Tokens, head: int, n: int) -> bool:
    return any(t.lower in NOT or t.lower.endswith(("n't", "n’t")) for t in tokens[head:n])


def _preposed(tokens: Tokens, n: int, inside: list[bool], after: int, previous: Raw | None) -> Raw | None:
    """The speaker stands before the verb; the content after it, or before the speaker."""
    lower, verb = tokens[n].lower, VERBS[tokens[n].lower]
    place = None if _owned(tokens, n) else _subject(tokens, n, after, previous)
    if place is None:
        return None
    left, head, right = place
    if left > 3 and tokens[left - 1].text == ":" and _says_so(tokens, n) and can_speak(tokens, left, head):
        return Raw(left, head, right, left - 1, n + 2, verb, "around")  # "was retaken: the army announced it"
    if left > 1 and tokens[left - 1].lower == "whom" and tokens[left - 2].lower not in AFTER_PARTICIPLE | {"of"}:
        return None  # "drivers whom we asked"
    if left and tokens[left - 1].lower == "what" and (verb == "know" or _put_aside(tokens, left - 1)):
        return None  # "What we know: ..."
    denial = (lower in DENIAL and not undenied(tokens, n)) or calls_untrue(tokens, n)
    if not fits(tokens, left, head, n, lower):
        return None
    if left >= 2 and tokens[left - 1].lower in ("that", "which") and object_before(tokens, left - 1, n):
        return Raw(left, head, right, left - 1, n + 1, verb, "near", denial)
    if left > 1 and tokens[left - 1].lower == "as" and tokens[left - 2].text == "," and no_clause(tokens, n):
        return Raw(left, head, right, left - 1, n + 1, verb, "around", denial)
    shared = previous is not None and left == previous.left
    side = "after" if left < after or shared else content_side(tokens, n, left, inside, after)
    return Raw(left, head, right, n, n + 1, verb, side, denial)


def _owned(tokens: Tokens, n: int) -> bool:
    """Whether the word at `n` is what several have, no verb: "the rebels' claim", "the soldiers' reports"."""
    if n < 2 or tokens[n - 1].text not in ("'", "’") or tokens[n].lower.endswith(("ed", "id")):
        return False
    return tokens[n - 2].lower.endswith("s") and tokens[n - 2].end == tokens[n - 1].start


def _says_so(tokens: Tokens, n: int) -> bool:
    """Whether all that is said stands before: "announced it", "confirmed this on Friday"."""
    told = n + 2 < len(tokens) and tokens[n + 1].lower in ("it", "so", "this")
    behind = tokens[n + 2] if told else tokens[n]
    return told and tokens[n].lower not in DENIAL and (behind.text in BREAKS | {"."} or behind.lower in PREP | TIME)


def _put_aside(tokens: Tokens, what: int) -> bool:
    """Whether what somebody says is only put aside: "contrary to what the rebels say", "no matter what they claim"."""
    return any(token.lower in ASIDE for token in tokens[max(0, what - 2) : what])


def _subject(tokens: Tokens, n: int, after: int, previous: Raw | None) -> tuple[int, int, int] | None:
    """The noun phrase that is the subject of the verb at `n`."""
    k = _skip_back(tokens, n - 1, after)
    if k < after:
        return None
    if is_who(tokens[k]):
        return antecedent(tokens, k, after)
    if tokens[k].text in BREAKS:
        return over_inserts(tokens, k) if tokens[k].text in ",)—–-" else None
    if tokens[k].lower in ("and", "but", "or"):
        return (previous.left, previous.head, previous.right) if previous else main_subject(tokens, n)
    left = max(left_edge(tokens, k), after)
    if left - 3 >= after and tokens[left - 2].lower in ("that", "which", "who") and not can_speak(tokens, left, k + 1):
        verb = tokens[left - 1].lower
        if verb.endswith(("s", "ed")) and can_speak(tokens, max(after, left - 6), left - 2):
            return antecedent(tokens, left - 2, after)  # "a court that collects the data said"
    return with_name(tokens, left, k + 1, after) if left <= k else None


def _skip_back(tokens: Tokens, k: int, stop: int) -> int:
    """Over auxiliaries, adverbs and dates between speaker and verb."""
    start = k
    while k >= stop and start - k < 7:
        lower = tokens[k].lower
        if is_surname(tokens, k):
            break
        if lower in BETWEEN or lower in NOT or (lower.endswith("ly") and len(lower) > 4):
            k -= 1
        else:
            break
    return k
