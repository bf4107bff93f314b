"""Every page of the site in a browser: nothing asked of others, nothing that moves, light, and easy to reach and read."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import Shown, watch

WEIGHT = 150_000
KINDS = [
    "index.html", "issues.html", "issues/076.html", "articles.html", "all.html", "find.html", "notes.html", "tags.html",
    "companies.html", "sources.html", "weeks.html", "companies/corvid.html", "kinds/tutorial.html",
]  # fmt: skip
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# WCAG 2.2, 2.5.8: 24 by 24 pixels, or that much room around; links inside a sentence are exempt.
SMALL = """() => {
  const all = [...document.querySelectorAll("a[href], button, input, select")].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && box.height && getComputedStyle(one).visibility === "visible" && !one.closest(".skip") &&
      !one.closest("p:not(.meta):not(.more):not(.date):not(.narrow):not(.name), li > p:not(.meta), .prose");
  });
  const boxes = all.map(one => one.getBoundingClientRect());
  const near = (a, b) => Math.hypot((a.left + a.right - b.left - b.right) / 2, (a.top + a.bottom - b.top - b.bottom) / 2);
  return all.filter((one, at) => (boxes[at].height < 23.9 || boxes[at].width < 23.9) &&
    boxes.some((other, place) => place !== at && near(boxes[at], other) < 24)).map(one => one.outerHTML.slice(0, 120));
}"""
TOLD = """() => ({
  links: [...document.querySelectorAll("a[href], link[href]")].map(one => one.href),
  anchors: [...document.querySelectorAll("[id]")].map(one => one.id),
  size: performance.getEntries().map(entry => entry.encodedBodySize || 0).reduce((a, b) => a + b, 0),
  shifted: window.shifted,
})"""
NARROW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_every_page_and_every_link(browser: Browser, shown: Shown) -> None:
    """Each page comes whole, breaks no rule of its own policy, moves nothing, is light; each of its links leads
    somewhere."""
    watched = watch(browser)
    page = watched.open(shown.address)
    links = set[str]()
    anchors = dict[str, set[str]]()
    for path in shown.pages:
        answer = page.goto(shown.address + path)
        assert answer is not None
        assert answer.ok, path
        told = page.evaluate(TOLD)
        links |= set(told["links"])
        anchors[shown.address + path] = set(told["anchors"])
        assert 0 < told["size"] < WEIGHT, (path, told["size"])
        assert told["shifted"] == 0, path
    own = {link.partition("#")[::2] for link in links if link.startswith(shown.address)}
    assert len(own) > len(shown.pages)
    for address in {address for address, _ in own} - anchors.keys():
        assert page.request.get(address).ok, address
    for address, anchor in own:
        if anchor:
            assert unquote(anchor) in anchors.get(address, ()), (address, anchor)
    assert watched.strangers == []
    assert watched.said == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")])
def test_no_page_keeps_anybody_out(browser: Browser, shown: Shown, width: int, scheme: str) -> None:
    """axe-core finds nothing; in the dark it looks at contrast, the only one of its rules that colours matter to."""
    rules = {"runOnly": STANDARD, "rules": {"target-size": {"enabled": True}}}
    asked = rules if scheme == "light" else {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    page = watch(browser, viewport={"width": width, "height": 900}, color_scheme=scheme).open(shown.address)
    for path in KINDS:
        page.goto(shown.address + path)
        found = Axe().run(page, options={**asked, "resultTypes": ["violations"]})  # what is right need not be listed
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_targets_are_large_enough_and_nothing_is_wider_than_the_window(
    browser: Browser, shown: Shown, width: int
) -> None:
    page = watch(browser, viewport={"width": width, "height": 900}).open(shown.address)
    for path in KINDS:
        page.goto(shown.address + path)
        assert page.evaluate(SMALL) == [], path
        assert page.evaluate(NARROW) <= 0, path


def test_lines_are_as_long_as_eyes_like_them(browser: Browser, shown: Shown) -> None:
    """Running text has at most 75 characters a line, and about 60 where there is room."""
    page = watch(browser, viewport={"width": 1440, "height": 900}).open(shown.address + "issues/076.html")
    longest = page.evaluate(
        """() => {
          const paragraph = [...document.querySelectorAll("article p:not([class])")][0];
          const range = document.createRange(), text = paragraph.firstChild, lines = {};
          for (let at = 0; at < text.length; at++) {
            range.setStart(text, at); range.setEnd(text, at + 1);
            const top = Math.round(range.getBoundingClientRect().top);
            lines[top] = (lines[top] || 0) + 1;
          }
          return Math.max(...Object.values(lines));
        }"""
    )
    assert 55 <= longest <= 76


def test_reading_needs_no_script(browser: Browser, shown: Shown) -> None:
    """Without scripts there is no form that does nothing, and every article is still reached by links."""
    watched = watch(browser, java_script_enabled=False)
    page = watched.open(shown.address + "find.html")
    assert page.locator("#find").is_hidden()
    page.get_by_role("link", name="Tutorial").first.click()
    assert page.locator(".cards > li").count() > 3
    page.goto(shown.address + "articles.html")
    assert page.locator("form").is_hidden()
    assert page.get_by_role("heading", level=2).count() > 5


def test_paper_and_still_screens(browser: Browser, shown: Shown) -> None:
    """On paper there is no navigation, and addresses of articles are told; who wants no movement gets none."""
    page = watch(browser, reduced_motion="reduce").open(shown.address + "issues/076.html")
    assert page.evaluate("() => getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    page.emulate_media(media="print")
    assert page.locator(".mast nav").is_hidden()
    assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    told = "() => getComputedStyle(document.querySelector('article h3 a'), '::after').content"
    assert "http" in page.evaluate(told)
