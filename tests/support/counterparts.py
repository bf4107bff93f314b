"""The other ends of delivery, real ones on loopback: services that check what they are told (the mail server and the
repository have files of their own). Each counts what reached it and can be broken and mended."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from crawler.settings import (
    ButtondownSettings,
    Delivery,
    DiscordSettings,
    ListmonkSettings,
    MastodonSettings,
    SinkSettings,
    SlackSettings,
    WebhookSettings,
)

SECRET = "hunter2-f00d"


@dataclass
class Counterpart:
    """What a test has of a sink's other end. `received` are the deliveries that it took, in order."""

    sink: str
    settings: SinkSettings
    environ: dict[str, str]
    received: list[Any] = field(default_factory=list)
    broken: bool = False
    close: Callable[[], None] = lambda: None

    def count(self) -> int:
        """How many deliveries reached it."""
        return len(self.received)

    def break_down(self) -> None:
        """From now on it refuses, and tells the secret to whoever listens."""
        self.broken = True

    def mend(self) -> None:
        """It works again."""
        self.broken = False

    @property
    def delivery(self) -> Delivery:
        """The entry of sources.yaml."""
        return Delivery(f"my-{self.sink}", self.sink, self.settings)


# ---------------------------------------------------------------- services over HTTP


@dataclass(frozen=True)
class Asked:
    """One request as a service got it."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    payload: Any


Answer = tuple[int, Any]


class Service:
    """A JSON service on loopback: `answer` decides on every request; `requests` are all of them."""

    def __init__(self, answer: Callable[[Asked], Answer]) -> None:
        self.requests: list[Asked] = []
        self.extra: dict[str, str] = {}
        service = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                parts = urlsplit(self.path)
                headers = {name.lower(): value for name, value in self.headers.items()}
                payload = json.loads(body) if body else None
                asked = Asked(self.command, parts.path, parse_qs(parts.query), headers, payload)
                service.requests.append(asked)
                status, said = answer(asked)
                if status == 0:  # the line goes dead after the request was read
                    self.close_connection = True
                    return
                raw = said.encode() if isinstance(said, str) else json.dumps(said).encode()
                self.send_response(status)
                for name, value in service.extra.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(raw)))
                self.end_headers()
                self.wfile.write(raw)

            do_GET = do_POST = do_PUT = handle_any  # noqa: N815 - the names that the library looks for

            def log_message(self, *_: object) -> None:
                """Nothing on stderr."""

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


def _serving(part: Counterpart, answer: Callable[[Asked], Answer]) -> Service:
    service = Service(lambda asked: (500, f"broken, {SECRET}") if part.broken else answer(asked))
    service.__enter__()
    part.close = service.__exit__
    return service


def webhook() -> Counterpart:
    """Any JSON with a bearer token."""
    part = Counterpart("webhook", WebhookSettings(), {"TOKEN": SECRET})

    def answer(asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {SECRET}" or not asked.headers.get("idempotency-key"):
            return 401, {"error": "who is there?"}
        if asked.method != "POST" or asked.payload["number"] != 84:
            return 422, {"error": "no issue"}
        part.received.append(asked.payload)
        return 200, {}

    part.settings = WebhookSettings(url=_serving(part, answer).url + "/in", token_env="TOKEN")
    return part


def slack() -> Counterpart:
    """An incoming webhook: the path is the secret, `text` must be there."""
    part = Counterpart("slack", SlackSettings(), {})

    def answer(asked: Asked) -> Answer:
        if asked.path != f"/services/{SECRET}":
            return 404, "no_service"
        if asked.method != "POST" or not asked.payload.get("text"):
            return 400, "no_text"
        part.received.append(asked.payload)
        return 200, "ok"

    part.environ["CRAWL_SLACK_URL"] = f"{_serving(part, answer).url}/services/{SECRET}"
    return part


def discord() -> Counterpart:
    """A channel's webhook: at most 2,000 characters, and nobody may be notified."""
    part = Counterpart("discord", DiscordSettings(), {})

    def answer(asked: Asked) -> Answer:
        if asked.path != f"/api/webhooks/1/{SECRET}":
            return 401, {"message": "Invalid Webhook Token", "code": 50027}
        said = asked.payload
        if not 0 < len(said["content"]) <= 2000 or said["allowed_mentions"] != {"parse": []}:
            return 400, {"message": "Cannot send an empty message", "code": 50006}
        part.received.append(said)
        return 204, ""

    part.environ["CRAWL_DISCORD_URL"] = f"{_serving(part, answer).url}/api/webhooks/1/{SECRET}"
    return part


