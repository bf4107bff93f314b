"""The labelled topics name tags that exist, and ours keep their floors where the corpus lies beside the checkout."""

from __future__ import annotations

import json

import pytest

from crawler.label import load_taxonomy
from tests.eval.measured import on_shared
from tests.eval.topics import LABELLED, MARKED
from tests.support.shared import needs_shared

FLOORS = {"first": 0.945, "printed": 0.9, "section": 0.88, "first_held": 0.71, "printed_held": 0.77}


def test_labels_are_tags_of_the_taxonomy() -> None:
    """Each once, and each article has at least one that would be right as the first."""
    tags = load_taxonomy().tags
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        named = [*row["main"], *row["also"]]
        assert row["main"], row["url"]
        assert len(named) == len(set(named)), row["url"]
        assert set(named) <= tags.keys(), row["url"]


def test_topics_that_readers_named_are_tags_of_the_taxonomy() -> None:
    """Three at the most, each once."""
    tags = load_taxonomy().tags
    for line in MARKED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert len(row["tags"]) == len(set(row["tags"])) <= 3, row["url"]
        assert set(row["tags"]) <= tags.keys(), row["url"]


@pytest.mark.shared
@pytest.mark.slow
@needs_shared
def test_topics_keep_their_floors() -> None:
    figures = on_shared("topics")
    assert {k: figures[k] for k, floor in FLOORS.items() if figures[k] < floor} == {}
