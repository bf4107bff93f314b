"""The lead picture is about the article and has words."""

from __future__ import annotations

import pytest

from crawler.model import Image
from tests.unit.extract.support import read

BASE = "https://blog.example/img/"
DIAGRAM = f"<img src='{BASE}flow.png' alt='Batches flowing back' width='800' height='400'>"


def test_the_pages_own_choice_leads_and_takes_its_alt_text_from_the_article() -> None:
    assert read(DIAGRAM, f"<meta property='og:image' content='{BASE}flow.png'>").image == Image(
        BASE + "flow.png", "Batches flowing back"
    )
    assert read(
        "", f"<meta property='og:image' content='{BASE}x.png'><meta property='og:image:alt' content='A desk'>"
    ).image == Image(BASE + "x.png", "A desk")
    assert read("", f"<meta property='og:image' content='{BASE}x.png'>").image == Image(
        BASE + "x.png", "Giving work back"
    )


@pytest.mark.parametrize(
    "name",
    [
        "logo.png",
        "site-logo-dark.webp",
        "avatar.jpg",
        "default.png",
        "og-image.png",
        "social-card.png",
        "favicon.ico",
        "me.jpg",
        "ExampleGitHubPreview.png",
        "example-social.jpg",
        "companyLogo.png",
        "our_badge_2.png",
        "profile-photo.jpg",
        "author-ann.jpg",
        "default-social.png",
        "cover-default.jpg",
        "loading.gif",
        "icon.svg",
    ],
)
def test_a_site_wide_picture_does_not_lead(name: str) -> None:
    assert read(DIAGRAM, f"<meta property='og:image' content='{BASE}{name}'>").image == Image(
        BASE + "flow.png", "Batches flowing back"
    )


@pytest.mark.parametrize(
    "name",
    [
        "silicon-wafer.png",
        "authorization-flow.png",
        "cpu-profile-before.png",
        "lazy-loading-times.webp",
        "default-settings.png",
        "across-regions.png",
        "code-signature-check.jpg",
    ],
)
def test_a_name_that_only_holds_such_a_word_leads(name: str) -> None:
    assert read(DIAGRAM, f"<meta property='og:image' content='{BASE}{name}'>").image == Image(
        BASE + name, "Giving work back"
    )


@pytest.mark.parametrize(
    "markup",
    [
        f"<img src='{BASE}p.gif' width='1' height='1'>",
        f"<img src='{BASE}small.png' width='48' height='48'>",
        f"<img src='{BASE}bar.gif' width='410' height='45'>",
        f"<img src='{BASE}buttons.gif' width='400' height='399' usemap='#m1'>",
        "<img src='data:image/png;base64,AAAA'>",
        "<img src='https://img.shields.io/badge/build-passing.svg'>",
        "<img src='https://secure.gravatar.com/abc'>",
        f"<img class='avatar' src='{BASE}ann.jpg'>",
        f"<img class='emoji' src='{BASE}1f600.png'>",
        "<img src='javascript:alert(1)'>",
    ],
)
def test_pictures_that_are_not_about_the_article_do_not_count(markup: str) -> None:
    extracted = read(markup)
    assert extracted.image is None
    assert extracted.images == 0


@pytest.mark.parametrize(
    ("alt", "told"),
    [
        ("The [triage board](https://acme.example/board?v=9).", "The triage board."),
        (r"How the update works in the plane, where it moves $\mathbf{z}$ along", "How the update works in the plane"),
        (r"Costs of $\alpha$ and others", r"Costs of $\alpha$ and others"),
        ("It costs $5, and more", "It costs $5, and more"),
    ],
)
def test_an_alt_text_is_read_out(alt: str, told: str) -> None:
    """No target of a link, no source of a formula."""
    image = read(f"<img src='{BASE}flow.png' width='800' height='400' alt='{alt}'>").image
    assert image is not None
    assert image.alt == told


def test_a_picture_that_opens_when_it_is_clicked_counts() -> None:
    assert read(f"<a class='lightbox-image' href='{BASE}rack.png'><img src='{BASE}rack-small.png'></a>").images == 1


def test_late_loaded_pictures_and_captions() -> None:
    markup = f"<figure><img data-src='{BASE}late.png' src='data:image/gif;base64,R0'><figcaption>What came late</figcaption></figure>"
    extracted = read(markup)
    assert extracted.image == Image(BASE + "late.png", "What came late")
    assert f'<img src="{BASE}late.png"' in extracted.content_html


def test_an_alt_text_keeps_the_words_of_its_code_and_is_cut_at_a_word() -> None:
    image = f"<img src='{BASE}k.png' alt='The new `&lt;kbd&gt;` element' width='800' height='400'>"
    assert read(image).image == Image(BASE + "k.png", "The new kbd element")
    image = (
        f"<img src='{BASE}k.png' alt='&lt;use&gt; in a drawing, &lt;details name&gt;, a &lt;b&gt;bold&lt;/b&gt; word'>"
    )
    assert read(image).image == Image(BASE + "k.png", "use in a drawing, details name, a bold word")
    long = read(f"<img src='{BASE}l.png' alt='{'many words ' * 60}' width='800' height='400'>").image
    assert long is not None
    assert long.alt.endswith("words…") or long.alt.endswith("many…")
    assert len(long.alt) <= 301
