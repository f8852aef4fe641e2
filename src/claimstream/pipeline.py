"""The order of the steps, and nothing else: `read` turns an article into claims, `fold` judges them into facts.

Both are pure functions of their arguments. The stream worker, the replay tool, the command line and the tests all
call these two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from claimstream.judging import (
    asof,
    cast,
    claimants,
    elided,
    headline,
    leaning,
    offices,
    parties,
    roadends,
    shortnames,
    sources,
    subject,
)
from claimstream.judging.bounding import bounded
from claimstream.judging.camps import camp as camp_of
from claimstream.judging.judge import expire, judge, leave
from claimstream.judging.keeping import Shelf
from claimstream.lexicon import names, sides
from claimstream.model import (
    Alert,
    Article,
    ArticleClaims,
    Attribution,
    Claim,
    Fact,
    FigureMention,
    Report,
    Sentence,
    Settings,
    StateMention,
    altered,
    completed,
    content_id,
    made,
)
from claimstream.reading import figures, speakers, states, text
from claimstream.reading.situation import Situation, locate

Mention = FigureMention | StateMention


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was seen on the way from an article to its claims, sentence by sentence, for `explain`."""

    sentences: tuple[Sentence, ...]
    situation: Situation
    attributions: tuple[tuple[Attribution, ...], ...]
    figures: tuple[tuple[FigureMention, ...], ...]
    states: tuple[tuple[StateMention, ...], ...]
    record: ArticleClaims


@dataclass(frozen=True, slots=True)
class Folded:
    """What one record changed: the new facts, what each claim was to its fact, and the alert revisions, in order."""

    facts: Mapping[str, Fact]
    reports: tuple[Report, ...]
    alerts: tuple[Alert, ...]
    left: tuple[str, ...] = ()
    """The subjects whose facts left the table, which was full."""


MOST_CLAIMS = 20_000
"""Mentions in one article above which it is no article: their record would be larger than any topic takes."""


class TooMuch(ValueError):
    """An article with more to judge than fits in a record. `reason` is that of its dead letter."""

    reason = "too_large"


def read(article: Article) -> ArticleClaims:
    """What the article says: one record, its claims in the order of the text, possibly none.

    Raises ValueError for an article without any time (neither published nor fetched), TooMuch above MOST_CLAIMS.
    """
    return reading(article).record


def reading(article: Article) -> Reading:
    """`read`, with everything that was seen on the way."""
    arrived_at = article.fetched_at or article.published_at
    if arrived_at is None:
        raise ValueError(f"article {article.id!r} has neither published_at nor fetched_at")
    sentences = text.sentences(article)
    named = [names.find(sentence) for sentence in sentences]
    situation = locate(article, sentences, named)
    attributions = speakers.attribute(sentences)
    counted = figures.read(sentences)
    held = states.read(sentences, named)
    found = sum(map(len, counted)) + sum(map(len, held))
    if found > MOST_CLAIMS:
        raise TooMuch(f"{found} mentions, more than the limit of {MOST_CLAIMS} for one article")
    context = Context.of(article, arrived_at, situation, sentences, named, attributions, held)
    claims: list[Claim] = []
    for sentence, said, numbers, holds in zip(sentences, attributions, counted, held, strict=True):
        mentions: tuple[Mention, ...] = (*numbers, *holds)
        for mention in mentions:
            claims.append(_claim(context, sentence, mention, _speaker(mention, said)))
    record = context.record(
        _identified(bounded(claim), n) for n, claim in enumerate(context.counterparts(_once(context.settled(claims))))
    )
    return Reading(sentences, situation, attributions, counted, held, record)


def situation_of(article: Article) -> str:
    """The situation that the article is about, as `read` will say: the key under which to put it on the topic."""
    return locate(article, text.sentences(article)).key


