"""What holds for every format: same items, same links, escaped, nothing of an item lost."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from crawler.errors import UserError
from crawler.model import Issue, Section
from crawler.render import RENDERERS, SUFFIXES, render
from crawler.render.options import RenderOptions
from crawler.text import one_line
from crawler.urls import canonical_url
from crawler.yamldoc import load_yaml
from tests.golden.issue import ISSUE
from tests.unit.draft.strategies import issues

FORMATS = sorted(RENDERERS)
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
Reader = Callable[[str | bytes], tuple[str, list[str]]]
TRACKED = re.compile(r"[?&](utm_\w+|fbclid|gclid|mc_cid)=")


def _read_markdown(made: str | bytes) -> tuple[str, list[str]]:
    """(all words that a reader sees, all addresses) of a Markdown document."""
    body = _str(made).split("\n---\n", 1)[1]
    words, links = [], []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(body):
        assert token.type not in {"html_block", "code_block"}
        line = []
        for child in token.children or []:
            assert child.type != "html_inline"
            line.append(child.content if child.type in {"text", "text_special", "code_inline", "image"} else "")
            address = child.attrs.get("href") or child.attrs.get("src")
            links += [str(address)] if address else []
        words.append("".join(line))
    return "\n".join(words), links


def _read_list(made: str | bytes) -> tuple[str, list[str]]:
    """The list form: a site generator prints title and tags from the front matter."""
    front = load_yaml(_str(made).split("---\n")[1], "front")
    words, links = _read_markdown(made)
    assert not re.search(r"\{\{|\{%", _str(made).split("\n---\n", 1)[1])
    return "\n".join([front["title"], words, *front["tags"]]), links


def _read_text(made: str | bytes) -> tuple[str, list[str]]:
    return one_line(_str(made)), re.findall(r"https?://\S+", _str(made))


def _read_json(made: str | bytes) -> tuple[str, list[str]]:
    said = json.loads(_str(made))
    assert _str(made).count("\n") == 1
    words: list[str] = []
    links: list[str] = []

    def walk(value: object, key: str = "") -> None:
        if isinstance(value, dict):
            for name, inner in value.items():
                walk(inner, name)
        elif isinstance(value, list):
            for inner in value:
                walk(inner, key)
        elif isinstance(value, str):
            (links if key in {"url", "also_at", "covered_by"} else words).append(value)
        elif value is not None:
            words.append(str(value))

    walk(said)
    return "\n".join(words), links


class _Markup(HTMLParser):
    """Words and addresses of HTML as a browser takes them; elements that nothing of ours uses are a failure."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in KNOWN_TAGS, tag
        given = dict(attrs)
        assert not any(name.startswith("on") for name in given)
        assert set(given) <= KNOWN_ATTRIBUTES, given
        if tag not in {"meta", "link", "img", "br", "hr"}:
            self.open.append(tag)
        if tag in {"a", "img"}:
            address = given.get("href") or given.get("src") or ""
            if not address.startswith("#"):
                self.links.append(address)
            self.words.append(given.get("alt") or "")
            assert tag != "img" or given.get("alt")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            assert self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


KNOWN_TAGS = frozenset(
    [
        "html",
        "head",
        "meta",
        "link",
        "title",
        "style",
        "body",
        "div",
        "header",
        "main",
        "nav",
        "section",
        "article",
        "footer",
        "h1",
        "h2",
        "h3",
        "p",
        "a",
        "span",
        "img",
        "em",
        "strong",
        "time",
        "ul",
        "ol",
        "li",
        "table",
        "tbody",
        "tr",
        "td",
    ]
)
KNOWN_ATTRIBUTES = frozenset(
    [
        "lang",
        "charset",
        "name",
        "content",
        "property",
        "http-equiv",
        "rel",
        "href",
        "src",
        "alt",
        "class",
        "id",
        "style",
        "role",
        "width",
        "cellpadding",
        "cellspacing",
        "border",
        "align",
        "datetime",
        "aria-label",
        "loading",
        "decoding",
        "referrerpolicy",
        "xmlns",
        "xmlns:epub",
        "xml:lang",
        "epub:type",
        "type",
    ]
)


def _read_markup(markup: str) -> tuple[str, list[str]]:
    parser = _Markup()
    parser.feed(markup)
    parser.close()
    assert not parser.open
    return "\n".join(parser.words), parser.links


def _read_page(made: str | bytes) -> tuple[str, list[str]]:
    ET.fromstring(_str(made).removeprefix("<!DOCTYPE html>\n"))
    return _read_markup(_str(made))


def _read_mail(made: str | bytes) -> tuple[str, list[str]]:
    """The words that are in the HTML part; both parts have the same addresses."""
    assert isinstance(made, bytes)
    message = message_from_bytes(made, policy=default)
    plain, markup = message.iter_parts()
    words, links = _read_markup(markup.get_content())
    assert {link.rstrip(".") for link in links} <= {link.rstrip(".") for link in _read_text(plain.get_content())[1]}
    return words, links


