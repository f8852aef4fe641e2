"""The forms in which news puts figures, and turns of phrase that hold none: tests/data/forms_of_figures.txt."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from claimstream.model import Article, FigureMention
from claimstream.reading import figures, text

FORMS = Path(__file__).parent / "data/forms_of_figures.txt"


class Form(NamedTuple):
    """A sentence and the figures that it must give, in any order."""

    sentence: str
    must: list[tuple[str, float | None, float | None, str]]
    may: list[tuple[str, float | None, float | None, str]]
    known_to_fail: bool


def parse(line: str) -> Form:
    sentence, _, told = line.removeprefix("~").partition("=>")
    rows = [row.strip() for row in told.split(";") if row.strip()]
    must = [_row(row) for row in rows if not row.startswith("?")]
    return Form(sentence.strip(), must, [_row(row[1:]) for row in rows if row.startswith("?")], line.startswith("~"))


def _row(row: str) -> tuple[str, float | None, float | None, str]:
    measure, low, high, *who = row.split("|")
    return measure, None if low == "-" else float(low), None if high == "-" else float(high), who[0] if who else ""


def forms() -> list[Form]:
    lines = FORMS.read_text(encoding="utf-8").splitlines()
    return [parse(line) for line in lines if "=>" in line and not line.startswith("#")]


def failure(form: Form) -> str:
    """What is missing from the figures of a form and what is too much; "" where it is read as it must be."""
    left = read(form.sentence)
    missing = [row for row in form.must if not _take(row, left)]
    for row in form.may:
        _take(row, left)
    return f"missing {missing}, too much {[_shown(m) for m in left]}" if missing or left else ""


def read(sentence: str) -> list[FigureMention]:
    made = text.sentences(Article(id="a", source="s", title="", text=sentence))
    return [mention for found in figures.read(made) for mention in found]


def _take(row: tuple[str, float | None, float | None, str], left: list[FigureMention]) -> bool:
    measure, low, high, who = row
    for mention in left:
        quantity = mention.quantity
        if (mention.measure, quantity.low, quantity.high) == (measure, low, high) and who in mention.who:
            left.remove(mention)
            return True
    return False


def _shown(mention: FigureMention) -> tuple[str, float | None, float | None, str, str]:
    return mention.measure, mention.quantity.low, mention.quantity.high, mention.who, mention.rule


@pytest.mark.parametrize("form", [form for form in forms() if not form.known_to_fail], ids=lambda form: form.sentence)
def test_a_form_of_the_news_is_read(form: Form) -> None:
    assert failure(form) == ""


def test_what_is_known_to_fail_still_fails() -> None:
    """A form that is read by now must lose its mark."""
    assert [form.sentence for form in forms() if form.known_to_fail and not failure(form)] == []


BEFORE = "At least 40 people were killed and 60 wounded in Belen on Friday, and 300 soldiers were sent there. "


@pytest.mark.parametrize("form", [form for form in forms() if not form.known_to_fail], ids=lambda form: form.sentence)
def test_a_form_is_read_alike_behind_other_figures(form: Form) -> None:
    """What was counted before must not turn a clock time or an age into a count."""
    assert failure(form._replace(sentence=BEFORE + form.sentence, must=[*COUNTED_BEFORE, *form.must])) == ""


COUNTED_BEFORE = [("killed", 40.0, None, "people"), ("wounded", 60.0, 60.0, ""), ("forces", 300.0, 300.0, "soldiers")]
