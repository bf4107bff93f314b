"""A message in Slack by an incoming webhook (https://api.slack.com/messaging/webhooks)."""

from __future__ import annotations

from html import escape

from crawler.deliver.parcel import Parcel, Tools
from crawler.deliver.service import Service
from crawler.deliver.teaser import fitted
from crawler.model import Item
from crawler.settings import SlackSettings
from crawler.text import one_line
from crawler.urls import is_web_url, shown_url

MAX_CHARS = 3900
"""Slack cuts messages above 4,000 characters into several."""


class SlackSink:
    """Heading, lead and a link for each item, in Slack's own markup (mrkdwn)."""

    def __init__(self, settings: SlackSettings, parcel: Parcel, tools: Tools) -> None:
        self._service = Service(tools, tools.secret(settings.env), settings.env)
        self._parcel = parcel

    def recipients(self) -> tuple[str, ...]:
        return ("channel",)

    def plan(self, recipient: str) -> str:  # noqa: ARG002 - there is one
        return f"post a message of {len(slack_text(self._parcel))} characters to Slack"

    def send(self, recipient: str) -> None:  # noqa: ARG002
        payload = {"text": slack_text(self._parcel), "unfurl_links": False, "unfurl_media": False}
        self._service.ask("POST", payload=payload)

    def close(self) -> None:
        """Nothing is held."""


def slack_text(parcel: Parcel) -> str:
    """The message in mrkdwn."""
    head = [f"*{_link(parcel.address or '', parcel.heading)}*"]
    if parcel.issue.lead:
        head.append(_escaped(parcel.issue.lead))
    return fitted(head, [_line(item) for item in parcel.issue.items], [], MAX_CHARS, len)


def _line(item: Item) -> str:
    company = f" — {_escaped(item.company)}" if item.company else ""
    return f"• {_link(item.url, item.title)}{company}"


def _link(url: str, words: str) -> str:
    if not is_web_url(url):
        return _escaped(words)
    # A bar ends the address, which has none of its own, and what follows is text, kept from ending early.
    return f"<{_escaped(shown_url(url))}|{_escaped(words).replace('|', '¦')}>"


def _escaped(text: str) -> str:
    return escape(one_line(text), quote=False)
