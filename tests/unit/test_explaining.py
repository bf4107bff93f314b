"""`crawl why`: every candidate of a window is in the issue, or out by a rule that is named; every score adds up."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from crawler.composing import compose
from crawler.context import Crawl
from crawler.explaining import Account, account_json, account_of, standing_in
from crawler.fetch.client import HttpFetcher
from crawler.model import Article, Signals, Window
from crawler.ports import LedgerEntry
from crawler.settings import Choice, IssueSettings, Settings
from crawler.urls import url_key
from crawler.workers import WorkerPool
from storage.memory import MemoryStore
from tests.support.stores import DAY, NOW, WEEK, add_article, make_edge, make_record
from tests.unit.compose.make import article, source

SETTINGS = IssueSettings(max_items=6, per_company=1, exclude=Choice(tags=("blockchain",)), featured=(
    "https://star.example.org/star",))  # fmt: skip


@pytest.fixture
def crawl() -> Iterator[Crawl]:
    """A crawl over a store in memory whose week has a candidate for every rule."""
    settings = Settings(issue=SETTINGS)
    fetcher, workers = HttpFetcher(settings.fetch, user_agent="test/1", environ={}), WorkerPool()
    store = MemoryStore()
    told = _told()
    sources = {a.source: source(a.source) for a in told}
    sources["rare"] = source("rare", weight=2.0)
    for one in told:
        values = {field.name: getattr(one, field.name) for field in fields(one) if field.name not in ("issue", "score")}
        add_article(store, **{**values, "labelled": True})
    used = article("used", url="https://used.example.org/used")
    before = Window(WEEK.start_at - 7 * DAY, WEEK.start_at)
    store.publish(
        make_record(83, window=before), [LedgerEntry(used.id, url_key(used.url), used.title, 83, ("databases",))]
    )
    yield Crawl(store, fetcher, workers, settings, sources, "test/1", lambda: NOW, random.Random(1))
    fetcher.close()
    workers.close()


def _told() -> list[Article]:
    weak: dict[str, Any] = {"kind": "community", "words": 120, "text": "News.", "signals": Signals(words=120)}
    return [
        *(article(f"a{n}", source="acme", company="Acme", words=3000 + n) for n in range(4)),
        article("star", **weak),
        article("rare", words=2800, tags=("observability",), company=None),
        article("cve1", title="Our answer to CVE-2026-12345", words=2600),
        article("cve2", title="CVE-2026-12345 and us", words=900),
        article("part1", source="ann", title="A queue from scratch, part 1", words=2700, company=None),
        article("part2", source="ann", title="A queue from scratch, part 2", words=3000, company=None),
        *(article(f"more{n}", words=1200 + n, title=f"Notes on {n} gears") for n in range(5)),
        article("weak", **weak),
        article("ad", signals=Signals(words=900, promotion=0.9)),
        article("german", language="de"),
        article("chain", tags=("blockchain",)),
        article("mute", text=""),
        article("dull", summary=""),
        article("used"),
        article("hidden", noindex=True),
        article("late", published_at=WEEK.start_at - DAY * 20, first_seen_at=WEEK.start_at + DAY),
        article("old", published_at=WEEK.start_at - DAY * 300, first_seen_at=WEEK.start_at + DAY),
    ]


def test_every_candidate_is_in_or_out_by_a_rule(crawl: Crawl) -> None:
    """None is forgotten, none is told twice, and what is told by `why` is what the issue holds."""
    composition = compose(crawl, WEEK)
    candidates = crawl.store.in_window(WEEK, SETTINGS.late_days)
    rules = Counter[str]()
    placed = {}
    for candidate in candidates:
        standing = standing_in(composition, candidate)
        assert standing is not None, candidate.title
        assert standing.verdict
        rules[f"{standing.state}: {standing.rule}"] += 1
        if standing.state == "in":
            placed[standing.place] = candidate.id
    assert [placed[n] for n in sorted(placed, key=lambda n: n or 0)] == [
        r.article.id for r in composition.ranked if r.place
    ]
    assert {item.article_id for item in composition.issue.items} == set(placed.values())
    assert set(rules) == {
        "in: featured", "in: score", "told: story", "out: series", "out: per_company", "out: max_items", "out: floor",
        "out: promotion", "out: language", "out: excluded", "out: no text", "out: no summary", "out: already published",
        "out: noindex",
    }  # fmt: skip


def _account(crawl: Crawl, url_or_id: str) -> Account:
    article = crawl.store.article(url_or_id)
    assert article is not None
    return account_of([crawl], article)


def test_every_score_is_the_sum_of_what_is_told(crawl: Crawl) -> None:
    """The addends of `why` give the score that the issue has, within its bounds."""
    composition = compose(crawl, WEEK)
    scores = {item.article_id: item.score for item in (*composition.issue.items, *composition.issue.runners_up)}
    for candidate in crawl.store.in_window(WEEK, SETTINGS.late_days):
        account = account_of([crawl], candidate, WEEK)
        (standing,) = account.standings
        total = min(1.0, max(0.0, sum(reason.score for reason in standing.addends)))
        assert standing.score == pytest.approx(total, abs=1e-3)
        assert all(reason.evidence or reason.value for reason in standing.addends)
        if standing.state in ("in", "out") and candidate.id in scores:
            assert scores[candidate.id] == pytest.approx(standing.score, abs=1e-3)
        told = account_json(account)
        assert told["verdict"] == standing.verdict
        assert told["profiles"][0]["rule"] == standing.rule


def test_without_a_window_the_articles_own_weeks_are_tried(crawl: Crawl) -> None:
    """The week of its date, then that of its first sight."""
    late = _account(crawl, "https://late.example.org/late")
    assert late.standings[0].state in ("in", "out")
    assert late.standings[0].window is not None
    published = _account(crawl, "https://used.example.org/used")
    assert (published.standings[0].state, published.standings[0].verdict) == ("published", "published in #83")


def test_copies_and_held_articles_are_told_as_such(crawl: Crawl) -> None:
    store = crawl.store
    copy = add_article(store, "https://copy.example/x")
    leader = add_article(store, "https://leader.example/x")
    store.save_copies([copy.id, leader.id], [make_edge(copy, leader)], {copy.id: leader.id})
    held = add_article(store, "https://flood.example/x", held=True, source="flood")
    for one, state in ((copy, "copy"), (held, "held")):
        account = _account(crawl, one.id)
        assert account.standings[0].state == state


def test_interests_move_and_excluded_kinds_bar(crawl: Crawl) -> None:
    issue = replace(SETTINGS, interests={"observability": 1.0, "databases": -1.0}, exclude=Choice(kinds=("community",)))
    crawl.settings = replace(crawl.settings, issue=issue)
    composition = compose(crawl, WEEK)
    by_id = {ranked.article.id: ranked for ranked in composition.ranked}
    assert by_id[article("rare").id].parts["interest"] == pytest.approx(0.15)
    assert by_id[article("more1").id].parts["interest"] == pytest.approx(-0.15)
    standing = standing_in(composition, article("weak"))
    assert standing is not None
    assert (standing.state, standing.rule) == ("out", "excluded")
