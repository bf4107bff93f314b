"""The benchmark's own parts: what it serves, what it counts as a miss, and the page that it writes."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from crawler.read.feed import walk
from crawler.read.xmltree import parse_xml
from tests.bench.feeds import ENTRIES, Feeds
from tests.bench.figures import Figure
from tests.bench.measure import CommandFailed, Usage, in_turn, run
from tests.bench.origin import Origin, address
from tests.bench.report import rows_of, table, write_page
from tests.bench.rows import ROWS

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_feeds_are_as_large_as_they_are_said_to_be_and_need_no_second_look() -> None:
    feeds = Feeds(6, NOW)
    sizes = []
    for number in range(20):
        body = feeds.body(number, "127.1.1.1:80")
        document, doubt = walk(parse_xml(body), "http://127.1.1.1:80/feed")
        assert len(document.entries) == ENTRIES
        assert not doubt
        assert max(entry.published_at or NOW for entry in document.entries).year < NOW.year
        sizes.append(len(body))
    assert 62_000 < sum(sizes) / len(sizes) < 70_000


def test_the_same_seed_gives_the_same_bytes_and_recent_entries_are_recent() -> None:
    assert Feeds(6, NOW).body(3, "h") == Feeds(6, NOW).body(3, "h") != Feeds(7, NOW).body(3, "h")
    document, _ = walk(parse_xml(Feeds(6, NOW, recent=2).body(3, "h.example")), "http://h.example/feed")
    assert sum((NOW - (entry.published_at or NOW)).days < 30 for entry in document.entries) == 2


def test_every_feed_has_a_host_of_its_own() -> None:
    hosts = [address(number) for number in range(70_000)]
    assert len(set(hosts)) == len(hosts)
    assert all(0 < int(part) < 255 for host in hosts for part in host.split("."))


def test_the_origin_answers_304_to_its_own_validators_only() -> None:
    origin = Origin(Feeds(6, NOW), 80, None)
    ask = "GET /4/feed HTTP/1.1\r\nHost: x\r\n{}\r\n".format
    whole = origin.answer(ask("").encode())[1]
    etag = whole.partition(b"ETag: ")[2].partition(b"\r\n")[0].decode()
    assert whole.startswith(b"HTTP/1.1 200")
    assert origin.answer(ask(f"If-None-Match: {etag}\r\n").encode())[1].startswith(b"HTTP/1.1 304")
    origin.version = 1
    assert origin.answer(ask(f"If-None-Match: {etag}\r\n").encode())[1].startswith(b"HTTP/1.1 200")


def test_cpu_of_children_counts_and_a_failure_is_told(tmp_path: Path) -> None:
    burn = "import subprocess, sys, time\nwhile time.process_time() < 0.3: pass\n"
    program = f"{burn}\nsubprocess.run([sys.executable, '-c', {burn!r}])"
    assert run([sys.executable, "-c", program], cwd=tmp_path).cpu > 0.55
    with pytest.raises(CommandFailed, match=r"exit 3[\s\S]*why"):
        run([sys.executable, "-c", "print('why'); exit(3)"], cwd=tmp_path)


def test_works_take_turns(tmp_path: Path) -> None:
    order: list[str] = []

    def work(name: str) -> Usage:
        order.append(name)
        return run([sys.executable, "-c", ""], cwd=tmp_path)

    in_turn(2, {name: partial(work, name) for name in "ab"})
    assert order == ["a", "b", "b", "a"]


@pytest.mark.parametrize(
    ("value", "limit", "least", "met"),
    [(5.0, 5.0, False, True), (5.1, 5.0, False, False), (50.0, 50.0, True, True), (49.0, 50.0, True, False), (1.0, None, False, None)],
)  # fmt: skip
def test_targets(value: float, limit: float | None, least: bool, met: bool | None) -> None:
    assert Figure("work", "ms", value, limit, least).met is met


def test_rows_have_names_of_their_own() -> None:
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_the_page_keeps_what_was_not_measured_again(tmp_path: Path) -> None:
    page, record = tmp_path / "b.md", tmp_path / "b.json"
    page.write_text(
        "# Before\n\n<!-- figures: made by scripts/bench --write -->\nold\n<!-- end of figures -->\n\n## After\n"
    )
    where = {"processor": "p", "cores": 2, "load": [0.1, 0, 0], "system": "Linux 6", "python": "3.11"}

    def found(value: float) -> dict[str, object]:
        figures = rows_of([Figure("w", "ms", value, 2.0, beside={"other": 3.14159})])
        return {"about": "a work", "command": "scripts/bench", "on": "2026-11-21", "machine": where, "figures": figures}

    write_page(page, record, {"two": found(1.23456)}, ["one", "two"])
    write_page(page, record, {"one": found(9.0)}, ["one", "two"])
    text = page.read_text()
    assert text.startswith("# Before\n")
    assert text.endswith("\n## After\n")
    assert "old" not in text
    assert text.index("| w | ms | 9 | ≤ 2 | **no** |") < text.index("| w | ms | 1.23 | ≤ 2 | yes | other 3.14 |")
    assert table(rows_of([Figure("w", "ms", 1.0)])).count("\n") == 3
