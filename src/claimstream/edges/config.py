"""Every setting, once: its name, default and meaning. Read from flags, then the environment, then a TOML file.

The environment has CLAIMSTREAM_ before the name in capitals (CLAIMSTREAM_BOOTSTRAP_SERVERS); the TOML file has the
names as they stand here. A wrong value ends with one line that names the setting, the value and where it came from.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator, model_validator

from claimstream.edges.escape import escaped
from claimstream.lexicon import parse

PREFIX = "CLAIMSTREAM_"
SECRETS = ("sasl_password", "ssl_keypassword", "webhook_secret")
"""Each is given by the environment or by a file: in the TOML file, or in one of its own that NAME_file names."""
LONGEST_SECRET = 4096

Port = Annotated[int, Field(ge=0, le=65535)]
Positive = Annotated[int, Field(ge=1)]
Seconds = Annotated[float, Field(gt=0)]


class ConfigError(ValueError):
    """A setting that cannot be used; the text is one printable line that names it."""

    def __init__(self, message: str) -> None:
        super().__init__(escaped(message))


class Settings(BaseModel):
    """The settings of one process. Frozen; made by `load`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    # Kafka
    bootstrap_servers: str = Field("127.0.0.1:9092", description="brokers to begin with, host:port, comma between them")
    app_id: str = Field(
        "claimstream",
        pattern=r"^[A-Za-z0-9._-]{1,200}$",
        description="name of the consumer group that the workers share",
    )
    topic_prefix: str = Field(
        "claimstream", pattern=r"^[A-Za-z0-9._-]{1,200}$", description="what the names of the topics begin with"
    )
    partitions: Positive = Field(
        8, le=10_000, description="partitions of each topic: the most workers that can share the load"
    )
    replication: Positive = Field(1, le=100, description="copies of each topic that the brokers keep")
    retention_days: Positive = Field(30, description="days that articles, claims and alerts stay on their topics")
    deadletter_retention_days: Positive = Field(90, description="days that dead letters stay on their topic")
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="how to speak to the brokers"
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        "SCRAM-SHA-512", description="how to log in, where the protocol is SASL"
    )
    sasl_username: str = Field("", pattern=r"^[!-~]{0,200}$", description="name to log in with")
    sasl_password: SecretStr = Field(SecretStr(""), description="password to log in with; never printed")
    sasl_password_file: Path | None = Field(None, description="file that holds it")
    ssl_cafile: Path | None = Field(
        None, description="certificates (PEM) of the authorities to trust, instead of the system's"
    )
    ssl_certfile: Path | None = Field(
        None, description="our own certificate (PEM, with those up to the authority), where the brokers ask for one"
    )
    ssl_keyfile: Path | None = Field(None, description="its private key (PEM); left out: in ssl_certfile")
    ssl_keypassword: SecretStr = Field(SecretStr(""), description="what the key is encrypted with; never printed")
    ssl_keypassword_file: Path | None = Field(None, description="file that holds it")

    # the worker
    data_dir: Path = Field(Path("claimstream-data"), description="folder for the tables on disk")
    store: Literal["memory", "rocksdb"] = Field(
        "memory", description="where a worker keeps its table: memory, or disk (needs the extra package rocksdict)"
    )
    standby_replicas: int = Field(0, ge=0, description="other workers that keep a copy of each table partition")
    session_timeout_s: Seconds = Field(
        30.0, le=300, description="silence after which the brokers give a worker's partitions to others"
    )
    commit_interval_s: Seconds = Field(1.0, le=60, description="time between two commits of offsets")
    fetch_wait_ms: Positive = Field(
        100, le=5000, description="longest time a broker holds back an answer without records"
    )
    shutdown_timeout_s: Seconds = Field(
        10.0, description="time for a graceful end, after which the process ends all the same"
    )
    send_timeout_s: Seconds = Field(
        120.0, description="time to go on trying a record that the brokers do not take, after which the worker ends"
    )
    fact_cache_mb: Positive = Field(64, description="facts kept decoded beside the table, by the size of their JSON")

    # limits and rules
    max_article_bytes: Positive = Field(
        1_000_000, le=10_000_000, description="longest article record; longer ones go to the dead letters"
    )
    max_record_bytes: Positive = Field(8_000_000, le=100_000_000, description="longest record on the other topics")
    max_reports: Positive = Field(50, description="reports kept in one fact; what leaves is counted")
    max_facts: Positive = Field(
        100_000, description="facts kept of one situation; those silent for longest leave first, and are counted"
    )
    lateness_hours: Positive = Field(
        24 * 14, description="an article that arrives so long after its publication is counted as late"
    )
    profile: str = Field(
        "default", description="conventions for vague numbers and tolerances: a packaged name or a TOML file"
    )
    lexicon: Path | None = Field(
        None, description="TOML file with a desk's own places, actors and outlets (docs/manual.md)"
    )

    # what it shows
    metrics_host: str = Field("127.0.0.1", description="address for /metrics, /healthz and /readyz")
    metrics_port: Port = Field(9464, description="port for them; 0 takes a free one")
    silent_after_h: Seconds = Field(24.0, description="hours without an article after which an outlet counts as silent")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="least grave message that is logged"
    )

    # whom it tells
    webhook_url: str = Field("", description="where `notify` posts each alert; empty: nowhere")
    webhook_secret: SecretStr = Field(SecretStr(""), description="what it signs them with; never printed")
    webhook_secret_file: Path | None = Field(None, description="file that holds it")
    alertmanager_url: str = Field("", description="the Alertmanager that `notify` tells; empty: none")
    notify_types: str = Field(
        "contradiction",
        pattern=r"^ *(contradiction|change)( *, *(contradiction|change))* *$",
        description="types of alerts that are told: contradiction, change, comma between",
    )
    notify_hosts: str = Field(
        "127.0.0.1,localhost,alertmanager",
        description="hosts that `notify` may post to, comma between them; HOST=NETWORK says at which addresses",
    )
    notify_timeout_s: Seconds = Field(10.0, le=300, description="time for one attempt to tell")

    @field_validator("bootstrap_servers")
    @classmethod
    def _servers(cls, value: str) -> str:
        servers = [part.strip() for part in value.split(",")]
        for server in servers:
            host, _, port = server.rpartition(":")
            if not host or not port.isdigit() or not 0 < int(port) < 65536:
                raise ValueError(f"host:port is expected, as in 127.0.0.1:9092, not {server!r}")
        return ",".join(servers)

    @model_validator(mode="after")
    def _login(self) -> Settings:
        if self.security_protocol.startswith("SASL") and not (
            self.sasl_username and self.sasl_password.get_secret_value()
        ):
            raise ValueError(f"security_protocol {self.security_protocol} needs sasl_username and sasl_password")
        if self.security_protocol == "SASL_PLAINTEXT" and self.sasl_mechanism == "PLAIN":
            raise ValueError("sasl_mechanism PLAIN needs security_protocol SASL_SSL: it sends the password as it is")
        return self

    @model_validator(mode="after")
    def _protected(self) -> Settings:
        """Who sets up TLS or a login must not go without because another setting was forgotten."""
        if not self.security_protocol.endswith("SSL"):
            for name in ("ssl_cafile", "ssl_certfile", "ssl_keyfile"):
                if getattr(self, name):
                    raise ValueError(f"{name} needs security_protocol SSL or SASL_SSL, not {self.security_protocol}")
        if not self.security_protocol.startswith("SASL") and self.sasl_username:
            raise ValueError(f"sasl_username needs security_protocol SASL_SSL, not {self.security_protocol}")
        if self.ssl_keyfile and not self.ssl_certfile:
            raise ValueError("ssl_keyfile needs ssl_certfile, the certificate of that key")
        return self

    def topic(self, name: str) -> str:
        """The full name of a topic: articles, claims, consensus, alerts, sources or deadletter."""
        return f"{self.topic_prefix}.{name}"


