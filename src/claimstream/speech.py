"""Who says what within one sentence: cues, the speaker beside them, and the words that they answer for.

A sentence with a cue ("said", "according to", "by the army's count") is cut at commas and the like; the speaker is the
noun phrase on the side of the cue where the grammar of news puts it. Words and examples are in lexicon/speech.toml.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from claimstream.lexicon import load
from claimstream.model import Sentence, Token

_DATA: dict[str, Any] = load("speech")


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VERBS = _DATA["verbs"]
_WORDS = _DATA["words"]


def _forms(group: str) -> dict[str, str]:
    """Each form of the group's verbs -> the infinitive."""
    return {form: verb.split()[0] for verb in _VERBS[group].split("|") for form in verb.split()}


_CLAUSE, _DENIAL, _COUNT = _forms("clause"), _forms("denial"), _forms("count")
_ALL = {**_COUNT, **_CLAUSE, **_DENIAL}
_INVERTED, _PASSIVE = _set(_VERBS["inverted"]), _set(_VERBS["passive"])
_NOUN_LIKE, _NEEDS_CLAUSE = _set(_VERBS["noun_like"]), _set(_VERBS["needs_clause"])
_COUNT_NOUNS, _TEXTS = _set(_WORDS["count_nouns"]), _set(_WORDS["texts"])
_BETWEEN, _AUX, _NOT = _set(_WORDS["between"]), _set(_WORDS["auxiliaries"]), _set(_WORDS["negations"])
_SUBORDINATE, _JOINERS = _set(_WORDS["subordinators"]), _set(_WORDS["joiners"])
_PREP, _TIME, _TIME_OPEN = _set(_WORDS["prepositions"]), _set(_WORDS["time_nouns"]), _set(_WORDS["time_openers"])
_INSERT = _set(_WORDS["insert_openers"])
_PERSON, _BODY, _SEVERAL = _set(_WORDS["person"]), _set(_WORDS["body"]), _set(_WORDS["several"])
_NO_SPEAKER = _set(_WORDS["none"])
_SPEAKERS = _set(_WORDS["speakers"])
_DETERMINERS, _PAST = _set(_WORDS["determiners"]), _set(_WORDS["past_forms"])
_BREAKS = frozenset((*',;:—–-()“”…|―"', "''", "``"))
_QUOTES = frozenset(('"', "“", "”", "«", "»", "''", "``"))
_OPENING, _CLOSING = frozenset(("“", "«", "``")), frozenset(("”", "»"))
TRIGGERS = frozenset(_ALL) | {"according", *_COUNT_NOUNS}


@dataclass(frozen=True, slots=True)
class Cue:
    """A speaker (tokens `left` to `right`, the bare name ending at `head`) and the content as offsets in the sentence.

    `verb` is the infinitive; `denial` marks what is denied; `place` says where the content stands from the cue.
    """

    left: int
    head: int
    right: int
    spans: tuple[tuple[int, int], ...]
    verb: str
    rule: str
    denial: bool = False


Tokens = tuple[Token, ...]
_REDUCED = _set("called named dubbed headed backed based linked nicknamed")


def cues(sentence: Sentence, quoted: bool = False) -> tuple[Cue, ...]:
    """The cues of the sentence from left to right; `quoted` says that it begins inside a quotation.

    What stands between quotation marks is somebody's speech already: no cue is read there.
    """
    tokens = sentence.tokens
    if not any(token.lower in TRIGGERS for token in tokens) and not sentence.title:
        return ()
    inside = _inside(tokens, quoted)
    found: list[_Raw] = []
    for n, token in enumerate(tokens):
        if token.lower in TRIGGERS and not inside[n]:
            raw = _read(tokens, n, inside, found[-1] if found else None)
            if raw is not None:
                found.append(raw)
    if not found and sentence.title:
        found = _headline(tokens)
    return _spans(sentence, _outer(found, tokens))


@dataclass(frozen=True, slots=True)
class _Raw:
    """A cue in tokens: the speaker, the cue word, where the cue ends, and on which side its content stands."""

    left: int
    head: int
    right: int
    start: int
    end: int
    verb: str
    side: str
    denial: bool = False


def _inside(tokens: Tokens, quoted: bool) -> list[bool]:
    """For each token whether it stands in a quotation of more than three words."""
    marks, inside = quoted, []
    for token in tokens:
        if token.text in _QUOTES:
            marks = token.text in _OPENING or (token.text not in _CLOSING and not marks)
        inside.append(marks)
    return inside


