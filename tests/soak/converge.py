"""The evaluation corpus through a proxy that fails: some runs later the store is that of an undisturbed run.

    scripts/converge --backfill
    scripts/converge --error-rate 0.3 --latency 0.2 --runs 10 --hours 26

Needs the corpus (../shared, or CRAWL_SHARED) and faketime, which moves the clock on between the runs; limits inside a
run keep the real one. Exit code 1 where a run fails or the stores differ in anything but when an article was first
seen.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support.shared import MISSING, SHARED
from tests.support.world import clean_environment

REAL_CLOCK = {"DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}


def subscriptions(shared: Path) -> str:
    """sources.yaml for every site of the corpus."""
    lines = ["settings: {contact: 'https://example.org/about', fetch: {pause: 0}}", "sources:"]
    for site in json.loads((shared / "corpus" / "manifest.json").read_text(encoding="utf-8")):
        source = {"slug": re.sub(r"\W+", "-", site["host"]), "url": site["feed_url"], "homepage": site["homepage_url"]}
        lines.append("- " + json.dumps(source))
    return "\n".join(lines) + "\n"


def crawl(shared: Path, folder: Path, hours: int, replay: list[str], arguments: list[str]) -> int:
    """One run, so many hours from now; its exit code."""
    command = ["faketime", "-f", f"{hours:+d}h", sys.executable, "-m", "crawler", "once", "-q", *arguments]
    done = subprocess.run(
        [sys.executable, str(shared / "replay" / "replay.py"), *replay, "--log", "log.json", "--", *command,
         "--config", "sources.yaml", "--database", "sqlite:///db.sqlite"],
        cwd=folder, env=clean_environment(folder) | REAL_CLOCK | {"PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    return done.returncode


def exported(folder: Path) -> dict[str, dict[str, Any]]:
    """The store's articles by id, but for when they were first seen."""
    done = subprocess.run(
        [sys.executable, "-m", "crawler", "export", "--database", "sqlite:///db.sqlite"],
        cwd=folder, env=clean_environment(folder) | {"PYTHONPATH": str(Path.cwd())},
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    rows = map(json.loads, done.stdout.splitlines())
    return {row["id"]: {k: v for k, v in row.items() if k != "first_seen_at"} for row in rows}


def main() -> int:
    """Run both, and tell what differs."""
    parser = argparse.ArgumentParser(
        prog="scripts/converge", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--error-rate", type=float, default=0.3)
    parser.add_argument("--latency", type=float, default=0.2)
    parser.add_argument("--runs", type=int, default=10, help="after the first one")
    parser.add_argument("--hours", type=int, default=26, help="between two runs")
    parser.add_argument("--backfill", action="store_true")
    options = parser.parse_args()
    if SHARED is None:
        parser.error(MISSING)
    arguments = ["--backfill"] if options.backfill else []
    with tempfile.TemporaryDirectory() as top:
        whole, broken = Path(top, "whole"), Path(top, "broken")
        for folder in (whole, broken):
            folder.mkdir()
            (folder / "sources.yaml").write_text(subscriptions(SHARED), encoding="utf-8")
        codes = [crawl(SHARED, whole, 0, [], arguments)]
        expected = exported(whole)
        for run in range(options.runs + 1):
            failing = [f"--error-rate={options.error_rate}", f"--latency={options.latency}", f"--seed={run}"]
            codes.append(crawl(SHARED, broken, run * options.hours, failing, arguments))
            found = exported(broken)
            differing = sum(found.get(ident) != row for ident, row in expected.items()) + len(found.keys() - expected)
            print(
                f"run {run}: exit {codes[-1]}, {len(found)} of {len(expected)} articles, {differing} differ", flush=True
            )
            if not differing:
                break
    return int(any(codes) or differing > 0)


if __name__ == "__main__":
    sys.exit(main())
