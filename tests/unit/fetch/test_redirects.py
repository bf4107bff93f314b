"""Redirects: how far they are followed, what they move, and what is not said on the way."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from crawler.fetch.client import HttpFetcher
from crawler.fetch.redirects import MAX_HOPS, Trail, follow, start
from crawler.model import Failed, Fetched, NotModified, Outcome, Request
from crawler.settings import FetchSettings
from tests.support.server import Server

HERE, THERE = "one.example", "two.example"


def ask(server: Server, url: str, request: Request | None = None) -> Outcome:
    routes = {(host, 80): (server.address, server.port) for host in (HERE, "www." + HERE, THERE)}
    fetcher = HttpFetcher(FetchSettings(timeout=5), user_agent="t/1", routes=routes, environ={})
    try:
        return fetcher.fetch(request or Request(url))
    finally:
        fetcher.close()


def chain(server: Server, *statuses: int) -> str:
    """Redirects with these statuses, one after the other; returns the last address."""
    for at, status in enumerate(statuses):
        server.add(f"{HERE}/{at}", status=status, headers={"Location": f"/{at + 1}"})
    server.add(f"{HERE}/{len(statuses)}", b"<rss/>", headers={"ETag": '"1"', "Last-Modified": "then"})
    return f"http://{HERE}/{len(statuses)}"


@pytest.mark.parametrize(
    ("statuses", "moves"),
    [
        ((301,), True),
        ((308,), True),
        ((301, 308, 301), True),
        ((302,), False),
        ((303,), False),
        ((307,), False),
        ((301, 302), False),
        ((302, 301), False),
        ((), False),
    ],
)
def test_moves(server: Server, statuses: Sequence[int], moves: bool) -> None:
    """Only a chain of permanent redirects moves a subscription."""
    last = chain(server, *statuses)
    outcome = ask(server, f"http://{HERE}/0")
    assert isinstance(outcome, Fetched)
    assert outcome.url == last
    assert outcome.moved_to == (last if moves else None)
    unchanged = ask(server, "", Request(f"http://{HERE}/0", etag='"1"'))
    assert isinstance(unchanged, NotModified)
    assert unchanged.moved_to == (last if moves else None)


@pytest.mark.parametrize("length", [1, MAX_HOPS, MAX_HOPS + 1, 40])
def test_long_chains_end(server: Server, length: int) -> None:
    """Eight redirects are followed, the ninth is not."""
    chain(server, *[302] * length)
    outcome = ask(server, f"http://{HERE}/0")
    assert isinstance(outcome, Fetched if length <= MAX_HOPS else Failed)
    assert len(server.requests) == min(length, MAX_HOPS) + 1


def test_circles_end(server: Server) -> None:
    """An address is not asked twice in a chain."""
    server.add("/a", status=302, headers={"Location": "/b"})
    server.add("/b", status=302, headers={"Location": "/a"})
    outcome = ask(server, f"http://{HERE}/a")
    assert isinstance(outcome, Failed)
    assert outcome.kind == "redirect"
    assert server.paths() == ["/a", "/b"]


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/x", f"http://{HERE}/x"),
        ("x?y=1", f"http://{HERE}/dir/x?y=1"),
        ("../x", f"http://{HERE}/x"),
        (f"//{THERE}/x", f"http://{THERE}/x"),
        (f"http://{THERE}/x#part", f"http://{THERE}/x"),
        ("  /x  ", f"http://{HERE}/x"),
        ("?page=2", f"http://{HERE}/dir/old?page=2"),
        ("/caf\xc3\xa9", f"http://{HERE}/caf\xe9"),
    ],
)
def test_locations(server: Server, location: str, expected: str) -> None:
    """Relative, absolute and untidy targets (RFC 9110 section 10.2.2)."""
    server.add("/dir/old", status=301, headers={"Location": location})
    server.add("*", b"x")
    outcome = ask(server, f"http://{HERE}/dir/old")
    assert isinstance(outcome, Fetched)
    assert outcome.url == expected


def test_short_wait_before_a_redirect_is_kept(server: Server) -> None:
    """Retry-After on a redirect is waited out when it is short (RFC 9110 section 10.2.3)."""
    server.add("/a", status=307, headers={"Location": "/b", "Retry-After": "1"})
    server.add("/b", b"x")
    assert isinstance(ask(server, f"http://{HERE}/a"), Fetched)
    first, second = server.requests
    assert second.start - first.end >= 1


@pytest.mark.parametrize(
    ("target", "etag", "date"),
    [(HERE, '"1"', "then"), ("www." + HERE, '"1"', "then"), (THERE, '"1"', None)],
    ids=["same host", "www", "another site"],
)
def test_validators_on_the_way(server: Server, target: str, etag: str, date: str | None) -> None:
    """The ETag names one version wherever it lies; a date says nothing about another site's copy."""
    server.add(f"{HERE}/a", status=302, headers={"Location": f"http://{target}/b"})
    server.add(f"{target}/b", b"x")
    ask(server, "", Request(f"http://{HERE}/a", etag='"1"', last_modified="then"))
    last = server.requests[-1].headers
    assert (last.get("if-none-match"), last.get("if-modified-since")) == (etag, date)