def _read(tokens: Tokens, n: int, inside: list[bool], previous: _Raw | None) -> _Raw | None:
    after = previous.end if previous else 0
    lower = tokens[n].lower
    if lower == "according":
        return _according(tokens, n)
    if (lower in _COUNT_NOUNS and n and tokens[n - 1].lower in ("'s", "'")) or (
        lower in _COUNT_NOUNS and _owned(tokens, n)
    ):
        return _counted(tokens, n)
    if lower not in _ALL:
        return None
    before = tokens[n - 1].lower if n else ""
    if before in _DETERMINERS:
        return None
    if lower == _ALL[lower] and before in ("to", "not", "be") and not _goes_on(tokens, n):
        return None
    be = _be_before(tokens, n)
    if be and not lower.endswith("ing"):
        return _passive(tokens, n) if lower in _PASSIVE else None
    if lower in _PASSIVE and n + 1 < len(tokens) and tokens[n + 1].lower == "by" and not be:
        return _passive(tokens, n)
    if lower in ("quoted", "cited") and not be:
        said = _quoted_as(tokens, n)
        if said is not None:
            return said
    if lower.endswith("ing") and not be:
        return _participle(tokens, n, previous)
    if lower in _INVERTED and n and tokens[n - 1].text in _BREAKS and _told_before(tokens, after, n, inside):
        raw = _inverted(tokens, n)
        if raw is not None:
            return raw
    return _preposed(tokens, n, inside, after, previous)


def _goes_on(tokens: Tokens, n: int) -> bool:
    """ "continued to deny", "did not confirm" no: only verbs that keep the speech a fact."""
    return (
        n >= 2 and tokens[n - 1].lower == "to" and tokens[n - 2].lower in ("continued", "continues", "continue", "on")
    )


def _quoted_as(tokens: Tokens, n: int) -> _Raw | None:
    """"State radio quoted the general as saying ...": the general speaks, not the radio; its own reporter is the radio."""
    head = _phrase_end(tokens, n + 1)
    if head + 1 >= len(tokens) or tokens[head].lower != "as" or not tokens[head + 1].lower.endswith("ing"):
        return None
    if tokens[n + 1].lower in ("its", "their", "his", "her") or not _speaks(tokens, n + 1, head):
        return None
    return _Raw(n + 1, head, head, n, head + 2, "say", "after")


def _participle(tokens: Tokens, n: int, previous: _Raw | None) -> _Raw | None:
    """ "..., adding that", "Rebels left the town, saying they ...": the speaker is the one before, or the subject."""
    lower = tokens[n].lower
    if lower not in _PARTICIPLES or not n or tokens[n - 1].text not in _BREAKS:
        return None
    if previous is not None:
        return _Raw(previous.left, previous.head, previous.right, n, n + 1, _ALL[lower], "after", lower in _DENIAL)
    start = max((k + 1 for k in range(n) if tokens[k].text in "—–-:" and k < 12), default=0)
    left = _strip_opening(tokens, start, n - 1)
    stop = next((k for k in range(left, n) if tokens[k].text in _BREAKS or is_tensed(tokens, k, left)), left)
    if (
        stop == left
        or stop - left > 12
        or not _speaks(tokens, left, stop)
        or tokens[left].lower in _PREP | _SUBORDINATE
    ):
        return None
    return _Raw(left, stop, stop, n, n + 1, _ALL[lower], "after", lower in _DENIAL)


def is_tensed(tokens: Tokens, k: int, left: int = 0) -> bool:
    """Whether the token at `k` looks like a verb with a tense."""
    lower = tokens[k].lower
    return lower in _AUX or lower in _PAST or lower in _ALL or (k > left and lower.endswith("ed") and tokens[k].text.islower())


_PARTICIPLES = _set(
    "saying adding arguing claiming insisting warning noting alleging stressing denying telling accusing announcing"
)


def _be_before(tokens: Tokens, n: int) -> bool:
    k = n - 1
    while k >= 0 and n - k < 4 and (tokens[k].lower in _ADVERBS or tokens[k].lower.endswith("ly")):
        k -= 1
    return k >= 0 and tokens[k].lower in ("is", "are", "was", "were", "been", "be", "being", "'s")


_ADVERBS = _NOT | _set("also now then again still already once ever long just widely")


def _according(tokens: Tokens, n: int) -> _Raw | None:
    if n + 2 >= len(tokens) or tokens[n + 1].lower != "to":
        return None
    left = n + 2
    head, right = _noun_phrase(tokens, left)
    if head == left:
        return None
    head = _owner(tokens, left, head)
    side = "after" if n == 0 or tokens[n - 1].text in ":;" else "around"
    return _Raw(left, head, right, n, right, "according", side)


