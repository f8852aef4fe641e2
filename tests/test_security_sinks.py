"""Where alerts may go, and what a receiver can do to the notifier: redirects, rebound names, endless answers."""

import asyncio
import socket
import threading
import time
from contextlib import contextmanager

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver

from claimstream.edges import sinks, telling
from claimstream.edges.config import ConfigError, load
from claimstream.edges.sinks import Refused, Unavailable
from claimstream.edges.targets import Resolver, Targets
from receiver import Receiver
from test_notify import SECRET, alert

TOKEN = "T0KEN-in-the-path"


@pytest.mark.parametrize(
    ("hosts", "host", "address", "allowed"),
    [
        ("hooks.example.org", "hooks.example.org", "93.184.215.14", True),
        ("hooks.example.org", "hooks.example.org", "10.0.0.5", False),
        ("hooks.example.org", "hooks.example.org", "192.168.1.1", False),
        ("hooks.example.org", "hooks.example.org", "127.0.0.1", False),
        ("hooks.example.org", "hooks.example.org", "169.254.169.254", False),
        ("hooks.example.org", "hooks.example.org", "0.0.0.0", False),
        ("hooks.example.org", "hooks.example.org", "::1", False),
        ("hooks.example.org", "hooks.example.org", "::ffff:10.0.0.5", False),
        ("hooks.example.org", "hooks.example.org", "fd00::1", False),
        ("hooks.example.org", "hooks.example.org", "fe80::1%eth0", False),
        ("hooks.example.org", "hooks.example.org", "100.64.0.1", False),
        ("hooks.example.org", "hooks.example.org", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("hooks.example.org", "other.example.org", "93.184.215.14", False),
        ("alertmanager", "alertmanager", "10.0.0.5", True),
        ("alertmanager", "alertmanager", "169.254.169.254", False),
        ("alertmanager.watch.svc", "alertmanager.watch.svc", "10.0.0.5", True),
        ("alertmanager.watch.svc.cluster.local", "alertmanager.watch.svc.cluster.local", "10.0.0.5", True),
        ("hub.internal", "hub.internal", "10.0.0.5", True),
        ("localhost", "localhost", "127.0.0.1", True),
        ("hub.example.org=10.1.0.0/16", "hub.example.org", "10.1.2.3", True),
        ("hub.example.org=10.1.0.0/16", "hub.example.org", "10.2.0.1", False),
        ("hub.example.org=10.1.0.0/16", "hub.example.org", "93.184.215.14", False),
        ("a, hub.example.org=10.1.0.0/16, hub.example.org=fd00::/8", "HUB.example.org", "fd00::7", True),
    ],
)
def test_a_public_name_stands_for_public_addresses_only(hosts, host, address, allowed):
    assert Targets(hosts).allows(host, address) is allowed


class Names(AbstractResolver):
    """A name server that answers as it likes: another address at each look-up."""

    def __init__(self, *answers):
        self.answers = list(answers)

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [
            {"hostname": host, "host": each, "port": port, "family": socket.AF_INET, "proto": 0, "flags": 0}
            for each in self.answers.pop(0)
        ]

    async def close(self):
        pass


def test_a_name_that_is_turned_inside_is_not_followed():
    """DNS rebinding: public when it is looked at, 127.0.0.1 when it is used. The addresses checked are those used."""
    hook = Receiver()
    port = int(hook.url.rpartition(":")[2])
    names = Resolver(Targets("hooks.example.org"), Names(["93.184.215.14"], ["127.0.0.1"], ["127.0.0.1", "10.0.0.1"]))

    async def scenario():
        assert [each["host"] for each in await names.resolve("hooks.example.org", port)] == ["93.184.215.14"]
        connector = aiohttp.TCPConnector(resolver=names, use_dns_cache=False)
        async with aiohttp.ClientSession(connector=connector) as session:
            for _ in range(2):
                with pytest.raises(aiohttp.ClientConnectorError, match="stands for no address"):
                    await session.post(f"http://hooks.example.org:{port}/")

    asyncio.run(scenario())
    hook.stop()
    assert hook.attempts == 0


def test_the_session_of_the_sinks_looks_at_addresses():
    async def scenario():
        async with sinks.session(settings("http://127.0.0.1:1/", notify_hosts="127.0.0.1")) as session:
            resolver = session.connector._resolver
            assert isinstance(resolver, Resolver) and session.connector.use_dns_cache is False
            with pytest.raises(OSError, match="stands for no address"):
                await resolver.resolve("localhost", 80)

    asyncio.run(scenario())


@pytest.mark.parametrize(
    ("url", "hosts", "said"),
    [
        ("http://a:b@hub.internal/", "hub.internal", "login"),
        ("http://@hub.internal/", "hub.internal", "login"),
        ("gopher://hub.internal/", "hub.internal", "http"),
        ("http://hub.internal.evil.example/", "hub.internal", "not in notify_hosts"),
        ("http://evil.example#hub.internal/", "hub.internal", "not in notify_hosts"),
        ("http://evil.example\\@hub.internal/", "evil.example", "."),
        ("http://hub.internal/a b", "hub.internal", "printable"),
        ("http://hub.internal/\r\nX: y", "hub.internal", "printable"),
        ("http://hub。internal/", "hub.internal", "."),
        ("http://hub.internal/", "hub.internal=10.0.0.0/99", "notify_hosts"),
    ],
)
def test_a_url_that_could_mean_another_host_is_refused(url, hosts, said):
    with pytest.raises(ConfigError, match=said) as caught:
        sinks.configured(load({"webhook_url": url, "webhook_secret": SECRET, "notify_hosts": hosts}, environ={}))
    assert str(caught.value).isprintable()


def settings(url, **flags):
    return load({"webhook_url": url, "webhook_secret": SECRET, "notify_timeout_s": 1, **flags}, environ={})


def tell(configuration, *alerts):
    """Tells all sinks, as the notifier does."""

    async def scenario():
        async with sinks.session(configuration) as session:
            for sink in sinks.configured(configuration):
                await sink.tell(session, alerts)

    asyncio.run(scenario())


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status):
    hook = Receiver()
    hook.answers = [status]
    with pytest.raises(Unavailable, match=f"HTTP {status}"):
        tell(settings(f"{hook.url}/{TOKEN}"), alert())
    hook.stop()
    assert hook.attempts == 1 and not hook.got


