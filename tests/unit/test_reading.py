"""What an article without a page is read from, when it is read once more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.model import PageState
from crawler.ports import Work
from crawler.reading import ReadTask, read_or_label
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
