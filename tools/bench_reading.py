"""Words a second of reading, beside quantulum3, and whether hostile text costs more than its length.

    python tools/bench_reading.py [PATH...] [--words 1000000]      # `make bench-reading`
    python tools/bench_reading.py --hostile [--megabytes 5]        # `make bench-hostile`

The news is that of seeds/, tests/gold and the PATHs (.txt, .html, .json, .jsonl, folders). To make as many words as
are wanted, each text comes in variations: names that stand within sentences change places with names of the other
texts, numbers change their digits, by a seeded draw; hardly a sentence comes twice, and no result can be taken from an
earlier one. Times are processor time of one thread, the text being in memory. quantulum3, which reads numbers only,
runs without its classifier on a fixed part of every share of the words, so that both meet the same machine.

Hostile texts are read at one length and at twice the length, each in a process of its own; no limit is put on an
article there. Exit code 1 where one fails or twice the length takes more than 2.3 times as long.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import string
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import orjson

from claimstream import pipeline
from claimstream.edges import files
from claimstream.model import Article
from claimstream.reading import text as texts

ROOT = Path(__file__).resolve().parent.parent
NEWS = (ROOT / "seeds", ROOT / "tests/gold")
DAY = datetime(2016, 9, 1, tzinfo=UTC)
NO_LIMIT = 1_000_000_000
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b")
DIGITS = re.compile(r"\d+")
SHARES = 20
SAMPLE = 1000
"""Words of each share that quantulum3 reads too."""
MOST = 2.3
"""How many times as long twice the length may take."""


# ---------------------------------------------------------------- news


def news(paths: list[Path]) -> list[Article]:
    """The articles at hand, with a date."""
    found = [row for row in files.articles([*NEWS, *paths], NO_LIMIT) if isinstance(row, Article)]
    return [article if article.published_at else replace(article, published_at=DAY) for article in found]


def variations(articles: list[Article], words: int) -> list[Article]:
    """So many words of news, the same each time: the articles first, then variations of all of them in turn."""
    names = sorted({name for article in articles for name in NAME.findall(article.text)})
    draw = random.Random(2016)
    made: list[Article] = []
    while words > 0:
        for article in articles:
            made.append(varied(article, names, draw) if len(made) >= len(articles) else article)
            words -= length(made[-1])
            if words <= 0:
                break
    return made


def varied(article: Article, names: list[str], draw: random.Random) -> Article:
    """The article with other names (one for one) and other numbers of as many digits; years stay years."""
    other: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        return other.setdefault(match[0], draw.choice(names))

    def number(match: re.Match[str]) -> str:
        digits = match[0]
        if len(digits) == 4 and digits[:2] in ("19", "20"):
            return digits
        return str(draw.randint(1, 9)) + "".join(draw.choices(string.digits, k=len(digits) - 1))

    title, body = (DIGITS.sub(number, NAME.sub(name, part)) for part in (article.title, article.text))
    return replace(article, id=f"bench{draw.random()}", title=title, text=body)


def length(article: Article) -> int:
    """Words, separated by spaces."""
    return len(article.title.split()) + len(article.text.split())


def rates(articles: list[Article]) -> tuple[float, float, int, int]:
    """Words a second of our reader and of quantulum3, and how many words each has read."""
    parse = _quantulum3()
    for article in articles[:20]:
        pipeline.read(article)  # lexicons are loaded once, and not measured
    parse(articles[0].text[:300])
    ours = theirs = 0.0
    words = sampled = 0
    for n in range(SHARES):
        share = articles[n::SHARES]
        begun = time.process_time()
        for article in share:
            pipeline.read(article)
        ours += time.process_time() - begun
        words += sum(map(length, share))
        paragraphs = sample(share)
        begun = time.process_time()
        for paragraph in paragraphs:
            parse(paragraph)
        theirs += time.process_time() - begun
        sampled += sum(len(paragraph.split()) for paragraph in paragraphs)
    return words / ours, sampled / theirs, words, sampled


def sample(articles: list[Article]) -> list[str]:
    """The first paragraphs of the articles in turn, SAMPLE words of them."""
    found: list[str] = []
    words = 0
    for article in articles:
        for paragraph in article.text.split("\n\n")[:4]:
            if words < SAMPLE:
                found.append(paragraph)
                words += len(paragraph.split())
    return found


def _quantulum3() -> Callable[[str], object]:
    """quantulum3's parser, without its classifier (which chooses between units only)."""
    warnings.filterwarnings("ignore", module="quantulum3")
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False
    return parser.parse


