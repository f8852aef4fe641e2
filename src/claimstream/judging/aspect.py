"""How the words present a state: as an event, as lasting, as an attack that failed, as a denial, or just as so.

Whether a second report is news or a contradiction hangs on this: "retook the bridge" follows "seized the bridge",
"still holds the bridge" disputes it. `moment` finds the day that the words put it on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from claimstream.judging.folding import plain
from claimstream.lexicon import load
from claimstream.lexicon.calendar import DAYS, MONTHS
from claimstream.model import Claim

Aspect = Literal["denial", "repelled", "stays", "again", "event", "state"]
_SEGMENT = re.compile(r"[;:–—]|\bbut\b|\bwhile\b|\balthough\b|\badding\b|\bsaying\b|\band said\b")
_CLAUSE = re.compile(r"[,()]|\bwhere\b")
_FIRST_SINCE = re.compile(r"\bfor the first time (?:since|in)\b")
"""What is so for the first time since a day has changed, and has not lasted since then."""
_ADMITS = frozenset(load("aspect")["admits"]["words"].split())
_RUNNING = frozenset(load("aspect")["running"]["words"].split())
_VERBS = frozenset(load("aspect")["verbs"]["words"].split())
_DENIES = frozenset(load("aspect")["denies"]["words"].split())
_WORD = re.compile(r"[a-z0-9]+(?:[-'][a-z0-9]+)*")
_ORDINALS = {
    name: n for n, name in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_ORDINALS |= {"middle": 15, "mid": 15, "end": 28, "late": 25, "early": 5}
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)$")
_SAID = frozenset(load("aspect")["said"]["words"].split())
"""Before a day they tell when somebody spoke, not when the thing happened."""
_DATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_NEAR = {"today": 0, "yesterday": 1}
_HISTORY = timedelta(days=8)
"""How far back a date lies whose events are history beside what the same article tells as news."""
_OF_TODAY = frozenset(("morning", "dawn", "noon", "midday", "today", "o'clock", "midnight", "early"))
"""Behind "since" they put the beginning on the day of the article."""
_CLOCK = re.compile(r"(?:about |around )?(?:\d{1,2} ?(?:am|pm|a m|p m)\b|\d{1,2} \d\d\b(?! \w+ \d)|noon\b)")
"""An hour behind "since": "11 a.m.", "9pm", "13:00"."""
_LASTING = re.compile(
    r"\bfor (?:the (?:past|last) )?(?:[a-z]+ |\d{1,3} ){0,2}(?:days?|weeks?|months?|hours?)\b"
    r"|\bfor the (?:second|third|[a-z]{3,9}th|\d{1,3}(?:nd|rd|th)) (?:straight |consecutive )?(?:day|week|night)\b"
)
"""How long a state has lasted: "has been closed for a week", "open for the third day"."""
_OWN = re.compile(
    r"\b(?:[Oo]ur (?:hands|control|forces|fighters|men|troops|soldiers|units|army|brothers)|in our (?:\w+ )?hands"
    r"|(?:his|her|its|their) (?:own )?(?:movement|men|fighters|comrades|side)(?:['’]s)?"
    r" (?:\w+ )?(?:is|are|was|were|had|have|has|hold|held|still|control|controlled|took|seized|captured)\b"
    r"|is ours\b|belongs to us\b)"
)
"""What a speaker says of his own side alone."""
_PASSING = re.compile(
    r"\b(?:(?:was|were|been)(?: briefly| temporarily)? (?:closed|shut|cut|blocked)|(?:closed|shut))"
    r" (?:for (?:an?|one|two|three|four|five|six|several|a few|\d+) (?:hours?|minutes)|once|twice|briefly)\b"
    r"|\bbriefly (?:closed|shut|cut|blocked)\b"
)
"""A way that was shut for a while, and no longer is."""
_NONE = frozenset("no nobody nothing none neither".split())
_PERFECT = frozenset("has have had".split())
_REACH = 6
"""How many words behind "no" its verb stands."""
_LIES_SHUT = re.compile(
    r"\b(?:is|are)(?: now| also| all| (?:entire|complete|ful|total)ly)?"
    r" (?:closed|blocked|cut off|cut|shut|severed|open|encircled|surrounded|besieged)\b"
)
"""How a way is, where "was closed" would tell what happened to it."""
_UNTIL_NOW = re.compile(r"\bhad been\b[^.;]{0,60}\b(?:since|for)\b")
"""How long a place was cut off that has been reached: "reached the village, which had been cut off since Monday"."""
_OCCASION = 8
"""Words between a verb of speech and the day on which somebody spoke: "told reporters in the capital on Friday"."""
_ON_OCCASION = frozenset("in at during by via through to late early".split())
_SHORT = 4
"""A clause of no more words is too short to tell; the sentence is looked at instead."""


def aspect(claim: Claim) -> Aspect:
    """The aspect of a control, siege or route claim, from the clause that names its asset."""
    if claim.denial:
        return "denial"
    found = _aspect(claim.sentence, claim.asset, str(claim.holds))
    if found == "event" and claim.kind in ("route", "siege") and _LIES_SHUT.search(claim.words or claim.sentence):
        return "state"
    freed = claim.kind == "siege" and claim.holds == "no"
    if freed and found in ("stays", "state") and _UNTIL_NOW.search(claim.sentence):
        return "again"
    way_shut = found == "denial" and claim.kind == "route" and claim.holds == "no"
    return "stays" if way_shut and not _denies(claim.sentence) else found


@lru_cache(maxsize=16384)
def _denies(sentence: str) -> bool:
    """True where somebody denies something; "not a single lorry gets through" only says how a way is."""
    return not _DENIES.isdisjoint(_WORD.findall(plain(sentence)))


def owns_up(claim: Claim) -> bool:
    """True where the words say outright that the speaker admits ("conceded", "acknowledged")."""
    return any(word in _ADMITS for word in _WORD.findall(plain(claim.sentence)))


def calls_own(claim: Claim) -> bool:
    """True where the speaker calls those who hold the place his own, whoever an office like his belongs to elsewhere.

    "It is in our hands"; "the colonel said that his movement was in full control".
    """
    return claim.holds == "yes" and bool(claim.attribution) and _OWN.search(claim.sentence) is not None


def moment(claim: Claim) -> datetime | None:
    """The beginning of the day that the claim's clause names ("on Monday", "yesterday"), None where it names none."""
    if not claim.dated:
        return None
    back = _days_back(claim.sentence, claim.asset, claim.published_at.weekday())
    if back is None:
        return None
    day = _midnight(claim.published_at)
    return day - timedelta(days=back)


