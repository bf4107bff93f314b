"""What the chats share: one message to a channel behind a webhook, with heading, lead and a link for each item."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from crawler.deliver.parcel import Parcel, Tools
from crawler.deliver.service import Service
from crawler.deliver.teaser import fitted
from crawler.settings import DiscordSettings, SlackSettings
from crawler.text import one_line
from crawler.urls import is_web_url, shown_url


@dataclass(frozen=True, slots=True)
class Markup:
    """How a chat wants its text. `escaped` takes a line; `linked` takes an address and words that are escaped.

    `strong` stands on both sides of what is bold, `most` is how many characters a message may have.
    """

    chat: str
    strong: str
    bullet: str
    most: int
    escaped: Callable[[str], str]
    linked: Callable[[str, str], str]


class ChatSink(ABC):
    """A `Sink` for the one channel that a webhook leads to. A subclass has the markup, and says what is posted."""

    markup: ClassVar[Markup]

    def __init__(self, settings: SlackSettings | DiscordSettings, parcel: Parcel, tools: Tools) -> None:
        self._service = Service(tools, tools.secret(settings.env), settings.env)
        self._text = chat_text(parcel, self.markup)

    def recipients(self) -> tuple[str, ...]:
        return ("channel",)

    def plan(self, recipient: str) -> str:  # noqa: ARG002 - there is one
        return f"post a message of {len(self._text)} characters to {self.markup.chat}"

    def send(self, recipient: str) -> None:  # noqa: ARG002
        self._service.ask("POST", payload=self.payload(self._text))

    @abstractmethod
    def payload(self, text: str) -> Mapping[str, Any]:
        """What is posted as JSON."""

    def close(self) -> None:  # noqa: B027 -- there is nothing to override it for
        """Nothing is held."""


def chat_text(parcel: Parcel, markup: Markup) -> str:
    """The message: all of it where it fits, else the first items and how many more there are."""

    def escaped(text: str) -> str:
        return markup.escaped(one_line(text))

    def link(url: str, words: str) -> str:
        return markup.linked(shown_url(url), escaped(words)) if is_web_url(url) else escaped(words)

    head = [f"{markup.strong}{link(parcel.address or '', parcel.heading)}{markup.strong}"]
    if parcel.issue.lead:
        head.append(escaped(parcel.issue.lead))
    lines = [
        f"{markup.bullet} {link(item.url, item.title)}{f' — {escaped(item.company)}' if item.company else ''}"
        for item in parcel.issue.items
    ]
    return fitted(head, lines, [], markup.most, len)
