"""The site as a reader uses it: search, choices, keyboard, comments; from a server and from a disk."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Shown, watch


def _count(page: Page) -> int:
    expect(page.locator("#said")).to_have_text(re.compile(r"found$"))
    told = page.locator("#said").inner_text()
    return 0 if told.startswith("Nothing") else int(told.split()[0])


def test_search_finds_articles_issues_and_notes(browser: Browser, shown: Shown) -> None:
    watched = watch(browser)
    page = watched.open(shown.address + "find.html")
    page.get_by_label("Words", exact=True).fill("payment ledger northlight")
    assert _count(page) > 3
    for title in page.locator("#results h3").all_inner_texts()[:5]:
        assert "payment ledger" in title or title.startswith(("Weekend Reading", "Counting"))
    page.get_by_label("Words", exact=True).fill("membership store decides")
    expect(page.locator("#results h3").first).to_have_text("Counting likes")
    page.locator("#results h3 a").first.click()
    assert page.url.endswith("notes.html#like-counters")
    page.go_back()
    expect(page.get_by_label("Words", exact=True)).to_have_value("membership store decides")
    page.get_by_label("Words", exact=True).fill("zzzyzx")
    expect(page.locator("#said")).to_have_text(re.compile(r"^Nothing"))
    assert page.evaluate("() => window.shifted") == 0
    assert watched.strangers == []
    assert watched.said == []


def test_words_and_choices_narrow_together(browser: Browser, shown: Shown) -> None:
    page = watch(browser).open(shown.address + "find.html")
    page.get_by_label("Words", exact=True).fill("queue")
    everything = _count(page)
    page.get_by_label("Company", exact=True).select_option("Corvid")
    page.wait_for_function(f"() => document.getElementById('said').textContent !== '{everything} found'")
    assert 0 < _count(page) < everything
    assert set(page.locator("#results .by").all_inner_texts()) == {"Corvid"}
    assert page.locator("#results .by").count() == page.locator("#results > li").count()


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("q=queue&company=Nobody", 0),  # a label that nothing has
        ("q=queue+zzzyzx", 0),  # a word that no part of the index knows
        ("q=membership+halved", 0),  # words that no one text has
        ("q=membership+decides", 1),  # and words that only the part of issues and notes knows
        ("q=%22shadow+reads%22+membership", 0),
        ("q=%22membership+store%22", 1),
    ],
)
def test_all_words_must_be_there(browser: Browser, shown: Shown, asked: str, count: int) -> None:
    """Whatever part of the index knows them: a part that does not know a word has nothing to show for it."""
    page = watch(browser).open(shown.address + "find.html?" + asked)
    assert _count(page) == count


def test_choices_reach_the_whole_archive(browser: Browser, shown: Shown) -> None:
    """The count is that of the static pages, whatever was chosen; more come on demand; the address can be shared."""
    watched = watch(browser)
    page = watched.open(shown.address + "companies/corvid.html")
    total = int(page.locator("h1 span").inner_text())
    page.get_by_role("link", name="Narrow down").click()
    assert page.url.endswith("find.html?company=Corvid")
    assert _count(page) == total > 20
    assert page.locator("#results > li").count() == 20
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#results > li")).to_have_count(min(40, total))
    assert page.evaluate(
        "() => document.activeElement.closest('li') === document.querySelector('#results').children[20]"
    )
    assert page.evaluate("() => window.shifted") == 0
    page.get_by_label("Form", exact=True).select_option("tutorial")
    expect(page.locator("#results .kind").first).to_have_text("Tutorial")
    some = _count(page)
    assert 0 < some < total
    assert set(page.locator("#results .kind").all_inner_texts()) == {"Tutorial"}
    watched.open(page.url).get_by_text(f"{some} found").wait_for()
    page.get_by_role("button", name="Clear").click()
    expect(page.locator(".browse")).to_be_visible()
    assert watched.said == []


def test_the_index_narrows_too(browser: Browser, shown: Shown) -> None:
    page = watch(browser).open(shown.address + "articles.html")
    page.get_by_label("Topic", exact=True).select_option(index=3)
    page.get_by_role("button", name="Show").click()
    assert _count(page) > 0
    assert "find.html?" in page.url


def test_from_a_disk(browser: Browser, shown: Shown) -> None:
    """A folder that was opened without a server: links and choices work, and search says what it needs."""
    watched = watch(browser)
    page = watched.open((shown.folder / "index.html").as_uri())
    page.get_by_role("link", name="Find").click()
    page.get_by_label("Form", exact=True).select_option("release")
    assert _count(page) > 0
    assert set(page.locator("#results .kind").all_inner_texts()) == {"Release"}
    page.locator("#results .by").first.click()
    assert "/companies/" in page.url
    page.go_back()
    page.get_by_label("Words", exact=True).fill("queue")
    expect(page.locator("#said")).to_contain_text("needs a web server")
    assert watched.strangers == []
    assert watched.said == []


def test_everything_can_be_done_by_keyboard(browser: Browser, shown: Shown) -> None:
    """The skip link comes first and works, focus is seen on every stop, goes forward through the page and out of it."""
    page = watch(browser).open(shown.address + "find.html")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().left") >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.name") == "q"
    page.keyboard.type("queue")
    _count(page)
    page.reload()
    _count(page)
    seen: list[int] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const one = document.activeElement, style = getComputedStyle(one);
              if (one === document.body) { return null; }
              const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
              return [drawn, [...document.querySelectorAll("*")].indexOf(one), one.outerHTML.slice(0, 80)];
            }"""
        )
        if stop is None:
            break
        drawn, place, what = stop
        assert drawn, what
        assert not seen or place > seen[-1], what
        seen.append(place)
    else:
        raise AssertionError("the focus never left the page")
    assert len(seen) > 20


def test_comments_ask_nobody_before_the_reader_does(browser: Browser, shown: Shown) -> None:
    watched = watch(browser)
    page = watched.open(shown.address + "issues/076.html")
    assert watched.strangers == []
    page.get_by_role("button", name="Show comments").click()
    expect(page.locator("#talk p")).to_have_text("The comments could not be loaded.")
    assert watched.strangers == ["https://giscus.app/client.js"]
    script = page.locator("#talk script")
    assert script.get_attribute("data-repo") == "owner/talk"
    assert script.get_attribute("data-category-id") == "DIC_1"
