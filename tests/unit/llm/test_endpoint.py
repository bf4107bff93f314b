"""The endpoint over a real HTTP connection: what is sent, what is tried again, and what is told of a refusal."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from crawler.errors import ModelError
from crawler.llm.endpoint import OpenAiEndpoint, Reply, reply_of
from crawler.llm.question import Question
from crawler.settings import LlmSettings
from tests.support.model_server import KEY, Answer, Asked, ModelServer, Personality

QUESTION = Question((("system", "Be brief."), ("user", "What is a queue?")), 100, "a queue")


@contextmanager
def endpoint(
    personality: Personality, *, key: str | None = None, wanted: str | None = None, **settings: Any
) -> Iterator[tuple[OpenAiEndpoint, ModelServer]]:
    """A server and what asks it; the server wants the key `wanted`."""
    with ModelServer(personality, key=wanted) as server:
        made = OpenAiEndpoint(replace(LlmSettings(server.base_url, "small", timeout=5), **settings), key)
        try:
            yield made, server
        finally:
            made.close()


def in_turn(*answers: Answer | str) -> Personality:
    """One answer after the other; the last one stays."""
    return lambda asked: answers[min(asked.number, len(answers) - 1)]


def test_a_question_is_asked_as_the_protocol_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Model, messages, and how to sample; the key as a bearer token, and no other key of the environment."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-somebody-else")
    with endpoint(in_turn("A line of jobs."), key=KEY, wanted=KEY) as (asking, server):
        assert asking.ask(QUESTION) == Reply("A line of jobs.", False, 6, 50)
        (request,) = server.requests
    assert request.body == {
        "model": "small",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "What is a queue?"}],
        "temperature": 0.0,
        "seed": 0,
        "max_tokens": 100,
    }
    with endpoint(in_turn("x"), seed=None) as (asking, server):
        asking.ask(QUESTION)
        assert "seed" not in server.requests[0].body
        assert "somebody" not in str(server.requests[0].headers)


@pytest.mark.parametrize(
    "refused", [{"seed"}, {"seed", "temperature"}, {"max_tokens", "seed"}, {"max_tokens", "max_completion_tokens"}]
)
def test_a_server_that_refuses_a_parameter_is_asked_without(refused: set[str]) -> None:
    """And so are the questions after that, at once."""

    def picky(asked: Asked) -> Answer:
        wrong = refused & set(asked.body)
        return Answer("Yes.", status=400 if wrong else 200, raw=b'{"error": {"message": "unknown"}}' if wrong else None)

    with endpoint(picky) as (asking, server):
        assert asking.ask(QUESTION).text == "Yes."
        before = len(server.requests)
        asking.ask(QUESTION)
        assert len(server.requests) == before + 1


def test_a_question_that_is_refused_for_itself_leaves_the_others_as_they_are() -> None:
    """An article too long for the model is answered 400, too: no bound and no seed is to be dropped for that."""

    def full(asked: Asked) -> Answer:
        too_long = "long" in asked.prompt
        return Answer(
            "Yes.", status=400 if too_long else 200, raw=b'{"error": {"message": "context"}}' if too_long else None
        )

    with endpoint(full) as (asking, server):
        with pytest.raises(ModelError, match="400"):
            asking.ask(replace(QUESTION, messages=(("user", "a long article"),)))
        assert asking.ask(QUESTION).text == "Yes."
        assert {"temperature", "seed", "max_tokens"} <= set(server.requests[-1].body)


def test_a_connection_that_breaks_before_an_answer_is_made_again() -> None:
    with endpoint(in_turn(Answer(status=0), "Yes.")) as (asking, server):
        assert asking.ask(QUESTION).text == "Yes."
        assert len(server.requests) == 2


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_trouble_is_tried_again(status: int) -> None:
    with endpoint(in_turn(Answer(status=status), "Yes.")) as (asking, server):
        assert asking.ask(QUESTION).text == "Yes."
        assert len(server.requests) == 2


def test_retry_after_is_respected() -> None:
    """Not sooner than the server asks; and not at all where that is later than our own time limit."""
    with endpoint(in_turn(Answer(status=429, headers={"Retry-After": "1"}), "Yes.")) as (asking, _):
        begun = time.monotonic()
        assert asking.ask(QUESTION).text == "Yes."
        assert time.monotonic() - begun >= 1
    with endpoint(in_turn(Answer(status=429, headers={"Retry-After": "3600"}))) as (asking, server):
        with pytest.raises(ModelError, match="429"):
            asking.ask(QUESTION)
        assert len(server.requests) == 1


def test_tries_are_bounded() -> None:
    with endpoint(in_turn(Answer(status=500))) as (asking, server):
        with pytest.raises(ModelError, match="500") as caught:
            asking.ask(QUESTION)
        assert len(server.requests) <= 4
    assert not caught.value.final


@pytest.mark.parametrize("answer", [Answer("Yes.", delay=60), Answer("Yes.", drip=0.2)])
def test_the_time_of_a_question_is_bounded(answer: Answer) -> None:
    """Whether the server says nothing for a minute, or a byte now and then."""
    with endpoint(in_turn(answer), timeout=0.6) as (asking, _):
        begun = time.monotonic()
        with pytest.raises(ModelError, match=r"no answer within 0\.6 seconds"):
            asking.ask(QUESTION)
        assert time.monotonic() - begun < 20


def test_a_wrong_key_is_told_without_the_key() -> None:
    """Although the server sends it back."""
    with endpoint(in_turn("x"), key="sk-wrong-0ne", wanted=KEY, api_key_env="MODEL_KEY") as (asking, server):
        with pytest.raises(ModelError, match="answered 401; look at the key in MODEL_KEY") as caught:
            asking.ask(QUESTION)
        assert len(server.requests) == 1
    assert caught.value.final
    assert "wrong-0ne" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_an_error_that_repeats_the_key_is_scrubbed() -> None:
    """Whatever its status is."""
    said = f'{{"error": {{"message": "key {KEY} has no quota, nor has sk-abc123456"}}}}'.encode()
    with endpoint(in_turn(Answer(status=402, raw=said)), key=KEY) as (asking, _), pytest.raises(ModelError) as caught:
        asking.ask(QUESTION)
    assert KEY not in str(caught.value)
    assert "abc123456" not in str(caught.value)


def test_an_unknown_model_and_a_wrong_address_are_told() -> None:
    with endpoint(in_turn(Answer(status=404, raw=b"{}"))) as (asking, _), pytest.raises(ModelError) as caught:
        asking.ask(QUESTION)
    assert "knows no model `small`, or `base_url` is not right" in str(caught.value)
    assert caught.value.final


def test_an_endpoint_that_is_down_is_told() -> None:
    with ModelServer(in_turn("x")) as server:
        address = server.base_url
    asking = OpenAiEndpoint(LlmSettings(address, "small"), None)
    with pytest.raises(ModelError, match="cannot be reached") as caught:
        asking.ask(QUESTION)
    asking.close()
    assert caught.value.final


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy gets the request for a host that nobody could look up."""
    with ModelServer(in_turn("x")) as proxy:
        for name in ("http_proxy", "HTTP_PROXY"):
            monkeypatch.setenv(name, proxy.base_url.removesuffix("/v1"))
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        asking = OpenAiEndpoint(LlmSettings("http://models.example/v1", "small"), None)
        with pytest.raises(ModelError, match="404"):  # the stand-in knows only its own path, and was asked for ours
            asking.ask(QUESTION)
        asking.close()
        assert len(proxy.requests) == 1
        assert proxy.requests[0].headers["host"] == "models.example"


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"null", b"[]", b"{}", b'{"choices": []}', b'{"choices": [3]}', b'{"choices": [{"message": null}]}',
     b'{"choices": {"0": 1}}', b"\xff\xfe", b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_completion_is_told(body: bytes) -> None:
    with pytest.raises(ModelError, match="no chat completion"):
        reply_of(body)


@pytest.mark.parametrize(
    ("body", "reply"),
    [
        (b'{"choices": [{"message": {"content": "Yes."}}]}', Reply("Yes.")),
        (b'{"choices": [{"message": {"content": null, "refusal": "No."}, "finish_reason": "stop"}]}', Reply("")),
        (b'{"choices": [{"message": {"content": [{"type": "text", "text": "Yes."}]}}]}', Reply("Yes.")),
        (b'{"choices": [{"message": {"content": "Y"}, "finish_reason": "length"}]}', Reply("Y", cut=True)),
        (
            b'{"choices": [{"message": {"content": ""}}], "usage": {"prompt_tokens": "many", "completion_tokens": -3}}',
            Reply(""),
        ),
    ],
)
def test_completions_of_many_servers_are_read(body: bytes, reply: Reply) -> None:
    assert reply_of(body) == reply


def test_a_huge_answer_is_not_read_to_its_end() -> None:
    huge = Answer(raw=b'{"choices": "' + b"x" * 5_000_000 + b'"}')
    with endpoint(in_turn(huge)) as (asking, _), pytest.raises(ModelError, match="more than 2000000 bytes"):
        asking.ask(QUESTION)
