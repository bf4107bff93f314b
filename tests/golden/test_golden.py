"""Whole issues, byte for byte: `UPDATE_GOLDEN=1` writes the files anew, and the difference is reviewed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crawler.draft.write import write_draft
from crawler.render import RENDERERS, SUFFIXES, render
from tests.golden.issue import ISSUE

FOLDER = Path(__file__).parent / "files"


def _check(name: str, made: str) -> None:
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, encoding="utf-8")
    assert path.is_file(), f"no golden file {name}: run with UPDATE_GOLDEN=1 and review it"
    assert made == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(RENDERERS))
def test_a_rendered_issue_is_as_reviewed(name: str) -> None:
    """Each format of one issue."""
    _check(f"issue-{name}{SUFFIXES[name]}", render(ISSUE, name))


def test_a_draft_is_as_reviewed() -> None:
    """The editor's file of the same issue."""
    _check("draft.md", write_draft(ISSUE))
