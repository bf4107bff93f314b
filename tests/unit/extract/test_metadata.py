"""Title, authors, day, address and the rest, from each place in which pages state them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from crawler.extract import extract_page
from crawler.model import Extracted
from tests.unit.extract.support import MORE, PROSE

URL = "https://blog.example/posts/giving-work-back/"


def read_page(head: str = "", top: str = "<h1>Giving work back</h1>", url: str = URL, foot: str = "") -> Extracted:
    html = f"<html><head>{head}</head><body><article>{top}<div class='post-content'><p>{PROSE}</p><p>{MORE}</p></div></article>{foot}</body></html>"
    return extract_page(html.encode(), url)


def jsonld(**fields: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'BlogPosting', **fields})}</script>"


@pytest.mark.parametrize(
    ("head", "top"),
    [
        ("<title>Giving work back | Blog of Example</title>", "<h1>Giving work back</h1>"),
        ("<title>Blog of Example: Giving work back</title>", "<h1>Blog of Example</h1><h2>Giving work back</h2>"),
        ("<title>Giving work back - Example</title><meta property='og:site_name' content='Example'>", ""),
        (
            "<meta property='og:title' content='Giving work back · Example'><meta property='og:site_name' content='Example'>",
            "",
        ),
        ("<title>Giving work back</title>", "<h1><a href='/'>Example</a></h1><h2>Giving work back</h2>"),
        (jsonld(headline="Giving work back"), ""),
        ("<title>x</title>", "<h1 class='p-name'>Giving work back <a class='headerlink' href='#g'>¶</a></h1>"),
        ("<title>Giving work back &mdash; blog</title>", ""),
    ],
)
def test_title(head: str, top: str) -> None:
    assert read_page(head, top).title == "Giving work back"


def test_a_heading_that_is_only_the_beginning_of_the_title_is_not_it() -> None:
    """A section's heading may repeat the title's first words; what follows a separator is another matter."""
    head = "<title>Giving work back through small queues | Example</title>"
    assert read_page(head, "<h1>Giving work back</h1>").title == "Giving work back through small queues"
    assert read_page("<title>Giving work back: the story | Example</title>", "<h1>Giving work back</h1>").title == (
        "Giving work back"
    )


def test_a_dash_in_a_title_is_kept() -> None:
    assert (
        read_page("<title>Queues - a love story</title>", "<h1>Queues - a love story</h1>").title
        == "Queues - a love story"
    )
    assert read_page("<title>Queues - a love story</title>", "").title == "Queues - a love story"


@pytest.mark.parametrize(
    ("head", "top", "authors"),
    [
        (jsonld(author={"@type": "Person", "name": "Ann Lee"}), "", ("Ann Lee",)),
        (jsonld(author=[{"name": "Ann Lee"}, {"name": "Bo Ek"}]), "", ("Ann Lee", "Bo Ek")),
        (jsonld(author="Ann Lee"), "", ("Ann Lee",)),
        ("<meta name='author' content='Ann Lee and Bo Ek'>", "", ("Ann Lee", "Bo Ek")),
        ("<meta name='author' content='Ann Lee, Bo Ek &amp; Cy Ott'>", "", ("Ann Lee", "Bo Ek", "Cy Ott")),
        ("", "<a rel='author' href='/ann'>Ann Lee</a>", ("Ann Lee",)),
        ("", "<span itemprop='author'><span itemprop='name'>Ann Lee</span></span>", ("Ann Lee",)),
        ("", "<a class='p-author h-card' href='/'>Ann Lee</a>", ("Ann Lee",)),
        ("", "<h1>Giving work back</h1><p>By Ann Lee</p>", ("Ann Lee",)),
        ("", "<h1>Giving work back</h1><div>July 5, 2023 · Ann Lee</div>", ("Ann Lee",)),
        ("", "<h1>Giving work back</h1>\n  July 5, 2023 -\n\n\n  Ann Lee\n\n\n  Bo Ek\n\n", ("Ann Lee", "Bo Ek")),
        (
            "<meta name='author' content='Site Owner'>",
            "<h1>Giving work back</h1><h4>Posted by <b>Ann Lee</b> on May 4, 2021</h4>",
            ("Ann Lee",),
        ),
        (
            "<meta name='author' content='Example'><meta property='og:site_name' content='Example'>",
            "<p class='author'>Ann Lee</p>",
            ("Ann Lee",),
        ),
        ("", "<h1>Giving work back</h1><p class='subtitle'>Ann Lee, 3 May 2023</p>", ("Ann Lee",)),
        (
            "",
            "<h1>Giving work back</h1><div>By <b>Ann Lee (Example)</b> and <b>Bo Ek</b> |Friday, May 5, 2023</div>",
            ("Ann Lee", "Bo Ek"),
        ),
        (
            "<meta name='author' content='Example'><meta property='og:site_name' content='Example'>",
            "<h1>Giving work back</h1><dl><dt>Authors</dt><dd><dl><dt>Name</dt><dd>Ann Lee</dd></dl></dd></dl>",
            ("Ann Lee",),
        ),
        (
            "",
            "<h1>Giving work back</h1><div><span>Ann Lee</span><span>Staff Engineer</span><span>Bo Ek</span><span>Head of Data</span></div>",
            ("Ann Lee", "Bo Ek"),
        ),
        ("", "<h1>Giving work back</h1><p>New York, May 5, 2023</p>", ()),
        ("", "<h1>Giving work back</h1><p>Case Study – May 5, 2023</p>", ()),
        ("", "<h1>Giving work back</h1><p>May 5, 2023 - Hong Li</p>", ("Hong Li",)),
        ("", "<h1>Giving work back</h1><p>Machine Learning · May 5, 2023</p>", ()),
        ("", "<h1>Giving work back</h1><div><span>Case Study</span><span>May 5, 2023</span></div>", ()),
        ("", "<h1>Giving work back</h1><div><span>Machine Learning</span><p>An engineer writes.</p></div>", ()),
        ("", "<h1>Giving work back</h1><p>Lost Work</p><p>What every software engineer should know</p>", ()),
        ("", "<h1>Giving work back</h1><p>Lost Work</p><p>Talking to a data scientist about it</p>", ()),
        (
            "",
            "<h1>Giving work back</h1><p>Ann Lee</p><p>Senior software engineer at Acme and lead of its queues</p>",
            ("Ann Lee",),
        ),
        (
            "",
            "<span class='author'><span class='ltx_personname'>Ann Lee</span><span class='note'>Example</span></span>",
            ("Ann Lee",),
        ),
        ("", "<h1>Giving work back</h1><p class='byline'>Ann Lee and Bo Ek • May 3, 2023</p>", ("Ann Lee", "Bo Ek")),
        (
            "<meta name='author' content='Bo Ek'><meta name='author' content='Ann Lee'>",
            "<h1>Giving work back</h1><div>Authors</div><div><p>Bo Ek</p><p>Ann Lee</p></div>",
            ("Bo Ek", "Ann Lee"),
        ),
        ("<meta name='author' content='admin'>", "", ()),
        ("<meta property='article:author' content='https://social.example/ann'>", "", ()),
    ],
)
def test_authors(head: str, top: str, authors: tuple[str, ...]) -> None:
    assert read_page(head, top).authors == authors


@pytest.mark.parametrize("around", ["<nav>{}</nav>", "<header><nav>{}</nav></header>", "<div class='recent'>{}</div>"])
def test_a_day_of_another_article_above_the_title_is_not_its_own(around: str) -> None:
    others = around.format("<p><a href='/old'>Older work</a></p><p>May 5, 2011</p>")
    assert read_page(top=f"{others}<h1>Giving work back</h1>").published_at is None


def test_the_author_of_a_related_post_is_not_the_author() -> None:
    foot = "<section class='related-posts'><span class='author'>Bo Ek</span></section>"
    assert read_page("<meta name='author' content='Ann Lee'>", foot=foot).authors == ("Ann Lee",)


DAY = datetime(2019, 5, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "top", "url"),
    [
        (jsonld(datePublished="2019-05-03", dateModified="2022-01-01"), "", URL),
        ("<meta property='article:published_time' content='2019-05-03T00:00:00Z'>", "", URL),
        (
            "<meta property='article:modified_time' content='2022-01-01'><meta name='date' content='2019-05-03'>",
            "",
            URL,
        ),
        (
            "",
            "<time class='updated' datetime='2022-01-01'>2022</time><time class='dt-published' datetime='2019-05-03'>3 May</time>",
            URL,
        ),
        ("", "<time datetime='2019-05-03'>May 3</time>", URL),
        ("", "<time>Friday, May 3rd, 2019</time>", URL),
        ("", "<span itemprop='datePublished' content='2019-05-03'>May</span>", URL),
        ("", "<h1>Giving work back</h1><p>3 May 2019</p>", URL),
        ("", "<h1>Giving work back</h1><p>Posted on May 3, 2019 by Ann</p>", URL),
        ("", "<h1>Giving work back</h1><p>Updated on January 1, 2022</p><p>May 3, 2019</p>", URL),
        ("", "<div class='post-date'>03.05.2019</div>", URL),
        (
            "",
            "<p>Last updated: <time datetime='2022-01-01'>1 Jan</time></p><p><time datetime='2019-05-03'>3 May</time></p>",
            URL,
        ),
        ("", "<p><b>Modified</b> <time datetime='2022-01-01'></time></p><time datetime='2019-05-03'></time>", URL),
        ("", "<h1>Giving work back</h1><p>Updated January 1, 2022 · Published May 3, 2019</p>", URL),
        ("", "<h1>Giving work back</h1><p>Published May 3, 2019, last updated January 1, 2022</p>", URL),
        ("", "<div><div><p>May 3, 2019</p></div><div><h1>Giving work back</h1></div></div>", URL),
        ("", "<h1>Giving work back</h1><div class='submitted'>Fri, 05/03/2019 - 10:15</div>", URL),
        ("", "<h1>Giving work back</h1><div class='submitted'>Fri, 03/05/2019 - 10:15</div>", URL),
        ("", "<h1>Giving work back</h1><p>3. Mai 2019</p>", URL),
        ("", "<h1>Giving work back</h1><p>Publié le 3 mai 2019</p>", URL),
        ("", "<h1>Giving work back</h1><p>3 de mayo de 2019</p>", URL),
        ("", "<h1>Giving work back</h1><p>2019年5月3日</p>", URL),
        ("", "", "https://blog.example/2019/05/03/giving-work-back/"),
        ("", "", "https://blog.example/posts/2019-05-03-giving-work-back.html"),
        (jsonld(datePublished="2024-11-30T10:00:00Z"), "", "https://blog.example/2019/05/03/giving-work-back/"),
    ],
)
def test_published_day(head: str, top: str, url: str) -> None:
    assert read_page(head, top, url).published_at == DAY


@pytest.mark.parametrize(
    ("language", "day"),
    [("en-US", datetime(2019, 3, 5, tzinfo=UTC)), ("en-GB", DAY), ("fr", DAY), ("en", None), ("", None)],
)
def test_which_number_is_the_month_is_told_by_the_language_alone(language: str, day: datetime | None) -> None:
    html = (
        f"<html lang='{language}'><body><article><h1>Giving work back</h1><p>03/05/2019</p><div class='post-content'>"
        f"<p>{PROSE}</p><p>{MORE}</p></div></article></body></html>"
    )
    assert extract_page(html.encode(), URL).published_at == day


def test_zones_become_utc_and_no_date_is_none() -> None:
    head = "<meta property='article:published_time' content='2019-05-03T23:30:00-0700'>"
    assert read_page(head).published_at == datetime(2019, 5, 4, 6, 30, tzinfo=UTC)
    assert read_page().published_at is None
    assert read_page("<meta name='date' content='0001-01-01'>").published_at is None


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        (f"<link rel='canonical' href='{URL}'>", URL),
        ("<link rel='canonical' href='/posts/giving-work-back/'>", URL),
        (f"<meta property='og:url' content='{URL}?utm_source=x'>", URL),
        (
            "<link rel='canonical' href='https://author.example/giving-work-back'>",
            "https://author.example/giving-work-back",
        ),
        ("<link rel='canonical' href='https://blog.example/'>", None),
        ("<link rel='canonical' href='https://other.example/landing'>", None),
        ("<link rel='canonical' href='http://localhost:4000/posts/giving-work-back/'>", None),
        ("<link rel='canonical' href='javascript:alert(1)'>", None),
        ("<link rel='canonical' href='https://blog.example/posts'>", None),
        ("", None),
    ],
)
def test_canonical_url_only_where_it_can_be_trusted(head: str, canonical: str | None) -> None:
    assert read_page(head).canonical_url == canonical


def test_language_description_site_tags_and_robots() -> None:
    head = (
        "<meta property='og:locale' content='de_DE'><meta name='description' content='How workers return what they cannot do.'>"
        "<meta property='og:site_name' content='Example'><meta property='article:tag' content='queues'><meta name='robots' content='NOINDEX, follow'>"
    )
    extracted = read_page(head, "<h1>Giving work back</h1><a rel='tag' href='/t'>#scheduling</a>")
    assert (extracted.language, extracted.description, extracted.site_name, extracted.tags, extracted.noindex) == (
        "de",
        "How workers return what they cannot do.",
        "Example",
        ("queues", "scheduling"),
        True,
    )


@pytest.mark.parametrize(
    "data",
    ["{", "[]", "null", '{"@graph": "x"}', '{"@type": ["BlogPosting"], "author": {"name": ["Ann Lee"]}}', "[" * 3000],
)
def test_broken_linked_data_is_passed_over(data: str) -> None:
    extracted = read_page(f"<script type='application/ld+json'>{data}</script>")
    assert extracted.title == "Giving work back"
