"""How well articles of one story are told from articles of one topic: labelled pairs, by the facts that join them.

The figures are precision and recall over pairs of different sites. Our own pairs are written for kinds of stories that
happen (a vulnerability, a joint release, a report on a post, a paper) and for what only looks like one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.compose.facts import Facts
from crawler.compose.stories import bond
from crawler.model import Article
from crawler.reading import inspect_text
from crawler.urls import article_id, host_of
from tests.eval.corpus import read_rows

_DAY = datetime(2026, 11, 10, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """An article in short; `links` stand in its first paragraph, `day` counts from the first one's."""

    title: str
    text: str
    links: tuple[str, ...] = ()
    day: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles of different blogs, and whether they are one story."""

    kind: str
    same: bool
    a: Told
    b: Told


def measure_own() -> dict[str, float]:
    """The figures on pairs of our own."""
    return _figures((pair.same, found(pair)) for pair in PAIRS)


def found(pair: Pair) -> bool:
    """Whether the two are taken for one story."""
    return bond(_facts("one", pair.a), _facts("two", pair.b)) is not None


def measure_shared(shared: Path) -> dict[str, float]:
    """The figures on the labelled pairs of the evaluation corpus.

    A pair of articles that stands there twice, once as one story and once as two, is left out of the precision.
    """
    rows = read_rows(shared, "duplicates")
    stories = [row for row in rows if row["type"] == "same-story"]
    known = {frozenset((row["url_a"], row["url_b"])) for row in stories}
    others = [row for row in rows if not row["label"] and host_of(row["url_a"]) != host_of(row["url_b"])]
    others = [row for row in others if frozenset((row["url_a"], row["url_b"])) not in known]
    answers = []
    for row in (*stories, *others):
        a, b = (
            Facts(_article(host_of(row[f"url_{side}"]), row[f"url_{side}"], row[side]["title"], row[side]["text"]))
            for side in "ab"
        )
        answers.append((bool(row["label"]), bond(a, b) is not None))
    return _figures(answers)


def _figures(answers: Iterable[tuple[bool, bool]]) -> dict[str, float]:
    told = list(answers)
    right = sum(same and found for same, found in told)
    return {
        "precision": right / max(1, sum(found for _, found in told)),
        "recall": right / max(1, sum(same for same, _ in told)),
        "pairs": float(len(told)),
    }


def _facts(blog: str, told: Told) -> Facts:
    url = _at(told.title).replace("one", blog)
    article = _article(blog, url, told.title, told.text)
    links = "".join(f'<a href="{link}">as told there</a>' for link in told.links)
    html = f"<p>{links}{told.text}</p>"
    return Facts(_dated(article, html, told.day))


def _number(title: str) -> int:
    """The same in every process."""
    return int(article_id(title), 16)


def _article(source: str, url: str, title: str, text: str) -> Article:
    made = inspect_text(text, url, title)
    return replace(made, source=source, first_seen_at=_DAY)


def _dated(article: Article, html: str, day: int) -> Article:
    return replace(article, content_html=html, published_at=_DAY + timedelta(days=day))


def _at(title: str) -> str:
    """Where the first blog's article of that title stands."""
    return f"https://one.example/{_number(title)}"


