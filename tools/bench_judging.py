"""Claims per second of judging alone, in one process: python tools/bench_judging.py [--quick]

Figures of one subject at 100 to 100,000 reports, quarrels about one town with 2, 8 and 64 voices, 1,000,000 subjects
(100,000 with --quick) with one claim each. "first" and "last" are the rates of the first and the last thousand claims:
what a fact has gathered must not slow it down. Every claim is its own article, judged as the stream judges it.
Processor time is taken, so that other work on the machine disturbs little.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from claimstream.judging.judge import judge
from claimstream.model import Claim, Fact, Settings, content_id

START = datetime(2031, 5, 6, tzinfo=UTC)
THOUSAND = 1000
SETTINGS = Settings()


def _base(subject: str) -> Claim:
    return Claim(
        id="",
        article="",
        situation="SY",
        subject=subject,
        kind="figure",
        sentence="",
        words="12 people",
        rule="bench",
        published_at=START,
        as_of=START,
        arrived_at=START,
        measure="killed",
        who="people",
        place="Marhaba",
    )


def _told(base: Claim, n: int, source: str, at: datetime, **fields: object) -> Claim:
    given = {"published_at": at, "as_of": at, "arrived_at": at, "origin": f"outlet:{source}", "source": source}
    return replace(base, id=content_id(base.subject, n), article=f"a{n:08}", **{**given, **fields})  # type: ignore[arg-type]


def figures(count: int) -> Iterator[Claim]:
    """A toll that rises slowly, told by 40 outlets, of which some lag behind: a dispute now and then."""
    base = _base("SY|marhaba|killed")
    for n in range(count):
        toll = 10 + n // 40 - (5 if n % 97 == 0 else 0)
        sentence = (
            f"The strike on the market of Marhaba killed {toll} people, doctor number {n % 89} said on the phone."
        )
        at = START + timedelta(minutes=n)
        yield _told(base, n, f"outlet{n * 7 % 40:02}.example", at, low=toll, high=toll, sentence=sentence)


def quarrel(count: int, voices: int) -> Iterator[Claim]:
    """Two sides about a town, each voice with words of its own; now and then one goes over to the other side."""
    base = replace(_base("SY|control|marhaba"), kind="control", measure="", who="", asset="Marhaba", holds="yes")
    for n in range(count):
        voice = n * 7 % voices
        rebels = (voice + n // 1009) % 2 == 0
        verb = "have seized" if rebels else "still hold"
        side = "rebels" if rebels else "government forces"
        sentence = f"The {side} {verb} Marhaba, witness {voice} {'said' * (voice % 3 + 1)} {n % 13} times over {voice}."
        at = START + timedelta(minutes=n)
        yield _told(base, n, f"outlet{voice:02}.example", at, side=side, sentence=sentence)


def dispute(count: int, voices: int) -> Iterator[Claim]:
    """A toll on which so many voices disagree for good: each has its own, and raises it now and then."""
    base = _base("SY|marhaba|killed")
    for n in range(count):
        voice = n * 7 % voices
        toll = 20 * (1 + voice % 8) + n // 2003
        sentence = f"Witness number {voice} said that {toll} bodies lay in the market of Marhaba on that day."
        at = START + timedelta(minutes=n)
        yield _told(base, n, f"outlet{voice:02}.example", at, low=toll, high=toll, sentence=sentence)


def subjects(count: int) -> Iterator[Claim]:
    """As many subjects as claims."""
    base = _base("")
    for n in range(count):
        sentence = f"The strike on the market of village {n} killed 12 people, a doctor said."
        about = replace(base, subject=f"SY|village{n}|killed")
        yield _told(
            about, n, f"outlet{n % 40:02}.example", START + timedelta(seconds=n), low=12, high=12, sentence=sentence
        )


def run(claims: Iterator[Claim] | list[Claim], keep: bool = True) -> tuple[list[float], Fact | None, int]:
    """The seconds of judging after each thousand claims (and at the end), the last fact, the alert revisions sent."""
    fact: Fact | None = None
    spent, marks, alerts, n = 0.0, [0.0], 0, 0
    batch: list[Claim] = []
    for claim in claims:
        batch.append(claim)
        if len(batch) == THOUSAND:
            fact, took, sent = _judged(fact, batch, keep)
            spent, alerts, n = spent + took, alerts + sent, n + len(batch)
            marks.append(spent)
            batch = []
    if batch:
        fact, took, sent = _judged(fact, batch, keep)
        marks.append(spent + took)
    return marks, fact, alerts


def _judged(fact: Fact | None, claims: list[Claim], keep: bool) -> tuple[Fact | None, float, int]:
    alerts = 0
    begun = time.process_time()
    for claim in claims:
        judgement = judge(fact if keep else None, [claim], SETTINGS)
        fact = judgement.fact
        alerts += len(judgement.alerts)
    return fact, time.process_time() - begun, alerts


def show(name: str, claims: Iterator[Claim], count: int, keep: bool = True) -> None:
    """One line of the table."""
    marks, fact, alerts = run(claims, keep)
    rate = count / marks[-1]
    first = min(count, THOUSAND) / marks[1]
    last = THOUSAND / (marks[-1] - marks[-2]) if len(marks) > 2 else first
    stand = f"{len(fact.reports)} + {fact.left}, {len(fact.stand.voices)} voices, {alerts} revisions" if fact else ""
    print(f"{name:34}{rate:11,.0f}{first:11,.0f}{last:11,.0f}{first / last:8.2f}  {stand}")


def main() -> None:
    """Runs all and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="leave out what takes longer than some seconds")
    quick = parser.parse_args().quick
    for claims in (figures(200), dispute(200, 8), quarrel(200, 8)):
        run(claims)  # word lists are loaded once, and not measured
    print(f"{'':34}{'claims/s':>11}{'first':>11}{'last':>11}{'ratio':>8}  kept + left")
    for count in (100, 1000, 10_000) + (() if quick else (100_000,)):
        show(f"figures, {count:,} reports", figures(count), count)
    count = 10_000 if quick else 100_000
    show(f"figures, 64 voices disagree, {count:,}", dispute(count, 64), count)
    for voices in (2, 8, 64):
        for count in (10_000,) if quick else (10_000, 100_000):
            show(f"control, {voices} voices, {count:,} reports", quarrel(count, voices), count)
    count = 100_000 if quick else 1_000_000
    show(f"{count:,} subjects", subjects(count), count, keep=False)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    main()
