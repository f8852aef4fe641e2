"""Noun phrases beside a cue: where a speaker's name begins and ends, and what is put in between."""

from __future__ import annotations

from claimstream.model import Token
from claimstream.reading.speech.words import (
    AFTER_PARTICIPLE,
    AUX,
    BODY,
    BODY_NOUNS,
    BREAKS,
    DETERMINERS,
    INSERT,
    JOINERS,
    NOT,
    ONE_PERSON,
    PERSON,
    PREP,
    PRONOUNS,
    SEVERAL,
    SPEAKERS,
    SUBORDINATE,
    TEXTS,
    TIME,
    TIME_OPEN,
    VERBS,
    WORDS,
    Tokens,
    can_speak,
    has_verb,
    is_relative,
    is_strong,
    is_surname,
    is_tensed,
    word_set,
)

PARTS = word_set(WORDS["parts"])
TITLES = word_set(WORDS["titles"])
ENDERS = word_set(WORDS["enders"])
SPEECHES = TEXTS | word_set(WORDS["speeches"])
TOLD_THINGS = word_set(WORDS["told_things"])
CONJUNCTIONS = word_set(WORDS["conjunctions"])
LONGEST_NAME = 45
NOT_IN_NAMES = word_set("with by to about against beside behind via per")
MOST_OF_NAME = 5
NAMES_AS = word_set("name himself herself known only identified")
LONGEST_OPENING = 9
LONGEST_INSERT = 14
PARTICLES = word_set(WORDS["particles"])
NO_NAME_FIRST = TIME | PREP | DETERMINERS | TIME_OPEN
INSIDE = word_set("of at in for from on near")
REACHING = word_set("by about at on in whether if why")
NEWS = word_set("news names word words list lists toll figure figures number numbers update updates count data details")
"""What comes from somebody: "more names from the ministry, which says"."""
PLACING = word_set("in at near around inside outside across")
PLACES = word_set("capital city town village province region district area camp north south east west")
DESCRIBING = DETERMINERS | TITLES | SPEAKERS
NAMING = DETERMINERS | SPEAKERS | PRONOUNS
"""What a speaker may begin with that is no name."""
JOINING = AFTER_PARTICIPLE | SUBORDINATE | AUX | {"or", "who", "which", "than", "like"}
"""Words between a noun phrase and the next: without one, the second speaks."""
LED = PREP | DETERMINERS
_VERBS_BEHIND = word_set("said says told has had was were is are added do does did would could should")
NO_NOUNS = AFTER_PARTICIPLE | DETERMINERS
OPENING = PREP | TIME_OPEN
NEVER_SUBJECT = PREP | SUBORDINATE
CLAUSE_OPENS = SUBORDINATE | JOINERS | TIME | {"but"}


def noun_phrase(tokens: Tokens, left: int) -> tuple[int, int]:
    """(end of the phrase that starts at `left`, end with the descriptions that follow it after commas)."""
    head = phrase_end(tokens, left)
    right = head
    for _ in range(2):
        if right + 1 < len(tokens) and tokens[right].text == ",":
            opener = tokens[right + 1]
            stop = phrase_end(tokens, right + 1)
            closes = (
                stop >= len(tokens)
                or tokens[stop].text in ',.;:—–"”'
                or tokens[stop].lower in ("who", "as", "on", "in")
            )
            named = (
                opener.text[:1].isupper()
                and not has_verb(tokens, right + 1, stop)
                and tokens[left].lower in DETERMINERS
            )
            aged = (
                opener.text.isdigit() and stop == right + 2 and tokens[left].lower not in DETERMINERS
            )  # "Ann Roe, 34", not "the mayor, 40 rebels have died"
            described = (opener.lower in INSERT and opener.lower in DETERMINERS | TITLES) or aged
            if stop > right + 1 and closes and (named or described) and not has_verb(tokens, right + 1, stop):
                right = stop
                continue
        break
    return head, right


