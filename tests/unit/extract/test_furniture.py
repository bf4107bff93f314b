"""What belongs to the page is taken away, what belongs to the article stays."""

from __future__ import annotations

import re

import pytest

from crawler.extract import extract_page
from tests.unit.extract.support import MORE, PROSE, inner, read

FURNITURE = {
    "share bar": "<div class='share-buttons'><a href='/t'>Tweet</a> <a href='/f'>Share on Facebook</a></div>",
    "share bar of a plug-in": "<div class='sharedaddy sd-sharing-enabled'><h3>Share this:</h3><a href='/t'>X</a></div>",
    "related posts": "<section class='related-posts'><h3>Related posts</h3><p>Ten ways to lose a queue</p></section>",
    "related posts, CSS module": "<div class='relatedPosts_k3Jx'><p>Ten ways to lose a queue</p></div>",
    "author box": "<div class='author-bio'><p>Ann Lee is an engineer who lives near the sea.</p></div>",
    "newsletter form": "<div class='newsletter-signup'><p>Get our posts by mail.</p><form><input></form></div>",
    "comments": "<div id='comments'><h2>3 comments</h2><p>I do not agree with this at all.</p></div>",
    "breadcrumbs": "<ul class='breadcrumb'><li><a href='/'>Home</a></li><li>Blog</li></ul>",
    "table of contents": "<div class='table-of-contents'><ul><li><a href='#a'>First part</a></li></ul></div>",
    "table of contents by role": "<div role='doc-toc'><a href='#a'>First part</a></div>",
    "post navigation": "<nav class='post-nav'><a href='/p'>An older post about something else</a></nav>",
    "tags list": "<ul class='post-tags'><li><a href='/tags/queues'>queues</a></li></ul>",
    "cookie banner": "<div id='cookie-consent'><p>This site uses cookies.</p></div>",
    "edit link": "<a class='edit-this-page' href='https://git.example/edit'>Edit this page</a>",
    "skip link": "<a class='skip-link' href='#main'>Skip to content</a>",
    "screen reader text": "<span class='sr-only'>opens in a new window</span>",
    "advertisement": "<div class='ad-slot'><p>Buy a faster keyboard today.</p></div>",
    "site notice": "<div class='announcement-bar'>We are hiring</div>",
    "hidden by its class": "<div class='hidden md:block'><p>Shown after a click that never comes.</p></div>",
    "how to quote a page": "<section id='quarto-citation'><h2>Citation</h2><pre>@online{lee}</pre></section>",
    "hidden element": "<div hidden><p>Shown after a click that never comes.</p></div>",
    "invisible element": "<div style='display: none'><p>Shown after a click that never comes.</p></div>",
    "aside": "<aside><p>Read our handbook.</p></aside>",
    "script": "<script>track('reader')</script>",
    "style": "<style>p { color: red }</style>",
    "drawn text": "<svg><text>Axis label</text></svg>",
    "button": "<button>Copy</button>",
    "credit of a picture": "<figure><img src='/i.png'><figcaption>Photo by Ann Lee</figcaption></figure>",
    "notice of an advertiser": "<p>Advertisement</p>",
    "notice of a player": "<p>Media playback is unsupported on your device</p>",
    "place in a gallery": "<p>Image 2 of 5</p>",
    "button of a messenger": "<div>Share on WhatsApp</div>",
    "headline between paragraphs": "<p><a href='/x'>HOW ANOTHER TEAM LOST A QUEUE</a></p>",
    "a link to the rest": "<p><a class='read-more' href='/p'>Read more</a></p>",
    "a button": "<div class='wp-block-buttons'><div class='wp-block-button'><a href='/jobs'>Work with us</a></div></div>",
    "a button, as a card": "<div class='kg-card kg-button-card'><a class='kg-btn' href='/buy'>Try it now</a></div>",
    "subscription block": "<div class='wp-block-jetpack-subscriptions'><div><p>Get new posts by mail.</p></div></div>",
    "foot of an embedded file": "<div class='gist-meta'><a href='/raw'>view raw</a><a href='/g'>give.py</a></div>",
    "names of tabs": "<ul class='nav nav-tabs'><li><a href='#'>Debian</a></li><li><a href='#'>Fedora</a></li></ul>",
    "an address": "<address>Ann Lee, ann@mail.example</address>",
    "related line": "<p><strong>Related:</strong> <a href='/x'>How we lost a queue and found it in another region</a></p>",
}


