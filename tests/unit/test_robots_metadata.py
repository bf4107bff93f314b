"""X-Robots-Tag and robots meta elements: what a publisher does not want republished is not."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.fetch.headers import collect
from crawler.headers import robots_rules
from crawler.model import Article, Entry, Fetched
from crawler.ports import Work
from crawler.reading import EXCERPT_WORDS, ReadTask, read_article
from crawler.urls import article_id

URL = "https://blog.example/post"
PARAGRAPH = "We moved the queue to a log with one writer, measured it for a week, and then removed the old one. "
PAGE = "<html><head>{head}</head><body><article><h1>One writer</h1>" + f"<p>{PARAGRAPH * 4}</p>" * 6 + "</article>"


def article_from(head: str = "", *lines: str) -> Article:
    """What is stored of a page with these meta elements and X-Robots-Tag lines."""
    headers = collect([(b"Content-Type", b"text/html"), *((b"X-Robots-Tag", line.encode()) for line in lines)])
    page = Fetched(URL, 200, headers, PAGE.format(head=head).encode())
    bare = Article(article_id(URL), "blog", URL, URL, URL, "One writer", datetime(2026, 11, 20, tzinfo=UTC))
    entry = Entry(URL, URL, "One writer")
    return read_article(ReadTask(Work(bare, entry, want_page=True), None, page)).write.article


@pytest.mark.parametrize(
    ("lines", "noindex", "noarchive"),
    [
        ((), False, False),
        (("noindex",), True, False),
        (("NoIndex, nofollow",), True, False),
        (("none",), True, False),
        (("noarchive",), False, True),
        (("nofollow", "noarchive, noindex"), True, True),
        (("weekly-roundup: noindex",), True, False),
        (("Weekly-Roundup: nofollow, noarchive",), False, True),
        (("otherbot: noindex",), False, False),
        (("otherbot: nofollow, noindex",), False, False),
        (("otherbot: noindex", "noarchive"), False, True),
        (("noarchive, otherbot: noindex",), False, True),
        (("max-snippet: 20, noindex",), True, False),
        (("unavailable_after: Sat, 21 Nov 2026 00:00:00 GMT", "noindex"), True, False),
        (("index, follow",), False, False),
    ],
)
def test_x_robots_tag(lines: tuple[str, ...], noindex: bool, noarchive: bool) -> None:
    """Rules for all and for us count, in any case and on any line; another robot's do not."""
    article = article_from("", *lines)
    assert (article.noindex, "…" in article.text) == (noindex, noarchive)


@pytest.mark.parametrize(
    ("head", "noindex", "noarchive"),
    [
        ('<meta name="robots" content="noindex">', True, False),
        ('<meta name="ROBOTS" content="NONE">', True, False),
        ('<meta name="robots" content="noarchive">', False, True),
        ('<meta name="weekly-roundup" content="noindex, noarchive">', True, True),
        ('<meta name="robots" content="noindex; nofollow">', True, False),
        ('<meta name="robots" content="max-image-preview:large, index">', False, False),
        ('<meta name="otherbot" content="noindex">', False, False),
    ],
)
def test_robots_meta(head: str, noindex: bool, noarchive: bool) -> None:
    """The same rules in the page itself."""
    article = article_from(head)
    assert (article.noindex, "…" in article.text) == (noindex, noarchive)


def test_noarchive_keeps_labels_and_an_opening_but_no_copy() -> None:
    """Labels are made from the whole text; of the text only its opening stays, and no HTML."""
    whole, kept = article_from(), article_from("", "noarchive")
    assert len(whole.text.split()) > 10 * EXCERPT_WORDS
    assert len(kept.text.split()) <= EXCERPT_WORDS + 1
    assert kept.content_html == ""
    assert (kept.words, kept.tags, kept.summary, kept.kind) == (whole.words, whole.tags, whole.summary, whole.kind)


def test_nothing_said() -> None:
    """No rules from nothing, from separators alone, and from a name without rules."""
    assert robots_rules(["", " , ;", "otherbot:", "weekly-roundup:"], "weekly-roundup") == frozenset()
