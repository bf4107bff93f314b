"""Which topic comes first, what does not count as one, who speaks, and forms that are easily mistaken."""

from __future__ import annotations

import pytest

from crawler.label import label_document, load_taxonomy
from crawler.model import Labels
from tests.unit.label.articles import document

TAXONOMY = load_taxonomy()


def _label(url: str, title: str, text: str = "A plain text.") -> Labels:
    return label_document(document(url, title, text), TAXONOMY)


@pytest.mark.parametrize(
    ("title", "first", "second"),
    [
        ("Distributed Rate Limiting", "scalability", "distributed-systems"),
        ("Deep Learning for Spam Detection", "anomaly-fraud", "deep-learning"),
        ("Sharding MySQL with Kubernetes", "databases", "kubernetes"),
    ],
)
def test_the_subject_before_what_qualifies_it(title: str, first: str, second: str) -> None:
    """The last noun of a compound and what a technique is for come first."""
    tags = _label("https://example.org/a", title).tags
    assert tags.index(first) < tags.index(second)


def test_common_words_count_in_titles_only() -> None:
    """A team in the text is in every text; in a title it is meant."""
    text = "The team met. A team needs a test, and teams deploy."
    assert "engineering-culture" not in _label("https://example.org/a", "Compiling Lua to WebAssembly", text).tags[:2]
    assert _label("https://example.org/a", "Growing Our Team", text).tags[0] == "engineering-culture"


def test_a_projects_own_name_says_little() -> None:
    """On the blog of Go every title has Go; what else it says comes first."""
    title = "Fuzzing and Goroutine Deadlocks in Go"
    text = "Go has a fuzzer now. Tests in Go find a deadlock."
    assert _label("https://go.dev/blog/x", title, text).tags[0] in ("testing", "concurrency")
    assert "go" in _label("https://go.dev/blog/x", title, text).tags


def test_a_broader_topic_is_named_but_not_first() -> None:
    """The parent of a topic follows it."""
    tags = _label("https://example.org/a", "Resharding Orders").tags
    assert tags[0] == "sharding"
    assert "databases" in tags


@pytest.mark.parametrize(
    ("url", "title", "company"),
    [
        ("https://segment.com/blog/x", "DynamoDB at Segment", "Segment"),
        ("https://medium.com/pinterest-engineering/x", "A Faster Feed", "Pinterest"),
        ("https://example.org/x", "Introducing Mongoose 8", "Mongoose"),
        ("https://stripe.com/blog/x", "Introducing Django Support", "Stripe"),
    ],
)
def test_who_speaks(url: str, title: str, company: str) -> None:
    """A title's signature stands above an address, and an address above what is launched."""
    assert _label(url, title).company == company


@pytest.mark.parametrize(
    ("url", "title", "kind"),
    [
        ("https://engineering.freeagent.com/x", "Ruby 3.2: A Present for Invoices", "case-study"),
        ("https://www.ruby-lang.org/en/news/x", "Ruby 3.2.0 Released", "release"),
        ("https://example.org/x", "Links of the Week: Weekly Reading #12", "community"),
        ("https://linkerd.io/x", "Encrypting Traffic between Clusters with Linkerd", "tutorial"),
    ],
)
def test_forms_that_are_easily_mistaken(url: str, title: str, kind: str) -> None:
    """Another's version is no release of one's own; a digest teaches nothing."""
    assert _label(url, title).kind == kind
