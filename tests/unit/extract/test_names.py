"""Strings in which sites name authors become people; of two statements the fuller one stands."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from crawler.extract import better, extract_entry, extract_page
from crawler.extract.names import clean_authors, fuller_names
from tests.unit.extract.support import MORE, PROSE, entry, page

BOTH = ("Ann Lee", "Bo Ek")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("By Ann Lee, Bo Ek and Cy Ott", ("Ann Lee", "Bo Ek", "Cy Ott")),
        ("By Ann Lee, Bo Ek, and Cy Ott", ("Ann Lee", "Bo Ek", "Cy Ott")),
        ("Ann Lee with Bo Ek", BOTH),
        ("Ann Lee | Bo Ek", BOTH),
        ("Ann Lee (Example), Bo Ek (Sample)", BOTH),
        ("Posted by Ann Lee, Software Engineer, and Bo Ek, Research Scientist", BOTH),
        ("Ann Lee – Staff Engineer at Example", ("Ann Lee",)),
        ("Ann Lee, Example Inc.", ("Ann Lee",)),
        ("Ann Lee et al.", ("Ann Lee",)),
        ("Ann Lee @annlee", ("Ann Lee",)),
        ("Ann Lee <ann@example.org>", ("Ann Lee",)),
        ("Written by Ann Lee on May 3, 2020", ("Ann Lee",)),
        ("May 3, 2020 by Ann Lee", ("Ann Lee",)),
        ("J. R. R. Lee and Bo Ek", ("J. R. R. Lee", "Bo Ek")),
        ("Ann Lee, PhD and Bo Ek, Jr.", ("Ann Lee PhD", "Bo Ek Jr")),
        ("Ludwig van der Berg & María José Núñez y Pérez", ("Ludwig van der Berg", "María José Núñez y Pérez")),
        ("Jean-Luc Ek", ("Jean-Luc Ek",)),
        ("作者：张三", ("张三",)),
        ("The Example Engineering Team", ("The Example Engineering Team",)),
        ("Ann Lee and the Example Engineering Team", ("Ann Lee",)),
        ("annlee", ("annlee",)),
        ("admin", ()),
    ],
)
def test_people_in_a_string(said: str, names: tuple[str, ...]) -> None:
    assert clean_authors([said]) == names


@pytest.mark.parametrize(
    ("told", "others", "names"),
    [
        (("Ann Lee",), BOTH, BOTH),
        (("ann",), ("Ann Lee",), ("Ann Lee",)),
        (("A. Lee",), ("Ann Lee",), ("Ann Lee",)),
        (("azu",), ("Ann Lee",), ("Ann Lee",)),
        (("The Example Team",), ("Ann Lee",), ("Ann Lee",)),
        (("Ann Lee",), ("Bo Ek",), ("Ann Lee",)),
        (("Ann Lee",), ("The Example Team",), ("Ann Lee",)),
        (("Cher",), ("Bo Ek",), ("Cher",)),
        ((), ("The Example Team",), ("The Example Team",)),
        (BOTH, ("Ann Lee",), BOTH),
    ],
)
def test_the_fuller_of_two_statements(told: tuple[str, ...], others: tuple[str, ...], names: tuple[str, ...]) -> None:
    assert fuller_names(told, others) == names


def test_the_page_names_people_where_the_feed_names_a_team() -> None:
    said = entry("", "A short word on queues.", authors=("The Example Team",))
    read = extract_page(page("", "<meta name='author' content='Ann Lee'>"), said.url, entry=said)
    assert better(read, extract_entry(said), said).authors == ("Ann Lee",)


def linked(*nodes: Mapping[str, object]) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@graph': nodes})}</script>"


WORKS = {"@type": "Organization", "name": "Sample Works"}
ANN = {"@type": "Person", "@id": "#ann", "name": "Ann Lee"}
BO = {"@type": "Person", "@id": "#bo", "name": "Bo Ek"}
BYLINE = "<h1>Giving work back</h1><p>By Ann Lee</p>"


@pytest.mark.parametrize(
    ("head", "top", "authors"),
    [
        (linked({"@type": "Article", "author": [WORKS, ANN]}), "", ("Ann Lee",)),
        (linked({"@type": "Article", "author": WORKS}), BYLINE, ("Ann Lee",)),
        (linked({"@type": "Article", "author": WORKS}), "", ("Sample Works",)),
        (linked({"@type": "BlogPosting", "author": [{"@id": "#ann"}, {"@id": "#bo"}]}, ANN, BO), "", BOTH),
        ("<meta name='author' content='The Example Team'>", BYLINE, ("Ann Lee",)),
        ("<meta name='citation_author' content='Lee, Ann'><meta name='citation_author' content='Ek, Bo'>", "", BOTH),
        (
            "",
            "<h1>Giving work back</h1><p><b>Authors: </b>&nbsp;Ann Lee, Bo Ek<br><b>Date: </b>&nbsp;03 May 2019<br></p>",
            BOTH,
        ),
    ],
)
def test_people_go_before_teams(head: str, top: str, authors: tuple[str, ...]) -> None:
    html = f"<html><head>{head}</head><body><article>{top}<div class='post-content'><p>{PROSE}</p><p>{MORE}</p></div></article></body></html>"
    assert extract_page(html.encode(), "https://blog.example/giving-work-back").authors == authors


@pytest.mark.parametrize(
    "top",
    [
        "<h1>Giving work back</h1><p>May 3, 2019</p><h2>Small Batches</h2>",
        "<h1>Giving work back</h1><p>See <a href='https://docs.example/authoring-flows/'>Small Batches</a></p>",
        "<h1>Giving work back</h1><p>See <a href='https://docs.example/authors/'>all who wrote</a></p>",
    ],
)
def test_headings_and_links_are_nobody(top: str) -> None:
    html = (
        f"<html><body><article>{top}<div class='post-content'><p>{PROSE}</p><p>{MORE}</p></div></article></body></html>"
    )
    assert extract_page(html.encode(), "https://blog.example/giving-work-back").authors == ()