def phrase_end(tokens: Tokens, left: int) -> int:
    """Where a noun phrase that starts at `left` ends: at a break, a clause, or a date."""
    k = left
    while k < min(len(tokens), left + LONGEST_NAME):
        token = tokens[k]
        if (token.text in BREAKS and not _glued(tokens, k)) or (token.text == "." and k + 1 == len(tokens)):
            break
        if (
            token.text == "."
            and not _glued(tokens, k)
            and not (k and len(tokens[k - 1].text) <= 4 and tokens[k - 1].text[:1].isupper())
        ):
            break
        timed = token.lower in TIME and not token.text.islower() and not is_surname(tokens, k)
        if k > left and (token.lower in ENDERS or timed):
            break
        if k > left and token.lower in ("on", "in", "by", "at", "last", "late", "early", "to") and _dated(tokens, k):
            break
        if k > left and token.lower in _VERBS_BEHIND:
            break
        if k > left and token.lower in ("and", "or") and _verb_next(tokens, k + 1):
            break
        k += 1
    return k


def _verb_next(tokens: Tokens, k: int) -> bool:
    return has_verb(tokens, k, min(len(tokens), k + 3)) or (k < len(tokens) and tokens[k].lower in NOT)


def _glued(tokens: Tokens, k: int) -> bool:
    """A mark inside a word: the stop and the hyphen of "Gen.-Maj."."""
    inner = 0 < k < len(tokens) - 1 and tokens[k].text in "-."
    return inner and tokens[k - 1].end == tokens[k].start and tokens[k].end == tokens[k + 1].start


def _dated(tokens: Tokens, k: int) -> bool:
    """ "on Sunday", "in a statement", "by telephone", "to reporters": no part of the name before."""
    following = [t.lower for t in tokens[k + 1 : k + 4]]
    if not following:
        return True
    return (
        following[0] in TIME
        or following[0] in ("telephone", "phone", "email", "e-mail", "reporters", "journalists")
        or (
            following[0] in ("a", "an", "the", "his", "her", "its", "their")
            and any(w in TIME | TEXTS | {"interview", "briefing", "conference", "speech"} for w in following[1:])
        )
    )


def with_name(tokens: Tokens, left: int, head: int, after: int) -> tuple[int, int, int]:
    """A description without its second comma has the name before it: "John Doe, a commander with the group said"."""
    if left - 2 >= after and tokens[left - 1].text == "," and tokens[left].lower in ("a", "an", "the", "head", "chief"):
        start = left - 1
        while start > after and (tokens[start - 1].text[:1].isupper() or tokens[start - 1].lower in PARTICLES):
            start -= 1
        opens = start == after or tokens[start - 1].text in BREAKS
        if opens and 2 <= left - 1 - start <= 5 and tokens[start].lower not in NO_NAME_FIRST:
            return start, left - 1, head
    return left, head, head


def left_edge(tokens: Tokens, k: int) -> int:
    """The first token of the noun phrase that ends at `k`."""
    if (tokens[k].lower in PERSON | SEVERAL and tokens[k].text != "WHO") or (
        tokens[k].lower in BODY and _opens_clause(tokens, k)
    ):
        return k
    object_of = _noun_before(tokens, k)
    if object_of:
        return object_of
    begin = k
    while begin > 0 and tokens[begin - 1].text not in BREAKS:
        begin -= 1
    edge = begin
    for m in range(k - 1, begin - 1, -1):
        lower = tokens[m].lower
        if lower in JOINERS and not has_verb(tokens, begin, m):
            continue
        if lower == "and" and _second_relative(tokens, begin, m):
            continue  # "a man who had fled and who had seen it says"
        if lower in ("that", "which", "who", "whom") and tokens[m].text != "WHO":
            if _describes_speaker(tokens, begin, m, k) or (lower == "that" and m + 1 == k and _one_thing(tokens[k])):
                continue  # "the council that the army had set up says", "that camp"
            if (
                m + 1 <= k
                and not (lower == "whom" and m > begin and has_verb(tokens, m + 1, k + 1))
                and (
                    tokens[m + 1].lower in DETERMINERS
                    or tokens[m + 1].lower in PRONOUNS
                    or tokens[m + 1].text[:1].isupper()
                    or (m + 1 == k and not has_verb(tokens, k, k + 1))
                )
            ):
                edge = m + 1
                break
            continue
        if lower in SUBORDINATE and not (lower == "as" and tokens[m - 1].lower in NAMES_AS):
            edge = m + 1
            break
    return strip_opening(tokens, edge, k)