@pytest.mark.parametrize("markup", FURNITURE.values(), ids=FURNITURE.keys())
def test_furniture_is_dropped(markup: str) -> None:
    assert inner(read(markup)) == ""


CONTENT = {
    "a note": ("<aside class='admonition note'><p>Keep the batch small.</p></aside>", "Keep the batch small."),
    "a callout": ("<div class='callout callout-tip'><p>Keep the batch small.</p></div>", "Keep the batch small."),
    "a section on comments": (
        "<section id='comments' class='level2'><h2>Comments</h2><p>Comments in the job file are kept as they are.</p></section>",
        "Comments in the job file",
    ),
    "a heading on sharing": (
        "<h2 id='share'>Share of idle time</h2><p>It fell to two percent.</p>",
        "Share of idle time",
    ),
    "footnotes": (
        "<section class='footnotes'><ol><li>Sixty-four is a guess that held. <a href='#r1'>↩</a></li></ol></section>",
        "Sixty-four is a guess that held.",
    ),
    "a state on a wrapper": (
        "<div class='has-sidebar no-comments'><p>Workers keep a log.</p></div>",
        "Workers keep a log.",
    ),
    "a caption that tells more than who drew it": (
        "<figure><img src='/i.png'><figcaption>How far a batch travels in a week. Credit: Ann Lee</figcaption></figure>",
        "How far a batch travels in a week.",
    ),
    "a list that a sentence begins": (
        "<p>We tell how to:</p><ul><li><a href='#a'>halve a batch</a></li><li><a href='#b'>give it back</a></li></ul>",
        "- halve a batch",
    ),
    "a heading on loading": ("<h3>Loading</h3><p>Pages come late.</p>", "Loading"),
    "a quotation that is not in the text": (
        "<aside class='pullquote'><p>Nobody missed the pauses.</p></aside>",
        "Nobody missed the pauses.",
    ),
    "a word that a style sheet names": (
        "<p>The share of jobs that came back late is high: <span class='share'>73 %</span> of them waited.</p>",
        "is high: 73 % of them waited.",
    ),
    "a link that a style sheet names": (
        "<p>We told in <a class='related-post' href='/p'>an earlier post</a> how the queue is built and why it grew.</p>",
        "We told in an earlier post how",
    ),
    "captions of several pictures": (
        "<figure class='wp-block-gallery'><figure><figcaption>The first rack</figcaption></figure><figcaption>Both racks by night</figcaption></figure>",
        "The first rack\n\nBoth racks by night",
    ),
    "what may not overflow": ("<div class='overflow-hidden rounded-lg'><pre>a = 1</pre></div>", "a = 1"),
    "what is hidden on some screens": (
        "<div class='lg:hidden'><p>Keep the batch small.</p></div>",
        "Keep the batch small.",
    ),
    "a field whose label is hidden": (
        "<div class='field field--name-text field--label-visually_hidden'><p>Keep the batch small.</p></div>",
        "Keep the batch small.",
    ),
    "what was asked of a model": ("<div class='prompt'>Write a poem on queues.</div>", "Write a poem on queues."),
    "who is quoted": (
        "<blockquote><p>Halves are enough.</p></blockquote><figcaption class='blockquote-footer'>Bo Ek</figcaption>",
        "Bo Ek",
    ),
    "folded text": ("<details><summary>Numbers</summary><p>Nine of ten.</p></details>", "Nine of ten."),
}


