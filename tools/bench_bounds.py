"""What hostile and endless streams do to memory, to the size of facts and to the others: python tools/bench_bounds.py

    --part NAME   one of: long, hot, subjects, article, flood (else all)
    --small       a tenth of everything

Each part runs in a process of its own and prints what it measured: the slope of the memory over the second half of the
stream, the largest memory (peak RSS), the largest fact, and how long other claims took while a flood went on.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

from bench_judging import START, _base, _told, figures, subjects
from memory import resident

from claimstream import pipeline
from claimstream.edges.wire import claims_codec, fact_codec
from claimstream.model import Article, ArticleClaims, Claim, Settings

SETTINGS = Settings()


def record(claims: tuple[Claim, ...]) -> ArticleClaims:
    """The record of an article that says this."""
    one = claims[0]
    return ArticleClaims(
        article=one.article,
        situation=one.situation,
        source=one.source,
        published_at=one.published_at,
        arrived_at=one.arrived_at,
        claims=claims,
    )


class Course:
    """Memory and largest fact over a run."""

    def __init__(self, settings: Settings = SETTINGS) -> None:
        self.ledger = pipeline.Ledger(settings)
        self.points: list[tuple[int, float]] = []
        self.done = self.largest = self.alerts = self.left = 0
        self.spent = 0.0

    def take(self, one: ArticleClaims) -> float:
        """Judges a record; returns the seconds that it took."""
        begun = time.process_time()
        folded = self.ledger.take(one)
        took = time.process_time() - begun
        self.spent += took
        self.done += 1
        self.alerts += len(folded.alerts)
        self.left += len(folded.left)
        if self.done % 5000 == 0:
            self.points.append((self.done, resident() / 2**20))
            self.largest = max([self.largest, *(len(fact_codec.encode(f)) for f in folded.facts.values())])
        return took

    def show(self, name: str) -> None:
        """One line."""
        half = self.points[len(self.points) // 2 :]
        slope = (half[-1][1] - half[0][1]) / (half[-1][0] - half[0][0]) * 1e6 if len(half) > 1 else float("nan")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{name}: {self.done:,} records in {self.spent:.0f} s of judging; "
            f"memory {resident() / 2**20:.0f} MiB, peak {peak:.0f}, "
            f"slope {slope:+.1f} MiB a million records in the second half; {len(self.ledger.facts):,} facts, "
            f"{self.left:,} left; largest fact {self.largest:,} bytes; {self.alerts:,} alert revisions",
            flush=True,
        )


def week(count: int) -> Iterator[ArticleClaims]:
    """A long stream: incidents come and go, each told of by twelve outlets over two days, three of them at odds."""
    for n in range(count):
        incident = n // 12
        base = _base(f"SY|village{incident * 7919 % 1_000_003}|killed")
        toll = 10 + n % 3 * 5 if incident % 4 == 0 else 10
        sentence = f"The strike on village {incident} killed {toll} people, doctor {n % 12} said at the clinic."
        at = START + timedelta(seconds=6 * n)
        yield record((_told(base, n, f"outlet{n % 12:02}.example", at, low=toll, high=toll, sentence=sentence),))


def long(scale: int) -> None:
    """A long stream on a table that is full after a tenth of it."""
    course = Course(replace(SETTINGS, max_facts=5_000 // scale))
    for one in week(600_000 // scale):
        course.take(one)
    course.show("long stream, room for 5,000 facts" if scale == 1 else "long stream")


def hot(scale: int) -> None:
    """One subject with 100,000 reports."""
    course = Course()
    for claim in figures(100_000 // scale):
        course.take(record((claim,)))
    course.show("one hot subject")


def many(scale: int) -> None:
    """A million subjects, of which the situation keeps 100,000."""
    course = Course(replace(SETTINGS, max_facts=100_000 // scale))
    for claim in subjects(1_000_000 // scale):
        course.take(record((claim,)))
    course.show("a million subjects" if scale == 1 else "many subjects")


def article(scale: int) -> None:
    """One article with 10,000 figures: read, and judged."""
    sentences = [
        f"A strike on Kafr Saloum{n} in Idlib province killed {n % 90 + 3} people, officials said."
        for n in range(10_000 // scale)
    ]
    text = "KAFR SALOUM, Syria - " + "\n\n".join(sentences)
    begun = time.process_time()
    read = pipeline.read(Article(id="long", source="outlet.example", text=text[:990_000], published_at=START))
    took = time.process_time() - begun
    size = len(claims_codec.encode(read))
    words = len(text.split())
    print(f"one article of {words:,} words: {len(read.claims):,} claims in {took:.1f} s, {size:,} bytes", flush=True)
    course = Course()
    spent = course.take(read)
    one = replace(
        read, article="hot", claims=tuple(replace(c, id=f"{n}", subject="SY|x") for n, c in enumerate(read.claims))
    )
    again = course.take(one)
    sizes = [len(fact_codec.encode(fact)) for fact in course.ledger.facts.values()]
    print(f"  judged in {spent:.2f} s; all on one subject {again:.2f} s, largest fact {max(sizes):,} bytes", flush=True)


def flood(scale: int) -> None:
    """One outlet sends 100,000 claims on one disputed subject; beside every hundredth another speaks elsewhere."""
    course = Course()
    others: list[float] = []
    base = _base("SY|marhaba|killed")
    for n in range(100_000 // scale):
        at = START + timedelta(seconds=n)
        toll = n % 977
        sentence = f"Witness {n} told this outlet that {toll} people were killed in Marhaba."
        voice = {"origin": f"voice:witness {n}", "low": toll, "high": toll, "sentence": sentence}
        course.take(record((_told(base, n, "flood.example", at, **voice),)))
        if n % 100 == 0:
            other = _base(f"SY|village{n // 100 % 50}|killed")
            told = _told(
                other, n, f"outlet{n % 7}.example", at, low=12, high=12, sentence=f"Village {n} counts 12 dead."
            )
            others.append(course.take(record((told,))))
    course.show("a flood from one outlet")
    quiet, busy = sorted(others[: len(others) // 10]), sorted(others[-len(others) // 10 :])
    print(
        f"  others' claims, ms each: first tenth median {1000 * quiet[len(quiet) // 2]:.3f}, last tenth median "
        f"{1000 * busy[len(busy) // 2]:.3f}, 99% {1000 * busy[len(busy) * 99 // 100]:.3f}",
        flush=True,
    )


PARTS: dict[str, Callable[[int], None]] = {
    "long": long,
    "hot": hot,
    "subjects": many,
    "article": article,
    "flood": flood,
}


def main() -> None:
    """Runs the parts, one process after another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--small", action="store_true")
    given = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    for name in [given.part] if given.part else PARTS:
        process = context.Process(target=PARTS[name], args=(10 if given.small else 1,))
        process.start()
        process.join()


if __name__ == "__main__":
    main()
