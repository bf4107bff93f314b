"""A farm of copies: what one search for copies may cost, and what must come of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import crawler.dedup.copies as copies
from crawler.dedup.minhash import sign
from crawler.linking import ENOUGH, find_copies
from crawler.ports import ArticleWrite, Edge, Store, Suspect
from storage.opening import open_store
from storage.rules import MOST_SUSPECTS
from tests.support.stores import add_article

FARM = 120
TEXT = "We measured the queue for a week and moved one writer after the other to the log. "


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(open_store(f"sqlite:///{tmp_path}/crawl.db")) as store:
        for n in range(FARM):
            title, text = "How we tamed our queue", f"Blog {n} of many. " + TEXT * 40
            article = add_article(store, f"https://blog{n}.example/queue", title=title, text=text)
            store.save_articles([ArticleWrite(replace(article, labelled=True), sign(title, text))])
        yield store


def crawl_of(store: Store) -> Any:
    return SimpleNamespace(store=store, sources={}, linking=nullcontext)


def test_a_farm_of_copies_costs_by_its_size(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few comparisons and few edges an article; one of them leads all others."""
    compared = 0
    compare = copies.compare

    def count(a: Suspect, b: Suspect) -> Edge | None:
        nonlocal compared
        compared += 1
        return compare(a, b)

    monkeypatch.setattr(copies, "compare", count)
    assert find_copies(crawl_of(store)) == FARM - 1
    assert compared <= MOST_SUSPECTS * FARM
    ids = [suspect.id for suspect in store.members([article.id for article in store.all_articles()])]
    assert FARM - 1 <= len(store.edges(ids)) <= ENOUGH * FARM
