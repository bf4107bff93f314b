"""The simulation behind docs/scale.md: feeds that post as was published, asked as the crawl asks."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).resolve().parents[2] / "scripts" / "make_scale.py"


@pytest.fixture(scope="module")
def scale() -> ModuleType:
    """The script, which is no part of the package."""
    spec = importlib.util.spec_from_file_location("make_scale", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["make_scale"] = module
    spec.loader.exec_module(module)
    return module


def test_blogs_post_as_often_as_was_found(scale: ModuleType) -> None:
    """A third at least daily, three fifths at least weekly."""
    rates = [scale.blogs(random.Random(n)) for n in range(4000)]
    assert sum(rate >= 1 for rate in rates) / len(rates) == pytest.approx(0.35, abs=0.03)
    assert sum(rate >= 1 / 7 for rate in rates) / len(rates) == pytest.approx(0.60, abs=0.03)


def test_a_sixth_of_mixed_feeds_writes_nearly_everything(scale: ModuleType) -> None:
    """And a third of them nothing."""
    rng = random.Random(5)
    rates = sorted((scale.mixed(rng) for _ in range(20_000)), reverse=True)
    posting = [rate for rate in rates if rate]
    assert len(posting) / len(rates) == pytest.approx(8155 / 12611, abs=0.02)
    assert sum(posting[: int(0.17 * len(posting))]) / sum(posting) == pytest.approx(0.97, abs=0.02)
    assert sum(posting) / len(posting) == pytest.approx(5.4, rel=0.15)


def test_the_same_seed_gives_the_same_figures(scale: ModuleType) -> None:
    """And needs grow with the number of feeds, in proportion."""
    once, again = (scale.simulate(scale.blogs, 20, 3, 7, 0.8) for _ in range(2))
    assert once == again
    costs = scale.Costs()
    small, large = scale.needs(once, 1000, costs), scale.needs(once, 10_000, costs)
    assert large["checks a day"] == pytest.approx(10 * small["checks a day"])
    assert 0.5 <= small["checks a day"] / 1000 <= 24, "no feed more than once an hour, and each within days"


def test_silent_feeds_are_asked_rarely_and_all_conditional_ones_answer_304(scale: ModuleType) -> None:
    """A feed that never posted is asked at most a few times a day."""
    seen = scale.simulate(lambda rng: 0.0, 10, 5, 1, 1.0)
    assert seen.posts == 0
    assert seen.unchanged == seen.checks
    assert seen.checks <= 10 * 5 * 3


def test_costs_are_those_that_the_benchmark_measured(scale: ModuleType) -> None:
    """First readings were measured without TLS, which is added; what was not measured keeps its default."""
    figures = {
        "warm": [("warm, 500 feeds, all 304", "CPU ms a feed", 1.2), ("warm, 500 feeds, new TLS connections", "CPU ms a feed", 2.5)],
        "cold": [("cold, 500 feeds", "CPU ms a feed", 4.8), ("cold, 5000 feeds", "CPU ms a feed", 5.0)],
        "extraction": [("200 made pages", "pages a second of CPU", 50.0)],
    }  # fmt: skip
    record = {
        row: {"figures": [{"work": work, "measure": measure, "value": value} for work, measure, value in found]}
        for row, found in figures.items()
    }
    costs = scale.measured(record)
    assert costs == pytest.approx({"check_304_ms": 2.5, "check_200_ms": 6.3, "page_ms": 22.5})
    assert scale.Costs(**costs).job_ms == scale.Costs().job_ms


def test_the_benchmark_of_the_docs_tells_the_costs(scale: ModuleType) -> None:
    """Its rows are still called what they are looked for by."""
    costs = scale.measured(scale._read(scale.BENCHMARKS))
    assert {"check_304_ms", "check_200_ms", "entry_ms", "page_ms"} <= costs.keys()
