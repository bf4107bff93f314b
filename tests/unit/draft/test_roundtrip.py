"""What is written is read back: over issues with text that tries to be markup."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from markdown_it import MarkdownIt

from crawler.draft.parse import parse_draft
from crawler.draft.write import item_blocks, write_draft
from crawler.model import Image, Issue, Item, Section
from crawler.text import escape_markdown, markdown_url, one_line, unescape_markdown
from tests.golden.issue import ISSUE
from tests.unit.draft.strategies import NASTY, issues, items, printed, text, urls

_QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@given(issues)
@_QUICK
def test_parsing_a_written_draft_gives_the_printed_issue(issue: Issue) -> None:
    """parse(write(issue)) == issue on everything that a draft prints."""
    read = parse_draft(write_draft(issue)).issue
    read = replace(read, sections=tuple(replace(s, tag="") for s in read.sections))
    assert read == printed(issue)


@given(issues)
@_QUICK
def test_writing_what_was_parsed_gives_the_same_bytes(issue: Issue) -> None:
    """write(parse(write(issue))) == write(issue)."""
    once = write_draft(issue)
    assert write_draft(parse_draft(once).issue) == once


@given(text)
@example("a_b_ _c_")
@settings(max_examples=400, deadline=None)
def test_escaped_text_is_read_as_itself_by_a_markdown_reader(value: str) -> None:
    """CommonMark and its GFM extensions see one paragraph with the very text and no markup."""
    escaped = escape_markdown(value)
    if not escaped:
        return
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(escaped)
    assert [t.type for t in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {c.type for c in children} <= {"text", "text_special"}
    assert "".join(c.content for c in children) == one_line(value)
    assert unescape_markdown(escaped) == one_line(value)


@given(urls)
@settings(max_examples=200, deadline=None)
def test_a_link_keeps_its_address(url: str) -> None:
    """Whatever stands in an address, a Markdown reader follows the link to it."""
    tokens = MarkdownIt().parse(f"[x]({markdown_url(url)})")
    links = [c for c in tokens[1].children or [] if c.type == "link_open"]
    assert len(links) == 1
    assert re.sub(r"%25", "%", str(links[0].attrs["href"])) == re.sub(r"%25", "%", url)


@given(items)
@_QUICK
def test_an_item_gives_one_link_and_no_markup_of_its_own(item: Item) -> None:
    """A blog's words never become HTML, links or comments in the draft."""
    markdown = "\n\n".join(item_blocks(replace(item, image=None, also_at=(), covered_by=())))
    tokens = MarkdownIt("commonmark").parse(markdown)
    kinds = [t.type for t in tokens]
    inner = [c for t in tokens for c in t.children or []]
    assert kinds.count("heading_open") == 1
    assert sum(c.type == "link_open" for c in inner) == 1
    assert not any(c.type == "html_inline" for c in inner)
    assert all(t.content.strip() == "<!-- pin -->" for t in tokens if t.type == "html_block")


@pytest.mark.parametrize("value", NASTY)
def test_a_title_stays_a_title(value: str) -> None:
    """Each known trick in a title is text in the heading's link."""
    heading = next(item_blocks(Item(title=value, url="https://example.org/a")))
    tokens = MarkdownIt().parse(heading)
    children = tokens[1].children or []
    assert [t.type for t in tokens] == ["heading_open", "inline", "heading_close"]
    assert children[0].type == "link_open"
    assert "".join(c.content for c in children[1:-1]) == one_line(value)


@pytest.mark.parametrize("path", ["a_(b)", "((a))", "(a(b)c)", "a)b(", ")", "(("])
def test_parentheses_in_an_address_do_not_end_it(path: str) -> None:
    """In headings, pictures and the line of facts."""
    url = f"https://a.example/{path}"
    item = Item("T", url, image=Image(url, "Alt"), also_at=(("A", url),), covered_by=(("B", url), ("C", url)))
    written = write_draft(replace(ISSUE, sections=(Section("", "", (item,)),)))
    (read,) = parse_draft(written).issue.items
    assert (read.url, read.image, read.also_at, read.covered_by) == (url, item.image, item.also_at, item.covered_by)


def test_an_address_that_is_none_gives_no_link() -> None:
    """javascript: addresses are never written."""
    assert next(item_blocks(Item(title="X", url="javascript:alert(1)"))) == "### X"
