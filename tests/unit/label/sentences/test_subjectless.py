"""Lines that tell nothing of anybody, beside sentences that look like them."""

from __future__ import annotations

import pytest

from crawler.label.sentences.subjectless import tells_of_nobody


@pytest.mark.parametrize(
    "line",
    [
        "Attend at least two talks of another team.",
        "Then add the new label to every queue of the cluster.",
        "Carefully remove the old certificate before the restart.",
        "Don't be afraid of large pages in the kernel.",
        "Close the connection pool when the worker stops.",
        "Turn off all background jobs during the migration.",
        "Work out three times a week, and sleep well.",
        "Join Kestrel's community call on the last Thursday of May.",
        "Restart Kestrel and Relay and the backlog should be gone.",
        "To read more about the broker, visit the project's site.",
        "To find out more about the broker see the manual or its source.",
        "Pip install relay so that the worker finds its shards.",
        "Pay attention that all labels begin with a dot.",
        "Restart the broker and the backlog should be gone.",
        "Remove Kestrel and the other agents, which are no help.",
        "Go back to the first version of the planner.",
        "Build something real with the planner of the team.",
        "If the link is slow, consider a second broker in the office.",
        "For maps of one's own, avoid names that are in use.",
    ],
)
def test_an_instruction_has_no_subject(line: str) -> None:
    assert tells_of_nobody(line, item=False)


@pytest.mark.parametrize(
    "line",
    [
        "Seamlessly turns notebooks of a team into scheduled jobs.",
        "Runs entirely inside of the editor of the team.",
        "Clones the disk of a machine into a volume.",
        "Keeps the queue short by refusing work early.",
        "Was only a small change to the parser of the shell.",
        "Might as well be measured on the old hardware.",
        "Participated in the organisation of a first bar camp.",
        "Fixed the parser of the shell to keep its quotes.",
        "Not a queue in the usual sense of the word.",
        "Where n is the number of shards in the ring.",
        "(The old cluster was smaller than the new one.)",
        "“A shard is never moved twice in one night.”",
        "Turns out that nobody had read the manual before.",
        "Pace - the teams of the platform move fast.",
        "Just like a plain queue of the shell.",
        "Just need to work out why the shell fails at night.",
        "Very humbled to write about the shell of the team.",
        "Only an hour of work on the parser after a week away.",
        "Configuring the agent to read the endpoint (it needs a licence).",
        "Adding a dependency on another major version.",
        "Installing dashboards of the observability team (four of them).",
    ],
)
def test_a_verb_that_lost_its_subject_tells_of_nobody(line: str) -> None:
    assert tells_of_nobody(line, item=False)


@pytest.mark.parametrize(
    "line",
    [
        "Pull requests are merged by a queue that the team wrote.",
        "Runs of the planner take an hour.",
        "Checks of the index are cheap.",
        "Test Kitchen serves all teams of the company.",
        "Order Book was rewritten in Rust by the team.",
        "To read more than one shard, the planner keeps a queue.",
        "No shard waits for the index of another.",
        "Use cases of the planner are collected in a table.",
        "Search results of one module stand together.",
        "Make Four has a parser that was written in Rust.",
        "Once in place, use of the planner is limited to one team.",
        "Very few shells keep their history for a year.",
        "Tries are trees that serve prefix searches.",
        "Reads of one shard never wait for writes of another.",
        "Based on these figures, the team moved the queue to another zone.",
        "Buried in the manual is a note on the old format.",
        "Not all shards were moved in the first night.",
        "Where the old planner guessed, the new one measures.",
        "Adding a replica halves the time that a read takes.",
        "During the migration, the old queue served all reads.",
        "The first pass - the one that reads the index - takes a second.",
        "Fixed points of the iteration are found in a few steps.",
    ],
)
def test_a_sentence_with_a_subject_is_one(line: str) -> None:
    assert not tells_of_nobody(line, item=False)


def test_a_list_item_needs_a_verb() -> None:
    """Between paragraphs a line without a verb that we know may still have one; in a list it is a point."""
    line = "Native columnar execution from Scala code without a detour."
    assert tells_of_nobody(line, item=True)
    assert tells_of_nobody("New package for common operations on shards that no index covers.", item=True)
    assert tells_of_nobody("A peek into how the planner uses its index.", item=True)
    assert not tells_of_nobody("A bug where a failed move would not be tried again was fixed.", item=True)
    assert not tells_of_nobody("New shards are moved to the cluster that has room.", item=True)
    assert tells_of_nobody("Test new parsers with every change, catching slips early.", item=True)
    assert not tells_of_nobody("Test runs of the parser are kept for a week.", item=True)
    assert not tells_of_nobody("The ordered strategy evicts VMs by their index.", item=True)
    assert tells_of_nobody("Kestrel for working with the team to get this node in place.", item=True)
    assert not tells_of_nobody("Migration data flows through a network of its own.", item=True)
