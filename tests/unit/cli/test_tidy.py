"""`crawl tidy`, from the command line to the store."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from crawler.app import now
from crawler.cli import tidy
from crawler.cli.root import run
from storage.opening import open_store
from tests.support.stores import URL, add_article, stored


def test_old_texts_are_dropped_in_portions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is younger stays; doing it twice drops nothing more."""
    monkeypatch.setattr(tidy, "PORTION", 2)
    url = f"sqlite:///{tmp_path}/crawl.db"
    with closing(open_store(url)) as store:
        for n in range(5):
            old = now() - timedelta(days=400 + n)
            add_article(store, f"https://a.example/{n}", published_at=old, first_seen_at=old)
        add_article(store, URL, published_at=now(), first_seen_at=now())
    assert run(["tidy", "--texts-older-than", "365", "--database", url]) == 0
    assert "5 texts" in capsys.readouterr().err
    assert run(["tidy", "--texts-older-than", "365", "--database", url]) == 0
    assert "0 texts" in capsys.readouterr().err
    with closing(open_store(url)) as store:
        assert stored(store, "https://a.example/3").text == ""
        assert stored(store, URL).text


def test_what_is_recent_is_never_dropped(capsys: pytest.CaptureFixture[str]) -> None:
    """A number that cannot be meant is refused."""
    assert run(["tidy", "--texts-older-than", "3"]) == 2
    assert "30" in capsys.readouterr().err
