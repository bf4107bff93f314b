"""The crawl, readable from top to bottom: what is asked, in which order, and when it is written.

    due sources -> fetch -> read -> decide -> store          (a feed's entries with its validators, one transaction)
    pending pages -> fetch -> extract, label, sign -> store  (chunks)
    unlabelled articles -> label -> store                    (chunks)
    new texts -> copies -> store                             (chunks)

Every step leaves the store consistent, so a run that is killed is simply continued by the next one.
"""

from __future__ import annotations

import time
from dataclasses import replace

from crawler.articles import label_rest, read_pages
from crawler.context import Crawl, Selection
from crawler.linking import find_copies
from crawler.polling import check_sources, is_offline
from crawler.ports import Store
from crawler.report import RunReport, total


def crawl_once(crawl: Crawl, selection: Selection) -> RunReport:
    """Fetch what is due, read it, label it, find copies, store it.

    Trouble with a source is in the report; only trouble with the store (StoreError) is raised.
    """
    started_at, began = crawl.now(), time.monotonic()
    try:
        with crawl.dispatcher() as dispatcher:
            results = list(check_sources(crawl, dispatcher, selection))
            if selection.backfill:
                crawl.store.wake([source.slug for source in selection.sources])
            pages, pages_failed = read_pages(crawl, dispatcher, selection)
            label_rest(crawl, selection)
            duplicates = find_copies(crawl)
            if not is_offline(results):
                crawl.store.save_hosts(dispatcher.changed_hosts())
    finally:
        crawl.progress.end()
    order = {source.slug: place for place, source in enumerate(selection.sources)}
    results.sort(key=lambda result: order.get(result.source, 0))
    return RunReport(
        started_at=started_at,
        seconds=round(time.monotonic() - began, 3),
        totals=total(results, duplicates=duplicates, pages=pages, pages_failed=pages_failed),
        sources=tuple(results),
        interrupted=crawl.interrupted,
        exhausted=dispatcher.exhausted,
    )


def release(store: Store, slug: str) -> int:
    """Let a source's held articles go into issues, and its state with them; returns how many articles."""
    count = store.release(slug)
    feed = store.feeds().get(slug)
    if feed is not None and feed.state == "held":
        store.save_feeds([replace(feed, state="moved" if feed.current_url else "ok")])
    return count
