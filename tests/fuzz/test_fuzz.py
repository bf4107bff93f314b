"""A few mutated inputs of each kind in every test run, and that the fuzzer itself finds what there is to find."""

from __future__ import annotations

import argparse
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz import driver, mutate
from tests.fuzz.targets import TARGETS, head


@pytest.mark.parametrize("target", TARGETS)
def test_mutated_inputs_break_nothing(target: str) -> None:
    """Nothing but ParseError and ExtractError comes out of any target."""
    assert [problem for number in range(25) if (problem := driver.run_one(target, number))] == []


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Retry-After", "Cache-Control", "Age", "Expires", "Date", "Location", "X-Robots-Tag"]),
            st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=60)
            | st.from_regex(
                r"max-age=[0-9]{1,30}|[0-9]{1,40}|[A-Z][a-z]{2}, [0-9]{2} [A-Z][a-z]{2} [0-9]{4} [0-9:]{8} [A-Z]{1,5}",
                fullmatch=True,
            ),
        ),
        max_size=6,
    )
)
def test_any_header_fields(fields: list[tuple[str, str]]) -> None:
    """Waits are never negative or endless, and a redirect leads to a web address or to a refusal."""
    lines = [f"{name}: {value}".encode("latin-1") for name, value in fields]
    head(mutate.Input(b"\r\n".join(lines), None))


def test_an_input_is_decided_by_its_number() -> None:
    """What was found once is found again."""
    assert mutate.make("feed", 7) == mutate.make("feed", 7) != mutate.make("feed", 8)
    assert list(islice(driver.plan(100), 5)) == list(islice(driver.plan(0), 105))[100:]


def test_what_breaks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """An exception that escapes is named with its place."""

    def broken(_: mutate.Input) -> None:
        raise IndexError("beyond the end")

    monkeypatch.setitem(TARGETS, "head", ("head", broken, 1))
    assert "IndexError at" in (driver.run_one("head", 1) or "")


@pytest.mark.slow
def test_too_slow_and_too_large_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Children report an input that takes longer, or leaves more memory taken, than it may."""
    options = argparse.Namespace(start=0, count=20, seconds=0.0, processes=1, time=0.0, memory=1e9)
    assert len(driver.fuzz(options).problems) == 20
    options = argparse.Namespace(start=0, count=20, seconds=0.0, processes=1, time=1e9, memory=1.0)
    assert "MiB" in driver.fuzz(options).problems[0]
    assert "grew to" in capsys.readouterr().out