def _midnight(time: datetime) -> datetime:
    return time.replace(hour=0, minute=0, second=0, microsecond=0)


def since(claim: Claim) -> datetime | None:
    """The day from which the clause says a state has lasted ("since Wednesday", "since the third of April")."""
    clause = _clause(claim.sentence, claim.asset)[0]
    if "since" not in clause:
        return None
    after = clause[clause.index("since") + 1 :][:6]
    day = _midnight(claim.published_at)
    for word in after:
        if word in DAYS:
            return day - timedelta(days=(day.weekday() - DAYS[word]) % 7)
        if word in MONTHS:
            return _in_month(after, MONTHS[word], day, claim.dated)
    if after[:1] == ("the",) and (number := _ORDINAL.match(" ".join(after[1:2]))):
        return _last(int(number[1]), day)
    return day if not _OF_TODAY.isdisjoint(after) or _CLOCK.match(" ".join(after)) else None


def _last(number: int, day: datetime) -> datetime | None:
    """The last 9th up to the day, for 9; None where not every month has such a day."""
    month = day if number <= day.day else day.replace(day=1) - timedelta(days=1)
    return month.replace(day=number) if 1 <= number <= 28 else None


def _in_month(words: tuple[str, ...], month: int, day: datetime, dated: bool) -> datetime:
    """The date in words such as "the third of April", "march 12", "the middle of March", in the year it fits."""
    number = next(
        (int(w.rstrip("stndrh")) for w in words if w.rstrip("stndrh").isdigit() and int(w.rstrip("stndrh")) < 32), 0
    )
    number = number or next((_ORDINALS[w] for w in words if w in _ORDINALS), 1)
    start = day.replace(month=month, day=min(number, 28))
    return start.replace(year=start.year - 1) if dated and start > day else start


def then(claim: Claim) -> bool:
    """True where the sentence tells two states of a place one after the other ("..., but by Monday ...")."""
    return _then(claim.sentence)


@lru_cache(maxsize=16384)
def _then(sentence: str) -> bool:
    text = f" {' '.join(_WORD.findall(plain(sentence)))} "
    return any(f" {phrase} " in text for phrase in _then_phrases())


