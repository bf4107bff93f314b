"""Property tests: random at the desk, where a new counterexample is welcome; the same ones each time in CI."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# A shared machine is slow at times: that is no fault of the code, and speed is measured elsewhere.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """A name for bytes that are no text: compressed ones hold the time, and every worker must see the same names."""
    return argname if isinstance(val, bytes) and not (val.isascii() and val.decode().isprintable()) else None
