"""Which part of a page is the article, where names and places alone would choose another one."""

from __future__ import annotations

import pytest

from crawler.extract import extract_page
from crawler.model import Extracted
from tests.unit.extract.support import MORE, PROSE

SHORT = PROSE + MORE
OTHER = "Another report stands here, about a ship and its crew who went north in the spring and came back late. " * 3


def read_body(body: str, title: str = "Giving work back") -> Extracted:
    html = f"<html><head><title>{title}</title></head><body>{body}</body></html>"
    return extract_page(html.encode(), "https://blog.example/giving-work-back")


def test_a_short_article_under_its_title_goes_before_a_longer_list_of_others() -> None:
    others = "".join(f"<article class='post'><p>{n}. {OTHER}</p></article>" for n in range(7))
    body = (
        f"<div><article class='post'><h1>Giving work back</h1><p>{SHORT}</p></article>"
        f"<article class='post'><p>You may like</p>{others}</article></div>"
    )
    assert read_body(body).text == SHORT.strip()


def test_a_list_of_others_in_the_main_part_is_left_out_around_the_title() -> None:
    others = "".join(
        f"<li><a href='/{n}'>A report on ships and their crews, part {n}</a> {OTHER[:90]}</li>" for n in range(9)
    )
    body = (
        f"<div class='content'><div class='breaking'><ul>{others}</ul></div>"
        f"<div class='shown'><h1>Giving work back</h1><div class='told'><p>{PROSE}</p><p>{MORE}</p></div></div></div>"
    )
    assert read_body(body).text == f"{PROSE.strip()}\n\n{MORE.strip()}"


def test_an_article_without_headings_or_names_is_found_between_menus() -> None:
    menu = "".join(f"<li><a href='/{n}'>Department number {n}</a> ({n})</li>" for n in range(120))
    body = (
        f"<div id='all'><div class='x1'><ul>{menu}</ul></div><div class='x2'><div class='x3'><p class='big'>Giving work back</p>"
        f"<p>{PROSE}</p><p>{MORE}</p></div></div><div class='x4'><ul>{menu}</ul></div></div>"
    )
    assert "Department" not in read_body(body).text
    assert MORE.strip() in read_body(body).text


def test_a_list_of_links_with_a_few_words_each_is_still_an_article() -> None:
    items = "".join(
        f"<li><a href='https://news.example/{n}'>What the compiler team did, part {n}</a></li>" for n in range(40)
    )
    body = f"<div class='content'><h1>This week in compilers</h1><p>{PROSE}</p><ul>{items}</ul></div>"
    text = read_body(body, "This week in compilers").text
    assert "part 0" in text
    assert "part 39" in text


def test_a_layout_that_is_named_after_its_sidebar_is_kept() -> None:
    for name in ("content-with-sidebar-wrap", "box modal-enabled", "page has-comments"):
        body = f"<h1>Giving work back</h1><div class='{name}'><p>{PROSE}</p><p>{MORE}</p><p>{PROSE}</p></div>"
        assert MORE.strip() in read_body(body + f"<div class='footer'>{OTHER * 9}</div>").text


def test_a_wrapper_named_for_a_player_is_kept_for_the_words_of_a_post_in_it() -> None:
    told = "Batches of sixty-four were a guess, and the guess held for two years on three continents."
    tweet = f"<blockquote class='twitter-tweet'><p>{told * 3}</p>— Ann Lee (@ann) <a href='https://social.example/1'>May 3</a></blockquote>"
    body = f"<article><h1>Giving work back</h1><p>{PROSE}</p><div class='video-container'>{tweet}</div><p>{MORE}</p></article>"
    assert told in read_body(body).text


def test_text_that_stands_in_no_element_of_its_own_is_not_lost() -> None:
    """As pages of the nineties are: `<p>` between the paragraphs, line ends in pairs, a by-line below large type."""
    loose = [f"In part {name} we looked at the queue of another machine. {PROSE.strip()}" for name in "abcdef"]
    body = (
        "<center><font size='+2'><b>Giving work back</b></font><br><i>Ann Lee, 3 May 2019</i></center><hr>"
        f"{loose[0]}<p>{loose[1]}<p><h3>The rule</h3>{loose[2]}<br><br>{loose[3]}<pre>a = 1</pre>{loose[4]}<br><br>"
        f"<ul><li>first</ul><p>{loose[5]}<hr><a href='i.html'>[Home]</a><address>ann@mail.example</address>"
    )
    extracted = read_body(body)
    assert [block.text for block in extracted.blocks] == [
        *loose[:2],
        "The rule",
        *loose[2:4],
        "a = 1",
        loose[4],
        "first",
        loose[5],
    ]
    assert extracted.authors == ("Ann Lee",)


@pytest.mark.parametrize("around", ["<article>{}</article>", "<main>{}</main>", "<div class='wrap'>{}</div>"])
@pytest.mark.parametrize("mark", ["class='article-body'", "itemprop='articleBody'"])
def test_a_body_that_was_cut_in_pieces_is_read_whole(around: str, mark: str) -> None:
    parts = [f"In part {name} we looked at the queue of another machine. {PROSE.strip()}" for name in "abcd"]
    cut = "<figure><img src='/rack.png'><figcaption>A rack</figcaption></figure>"
    body = (
        f"<h1>Giving work back</h1><div {mark}><p>{parts[0]}</p><p>{parts[1]}</p></div><div class='ad'>Buy!</div>{cut}"
        f"<div {mark}><p>{parts[2]}</p><p>{parts[3]}</p></div>"
    )
    assert read_body(around.format(body)).text.split("\n\n") == [*parts[:2], "A rack", *parts[2:]]


def test_a_second_article_in_the_same_element_is_no_piece_of_the_first() -> None:
    body = (
        f"<article><div><h1>Giving work back</h1><div class='article-body'><p>{PROSE}</p><p>{MORE}</p></div></div>"
        f"<div><h1>Going north</h1><div class='article-body'><p>{OTHER}</p></div></div></article>"
    )
    assert read_body(body).text == f"{PROSE.strip()}\n\n{MORE.strip()}"


def test_replies_that_are_longer_than_the_article_are_left_out() -> None:
    replies = "".join(f"<div class='reply'><b>Reader {n}</b><p>{OTHER}</p></div>" for n in range(3))
    body = f"<article><h1>Giving work back</h1><p>{SHORT}</p><div class='replies'><h3>3 replies</h3>{replies}</div></article>"
    assert read_body(body).text == SHORT.strip()


def test_an_opening_that_is_set_large_above_the_body_is_read_once() -> None:
    body = f"<p>{MORE}</p><p>{PROSE}</p>"
    opening = f"<p class='lead'>{OTHER.strip()}</p>"
    around = "<article><h1>Giving work back</h1>{}<div class='post-content'>{}</div></article>"
    assert read_body(around.format(opening, body)).text.startswith(f"{OTHER.strip()}\n\n{MORE.strip()}")
    assert read_body(around.format(opening, f"{opening}{body}")).text.count(OTHER.strip()) == 1
    assert read_body(around.format("<p class='deck'>How a worker gives back.</p>", body)).text.startswith(MORE.strip())