def _owner(tokens: Tokens, left: int, head: int) -> int:
    """ "the army's figures" -> the end of "the army"."""
    for k in range(left + 1, head):
        if (
            tokens[k].lower in ("'s", "'")
            and k + 1 < head
            and any(t.lower in _COUNT_NOUNS for t in tokens[k + 1 : head])
        ):
            return k
    return head


def _owned(tokens: Tokens, n: int) -> bool:
    """An adjective or noun may stand between owner and count: "the ministry's latest tally", "its own figures"."""
    return any(tokens[k].lower in ("'s", "'") for k in range(max(0, n - 3), n)) and tokens[n - 1].text not in _BREAKS


def _counted(tokens: Tokens, n: int) -> _Raw | None:
    mark = next((k for k in range(n - 1, max(-1, n - 4), -1) if tokens[k].lower in ("'s", "'")), 0)
    left = _left_edge(tokens, mark - 1) if mark else 0
    left = next((k + 1 for k in range(mark - 1, left - 1, -1) if tokens[k].lower == "by"), left)
    if not mark or mark - left < 1 or tokens[left].lower == "our":
        return None
    if left and tokens[left - 1].lower == "by":
        return _Raw(left, mark, mark, left - 1, n + 1, "count", "near")
    if tokens[n].lower in ("tally", "tallies", "count", "toll", "figures", "estimate", "estimates", "statement"):
        return _Raw(left, mark, mark, n, left, "count", "around")
    return None


def _passive(tokens: Tokens, n: int) -> _Raw | None:
    by = next((k for k in range(n + 1, min(n + 4, len(tokens))) if tokens[k].lower == "by"), 0)
    if not by or by + 1 >= len(tokens):
        return None
    head, right = _noun_phrase(tokens, by + 1)
    if head == by + 1 or not _speaks(tokens, by + 1, head):
        return None
    return _Raw(by + 1, head, right, n, right, _ALL[tokens[n].lower], "around")


def _speaks(tokens: Tokens, left: int, head: int) -> bool:
    """Whether a noun phrase can be a speaker: a name or a noun of people or bodies."""
    return any(t.lower in _SPEAKERS or (t.text[:1].isupper() and t.lower not in _TIME) for t in tokens[left:head])


def _noun_phrase(tokens: Tokens, left: int) -> tuple[int, int]:
    """(end of the phrase that starts at `left`, end with the descriptions that follow it after commas)."""
    head = _phrase_end(tokens, left)
    right = head
    for _ in range(2):
        if right + 1 < len(tokens) and tokens[right].text == ",":
            opener = tokens[right + 1]
            stop = _phrase_end(tokens, right + 1)
            closes = (
                stop >= len(tokens)
                or tokens[stop].text in ',.;:—–"”'
                or tokens[stop].lower in ("who", "as", "on", "in")
            )
            named = (
                opener.text[:1].isupper()
                and not _finite(tokens, right + 1, stop)
                and tokens[left].lower in _DETERMINERS
            )
            described = (opener.lower in _INSERT and opener.lower in _DETERMINERS | _TITLES) or opener.text.isdigit()
            if stop > right + 1 and closes and (named or described) and not _finite(tokens, right + 1, stop):
                right = stop
                continue
        break
    return head, right


_TITLES = _set(
    "head chief president director chairman chairwoman leader spokesman spokeswoman spokesperson governor mayor"
)
_TITLES = _TITLES | _set(
    "minister commander senior deputy former who founder member professor executive editor secretary"
)
_ENDERS = _set(
    "who which whose whom that as after when while because if although though before since but where until than"
)


def _phrase_end(tokens: Tokens, left: int) -> int:
    """Where a noun phrase that starts at `left` ends: at a break, a clause, or a date."""
    k = left
    while k < len(tokens):
        token = tokens[k]
        if token.text in _BREAKS or (token.text == "." and k + 1 == len(tokens)):
            break
        if token.text == "." and not (k and len(tokens[k - 1].text) <= 4 and tokens[k - 1].text[:1].isupper()):
            break
        if k > left and (token.lower in _ENDERS or (token.lower in _TIME and not token.text.islower())):
            break
        if k > left and token.lower in ("on", "in", "by", "at", "last", "late", "early", "to") and _dated(tokens, k):
            break
        if k > left and token.lower in ("said", "says", "told", "has", "had", "was", "were", "is", "are", "added"):
            break
        if k > left and token.lower in ("and", "or") and _finite(tokens, k + 1, min(len(tokens), k + 4)):
            break
        k += 1
    return k


