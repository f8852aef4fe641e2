"""The source book: learned from history, written for people, edited, read again; and from the claims of news."""

import json
import tomllib
from dataclasses import replace

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from claimstream.commands import cli_sources
from claimstream.edges import newsclaims, tables
from claimstream.fusion import book as books
from claimstream.fusion.book import Book, BookError, Source
from claimstream.fusion.copying import Group
from claimstream.fusion.fusion import gather
from claimstream.fusion.history import History, Learning

PORTS = ("Arvik", "Belo", "Cairn", "Dunmore")


def ships(days=5):
    """Four harbour offices count ships; the Gazette and its reprint add one on most days. Rows of a table."""
    for day in range(1, days + 1):
        for n in range(30):
            count = 40 + (n * day) % 17
            for number, office in enumerate(PORTS):
                slip = (n * 5 + day + number * 7) % 13 == 0
                yield f"2031-04-{day:02}", office, f"pier {n}", "ships", count - slip
            for paper in ("Gazette", "Reprint"):
                yield f"2031-04-{day:02}", paper, f"pier {n}", "ships", count + (n % 4 > 0)


def history_of(rows):
    history = History()
    placed = (("", n, tables.Row(*map(str, row))) for n, row in enumerate(rows))
    for step in tables.steps(placed):
        history.learn(step.time, gather(step.sayings))
    return history


@pytest.fixture(scope="module")
def learned():
    return books.learned(history_of(ships()))


def run(*arguments):
    app = typer.Typer()
    cli_sources.register(app)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def csv_of(path, rows):
    lines = [",".join(map(str, row)) for row in [tables.COLUMNS, *rows]]
    path.write_text("\n".join(lines) + "\n")
    return path


# What is learned


def test_a_book_tells_who_copies_and_who_is_borne_out(learned):
    assert [group.sources for group in learned.groups] == [("Gazette", "Reprint")]
    weight = {source.name: source.weight for source in learned.sources}
    assert weight["Gazette"] == weight["Reprint"]
    assert weight["Gazette"] < learned.unknown < min(weight[port] for port in PORTS)
    assert (learned.first, learned.last, learned.steps, learned.claims) == ("2031-04-01", "2031-04-05", 5, 900)
    assert learned.unknown == round(Learning().weight(0, 0), 4)


def test_weights_grow_with_agreement_and_with_evidence():
    learning = Learning()
    weights = [
        learning.weight(*record) for record in ((0, 100), (50, 100), (0, 0), (95, 100), (950, 1000), (1000, 1000))
    ]
    assert weights == sorted(weights)
    assert weights[0] == learning.least > 0


# The file


def test_a_book_is_the_same_after_writing_and_reading(learned):
    text = books.write(learned)
    assert books.parse(text) == replace(learned, written_version=learned.version)
    assert books.write(books.parse(text)) == text


def test_the_file_says_what_a_reader_must_know(learned):
    text = books.write(learned)
    assert text.startswith("# Source book")
    for said in ('version = "', 'learned_from = "2031-04-01"', "# weight: what counts", "without any truth"):
        assert said in text
    assert all(len(line) <= 120 for line in text.splitlines())


def test_the_version_is_of_what_decides(learned):
    first = learned.sources[0]
    same = replace(learned, first="", claims=1, sources=(replace(first, agreed=0.1, seen=9), *learned.sources[1:]))
    heavier = replace(learned, sources=(replace(first, weight=first.weight + 1), *learned.sources[1:]))
    assert same.version == learned.version
    assert replace(learned, sources=learned.sources[::-1]).version == learned.version
    assert len({learned.version, heavier.version, replace(learned, groups=()).version}) == 3
    assert replace(learned, unknown=1.0).version != learned.version


def test_an_edited_book_is_known_as_edited(learned):
    text = books.write(learned)
    weight = next(s.weight for s in learned.sources if s.name == "Gazette")
    edited = text.replace(f'"Gazette", weight = {weight:.4f}', '"Gazette", weight = 0')
    assert edited != text
    assert not books.parse(text).edited
    assert books.parse(edited).edited
    assert books.parse(edited).voices().weight["Gazette"] == 0
    assert not books.parse(text.replace("# Source book", "# Our source book")).edited


@given(st.lists(st.text(st.characters(codec="utf-8"), min_size=1), min_size=2, max_size=4, unique=True))
def test_any_name_survives_the_file(names):
    book = Book(
        sources=tuple(Source(name, 1.0) for name in sorted(names)),
        groups=(Group(tuple(sorted(names)), 1, 0, 0),),
        unknown=2,
    )
    again = books.parse(books.write(book))
    assert (again.sources, again.groups) == (book.sources, book.groups)


