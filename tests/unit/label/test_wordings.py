"""Words that look like a topic or a form and are none, and the other way round."""

from __future__ import annotations

import pytest

from crawler.label import label_document, load_taxonomy
from crawler.label.audience import roles_of
from crawler.model import Labels
from tests.unit.label.articles import document

TAXONOMY = load_taxonomy()


def _label(title: str, text: str = "A short note.", url: str = "https://pat.example/a") -> Labels:
    return label_document(document(url, title, text), TAXONOMY)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Monitoring Your Services with Linkerd 2.0", "release"),
        ("Matching Queries and Ads in Sponsored Search", "community"),
        ("The Ranking Behind Course Recommendations", "community"),
        ("A State-of-the-Art Chatbot", "community"),
        ("Machine Learning for Maps", "tutorial"),
    ],
)
def test_a_word_in_passing_makes_no_kind(title: str, kind: str) -> None:
    """A version that is only used, a course that is only the subject."""
    reason = next(r for r in _label(title).reasons if r.label == "kind")
    assert (reason.value, reason.rule) != (kind, "wording")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Golang UK 2015", "community"),
        ("Developer Survey 2025 Results", "community"),
        ("Announcing Kestrel 2.4", "release"),
        ("Allow Idle Servers to Sleep", "release"),
    ],
)
def test_a_form_is_told_by_its_title(title: str, kind: str) -> None:
    """Events by their year, surveys by their results, features by what they allow."""
    assert _label(title).kind == kind


@pytest.mark.parametrize(
    ("title", "tag"),
    [
        ("Custom Startup Snapshots", "engineering-culture"),
        ("A State-of-the-Art Chatbot", "community-events"),
        ("Scheduling Long-Running Jobs", "careers"),
        ("Early Impressions of Go", "ads"),
        ("A Development Log", "observability"),
    ],
)
def test_a_word_in_passing_makes_no_topic(title: str, tag: str) -> None:
    """Words that name a topic elsewhere."""
    assert tag not in _label(title).tags[:1]


@pytest.mark.parametrize(
    ("title", "first"),
    [
        ("Predicting Demand Using Deep Learning", "forecasting"),
        ("Plotting with Matplotlib", "data-viz"),
        ("Rust in Production at Parcelline", "rust"),
        ("Real-Time Fraud Detection", "anomaly-fraud"),
    ],
)
def test_the_subject_comes_before_its_means(title: str, first: str) -> None:
    """What a title does something with, or how quickly, is not what it is about."""
    assert _label(title).tags[0] == first


def test_a_broader_topic_is_told_with_its_reason() -> None:
    """Where there is room; its words are those of the narrower one."""
    labels = _label("Exactly-Once Stream Processing in Flink")
    reason = next(r for r in labels.reasons if r.label == "tag" and r.value == "data-engineering")
    assert reason.rule == "broader than stream-processing"
    assert reason.evidence in "Exactly-Once Stream Processing in Flink"


def test_a_role_that_few_topics_speak_for_is_left_out() -> None:
    """Two or three roles that care most; each names the tag behind it."""
    roles, reasons = roles_of(("cryptography",), "deep-dive", TAXONOMY)
    assert roles == tuple(TAXONOMY.tags["cryptography"].roles[:2])
    assert {reason.evidence for reason in reasons} == {"cryptography"}
