"""`crawl weekly` beside other commands on the store."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.cli import weekly
from crawler.cli.root import run
from crawler.report import RunReport, total
from storage.opening import open_store
from tests.support.stores import add_article

CONFIG = """
settings: {schedule: {publish: true}, issue: {min_items: 1, floor: 0}}
sources:
- {url: 'https://larkfield.example/feed', slug: lark}
"""


@pytest.mark.usefixtures("a_crawl_without_news")
def test_an_issue_is_published_while_nobody_else_publishes_or_sends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """`crawl publish --send` by hand at the same time: each reader would have it twice."""
    monkeypatch.chdir(tmp_path)
    url = f"sqlite:///{tmp_path}/crawl.sqlite"
    monkeypatch.setenv("CRAWL_DATABASE_URL", url)
    Path("sources.yaml").write_text(CONFIG)
    with closing(open_store(url)) as store:
        at = datetime.now(UTC) - timedelta(days=7)
        add_article(store, "https://larkfield.example/1", source="lark", published_at=at, first_seen_at=at)
        with store.run_lock():
            assert run(["weekly", "-q"]) == 75
        assert store.issue_records("default")[0].published_at is None, capfd.readouterr().err
        assert run(["weekly", "-q"]) == 0
        assert store.issue_records("default")[0].published_at is not None


@pytest.fixture
def a_crawl_without_news(monkeypatch: pytest.MonkeyPatch) -> None:
    def nothing(*_: object, **__: object) -> RunReport:
        return RunReport(datetime.now(UTC), 0.0, total([], duplicates=0, pages=0, pages_failed=0), ())

    monkeypatch.setattr(weekly, "crawl_sources", nothing)