def _dated(tokens: Tokens, k: int) -> bool:
    """ "on Sunday", "in a statement", "by telephone", "to reporters": no part of the name before."""
    following = [t.lower for t in tokens[k + 1 : k + 4]]
    if not following:
        return True
    return (
        following[0] in _TIME
        or following[0] in ("telephone", "phone", "email", "e-mail", "reporters", "journalists")
        or (
            following[0] in ("a", "an", "the", "his", "her", "its", "their")
            and any(w in _TIME | _TEXTS | {"interview", "briefing", "conference", "speech"} for w in following[1:])
        )
    )


def _told_before(tokens: Tokens, start: int, n: int, inside: list[bool]) -> bool:
    """As `_content_before`, for "..., said X": "say" takes no object, so that a few words before it will do."""
    if any(inside[start:n]) or tokens[n - 1].text in _QUOTES or _finite(tokens, start, n):
        return True
    return _ALL[tokens[n].lower] == "say" and n - start >= 4 and not _relative(tokens, start, n)


def _content_before(tokens: Tokens, start: int, n: int, inside: list[bool]) -> bool:
    """Whether what stands before the cue can be its content: a clause with a verb, or a quotation."""
    return any(inside[start:n]) or tokens[n - 1].text in _QUOTES or _clausal(tokens, start, n)


def _inverted(tokens: Tokens, n: int) -> _Raw | None:
    """ "..., said Hamdullah Danishi, the acting governor, who ..."."""
    left = n + 1
    if left >= len(tokens):
        return None
    first = tokens[left]
    if first.lower in _NO_SPEAKER | _PREP | _TIME or first.lower in ("that", "to") or first.text in _BREAKS:
        return None
    head, right = _noun_phrase(tokens, left)
    named = (
        first.text[:1].isupper() or first.lower in _DETERMINERS or _speaks(tokens, left, head) or first.lower in _PERSON
    )
    if not named or head == left or (not _speaks(tokens, left, head) and first.lower not in _PERSON | _BODY | _SEVERAL):
        return None
    stop = next((k for k in range(head, len(tokens)) if tokens[k].text in _BREAKS), len(tokens))
    if _finite(tokens, left, head) or (head < stop and tokens[head].lower in _AUX):
        return None
    return _Raw(left, head, right, n, right, _ALL[tokens[n].lower], "around")


def _preposed(tokens: Tokens, n: int, inside: list[bool], after: int, previous: _Raw | None) -> _Raw | None:
    """The speaker stands before the verb; the content after it, or before the speaker."""
    lower, verb = tokens[n].lower, _ALL[tokens[n].lower]
    k = _skip_back(tokens, n - 1, after)
    if k < after:
        return None
    if tokens[k].lower in ("who", "which"):
        place = _antecedent(tokens, k, after)
    elif tokens[k].text in _BREAKS:
        place = _over_inserts(tokens, k) if tokens[k].text in ",)—–-" else None
    elif tokens[k].lower in ("and", "but", "or"):
        place = (previous.left, previous.head, previous.right) if previous else None
    else:
        left = max(_left_edge(tokens, k), after)
        place = _with_name(tokens, left, k + 1, after) if left <= k else None
    if place is None:
        return None
    left, head, right = place
    if not _fit_speaker(tokens, left, head, n, lower):
        return None
    shared = previous is not None and left == previous.left
    side = "after" if left < after or shared else _content_side(tokens, n, left, inside, after)
    return _Raw(left, head, right, n, n + 1, verb, side, lower in _DENIAL)


def _with_name(tokens: Tokens, left: int, head: int, after: int) -> tuple[int, int, int]:
    """A description without its second comma has the name before it: "John Doe, a commander with the group said"."""
    if left - 2 >= after and tokens[left - 1].text == "," and tokens[left].lower in ("a", "an", "the", "head", "chief"):
        start = left - 1
        while start > after and (tokens[start - 1].text[:1].isupper() or tokens[start - 1].lower in _PARTICLES):
            start -= 1
        opens = start == after or tokens[start - 1].text in _BREAKS
        if opens and 2 <= left - 1 - start <= 5 and tokens[start].lower not in _TIME | _PREP | _DETERMINERS:
            return start, left - 1, head
    return left, head, head


_SPEECHES = _TEXTS | _set("interview speech briefing conference remarks comments appearance")
_PARTICLES = _set("al el bin ibn abu de da van von der of")


