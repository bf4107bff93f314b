"""How near the score comes to what an editor would print: NDCG@10 over drawn weeks (Järvelin and Kekäläinen 2002)."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from crawler.compose.rank import Week, base_score, pick, rank
from crawler.demo.site import build_web
from crawler.model import Article, Window
from crawler.reading import inspect_page
from crawler.settings import IssueSettings
from crawler.urls import host_of
from tests.eval.corpus import page_paths, read_rows

WEEK = 25  # articles a draw
DRAWS = 200
_SPAN = Window(datetime(2026, 11, 9, tzinfo=UTC), datetime(2026, 11, 16, tzinfo=UTC))

# How gladly an editor of a roundup for software engineers would print some of the sample blogs' articles: 1 never,
# 5 must have. The addresses end in these words.
WISHES = {
    "nine-terabytes-forty-one-seconds": 5,
    "eight-second-vessel-positions": 5,
    "consumer-group-ninety-seven-minutes": 5,
    "idempotency-keys-are-not-enough": 5,
    "partitioning-four-billion-port-events": 5,
    "twelve-hundred-wrong-answers": 4,
    "speculative-decoding-on-our-own-traffic": 5,
    "profile-guided-optimization-in-go": 4,
    "android-cold-start": 4,
    "rounding-incident-seventy-nine-cents": 4,
    "flaky-tests-quarantine": 4,
    "leaving-lambda-for-the-busy-half": 4,
    "card-testing-rings-as-graphs": 4,
    "property-tests-for-database-code": 3,
    "decision-records-people-read": 3,
    "staff-engineers-and-the-calendar": 2,
    "on-call-apprenticeship": 3,
    "hiring-senior-ml-engineer-search": 1,
    "sponsored-deploybot-pro": 1,
    "drift-212": 1,
}


def measure_own() -> dict[str, float]:
    """NDCG@10 on the sample blogs' articles, beside the longest first."""
    articles, wishes = {}, {}
    for (host, path), page in build_web(datetime(2026, 11, 21, tzinfo=UTC)).pages.items():
        word = path.rstrip("/").rpartition("/")[2].removesuffix(".html")
        if word in WISHES and page.content_type.startswith("text/html") and page.status == 200:
            url = f"http://{host}{path}"
            articles[url] = inspect_page(page.body, url)
            wishes[url] = WISHES[word]
    return _figures(articles, wishes)


@cache
def measure_shared(shared: Path) -> dict[str, float]:
    """The same on an editor's marks of real articles."""
    wishes = {row["url"]: row["include"] for row in read_rows(shared, "editor")}
    paths = page_paths(shared)
    articles = {url: inspect_page(paths[url].read_bytes(), url) for url in wishes if url in paths}
    return _figures(articles, {url: wishes[url] for url in articles})


def _figures(articles: Mapping[str, Article], wishes: Mapping[str, int]) -> dict[str, float]:
    """Of the score: NDCG. Of issues of six made from the drawn weeks: how many blogs they tell of (for every six
    items), and how many hold an article that the editor would never print."""
    scores = {url: base_score(article)[0] for url, article in articles.items()}
    lengths = {url: float(article.words) for url, article in articles.items()}
    return {
        "ndcg10": _weekly(scores, wishes),
        "ndcg10_longest_first": _weekly(lengths, wishes),
        "never_above_floor": float(sum(wishes[url] == 1 and score > 0.3 for url, score in scores.items())),
        **_issues(articles, wishes),
    }


def _issues(articles: Mapping[str, Article], wishes: Mapping[str, int]) -> dict[str, float]:
    items = blogs = never = 0
    for week in _weeks(wishes):
        told = [replace(articles[url], source=host_of(url), published_at=_SPAN.start_at) for url in week]
        chosen, _ = pick(rank(told, Week(_SPAN), {}), IssueSettings(max_items=6))
        items += len(chosen)
        blogs += len({one.article.source for one in chosen})
        never += any(wishes[one.article.url] == 1 for one in chosen)
    return {"blogs_of_six": 6 * blogs / max(1, items), "never_in_issue": float(never)}


def _weekly(scores: Mapping[str, float], wishes: Mapping[str, int]) -> float:
    weeks = _weeks(wishes)
    return sum(_ndcg(scores, week) for week in weeks) / len(weeks)


def _weeks(wishes: Mapping[str, int]) -> list[dict[str, int]]:
    """Drawn weeks, the same each time; all articles are one week where they are few."""
    urls = sorted(wishes)
    if len(urls) <= WEEK:
        return [dict(wishes)]
    draw = random.Random(1)
    return [{url: wishes[url] for url in draw.sample(urls, WEEK)} for _ in range(DRAWS)]


def _ndcg(scores: Mapping[str, float], wishes: Mapping[str, int]) -> float:
    def gain(order: list[str]) -> float:
        return sum((2.0 ** wishes[url] - 1) / math.log2(place + 2) for place, url in enumerate(order[:10]))

    ours = sorted(wishes, key=lambda url: (-scores[url], url))
    best = sorted(wishes, key=lambda url: -wishes[url])
    return gain(ours) / gain(best)
