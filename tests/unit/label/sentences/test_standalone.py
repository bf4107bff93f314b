"""What leans on the sentence before it, and what is only the rest of that."""

from __future__ import annotations

import pytest

from crawler.label.sentences.standalone import goes_on, leans, stands


@pytest.mark.parametrize(
    "sentence",
    [
        "When this is done, the planner reads the index once.",
        "The team hopes that this will shorten the nightly run.",
        "Most of these workers were idle for half of the day.",
        "Using these, the broker finds its shards by itself.",
        "Acme plans to do that in the next version.",
        "The new gateway was meant to do just that for years.",
        "Acme stores these events in one table.",
        "After the change the slowest read fell from 9 ms to 2 ms.",
        "The gateway closes that gap by warming both caches.",
        "A full queue in the middle of the night is such a case.",
        "The team had done it for many years by hand.",
        "Acme has written a parser for it: a library that reads logs.",
        "Now that shards move at night, readers wait less.",
        "If it is full, the queue refuses work.",
        "The last step is to check that the queue is empty.",
        "The next step was to move the queue.",
        "The interesting parts are the queue and its index.",
        "The first thing that the team did was to move the queue.",
        "Option 2 for the queue is easier.",
        "The team submitted it to the fair and was taken.",
        "What the team does instead is to move the queue by night.",
        "In advance of that, the team moved the queue.",
        "Acme has worked with them for a year on a queue.",
        "The first version of the queue kept its shards in memory.",
        "With the queue now empty, the broker sleeps.",
        "While the latter will need a queue, readers wait less.",
        "The team has been wrestling for a year with these locking bugs.",
        "There are a few rules there: a queue is never empty.",
        "The queue exposes that via a stream of keys.",
        "Acme moved all of its queues to using this project.",
        "The team recaps and expands upon some of them.",
        "Ben had a queue of his own.",
        "Ana and Ben moved the queue to a disk.",
        "In the spring, Ben moved the queue.",
    ],
)
def test_this_and_these_point_back_from_within(sentence: str) -> None:
    assert leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Acme rebuilt its planner this year.",
        "The planner does that which no index can.",
        "The night, in which shards move and nobody reads, keeps these moves cheap.",
        "Few teams measure latency these days.",
        "The steps of a move are kept in a queue.",
        "The first version of a queue is always wrong.",
        "The best part of the broker is its queue.",
        "A queue is read or written, and the latter takes longer.",
        "Ben Lima had a queue of his own.",
        "Option 2: the queue is kept on a disk.",
        "In front of queues that are full, a cache is cheap.",
    ],
)
def test_what_a_sentence_brings_with_it_stands(sentence: str) -> None:
    assert not leans(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "And the planner reads the index once.",
        "They met every week to read the reports.",
        "For example, a shard of one gigabyte moves in a minute.",
        "These are the shards that move first.",
        "These shards are moved first.",
        "But the old planner was kept for a year.",
        "It was replaced by a planner without an index.",
        "Most of these are moved at night.",
        "In this case, the planner reads the index.",
        "This makes a move cheap.",
        "This means that a shard moves once.",
        "The second is a gateway for the old clients.",
        "That’s why the broker keeps two logs.",
    ],
)
def test_the_rest_of_the_sentence_before_is_left_out(sentence: str) -> None:
    assert goes_on(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "This release moves shards at night.",
        "This reduces the time of a move by half.",
        "This is the third version of the planner.",
        "It shards the log by time.",
        "The second version of the planner is faster.",
        "Theirs is a planner without an index.",
    ],
)
def test_what_names_its_subject_may_follow(sentence: str) -> None:
    assert not goes_on(sentence)


def test_what_only_may_not_come_first_follows_any_sentence() -> None:
    assert stands("There are two ways to move a shard.")
    assert stands("The first version of the queue kept shards in memory.")
    assert not stands("There are a few rules there: a queue is never empty.")
    assert not stands("The next step was to move the queue.")
