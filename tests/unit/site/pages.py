"""Reading a built site as a browser would: which addresses a page names, and where they lead."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

BASE = "https://host.example/deep/down/"


@dataclass
class Read(HTMLParser):
    """A page: addresses by attribute, ids, headings, what loads by itself."""

    links: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    words: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if "id" in said:
            self.ids.append(said["id"])
        if tag == "a" and "href" in said:
            self.links.append(said["href"])
        if tag in ("script", "img", "iframe", "source", "audio", "video") and "src" in said:
            self.loads.append(said["src"])
        if tag == "link" and said["rel"] != "canonical":
            (self.links if said["rel"] == "alternate" else self.loads).append(said["href"])
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.words += data


def read_site(folder: Path) -> dict[str, Read]:
    """All pages of a site by path."""
    pages = {}
    for file in sorted(folder.rglob("*.html")):
        page = Read()
        page.feed(file.read_text(encoding="utf-8"))
        pages[file.relative_to(folder).as_posix()] = page
    return pages


def dead_links(folder: Path) -> list[str]:
    """Links within the site that lead nowhere, as a server on a sub-path and a file browser resolve them."""
    pages, dead = read_site(folder), []
    for path, page in pages.items():
        for link in (*page.links, *page.loads):
            to = urlsplit(urljoin(BASE + path, link))
            if to.netloc != "host.example":
                continue
            target = unquote(to.path).removeprefix("/deep/down/")
            there = (folder / target).is_file() and not to.path.endswith("/")
            anchored = not to.fragment or (there and target in pages and to.fragment in pages[target].ids)
            if not there or not anchored:
                dead.append(f"{path}: {link}")
    return dead
