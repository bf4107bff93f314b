"""The page: one file, no request to anybody, readable in both schemes, with an outline that makes sense."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import crawler.render
from crawler.model import Issue, Section
from crawler.render import render
from crawler.render.options import RenderOptions
from tests.golden.issue import ISSUE

CSS = (Path(crawler.render.__file__).parent / "templates" / "page.css").read_text(encoding="utf-8")


def _parsed(issue: Issue = ISSUE, options: RenderOptions | None = None) -> ET.Element:
    page = render(issue, "html", options or RenderOptions())
    head, _, rest = page.partition("\n")
    assert head == "<!DOCTYPE html>"
    return ET.fromstring(rest)


def test_the_page_asks_nobody() -> None:
    """No element of it loads anything, also not by the editor's own Markdown, and its policy forbids it."""
    item = replace(ISSUE.items[0], body="![Mine](https://mine.example/i.png)")
    issue = replace(ISSUE, sections=(Section("", "", (item,)),), opening="![Top](https://mine.example/top.png)")
    page = _parsed(issue)
    loading = {"img", "script", "iframe", "object", "embed", "video", "audio", "source", "link"}
    assert not [element.tag for element in page.iter() if element.tag in loading]
    assert not re.search(r"url\(|@import|@font-face", CSS)
    (policy,) = [m.get("content", "") for m in page.iter("meta") if m.get("http-equiv")]
    assert "default-src 'none'" in policy
    assert "img-src 'none'" in policy


def test_pictures_are_shown_on_request() -> None:
    """With words for those who cannot see them, a place of their own before they come, and no referrer."""
    page = _parsed(options=RenderOptions(images="show"))
    pictures = list(page.iter("img"))
    assert len(pictures) == 2
    assert all(p.get("alt") and p.get("loading") == "lazy" and p.get("referrerpolicy") for p in pictures)
    assert re.search(r"\.picture img \{[^}]*aspect-ratio", CSS)


def test_the_outline_has_no_gap() -> None:
    """One h1; sections below it, items below them; without sections items come one level up."""
    flat = replace(ISSUE, show_sections=False)
    for issue, expected in ((ISSUE, {1, 2, 3}), (flat, {1, 2})):
        levels = [int(e.tag[1]) for e in _parsed(issue).iter() if re.fullmatch(r"h[1-6]", e.tag)]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert set(levels) == expected
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_anchors_lead_somewhere_and_are_unique() -> None:
    """The way past the header, the sections' list, the items' own anchors."""
    page = _parsed()
    ids = [element.get("id") for element in page.iter() if element.get("id")]
    assert len(set(ids)) == len(ids)
    inner = {a.get("href", "")[1:] for a in page.iter("a") if a.get("href", "").startswith("#")}
    assert inner <= set(ids)
    assert {"stories", "section-1", "section-2"} == inner
    assert {"item-1", "item-2", "item-3"} <= set(ids)


def test_the_page_says_what_it_is() -> None:
    """Language, title, description, scheme; its own address only where it is known."""
    page = _parsed(options=RenderOptions(base_url="https://weekly.example/", pages=True))
    assert page.get("lang") == "en"
    assert page.findtext("head/title") == "Weekend Reading #84"
    named = {m.get("name") or m.get("property"): m.get("content") for m in page.iter("meta")}
    assert named["description"] == ISSUE.lead
    assert named["color-scheme"] == "light dark"
    assert named["og:url"] == "https://weekly.example/084.html"
    assert [e.get("href") for e in page.iter("link")] == ["https://weekly.example/084.html"]
    assert "og:url" not in {m.get("property") for m in _parsed().iter("meta")}


def test_the_page_is_small() -> None:
    """Text and style of an ordinary issue, far below what a phone on a train minds."""
    assert len(render(ISSUE, "html").encode()) < 20_000


def _colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(paper|ink|soft|link|wash): (#[0-9a-f]{3,6});", block))


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1, 2], ids=["light", "dark", "paper"])
@pytest.mark.parametrize("ink", ["ink", "soft", "link"])
@pytest.mark.parametrize("paper", ["paper", "wash"])
def test_every_colour_can_be_read(scheme: int, ink: str, paper: str) -> None:
    """WCAG 2.2 level AA, success criterion 1.4.3: contrast of at least 4.5 to 1."""
    colours = _colours(re.findall(r":root \{([^}]*)\}", CSS)[scheme])
    first, second = sorted((_luminance(colours[ink]), _luminance(colours[paper])), reverse=True)
    assert (first + 0.05) / (second + 0.05) >= 4.5
