"""Hostile articles, by hand: each becomes claims or one dead letter with a reason of the list, in linear work."""

import asyncio
import signal
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial

import orjson
import pytest
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource

from claimstream import pipeline
from claimstream.commands.options import use_names
from claimstream.edges import files, markup
from claimstream.edges.config import ConfigError, load
from claimstream.edges.kafka import ensure_topics
from claimstream.edges.wire import REASONS, claims_codec, deadletter_codec, decode_article, encode_article, raw_of
from claimstream.fusion import book
from claimstream.fusion.book import BookError
from claimstream.judging.judge import judge
from claimstream.judging.profile import profile
from claimstream.model import Settings as JudgeSettings
from claimstream.reading import text
from claimstream.streaming.feed import collect, marks, produce_articles
from claimstream.streaming.shell import Record, Steps
from effort import calls
from one_worker import worker
from test_shell import Rig

STEPS = Steps(pipeline.read, partial(judge, settings=JudgeSettings(max_reports=5)))
ARRIVED = 1_473_292_800.0
NINES = "9" * 400


def row(**fields):
    return orjson.dumps({"source": "outlet.example", "text": "At least 12 people were killed in Aleppo.", **fields})


def page(odd):
    """A page in HTML with an article, and something odd before its text."""
    prose = "".join(
        f"<p>At least {n} people were killed in the town of Place{n}, residents said.</p>" for n in range(9)
    )
    return f"<html><head><title>Towns</title></head><body><article>{odd}{prose}</article></body></html>"


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION = f'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY l0 "lol">{LAUGHS}]><html><body><p>&l9;</p></body></html>'

