"""What an article is worth by itself."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.compose.score import KIND_WORTH, base_score
from crawler.label import load_taxonomy
from crawler.model import Article, Signals
from tests.support.shared import SHARED, needs_shared
from tests.unit.compose.make import article


def test_the_addends_sum_up_to_the_score() -> None:
    """The account is complete: what is told adds up to what is given."""
    score, reasons = base_score(article("a"), 1.5)
    assert score == pytest.approx(sum(r.score for r in reasons), abs=1e-3)
    assert all(r.label == "score" and r.rule for r in reasons)


@given(
    st.integers(0, 20_000),
    st.sampled_from([*KIND_WORTH, "", "something-new"]),
    st.floats(0, 1),
    st.floats(0.01, 50),
    st.text(max_size=30),
)
def test_scores_stay_between_nought_and_one(words: int, kind: str, promotion: float, weight: float, title: str) -> None:
    """Whatever the labels say, the score runs from 0 to 1."""
    signals = Signals(words=words, code_blocks=words, images=3, numbers=99, links=words, promotion=promotion)
    score, _ = base_score(article("a", words=words, kind=kind, signals=signals, title=title), weight)
    assert 0 <= score <= 1


@given(st.integers(100, 5000), st.integers(0, 3000))
def test_more_depth_is_never_worth_less(words: int, more: int) -> None:
    """With all else equal, a longer text does not lose."""
    short, long = (article("a", words=n, signals=Signals(words=n)) for n in (words, words + more))
    assert base_score(long)[0] >= base_score(short)[0]


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"kind": "postmortem"}, {"kind": "community"}),
        ({"kind": "deep-dive"}, {"kind": "tutorial"}),
        ({"kind": "design-pattern"}, {"kind": "design-pattern", "subkind": "comparison"}),
        ({"kind": "community"}, {"kind": "community", "subkind": "event"}),
        ({"kind": "career"}, {"kind": "career", "subkind": "diary"}),
        ({"words": 2500}, {"words": 300}),
        ({"signals": Signals(words=1500, code_blocks=5, images=4)}, {"signals": Signals(words=1500)}),
        ({}, {"signals": Signals(words=1500, code_blocks=3, images=2, headings=6, numbers=20, promotion=0.6)}),
        ({}, {"signals": Signals(words=1500, code_blocks=3, images=2, headings=6, numbers=20, opening=0.7)}),
        (
            {"text": "It failed because of the cache; instead we found the root cause. " * 9},
            {"text": "Words here. " * 60},
        ),
        ({"title": "Release 4.2.0", "kind": "release"}, {"title": "Release 4.2.1", "kind": "release", "words": 700}),
        ({"title": "How a week of outages ended"}, {"title": "Day 41: functions"}),
        ({"title": "A scheduler for trains", "kind": "community"}, {"title": "Meetup recap", "kind": "community"}),
        ({"title": "Pricing rules at scale"}, {"title": "Lifetime access on sale"}),
        ({"title": "Announcing Quillbase 1.8", "kind": "release"}, {"title": "Quillbase v1.8.0", "kind": "release"}),
        ({"title": "Pricing rules at scale"}, {"title": "New job posting: platform lead"}),
        ({"title": "How a week of outages ended"}, {"title": "Goings on. Friday 19th May 2017"}),
        (
            {"title": "How we chose a lead", "kind": "community"},
            {"title": "Notes from our drop-in meeting", "kind": "community"},
        ),
        (
            {"kind": "tutorial", "words": 900, "text": "Do it. " * 60},
            {"kind": "community", "words": 3000, "text": "Hi. " * 60},
        ),
        (
            {"text": "A queue fed by Kafka and read by Flink, next to Redis and a PostgreSQL behind PgBouncer. " * 9},
            {"text": "A queue fed by a broker and read by workers, next to a cache and a database behind a pool. " * 9},
        ),
    ],
)
def test_an_editor_prefers(better: dict[str, object], worse: dict[str, object]) -> None:
    """Depth, evidence and argument over announcements, diaries and promotion."""
    assert base_score(article("a", **better))[0] > base_score(article("a", **worse))[0]


@pytest.mark.parametrize(
    "title",
    [
        "Leader election in a two-region cluster",
        "Surviving Black Friday traffic",
        "Distributed training on spot machines",
        "Forecasting flash sales",
        "Part 2: how the cache works",
        "Black Friday 2025, seen from the queue",
    ],
)
def test_engineering_titles_are_not_taken_for_events_or_sales(title: str) -> None:
    """Words that events and sales share with engineering subjects cost nothing."""
    assert base_score(article("a", title=title)) == base_score(article("a", title="A plain title"))


def test_weight_moves_a_source_up_and_down() -> None:
    """The operator's weight counts, within a bound."""
    plain = base_score(article("a"))[0]
    assert base_score(article("a"), 2.0)[0] > plain > base_score(article("a"), 0.5)[0]
    assert base_score(article("a"), 1000.0)[0] == base_score(article("a"), 4.0)[0]


