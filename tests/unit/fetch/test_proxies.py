"""Proxies and certificates from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.fetch.client import HttpFetcher
from crawler.fetch.proxies import proxies_from
from crawler.model import Failed, Fetched, Request
from crawler.settings import FetchSettings
from tests.support.server import Authority, Server

P, Q = "http://proxy.example:3128", "http://other.example:8080"
SETTINGS = FetchSettings(timeout=5)


@pytest.mark.parametrize(
    ("environ", "url", "expected"),
    [
        ({}, "http://a.example", None),
        ({"HTTP_PROXY": P}, "http://a.example", P),
        ({"http_proxy": P}, "http://a.example", P),
        ({"HTTP_PROXY": Q, "http_proxy": P}, "http://a.example", P),
        ({"HTTP_PROXY": P}, "https://a.example", None),
        ({"HTTPS_PROXY": P}, "https://a.example", P),
        ({"ALL_PROXY": P}, "https://a.example", P),
        ({"ALL_PROXY": P, "HTTP_PROXY": Q}, "http://a.example", Q),
        ({"HTTP_PROXY": "proxy.example:3128"}, "http://a.example", P),
        ({"HTTP_PROXY": P, "REQUEST_METHOD": "GET"}, "http://a.example", None),
        ({"HTTP_PROXY": ""}, "http://a.example", None),
        ({"HTTP_PROXY": P, "NO_PROXY": "*"}, "http://a.example", None),
        ({"HTTP_PROXY": P, "NO_PROXY": "a.example"}, "http://a.example", None),
        ({"HTTP_PROXY": P, "NO_PROXY": "example"}, "http://a.example", None),
        ({"HTTP_PROXY": P, "NO_PROXY": ".example"}, "http://a.example", None),
        ({"HTTP_PROXY": P, "NO_PROXY": "*.example"}, "http://a.example", None),
        ({"HTTP_PROXY": P, "NO_PROXY": "a.example:80"}, "http://a.example", None),
        ({"HTTP_PROXY": P, "NO_PROXY": "a.example:81"}, "http://a.example", P),
        ({"HTTP_PROXY": P, "NO_PROXY": "xample"}, "http://a.example", P),
        ({"HTTP_PROXY": P, "NO_PROXY": "b.example, c.example"}, "http://a.example", P),
        ({"HTTP_PROXY": P, "no_proxy": "10.0.0.0/8"}, "http://10.1.2.3", None),
        ({"HTTP_PROXY": P, "no_proxy": "10.0.0.0/8"}, "http://11.1.2.3", P),
        ({"HTTP_PROXY": P, "no_proxy": "::1"}, "http://[::1]", None),
        ({"HTTP_PROXY": P, "no_proxy": ""}, "http://a.example", P),
    ],
)
def test_which_proxy(environ: dict[str, str], url: str, expected: str | None) -> None:
    """The variables as curl reads them."""
    scheme, _, host = url.partition("://")
    assert proxies_from(environ).proxy_for(scheme, host.strip("[]"), 443 if scheme == "https" else 80) == expected


@pytest.mark.parametrize("url", ["ftp://p.example", "gopher://p.example:70"])
def test_unusable_proxies(url: str) -> None:
    """A proxy that we cannot speak to is an error at once, without its password."""
    with pytest.raises(ConfigError, match="HTTP_PROXY"):
        proxies_from({"HTTP_PROXY": url})


def test_http_through_a_proxy() -> None:
    """The proxy may lie at a private address, and resolves the names itself."""
    with Server() as proxy:
        proxy.add("blog.example/feed", b"<rss/>", headers={"ETag": '"1"'})
        fetcher = HttpFetcher(SETTINGS, user_agent="t/1", environ={"HTTP_PROXY": proxy.url("")}, resolver=_never)
        outcome = fetcher.fetch(Request("http://blog.example/feed"))
        assert isinstance(outcome, Fetched)
        assert outcome.body == b"<rss/>"
        assert proxy.requests[0].raw.startswith(b"GET http://blog.example/feed HTTP/1.1")
        fetcher.close()


def test_https_through_a_proxy(tmp_path: Path) -> None:
    """A tunnel, with the certificate checked against SSL_CERT_FILE for the name that was asked for."""
    authority = Authority()
    with Server(tls=authority) as site:
        site.add("blog.example/feed", b"<rss/>")
        with _Connect(site) as proxy:
            environ = {"HTTPS_PROXY": proxy.url(""), "SSL_CERT_FILE": authority.pem(tmp_path)}
            fetcher = HttpFetcher(SETTINGS, user_agent="t/1", environ=environ, resolver=_never)
            outcome = fetcher.fetch(Request("https://blog.example/feed"))
            fetcher.close()
            stranger = HttpFetcher(SETTINGS, user_agent="t/1", environ={"HTTPS_PROXY": proxy.url("")})
            refused = stranger.fetch(Request("https://blog.example/feed"))
            stranger.close()
    assert isinstance(outcome, Fetched)
    assert isinstance(refused, Failed)
    assert (refused.kind, refused.passing) == ("tls", True)
    assert "certificate" in refused.message
    assert proxy.requests[0].raw.startswith(b"CONNECT blog.example:443 ")


def test_tls_to_a_routed_host(tmp_path: Path) -> None:
    """Routes carry https, too, past any proxy; the name is checked, not the address."""
    authority = Authority()
    with Server(tls=authority) as site:
        site.add("/", b"x")
        routes = {("blog.example", 443): (site.address, site.port)}
        environ = {"HTTPS_PROXY": "http://127.0.0.1:9", "SSL_CERT_FILE": authority.pem(tmp_path)}
        fetcher = HttpFetcher(SETTINGS, user_agent="t/1", routes=routes, environ=environ, resolver=_never)
        assert isinstance(fetcher.fetch(Request("https://blog.example/")), Fetched)
        fetcher.close()


def test_a_certificate_for_another_name_is_refused(tmp_path: Path) -> None:
    """A known authority is not enough."""
    authority = Authority()
    authority.only = "other.example"
    with Server(tls=authority) as site:
        routes = {("blog.example", 443): (site.address, site.port)}
        fetcher = HttpFetcher(
            SETTINGS, user_agent="t/1", routes=routes, environ={"SSL_CERT_FILE": authority.pem(tmp_path)}
        )
        outcome = fetcher.fetch(Request("https://blog.example/"))
        fetcher.close()
    assert isinstance(outcome, Failed)
    assert outcome.kind == "tls"
    assert "blog.example" in outcome.message
    assert site.requests == []


def test_a_dead_proxy_is_one_clear_message() -> None:
    """Connection refused by the proxy is a passing trouble."""
    fetcher = HttpFetcher(SETTINGS, user_agent="t/1", environ={"ALL_PROXY": "http://127.0.0.1:9"})
    outcome = fetcher.fetch(Request("http://blog.example/"))
    assert isinstance(outcome, Failed)
    assert (outcome.kind, outcome.passing) == ("connection", True)


def test_password_of_the_proxy_goes_to_the_proxy_only() -> None:
    """Proxy-Authorization comes from the proxy's URL; messages do not show it."""
    with Server() as proxy:
        proxy.add("blog.example/", b"x")
        environ = {"HTTP_PROXY": f"http://me:secret@127.0.0.1:{proxy.port}"}
        fetcher = HttpFetcher(SETTINGS, user_agent="t/1", environ=environ)
        assert isinstance(fetcher.fetch(Request("http://blog.example/")), Fetched)
        assert proxy.requests[0].headers["proxy-authorization"].startswith("Basic ")
        assert "authorization" not in proxy.requests[0].headers
        fetcher.close()


@pytest.mark.parametrize("environ", [{"SSL_CERT_FILE": "/nowhere/ca.pem"}, {"SSL_CERT_DIR": "/nowhere"}])
def test_missing_certificates(environ: dict[str, str]) -> None:
    """A variable that names nothing is told when the run begins, not at each source."""
    with pytest.raises(ConfigError, match="SSL_CERT"):
        HttpFetcher(SETTINGS, user_agent="t/1", environ=environ)


def _never(host: str, port: int) -> list[str]:
    raise AssertionError(f"{host} was resolved here")


class _Connect(Server):
    """A proxy that answers CONNECT and hands the connection to a site's own TLS."""

    def __init__(self, site: Server) -> None:
        super().__init__()
        self._site = site

    def upgrade(self, connection: object, name: str | None = None) -> object:  # type: ignore[override]
        return self._site.upgrade(connection, name)  # type: ignore[arg-type]

    def answer(self, seen: object) -> object:  # type: ignore[override]
        return self._site.answer(seen)  # type: ignore[arg-type]