@cache
def _then_phrases() -> tuple[str, ...]:
    row = load("aspect")["then"]
    return (*row["phrases"], *(f"{word} {day}" for word in row["before_a_day"] for day in DAYS))


def long_ago(claim: Claim) -> bool:
    """True where the clause puts an event far back ("last month", "in August" said in October): it is no news."""
    if _before(claim.sentence) or (claim.kind == "route" and claim.holds == "no" and _PASSING.search(claim.sentence)):
        return True
    if aspect(claim) in ("stays", "denial"):
        return False
    clause = _clause(claim.sentence, claim.asset)[0]
    return _long_ago(clause) or _earlier_date(clause, claim.published_at.year, claim.published_at.month)


@lru_cache(maxsize=16384)
def _before(sentence: str) -> bool:
    text = f" {' '.join(_WORD.findall(plain(sentence)))} "
    return any(f" {phrase} " in text for phrase in load("aspect")["before"]["phrases"])


@lru_cache(maxsize=16384)
def _long_ago(clause: tuple[str, ...]) -> bool:
    text = f" {' '.join(clause)} "
    return any(f" {phrase} " in text for phrase in load("aspect")["long_ago"]["phrases"])


@lru_cache(maxsize=16384)
def _earlier_date(clause: tuple[str, ...], year: int, month: int) -> bool:
    """True for "in August" said in October and "in 2014" said in 2017; the month just past counts as present."""
    for before, word in pairwise(("", *clause)):
        if before in ("in", "of") and word.isdigit() and len(word) == 4 and word < str(year):
            return True
        if before == "in" and word in MONTHS and (month - MONTHS[word]) % 12 >= 2:
            return True
    return False


def dated_back(claim: Claim) -> bool:
    """True for an event that the clause puts on a date more than a week back ("on May 5", in an article of May 19)."""
    if not claim.dated or aspect(claim) not in ("event", "again"):
        return False
    return _dated_back(_clause(claim.sentence, claim.asset)[0], claim.published_at)


def _dated_back(clause: tuple[str, ...], published: datetime) -> bool:
    for on, month, number in _dates(clause):
        if on == "on" and number.rstrip("stndrh").isdigit():
            day = _midnight(published)
            return published - _in_month((number,), MONTHS[month], day, dated=True) > _HISTORY
    return False