PAIRS: Sequence[Pair] = (
    Pair("vulnerability", True,
         Told("Patching our gateways against CVE-2026-40417", "On Monday a flaw in the header parser of Hedgerow became public, and every gateway that we run was open to it. The fix went out within four hours; this is how we found all of them."),
         Told("What the Hedgerow flaw means for operators of ingress", "CVE-2026-40417 lets a crafted header reach the worker's memory. Versions before 4.2 are affected. We describe how to tell whether a cluster is exposed and which settings stop the attack until the upgrade is done.", day=2)),
    Pair("vulnerability, in a changelog", False,
         Told("Hedgerow 4.3 release notes", "This release fixes CVE-2026-40417, CVE-2026-40001, CVE-2026-40002, CVE-2026-40555 and twelve bugs."),
         Told("Patching our gateways against CVE-2026-40417", "On Monday a flaw in the header parser of Hedgerow became public, and every gateway that we run was open to it.")),
    Pair("release and its coverage", True,
         Told("Announcing Quillbase 3.0", "Today the Quillbase team releases Quillbase 3.0, the largest change since the project began. The storage engine was rewritten, and replication needs no external coordinator."),
         Told("Quillbase 3.0: what operators should know", "Version 3.0 of Quillbase was released this week. We have run the candidates since spring, and list what breaks, what is faster, and how the new replication behaved under load.", day=3)),
    Pair("joint release", True,
         Told("Larkspur 5.2 is generally available", "We are proud to announce that Larkspur 5.2 is ready for general availability. Hundreds of companies use Larkspur in production, serving millions of users in banking, logistics and games. Since the last release in spring the planner learned to push joins down to the storage layer.", day=1),
         Told("Stonecrop 5.2: faster scans, calmer compactions", "The Stonecrop team announces that Stonecrop 5.2 is ready for general availability. Stonecrop is the storage layer below Larkspur. Hundreds of companies use it in production, serving millions of users in banking, logistics and games. Since the last release in spring compactions were made calmer.")),
    Pair("two releases of one number", False,
         Told("Larkspur 5.2 is generally available", "We are proud to announce that Larkspur 5.2 is ready. The planner learned to push joins down to the storage layer, and the console shows why a query was slow."),
         Told("Thistle 5.2 with a new editor", "Thistle 5.2 was released today. The editor was rewritten for touch screens, and themes may be shared between projects of one team.")),
    Pair("two releases of one thing", False,
         Told("Quillbase 3.0 is out", "Today the Quillbase team releases Quillbase 3.0. The storage engine was rewritten."),
         Told("Quillbase 3.1 is out", "Today the Quillbase team releases Quillbase 3.1. Backups are incremental.", day=9)),
    Pair("an event that both announce", True,
         Told("Quillbase graduates from the Meadow Foundation", "The Meadow Foundation announced today that Quillbase has graduated, as the ninth project to do so. Graduation tells of growing use and of open governance."),
         Told("Celebrating the graduation of Quillbase in the Meadow Foundation", "Today we are glad to announce that Quillbase is a graduated project of the foundation. It has four hundred contributors and runs at eleven of the largest shops.", day=1)),
    Pair("an outage and a report on it", True,
         Told("The Cumulo outage of 9 November", "On 9 November the control plane of Cumulo in one region was down for five hours. A certificate of the scheduler expired during a migration. This is what happened and what we change."),
         Told("What the Cumulo outage did to our queues", "When Cumulo's control plane went down, half of our workers could not be replaced. The vendor's account of the outage is worth reading; ours is about queues that grow for five hours.", (_at("The Cumulo outage of 9 November"),), day=4)),
    Pair("two readings of one paper", True,
         Told("Reading the Lanternfish paper", "The authors of Lanternfish published a log that needs no leader. We read the paper and tried its claims on our own traces.", ("https://arxiv.org/abs/2611.01234",)),
         Told("Is Lanternfish really leaderless?", "A paper of last week presents Lanternfish, a replicated log. The claim deserves a closer look: under contention one replica orders everything.", ("https://arxiv.org/abs/2611.01234",), day=5)),
    Pair("two case studies with one technique", False,
         Told("How Acme moved from MySQL to PostgreSQL", "Four years of schema changes had left us with a MySQL cluster that nobody dared to touch. We moved to PostgreSQL table by table, with a shadow write for each."),
         Told("Moving from MySQL to PostgreSQL without downtime", "Our orders lived in MySQL for a decade. This is how a team of five moved them to PostgreSQL in six months without a night shift.")),
    Pair("one topic in one week", False,
         Told("Tuning PostgreSQL for many small reads", "Connection pools, prepared statements and an index that fits into memory brought the median down to a millisecond."),
         Told("PostgreSQL partitions that drop themselves", "Old events should leave without a vacuum. We describe a scheme of partitions by day and the job that detaches them.")),
    Pair("documentation that both link to", False,
         Told("Vacuum settings that matter in PostgreSQL", "Most tables need no tuning. Ours with four billion rows did, and the defaults made it worse.", ("https://www.postgresql.org/docs/current/sql-vacuum.html",)),
         Told("Why PostgreSQL vacuums at night hurt us", "A nightly vacuum met the nightly export. The two fought for the disk until nine in the morning.", ("https://www.postgresql.org/docs/current/sql-vacuum.html",))),
    Pair("a link to background", False,
         Told("A cache that forgets on purpose", "Entries leave by age and by cost. The policy is forty lines of Go, and it replaced a service."),
         Told("Rolling deploys for stateful workers", "Workers hand over their shards before they leave. How caches forget was described elsewhere; ours are warmed by a replay.", (_at("A cache that forgets on purpose"),))),
    Pair("the same a month later", False,
         Told("Announcing Quillbase 3.0", "Today the Quillbase team releases Quillbase 3.0, the largest change since the project began."),
         Told("Quillbase 3.0: what operators should know", "Version 3.0 of Quillbase was released. We list what breaks and what is faster.", day=30)),
    Pair("yearly posts", False,
         Told("Rust in 2025: what we use it for", "Our survey of teams tells of parsers, proxies and one scheduler that were released this year in Rust."),
         Told("Rust in 2026: what we use it for", "Our survey of teams tells of databases, agents and two compilers that were released this year in Rust.")),
)  # fmt: skip
