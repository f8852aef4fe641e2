"""Records on the wire: bytes to dataclasses and back. The only module that knows their JSON.

What comes in is checked here, once: after `decode` a record has the right shape and every time in it is aware, in UTC
(moments.py). Unknown fields are left out. A record whose `schema` number is higher than
ours is refused with the reason "schema", so that it can be parked and read by a later version.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, get_args, get_type_hints
from urllib.parse import parse_qsl, urlencode, urlsplit

import orjson
from pydantic import ConfigDict, TypeAdapter, ValidationError

from claimstream.edges import moments
from claimstream.model import SCHEMA, Alert, Article, ArticleClaims, Claim, Fact, SourceBook, content_id

T = TypeVar("T")
Reason = Literal["too_large", "not_utf8", "not_json", "shape", "schema", "time"]
REASONS: tuple[Reason, ...] = ("too_large", "not_utf8", "not_json", "shape", "schema", "time")
Stage = Literal["decode", "read", "judge", "send"]
STAGES: tuple[Stage, ...] = ("decode", "read", "judge", "send")

MAX_BYTES = 1_000_000
"""The default limit for one article: what a Kafka broker accepts unless told otherwise, less the framing."""
_TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "igshid", "cmpid", "ref_src")


class WireError(ValueError):
    """A record that cannot be read: `reason` is one of REASONS, the text names the field and what is wrong with it."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """A record that could not go on: which step refused it, why, where it stood, and the record itself.

    `raw` is the record as text, or in base64 where it is not UTF-8 (`encoding` says which). A record too large for the
    topic is cut at `RAW_LIMIT` bytes; `size` is its true size, and `topic`, `partition` and `offset` still find it.
    """

    stage: Stage
    reason: str
    error: str
    topic: str = ""
    partition: int = -1
    offset: int = -1
    key: str = ""
    raw: str = ""
    encoding: Literal["utf-8", "base64"] = "utf-8"
    size: int = 0
    schema: int = SCHEMA


RAW_LIMIT = 4_000_000


class Codec(Generic[T]):
    """JSON for one record type, by the fields of its dataclass."""

    def __init__(self, cls: type[T]) -> None:
        self.cls = cls

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        _only_numbers(self.cls)
        return TypeAdapter(self.cls)

    def encode(self, record: T) -> bytes:
        """The record as JSON. Raises WireError for text that UTF-8 cannot carry (lone surrogates)."""
        return _dump(record)

    def decode(self, raw: bytes) -> T:
        """The record in the bytes. Raises WireError."""
        return self.build(_object(raw))

    def build(self, row: Mapping[str, Any]) -> T:
        """The record in a parsed JSON object. Raises WireError."""
        try:
            record = self._adapter.validate_python(row)
        except ValidationError as error:
            raise WireError("shape", _shape(error)) from error
        except (OverflowError, RecursionError) as error:
            raise WireError("shape", _line(error)) from error
        try:
            return moments.in_utc(record)
        except ValueError as error:
            raise WireError("time", _line(error)) from None

    def json_schema(self) -> dict[str, Any]:
        """The JSON Schema of what `encode` writes."""
        return self._adapter.json_schema(mode="serialization")


def _only_numbers(kind: Any) -> None:
    """Has pydantic refuse "nan" and "inf", which it takes for numbers, in a record and in those within it."""
    record = is_dataclass(kind)
    if record:
        kind.__pydantic_config__ = ConfigDict(allow_inf_nan=False)
    for part in get_type_hints(kind).values() if record else get_args(kind):
        _only_numbers(part)


class Parts:
    """Encodes one version of a record after another, and only the parts that are new in each.

    A fact grows by a report at a time, so nearly all of its JSON has been written before. The parts are the records in
    tuples, at any depth of single records, told apart by identity: `encode` keeps the record that they belong to.
    """

    def __init__(self) -> None:
        self._record: Any = None
        self._parts: dict[int, orjson.Fragment] = {}

    def encode(self, record: Any) -> bytes:
        """The same bytes as the codec's `encode`. Raises WireError likewise."""
        parts: dict[int, orjson.Fragment] = {}
        raw = _dump(self._row(record, parts))
        self._record, self._parts = record, parts
        return raw

    def _row(self, record: Any, parts: dict[int, orjson.Fragment]) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for name in _names(type(record)):  # type: ignore[arg-type]
            value = getattr(record, name)
            if isinstance(value, tuple) and value and is_dataclass(value[0]):
                for part in value:
                    parts[id(part)] = self._parts.get(id(part)) or orjson.Fragment(_dump(part))
                value = [parts[id(part)] for part in value]
            elif is_dataclass(value):
                value = self._row(value, parts)
            row[name] = value
        return row


@cache
def _names(cls: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(cls))