def _skip_back(tokens: Tokens, k: int, stop: int) -> int:
    """Over auxiliaries, adverbs and dates between speaker and verb."""
    start = k
    while k >= stop and start - k < 7:
        lower = tokens[k].lower
        if lower in _BETWEEN or lower in _NOT or (lower.endswith("ly") and len(lower) > 4):
            k -= 1
        else:
            break
    return k


def _left_edge(tokens: Tokens, k: int) -> int:
    """The first token of the noun phrase that ends at `k`."""
    if tokens[k].lower in _PERSON | _BODY | _SEVERAL:
        return k
    object_of = _noun_before(tokens, k)
    if object_of:
        return object_of
    begin = k
    while begin > 0 and tokens[begin - 1].text not in _BREAKS:
        begin -= 1
    edge = begin
    for m in range(k - 1, begin - 1, -1):
        lower = tokens[m].lower
        if lower in _JOINERS and not _finite(tokens, begin, m):
            continue
        if lower in ("that", "which", "who", "whom"):
            if m + 1 <= k and (tokens[m + 1].lower in _DETERMINERS or tokens[m + 1].text[:1].isupper() or m + 1 == k):
                edge = m + 1
                break
            continue
        if lower in _SUBORDINATE:
            edge = m + 1
            break
    return _strip_opening(tokens, edge, k)


def _noun_before(tokens: Tokens, k: int) -> int:
    """"a claim the group denies": where two noun phrases meet without a word between, the second speaks; else 0."""
    for m in range(k, max(k - 8, 1), -1):
        if tokens[m].text in _BREAKS:
            break
        if tokens[m].lower in ("the", "a", "an"):
            before = tokens[m - 1]
            plain = before.text.islower() and before.text.isalpha() and before.lower not in _PREP | _DETERMINERS
            joins = before.lower in _AFTER_PARTICIPLE | _SUBORDINATE | _AUX | {"or", "who", "which", "than", "like"}
            owned = any(tokens[j].lower in _DETERMINERS for j in range(max(0, m - 4), m - 1))
            return m if plain and owned and not joins and not before.lower.endswith(("ing", "ed", "ly")) else 0
    return 0


def _strip_opening(tokens: Tokens, left: int, k: int) -> int:
    """Past "Meanwhile", "At midday", "A few hours later", where a noun phrase follows."""
    while left < k and tokens[left].lower in _TIME_OPEN:
        left += 1
    for m in range(min(k - 1, left + 6), left - 1, -1):
        if m > left and (tokens[m].lower in _TIME or (tokens[m].lower in _SPEECHES and tokens[left].lower == "in")):
            words = tokens[left:m]
            following = tokens[m + 1]
            opens = tokens[left].lower in _PREP or tokens[left].lower in (
                "a",
                "an",
                "two",
                "three",
                "the",
                "last",
                "this",
            )
            named = (
                following.lower in _DETERMINERS | _SPEAKERS | _PERSON | _BODY | _SEVERAL or following.text[:1].isupper()
            )
            if opens and named and not any(w.text[:1].isupper() and w.lower not in _TIME for w in words[1:]):
                return m + 1
    return left


def _over_inserts(tokens: Tokens, comma: int, after: int = 0) -> tuple[int, int, int] | None:
    """The speaker before one or two inserted parts: "X, a councillor, said"; "X, who fled from Y, said"."""
    segments: list[tuple[int, int]] = []
    stop = comma
    if tokens[comma].text in ")—–-":
        opening = "(" if tokens[comma].text == ")" else tokens[comma].text
        stop = next((k for k in range(comma - 1, after - 1, -1) if tokens[k].text == opening), comma)
        if stop > after and tokens[stop - 1].text not in _BREAKS:
            left = _left_edge(tokens, stop - 1)
            return (left, stop, stop) if after <= left < stop else None
    for _ in range(5):
        start = stop
        while start > after and tokens[start - 1].text not in _BREAKS:
            start -= 1
        if start == stop:
            break
        content = _clausal(tokens, start, stop) and not _relative(tokens, start, stop)
        if content:
            edge = max(start, _left_edge(tokens, stop - 1))
            if segments and edge > start and tokens[edge - 1].lower in _SUBORDINATE - _JOINERS:
                segments.append((edge, stop))
            break
        segments.append((start, stop))
        if start <= after or tokens[start - 1].text not in ",(—–-":
            break
        stop = start - 1
    while len(segments) > 1 and _adverbial(tokens, *segments[-1]):
        segments.pop()
    if not segments:
        return None
    left, head = segments[-1]
    left = max(left, _left_edge(tokens, head - 1))
    if left >= head:
        return None
    described = head + 1 < comma and (
        tokens[head + 1].lower in _DETERMINERS | _TITLES or tokens[head + 1].text[:1].isupper()
    )
    return left, head, (comma if described and not _relative(tokens, head + 1, comma) else head)


