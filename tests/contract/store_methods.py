"""Every method of the store as somebody calls it, on a store with one article and one issue."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crawler.model import HostState
from crawler.ports import ArticleQuery, ArticleWrite, Store
from crawler.urls import article_id, url_key
from tests.support.stores import (
    NOW,
    URL,
    WEEK,
    make_article,
    make_feed,
    make_feed_write,
    make_line,
    make_record,
    make_write,
)

READS: dict[str, Callable[[Store], Any]] = {
    "feeds": lambda store: store.feeds(),
    "known": lambda store: store.known("acme", [url_key(URL)], [URL]),
    "known_all": lambda store: store.known_all({"acme": ([url_key(URL)], [URL])}),
    "hosts": lambda store: store.hosts(),
    "work": lambda store: store.work(NOW),
    "sources_with_work": lambda store: store.sources_with_work(NOW, 10),
    "work_of": lambda store: store.work_of([article_id(URL)]),
    "unsearched": lambda store: store.unsearched(),
    "suspects": lambda store: store.suspects(SUSPECT[0]),
    "edges": lambda store: store.edges([article_id(URL)]),
    "members": lambda store: store.members([article_id(URL)]),
    "due_feeds": lambda store: store.due_feeds(NOW, 10),
    "articles": lambda store: list(store.articles(ArticleQuery())),
    "all_articles": lambda store: list(store.all_articles()),
    "article": lambda store: store.article(URL),
    "in_window": lambda store: store.in_window(WEEK, 28),
    "ledger": lambda store: store.ledger("default"),
    "issue_records": lambda store: store.issue_records("default"),
    "newsletters": lambda store: store.newsletters(),
    "composed": lambda store: store.composed("default", 84),
    "posts": lambda store: store.posts(NOW, NOW),
    "source_figures": lambda store: store.source_figures(NOW),
    "sent": lambda store: store.sent("default", 83, "smtp"),
    "answers": lambda store: store.answers(["a"]),
}
WRITES: dict[str, Callable[[Store], Any]] = {
    "save_feeds": lambda store: store.save_feeds([make_feed()]),
    "write_feeds": lambda store: store.write_feeds([make_feed_write(make_write())], NOW),
    "save_hosts": lambda store: store.save_hosts([HostState("acme.example")]),
    "wake": lambda store: store.wake(),
    "save_articles": lambda store: store.save_articles([ArticleWrite(make_article(summary="Another."))]),
    "add_articles": lambda store: store.add_articles([ArticleWrite(make_article(summary="A third."))]),
    "forget_texts": lambda store: store.forget_texts(NOW.replace(year=2030), 10),
    "save_copies": lambda store: store.save_copies([article_id(URL)], [], {article_id(URL): None}),
    "release": lambda store: store.release("acme"),
    "save_composed": lambda store: store.save_composed(make_record()),
    "publish": lambda store: store.publish(make_record(), [make_line(make_article())]),
    "unpublish": lambda store: store.unpublish("default", 83),
    "save_answer": lambda store: store.save_answer("a", "small", "Said.", NOW),
    "record_sent": lambda store: store.record_sent("default", 83, "smtp", "reader@example.org", NOW),
}
SUSPECT: list[Any] = []  # the article as `members` gives it, put here by who makes the store