@needs_shared
def test_the_order_comes_near_an_editors() -> None:
    """NDCG@10 of a week's draw against an editor's marks, with true texts and the editor's kinds: well over length."""
    assert SHARED is not None
    import sys

    sys.path.insert(0, str(SHARED / "score"))
    try:
        from score.editorial import weekly_ndcg  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(SHARED / "score"))
    manifest = json.loads((SHARED / "corpus" / "manifest.json").read_text())
    gold = {a["url"]: a["gold"] for site in manifest for a in site["articles"] if a["gold"]}
    rows = [json.loads(line) for line in (SHARED / "eval" / "editor.jsonl").read_text().splitlines()]
    articles = {row["url"]: _from_gold(row, gold[row["url"]]) for row in rows if row["url"] in gold}
    gains = {row["url"]: row["include"] for row in rows if row["url"] in articles}
    ours = weekly_ndcg({url: base_score(a)[0] for url, a in articles.items()}, gains)
    longest = weekly_ndcg({url: float(a.words) for url, a in articles.items()}, gains)
    assert ours >= 0.92
    assert ours >= longest + 0.04


def _from_gold(row: dict[str, object], gold: dict[str, str]) -> Article:
    assert SHARED is not None
    text = (SHARED / "corpus" / gold["plain_path"]).read_text()
    marked = (SHARED / "corpus" / gold["text_path"]).read_text()
    words = len(text.split())
    signals = Signals(
        words=words,
        code_blocks=marked.count("\n```") // 2,
        images=marked.count("!["),
        headings=marked.count("\n#"),
        numbers=len(re.findall(r"\b\d[\d.,]*\s?(?:%|x\b|ms\b|[GM]B\b|times\b)", text)),
        links=marked.count("]("),
    )
    made = article("a", url=str(row["url"]), title=str(row["title"]), kind=str(row["kind"]), words=words, text=text)
    return replace(made, signals=signals)


def test_a_kind_of_the_reader_s_own_counts_as_the_one_that_it_belongs_to() -> None:
    own, known = (base_score(article("a", kind="tutorial", subkind=subkind)) for subkind in ("kata", ""))
    assert own == known


def test_every_kind_of_ours_has_its_worth() -> None:
    """And the table names no kind that there is not."""
    assert set(KIND_WORTH) == set(load_taxonomy().kinds)


def test_a_summary_that_may_miss_the_point_costs_a_little_and_says_so() -> None:
    signals = Signals(words=1500, code_blocks=3, images=2, headings=6, numbers=20)
    told = {o: base_score(article("a", signals=replace(signals, opening=o))) for o in (None, 3.0, 1.5, 0.0)}
    assert told[None][0] == told[3.0][0] > told[1.5][0] > told[0.0][0] >= told[None][0] - 0.1
    assert [r.evidence for r in told[1.5][1] if r.value == "summary may miss the point"] == ["1.50"]
