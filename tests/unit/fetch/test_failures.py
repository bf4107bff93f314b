"""What the transport's exceptions mean."""

from __future__ import annotations

import httpcore
import pytest

from crawler.fetch.backend import DeadlinePassed
from crawler.fetch.failures import FAILURES, classify


def _exceptions(module: object) -> list[type[Exception]]:
    found = [v for v in vars(module).values() if isinstance(v, type) and issubclass(v, Exception)]
    return sorted(found, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", _exceptions(httpcore), ids=lambda kind: kind.__name__)
def test_every_exception_of_httpcore_is_an_outcome(kind: type[Exception]) -> None:
    """A new exception in httpcore must be given a meaning here."""
    assert any(issubclass(kind, known) for known, *_ in FAILURES)
    assert classify(kind("it broke"))[2]


def test_timeouts_are_passing() -> None:
    """Time that ran out in our own sockets reads like any time-out."""
    assert classify(DeadlinePassed())[:2] == ("timeout", True)
