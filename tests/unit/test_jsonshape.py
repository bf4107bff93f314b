"""The JSON shapes: what goes out comes in again."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import UserError
from crawler.jsonshape import article_from_json, article_json, dumps, export_json
from crawler.model import Article, Image, Signals

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
TEXT = st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=30)
MOMENTS = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@st.composite
def articles(draw: st.DrawFn) -> Article:
    return Article(
        id=draw(st.from_regex(r"[0-9a-f]{16}", fullmatch=True)),
        source=draw(st.sampled_from(["a", "b"])),
        guid=draw(TEXT.filter(bool)),
        url="https://a.example/" + draw(st.from_regex(r"[a-z0-9-]{1,10}", fullmatch=True)),
        canonical_url="https://a.example/x",
        title=draw(TEXT),
        first_seen_at=draw(MOMENTS),
        published_at=draw(st.none() | MOMENTS),
        authors=tuple(draw(st.lists(TEXT, max_size=3))),
        company=draw(st.none() | TEXT.filter(bool)),
        language="en",
        words=draw(st.integers(0, 9000)),
        kind="tutorial",
        tags=("databases",),
        summary=draw(TEXT),
        image=draw(st.none() | st.just(Image("https://a.example/i.png", "A diagram"))),
        text=draw(TEXT),
        signals=Signals(words=draw(st.integers(0, 9000)), promotion=draw(st.sampled_from([0.0, 0.25, 1.0]))),
        duplicate_of=draw(st.none() | st.just("0123456789abcdef")),
        labelled=draw(st.booleans()),
        page=draw(st.sampled_from(["none", "pending", "done", "failed", "deferred"])),
    )


@given(articles())
def test_an_exported_article_is_read_back_as_it_was(article: Article) -> None:
    assert article_from_json(json.loads(dumps(export_json(article))), "x:1", NOW) == article


def test_the_promised_fields_are_there() -> None:
    article = Article("0" * 16, "a", "g", "https://a.example/x", "https://a.example/x", "T", NOW)
    assert set(article_json(article)) >= {
        "id", "guid", "url", "canonical_url", "title", "source", "company", "authors", "published_at",
        "first_seen_at", "language", "words", "minutes", "kind", "tags", "roles", "audience", "summary", "deck",
        "image", "text", "content_html", "duplicate_of", "also_at", "issue", "score",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({}, "`url` is missing"),
        ({"url": "ftp://a.example/x"}, "not an absolute"),
        ({"url": 7}, "`url` must be a string"),
        ({"url": "https://a.example/x", "tags": "databases"}, "`tags` must be a list"),
        ({"url": "https://a.example/x", "words": -1}, "`words` must be a whole number"),
        ({"url": "https://a.example/x", "published_at": "soon"}, "`published_at` is not"),
        ({"url": "https://a.example/x", "image": "i.png"}, "`image` must be"),
    ],
)
def test_a_line_that_is_no_article_is_told_with_its_place(line: dict[str, object], message: str) -> None:
    with pytest.raises(UserError, match=r"in\.jsonl:4") as caught:
        article_from_json(line, "in.jsonl:4", NOW)
    assert message in str(caught.value)
