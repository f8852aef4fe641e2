"""(what a fact amounts to, one claim) -> what it amounts to then, and what the claim was: the rules of section "Rules".

`Fold` holds the state of one subject while claims are folded into it one by one, in canonical order. It looks at nothing
but its arguments, so the same claims in the same order give the same result on every machine.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, NamedTuple

from claimstream import sources
from claimstream.alerts import Event
from claimstream.aspect import aspect
from claimstream.camps import same_camp
from claimstream.comparing import against, position, same_value, side
from claimstream.model import Claim, Grade, Point, Reason, Settings, Stand, Strike, Voice, What
from claimstream.profile import Profile, bounds, profile

REASONS = {
    "first": "the first word on this subject",
    "same voice": "the same voice said so before",
    "carried": "another outlet carries the words of the same voice",
    "near-copy": "the sentence is a near-copy of one that another outlet had",
    "agrees": "an independent voice agrees",
    "own change": "the voice gives a new word of its own",
    "rises": "a running count has risen",
    "later count": "a later count of something that goes up and down",
    "later incident": "too late to be about the same count",
    "later change": "a later change, which nobody has denied",
    "announced": "the side that gains announces a change",
    "admits": "a side speaks against its own interest",
    "narrower": "the bounds are narrower, and agree",
    "denies": "it denies what another source says",
    "otherwise": "an independent source of the same time says otherwise",
    "lower": "an independent source gives less than is established",
    "leaps": "an independent source gives far more within hours",
    "same article": "one article carries both sides",
    "repelled": "one side calls the attack won that the other calls repelled",
    "corrected": "the source corrects itself",
    "withdrawn": "the source withdraws its story",
    "taken back": "the source had taken this word back",
    "background": "history or a mention in passing",
    "late": "it speaks of an earlier time than is known already",
    "known before": "it repeats a figure that has been overtaken",
    "reordered": "a report that came late shows that this never was a disagreement",
    "silent": "nobody has spoken of it for long",
    "agreed": "nobody holds to the other side any more",
    "unclear": "what it speaks of could not be told",
}


class Verdict(NamedTuple):
    """What a claim is to the fact, why, which voices it speaks against, and what it does to the alert."""

    what: What
    code: str
    rivals: tuple[str, ...] = ()
    event: Event | None = None


class Fold:
    """The state of one subject while claims are folded into it."""

    def __init__(self, stand: Stand, settings: Settings) -> None:
        self.settings = settings
        self.profile: Profile = profile(settings.profile)
        self.voices: dict[str, Voice] = {}
        for voice in stand.voices:
            self.voices[voice_key(voice.origin, voice.claim)] = voice
        self.newest = stand.newest
        self.assessed, self.claimed = stand.assessed, stand.claimed
        self.best, self.low, self.high = stand.best, stand.low, stand.high
        self.grade: Grade = stand.grade
        self.alert = stand.alert
        self.holders, self.challengers = list(stand.holders), list(stand.challengers)
        self.strikes = list(stand.strikes)
        self.history = list(stand.history)
        self.silenced = stand.silenced

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
            holders=tuple(self.holders),
            challengers=tuple(self.challengers),
            strikes=tuple(self.strikes),
            history=tuple(self.history),
            silenced=self.silenced,
        )

    # Judging

    def weigh(self, claim: Claim, origin: str) -> Verdict:
        """What the claim is to the fact as it stands; changes nothing."""
        if claim.status == "withdrawn":
            return Verdict("withdrawal", "withdrawn", event="corrected")
        if claim.background or claim.passing:
            return Verdict("background", "background")
        if not claim.resolved:
            return Verdict("unclear", "unclear")
        if claim.kind == "figure" and bounds(claim, self.profile) == (None, None):
            return Verdict("unclear", "unclear")
        if self._struck(claim, origin):
            return Verdict("repeat", "taken back")
        if claim.status == "corrected":
            return Verdict("correction", "corrected", event="corrected")
        if self.newest is not None and claim.as_of < self.newest - self.profile.late:
            return Verdict("late", "late")
        own = [v for v in self.voices.values() if v.origin == origin]
        same = next((v for v in own if same_value(v.claim, claim)), None)
        if same is not None:
            carried = claim.source != same.claim.source
            return Verdict("copy" if carried else "repeat", "carried" if carried else "same voice")
        if not self.voices:
            return Verdict("first", "first")
        rivals = [v for v in self.voices.values() if v.origin != origin and against(claim, v.claim, self.profile)]
        if claim.kind == "figure":
            return self._weigh_figure(claim, own, rivals)
        return self._weigh_state(claim, own, rivals)

    def _struck(self, claim: Claim, origin: str) -> bool:
        value = position(claim)
        return any(s.value == value and (s.origin == origin or s.source == claim.source) for s in self.strikes)

    def _agreeing(self, claim: Claim, own: list[Voice]) -> Verdict:
        if own:
            return Verdict("update", "own change")
        if claim.kind == "figure" and self._narrows(claim):
            return Verdict("narrowing", "narrower")
        return Verdict("confirmation", "agrees", event="confirmed")

    def _narrows(self, claim: Claim) -> bool:
        low, high = bounds(claim, self.profile)
        return low is not None and high is not None and (self.low is None or self.high is None)

    def _weigh_figure(self, claim: Claim, own: list[Voice], rivals: list[Voice]) -> Verdict:
        if not rivals:
            return self._agreeing(claim, own)
        if self._overtaken(claim):
            return Verdict("repeat", "known before")
        disputed: dict[str, list[str]] = {}
        for voice in rivals:
            code = self._figures_clash(claim, voice.claim)
            disputed.setdefault(code, []).append(voice_key(voice.origin, voice.claim))
        for code in ("same article", "lower", "leaps", "otherwise"):
            if code in disputed and claim.measure not in self.profile.silent_measures:
                hit = tuple(key for c in ("same article", "lower", "leaps", "otherwise") for key in disputed.get(c, ()))
                return Verdict("contradiction", code, hit, "disputed")
        code = next(iter(disputed))
        return Verdict("update", code, tuple(disputed[code]) if code != "rises" else ())

    def _overtaken(self, claim: Claim) -> bool:
        """True for a figure that stood here before and has been replaced: a late echo, not news."""
        return any(
            p.low == claim.low and p.high == claim.high and p.article != claim.article for p in self.history[:-1]
        )

    def _figures_clash(self, claim: Claim, other: Claim) -> str:
        """Why the two disagree, or why that is no contradiction: a key of REASONS."""
        if claim.article == other.article:
            return "same article"
        by, age = self.profile, claim.as_of - other.as_of
        if claim.measure in by.cumulative_measures:
            if age > by.cumulative:
                return "later incident"
            if _middle(claim, by) < _middle(other, by):
                return "lower"
            leap = _middle(claim, by) >= by.factor * _middle(other, by)
            return "leaps" if leap and age < by.jump else "rises"
        window = by.stock if claim.measure in by.stock_measures else by.episode
        return "otherwise" if abs(age) <= window else "later count"

    def _weigh_state(self, claim: Claim, own: list[Voice], rivals: list[Voice]) -> Verdict:
        if self._admits(claim):
            return Verdict("admission", "admits", tuple(voice_key(v.origin, v.claim) for v in rivals), "conceded")
        rivals = [v for v in rivals if claim.as_of - v.claim.as_of <= self.profile.state]
        if not rivals:
            return self._agreeing(claim, own)
        keys = tuple(voice_key(v.origin, v.claim) for v in rivals)
        if self._confirms_change(claim, keys):
            return Verdict("confirmation", "agrees", keys, "confirmed")
        codes = {self._states_clash(claim, v) for v in rivals}
        for code in ("denies", "same article", "repelled", "otherwise"):
            if code in codes:
                return Verdict("denial" if code == "denies" else "contradiction", code, keys, "disputed")
        if "announced" in codes:
            return Verdict("update", "announced", keys, "claimed")
        return Verdict("update", "later change", keys, "changed")

    def _confirms_change(self, claim: Claim, rivals: tuple[str, ...]) -> bool:
        """True where an announced change is open, and a voice of no side now says the same."""
        if self.alert is None or (self.alert.type, self.alert.state) != ("change", "open") or claim.interest:
            return False
        if aspect(claim) == "denial" or not set(rivals) <= set(self.holders):
            return False
        announced = [self.voices[key].claim for key in self.challengers if key in self.voices]
        return any(not against(claim, other, self.profile) for other in announced)

    def _states_clash(self, claim: Claim, voice: Voice) -> str:
        """Why the two disagree, or why the later is only news: a key of REASONS."""
        other, by = voice.claim, self.profile
        how, was = aspect(claim), aspect(other)
        age = claim.as_of - other.as_of
        ordered = age >= by.settled and claim.dated and other.dated
        if how == "denial":
            return "denies"
        if claim.article == other.article:
            return "same article"
        if how == "stays":
            return "otherwise"
        winner = self._gains(claim)
        if was == "repelled" and winner:
            return "repelled"
        if winner:
            return "announced" if voice.interest != claim.interest else "later change"
        if how in ("event", "again"):
            news = ordered or was == "state" or (how == "again" and was == "event")
            return "later change" if news else "otherwise"
        return "otherwise" if age <= by.fresh else "later change"

    def _gains(self, claim: Claim) -> bool:
        """True where the speaker's own side is better off by what is said."""
        if not claim.interest:
            return False
        about = side(claim)
        if not about:
            return False
        mine = same_camp(claim.interest, about)
        return mine if claim.holds == "yes" else not mine

    def _admits(self, claim: Claim) -> bool:
        """True where the speaker's own side is worse off by what is said, and it is said as settled."""
        if not claim.interest or claim.kind == "route":
            return False
        about = side(claim)
        if not about or about.startswith("other:") or aspect(claim) in ("denial", "stays"):
            return False
        mine = same_camp(claim.interest, about)
        if claim.kind == "siege":
            return mine and claim.holds == "no"
        return claim.holds == ("no" if mine else "yes")

    # Taking in

    def take(self, claim: Claim, origin: str, verdict: Verdict) -> None:
        """Change the state by a claim that `weigh` has judged."""
        what = verdict.what
        if what in ("background", "unclear", "late") or verdict.code == "taken back":
            return
        if what == "withdrawal":
            self._strike(claim, origin, "withdrawn")
        else:
            if what == "correction":
                self._strike(claim, origin, "corrected")
            self._speak(claim, origin, verdict)
            self.newest = max(self.newest, claim.as_of) if self.newest else claim.as_of
        self._settle(claim)

    def _strike(self, claim: Claim, origin: str, why: Literal["corrected", "withdrawn"]) -> None:
        """Take out what the corrected or withdrawn article, or the same voice in the same outlet, said."""
        for key, voice in list(self.voices.items()):
            old = voice.claim
            mine = old.article == claim.article or (voice.origin == origin and old.source == claim.source)
            if mine and not (why == "corrected" and same_value(old, claim)):
                del self.voices[key]
                self.strikes.append(
                    Strike(origin=voice.origin, source=old.source, article=old.article, value=position(old), why=why)
                )
        del self.strikes[: -self.settings.max_voices]

    def _speak(self, claim: Claim, origin: str, verdict: Verdict) -> None:
        key = voice_key(origin, claim)
        if verdict.what in ("copy", "repeat"):
            voice = self.voices.get(key)
            if voice is not None:
                self.voices[key] = _restated(voice, claim, verdict.what == "copy")
            return
        for other, voice in list(self.voices.items()):
            if voice.origin == origin and voice.claim.article != claim.article:
                del self.voices[other]
        if verdict.code in ("later change", "later incident", "later count", "admits") or verdict.event == "confirmed":
            self._yield(claim, verdict)
        old = self.voices.pop(key, None)
        since = old.since if old is not None and same_value(old.claim, claim) else claim.as_of
        self.voices[key] = Voice(
            origin=origin,
            interest=claim.interest,
            claim=claim,
            since=since,
            outlets=(claim.source,),
            admission=verdict.what == "admission",
        )
        if len(self.voices) > self.settings.max_voices:
            quiet = min(self.voices, key=lambda k: (self.voices[k].claim.as_of, k))
            del self.voices[quiet]
            self.silenced += 1

    def _yield(self, claim: Claim, verdict: Verdict) -> None:
        """Old words give way to a later change that nobody disputes, and to an admission."""
        for key in verdict.rivals:
            voice = self.voices.get(key)
            if voice is None or not against(claim, voice.claim, self.profile):
                continue
            del self.voices[key]

    def _settle(self, claim: Claim) -> None:
        """Work out anew what is believed, after a change of the voices."""
        before = (self.best, self.low, self.high, self.claimed, self.assessed)
        if claim.kind == "figure":
            self._settle_figure()
        else:
            self._settle_state(claim)
        if (self.best, self.low, self.high, self.claimed, self.assessed) != before:
            self.history.append(
                Point(
                    at=claim.as_of,
                    arrived_at=claim.arrived_at,
                    best=self.best,
                    low=self.low,
                    high=self.high,
                    claimed=self.claimed,
                    assessed=self.assessed,
                    claim=claim.id,
                    article=claim.article,
                )
            )
            del self.history[: -self.settings.max_history]

    def _settle_figure(self) -> None:
        """GTD's order: the most recent unless it is disputed; else what most independent voices say; else the lowest."""
        live = sorted(self.voices.values(), key=lambda v: (v.claim.as_of, v.claim.arrived_at, v.claim.position))
        if not live:
            self.best = self.low = self.high = None
            return
        last = live[-1]
        camp = [v for v in live if not against(v.claim, last.claim, self.profile)]
        if self.challengers:
            groups = [[v for v in live if not against(v.claim, one.claim, self.profile)] for one in live]
            size = max(len(g) for g in groups)
            camp = min((g for g in groups if len(g) == size), key=lambda g: _middle(g[-1].claim, self.profile))
        low, high = bounds(camp[-1].claim, self.profile)
        self.best = low if high is None else high if low is None or low == high else (low + high) / 2
        shown = live if self.challengers else camp[-1:]
        pairs = [bounds(v.claim, self.profile) for v in shown]
        self.low = min((p[0] for p in pairs if p[0] is not None), default=None)
        highs = [p[1] for p in pairs]
        self.high = (
            None if None in highs and not self.challengers else max((h for h in highs if h is not None), default=None)
        )
        if self.challengers:
            self.high = max((x for p in pairs for x in p if x is not None), default=None)

    def _settle_state(self, claim: Claim) -> None:
        live = sorted(self.voices.values(), key=lambda v: (v.claim.as_of, v.claim.arrived_at, v.claim.position))
        if not live:
            self.claimed = self.assessed = ""
            return
        self.claimed = position(live[-1].claim)
        moving = [v for v in live if not v.interest or v.admission]
        if not moving:
            return
        last = moving[-1]
        for_last = sum(not against(v.claim, last.claim, self.profile) for v in moving)
        if last.admission or 2 * for_last >= len(moving):
            self.assessed = position(last.claim)


