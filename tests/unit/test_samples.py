"""`crawl demo`: where it may write, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.demo.server import DemoServer
from crawler.errors import UserError
from crawler.samples import own_folder
from tests.support.world import MOMENT


def test_a_folder_of_somebody_s_own_is_left_alone(tmp_path: Path) -> None:
    """`crawl demo --out .` beside one's own sources.yaml would replace it, and the drafts with it."""
    mine = tmp_path / "sources.yaml"
    mine.write_text("sources:\n- {url: 'https://larkfield.example/feed'}\n")
    with pytest.raises(UserError, match=r"sources\.yaml is not the demo's; choose another folder with --out"):
        own_folder(tmp_path)
    assert "larkfield" in mine.read_text()


def test_what_an_earlier_demo_left_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    assert own_folder(folder) == folder / "sources.yaml"
    with DemoServer(MOMENT) as server:
        (folder / "sources.yaml").write_text(server.sources_yaml(), encoding="utf-8")
    assert own_folder(folder) == folder / "sources.yaml"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="file: cannot be written"):
        own_folder(tmp_path / "file")
