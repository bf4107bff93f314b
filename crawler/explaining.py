"""`crawl why`: the whole account of one article. Labels and scores are pure, so they are made again to be explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from crawler.articles import label_articles
from crawler.compose.issue import Composition
from crawler.compose.rank import Ranked, base_score
from crawler.compose.window import last_full_week
from crawler.composing import compose, issue_numbers
from crawler.context import Crawl
from crawler.draft.write import window_text
from crawler.errors import UserError
from crawler.jsonshape import article_json, reason_json
from crawler.model import Article, Reason, Window
from crawler.reading import explain
from crawler.settings import LlmSettings

State = Literal["in", "out", "told", "published", "copy", "held", "no candidate"]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an article stands with one newsletter. `rule` names what decided; `verdict` is the sentence.

    `window` is the time that was composed to find out, None where that was not needed. `addends` sum up to the score
    but for its bounds. told: another article stands for the story.
    """

    profile: str
    state: State
    rule: str
    verdict: str
    score: float
    addends: tuple[Reason, ...]
    window: Window | None = None
    place: int | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that led to what an article is and where it stands, with each newsletter that was asked about.

    `page_error` is why its page is not read yet, None where nothing failed; `page_next_at` when it is asked again.
    """

    article: Article
    leader_url: str | None
    labels: tuple[Reason, ...]
    standings: tuple[Standing, ...]
    page_error: str | None = None
    page_next_at: datetime | None = None
    wording: tuple[Reason, ...] = ()  # what a language model said, and what the check made of it


def account_of(
    crawls: Sequence[Crawl], article: Article, window: Window | None = None, llm: LlmSettings | None = None
) -> Account:
    """The account of an article of the store.

    `crawls` are one for each newsletter, over one store. Without a window, the week is composed in which the article
    was published, and then that in which it was first seen. Labels that nobody asked for before are made, and kept.
    """
    crawl = crawls[0]
    if not article.labelled:
        label_articles(crawl, [article.id])
        article = crawl.store.article(article.id) or article
    article = replace(article, issue=issue_numbers(crawl.store, crawl.profile).get(article.id))
    source = crawl.sources.get(article.source)
    labels = explain(article, source, crawl.taxonomy, crawl.settings.labels).reasons
    leader = crawl.store.article(article.duplicate_of) if article.duplicate_of else None
    standings = tuple(_standing(one, article, window) for one in crawls)
    return Account(
        article,
        leader.url if leader else None,
        labels,
        standings,
        *_page_trouble(crawl, article),
        wording=_wording(crawl, article, llm),
    )


def _page_trouble(crawl: Crawl, article: Article) -> tuple[str | None, datetime | None]:
    works = crawl.store.work_of([article.id]) if article.page in ("pending", "failed") else ()
    return next(((work.page_error, work.page_next_at) for work in works if work.page_error), (None, None))


def _wording(crawl: Crawl, article: Article, llm: LlmSettings | None) -> tuple[Reason, ...]:
    """From the answers that are kept; nothing is asked. Empty where the check's library is not installed."""
    if llm is None:
        return ()
    try:
        from crawler.rewording import account_of_wording
    except UserError:
        return ()
    return tuple(account_of_wording(crawl, article, llm))


def standing_in(composition: Composition, article: Article) -> Standing | None:
    """What became of a candidate in a composition: every one of them has exactly one answer; None for no candidate."""
    issue = composition.issue
    for ranked in composition.ranked:
        account = ranked.score, ranked.reasons, issue.window
        if ranked.article.id == article.id:
            if ranked.place is not None:
                words = f"in the issue, #{issue.number}, as number {ranked.place} of the choice"
                rule = ranked.chosen.rule if ranked.chosen else "chosen"
                return Standing(issue.profile, "in", rule, words, *account, ranked.place)
            left = ranked.left_out
            rule, words = (left.rule, f"out: {_sentence(left)}") if left else ("max_items", "out: others were better")
            return Standing(issue.profile, "out", rule, words, *account)
        if any(other.id == article.id for other in ranked.others):
            evidence = next((r.evidence for r in ranked.joined if r.value == article.id), "")
            words = f"told with another article on the same story{evidence and f' ({evidence})'}: {ranked.article.url}"
            return Standing(issue.profile, "told", "story", words, *account)
    for excluded in composition.excluded:
        if excluded.article.id == article.id:
            words = f"out: {_sentence(excluded.reason)}"
            return Standing(issue.profile, "out", excluded.reason.rule, words, 0.0, (), issue.window)
    return None


