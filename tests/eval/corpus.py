"""What lies beside the checkout: labelled sets, their scorer, and the texts of articles that people read."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from crawler.blocks import blocks_of_text
from crawler.extract import extract_entry, extract_page
from crawler.model import Document, Entry, Extracted
from crawler.read import read_document

Row = Mapping[str, Any]


def read_rows(shared: Path, name: str) -> list[Row]:
    """The rows of a labelled set: "duplicates", "editor", "summaries" or "tagging"."""
    return list(rows_of(shared / "eval" / f"{name}.jsonl"))


def rows_of(file: Path) -> Iterator[Row]:
    """The objects of a file that holds one a line."""
    with file.open(encoding="utf-8") as lines:  # not `splitlines`, which ends a line at other characters, too
        yield from (json.loads(line) for line in lines if line.strip())


def page_paths(shared: Path) -> dict[str, Path]:
    """Where the corpus has the page of each article, by its address."""
    sites = json.loads((shared / "corpus" / "manifest.json").read_text(encoding="utf-8"))
    return {page["url"]: shared / "corpus" / page["path"] for site in sites for page in site["articles"]}


def site_of(url: str) -> str:
    """By what a fit is held out: the host, without `www.`."""
    return (urlsplit(url).hostname or url).lower().removeprefix("www.")


def half_of(site: str) -> int:
    """In which half of the sites it is, 0 or 1: by a digest, so that a site stays where it is when others come."""
    return hashlib.sha256(site.encode()).digest()[0] % 2


@lru_cache(maxsize=1)
def scorer(shared: Path) -> ModuleType:
    """The module that scores labels against the labelled sets."""
    spec = importlib.util.spec_from_file_location("eval_quality", shared / "score" / "eval_quality.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = written
    return module


class Corpus:
    """Where the texts of articles that people read lie; feeds and sets are read when one of theirs is asked for, once."""

    def __init__(self, shared: Path) -> None:
        self._shared = shared
        self._pages = page_paths(shared)
        self._feeds: dict[str, dict[str, Entry]] = {}
        self._sets: dict[str, dict[str, Row]] = {}

    def document(self, row: Row) -> Document:
        """The article at a row's `url` as the labeller sees it: its text in the labelled set `set`, its entry in the
        file `feed` of the corpus, else its page there."""
        url: str = row["url"]
        if "set" in row:
            text = self._set(row["set"])[url]
            return Document(url, text["title"], blocks_of_text(text["text"]))
        if "feed" in row:
            return _document(url, extract_entry(self._feed(row["feed"])[url]))
        return _document(url, extract_page(self._pages[url].read_bytes(), url, content_type="text/html"))

    def _set(self, name: str) -> Mapping[str, Row]:
        if name not in self._sets:
            self._sets[name] = {row["url"]: row for row in read_rows(self._shared, name)}
        return self._sets[name]

    def _feed(self, path: str) -> Mapping[str, Entry]:
        if path not in self._feeds:
            host = path.split("/")[1]
            feed = read_document("feed", (self._shared / "corpus" / path).read_bytes(), f"https://{host}/")
            self._feeds[path] = {entry.url: entry for entry in feed.entries}
        return self._feeds[path]


def _document(url: str, found: Extracted) -> Document:
    return Document(
        url=url,
        title=found.title,
        blocks=found.blocks,
        description=found.description,
        categories=found.tags,
        authors=found.authors,
        site_name=found.site_name,
        images=found.images,
    )