def test_a_book_written_by_hand_needs_little():
    book = books.parse('unknown = 1\nsources = [{name = "a", weight = 3}]\ngroups = [{sources = ["c", "b"]}]')
    assert book.voices().weight == {"a": 3.0}
    assert book.voices().group == {"b": "b", "c": "b"}
    assert not book.edited


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("unknown = ", "not TOML"),
        ("", "unknown must be a number from 0 up, not None"),
        ("unknown = -1", "not -1"),
        ("unknown = nan", "not nan"),
        ("unknown = true", "not True"),
        ('unknown = 1\nsources = [{name = "a"}]', "source 'a': weight must be"),
        ('unknown = 1\nsources = [{name = "a", weigth = 3}]', "source 'a': unknown key weigth"),
        ('unknown = 1\nsources = [{weight = 3}]', "each needs a name"),
        ("unknown = 1\nsources = 3", "sources: a list of tables"),
        ('unknown = 1\nsources = [{name = "a", weight = 1}, {name = "a", weight = 2}]', "'a' stands there twice"),
        ('unknown = 1\ngroups = [{sources = ["a"]}]', "two names or more"),
        ('unknown = 1\ngroups = [{sources = ["a", "b"]}, {sources = ["b", "c"]}]', "group 'b' stands there twice"),
        ('unknown = 1\ngroup = []', "the book: unknown key group"),
    ],
)  # fmt: skip
def test_a_faulty_book_says_where(text, message):
    with pytest.raises(BookError) as caught:
        books.parse(text)
    assert message in str(caught.value)


# Commands


def test_learn_show_and_use_a_book(tmp_path):
    rows = list(ships())
    past, today = [r for r in rows if r[0] < "2031-04-05"], [r for r in rows if r[0] == "2031-04-05"]
    halves = [csv_of(tmp_path / f"{n}.csv", half) for n, half in enumerate((past[:360], past[360:]))]
    learned = run("sources", "learn", *halves, "--out", tmp_path / "book.toml")
    assert learned.exit_code == 0, learned.output
    assert "one voice" in learned.output and "Gazette Reprint" in learned.output
    shown = run("sources", "show", tmp_path / "book.toml")
    version = tomllib.loads((tmp_path / "book.toml").read_text())["version"]
    assert f"version {version}\n" in shown.output and "2031-04-01 to 2031-04-04" in shown.output

    used = run("fuse", csv_of(tmp_path / "today.csv", today), "--book", tmp_path / "book.toml", "--consensus-out", "-")
    on_the_way = run("fuse", csv_of(tmp_path / "all.csv", rows), "--learn", "--consensus-out", "-")
    assert used.stdout.splitlines()[1:] == [r for r in on_the_way.stdout.splitlines() if r.startswith("2031-04-05")]


def test_the_book_of_a_run_is_the_book_of_its_history(tmp_path):
    claims = csv_of(tmp_path / "c.csv", ships())
    run("sources", "learn", claims, "--out", tmp_path / "one.toml")
    run("fuse", claims, "--learn", "--book-out", tmp_path / "other.toml")
    assert (tmp_path / "one.toml").read_text() == (tmp_path / "other.toml").read_text()


def test_parameters_of_learning_can_be_given(tmp_path):
    claims = csv_of(tmp_path / "c.csv", ships())
    done = run("sources", "learn", claims, "--out", "-", "--set", "min_shared=1000")
    assert done.exit_code == 0
    assert books.parse(done.stdout).groups == ()


def test_errors_are_one_line(tmp_path):
    (tmp_path / "empty.csv").write_text("t,source,object,attr,value\n")
    (tmp_path / "bad.toml").write_text("unknown = 1\nname = 2")
    claims = csv_of(tmp_path / "c.csv", ships(1))
    for arguments, message in (
        (["learn", tmp_path / "empty.csv", "--out", "-"], "nothing to learn from"),
        (["learn", claims, claims, "--out", "-", "--set", "x"], "--set 'x'"),
        (["learn", claims, "--out", claims / "book.toml"], "book.toml"),
        (["show", tmp_path / "bad.toml"], "bad.toml: the book: unknown key name"),
        (["show", tmp_path / "none.toml"], "none.toml: No such file"),
    ):
        done = run("sources", *arguments)
        assert (done.exit_code, done.output.count("\n")) == (1, 1), done.output
        assert message in done.output


def test_names_are_shown_as_they_are(tmp_path):
    odd = "[red]The \x1b[31mPost[/red]"
    book = Book(sources=(Source(odd, 1.0), Source("b", 2.0)), groups=(Group(("b", odd), 40, 0, 12),), unknown=1)
    (tmp_path / "b.toml").write_text(books.write(book))
    shown = run("sources", "show", tmp_path / "b.toml").stdout
    assert shown.count("[red]The \\x1b[31mPost[/red]") == 2 and "\x1b" not in shown


