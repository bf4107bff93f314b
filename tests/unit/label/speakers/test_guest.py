"""Guests on a blog are told by their own name."""

from __future__ import annotations

import pytest

from crawler.blocks import blocks_of_text
from crawler.label.speakers.guest import guest_of
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


def test_an_occasion_is_no_guest() -> None:
    assert guest_of(_view("At KestrelCon Lisbon, we met all of them.", "KestrelCon Lisbon"), "Globex") == ""
