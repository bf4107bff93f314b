"""The main job over real blogs, with the evaluation corpus standing in for the web."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.command import Command
from tests.support.shared import SHARED, needs_shared
from tests.support.world import clean_environment

pytestmark = [needs_shared, pytest.mark.shared, pytest.mark.slow]

FIRST_PERSON = re.compile(r"\b(we|our|ours|us|I|my|me)\b")
DEBRIS = re.compile(
    r"</?[a-z][^>\n]*>|&(?:amp|lt|gt|quot|nbsp|#x?\w+);|\[\.\.\.\]|\[…\]|Read more|Continue reading", re.IGNORECASE
)


@dataclass(frozen=True)
class Corpus(Command):
    """A store in the making, and what each run said and asked."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        return clean_environment(self.folder)

    def command(self, *arguments: str) -> list[str]:
        return super().command(*arguments, "--database", "sqlite:///db.sqlite")

    def once(self, *arguments: str) -> tuple[dict[str, Any], dict[str, int]]:
        """(what `once --json` said, answers by status)."""
        assert SHARED is not None
        log = self.folder / "log.json"
        command = self.command("once", "--all", "--json", *arguments)
        done = subprocess.run(
            [sys.executable, str(SHARED / "replay" / "replay.py"), "--log", str(log), "--", *command],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-3000:]
        answers: dict[str, int] = {}
        for host in json.loads(log.read_text()).values():
            for status, count in host.items():
                answers[status] = answers.get(status, 0) + count
        line = next(line for line in done.stdout.splitlines() if line.startswith('{"run"'))
        return json.loads(line), answers


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    assert SHARED is not None
    folder = tmp_path_factory.mktemp("corpus")
    sites = json.loads((SHARED / "corpus" / "manifest.json").read_text(encoding="utf-8"))
    lines = ["settings: {contact: 'https://example.org/about', fetch: {pause: 0}}", "sources:"]
    for site in sites:
        source = {"slug": re.sub(r"\W+", "-", site["host"]), "url": site["feed_url"], "homepage": site["homepage_url"]}
        lines.append("- " + json.dumps(source))
    (folder / "sources.yaml").write_text("\n".join(lines) + "\n")
    return Corpus(folder)


def test_the_first_run_reads_only_what_is_recent(corpus: Corpus, tmp_path: Path) -> None:
    other = Corpus(tmp_path)
    (tmp_path / "sources.yaml").write_text((corpus.folder / "sources.yaml").read_text())
    said, answers = other.once()
    assert said["totals"]["new"] > 1500
    assert sum(answers.values()) < 200


def test_everything_is_read_once_and_again_adds_nothing(corpus: Corpus) -> None:
    said, _ = corpus.once("--backfill")
    assert said["totals"]["failed"] == 0
    assert {row["outcome"] for row in said["sources"]} == {"new"}
    first = corpus.crawl("export").stdout
    again, answers = corpus.once("--backfill")
    assert again["totals"]["new"] == again["totals"]["updated"] == 0
    assert set(answers) == {"304"}
    assert corpus.crawl("export").stdout == first
    rows = [json.loads(line) for line in first.splitlines()]
    assert all(row["labelled"] for row in rows)
    assert sum(bool(row["text"]) for row in rows) > 0.8 * len(rows)


@pytest.mark.parametrize(
    "window", [("2026-05-04", "2026-06-01"), ("2026-03-09", "2026-04-06"), ("2023-06-05", "2023-07-03")]
)
def test_issues_of_real_weeks_are_clean(corpus: Corpus, window: tuple[str, str]) -> None:
    if not (corpus.folder / "db.sqlite").exists():
        corpus.once("--backfill")
    issue = corpus.json("digest", "--from", window[0], "--to", window[1], "--json")
    items = [item for section in issue["sections"] for item in section["items"]]
    assert items
    assert issue["lead"]
    for item in items:
        summary = item["summary"]
        assert summary, item["url"]
        assert re.search(r"[.!?][\"”’)\]]*$", summary), summary
        assert not FIRST_PERSON.search(summary), summary
        assert not DEBRIS.search(summary + item["title"]), summary
        assert item["audience"], item["url"]
        assert item["image"] is None or item["image"]["alt"].strip(), item["url"]
    assert len({item["url"] for item in items}) == len({item["title"].casefold() for item in items}) == len(items)
