"""Speaking to a service over HTTP: JSON out, errors in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

from crawler.deliver.parcel import Tools
from crawler.errors import DeliverError
from crawler.headers import retry_after
from crawler.ports import Call, NoReply, Reply
from crawler.text import one_line
from crawler.urls import is_web_url

_LONGEST_WAIT = 60.0
_TRIES = 3


class Service:
    """A service as a sink speaks to it. `variable` is where its secret comes from, for messages."""

    def __init__(self, tools: Tools, base: str, variable: str, headers: Mapping[str, str] | None = None) -> None:
        if not is_web_url(base):
            raise DeliverError(f"the environment variable {variable} holds no web address; copy the whole address")
        self._tools = tools
        self._base = base
        self._variable = variable
        self._headers = dict(headers or {})
        self.host = urlsplit(base).netloc.rpartition("@")[2]

    def ask(
        self,
        method: Literal["GET", "POST", "PUT"],
        path: str = "",
        payload: Any = None,  # noqa: ANN401 - whatever JSON holds
        headers: Mapping[str, str] | None = None,
    ) -> Any:  # noqa: ANN401
        """The JSON of the answer, None where it is no JSON. Waits and asks again where the service says so (429).

        Raises DeliverError with the next step for anything but a success.
        """
        body = b"" if payload is None else json.dumps(payload, ensure_ascii=False).encode()
        kind = {"Content-Type": "application/json"} if payload is not None else {}
        call = Call(method, self._base + path, {**self._headers, **kind, **(headers or {})}, body)
        for left in reversed(range(_TRIES)):
            reply = self._tools.poster.call(call)
            if isinstance(reply, NoReply):
                raise DeliverError(f"{self.host}: {reply.message}; {_after_silence(reply)}")
            if 200 <= reply.status < 300:
                return _json(reply)
            seconds = retry_after(reply.headers, self._tools.now())
            if reply.status != 429 or not left or seconds is None or seconds > _LONGEST_WAIT:
                said = f"{self.host} answered {reply.status}{_said(reply)}"
                raise DeliverError(f"{said}; {self._advice(reply.status)}")
            self._tools.sleep(max(1.0, seconds))
        raise AssertionError("the last try returns or raises")

    def _advice(self, status: int) -> str:
        if status in (401, 403):
            return f"check the secret in {self._variable}"
        if status in (404, 410):
            return f"check the address, and the secret in {self._variable}: there is nothing at that place"
        if 300 <= status < 400:
            return "it has moved: write the new address"
        if status == 429 or status >= 500:
            return "`crawl publish --send` later tries again"
        return "the service refused the issue as it is; see docs/delivery.md for what it takes"


def _after_silence(reply: NoReply) -> str:
    if reply.unsure:
        return "the issue may have arrived all the same: look there before you send again"
    return "nothing was sent; `crawl publish --send` tries again"


def _json(reply: Reply) -> Any:  # noqa: ANN401
    try:
        return json.loads(reply.body)
    except ValueError:
        return None


def _said(reply: Reply) -> str:
    """What the service says of its refusal, in the words of its JSON or its text."""
    found = _json(reply)
    if isinstance(found, dict):
        for key in ("error_description", "error", "message", "detail", "code"):
            if isinstance(found.get(key), str) and found[key].strip():
                return f" ({one_line(found[key])[:200]})"
    text = one_line(reply.body.decode("utf-8", "replace"))
    return f" ({text[:200]})" if text and "<" not in text else ""
