"""Scores reading and judging on gold streams: evaluate.py FOLDER [--show] [--claims | --subjects].

A gold stream is a JSON file with `articles` in order of arrival, the `claims` that a careful reader finds in them, the
`disputes` that must raise an alert and the `quiet` rows that must not (tests/gold/README.md). A printed claim matches a
gold claim when their sentences share half of their words and they say the same: measure and bounds of a figure, else
asset, side and state. Optional and background rows cost nothing when missed and nothing when found.

`--claims` judges the gold claims themselves, so that judging is measured apart from reading. `--subjects` tells how
many of the claims that are read right stand under the subject that the gold claim gets: only those meet in a dispute.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson

from claimstream.commands import arrival, readyclaims, replay
from claimstream.edges import output
from claimstream.edges.wire import decode_article
from claimstream.model import Article, Settings
from claimstream.streaming.feed import Results

Row = Mapping[str, Any]
_SMALL = frozenset(
    "the a an of in on at to and or its their his her by for from with that which who part parts most all".split()
)


def words(text: str | None) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", (text or "").lower().replace("’", "'").replace("'s", "")))


def core(text: str | None) -> set[str]:
    every = words(text)
    return every - _SMALL or every


def _near(one: str, other: str) -> bool:
    """The same word, but for a plural or a transliteration."""

    def bones(word: str) -> str:
        return re.sub(r"(.)\1", r"\1", re.sub(r"[aeiouy]+|h$", "", word))

    long = len(one) > 4 and len(other) > 4
    return one.rstrip("s") == other.rstrip("s") or (long and one[0] == other[0] and bones(one) == bones(other))


def names(said: str | None, accepted: Iterable[str]) -> bool:
    """Whether all the words of the shorter name stand in the longer."""
    mine = core(said)
    for name in accepted:
        small, large = sorted((mine, core(name)), key=len)
        if small and all(any(_near(a, b) for b in large) for a in small):
            return True
    return False


def same_sentence(one: str, other: str) -> bool:
    a, b = words(one), words(other)
    if not a or not b:
        return False
    return 2 * len(a & b) >= len(a | b) or (min(len(a), len(b)) >= 4 and (a <= b or b <= a))


def _same(a: float | None, b: float | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= 0.01 * max(abs(a), abs(b))


def _measures(row: Row) -> set[str]:
    return {row["measure"], *row.get("also", ())}


def likeness(said: Row, gold: Row) -> int:
    """2: the same claim. 1: the same number, or the same asset, read otherwise. 0: something else."""
    if said["kind"] != gold["kind"] or not same_sentence(said["sentence"], gold["sentence"]):
        return 0
    if gold["kind"] == "figure":
        mine, theirs = ([v for v in (row["low"], row["high"]) if v is not None] for row in (said, gold))
        if not any(_same(a, b) for a in mine for b in theirs):
            return 0
        exact = _same(said["low"], gold["low"]) and _same(said["high"], gold["high"])
        return 2 if exact and said["measure"] in _measures(gold) else 1
    if not names(said["asset"], gold["asset"]):
        return 0
    sided = gold["kind"] == "control" and gold["holds"] != "contested"
    return 2 if said["holds"] == gold["holds"] and (not sided or names(said["side"], gold["side"])) else 1


def spared(row: Row) -> bool:
    return bool(row.get("optional") or row.get("background"))


def pair(said: Sequence[Row], gold: Sequence[Row]) -> tuple[dict[int, int], dict[int, int]]:
    """Printed row -> gold row, each used once: the full matches, then the near ones; required gold rows first."""
    full: dict[int, int] = {}
    near: dict[int, int] = {}
    order = sorted(range(len(gold)), key=lambda j: spared(gold[j]))
    for wanted, into in ((2, full), (1, near)):
        for j in order:
            if j in full.values() or j in near.values():
                continue
            free = (
                i
                for i, row in enumerate(said)
                if i not in full and i not in near and row["article"] == gold[j]["article"]
            )
            hit = next((i for i in free if likeness(said[i], gold[j]) >= wanted), None)
            if hit is not None:
                into[hit] = j
    return full, near


def about(alert: Row, row: Row) -> bool:
    """Whether an alert is about the question of a row."""
    if alert["kind"] != row["kind"]:
        return False
    if row["kind"] != "figure":
        return names(alert["asset"], row["asset"])
    if alert["measure"] not in _measures(row):
        return False
    mine, theirs = alert.get("place"), row.get("place")
    return not mine or not theirs or names(mine, [theirs]) or bool(core(mine) & core(theirs))


def score(stream: Row, said: Sequence[Row], alerts: Sequence[Row], faults: list[str]) -> Counter[str]:
    """The counts of one stream; what was missed or wrong is added to `faults`, a line each."""
    n: Counter[str] = Counter()
    gold = stream["claims"]
    full, near = pair(said, gold)
    for j, row in enumerate(gold):
        if spared(row):
            continue
        family = "figures" if row["kind"] == "figure" else "control"
        n[family + " need"] += 1
        if j in full.values():
            n[family + " hit"] += 1
        else:
            faults.append(f"{'NEAR  ' if j in near.values() else 'MISSED'} {stream['stream']} {_brief(row)}")
    for i, row in enumerate(said):
        if i in full or (i in near and spared(gold[near[i]])):
            continue
        n[("figures" if row["kind"] == "figure" else "control") + " wrong"] += 1
        faults.append(f"WRONG  {stream['stream']} {_brief(row)}")
    for i, j in full.items():
        if not spared(gold[j]):
            mine, theirs = core(said[i]["attribution"]), core(gold[j]["attribution"])
            right = bool(mine & theirs) or (not mine and not theirs)
            n["attribution need"] += 1
            n["attribution hit"] += right
            if not right:
                wanted, got = gold[j]["attribution"], said[i]["attribution"]
                faults.append(f"SPEAKER {stream['stream']} wanted [{wanted}] read [{got}] {_brief(gold[j])}")
    return n + _score_alerts(stream, alerts, faults)


def _score_alerts(stream: Row, alerts: Sequence[Row], faults: list[str]) -> Counter[str]:
    n: Counter[str] = Counter()
    taken: dict[int, list[Row]] = {}
    disputes = stream["disputes"]
    for alert in alerts:
        rows = [d for d, row in enumerate(disputes) if about(alert, row)]
        rows.sort(
            key=lambda d: (
                alert["article"] not in disputes[d]["fires_on"],
                d in taken,
                bool(disputes[d].get("optional")),
            )
        )
        if rows:
            taken.setdefault(rows[0], []).append(alert)
            n["alerts right"] += 1
        else:
            n["alerts false"] += 1
            n["quiet broken"] += any(about(alert, row) for row in stream["quiet"])
            faults.append(f"FALSE ALERT {stream['stream']} {_brief(alert)}")
    for d, row in enumerate(disputes):
        got = taken.get(d, [])
        n["repeated"] += max(0, len(got) - 1)
        if row.get("optional"):
            continue
        n["disputes need"] += 1
        n["disputes hit"] += bool(got)
        n["on time"] += any(alert["article"] in row["fires_on"] for alert in got)
        if not got:
            faults.append(f"NO ALERT {stream['stream']} {row['label']}: {row['why']}")
    return n


def _brief(row: Row) -> str:
    keys = ("measure", "low", "high", "who", "place") if row["kind"] == "figure" else ("asset", "side", "holds")
    values = ", ".join(str(row.get(key)) for key in keys)
    return f"{row['article']} {row['kind']} [{values}] {row['sentence'][:160]}"


def _prf(n: Counter[str], family: str) -> tuple[float, float, float]:
    hit, wrong, need = n[family + " hit"], n[family + " wrong"], n[family + " need"]
    p, r = hit / (hit + wrong) if hit + wrong else 0.0, hit / need if need else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def _share(a: int, b: int) -> str:
    return f"{a / b:.2f}" if b else "-"


def line(name: str, n: Counter[str]) -> str:
    """One row of the table of scores, in Markdown."""
    cells = [name]
    for family in ("figures", "control"):
        p, r, f = _prf(n, family)
        cells += [f"{f:.2f}", f"{p:.2f} / {r:.2f}"]
    cells.append(_share(n["attribution hit"], n["attribution need"]))
    cells.append(f"{n['disputes hit']}/{n['disputes need']} ({n['on time']})")
    cells.append(_share(n["alerts right"], n["alerts right"] + n["alerts false"]))
    cells += [str(n["repeated"]), str(n["quiet broken"])]
    return "| " + " | ".join(cells) + " |"


KINDS = ("figure", "control", "siege", "route")
COLUMNS = (
    "stream",
    "figures F1",
    "P / R",
    "control F1",
    "P / R",
    "attribution",
    "disputes (on time)",
    "alert precision",
    "repeated",
    "quiet broken",
)
HEAD = f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}"


def articles(stream: Row) -> list[Article]:
    """The articles of a stream, as a replay in the given order stamps them."""
    read = [decode_article(orjson.dumps(row)) for row in stream["articles"]]
    return list(arrival.stamped(read, arrival.first_date(read)))


def run(stream: Row, gold_claims: bool) -> Results:
    """The stream through the pipeline in this process; with `gold_claims`, through the judge alone."""
    if not gold_claims:
        return replay.dry(articles(stream), Settings())
    rows = [{k: v for k, v in claim.items() if k not in ("also", "optional")} for claim in stream["claims"]]
    for row in rows:
        row.update({k: (row[k] or [""])[0] for k in ("asset", "side") if k in row})
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(b"\n".join(orjson.dumps(row) for row in rows))
        file.flush()
        return replay.judged(readyclaims.records(Path(file.name), articles(stream)), Settings())


def evaluate(paths: Sequence[Path], gold_claims: bool = False) -> tuple[list[tuple[str, Counter[str]]], list[str]]:
    """The counts of each stream and of all together, and every fault."""
    faults: list[str] = []
    rows: list[tuple[str, Counter[str]]] = []
    total: Counter[str] = Counter()
    for path in paths:
        stream = orjson.loads(path.read_bytes())
        results = run(stream, gold_claims)
        said = [orjson.loads(one) for one in output.claim_lines(results.claims)]
        alerts = [orjson.loads(one) for one in output.alert_lines(results.alerts)]
        n = score(stream, said, alerts, faults)
        rows.append((path.stem, n))
        total += n
    return [*rows, ("all", total)], faults


def subjects(paths: Sequence[Path]) -> tuple[Counter[str], list[str]]:
    """(by kind, how many claims are read right, and how many of them under the gold subject; those that are not)."""
    n: Counter[str] = Counter()
    apart: list[str] = []
    for path in paths:
        stream = orjson.loads(path.read_bytes())
        gold = stream["claims"]
        said, given = (
            [orjson.loads(one) for one in output.claim_lines(run(stream, fed).claims)] for fed in (False, True)
        )
        fed_as = {j: given[i] for i, j in pair(given, gold)[0].items()}
        for i, j in pair(said, gold)[0].items():
            if j in fed_as and not spared(gold[j]):
                same = said[i]["subject"] == fed_as[j]["subject"]
                n[gold[j]["kind"]] += 1
                n[f"{gold[j]['kind']} alike"] += same
                if not same:
                    apart.append(f"{path.stem} {said[i]['subject']} for {fed_as[j]['subject']}: {gold[j]['sentence']}")
    return n, apart


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="list what was missed and what was wrong")
    parser.add_argument("--claims", action="store_true", help="judge the gold claims instead of reading the articles")
    parser.add_argument("--subjects", action="store_true", help="how many claims get the right subject")
    args = parser.parse_args()
    paths = sorted(args.folder.glob("*.json")) if args.folder.is_dir() else [args.folder]
    if not paths:
        print(f"{args.folder}: no gold stream here", file=sys.stderr)
        return 1
    if args.subjects:
        n, apart = subjects(paths)
        print("| kind | read right | under the gold claim's subject |\n|---|---|---|")
        for kind in KINDS:
            print(f"| {kind} | {n[kind]} | {n[f'{kind} alike'] / max(1, n[kind]):.2f} |")
        print(*(apart if args.show else ()), sep="\n")
        return 0
    rows, faults = evaluate(paths, args.claims)
    print(HEAD)
    for name, n in rows:
        print(line(name, n))
    if args.show:
        print("\n".join(sorted(faults)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