def by_subject(claims: Sequence[Claim]) -> dict[str, list[Claim]]:
    """The claims of each subject, in order."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.subject, []).append(claim)
    return groups


def retracts(record: ArticleClaims) -> bool:
    """Whether the record may take back what its article said before."""
    return record.status in ("withdrawn", "corrected")


def retracted(record: ArticleClaims, facts: Iterable[Fact]) -> tuple[Claim, ...]:
    """What a withdrawn or corrected article said before and does not speak of now: its old claims, withdrawn.

    A withdrawal notice repeats nothing, so its own claims do not tell what it takes back; the facts do.
    """
    if not retracts(record):
        return ()
    spoken = {claim.subject for claim in record.claims}
    old = [
        report.claim
        for fact in sorted(facts, key=lambda fact: fact.subject)  # the same order over a broker and without one
        if fact.subject not in spoken
        for report in fact.reports
        if report.claim.article == record.article and report.claim.arrived_at < record.arrived_at
    ]
    published, arrived = record.published_at, record.arrived_at
    return tuple(
        replace(claim, status="withdrawn", published_at=published, as_of=published, arrived_at=arrived)
        for claim in old
        if claim.status != "withdrawn"
    )


def fold(facts: Mapping[str, Fact], record: ArticleClaims, settings: Settings) -> Folded:
    """Judges the claims of one record, each against the fact of its subject."""
    new: dict[str, Fact] = {}
    reports: list[Report] = []
    alerts: list[Alert] = []
    claims = (*record.claims, *retracted(record, facts.values()))
    for key, group in by_subject(claims).items():
        judgement = judge(facts.get(key), group, settings)
        new[key] = judgement.fact
        reports += judgement.reports
        alerts += judgement.alerts
    return Folded(new, tuple(reports), tuple(alerts))


class Ledger:
    """The facts of a run without a broker, and all that a worker does to them record by record."""

    def __init__(self, settings: Settings) -> None:
        self.facts: dict[str, Fact] = {}
        self._settings = settings
        self._shelf = Shelf(settings.max_facts)

    def take(self, record: ArticleClaims) -> Folded:
        """Judges the claims of the record, closes alerts that have run out, and lets go what there is no room for."""
        folded = fold(self.facts, record, self._settings)
        self.facts.update(folded.facts)
        for fact in folded.facts.values():
            self._shelf.put(fact)
        alerts = list(folded.alerts)
        changed = dict(folded.facts)
        now = self._shelf.arrived(record.situation, record.arrived_at)
        for key in self._shelf.expired(record.situation):
            judgement = expire(self.facts[key], now, self._settings)
            changed[key] = self.facts[key] = judgement.fact
            self._shelf.put(judgement.fact)
            alerts += judgement.alerts
        left = tuple(self._shelf.leaving(record.situation))
        for key in left:
            alerts += leave(self.facts.pop(key))
            changed.pop(key, None)
        return Folded(changed, folded.reports, tuple(alerts), left)


@dataclass(frozen=True, slots=True)
class Context:
    """What every claim of an article shares."""

    article: Article
    situation: Situation
    wire: str
    arrived_at: datetime
    lean: str
    """The camp that the article speaks for, "" for most."""
    posts: offices.Offices
    cast: cast.Cast
    parties: Mapping[str, str]
    """Last name -> camp of the people it names."""
    short: Mapping[str, str]
    """Short name -> the long name that the article gives it for."""

    @classmethod
    def of(
        cls,
        article: Article,
        arrived_at: datetime,
        situation: Situation,
        sentences: Sequence[Sentence],
        named: Sequence[Sequence[names.Name]],
        attributions: Sequence[Sequence[Attribution]],
        held: Sequence[Sequence[StateMention]],
    ) -> Context:
        """The context of an article, from all that was read in it."""
        source, country = article.source, situation.country
        head = text.dateline(sentences)
        posts = offices.of_article(source, head.place, sentences, attributions, named, country)
        lean = leaning.of_article(source, sentences, attributions, held, country, posts)
        who = cast.Cast.of(country, named, posts.everywhere)
        said = (one.name or one.speaker for group in attributions for one in group)

        def camp(words: str) -> str:
            return sources.interest(words, words, source, country, lean, posts.camp(words, words))

        people = parties.of_article(said, camp)
        short = shortnames.of_article(sentences)
        return cls(article, situation, text.wire(article, head), arrived_at, lean, posts, who, people, short)

    @property
    def published_at(self) -> datetime:
        """The time of the article, that of its arrival where it shows none."""
        return self.article.published_at or self.arrived_at

    def as_of(self, sentence: str) -> datetime:
        """The time that a sentence speaks of: that which it names, or the title, else that of the article."""
        published = self.article.published_at
        if published is None:
            return self.arrived_at
        return asof.as_of(sentence, published) or asof.as_of(self.article.title, published) or published

    def told(self, sentence: str, name: str, attribution: str) -> dict[str, Any]:
        """The fields of a claim that its article, and who says it, decide: times, outlet, voice and interest."""
        source, country = self.article.source, self.situation.country
        office = self.posts.camp(name, attribution)
        party = self.parties.get(sources.person(attribution or name), "") if self.parties else ""
        interest = sources.interest(name, attribution, source, country, self.lean, office, party)
        return {
            "situation": self.situation.key,
            "source": source,
            "wire": self.wire,
            "speaker": name,
            "origin": sources.origin(source, self.wire, name, attribution, interest),
            "interest": interest,
            "published_at": self.published_at,
            "as_of": self.as_of(sentence),
            "arrived_at": self.arrived_at,
            "dated": self.article.published_at is not None,
            "status": self.article.status,
        }

    def keyed(self, claim: Claim) -> Claim:
        """The claim, just made, with the subject that it is about, when it has none yet."""
        if claim.subject:
            return claim
        here = self.situation
        return completed(claim, subject=subject.key(claim, here.country, here.place, here.natural))

    def sided(self, claim: Claim) -> Claim:
        """The claim with the camp of its side, where the article tells it."""
        if claim.kind in ("figure", "route"):
            return claim
        long = self.short.get(claim.side, "")
        if long and not claim.camp:
            claim = altered(claim, side=f"{claim.side} ({long})", camp=self.cast.known(claim.side, long))
        forces = self.cast.forces(claim)
        if forces:
            return altered(claim, side=forces)
        ours = self.cast.ours(claim)
        claim = altered(claim, side=ours) if ours else claim
        found = "" if claim.camp else self.cast.camp(claim)
        if found:
            own = found == claim.interest  # "units", in the mouth of their own side's spokesman
            claim = altered(claim, camp=found, side=sides.side_name(found) if own else claim.side)
        whose = self.cast.whose(claim)
        return altered(claim, side=whose) if whose else claim

    def settled(self, claims: Sequence[Claim]) -> list[Claim]:
        """All claims of the article, in the order of the text, with what they take from one another."""
        here = self.situation
        claims = subject.together([self.sided(claim) for claim in claims], here.country, here.place, here.natural)
        return headline.settled(elided.answered(claims), here.country)

    def counterparts(self, claims: Sequence[Claim]) -> list[Claim]:
        """The settled claims with what their denials imply that others say, and those that bear on a second road."""

        def told(sentence: str, who: str) -> dict[str, Any]:
            return self.told(sentence, who, who)

        return roadends.witnessed(claimants.counterparts(claimants.each_his_own(claims, told), told))

    def record(self, claims: Iterable[Claim]) -> ArticleClaims:
        """The record of the article."""
        return ArticleClaims(
            article=self.article.id,
            situation=self.situation.key,
            source=self.article.source,
            published_at=self.published_at,
            arrived_at=self.arrived_at,
            status=self.article.status,
            claims=tuple(claims),
        )


BESIDE = 2
"""Characters between the verb of a denial and the words that are denied."""


def _speaker(mention: Mention, said: Sequence[Attribution]) -> Attribution | None:
    """The attribution whose words the mention stands in: the one that covers most of it, the narrowest of those.

    What a sentence denies stands outside the denier's words; it is still the denier who says so.
    """

    def fit(one: Attribution) -> tuple[int, int]:
        return min(mention.end, one.end) - max(mention.start, one.start), one.start - one.end

    best = max(said, key=fit, default=None)
    if best is not None and fit(best)[0] > 0:
        return best
    denies = isinstance(mention, StateMention) and mention.denial  # "many use the road; the rebels called that false"
    beside = best is not None and fit(best)[0] >= -BESIDE  # "rebels deny it": the verb stands outside the words of both
    return best if denies and (len(said) == 1 or beside) else None


def _claim(context: Context, sentence: Sentence, mention: Mention, said: Attribution | None) -> Claim:
    """The claim that a mention makes in the mouth of its speaker; `_identified` gives it its id."""
    attribution, name = (speakers.shown(said), said.name) if said else ("", "")
    told = context.told(sentence.text, name, attribution)
    claim = made(
        Claim,
        id="",
        article=context.article.id,
        subject="",
        kind="figure" if isinstance(mention, FigureMention) else mention.kind,
        sentence=sentence.text,
        words=sentence.text[mention.start : mention.end],
        start=sentence.start + mention.start,
        end=sentence.start + mention.end,
        in_title=sentence.title,
        rule=mention.rule,
        attribution=attribution,
        background=mention.background,
        **told,
        **(
            _of_figure(mention, context.situation.country)
            if isinstance(mention, FigureMention)
            else _of_state(mention, told["interest"])
        ),
    )
    return context.keyed(claim)


def _once(claims: Iterable[Claim]) -> list[Claim]:
    """The claims but for those on who has what that say one again, in the same sentence and by the same speaker.

    "The town is in our hands and the army holds it from end to end." Nor is "the mill was taken" a claim where nobody
    says by whom: nobody can contradict it.
    """
    told: set[tuple[str, ...]] = set()
    kept: list[Claim] = []
    for claim in claims:
        key = (claim.sentence, claim.kind, claim.subject, claim.holds or "", claim.extent or "", claim.attribution)
        whose = "" if claim.kind == "route" else camp_of(claim.side, claim.situation)
        unsaid = claim.kind == "control" and not claim.side and claim.holds != "contested"
        if unsaid or (claim.kind != "figure" and (*key, whose) in told):
            continue
        told.add((*key, whose))
        kept.append(claim)
    return kept


def _identified(claim: Claim, position: int) -> Claim:
    """The claim with its place in the article and its id: of article, place in the text, subject and value."""
    value = (claim.side, claim.holds, claim.low, claim.high)
    id = content_id(claim.article, claim.in_title, claim.start, claim.end, claim.subject, *value)
    return completed(claim, id=id, position=position)


def _of_figure(mention: FigureMention, country: str) -> dict[str, Any]:
    """The fields of a claim that carry a figure; "the country" is the one that the article is about."""
    quantity = mention.quantity
    whole = mention.place == figures.COUNTRY
    return {
        "measure": mention.measure,
        "low": quantity.low,
        "high": quantity.high,
        "approx": quantity.approx,
        "vague": quantity.vague,
        "unit": quantity.unit,
        "who": mention.who,
        "place": names.country_name(country) if whole else mention.place,
        "scope": mention.scope,
        "since": mention.since,
        "total": mention.total,
    }


def _of_state(mention: StateMention, interest: str) -> dict[str, Any]:
    """The fields of a claim that carry who holds what. A speaker's "we" is the side that the speaker belongs to
    (`interest`); where nobody can tell, the claim says so."""
    side, resolved = mention.side, mention.resolved
    if side == "we":
        side = sides.side_name(interest)
        resolved = resolved and bool(side)
    return {
        "asset": mention.asset,
        "side": side,
        "holds": mention.holds,
        "extent": mention.extent,
        "place": mention.place,
        "passing": mention.passing,
        "denial": mention.denial,
        "resolved": resolved,
    }
