"""Teasers, walls, error pages and shells are told from articles."""

from __future__ import annotations

import pytest

from crawler.errors import ExtractError
from crawler.extract import extract_page
from crawler.extract.quality import ends_open, judge
from crawler.model import Block, PageQuality
from tests.unit.extract.support import MORE, PROSE


def paragraphs(*texts: str) -> list[Block]:
    return [Block("paragraph", text) for text in texts]


@pytest.mark.parametrize(
    ("title", "text", "quality"),
    [
        ("Giving work back", PROSE + MORE, "full"),
        ("Giving work back", PROSE + "Continue reading →", "teaser"),
        ("Giving work back", PROSE + "[…]", "teaser"),
        ("Giving work back", PROSE + "Read the full article", "teaser"),
        ("Giving work back", PROSE + "Read more...", "teaser"),
        ("Giving work back", "A short word.", "empty"),
        ("Page not found", "Sorry, nothing here. Try the search.", "soft-404"),
        ("404", "The page you are looking for has moved or never was, so go back to the start.", "soft-404"),
        ("Just a moment...", "Checking your browser before you go on to the site.", "soft-404"),
        (
            "Giving work back",
            "Please enable JavaScript to view this page and its many wonders, dear visitor of ours.",
            "wall",
        ),
        (
            "Giving work back",
            "We value your privacy. We and our partners store cookies with your consent. Cookies help. Manage cookies.",
            "wall",
        ),
        ("Giving work back", PROSE + "Subscribe to continue reading.", "wall"),
        ("Giving work back", PROSE + "This post is for paying subscribers.", "wall"),
        ("Giving work back", "", "empty"),
    ],
)
def test_quality(title: str, text: str, quality: PageQuality) -> None:
    assert judge(title, paragraphs(text)) == quality


def test_an_article_about_walls_is_an_article() -> None:
    text = (
        PROSE
        + "Cookies, consent and privacy policy banners ask visitors to enable JavaScript; a 404 page says not found. "
    ) * 6
    assert judge("Why the page was not found: a post-mortem", paragraphs(text)) == "full"
    assert (
        judge("Passwords", paragraphs(PROSE + "Complex login scenarios allow users to access their profile.")) == "full"
    )


def test_an_article_may_end_with_dots_when_it_is_long() -> None:
    assert judge("Giving work back", paragraphs((PROSE + MORE) * 3 + "And so it goes...")) == "full"
    assert ends_open(paragraphs("And so it goes..."))
    assert not ends_open(paragraphs("And so it goes."))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"", None),
        (b"   ", "text/html"),
        (b"plain words without any markup", None),
        (b"%PDF-1.7 <x>", "application/pdf"),
        (
            b"<html><head><title>App</title></head><body><div id='root'></div><script>boot()</script></body></html>",
            "text/html",
        ),
        (b"<p>" * 400_000, "text/html"),
    ],
    ids=["nothing", "blanks", "no markup", "another type", "a shell for scripts", "too many elements"],
)
def test_pages_without_an_article_are_an_error(body: bytes, content_type: str | None) -> None:
    with pytest.raises(ExtractError):
        extract_page(body, "https://blog.example/x", content_type=content_type)