def _dump(record: Any) -> bytes:
    try:
        return orjson.dumps(record, option=orjson.OPT_UTC_Z)
    except orjson.JSONEncodeError as error:
        raise WireError("not_utf8", f"{type(record).__name__}: {_line(error)}") from error


claims_codec = Codec(ArticleClaims)
claim_codec = Codec(Claim)
fact_codec = Codec(Fact)
alert_codec = Codec(Alert)
deadletter_codec = Codec(DeadLetter)
book_codec = Codec(SourceBook)
_article_codec = Codec(Article)

RECORDS: dict[str, Codec[Any]] = {
    "article": _article_codec,
    "claims": claims_codec,
    "fact": fact_codec,
    "alert": alert_codec,
    "deadletter": deadletter_codec,
    "sourcebook": book_codec,
}
"""The records on the topics, by the name of their schema file."""


_HEAD = re.compile(rb'\{"last":"((?:[^"\\]|\\.)*)","due":(?:null|"([^"]*)"),')


def head(raw: bytes) -> tuple[str, datetime | None]:
    """Of a fact's record: the place of its last claim, and when its open alert expires. Reads only its beginning."""
    found = _HEAD.match(raw)
    if found is None:
        return "", None
    last = orjson.loads(b'"%b"' % found[1])
    return last, datetime.fromisoformat(found[2].decode()) if found[2] else None


def article_schema() -> dict[str, Any]:
    """The JSON Schema of what `decode_article` takes: less than an Article has, as the rest can be worked out."""
    schema = _article_codec._adapter.json_schema(mode="validation")
    nullable = {name: {"anyOf": [{"type": "null"}, kind]} for name, kind in schema["properties"].items()}
    schema["properties"] = {
        **nullable,
        "schema": {"type": "integer", "minimum": 1, "default": SCHEMA},
        "id": {"type": ["string", "integer", "null"]},
        "html": {"type": ["string", "null"], "description": "the page, where there is no text"},
    }
    named = [{"required": [name]} for name in ("source", "url")]
    filled = [{"required": [name]} for name in ("text", "html", "title")]
    return {**schema, "required": [], "allOf": [{"anyOf": named}, {"anyOf": filled}]}


def write_schemas(folder: Path) -> list[Path]:
    """Writes the JSON Schema of every record into the folder, NAME.schema.json, and returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name, codec in RECORDS.items():
        path = folder / f"{name}.schema.json"
        schema = article_schema() if name == "article" else codec.json_schema()
        path.write_bytes(orjson.dumps(schema, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        written.append(path)
    return written


def encode_article(article: Article) -> bytes:
    """The article as JSON, with the schema number. Raises WireError for text that UTF-8 cannot carry."""
    return b'{"schema":%d,%b' % (SCHEMA, _article_codec.encode(article)[1:])


def decode_article(raw: bytes, max_bytes: int = MAX_BYTES, arrived_at: datetime | None = None) -> Article:
    """The article in a record of the articles topic, or of a JSON file. Raises WireError.

    Needed: `source` (else the host of `url`), and `text`, `html` or `title`. `null` counts as absent. Without an `id`,
    the canonical URL or else source, title and text make one. `arrived_at` serves where the record has no `fetched_at`.
    A date that lies more than two days after the arrival counts as not shown.
    """
    if len(raw) > max_bytes:
        raise WireError("too_large", f"{len(raw)} bytes, more than the limit of {max_bytes} for one article")
    row = {name: value for name, value in _object(raw).items() if value is not None}
    for name in ("published_at", "fetched_at"):
        if name in row:
            _check_time(name, row[name])
    if isinstance(row.get("id"), int) and not isinstance(row["id"], bool):
        row["id"] = str(row["id"])
    if "text" not in row and "html" in row:
        _add_page(row)
    if not any(row.get(name) for name in ("text", "title")):
        raise WireError("shape", "text: missing (and no html or title)")
    if not row.get("source"):
        row["source"] = _host(row.get("url"))
        if not row["source"]:
            raise WireError("shape", "source: missing (and no url)")
    if arrived_at is not None:
        row.setdefault("fetched_at", arrived_at)
    nameless = not row.get("id")
    article = _article_codec.build({**row, "id": "-"} if nameless else row)
    return _dated(replace(article, id=article_id(article)) if nameless else article)


def _dated(article: Article) -> Article:
    """The article, without a date that lies after its arrival: one such article would make all later ones late."""
    if article.published_at and article.fetched_at and article.published_at - article.fetched_at > moments.AHEAD:
        return replace(article, published_at=None)
    return article


def article_id(article: Article) -> str:
    """The id of an article that came without one: of its canonical URL, else of its outlet, title and text."""
    url = canonical_url(article.url)
    return content_id(url) if url else content_id(article.source, article.title, article.text)


def canonical_url(url: str) -> str:
    """The URL without scheme, "www.", fragment, trailing slash and tracking parameters; "" where there is no host."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname or ""
    except ValueError:
        return ""
    if not host:
        return ""
    query = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.lower().startswith(_TRACKING)]
    tail = "?" + urlencode(sorted(query)) if query else ""
    return host.removeprefix("www.") + parts.path.rstrip("/") + tail


