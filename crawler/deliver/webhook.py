"""The issue as JSON to any address."""

from __future__ import annotations

import json
import uuid

from crawler.deliver.parcel import Parcel, Tools
from crawler.deliver.service import Service
from crawler.settings import WebhookSettings


class WebhookSink:
    """One POST of the `json` format.

    `Idempotency-Key` is the same for the same issue, so that a receiver can tell a repetition.
    """

    def __init__(self, settings: WebhookSettings, parcel: Parcel, tools: Tools) -> None:
        url = settings.url or tools.secret(settings.env)
        headers = {"Idempotency-Key": issue_key(parcel)}
        if settings.token_env:
            headers["Authorization"] = f"Bearer {tools.secret(settings.token_env)}"
        self._service = Service(tools, url, settings.token_env or settings.env, headers)
        self._parcel = parcel

    def recipients(self) -> tuple[str, ...]:
        return (self._service.host,)

    def plan(self, recipient: str) -> str:
        return f"POST {self._parcel.heading} as JSON to {recipient}"

    def send(self, recipient: str) -> None:  # noqa: ARG002 - there is one
        self._service.ask("POST", payload=json.loads(self._parcel.rendered("json")))

    def close(self) -> None:
        """Nothing is held."""


def issue_key(parcel: Parcel) -> str:
    """An identifier of the issue: the same whenever it is sent."""
    issue = parcel.issue
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{issue.profile}/{issue.number}/{issue.window.start_at.isoformat()}"))
