"""The words of the project as frozen values: what each stage takes and gives.

Times are aware UTC datetimes and end in `_at`; `_html` and `_text` say which a string holds. Values are
plain data, can be pickled to a worker process, and know nothing of files, the network or a database.
"""

from __future__ import annotations

from crawler.model.article import (
    FORM_TAGS,
    Article,
    Block,
    BlockKind,
    Document,
    Entry,
    Extracted,
    Image,
    Labels,
    PageQuality,
    PageState,
    Reason,
    Signals,
    Signature,
)
from crawler.model.exchange import UNREACHABLE, Failed, FailureKind, Fetched, Gone, NotModified, Outcome, Request
from crawler.model.issue import QUIET, SUMMARY_WORDS, Issue, Item, Section, SectionRule, Window
from crawler.model.source import Feed, FeedDocument, FeedState, HostState, Source, SourceKind

__all__ = [
    "FORM_TAGS",
    "QUIET",
    "SUMMARY_WORDS",
    "UNREACHABLE",
    "Article",
    "Block",
    "BlockKind",
    "Document",
    "Entry",
    "Extracted",
    "Failed",
    "FailureKind",
    "Feed",
    "FeedDocument",
    "FeedState",
    "Fetched",
    "Gone",
    "HostState",
    "Image",
    "Issue",
    "Item",
    "Labels",
    "NotModified",
    "Outcome",
    "PageQuality",
    "PageState",
    "Reason",
    "Request",
    "Section",
    "SectionRule",
    "Signals",
    "Signature",
    "Source",
    "SourceKind",
    "Window",
]
