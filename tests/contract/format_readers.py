"""How a program sees each format: all words that a reader sees, and all addresses. A new format needs a reader here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from markdown_it import MarkdownIt

from crawler.text import one_line
from crawler.yamldoc import load_yaml

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
Reader = Callable[[str | bytes], tuple[str, list[str]]]


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


def whole_of(name: str, made: str | bytes) -> str:
    """Everything that lies in a file, for words that must not be there."""
    if isinstance(made, str):
        return made
    if name == "epub":
        book = ZipFile(BytesIO(made))
        return "\n".join(book.read(part).decode() for part in book.namelist())
    message = message_from_bytes(made, policy=default)
    return "\n".join([str(message["Subject"]), *(part.get_content() for part in message.iter_parts())])


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