def dead_letter(
    stage: Stage,
    error: Exception,
    *,
    topic: str = "",
    partition: int = -1,
    offset: int = -1,
    key: bytes | None = None,
    raw: bytes | None = None,
) -> DeadLetter:
    """The record for the dead-letter topic. The reason is the error's own, else the name of the exception."""
    kept = (raw or b"")[:RAW_LIMIT]
    text, encoding = _text(kept)
    return DeadLetter(
        stage=stage,
        reason=reason if (reason := getattr(error, "reason", "")) in REASONS else type(error).__name__,
        error=_line(error),
        topic=topic,
        partition=partition,
        offset=offset,
        key=(key or b"").decode("utf-8", "replace"),
        raw=text,
        encoding=encoding,
        size=len(raw or b""),
    )


def raw_of(letter: DeadLetter) -> bytes:
    """The bytes of the record in a dead letter, to be sent again."""
    return base64.b64decode(letter.raw) if letter.encoding == "base64" else letter.raw.encode()


def _object(raw: bytes) -> dict[str, Any]:
    """The JSON object in the bytes, unless it is of a later schema."""
    try:
        row = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError as encoding:
            raise WireError("not_utf8", f"not UTF-8 (byte {encoding.start})") from error
        raise WireError("not_json", f"not JSON ({error})") from error
    if not isinstance(row, dict):
        raise WireError("shape", f"a JSON object is expected, not {_kind(row)}")
    schema = row.get("schema", SCHEMA)
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise WireError("schema", f"schema: a whole number from 1 is expected, not {_shown(schema)}")
    if schema > SCHEMA:
        raise WireError("schema", f"schema: {schema}, later than the {SCHEMA} that this version reads")
    if schema < SCHEMA:
        _as_ours(row)
    return row


def _as_ours(row: dict[str, Any]) -> None:
    """Makes a record of an earlier schema, with the records in it, one of ours: what it lacks has a default.

    Else it would go on under its old number with what we put into it, and an alert in a fact's log would differ from
    the same alert made now.
    """
    parts: list[Any] = [row]
    while parts:
        part = parts.pop()
        if isinstance(part, dict):
            if "schema" in part:
                part["schema"] = SCHEMA
            parts += part.values()
        elif isinstance(part, list):
            parts += part


def _check_time(name: str, value: Any) -> None:
    """Only ISO 8601 text, of a year in which there is news."""
    try:
        moments.parse(value)
    except ValueError as error:
        more = "" if str(error).startswith("no ISO") else f" ({error})"
        raise WireError("time", f"{name}: an ISO 8601 time is expected, not {_shown(value)}{more}") from None


def _add_page(row: dict[str, Any]) -> None:
    """Text, and what else is missing, from the page in `html`."""
    from claimstream.edges import markup  # the extractor takes long to import, and few records carry a page

    if not isinstance(row["html"], str):
        raise WireError("shape", f"html: text is expected, not {_kind(row['html'])}")
    page = markup.page(row["html"])
    if page is None:
        raise WireError("shape", "html: no article found in this page")
    row["text"] = page.text
    for name, value in (("title", page.title), ("published_at", page.published_at), ("source", page.site)):
        if value:
            row.setdefault(name, value)


def _host(url: Any) -> str:
    return canonical_url(url).partition("/")[0].partition("?")[0] if isinstance(url, str) else ""


def _text(raw: bytes) -> tuple[str, Literal["utf-8", "base64"]]:
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return base64.b64encode(raw).decode("ascii"), "base64"


def _shape(error: ValidationError) -> str:
    """The first three faults, each as "field: what is wrong, not value"."""
    faults = error.errors(include_url=False, include_context=False)
    lines = [f"{'.'.join(map(str, f['loc'])) or 'record'}: {_fault(f)}" for f in faults[:3]]
    more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
    return "; ".join(lines) + more


def _fault(fault: Mapping[str, Any]) -> str:
    if fault["type"] == "missing":
        return "missing"
    return f"{fault['msg']}, not {_shown(fault['input'])}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _kind(value: Any) -> str:
    return {list: "a list", str: "text", bool: "true or false", type(None): "null"}.get(type(value), "a number")


def _line(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text.encode("utf-8", "replace").decode()[:500]
