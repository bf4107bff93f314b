"""Guests on a blog are told by their own name."""

from __future__ import annotations

import pytest

from crawler.blocks import blocks_of_text
from crawler.label.speakers.guest import guest_of, user_of, uses
from crawler.label.taxonomy.loading import load_taxonomy
from crawler.label.view import View, view_of
from crawler.model import Document

TITLE = "Globex joins the Kestrel Foundation"


def _view(text: str, title: str = TITLE) -> View:
    return view_of(Document("https://kestrel.example/blog/a", title, blocks_of_text(text)))


@pytest.mark.parametrize(
    ("text", "guest"),
    [
        ("At Globex, we move a million parcels a day.", "Globex"),
        ("Here at Globex we move a million parcels a day.", "Globex"),
        ("My team at Globex moves a million parcels a day.", "Globex"),
        ("We at Globex believe in open source.", "Globex"),
        ("Teams at Globex move a million parcels a day.", ""),
        ("At Kestrel, we welcome Globex.", ""),
        ("Our team at Initech moves a million parcels a day.", ""),
    ],
)
def test_who_says_we(text: str, guest: str) -> None:
    assert guest_of(_view(text), "Kestrel") == guest


@pytest.mark.parametrize(
    ("title", "text", "user"),
    [
        (
            "Globex: Kestrel at work",
            "Globex has grown. We chose Kestrel in May. We run Kestrel in two towns.",
            "Globex",
        ),
        (
            "Why we moved",
            "Globex has grown. Before Kestrel, we had none. Our move to Kestrel took Globex a year.",
            "Globex",
        ),
        ("Interview with Globex", "We asked Ana how Globex uses Kestrel. It serves a million parcels.", "Globex"),
        ("Why we moved", "Postgres has grown. We use Kestrel daily. We run Kestrel with Postgres.", ""),
        ("How Globex uses Kestrel", "We use Kestrel at Globex. We run Kestrel in two towns.", "Globex"),
        ("Why our APIs moved", "Globex has grown. We use Kestrel daily. Our APIs run. Globex moved to Kestrel.", ""),
        ("Why our APIs moved", "Globex has grown. We use Kestrel. We run Kestrel for our APIs at Globex.", "Globex"),
        ("Why we moved", "This is our story. We use Kestrel daily. We run Kestrel twice. This is why.", ""),
        ("Why we moved", "Software is slow. We use Kestrel. We run Kestrel. Software is fast, and software lasts.", ""),
        ("Kestrel at Scale", "We use Kestrel at Scale. We run Kestrel at a scale of thousands.", ""),
        ("Kestrel 2 is out", "Kestrel has grown. We released Kestrel 2. We fixed Kestrel for all.", ""),
    ],
)
def test_who_uses_a_project_and_tells_of_it(title: str, text: str, user: str) -> None:
    view = _view(text, title)
    assert (user_of(view, "Kestrel", load_taxonomy().book) if uses(view, "Kestrel") else "") == user


def test_an_occasion_is_no_guest() -> None:
    assert guest_of(_view("At KestrelCon Lisbon, we met all of them.", "KestrelCon Lisbon"), "Globex") == ""