# ---------------------------------------------------------------- credentials and downgrades, step by step


def steps(first: str, *targets: str) -> Trail:
    trail = start(Request(first))
    for target in targets:
        assert isinstance(trail, Trail)
        trail = follow(trail, 301, target, None)
    assert isinstance(trail, Trail)
    return trail


@pytest.mark.parametrize(
    ("first", "targets", "sent"),
    [
        ("https://u:p@a.example/", (), True),
        ("https://u:p%40@a.example/", ("/x",), True),
        ("http://u:p@a.example/", ("https://a.example/",), True),
        ("https://u:p@a.example/", ("http://a.example/",), False),
        ("https://u:p@a.example/", ("http://a.example/", "https://a.example/x"), False),
        ("https://u:p@a.example/", ("https://b.example/",), False),
        ("https://u:p@a.example/", ("https://sub.a.example/",), False),
        ("https://u:p@a.example/", ("https://a.example:8443/",), False),
        ("https://a.example/", ("https://u:p@a.example/x",), False),
        ("https://a.example/", ("https://u:p@b.example/x",), False),
    ],
)
def test_credentials_stay_with_their_host(first: str, targets: tuple[str, ...], sent: bool) -> None:
    """They go to the host that the subscription names and nowhere else, and stand in no address that we give out."""
    trail = steps(first, *targets)
    assert (trail.authorization is not None) == sent
    assert "@" not in trail.url
    assert "@" not in (trail.moved_to or "")


@pytest.mark.parametrize(
    ("first", "targets", "moved_to"),
    [
        ("http://a.example/", ("https://a.example/",), "https://a.example/"),
        ("https://a.example/", ("http://a.example/",), None),
        ("https://a.example/", ("http://b.example/", "https://b.example/"), None),
        ("http://a.example/", ("http://b.example/",), "http://b.example/"),
        ("https://u:p@a.example/", ("https://a.example/x",), None),
    ],
)
def test_subscriptions_are_not_downgraded(first: str, targets: tuple[str, ...], moved_to: str | None) -> None:
    """Once a chain went through plain http, nobody can vouch for where it leads."""
    assert steps(first, *targets).moved_to == moved_to


def test_credentials_go_out_as_basic(server: Server) -> None:
    """A feed behind a password is asked with it, and no outcome shows it."""
    server.add("/", b"x")
    outcome = ask(server, "", Request(f"http://us%3Aer:p%40ss@{HERE}/"))
    assert isinstance(outcome, Fetched)
    assert outcome.url == f"http://{HERE}/"
    assert server.requests[0].headers["authorization"] == "Basic dXM6ZXI6cEBzcw=="
