"""Titles taken apart: what is the site's, what is the article's, and what tells parts of a series apart."""

from __future__ import annotations

import pytest

from crawler.dedup.words import read_title, words_of_text


@pytest.mark.parametrize(
    ("title", "marks"),
    [
        ("Moving a queue", set()),
        ("Announcing Widget 1.2", {"1.2"}),
        ("Announcing Widget v1.2", {"1.2"}),
        ("Widget 2.0 RC", {"2.0", "rc"}),
        ("Widget 2.0 Release Candidate", {"2.0", "rc"}),
        ("Widget 2.0.0-beta.3", {"2.0.0", "3", "beta3"}),
        ("State of Widgets 2024", {"2024"}),
        ("WidgetConf2024", {"2024"}),
        ("Queues, Part 2", {"2"}),
        ("Queues, Part II: Sharding", {"2"}),
        ("Queues, part two", {"2"}),
        ("Queues II", {"2"}),
        ("Announcing June's Hero", {"month 6"}),
        ("What may go wrong", set()),
        ("May in widgets", {"month 5"}),
        ("CVE-2026-5222", {"2026", "5222"}),
        ("The 18F Hub", set()),
        ("Our first 100 days", {"1", "100"}),
        ("Roadmap for Q3", {"q3"}),
        ("Widgets revisited", {"revisited"}),
        ("10,000 queues", {"10000"}),
    ],
)
def test_marks(title: str, marks: set[str]) -> None:
    assert read_title(title).marks == marks


@pytest.mark.parametrize(
    ("title", "core"),
    [
        ("Moving a queue | Example Engineering", "moving a queue"),
        ("Moving a queue — Example", "moving a queue"),
        ("Moving a queue - Part 2", "moving a queue part 2"),
        ("Moving a queue [2026 update]", "moving a queue"),
        ("Updated: Moving a queue", "moving a queue"),
        ("Example | Queues", "example queues"),
        ("Here’s Jane's queue", "heres janes queue"),
        ("キュー", "キ ュ ー"),
    ],
)
def test_core(title: str, core: str) -> None:
    assert " ".join(read_title(title).core) == core


def test_words_that_any_blog_uses_tell_nothing() -> None:
    assert read_title("Weekly Update 12").distinct == 0
    assert read_title("Hello world").distinct == 0
    assert read_title("Moving queues").distinct == 2


def test_words_are_the_same_with_and_without_markup() -> None:
    source = (
        '## Why {#why}\n\n```python\nrun()\n```\nWe use [a *queue*](https://example.com/q "Queue") &amp; '
        "<em>a cache</em>, see https://example.com/x and [docs][1].\n\n[1]: https://example.com/docs\n{% include x %}"
    )
    assert b" ".join(words_of_text(source)) == b"why run we use a queue a cache see and docs"
    assert words_of_text("don’t “stop”") == words_of_text('don\'t "stop"')
    assert words_of_text("東京 queue") == ["東".encode(), "京".encode(), b"queue"]
