"""What the pipeline needs from the outside, as protocols: a fetcher, a poster, a store and the sharing of it.

`storage` implements `Store` (in memory, on SQLite, on PostgreSQL; one contract suite runs over all three) and
`Sharing` (on PostgreSQL), `crawler.fetch` implements `Fetcher` and `Poster`. No protocol knows who stands behind it.
"""

from __future__ import annotations

from crawler.ports.sharing import Sharing, Turn, Turns
from crawler.ports.store import Store, default_order
from crawler.ports.stored import (
    BRIEF_FIELDS,
    RECENT_DATES,
    ArticleQuery,
    ArticleWrite,
    Edge,
    EntryWrite,
    FeedWrite,
    IssueRecord,
    Known,
    KnownArticle,
    KnownEntry,
    LedgerEntry,
    SourceFigures,
    Suspect,
    Work,
)
from crawler.ports.web import Call, Fetcher, NoReply, Poster, Reply

__all__ = [
    "BRIEF_FIELDS",
    "RECENT_DATES",
    "ArticleQuery",
    "ArticleWrite",
    "Call",
    "Edge",
    "EntryWrite",
    "FeedWrite",
    "Fetcher",
    "IssueRecord",
    "Known",
    "KnownArticle",
    "KnownEntry",
    "LedgerEntry",
    "NoReply",
    "Poster",
    "Reply",
    "Sharing",
    "SourceFigures",
    "Store",
    "Suspect",
    "Turn",
    "Turns",
    "Work",
    "default_order",
]