def _adverbial(tokens: Tokens, start: int, stop: int) -> bool:
    """ "In the capital": an opening phrase that holds no speaker of its own."""
    opens = tokens[start].lower in _PREP | _TIME_OPEN
    return opens and _left_edge(tokens, stop - 1) <= start


def _relative(tokens: Tokens, start: int, stop: int) -> bool:
    first = tokens[start].lower
    if first in ("who", "which", "whose", "where", "when", "asked", "speaking"):
        return True
    return (first in _INSERT or first in _DETERMINERS) and any(
        t.lower in ("who", "which", "whose", "that", "where") for t in tokens[start:stop]
    )


def _antecedent(tokens: Tokens, who: int, after: int) -> tuple[int, int, int] | None:
    """The noun phrase before "who": "the police chief, who says"."""
    stop = who - 1 if who and tokens[who - 1].text == "," else who
    k = stop
    while k > after:
        lower = tokens[k - 1].lower
        if tokens[k - 1].text in _BREAKS or lower in _AUX or lower in _ALL:
            break
        k -= 1
        if lower in _DETERMINERS and tokens[k - 1].lower not in ("of", "at", "in", "for", "from", "on", "near"):
            break
    return (k, stop, stop) if k < stop else None


def _fit_speaker(tokens: Tokens, left: int, head: int, n: int, lower: str) -> bool:
    words = tokens[left:head]
    if (
        not words
        or len(words) > 40
        or (words[0].lower in _NO_SPEAKER and (len(words) == 1 or words[0].lower in ("there", "no", "nobody")))
    ):
        return False
    if _clause_in_name(tokens, left, head) and not _relative(tokens, left, head):
        return False
    if _denied_speech(tokens, head, n) or (_ALL[lower] in _MAY_SHOW and _thing(words)):
        return False
    pronoun = len(words) == 1 and words[0].lower in _PERSON | _BODY | _SEVERAL
    after = tokens[n + 1] if n + 1 < len(tokens) else None
    if lower in _COUNT and lower not in _CLAUSE:
        return not pronoun and _speaks(tokens, left, head) and _number_follows(tokens, n)
    if lower in _NOUN_LIKE and not pronoun:
        opens = after is not None and (
            ((after.text in ".," or after.lower in _PREP) and left > 0 and tokens[left - 1].text == ",")
            or after.lower in _DETERMINERS | {"that", "he", "she", "it", "they", ":"}
            or after.text[:1].isupper()
            or after.text in _QUOTES
        )
        if not opens or not _speaks(tokens, left, head):
            return False
    if lower in ("call", "calls", "called", "describe", "describes", "described"):
        asks = after is not None and after.lower in ("for", "on")
        if _ALL[lower] == "describe" and not pronoun and _speaks(tokens, left, head) and after is not None:
            return after.lower in _DETERMINERS or after.text in _QUOTES or after.lower == "how"
        return (asks or any(t.text in _QUOTES for t in tokens[n + 1 : n + 9])) and (
            pronoun or _speaks(tokens, left, head)
        )
    if lower in _NEEDS_CLAUSE:
        return after is not None and (
            after.lower in ("that", ":", ",", "of")
            or after.text in _QUOTES
            or (_ALL[lower] == "call" and after.lower in ("for", "on"))
            or (_ALL[lower] == "want" and after.lower == "to")
            or (after.text == "." and left > 0 and tokens[left - 1].text == ",")
        )
    return pronoun or _speaks(tokens, left, head) or words[0].lower in _DETERMINERS or words[-1].lower.endswith("s")


def _clause_in_name(tokens: Tokens, left: int, head: int) -> bool:
    """A tensed verb in what should be a name; "a statement issued online", "residents reached by phone" are none."""
    for k in range(left, head):
        if tokens[k].lower in ("who", "which", "whose"):
            return False
        if _finite(tokens, k, k + 1):
            return True
        if k > left and k + 1 < head and tokens[k].lower.endswith("ed") and tokens[k].text.islower():
            following = tokens[k + 1]
            named = following.lower in _AFTER_PARTICIPLE or (tokens[k].lower in _REDUCED and following.text[0].isupper())
            if tokens[k - 1].lower not in _DETERMINERS and not named:
                return True
    return False


_AFTER_PARTICIPLE = _PREP | _set(_WORDS["other_prepositions"])


