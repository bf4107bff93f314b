"""What is asked of whom: the short way through usual addresses says what httpx says of them."""

from __future__ import annotations

import httpx
import pytest

from crawler.fetch import targets
from crawler.fetch.targets import BadAddress, target_of
from crawler.urls import canonical_url, host_of

USUAL = (
    "http://blog.example.org", "http://blog.example.org/", "https://blog.example.org/feed.xml?format=rss&n=20",
    "http://blog.example.org:8080/a%20b/(c)~d;e=f", "https://blog.example.org:443/x", "http://127.0.0.1:3000//a/",
    "http://localhost/?", "https://a-b.example/@me/feed?x=%C3%A9",
)  # fmt: skip
ODD = (
    "http://BLOG.example.org/", "http://b\u00fccher.example/\u00e4?\u00f6", "http://xn--bcher-kva.example/", "http://[::1]:80/a",
    "http://blog.example.org/a/../b", "http://blog.example.org/a b", "http://blog.example.org/%zz", "http://a_b.example/",
    "http://blog.example.org/?a='b'", "http://blog.example.org:65536/", "http://127.1/", "http://1.2.3.999/", "http://a..b/",
)  # fmt: skip


NAMES = ("bücher.example", "faß.example", "FAẞ.bücher.example", "βόλος.example", "例え.テスト", "نامه\u200cای.example")


@pytest.mark.parametrize("name", NAMES)
def test_who_is_asked_is_who_is_known_by_the_address(name: str) -> None:
    """robots.txt, pauses and identity are those of the host that the request goes to."""
    url = f"https://{name}/a"
    assert target_of(url).authority.decode() == host_of(url) == host_of(canonical_url(url))


def _by_httpx(url: str) -> tuple[object, ...] | str:
    try:
        parsed = httpx.Request("GET", url)
    except httpx.InvalidURL:
        return "bad"
    at = parsed.url
    return at.raw_scheme, at.raw_host, at.port, at.raw_path, at.host, parsed.headers["host"].encode()


def _by_us(url: str) -> tuple[object, ...] | str:
    try:
        target = target_of(url)
    except BadAddress:
        return "bad"
    asked = target.url
    return asked.scheme, asked.host, asked.port, asked.target, target.host, target.authority


@pytest.mark.parametrize("url", USUAL + ODD)
def test_a_target_is_what_httpx_makes_of_the_address(url: str) -> None:
    assert _by_us(url) == _by_httpx(url)


@pytest.mark.parametrize("url", USUAL)
def test_usual_addresses_need_no_httpx(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "_odd_target", pytest.fail)
    target_of(url)


@pytest.mark.parametrize("url", ODD)
def test_odd_addresses_are_left_to_httpx(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(targets, "_odd_target", asked.append)
    target_of(url)
    assert asked == [url]