def _restated(voice: Voice, claim: Claim, copied: bool) -> Voice:
    """The voice after its words were carried or said again; its first sentence stays, its time moves on."""
    outlets = voice.outlets
    if claim.source not in outlets and len(outlets) < 20:
        outlets = (*outlets, claim.source)
    later = max(voice.claim.as_of, claim.as_of)
    kept = voice.claim if later == voice.claim.as_of else replace(voice.claim, as_of=later)
    return replace(voice, claim=kept, copies=voice.copies + copied, outlets=outlets)


def voice_key(origin: str, claim: Claim) -> str:
    """The place of a voice: its origin; for control also the camp that it speaks about."""
    return f"{origin}|{side(claim)}" if claim.kind == "control" else origin


def _middle(claim: Claim, by: Profile) -> float:
    """One number for bounds, to tell the higher of two claims."""
    low, high = bounds(claim, by)
    if low is None or high is None:
        return low if low is not None else high if high is not None else 0.0
    return (low + high) / 2


def reason(code: str) -> Reason:
    """The reason with its words."""
    return Reason(code=code, words=REASONS[code])


def voice_of(claim: Claim, fold: Fold) -> str:
    """The origin that the claim is counted with: its own, or that of a voice whose sentence it nearly copies."""
    own = claim.origin or sources.origin(claim.source, claim.wire, claim.speaker, claim.attribution)
    if any(v.origin == own for v in fold.voices.values()):
        return own
    for voice in fold.voices.values():
        if (
            voice.claim.source != claim.source
            and same_value(voice.claim, claim)
            and sources.near_copy(voice.claim.sentence, claim.sentence)
        ):
            return voice.origin
    return own
