"""Parts of long lists, names of pages, weeks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.site.groups import group_cards, slug_of, week_of, week_words
from crawler.site.paging import FULL, cut, part_path, parts_of
from crawler.site.values import Card, Names


@given(st.integers(0, 1200))
def test_parts_hold_every_row_once_in_order(count: int) -> None:
    rows = list(range(count))
    parts = parts_of(rows)
    assert [row for part in parts for row in part] == rows
    assert all(len(part) == FULL for part in parts[1:])
    assert len(parts[0]) < FULL * 3 // 2
    assert len(parts) == 1 or len(parts[0]) >= FULL // 2


@given(st.integers(0, 3000), st.integers(1, 500))
def test_a_list_by_name_is_cut_evenly(count: int, full: int) -> None:
    rows = list(range(count))
    parts = cut(rows, full)
    assert [row for part in parts for row in part] == rows
    assert all(len(part) <= full for part in parts)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


@given(st.integers(1, 1000), st.integers(1, 200))
def test_new_rows_leave_older_parts_and_their_files_alone(count: int, fresh: int) -> None:
    def files(rows: list[int]) -> dict[str, list[int]]:
        parts = parts_of(rows)
        return {part_path("all.html", place, len(parts)): list(part) for place, part in enumerate(parts)}

    old, new = files(list(range(count, 0, -1))), files(list(range(count + fresh, 0, -1)))
    assert {path: rows for path, rows in old.items() if path != "all.html"}.items() <= new.items()


@given(st.lists(st.text(min_size=1, max_size=30), unique=True, max_size=40))
def test_every_company_has_a_file_of_its_own(companies: list[str]) -> None:
    groups = group_cards([Card("t", "https://a.example/", None, company=name) for name in companies], Names())
    paths = [group.path for group in groups.companies.values()]
    assert len({path.casefold() for path in paths}) == len(companies)
    assert all(path.isascii() and " " not in path and ".." not in path for path in paths)


@pytest.mark.parametrize(
    ("name", "slug"), [("Société Générale", "societe-generale"), ("A/B & C", "a-b-c"), ("日本", ""), ("..", "")]
)
def test_slugs(name: str, slug: str) -> None:
    assert slug_of(name) == slug


@pytest.mark.parametrize(
    ("day", "week", "words"),
    [
        (date(2026, 11, 15), "2026-W46", "9 to 15 November 2026"),
        (date(2026, 7, 30), "2026-W31", "27 July to 2 August 2026"),
        (date(2027, 1, 1), "2026-W53", "28 December 2026 to 3 January 2027"),
    ],
)
def test_weeks(day: date, week: str, words: str) -> None:
    assert week_of(day) == week
    assert week_words(week) == words