def mastodon() -> Counterpart:
    """Statuses of at most 500 characters; one idempotency key, one status."""
    part = Counterpart("mastodon", MastodonSettings(), {"CRAWL_MASTODON_TOKEN": SECRET})
    keys: set[str] = set()

    def answer(asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {SECRET}":
            return 401, {"error": "The access token is invalid"}
        if asked.path != "/api/v1/statuses" or not 0 < len(asked.payload["status"]) <= 2000:
            return 422, {"error": "Validation failed"}
        if asked.headers["idempotency-key"] not in keys:
            part.received.append(asked.payload)
            keys.add(asked.headers["idempotency-key"])
        return 200, {"id": "1"}

    part.settings = MastodonSettings(url=_serving(part, answer).url)
    return part


def buttondown() -> Counterpart:
    """E-mails of API version 2026-04-01: front matter is refused, and sending must be meant."""
    part = Counterpart("buttondown", ButtondownSettings(), {"CRAWL_BUTTONDOWN_KEY": SECRET})

    def answer(asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Token {SECRET}":
            return 403, {"detail": "Invalid token."}
        said = asked.payload
        if asked.path != "/v1/emails" or said["body"].startswith("---"):
            return 400, {"code": "body_contains_frontmatter", "detail": "…"}
        if said["status"] != "draft" and asked.headers.get("x-buttondown-live-dangerously") != "true":
            return 400, {"code": "sending_requires_confirmation"}
        part.received.append(said)
        return 201, {"id": "em_1", "status": said["status"]}

    part.settings = ButtondownSettings(url=_serving(part, answer).url)
    return part


class Campaigns:
    """listmonk's campaigns: made as drafts, started by a second request. `refuse_start` breaks just that one."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.refuse_start = False

    def answer(self, asked: Asked, part: Counterpart) -> Answer:
        """One request."""
        if asked.headers.get("authorization") != f"token bot:{SECRET}":
            return 403, {"message": "invalid session"}
        if (asked.method, asked.path) == ("GET", "/api/campaigns"):
            word = asked.query["query"][0].partition(" ")[0]
            return 200, {"data": {"results": [row for row in self.rows if word in row["name"]], "total": 1}}
        if (asked.method, asked.path) == ("POST", "/api/campaigns"):
            if not asked.payload["lists"] or asked.payload["content_type"] != "markdown":
                return 400, {"message": "Invalid lists"}
            self.rows.append({**asked.payload, "id": len(self.rows) + 7, "status": "draft"})
            return 200, {"data": self.rows[-1]}
        row = next((row for row in self.rows if asked.path == f"/api/campaigns/{row['id']}/status"), None)
        if row is None or asked.method != "PUT":
            return 404, {"message": "no such campaign"}
        if self.refuse_start:
            return 500, {"message": "database is away"}
        if row["status"] != "draft":
            return 400, {"message": "Cannot start a campaign that runs"}
        row["status"] = asked.payload["status"]
        part.received.append(row)
        return 200, {"data": row}


def listmonk(campaigns: Campaigns | None = None) -> Counterpart:
    """Campaigns of one instance."""
    part = Counterpart("listmonk", ListmonkSettings(), {"CRAWL_LISTMONK_TOKEN": SECRET})
    rows = campaigns or Campaigns()
    service = _serving(part, lambda asked: rows.answer(asked, part))
    part.settings = ListmonkSettings(url=service.url, user="bot", lists=(1, 2))
    return part
