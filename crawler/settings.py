"""The settings of a run as frozen values; `crawler.sources` fills them from sources.yaml.

Field names are the keys of the file and the names of the flags. Times are seconds, sizes are bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

PagesMode = Literal["auto", "never", "always"]
FeedGrain = Literal["issue", "article"]
FrontMatter = Literal["hugo", "jekyll", "astro"]
ImageMode = Literal["auto", "show", "link"]
MailSecurity = Literal["starttls", "tls", "none"]
Visibility = Literal["public", "unlisted", "private", "direct"]
WordedPart = Literal["summaries", "audience", "lead"]


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
class LabelSettings:
    """What labels are made with beside the taxonomy: `embedding` is the folder of a static embedding model, and
    `similarity` the cosine from which an article counts as like a topic."""

    embedding: str | None = None
    similarity: float = 0.4


@dataclass(frozen=True, slots=True)
class ScheduleSettings:
    """When `crawl serve` composes: `digest` is a cron expression in the configured time zone."""

    digest: str = "0 7 * * SAT"
    publish: bool = False
    send: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """Articles by what they are: `tags` and `kinds` are ids of the taxonomy, `sources` slugs."""

    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IssueSettings:
    """What an issue looks like, and what it is made of. `floor` and scores run from 0 to 1.

    An article must meet every list of `include` that is not empty and none of `exclude`. `interests` are weights of
    tags from -1 (rather not) to 1 (gladly); `featured` are addresses of articles that open the issue of their window.
    """

    title: str = "Weekend Reading"
    tagline: str = "A weekly roundup of what engineering teams built, broke, and learned."
    first_number: int = 1
    min_items: int = 3
    max_items: int = 12
    floor: float = 0.3
    per_company: int = 2
    per_section: int | None = None  # None: half of max_items
    item_tags: int = 3
    late_days: int = 28
    interests: Mapping[str, float] = field(default_factory=dict)
    include: Choice = field(default_factory=Choice)
    exclude: Choice = field(default_factory=Choice)
    featured: tuple[str, ...] = ()
    banned_domains: tuple[str, ...] = ()
    sections: bool | Literal["auto"] = "auto"
    section_order: tuple[str, ...] = ()
    section_titles: Mapping[str, str] = field(default_factory=dict)
    notes: bool | Literal["auto"] = "auto"
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
    deliver: tuple[str, ...] | None = None  # names of deliveries; None: all of them


@dataclass(frozen=True, slots=True)
class GiscusSettings:
    """Comments by giscus, GitHub Discussions of `repo` (owner/name); giscus.app tells the ids of yours."""

    repo: str = ""
    repo_id: str = ""
    category: str = ""
    category_id: str = ""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the site has beside issues and articles: `notes` is a folder of an editor's notes."""

    notes: str = "notes"
    search: bool = True
    giscus: GiscusSettings = field(default_factory=GiscusSettings)


# ---------------------------------------------------------------- delivery
#
# `env` is the name of the environment variable that holds the password, token or secret address. A field whose
# default is empty must be given.


@dataclass(frozen=True, slots=True)
class SmtpSettings:
    """Mail to a list of people, one message each. `file` holds further addresses, one a line; `rate` is a minute's."""

    host: str = ""
    port: int = 587
    security: MailSecurity = "starttls"
    user: str | None = None
    env: str = "CRAWL_SMTP_PASSWORD"
    to: tuple[str, ...] = ()
    file: str | None = None
    rate: float = 60.0


@dataclass(frozen=True, slots=True)
class WebhookSettings:
    """The issue as JSON to `url`, or to the address in `env`; `token_env` names the variable of a bearer token."""

    url: str | None = None
    env: str = "CRAWL_WEBHOOK_URL"
    token_env: str | None = None


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """A message by an incoming webhook, whose address is the secret."""

    env: str = "CRAWL_SLACK_URL"


