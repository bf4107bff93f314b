"""Whose "we" it is: acts of who speaks are told of them; what everybody does is told of nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.label.edits.rewrite import rewrite
from crawler.label.speakers.actor import actor_of
from crawler.label.speakers.whose_we import goes_along, mostly_now

ACME = actor_of("Acme", project=False)
AUTHOR = actor_of(None, project=False)
ALONE = replace(AUTHOR, alone=True)
TEAM = actor_of(None, project=False, shared=True)
WALK = replace(TEAM, along=True)


@pytest.mark.parametrize(
    "sentence",
    [
        "If we can store eight entries, and if we add one more, the table grows.",
        "As we visit each node, we mark its children.",
        "When we call the method twice, the cache answers.",
        "This is where we define the schema of the table.",
        "Now that we have a table, the query takes a second.",
        "We have three brokers in two zones.",
        "We come to the core of the matter.",
        "We first need to understand how a lease works.",
        "Before we get started, a word on leases.",
        "The lease is part of our daily lives.",
        "We all know that clocks drift.",
        "We generally want the lowest drift of a clock.",
        "It's easy to get our notes on the web.",
        "A fast clock may trick us into a late restart.",
    ],
)
def test_what_everybody_does_is_not_told_of_a_company(sentence: str) -> None:
    assert rewrite(sentence, ACME) == ""


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("When we moved the table, the query took a second.", "When Acme moved the table, the query took a second."),
        ("We have built three brokers in two zones.", "Acme has built three brokers in two zones."),
        ("We have a new broker in two zones.", "Acme has a new broker in two zones."),
        ("As we learn more, we hire in Lisbon.", "As Acme learns more, it hires in Lisbon."),
        ("We run three brokers in two zones.", "Acme runs three brokers in two zones."),
        ("We can also see that three brokers fail.", "Three brokers fail."),
    ],
)
def test_what_a_company_does_is_told_of_it(sentence: str, told: str) -> None:
    assert rewrite(sentence, ACME) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("We can also pass our own codec to the reader.", "One can also pass one's own codec to the reader."),
        ("The codec is fast, so we can use it in our loop.", "The codec is fast, so one can use it in the loop."),
        ("The codec hands us a buffer.", ""),
        ("We need a codec that reads both.", ""),
        ("This makes our loop slower than before.", ""),
        ("We met at a conference in Lisbon.", ""),
        ("We've released a codec that reads both.", "The author has released a codec that reads both."),
        ("I built a codec that reads both.", "The author built a codec that reads both."),
    ],
)
def test_beside_the_i_of_an_author_we_are_all_or_others(sentence: str, told: str) -> None:
    assert rewrite(sentence, ALONE) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Next we push the counter on the stack.", ""),
        ("We can pop the counter from the stack.", "One can pop the counter from the stack."),
        ("We built a counter that never overflows.", "The team built a counter that never overflows."),
        ("We will publish the counter in May.", "The team will publish the counter in May."),
    ],
)
def test_where_readers_go_along_no_step_is_a_team_s_act(sentence: str, told: str) -> None:
    assert rewrite(sentence, WALK) == told


def test_an_author_who_says_we_of_a_team_tells_what_they_did() -> None:
    assert rewrite("We moved the table to disk.", AUTHOR) == "The author moved the table to disk."


def test_who_takes_readers_along() -> None:
    assert goes_along("Let's start. Then let's see what happens. Now let’s stop.")
    assert not goes_along("Let's start. Our loop lets users stop.")
    steps = "We push one. We pop one. Then we can see it. Now we have two. We need three."
    assert mostly_now(steps)
    assert not mostly_now(steps + " We built it. We have moved it. We sold it.")
    assert not mostly_now("We push one. We pop one.")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("We believe that a lease is enough.", "The Kestrel project believes that a lease is enough."),
        ("We've met all maintainers in Lisbon.", "The Kestrel project has met all maintainers in Lisbon."),
        ("We added a lease for all brokers.", "Kestrel added a lease for all brokers."),
    ],
)
def test_what_only_people_do_is_no_tool_s_act(sentence: str, told: str) -> None:
    assert rewrite(sentence, actor_of("Kestrel", project=True)) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("From a set of rows, we can derive more of them.", "From a set of rows, one can derive more of them."),
        ("To rank the rows of a table, we need to sort them.", ""),
        ("We must sort the rows before they are ranked.", ""),
        ("We could cut the costs of a sort in half.", "The team could cut the costs of a sort in half."),
        ("We will sort the rows in the next release.", "The team will sort the rows in the next release."),
        ("We sorted the rows, as they need to be ranked.", "The team sorted the rows, as they need to be ranked."),
    ],
)
def test_what_can_or_must_be_done_is_nobodys_act(sentence: str, told: str) -> None:
    """Where nobody knows who "we" are."""
    assert rewrite(sentence, TEAM) == told