def _denied_speech(tokens: Tokens, head: int, n: int) -> bool:
    """ "did not say", "would not confirm", "never explained": nothing is said."""
    return any(t.lower in _NOT or t.lower.endswith(("n't", "n’t")) for t in tokens[max(head, n - 4) : n])


def _thing(words: Tokens) -> bool:
    """A thing of somebody's, not a speaker: "his performance", "the government's victory" in "confirms", "shows"."""
    stop = next((k for k, w in enumerate(words) if k and (w.lower in _AFTER_PARTICIPLE or w.lower.endswith("ed"))), len(words))
    last = words[stop - 1]
    return last.text.islower() and last.lower not in _SPEAKERS | _TEXTS | _COUNT_NOUNS | _PERSON | _BODY | _SEVERAL


_MAY_SHOW = _set("confirm show suggest indicate reveal raise find")


def _number_follows(tokens: Tokens, n: int) -> bool:
    window = tokens[n + 1 : n + 14]
    if _ALL[tokens[n].lower] == "have":
        counted = any(t.lower in _VICTIMS for t in window[:6])
        return bool(window) and counted and (window[0].text[:1].isdigit() or window[0].lower in _NUMBERS | _ABOUT)
    for m, token in enumerate(window):
        if token.text in ".;" or (token.text == ":" and not any(t.lower in _MEASURES for t in window[:m])):
            return False
        if token.text[:1].isdigit() or token.lower in _NUMBERS:
            return m < 3 or any(t.lower in _MEASURES for t in window[:m])
    return False


_NUMBERS = _set("two three four five six seven eight nine ten eleven twelve dozens scores hundreds thousands dozen")
_ABOUT = _set("about some around at more over nearly almost only up a")
_VICTIMS = _set("dead killed wounded injured missing deaths casualties list tally fatalities victims names")
_MEASURES = _set(
    "number toll list tally count total figure dead killed deaths wounded injured missing casualties estimate"
)


def _content_side(tokens: Tokens, n: int, left: int, inside: list[bool], after: int) -> str:
    """Where the content stands: "after" the verb, or "around": before the speaker, and perhaps on behind."""
    quoted = left > 0 and tokens[left - 1].text in _QUOTES
    apart = left > 0 and (tokens[left - 1].text in ",—–-)" or quoted)
    stop = next((k for k in range(n + 1, len(tokens)) if tokens[k].text in _BREAKS), len(tokens))
    ends = all(t.text == "." or t.lower in _TIME or t.lower in _PREP | _TOLD_TO for t in tokens[n + 1 : stop])
    if apart and ends and (stop == len(tokens) or tokens[stop].text == ",") and left - after > 2:
        return "around"
    if not apart or not (quoted or _content_before(tokens, after, left, inside)):
        return "after"
    if tokens[n].lower in _DENIAL and not quoted:
        return "after"
    if stop < len(tokens) and tokens[stop].text == ":":
        return "after"
    if n + 1 < len(tokens) and tokens[n + 1].lower == "that":
        return "after"
    return "after" if _finite(tokens, n + 1, stop) and not quoted else "around"


_LINKS = _set("but and while as also has had have yet though never")
_TOLD_TO = _set("us me him them reporters journalists telephone phone statement the a")


def _headline(tokens: Tokens) -> list[_Raw]:
    """ "Police: 12 dead in blast", "12 dead in blast: police"."""
    marks = [k for k, t in enumerate(tokens) if t.text in ":–—-" and 0 < k < len(tokens) - 1]
    if not marks:
        return []
    first, last = marks[0], marks[-1]
    if tokens[first].text == ":" and first <= 4 and _voice(tokens, 0, first):
        return [_Raw(0, first, first, first, first + 1, "say", "after")]
    if len(tokens) - last - 1 <= 4 and _voice(tokens, last + 1, len(tokens)):
        return [_Raw(last + 1, len(tokens), len(tokens), last, len(tokens), "say", "around")]
    return []


def _voice(tokens: Tokens, left: int, right: int) -> bool:
    return tokens[right - 1].lower in _SPEAKERS and not any(t.text.isdigit() for t in tokens[left:right])