@dataclass(frozen=True, slots=True)
class DiscordSettings:
    """A message by a webhook of a channel, whose address is the secret."""

    env: str = "CRAWL_DISCORD_URL"


@dataclass(frozen=True, slots=True)
class MastodonSettings:
    """A status of an account on the instance `url`; `max_chars` is the instance's limit."""

    url: str = ""
    env: str = "CRAWL_MASTODON_TOKEN"
    visibility: Visibility = "public"
    max_chars: int = 500


@dataclass(frozen=True, slots=True)
class ButtondownSettings:
    """A newsletter: `send` to its subscribers, at once or after `delay_hours`; else it is left there as a draft."""

    url: str = "https://api.buttondown.com"
    env: str = "CRAWL_BUTTONDOWN_KEY"
    send: bool = True
    delay_hours: float = 0.0


@dataclass(frozen=True, slots=True)
class ListmonkSettings:
    """A campaign to the lists (their numbers) of the instance `url`; `send` and `delay_hours` as for Buttondown."""

    url: str = ""
    user: str = ""
    env: str = "CRAWL_LISTMONK_TOKEN"
    lists: tuple[int, ...] = ()
    template: int | None = None
    send: bool = True
    delay_hours: float = 0.0


@dataclass(frozen=True, slots=True)
class GitSettings:
    """The folder of rendered issues (or `folder`) committed and pushed. None: the branch that is checked out."""

    folder: str | None = None
    remote: str = "origin"
    branch: str | None = None
    push: bool = True


SinkSettings = (
    SmtpSettings
    | WebhookSettings
    | SlackSettings
    | DiscordSettings
    | MastodonSettings
    | ButtondownSettings
    | ListmonkSettings
    | GitSettings
)
SINK_SETTINGS: dict[str, type[SinkSettings]] = {
    "smtp": SmtpSettings,
    "webhook": WebhookSettings,
    "slack": SlackSettings,
    "discord": DiscordSettings,
    "mastodon": MastodonSettings,
    "buttondown": ButtondownSettings,
    "listmonk": ListmonkSettings,
    "git": GitSettings,
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """An entry of `deliver`: a name of the user's, which sink it is, and what that one needs to know."""

    name: str
    sink: str
    settings: SinkSettings


DEFAULT_PROFILE = "default"
LAST_NUMBER = 2**31 - 1
"""Of an issue, as the store can keep it."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A newsletter of its own: numbers, ledger, drafts and readers are kept under its name."""

    name: str = DEFAULT_PROFILE
    issue: IssueSettings = field(default_factory=IssueSettings)


@dataclass(frozen=True, slots=True)
class LlmSettings:
    """The language model that words an issue, behind any OpenAI-compatible endpoint, and what it may cost.

    `api_key_env` names the environment variable with the key. `max_requests`, `max_tokens` (both directions) and
    `max_cost` bound a run; prices are of a million tokens, in the currency of `max_cost`. `timeout` bounds a request
    with all that it is tried again, `max_seconds` the whole.
    """

    base_url: str = ""
    model: str = ""
    api_key_env: str | None = None
    parts: tuple[WordedPart, ...] = ("summaries", "audience", "lead")
    runners_up: bool = False
    max_requests: int = 60
    max_tokens: int = 400_000
    max_cost: float = 0.0  # 0: no bound
    input_price: float = 0.0
    output_price: float = 0.0
    max_chars: int = 16_000  # of an article's text that is sent
    concurrency: int = 4
    timeout: float = 60.0
    max_seconds: float = 600.0
    temperature: float = 0.0
    seed: int | None = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one configuration file."""

    timezone: str = "UTC"
    contact: str | None = None
    fetch: FetchSettings = field(default_factory=FetchSettings)
    schedule: ScheduleSettings = field(default_factory=ScheduleSettings)
    issue: IssueSettings = field(default_factory=IssueSettings)
    site: SiteSettings = field(default_factory=SiteSettings)
    labels: LabelSettings = field(default_factory=LabelSettings)
    taxonomy: str | None = None
