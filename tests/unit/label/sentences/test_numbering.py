"""Headings without the number by which they are counted."""

from __future__ import annotations

import pytest

from crawler.blocks import blocks_of_text
from crawler.label.sentences.splitting import without_number
from crawler.label.summary.listing import points_of
from crawler.label.view import view_of
from crawler.model import Document

PROSE = "The harbour keeps its tide tables in order, and warm caches and cold starts are measured before each backup."


@pytest.mark.parametrize(
    "number",
    ["2. ", "2.", "2) ", "2: ", "2 ", "2.1 ", "2.1. ", "1) 2) ", "iv. ", "B) ", "#2 ", "#2: ", "Step 2: ", "Part 2 – ",
     "Lesson 2 - ", "Chapter 2. "],
)  # fmt: skip
def test_what_counts_a_heading_is_taken_off(number: str) -> None:
    assert without_number(f"{number}Tide tables") == "Tide tables"


@pytest.mark.parametrize(
    "heading", ["3.5x faster writes", "10:30 drills", "5G masts", "3D charts", "i.e. nothing", "2.4.1"]
)
def test_a_figure_that_is_said_stays(heading: str) -> None:
    assert without_number(heading) == heading


@pytest.mark.parametrize(
    "names", [("Tide tables", "Warm caches", "Cold starts"), ("The good stuff", "Relays", "Joins")]
)
@pytest.mark.parametrize("number", ["{}. ", "Lesson {} - ", "Chapter {}: ", "2.{} "])
def test_what_a_post_covers_is_told_without_numbers(number: str, names: tuple[str, ...]) -> None:
    text = "\n\n".join(f"## {number.format(n)}{name}\n\n{PROSE}" for n, name in enumerate(names, 1))
    view = view_of(Document("https://blog.example/post", "Harbours", blocks_of_text(text)))
    first, second, third = (name.lower() for name in names)
    assert points_of(view, "tutorial", []).lower() == f"the post covers {first}, {second}, and {third}."