# ---------------------------------------------------------------- hostile text


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _drawn(alphabet: str) -> Callable[[int], str]:
    return lambda size: "".join(random.Random(1).choices(alphabet, k=size))


def _words(words: str) -> Callable[[int], str]:
    return lambda size: " ".join(random.Random(1).choices(words.split(), k=size // 6))[:size]


def _nested(size: int) -> str:
    half = "“‘" * (size // 8)
    return (half + "12 people died, he said, " + "’”" * (size // 8)) * 2


def _page(odd: str, size: int, close: str = "") -> str:
    prose = "<p>At least 12 people were killed in Aleppo on Monday, residents said.</p>" * 20
    return f"<html><body><article>{prose}{_repeated(odd)(size)}{close}{prose}</article></body></html>"


TEXTS: dict[str, Callable[[int], str]] = {
    "“more than ”": _repeated("more than "),
    "digits and commas": _drawn(string.digits + ",,,"),
    "digits, commas, spaces": _drawn(string.digits + ",, "),
    "nested quotes": _nested,
    "opening quotes": _repeated("“"),
    "straight quotes": _repeated('" '),
    "one letter": _repeated("a"),
    "one capital": _repeated("A"),
    "one capital, spaces": _repeated("A "),
    "one digit": _repeated("7"),
    "brackets": _repeated("("),
    "“said ”": _repeated("said "),
    "“he said, ”": _repeated("he said, "),
    "hyphens": _repeated("-"),
    "words and hyphens": _repeated("rebel-"),
    "apostrophes": _repeated("'"),
    "“o'”": _repeated("o'"),
    "capitals": _words("ALEPPO REBELS HOSPITAL KILLED TWELVE ARMY SAID TOOK THE OF AND HUNDRED"),
    "place names": _words("Aleppo Homs Idlib Damascus Hama Raqqa Kabul Mosul Hospital Saint New San South"),
    "“the between 1 and ”": _repeated("the between 1 and "),
    "“one hundred and ”": _repeated("one hundred and "),
    "“hundred million ”": _repeated("hundred million "),
    "“of the ”": _repeated("of the "),
    "“and , ”": _repeated("and , "),
    "verbs of taking": _words("rebels took seized the town of and which had been held by army lost 12 killed in"),
    "denials": _repeated("The army denied rebel claims that it had lost Darin. "),
    "“contrary to what ”": _repeated("Contrary to what the army the army "),
    "“dismissed the figure of ”": _repeated("He dismissed the rebels' figure of "),
    "“not 12, not 12”": _repeated("not 12, "),
    "any word of news": _words("12 the of killed at least said army rebels had been in Aleppo , “ ” . to not no it"),
    "newlines": _repeated("\n"),
    "lines of one word": _repeated("By\n"),
    "spaces": _repeated(" "),
    "no-break spaces": _repeated("\u00a0"),
    "zero-width characters": _repeated("\u200b\u200c\u200d\ufeff"),
    "combining accents": _repeated("e\u0301\u0301\u0301"),
    "full stops": _repeated("."),
    "full stops, spaces": _repeated(". "),
    "abbreviations": _repeated("Gen. U.S. St. "),
    "dates": _repeated("May 7, 2016 "),
    "any character": _drawn(string.printable + "“”’–é½"),
}
PAGES: dict[str, Callable[[int], str]] = {
    "page of boxes in one another": lambda size: _page("<div>", size),
    "page of open paragraphs": lambda size: _page("<p>killed ", size),
    "page of links": lambda size: _page('<a href="x">12</a> ', size),
    "page of comments": lambda size: _page("<!-- a -->", size),
    "page of brackets": lambda size: _page("<", size),
    "page of entities": lambda size: _page("&amp;&#39;", size),
    "page of one paragraph": lambda size: _page("At least 12 died. ", size),
    "page of paragraphs": lambda size: _page("<p>At least 12 people died in Aleppo, he said.</p>", size),
    "page of tables": lambda size: _page("<table><tr><td>12</td></tr></table>", size),
    "page of lists": lambda size: _page("<ul><li>12 died</li></ul>", size),
    "page of an attribute": lambda size: _page("x", size, '">').replace("</p>x", '</p><p class="x', 1),
}


def hostile(megabytes: float, only: str) -> int:
    """Reads each at `megabytes` and at twice as much, and prints the table."""
    failed = 0
    print(f"| text | {megabytes:g} MB | {2 * megabytes:g} MB | times | most memory |\n|---|---|---|---|---|")
    for case in [*TEXTS, *PAGES]:
        if only not in case:
            continue
        size = int(megabytes * 1_000_000)
        once = _apart(case, size)
        twice = _apart(case, 2 * size) if once else None
        if once is None or twice is None:
            failed += 1
            print(f"| {case} | failed | | | |", flush=True)
            continue
        times = twice[0] / once[0]
        failed += times > MOST and twice[0] > 0.5  # below that the clock tells too little
        print(f"| {case} | {once[0]:.1f} s | {twice[0]:.1f} s | {times:.2f} | {twice[1]:.0f} MB |", flush=True)
    return failed


def _apart(case: str, size: int) -> tuple[float, float] | None:
    """Seconds and memory (MB) of reading the case in a process of its own; None where that fails."""
    run = subprocess.run([sys.executable, __file__, "--one", case, str(size)], capture_output=True, check=False)
    if run.returncode:
        print(run.stderr.decode(errors="replace")[-600:], file=sys.stderr)
        return None
    seconds, memory = orjson.loads(run.stdout)
    return seconds, memory


def one(case: str, size: int) -> None:
    """Reads one hostile text of so many bytes, and prints the processor time and the most memory as JSON.

    The words before it keep it from being left out as a line without letters.
    """
    raw = {**TEXTS, **PAGES}[case](size)
    if case in TEXTS:
        raw = f"Twelve people were killed {raw}".encode()[:size].decode(errors="ignore")
    pipeline.read(Article(id="warm", source="s", text="12 people were killed in Aleppo, he said.", published_at=DAY))
    if case in PAGES:
        from claimstream.edges import markup

        markup.page("<p>12 people were killed.</p>")
    begun = time.process_time()
    if case in PAGES:
        found = markup.page(raw)
        title, body = (found.title, found.text) if found else ("", "")
    else:
        page = texts.page(raw)
        title, body = page.title, page.text
    with suppress(pipeline.TooMuch):  # it is read whole before it becomes a dead letter
        pipeline.read(Article(id="hostile", source="s", title=title, text=body, published_at=DAY))
    seconds = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    print(orjson.dumps((seconds, memory)).decode())


def main() -> int:
    """Runs what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--words", type=int, default=1_000_000)
    parser.add_argument("--hostile", action="store_true")
    parser.add_argument("--megabytes", type=float, default=5.0)
    parser.add_argument("--only", default="", help="hostile texts whose name holds this")
    parser.add_argument("--one", nargs=2, metavar=("CASE", "BYTES"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one[0], int(given.one[1]))
        return 0
    if given.hostile:
        return 1 if hostile(given.megabytes, given.only) else 0
    articles = news(given.paths)
    wanted = variations(articles, given.words)
    ours, theirs, words, sampled = rates(wanted)
    print(f"{words:,} words in {len(wanted):,} articles, made from {len(articles)} of {sum(map(length, articles)):,}")
    print(f"claimstream  {ours:8,.0f} words/s")
    print(f"quantulum3   {theirs:8,.0f} words/s  (numbers only; on {sampled:,} of the words)")
    print(f"ratio        {ours / theirs:8.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
