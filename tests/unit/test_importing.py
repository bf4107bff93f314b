"""Lines of an import: where one ends, and what is wrong with it."""

from __future__ import annotations

import json

import pytest

from crawler.errors import ConfigError
from crawler.importing import read_lines
from tests.support.stores import NOW


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_line_ends_where_its_json_does(end: str) -> None:
    """Not at marks within a text that other programs count as ends of lines."""
    text = "one\u2028two\u2029three\x85four\x1cfive"
    shapes = [{"url": f"https://larkfield.example/{n}", "title": "Marks", "text": text} for n in (1, 2)]
    lines = read_lines("".join(json.dumps(shape, ensure_ascii=False) + end for shape in shapes), "in.jsonl", NOW)
    assert [(line.article.url, line.article.text) for line in lines] == [(shape["url"], text) for shape in shapes]


def test_a_byte_order_mark_is_no_fault() -> None:
    assert len(read_lines("\ufeff" + json.dumps({"url": "https://larkfield.example/1"}), "in.jsonl", NOW)) == 1


def test_every_bad_line_is_named() -> None:
    good = json.dumps({"url": "https://larkfield.example/1"})
    with pytest.raises(ConfigError) as caught:
        read_lines(f"{good}\n\nno json\n[]\n", "in.jsonl", NOW)
    assert [problem.partition(": ")[0] for problem in caught.value.problems] == ["in.jsonl:3", "in.jsonl:4"]


@pytest.mark.parametrize("said", ["soon", 5, "2026-13-01", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00"])
def test_a_time_that_is_none_is_told(said: object) -> None:
    """Also one that has no place in UTC."""
    line = json.dumps({"url": "https://larkfield.example/1", "published_at": said})
    with pytest.raises(ConfigError, match=r"in\.jsonl:1: `published_at` is not an ISO 8601 time"):
        read_lines(line, "in.jsonl", NOW)
