"""Whole issues, byte for byte: `UPDATE_GOLDEN=1` writes the files anew, and the difference is reviewed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from crawler.draft.write import write_draft
from crawler.render import RENDERERS, SUFFIXES, render
from crawler.render.epub import book_files
from crawler.render.options import RenderOptions
from crawler.settings import FrontMatter
from tests.golden.issue import ISSUE

FOLDER = Path(__file__).parent / "files"


OPTIONS = RenderOptions(
    base_url="https://weekly.example/",
    pages=True,
    hub="https://hub.example/",
    sender="Weekend Reading <news@weekly.example>",
    unsubscribe="https://weekly.example/leave?who=you",
)


def _check(name: str, made: str | bytes) -> None:
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(_bytes(made))
    assert path.is_file(), f"no golden file {name}: run with UPDATE_GOLDEN=1 and review it"
    assert _bytes(made) == path.read_bytes()


def _bytes(made: str | bytes) -> bytes:
    return made.encode() if isinstance(made, str) else made


@pytest.mark.parametrize("name", sorted(set(RENDERERS) - {"epub"}))
def test_a_rendered_issue_is_as_reviewed(name: str) -> None:
    """Each format of one issue."""
    _check(f"issue-{name}{SUFFIXES[name]}", render(ISSUE, name))


@pytest.mark.parametrize("name", ["atom", "rss", "jsonfeed"])
def test_a_feed_of_articles_is_as_reviewed(name: str) -> None:
    """The other grain, with everything that options add."""
    options = replace(OPTIONS, feed_grain="article")
    _check(f"articles-{name}{SUFFIXES[name]}", render(ISSUE, name, options))


@pytest.mark.parametrize("name", ["html", "email"])
def test_options_are_as_reviewed(name: str) -> None:
    """Addresses, sender, the way to leave, and pictures on the page."""
    _check(f"options-{name}{SUFFIXES[name]}", render(ISSUE, name, replace(OPTIONS, images="show")))


@pytest.mark.parametrize("style", ["jekyll", "astro"])
def test_front_matter_is_as_reviewed(style: FrontMatter) -> None:
    """The list form for other site generators."""
    _check(f"issue-{style}.md", render(ISSUE, "hugo", RenderOptions(front_matter=style)))


def test_a_book_is_as_reviewed() -> None:
    """The files of the book one after another, since nobody reviews an archive."""
    _check("issue-epub.txt", "\n".join(f"==== {path}\n{text}" for path, text in book_files(ISSUE, OPTIONS)))


def test_a_draft_is_as_reviewed() -> None:
    """The editor's file of the same issue."""
    _check("draft.md", write_draft(ISSUE))
