"""The consensus of tables of claims: who counts, what wins, what is flagged, and what a bad row says."""

import csv
import gzip
import io

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from claimstream.commands import cli_sources
from claimstream.edges import tables
from claimstream.fusion.copying import Shared, contested, count_pairs, groups
from claimstream.fusion.fusion import EVERY_SOURCE_THE_SAME, Said, Tolerance, Voices, gather, support, verdict, winner
from claimstream.fusion.history import History, Learning
from claimstream.fusion.jury import Jury
from claimstream.fusion.stepwise import Rules, Step, decide

DAM = ("dam at Orlo", "level")


def believed(said, **voices):
    return verdict(said, Voices(**voices))


# What wins


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ({"a": 5, "b": 5, "c": 7}, 5),
        ({"a": "open", "b": "shut", "c": "shut"}, "shut"),
        ({"a": 3}, 3),
        ({"a": 1, "b": 5, "c": 100}, 5),  # a tie of numbers: the middle, never the mean
        ({"a": 10, "b": 20}, 10),
        ({"a": "shut", "b": "open"}, "open"),
        ({"a": 17, "b": 17.0, "c": 16}, 17),
    ],
)
def test_the_value_with_most_voices_wins(said, value):
    assert verdict(said).value == value


def test_nobody_says_anything():
    assert verdict({}) is None


def test_copies_are_one_voice():
    said = {"wire": 40, "copy1": 40, "copy2": 40, "envoy": 55, "medic": 55}
    group = dict.fromkeys(("wire", "copy1", "copy2"), "wire")
    assert believed(said) == (40, 3 / 5, 3)
    assert believed(said, group=group) == (55, 2 / 3, 2)


def test_a_group_that_says_two_things_speaks_for_both_and_counts_once_in_the_total():
    said = {"wire": 40, "copy": 41, "envoy": 41}
    assert believed(said, group={"wire": "wire", "copy": "wire"}) == (41, 1.0, 2)


def test_a_group_has_the_weight_of_its_best_member_that_says_so():
    said = {"wire": 1, "copy": 1, "other": 2}
    voices = Voices(group={"wire": "w", "copy": "w"}, weight={"wire": 0.5, "copy": 3.0, "other": 2.0})
    assert support(said, voices) == {1: {"w": 3.0}, 2: {"other": 2.0}}
    assert verdict(said, voices).value == 1


def test_weight_beats_number_and_unknown_sources_have_their_own():
    said = {"good": 1, "new1": 2, "new2": 2}
    assert believed(said, weight={"good": 5.0}, unknown=2.0).value == 1
    assert believed(said, weight={"good": 3.0}, unknown=2.0).value == 2


def test_a_source_of_weight_zero_is_not_heard():
    assert believed({"liar": 1}, weight={"liar": 0.0}) is None
    assert believed({"liar": 1, "other": 2}, weight={"liar": 0.0}) == (2, 1.0, 1)


def test_without_a_group_the_rest_decide():
    behind = support({"a": 1, "b": 1, "c": 2}, Voices(group={"a": "a", "b": "a"}, weight={"a": 3.0}))
    assert (winner(behind), winner(behind, "a"), winner(behind, "c")) == (1, 2, 1)
    assert winner(support({"a": 1}, EVERY_SOURCE_THE_SAME), "a") is None


# What one source says


def test_the_latest_word_of_a_source_counts():
    assert gather([Said("a", DAM, 5, 2.0), Said("a", DAM, 4, 1.0)]) == {DAM: {"a": 5}}


def test_a_source_that_contradicts_itself_at_one_time_is_left_out():
    table = gather([Said("a", DAM, 5), Said("b", DAM, 4), Said("a", DAM, 6), Said("a", DAM, 6)])
    assert table == {DAM: {"b": 4}}