def _spans(sentence: Sentence, found: list[_Raw]) -> tuple[Cue, ...]:
    """Each cue with the words that it answers for: up to the next speaker, and back to the last one's words."""
    tokens, made = sentence.tokens, []
    size = len(tokens)
    for n, raw in enumerate(found):
        following = _begin(found[n + 1], raw.end) if n + 1 < len(found) else size
        floor = found[n - 1].end if n else 0
        spans: list[tuple[int, int]] = []
        if raw.side == "around":
            begin = min(raw.left, raw.start)
            if n and found[n - 1].side == "after":
                floor = _after_semicolon(tokens, floor, begin)
            spans = [(floor, begin), (raw.end, _stop_short(tokens, raw.end, following, size))]
        elif raw.side == "near":
            begin = raw.start
            while begin > floor and tokens[begin - 1].text not in _BREAKS and tokens[begin - 1].lower != "and":
                begin -= 1
            spans = [(begin, raw.start)]
        else:
            begin = _content_start(tokens, raw.end, following)
            stop = _stop_short(tokens, begin, following, size)
            if sentence.title:
                stop = next((k for k in range(begin, stop) if tokens[k].text == ";"), stop)
            spans = [(begin, stop)]
        shown = [(a, b) for a, b in (_words_only(tokens, a, b) for a, b in spans) if a < b]
        first, last = (shown[0][0], shown[-1][1] - 1) if shown else (raw.left, max(raw.left, raw.end - 1))
        chars = ((tokens[first].start, tokens[last].end),)
        made.append(Cue(raw.left, raw.head, raw.right, chars, raw.verb, raw.side, raw.denial))
    return tuple(made)


def _outer(found: list[_Raw], tokens: Tokens) -> list[_Raw]:
    """Without counts and confirmations that are only told by a later speaker: "X has counted 40, according to Y"."""
    kept: list[_Raw] = []
    for raw in found:
        told = raw.side == "around" and tokens[min(raw.left, raw.start) - 1].text == ","
        if told and kept and kept[-1].side == "after" and kept[-1].verb in _TOLD:
            if all(t.text not in ";:" for t in tokens[kept[-1].end : raw.left]):
                kept.pop()
        kept.append(raw)
    return kept


_TOLD = frozenset(_COUNT.values()) | {"confirm", "announce", "acknowledge", "declare", "show", "reveal"}


def _after_semicolon(tokens: Tokens, floor: int, begin: int) -> int:
    return next((k + 1 for k in range(begin - 1, floor - 1, -1) if tokens[k].text == ";"), begin)


def _content_start(tokens: Tokens, start: int, stop: int) -> int:
    """Past whom the words are said to and "that": "conceded to the station that the bank ..."."""
    for k in range(start, min(stop, start + 14)):
        if tokens[k].text in _BREAKS and tokens[k].text != ",":
            break
        if tokens[k].lower == "that":
            return k + 1 if not _finite(tokens, start, k) else start
    return start + 1 if start < stop and tokens[start].lower in ("of", "to", ":") else start


def _begin(raw: _Raw, after: int) -> int:
    """Where a cue begins; at its verb where it shares the speaker of one before."""
    begin = min(raw.left, raw.start)
    return begin if begin >= after else raw.start


def _stop_short(tokens: Tokens, start: int, following: int, size: int) -> int:
    """The content's end: before the next speaker, and before the "but" or "and" that leads to it."""
    stop = following
    for k in range(start, following):
        if tokens[k].text == ";" and following < size:
            stop = k
            break
    if following < size:
        while stop > start and (tokens[stop - 1].text in _BREAKS or tokens[stop - 1].lower in _LINKS):
            stop -= 1
    return stop


def _words_only(tokens: Tokens, start: int, end: int) -> tuple[int, int]:
    while start < end and tokens[start].text in ",;:.)—–-”":
        start += 1
    while start < end and tokens[end - 1].text in ",;:(—–-":
        end -= 1
    return start, end


def _clausal(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the tokens can be a clause: a finite verb is among them, or they are too many for a name."""
    return end - start > 9 or _finite(tokens, start, end)


def _finite(tokens: Tokens, start: int, end: int) -> bool:
    """Whether the tokens hold a verb with a tense, judged by form: auxiliaries, past forms, known verbs."""
    for n in range(start, end):
        lower = tokens[n].lower
        if lower in _AUX and lower not in ("being", "be", "been", "having"):
            if n > start and n + 1 < end and tokens[n - 1].text[:1].isupper() and tokens[n + 1].text[:1].isupper():
                continue
            return True
        if lower in _PAST:
            return True
        if lower.endswith("ed") and len(lower) > 4 and lower.isalpha() and not tokens[n].text[0].isupper():
            before = tokens[n - 1].lower if n > start else ""
            following = tokens[n + 1] if n + 1 < end else None
            if following is not None and (
                following.lower == "by" or (lower in _REDUCED and following.text[:1].isupper())
            ):
                continue
            if n > start and before not in _DETERMINERS and before not in _PREP and (n + 1 < end):
                return True
    return False
