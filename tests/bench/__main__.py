"""What the crawl costs, beside newsboat, reader and trafilatura doing the same work in the same run.

    scripts/bench                         every row, ours alone
    scripts/bench --rivals                beside the rivals, which are installed where they are missing
    scripts/bench --only cold --runs 5    one row
    scripts/bench --only million --most 20000   on a store that is made soon
    scripts/bench --only tables           ten million articles on PostgreSQL, 15 GB of disk, half an hour
    scripts/bench --json                  the figures as JSON on standard output instead of a table
    scripts/bench --rivals --write        put them into docs/benchmarks.md

The origin, the feeds, the pages and the stores are the benchmark's own, made by seed. Figures are medians; CPU time is that of the
whole process tree, start included; works that are compared run by turns. Exit code 6 where a target is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure, Row, Setting
from tests.bench.measure import CommandFailed
from tests.bench.report import machine, rows_of, table, write_page
from tests.bench.rivals import RivalMissing, install
from tests.bench.rows import ROWS

_TOP = Path(__file__).resolve().parents[2]
_PAGE, _RECORD = _TOP / "docs" / "benchmarks.md", _TOP / "docs" / "benchmarks.json"


def _options() -> argparse.Namespace:
    names = [row.name for row in ROWS]
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=names, metavar="ROW", help=f"of: {', '.join(names)}")
    parser.add_argument("--feeds", type=int, default=500, help="feeds of the smaller crawls (500)")
    parser.add_argument("--many", type=int, default=5000, help="feeds of the larger crawls (5000)")
    parser.add_argument("--stored", type=int, default=100_000, help="articles of the smaller store (100000)")
    parser.add_argument("--most", type=int, default=1_000_000, help="articles of the larger store (1000000)")
    parser.add_argument("--slim", type=int, default=10_000_000, help="articles of the row tables (10000000)")
    parser.add_argument("--runs", type=int, default=3, help="how often each work is done (3)")
    parser.add_argument("--rivals", action="store_true", help="run newsboat and reader, too; installs them")
    parser.add_argument("--folder", type=Path, default=_TOP / ".bench", help="where rivals and stores are kept")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    return parser.parse_args()


def main() -> int:
    """Measure what was asked for, and tell it."""
    options = _options()
    try:
        rivals = install(options.folder) if options.rivals else None
    except RivalMissing as error:
        print(f"scripts/bench: {error}", file=sys.stderr)
        return 2
    measured: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for row in ROWS:
            if row.name not in options.only if options.only else row.by_name:
                continue
            _tell(f"{row.name}: {row.about} ...")
            sizes = options.feeds, options.many, options.runs
            kept = options.stored, options.most, options.slim, options.folder.resolve()
            setting = Setting(*sizes, rivals, Path(folder, row.name), _tell, *kept)
            setting.folder.mkdir()
            try:
                measured[row.name] = _record(row, row.run(setting), options)
            except CommandFailed as error:
                print(f"scripts/bench: {row.name}: {error}", file=sys.stderr)
                return 1
    figures = [figure for found in measured.values() for figure in found["figures"]]
    print(json.dumps(measured, ensure_ascii=False, indent=1) if options.json else table(figures), flush=True)
    if options.write:
        write_page(_PAGE, _RECORD, measured, [row.name for row in ROWS])
    return 6 if any(figure["met"] is False for figure in figures) else 0


def _record(row: Row, figures: Sequence[Figure], options: argparse.Namespace) -> dict[str, Any]:
    sizes = [f"--{key} {getattr(options, key)}" for key in row.sizes]
    rivals = ["--rivals"] if options.rivals else []
    command = " ".join(["scripts/bench", *rivals, "--only", row.name, *sizes])
    today = datetime.now(UTC).date().isoformat()
    return {"about": row.about, "command": command, "on": today, "machine": machine(), "figures": rows_of(figures)}


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
