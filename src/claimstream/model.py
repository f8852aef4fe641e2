"""The nouns of the domain: frozen data, no behaviour beyond derived names.

Everything else in the package reads or makes these. They are standard dataclasses, so that the pure core needs no
library; `wire` turns them into JSON and back. All times are aware datetimes in UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import datetime
from functools import cache
from hashlib import blake2b
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeVar

SCHEMA = 1
"""The number that stands in each record; a reader parks records of a higher one."""

Kind = Literal["figure", "control", "siege", "route"]
Holds = Literal["yes", "no", "contested"]
Extent = Literal["all", "most", "part"]
Status = Literal["original", "corrected", "withdrawn", "repeat"]
Scope = Literal["incident", "period", "total"]


_R = TypeVar("_R")


def altered(record: _R, **changes: object) -> _R:
    """The record with other values of some fields: `dataclasses.replace`, for records of slots that check nothing.

    The fields are copied one by one and not given to `__init__`, which takes three times as long for claims. Raises
    KeyError for a field that the record does not have.
    """
    kind: Any = type(record)
    put, values = _fields(kind)
    made: _R = object.__new__(kind)
    for write, value in zip(put.values(), values(record), strict=True):
        write(made, value)
    for name, value in changes.items():
        put[name](made, value)
    return made


def made(kind: type[_R], /, **values: object) -> _R:
    """A record of the values, which names fields without a default all: what its `__init__` would give.

    A frozen record's `__init__` sets field after field through `object.__setattr__`, which takes ten times as long.
    Raises KeyError where a value is missing.
    """
    known: Any = kind
    record = object.__new__(kind)
    defaults = _defaults(known)
    for name, write in _fields(known)[0].items():
        write(record, values[name] if name in values else defaults[name])
    return record


@cache
def _defaults(kind: Any) -> dict[str, object]:
    return {field.name: field.default for field in fields(kind) if field.default is not MISSING}


def completed(record: _R, **values: object) -> _R:
    """The record itself, with fields that its maker left open: only for a record that nobody else holds yet."""
    kind: Any = type(record)
    put, _ = _fields(kind)
    for name, value in values.items():
        put[name](record, value)
    return record


@cache
def _fields(kind: type) -> tuple[dict[str, Callable[[object, object], None]], attrgetter[Any]]:
    """What writes each of the fields, at least two, and what reads them all."""
    names = tuple(field.name for field in fields(kind))
    return {name: kind.__dict__[name].__set__ for name in names}, attrgetter(*names)


def content_id(*parts: object) -> str:
    """A 16-digit hexadecimal id of the parts: the same on every machine, for the same content."""
    content = "".join([f"{part}\x00" for part in parts])
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it stands on the articles topic.

    `source` is the outlet (a domain or a name). `published_at` is None where the page shows no date; then `fetched_at`,
    the time of arrival, serves. `text` has paragraphs separated by blank lines and may carry page furniture.
    """

    id: str
    source: str
    title: str = ""
    text: str = ""
    published_at: datetime | None = None
    fetched_at: datetime | None = None
    url: str = ""
    status: Status = "original"


