"""Reads pages as the crawl's workers do, beside trafilatura; prints the figures as JSON. Run by the row `extraction`.

python -m tests.bench.extracting --pages 120                  pages a second and F1 of both, page by page by turns
python -m tests.bench.extracting --pages 240 --processes 2    seconds by the wall through so many workers
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import trafilatura

from crawler.model import Article, Entry, Fetched
from crawler.ports import Work
from crawler.reading import ReadTask, read_article, read_or_label
from crawler.urls import article_id
from crawler.workers import WorkerPool
from tests.bench.pages import Page, page
from tests.eval.extract import bag_f1, site_samples
from tests.support.shared import SHARED

_SEED = 6
_CHUNK = 8


def pages(count: int, *, shared: bool) -> list[Page]:
    """Made pages, or those of the corpus that have a text by their author."""
    if shared and SHARED is not None:
        return [Page(sample.url, sample.body, sample.text) for sample in site_samples(SHARED / "corpus")][:count]
    return [page(_SEED, number) for number in range(count)]


def task(one: Page) -> ReadTask:
    """The page as the crawl would hand it to a worker, its feed having said only the title."""
    now = datetime(2026, 11, 21, tzinfo=UTC)
    ident = article_id(one.url)
    article = Article(ident, "bench", one.url, one.url, one.url, "A title", now, page="pending")
    entry = Entry(guid=one.url, url=one.url, title="A title")
    return ReadTask(
        Work(article, entry, want_page=True), None, Fetched(one.url, 200, {"content-type": "text/html"}, one.body)
    )


def compare(found: list[Page]) -> dict[str, float]:
    """Pages a second of CPU and F1: ours with labels and signature, and trafilatura's default without any."""
    seconds = {"ours": 0.0, "trafilatura": 0.0}
    scores = {"ours": 0.0, "trafilatura": 0.0}
    works: dict[str, Callable[[Page], str]] = {
        "ours": lambda one: read_article(task(one)).write.article.text,
        "trafilatura": lambda one: trafilatura.extract(one.body, url=one.url) or "",
    }
    for work in works.values():  # both load what they need before the clock runs
        work(page(_SEED + 1, 0))
    for number, one in enumerate(found):
        for name in sorted(works, reverse=number % 2 == 0):
            began = time.process_time()
            text = works[name](one)
            seconds[name] += time.process_time() - began
            scores[name] += bag_f1(text, one.text)
    count = len(found)
    rates = {f"{name}_rate": count / taken for name, taken in seconds.items()}
    return rates | {f"{name}_f1": score / count for name, score in scores.items()}


def through_workers(found: list[Page], processes: int) -> dict[str, float]:
    """Seconds by the wall from the first page to the last, workers started and warm."""
    tasks = [task(one) for one in found]
    chunks = [tasks[at : at + _CHUNK] for at in range(0, len(tasks), _CHUNK)]
    pool = WorkerPool(processes)
    with ThreadPoolExecutor(processes) as threads:
        list(threads.map(lambda _: pool.call(read_or_label, chunks[0]), range(processes)))
        began = time.monotonic()
        list(threads.map(lambda chunk: pool.call(read_or_label, chunk), chunks))
        wall = time.monotonic() - began
    pool.close()
    return {"seconds": wall}


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--pages", type=int, default=120)
    parser.add_argument("--processes", type=int, default=0)
    parser.add_argument("--shared", action="store_true")
    options = parser.parse_args()
    found = pages(options.pages, shared=options.shared)
    print(json.dumps(through_workers(found, options.processes) if options.processes else compare(found)))


if __name__ == "__main__":
    main()