def _describes_speaker(tokens: Tokens, begin: int, m: int, k: int) -> bool:
    """Whether "that" or "which" at `m` tells more of the one named before it: "the council that the army set up"."""
    noun = (
        tokens[begin].lower in DETERMINERS
        and begin + 1 < m < begin + LONGEST_OPENING
        and tokens[m - 1].lower in SPEAKERS
    )
    return (
        noun
        and (tokens[m + 1].lower in DETERMINERS or tokens[m + 1].text[:1].isupper())
        and has_verb(tokens, m + 2, k + 1)
        and not has_verb(tokens, begin, m)
    )


def _one_thing(noun: Token) -> bool:
    """A thing that "that" points at, and nobody who speaks."""
    return noun.text.islower() and not noun.lower.endswith("s") and noun.lower not in SPEAKERS


def _second_relative(tokens: Tokens, begin: int, m: int) -> bool:
    """Whether the "and" at `m` joins a further relative clause to one before it, or its second verb."""
    relative = next((k for k in range(begin + 1, min(m, begin + 6)) if tokens[k].lower in ("who", "which", "that")), 0)
    after = tokens[m + 1].lower
    joins = after in ("who", "which") or (after in AUX and tokens[m + 2].lower not in DETERMINERS)
    return joins and relative > 0 and not has_verb(tokens, begin, relative)


def _opens_clause(tokens: Tokens, k: int) -> bool:
    """Whether "it" is a subject: nothing, or a word that opens a clause, stands before it."""
    return k == 0 or tokens[k - 1].text in BREAKS or tokens[k - 1].lower in CLAUSE_OPENS


def _noun_before(tokens: Tokens, k: int) -> int:
    """ "a claim the group denies": where two noun phrases meet without a word between, the second speaks; else 0."""
    for m in range(k, max(k - 8, 1), -1):
        if tokens[m].text in BREAKS:
            break
        if tokens[m].text[:1].isupper() and tokens[m - 1].lower in TOLD_THINGS:
            return m  # "a claim Kyiv rejects"
        if tokens[m].lower in ("the", "a", "an"):
            before = tokens[m - 1]
            plain = (
                before.text.islower()
                and before.text.isalpha()
                and not (before.lower in PREP or before.lower in DETERMINERS)
            )
            joins = before.lower in JOINING
            joins = joins or tokens[m - 2].lower == "who"  # "a diplomat who follows the fighting"
            owned = any(tokens[j].lower in DETERMINERS for j in range(max(0, m - 4), m - 1))
            return m if plain and owned and not joins and not before.lower.endswith(("ing", "ed", "ly")) else 0
    return 0


def strip_opening(tokens: Tokens, left: int, k: int) -> int:
    """Past "Meanwhile", "At midday", "A few hours later", where a noun phrase follows."""
    while left < k and tokens[left].lower in TIME_OPEN:
        left += 1
    if left + 1 < k and tokens[left].text.istitle() and tokens[left].lower.endswith("ly"):
        left += tokens[left + 1].lower in DETERMINERS  # "Officially the hospital"
    if tokens[left].lower in PLACING and k - left > 1 and _bare_plural(tokens, k):
        return k  # "In Halim partners", "in the capital doctors"
    if left and tokens[left].lower == "of" and tokens[left - 1].lower == "as":  # "As of 23:00 the mayor"
        left = next((m for m in range(left + 1, min(k, left + 6)) if tokens[m].lower in ("the", "a", "an")), left)
    if tokens[left].lower in ("in", "at", "near", "from"):  # "In Halim itself the mayor"
        for m in range(left + 2, min(k, left + 7)):
            noun = tokens[m - 1]
            placed = noun.text[:1].isupper() or (
                noun.lower.isalpha() and noun.lower not in NO_NOUNS and can_speak(tokens, m, k + 1)
            )
            if tokens[m].lower in ("the", "a", "an", "his", "her", "its", "their") and placed:
                return m
    for m in range(min(k - 1, left + 6), left - 1, -1):
        if m > left and (tokens[m].lower in TIME or (tokens[m].lower in SPEECHES and tokens[left].lower == "in")):
            words = tokens[left:m]
            following = tokens[m + 1]
            if following.lower in TIME:
                continue
            opens = (
                tokens[left].lower in PREP
                or tokens[left].text.isdigit()
                or tokens[left].lower
                in (
                    "a",
                    "an",
                    "two",
                    "three",
                    "the",
                    "last",
                    "this",
                )
            )
            named = following.lower in NAMING or following.text[:1].isupper()
            if opens and named and not any(w.text[:1].isupper() and w.lower not in TIME for w in words[1:]):
                return m + 1
    return left


