"""An OpenAI-compatible endpoint; the only importer of the `openai` client.

Only chat completions are used, with text in and text out. Nothing of a key is ever told: what an endpoint says is
scrubbed before it becomes a message.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from crawler.errors import ModelError, UserError
from crawler.llm import MISSING
from crawler.llm.question import Question
from crawler.settings import LlmSettings
from crawler.text import one_line

TRIES = 4
_BROKEN = ("ReadError", "WriteError", "RemoteProtocolError")
"""What httpx calls a connection that stood and broke, as one that was kept too long does."""

_MOST_BYTES = 2_000_000
_FIRST_PAUSE = 0.5  # seconds before the second try, where the endpoint does not say; twice that before the third
_PASSING = {408, 409, 425, 429, 500, 502, 503, 504, 529}


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model said. `cut`: it had to stop before its end. The tokens are as the endpoint counts them, else 0."""

    text: str
    cut: bool = False
    input_tokens: int = 0
    output_tokens: int = 0


class Endpoint(Protocol):
    """Where a question is asked."""

    def ask(self, question: Question) -> Reply:
        """The model's answer. Raises ModelError."""
        ...

    def close(self) -> None:
        """Release the connections; waits end at once."""
        ...


class OpenAiEndpoint:
    """`Endpoint` over HTTP. It may be asked from several threads; proxies of the environment are used.

    Raises UserError where the client is not installed.
    """

    def __init__(self, settings: LlmSettings, key: str | None, clock: Callable[[], float] = time.monotonic) -> None:
        try:
            import openai
        except ImportError as error:
            raise UserError(MISSING.format(error)) from error
        self._settings = settings
        self._secret = key
        self._clock = clock
        self._closing = threading.Event()
        self._plainness = 0
        # A key for another endpoint may stand in OPENAI_API_KEY, which the client would take by itself.
        self._client = openai.OpenAI(
            api_key=key or "none", base_url=settings.base_url, max_retries=0, timeout=settings.timeout
        )
        self._errors = openai

    def ask(self, question: Question) -> Reply:
        """Asked again after a passing trouble, for as long as `timeout` allows. Raises ModelError."""
        deadline = self._clock() + self._settings.timeout
        pause = _FIRST_PAUSE
        for last in (n == TRIES - 1 for n in range(TRIES)):
            try:
                return self._asked(question, deadline)
            except _Again as trouble:
                wait = trouble.after if trouble.after is not None else pause
                if last or self._clock() + wait >= deadline or self._closing.wait(wait):
                    raise ModelError(str(trouble)) from None
                pause *= 2
        raise AssertionError

    def close(self) -> None:
        """Release the connections."""
        self._closing.set()
        self._client.close()

    def _asked(self, question: Question, deadline: float) -> Reply:
        forms = self._forms(question)
        plainness = self._plainness
        while True:
            try:
                body = self._post(question, forms[plainness], deadline)
            except self._errors.APIStatusError as error:
                if error.status_code in (400, 422) and plainness + 1 < len(forms):
                    plainness += 1
                    continue
                raise self._refusal(error) from None
            except self._errors.APITimeoutError:
                raise ModelError(f"no answer within {self._settings.timeout:g} seconds") from None
            except self._errors.APIConnectionError as error:
                cause = error.__cause__ or error
                if type(cause).__name__ in _BROKEN:
                    raise _Again(f"the connection broke off ({type(cause).__name__})") from None
                message = f"{self._settings.base_url} cannot be reached ({self._scrubbed(cause)})"
                raise ModelError(message, final=True) from None
            # Remembered where it helped: what is refused for itself, as too long, is refused in every form.
            self._plainness = max(self._plainness, plainness)
            return reply_of(body)

    def _forms(self, question: Question) -> tuple[dict[str, Any], ...]:
        """What is sent beside the messages, from full to bare: some servers refuse what they do not know."""
        sampling: dict[str, Any] = {"temperature": self._settings.temperature}
        if self._settings.seed is not None:
            sampling["seed"] = self._settings.seed
        bound, other = {"max_tokens": question.most}, {"max_completion_tokens": question.most}
        return sampling | bound, bound, other, {}

    def _post(self, question: Question, form: dict[str, Any], deadline: float) -> bytes:
        left = max(0.05, deadline - self._clock())
        messages: Any = [{"role": role, "content": text} for role, text in question.messages]
        create = self._client.chat.completions.with_streaming_response.create
        with create(model=self._settings.model, messages=messages, timeout=left, **form) as response:
            return self._body(response.iter_bytes(), deadline)

    def _body(self, chunks: Iterator[bytes], deadline: float) -> bytes:
        body = b""
        while len(body) <= _MOST_BYTES:
            try:
                chunk = next(chunks, b"")
            except Exception as error:  # noqa: BLE001 - the client passes on whatever its transport raises here
                raise _Again(f"the answer broke off ({type(error).__name__})") from None
            if not chunk:
                return body
            if self._clock() > deadline:
                raise ModelError(f"no answer within {self._settings.timeout:g} seconds")
            body += chunk
        raise ModelError(f"an answer of more than {_MOST_BYTES} bytes")

    def _refusal(self, error: Any) -> Exception:  # noqa: ANN401 - the client's error, which only this file knows
        status = error.status_code
        if status in _PASSING:
            return _Again(f"the endpoint answered {status}", _retry_after(error.response.headers))
        if status in (401, 403):
            name = self._settings.api_key_env
            hint = f"look at the key in {name}" if name else "name the variable that holds a key as `api_key_env`"
            return ModelError(f"{self._settings.base_url} answered {status}; {hint}", final=True)
        if status == 404:
            what = f"it knows no model `{self._settings.model}`, or `base_url` is not right"
            return ModelError(f"{self._settings.base_url} answered 404; {what}", final=True)
        said = self._scrubbed(getattr(error, "message", ""))
        return ModelError(f"the endpoint answered {status}: {said}", final=status in (402, 405))

    def _scrubbed(self, said: object) -> str:
        text = one_line(str(said))
        if self._secret:
            text = text.replace(self._secret, "***")
        return re.sub(r"\b(?:sk|key|pk)-[\w*.-]{4,}", "***", text)[:200] or type(said).__name__


class _Again(Exception):
    """A trouble that may be over soon; `after` is how many seconds the endpoint wants to be left alone."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


def _retry_after(headers: Any) -> float | None:  # noqa: ANN401 - a mapping of the client's
    value = str(headers.get("retry-after") or "")
    milliseconds = str(headers.get("retry-after-ms") or "")
    if re.fullmatch(r"\d{1,9}(?:\.\d+)?", milliseconds):
        return float(milliseconds) / 1000
    return float(value) if re.fullmatch(r"\d{1,6}(?:\.\d+)?", value) else None


def reply_of(body: bytes) -> Reply:
    """The first choice of a chat completion. Raises ModelError for anything that is none."""
    try:
        said = json.loads(body)
        choice = said["choices"][0]
        text = choice["message"].get("content")
        if isinstance(text, list):  # parts, as some servers give them
            text = "".join(
                part["text"] for part in text if isinstance(part, dict) and isinstance(part.get("text"), str)
            )
        usage = said.get("usage") or {}
        counts = [usage.get(name) for name in ("prompt_tokens", "completion_tokens")]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ModelError("the endpoint's answer is no chat completion; is `base_url` right?") from None
    tokens = [n if isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 10**9 else 0 for n in counts]
    return Reply(text if isinstance(text, str) else "", choice.get("finish_reason") == "length", *tokens)
