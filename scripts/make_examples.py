"""docs/examples: three issues made from the blogs of `crawl demo` on a fixed day.

The last full week, as the editor's draft and as readers see it; the week before; and four weeks of a newsletter with
interests of its own, in the list form with notes.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from renew import renew

from crawler.app import App
from crawler.compose.window import day_window
from crawler.composing import compose, rendered
from crawler.context import Progress
from crawler.samples import replace_clock, run_demo
from crawler.settings import Choice, IssueSettings

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "examples"
DAY = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
DATA = IssueSettings(
    title="Data Reading",
    tagline="Databases, streams and pipelines, every four weeks.",
    max_items=8,
    sections=False,
    interests={"databases": 1.0, "stream-processing": 0.8, "messaging": 0.5},
    include=Choice(tags=("databases", "data-engineering", "stream-processing", "messaging")),
)


def examples() -> dict[str, str]:
    """The files, by name."""
    with tempfile.TemporaryDirectory() as folder:
        done = run_demo(Path(folder), lambda: DAY, Progress())
        return {
            "issue.md": done.rendered.read_text(encoding="utf-8"),
            "draft.md": done.draft.read_text(encoding="utf-8"),
            "week-before.md": _issue(Path(folder), "2026-11-02", "2026-11-09", IssueSettings(), "markdown"),
            "data-list.md": _issue(Path(folder), "2026-10-19", "2026-11-16", DATA, "hugo"),
        }


def _issue(folder: Path, first: str, end: str, settings: IssueSettings, name: str) -> str:
    """Another issue from the store that the demo left."""
    app = App(folder / "sources.yaml", f"sqlite:///{folder / 'crawl.sqlite'}", environ={})
    try:
        crawl = replace_clock(app.crawl(), lambda: DAY)
        crawl.settings = replace(crawl.settings, issue=settings)
        issue = compose(crawl, day_window(first, end, "UTC"), 1, (name,)).issue
        return str(rendered(crawl, issue, name))
    finally:
        app.close()


if __name__ == "__main__":
    sys.exit(renew({FOLDER / name: text for name, text in examples().items()}, "scripts/examples"))
