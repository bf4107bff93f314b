"""What holds for every format: same items, same links, escaped, nothing of an item lost."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings

from crawler.errors import UserError
from crawler.model import Image, Issue, Section, Window
from crawler.render import RENDERERS, SUFFIXES, render
from crawler.render.options import RenderOptions
from crawler.settings import FrontMatter
from crawler.text import one_line
from crawler.urls import picture_url, shown_url
from crawler.yamldoc import load_yaml
from tests.contract.format_readers import READERS, whole_of
from tests.golden.issue import ISSUE
from tests.unit.draft.strategies import issues

FORMATS = sorted(RENDERERS)
TRACKED = re.compile(r"[?&](utm_\w+|fbclid|gclid|mc_cid)=")


def _loose(value: str) -> str:
    return re.sub(r"\s+", "", html.unescape(value))


@pytest.mark.parametrize("name", FORMATS)
def test_nothing_of_an_item_is_lost(name: str) -> None:
    """Title, audience, alt text, every word of the summary, company and minutes of each item, in the items' order."""
    words, _ = READERS[name](render(ISSUE, name))
    seen = _loose(words)
    position = 0
    for item in ISSUE.items:
        place = seen.find(_loose(item.title), position)
        assert place >= position, item.title
        position = place
        for value in (item.audience, item.summary, item.company or "", item.image.alt if item.image else ""):
            assert _loose(value) in seen
        assert str(item.minutes) in seen
        for also, _ in (*item.also_at, *item.covered_by):
            assert _loose(also) in seen
        assert all(_loose(str(number)) in seen for number in item.previously)
    for value in (ISSUE.title, ISSUE.lead, ISSUE.tagline, ISSUE.comments or "", *ISSUE.tags):
        assert _loose(value) in seen
    assert "84" in seen


VARIANTS = {
    "plain": RenderOptions(),
    "shown": RenderOptions(images="show"),
    "linked": RenderOptions(images="link"),
    "articles": RenderOptions(feed_grain="article"),
    "jekyll": RenderOptions(front_matter="jekyll"),
    "astro": RenderOptions(front_matter="astro"),
}


@pytest.mark.parametrize("variant", sorted(VARIANTS))
@pytest.mark.parametrize("name", FORMATS)
def test_all_formats_have_the_same_links(name: str, variant: str) -> None:
    """Promise 13: every item's address, image and other places, without trackers, and no others, by every option."""
    _, links = READERS[name](render(ISSUE, name, VARIANTS[variant]))
    expected = {shown_url(i.url) for i in ISSUE.items}
    expected |= {shown_url(url) for i in ISSUE.items for _, url in (*i.also_at, *i.covered_by)}
    expected |= {picture_url(i.image.url) for i in ISSUE.items if i.image}
    assert set(links) == expected
    assert not any(TRACKED.search(link) for link in links)


@pytest.mark.parametrize("name", FORMATS)
def test_links_lead_to_the_place_and_are_valid(name: str) -> None:
    """The fragment that an editor wrote stays; characters that no address may have are escaped (RFC 3986)."""
    item = replace(
        ISSUE.items[0],
        url="https://docs.example/release?a[]=1&utm_source=x#new-things",
        image=Image("https://docs.example/a b.png?w={640}|2", "Alt"),
        also_at=(("Docs", "https://also.example/#part-2"),),
    )
    issue = replace(ISSUE, sections=(Section("", "", (item,)),), cover=item.image)
    made = render(issue, name)
    _, links = READERS[name](made)
    assert set(links) == {
        "https://docs.example/release?a%5B%5D=1#new-things",
        "https://docs.example/a%20b.png?w=%7B640%7D%7C2",
        "https://also.example/#part-2",
    }
    assert "a b.png" not in whole_of(name, made)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_for_the_editor_is_not_printed(name: str) -> None:
    """Runners-up, pins and scores of the draft stay in the draft."""
    made = whole_of(name, render(replace(ISSUE, sections=tuple(_pinned(s) for s in ISSUE.sections)), name))
    assert "The one that waits" not in made
    assert "hooli.example.org" not in made
    assert "<!--" not in made
    assert "pin -->" not in made


def _pinned(section: Section) -> Section:
    return replace(section, items=tuple(replace(item, pinned=True) for item in section.items))


@pytest.mark.parametrize("name", FORMATS)
def test_a_quiet_week_is_told(name: str) -> None:
    """An issue without items is whole and says why it is short."""
    quiet = replace(ISSUE, sections=(), lead="", tags=(), cover=None, comments=None, runners_up=())
    made = whole_of(name, render(quiet, name))
    assert made.endswith("\n")
    if name != "json":
        assert "A quiet week" in made
        assert "Tags" not in made
        assert "Comments" not in made


@pytest.mark.parametrize("zone", ["Pacific/Auckland", "Europe/Berlin", "UTC", "America/Los_Angeles"])
@pytest.mark.parametrize("front_matter", ["hugo", "jekyll", "astro"])
def test_an_issue_is_dated_by_the_day_after_its_last_one(zone: str, front_matter: FrontMatter) -> None:
    """Where its days were counted: a week that ends with Sunday in Berlin is dated Monday, not by UTC's day."""
    ends = [datetime(2026, month, day, tzinfo=ZoneInfo(zone)) for month, day in ((1, 5), (7, 6))]
    for end in ends:
        window = Window((end - timedelta(days=7)).astimezone(UTC), end.astimezone(UTC))
        issue, options = replace(ISSUE, window=window), RenderOptions(timezone=zone, front_matter=front_matter)
        words = f"{end.day} {end:%B} {end.year}"
        for name in ("html", "email", "epub"):
            assert words in whole_of(name, render(issue, name, options))
        for name in ("markdown", "hugo"):
            made = render(issue, name, options)
            assert isinstance(made, str)
            front = load_yaml(made.split("---\n")[1], "front")
            told = datetime.fromisoformat(front.get("date") or front["pubDate"])
            assert (told, told.date(), told.utcoffset()) == (end, end.date(), end.utcoffset())


@pytest.mark.parametrize("name", FORMATS)
def test_rendering_twice_gives_the_same_bytes(name: str) -> None:
    """No time, no random order."""
    assert render(ISSUE, name) == render(ISSUE, name)


@pytest.mark.parametrize("name", FORMATS)
@given(issue=issues)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_hostile_words_stay_words(name: str, issue: Issue) -> None:
    """Promise 7: whatever a blog wrote, no format gains a link, a tag or a heading from it."""
    made = render(issue, name)
    words, links = READERS[name](made)
    allowed = {shown_url(i.url) for i in issue.items}
    allowed |= {shown_url(url) for i in issue.items for _, url in (*i.also_at, *i.covered_by)}
    allowed |= {picture_url(i.image.url) for i in issue.items if i.image}
    if name in {"markdown", "hugo", "html", "atom", "rss", "jsonfeed", "epub"}:
        assert {link.replace("%25", "%") for link in links} <= {link.replace("%25", "%") for link in allowed}
    seen = _loose(words)
    for item in issue.items:
        assert _loose(one_line(item.title)) in seen
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069]", whole_of(name, made))


def test_every_format_has_a_file_suffix_and_a_reader() -> None:
    """A format that is registered is tested on the same day."""
    assert set(SUFFIXES) == set(RENDERERS) == set(READERS)


def test_an_unknown_format_names_the_known_ones() -> None:
    """A misspelt format is a message with the choices."""
    with pytest.raises(UserError, match="hugo, json, jsonfeed, markdown, rss, text"):
        render(ISSUE, "markdwon")
