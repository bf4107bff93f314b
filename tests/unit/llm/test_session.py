"""A run's questions: kept answers are not asked again, budgets hold, troubles end what is hopeless."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from crawler.errors import ModelError
from crawler.llm.endpoint import Reply
from crawler.llm.question import Question
from crawler.llm.session import Session
from crawler.settings import LlmSettings
from tests.support.waiting import PATIENCE


@dataclass
class Echo:
    """An endpoint that answers with the question, or with what `answer` says."""

    answer: Callable[[Question], Reply] = lambda q: Reply(q.about.upper(), input_tokens=10, output_tokens=5)
    asked: list[str] = field(default_factory=list)
    closed: bool = False

    def ask(self, question: Question) -> Reply:
        self.asked.append(question.about)
        return self.answer(question)

    def close(self) -> None:
        self.closed = True


def ask(*names: str, most: int = 100) -> list[Question]:
    return [Question((("user", name),), most, name) for name in names]


def session(endpoint: Echo, kept: dict[str, str] | None = None, **settings: Any) -> Session:
    kept = {} if kept is None else kept
    known = LlmSettings("http://x.example/v1", "small", **settings)
    return Session(known, endpoint, lambda keys: {k: kept[k] for k in keys if k in kept}, kept.__setitem__)


def test_answers_come_in_the_order_of_the_questions() -> None:
    assert session(Echo()).answers(ask("a", "b", "c")) == ["A", "B", "C"]
    assert session(Echo()).answers([]) == []


def test_what_was_answered_is_never_asked_again() -> None:
    """Not in this run, and not in the next one; another model is asked for itself."""
    kept: dict[str, str] = {}
    session(Echo(), kept).answers(ask("a", "b"))
    again = Echo()
    later = session(again, kept)
    assert later.answers(ask("b", "c", "a")) == ["B", "C", "A"]
    assert again.asked == ["c"]
    assert (later.spent.requests, later.spent.kept) == (1, 2)
    (question,) = ask("a")
    keys = {question.key(LlmSettings(model=m, temperature=t, seed=s)) for m in "xy" for t in (0, 1) for s in (0, None)}
    assert len(keys) == 8


def test_the_same_question_twice_is_asked_once() -> None:
    echo = Echo()
    assert session(echo).answers(ask("a", "a")) == ["A", "A"]
    assert echo.asked == ["a"]


def test_each_answer_is_kept_before_the_next_one_comes() -> None:
    """So that a run that is killed loses only what is under way."""
    kept: dict[str, str] = {}
    seen: list[int] = []

    def slow(question: Question) -> Reply:
        time.sleep(0.05)
        seen.append(len(kept))
        return Reply(question.about)

    session(Echo(slow), kept, concurrency=1).answers(ask("a", "b", "c"))
    assert seen == [0, 1, 2]


def test_questions_are_asked_at_once_but_not_more_than_allowed() -> None:
    running, most, lock, full = 0, 0, threading.Lock(), threading.Event()

    def busy(question: Question) -> Reply:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            if most == 3:
                full.set()
        assert full.wait(PATIENCE)
        time.sleep(0.05)
        with lock:
            running -= 1
        return Reply(question.about)

    session(Echo(busy), concurrency=3).answers(ask(*"abcdefgh"))
    assert most == 3


@pytest.mark.parametrize(
    ("settings", "answered", "told"),
    [
        ({"max_requests": 2}, 2, "max_requests: 2"),
        ({"max_tokens": 1000, "max_requests": 9}, 8, "max_tokens: 1000"),
        ({"max_cost": 0.005, "output_price": 20.0}, 2, "max_cost: 0.005"),
    ],
)
def test_the_first_questions_are_asked_within_the_budget(settings: Any, answered: int, told: str) -> None:
    """Reckoned at the most that an answer may cost, so that the bound holds whatever a model does."""
    echo = Echo()
    asking = session(echo, **settings)
    found = asking.answers(ask(*"abcdefghijk"))
    assert [answer is not None for answer in found] == [True] * answered + [False] * (11 - answered)
    assert any(told in trouble for trouble in asking.spent.troubles)
    assert asking.answers(ask("z"))[0] is None or asking.spent.tokens < 1000


def test_a_final_trouble_ends_the_run_with_one_message() -> None:
    def down(question: Question) -> Reply:
        raise ModelError("the endpoint cannot be reached", final=True)

    echo = Echo(down)
    asking = session(echo, concurrency=1)
    assert asking.answers(ask("a", "b", "c")) == [None] * 3
    assert asking.answers(ask("d")) == [None]
    assert echo.asked == ["a"]
    assert list(asking.spent.troubles) == ["the endpoint cannot be reached; nothing more is asked in this run"]


def test_passing_troubles_in_a_row_end_the_run() -> None:
    """One now and then does not."""

    def shaky(question: Question) -> Reply:
        if question.about in "bdefg":
            raise ModelError("the endpoint answered 500")
        return Reply(question.about)

    echo = Echo(shaky)
    asking = session(echo, concurrency=1)
    assert asking.answers(ask(*"abcdefgh")) == ["a", None, "c", *[None] * 5]
    assert echo.asked[:6] == list("abcdef")
    assert len(asking.spent.troubles) <= 4


def test_the_whole_time_is_bounded() -> None:
    moments = iter(range(0, 1000, 40))
    echo = Echo()
    kept: dict[str, str] = {}
    known = LlmSettings("http://x.example/v1", "small", max_seconds=100, concurrency=1)
    asking = Session(known, echo, lambda _: {}, kept.__setitem__, clock=lambda: float(next(moments)))
    found = asking.answers(ask(*"abcdef"))
    assert found == ["A", "B", None, None, None, None]
    assert any("max_seconds" in trouble for trouble in asking.spent.troubles)


def test_a_bug_is_not_taken_for_a_trouble() -> None:
    def broken(question: Question) -> Reply:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        session(Echo(broken)).answers(ask("a"))


def test_closing_closes_the_endpoint() -> None:
    echo = Echo()
    session(echo).close()
    assert echo.closed
