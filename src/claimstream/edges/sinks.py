"""Where alerts are told: one HTTP POST, to a webhook or to Alertmanager. No redirect is followed.

A URL may hold a token, and an answer any text: neither comes into an error or a line of the log as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Protocol

import aiohttp
import orjson

from claimstream import __version__
from claimstream.edges import telling
from claimstream.edges.config import ConfigError, Settings
from claimstream.edges.escape import escaped
from claimstream.edges.targets import Targets, connector
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
            named = {"Idempotency-Key": escaped(telling.delivery(alert)).encode("ascii", "backslashreplace").decode()}
            await _post(session, self._url, telling.webhook_body(alert), named, self._secret)


class Alertmanager:
    """Alertmanager's API v2. It forgets what it is not told again, so open alerts are repeated.

    With a secret the posts are signed as a webhook's are, for a proxy in front of it that checks them.
    """

    name = "alertmanager"
    stands = True

    def __init__(self, settings: Settings) -> None:
        self._url = settings.alertmanager_url.rstrip("/") + "/api/v2/alerts"
        self._secret = settings.webhook_secret.get_secret_value()

    async def tell(self, session: aiohttp.ClientSession, alerts: Iterable[Alert]) -> None:
        now = datetime.now(UTC)
        rows = [telling.alertmanager_alert(alert, now) for alert in alerts]
        if rows:
            await _post(session, self._url, orjson.dumps(rows), {}, self._secret)


def configured(settings: Settings) -> tuple[Sink, ...]:
    """The sinks of the settings. Raises ConfigError for a target that is not allowed, or a webhook without secret."""
    made: list[Sink] = []
    targets = Targets(settings.notify_hosts)
    if settings.webhook_url:
        targets.check("webhook_url", settings.webhook_url)
        if len(settings.webhook_secret.get_secret_value()) < 16:
            raise ConfigError("webhook_secret: at least 16 characters are needed to sign what goes to webhook_url")
        made.append(Webhook(settings))
    if settings.alertmanager_url:
        targets.check("alertmanager_url", settings.alertmanager_url)
        made.append(Alertmanager(settings))
    if not made:
        raise ConfigError("nobody to tell: set webhook_url or alertmanager_url")
    return tuple(made)


def session(settings: Settings) -> aiohttp.ClientSession:
    """A client for all sinks: no proxy from the environment, no cookies, a limit on time, allowed addresses only."""
    return aiohttp.ClientSession(
        connector=connector(Targets(settings.notify_hosts)),
        timeout=aiohttp.ClientTimeout(total=settings.notify_timeout_s),
        headers={"User-Agent": f"claimstream/{__version__}", "Content-Type": "application/json"},
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
    )


async def _post(session: aiohttp.ClientSession, url: str, body: bytes, headers: Mapping[str, str], secret: str) -> None:
    """One POST, signed where there is a secret. Raises Unavailable and Refused."""
    if secret:
        now = int(datetime.now(UTC).timestamp())
        stamp = {"X-Claimstream-Timestamp": str(now), "X-Claimstream-Signature": telling.signature(secret, now, body)}
        headers = {**headers, **stamp}
    try:
        async with session.post(url, data=body, headers=headers, allow_redirects=False) as answer:
            if 200 <= answer.status < 300:
                return
            said = (await answer.content.read(200)).decode("utf-8", "replace")
            if answer.status in REFUSALS:
                raise Refused(f"HTTP {answer.status}: {said!r}")
            raise Unavailable(f"HTTP {answer.status}", _wait(answer.headers.get("Retry-After", "")))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
        raise Unavailable(_fault(error)) from None


def _fault(error: Exception) -> str:
    """The kind of failure, and the system's words for it: an exception's own text may hold the URL, or the answer."""
    cause = getattr(error, "os_error", error)
    words = cause.strerror if isinstance(cause, OSError) else None
    return f"{type(error).__name__}: {escaped(str(words))[:200]}" if words else type(error).__name__


def _wait(value: str) -> float:
    return min(float(value), LONGEST_WAIT) if value.isascii() and value.isdigit() and len(value) < 10 else 0.0
