"""What an article is read from: its page where that is about it, else what the feed says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.model import Fetched, PageState
from crawler.ports import Work
from crawler.reading import Reading, ReadTask, read_or_label
from tests.support.stores import make_article, make_entry

OLD = "The queue grew every night until a worker was given a budget, and the alarms of that night were few. " * 4
NEW = "The river rose every spring until the bridge was given a gate, and the boats of that spring were few. " * 4


def _read(text: str, said: str, page: PageState = "none") -> str:
    article = replace(make_article(text=text, page=page), labelled=False)
    entry = make_entry(content_html=f"<p>{said}</p>", summary_html="")
    (reading,) = read_or_label([ReadTask(Work(article, entry, want_page=False), None)])
    assert reading.write.article.labelled
    return reading.write.article.text


def test_an_edited_feed_s_text_replaces_the_one_before() -> None:
    """Also where every article that is read with it has a text."""
    assert "river" in _read(OLD, NEW)


@pytest.mark.parametrize(("said", "page"), [(NEW, "done"), ("How a queue was tamed.", "none"), ("", "none")])
def test_a_page_s_or_an_imported_text_stays(said: str, page: PageState) -> None:
    """What the feed says is less."""
    assert _read(OLD, said, page) == OLD


@pytest.mark.parametrize("page", [None, b"<html><title>Sign in</title><p>Sign in to read on.</p></html>"])
def test_the_text_of_a_page_outlives_a_bad_day_of_it(page: bytes | None) -> None:
    """The feed's teaser was edited, so that the page is asked again, and just then it gives nothing."""
    article = replace(make_article(text=OLD, page="pending"), labelled=False)
    entry = make_entry(content_html="", summary_html="<p>How a queue was tamed, at last.</p>")
    fetched = Fetched(article.url, 200, {"content-type": "text/html"}, page) if page else None
    (reading,) = read_or_label([ReadTask(Work(article, entry, want_page=True), None, fetched)])
    assert (reading.write.article.text, reading.write.article.labelled) == (OLD, True)
    assert (reading.problem is None) == (page is None)


def _page(url: str, title: str, listed: str = "How we tamed our queues") -> Reading:
    asked = "https://acme.example/2026/taming-queues"
    body = f"<!doctype html><title>{title}</title><body><main><h1>{title}</h1><p>{NEW}</p><p>{NEW}</p></main></body>"
    page = Fetched(url, 200, {"content-type": "text/html"}, body.encode())
    bare = replace(make_article(asked, title=listed, text="", page="pending"), labelled=False)
    entry = make_entry(asked, listed, content_html="", summary_html=f"<p>{OLD}</p>")
    (reading,) = read_or_label([ReadTask(Work(bare, entry, want_page=True), None, page)])
    return reading


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://acme.example/consent?next=/2026/taming-queues", "Before you continue"),
        ("https://id.acme.example/login", "Sign in"),
        ("https://acme.example/blog", "Our blog"),
    ],
)
def test_a_page_that_everybody_is_sent_to_is_no_article_s(url: str, title: str) -> None:
    """Its words are nobody's, and its address joins no two articles."""
    reading = _page(url, title)
    assert reading.problem == f"the address leads to {url} now, which is about something else"
    assert "river" not in reading.write.article.text
    assert "queue" in reading.write.article.text
    assert (reading.write.keys, reading.write.article.page) == ((), "pending")


@pytest.mark.parametrize(
    ("url", "title", "listed"),
    [
        ("https://acme.example/2026/taming-queues/", "Rivers", "How we tamed our queues"),
        ("https://new.example/a/taming-queues", "Rivers", "How we tamed our queues"),
        ("https://new.example/p/1", "Taming queues | Acme", "Show: queues, tamed"),
        ("https://new.example/p/queues-without-tears", "Acme", "How we tamed our queues"),
        ("https://new.example/p/1", "川の話と待ち行列を手なずけた話", "待ち行列を手なずけた話"),
        ("https://new.example/%E5%BE%85%E3%81%A1%E8%A1%8C%E5%88%97%E3%82%92/", "Acme", "待ち行列を"),
        ("https://new.example/p/1", "Queueing, tamed", "How to tame a queue"),
        ("https://new.example/p/1", "Rivers", ""),
        ("https://new.example/p/1", "", "How we tamed our queues"),
    ],
)
def test_an_article_that_moved_is_read_where_it_is(url: str, title: str, listed: str) -> None:
    reading = _page(url, title, listed)
    assert reading.problem is None
    assert "river" in reading.write.article.text
