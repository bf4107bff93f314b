"""docs/scenarios.md: what the tests of fetching, reading and storing claim, from the tests themselves."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from renew import renew

TOP = Path(__file__).resolve().parents[1]
TARGET = TOP / "docs" / "scenarios.md"
GROUPS: dict[str, tuple[str, ...]] = {
    "Manners on the wire": (
        "tests/unit/fetch/test_client.py",
        "tests/unit/fetch/test_failures.py",
        "tests/unit/fetch/test_headers.py",
        "tests/unit/fetch/test_redirects.py",
        "tests/unit/fetch/test_proxies.py",
    ),
    "Manners towards hosts": (
        "tests/unit/fetch/test_politeness.py",
        "tests/unit/fetch/test_obeying.py",
        "tests/unit/fetch/test_run.py",
        "tests/unit/fetch/test_budget.py",
        "tests/unit/fetch/test_robots.py",
        "tests/unit/test_robots_metadata.py",
    ),
    "When a source is asked again": (
        "tests/unit/schedule/test_schedule.py",
        "tests/unit/schedule/test_moves.py",
    ),
    "Defences: addresses": ("tests/unit/fetch/test_guard.py",),
    "Defences: bytes": ("tests/unit/fetch/test_decode.py", "tests/unit/fetch/test_memory.py"),
    "Defences: hostile servers": ("tests/e2e/test_hostile.py",),
    "Defences: documents": (
        "tests/unit/read/test_quirks.py",
        "tests/unit/read/test_robust.py",
        "tests/unit/read/test_dates.py",
        "tests/unit/extract/test_robust.py",
        "tests/fuzz/test_fuzz.py",
    ),
    "Defences: dates, guids, floods": (
        "tests/unit/dedup/test_decide.py",
        "tests/unit/dedup/test_first_reading.py",
    ),
    "The process": ("tests/e2e/test_crawl.py", "tests/unit/test_workers.py", "tests/unit/storage_/test_kill.py"),
    "Runs that go on": ("tests/e2e/test_convergence.py", "tests/unit/test_linking.py"),
    "Many machines": (
        "tests/e2e/test_cluster.py",
        "tests/unit/cluster/test_doing.py",
        "tests/unit/cluster/test_queue.py",
        "tests/unit/storage_/test_sharing.py",
    ),
    "Subscribing": ("tests/e2e/test_sources_add.py", "tests/e2e/test_sources_manage.py"),
    "Every kind of source": ("tests/e2e/test_kinds.py", "tests/unit/sources/test_opml.py", "tests/unit/test_health.py"),
}
# What stands for a server: fixtures, and helpers that start one.
_FIXTURES = frozenset({"server", "servers", "web", "world", "crawled", "shared_server"})
_STARTS = re.compile(r"\b(?:Server|Web|DemoServer)\(")
PROMISES = TOP / "tests" / "promises.txt"
HEAD = """# Scenarios

Made from the tests by `scripts/docs`: what is claimed of fetching, reading and storing. `cases` counts the rows of a
test's table; adding a scenario is adding a row. "wire" marks what runs against a real server on loopback.

"""


def scenarios_page() -> str:
    """The whole page."""
    cases = _cases([path for paths in GROUPS.values() for path in paths])
    parts, sums = [], Counter[str]()
    for group, paths in GROUPS.items():
        lines = ["| scenario | cases | wire | test |", "|---|---|---|---|"]
        for path in paths:
            for name, words, wire in _tests(TOP / path):
                count = cases.get((path, name), 0)
                if count:
                    sums["all"] += count
                    sums["wire"] += count if wire else 0
                    where = f"`{path.removeprefix('tests/')}::{name}`"
                    lines.append(f"| {words} | {count} | {'yes' if wire else ''} | {where} |")
        parts.append(f"## {group}\n\n" + "\n".join(lines) + "\n")
    total = f"{sums['all']} scenarios, {sums['wire']} of them against a real server.\n\n"
    return HEAD + total + _promises() + "\n".join(parts)


def _promises() -> str:
    """A table of the promises and the files of the tests that hold them; raises KeyError for a test that is gone."""
    places = {
        name: path.relative_to(TOP / "tests").as_posix()
        for path in sorted((TOP / "tests").rglob("test_*.py"))
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    lines = ["## Promises", "", "| promise | held by |", "|---|---|"]
    for chunk in PROMISES.read_text(encoding="utf-8").split("\n\n")[1:]:
        promise, *names = (line.strip() for line in chunk.strip().splitlines())
        lines.append(f"| {promise} | " + ", ".join(f"`{name}` ({places[name]})" for name in names) + " |")
    return "\n".join(lines) + "\n\n"


def _cases(paths: list[str]) -> Counter[tuple[str, str]]:
    """How many cases each test has: (file, function) to count."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "-n0", *paths],
        cwd=TOP, capture_output=True, text=True, check=True,
    )  # fmt: skip
    ids = (line.split("[")[0].split("::") for line in done.stdout.splitlines() if "::" in line)
    return Counter((parts[0], parts[-1]) for parts in ids)


def _tests(path: Path) -> list[tuple[str, str, bool]]:
    """(name, what it claims, whether a server takes part) of each test in a file."""
    text = path.read_text(encoding="utf-8")
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            doc = " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())
            words = doc or node.name.removeprefix("test_").replace("_", " ").capitalize() + "."
            fixtures = {argument.arg for argument in node.args.args}
            wire = bool(fixtures & _FIXTURES or _STARTS.search(ast.get_source_segment(text, node) or ""))
            found.append((node.lineno, node.name, words.replace("|", "\\|"), wire))
    return [(name, words, wire) for _, name, words, wire in sorted(found)]


if __name__ == "__main__":
    sys.exit(renew({TARGET: scenarios_page()}, "scripts/docs"))
