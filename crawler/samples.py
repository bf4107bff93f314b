"""The demo: the whole pipeline on sample blogs of our own, served on loopback."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from crawler.app import App
from crawler.compose.window import last_full_week
from crawler.composing import compose, write_draft_file, write_rendered
from crawler.context import Crawl, Progress, Selection
from crawler.demo.server import DemoServer
from crawler.demo.site import HEAD
from crawler.errors import UserError
from crawler.files import read_text, writing
from crawler.model import Issue
from crawler.pipeline import crawl_once
from crawler.report import RunReport

FILES = ("crawl.sqlite", "crawl.sqlite-wal", "crawl.sqlite-shm", "crawl.sqlite.lock")


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What the demo did: two crawls, an issue, its files."""

    first: RunReport
    second: RunReport
    requests_first: int
    requests_second: int
    issue: Issue
    draft: Path
    rendered: Path


def run_demo(
    folder: Path, clock: Callable[[], datetime], progress: Progress, on_crawl: Callable[[Crawl], None] = lambda _: None
) -> Demonstration:
    """Crawl the sample blogs twice, compose last week's issue, and leave everything in `folder`.

    What an earlier demo left there is replaced. `on_crawl` is given the crawl before it begins, so that a signal
    can reach it. Raises UserError for a folder that is somebody's own.
    """
    config = own_folder(folder)
    now = clock()
    with DemoServer(now) as server:
        config.write_text(server.sources_yaml(), encoding="utf-8")
        for name in FILES:
            (folder / name).unlink(missing_ok=True)
        app = App(config, f"sqlite:///{folder / 'crawl.sqlite'}", routes=server.routes, environ={})
        try:
            crawl = replace_clock(app.crawl(progress), clock)
            on_crawl(crawl)
            selection = Selection(app.config.sources, everything=True)
            with app.store.run_lock():
                first = crawl_once(crawl, selection)
                asked = len(server.hits)
                server.flood = True  # one blog puts its whole archive into its feed: it must be held back
                second = first if first.interrupted else crawl_once(crawl, selection)
            window = last_full_week(now, app.settings.timezone)
            issue = compose(crawl, window).issue
            for old in (folder / "issues").glob("[0-9]*.md"):
                old.unlink()
            draft = write_draft_file(app.store, issue, folder / app.settings.issue.drafts).path
            rendered = write_rendered(crawl, issue, ["markdown"], folder / app.settings.issue.out)[0]
            return Demonstration(first, second, asked, len(server.hits) - asked, issue, draft, rendered)
        finally:
            app.close()


def own_folder(folder: Path) -> Path:
    """The demo's sources.yaml in a folder, which is made. Raises UserError where another one stands there, whose store
    and drafts the demo would replace."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    config = folder / "sources.yaml"
    if config.exists() and not read_text(config).startswith(HEAD):
        raise UserError(f"{config} is not the demo's; choose another folder with --out")
    return config


def replace_clock(crawl: Crawl, clock: Callable[[], datetime]) -> Crawl:
    """The same crawl by another clock, and with chance that can be repeated."""
    return replace(crawl, now=clock, random=random.Random(7))
