"""Documents and code say the same."""

from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from crawler import __version__
from crawler.cli.root import COMMANDS, root
from crawler.settings import (
    FetchSettings,
    GiscusSettings,
    IssueSettings,
    LabelSettings,
    LlmSettings,
    ScheduleSettings,
    SiteSettings,
)

TOP = Path(__file__).resolve().parents[3]


def test_the_command_reference_is_current() -> None:
    done = subprocess.run([sys.executable, "scripts/make_docs.py", "--check"], cwd=TOP, check=False)
    assert done.returncode == 0, "run scripts/docs"


def test_the_table_of_scenarios_is_current() -> None:
    """At least 150 scenarios run against a real server, and every promise names tests that exist."""
    done = subprocess.run([sys.executable, "scripts/make_scenarios.py", "--check"], cwd=TOP, check=False)
    assert done.returncode == 0, "run scripts/docs"
    found = re.search(r"(\d+) of them against a real server", (TOP / "docs" / "scenarios.md").read_text())
    assert found
    assert int(found[1]) >= 150


def test_the_example_issues_are_what_the_demo_makes() -> None:
    done = subprocess.run([sys.executable, "scripts/make_examples.py", "--check"], cwd=TOP, check=False)
    assert done.returncode == 0, "run scripts/examples"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_in_the_architecture_or_the_readme(name: str) -> None:
    text = (TOP / "README.md").read_text() + (TOP / "docs" / "commands.md").read_text()
    assert f"crawl {name}" in text


def test_every_command_that_a_text_names_exists() -> None:
    """In documents, help and messages: a person who is told to run it finds it, with the options that are named."""
    texts = [*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md"), *(TOP / "crawler").rglob("*.py")]
    named = {
        line: path.relative_to(TOP).as_posix()
        for path in texts
        for line in re.findall(r"`crawl ([a-z][^`\n]*)`", path.read_text(encoding="utf-8"))
    }
    assert len(named) > 50
    assert {line: path for line, path in named.items() if not _is_there(line.split())} == {}


def _is_there(words: list[str]) -> bool:
    """Whether a line of words names commands and options; `a|b` names both."""
    command: click.Command = root
    context = click.Context(root)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = [command.get_command(context, name) for name in words.pop(0).split("|")]
        if found[0] is None or None in found:
            return False
        command = found[0]
    known = {option for parameter in command.get_params(context) for option in parameter.opts}
    options = [option for word in words if word.startswith("--") for option in word.split("|")]
    return all(option.partition("=")[0].rstrip(",.:") in known for option in options)


@pytest.mark.parametrize(
    "group", [FetchSettings, IssueSettings, LabelSettings, ScheduleSettings, SiteSettings, GiscusSettings, LlmSettings]
)
def test_every_setting_is_documented(group: type) -> None:
    text = (TOP / "docs" / "configuration.md").read_text()
    missing = [field.name for field in dataclasses.fields(group) if f"`{field.name}`" not in text]
    assert not missing


def test_every_link_between_documents_leads_somewhere() -> None:
    for page in [*TOP.glob("*.md"), *TOP.glob("docs/**/*.md")]:
        prose = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for link in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", prose):
            if not link.startswith(("http", "mailto:")) and "docs/examples" not in str(page):
                assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_every_path_that_a_text_names_exists() -> None:
    """In documents, and in the comments of the code itself."""
    code = [path for top in ("crawler", "storage", "scripts", "tests") for path in TOP.glob(f"{top}/**/*.py")]
    named = [
        (path.relative_to(TOP).as_posix(), name)
        for path in (*_documents(), *code)
        for name in re.findall(r"`((?:crawler|storage|tests|scripts|docs)/[\w./-]+)`", path.read_text(encoding="utf-8"))
    ]
    assert len(named) > 100
    assert [(path, name) for path, name in named if not (TOP / name).exists()] == []


def test_every_option_of_our_tools_that_a_document_names_exists() -> None:
    """`scripts/<tool> --option` and `python -m tests.<tool> --option`, by what the tool's own parser has."""
    named = [
        (path.name, tool, option)
        for path in _documents()
        for tool, rest in re.findall(
            r"(scripts/\w+|python -m [\w.]+)((?: +[^\s`|#]+)*)", path.read_text(encoding="utf-8")
        )
        for option in re.findall(r"(?<!\S)--(?!help)[a-z][\w-]*", rest)
    ]
    assert len(named) > 20
    assert [line for line in named if f'"{line[2]}"' not in _source_of(line[1])] == []


def _source_of(tool: str) -> str:
    """The program behind a script of ours, or the module that is named."""
    started = (TOP / tool).read_text(encoding="utf-8") if tool.startswith("scripts/") else tool
    module = re.search(r"-m (tests[\w.]*)", started)
    programs = [module[1].replace(".", "/")] if module else re.findall(r"(scripts/\w+)\.py", started)
    found = [path for name in programs for path in (TOP / f"{name}.py", TOP / name / "__main__.py") if path.exists()]
    return "".join(path.read_text(encoding="utf-8") for path in found)


def _documents() -> list[Path]:
    return [*TOP.glob("*.md"), *(page for page in TOP.glob("docs/**/*.md") if "examples" not in page.parts)]


def test_the_changelog_knows_the_version() -> None:
    text = (TOP / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "[Unreleased]" in text or f"[{__version__}]" in text


def test_lock_files_name_no_addresses() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (TOP / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--hash=sha256:" in text