DEAD = {
    "an array of 100,000 brackets": (b"[" * 100_000 + b"]" * 100_000, "not_json"),
    "an object of 100,000 objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, "not_json"),
    "a value of 100,000 brackets": (b'{"source": "a", "text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "not_json"),
    "no number": (b'{"source": "a", "text": NaN}', "not_json"),
    "an infinity": (b'{"source": "a", "text": -Infinity}', "not_json"),
    "a lone surrogate": (b'{"source": "a", "text": "\\ud800 died"}', "not_json"),
    "half a surrogate pair": (b'{"source": "a", "text": "\\udc00\\ud800"}', "not_json"),
    "a surrogate in UTF-8": (b'{"source": "a", "text": "\xed\xa0\x80"}', "not_utf8"),
    "an overlong slash": (b'{"source": "a", "text": "\xc0\xaf"}', "not_utf8"),
    "UTF-16": ('{"source": "a", "text": "b"}'.encode("utf-16"), "not_utf8"),
    "a byte-order mark": (b"\xef\xbb\xbf" + row(), "not_json"),
    "nothing": (b"", "not_json"),
    "a null byte": (b"\x00", "not_json"),
    "a control character within a string": (b'{"source": "a", "text": "a\x01b"}', "not_json"),
    "10 MB in one line": (row(text="x" * 10_000_000), "too_large"),
    "a number of 400 digits for a text": (b'{"source": "a", "text": ' + NINES.encode() + b"}", "not_json"),
    "a number of 400 digits for an id": (row(id=1).replace(b'"id":1', b'"id":' + NINES.encode()), "not_json"),
    "a number of 20 digits for a text": (row(text=10**19), "shape"),
    "a number with an exponent for an id": (row(id=1e300), "shape"),
    "a schema of the future": (row(schema=2**62), "schema"),
    "a schema of true": (row(schema=True), "schema"),
    "a list for an id": (row(id=[1]), "shape"),
    "an empty text": (row(text=""), "shape"),
    "an empty source": (row(source=""), "shape"),
    "a year for a date": (row(published_at=2016), "time"),
    "a year in text for a date": (row(published_at="2016"), "time"),
    "the year 0": (row(published_at="0000-01-01T00:00:00Z"), "time"),
    "the year 1": (row(published_at="0001-01-01T00:00:00+14:00"), "time"),
    "the year 9999": (row(published_at="9999-12-31T23:59:59-14:00"), "time"),
    "an offset of 25 hours": (row(published_at="2016-09-01T00:00:00+25:00"), "time"),
    "the 32nd": (row(fetched_at="2016-08-32T00:00:00Z"), "time"),
    "a date of 10,000 digits": (row(fetched_at="1" * 10_000), "time"),
    "a page of nothing": (row(text=None, html=""), "shape"),
    "a page of brackets": (row(text=None, html="<" * 50_000), "shape"),
    "a page for a number": (row(text=None, html=17), "shape"),
    "a page of 5,000 boxes in one another": (row(text=None, html=page("<div>" * 5000)), "shape"),
}
READ = {
    "control characters": row(text="At least 12 people\u0000 were\u001b[2J killed\u0007 in Aleppo.\u0085"),
    "bidi overrides": row(text="\u202eAt least 12 people were killed\u2066 in Aleppo.\u202c", source="\u202eelpmaxe"),
    "a number of 400 digits": row(text=f"At least {NINES} people and {NINES} million were killed in Aleppo."),
    "commas without end": row(text="1" + ",000" * 2000 + " people were killed in Aleppo."),
    "years as numbers": row(text="In 2016 some 2016 people were killed in 1999 in Aleppo, 2015 said 2014."),
    "a sentence without spaces": row(text="Atleast12peoplewerekilled" * 5000 + "."),
    "one word": row(text="Dead"),
    "one mark": row(text="“", title="."),
    "only white space and a title": row(text=" \n\t\u00a0 ", title="12 killed in Aleppo"),
    "spaces": row(text=" " * 200_000 + "12 killed in Aleppo."),
    "line ends": row(text="\n" * 200_000 + "12 killed in Aleppo.\r\n\r\u2028\u2029"),
    "quotes that never end": row(text="“" * 50_000 + " 12 people were killed, he said"),
    "brackets that never end": row(text="(" * 50_000 + " 12 people were killed, he said"),
    "full stops": row(text=". " * 50_000),
    "combining marks": row(text="A" + "\u0301" * 50_000 + " 12 people were killed."),
    "a title of 500 KB": row(title="Rebels took Aleppo and " * 20_000),
    "duplicated keys": b'{"source": "a", "text": "x", "text": "12 people were killed in Aleppo.", "source": "b"}',
    "an id of 7": row(id=7),
    "markup of a terminal and of a page": row(
        text="[red]12[/red] <b>people</b> were killed in Aleppo {0} %s $(id) `id`"
    ),
    "private and unassigned characters": row(text="12 people were killed in \ue000\U0010ffff\uffff Aleppo."),
    "a page of 200 boxes in one another": row(text=None, html=page("<div>" * 200)),
    "a page of 100 KB of entities": row(text=None, html=page("<p>" + "&amp;&lt;&#x202e;&#27;" * 5000)),
    "references to no characters": row(text=None, html=page("<p>&#xD800;&#0;&#27;&#x202e;&#x110000;\x00</p>")),
    "the latest time": row(fetched_at="2599-12-31T23:59:59Z", published_at="2599-12-31T23:59:59.999999Z"),
    "the earliest time": row(fetched_at="1600-01-01T00:00:00Z", published_at="1600-01-01T00:00:00Z"),
}


def record(raw):
    return Record("claimstream.articles", 0, 1, b"\xffkey\n", raw, ARRIVED)


@pytest.mark.parametrize("case", DEAD)
def test_what_cannot_be_read_is_one_dead_letter_that_gives_it_back(case):
    raw, reason = DEAD[case]
    rig = Rig(STEPS)
    rig.take(record(raw))
    (sent,) = rig.sent(".deadletter")
    letter = deadletter_codec.decode(sent.value)
    assert (letter.stage, letter.reason) == ("decode", reason) and letter.reason in REASONS
    assert letter.error.isprintable() and len(letter.error) <= 500
    assert letter.size == len(raw) and raw.startswith(raw_of(letter)), "cut only where it is too large for the topic"
    assert not rig.sent(".claims")


@pytest.mark.parametrize("case", READ)
def test_what_can_be_read_is_read_and_judged_without_a_dead_letter(case):
    rig = Rig(STEPS)
    rig.take(record(READ[case]))
    assert not rig.sent(".deadletter"), deadletter_codec.decode(rig.sent(".deadletter")[0].value).error
    (sent,) = rig.sent(".claims")
    claims_codec.decode(sent.value)
    rig.take(Record("claimstream.claims", 0, 1, sent.key, sent.value, ARRIVED))
    assert not rig.sent(".deadletter")


def test_the_last_of_duplicated_keys_counts_as_in_every_json_parser():
    article = decode_article(READ["duplicated keys"])
    assert (article.source, article.text[:9]) == ("b", "12 people")


def test_a_number_of_400_digits_is_no_figure():
    claims = pipeline.read(_arrived(READ["a number of 400 digits"]))
    assert all((claim.low or 0) < 1e18 and (claim.high or 0) < 1e18 for claim in claims.claims)


def _arrived(raw):
    return decode_article(raw, arrived_at=datetime.fromtimestamp(ARRIVED, UTC))


def test_an_article_with_more_claims_than_a_record_holds_is_one_dead_letter():
    rig = Rig(STEPS)
    rig.take(record(row(text="x " + "$1" * 25_000)))
    letter = deadletter_codec.decode(rig.sent(".deadletter")[0].value)
    assert (letter.stage, letter.reason) == ("read", "too_large") and "25000 mentions" in letter.error


class _Stuck(BaseException):
    pass


@contextmanager
def within(seconds):
    """Ends what hangs: work that takes a second when it is linear, and minutes when it is not."""

    def end(*_):
        raise _Stuck

    before = signal.signal(signal.SIGVTALRM, end)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize(
    "mark", [".", "!", "?", "…", "?!", '."', ".)", "”", "’", "-", "—", ",", "\u200b", "\u0301", "(", "9", "a"]
)
def test_no_pattern_goes_back_and_forth_over_a_run_of_one_mark(mark):
    """Calls cannot be counted within a pattern: 100,000 marks are read in a second or two, or not at all."""
    with within(60):
        pipeline.read(_arrived(row(text="At least 12 people died" + mark * (100_000 // len(mark)))))


@pytest.mark.parametrize("page", [BILLION, BILLION.replace("html", "article"), "<p>&l9;</p>" + BILLION])
def test_entities_that_multiply_are_not_expanded(page):
    """Ten to the ninth power of "lol" would be 3 GB."""
    found = markup.page(page + "<p>At least 12 people were killed in Aleppo on Monday, residents said.</p>" * 10)
    assert found is None or len(found.text) < 10 * len(page) + 10_000


PIECES = {
    "words": "At least 12 people were killed in Aleppo, the army said. ",
    "no spaces": "Atleast12peoplewerekilled",
    "quotes": "“",
    "brackets": "( ",
    "full stops": ". ",
    "commas": "1,",
    "ands": "rebels and troops and ",
    "names": "Aleppo Homs Idlib Damascus ",
    "denials": "the army denied that rebels said that ",
    "ranges": "10 to 20 to 30 - 40 ",
    "lines": "By John Smith\n\n",
    "spaces": " ",
    "overrides": "\u202e\u200b",
    "titles": "Gen. Mr. St. U.S. ",
    "they": "they took it from them. ",
}


@pytest.mark.parametrize("piece", PIECES)
def test_reading_and_judging_are_linear_in_the_length(piece):
    """Four times the text is about four times the work: eight times leaves room, a square would be sixteen."""

    def work(size):
        body = (PIECES[piece] * (size // len(PIECES[piece]) + 1))[:size]
        article = _arrived(row(text="x " + body))
        pipeline.read(article)  # so that nothing is loaded while counting
        return calls(lambda: pipeline.fold({}, pipeline.read(article), JudgeSettings(max_reports=5)))

    assert work(16_000) < 8 * work(4_000) + 2_000


def test_a_page_in_plain_text_is_linear_in_its_length():
    def work(size):
        raw = "Share this: Facebook\n" * (size // 21)
        return calls(lambda: text.page(raw))

    work(100)
    assert work(400_000) < 8 * work(100_000) + 2_000


def test_a_line_of_10_mb_in_a_file_is_told_and_the_next_is_read(tmp_path):
    file = tmp_path / "feed.jsonl"
    file.write_bytes(row(text="x" * 10_000_000) + b"\n" + row(id="next") + b"\n")
    first, second = files.articles([file], 1_000_000)
    assert isinstance(first, files.Unreadable) and "more than the limit" in first.reason
    assert second.id == "next"


# What an operator writes by hand

DEEP = "a = " + "[" * 100_000 + "]" * 100_000


@pytest.mark.parametrize(
    "written",
    [
        DEEP,
        "a = " + "{a=" * 100_000,
        "a = " + "9" * 10_000,
        "a = 1\na = 2",
        "\x00",
        "a = 0x" + "f" * 5000,
        "a = " + NINES,
        "\ufeffa = 1",
        "a.b",
    ],
)
def test_a_hostile_toml_file_is_one_printable_line(tmp_path, written):
    path = tmp_path / "x.toml"
    path.write_text(written, encoding="utf-8")
    for take, error in ((lambda: load(file=path, environ={}), ConfigError), (lambda: use_names(path), ConfigError)):
        with pytest.raises(error) as caught:
            take()
        assert str(caught.value).isprintable() and len(str(caught.value)) < 500
    with pytest.raises((ValueError, KeyError, TypeError)):
        profile(str(path))
    with pytest.raises(BookError):
        book.parse(written)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('[[place]]\nname = "A"\ncountry = "SY"\nnames = "Tal"', "names: a list of names is expected"),
        ('[[place]]\nname = "A"\ncountry = "Syria"', "country: an ISO code is expected"),
        ('[[place]]\nname = "..."\ncountry = "SY"', "name: a name is expected"),
        ('[[place]]\nname = "A"\ncountry = "SY"\npopulation = -1', "population: a whole number is expected"),
        ('[[actor]]\nkey = "x"\nnames = ["a\\u001b[31m"]', "names: a list of names is expected"),
        ('[[actor]]\nkey = "x"\nnames = ["a"]\ncamps = ["SY"]', "camps: a table is expected"),
        ('[[outlet]]\nkey = "x"\nnames = ["a"]\nwire = "no"', "wire: true or false is expected"),
        ('[[outlet]]\nkey = "x"\nnames = ["a"]\nintrest = "rebel:SY"', "unknown field 'intrest'"),
        ("place = [1]", "a table is expected"),
    ],
)
def test_a_wrong_row_among_the_names_is_named(tmp_path, written, said):
    path = tmp_path / "names.toml"
    path.write_text(written)
    with pytest.raises(ConfigError, match=said.replace("[", r"\[")) as caught:
        use_names(path)
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[hours]\nlate = 1e9", "late: a number from 0 to 876600 is expected"),
        ("[hours]\nlate = -1", "late: a number"),
        ("[hours]\nlate = nan", "late: a number"),
        ("[tolerance]\nexact = inf", "exact: a number"),
        ("[jump]\nfactor = true", "factor: a number"),
        ("[vague]\nseveral = 3", "'several': \\[low, high\\] is expected"),
        ('[measures]\nstock = ["a"]', "stock: words with spaces"),
        ("vague = 1", "vague: a table is expected"),
    ],
)
def test_a_wrong_value_in_a_profile_is_named(tmp_path, written, said):
    path = tmp_path / f"{uuid.uuid4().hex}.toml"
    path.write_text(
        f'base = "default"\nname = "mine"\n{written}\n'
        if not written.startswith("vague")
        else f'{written}\nbase = "default"\n'
    )
    with pytest.raises(ValueError, match=said):
        profile(str(path))


# Packed records, on a real broker


def settings_on(address, folder):
    name = f"h{uuid.uuid4().hex[:8]}"
    flags = {"bootstrap_servers": address, "app_id": name, "topic_prefix": name, "partitions": 2}
    return load({**flags, "data_dir": str(folder), "session_timeout_s": 6, "metrics_port": 0}, environ={})


@pytest.mark.kafka
def test_a_topic_of_before_that_is_kept_packed_is_told_and_goes_on(kafka, tmp_path):
    settings = settings_on(kafka, tmp_path)
    asyncio.run(ensure_topics(settings))
    assert all(line.endswith("as it should be") for line in asyncio.run(ensure_topics(settings, create=False)))
    entry = ConfigEntry("compression.type", "producer", incremental_operation=AlterConfigOpType.SET)
    topic = ConfigResource(ConfigResource.Type.TOPIC, settings.topic("articles"), incremental_configs=[entry])
    admin = AdminClient({"bootstrap.servers": kafka})
    for done in admin.incremental_alter_configs([topic]).values():
        done.result(30)
    (said,) = [x for x in asyncio.run(ensure_topics(settings, create=False)) if not x.endswith("as it should be")]
    assert "compression.type producer lets in batches that unpack to any size; uncompressed is safer" in said


@pytest.mark.kafka
def test_a_small_batch_that_unpacks_to_40_mb_is_refused_at_the_door(kafka, tmp_path):
    """And one packed in a way that a worker cannot unpack by itself is read like any other."""
    settings = settings_on(kafka, tmp_path)
    packed = {"bootstrap.servers": kafka, "message.max.bytes": 500_000_000, "linger.ms": 50, "batch.size": 500_000_000}
    refused = []

    async def scenario():
        async with worker(settings):
            before = await marks(settings)
            bomb = Producer({**packed, "compression.type": "gzip"})
            bomb.produce(
                settings.topic("articles"), b"0" * 40_000_000, on_delivery=lambda error, _: refused.append(error)
            )
            bomb.flush(60)
            articles = [_arrived(row(id=f"n{n}")) for n in range(3)]
            for codec, one in zip(("lz4", "zstd", "gzip"), articles, strict=True):
                sender = Producer({**packed, "compression.type": codec})
                sender.produce(settings.topic("articles"), encode_article(one))
                assert sender.flush(30) == 0
            sent = await produce_articles(settings, [_arrived(row(id="last"))], pipeline.situation_of)
            sent.update(one.id for one in articles)
            return await collect(settings, sent, before, stall_s=60)

    results = asyncio.run(scenario())
    assert refused[0] is not None and refused[0].name() == "MSG_SIZE_TOO_LARGE"
    assert {one.article for one in results.claims} == {"n0", "n1", "n2", "last"} and not results.dead
