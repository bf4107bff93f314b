"""Each sign of a kind tells its articles from those that only look like them, and the rules are sound data."""

from __future__ import annotations

import pytest

from crawler.label import label_document, load_taxonomy
from crawler.label.kinds.rules import load_kind_rules
from crawler.model import Reason
from tests.unit.label.articles import document
from tests.unit.label.kinds.examples import EXAMPLES

TAXONOMY = load_taxonomy()
_PLACES = {"title", "category", "opening", "start", "heading", "url"}


def _kind(title: str, text: str) -> Reason:
    labels = label_document(document("https://pat.example/a", title, text), TAXONOMY)
    return next(reason for reason in labels.reasons if reason.label == "kind")


@pytest.mark.parametrize(
    ("kind", "title", "text"),
    [pytest.param(e.kind, *told, id=f"{e.sign}: {told[0]}") for e in EXAMPLES for told in e.told],
)
def test_a_sign_tells_its_kind(kind: str, title: str, text: str) -> None:
    """On a blog that nothing is known of."""
    assert _kind(title, text).value == kind


@pytest.mark.parametrize(
    ("kind", "title", "text"),
    [pytest.param(e.kind, *told, id=f"{e.sign}: {told[0]}") for e in EXAMPLES for told in e.not_told],
)
def test_what_only_looks_like_a_sign_tells_nothing(kind: str, title: str, text: str) -> None:
    """The same words in another sense, or in passing."""
    assert _kind(title, text).value != kind


def test_wordings_are_sound() -> None:
    """Each is of a basic kind and a place that is looked at, adds something, and does not stand everywhere."""
    for rule in load_kind_rules().wordings:
        where = f"{rule.kind}, {rule.place}: {rule.pattern.pattern}"
        assert TAXONOMY.kinds[rule.kind].parent is None, where
        assert rule.place in _PLACES, where
        assert 0 < rule.weight <= 4, where
        assert rule.pattern.search("") is None, where
        assert rule.pattern.search("A plain line of words") is None, where


def test_counted_words_are_sound() -> None:
    """Small letters, as texts are counted; they begin to tell before they tell all."""
    for tone in load_kind_rules().tones:
        assert TAXONOMY.kinds[tone.kind].parent is None, tone
        assert 0 <= tone.least < tone.full, tone
        assert tone.words, tone
        assert all(word == word.lower() for word in tone.words), tone


def test_a_counted_word_is_shown_as_the_text_has_it() -> None:
    """With its capitals, at the place that is named."""
    reason = _kind(
        "A Note", "Dataset after dataset was compared. Datasets differ in their median and distribution. " * 3
    )
    assert (reason.value, reason.where) == ("research", "text")
    assert reason.evidence in {"Dataset", "Datasets", "dataset", "compared", "median", "distribution"}


def test_a_long_text_about_nothing_has_a_kind_all_the_same() -> None:
    """The form alone decides then, and says so."""
    reason = _kind("Clouds", "Clouds pass over the hill and the river. " * 500)
    assert (reason.value, reason.rule, reason.where) == ("deep-dive", "shape", "shape")


@pytest.mark.parametrize(
    "end", ["/katib-0.10", "/blog/tarpan-1.20.0/", "/2024/05/heron-12.0.html", "/release/2.4.1", "/whats-in-heron-v3.1"]
)
def test_a_version_at_the_end_of_an_address_is_a_release(end: str) -> None:
    """Of whatever the title speaks."""
    labels = label_document(document(f"https://pat.example{end}", "Faster Tides", "A short note."), TAXONOMY)
    reason = next(reason for reason in labels.reasons if reason.label == "kind")
    assert (reason.value, reason.where) == ("release", "url")
    assert reason.evidence in end


@pytest.mark.parametrize(
    "end",
    [
        "/2024/05/04",
        "/2024-05-04",
        "/tides-05.2024",
        "/part-1.2",
        "/tides-with-heron-2.0.html",
        "/moving-to-4.2",
        "/upgrading-heron-4.2",
        "/tides-4",
    ],
)
def test_a_date_a_part_or_a_used_version_in_an_address_is_none(end: str) -> None:
    """They end an address as often."""
    labels = label_document(document(f"https://pat.example{end}", "Tides", "A short note."), TAXONOMY)
    assert labels.kind != "release"


@pytest.mark.parametrize("title", ["Upgrading to Heron 2.1", "Migrating the Tide Client from Heron 1.4 to 2.0"])
def test_what_was_moved_to_is_no_release_of_it(title: str) -> None:
    """Neither by the version in the title nor by the one at the end of the address."""
    page = document("https://pat.example/heron-2.1", title, "We moved in an afternoon, and two tests had to be mended.")
    assert label_document(page, TAXONOMY).kind != "release"
    announced = document("https://pat.example/heron-2.1", "Heron 2.1 Released", "It tells the tide at night.")
    assert label_document(announced, TAXONOMY).kind == "release"


@pytest.mark.parametrize(
    ("title", "given"),
    [
        ("Distributed Training on Spot Machines", False),
        ("Free Training for New Volunteers", True),
        ("Text-to-Speech on a Watch", False),
        ("The Chairman's Speech", True),
        ("Storing Billions of Events", False),
        ("Event Sourcing for Ferries", False),
        ("Two Upcoming Events", True),
    ],
)
def test_words_of_a_community_that_mean_something_else(title: str, given: bool) -> None:
    """A model is trained, a voice synthesised and an event stored where nobody meets."""
    labels = label_document(document("https://pat.example/a", title, ""), TAXONOMY)
    assert (labels.kind == "community") is given
