"""Faults of a sentence that no summary may have, whatever else speaks for it."""

from __future__ import annotations

import pytest

from crawler.label.faults import fault_of
from crawler.label.verbless import is_heading


@pytest.mark.parametrize(
    ("sentence", "fault"),
    [
        ("The first thing that you should do is to warm the cache.", "to the reader"),
        ("The author wrote about caches and their many ways last month.", "chatter"),
        ("The author will admit that the cache was cold for a week.", "chatter"),
        ("Before doing that, the author replaced the cache of the planner.", "chatter"),
        ("Updated on 2018-06-30: two more caches were added to the planner.", "ceremony"),
        ("The cache is part of the planner, and its users learn more here.", "points at the page"),
    ],
)
def test_what_is_no_statement_of_the_article(sentence: str, fault: str) -> None:
    """Advice, remarks of its author on themselves, and dates of its changes."""
    assert fault_of(sentence, lead=False) == fault


def test_who_is_told_of_must_do_something() -> None:
    """A clause between commas, or at the end, carries no sentence."""
    assert is_heading("Research communities, who can rely on the tool to provide them with a cache.")
    assert not is_heading("Research communities, who can rely on the tool, share a cache.")
    assert not is_heading("Acme built a cache, which it shares with communities.")


@pytest.mark.parametrize(
    "line",
    [
        "A brief overview of the author's contributions to its re-planner this past semester.",
        "Since the author just wrapped up their semester.",
        "Profiling result of a parallel build (12 jobs) of the planner with Meson.",
    ],
)
def test_lines_of_a_page_are_no_sentences(line: str) -> None:
    assert is_heading(line)
