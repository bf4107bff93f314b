"""What is printed where an article has no sentence that is good enough, and what is not printed even then."""

from __future__ import annotations

import pytest

from crawler.label import label_document, load_taxonomy
from crawler.label.sentences.measures import repeats
from tests.unit.label.articles import document

TAXONOMY = load_taxonomy()


def _summary(title: str, text: str) -> str:
    return label_document(document("https://parcelline.example/a", title, text), TAXONOMY).summary


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Quiet Caches at Night: a Look Back.", ""),
        ("Updated on 2021-09-19: add two more caches.", ""),
        ("If you like caches, you will love it. It was moved by night.", "It was moved by night."),
        ("Not a large cache in any sense. This is the tutorial of caches.", "This is the tutorial of caches."),
        ("This moves a cache. The page lists the caches of a night.", "The page lists the caches of a night."),
    ],
    ids=["the title", "a date of change", "the reader", "no sentence", "the rest of another"],
)
def test_the_least_bad_sentence_is_printed(text: str, printed: str) -> None:
    assert _summary("Quiet Caches at Night: A Look Back", text) == printed


def test_a_trifle_from_further_down_gives_way_to_what_the_page_is() -> None:
    """A page of changes says little of itself, and yet more than any of its lines."""
    lines = "\n\n".join(f"Row {n} of a table" for n in range(12))
    text = (
        f"This document provides information about Kestrel release v1.5.0 changes.\n\n{lines}\n\nAny tag is passed on."
    )
    assert _summary("Kestrel v1.5.0", text) == "The document provides information about Kestrel release v1.5.0 changes."


def test_that_there_is_a_page_is_no_statement() -> None:
    assert repeats("The post provides information about Kestrel release v1.5.0 changes.", "Kestrel v1.5.0")
    assert repeats("This is a list of the changes in Kestrel.", "Kestrel v1.5.0")
    assert not repeats("The post provides information about the locks of Kestrel v1.5.0.", "Kestrel v1.5.0")
