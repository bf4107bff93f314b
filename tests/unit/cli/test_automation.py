"""The commands that docs/automation and docs/delivery.md show are commands that there are."""

from __future__ import annotations

import re
import subprocess
from configparser import ConfigParser
from pathlib import Path

import click
import pytest
import yaml
from apscheduler.triggers.cron import CronTrigger

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
    assert {line.split()[1] for line in used} == {"once", "digest", "lint", "publish", "site"}


def _fenced(language: str) -> list[str]:
    text = (TOP / "docs" / "scheduling.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_workflow_is_what_the_service_takes() -> None:
    """Keys that it knows, versions of actions, lines that a shell reads, and the rights that the steps need."""
    workflow = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert set(workflow) == {"name", True, "concurrency", "permissions", "env", "jobs"}  # YAML 1.1 takes `on` for true
    assert all(CronTrigger.from_crontab(one["cron"]) for one in workflow[True]["schedule"])
    (job,) = workflow["jobs"].values()
    assert set(job) <= {"runs-on", "environment", "steps"}
    for step in job["steps"]:
        assert set(step) <= {"name", "if", "env", "run", "uses", "with"}
        assert ("run" in step) != ("uses" in step)
        assert re.fullmatch(r"[\w-]+/[\w-]+@v\d+", step.get("uses", "a/b@v1"))
        script = re.sub(r"\$\{\{.*?\}\}", "x", step.get("run", ""))
        subprocess.run(["bash", "-n"], input=script, text=True, check=True)
    used = " ".join(step.get("uses", "") + step.get("run", "") for step in job["steps"])
    rights = {
        "contents": "git push",
        "pull-requests": "gh pr create",
        "pages": "deploy-pages",
        "id-token": "deploy-pages",
    }
    assert {right: "write" for right, need in rights.items() if need in used} == workflow["permissions"]


def test_a_merged_draft_becomes_a_site() -> None:
    """Published first, then built, bundled and deployed: from the folder that was built, on a push alone."""
    steps = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["roundup"]["steps"]
    told = [step.get("run", "") + step.get("uses", "") for step in steps]
    order = [next(n for n, one in enumerate(told) if word in one) for word in
             ("crawl publish --send", "crawl site --out site", "upload-pages-artifact", "deploy-pages")]  # fmt: skip
    assert order == sorted(order)
    assert steps[order[2]]["with"] == {"path": "site"}
    assert all("github.event_name == 'push'" in steps[n]["if"] for n in order)


def test_lines_for_cron_are_lines_of_cron() -> None:
    """Five fields that mean a time, then a command."""
    (table,) = _fenced("cron")
    lines = [line.split(None, 5) for line in table.splitlines() if not line.startswith("#")]
    assert len(lines) >= 2
    for *fields, command in lines:
        assert CronTrigger.from_crontab(" ".join(fields))
        subprocess.run(["bash", "-n"], input=command, text=True, check=True)


def test_units_have_what_systemd_needs() -> None:
    """A service that ends by itself and a timer of the same name that is installed."""
    units = []
    for text in _fenced("ini"):
        parser = ConfigParser(interpolation=None)
        parser.optionxform = str  # type: ignore[assignment, method-assign]
        parser.read_string(text)
        units.append(parser)
    service, timer, *_ = units
    assert set(service.sections()) == {"Unit", "Service"}
    assert service["Service"]["Type"] == "oneshot"
    assert service["Service"]["ExecStart"].split()[1] == "weekly"
    assert service["Service"]["SuccessExitStatus"] == "5"
    assert service["Service"]["Restart"] == "on-failure"
    assert service["Service"]["RestartPreventExitStatus"].split() == ["1", "2", "3", "4", "6"]  # 75 is tried again
    assert re.fullmatch(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d\d:\d\d", timer["Timer"]["OnCalendar"])
    assert timer["Install"]["WantedBy"] == "timers.target"