def load(
    flags: Mapping[str, Any] | None = None, file: Path | None = None, environ: Mapping[str, str] | None = None
) -> Settings:
    """The settings from flags (None counts as not given), environment and TOML file. Raises ConfigError."""
    environ = os.environ if environ is None else environ
    if file is None and environ.get(PREFIX + "CONFIG"):
        file = Path(environ[PREFIX + "CONFIG"])
    names = Settings.model_fields
    rows = _table(file) if file else {}
    values: dict[str, Any] = {}
    origin: dict[str, str] = {}
    for name, value in rows.items():
        if name not in names:
            raise ConfigError(f"{file}: unknown setting {name!r}")
        values[name], origin[name] = value, str(file)
    for name in names:
        variable = PREFIX + name.upper()
        if environ.get(variable):
            values[name], origin[name] = environ[variable], variable
    for name, value in (flags or {}).items():
        if value is not None:
            values[name], origin[name] = value, "--" + name.replace("_", "-")
    _read_secrets(values, origin)
    try:
        return Settings(**values)
    except ValidationError as error:
        raise ConfigError(_line(error, origin)) from None


def describe(settings: Settings | None = None) -> list[tuple[str, str, str]]:
    """Name, value (the default, without settings) and meaning of every setting, secrets hidden."""
    rows = []
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name) if settings else field.default
        if name in SECRETS:
            value = "***" if value.get_secret_value() else ""
        rows.append((name, "" if value is None else str(value), field.description or ""))
    return rows


def _read_secrets(values: dict[str, Any], origin: dict[str, str]) -> None:
    """Reads what the NAME_file settings name. Raises ConfigError, which never shows what stands in the file."""
    for name in SECRETS:
        file = values.get(f"{name}_file")
        if not file:
            continue
        if values.get(name):
            raise ConfigError(f"{name} (from {origin[name]}) and {name}_file exclude each other")
        try:
            with Path(str(file)).open("rb") as opened:
                raw = opened.read(LONGEST_SECRET + 1)
            text = raw.decode("utf-8").rstrip("\r\n")
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else "not text in UTF-8"
            raise ConfigError(f"{name}_file = {file}: {reason}") from None
        if not text or len(raw) > LONGEST_SECRET:
            raise ConfigError(f"{name}_file = {file}: from 1 to {LONGEST_SECRET} bytes are expected")
        values[name], origin[name] = text, str(file)


def _table(file: Path) -> dict[str, Any]:
    try:
        return parse(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except ValueError as error:
        raise ConfigError(f"{file}: {error}") from None


def _line(error: ValidationError, origin: Mapping[str, str]) -> str:
    fault = error.errors(include_url=False)[0]
    message = fault["msg"].removeprefix("Value error, ")
    if not fault["loc"]:
        return message
    name = str(fault["loc"][0])
    if fault["type"] == "extra_forbidden":
        return f"unknown setting {name!r} (from {origin.get(name, 'the caller')})"
    value = "***" if name in SECRETS else repr(fault["input"])
    return f"{name} = {value} (from {origin.get(name, 'the default')}): {message}"