def _bare_plural(tokens: Tokens, k: int) -> bool:
    """Whether several people are named in one word behind a place."""
    noun, place = tokens[k], tokens[k - 1]
    several = noun.text.islower() and noun.lower in SPEAKERS and noun.lower.endswith("s")
    return several and (place.text[:1].isupper() or place.lower in PLACES)


def over_inserts(tokens: Tokens, comma: int, after: int = 0) -> tuple[int, int, int] | None:
    """The speaker before one or two inserted parts: "X, a councillor, said"; "X, who fled from Y, said"."""
    segments: list[tuple[int, int]] = []
    stop = comma
    if tokens[comma].text in ")—–-":
        opening = "(" if tokens[comma].text == ")" else tokens[comma].text
        stop = next((k for k in range(comma - 1, after - 1, -1) if tokens[k].text == opening), comma)
        if stop > after and tokens[stop - 1].text not in BREAKS:
            left = left_edge(tokens, stop - 1)
            acronym = opening == "(" and comma - stop == 2 and tokens[stop + 1].text.isupper()
            return (left, stop, comma + 1 if acronym else stop) if after <= left < stop else None
    for _ in range(5):
        start = _segment_start(tokens, stop, after)
        if start == stop:
            break
        if _holds_clause(tokens, start, stop, start > after) and not is_relative(tokens, start, stop):
            edge = max(start, left_edge(tokens, stop - 1))
            joined = edge > start and tokens[edge - 1].lower in CONJUNCTIONS
            if segments and joined and can_speak(tokens, edge, stop) and not has_verb(tokens, edge, stop):
                segments.append((edge, stop))
            described = _told_more_of(tokens, start, stop) if segments and start == after else 0
            if described:
                segments.append((start, described))  # "The council that the army set up, and which sits here, says"
            break
        segments.append((start, stop))
        if start <= after or tokens[start - 1].text not in ",(—–-" or _dateline(tokens, start):
            break
        stop = start - 1
    segments = _person(tokens, segments)
    while len(segments) > 1 and (_adverbial(tokens, *segments[-1]) or _counted(tokens, *segments[-1])):
        segments.pop()
    if not segments:
        return None
    left, tail = segments[-1]
    head = tail
    if tokens[tail - 1].text == ")":
        head = next((k for k in range(tail - 1, left, -1) if tokens[k].text == "("), tail)
    left = max(left, left_edge(tokens, head - 1))
    if left >= head:
        return None
    described = tail + 1 < comma and (
        tokens[tail + 1].lower in DETERMINERS | TITLES or tokens[tail + 1].text[:1].isupper()
    )
    return left, head, (comma if described and not is_relative(tokens, tail + 1, comma) else tail)


def _told_more_of(tokens: Tokens, start: int, stop: int) -> int:
    """Where "that" stands behind a speaker who opens the sentence: "The council that the army set up"; or 0."""
    for m in range(start + 2, min(stop - 1, start + LONGEST_OPENING)):
        if tokens[m].lower in ("that", "which", "who"):
            noun = tokens[start].lower in DETERMINERS and tokens[m - 1].lower in SPEAKERS | BODY_NOUNS
            return m if noun and not has_verb(tokens, start, m) else 0
    return 0


