"""Several blogs on one subject become one item, and topics do not."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.compose.stories import RULES, gather
from crawler.model import Article
from tests.unit.compose.make import article


def _joined(*articles: Article) -> bool:
    stories = gather(articles, {a.id: 0.5 for a in articles})
    assert sum(1 + len(s.others) for s in stories) == len(articles)
    return len(stories) < len(articles)


def test_a_shared_cve_joins_two_blogs() -> None:
    """Two projects that both tell of one vulnerability tell one story."""
    one = article("a", title="Our answer to CVE-2026-12345")
    other = article("b", title="Patching the parser", summary="The flaw cve-2026-12345 let crafted headers through.")
    assert _joined(one, other)


@pytest.mark.parametrize(
    "other",
    [
        article("b", title="Notes on CVE-2026-99999"),
        article("b", source="a", url="https://a.example.org/b", title="More on CVE-2026-12345"),
        article("b", title="More on CVE-2026-12345", published_at=datetime(2026, 11, 30, tzinfo=UTC)),
        article(
            "b", title="Release notes", summary="Fixes CVE-2026-12345, CVE-2026-2222, CVE-2026-3333 and CVE-2026-4444."
        ),
    ],
)
def test_other_vulnerabilities_hosts_times_and_changelogs_do_not_join(other: Article) -> None:
    """Another id, the same blog, a fortnight later and a list of many are other stories."""
    assert not _joined(article("a", title="Our answer to CVE-2026-12345"), other)


def test_a_list_of_many_subjects_joins_none() -> None:
    """A roundup tells of everything that week had, the story among it."""
    list_ = article("b", title="More on CVE-2026-12345", kind="community", subkind="roundup")
    assert not _joined(article("a", title="Our answer to CVE-2026-12345"), list_)


def test_a_rare_name_joins_where_the_summaries_tell_the_same() -> None:
    """A project's move, told by two blogs in one week."""
    one = article(
        "a",
        title="Quillbase joins the foundation",
        summary="Quillbase moves its queue engine to the foundation, with a neutral steering group and shared maintainers.",
    )
    other = article(
        "b",
        title="Why we gave Quillbase away",
        summary="The queue engine Quillbase goes to the foundation; a neutral steering group with shared maintainers will lead it.",
    )
    assert _joined(one, other)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Tuning PostgreSQL for reads", "PostgreSQL upgrades without downtime"),
        ("Kubernetes 1.30 is out", "Kubernetes 1.31 is out"),
        ("Building a search platform", "Building a data platform"),
    ],
)
def test_a_shared_topic_is_no_story(first: str, second: str) -> None:
    """Two articles about one product in a week are two articles."""
    one = article("a", title=first, summary=f"{first}, with connection pools, indexes and vacuum settings measured.")
    other = article("b", title=second, summary=f"{second}, from logical replication to the switch of the primary.")
    assert not _joined(one, other)


def test_the_stronger_article_leads() -> None:
    """The story's item is its best article; the order of candidates is of no account."""
    one, other = article("a", title="CVE-2026-12345 in brief"), article("b", title="CVE-2026-12345 in depth")
    for pair in ((one, other), (other, one)):
        (story,) = gather(pair, {one.id: 0.3, other.id: 0.8})
        assert story.lead == other
        assert story.others == (one,)


def test_a_chain_within_a_fortnight_is_one_story() -> None:
    """Three blogs that share an id are one item."""
    days = [datetime(2026, 11, 9, tzinfo=UTC) + timedelta(days=n) for n in range(3)]
    told = [article(s, title=f"CVE-2026-12345, seen by {s}", published_at=d) for s, d in zip("abc", days, strict=True)]
    (story,) = gather(told, {a.id: 0.5 for a in told})
    assert len(story.others) == 2


def test_every_rule_is_described() -> None:
    """An editor who reads a rule's name in `why` finds it in docs/ranking.md."""
    page = (Path(__file__).resolve().parents[3] / "docs" / "ranking.md").read_text(encoding="utf-8")
    assert not [rule for rule in RULES if f"| `{rule}` |" not in page]


def test_why_two_articles_are_one_story_is_told() -> None:
    """The rule and what joined them, for each article but the lead."""
    one, other = article("a", title="CVE-2026-12345 in brief"), article("b", title="CVE-2026-12345 in depth")
    (story,) = gather((one, other), {one.id: 0.3, other.id: 0.8})
    assert [(r.value, r.rule, r.evidence) for r in story.joined] == [(one.id, "vulnerability", "CVE-2026-12345")]


def test_many_articles_on_one_topic_cost_little_and_join_nothing() -> None:
    """A word that many titles of a window share is looked at once, not for every pair."""
    many = [
        article(f"n{n}", title=f"Kubernetes in week {n}", text=f"We moved service {n} to Kubernetes. " * 300)
        for n in range(600)
    ]
    begun = time.process_time()
    assert len(gather(many, {})) == len(many)
    assert time.process_time() - begun < 5
