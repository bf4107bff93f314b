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
