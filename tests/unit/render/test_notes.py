"""An editor's notes: Markdown, formulas in every spelling, nothing that acts."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.render.notes import notes_html


def html_of(markdown: str) -> str:
    made = notes_html(markdown, "n.md").html
    ET.fromstring(f"<div>{made}</div>")
    return made


@pytest.mark.parametrize(
    ("markdown", "count", "blocks"),
    [
        (r"so \(x + y\) and $z$", 2, 0),
        ("$$x$$", 1, 1),
        ("words\n\\[\na\n= b\n- c\n\\]\nwords", 1, 1),
        ("$$\na\n\n$$", 0, 0),
        ("It costs $5 and then $6.", 0, 0),
        ("A price of $5$6", 0, 0),
        (r"\$x$ and \\(x\\)", 0, 0),
        ("`$x$` stays code", 0, 0),
        ("```\n$$\nx\n$$\n```", 0, 0),
        ("- point $x_i$\n\n> said \\(y\\)", 2, 0),
    ],
)
def test_formulas_are_found_where_they_are_meant(markdown: str, count: int, blocks: int) -> None:
    made = html_of(markdown)
    assert made.count("<math") == count
    assert made.count('display="block"') == blocks


def test_raw_html_is_the_words_that_it_is() -> None:
    made = html_of("<script>alert(1)</script> <b onclick=x>b</b>\n\n<iframe src=https://evil.example></iframe>")
    assert "<script" not in made
    assert "<iframe" not in made
    assert "&lt;script&gt;" in made


def test_addresses_that_act_are_no_links() -> None:
    made = html_of("[a](javascript:alert(1)) [b](data:text/html,x) [c](#queues) [d](https://ok.example)")
    assert made.count("<a ") == 2
    assert notes_html("x\n\n[c](#queues)", "n.md", first_line=5).anchors == ((7, "queues"),)


def test_headings_begin_below_the_topic_and_leave_no_level_out() -> None:
    made = html_of("# A\n\n#### B\n\n## C")
    assert [made.find(part) >= 0 for part in ("<h3>A</h3>", "<h5>B</h5>", "<h4>C</h4>")] == [True] * 3


def test_a_wrong_formula_is_told_with_its_line() -> None:
    with pytest.raises(ValueError, match=r"^notes/x\.md:14: the formula '\\\\frac{a': a { without its }$"):
        notes_html("one\n\ntwo\nthree $\\frac{a$", "notes/x.md", first_line=11)
    with pytest.raises(ValueError, match=r"^n\.md:3: "):
        notes_html("one\n\n$$\n\\nonsense\n$$", "n.md")


@given(st.text(alphabet="\\$()[]{}x_^ \n#-`<>&|*1", max_size=80))
def test_whatever_is_written_is_well_formed_or_an_error_with_its_line(markdown: str) -> None:
    told = "n.md:"
    try:
        html_of(markdown)
    except ValueError as error:
        told = str(error)
    assert told.startswith("n.md:")