class Token(NamedTuple):
    """A word, number or mark of a sentence; `start` and `end` are offsets in the sentence's text."""

    text: str
    lower: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article, character for character.

    `start` is its offset in the article's `text` (in `title`, where `title` is true); `index` counts the sentences of
    the article, the title's first; `paragraph` counts paragraphs, the title being paragraph 0.
    """

    text: str
    start: int
    index: int
    paragraph: int
    title: bool
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as the words give it: bounds, not a point. None = open. `start` and `end` are offsets in the sentence.

    `unit` is None for counts of people or things. `words` is the whole phrase with its qualifier ("more than 700").
    `value_start` and `value_end` delimit the bare number in it. `vague` marks words without a number ("dozens").
    """

    low: float | None
    high: float | None
    approx: bool
    unit: str | None
    words: str
    start: int
    end: int
    value_start: int
    value_end: int
    vague: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureMention:
    """A quantity that measures the situation: what is counted, where, over which time. Offsets are in the sentence."""

    quantity: Quantity
    measure: str
    who: str
    place: str = ""
    scope: Scope = "incident"
    rule: str
    start: int
    end: int
    background: bool = False
    since: str = ""
    total: bool = True
    """False for a part of another figure of the same sentence ("among them 9 children")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMention:
    """What a sentence says of the state of an asset: who holds it, whether it is besieged, whether it can be passed.

    `asset` and `side` are natural names, references such as "the town" or "they" resolved where a reader would;
    `resolved` is false where that failed. `place` is the named place that a common noun ("the airport") belongs to.
    `denial` is true where the words deny a claim of another ("denied that rebels had taken the road").
    """

    kind: Literal["control", "siege", "route"]
    asset: str
    side: str
    holds: Holds
    extent: Extent = "all"
    place: str = ""
    rule: str
    start: int
    end: int
    background: bool = False
    denial: bool = False
    passing: bool = False
    """True for a mention in passing ("rebel-held eastern Aleppo")."""
    resolved: bool = True


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says the words between `start` and `end` of a sentence: `speaker` in the article's words ("" = the outlet).

    `name` is the speaker resolved within the article ("he" -> "Rami Abdel Rahman, head of the SOHR").
    """

    speaker: str
    name: str
    start: int
    end: int
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says about one subject, with the words it came from.

    `kind` decides which fields carry the value: figures have measure, low, high, approx, unit, who, place, scope; the
    others have asset, side, holds, extent and the place that the asset belongs to. `camp` is that of the side where the
    article tells it and the words of `side` do not ("the enemy").

    `start` and `end` are offsets of `words` in the article's text (title where `in_title`). `attribution` is the
    speaker in the article's words, "" where the outlet itself speaks; `speaker` the resolved name, folded. `origin` is
    the independent voice that the claim goes back to; `interest` the side that the voice belongs to, "" if none.
    `published_at` is the article's own time (its arrival where it has none), `as_of` the time that the claim speaks
    of, `arrived_at` and `position` its place in the stream. `side` is named as in the sentence, but "we" and unnamed
    units of the speaker's own side ("assault units") bear the name of that side, and an office ("the city is ours, the
    ministry says") that of its forces; a state's unit has it in brackets: "81st brigade (Ukrainian government forces)".
    """

    id: str
    article: str
    situation: str
    subject: str
    kind: Kind
    sentence: str
    words: str = ""
    start: int = 0
    end: int = 0
    in_title: bool = False
    rule: str = ""
    attribution: str = ""
    speaker: str = ""
    source: str = ""
    wire: str = ""
    origin: str = ""
    interest: str = ""
    published_at: datetime
    as_of: datetime
    arrived_at: datetime
    position: int = 0
    dated: bool = True
    background: bool = False
    passing: bool = False
    denial: bool = False
    implied: bool = False
    """True for the word that a denial speaks against, which nobody in the article says."""
    witness: bool = False
    """True for what the same words say of a second subject: of the road to one end, where they name both."""
    status: Status = "original"
    # figure
    measure: str = ""
    low: float | None = None
    high: float | None = None
    approx: bool = False
    vague: bool = False
    unit: str | None = None
    who: str = ""
    place: str = ""
    scope: Scope = "incident"
    since: str = ""
    total: bool = True
    # control, siege, route
    asset: str = ""
    side: str = ""
    camp: str = ""
    holds: Holds | None = None
    extent: Extent = "all"
    resolved: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleClaims:
    """The record on the claims topic: all that one article says about one situation (possibly nothing)."""

    article: str
    situation: str
    source: str
    published_at: datetime
    arrived_at: datetime
    status: Status = "original"
    claims: tuple[Claim, ...] = field(default=())
    schema: int = SCHEMA


# What the judge makes of claims.

What = Literal[
    "first",
    "repeat",
    "copy",
    "confirmation",
    "update",
    "narrowing",
    "correction",
    "withdrawal",
    "contradiction",
    "denial",
    "admission",
    "background",
    "late",
    "unclear",
]
"""What a report is to the fact it came into; `unclear` where its asset could not be told."""
Grade = Literal["none", "confirmed", "fair", "weak", "contested", "discounted"]
"""How sure a fact is, in the words of Airwars' casualty grading; `none` where no source is left."""
AlertType = Literal["change", "contradiction"]
AlertState = Literal["open", "resolved", "conceded", "corrected", "expired"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBook:
    """What was learned of the sources, as the judge takes it: who is one voice, and what the word of each weighs.

    It counts for claims that arrived at `since` or later, whenever a worker gets to read it, so that a replay judges as
    the stream did. `groups` gives for an origin the name of its group of copies; `weights` weighs origins and groups,
    `unknown` all others; a weight of 0 is not heard.
    """

    version: str
    since: datetime
    unknown: float = 1.0
    groups: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The limits of the judge. `profile` names the file of tolerances and conventions (lexicon/profile_NAME.toml)."""

    profile: str = "default"
    max_reports: int = 50
    """Reports kept in one fact. Older ones leave in bulk, their effect stays, and they are counted."""
    max_voices: int = 64
    """Independent voices kept in one fact; those silent for longest leave first."""
    max_history: int = 100
    max_facts: int = 100_000
    """Facts kept of one situation; those without an open alert that were silent for longest leave first."""
    books: tuple[SourceBook, ...] = ()
    """The source books, in the order of `since`; before the first every origin counts the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why the judge decided so: `code` for machines (a fixed list in consensus.REASONS), `words` for people."""

    code: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One claim in a fact, and what it was when it came. `origin` is the voice it was counted with."""

    claim: Claim
    what: What
    reason: Reason
    origin: str
    struck: Literal["", "corrected", "withdrawn"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one independent origin holds at present: its claim, when it first and last said so, and who carried it.

    `key` is its place among the voices: the origin, for control with the camp that it speaks about (`camp`), since one
    voice may say both that the rebels lost a town and that the army has it.
    """

    key: str
    origin: str
    interest: str
    camp: str
    claim: Claim
    since: datetime
    as_of: datetime
    copies: int = 0
    """Articles of other outlets that carried its words."""
    outlets: tuple[str, ...] = ()
    admission: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One step of a fact's history: what was believed from `at` on, and the claim that made it so."""

    at: datetime
    arrived_at: datetime
    best: float | None = None
    low: float | None = None
    high: float | None = None
    claimed: str = ""
    assessed: str = ""
    claim: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a disagreement, in the words of the first who took it, with the number of voices behind it.

    `origins` counts independent voices, `neutral` those of them that belong to no side, `copies` the outlets that only
    carried the words of one.
    """

    position: str
    claim: str
    article: str
    sentence: str
    speaker: str
    source: str
    published_at: datetime
    low: float | None = None
    high: float | None = None
    origins: int = 1
    neutral: int = 0
    copies: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One disagreement or change of hands, rewritten in place: the last record of an `id` is the alert.

    `revision` counts its steps in the canonical order of claims. Where articles come in that order each revision is
    sent once; one that comes out of order may change steps that were sent, and those are sent again, `restated_by` it.

    `raised_by` is the article whose claim made it what it is (`type`), `sentence` that claim's sentence. Times are
    those of the claims, never of a clock.
    """

    id: str
    revision: int
    type: AlertType
    state: AlertState
    reason: Reason
    subject: str
    situation: str
    kind: Kind
    raised_by: str
    sentence: str
    updated_by: str
    """The article that this revision comes from; what one article does to an open alert is one revision."""
    opened_at: datetime
    updated_at: datetime
    sides: tuple[Side, ...] = ()
    asset: str = ""
    place: str = ""
    measure: str = ""
    who: str = ""
    claimed: str = ""
    assessed: str = ""
    best: float | None = None
    low: float | None = None
    high: float | None = None
    restated_by: str = ""
    """The article that came out of order and made this record be sent, after others of the alert; "" as a rule."""
    digest: str = ""
    """A hash of all the rest: a record of the same id, revision and digest is a repetition."""
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class Strike:
    """A value that its source took back: a late reprint of it is silent."""

    origin: str
    source: str
    article: str
    value: str
    why: Literal["corrected", "withdrawn"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What the reports folded so far amount to; all that the next claim is judged against."""

    voices: tuple[Voice, ...] = ()
    newest: datetime | None = None
    assessed: str = ""
    claimed: str = ""
    best: float | None = None
    low: float | None = None
    high: float | None = None
    grade: Grade = "none"
    alert: Alert | None = None
    """The last alert of the subject, open or closed."""
    touched_at: datetime | None = None
    """When the claim arrived that revised it last; it expires a time after that."""
    holders: tuple[str, ...] = ()
    """Of an open alert: the keys of the voices on the side that was there first."""
    challengers: tuple[str, ...] = ()
    """And of those who speak against them."""
    strikes: tuple[Strike, ...] = ()
    history: tuple[Point, ...] = ()
    silenced: int = 0
    book: str = ""
    """The version of the source book by which the last claim was judged, "" for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """The consensus on one subject, with every report that it rests on.

    `stand` is the present; `base` what the reports that had to leave (`left` of them) amounted to, so that a claim out
    of order can be put in its place. `log` holds every revision of the alerts since `base`.
    """

    last: str = ""
    """The place of its last claim in the canonical order, as a text that sorts so. It stands first, as does `due`."""
    due: datetime | None = None
    """When its open alert expires, unless somebody speaks; None without an open alert."""
    subject: str
    situation: str
    kind: Kind
    asset: str = ""
    place: str = ""
    measure: str = ""
    who: str = ""
    unit: str | None = None
    scope: Scope = "incident"
    profile: str = "default"
    stand: Stand = field(default_factory=Stand)
    base: Stand = field(default_factory=Stand)
    base_key: str = ""
    reports: tuple[Report, ...] = ()
    log: tuple[Alert, ...] = ()
    left: int = 0
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What `judge` answers: the new fact, a report for each new claim, the alert revisions to publish, in order."""

    fact: Fact
    reports: tuple[Report, ...] = ()
    alerts: tuple[Alert, ...] = ()
