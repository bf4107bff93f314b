"""Progress on stderr: bars on a terminal, plain lines otherwise, nothing with -q."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from crawler.cli.common import is_quiet
from crawler.context import Progress
from crawler.report import SourceResult, line

if TYPE_CHECKING:
    from rich.progress import TaskID

NAMES = {"sources": "Asking sources", "pages": "Reading pages", "labels": "Labelling"}


def make_progress(width: int = 24, *, lines: bool = True) -> Progress:
    """The progress that suits where stderr goes. `lines`: a line a source, too."""
    if is_quiet():
        return Progress()
    shown = lines
    return Bars(width, lines=shown) if sys.stderr.isatty() else Lines(width, lines=shown)


class Lines(Progress):
    """A line for each source."""

    def __init__(self, width: int, *, lines: bool) -> None:
        self._width = width
        self._lines = lines

    def begin(self, step: str, amount: int) -> None:
        """Name the step, unless it is nothing."""
        if amount and step != "sources":
            click.echo(f"{NAMES.get(step, step)}: {amount}", err=True)

    def source(self, result: SourceResult) -> None:
        """One source's line."""
        if self._lines:
            click.echo(line(result, self._width), err=True)


class Bars(Progress):
    """rich progress bars; sources that failed are told above them."""

    def __init__(self, width: int, *, lines: bool) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        self._width = width
        self._lines = lines
        self._bars = RichProgress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=Console(stderr=True),
        )
        self._tasks: dict[str, TaskID] = {}
        self._totals: dict[str, int] = {}

    def begin(self, step: str, amount: int) -> None:
        """Add a bar, or lengthen the one that is there."""
        if not amount:
            return
        self._bars.start()
        self._totals[step] = self._totals.get(step, 0) + amount
        if step in self._tasks:
            self._bars.update(self._tasks[step], total=self._totals[step])
        else:
            self._tasks[step] = self._bars.add_task(NAMES.get(step, step), total=amount)

    def advance(self, step: str) -> None:
        """One more done."""
        if step in self._tasks:
            self._bars.advance(self._tasks[step])

    def source(self, result: SourceResult) -> None:
        """One source's line above the bars."""
        if self._lines:
            self._print(line(result, self._width), "red" if result.outcome in ("failed", "gone") else None)

    def end(self) -> None:
        """Leave the bars as they stand."""
        self._bars.stop()

    def _print(self, text: str, style: Any) -> None:
        from rich.text import Text

        self._bars.console.print(Text(text, style=style or ""), soft_wrap=True)
