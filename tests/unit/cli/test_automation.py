"""The commands that docs/automation and docs/delivery.md show are commands that there are."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
import yaml

from crawler.cli.root import COMMANDS, root

TOP = Path(__file__).resolve().parents[3]
WORKFLOW = TOP / "docs" / "automation" / "weekly.yml"
PAGES = [WORKFLOW, TOP / "docs" / "delivery.md", TOP / "docs" / "scheduling.md"]


def _commands(text: str) -> list[list[str]]:
    lines = re.findall(r"(?:^|[\s`/=])crawl ([a-z][^\n`|#&;]*)", text)
    return [words for line in lines if (words := line.split()) and words[0] in COMMANDS]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_flag_exists(page: Path) -> None:
    found = _commands(page.read_text(encoding="utf-8"))
    assert found
    context = click.Context(root, info_name="crawl")
    for name, *words in found:
        command = root.get_command(context, name)
        assert command is not None
        known = {flag for one in command.params for flag in (*one.opts, *one.secondary_opts)}
        for word in words:
            if word.startswith("-"):
                assert word.partition("=")[0].rstrip(",.:") in known, f"{page.name}: crawl {name} {word}"


def test_the_workflow_is_one_that_runs_every_step() -> None:
    """Each line of it that begins with `crawl` was looked at above; no step is empty."""
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    steps = workflow["jobs"]["roundup"]["steps"]
    assert all("run" in step or "uses" in step for step in steps)
    used = [line for step in steps for line in step.get("run", "").splitlines() if line.strip().startswith("crawl ")]
    assert len(used) == len(_commands(WORKFLOW.read_text(encoding="utf-8")))
    assert {line.split()[1] for line in used} == {"once", "digest", "lint", "publish"}
