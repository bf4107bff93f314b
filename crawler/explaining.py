"""`crawl why`: the whole account of one article. Labels and scores are pure, so they are made again to be explained."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from crawler.articles import label_articles
from crawler.compose.rank import base_score
from crawler.compose.window import last_full_week
from crawler.composing import compose
from crawler.context import Crawl
from crawler.jsonshape import article_json, reason_json
from crawler.model import Article, Reason
from crawler.ports import default_order
from crawler.reading import explain


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that led to what an article is and where it stands."""

    article: Article
    leader_url: str | None
    labels: tuple[Reason, ...]
    score: float
    addends: tuple[Reason, ...]
    verdict: str

    @property
    def summary(self) -> str:
        """The article's summary."""
        return self.article.summary


def account_of(crawl: Crawl, url_or_id: str) -> Account | None:
    """The account of an article by id or by any address it is known under; None when there is none.

    Labels that nobody asked for before are made, and kept.
    """
    article = crawl.store.article(url_or_id)
    if article is None:
        return None
    if not article.labelled:
        label_articles(crawl, [article.id])
        article = crawl.store.article(article.id) or article
    source = crawl.sources.get(article.source)
    labels = explain(article, source, crawl.taxonomy).reasons
    leader = crawl.store.article(article.duplicate_of) if article.duplicate_of else None
    score, addends, verdict = _standing(crawl, article)
    return Account(article, leader.url if leader else None, labels, score, addends, verdict)


def account_json(account: Account) -> dict[str, Any]:
    """What `why --json` prints."""
    return {
        "article": article_json(account.article),
        "leader": account.leader_url,
        "labels": [reason_json(reason) for reason in account.labels],
        "score": round(account.score, 4),
        "addends": [reason_json(reason) for reason in account.addends],
        "verdict": account.verdict,
    }


def _standing(crawl: Crawl, article: Article) -> tuple[float, tuple[Reason, ...], str]:
    """Score, its addends, and whether the article is in the issue of its week."""
    source = crawl.sources.get(article.source)
    score, addends = base_score(article, source.weight if source else 1.0)
    if article.issue is not None:
        return score, addends, f"published in #{article.issue}"
    if article.duplicate_of:
        return score, addends, "out: it is a copy; its leader stands for it"
    if article.held:
        return (
            score,
            addends,
            f"out: held back, its source flooded; `crawl sources release {article.source}` lets it go",
        )
    moment, _ = default_order(article)
    window = last_full_week(_week_after(moment), crawl.settings.timezone)
    composition = compose(crawl, window)
    for ranked in composition.ranked:
        if ranked.article.id == article.id:
            if ranked.place is not None:
                return ranked.score, ranked.reasons, f"in the issue of its week, number {ranked.place} of the choice"
            left = ranked.left_out
            return ranked.score, ranked.reasons, f"out: {_sentence(left) if left else 'others were better'}"
        if any(other.id == article.id for other in ranked.others):
            return score, addends, f"told with another article on the same story: {ranked.article.url}"
    for excluded in composition.excluded:
        if excluded.article.id == article.id:
            return score, addends, f"out: {_sentence(excluded.reason)}"
    return score, addends, "out: no candidate of its week"


def _week_after(moment: Any) -> Any:  # noqa: ANN401 -- a datetime in, a datetime out
    from datetime import timedelta

    return moment + timedelta(days=7)


def _sentence(reason: Reason) -> str:
    return reason.evidence or reason.value or reason.rule
