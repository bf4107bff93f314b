"""The benchmark's store of many articles is one that crawling could have left."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.ports import ArticleQuery
from crawler.urls import article_id
from storage.opening import open_store
from tests.bench import stock


def test_articles_that_are_there_again_are_articles_like_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Found by address, by words and in the order of their dates, as those that were written one by one."""
    monkeypatch.setattr(stock, "_WRITTEN", 12)
    store = open_store(f"sqlite:///{stock.kept(tmp_path, 30)}")
    listed = list(store.articles(ArticleQuery()))
    assert [article.id for article in listed] == [article_id(stock.address(n)) for n in range(30)]
    assert store.article(stock.address(25)) == listed[25]
    one, other = stock.FREQUENT
    found = {article.id for article in store.articles(ArticleQuery(text=one))}
    assert found == {article.id for article in listed if one in article.text.split()}
    assert len(found) == 10
    assert not list(store.articles(ArticleQuery(text=f"{one} {other}")))
    assert [a.url for a in store.articles(ArticleQuery(text=stock.RARE))] == [stock.address(n) for n in (7, 19)]
    store.close()
