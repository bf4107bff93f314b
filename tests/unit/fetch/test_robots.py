"""Rules of robots.txt as RFC 9309 reads them, and files that are made to hurt."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.fetch.robots import RobotsRules

US = "weekly-roundup"


@pytest.mark.parametrize(
    ("text", "url", "allowed"),
    [
        ("", "/x", True),
        ("User-agent: *\nDisallow:", "/x", True),
        ("User-agent: *\nDisallow: /", "/x", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/c", False),
        ("User-agent: *\nAllow: /a\nDisallow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/x.pdf?y", True),
        ("User-agent: *\nDisallow: /caf%C3%A9", "/café", False),
        ("user-AGENT: *\ndisALLOW: /x # why", "/x", False),
        ("User-agent: a\nUser-agent: *\nDisallow: /x", "/x", False),
        ("User-agent: weekly-roundup\nUser-agent: a\nDisallow: /x", "/x", False),
        ("User-agent: WEEKLY-ROUNDUP\nDisallow: /x", "/x", False),
        ("User-agent: weekly-roundup\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/y", True),
        ("User-agent: Weekly-Roundup/1.0\nDisallow: /", "/x", False),
        ("User-agent: weekly-roundup (all versions)\nDisallow: /", "/x", False),
        ("User-agent: otherbot/2.0 weekly-roundup\nDisallow: /", "/x", True),
        ("User-agent: weekly-roundup-pro\nDisallow: /", "/x", True),
        ("User-agent: roundup\nDisallow: /", "/x", True),
        ("User-agent: a\nDisallow: /\n\nUser-agent: b\nDisallow: /", "/x", True),
        ("User-agent: a\nDisallow: /\nUser-agent: *\nDisallow: /y", "/x", True),
        ("Disallow: /", "/x", True),
        ("Sitemap: https://e.org/s.xml\nUser-agent: *\nDisallow: /x", "/x", False),
        ("User-agent: *\r\rDisallow: /x", "/x", False),
        ("User agent *\nDisallow /x", "/x", False),
    ],
)
def test_rules(text: str, url: str, allowed: bool) -> None:
    """Groups, precedence, wildcards and slips of the pen."""
    assert RobotsRules(text, US).allowed("https://e.org" + url) == allowed


@pytest.mark.parametrize(
    ("text", "delay"),
    [
        ("User-agent: *\nCrawl-delay: 10", 10),
        ("User-agent: *\nCrawl-delay: 1.5", 1.5),
        ("User-agent: *\nCrawl-delay: soon", None),
        ("User-agent: *\nCrawl-delay: -3", None),
        ("User-agent: *\nCrawl-delay: inf", None),
        ("User-agent: a\nCrawl-delay: 10", None),
        ("User-agent: weekly-roundup\nCrawl-delay: 2\n\nUser-agent: *\nCrawl-delay: 10", 2),
    ],
)
def test_crawl_delay(text: str, delay: float | None) -> None:
    """Ours, else everybody's."""
    assert RobotsRules(text, US).crawl_delay == delay


HOSTILE = {
    "many agents, many rules": "".join(f"User-agent: a{n}\n" for n in range(14_000))
    + "".join(f"Disallow: /{n}\n" for n in range(14_000)),
    "stars": "User-agent: *\n" + "Disallow: /" + "*a" * 100_000,
    "many stars": "User-agent: *\n" + ("Disallow: /" + "*a" * 20 + "\n") * 8000,
    "one line": "x" * 500_000,
    "only agents": "User-agent: *\n" * 30_000,
    "colons": ":" * 500_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_cost_little(name: str) -> None:
    """Half a megabyte of malice is read and asked in a moment."""
    began = time.process_time()
    rules = RobotsRules(HOSTILE[name], US)
    rules.allowed("https://e.org/" + "a" * 2000)
    assert time.process_time() - began < 2


@given(st.text(max_size=400), st.text(max_size=50))
def test_any_text(text: str, path: str) -> None:
    """No file and no address breaks it."""
    assert isinstance(RobotsRules(text, US).allowed("https://e.org/" + path), bool)
