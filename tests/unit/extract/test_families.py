"""Pages as generators, themes and platforms make them: every block is there once, and nothing of the page around it.

`tests/data/families` holds a page for each, in markup as that platform writes it, and beside it what it says: title,
authors, day, then the blocks, each with its kind and, for code, its language.
"""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

import pytest

from crawler.extract import blocks_of_html, extract_page
from crawler.model import Extracted
from tests.unit.extract.support import MORE, PROSE

FOLDER = Path(__file__).parents[2] / "data" / "families"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_family(name: str) -> None:
    extracted = extract_page(_text(f"{name}.html").encode(), "https://slow.example/blog/giving-work-back")
    assert _told(extracted) == _text(f"{name}.txt").strip()
    assert blocks_of_html(extracted.content_html) == extracted.blocks


def _text(name: str) -> str:
    text = (FOLDER / name).read_text(encoding="utf-8")
    return text.replace("{{prose}}", PROSE.strip()).replace("{{more}}", MORE.strip())


def _told(extracted: Extracted) -> str:
    day = f" {extracted.published_at:%Y-%m-%d}" if extracted.published_at else ""
    people = "".join(f" {', '.join(extracted.authors)}" if extracted.authors else "")
    head = f"title: {extracted.title}\nauthors:{people}\nday:{day}"
    languages = re.findall(r"<pre><code(?: class=\"language-([^\"]+)\")?>", extracted.content_html)
    code = count()
    blocks = [
        f"code {languages[next(code)]}".strip() + f": {b.text}" if b.kind == "code" else f"{b.kind}: {b.text}"
        for b in extracted.blocks
    ]
    return "\n\n".join([head, *blocks])
