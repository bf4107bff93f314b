"""Titles as objects of a sentence: capitals are told by what the summary writes, else the title is quoted, and briefly."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.compose.titles import MOST_WORDS, explained_of, quotable, topic_of
from crawler.model import Item
from crawler.text import written_as

_SAID = "The team made arrays accessible for Redis users. A search for vectors in Postgres is a small query."


def _item(title: str, summary: str = _SAID, company: str | None = "Globex") -> Item:
    return Item(title=title, url="https://globex.example/a", summary=summary, company=company)


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Making Arrays Accessible: Guidelines and Tools", "making arrays accessible"),
        ("Third Time Lucky: Searching Vectors in Postgres", "searching vectors in Postgres"),
        ("On vector search", "vector search"),
        ("OpenTelemetry for small teams", "OpenTelemetry for small teams"),
        ("Vector search in Postgres (part 2)", "vector search in Postgres"),
        ("Moving Mail To One Zork", None),  # nothing tells whether Zork is a name
        ("Part one, searching vectors in Postgres", "searching vectors in Postgres"),
        ("Generate vectors for small teams", None),  # "writes about generate ..."
        ("Towards vector search", None),  # "writes about towards ..."
        ("Vector search, one year later", None),
        ("Vector search in Postgres at Globex", "vector search in Postgres"),
        ("Vector search, vector scripts", None),
        ("Fine-Grained vector search", None),  # nothing tells how running text writes it
        ("How do we search?", None),
        ("Our vector search", "its vector search"),
        ("Specialize to search", None),
        ("Not a vector search", None),
        ("Down a vector search", None),
        ("Your Vector Search Needs Arrays", None),
        ("Vectors - Globex collaborate to build a small search", None),
        ("Tuning your vector search", "tuning the vector search"),
        ("A search for vectors in your arrays", "a search for vectors in arrays"),
        ("The vector search is gone", None),
        ("2022 in search", None),
        ("Search", None),
    ],
)
def test_topic(title: str, topic: str | None) -> None:
    """What follows "writes about"."""
    assert topic_of(_item(title)) == topic


def test_the_article_tells_how_its_title_is_written() -> None:
    """Words that it writes small within sentences are small, those that it writes large are names."""
    title = "Choosing The Right Zork: Quick Lookups In Quill"
    text = "When choosing a tool, the right one is a quick one. We met Zork in May, as zork, and Zork met Quill."
    assert written_as(title, text) == ("choosing", "the", "right", "Zork", "quick", "in", "Quill")
    assert written_as("Warm Caches", "I read Keeping Warm Caches With Quill. Warm caches and warm caches.") == (
        "warm",
        "caches",
    )
    assert written_as("Odd Zork", f"Zork is here. {'Zork eats. ' * 200}.") == ("odd",)
    assert written_as(title, "zork right\nThe Right Zork\nimport zork.quill\n") == ()
    assert written_as("The Boot Camp", "You boot it. You boot a camp. We went to Boot Camp.") == ("Boot", "Camp")
    item = Item(title=title, url="https://globex.example/a", written=written_as(title, text))
    assert topic_of(item) == "choosing the right Zork"


def test_a_company_does_not_write_about_harnessing_itself() -> None:
    assert topic_of(replace(_item("Harnessing Zork - How Shops Run It"), company="Zork")) is None


def test_a_title_that_says_how_to_is_told_as_such() -> None:
    item = Item("How to Warm Your Cache", "https://globex.example/a", written=("warm", "cache"))
    assert explained_of(item) == "how to warm the cache"
    assert explained_of(Item("How to Please Zork Twice", "https://globex.example/a", written=("please",))) is None


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("What a cache costs in a year", "what a cache costs in a year"),
        ("Caches: why they forget your keys", "why they forget keys"),
        ("Generate vectors for small teams", "how to generate vectors for small teams"),
        ("What is a cache in a browser", None),
        ("How do we search", None),
        ("How we search with caches", None),
    ],
)
def test_a_title_that_explains(title: str, told: str | None) -> None:
    """What follows "explains", and no question."""
    assert explained_of(_item(title)) == told


def test_long_titles_are_cut_at_their_colon_or_not_quoted() -> None:
    """No more than fourteen words of a title stand in a lead paragraph."""
    long = "a way of doing it that takes many more words than anybody would want to read aloud"
    assert quotable(_item(f"Searching small vectors: {long}")) == "“Searching small vectors”"
    assert quotable(_item(long)) is None
    assert quotable(_item('The "simple" queue')) == "“The ’simple’ queue”"


@given(st.text(max_size=120), st.text(max_size=80))
def test_any_title(title: str, summary: str) -> None:
    """Never raises, and never gives more than fourteen words."""
    item = _item(title, summary)
    for text in (topic_of(item), quotable(item)):
        assert text is None or 0 < len(text.split()) <= MOST_WORDS
