"""Connections to hosts themselves: kept for the next request to the host, a bounded number, for a bounded time."""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from crawler.fetch.backend import Backend, Exchange, Names
from crawler.fetch.guard import Guard
from crawler.fetch.targets import target_of
from crawler.fetch.transports import Direct
from tests.support.server import Server


@contextmanager
def _direct(exchange: Exchange, *, keep: int = 8, expiry: float = 5.0) -> Iterator[Direct]:
    def no_context() -> ssl.SSLContext:
        pytest.fail("the certificates are read for a request in clear text")

    direct = Direct(Backend(exchange, Names(), Guard(["127.0.0.0/8"])), no_context, keep, expiry)
    yield direct
    direct.close()


def _ask(direct: Direct, exchange: Exchange, url: str, *, read: bool = True) -> bytes:
    exchange.begin(5, 1_000_000)
    answer = direct.send("GET", target_of(url), [])
    try:
        return b"".join(answer.stream) if read else b""
    finally:
        answer.close()


@pytest.fixture
def servers() -> Iterator[tuple[Server, Server]]:
    with Server() as one, Server("127.0.0.2") as other:
        for server in (one, other):
            server.add("/feed", b"<rss/>")
        yield one, other


def test_a_connection_serves_the_next_request_to_its_host(servers: tuple[Server, Server]) -> None:
    """And is told apart from that to another host."""
    one, other = servers
    exchange = Exchange()
    with _direct(exchange) as direct:
        for server in (one, other, one, other):
            assert _ask(direct, exchange, server.url("/feed")) == b"<rss/>"
    assert (one.connections, other.connections) == (1, 1)


def test_no_more_are_kept_than_said(servers: tuple[Server, Server]) -> None:
    """The one that has waited longest is closed for the next."""
    one, other = servers
    exchange = Exchange()
    with _direct(exchange, keep=1) as direct:
        for server in (one, other, other, one):
            _ask(direct, exchange, server.url("/feed"))
    assert (one.connections, other.connections) == (2, 1)


def test_what_has_waited_too_long_is_not_used(servers: tuple[Server, Server]) -> None:
    """A server may have closed it, and may not say so in time."""
    one, _ = servers
    exchange = Exchange()
    with _direct(exchange, expiry=0.05) as direct:
        _ask(direct, exchange, one.url("/feed"))
        time.sleep(0.1)
        _ask(direct, exchange, one.url("/feed"))
    assert one.connections == 2


def test_what_has_waited_too_long_is_closed_by_the_next_request(servers: tuple[Server, Server]) -> None:
    """Whichever host that one goes to: a process that runs for weeks does not gather dead connections."""
    one, other = servers
    exchange = Exchange()
    with _direct(exchange, expiry=0.05) as direct:
        _ask(direct, exchange, one.url("/feed"))
        time.sleep(0.1)
        _ask(direct, exchange, other.url("/feed"))
        assert [key[1] for key in direct._idle] == ["127.0.0.2"]


def test_a_body_that_was_not_read_ends_its_connection(servers: tuple[Server, Server]) -> None:
    """What is left of it would be taken for the next answer."""
    one, _ = servers
    exchange = Exchange()
    with _direct(exchange) as direct:
        _ask(direct, exchange, one.url("/feed"), read=False)
        assert _ask(direct, exchange, one.url("/feed")) == b"<rss/>"
    assert one.connections == 2
