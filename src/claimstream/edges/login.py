"""How clients get in to the brokers: TLS and SASL from the settings, and in plain words why one is not let in.

Certificates and the names in them are always checked; there is no setting to leave that out. Neither a password nor a
key is part of any text made here.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

from aiokafka import errors as kafka_errors  # type: ignore[import-untyped]
from aiokafka.conn import create_conn  # type: ignore[import-untyped]
from aiokafka.protocol.metadata import MetadataRequest  # type: ignore[import-untyped]

from claimstream.edges.config import ConfigError, Settings

REACH_S = 20.0
"""Seconds within which a broker must have let us in, or have said no."""

_NOT_TAKEN = (
    *("CERTIFICATE_REQUIRED", "UNKNOWN_CA", "BAD_CERTIFICATE", "CERTIFICATE_UNKNOWN", "CERTIFICATE_EXPIRED"),
    *("CERTIFICATE_REVOKED", "UNSUPPORTED_CERTIFICATE", "HANDSHAKE_FAILURE"),
)
"""Alerts by which a broker says that it does not take our certificate, or wants one."""
_NAME, _EXPIRED, _IP = 62, 10, 64
"""OpenSSL's numbers for a certificate of another name, one that has expired, one of another address."""


class Unreachable(ConnectionError):
    """No broker of the settings lets us in; one line that says of each why."""


def tls(settings: Settings) -> ssl.SSLContext | None:
    """The TLS side of the settings, None for a protocol without TLS. Raises ConfigError that names the file."""
    if settings.security_protocol not in ("SSL", "SASL_SSL"):
        return None
    context = ssl.create_default_context()
    if settings.ssl_cafile:
        context = _trusting(settings)
    if settings.ssl_certfile:
        key = settings.ssl_keyfile or settings.ssl_certfile
        password = settings.ssl_keypassword.get_secret_value()
        try:
            context.load_cert_chain(settings.ssl_certfile, key, password=lambda: password)  # never asks at a terminal
        except ssl.SSLError as error:
            fault = (error.reason or "no certificate with its key").lower().replace("_", " ")
            raise ConfigError(f"ssl_certfile = {settings.ssl_certfile}, ssl_keyfile = {key}: {fault}") from None
        except OSError as error:
            raise ConfigError(
                f"ssl_certfile = {settings.ssl_certfile}, ssl_keyfile = {key}: {error.strerror}"
            ) from None
    return context


def _trusting(settings: Settings) -> ssl.SSLContext:
    """Trusts the authorities of ssl_cafile and no other."""
    try:
        return ssl.create_default_context(cafile=str(settings.ssl_cafile))
    except ssl.SSLError:
        raise ConfigError(f"ssl_cafile = {settings.ssl_cafile}: no certificates in PEM form") from None
    except OSError as error:
        raise ConfigError(f"ssl_cafile = {settings.ssl_cafile}: {error.strerror}") from None


def client_options(settings: Settings) -> dict[str, Any]:
    """The options with which any aiokafka client reaches the cluster. Raises ConfigError."""
    return {"bootstrap_servers": settings.bootstrap_servers, **_entry(settings)}


def _entry(settings: Settings) -> dict[str, Any]:
    options: dict[str, Any] = {"security_protocol": settings.security_protocol, "ssl_context": tls(settings)}
    if settings.security_protocol.startswith("SASL"):
        options["sasl_mechanism"] = settings.sasl_mechanism
        options["sasl_plain_username"] = settings.sasl_username
        options["sasl_plain_password"] = settings.sasl_password.get_secret_value()
    return options


async def reach(settings: Settings, seconds: float = REACH_S) -> None:
    """Returns when one of the brokers has let us in. Raises Unreachable after so many seconds at most, ConfigError.

    The clients themselves say only that no broker could be had; this says why.
    """
    options = _entry(settings)
    servers = settings.bootstrap_servers.split(",")
    tries = [asyncio.create_task(_enter(server, settings, options, seconds)) for server in servers]
    try:
        for done in asyncio.as_completed(tries):
            if await done is None:
                return
    finally:
        for each in tries:
            each.cancel()
        said = await asyncio.gather(*tries, return_exceptions=True)
    raise Unreachable("; ".join(f"{server}: {why}" for server, why in zip(servers, said, strict=True)))


async def _enter(server: str, settings: Settings, options: dict[str, Any], seconds: float) -> str | None:
    """None when the broker has let us in, else why not."""
    host, _, port = server.rpartition(":")
    try:
        async with asyncio.timeout(seconds):
            connection = await create_conn(host.strip("[]"), int(port), **options)
            try:
                await connection.send(MetadataRequest([]))  # the first that is answered to nobody but those let in
            finally:
                connection.close()
    except (kafka_errors.KafkaError, OSError, EOFError, TimeoutError) as error:
        return _why(error, settings, seconds)
    return None


def _why(error: BaseException, settings: Settings, seconds: float) -> str:
    """The words for what went wrong. `error` may stand for another that caused it."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return _their_certificate(cause)
        if isinstance(cause, ssl.SSLError):
            return _our_certificate(cause.reason or "", settings)
        cause = cause.__cause__
    mechanism = settings.sasl_mechanism
    if isinstance(error, kafka_errors.SaslAuthenticationFailed):
        return f"the broker does not let {settings.sasl_username!r} in ({mechanism}): wrong name or password"
    if isinstance(error, kafka_errors.UnsupportedSaslMechanismError):
        return f"the broker does not offer {mechanism}: is sasl_mechanism right?"
    if isinstance(error, TimeoutError):
        return f"no answer within {seconds:g} s"
    if isinstance(error, (kafka_errors.KafkaError, EOFError, ConnectionResetError)):
        return f"the broker broke off: is security_protocol {settings.security_protocol} right, and the port?"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__


def _our_certificate(reason: str, settings: Settings) -> str:
    """The words for an alert of the broker's TLS, or for what is no TLS."""
    if reason == "WRONG_VERSION_NUMBER":
        return "no TLS is spoken there: is security_protocol right, and the port?"
    if not reason.endswith(_NOT_TAKEN):
        return f"TLS failed: {reason.lower().replace('_', ' ') or 'broken off'}"
    if not settings.ssl_certfile:
        return "the broker asks for a client certificate: set ssl_certfile and ssl_keyfile"
    return f"the broker does not take the certificate in ssl_certfile ({reason.lower().replace('_', ' ')})"


def _their_certificate(error: ssl.SSLCertVerificationError) -> str:
    if error.verify_code in (_NAME, _IP):
        return f"the broker's certificate is not for this name: {error.verify_message}"
    if error.verify_code == _EXPIRED:
        return "the broker's certificate has expired"
    return f"the broker's certificate is not signed by an authority that we trust (ssl_cafile): {error.verify_message}"