@pytest.mark.parametrize(("markup", "kept"), CONTENT.values(), ids=CONTENT.keys())
def test_content_with_a_suspicious_name_stays(markup: str, kept: str) -> None:
    assert kept in inner(read(markup))


@pytest.mark.parametrize(
    "mark",
    [
        "<a class='headerlink' href='#why'>¶</a>",
        "<a class='anchor' href='#why'>#</a>",
        "<a class='hash-link' href='#why' title='Direct link'>\u200b</a>",
        "<a href='#why'>Permalink</a>",
    ],
)
def test_a_heading_loses_its_anchor_mark(mark: str) -> None:
    assert inner(read(f"<h2 id='why'>Why it works{mark}</h2>")) == "Why it works"


@pytest.mark.parametrize(
    "link",
    [
        "<a class='anchor' href='#why'>Why it works</a>",
        "<a class='header-anchor' href='#why'>Why it works</a>",
        "<a class='header-anchor' href='#why'><span>Why it works</span></a>",
        "<a class='heading-link' href='#why'>Why it works <span aria-hidden='true'>#</span></a>",
        "<a class='header-anchor' href='#why'>#</a> Why it works",
        "<a class='group' href='#why'>Why it works<span class='ml-2'>#</span></a>",
    ],
)
def test_a_heading_that_is_a_link_to_itself_stays(link: str) -> None:
    assert inner(read(f"<h2 id='why' tabindex='-1'>{link}</h2>")) == "Why it works"


def test_the_title_and_the_byline_are_not_text() -> None:
    extracted = read("")
    assert extracted.text.startswith("The scheduler hands")
    byline = "<p class='x'>By Ann Lee</p><p class='y'>May 3, 2019 · 4 min read</p>"
    markup = f"<html><body><main><h1>Giving work back</h1>{byline}<p>{PROSE}</p><p>{MORE}</p><p>{PROSE}</p></main></body></html>"
    assert extract_page(markup.encode(), "https://blog.example/x").text.startswith("The scheduler hands")


@pytest.mark.parametrize(
    "line",
    [
        "<p>Ann Lee (Example Works); Bo Ek (Sample Labs)</p>",
        "<h2>By Ann Lee GitHub and Bo Ek</h2>",
        "<div>May 3, 2019 - Ann Lee <a href='https://social.example/ann'>(@ann)</a>, Bo Ek</div>",
        "May 3, 2019 -\n\n Ann Lee\n <a href='https://social.example/ann'>(@ann)</a>\n\n Bo Ek\n",
    ],
)
def test_a_line_of_the_authors_and_the_day_is_not_text(line: str) -> None:
    head = "<meta name='author' content='Ann Lee'><meta name='author' content='Bo Ek'>"
    markup = f"<html><head>{head}</head><body><article><h1>Giving work back</h1>{line}<p>{PROSE}</p><p>{MORE}</p></article></body></html>"
    extracted = extract_page(markup.encode(), "https://blog.example/giving-work-back")
    assert extracted.text.startswith("The scheduler hands")
    assert extracted.authors == ("Ann Lee", "Bo Ek")


def test_a_first_sentence_that_names_the_author_stays() -> None:
    markup = (
        "<html><head><meta name='author' content='Ann Lee'></head><body><article><h1>Giving work back</h1>"
        f"<p>Ann Lee joined us in May 2019.</p><p>{PROSE}</p><p>{MORE}</p></article></body></html>"
    )
    assert extract_page(markup.encode(), "https://blog.example/x").text.startswith("Ann Lee joined us")


def test_a_title_that_the_author_wrote_again_below_the_header_stays() -> None:
    markup = (
        "<html><head><title>Giving work back</title></head><body><h1>Giving work back</h1><div class='markdown'>"
        f"<h2>Giving work back</h2><p>{PROSE}</p><p>{MORE}</p></div></body></html>"
    )
    assert extract_page(markup.encode(), "https://blog.example/x").blocks[0].text == "Giving work back"


