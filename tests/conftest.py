"""How all tests are run. Property tests are random at the desk, where a new counterexample is welcome, and the same ones
each time in CI; what is made once for many tests is made in one of the processes that share them."""

from __future__ import annotations

import os
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]

# Tests speak to loopback alone, and no proxy of the machine knows what is served there.
for _name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
    os.environ.pop(_name, None)
    os.environ.pop(_name.upper(), None)

# A shared machine is slow at times: that is no fault of the code, and speed is measured elsewhere.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", parent=settings.get_profile("desk"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """A name for bytes that are no text: compressed ones hold the time, and every worker must see the same names."""
    return argname if isinstance(val, bytes) and not (val.isascii() and val.decode().isprintable()) else None


# Tests that share what takes long to make: one browser and one site, one crawl over all hostile servers, and the like.
TOGETHER = (
    "tests/browser/",
    "tests/e2e/test_corpus.py",
    "tests/e2e/test_hostile.py",
    "tests/e2e/test_reference_forms.py",
)
MOST_WORKERS = 8  # a container may see the processors of a machine of which it has a few


class Scheduling(LoadScopeScheduling):  # type: ignore[misc]
    """Each test goes to whichever process is free, and those of a line of TOGETHER go to one.

    By path: the marker `xdist_group` has no effect where pytest makes the ids of tests after it was read.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((shared for shared in TOGETHER if nodeid.startswith(shared)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Scheduling:
    return Scheduling(config, log)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than there are processors: many tests wait for a server or a clock."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(processors, MOST_WORKERS - 1) + 1
