"""`crawl inspect --jsonl`: files as other programs write them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.cli.root import run


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "pages.jsonl"
    file.write_bytes(b'\xef\xbb\xbf{"id": 1, "text": "The harbour keeps its tides in one table."}\r\n')
    assert run(["inspect", "--jsonl", str(file)]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["id"], answer["words"]) == (1, 8)


def test_half_a_surrogate_pair_costs_no_other_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """JSON can name what no text can hold; the id comes back as it was given."""
    file = tmp_path / "pages.jsonl"
    lines = [r'{"id": "\ud83d", "text": "The harbour."}', r'{"id": "\udc00"}', '{"id": "⚓", "text": "The harbour."}']
    file.write_text("\n".join(lines), encoding="utf-8")
    assert run(["inspect", "--jsonl", str(file)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["id"] for answer in answers] == ["\ud83d", "\udc00", "⚓"]
    assert "text" in answers[0]
    assert "error" in answers[1]


def test_tags_are_a_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The letters of a word are none."""
    file = tmp_path / "pages.jsonl"
    file.write_text("".join(json.dumps({"id": 1, "text": "x", "tags": tags}) + "\n" for tags in ("databases", 5)))
    assert run(["inspect", "--jsonl", str(file)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["error"] for answer in answers] == ["`tags` must be a list of texts"] * 2


def test_a_line_that_is_nested_beyond_reading_costs_no_other(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "pages.jsonl"
    file.write_text("[" * 200_000 + "\n" + json.dumps({"id": 2, "text": "A text."}) + "\n")
    assert run(["inspect", "--jsonl", str(file)]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "not JSON" in answers[0]["error"]
    assert answers[1]["id"] == 2
