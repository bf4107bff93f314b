"""Promise 5 and 7 for this stage: any bytes give an article or an ExtractError, in bounded time, and never run."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.errors import ExtractError
from crawler.extract import blocks_of_html, extract_entry, extract_page
from crawler.extract.sanitize import sanitize_html
from tests.unit.extract.support import entry, page, read

SAMPLES = [p.read_bytes() for p in sorted((Path(__file__).parents[2] / "data" / "pages").glob("*.html"))]
NOISE = st.sampled_from(
    [
        b"<",
        b">",
        b"</div>",
        b"<div>",
        b"<table>",
        b"<pre>",
        b"\x00",
        b"\xff\xfe",
        b"<!--",
        b"]]>",
        b"<svg>",
        b"&#0;",
        b"<p",
        b"\xed\xa0\x80",
        b"<title>",
        b"<math>",
    ]
)


def survives(body: bytes) -> None:
    try:
        extracted = extract_page(body, "https://blog.example/x")
    except ExtractError:
        return
    assert extracted.text.strip()
    assert all(block.text.strip() for block in extracted.blocks)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_any_bytes(body: bytes) -> None:
    survives(body)
    survives(b"<html><body><p>" + body)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_damaged_pages(data: st.DataObject) -> None:
    body = data.draw(st.sampled_from(SAMPLES))
    for _ in range(data.draw(st.integers(1, 6))):
        cut = data.draw(st.integers(0, len(body)))
        width = data.draw(st.integers(0, 80))
        body = body[:cut] + data.draw(NOISE) + body[cut + width :]
    survives(body)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_feed_text(text: str) -> None:
    extract_entry(entry(text, text))
    blocks_of_html(text)


TRAPS = {
    "deep divs": b"<div>" * 30_000 + b"word " * 100,
    "deep spans": b"<p>" + b"<span>" * 30_000 + b"word " * 100,
    "deep lists": b"<ul><li>" * 10_000 + b"word " * 100,
    "deep tables": b"<table><tr><td>" * 5_000 + b"word " * 100,
    "deep fonts": b"<b><i>" * 20_000 + b"word",
    "many paragraphs": b"<article>" + b"<p>some words in a row</p>" * 20_000,
    "many links": b"<article>" + b"<a href='#x'>l</a> " * 20_000,
    "many headings": b"<article>" + b"<h2>Related posts</h2>" * 10_000,
    "many breaks": b"<article><p>word" + b"<br>" * 30_000 + b"word",
    "one long word": b"<article><p>" + b"a" * 2_000_000,
    "by by by": b"<article><h1>T</h1><p>" + b"By " * 3000 + b"</p>" + b"<p>By A B, </p>" * 2000,
    "unclosed attribute": b"<article><p class='" + b"x" * 500_000,
    "dots": b"<article><p>" + b". " * 300_000,
    "classes": b"<article>" + b"<div class='share-share-share-share-share-x'>w</div>" * 5000,
    "asides": b"<article>" + b"<div class='caption'>" * 200 + b"words " * 2000,
}


@pytest.mark.parametrize("body", TRAPS.values(), ids=TRAPS.keys())
def test_traps_end_soon(body: bytes) -> None:
    start = time.process_time()
    survives(b"<html><body>" + body)
    assert time.process_time() - start < 5


EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='data:text/html,x'>x</a>",
    "<iframe src='https://evil.example'></iframe>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><img src=x onerror=alert(1)></mtext></math>",
    "<p style='background:url(javascript:alert(1))' onclick='x()'>x</p>",
    "<form action='https://evil.example'><input name=a></form>",
    "<img src='https://t.example/pixel.gif' width='1' height='1'>",
    "<object data='x'></object><embed src='x'>",
    "<base href='https://evil.example/'>",
    "<pre><code class='language-x\" onmouseover=\"alert(1)'>x</code></pre>",
]


@pytest.mark.parametrize("markup", EVIL)
def test_what_is_shown_never_runs(markup: str) -> None:
    for shown in (
        read(markup).content_html,
        sanitize_html(markup),
        extract_entry(entry(f"<p>word word word</p>{markup}")).content_html,
    ):
        assert not re.search(
            r"<script|javascript:|data:|\son\w+=|<iframe|<object|<embed|<form|<svg|<base|style=|pixel\.gif", shown
        )


def test_sanitising_twice_changes_nothing() -> None:
    shown = read(
        "<h2>A &amp; B</h2><p>x &lt; y <a href='/l' onclick='x'>l</a></p><pre><code class='language-c'>a &lt; b</code></pre>"
    ).content_html
    assert sanitize_html(shown) == shown


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("Zürich – Straße".encode(), None),
        (b"<meta charset='iso-8859-1'>" + "Zürich – Straße".encode("cp1252"), None),
        ("Zürich – Straße".encode("cp1252"), "text/html; charset=windows-1252"),
        (b"\xff\xfe" + "<p>Zürich – Straße</p>".encode("utf-16-le"), None),
        ("<meta charset='iso-8859-1'>Zürich – Straße".encode(), "text/html; charset=latin1"),
    ],
    ids=["utf-8", "declared", "header", "byte-order mark", "wrong declarations"],
)
def test_encodings(body: bytes, content_type: str | None) -> None:
    if not body.startswith(b"\xff\xfe"):
        body = b"<html><body><p>" + body + b"</p></body></html>"
    assert "Zürich – Straße" in extract_page(body, "https://blog.example/x", content_type=content_type).text


def test_a_page_below_the_parsers_depth_is_read_by_the_second_reader() -> None:
    body = b"<html><body>" + b"<div>" * 400 + b"<p>Words below four hundred levels are still words of an article.</p>"
    assert "four hundred levels" in extract_page(body, "https://blog.example/x").text


def test_the_same_bytes_give_the_same_article() -> None:
    assert extract_page(page("<p>x</p>"), "https://a.example/") == extract_page(page("<p>x</p>"), "https://a.example/")