def _dates(words: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(the word before, the month, the word beside it) of "on 14 April" and "on April 14", whatever the words are."""
    for before, first, second in zip(words, words[1:], words[2:], strict=False):
        month, number = (first, second) if first in MONTHS else (second, first)
        if month in MONTHS:
            yield before, month, number


def count_day(claim: Claim) -> datetime | None:
    """The day of the event that a figure is of ("killed five people on Monday"); None for running counts and no day."""
    date = count_date(claim)
    if date is not None or not claim.dated or claim.scope != "incident":
        return date
    back = _count_days_back(claim.sentence, claim.published_at.weekday())
    if back is None:
        return None
    return _midnight(claim.published_at) - timedelta(days=back)


def count_date(claim: Claim) -> datetime | None:
    """The same where the words give its date ("on 14 April", "the dead of May 3rd")."""
    date = _date(claim.sentence) if claim.dated and claim.scope == "incident" else None
    if date is None:
        return None
    day = _midnight(claim.published_at)
    on = day.replace(month=date[0], day=date[1])
    return on if on <= day else on.replace(year=day.year - 1)


@lru_cache(maxsize=16384)
def _date(sentence: str) -> tuple[int, int] | None:
    """(month, day) of the one date in a sentence that is no running count."""
    words = _WORD.findall(plain(sentence))
    if not _RUNNING.isdisjoint(words):
        return None
    found = set()
    for before, month, number in _dates(words):
        day = _DATE.fullmatch(number) if before in ("on", "of") else None
        if day is not None and 1 <= int(day[1]) <= 28:
            found.add((MONTHS[month], int(day[1])))
    return found.pop() if len(found) == 1 else None


@lru_cache(maxsize=16384)
def _count_days_back(sentence: str, weekday: int) -> int | None:
    words = _WORD.findall(plain(sentence))
    if not _RUNNING.isdisjoint(words):
        return None
    days = [
        (weekday - DAYS[w]) % 7
        for n, w in enumerate(words)
        if w in DAYS and not _spoke(words[max(0, n - _OCCASION) : n])
    ]
    days += [_NEAR[w] for w in words if w in _NEAR]
    return days[0] if len(set(days)) == 1 else None


def _spoke(before: Sequence[str]) -> bool:
    """True where the day behind these words is that of the speaking: "said on", "told a news conference in Belen on".

    What was told stands in neither: "said that ... on", "told him 12 men had died on".
    """
    if not _SAID.isdisjoint(before[-2:]):
        return True
    at = next((n for n in range(len(before) - 1, -1, -1) if before[n] in _SAID), -1)
    told = before[at + 1 :]
    if at < 0 or not (before[at] == "told" or told[0] in _ON_OCCASION):
        return False
    happened = (w for before, w in pairwise(told) if w.endswith("ed") and before not in ("a", "an", "the"))
    return not any(word == "that" or word in _VERBS or word.isdigit() for word in told) and not any(happened)


@lru_cache(maxsize=16384)
def _days_back(sentence: str, asset: str, weekday: int) -> int | None:
    clause, _ = _clause(sentence, asset)
    for n, word in enumerate(clause):
        if word in _NEAR:
            return _NEAR[word]
        if word in DAYS and _SAID.isdisjoint(clause[max(0, n - 2) : n]):
            return (weekday - DAYS[word]) % 7
    return None


@lru_cache(maxsize=16384)
def _clause(sentence: str, asset: str) -> tuple[tuple[str, ...], bool]:
    """(the words of the clause that names the asset, whether a denial stands before it: "denied that, in X, ...").

    A clause without a verb ("all three districts, the last included, are still ...") takes in its whole segment.
    """
    wanted = {w.rstrip("s") for w in _WORD.findall(plain(asset))}
    best: tuple[str, ...] = ()
    hits, denied = -1, False
    for segment in _SEGMENT.split(_FIRST_SINCE.sub("newly after", plain(sentence))):
        denial = False
        for part in _CLAUSE.split(segment):
            words = tuple(_WORD.findall(part))
            common = len(wanted & {w.rstrip("s") for w in words})
            if words and common > hits:
                best = words if _has_verb(words) else tuple(_WORD.findall(segment))
                hits, denied = common, denial
            denial = denial or not _DENIES.isdisjoint(words)
    if not hits and cue(best) != "stays":
        best = _since_clause(plain(sentence)) or best
    return best, denied


def _since_clause(sentence: str) -> tuple[str, ...]:
    """The clause that says how long it has been so, where none names the asset: "no bus has got past since Monday"."""
    if " since " not in sentence:
        return ()
    clauses = (tuple(_WORD.findall(part)) for part in _CLAUSE.split(sentence))
    return next((words for words in clauses if "since" in words), ())


def _has_verb(words: tuple[str, ...]) -> bool:
    return any(word in _VERBS or word.endswith("ed") for word in words) or cue(words) != "state"


@lru_cache(maxsize=16384)
def _aspect(sentence: str, asset: str, holds: str) -> Aspect:
    clause, denied = _clause(sentence, asset)
    if denied:
        return "denial"
    found = cue(clause)
    if found in ("event", "state") and _LASTING.search(" ".join(clause)):
        return "stays"
    if found in ("event", "again", "state") and _negated(clause):
        return "denial" if holds == "no" else "stays"
    if found == "state" and len(clause) <= _SHORT:
        return cue(tuple(_WORD.findall(plain(sentence))))
    return found


def _negated(words: tuple[str, ...]) -> bool:
    """True for "has not fallen", "never left", "didn't take"; "no longer" tells of a change and is none.

    What is not so after a change bears it out: "left the town on Friday and have not come back".
    """
    none = next((n for n, word in enumerate(words) if word in _NONE), None)
    if none is not None and not _PERFECT.isdisjoint(words[none + 1 : none + _REACH]) and "longer" not in words:
        return True  # "no convoy has entered the town": not on the day on which another says that one did either
    at = next((n for n, word in enumerate(words) if word in ("not", "never", "nor") or word.endswith("n't")), None)
    return at is not None and not (at and words[at - 2 : at - 1] == ("and",) and cue(words[:at]) in ("event", "again"))


def cue(words: tuple[str, ...]) -> Aspect:
    """The aspect that the words of one clause show, negation apart."""
    text = f" {' '.join(words)} "
    for name, phrases in _phrases():
        if any(phrase in text for phrase in phrases):
            return name
    return "state"


@cache
def _phrases() -> tuple[tuple[Aspect, tuple[str, ...]], ...]:
    return tuple((row["name"], tuple(f" {p} " for p in row["phrases"])) for row in load("aspect")["aspect"])
