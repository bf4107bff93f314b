"""A status on Mastodon (https://docs.joinmastodon.org/methods/statuses/#create)."""

from __future__ import annotations

import re

from crawler.deliver.parcel import Parcel, Tools
from crawler.deliver.service import Service
from crawler.deliver.teaser import fitted
from crawler.deliver.webhook import issue_key
from crawler.settings import MastodonSettings
from crawler.text import one_line
from crawler.urls import shown_url

_URL = re.compile(r"https?://\S+")
_URL_CHARS = 23  # every address counts as so many, however long it is


class MastodonSink:
    """Heading and titles, as many as a status takes. The instance posts one `Idempotency-Key` once."""

    def __init__(self, settings: MastodonSettings, parcel: Parcel, tools: Tools) -> None:
        headers = {"Authorization": f"Bearer {tools.secret(settings.env)}", "Idempotency-Key": issue_key(parcel)}
        self._service = Service(tools, settings.url.rstrip("/"), settings.env, headers)
        self._parcel = parcel
        self._settings = settings

    def recipients(self) -> tuple[str, ...]:
        return (self._service.host,)

    def plan(self, recipient: str) -> str:
        size = status_size(status_text(self._parcel, self._settings.max_chars))
        return f"post a {self._settings.visibility} status of {size} characters on {recipient}"

    def send(self, recipient: str) -> None:  # noqa: ARG002 - there is one
        text = status_text(self._parcel, self._settings.max_chars)
        payload = {"status": text, "visibility": self._settings.visibility}
        self._service.ask("POST", "/api/v1/statuses", payload)

    def close(self) -> None:
        """Nothing is held."""


def status_text(parcel: Parcel, limit: int) -> str:
    """The status: titles, and below them where the issue stands, or an address for each title."""
    titles = [f"• {_quiet(item.title)}" for item in parcel.issue.items]
    if parcel.address:
        return fitted([_quiet(parcel.heading)], titles, [parcel.address], limit, status_size)
    lines = [f"{title} {shown_url(item.url)}".strip() for title, item in zip(titles, parcel.issue.items, strict=True)]
    return fitted([_quiet(parcel.heading)], lines, [], limit, status_size)


def status_size(text: str) -> int:
    """The length of a status as Mastodon counts it."""
    return len(_URL.sub("x" * _URL_CHARS, text))


def _quiet(text: str) -> str:
    # A name after an at sign would notify somebody of that name.
    return re.sub(r"@(?=\w)", "@\u2060", one_line(text))
