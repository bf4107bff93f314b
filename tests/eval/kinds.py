"""Articles whose kind somebody told, from which the weights of words are fitted (`fit_kinds.py`).

`kinds_marked.jsonl` and `kinds.jsonl` hold an article a line: its address, its `kind`, and what it is `also`; `feed` and
`set` say where its text lies (see `tests/eval/corpus.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.blocks import blocks_of_text
from crawler.model import Document
from tests.eval.corpus import Corpus, read_rows, rows_of, site_of
from tests.eval.label import KINDS_FILE

MARKED_FILE = Path(__file__).with_name("kinds_marked.jsonl")


@dataclass(frozen=True, slots=True)
class Told:
    """An article with its kind and those that would be right, too; `origin` names the set of labels that it is of, and
    a fit is to be held out by `site`, its host."""

    origin: str
    site: str
    document: Document
    kind: str
    also: tuple[str, ...] = ()


def all_told(shared: Path) -> Iterator[Told]:
    """Every article whose kind somebody told: readers of whole articles, the wide labelled set, and the editor."""
    yield from of_readers(shared, MARKED_FILE)
    yield from of_readers(shared, KINDS_FILE)
    for row in read_rows(shared, "tagging"):
        if row["kind"]:
            text = f"{row['summary']}\n\n{row['text']}".strip()
            yield _told("tagging", row["url"], row["title"], text, row["kind"])
    for row in read_rows(shared, "editor"):
        text = (shared / "corpus" / row["text_path"]).read_text(encoding="utf-8")
        yield _told("editor", row["url"], row["title"], text, row["kind"])


def of_readers(shared: Path, file: Path) -> Iterator[Told]:
    """The articles of one of the two files of readers, each read as we read it."""
    corpus = Corpus(shared)
    for row in rows_of(file):
        yield Told(file.stem, site_of(row["url"]), corpus.document(row), row["kind"], tuple(row["also"]))


def _told(origin: str, url: str, title: str, text: str, kind: str) -> Told:
    return Told(origin, site_of(url), Document(url, title, blocks_of_text(text)), kind)
