"""What a big site costs: a store of a thousand issues and fifty thousand articles made by seed, its site built whole,
again without a change, and once more after one new issue of its week.

`scripts/bench_site [--articles N] [--issues N] [--keep FOLDER]`; the figures stand in docs/site.md.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.draft.write import write_draft
from crawler.label.taxonomy.loading import taxonomy_at
from crawler.model import Article, Issue, Item, Section, Window
from crawler.ports import ArticleQuery, ArticleWrite, IssueRecord, LedgerEntry, Store
from crawler.publishing_site import publish_site
from crawler.settings import Settings
from crawler.urls import article_id, url_key
from storage.opening import open_store

SEED = 20_261
WEEK = timedelta(days=7)
FIRST = datetime(2007, 1, 1, tzinfo=UTC)  # a Monday
ITEMS = 12


class Maker:
    """Articles and issues from a seed; words as unequal as those of a language."""

    def __init__(self, articles: int, issues: int) -> None:
        self._random = random.Random(SEED)
        self._words = ["".join(self._random.choices("aeioubcdfghklmnprstvw", k=3 + n % 8)) for n in range(9000)]
        self._weights = [1 / (n + 8) for n in range(len(self._words))]
        taxonomy = taxonomy_at(None)
        self._tags, self._kinds = list(taxonomy.tags), list(taxonomy.kinds)
        self._often = [1 / (n + 6) for n in range(len(self._tags))]
        self._companies = [self._text(1).title() + f" {n}" for n in range(max(20, articles // 60))]
        self._week = articles / issues

    def _text(self, words: int) -> str:
        return " ".join(self._random.choices(self._words, self._weights, k=words))

    def article(self, number: int) -> Article:
        """The article of that number; numbers go with time."""
        chance = self._random
        company = chance.randrange(len(self._companies))
        url = f"https://blog{company}.example/{number}/{self._text(5).replace(' ', '-')}"
        at = FIRST + WEEK * (number / self._week)
        return Article(
            id=article_id(url),
            source=f"blog{company}",
            guid=url,
            url=url if number % 9 else f"{url}?id={number}",
            canonical_url=url,
            title=self._text(8).capitalize(),
            first_seen_at=at + timedelta(hours=3),
            published_at=at,
            company=self._companies[company] if company % 5 else None,
            language="en",
            words=900,
            minutes=1 + number % 19,
            kind=chance.choice(self._kinds),
            tags=tuple(dict.fromkeys(chance.choices(self._tags, self._often, k=1 + number % 4))),
            summary=self._text(40).capitalize() + ".",
            deck=self._text(18).capitalize() + ".",
            text=self._text(350),
            labelled=True,
        )

    def articles(self, first: int, last: int) -> Iterator[Article]:
        """The articles from one number up to another."""
        return map(self.article, range(first, last))


def put_articles(store: Store, articles: Iterator[Article]) -> None:
    """Into the store, many at once."""
    chunk: list[ArticleWrite] = []
    for article in articles:
        chunk.append(ArticleWrite(article))
        if len(chunk) == 1000:
            store.add_articles(chunk)
            chunk = []
    store.add_articles(chunk)


def put_issue(store: Store, number: int) -> None:
    """Publish the issue of a week: its first articles."""
    window = Window(FIRST + WEEK * (number - 1), FIRST + WEEK * number)
    chosen = list(store.articles(ArticleQuery(since=window.start_at, until=window.end_at, limit=ITEMS)))
    items = tuple(
        Item(a.title, a.url, a.id, company=a.company, summary=a.summary, minutes=a.minutes, kind=a.kind, tags=a.tags)
        for a in chosen
    )
    issue = Issue(
        number=number,
        title="Weekend Reading",
        tagline="A weekly roundup.",
        lead="This week: " + " ".join(item.summary for item in items[:3]),
        window=window,
        sections=(Section("all", "Stories", items),),
        tags=tuple(dict.fromkeys(tag for item in items for tag in item.tags))[:8],
    )
    record = IssueRecord("default", number, window, write_draft(issue), published_at=window.end_at)
    store.publish(record, [LedgerEntry(a.id, url_key(a.url), a.title, number, a.tags) for a in chosen])


def put_issues(store: Store, numbers: Iterable[int]) -> None:
    """Publish the issues of these weeks."""
    for number in numbers:
        put_issue(store, number)


def measured(name: str, act: Callable[[], object]) -> None:
    """Print what an act takes: wall clock and processor time of this process and its children, in seconds."""
    began, spent = time.monotonic(), _processor()
    told = act()
    wall, processor = time.monotonic() - began, _processor() - spent
    print(f"{name:<28} {wall:7.1f} s wall {processor:7.1f} s CPU   {told}", flush=True)


def _processor() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _largest(folder: Path) -> str:
    pages = [(path.stat().st_size, path.relative_to(folder).as_posix()) for path in folder.rglob("*.html")]
    size, path = max(pages)
    return f"{len(pages)} pages, {sum(size for size, _ in pages) >> 20} MiB; the heaviest: {path}, {size} bytes"


def main(arguments: list[str]) -> int:
    """Make the store, build three times, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=50_000)
    parser.add_argument("--issues", type=int, default=1_000)
    parser.add_argument("--keep", type=Path, help="a folder for the store and the site, made once and kept")
    given = parser.parse_args(arguments)
    folder = given.keep or Path(tempfile.mkdtemp(prefix="crawl-bench-site-"))
    folder.mkdir(parents=True, exist_ok=True)
    made, work = folder / f"made-{given.articles}-{given.issues}.db", folder / "work.db"
    maker = Maker(given.articles, given.issues)

    def make() -> str:
        with_store(made, lambda store: put_articles(store, maker.articles(0, given.articles)))
        with_store(made, lambda store: put_issues(store, range(1, given.issues + 1)))
        return f"{given.articles} articles, {given.issues} issues"

    def add_week() -> str:
        weekly = given.articles // given.issues
        fresh = maker.articles(given.articles, given.articles + weekly)
        with_store(work, lambda store: put_articles(store, fresh))
        with_store(work, lambda store: put_issues(store, [given.issues + 1]))
        return f"{weekly} articles, one issue"

    if not made.exists():
        measured("make the store", make)
    shutil.copyfile(made, work)
    shutil.rmtree(folder / "site", ignore_errors=True)
    try:
        measured("build", lambda: build_apart(work, folder / "site"))
        measured("build again, no change", lambda: build_apart(work, folder / "site"))
        measured("a week more", add_week)
        measured("build after one new issue", lambda: build_apart(work, folder / "site"))
        print(_largest(folder / "site"))
    finally:
        if not given.keep:
            shutil.rmtree(folder)
    return 0


def with_store(path: Path, act: Callable[[Store], object]) -> None:
    """Do something with the store of a file."""
    store = open_store(f"sqlite:///{path}")
    try:
        act(store)
    finally:
        store.close()


def build(database: Path, out: Path) -> None:
    """Build the site of a store once, in this process."""
    settings = Settings()
    settings = replace(settings, issue=replace(settings.issue, base_url="https://reading.example/"))

    def act(store: Store) -> None:
        print(publish_site(store, settings, {}, taxonomy_at(None), out))

    with_store(database, act)


def build_apart(database: Path, out: Path) -> str:
    """The same in a process of its own, as the command does it: start and imports count."""
    import subprocess

    command = [sys.executable, "-m", "tests.bench_site", "--build", str(database), str(out)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    return done.stdout.strip()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--build"]:
        build(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        sys.exit(main(sys.argv[1:]))
