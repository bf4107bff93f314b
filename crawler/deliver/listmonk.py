"""A campaign by listmonk's API (https://listmonk.app/docs/apis/campaigns/)."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from crawler.deliver.newsletter import due_at, intent, newsletter_body
from crawler.deliver.parcel import Parcel, Tools
from crawler.deliver.service import Service
from crawler.errors import DeliverError
from crawler.settings import ListmonkSettings


class ListmonkSink:
    """A campaign is made, then started. One of the issue's name that is there already is not made again, so that
    delivery that broke off between the two goes on."""

    def __init__(self, settings: ListmonkSettings, parcel: Parcel, tools: Tools) -> None:
        headers = {"Authorization": f"token {settings.user}:{tools.secret(settings.env)}"}
        self._service = Service(tools, settings.url.rstrip("/"), settings.env, headers)
        self._settings, self._parcel, self._tools = settings, parcel, tools

    def recipients(self) -> tuple[str, ...]:
        return (f"lists {', '.join(map(str, self._settings.lists))}",)

    def plan(self, recipient: str) -> str:
        what = intent(send=self._settings.send, delay_hours=self._settings.delay_hours)
        return f"{what} {self._parcel.heading} to {recipient} by {self._service.host}"

    def send(self, recipient: str) -> None:  # noqa: ARG002 - there is one
        campaign = self._found() or self._made()
        if not self._settings.send or campaign.get("status", "draft") != "draft":
            return
        status = "scheduled" if campaign.get("send_at") else "running"
        self._service.ask("PUT", f"/api/campaigns/{int(campaign['id'])}/status", {"status": status})

    def close(self) -> None:
        """Nothing is held."""

    def _found(self) -> dict[str, Any] | None:
        name = self._parcel.heading
        answer = self._service.ask("GET", f"/api/campaigns?per_page=100&no_body=true&query={quote(name, safe='')}")
        results = _data(answer).get("results") or []
        return next((one for one in results if isinstance(one, dict) and one.get("name") == name), None)

    def _made(self) -> dict[str, Any]:
        payload: dict[str, Any] = {
            "name": self._parcel.heading,
            "subject": self._parcel.heading,
            "lists": list(self._settings.lists),
            "type": "regular",
            "content_type": "markdown",
            "messenger": "email",
            "body": newsletter_body(self._parcel),
        }
        if self._settings.template is not None:
            payload["template_id"] = self._settings.template
        if at := due_at(self._tools, self._settings.delay_hours):
            payload["send_at"] = at
        made = _data(self._service.ask("POST", "/api/campaigns", payload))
        if not isinstance(made.get("id"), int):
            raise DeliverError(f"{self._service.host} did not answer as listmonk does; check `url`")
        return made


def _data(answer: object) -> dict[str, Any]:
    data = answer.get("data") if isinstance(answer, dict) else None
    return data if isinstance(data, dict) else {}
