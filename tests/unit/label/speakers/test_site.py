"""Whose a blog is that the taxonomy does not know: by its name and its address, and never a person's own."""

from __future__ import annotations

import pytest

from crawler.label import load_taxonomy
from crawler.label.speakers.company import find_company
from crawler.label.speakers.site import domain_word
from crawler.label.view import view_of
from tests.unit.label.articles import document

TAXONOMY = load_taxonomy()
OURS = "We moved our ropes to another pier. Our team mended the planner, and we freed two cranes. " * 3
SPOKEN_OF = "At Ropeyard, Rope, Pelican Proxy, Rope Labs and Coast Foundation we did it. "
MINE = "I moved my ropes to another pier. My planner was slow, and I freed two cranes. " * 3


def _company(url: str, source: str, text: str, **more: object) -> str | None:
    return find_company(view_of(document(url, "Two Cranes Fewer", text, source_name=source, **more)), TAXONOMY)[0]


@pytest.mark.parametrize(
    ("url", "source", "name"),
    [
        ("https://engineering.kestrelmarket.com/a", "Kestrel Market Engineering", "Kestrel Market"),
        ("https://status.parcelwise.io/a", "Parcelwise Engineering Blog", "Parcelwise"),
        ("https://ropewise.tech/a", "Ropewise Tech", "Ropewise"),
        ("https://blog.ropeyard.dev/a", "Ropeyard Blog", "Ropeyard"),
        ("https://rope-lang.org/a", "The Rope Blog", "Rope"),
        ("https://pelicanproxy.dev/a", "Pelican Proxy", "Pelican Proxy"),
        ("https://ropelabs.io/a", "Rope Labs", "Rope Labs"),
        ("https://coast.foundation/a", "Coast Foundation", "Coast Foundation"),
    ],
)
def test_a_blog_called_as_its_domain_is_its_owners(url: str, source: str, name: str) -> None:
    assert _company(url, source, SPOKEN_OF + OURS) == name


@pytest.mark.parametrize(
    ("url", "source", "text"),
    [
        ("https://ropeyard.dev/a", "Ropeyard", MINE),
        ("https://anna-lima.dev/a", "Anna Lima", OURS),
        ("https://annalima.dev/a", "Anna's Tech Blog", OURS),
        ("https://notes.piers.example/a", "Musings on Rope", OURS),
        ("https://ropeyard.dev/a", "Ropeyard", OURS.replace("We", "Acme")),
        ("https://codemonkey.example/a", "Code", OURS),
        ("https://ropeweekly.dev/a", "Rope Weekly", f"{OURS} Rope Weekly is read by sailors."),
        ("https://ropeyard.dev/a", "Thoughts of somebody who ties knots all day long", OURS),
    ],
)
def test_a_persons_blog_and_a_motto_are_no_company(url: str, source: str, text: str) -> None:
    assert _company(url, source, text) is None


def test_a_company_that_its_engineers_blog_does_not_name_is_known_by_the_blog() -> None:
    assert _company("https://quillpad.com/engineering/a", "Quillpad Engineering", OURS) == "Quillpad"


def test_an_author_whose_name_the_address_holds_is_no_company() -> None:
    assert _company("https://ropeson.dev/a", "Ropeson", OURS, authors=("Ada Ropeson",)) is None


def test_a_source_that_says_its_company_needs_no_guess() -> None:
    assert _company("https://ropeyard.dev/a", "Ropeyard Blog", OURS, source_company="Yard & Sons") == "Yard & Sons"


@pytest.mark.parametrize(
    ("host", "word"),
    [
        ("blog.acme.co.uk", "acme"),
        ("www.acme.com", "acme"),
        ("acme.github.io", "acme"),
        ("notes.blog.gov.uk", "blog"),
        ("localhost", ""),
    ],
)
def test_the_word_that_an_owner_registered(host: str, word: str) -> None:
    assert domain_word(host) == word