def account_json(account: Account) -> dict[str, Any]:
    """What `why --json` prints; `score`, `addends` and `verdict` are those of the first newsletter."""
    first = account.standings[0]
    return {
        "article": article_json(account.article),
        "leader": account.leader_url,
        "page_error": account.page_error,
        "page_next_at": account.page_next_at.isoformat() if account.page_next_at else None,
        "labels": [reason_json(reason) for reason in account.labels],
        "wording": [reason_json(reason) for reason in account.wording],
        "score": round(first.score, 4),
        "addends": [reason_json(reason) for reason in first.addends],
        "verdict": first.verdict,
        "profiles": [_standing_json(standing) for standing in account.standings],
    }


def ranked_json(ranked: Ranked) -> dict[str, Any]:
    """What `articles --rank --json` tells beside the article."""
    left = ranked.left_out
    return {
        "place": ranked.place,
        "left_out": left.evidence or left.value if left else None,
        "rule": left.rule if left else ranked.chosen.rule if ranked.chosen else None,
        "parts": ranked.parts,
        "story": [other.url for other in ranked.others],
        "previously": [int(reason.value) for reason in ranked.follows],
    }


def _standing_json(standing: Standing) -> dict[str, Any]:
    return {
        "profile": standing.profile,
        "window": window_text(standing.window) if standing.window else None,
        "state": standing.state,
        "rule": standing.rule,
        "verdict": standing.verdict,
        "place": standing.place,
        "score": round(standing.score, 4),
        "addends": [reason_json(reason) for reason in standing.addends],
    }


def _standing(crawl: Crawl, article: Article, window: Window | None) -> Standing:
    """Score, its addends, and whether the article is in the issue of the window, or of its week."""
    source = crawl.sources.get(article.source)
    own = base_score(article, source.weight if source else 1.0)
    number = issue_numbers(crawl.store, crawl.profile).get(article.id)
    if number is not None and window is None:
        return Standing(crawl.profile, "published", "ledger", f"published in #{number}", *own)
    if article.duplicate_of:
        return Standing(crawl.profile, "copy", "duplicate", "out: it is a copy; its leader stands for it", *own)
    if article.held:
        words = f"out: held back, its source flooded; `crawl sources release {article.source}` lets it go"
        return Standing(crawl.profile, "held", "held", words, *own)
    windows = [window] if window else _weeks_of(article, crawl.settings.timezone)
    found = None
    for one in windows:
        found = standing_in(compose(crawl, one), article) or found
        if found and found.rule != "outside the window":
            break
    if found is None:
        where = "the window" if window else "its week"
        return Standing(crawl.profile, "no candidate", "window", f"out: no candidate of {where}", *own, windows[0])
    if not found.addends and found.state == "out":
        # What never came to be ranked has the score of the article by itself.
        return Standing(crawl.profile, "out", found.rule, found.verdict, *own, found.window)
    return found


def _weeks_of(article: Article, timezone: str) -> list[Window]:
    """The week in which it was published, and that in which it was first seen."""
    moments = [article.published_at or article.first_seen_at, article.first_seen_at]
    return list(dict.fromkeys(last_full_week(moment + timedelta(days=7), timezone) for moment in moments))


def _sentence(reason: Reason) -> str:
    return reason.evidence or reason.value or reason.rule
