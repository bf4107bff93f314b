"""Servers on loopback, alone and as named hosts."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.server import Server
from tests.unit.fetch.named import Web


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        yield server


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as web:
        yield web
