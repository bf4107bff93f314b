"""The root command. Command modules are imported when their command is used, so that `--help` stays quick."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import traceback
from importlib import import_module
from io import TextIOWrapper
from types import FrameType
from typing import Any

import click

from crawler import __version__
from crawler.errors import ConfigError, CrawlError, StoreFull, UserError

# name -> (module, attribute, one line for the list of commands)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "once": ("crawler.cli.crawling", "once", "Fetch what is due and store it."),
    "digest": ("crawler.cli.digest", "digest", "Compose the draft of an issue."),
    "lint": ("crawler.cli.lint", "lint", "Check a draft before it is published."),
    "publish": ("crawler.cli.publish", "publish_command", "Record a draft as published and render it."),
    "site": ("crawler.cli.site", "site", "Build the archive of issues and articles as static pages."),
    "issues": ("crawler.cli.issue_list", "issues", "Composed and published issues: list, show, compare."),
    "weekly": ("crawler.cli.weekly", "weekly", "Fetch, then compose last week's issue: the cron job."),
    "serve": ("crawler.cli.serving", "serve", "Keep running: fetch each source when due, compose every week."),
    "worker": ("crawler.cli.cluster", "worker", "Do jobs of a queue: many machines on one PostgreSQL store."),
    "jobs": ("crawler.cli.cluster", "jobs", "The queue of the workers: list, retry."),
    "sources": ("crawler.cli.sources", "sources", "Subscriptions: list, check, export."),
    "articles": ("crawler.cli.articles", "articles", "Search and list articles."),
    "why": ("crawler.cli.why", "why", "Explain an article: identity, labels, score, in or out."),
    "inspect": ("crawler.cli.inspecting", "inspect", "Show what we make of a feed or a page, without the store."),
    "export": ("crawler.cli.moving", "export", "Write all articles as JSON lines."),
    "import": ("crawler.cli.moving", "import_command", "Read articles from JSON lines."),
    "tidy": ("crawler.cli.tidy", "tidy", "Drop the texts of old articles that stand in no issue."),
    "demo": ("crawler.cli.demo", "demo", "Run everything on sample blogs, without network."),
}

EPILOG = """\b
Start with `crawl demo`: a finished issue in half a minute, without network.
Then edit sources.yaml and run `crawl weekly`.

\b
Exit codes: 0 done · 1 a bug · 2 usage or configuration · 3 store · 4 delivery ·
5 nothing could be fetched · 6 a check found problems · 75 another run holds the
store · 130, 143 interrupted."""


_REFUSED = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG, errno.ENOTDIR, errno.EISDIR, errno.ELOOP, errno.ENOENT}
)
"""What the system says of a path that a person named, or of a folder's rights: no bug of ours."""


class _ReaderGone(Exception):
    """Nobody reads our output. No OSError: click would take that for a failure, and end with exit code 1."""


class LazyGroup(click.Group):
    """A group that knows its commands' names and lines, and imports a command when it is called."""

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        """As click does; help is printed here."""
        try:
            return super().make_context(*given, **named)
        except BrokenPipeError as error:
            raise _ReaderGone from error

    def invoke(self, ctx: click.Context) -> Any:
        """As click does."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGone from error

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        """Names in the order in which people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the module of one command."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name for a word that is no command."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean `{near[0]}`?" if near else " See `crawl --help`."
            raise click.UsageError(f"There is no command `{args[0]}`.{hint}", ctx)
        return super().resolve_command(ctx, args)


@click.group(
    cls=LazyGroup,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="crawl")
def root() -> None:
    """Crawl engineering blogs and compose a numbered, tagged weekly roundup."""


def run(arguments: list[str]) -> int:
    """Run the command line; the exit code. Prints one clear message for every error that is not a bug."""
    _open_streams()
    _end_cleanly_on_sigterm()
    try:
        code = _run(arguments)
        sys.stdout.flush()  # what a full disk refuses is told by us, and not when the interpreter ends
    except (BrokenPipeError, _ReaderGone):
        # The reader of our output went away (`crawl articles | head`): that is its right.
        _drop_output()
        return 0
    except Exception as error:  # noqa: BLE001 -- the last line of defence: a bug is shown whole
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            _drop_output()
            _tell(StoreFull("the output cannot be written, the disk is full; make room and run the command again"))
            return StoreFull.exit_code
        if isinstance(error, OSError) and error.errno in _REFUSED and error.filename is not None:
            click.echo(f"crawl: {os.fsdecode(error.filename)}: {error.strerror}; name another, or mend that", err=True)
            return UserError.exit_code
        traceback.print_exc()
        click.echo("crawl: this is a bug; please report it with the lines above", err=True)
        return 1
    return code


def _run(arguments: list[str]) -> int:
    try:
        code = root.main(arguments, prog_name="crawl", standalone_mode=False)
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("crawl: interrupted", err=True)
        return 130
    except CrawlError as error:
        _tell(error)
        return error.exit_code
    return code if isinstance(code, int) else 0


def _open_streams() -> None:
    """Streams that whoever started us closed lead nowhere: a database must not be given their numbers. What is printed
    is UTF-8 in every locale, as JSON, feeds and pages are; what is not meant for a terminal keeps a path's bytes."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free, which is this one
    sys.stdin = sys.stdin or open(0, encoding="utf-8", closefd=False)  # noqa: SIM115 -- it has no path
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")  # with or without a byte order mark
    if isinstance(sys.stdout, TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="surrogateescape")


def _drop_output() -> None:
    """What is left to be written goes nowhere, so that the interpreter's end does not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _end_cleanly_on_sigterm() -> None:
    """Outside of a crawl, which ends by itself after what is under way: close what is open, exit 143."""

    def handler(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, handler)


def _tell(error: CrawlError) -> None:
    if isinstance(error, ConfigError):
        for problem in error.problems:
            click.echo(problem, err=True)
        count = len(error.problems)
        click.echo(f"crawl: {count} problem{'' if count == 1 else 's'} to mend; nothing was done", err=True)
    elif str(error):
        click.echo(f"crawl: {error}", err=True)
