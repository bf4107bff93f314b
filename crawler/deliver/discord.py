"""A message in Discord by a webhook of a channel (https://discord.com/developers/docs/resources/webhook)."""

from __future__ import annotations

from crawler.deliver.parcel import Parcel, Tools
from crawler.deliver.service import Service
from crawler.deliver.teaser import fitted
from crawler.model import Item
from crawler.settings import DiscordSettings
from crawler.text import escape_markdown, one_line
from crawler.urls import is_web_url, shown_url

MAX_CHARS = 2000
_NO_PREVIEWS = 1 << 2  # the flag SUPPRESS_EMBEDS


class DiscordSink:
    """Heading, lead and a link for each item; nobody is notified by name."""

    def __init__(self, settings: DiscordSettings, parcel: Parcel, tools: Tools) -> None:
        self._service = Service(tools, tools.secret(settings.env), settings.env)
        self._parcel = parcel

    def recipients(self) -> tuple[str, ...]:
        return ("channel",)

    def plan(self, recipient: str) -> str:  # noqa: ARG002 - there is one
        return f"post a message of {len(discord_text(self._parcel))} characters to Discord"

    def send(self, recipient: str) -> None:  # noqa: ARG002
        text = discord_text(self._parcel)
        self._service.ask("POST", payload={"content": text, "allowed_mentions": {"parse": []}, "flags": _NO_PREVIEWS})

    def close(self) -> None:
        """Nothing is held."""


def discord_text(parcel: Parcel) -> str:
    """The message in Discord's Markdown."""
    head = [f"**{_link(parcel.address or '', parcel.heading)}**"]
    if parcel.issue.lead:
        head.append(escape_markdown(parcel.issue.lead))
    return fitted(head, [_line(item) for item in parcel.issue.items], [], MAX_CHARS, len)


def _line(item: Item) -> str:
    company = f" — {escape_markdown(item.company)}" if item.company else ""
    return f"- {_link(item.url, item.title)}{company}"


def _link(url: str, words: str) -> str:
    words = escape_markdown(one_line(words))
    return f"[{words}](<{shown_url(url)}>)" if is_web_url(url) else words
