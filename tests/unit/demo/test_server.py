"""The demo's server, asked over real sockets."""

from __future__ import annotations

import gzip
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from crawler.demo.server import DemoServer

NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)
HOST, FEED = "engineering.harbourline.example", "/feed.xml"


@pytest.fixture(scope="module")
def running() -> Iterator[DemoServer]:
    """One server for all tests of this file."""
    with DemoServer(NOW) as server:
        yield server


@pytest.fixture
def server(running: DemoServer) -> DemoServer:
    """The server as it was at its start."""
    running.flood = False
    running.overrides.clear()
    running.clear()
    return running


def ask(server: DemoServer, host: str, path: str, *, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection(*server.address, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Host": host, **named})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_hosts_are_told_apart(server: DemoServer) -> None:
    _, first = ask(server, HOST, "/")
    _, second = ask(server, "ibisworks.example", "/")
    assert b"Harbourline" in first
    assert b"Ibis Works" in second
    assert ask(server, "nobody.example", "/")[0].status == 404


def test_routes_lead_every_host_here(server: DemoServer) -> None:
    assert server.routes[HOST, 80] == server.address
    assert set(server.routes) == {(host, 80) for host in server.web.hosts}
    assert server.address[0] == "127.0.0.1"


def test_query_strings_do_not_matter(server: DemoServer) -> None:
    path = "/tech/android-cold-start/"
    assert (
        ask(server, "blog.fernwood.example", path + "?utm_source=rss")[1]
        == ask(server, "blog.fernwood.example", path)[1]
    )


def test_a_missing_final_slash_redirects(server: DemoServer) -> None:
    response, _ = ask(server, HOST, "/posts/on-call-apprenticeship")
    assert response.status == 301
    assert response.getheader("Location") == f"http://{HOST}/posts/on-call-apprenticeship/"


def test_known_validators_get_304_without_a_body(server: DemoServer) -> None:
    response, body = ask(server, HOST, FEED)
    etag, modified = response.getheader("ETag"), response.getheader("Last-Modified")
    assert body
    assert etag
    assert modified
    for headers in ({"If_None_Match": etag}, {"If_Modified_Since": modified}):
        again, nothing = ask(server, HOST, FEED, **headers)
        assert (again.status, nothing) == (304, b"")
        assert again.getheader("ETag") == etag
    assert ask(server, HOST, FEED, If_None_Match='"other"', If_Modified_Since=modified)[0].status == 200
    assert ask(server, HOST, FEED, If_Modified_Since="not a date")[0].status == 200


def test_gzip_is_given_to_those_who_ask(server: DemoServer) -> None:
    plain, body = ask(server, HOST, FEED)
    packed, compressed = ask(server, HOST, FEED, Accept_Encoding="gzip")
    assert plain.getheader("Content-Encoding") is None
    assert packed.getheader("Content-Encoding") == "gzip"
    assert gzip.decompress(compressed) == body


def test_head_sends_the_headers_of_get_and_nothing_more(server: DemoServer) -> None:
    got, body = ask(server, HOST, FEED)
    head, nothing = ask(server, HOST, FEED, method="HEAD")
    assert nothing == b""
    assert head.getheader("Content-Length") == str(len(body)) == got.getheader("Content-Length")


def test_the_flood_changes_the_feed_and_its_validator(server: DemoServer) -> None:
    host, path = "dev.parcelwise.example", "/blog/rss.xml"
    before, small = ask(server, host, path)
    server.flood = True
    after, large = ask(server, host, path, If_None_Match=before.getheader("ETag") or "")
    assert after.status == 200
    assert large.count(b"<item>") == small.count(b"<item>") + 60
    assert ask(server, host, "/changelog/changelog-60/")[0].status == 200


def test_an_override_answers_until_it_is_taken_back(server: DemoServer) -> None:
    server.overrides[HOST, FEED] = 503
    assert ask(server, HOST, FEED)[0].status == 503
    del server.overrides[HOST, FEED]
    assert ask(server, HOST, FEED)[0].status == 200


def test_requests_are_logged_and_counted(server: DemoServer) -> None:
    ask(server, HOST, FEED, User_Agent="test/1")
    ask(server, HOST, "/nothing")
    assert server.count() == 2
    assert server.count(host=HOST, path=FEED, status=200) == 1
    assert server.count(status=404) == 1
    assert server.hits[0].user_agent == "test/1"
    assert not server.hits[0].conditional


def test_a_connection_can_be_used_again(server: DemoServer) -> None:
    connection = HTTPConnection(*server.address, timeout=5)
    for path in (FEED, "/robots.txt", "/posts/on-call-apprenticeship/"):
        connection.request("GET", path, headers={"Host": HOST})
        assert connection.getresponse().read()
    connection.close()


def test_after_the_context_nobody_answers() -> None:
    with DemoServer(NOW) as server:
        address = server.address
    with pytest.raises(ConnectionError):
        HTTPConnection(*address, timeout=5).request("GET", "/")


def test_the_wheel_brings_the_articles(tmp_path: Path) -> None:
    """The demo runs from an installed package, so its data must be in it."""
    root = Path(__file__).parents[3]
    pytest.importorskip("hatchling", reason="the build back-end is not installed here")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=root, check=True, capture_output=True, timeout=120)
    names = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    blogs = [name for name in names if name.startswith("crawler/demo/blogs/")]
    assert sum(name.endswith("/blog.yaml") for name in blogs) >= 12
    assert sum(name.endswith(".md") for name in blogs) >= 45
    assert "crawler/demo/templates/press.html" in names
