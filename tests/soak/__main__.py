"""A crawl over thousands of feeds, with the memory of each of its processes watched.

    scripts/soak --feeds 5000

One source in a hundred sends a gigabyte or a bomb. Fails (exit code 1) when the crawl does, when a process of it
grows beyond --memory MiB, or when memory still grows in the last part of the run (the last quarter's peak lies
over the middle's by more than a fifth).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.support.world import clean_environment

_EVERY = 0.5


def sources(feeds: int) -> str:
    """The subscription file."""
    kinds = ("huge", "bomb")
    names = [f"{kinds[n // 100 % 2] if n % 100 == 99 else 'blog'}{n}.example" for n in range(feeds)]
    head = "settings: {timezone: UTC, contact: 'https://example.org/about', fetch: {pause: 0}}\nsources:\n"
    return head + "".join(f"- {{slug: s{n}, url: 'http://{name}/feed'}}\n" for n, name in enumerate(names))


def resident(root: int) -> dict[int, float]:
    """MiB of a process and of everything below it."""
    parents: dict[int, int] = {}
    sizes: dict[int, float] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(folder.name)] = int(fields[1])
            sizes[int(folder.name)] = int(fields[21]) * os.sysconf("SC_PAGE_SIZE") / 2**20
    return {pid: size for pid, size in sizes.items() if _is_below(pid, root, parents)}


def _is_below(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid and pid != root:
        pid = parents.get(pid, 0)
    return pid == root


def watch(process: subprocess.Popen[bytes]) -> tuple[list[float], float]:
    """The main process's memory over time, and the peak of any process below it."""
    main: list[float] = []
    others = 0.0
    while process.poll() is None:
        sizes = resident(process.pid)
        main.append(sizes.pop(process.pid, 0.0))
        others = max([others, *sizes.values()])
        time.sleep(_EVERY)
    return [size for size in main if size], others


def main() -> int:
    """Run it, and tell the figures."""
    parser = argparse.ArgumentParser(
        prog="scripts/soak", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--feeds", type=int, default=5000)
    parser.add_argument("--memory", type=float, default=300.0)
    options = parser.parse_args()
    origin = subprocess.Popen(
        [sys.executable, "-m", "tests.soak.origin"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert origin.stdout is not None
    proxy = f"http://127.0.0.1:{origin.stdout.readline().strip()}"
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder, "sources.yaml")
        config.write_text(sources(options.feeds), encoding="utf-8")
        began = time.monotonic()
        crawl = subprocess.Popen(
            [sys.executable, "-m", "crawler", "once", "-q", "--config", str(config), "--database", "sqlite:///db.sqlite"],
            cwd=folder, env=clean_environment(Path(folder), proxy) | {"PYTHONPATH": str(Path.cwd())},
        )  # fmt: skip
        sizes, others = watch(crawl)
        seconds = time.monotonic() - began
    origin.terminate()
    middle, last = (max(sizes[len(sizes) * a // 8 : len(sizes) * b // 8] or [0.0]) for a, b in ((2, 6), (6, 8)))
    print(
        f"{options.feeds} feeds in {seconds:.0f} s, exit {crawl.returncode}; peak of the main process "
        f"{max(sizes):.0f} MiB (middle {middle:.0f}, end {last:.0f}), of a worker {others:.0f} MiB"
    )
    return int(crawl.returncode != 0 or max(*sizes, others) > options.memory or last > 1.2 * middle)


if __name__ == "__main__":
    sys.exit(main())