# News


def news(source, subject="XX|figure|killed|civilian|lomar|incident", at="2031-04-01T08:00:00Z", low=12, **more):
    claim = {"article": "n1", "source": source, "subject": subject, "kind": "figure", "low": low, "high": low}
    return {**claim, "published_at": at, **more}


def taken(tmp_path, *claims):
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(map(json.dumps, claims)) + "\n")
    return [row for _, _, row in newsclaims.rows(path)]


def test_the_origin_counts_before_the_outlet(tmp_path):
    rows = taken(tmp_path, news("daily", origin="voice:mayor"), news("herald", origin="voice:mayor"), news("herald"))
    assert [row.source for row in rows] == ["voice:mayor", "voice:mayor", "herald"]


def test_days_are_in_utc_and_the_latest_word_of_the_day_counts(tmp_path):
    rows = taken(
        tmp_path,
        news("daily", at="2031-04-01T23:30:00-02:00", low=14),
        news("daily", at="2031-04-02T00:30:00", low=12),
    )
    assert {row.t for row in rows} == {"2031-04-02"}
    (step,) = tables.steps(("", n, row) for n, row in enumerate(rows))
    assert list(gather(step.sayings).values()) == [{"daily": 14}]


@pytest.mark.parametrize(
    "more",
    [{"high": None}, {"high": 15}, {"low": None}, {"background": True}, {"vague": True}, {"resolved": False},
     {"low": True, "high": True}, {"kind": "control", "holds": None}],
)  # fmt: skip
def test_nothing_is_learned_from_what_cannot_be_compared(tmp_path, more):
    assert taken(tmp_path, {**news("daily"), **more}) == []


def test_states_are_of_a_camp(tmp_path):
    town = "SY|control|lomar"
    rows = taken(
        tmp_path,
        news("a", town, kind="control", holds="yes", side="rebels"),
        news("b", town, kind="control", holds="no", side="insurgents"),
        news("c", town, kind="control", holds="yes", side="government troops"),
        news("d", "SY|siege|lomar", kind="siege", holds="yes", side="rebels"),
    )
    assert rows[0].attr == rows[1].attr != rows[2].attr
    assert [row.value for row in rows] == ["yes", "no", "yes", "yes"]
    assert rows[3].attr == "siege"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "claims.jsonl:2: not JSON"),
        ("[]", "claims.jsonl:2: a claim is expected"),
        (json.dumps({**news("a"), "source": ""}), "claims.jsonl:2: source is missing"),
        (json.dumps({**news("a"), "subject": None}), "claims.jsonl:2: subject is missing"),
        (json.dumps({**news("a"), "published_at": "yesterday"}), "claims.jsonl:2: published_at must be"),
        (json.dumps({**news("a"), "published_at": 1}), "claims.jsonl:2: published_at must be"),
    ],
)
def test_a_bad_line_of_news_is_told_with_its_place(tmp_path, line, message):
    path = tmp_path / "claims.jsonl"
    path.write_text(json.dumps(news("a")) + "\n" + line + "\n")
    done = run("sources", "learn", path, "--out", "-")
    assert (done.exit_code, done.output.count("\n")) == (1, 1)
    assert message in done.output


def papers(n, day):
    """What each paper says of town n: two are always right, four err each in its own way, two say one wrong thing."""
    right = n + 9
    erring = {f"paper {k}": right - (k + 1) * ((n + 3 * k + day) % 8 == 0) for k in range(4)}
    return {"east post": right, "mild post": right, "loud post": right + 10, "echo post": right + 10, **erring}


def test_a_book_is_learned_from_news_in_any_order_and_honest_papers_that_agree_are_not_copies(tmp_path):
    claims = [
        news(paper, f"XX|figure|killed|people|town {n}|incident", f"2031-04-{day:02}T08:00:00Z", count)
        for day in range(1, 5)
        for n in range(20)
        for paper, count in papers(n, day).items()
    ]
    one, other = tmp_path / "one.jsonl", tmp_path / "other.jsonl"
    one.write_text("\n".join(map(json.dumps, claims)))
    other.write_text("\n".join(map(json.dumps, claims[::-1])))
    first = run("sources", "learn", one, "--out", "-")
    assert first.exit_code == 0, first.output
    assert first.stdout == run("sources", "learn", other, "--out", "-").stdout
    book = books.parse(first.stdout)
    assert [group.sources for group in book.groups] == [("echo post", "loud post")]
    assert (book.first, book.last, book.claims) == ("2031-04-01", "2031-04-04", 640)
    suspicious = run("sources", "learn", one, "--out", "-", "--set", "min_odd=0")
    assert ("east post", "mild post") in [group.sources for group in books.parse(suspicious.stdout).groups]
