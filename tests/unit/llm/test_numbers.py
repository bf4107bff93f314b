"""Numbers of a text: how they are read, and which of them are one."""

from __future__ import annotations

import pytest

from crawler.llm.numbers import matches, numbers_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2,500 requests", [(2500, "")]),
        ("1.5 million users", [(1_500_000, "")]),
        ("a million rows", [(1_000_000, "")]),
        ("$1.2M a year", [(1_200_000, "$")]),
        ("40 % or 40 percent or forty per cent", [(40, "%"), (40, "%"), (40, "%")]),
        ("from 40 to 20 ms", [(40, "ms"), (20, "ms")]),
        ("30-50%", [(30, "%"), (50, "%")]),
        ("16GB and 16 GiB", [(16, "gb"), (16, "gb")]),
        ("twice, doubled, 2x and two-fold", [(2, "x"), (2, "x"), (2, "x"), (2, "x")]),
        ("half of it", [(0.5, "part")]),
        ("the third outage", [(3, "place")]),
        ("the 225th meeting", [(225, "place")]),
        ("a ten-year plan", [(10, "year")]),
        ("twenty-five nodes", [(25, "")]),
        ("one of them", []),
        ("one second", [(1, "second")]),
        ("3D and 2FA and S3 and IPv6", []),
        ("", []),
    ],
)
def test_numbers_are_read_with_their_units(text: str, found: list[tuple[float, str]]) -> None:
    assert [(n.value, n.unit) for n in numbers_of(text)] == found


def test_a_version_is_kept_as_it_is_written() -> None:
    assert [(n.unit, n.plain) for n in numbers_of("v0.2.0 after 0.1.14")] == [
        ("version", "0.2.0"),
        ("version", "0.1.14"),
    ]


@pytest.mark.parametrize(
    ("said", "known", "same"),
    [
        ("18%", "18 percent", True),
        ("half", "50 percent", True),
        ("half", "34 percent", False),
        ("three", "3", True),
        ("two million", "2,000,000", True),
        ("40 seconds", "40 ms", False),
        ("40", "40 ms", True),
        ("40", "40%", False),
        ("40 ms", "40", False),
        ("$9,000", "9000", False),
        ("3.2", "3.20", True),
        ("1.2.3", "1.2.4", False),
        ("3", "third", False),
        ("10x", "10 times", True),
    ],
)
def test_two_numbers_are_one_with_their_unit_or_not_at_all(said: str, known: str, same: bool) -> None:
    """A count may lose its unit, but gain none; shares and money keep theirs."""
    (mine,), (theirs,) = numbers_of(said), numbers_of(known)
    assert matches(mine, theirs) is same
