"""Which topics an article is clearly about, and so which are printed."""

from __future__ import annotations

import pytest

from crawler.label import label_document, load_taxonomy
from crawler.label.clear import clear_topics
from crawler.model import Reason
from tests.unit.label.articles import case_study, document


@pytest.mark.parametrize(
    ("scores", "clear"),
    [
        ({}, 0),
        ({"databases": 0.5}, 1),
        ({"databases": 5.0, "go": 4.0, "cloud": 0.9}, 2),
        ({"databases": 5.0, "go": 4.9, "cloud": 4.8, "cost": 4.7}, 3),
        ({"release-news": 9.0, "databases": 2.0, "jvm": 1.5, "security": 0.5}, 3),
        ({"release-news": 9.0, "community-events": 8.0, "databases": 1.0, "jvm": 0.9}, 3),
        ({"release-news": 9.0, "community-events": 2.0}, 1),
    ],
)
def test_clear_are_the_surest_and_those_that_are_nearly_as_sure(scores: dict[str, float], clear: int) -> None:
    """At most three; a release's form is measured apart from its subject, which is always among them."""
    assert clear_topics([Reason("tag", tag, "phrase", tag, "title", score) for tag, score in scores.items()]) == clear


def test_every_labelled_article_has_as_many_as_it_tells() -> None:
    """At least one where there is a tag, and never more than there are."""
    for doc in (case_study(), document("https://example.org/x", "Kartoffeln", "Nothing of note.")):
        labels = label_document(doc, load_taxonomy())
        assert bool(labels.signals.topics) == bool(labels.tags)
        assert labels.signals.topics <= min(3, len(labels.tags))
