"""The settings of a run as frozen values; `crawler.sources` fills them from sources.yaml.

Field names are the keys of the file and the names of the flags. Times are seconds, sizes are bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

PagesMode = Literal["auto", "never", "always"]
FeedGrain = Literal["issue", "article"]
FrontMatter = Literal["hugo", "jekyll", "astro"]
ImageMode = Literal["auto", "show", "link"]


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How the web is asked."""

    pages: PagesMode = "auto"
    recent_days: int = 45
    pause: float = 1.0
    min_interval: int = 3600
    max_interval: int = 2_592_000
    timeout: float = 30.0
    max_bytes: int = 15_000_000
    max_requests: int = 0  # of a whole run; 0: no bound
    max_total_bytes: int = 0  # of a whole run; 0: no bound
    workers: int = 64
    obey_robots_for_feeds: bool = False
    allow_private_hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """When `crawl serve` composes: `digest` is a cron expression in the configured time zone."""

    digest: str = "0 7 * * SAT"
    publish: bool = False


@dataclass(frozen=True, slots=True)
class IssueSettings:
    """What an issue looks like. `floor` and scores run from 0 to 1."""

    title: str = "Weekend Reading"
    tagline: str = "A weekly roundup of what engineering teams built, broke, and learned."
    first_number: int = 1
    min_items: int = 3
    max_items: int = 12
    floor: float = 0.3
    per_company: int = 2
    late_days: int = 28
    banned_domains: tuple[str, ...] = ()
    sections: bool | Literal["auto"] = "auto"
    comments: str | None = None
    drafts: str = "issues"
    out: str = "public"
    languages: tuple[str, ...] = ("en",)
    formats: tuple[str, ...] = ("markdown",)
    base_url: str | None = None
    feed_grain: FeedGrain = "issue"
    front_matter: FrontMatter = "hugo"
    images: ImageMode = "auto"
    hub: str | None = None
    sender: str | None = None
    unsubscribe: str | None = None
    templates: str | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one configuration file."""

    timezone: str = "UTC"
    contact: str | None = None
    fetch: FetchSettings = field(default_factory=FetchSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    issue: IssueSettings = field(default_factory=IssueSettings)
    taxonomy: str | None = None
