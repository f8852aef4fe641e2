"""Records in and out: shapes, encodings, times, ids, schema numbers, dead letters, published schemas."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimstream.edges import wire
from claimstream.edges.wire import (
    Parts,
    WireError,
    alert_codec,
    article_id,
    canonical_url,
    claims_codec,
    dead_letter,
    deadletter_codec,
    decode_article,
    encode_article,
    fact_codec,
    raw_of,
)
from claimstream.model import SCHEMA, Article, ArticleClaims, Claim, Fact, Reason, Report, Stand, content_id

MOMENT = datetime(2016, 9, 8, 12, 0, tzinfo=UTC)


def record(**fields):
    return orjson.dumps({"source": "outlet.example", "text": "Two died.", **fields})


@pytest.mark.parametrize(
    ("raw", "reason", "said"),
    [
        (b"", "not_json", "not JSON"),
        (b"\xff\xfe{}", "not_utf8", "not UTF-8 (byte 0)"),
        (b"{", "not_json", "not JSON"),
        (b"[" * 100_000, "not_json", "not JSON"),
        (b"[1]", "shape", "a JSON object is expected, not a list"),
        (b"null", "shape", "a JSON object is expected, not null"),
        (b"{}", "shape", "text: missing"),
        (b'{"text": "x"}', "shape", "source: missing"),
        (record(text=5), "shape", "text: Input should be a valid string, not 5"),
        (record(title=["a"]), "shape", "title: Input should be a valid string, not ['a']"),
        (record(status="draft"), "shape", "status: Input should be 'original'"),
        (record(id={"a": 1}), "shape", "id: Input should be a valid string"),
        (record(published_at="yesterday"), "time", "published_at: an ISO 8601 time is expected, not 'yesterday'"),
        (record(published_at=1473292800), "time", "published_at: an ISO 8601 time is expected, not 1473292800"),
        (record(published_at="2016"), "time", "published_at: an ISO 8601 time is expected, not '2016'"),
        (record(fetched_at="0001-01-01T00:00:00+09:00"), "time", "fetched_at: an ISO 8601 time is expected"),
        (record(fetched_at="9999-12-31T23:59:59-14:00"), "time", "(a year from 1600 to 2599 is expected, not 9999)"),
        (record(published_at="2016-09-08T12:00:00+25:00"), "time", "published_at: an ISO 8601 time is expected"),
        (record(schema=SCHEMA + 1), "schema", f"schema: {SCHEMA + 1}, later than the {SCHEMA}"),
        (record(schema="one"), "schema", "schema: a whole number from 1 is expected, not 'one'"),
        (b'{"source": "a", "text": "\\ud800"}', "not_json", "not JSON"),
        (b'{"source": "a", "text": NaN}', "not_json", "not JSON"),
        (record(text="x" * 2000), "too_large", "more than the limit of 1000"),
    ],
)
def test_a_record_that_cannot_be_read_says_why(raw, reason, said):
    with pytest.raises(WireError) as caught:
        decode_article(raw, max_bytes=1000 if reason == "too_large" else 1_000_000)
    assert caught.value.reason == reason
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_null_and_unknown_fields_are_left_out():
    article = decode_article(record(title=None, published_at=None, mood="grim"))
    assert (article.title, article.published_at, article.status) == ("", None, "original")


@pytest.mark.parametrize(
    ("given_", "utc"),
    [
        ("2016-09-08T12:00:00Z", MOMENT),
        ("2016-09-08T14:00:00+02:00", MOMENT),
        ("2016-09-08T12:00:00", MOMENT),
        ("2016-09-08", MOMENT.replace(hour=0)),
    ],
)
def test_times_come_out_in_utc_and_one_without_offset_is_taken_as_utc(given_, utc):
    published = decode_article(record(published_at=given_)).published_at
    assert published == utc
    assert published.utcoffset() == timedelta(0)


def test_a_nul_and_other_odd_characters_survive():
    article = decode_article(record(text="a\x00b\u2028c\U0001f4a5"))
    assert article.text == "a\x00b\u2028c\U0001f4a5"
    assert decode_article(encode_article(article)) == article


def test_an_article_keeps_its_id_or_gets_one_from_its_url_or_its_words():
    assert decode_article(record(id="n7")).id == "n7"
    assert decode_article(record(id=7)).id == "7"
    by_url = decode_article(record(url="https://www.outlet.example/a?utm_source=x&p=2#top"))
    assert by_url.id == content_id("outlet.example/a?p=2")
    by_words = decode_article(record(title="T"))
    assert by_words.id == content_id("outlet.example", "T", "Two died.") == article_id(by_words)


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://WWW.Outlet.example/a/", "outlet.example/a"),
        ("https://outlet.example/a?b=2&a=1&fbclid=z", "outlet.example/a?a=1&b=2"),
        ("outlet.example/a", ""),
        ("http://[bad", ""),
        ("", ""),
    ],
)
def test_canonical_urls(url, canonical):
    assert canonical_url(url) == canonical


def test_an_outlet_is_taken_from_the_url_where_none_is_named():
    assert decode_article(b'{"text": "x", "url": "https://www.outlet.example/a"}').source == "outlet.example"


def test_the_time_of_arrival_is_the_records_own_or_the_brokers():
    assert decode_article(record(), arrived_at=MOMENT).fetched_at == MOMENT
    own = decode_article(record(fetched_at="2016-09-09T00:00:00Z"), arrived_at=MOMENT)
    assert own.fetched_at == MOMENT.replace(day=9, hour=0)


def test_a_date_after_the_arrival_counts_as_not_shown():
    """Else one article of a far year would make every later one late."""
    near = decode_article(record(published_at="2016-09-09T20:00:00Z"), arrived_at=MOMENT)
    assert near.published_at == MOMENT.replace(day=9, hour=20), "zones and wrong clocks are no reason"
    far = decode_article(record(published_at="2106-09-08T12:00:00Z"), arrived_at=MOMENT)
    assert (far.published_at, far.fetched_at) == (None, MOMENT)


def test_a_page_in_html_is_read_as_text():
    paragraphs = "".join(
        f"<p>Fighters took the town of Place{i} on Monday, residents said by telephone.</p>" for i in range(9)
    )
    page = f"<html><head><title>Towns</title></head><body><article><h1>Towns</h1>{paragraphs}</article></body></html>"
    article = decode_article(orjson.dumps({"source": "outlet.example", "html": page}))
    assert "Fighters took the town of Place3 on Monday" in article.text
    assert "<p>" not in article.text
    with pytest.raises(WireError, match="html: text is expected, not a number"):
        decode_article(orjson.dumps({"source": "outlet.example", "html": 5}))


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
moments = st.none() | st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(
    st.builds(
        Article,
        id=texts.filter(bool),
        source=texts.filter(bool),
        title=texts,
        text=texts.filter(bool),
        published_at=moments,
        fetched_at=moments,
        url=texts,
        status=st.sampled_from(["original", "corrected", "withdrawn", "repeat"]),
    )
)
def test_an_article_survives_the_wire(article):
    if article.published_at and article.fetched_at:
        article = replace(article, fetched_at=max(article.published_at, article.fetched_at))
    assert decode_article(encode_article(article)) == article


@given(st.binary(max_size=60))
def test_no_bytes_do_more_than_be_refused(raw):
    try:
        decode_article(raw)
    except WireError as error:
        assert error.reason in wire.REASONS


def claim(**fields):
    row = {
        "id": "c1",
        "article": "a1",
        "situation": "XX",
        "subject": "XX/killed",
        "kind": "figure",
        "sentence": "Two died.",
        "low": 2.0,
        "published_at": MOMENT,
        "as_of": MOMENT,
        "arrived_at": MOMENT,
    }
    return Claim(**{**row, **fields})


def test_claims_and_facts_survive_the_wire():
    claims = ArticleClaims(
        article="a1",
        situation="XX",
        source="o",
        published_at=MOMENT,
        arrived_at=MOMENT,
        claims=(claim(), claim(id="c2")),
    )
    assert claims_codec.decode(claims_codec.encode(claims)) == claims
    report = Report(claim=claim(), what="first", reason=Reason(code="first", words="first"), origin="o")
    fact = Fact(subject="s", situation="XX", kind="figure", stand=Stand(newest=MOMENT, best=2.0), reports=(report,))
    assert fact_codec.decode(fact_codec.encode(fact)) == fact


def test_the_next_version_of_a_fact_is_encoded_like_any_other():
    fact = Fact(subject="s", situation="XX", kind="figure")
    parts = Parts()
    for number in range(5):
        report = Report(claim=claim(id=f"c{number}"), what="first", reason=Reason(code="a", words="b"), origin="o")
        fact = replace(fact, reports=(*fact.reports[-2:], report), left=number)
        assert parts.encode(fact) == fact_codec.encode(fact)
    with pytest.raises(WireError):
        parts.encode(replace(fact, subject="\ud800"))
    assert parts.encode(fact) == fact_codec.encode(fact)


def test_times_deep_in_a_record_come_out_in_utc():
    east = MOMENT.astimezone(timezone(timedelta(hours=2)))
    row = orjson.loads(
        claims_codec.encode(
            ArticleClaims(
                article="a1",
                situation="XX",
                source="o",
                published_at=east,
                arrived_at=east,
                claims=(claim(as_of=east),),
            )
        )
    )
    row["claims"][0]["arrived_at"] = "2016-09-08T12:00:00"
    back = claims_codec.build(row)
    assert (back.claims[0].as_of, back.claims[0].arrived_at) == (MOMENT, MOMENT)
    assert back.claims[0].as_of.utcoffset() == back.claims[0].arrived_at.utcoffset() == timedelta(0)


def test_a_later_schema_is_told_apart_from_a_wrong_shape():
    with pytest.raises(WireError) as caught:
        fact_codec.decode(orjson.dumps({"schema": SCHEMA + 1, "what": "comes next"}))
    assert caught.value.reason == "schema"
    with pytest.raises(WireError) as caught:
        alert_codec.decode(b'{"id": "a"}')
    assert caught.value.reason == "shape"
    assert re.search(r"revision: missing; type: missing; state: missing \(and \d+ more\)", str(caught.value))


def test_text_that_utf8_cannot_carry_is_refused_when_written():
    with pytest.raises(WireError) as caught:
        encode_article(Article(id="a", source="s", text="\ud800"))
    assert caught.value.reason == "not_utf8"


@pytest.mark.parametrize("raw", [b"plain", b"\xff\x00\xfe", "caf\u00e9".encode(), b""])
def test_a_dead_letter_gives_its_record_back(raw):
    letter = dead_letter(
        "decode", WireError("shape", "text: missing"), topic="t", partition=1, offset=2, key=b"k", raw=raw
    )
    back = deadletter_codec.decode(deadletter_codec.encode(letter))
    assert raw_of(back) == raw
    assert (back.reason, back.error, back.size, back.key) == ("shape", "text: missing", len(raw), "k")


def test_a_dead_letter_names_an_unexpected_error_in_one_line():
    letter = dead_letter("read", RuntimeError("first line\nsecond \ud800 line"), raw=None)
    assert (letter.reason, letter.error) == ("RuntimeError", "first line second ? line")
    assert deadletter_codec.decode(deadletter_codec.encode(letter)) == letter


def test_the_published_schemas_are_those_of_the_records(tmp_path):
    """`make schemas` writes them anew."""
    published = Path(__file__).parents[1] / "docs/schemas"
    written = wire.write_schemas(tmp_path)
    assert {path.name for path in written} == {path.name for path in published.glob("*.schema.json")}
    for path in written:
        assert path.read_bytes() == (published / path.name).read_bytes(), path.name
