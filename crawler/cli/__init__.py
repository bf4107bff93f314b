"""The command line: a file a group of commands; it parses, prints and maps errors to exit codes."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> None:
    """The command `crawl`; ends the process with the documented exit code."""
    gc.set_threshold(20_000, 20, 20)  # loading makes many objects and no cycles: a tenth of a start goes into looking

    try:
        from crawler.cli.root import run

        code = run(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:  # while it loads, or ends
        code = 130
    sys.exit(code)
