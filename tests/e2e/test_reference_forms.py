"""The forms of an issue, element by element, in what the command line makes of the sample blogs.

Four publications set the forms: a roundup, a list, an index and a page of notes. Each element that makes one of them is
a line here: what it is called, and how it is found in the rendered text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
import yaml

from crawler.demo.server import DemoServer
from tests.support.world import World, make_world

Holds = Callable[[str], object]
NOTES_FILES = {
    "change-data-capture.md": "---\ntags: [cdc]\n---\nA **log** of changes, $O(n)$ to read.\n",
    "skew.md": "---\ntitle: Skewed workloads\n---\n",
}
_FIRST_PERSON = re.compile(r"\b(?:we|our|us|I|my)\b")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, shared_server: DemoServer, crawled: World) -> World:
    """The issue of the sample blogs, published with a comments block and the notes of one item."""
    world = make_world(tmp_path_factory.mktemp("forms"), shared_server)
    backup = world.folder / "backup.jsonl"
    crawled.crawl("export", str(backup), "-q")
    world.crawl("import", str(backup), "-q")
    config = world.folder / "sources.yaml"
    ours = "  issue:\n    comments: Write to us.\n    formats: [markdown, hugo]\n"
    config.write_text(config.read_text().replace("  issue:\n", ours, 1))
    world.crawl("digest", "-q")
    draft = world.folder / "issues" / "001.md"
    notes = "1. **Overall design**:\n   - **Speed**: independent steps.\n   - Fewer parts.\n2. **Ongoing work**\n\n"
    draft.write_text(re.sub(r"^(?=\*\w)", notes, draft.read_text(), count=1, flags=re.MULTILINE))
    world.crawl("publish", "-q")
    (world.folder / "notes").mkdir()
    for name, note in NOTES_FILES.items():
        (world.folder / "notes" / name).write_text(note)
    world.crawl("site", "-q")
    return world


def _file(world: World, name: str) -> str:
    return (world.folder / "public" / name).read_text(encoding="utf-8")


def _front(text: str) -> dict[str, Any]:
    return dict(yaml.safe_load(text.split("---\n")[1]))


def _items(text: str) -> list[str]:
    return re.split(r"^(?=### \[)", text.partition("\n**Tags:**")[0], flags=re.MULTILINE)[1:]


def _lead(text: str) -> list[str]:
    """The sentences of the lead paragraph."""
    (paragraph,) = re.findall(r"^This week: .*$", text, re.MULTILINE)
    return re.split(r"(?:(?<=[.!?])|(?<=[.!?]”)) (?=[A-Z])", paragraph)


def _summaries(text: str) -> list[str]:
    return [
        next(p for p in item.split("\n\n")[1:] if re.match(r"[A-Z0-9]", p))
        for item in _items(text)
    ]  # fmt: skip


ROUNDUP: dict[str, Holds] = {
    "title and number": lambda t: "# Weekend Reading #1" in t,
    "standing tagline": lambda t: re.search(r"^Weekend Reading: A weekly roundup of .*\.$", t, re.MULTILINE),
    "lead: three or four sentences": lambda t: len(_lead(t)) in (3, 4),
    "lead: the last begins with And": lambda t: _lead(t)[-1].startswith("And "),
    "items: a few": lambda t: 3 <= len(_items(t)) <= 12,
    "item: a linked title": lambda t: all(re.match(r"### \[[^\]]+\]\(https?://\S+\)\n", i) for i in _items(t)),
    "item: one audience line": lambda t: all(len(re.findall(r"^👉 For .+$", i, re.MULTILINE)) == 1 for i in _items(t)),
    "item: the audience lines differ": lambda t: (
        len(set(lines := re.findall(r"^👉 .*", t, re.MULTILINE))) == len(lines)
    ),
    "item: an image with its alt text": lambda t: re.search(r"^!\[[^\]]{5,}\]\(http\S+\)$", t, re.MULTILINE),
    "item: a summary of some sentences": lambda t: all(25 <= len(s.split()) <= 75 for s in _summaries(t)),
    "item: never in the first person": lambda t: not any(_FIRST_PERSON.search(s) for s in _summaries(t)),
    "item: company and minutes": lambda t: all(
        re.search(r"^\*\S.* · \d+ min read.*\*$", i, re.MULTILINE) for i in _items(t)
    ),
    "tags": lambda t: re.search(r"^\*\*Tags:\*\* [a-z-]+, ", t, re.MULTILINE),
    "comments": lambda t: "**Comments:**\n\nWrite to us.\n" in t,
}

LIST: dict[str, Holds] = {
    "front matter: title": lambda t: _front(t)["title"] == "Weekend Reading #1",
    "front matter: date with offset": lambda t: datetime.fromisoformat(_front(t)["date"]).utcoffset() is not None,
    "front matter: no draft": lambda t: _front(t)["draft"] is False,
    "front matter: showToc and TocOpen": lambda t: {"showToc", "TocOpen"} <= set(_front(t)),
    "front matter: cover with alt": lambda t: set(_front(t)["cover"]) == {"image", "alt"},
    "front matter: tags": lambda t: len(_front(t)["tags"]) >= 3,
    "a list of linked titles": lambda t: len(re.findall(r"^\* \[[^\]]+\]\(https?://\S+\)$", t, re.MULTILINE)) >= 3,
    "no tracking query": lambda t: not re.search(r"[?&](?:utm_\w+|uclick_id)=", t),
    "notes: numbered points with bold labels": lambda t: re.search(
        r"^    1\. \*\*Overall design\*\*:$", t, re.MULTILINE
    ),
    "notes: bullets below a point": lambda t: re.search(r"^       - \*\*Speed\*\*: independent", t, re.MULTILINE),
    "notes: the next number": lambda t: re.search(r"^    2\. \*\*Ongoing work\*\*$", t, re.MULTILINE),
}

_CARD = r"<li><h\d><a href=\"http[^\"]+\">[^<]+</a></h\d><p>[^<]+</p><p class=\"meta\">"

INDEX: dict[str, Holds] = {
    "headline": lambda t: re.search(r"<h1>Articles <span>\d+</span></h1>", t),
    "subtitle": lambda t: re.search(r'<h1>.*</h1>\s*<p class="standing">\d+ articles of engineering blogs', t),
    "sections with description and count": lambda t: re.search(
        r'<h2 class="form"[^>]*>Case study</h2>\s*<p class="standing">[A-Z][^·]+ · <a [^>]+>\d+ articles</a>', t
    ),
    "cards: title and one-sentence deck": lambda t: len(re.findall(_CARD, t)) >= 10,
    "cards: minutes to read": lambda t: len(re.findall(r"<span>\d+&#160;min</span>", t)) >= 10,
    "cards: a company's tag": lambda t: len(re.findall(r'<a class="by" href="companies/[\w-]+\.html">', t)) >= 10,
    "cards: topic tags": lambda t: len(re.findall(r'<a class="tag" href="tags/[\w-]+\.html">', t)) >= 10,
    "all articles": lambda t: '<a href="all.html">All articles</a>' in t,
    "a label of its form on every article": lambda t: t.count('<a class="kind"') == len(re.findall(_CARD, t)),
}

NOTES: dict[str, Holds] = {
    "an index of topics": lambda t: re.findall(r'<li><a href="#([\w-]+)">', t) == ["change-data-capture", "skew"],
    "anchors that work": lambda t: all(f'id="{at}"' in t for at in re.findall(r'href="#([\w-]+)"', t)),
    "the editor's words": lambda t: "A <strong>log</strong> of changes" in t,
    "formulas": lambda t: re.search(r"<math [^>]+>.*<mi>O</mi>", t),
    "references from the store": lambda t: re.search(rf"References</h3>\s*<ul class=\"cards\">\s*{_CARD}", t),
    "a topic without notes": lambda t: re.search(r">Skewed workloads</a> <span>no notes yet</span>", t),
}


@pytest.mark.parametrize("element", ROUNDUP)
def test_the_roundup(published: World, element: str) -> None:
    assert ROUNDUP[element](_file(published, "001.md")), element


@pytest.mark.parametrize("element", INDEX)
def test_the_index(published: World, element: str) -> None:
    assert INDEX[element]((published.folder / "site" / "articles.html").read_text(encoding="utf-8")), element


def test_what_is_featured_stands_first(published: World) -> None:
    """The newest issue's items are the home page's."""
    home = (published.folder / "site" / "index.html").read_text(encoding="utf-8")
    assert len(re.findall(_CARD, home.partition("In this issue")[2])) >= 3


@pytest.mark.parametrize("element", NOTES)
def test_the_notes(published: World, element: str) -> None:
    assert NOTES[element]((published.folder / "site" / "notes.html").read_text(encoding="utf-8")), element


@pytest.mark.parametrize("element", LIST)
def test_the_list(published: World, element: str) -> None:
    assert LIST[element](_file(published, "001-list.md")), element
