"""The feed's own text: read without the page, judged whole or not, and weighed against the page's."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.extract import better, extract_entry, extract_page, is_whole
from crawler.model import Image
from tests.unit.extract.support import MORE, PROSE, entry, page

LONG = "".join(f"<p>{PROSE}</p><p>{MORE}</p>" for _ in range(4))


def test_an_entry_becomes_an_article_with_absolute_links() -> None:
    extracted = extract_entry(
        entry("<p>See <a href='/more'>more</a> and <img src='i.png' alt='a flow'></p><pre>a\nb</pre>")
    )
    assert 'href="https://blog.example/more"' in extracted.content_html
    assert extracted.image == Image("https://blog.example/i.png", "a flow")
    assert [b.kind for b in extracted.blocks] == ["paragraph", "code"]


def test_the_feeds_picture_leads_unless_it_is_the_blogs_own() -> None:
    drawing = "<img src='https://blog.example/flow.png' alt='a flow'>"
    stated = replace(entry(LONG + drawing), image=Image("https://blog.example/cover.png"))
    assert extract_entry(stated).image == stated.image
    logo = replace(stated, image=Image("https://blog.example/images/logo.png"))
    assert extract_entry(logo).image == Image("https://blog.example/flow.png", "a flow")
    assert extract_entry(replace(logo, content_html=LONG)).image is None


def test_a_summary_serves_where_there_is_no_content_and_is_a_teaser() -> None:
    extracted = extract_entry(entry(summary=f"<p>{PROSE}</p>"))
    assert extracted.text == PROSE.strip()
    assert extracted.quality == "teaser"
    assert extract_entry(entry()).quality == "empty"
    assert extract_entry(entry(summary="Plain words & signs <3")).text == "Plain words & signs <3"


def test_what_feeds_add_below_the_text_is_cut() -> None:
    html = LONG + "<p>The post <a href='/p'>Giving work back</a> appeared first on <a href='/'>Example</a>.</p>"
    assert "appeared first" not in extract_entry(entry(html)).text


def test_marks_that_link_a_heading_to_itself_are_no_words_of_it() -> None:
    html = (
        f"<h2>In C#<a href='https://blog.example/a#in-c'>#</a></h2>{LONG}<h3>Ports\n<a href='#ports'>¶</a></h3>{LONG}"
    )
    extracted = extract_entry(entry(html))
    assert [b.text for b in extracted.blocks if b.kind == "heading"] == ["In C#", "Ports"]
    assert "¶" not in extracted.content_html


@pytest.mark.parametrize(
    ("content", "summary", "whole"),
    [
        (LONG, "", True),
        (LONG, "Short.", True),
        ("", LONG, False),
        ("", LONG * 3, True),
        (f"<p>{PROSE}</p>", "", False),
        (LONG + "<p><a href='/p'>Continue reading</a></p>", "", False),
        (LONG + "<p>And then the second cluster […]</p>", "", False),
        (LONG + "<p><a href='/p'>Read more</a></p>", "", False),
        ("", "", False),
        ("<p>" + "<br>" * 2000 + "</p>", "", False),
    ],
)
def test_is_whole(content: str, summary: str, whole: bool) -> None:
    assert is_whole(entry(content, summary)) is whole


def test_the_feed_stands_where_the_page_fails() -> None:
    feed = extract_entry(entry(LONG))
    assert better(None, feed, entry(LONG)) == feed
    wall = extract_page(
        page("")
        .replace(PROSE.encode(), b"")
        .replace(MORE.encode(), b"Please enable JavaScript to go on, we need it to show you this page."),
        "https://blog.example/x",
    )
    assert wall.quality == "wall"
    assert better(wall, feed, entry(LONG)).text == feed.text


def test_the_page_stands_where_the_feed_has_a_teaser() -> None:
    item = entry(summary=f"<p>{PROSE}</p>")
    read_page = extract_page(page(LONG), "https://blog.example/giving-work-back")
    merged = better(read_page, extract_entry(item), item)
    assert merged.text == read_page.text
    assert merged.quality == "full"


def test_a_page_that_was_read_badly_gives_way_to_a_whole_feed_text() -> None:
    item = entry(LONG)
    feed = extract_entry(item)
    assert better(replace(feed, text="Too little. " * 20, blocks=feed.blocks[:1]), feed, item).text == feed.text


def test_the_feeds_statements_come_first_but_for_the_worse_ones() -> None:
    feed_day = datetime(2024, 1, 2, tzinfo=UTC)
    head = (
        "<meta property='og:site_name' content='Example'><meta name='author' content='Ann Lee'>"
        "<meta property='article:published_time' content='2024-05-05'><meta name='description' content='A description of some length.'>"
    )
    read_page = extract_page(page("", head), "https://blog.example/giving-work-back")

    item = entry(LONG, authors=("Bo Ek",), published_at=feed_day, tags=("queues",))
    merged = better(read_page, extract_entry(item), item)
    assert (merged.authors, merged.published_at, merged.tags) == (("Bo Ek",), feed_day, ("queues",))
    assert merged.description == "A description of some length."

    item = entry(LONG, authors=("Example",), title="Giving work…")
    merged = better(read_page, extract_entry(item), item)
    assert (merged.authors, merged.title) == (("Ann Lee",), "Giving work back")
    assert merged.published_at == datetime(2024, 5, 5, tzinfo=UTC)

    item = entry(LONG, authors=("ann@blog.example",))
    assert better(read_page, extract_entry(item), item).authors == ("Ann Lee",)


def test_italics_right_below_a_picture_are_its_caption() -> None:
    """As Markdown writes one; elsewhere a paragraph in italics is a paragraph."""
    content = (
        "<p>The queue was full each night, and nobody saw it for a week.</p><p><img src='/a.png' alt=''></p>"
        "<p><em>The queue by night</em></p><p><em>Every alarm was off.</em></p><p>It <em>was</em> seen.</p>"
    )
    blocks = extract_entry(entry(content)).blocks
    assert [(b.kind, b.text) for b in blocks][1:] == [
        ("caption", "The queue by night"),
        ("paragraph", "Every alarm was off."),
        ("paragraph", "It was seen."),
    ]


def test_a_feeds_captions_and_notes_are_read_as_a_pages() -> None:
    content = (
        f"<p>{PROSE.strip()}<a class='footnote-anchor' href='https://blog.example/giving-work-back#footnote-1'>1</a></p>"
        "<div class='wp-caption'><img src='/a.png'><p class='wp-caption-text'>A rack</p></div>"
        f"<p>{MORE.strip()}</p>"
    )
    blocks = extract_entry(entry(content)).blocks
    assert [(b.kind, b.text) for b in blocks] == [
        ("paragraph", PROSE.strip()),
        ("caption", "A rack"),
        ("paragraph", MORE.strip()),
    ]