@pytest.mark.parametrize(
    ("tolerance", "one", "other", "same"),
    [
        (Tolerance(), 10, 10.0, True),
        (Tolerance(), 10, 10.5, False),
        (Tolerance(width=10), 1430, 1440, True),
        (Tolerance(width=10), 1430, 1441, False),
        (Tolerance(share=0.01), 1000, 1010, True),
        (Tolerance(share=0.01), 1000, 1012, False),
        (Tolerance(share=0.01), -1000, -1009, True),
        (Tolerance(width=99), "B12", "B13", False),
        (Tolerance(width=99), "12", 12, False),
    ],
)
def test_tolerance(tolerance, one, other, same):
    assert tolerance.same(one, other) is same
    assert tolerance.same(other, one) is same


# Copies


def test_agreement_counts_only_where_somebody_differs():
    assert not contested({"a": 1, "b": 1})
    assert contested({"a": 1, "b": 1, "c": 2})


def test_pairs_are_counted_with_shared_and_equal_values():
    subjects = [{"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 2}, {"b": 3, "c": 3}, {"a": "x", "c": "y"}]
    expected = {("a", "b"): Shared(2, 1), ("a", "c"): Shared(2, 0), ("b", "c"): Shared(2, 1)}
    assert count_pairs(subjects, "abc") == expected
    assert count_pairs(subjects, "ab") == {("a", "b"): Shared(2, 1)}


@given(
    st.lists(st.dictionaries(st.sampled_from("pqrst"), st.sampled_from([1, 2, 2.5, "x"]), min_size=1), max_size=40),
)
def test_pairs_by_bits_are_pairs_by_counting(subjects):
    expected = {}
    for one, other in [(a, b) for a in "pqrst" for b in "pqrst" if a < b]:
        shared = [s for s in subjects if one in s and other in s]
        if shared:
            expected[one, other] = Shared(len(shared), sum(s[one] == s[other] for s in shared))
    assert count_pairs(subjects, "pqrst") == expected


def test_linkage_is_complete_and_the_most_alike_join_first():
    pairs = {
        ("a", "b"): Shared(100, 100),
        ("b", "c"): Shared(100, 99),
        ("a", "c"): Shared(100, 60),
        ("c", "d"): Shared(20, 20),
    }
    assert [g.sources for g in groups(pairs, 30, 0.03)] == [("a", "b")]
    assert [g.sources for g in groups({**pairs, ("a", "c"): Shared(100, 99)}, 30, 0.03)] == [("a", "b", "c")]
    assert [g.sources for g in groups(pairs, 10, 0.05)] == [("a", "b"), ("c", "d")]
    assert groups({("a", "b"): Shared(29, 29)}, 30, 0.5) == []


def test_copies_are_odd_together():
    pairs = {("a", "b"): Shared(900, 890, 5), ("c", "d"): Shared(900, 890, 12), ("e", "f"): Shared(900, 889, 10)}
    assert [g.sources for g in groups(pairs, 30, 0.03, 10)] == [("c", "d")]
    assert [g.sources for g in groups(pairs, 30, 0.03)] == [("a", "b"), ("c", "d"), ("e", "f")]


# Judging


@given(
    st.lists(st.dictionaries(st.sampled_from("pqrstu"), st.sampled_from([1, 2, 3]), min_size=1), max_size=20),
    st.dictionaries(st.sampled_from("pqrstu"), st.sampled_from(["p", "q"])),
    st.dictionaries(st.sampled_from("pqrstu"), st.sampled_from([0.5, 1.0, 2.0, 3.5])),
    st.sampled_from([0.5, 0.6]),
)
def test_a_jury_decides_as_if_each_group_were_left_out_in_turn(subjects, group, weight, majority):
    voices = Voices(group=group, weight=weight)
    agreed, seen = Jury(subjects, group, majority).borne_out(voices)
    for source in "pqrstu":
        expected_agreed = expected_seen = 0
        for said in subjects:
            if source in said:
                own = group.get(source, source)
                others = {s: v for s, v in said.items() if group.get(s, s) != own}
                found = verdict(others, voices)
                if found and found.share > majority + 1e-6:
                    expected_seen += 1
                    expected_agreed += found.value == said[source]
        assert (agreed[source], seen[source]) == (expected_agreed, expected_seen)


def rumours(days=6, liars=4, per_day=60):
    """Gauges on a river: three honest stations that now and then misread, and one liar with copies, always 5 too high.

    Yields steps; the truth of gauge n on day d is 100 * n + d.
    """
    for day in range(days):
        sayings = []
        for n in range(per_day):
            true = 100 * n + day
            for number, station in enumerate(("north", "south", "west")):
                misread = (n * 7 + day * 3 + number * 11) % 19 == 0
                sayings.append(Said(station, (f"gauge {n}", "cm"), true + (number + 1) * 2 * misread))
            for liar in range(liars):
                sayings.append(Said(f"liar{liar}", (f"gauge {n}", "cm"), true + 5 * (n % 3 > 0)))
        yield Step(f"{day}", sayings)


def right(outcomes):
    good = total = 0
    for outcome in outcomes:
        for (gauge, _), found in outcome.verdicts:
            good += found.value == 100 * int(gauge.split()[1]) + int(outcome.time)
            total += 1
    return good / total


EXACT = Rules(tolerance=lambda attr: Tolerance())


def test_copies_of_a_liar_win_a_vote_and_lose_once_history_is_known():
    plain = list(decide(rumours(), EXACT, EVERY_SOURCE_THE_SAME))
    history = History()
    learned = list(decide(rumours(), EXACT, history))
    assert right(plain) < 0.5
    assert right(learned[1:]) > 0.97
    assert [g.sources for g in history.groups] == [("liar0", "liar1", "liar2", "liar3")]
    weights = history.voices().weight
    assert max(weights["liar0"], weights["liar3"]) < min(weights["north"], weights["south"], weights["west"])


def test_a_step_is_decided_before_anything_is_learned_from_it():
    """What is believed at a step does not change with what is said at that step's end, or later."""
    first, second, third = list(rumours(days=3))
    short = list(decide([first, second], EXACT, History()))
    long = list(decide([first, second, third], EXACT, History()))
    assert long[:2] == short
    assert short[0] == next(decide([first], EXACT, EVERY_SOURCE_THE_SAME))


def test_honest_sources_that_agree_by_reading_the_same_river_are_not_copies():
    history = History()
    for step in rumours():
        history.learn(step.time, gather(step.sayings))
    assert not any("north" in group.sources for group in history.groups)


def test_evidence_fades():
    learning = Learning(decay=0.5)
    history = History(learning)
    said = {("x", "y"): {"a": 1, "b": 1, "c": 2}}
    history.learn("1", said)
    once = history.records["c"]
    history.learn("2", {("x", "y"): {"a": 1, "b": 1}})
    assert history.records["c"] == (once[0] * 0.5, once[1] * 0.5)
    assert once == (0.0, 1.0)


def test_pairs_are_bounded():
    history = History(Learning(max_paired=5))
    for day in range(3):
        history.learn(str(day), {(str(n), ""): {f"s{n + k}": k for k in range(4)} for n in range(30)})
    assert len(history._pairs) <= 10


# Flags


def flags(sayings, **rules):
    (outcome,) = decide([Step("1", sayings)], Rules(tolerance=lambda attr: Tolerance(width=10), **rules), Voices())
    return [(flag.source, flag.value) for flag in outcome.flags]


def test_claims_beyond_the_tolerance_are_flagged_once():
    said = [Said(s, DAM, v) for s, v in (("a", 500), ("b", 500), ("c", 509), ("d", 511), ("d", 511))]
    assert flags(said) == [("d", 511)]


def test_a_tie_flags_nobody():
    assert flags([Said("a", DAM, 500), Said("b", DAM, 600)], min_share=0.5) == []
    assert flags([Said("a", DAM, 500), Said("b", DAM, 600), Said("c", DAM, 700)]) == []


def test_a_source_that_contradicts_itself_does_not_vote_but_is_flagged():
    said = [Said("a", DAM, 500), Said("b", DAM, 500), Said("c", DAM, 900), Said("c", DAM, 500)]
    assert flags(said) == [("c", 900)]


def test_carried_claims_stand_until_their_source_speaks_again():
    days = [
        Step("1", [Said("a", DAM, 1), Said("b", DAM, 1)]),
        Step("2", [Said("c", DAM, 2)]),
        Step("3", [Said("a", DAM, 2)]),
    ]
    carried = [
        o.verdicts[0][1].value for o in decide(days, Rules(tolerance=lambda a: Tolerance(), carry=True), Voices())
    ]
    alone = [o.verdicts[0][1].value for o in decide(days, EXACT, Voices())]
    assert (carried, alone) == ([1, 1, 2], [1, 2, 2])


# Files


def run(*arguments):
    app = typer.Typer()
    cli_sources.register(app)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def write(path, steps):
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow(tables.COLUMNS)
    out.writerows((step.time, s.source, *s.subject, s.value) for step in steps for s in step.sayings)
    raw = text.getvalue().encode()
    path.write_bytes(gzip.compress(raw) if path.suffix == ".gz" else raw)
    return path


def test_fuse_writes_consensus_and_alerts(tmp_path):
    claims = write(tmp_path / "claims.csv.gz", rumours(days=2))
    done = run(
        "fuse", claims, "--learn", "--tolerance", "0", "--consensus-out", tmp_path / "c.csv", "--alerts-out",
        tmp_path / "a.csv.gz", "--book-out", tmp_path / "book.toml",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    with (tmp_path / "c.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 120
    day_two = {row["object"]: row["value"] for row in rows if row["t"] == "1"}
    assert day_two["gauge 1"] == "101"
    with gzip.open(tmp_path / "a.csv.gz", "rt") as file:
        alerts = {(row["t"], row["source"], row["object"]) for row in csv.DictReader(file)}
    assert ("1", "liar0", "gauge 1") in alerts and ("1", "north", "gauge 1") not in alerts
    assert {p.name for p in tmp_path.iterdir()} == {"claims.csv.gz", "c.csv", "a.csv.gz", "book.toml"}


@given(st.randoms(use_true_random=False))
def test_order_within_a_day_and_repeated_rows_change_nothing(random):
    steps = list(rumours(days=3, per_day=20))
    mixed = []
    for time, sayings in steps:
        more = sayings + random.sample(sayings, 15)
        random.shuffle(more)
        mixed.append(Step(time, more))
    one, other = History(), History()
    before, after = list(decide(steps, EXACT, one)), list(decide(mixed, EXACT, other))
    assert [(o.time, o.verdicts, o.flags) for o in before] == [(o.time, o.verdicts, o.flags) for o in after]
    assert (one.groups, one.records) == (other.groups, other.records)


def test_columns_may_stand_in_any_order_beside_others(tmp_path):
    path = tmp_path / "c.csv"
    path.write_text('\ufeffvalue,note,attr,object,T,source\n"12.0",x,cm,weir,7,a\n\n 12 ,y,cm,"weir",7,b\n')
    (step,) = tables.steps(tables.rows(path))
    assert step == Step("7", [Said("a", ("weir", "cm"), 12), Said("b", ("weir", "cm"), 12)])
    assert all(isinstance(said.value, int) for said in step.sayings)


HEAD = b"t,source,object,attr,value\n"
GOOD = HEAD + b"1,a,weir,cm,5\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("c.csv", b"", "c.csv: empty"),
        ("c.csv", b"t,source,object,value\n", "c.csv:1: no column attr"),
        ("c.csv", GOOD + b"1,a,weir,cm\n", "c.csv:3: 4 fields, 5 expected"),
        ("c.csv", GOOD + b"1,,weir,cm,5\n", "c.csv:3: source is empty"),
        ("c.csv", GOOD + b'1,"b\nc",weir,cm, \n', "c.csv:4: value is empty"),
        ("c.csv", GOOD + b"2,a,weir,cm,5\n1,a,weir,cm,5\n", "c.csv:4: t '1' after '2'"),
        ("c.csv", GOOD + b"1,a,w\xffir,cm,5\n", "c.csv:3: not UTF-8"),
        ("c.csv.gz", gzip.compress(GOOD + b"1,b,weir,cm,5\n" * 999)[:-9], "not a whole gzip file"),
        ("c.csv.gz", GOOD, "c.csv.gz:1: not a whole gzip file"),
        ("c.csv", GOOD + b"1,a," + b"x" * 200_000 + b",cm,5\n", "c.csv:3: field larger"),
    ],
)
def test_a_bad_row_is_told_with_file_and_line_and_leaves_no_half_table(tmp_path, name, content, message):
    (tmp_path / name).write_bytes(content)
    done = run("fuse", tmp_path / name, "--consensus-out", tmp_path / "out.csv")
    assert done.exit_code == 1
    assert message in done.output and done.output.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_missing_file_and_bad_options_are_one_line(tmp_path):
    claims = write(tmp_path / "c.csv", rumours(days=1))
    for arguments, message in (
        ([tmp_path / "none.csv"], "none.csv: No such file"),
        ([claims, "--tolerance", "ten"], "--tolerance 'ten'"),
        ([claims, "--learn", "--book", "b.toml"], "exclude each other"),
        ([claims, "--book", tmp_path / "b.toml"], "b.toml: No such file"),
        ([claims, "--learn", "--set", "decay=x"], "--set 'decay=x'"),
        ([claims, "--learn", "--set", "speed=1"], "NAME one of min_shared"),
        ([claims, "--book-out", "b.toml"], "go with --learn"),
        ([claims, "--consensus-out", claims / "x.csv"], "x.csv"),
    ):
        done = run("fuse", *arguments)
        assert (done.exit_code, done.output.count("\n")) == (1, 1), done.output
        assert message in done.output


def test_rows_out_of_order_can_be_sorted(tmp_path):
    steps = list(rumours(days=12, per_day=3))
    sorted_, mixed = write(tmp_path / "sorted.csv", steps), write(tmp_path / "mixed.csv", steps[::-1])
    assert run("fuse", sorted_, "--learn", "--consensus-out", tmp_path / "one.csv").exit_code == 0
    assert run("fuse", mixed, "--learn", "--sort", "--consensus-out", tmp_path / "other.csv").exit_code == 0
    assert (tmp_path / "one.csv").read_text() == (tmp_path / "other.csv").read_text()
    assert [line.split(",")[0] for line in (tmp_path / "one.csv").read_text().splitlines()[1::3]] == [
        str(day) for day in range(12)
    ]


def test_an_attribute_is_a_number_where_nearly_all_its_values_are():
    kinds = tables.Kinds()
    gates = [tables.Row("1", f"s{n}", "x", "gate", value) for n, value in enumerate(["12", "B4", "C1", "7", "A3"])]
    counts = [tables.Row("1", f"s{n}", "x", "count", str(n)) for n in range(19)] + [
        tables.Row("1", "odd", "x", "count", "many")
    ]
    values = {(said.subject[1], said.source): said.value for said in kinds.sayings(gates + counts)}
    assert values["gate", "s0"] == "12"
    assert (values["count", "s3"], values["count", "odd"]) == (3, "many")


@pytest.mark.parametrize(
    ("text", "value"),
    [("12", 12), ("-3", -3), ("12.50", 12.5), ("1.5e3", 1500), ("12.0", 12), ("B4", "B4"), ("nan", "nan"),
     ("1_000", "1_000"), ("٣", "٣"), ("9" * 30, "9" * 30), ("", ""), (".", "."), ("2011-12-01", "2011-12-01")],
)  # fmt: skip
def test_numbers_in_text(text, value):
    found = tables.number_in(text)
    assert found == value and type(found) is type(value)


def test_tolerances_by_attribute_the_last_that_fits():
    tolerances = tables.Tolerances(["10", "dep_*=2%", "dep_gate=0"])
    assert tolerances("arr") == Tolerance(width=10)
    assert tolerances("dep_time") == Tolerance(share=0.02)
    assert tolerances("dep_gate") == Tolerance()
    assert tables.Tolerances([])("x") == Tolerance(share=0.01)


def test_standard_output_takes_a_table(tmp_path):
    claims = write(tmp_path / "c.csv", rumours(days=1, per_day=2))
    done = run("fuse", claims, "--consensus-out", "-")
    assert list(csv.reader(io.StringIO(done.stdout)))[:2] == [
        list(tables.CONSENSUS),
        ["0", "gauge 0", "cm", "0", "0.857", "6"],
    ]
