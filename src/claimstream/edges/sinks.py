"""Where alerts are told: one HTTP POST, to a webhook or to Alertmanager. No redirect is followed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import urlsplit

import aiohttp
import orjson

from claimstream import __version__
from claimstream.edges import telling
from claimstream.edges.config import ConfigError, Settings
from claimstream.model import Alert

SINKS = ("webhook", "alertmanager")
REFUSALS = frozenset({400, 413, 422})
"""Answers that say that the message itself is not taken, now or later. Every other failure is tried again."""
LONGEST_WAIT = 300.0


class Unavailable(Exception):
    """The sink did not take the message now. `wait` is how long it asks to be left alone, in seconds."""

    def __init__(self, reason: str, wait: float = 0.0) -> None:
        super().__init__(reason)
        self.wait = wait


class Refused(Exception):
    """The sink will never take this message."""


class Sink(Protocol):
    """One receiver of alerts."""

    name: str
    stands: bool
    """Whether it must be told of open alerts again and again."""

    async def tell(self, session: aiohttp.ClientSession, alerts: Iterable[Alert]) -> None:
        """Tells of the alerts. Raises Unavailable and Refused."""


class Webhook:
    """Any receiver of JSON. Each message is signed, and named in Idempotency-Key."""

    name = "webhook"
    stands = False

    def __init__(self, settings: Settings) -> None:
        self._url = settings.webhook_url
        self._secret = settings.webhook_secret.get_secret_value()

    async def tell(self, session: aiohttp.ClientSession, alerts: Iterable[Alert]) -> None:
        for alert in alerts:
            body = telling.webhook_body(alert)
            now = int(datetime.now(UTC).timestamp())
            headers = {
                "Idempotency-Key": telling.delivery(alert),
                "X-Claimstream-Timestamp": str(now),
                "X-Claimstream-Signature": telling.signature(self._secret, now, body),
            }
            await _post(session, self._url, body, headers)


class Alertmanager:
    """Alertmanager's API v2. It forgets what it is not told again, so open alerts are repeated."""

    name = "alertmanager"
    stands = True

    def __init__(self, settings: Settings) -> None:
        self._url = settings.alertmanager_url.rstrip("/") + "/api/v2/alerts"

    async def tell(self, session: aiohttp.ClientSession, alerts: Iterable[Alert]) -> None:
        now = datetime.now(UTC)
        rows = [telling.alertmanager_alert(alert, now) for alert in alerts]
        if rows:
            await _post(session, self._url, orjson.dumps(rows), {})


def configured(settings: Settings) -> tuple[Sink, ...]:
    """The sinks of the settings. Raises ConfigError for a target that is not allowed, or a webhook without secret."""
    made: list[Sink] = []
    if settings.webhook_url:
        _allowed("webhook_url", settings.webhook_url, settings.notify_hosts)
        if len(settings.webhook_secret.get_secret_value()) < 16:
            raise ConfigError("webhook_secret: at least 16 characters are needed to sign what goes to webhook_url")
        made.append(Webhook(settings))
    if settings.alertmanager_url:
        _allowed("alertmanager_url", settings.alertmanager_url, settings.notify_hosts)
        made.append(Alertmanager(settings))
    if not made:
        raise ConfigError("nobody to tell: set webhook_url or alertmanager_url")
    return tuple(made)


def session(settings: Settings) -> aiohttp.ClientSession:
    """A client for all sinks: no proxy from the environment, no cookies, a limit on time."""
    return aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=settings.notify_timeout_s),
        headers={"User-Agent": f"claimstream/{__version__}", "Content-Type": "application/json"},
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
    )


def _allowed(name: str, url: str, hosts: str) -> None:
    """Raises ConfigError unless the URL is http(s), without login, to a host of the list. The URL may hold a token and
    is not shown."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError as error:
        raise ConfigError(f"{name}: {error}") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ConfigError(f"{name}: http:// or https:// and a host are expected")
    if parts.username or parts.password:
        raise ConfigError(f"{name}: a login in the URL is not allowed")
    if host not in {each.strip().lower() for each in hosts.split(",")}:
        raise ConfigError(f"{name}: host {host!r} is not in notify_hosts ({hosts})")


async def _post(session: aiohttp.ClientSession, url: str, body: bytes, headers: dict[str, str]) -> None:
    try:
        async with session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
            if 200 <= answer.status < 300:
                return
            said = (await answer.content.read(200)).decode("utf-8", "replace")
            if answer.status in REFUSALS:
                raise Refused(f"HTTP {answer.status}: {said!r}")
            raise Unavailable(f"HTTP {answer.status}", _wait(answer.headers.get("Retry-After", "")))
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise Unavailable(f"{type(error).__name__}: {error}"[:200]) from error


def _wait(value: str) -> float:
    return min(float(value), LONGEST_WAIT) if value.isdigit() else 0.0
