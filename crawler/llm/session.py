"""A run's questions to a model: what is known is not asked, the rest at once and within the budget."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

from crawler.errors import ModelError
from crawler.llm.endpoint import Endpoint, Reply
from crawler.llm.question import Question
from crawler.settings import LlmSettings

_IN_A_ROW = 3  # passing troubles, after which the endpoint is left alone


@dataclass
class Spent:
    """What a run has cost, and what went wrong; `troubles` are sentences for a person, each once."""

    requests: int = 0
    kept: int = 0  # answers that were there already
    tokens: int = 0
    cost: float = 0.0
    troubles: dict[str, None] = field(default_factory=dict)


class Session:
    """Asks an endpoint for one run.

    `recall` gives the answers that are kept, by key; `keep` is called with each new one as it comes, in the thread
    that asks. `clock` is monotonic, in seconds.
    """

    def __init__(
        self,
        settings: LlmSettings,
        endpoint: Endpoint,
        recall: Callable[[Collection[str]], Mapping[str, str]],
        keep: Callable[[str, str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self._endpoint = endpoint
        self._recall = recall
        self._keep = keep
        self._clock = clock
        self._deadline: float | None = None
        self._over = ""
        self._turn = threading.RLock()
        self._in_a_row = 0
        self.spent = Spent()

    def close(self) -> None:
        """Release the endpoint."""
        self._endpoint.close()

    def answers(self, questions: Sequence[Question]) -> list[str | None]:
        """An answer to each, None where there is none: the budget is used up, or the endpoint gave none."""
        keys = [question.key(self.settings) for question in questions]
        found = dict(self._recall(set(keys)))
        self.spent.kept += sum(key in found for key in keys)
        new = {key: question for key, question in zip(keys, questions, strict=True) if key not in found}
        found |= self._asked(self._affordable(new))
        return [found.get(key) for key in keys]

    def _affordable(self, new: Mapping[str, Question]) -> dict[str, Question]:
        """As many of the first as the budget bears when each costs the most that it can."""
        taken: dict[str, Question] = {}
        tokens, cost = self.spent.tokens, self.spent.cost
        for key, question in new.items():
            tokens += question.tokens
            cost += self._price(question.tokens - question.most, question.most)
            limit = self._passed(self.spent.requests + len(taken) + 1, tokens, cost)
            if limit:
                left = len(new) - len(taken)
                self._tell(f"the budget is used up ({limit}): {left} not asked")
                break
            taken[key] = question
        return taken

    def _passed(self, requests: int, tokens: int, cost: float) -> str:
        settings = self.settings
        if requests > settings.max_requests:
            return f"max_requests: {settings.max_requests}"
        if tokens > settings.max_tokens:
            return f"max_tokens: {settings.max_tokens}"
        return f"max_cost: {settings.max_cost:g}" if settings.max_cost and cost > settings.max_cost else ""

    def _price(self, sent: int, received: int) -> float:
        return (sent * self.settings.input_price + received * self.settings.output_price) / 1_000_000

    def _asked(self, questions: Mapping[str, Question]) -> dict[str, str]:
        """Ask from a few threads; each answer is kept as it comes, so that a run that is killed loses none.

        The threads are daemons: a person's Ctrl-C does not wait for a model.
        """
        if not questions or self._over:
            return {}
        if self._deadline is None:
            self._deadline = self._clock() + self.settings.max_seconds
        todo: queue.SimpleQueue[tuple[str, Question]] = queue.SimpleQueue()
        done: queue.SimpleQueue[tuple[str, Question, Reply | BaseException | None]] = queue.SimpleQueue()
        for pair in questions.items():
            todo.put(pair)
        for _ in range(min(self.settings.concurrency, len(questions))):
            threading.Thread(target=self._work, args=(todo, done), daemon=True).start()
        found: dict[str, str] = {}
        for _ in questions:
            key, question, outcome = done.get()
            if isinstance(outcome, Reply):
                self._count(question, outcome)
                found[key] = outcome.text
                self._keep(key, outcome.text)
            elif isinstance(outcome, ModelError):
                self.spent.requests += 1
            elif outcome is not None:
                raise outcome
        return found

    def _work(
        self,
        todo: queue.SimpleQueue[tuple[str, Question]],
        done: queue.SimpleQueue[tuple[str, Question, Reply | BaseException | None]],
    ) -> None:
        while True:
            try:
                key, question = todo.get_nowait()
            except queue.Empty:
                return
            if self._deadline is not None and self._clock() > self._deadline:
                self._end(f"no more than max_seconds: {self.settings.max_seconds:g} were to be spent")
            if self._over:
                done.put((key, question, None))
                continue
            done.put((key, question, self._outcome(question)))

    def _outcome(self, question: Question) -> Reply | BaseException:
        """Told to the other threads at once when it ends the run: they ask no more."""
        try:
            reply = self._endpoint.ask(question)
        except ModelError as error:
            with self._turn:
                self._failed(question, error)
            return error
        except BaseException as error:  # noqa: BLE001 - raised again by the thread that waits for it
            return error
        with self._turn:
            self._in_a_row = 0
        return reply

    def _count(self, question: Question, reply: Reply) -> None:
        sent = reply.input_tokens or question.tokens - question.most
        received = reply.output_tokens or min(question.most, len(reply.text) // 3 + 1)
        self.spent.requests += 1
        self.spent.tokens += sent + received
        self.spent.cost += self._price(sent, received)

    def _failed(self, question: Question, error: ModelError) -> None:
        self._in_a_row += 1
        if error.final or self._in_a_row >= _IN_A_ROW:
            self._end(str(error))
        elif not self._over:
            self._tell(f"{question.about}: {error}")

    def _end(self, why: str) -> None:
        with self._turn:
            if not self._over:
                self._over = why
                self._tell(f"{why}; nothing more is asked in this run")

    def _tell(self, sentence: str) -> None:
        self.spent.troubles.setdefault(sentence)
