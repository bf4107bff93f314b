"""A language model's endpoint on loopback: it speaks the chat completions protocol, and says what a test wants said.

    with ModelServer(honest) as server:
        settings = LlmSettings(base_url=server.base_url, model="small")

A personality gets what was asked (`Asked`) and gives an `Answer`, or just the text of one. `honest` words an article by
its own sentences; the others lie, break off, refuse, or wait.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

KEY = "sk-test-5ecret"
_WORDS = re.compile(r"\b(?:we|our|us|I|my|you|your|this|that|these|it|here)\b|[?!`*_<>{}\[\]|]|https?:", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """One request: its body, its headers in small letters, and how many came before it."""

    body: Mapping[str, Any]
    headers: Mapping[str, str]
    number: int

    @property
    def prompt(self) -> str:
        """What the user's turn says."""
        return str(next(m["content"] for m in self.body["messages"] if m["role"] == "user"))

    @property
    def data(self) -> str:
        """What stands between the marker lines."""
        found = re.search(r"BEGIN (\w+)\n(.*)\nEND \1", self.prompt, re.DOTALL)
        assert found
        return found[2]

    @property
    def is_lead(self) -> bool:
        """Whether the lead of an issue is asked for."""
        return "opening paragraph" in str(self.body["messages"][0]["content"])

    @property
    def is_again(self) -> bool:
        """Whether an answer was sent back with its faults."""
        return len(self.body["messages"]) > 2


@dataclass(frozen=True)
class Answer:
    """What goes over the wire. `raw` is the body as it is, in place of a completion with `text`; a `status` of 0 closes
    the connection without a word."""

    text: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    finish: str = "stop"
    delay: float = 0.0
    drip: float = 0.0
    raw: bytes | None = None


Personality = Callable[[Asked], "Answer | str"]


class ModelServer:
    """The endpoint. `requests` are all that came, in order; `key` is what it wants as a bearer token, if anything."""

    def __init__(self, personality: Personality, *, key: str | None = None) -> None:
        self.personality = personality
        self.requests: list[Asked] = []
        self.at_once = 0
        self._now = 0
        self._lock = threading.Lock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self, key))
        self._http.daemon_threads = True
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()


def _handler(server: ModelServer, key: str | None) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            with server._lock:
                asked = Asked(body, headers, len(server.requests))
                server.requests.append(asked)
                server._now += 1
                server.at_once = max(server.at_once, server._now)
            try:
                self.answer(asked)
            finally:
                with server._lock:
                    server._now -= 1

        def answer(self, asked: Asked) -> None:
            if self.path != "/v1/chat/completions":
                answer = Answer(status=404, raw=b'{"error": {"message": "no such path"}}')
            elif key and asked.headers.get("authorization") != f"Bearer {key}":
                said = {"error": {"message": f"Incorrect API key provided: {asked.headers.get('authorization')}"}}
                answer = Answer(status=401, raw=json.dumps(said).encode())
            else:
                given = server.personality(asked)
                answer = Answer(given) if isinstance(given, str) else given
            if not answer.status:
                self.close_connection = True
                return
            raw = answer.raw if answer.raw is not None else json.dumps(completion(asked, answer)).encode()
            time.sleep(answer.delay)
            try:
                self.send_response(answer.status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(raw)))
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                for byte in [raw] if not answer.drip else [raw[n : n + 1] for n in range(len(raw))]:
                    self.wfile.write(byte)
                    self.wfile.flush()
                    time.sleep(answer.drip)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    return Handler


def completion(asked: Asked, answer: Answer) -> dict[str, Any]:
    """A chat completion as OpenAI's reference describes it."""
    sent = sum(len(m["content"]) for m in asked.body["messages"]) // 4
    return {
        "id": f"chatcmpl-{asked.number}",
        "object": "chat.completion",
        "created": 1_700_000_000,
        "model": asked.body["model"],
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": answer.text},
                "finish_reason": answer.finish,
            }
        ],
        "usage": {"prompt_tokens": sent, "completion_tokens": 50, "total_tokens": sent + 50},
    }


def sentences_in(data: str) -> list[str]:
    """Sentences of the article that can stand alone in the third person."""
    body = data.split("\n\n", 1)[-1]
    found = [s for block in body.split("\n\n") for s in re.split(r"(?<=[.])\s+(?=[A-Z])", block)]
    return [
        s
        for s in found
        if re.fullmatch(r"[A-Z][^\n]*[a-z]\.", s) and 9 <= len(s.split()) <= 30 and not _WORDS.search(s)
    ]


def said(summary: str, deck: str = "", roles: tuple[str, ...] = ("backend", "sre"), purpose: str = "") -> str:
    """The JSON that an item's question asks for."""
    return json.dumps({"summary": summary, "deck": deck, "roles": list(roles), "purpose": purpose})


def honest(asked: Asked) -> str:
    """The article's own sentences."""
    if asked.is_lead:
        decks = re.findall(r"^Summary: (.*?\.)(?=\s|$)", asked.data, re.MULTILINE)
        return json.dumps({"sentences": [{"item": n, "text": text} for n, text in enumerate(decks, 1)]})
    found = sentences_in(asked.data)
    return said(" ".join(found[:3]), found[0] if found else "", ("backend", "sre", "platform", "data-eng", "manager"))
