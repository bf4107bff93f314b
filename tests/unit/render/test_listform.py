"""The list form: element by element, and front matter for each site generator."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from markdown_it import MarkdownIt

from crawler.model import Item, Section
from crawler.render import TextFormat, render
from crawler.render.options import RenderOptions
from crawler.settings import FrontMatter
from crawler.text import escape_markdown
from crawler.yamldoc import load_yaml
from tests.golden.issue import ISSUE

NOTES = "1. **Overall design**:\n   - **Retrieval**: a pipeline that answers.\n   - Calls to tools.\n2. **Later**:\n   - More."


def _front(style: FrontMatter = "hugo") -> dict[str, Any]:
    made = render(ISSUE, "hugo", RenderOptions(front_matter=style))
    front: dict[str, Any] = load_yaml(made.split("---\n")[1], "front")
    return front


def _body(*items: Item, name: TextFormat = "hugo") -> str:
    made = render(replace(ISSUE, sections=(Section("", "", items),)), name)
    return made.split("\n---\n", 1)[1]


def test_front_matter_is_that_of_a_list() -> None:
    """Title, date with offset, draft, both switches of the table of contents, cover with alt, tags."""
    front = _front()
    assert list(front) == ["title", "date", "draft", "showToc", "TocOpen", "cover", "tags"]
    assert front["date"] == "2026-11-16T00:00:00+00:00"
    assert (front["draft"], front["showToc"], front["TocOpen"]) == (False, False, False)
    assert set(front["cover"]) == {"image", "alt"}
    assert front["tags"] == list(ISSUE.tags)


@pytest.mark.parametrize(
    ("style", "keys"),
    [
        ("jekyll", ["layout", "title", "date", "description", "image", "tags"]),
        ("astro", ["title", "description", "pubDate", "draft", "heroImage", "heroAlt", "tags"]),
    ],
)
def test_front_matter_of_other_generators(style: FrontMatter, keys: list[str]) -> None:
    """The names that their own starter blogs use."""
    assert list(_front(style)) == keys


def test_an_item_is_a_line_with_its_words_below() -> None:
    """A linked title, then indented lines of the same item."""
    lines = _body(ISSUE.items[1]).split("* [", 1)[1].splitlines()
    assert (
        lines[0]
        == "From Silos to One Map: Why Globex Draws Its Services in Real Time](https://globex.example.org/atlas)"
    )
    assert lines[1].startswith("    Globex built Atlas")
    assert lines[2].startswith("    👉 For SREs")
    assert lines[3].startswith("    *Globex · 9 min read · also at [InfoQ](")


def test_notes_are_nested_lists() -> None:
    """Numbered points with bold labels, bullets below them, all within their item."""
    body = _body(replace(ISSUE.items[0], notes=NOTES), ISSUE.items[1])
    tokens = MarkdownIt().parse(body)
    nested = [(t.type, t.level) for t in tokens if t.type.endswith("list_open")]
    outer = nested[0][1]
    assert [kind for kind, _ in nested] == [
        "bullet_list_open", "ordered_list_open", "bullet_list_open", "bullet_list_open",
    ]  # fmt: skip
    assert [level - outer for _, level in nested] == [0, 2, 4, 4]
    assert sum(t.type == "list_item_open" and t.level == outer + 1 for t in tokens) == 2
    assert "    1. **Overall design**:\n       - **Retrieval**" in body


def test_an_editors_own_text_stays_in_its_item() -> None:
    """Paragraphs and code of a rewritten summary are indented as well."""
    body = _body(replace(ISSUE.items[0], body="First.\n\n```\ncode\n\nmore\n```\n\nLast."), ISSUE.items[1])
    tokens = MarkdownIt().parse(body)
    fence = next(t for t in tokens if t.type == "fence")
    assert fence.level > 0
    assert fence.content.split() == ["code", "more"]
    assert sum(t.type == "bullet_list_open" for t in tokens) == 1


def test_no_tag_comes_from_a_blog_in_any_dialect_of_markdown() -> None:
    """Some read no backslash before a sign of HTML; an editor's code is left as it is."""
    words = "How `Vec<T>` <script>alert(1)</script> works"
    own = "Match `\\<word\\>` in\n\n```\ngrep '\\<b'\n```"
    item = Item(title=words, url="https://x.example/", summary=words, company=words)
    names: tuple[TextFormat, ...] = ("hugo", "markdown")
    for name in names:
        body = _body(item, replace(item, notes=f"1. {escape_markdown(words)}", body=own), name=name)
        assert not re.search(r"<(?!b'|word)", body)
        assert "`\\<word\\>`" in body
        assert "grep '\\<b'" in body
        assert MarkdownIt().render(body).count("&lt;script&gt;") == 6
        tick = replace(item, body="An unpaired ` mark.")
        assert "<script" not in _body(tick, replace(item, body=f"{escape_markdown(words)} and `own`."), name=name)


def test_no_template_tag_comes_from_a_blog() -> None:
    """Hugo's shortcodes and Liquid are read before Markdown, so a backslash would not stop them."""
    words = "{{ site.secret }} {% include x %} {{< ref >}} {{% s %}}"
    item = Item(title=words, url="https://x.example/{{y}}", summary=words, audience=words, company=words)
    outlined = replace(item, notes=f"1. {escape_markdown(words)}", body=f"**Own:** {escape_markdown(words)}")
    names: tuple[TextFormat, ...] = ("hugo", "markdown")
    for name in names:
        body = _body(item, outlined, name=name)
        assert not re.search(r"\{[{%]|[}%]\}", body)
        assert MarkdownIt().render(body).count("{{ site.secret }} {% include x %}") == 9
