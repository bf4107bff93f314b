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
