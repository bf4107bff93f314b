"""A message in Slack by an incoming webhook (https://api.slack.com/messaging/webhooks)."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from crawler.deliver.chat import ChatSink, Markup


def _escaped(text: str) -> str:
    return escape(text, quote=False)


def _linked(url: str, words: str) -> str:
    # A bar ends the address, which has none of its own, and what follows is text, kept from ending early.
    return f"<{_escaped(url)}|{words.replace('|', '¦')}>"


class SlackSink(ChatSink):
    """In Slack's own markup (mrkdwn). Slack cuts messages above 4,000 characters into several."""

    markup = Markup("Slack", "*", "•", 3900, _escaped, _linked)

    def payload(self, text: str) -> Mapping[str, Any]:
        """Without previews of the links."""
        return {"text": text, "unfurl_links": False, "unfurl_media": False}
