"""The search for copies can be switched off for a source, and holds for the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawler.cli.root import run
from tests.unit.dedup.samples import prose

TITLE = "How we tamed queues in production"


def _line(host: str) -> str:
    shape = {
        "url": f"https://{host}.example/queues",
        "title": TITLE,
        "source": host,
        "published_at": "2026-11-10T00:00:00+00:00",
        "text": prose(1, 400),
    }
    return json.dumps(shape)


@pytest.mark.parametrize(("off", "copies"), [(None, 2), ("one", 1), ("two", 1)])
def test_a_source_without_deduplication_has_no_copies_and_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], off: str | None, copies: int
) -> None:
    """Of three sites with one text, two are copies of the third; not the one that is left out of it."""
    monkeypatch.chdir(tmp_path)
    lines = [
        f"- {{slug: {name}, url: 'https://{name}.example/feed'{', deduplicate: false' if name == off else ''}}}\n"
        for name in ("one", "two", "three")
    ]
    Path("sources.yaml").write_text("sources:\n" + "".join(lines))
    Path("in.jsonl").write_text("".join(_line(name) + "\n" for name in ("one", "two", "three")))
    place = ("--database", f"sqlite:///{tmp_path}/crawl.db")
    assert run(["import", "in.jsonl", *place]) == 0
    capsys.readouterr()
    assert run(["export", *place]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    linked = {row["source"] for row in rows if row["duplicate_of"]}
    assert len(linked) == copies
    assert off not in linked
    assert all(f"https://{off}.example/queues" not in row["also_at"] for row in rows)