def _person(tokens: Tokens, segments: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Up to a name beside an office: "the capital, Ann Roe, spokeswoman for the council, said" has no more of hers."""
    for n in range(len(segments) - 1):
        near, far = segments[n], segments[n + 1]
        if (_bare_name(tokens, *far) and _office(tokens, *near)) or (
            _bare_name(tokens, *near) and _office(tokens, *far)
        ):
            return segments[: n + 2]
    return segments


def _bare_name(tokens: Tokens, start: int, stop: int) -> bool:
    """Two to five words that are all of a person's name."""
    named = all(t.text[:1].isupper() or t.text in ".-" or t.lower in PARTICLES for t in tokens[start:stop])
    return named and 2 <= stop - start <= MOST_OF_NAME and tokens[start].lower not in DETERMINERS


def _office(tokens: Tokens, start: int, stop: int) -> bool:
    """What somebody is: "spokeswoman for the council", "the head of the clinic"."""
    end = next((k for k in range(start + 1, stop) if tokens[k].lower in AFTER_PARTICIPLE | {"of"}), stop)
    return any(t.lower in ONE_PERSON for t in tokens[start:end])


def _dateline(tokens: Tokens, start: int) -> bool:
    """Whether the dash before `start` ends a dateline: "HALIM (Test Wire) - The minister, who ..., said"."""
    opened = start > 1 and (tokens[start - 2].text == ")" or tokens[0].text.isupper())
    return opened and start < 14 and tokens[start - 1].text in "—–-"


def _holds_clause(tokens: Tokens, start: int, stop: int, inner: bool) -> bool:
    """Whether what stands between two commas is told, and no part of the speaker's name."""
    size = stop - start
    if inner and size < 9 and tokens[start].lower.endswith("ing") and not is_strong(tokens, start, stop):
        return False  # "working from morgue registers"
    if inner and _participial(tokens, start, stop):
        return False  # "formed when the mayor fled"
    placed = inner and size < LONGEST_INSERT and tokens[start].lower in PREP and not has_verb(tokens, start, stop)
    if placed and _opens_sentence(tokens, start - 1):
        return False  # "Ann Roe, for eleven years the mayor of Belen and now a refugee, says"
    if inner and size < 9 and tokens[start].lower in PREP and not any(t.lower in AUX for t in tokens[start:stop]):
        return False  # "in a video released on Tuesday"
    told = any(_tells(tokens, k) for k in range(start + 1, stop))
    first = tokens[start].lower.partition("-")[0]
    describes = first in DESCRIBING and can_speak(tokens, start, min(start + 6, stop))
    return has_verb(tokens, start, stop) or told or size > (9 if inner and not describes else 25 if describes else 14)


def _participial(tokens: Tokens, start: int, stop: int) -> bool:
    """ "A committee, formed when the mayor fled, says": a participle tells more of the one before the comma."""
    form = tokens[start].text.islower() and tokens[start].lower.endswith("ed") and start + 1 < stop
    joined = form and tokens[start + 1].lower in AFTER_PARTICIPLE | {"when", "while", "after"}
    noun = joined and start > 1 and tokens[start - 1].text == ","
    return bool(noun) and stop - start < LONGEST_INSERT and _opens_sentence(tokens, start - 1)


def _opens_sentence(tokens: Tokens, comma: int) -> bool:
    """Whether nothing but a noun phrase stands before the comma."""
    return comma < LONGEST_INSERT and not has_verb(tokens, 0, comma) and can_speak(tokens, 0, comma)


def _tells(tokens: Tokens, k: int) -> bool:
    """A verb of speech in the present ("puts", "says"), which `has_verb` cannot know by its form."""
    lower = tokens[k].lower
    return (
        lower in VERBS and lower.endswith("s") and tokens[k].text.islower() and tokens[k - 1].lower not in DETERMINERS
    )


def _segment_start(tokens: Tokens, stop: int, after: int) -> int:
    """Where the words before `stop` begin, back to a break; a bracket like "(WHO)" belongs to them."""
    start = stop
    while start > after:
        mark = tokens[start - 1].text
        if mark == ")":
            opening = next((k for k in range(start - 2, max(after, start - 8) - 1, -1) if tokens[k].text == "("), start)
            if opening == start:
                break
            start = opening
            continue
        if mark in BREAKS:
            break
        start -= 1
    return start


def _adverbial(tokens: Tokens, start: int, stop: int) -> bool:
    """ "In the capital", "killing nine of them": an opening phrase that holds no speaker of its own."""
    if tokens[start].lower == "according":
        return True  # "According to another report, Colonel Roe, who leads there, said"
    if tokens[start].text.islower() and (tokens[start].lower.endswith("ing") or not can_speak(tokens, start, stop)):
        return True
    reached = start + 1 < stop and tokens[start].lower.endswith("ed") and tokens[start + 1].lower in REACHING
    if reached:
        return True  # "Reached by telephone", "Asked about the toll"
    opens = tokens[start].lower in OPENING
    return opens and left_edge(tokens, stop - 1) <= start


def _counted(tokens: Tokens, start: int, stop: int) -> bool:
    """ "..., seven of them gravely, the mayor, Ann Roe, said": a count put in, no name."""
    first = tokens[start]
    opens = first.text[:1].isdigit() or first.lower in PARTS
    return opens and not any(t.lower in SPEAKERS for t in tokens[start:stop] if t.lower not in PARTS)


def antecedent(tokens: Tokens, who: int, after: int) -> tuple[int, int, int] | None:
    """The noun phrase before "who": "the police chief, who says"."""
    stop = who - 1 if who and tokens[who - 1].text == "," else who
    if who > 3 and tokens[who - 1].lower == "of" and tokens[who - 3].text == ",":
        stop = who - 3  # "the mortuaries, one of which"
    k = stop
    while k > after:
        lower = tokens[k - 1].lower
        if tokens[k - 1].text in BREAKS or lower in AUX or lower in VERBS:
            break
        k -= 1
        if lower in DETERMINERS and tokens[k - 1].lower not in INSIDE and not _with_person(tokens, k - 1):
            break
    led = next(
        (m for m in range(stop - 1, k - 1, -1) if tokens[m].lower in NOT_IN_NAMES and not _with_person(tokens, m)),
        k - 1,
    )
    k = led + 1  # "past three cars, with Colonel Roe of the army, who said"
    source = next((m for m in range(stop - 2, k - 1, -1) if tokens[m].lower == "from"), 0)
    told = source and tokens[source - 1].lower in NEWS
    if told and any(t.text.islower() and t.lower in SPEAKERS for t in tokens[source + 1 : stop]):
        k = source + 1  # "more names from the ministry, which says"
    if k > after + 2 and tokens[k - 1].text == "," and _office(tokens, k, stop):
        name = _segment_start(tokens, k - 1, after)
        name = max(name, next((m + 1 for m in range(k - 2, name - 1, -1) if tokens[m].text.islower()), name))
        if _bare_name(tokens, name, k - 1):
            return name, k - 1, stop
    return (k, stop, stop) if k < stop else None


def _with_person(tokens: Tokens, m: int) -> bool:
    """ "A blogger with the army who said", but not "past three cars, with Colonel Roe, who said"."""
    return m > 0 and tokens[m].lower == "with" and tokens[m - 1].lower in ONE_PERSON


def main_subject(tokens: Tokens, n: int) -> tuple[int, int, int] | None:
    """The subject that the sentence opens with: "Rebels" in "Rebels left the town, saying that ..."."""
    start = max((k + 1 for k in range(n) if tokens[k].text in "—–-:" and k < 12), default=0)
    start = _past_openings(tokens, start, n)
    left = strip_opening(tokens, start, n - 1)
    stop = next((k for k in range(left, n) if tokens[k].text in BREAKS or is_predicate(tokens, k, left)), left)
    if stop == left or stop - left > 12 or not can_speak(tokens, left, stop):
        return None
    if tokens[left].lower in NEVER_SUBJECT:
        return None
    return left, stop, noun_phrase(tokens, left)[1] if noun_phrase(tokens, left)[0] == stop else stop


def _past_openings(tokens: Tokens, start: int, n: int) -> int:
    """Past "Also speaking,", "In a statement,", "On Sunday,": what stands before the subject."""
    comma = next((k for k in range(start, min(start + LONGEST_OPENING, n)) if tokens[k].text == ","), 0)
    if not comma or comma + 2 >= n:
        return start
    opens = tokens[start].lower in AFTER_PARTICIPLE | TIME_OPEN or tokens[comma - 1].lower.endswith("ing")
    return comma + 1 if opens and not has_verb(tokens, start, comma) else start


def is_predicate(tokens: Tokens, k: int, left: int) -> bool:
    """Whether the verb stands at `k`; a participle behind an article is none ("the armed forces")."""
    describes = tokens[k].lower.endswith("ed") and k == left + 1 and tokens[left].lower in DETERMINERS
    return not describes and (is_tensed(tokens, k, left) or _acts(tokens, k, left))


def _acts(tokens: Tokens, k: int, left: int) -> bool:
    """A verb in the present behind one who acts: "the ministry blames the rebels and says"."""
    one = k > left and (tokens[k - 1].lower in ONE_PERSON | BODY_NOUNS) and k + 1 < len(tokens)
    form = tokens[k].text.islower() and tokens[k].lower.endswith("s") and tokens[k].lower not in SPEAKERS
    return one and form and (tokens[k + 1].lower in DETERMINERS | PREP or tokens[k + 1].text[:1].isupper())
