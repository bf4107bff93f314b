"""Parts of a series, editions of a recurring post, and what goes on from an earlier issue."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.compose.followups import Earlier
from crawler.compose.rank import Week, pick, rank
from crawler.compose.series import edition_of, part_of
from crawler.model import Article
from crawler.ports import LedgerEntry
from crawler.settings import IssueSettings
from crawler.urls import url_key
from tests.unit.compose.make import WEEK, article, source


@pytest.mark.parametrize(
    ("title", "number"),
    [
        ("Fixing a bug in the compiler, part 2", 2),
        ("Fixing a bug in the compiler (Part Three)", 3),
        ("Fixing a bug in the compiler: a deep dive (III)", 3),
        ("Fixing a bug in the compiler (4/5)", 4),
        ("Compiler bugs #7", 7),
        ("Chapter IV: fixing a bug", 4),
        ("A participant's view of HTTP/2", 0),
        ("PostgreSQL (13) in production", 13),
        ("What changed in 2026", 0),
    ],
)
def test_numbers_of_parts(title: str, number: int) -> None:
    assert part_of(title)[0] == number


def test_editions_are_known_by_what_stays() -> None:
    assert edition_of("Announcing Quillbase 1.71.0") == edition_of("Announcing Quillbase 1.72") == "quillbas"
    assert edition_of("March in Servo: keyboards") == edition_of("April in Servo: focus and forms")
    assert edition_of("Rebuilding a store") == ""
    assert edition_of("Quillbase 1.71: faster") != edition_of("Larkspur 1.71: faster")


def _chosen(*articles: Article) -> tuple[set[str], dict[str, str]]:
    sources = {a.source: source(a.source) for a in articles}
    chosen, rest = pick(rank(articles, Week(WEEK), sources), IssueSettings(per_company=9))
    return {r.article.title for r in chosen}, {r.article.title: r.left_out.rule for r in rest if r.left_out}


def test_of_a_series_the_first_part_stands_in_the_issue() -> None:
    """Whichever part is the strongest; another blog's part of that name is another matter."""
    parts = [
        article(f"p{n}", source="ann", title=f"A queue from scratch, part {n}", words=1000 + 400 * n) for n in (1, 2, 3)
    ]
    other = article("q", source="bob", title="A queue from scratch, part 2")
    chosen, left = _chosen(*parts, other)
    assert chosen == {parts[0].title, other.title}
    assert left == {parts[1].title: "series", parts[2].title: "series"}


def test_a_first_part_may_have_no_number() -> None:
    one = article("a", source="ann", title="Revisiting the module system", words=1500)
    two = article("b", source="ann", title="Revisiting the module system, part 2", words=3000)
    assert _chosen(one, two)[0] == {one.title}
    assert _chosen(two)[0] == {two.title}


def test_of_the_editions_of_a_recurring_post_the_best_stands_in_the_issue() -> None:
    short, long = (article(s, source="ann", title=f"{m} in Quillbase", words=w) for s, m, w in
                   (("a", "March", 700), ("b", "April", 2500)))  # fmt: skip
    chosen, left = _chosen(short, long)
    assert (chosen, left) == ({long.title}, {short.title: "series"})


def _entry(number: int, url: str, title: str) -> LedgerEntry:
    return LedgerEntry(article(url=url).id, url_key(url), title, number, ())


LEDGER = (
    _entry(80, "https://ann.example.org/queue-1", "A queue from scratch, part 1"),
    _entry(81, "https://ann.example.org/queue-2", "A queue from scratch, part 2"),
    _entry(82, "https://bob.example.org/flaw", "Our answer to CVE-2026-12345"),
    _entry(83, "https://cal.example.org/hedgerow", "Why Hedgerow drops idle tunnels"),
)


@pytest.mark.parametrize(
    ("given", "numbers", "rule"),
    [
        ({"source": "ann", "title": "A queue from scratch, part 3"}, [81, 80], "part"),
        ({"source": "bob", "title": "A queue from scratch, part 3"}, [], ""),
        ({"source": "ann", "title": "A cache from scratch, part 3"}, [], ""),
        ({"source": "dee", "title": "What CVE-2026-12345 taught us"}, [82], "vulnerability"),
        ({"source": "dee", "title": "Idle tunnels in Hedgerow, measured", "link": True}, [83], "link"),
        ({"source": "dee", "title": "Choosing a font", "link": True}, [], ""),
        ({"source": "dee", "title": "Why we left Hedgerow", "link": True}, [83], "link"),
        ({"source": "dee", "title": "Why we left Hedgerow", "link": True, "tags": ("hedgerow",)}, [], ""),
        ({"source": "dee", "title": "Idle tunnels in Hedgerow, measured"}, [], ""),
    ],
)
def test_a_follow_up_names_the_earlier_issue(given: dict[str, object], numbers: list[int], rule: str) -> None:
    """A later part on the same host, the same vulnerability, or a link to an article on the same thing."""
    values = {"summary": "A team left Hedgerow for a tunnel of its own.", **given}
    html = (
        '<p>As <a href="https://cal.example.org/hedgerow?utm_source=x">told before</a>.</p>'
        if values.pop("link", 0)
        else ""
    )
    found = Earlier(LEDGER).of(article("x", content_html=html, **values))
    assert [int(reason.value) for reason in found] == numbers
    assert {reason.rule for reason in found} <= {rule}


def test_a_follow_up_is_told_in_the_ranking() -> None:
    late = article("late", source="ann", title="A queue from scratch, part 3",
                   published_at=datetime(2026, 11, 12, tzinfo=UTC))  # fmt: skip
    (ranked,) = rank([late], Week(WEEK, LEDGER), {"ann": source("ann")})
    assert [reason.evidence for reason in ranked.follows] == [LEDGER[1].title, LEDGER[0].title]
