"""To which hosts alerts may be posted, and at which addresses: no name can be turned to one inside the network.

`notify_hosts` names the hosts. A public name (hooks.example.org) may only stand for public addresses, looked at when
the connection is made: so neither a name that was pointed elsewhere since, nor one that changes between two look-ups,
leads to a machine of ours. Names of our own network (alertmanager, hub.internal, an address) may stand for private
ones. HOST=NETWORK allows a network by itself: hub.example.org=10.1.0.0/16.
"""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from claimstream.edges.config import ConfigError

_OWN = (".internal", ".local", ".localhost", ".lan", ".svc", ".home.arpa")
"""Ends of names that no public server can have."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Targets:
    """The hosts of `notify_hosts`, with the networks that they may stand in. Raises ConfigError for a wrong entry."""

    def __init__(self, hosts: str) -> None:
        self._networks: dict[str, list[Network]] = {}
        for entry in filter(None, (each.strip().lower() for each in hosts.split(","))):
            host, equals, network = entry.partition("=")
            networks = self._networks.setdefault(host.strip().strip("[]"), [])
            if equals:
                try:
                    networks.append(ipaddress.ip_network(network.strip()))
                except ValueError as error:
                    raise ConfigError(f"notify_hosts: {entry!r}: {error}") from None

    def check(self, name: str, url: str) -> None:
        """Raises ConfigError unless the URL is http(s), without login, to one of the hosts.

        The URL may hold a token and is not shown.
        """
        try:
            parts = urlsplit(url)
            host, _ = parts.hostname or "", parts.port
        except ValueError as error:
            raise ConfigError(f"{name}: {error}") from None
        if parts.scheme not in ("http", "https") or not host:
            raise ConfigError(f"{name}: http:// or https:// and a host are expected")
        if parts.username is not None or parts.password is not None:
            raise ConfigError(f"{name}: a login in the URL is not allowed")
        if not url.isascii() or not url.isprintable() or " " in url:
            raise ConfigError(f"{name}: only printable ASCII without spaces is expected")
        if host not in self._networks:
            raise ConfigError(f"{name}: host {host!r} is not in notify_hosts ({', '.join(self._networks)})")

    def allows(self, host: str, address: str) -> bool:
        """Whether the host may stand for the address."""
        found = ipaddress.ip_address(address.partition("%")[0])
        if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
            found = found.ipv4_mapped
        networks = self._networks.get(host.lower())
        if networks is None:
            return False
        if networks:
            return any(found in network for network in networks)
        if found.is_link_local or found.is_multicast or found.is_unspecified or found.is_reserved:
            return False  # link-local: where clouds keep the keys of a machine
        return found.is_global or _is_own(host.lower())


def _is_own(host: str) -> bool:
    """Whether the name is one of our own network: an address, a name without dots, or of a domain that is nobody's."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return "." not in host.rstrip(".") or f".{host.rstrip('.')}".endswith((*_OWN, ".cluster.local"))
    return True


class Resolver(AbstractResolver):
    """Looks names up for the client, which connects to just these addresses, and gives those allowed alone."""

    def __init__(self, targets: Targets, inner: AbstractResolver | None = None) -> None:
        self._targets = targets
        self._inner = inner or ThreadedResolver()

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)  # type: ignore[arg-type]
        allowed = [each for each in found if self._targets.allows(host, each["host"])]
        if not allowed:
            raise OSError(None, f"{host} stands for no address that notify_hosts allows it")
        return allowed

    async def close(self) -> None:
        await self._inner.close()


def connector(targets: Targets) -> aiohttp.TCPConnector:
    """Connections to allowed addresses only."""
    return aiohttp.TCPConnector(resolver=Resolver(targets), use_dns_cache=False, limit=8)
