"""The narrower form of an article: told by phrases, always below its kind, and explained."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.label import label_document, load_taxonomy
from tests.unit.label.articles import document


@pytest.mark.parametrize(
    ("title", "text", "kind", "subkind", "evidence"),
    [
        (
            "A Cheat Sheet for Regular Expressions",
            "In this guide you will learn the marks that matter, step by step.",
            "tutorial",
            "reference",
            "Cheat Sheet",
        ),
        (
            "This Month in Kestrel",
            "The Kestrel team shipped three fixes.",
            "release",
            "project-update",
            "This Month in",
        ),
        ("The Weekly Newsletter #12", "Links of the week.", "community", "roundup", "Newsletter"),
        (
            "I Think We Should Drop Callbacks: A Proposal",
            "I think that callbacks hurt. This is a proposal to drop them.",
            "opinion",
            "proposal",
            "Proposal",
        ),
        ("Queues vs Logs: Trade-offs", "Two designs are weighed.", "design-pattern", "comparison", "vs"),
        ("My First Year as an Intern: A Diary", "My internship began in May.", "career", "diary", "My First"),
        ("Our Spring Meetup", "Attendees and speakers met.", "community", "event", "Meetup"),
        (
            "A New Code of Conduct",
            "We are pleased to announce a code of conduct for the community.",
            "community",
            "announcement",
            "Code of Conduct",
        ),
    ],
)
def test_each_narrower_kind_is_told(title: str, text: str, kind: str, subkind: str, evidence: str) -> None:
    """With its words and their place; the basic kind stays what it is."""
    labels = label_document(document("https://pat.example/a", title, text), load_taxonomy())
    assert (labels.kind, labels.subkind) == (kind, subkind)
    reason = next(r for r in labels.reasons if r.label == "subkind")
    assert (reason.value, reason.evidence, reason.where) == (subkind, evidence, "title")
    assert load_taxonomy().base_kind(subkind) == kind


@pytest.mark.parametrize("title", ["Using VS Code for Java", "How the Scheduler Talks to the Kernel"])
def test_a_word_in_passing_is_no_form(title: str) -> None:
    """An editor's name is no comparison, and a scheduler that talks is no event."""
    labels = label_document(document("https://pat.example/a", title, "Threads are put in order."), load_taxonomy())
    assert labels.subkind == ""


def test_a_category_of_the_publisher_tells_it() -> None:
    """As a title does."""
    labels = label_document(
        document("https://pat.example/a", "Spring News", "Speakers met.", categories=("Community", "Meetups")),
        load_taxonomy(),
    )
    assert (labels.kind, labels.subkind) == ("community", "event")
    assert next(r for r in labels.reasons if r.label == "subkind").where == "category"


def test_a_taxonomy_of_ones_own_adds_a_form(tmp_path: Path) -> None:
    """Its phrases are enough; no program is changed."""
    path = tmp_path / "own.yaml"
    path.write_text(
        "extends: default\nkinds:\n  kata: {label: Kata, parent: tutorial, title: [kata], opening: [exercise]}\n"
    )
    taxonomy = load_taxonomy(path)
    text = "In this tutorial you will learn to sort cards, step by step."
    labels = label_document(document("https://pat.example/a", "A Sorting Kata", text), taxonomy)
    assert (labels.kind, labels.subkind) == ("tutorial", "kata")
