"""What the formats need to know beside the issue, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from crawler.model import Issue
from crawler.settings import FeedGrain, FrontMatter, ImageMode, IssueSettings


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """`base_url` is where rendered files will stand (it ends in a slash, or is empty where nobody knows yet).

    `pages` tells that an HTML page of each issue stands there, too, under `page_name`, a format of its `number`. `hub`
    is a WebSub hub, `sender` a mail address with or without a name, `unsubscribe` an https or mailto address,
    `templates` a folder whose files replace ours. `timezone` is where an issue's days begin.
    """

    base_url: str = ""
    pages: bool = False
    page_name: str = "{number:03d}.html"
    feed_grain: FeedGrain = "issue"
    front_matter: FrontMatter = "hugo"
    images: ImageMode = "auto"
    hub: str | None = None
    sender: str | None = None
    unsubscribe: str | None = None
    templates: Path | None = None
    timezone: str = "UTC"

    def address(self, name: str) -> str | None:
        """Where a rendered file of that name will stand, as far as that is known."""
        return self.base_url + name if self.base_url else None

    def issue_address(self, issue: Issue) -> str | None:
        """Where people read an issue on the web: its page, else the place where all files stand."""
        return self.address(self.page_name.format(number=issue.number) if self.pages else "")

    def day_of(self, issue: Issue) -> datetime:
        """The day after the issue's last one, at its beginning."""
        return issue.window.end_at.astimezone(ZoneInfo(self.timezone))


def options_of(settings: IssueSettings, timezone: str = "UTC") -> RenderOptions:
    """The options that a configuration asks for; `settings.templates` is a path that can be opened as it is.

    `timezone` is the name of one that is known.
    """
    base = settings.base_url or ""
    return RenderOptions(
        base_url=base if not base or base.endswith("/") else base + "/",
        pages="html" in settings.formats,
        feed_grain=settings.feed_grain,
        front_matter=settings.front_matter,
        images=settings.images,
        hub=settings.hub,
        sender=settings.sender,
        unsubscribe=settings.unsubscribe,
        templates=Path(settings.templates) if settings.templates else None,
        timezone=timezone,
    )
