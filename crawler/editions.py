"""Published issues as the site tells of them: parsed once, then remembered from one building to the next."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from crawler.draft.parse import parse_draft
from crawler.model import Issue, Item
from crawler.ports import IssueRecord
from crawler.render.shared import standing_line
from crawler.render.view import view_of
from crawler.site.values import Card, Edition
from crawler.text import one_line
from crawler.urls import canonical_url, is_web_url, shown_url


@dataclass
class Published:
    """An issue as recorded: `mark` tells its text and all that shapes it; parsed only where that is needed."""

    record: IssueRecord
    comments: str | None
    mark: str

    @cached_property
    def issue(self) -> Issue:
        """Its parsed text, with when it was published."""
        parsed = parse_draft(self.record.text, f"issue {self.record.number}").issue
        return replace(parsed, comments=self.comments, published_at=self.record.published_at)


def dated_issue(issue: Issue, dates: dict[str, datetime]) -> Issue:
    """The issue with the dates of its articles, which a draft does not tell; by address."""
    sections = tuple(
        replace(section, items=tuple(replace(item, published_at=_date(item, dates)) for item in section.items))
        for section in issue.sections
    )
    return replace(issue, sections=sections)


def _date(item: Item, dates: dict[str, datetime]) -> datetime | None:
    return item.published_at or dates.get(shown_url(canonical_url(item.url)))


def edition_of(published: Published, kept: Any, zone: ZoneInfo) -> tuple[Edition, dict[str, Any]]:  # noqa: ANN401 - JSON
    """What lists tell of an issue, and what to remember of it; `kept` is what was remembered last time."""
    if isinstance(kept, dict) and kept.get("mark") == published.mark:
        return _recalled(kept["told"]), kept
    edition = _edition(published.issue, zone)
    return edition, {"mark": published.mark, "told": _remembered(edition)}


def _edition(issue: Issue, zone: ZoneInfo) -> Edition:
    view = view_of(issue)
    return Edition(
        number=issue.number,
        name=view.name,
        day=(issue.published_at or issue.window.end_at).astimezone(zone).date(),
        standing_line=standing_line(issue),
        lead=view.lead,
        items=tuple(map(_item_card, issue.items)),
        tags=view.tags,
        parts=tuple((section.anchor, section.title) for section in view.sections if section.title),
    )


def _item_card(item: Item) -> Card:
    return Card(
        title=one_line(item.title) or "Untitled",
        url=shown_url(item.url) if is_web_url(item.url) else "",
        day=None,
        deck=one_line(item.deck or item.summary.split("\n\n")[0]),
        minutes=item.minutes,
        company=one_line(item.company or ""),
        kind=item.kind,
        subkind=item.subkind,
        tags=item.tags,
    )


def filled_item(item: Card, known: Card | None) -> Card:
    """A story of an issue with what a draft does not tell: the article's one-sentence deck, and its kinds."""
    if known is None:
        return item
    return replace(
        item, deck=known.deck or item.deck, kind=item.kind or known.kind, subkind=item.subkind or known.subkind
    )


def mark_of(*parts: str) -> str:
    """A short mark of texts, for telling whether they are as they were."""
    return hashlib.blake2b("\x00".join(parts).encode(), digest_size=12).hexdigest()


def _remembered(edition: Edition) -> dict[str, Any]:
    told = asdict(edition) | {"day": edition.day.isoformat()}
    parsed: dict[str, Any] = json.loads(json.dumps(told))
    return parsed


def _recalled(told: dict[str, Any]) -> Edition:
    items = tuple(Card(**{**item, "tags": tuple(item["tags"])}) for item in told["items"])
    parts = tuple((anchor, title) for anchor, title in told["parts"])
    day = date.fromisoformat(told["day"])
    return Edition(**{**told, "day": day, "items": items, "tags": tuple(told["tags"]), "parts": parts})
