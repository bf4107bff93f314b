"""Links are found where they stand, and edits hit them there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from crawler.lint.addresses import anchor_of, untracked
from crawler.lint.rules import apply_edits, check_sheet
from crawler.lint.sheet import Answer, Context, Sheet, make_sheet
from crawler.text import escape_markdown, markdown_url
from crawler.urls import is_tracked, url_key
from tests.unit.draft.strategies import text, urls


def sheet(*lines: str) -> Sheet:
    return make_sheet(lines, first=1, last=len(lines), entries=(), headings=())


def test_places_and_kinds_are_exact() -> None:
    """Each link tells its line, and the column of its address."""
    found = sheet(
        "A [link](https://a.example/x) and ![image](<https://b.example/(y>)",
        "`[code](https://c.example/)` <!-- [no](https://d.example/) -->",
        "<https://e.example/> then https://f.example/, and \\[no](x)",
        "[![in](https://g.example/i.png)](https://g.example/)",
    ).links
    assert [(one.kind, one.line, one.url) for one in found] == [
        ("link", 1, "https://a.example/x"),
        ("image", 1, "https://b.example/(y"),
        ("auto", 3, "https://e.example/"),
        ("bare", 3, "https://f.example/"),
        ("link", 4, "https://g.example/"),
        ("image", 4, "https://g.example/i.png"),
    ]
    assert (found[0].column, found[0].raw) == (9, "https://a.example/x")
    assert found[1].raw == "<https://b.example/(y>"


@given(text, urls, text)
@settings(max_examples=200, deadline=None)
def test_a_link_among_any_words_is_found(before: str, url: str, words: str) -> None:
    """What a Markdown reader sees as a link is found, with the same address."""
    line = f"x{escape_markdown(before)} [{escape_markdown(words)}]({markdown_url(url)})"
    tokens = [c for t in MarkdownIt().parse(line) for c in t.children or [] if c.type == "link_open"]
    found = [one for one in sheet(line).links if one.kind == "link"]
    assert len(found) == len(tokens) == 1
    assert found[0].url == url


@given(text)
@settings(max_examples=300, deadline=None)
def test_escaped_text_is_never_unbalanced(value: str) -> None:
    """What the draft writes of a blog's words has no marks to pair up; only parentheses stand as they were."""
    line = escape_markdown(value.replace("(", "").replace(")", ""))
    assert not [f for f in check_sheet(sheet(line, ""), Context()) if f.rule == "unbalanced-markdown"]


def test_two_edits_of_a_line_take_two_rounds() -> None:
    """The first one must not move the second one's place."""
    line = "[a](https://a.example/?utm_source=x) [b](https://a.example/?utm_source=x&b=1)"
    first, done = apply_edits([line, ""], check_sheet(sheet(line, ""), Context()))
    assert len(done) == 1
    second, _ = apply_edits(first, check_sheet(sheet(*first), Context()))
    assert second == ["[a](https://a.example/) [b](https://a.example/?b=1)", ""]


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.example/x?utm_source=rss", "https://a.example/x"),
        ("https://a.example/x?b=2&fbclid=1&a=1#part", "https://a.example/x?b=2&a=1#part"),
        ("https://a.example/X/?A=%2f", "https://a.example/X/?A=%2f"),
    ],
)
def test_only_trackers_go(url: str, clean: str) -> None:
    """Everything else of the address stays as it was written."""
    assert untracked(url) == clean
    assert not is_tracked(clean)


def test_an_items_own_address_moves_only_where_it_stays_the_same_article() -> None:
    """Elsewhere in the text it is written anew at once; in an item's heading only where the store knows it."""
    from crawler.linting import sheet_of
    from tests.support.drafts import GOOD

    url = "https://globex.example/queue"
    answers = {url: Answer("ok", moved_to="https://globex.example/log")}
    draft = GOOD.replace("https://infoq.example/queue", url)
    heading, meta = (
        f for f in check_sheet(sheet_of(draft, "d"), Context(answers=answers)) if f.rule == "redirected-link"
    )
    assert (heading.edit, meta.edit is not None) == (None, True)
    known = Context(answers=answers, moves=frozenset({url_key(url)}))
    assert check_sheet(sheet_of(draft, "d"), known)[0].edit


def test_anchors_follow_the_rule_of_github() -> None:
    """Lower case, punctuation dropped, blanks to hyphens one by one."""
    assert anchor_of("Data & Databases: What’s new?") == "data--databases-whats-new"