def test_what_a_page_shows_twice_is_read_once() -> None:
    pulled = "<aside class='pullquote'><p>“A worker that falls behind gives half of its batch back”</p></aside>"
    assert inner(read(pulled)) == ""
    figure = "<figure><img src='/{}.png'><figcaption>Two clusters of the same size</figcaption></figure>"
    assert inner(read(figure.format(1) + figure.format(2))) == "Two clusters of the same size"


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to our newsletter for more stories like this one.",
        "Want more queues? Sign up for a letter a week.",
        "Follow Example Engineering on Mastodon and GitHub.",
        "Get new posts delivered straight to your inbox, free.",
        "Thanks for reading! To hear more, join our mailing list or subscribe to our blog.",
        "If you enjoyed this post, follow me on Mastodon.",
        "<a href='/tags/queues/'>Queues</a> <a href='/tags/batches/'>Batches</a>",
    ],
)
def test_an_invitation_below_the_text_is_cut(line: str) -> None:
    markup = f"<html><body><main><h1>T</h1><p>{PROSE}</p><p>{MORE}</p><p>{PROSE}</p><p>{line}</p></main></body></html>"
    assert extract_page(markup.encode(), "https://blog.example/x").text.endswith(PROSE.strip())


def test_sections_of_links_below_the_text_are_cut() -> None:
    tail = "<h2>You may also like</h2><ul><li><a href='/a'>A queue in a box</a></li><li><a href='/b'>A box of queues</a></li></ul>"
    markup = f"<html><body><main><h1>T</h1><p>{PROSE}</p><p>{MORE}</p><p>{PROSE}</p>{tail}</main></body></html>"
    assert "box" not in extract_page(markup.encode(), "https://blog.example/x").text


def test_only_the_first_of_several_articles_is_read() -> None:
    other = (
        "<article><h2>Something else</h2><div class='post-content'><p>"
        + "Entirely different words stand here. " * 20
        + "</p></div></article>"
    )
    markup = (
        f"<html><body><article><h1>Giving work back</h1><div class='post-content'><p>{PROSE}{MORE}</p><p>{PROSE}</p></div></article>"
        f"{other}</body></html>"
    )
    assert "different words" not in extract_page(markup.encode(), "https://blog.example/x").text


