"""A site to look at: a year and a half of issues on invented blogs, with notes; made by seed."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.draft.write import write_draft
from crawler.label.taxonomy.loading import taxonomy_at
from crawler.model import Article, Issue, Item, Section, Window
from crawler.ports import ArticleWrite, IssueRecord, LedgerEntry
from crawler.publishing_site import Wanted, publish_site
from crawler.settings import GiscusSettings, IssueSettings, Settings, SiteSettings
from crawler.site.files import Written
from crawler.site.searching import pagefind_program
from crawler.urls import url_key
from storage.memory import MemoryStore
from tests.support.stores import make_article, make_source

BASE = "https://reading.example/weekend/"
FIRST = datetime(2025, 6, 2, 6, tzinfo=UTC)  # a Monday
WEEKS = 76
NOTES = {
    "like-counters.md": """---
title: Counting likes
tags: [databases, caching]
references: [https://northlight.example/1-0, https://elsewhere.example/sharded-counters]
order: 1
---
A like is an **event** first and a number later. See also [where queues help](#queues).

## What must hold

- Nobody likes twice: the membership store decides, keyed by \\((u, p)\\).
- A count may lag; after \\(t\\) seconds without writes it is exact.

| store | holds | lost in a crash |
| --- | --- | --- |
| log | every like | nothing |
| cache | counts | everything |

The flush interval \\(\\Delta\\) bounds the load on the store by

$$
\\lambda_{\\mathrm{store}} \\le \\frac{n_{\\mathrm{hot}}}{\\Delta} + \\sum_{i=1}^{k} \\lambda_i
$$

```python
count = cache.incr(key)  # approximate by design
```

> Accept an approximate number, and caching becomes possible.
""",
    "queues.md": "# Queues and back-pressure\n\nA queue that only grows is a bug with a delay: $\\rho = \\lambda / \\mu < 1$.\n",
    "checkpointing.md": "",
    "kl-divergence.md": "---\ntitle: MLE and KL divergence\n---\n\n$$D_{KL}(p \\| q) = \\sum_k p_k \\log \\frac{p_k}{q_k}$$\n",
}
_WHO = [
    "Northlight",
    "Corvid",
    "Halden",
    "Brightwater",
    "Ostara",
    "Quillon",
    "Fenwick",
    "Marrow",
    "Tessera",
    "Ulmo",
    "Calder",
    "Juniper",
]
_DID = ["How {0} {1} its {2}", "{1} {2} at {0}: what broke first", "Inside the {2} of {0}", "A year of {2} at {0}"]
_HOW = ["rebuilt", "halved the cost of", "tamed", "moved", "measured", "replaced"]
_WHAT = ["search index", "job queue", "feature store", "payment ledger", "build cache", "edge proxy", "model gateway"]
_SENTENCES = [
    "A single writer with a budget keeps the tail below forty milliseconds, where six workers used to fight for locks.",
    "Two rewrites failed before a log of changes made the third one boring, and boring is what the team was after.",
    "The team replayed a month of traffic against both versions and found eleven differences, nine of them old bugs.",
    "Shadow reads cost four per cent of the fleet and paid for themselves in the first week.",
]


def fill_store(store: MemoryStore, weeks: int = WEEKS, *, a_week: int = 9) -> None:
    """Articles and issues, week by week."""
    chance = random.Random(7)
    taxonomy = taxonomy_at(None)
    tags, kinds = list(taxonomy.tags)[:40], list(taxonomy.kinds)
    for week in range(weeks):
        window = Window(FIRST + timedelta(days=7 * week), FIRST + timedelta(days=7 * week + 7))
        articles = []
        for n in range(chance.randrange(a_week // 2, a_week + 4)):
            who = chance.choice(_WHO)
            title = chance.choice(_DID).format(who, chance.choice(_HOW), chance.choice(_WHAT))
            article = make_article(
                f"https://{who.lower()}.example/{week}-{n}" + "?part=1&of=2" * (n == 3),
                source=who.lower(),
                title=title[0].upper() + title[1:] + (" & <more>" if n == 5 else ""),
                company=who,
                kind=chance.choice(kinds),
                tags=tuple(dict.fromkeys(chance.choices(tags, [1 / (i + 3) for i in range(len(tags))], k=3))),
                deck=chance.choice(_SENTENCES),
                summary=" ".join(chance.sample(_SENTENCES, 2)),
                minutes=chance.randrange(3, 22),
                published_at=window.start_at + timedelta(hours=chance.randrange(160)),
                first_seen_at=window.end_at - timedelta(hours=2),
            )
            articles.append(article)
        store.add_articles([ArticleWrite(article) for article in articles])
        if week % 19 == 7:
            continue  # a week without an issue
        _publish(store, week + 1, window, articles[:6])


def _publish(store: MemoryStore, number: int, window: Window, articles: list[Article]) -> None:
    items = tuple(
        Item(
            a.title,
            a.url,
            a.id,
            company=a.company,
            audience="For SREs, platform engineers, and anyone who runs a queue",
            summary=a.summary,
            minutes=a.minutes,
            kind=a.kind,
            tags=a.tags,
        )
        for a in articles
    )
    issue = Issue(
        number=number,
        title="Weekend Reading",
        tagline="A weekly roundup of what engineering teams built, broke, and learned.",
        lead=f"This week: {articles[0].company} on a ledger that balances itself. {articles[1].company} shares how "
        "a queue was tamed. And a note on what it costs to read in the shadow.",
        window=window,
        sections=(Section("one", "Systems", items[:3]), Section("two", "Machine learning", items[3:])),
        tags=tuple(dict.fromkeys(tag for item in items for tag in item.tags))[:7],
        show_sections=True,
    )
    record = IssueRecord("default", number, window, write_draft(issue), published_at=window.end_at + timedelta(hours=9))
    store.publish(record, [LedgerEntry(a.id, url_key(a.url), a.title, number, a.tags) for a in articles])


def sample_site(folder: Path, *, search: bool = True, giscus: bool = False, weeks: int = WEEKS) -> Written:
    """Build the site below a folder: `site` from a store, `notes` beside it."""
    store = MemoryStore()
    fill_store(store, weeks)
    notes = folder / "notes"
    notes.mkdir(parents=True, exist_ok=True)
    for name, text in NOTES.items():
        (notes / name).write_text(text, encoding="utf-8")
    talk = GiscusSettings("owner/talk", "R_1", "General", "DIC_1") if giscus else GiscusSettings()
    settings = replace(
        Settings(),
        issue=replace(IssueSettings(), comments="mailto:talk@reading.example"),
        site=SiteSettings(giscus=talk),
    )
    sources = {who.lower(): make_source(who.lower(), homepage=f"https://{who.lower()}.example/") for who in _WHO}
    wanted = Wanted(base_url=BASE, notes=notes, pagefind=pagefind_program() if search else None)
    return publish_site(store, settings, sources, taxonomy_at(None), folder / "site", wanted)
