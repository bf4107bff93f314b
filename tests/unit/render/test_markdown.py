"""The roundup form, element by element as its model has them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from crawler.model import Image, Issue, Item, Section
from crawler.render import render
from crawler.yamldoc import load_yaml
from tests.golden.issue import ISSUE


def _made(**given: object) -> str:
    issue: Issue = replace(ISSUE, **given)  # type: ignore[arg-type]
    return render(issue, "markdown")


def _front(made: str) -> dict[str, object]:
    front = load_yaml(made.split("---\n")[1], "front")
    assert isinstance(front, dict)
    return front


def test_the_elements_come_in_the_order_of_the_roundup() -> None:
    """Title with number, standing line, lead, items each with audience, image, summary; tags; comments."""
    flat = replace(ISSUE, sections=(Section("", "", ISSUE.items),), show_sections=False)
    blocks = render(flat, "markdown").split("\n---\n", 1)[1].strip().split("\n\n")
    assert blocks[0] == "# Weekend Reading #84"
    assert blocks[1].startswith("Weekend Reading: A weekly roundup of")
    assert blocks[2].startswith("This week: ")
    for start, item in ((3, ISSUE.items[0]), (8, ISSUE.items[1])):
        assert blocks[start].startswith("### [")
        assert blocks[start + 1].startswith("👉 For ")
        assert blocks[start + 2].startswith(f"![{item.image.alt if item.image else ''}](https://")
        assert blocks[start + 3].startswith(item.summary[:30])
        assert blocks[start + 4].startswith("*")
    assert blocks[-3].startswith("**Tags:** llm, ")
    assert blocks[-2:] == ["**Comments:**", "Please log in to add comments."]


def test_the_standing_line_names_the_publication_once() -> None:
    """A tagline that begins with the title is not given it again."""
    assert "\nWeekend Reading: All of it.\n" in _made(tagline="Weekend Reading: All of it.")


def test_front_matter_is_yaml_whatever_the_words() -> None:
    """Colons, quotes and line breaks in the operator's or a blog's words stay values."""
    made = _made(
        title='A "week": of\n--- reading',
        tags=("a: b", "- c", "#d"),
        cover=Image("https://x.example/i.png", "it's: [x]"),
    )
    front = _front(made)
    assert front["title"] == 'A "week": of --- reading #84'
    assert front["tags"] == ["a: b", "- c", "#d"]
    assert front["cover"] == {"image": "https://x.example/i.png", "alt": "it's: [x]"}


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "/relative", ""])
def test_an_address_that_is_none_is_not_linked(url: str) -> None:
    """Items, images and covers with other schemes lose the link and keep their words."""
    item = Item(title="A title", url=url, image=Image(url, "alt"), summary="Words.", also_at=(("there", url),))
    made = _made(sections=(Section("", "", (item,)),), cover=Image(url, "alt"))
    assert "### A title\n" in made
    assert "![" not in made
    assert "also at" not in made
    assert "cover" not in _front(made)


def test_an_image_without_alt_takes_the_title() -> None:
    """Every image has words for those who cannot see it."""
    item = Item(title="A [title]", url="https://x.example/", image=Image("https://x.example/i.png"), summary="Words.")
    assert "![A \\[title\\]](https://x.example/i.png)" in _made(sections=(Section("", "", (item,)),))


def test_what_the_editor_wrote_in_markdown_stays_markdown() -> None:
    """A body of the editor's stands in place of the summary, unescaped; opening and section text as well."""
    item = Item(title="T", url="https://x.example/", summary="Bold words.", body="**Bold** words.")
    issue: Issue = replace(ISSUE, sections=(Section("", "", (item,), "A *word*."),), opening="> Hello")
    made = render(issue, "markdown")
    assert "\n\n**Bold** words.\n\n" in made
    assert "\n\n> Hello\n\n" in made
    assert "\n\nA *word*.\n\n" in made
    plain = render(issue, "text")
    assert "Bold words." in plain
    assert "A word." in plain


def test_a_comments_address_becomes_a_link() -> None:
    """The comments block takes a sentence or an address."""
    assert "[Join the discussion](https://forum.example/84)" in _made(comments="https://forum.example/84")


def test_lines_of_plain_text_are_short_but_for_addresses() -> None:
    """Text for terminals and mail; addresses are never broken."""
    for line in render(ISSUE, "text").splitlines():
        assert len(line) <= 78 or "https://" in line


def test_points_and_an_editors_paragraphs_are_folded_under_their_words() -> None:
    """Each point of a list keeps its mark and hangs below it; short lines stay as they were written."""
    words = "word " * 40
    item = Item("T", "https://t.example/", notes=f"1. **One:** {words}\n   - {words}\n2. two")
    made = render(
        replace(ISSUE, opening=f"Before we begin, {words}\nshort", sections=(Section("", "", (item,)),)), "text"
    )
    assert isinstance(made, str)
    lines = made.splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= 78
    first = next(n for n, line in enumerate(lines) if line.startswith("  1. One: word"))
    assert lines[first + 1].startswith("     word")
    below = next(n for n, line in enumerate(lines) if line.startswith("     - word"))
    assert lines[below + 1].startswith("       word")
    assert "  2. two" in lines
    assert "short" in lines


BODY = r"""A **rich** word\_with `a*b*c`, [a page](https://w.example/Rust_(language)) & <b>more</b>.\
Second line; <https://bare.example/>, <ann@mine.example>.

> said
> so

```python
def f(**kw):

    return "# no heading"
```

| a | b |
|---|---|
| 1 | *2* |

1. one

   more of it
2. ![A map](https://p.example/m.png)"""

BODY_TEXT = """  A rich word_with a*b*c, a page (https://w.example/Rust_(language)) &
  <b>more</b>.
  Second line; https://bare.example/, ann@mine.example.

  > said
  > so

      def f(**kw):

          return "# no heading"

  a | b
  1 | 2

  1. one

     more of it

  2. A map (https://p.example/m.png)
"""


def test_plain_text_says_all_that_an_editor_wrote() -> None:
    """Addresses, quotations, code, tables and lists of an item's own text, with the marks resolved."""
    item = Item("T", "https://t.example/", summary="Words alone.", body=BODY)
    issue = replace(ISSUE, opening="See [this](https://o.example/a_(b)).", sections=(Section("", "", (item,)),))
    made = render(issue, "text")
    assert BODY_TEXT in made
    assert "See this (https://o.example/a_(b))." in made
    assert "Words alone" not in made
