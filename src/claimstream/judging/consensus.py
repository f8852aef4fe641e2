"""What the reports on one subject amount to: the voices, what is claimed, what is assessed, and how it came to be.

`Fold` holds that state while claims are folded into it one by one, in canonical order. It looks at nothing but its
arguments, so that the same claims give the same result on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, NamedTuple

from claimstream.judging import book, copies
from claimstream.judging.comparing import position, same_value, side
from claimstream.judging.marks import Marks, best, moves, secondhand
from claimstream.judging.profile import Profile, bounds, profile
from claimstream.model import Claim, Grade, Point, Settings, SourceBook, Stand, Strike, Voice

_COPY_SEARCH = 16
"""Voices, the latest first, among which the original of a near-copy is looked for: reprints follow soon."""
_OUTLETS = 20
"""Outlets named in one voice; more are only counted."""


class Believed(NamedTuple):
    """What makes a step of the history: when it was so, when that came in, the claim and the article."""

    at: datetime
    arrived_at: datetime
    claim: str
    article: str


class Backing(NamedTuple):
    """Whether a side admits, whether any voice is of no side, and whether two are that weigh as two unknown ones."""

    admitted: bool
    neutral: bool
    fair: bool


class Fold:
    """The state of one subject while claims are folded into it."""

    def __init__(self, stand: Stand, settings: Settings) -> None:
        self.settings = settings
        self.profile: Profile = profile(settings.profile)
        self.voices: dict[str, Voice] = {voice.key: voice for voice in stand.voices}
        self.newest = stand.newest
        self.assessed, self.claimed = stand.assessed, stand.claimed
        self.best, self.low, self.high = stand.best, stand.low, stand.high
        self.grade: Grade = stand.grade
        self.alert, self.touched_at = stand.alert, stand.touched_at
        self.holders, self.challengers = list(stand.holders), list(stand.challengers)
        self.strikes = list(stand.strikes)
        self.history = list(stand.history)
        self.silenced = stand.silenced
        self.book: SourceBook = book.named(settings.books, stand.book)
        self.touched: set[str] = set()
        """Ids of the alerts that the article at hand has revised already."""
        self.carried: set[str] = set()
        """Voices whose words the article at hand has carried already: headline and text are one copy."""
        self.taken_back: list[Strike] = []
        """What the article at hand has struck out."""
        self._spoken = ""
        self._marks = Marks(self.profile)
        self._settled: bool | None = None
        """Whether there was a dispute when what is believed was last worked out; None if anything was said since."""
        self._backing: Backing | None = None
        for voice in stand.voices:
            self._marks.add(voice, self.weight(voice.origin))

    def begin_article(self, arrived_at: datetime) -> None:
        """Forget what belongs to the article before; from now on the source book of this time of arrival counts."""
        if self.settings.books and book.in_force(self.settings.books, arrived_at) is not self.book:
            self._open(book.in_force(self.settings.books, arrived_at))
        self.touched.clear()
        self.carried.clear()
        self.taken_back.clear()

    def stand(self) -> Stand:
        """The state as data."""
        return Stand(
            voices=tuple(self.voices.values()),
            newest=self.newest,
            assessed=self.assessed,
            claimed=self.claimed,
            best=self.best,
            low=self.low,
            high=self.high,
            grade=self.grade,
            alert=self.alert,
            touched_at=self.touched_at,
            holders=tuple(self.holders),
            challengers=tuple(self.challengers),
            strikes=tuple(self.strikes),
            history=tuple(self.history),
            silenced=self.silenced,
            book=self.book.version,
        )

    # Questions

    def voice_of(self, claim: Claim, own: str) -> str:
        """The origin that the claim is counted with: that of the voice whose sentence it nearly copies, else its own.

        Sources that copy one another, by the source book, have one origin.
        """
        nameless = copies.nameless(own)
        own = book.group(self.book, own)
        if not nameless or voice_key(own, claim) in self.voices:
            return own
        looked = 0
        for voice in reversed(self.voices.values()):
            if voice.origin == own:
                return own
            if looked < _COPY_SEARCH and voice.claim.source != claim.source and same_value(voice.claim, claim):
                looked += 1
                if copies.near_copy(voice.claim.sentence, claim.sentence):
                    return voice.origin
        return own

    def same_word(self, claim: Claim, origin: str) -> Voice | None:
        """The voice of that origin if it says the same already."""
        voice = self.voices.get(voice_key(origin, claim))
        return voice if voice is not None and same_value(voice.claim, claim) else None

    def against(self, claim: Claim, voice: Voice) -> bool:
        """True where the claim and the voice's word cannot both hold of the same moment."""
        return self._marks.against(claim, voice.key)

    def opponents(self, claim: Claim) -> set[str]:
        """The keys of all voices whose word cannot hold together with the claim."""
        return self._marks.opponents(claim)

    def rivals(self, claim: Claim, origin: str) -> list[Voice]:
        """The voices of other origins that the claim speaks against; two witnesses disagree under their own subject."""
        keys = self._marks.opponents(claim)
        against = [v for key, v in self.voices.items() if key in keys and v.origin != origin] if keys else []
        return [v for v in against if not v.claim.witness] if claim.witness else against

    def heard(self, own: str) -> bool:
        """False for an origin whose word is not to be heard, by the source book."""
        return self.weight(own) > 0

    def weight(self, origin: str) -> int:
        """What the word of an origin weighs; 1 for everybody without a book."""
        return book.weight(self.book, origin)

    def backing(self) -> Backing:
        """Who stands behind what is believed; worked out anew only when somebody said something new."""
        if self._backing is None:
            voices = self.voices.values()
            neutral = {voice.origin for voice in voices if not voice.interest and not secondhand(voice.claim)}
            fair = len(neutral) >= 2
            if fair and self.book is not book.NO_BOOK:
                fair = sum(map(self.weight, neutral)) >= 2 * book.unknown(self.book)
            self._backing = Backing(any(voice.admission for voice in voices), bool(neutral), fair)
        return self._backing

    def disputed(self) -> bool:
        """True while a contradiction is open: a word for one side then takes that side, and is no mere news."""
        return self.alert is not None and (self.alert.type, self.alert.state) == ("contradiction", "open")

    def struck(self, claim: Claim, origin: str) -> bool:
        """True for a value that its source has taken back."""
        if not self.strikes:
            return False
        value = position(claim)
        return any(s.value == value and (s.origin == origin or s.source == claim.source) for s in self.strikes)

    def overtaken(self, claim: Claim) -> bool:
        """True for a figure that stood here before and has been replaced: a late echo, not news."""
        low, high, article = claim.low, claim.high, claim.article
        return any(p.low == low and p.high == high and p.article != article for p in self.history[:-1])

    # Changes

    def _open(self, opened: SourceBook) -> None:
        """Another source book counts from now on: who is one voice, and what each weighs."""
        self.book = opened
        voices, moved = book.regrouped(self.voices.values(), opened)
        self.holders = list(dict.fromkeys(moved[key] for key in self.holders if key in moved))
        self.challengers = list(dict.fromkeys(moved[key] for key in self.challengers if key in moved))
        self.challengers = [key for key in self.challengers if key not in self.holders]
        self.voices, self._marks, self._settled, self._backing = {}, Marks(self.profile), None, None
        for voice in voices:
            self._keep(voice)

    def _keep(self, voice: Voice) -> None:
        """The voice says something new."""
        self.voices[voice.key] = voice
        self._marks.add(voice, self.weight(voice.origin))
        self._settled = self._backing = None

    def _drop(self, key: str) -> Voice | None:
        """Take the voice out."""
        voice = self.voices.pop(key, None)
        if voice is not None:
            self._marks.drop(voice)
            self._settled = self._backing = None
        return voice

    def strike(self, claim: Claim, origin: str, why: Literal["corrected", "withdrawn"]) -> None:
        """Take out what the corrected or withdrawn article, or the same voice in the same outlet, said."""
        for key, voice in list(self.voices.items()):
            old = voice.claim
            mine = old.article == claim.article or (voice.origin == origin and old.source == claim.source)
            if mine and not (why == "corrected" and same_value(old, claim)):
                self._drop(key)
                self.taken_back.append(
                    Strike(origin=voice.origin, source=old.source, article=old.article, value=position(old), why=why)
                )
                self.strikes.append(self.taken_back[-1])
        del self.strikes[: -self.settings.max_voices]

    def restate(self, claim: Claim, origin: str, copied: bool) -> None:
        """A voice's words were carried or said again: its first sentence stays, its time moves on."""
        key = voice_key(origin, claim)
        voice = self.voices.get(key)
        if voice is None:
            return
        outlets = voice.outlets
        if claim.source not in outlets and len(outlets) < _OUTLETS:
            outlets = (*outlets, claim.source)
        as_of = max(voice.as_of, claim.as_of)
        copies = voice.copies + (copied and key not in self.carried)
        if copied:
            self.carried.add(key)
        self.voices[key] = Voice(
            key=key,
            origin=voice.origin,
            interest=voice.interest,
            camp=voice.camp,
            claim=voice.claim,
            since=voice.since,
            as_of=as_of,
            copies=copies,
            outlets=outlets,
            admission=voice.admission,
        )

    def speak(self, claim: Claim, origin: str, admission: bool) -> None:
        """A voice gives a new word, which takes the place of what it said in earlier articles."""
        if claim.kind == "control":
            stale = [k for k, v in self.voices.items() if v.origin == origin and v.claim.article != claim.article]
            for key in stale:
                self._drop(key)
        key = voice_key(origin, claim)
        self._spoken = key
        old = self._drop(key)
        self._keep(
            Voice(
                key=key,
                origin=origin,
                interest=claim.interest,
                camp=side(claim) if claim.kind == "control" else "",
                claim=claim,
                since=old.since if old is not None and same_value(old.claim, claim) else claim.as_of,
                as_of=claim.as_of,
                outlets=(claim.source,),
                admission=admission,
            )
        )
        if len(self.voices) > self.settings.max_voices:
            quiet = min(self.voices.values(), key=lambda v: (v.as_of, v.key))
            self._drop(quiet.key)
            self.silenced += 1

    def give_way(self, keys: tuple[str, ...]) -> None:
        """Old words go: to a later change that nobody disputes, or to an admission."""
        for key in keys:
            self._drop(key)

    # What is believed

    def settle(self, why: Believed) -> None:
        """Work out anew what is believed, after the voices have changed, or the sides."""
        disputed = bool(self.challengers)
        if self._settled is disputed:
            return
        self._settled = disputed
        before = (self.best, self.low, self.high, self.claimed, self.assessed)
        self._believe()
        if (self.best, self.low, self.high, self.claimed, self.assessed) == before:
            return
        point = Point(
            at=why.at,
            arrived_at=why.arrived_at,
            best=self.best,
            low=self.low,
            high=self.high,
            claimed=self.claimed,
            assessed=self.assessed,
            claim=why.claim,
            article=why.article,
        )
        self.history.append(point)
        del self.history[: -self.settings.max_history]

    def _believe(self) -> None:
        one = next(iter(self.voices.values()), None)
        if one is None:
            self.best = self.low = self.high = None
            self.claimed = self.assessed = ""
        elif one.claim.kind == "figure":
            self._settle_figure()
        else:
            self._settle_state()

    def _settle_figure(self) -> None:
        """GTD's order: the most recent figure unless doubtful; where disputed what most voices say, else the lowest."""
        if self.challengers:
            self._settle_disputed()
            return
        last = self._latest()
        if last.claim.vague:
            last = self._numbered(self.voices.values()) or last
        self.low, self.high = self._marks[last.key].bounds
        self.best = best(self.low, self.high)

    def _latest(self) -> Voice:
        """The voice with the latest word: as a rule the one that has just spoken."""
        spoken = self.voices.get(self._spoken)
        if spoken is not None and spoken.claim.as_of == self.newest:
            return spoken
        return max(self.voices.values(), key=self._time)

    def _time(self, voice: Voice) -> tuple[datetime, datetime, str, int]:
        return self._marks[voice.key].time

    def _settle_disputed(self) -> None:
        """The word that most voices agree with, the lowest of several such; bounds from the lowest to the highest."""
        same = [self.voices[key] for key in self._marks.most_agreed()]
        said = self._numbered(same) or max(same, key=self._time)
        self.best = best(*self._marks[said.key].bounds)
        ends = self._marks.ends()
        self.low, self.high = min(ends), max(ends)

    def _numbered(self, voices: Iterable[Voice]) -> Voice | None:
        """The latest voice that gives a number, rather than a vague word such as "dozens"."""
        return max((v for v in voices if not v.claim.vague), key=self._time, default=None)

    def _settle_state(self) -> None:
        """Claimed: the last word. Assessed: that of a voice of no side, or against its own side, unless outnumbered."""
        self.claimed = position(self._latest().claim)
        spoken = self._latest()
        last = spoken if moves(spoken) else max(filter(moves, self.voices.values()), key=self._time, default=None)
        if last is not None and (last.admission or not self._marks.outnumbered(last.key)):
            self.assessed = position(self._holder(last).claim)

    def _holder(self, last: Voice) -> Voice:
        """Who has the place, where the word believed only says who has it not, and another that agrees says more."""
        if last.claim.kind != "control" or last.claim.holds != "no":
            return last
        named = [v for v in self.voices.values() if v.claim.holds == "yes" and not self.against(last.claim, v)]
        return max(named, key=self._time, default=last)


def voice_key(origin: str, claim: Claim) -> str:
    """The place of a voice: its origin; for control also the camp that it speaks about."""
    return f"{origin}|{side(claim)}" if claim.kind == "control" else origin


def middle(claim: Claim, by: Profile) -> float:
    """One number for bounds, to tell the higher of two claims."""
    return best(*bounds(claim, by)) or 0.0
