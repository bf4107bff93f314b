"""Sentences that lean by their first words alone, told so that they may open a summary."""

from __future__ import annotations

import pytest

from crawler.label.edits.opening import as_subtitle, upright
from crawler.label.sentences.standalone import leans

ACTS = frozenset({"acts"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Two years ago at an offsite in Porto, Acme rewrote its queue in a week.",
            "Acme rewrote its queue in a week.",
        ),
        ("Looking into it, Acme found that its queue was read twice.", "Acme found that its queue was read twice."),
        ("After some digging, Acme found that its queue was read twice.", "Acme found that its queue was read twice."),
        ("So today Acme is adding Relay, a pooler for its queues.", "Acme is adding Relay, a pooler for its queues."),
        ("Earlier this summer, the Relay team released a new queue.", "The Relay team released a new queue."),
        ("Last year on April 1st the author wrote a parser for tides.", "The author wrote a parser for tides."),
        ("A few weeks ago the Relay project asked its users why.", "The Relay project asked its users why."),
        ("This past semester the author worked on lock-free maps.", "The author worked on lock-free maps."),
        ("The last couple of days, the author has been mending it all.", "The author has been mending it all."),
        ("It turns out that the average cache is cold for a day.", "The average cache is cold for a day."),
        ("As it turned out, the root cause was an unreasonable limit.", "The root cause was an unreasonable limit."),
        ("This is the transcript of a talk on garbage.", "The post is the transcript of a talk on garbage."),
        ("This is Ada's seventh list of books on tides.", "The post is Ada's seventh list of books on tides."),
        ("This case study shows how Acme grew its queue.", "The case study shows how Acme grew its queue."),
        ("To write this survey, Acme asked every harbour.", "To write the survey, Acme asked every harbour."),
    ],
)
def test_what_is_bound_to_its_place_goes(text: str, told: str) -> None:
    assert leans(text)
    assert upright(text, 1, frozenset()) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Instead of polling every minute, the relay waits for a signal.",
            "The relay waits for a signal, instead of polling every minute.",
        ),
        (
            "Rather than a queue for each port, Acme runs a single large one.",
            "Acme runs a single large one, rather than a queue for each port.",
        ),
    ],
)
def test_a_contrast_that_names_all_it_speaks_of_goes_to_the_end(text: str, told: str) -> None:
    assert upright(text, 9, frozenset()) == told


def test_a_contrast_to_the_first_of_many_deeds_goes() -> None:
    text = "Rather than fill all, Acme built a tool that looks at columns, picks some, and fills them."
    assert upright(text, 9, frozenset()) == "Acme built a tool that looks at columns, picks some, and fills them."


def test_some_of_those_who_are_named_stand() -> None:
    text = "Some of the Relay maintainers went to Lisbon for a week."
    assert leans(text)
    assert upright(text, 9, frozenset()) == text


@pytest.mark.parametrize(
    "text",
    [
        "Instead of doing this by hand, Acme runs a job.",
        "Both of them are cold in the morning.",
        "The next time Relay needs to compile a script, it reads the cache.",
        "They moved the queue to another port.",
        "Instead of planning for the last day, plan for a long week.",
        "Last year it was cold at night for weeks.",
    ],
)
def test_what_points_back_leans_all_the_same(text: str) -> None:
    assert upright(text, 1, ACTS) == ""


def test_so_goes_only_from_what_somebody_did() -> None:
    assert upright("So in February the author wrote a proposal.", 9, ACTS) == "In February the author wrote a proposal."
    assert upright("So Relay is the slower one of the two.", 9, frozenset()) == ""


def test_later_on_this_is_something_that_was_said() -> None:
    assert upright("This is the summary of a week at the harbour.", 40, frozenset()) == ""
    assert upright("This survey was sent to every harbour.", 40, frozenset()) == ""


def test_an_announcement_goes_without_the_end_that_leans() -> None:
    text = (
        "The post describes how Acme moved all of its queues to one port, and the open source tools it built on this."
    )
    assert (
        upright(text, 4, frozenset({"announces"})) == "The post describes how Acme moved all of its queues to one port."
    )
    assert upright(text, 4, frozenset()) == ""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("How Acme learned to warm its caches.", "The post explains how Acme learned to warm its caches."),
        ("How the author moved 600 posts.", "The post explains how the author moved 600 posts."),
        ("Why the Relay team rewrote its planner.", "The post explains why the Relay team rewrote its planner."),
        ("How teams deploy says a lot about them.", "How teams deploy says a lot about them."),
        ("Why it failed took a week to find out.", "Why it failed took a week to find out."),
        ("How a cache is filled depends on its size.", "How a cache is filled depends on its size."),
        ("How many caches were cold nobody knew.", "How many caches were cold nobody knew."),
        ("How does Acme warm its caches?", "How does Acme warm its caches?"),
        ("However cold it was, the cache helped.", "However cold it was, the cache helped."),
    ],
)
def test_what_stands_below_a_title_is_what_the_article_explains(text: str, told: str) -> None:
    assert as_subtitle(text) == told