def _read_atom(made: str | bytes) -> tuple[str, list[str]]:
    feed = ET.fromstring(_str(made))
    said = [feed.findtext(f"{ATOM}{name}") or "" for name in ("title", "subtitle")]
    links = []
    for entry in feed.iter(f"{ATOM}entry"):
        words, found = _read_markup(entry.findtext(f"{ATOM}content") or "")
        said += [entry.findtext(f"{ATOM}title") or "", words]
        links += [link.get("href", "") for link in entry.iter(f"{ATOM}link")] + found
    return "\n".join(said), links


def _read_rss(made: str | bytes) -> tuple[str, list[str]]:
    channel = ET.fromstring(_str(made)).find("channel")
    assert channel is not None
    said = [channel.findtext(name) or "" for name in ("title", "description")]
    links = []
    for item in channel.iter("item"):
        words, found = _read_markup(item.findtext(CONTENT) or "")
        said += [item.findtext("title") or "", words]
        links += [link.text or "" for link in item.iter("link")] + found
    return "\n".join(said), links


def _read_jsonfeed(made: str | bytes) -> tuple[str, list[str]]:
    feed = json.loads(_str(made))
    said, links = [feed["title"], feed.get("description", "")], []
    for item in feed["items"]:
        words, found = _read_markup(item["content_html"])
        said += [item["title"], words]
        links += [item[name] for name in ("url",) if name in item] + found
    return "\n".join(said), links


def _read_epub(made: str | bytes) -> tuple[str, list[str]]:
    assert isinstance(made, bytes)
    book = ZipFile(BytesIO(made))
    spine = ET.fromstring(book.read("book/package.opf")).iter("{http://www.idpf.org/2007/opf}item")
    words, links = [], []
    for part in spine:
        name = part.get("href", "")
        if name.endswith(".xhtml") and name != "nav.xhtml":
            document = book.read(f"book/{name}").decode()
            ET.fromstring(document)
            said, found = _read_markup(document.split("\n", 2)[2])
            words.append(said)
            links += [link for link in found if "://" in link]
    return "\n".join(words), links


def _str(made: str | bytes) -> str:
    assert isinstance(made, str)
    return made


def _whole(name: str, made: str | bytes) -> str:
    """Everything that lies in a file, for words that must not be there."""
    if isinstance(made, str):
        return made
    if name == "epub":
        book = ZipFile(BytesIO(made))
        return "\n".join(book.read(part).decode() for part in book.namelist())
    message = message_from_bytes(made, policy=default)
    return "\n".join([str(message["Subject"]), *(part.get_content() for part in message.iter_parts())])


# How a program sees each format; a new format needs a reader here, or its tests fail.
READERS: dict[str, Reader] = {
    "markdown": _read_markdown,
    "hugo": _read_list,
    "html": _read_page,
    "email": _read_mail,
    "text": _read_text,
    "atom": _read_atom,
    "rss": _read_rss,
    "jsonfeed": _read_jsonfeed,
    "epub": _read_epub,
    "json": _read_json,
}


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
    expected = {canonical_url(i.url) for i in ISSUE.items}
    expected |= {canonical_url(url) for i in ISSUE.items for _, url in (*i.also_at, *i.covered_by)}
    expected |= {i.image.url for i in ISSUE.items if i.image}
    assert set(links) == expected
    assert not any(TRACKED.search(link) for link in links)


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_for_the_editor_is_not_printed(name: str) -> None:
    """Runners-up, pins and scores of the draft stay in the draft."""
    made = _whole(name, render(replace(ISSUE, sections=tuple(_pinned(s) for s in ISSUE.sections)), name))
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
    made = _whole(name, render(quiet, name))
    assert made.endswith("\n")
    if name != "json":
        assert "A quiet week" in made
        assert "Tags" not in made
        assert "Comments" not in made


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
    allowed = {canonical_url(i.url) for i in issue.items}
    allowed |= {canonical_url(url) for i in issue.items for _, url in (*i.also_at, *i.covered_by)}
    allowed |= {i.image.url for i in issue.items if i.image}
    if name in {"markdown", "hugo", "html", "atom", "rss", "jsonfeed", "epub"}:
        assert {link.replace("%25", "%") for link in links} <= {link.replace("%25", "%") for link in allowed}
    seen = _loose(words)
    for item in issue.items:
        assert _loose(one_line(item.title)) in seen
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069]", _whole(name, made))


def test_every_format_has_a_file_suffix_and_a_reader() -> None:
    """A format that is registered is tested on the same day."""
    assert set(SUFFIXES) == set(RENDERERS) == set(READERS)


def test_an_unknown_format_names_the_known_ones() -> None:
    """A misspelt format is a message with the choices."""
    with pytest.raises(UserError, match="hugo, json, jsonfeed, markdown, rss, text"):
        render(ISSUE, "markdwon")
