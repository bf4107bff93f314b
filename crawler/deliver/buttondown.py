"""A newsletter by Buttondown's API (https://docs.buttondown.com/api-emails-create)."""

from __future__ import annotations

from crawler.deliver.newsletter import due_at, intent, newsletter_body
from crawler.deliver.parcel import Parcel, Tools
from crawler.deliver.service import Service
from crawler.settings import ButtondownSettings

API_VERSION = "2026-04-01"


class ButtondownSink:
    """One e-mail, created with the status that says what becomes of it."""

    def __init__(self, settings: ButtondownSettings, parcel: Parcel, tools: Tools) -> None:
        headers = {"Authorization": f"Token {tools.secret(settings.env)}", "X-API-Version": API_VERSION}
        self._service = Service(tools, settings.url.rstrip("/"), settings.env, headers)
        self._settings, self._parcel, self._tools = settings, parcel, tools

    def recipients(self) -> tuple[str, ...]:
        return ("newsletter",)

    def plan(self, recipient: str) -> str:  # noqa: ARG002 - there is one
        what = intent(send=self._settings.send, delay_hours=self._settings.delay_hours)
        return f"{what} {self._parcel.heading} by Buttondown"

    def send(self, recipient: str) -> None:  # noqa: ARG002
        payload = {"subject": self._parcel.heading, "body": newsletter_body(self._parcel), "status": "draft"}
        headers = {}
        if self._settings.send:
            at = due_at(self._tools, self._settings.delay_hours)
            payload |= {"status": "scheduled", "publish_date": at} if at else {"status": "about_to_send"}
            # The service wants it said once that a key may send to everybody.
            headers = {"X-Buttondown-Live-Dangerously": "true"}
        self._service.ask("POST", "/v1/emails", payload, headers)

    def close(self) -> None:
        """Nothing is held."""
