"""`crawl demo`: a finished issue without network."""

from __future__ import annotations

import shlex
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.cli.common import set_up_logging, tell

if TYPE_CHECKING:
    from types import FrameType

    from crawler.context import Crawl


@click.command()
@click.option("--out", type=click.Path(path_type=Path), default="crawl-demo", show_default=True, metavar="DIR",
              help="Where the demo's store, draft and issue go.")  # fmt: skip
@click.option("-v", "--verbose", count=True, help="Tell more on stderr.")
@click.option("-q", "--quiet", is_flag=True, help="Only the issue.")
def demo(out: Path, verbose: int, quiet: bool) -> int:
    """Run everything on sample blogs of our own, served on loopback.

    Crawls thirteen invented blogs in every kind of feed, some of them broken, twice;
    composes last week's issue; prints it. What it made stays in the folder.

    \b
    Example:
      crawl demo
    """
    from crawler.app import now
    from crawler.cli.progress import make_progress
    from crawler.report import total_line
    from crawler.samples import run_demo

    set_up_logging(verbose, quiet=quiet)
    click.get_current_context().obj = {"verbose": verbose, "quiet": quiet}
    caught: list[int] = []

    def on_crawl(crawl: Crawl) -> None:
        def handler(number: int, _frame: FrameType | None) -> None:
            if caught:
                raise KeyboardInterrupt
            caught.append(number)
            crawl.interrupt(number)

        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, handler)

    done = run_demo(out, now, make_progress(14), on_crawl)
    if caught:
        return 128 + caught[0]
    tell("")
    tell(f"First crawl:  {total_line(done.first)} ({done.requests_first} requests)")
    tell(f"Second crawl: {total_line(done.second)} ({done.requests_second} requests)")
    tell(f"Draft for the editor: {done.draft}")
    tell(f"As readers see it:    {done.rendered}")
    files = shlex.join(["--config", f"{out}/sources.yaml", "--database", f"sqlite:///{out}/crawl.sqlite"])
    tell(f"Look further:         crawl articles {files}")
    tell("")
    click.echo(done.rendered.read_text(encoding="utf-8"), nl=False)
    return 0