@contextmanager
def answering(*pieces, pause=0.0, endless=b""):
    """A server that reads a request and answers just these bytes; then `endless` until the client hangs up."""
    server = socket.create_server(("127.0.0.1", 0))
    sent = [0]

    def serve():
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            try:
                for piece in pieces:
                    connection.sendall(piece)
                    sent[0] += len(piece)
                    time.sleep(pause)
                while endless:
                    connection.sendall(endless)
                    sent[0] += len(endless)
            except OSError:
                pass

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.getsockname()[1]}/{TOKEN}", sent
    thread.join(10)
    server.close()
    assert not thread.is_alive(), "the client still reads"


HEAD = b"HTTP/1.1 503 No\r\nContent-Length: 1000000000000\r\n\r\n"


@pytest.mark.parametrize(
    ("pieces", "endless"),
    [
        ([HEAD], b"x" * 65536),
        ([b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n"], b"x" * 65536),
        ([b"HTTP/1.1 200 OK\r\n"], b"X-More: " + b"x" * 60_000 + b"\r\n"),
        ([b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"], b"1\r\nx\r\n" * 10_000),
    ],
)
def test_an_endless_answer_is_not_read_to_its_end(pieces, endless):
    with answering(*pieces, endless=endless) as (url, sent):
        try:
            tell(settings(url), alert())
        except Unavailable as error:
            assert TOKEN not in str(error)
    assert sent[0] < 20_000_000, "what socket buffers hold, and no more"


def test_an_answer_that_trickles_in_ends_with_the_time_given():
    with (
        answering(*(b"%c" % each for each in b"HTTP/1.1 200 OK"), pause=0.2) as (url, _),
        pytest.raises(Unavailable, match="Timeout"),
    ):
        tell(settings(url), alert())


@pytest.mark.parametrize(
    "answer",
    [
        b"\x1b[31mHTTP/9.9 what\r\n\r\n",
        b"HTTP/1.1 200\r\nbad header " + b"\xff" * 20 + b"\r\n\r\n",
        b"HTTP/1.1 503 No\r\nRetry-After: \xc2\xb2\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 No\r\nRetry-After: " + b"9" * 5000 + b"\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 No\r\nRetry-After: nan\r\nContent-Length: 0\r\n\r\n",
        b"",
    ],
)
def test_a_broken_answer_is_tried_again_later_and_quoted_nowhere(answer):
    with answering(answer) as (url, _), pytest.raises(Unavailable) as caught:
        tell(settings(url), alert())
    assert str(caught.value).isprintable() and TOKEN not in str(caught.value) and SECRET not in str(caught.value)
    assert 0 <= caught.value.wait <= sinks.LONGEST_WAIT
    assert caught.value.__cause__ is None, "an exception of the client holds the URL"


def test_what_a_receiver_says_is_quoted_on_one_line():
    said = "no\r\n2026-01-01 INFO all is well \x1b[2J\u202e".encode()
    answer = b"HTTP/1.1 400 No\r\nContent-Length: %d\r\n\r\n%b" % (len(said), said)
    with answering(answer) as (url, _), pytest.raises(Refused) as caught:
        tell(settings(url), alert())
    assert str(caught.value).isprintable()


def test_an_id_of_another_making_cannot_write_a_header():
    hook = Receiver()
    tell(settings(hook.url), alert(0, id="x\r\nX-Evil: 1\u202e"))
    hook.stop()
    assert "X-Evil" not in hook.headers[0] and hook.got[0]["alert"]["id"] == "x\r\nX-Evil: 1\u202e"


def test_a_receiver_can_tell_forgeries_and_copies_sent_again():
    hook, keeper = Receiver(), Receiver()
    tell(settings(hook.url, alertmanager_url=keeper.url), alert())
    hook.stop()
    keeper.stop()
    for got in (hook, keeper):
        stamp, given, body = (
            int(got.headers[0]["X-Claimstream-Timestamp"]),
            got.headers[0]["X-Claimstream-Signature"],
            got.raw[0],
        )
        assert telling.verified(SECRET, stamp, body, given, time.time())
        assert not telling.verified(SECRET, stamp, body, given, time.time() + 301), "an old copy"
        assert not telling.verified(SECRET, stamp + 301, body, given, time.time() + 301), "a copy with a new date"
        assert not telling.verified("another secret, as long", stamp, body, given, time.time())
    assert hook.got[0]["delivery"] == telling.delivery(alert()), (
        "the name of a copy within the time is in what is signed"
    )
