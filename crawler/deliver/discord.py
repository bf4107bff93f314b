"""A message in Discord by a webhook of a channel (https://discord.com/developers/docs/resources/webhook)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crawler.deliver.chat import ChatSink, Markup
from crawler.text import escape_markdown

_NO_PREVIEWS = 1 << 2  # the flag SUPPRESS_EMBEDS


def _linked(url: str, words: str) -> str:
    return f"[{words}](<{url}>)"


class DiscordSink(ChatSink):
    """In Discord's Markdown; nobody is notified by name."""

    markup = Markup("Discord", "**", "-", 2000, escape_markdown, _linked)

    def payload(self, text: str) -> Mapping[str, Any]:
        """Without mentions, and without previews of the links."""
        return {"content": text, "allowed_mentions": {"parse": []}, "flags": _NO_PREVIEWS}