UNNAMED_HEADS = [
    "<p>Estimated reading time: 7 min</p>",
    "<p>⏱ 5 min read</p>",
    "<p>May 3, 2023 · 5 min read · Ann Lee</p>",
    "<p>Ann Lee | May 3, 2023</p>",
    "<p>Posted by Ann Lee on May 3, 2023 in Ops</p>",
    "<h2>Table of Contents</h2><ul><li><a href='#a'>First</a><ul><li><a href='#b'>Second</a></li></ul></li></ul>",
    "<p><strong>Contents</strong></p><ol><li><a href='#a'>First</a></li><li><a href='#b'>Second</a></li></ol>",
    "<ul><li><a href='#a'>First</a></li><li><a href='#b'>Second</a></li></ul>",
    "<ul><li><a href='https://blog.example/x#a'>First</a></li><li><a href='/x#b'>Second</a></li></ul>",
    "<h2>Contents</h2><ol><li>1. <a href='#a'>First</a></li><li>2. <a href='#b'>Second</a></li></ol>",
    "<p>In this article</p><ul><li><a href='#a'>First</a></li></ul>",
    "<p>Share this post:</p>",
    "<div><a href='/'>Home</a> / <a href='/blog'>Blog</a></div>",
    "<p>Listen to this article</p>",
    "<p>Tags: <a href='/t/q'>queues</a>, <a href='/t/b'>batches</a></p>",
    "<p>Last updated: June 3, 2023</p>",
]
UNNAMED_FEET = [
    "<p><a href='/p'>« Previous</a> | <a href='/n'>Next »</a></p>",
    "<p>Filed under: Ops</p>",
    "<p><a href='https://coffee.example'>Buy me a coffee</a></p>",
    "<p>If you liked this post, please consider supporting me on Patreon.</p>",
    "<p>Share this post on <a href='/t'>Mastodon</a></p>",
    "<p>Share: <a href='/x'>X</a> <a href='/f'>Facebook</a></p>",
    "<p><a href='https://news.example/1'>Discuss on Hacker News</a></p>",
    "<p><a href='https://git.example/e'>Edit on GitHub</a></p>",
    "<p>Was this page helpful? Yes No</p>",
    "<p>This work is licensed under a Creative Commons Attribution 4.0 International License.</p>",
    "<p>We use cookies to improve your experience. <a href='#'>Accept</a></p>",
    "<h3>We're hiring</h3><p>Join our team! See our <a href='/jobs'>open positions</a>.</p>",
    "<h3>About the author</h3><p>Ann Lee keeps queues short and lives near the sea.</p>",
    "<p>Read next: <a href='/x'>A queue in a box</a></p>",
    "<h3>More from Example</h3><p><a href='/x'>A queue in a box</a></p><p><a href='/y'>A box of queues</a></p>",
    "<p>Reply via email</p>",
    "<p>No comments yet</p>",
    "<p>Comments powered by Disqus</p>",
    "<p>© 2023 Example Inc. All rights reserved.</p>",
    "<p>Back to top ↑</p>",
    "<hr><a href='i.html'>[Home]</a> <a href='p.html'>[Previous]</a> <a href='n.html'>[Next]</a>",
    "<p><a href='/tag:queues'>#queues</a> <a href='/tag:batches'>#batches</a></p>",
]


@pytest.mark.parametrize("tag", ["article", "div"])
@pytest.mark.parametrize(("head", "foot"), [*((h, "") for h in UNNAMED_HEADS), *(("", f) for f in UNNAMED_FEET)])
def test_furniture_that_no_name_tells_goes_by_its_words(head: str, foot: str, tag: str) -> None:
    content = f"<{tag}><h1>Giving work back</h1>{head}<p>{PROSE}</p><p>{MORE}</p><p>{PROSE}</p>{foot}</{tag}>"
    html = f"<html><head><title>Giving work back</title></head><body>{content}</body></html>"
    assert extract_page(html.encode(), "https://blog.example/x").text == "\n\n".join(
        map(str.strip, (PROSE, MORE, PROSE))
    )


@pytest.mark.parametrize(
    "line",
    [
        "Share of idle time fell to two percent after that change.",
        "Home directories are copied last, because they change most.",
        "<a href='/next'>Next</a> comes the index.",
        "Support for half batches comes in the next release.",
        "We use cookies of two kinds in the new protocol, and both are signed by the worker that gave the batch back.",
    ],
)
def test_a_last_line_that_only_begins_so_stays(line: str) -> None:
    html = f"<html><body><article><h1>T</h1><p>{PROSE}</p><p>{MORE}</p><p>{line}</p></article></body></html>"
    assert extract_page(html.encode(), "https://blog.example/x").text.endswith(re.sub("<[^>]*>", "", line))


def test_references_and_numbered_notes_are_no_contents() -> None:
    notes = (
        "<ol><li>Sixty-four is a guess that held. <a href='#r1'>↩</a></li><li>So is half. <a href='#r2'>↩</a></li></ol>"
    )
    links = "<ul><li><a href='https://docs.example/a'>Batches</a></li><li><a href='https://docs.example/b'>Workers</a></li></ul>"
    assert (
        inner(read(notes + links)) == "1. Sixty-four is a guess that held.\n\n2. So is half.\n\n- Batches\n\n- Workers"
    )
