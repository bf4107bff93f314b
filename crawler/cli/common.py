"""What the commands share: options, output, signals."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

import click

from crawler.app import App

if TYPE_CHECKING:
    from crawler.context import Crawl

F = TypeVar("F", bound=Callable[..., Any])


def profile_option(function: F) -> F:
    """--profile NAME: which newsletter, where sources.yaml has several."""
    option = click.option("--profile", metavar="NAME", help="The newsletter, where sources.yaml has several profiles.")
    return option(function)


def llm_option(function: F) -> F:
    """--no-llm: the issue in our own words, whatever sources.yaml says."""
    option = click.option("--no-llm", is_flag=True, help="Do without the language model that sources.yaml names.")
    return option(function)


def private_hosts_option(function: F) -> F:
    """--allow-private-hosts LIST; the command gets a tuple."""
    option = click.option(
        "--allow-private-hosts",
        metavar="LIST",
        default="",
        callback=lambda _context, _option, told: tuple(host.strip() for host in told.split(",") if host.strip()),
        help="CIDRs or hosts, comma separated, that may be fetched although they are not public.",
    )
    return option(function)


def common_options(function: F) -> F:
    """--config, --database, -v, -q; the command gets an App as its first argument, closed when it returns."""

    @click.option("--config", "config_path", type=click.Path(path_type=Path), default="sources.yaml",
                  show_default=True, metavar="FILE", help="The subscriptions and settings.")  # fmt: skip
    @click.option("--database", metavar="URL", help="Store: sqlite:///FILE or postgresql://… [env: CRAWL_DATABASE_URL]")
    @click.option("-v", "--verbose", count=True, help="Tell more on stderr; twice: everything.")
    @click.option("-q", "--quiet", is_flag=True, help="Only errors on stderr.")
    @wraps(function)
    def wrapper(
        *args: Any,
        config_path: Path,
        database: str | None,
        verbose: int,
        quiet: bool,
        **kwargs: Any,
    ) -> Any:
        set_up_logging(verbose, quiet=quiet)
        app = App(config_path, database)
        click.get_current_context().obj = {"verbose": verbose, "quiet": quiet}
        try:
            return function(app, *args, **kwargs)
        finally:
            app.close()

    return wrapper  # type: ignore[return-value]


def set_up_logging(verbose: int, *, quiet: bool) -> None:
    """Logs go to stderr; libraries are heard from `-vv` on."""
    level = logging.ERROR if quiet else (logging.WARNING, logging.INFO, logging.DEBUG)[min(verbose, 2)]
    logging.basicConfig(
        stream=sys.stderr,
        level=level if verbose > 1 else logging.ERROR,
        format="%(levelname)s %(name)s: %(message)s",
        force=True,
    )
    logging.getLogger("crawler").setLevel(level)


def is_quiet() -> bool:
    """Whether -q was given."""
    obj = click.get_current_context().obj or {}
    return bool(obj.get("quiet"))


def is_verbose() -> bool:
    """Whether -v was given."""
    obj = click.get_current_context().obj or {}
    return bool(obj.get("verbose"))


def tell(message: str) -> None:
    """A line for the person, on stderr; nothing with -q."""
    if not is_quiet():
        click.echo(message, err=True)


@contextmanager
def signals_to(crawl: Crawl) -> Iterator[None]:
    """SIGINT and SIGTERM let the run finish what is under way; the second one ends it at once."""

    def handler(number: int, _frame: FrameType | None) -> None:
        if crawl.interrupted:
            raise KeyboardInterrupt
        crawl.interrupt(number)

    before = {number: signal.signal(number, handler) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)
