"""The sample articles: enough of them, of every kind that the demo promises, and no text twice."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from crawler.demo.content import Post, flood_posts, load_blogs, week_start
from crawler.demo.markup import figures, headings, paragraphs

BLOGS = {blog.slug: blog for blog in load_blogs()}
POSTS = [(blog, post) for blog in BLOGS.values() for post in blog.posts]
NOW = datetime(2026, 11, 21, 10, 30, tzinfo=UTC)


def test_a_dozen_blogs_with_more_than_forty_five_articles() -> None:
    assert len(BLOGS) >= 12
    assert len(POSTS) >= 45


def test_slugs_and_titles_are_unique_across_the_demo() -> None:
    assert len({post.slug for _, post in POSTS}) == len(POSTS)
    assert len({post.title for _, post in POSTS}) == len(POSTS)


@pytest.mark.parametrize("format_", ["rss", "rdf", "atom", "json", "none"])
def test_every_feed_format_is_there(format_: str) -> None:
    assert any(blog.format == format_ for blog in BLOGS.values())


def test_full_and_teaser_feeds_sitemap_and_listing_are_there() -> None:
    assert {blog.kind for blog in BLOGS.values()} == {"feed", "sitemap", "listing"}
    assert all(not post.full for post in BLOGS["fernwood"].posts)
    assert all(post.full for post in BLOGS["harbourline"].posts)


def test_every_quirk_is_there() -> None:
    quirks = {quirk for blog in BLOGS.values() for quirk in blog.quirks}
    assert quirks == {"tracking", "relative", "malformed", "html-error", "moved"}
    assert {blog.encoding for blog in BLOGS.values()} == {"utf-8", "windows-1252"}
    assert any(blog.language == "de" for blog in BLOGS.values())


def test_hosts_are_reserved_names() -> None:
    """RFC 2606 section 2 reserves .example: nobody's blog is imitated."""
    assert all(blog.host.endswith(".example") for blog in BLOGS.values())


def test_most_articles_are_recent_and_some_have_no_date() -> None:
    last_week = [post for _, post in POSTS if post.age <= 7]
    recent = [post for _, post in POSTS if post.age <= 14]
    assert len(last_week) >= 20
    assert len(recent) > len(POSTS) / 2
    assert max(post.age for _, post in POSTS) > 60
    assert sum(not post.dated for _, post in POSTS) >= 3


def test_no_article_is_written_in_the_future_or_next_to_the_limit_of_recent() -> None:
    """Between 38 and 46 days an article would be recent or not depending on the weekday of the demo."""
    assert all(post.age >= 1 and not 38 <= post.age <= 46 for _, post in POSTS)


def test_the_last_full_week_holds_the_same_articles_on_every_weekday() -> None:
    def in_last_week(now: datetime) -> set[str]:
        end = week_start(now)
        return {post.slug for _, post in POSTS if end - timedelta(days=7) <= post.written_at(now) < end}

    weeks = [in_last_week(NOW + timedelta(days=day)) for day in range(8)]
    assert all(week == weeks[0] for week in weeks)


def test_week_start_is_a_monday_midnight_utc_not_after_now() -> None:
    for hour in range(0, 24 * 15, 5):
        now = NOW + timedelta(hours=hour)
        start = week_start(now)
        assert (start.weekday(), start.hour, start.minute) == (0, 0, 0)
        assert timedelta(0) <= now - start < timedelta(days=7)


def test_the_syndicated_copy_holds_its_original_and_a_paragraph_of_its_own() -> None:
    copy = next(post for post in BLOGS["stackdrift"].posts if post.canonical)
    blog, original = next((b, p) for b, p in POSTS if copy.canonical == b.root + p.path)
    assert blog.slug != "stackdrift"
    assert copy.title != original.title
    assert set(paragraphs(original.body)) < set(paragraphs(copy.body))
    assert copy.written_at(NOW) > original.written_at(NOW)


def test_no_two_articles_share_a_paragraph_but_for_the_syndicated_copy() -> None:
    seen: dict[str, str] = {}
    for _, post in POSTS:
        if post.canonical:
            continue
        for paragraph in paragraphs(post.body):
            assert seen.setdefault(paragraph, post.slug) == post.slug, paragraph


def test_no_long_sentence_occurs_in_two_articles() -> None:
    found: Counter[str] = Counter()
    for _, post in POSTS:
        if not post.canonical:
            text = " ".join(paragraphs(post.body))
            found.update({s for s in re.split(r"(?<=[.!?])\s+", text) if len(s.split()) >= 6})
    assert [sentence for sentence, count in found.items() if count > 1] == []


def test_one_story_is_told_by_two_blogs_in_different_words() -> None:
    telling = [(blog, post) for blog, post in POSTS if "CVE-2026-41877" in post.body + post.title + post.description]
    assert {blog.slug for blog, _ in telling} == {"coppergate", "marlin"}
    first, second = (set(paragraphs(post.body)) for _, post in telling)
    assert not first & second
    ages = [post.age for _, post in telling]
    assert max(ages) - min(ages) <= 14


def test_hostile_content_is_there() -> None:
    bodies = "".join(post.body for post in BLOGS["coppergate"].posts)
    titles = "".join(post.title for post in BLOGS["coppergate"].posts)
    for payload in ("<script>", "onclick=", "javascript:", "<iframe", "onerror="):
        assert payload in bodies
    assert "](javascript:" in titles
    assert "<!-- pin -->" in titles
    assert "\u202e" in titles


@pytest.mark.parametrize("post", [pytest.param(post, id=post.slug) for _, post in POSTS])
def test_every_article_is_complete(post: Post) -> None:
    short = post.tags in (("newsletter", "links"), ("sponsored",), ("Jobs",))
    words = len(re.sub(r"<[^>]*>", " ", post.body).split())
    assert words <= 900
    assert words >= (90 if short else 200)
    assert post.authors
    assert post.description
    assert len(post.title) <= 120
    assert post.path.startswith("/")
    assert post.tags
    assert headings(post.body) or short or words < 340


def test_articles_have_the_furniture_that_extraction_must_keep() -> None:
    bodies = [post.body for _, post in POSTS]
    assert sum("```" in body for body in bodies) >= 20
    assert sum("\n|" in body for body in bodies) >= 15
    assert sum(bool(list(figures(body))) for body in bodies) >= 6
    assert sum(post.cover is not None for _, post in POSTS) >= 20


def test_the_flood_is_sixty_old_entries_with_distinct_addresses() -> None:
    old = flood_posts(BLOGS["parcelwise"])
    assert len(old) == 60
    assert len({post.path for post in old}) == 60
    assert min(post.age for post in old) > 365
    assert all(not flood_posts(blog) for blog in BLOGS.values() if blog.slug != "parcelwise")


def test_posts_are_newest_first() -> None:
    for blog in BLOGS.values():
        times = [post.written_at(NOW) for post in blog.posts]
        assert times == sorted(times, reverse=True)


def test_the_hour_of_an_article_is_read_as_a_clock_is() -> None:
    """In YAML, 9.30 is the number 9.3."""
    post = next(post for post in BLOGS["harbourline"].posts if post.slug == "eight-second-vessel-positions")
    assert post.written_at(NOW) == datetime(2026, 11, 10, 9, 30, tzinfo=UTC)
    assert all(0 <= post.minutes < 24 * 60 for _, post in POSTS)
