"""`crawl once`, and what `crawl weekly` shares with it."""

from __future__ import annotations

import gc
import json
import sys
from typing import TYPE_CHECKING

import click

from crawler.app import App
from crawler.cli.common import common_options, is_quiet, private_hosts_option, signals_to, tell
from crawler.errors import NothingFetched, UserError
from crawler.model import UNREACHABLE

if TYPE_CHECKING:
    from crawler.report import RunReport

NOTHING = "{which} could be fetched ({why}); {next}"
NO_NETWORK = "check the network and proxy settings, or see what an issue looks like without a network: crawl demo"
NO_USE = "`crawl sources health` tells what to do about each"
NO_CONTACT = (
    "Publishers cannot reach you: please set settings.contact in sources.yaml to an address about your crawler;"
    " it goes into the User-Agent"
)

_SWITCH_EVERY = 0.05
"""Seconds that a thread computes before another one may take the interpreter. Threads that fetch wait for hosts; to let
them interrupt the one that reads or stores, every five thousandths of a second, costs a thirtieth of a run."""


@click.command()
@click.option("--source", "slugs", multiple=True, metavar="SLUG", help="Only this source; may be given again.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only sources with this tag; may be given again.")
@click.option("--all", "everything", is_flag=True, help="Ask every source, due or not (Retry-After is respected).")
@click.option("--backfill", is_flag=True, help="Read the whole archive, not only what is recent.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object about the run.")
@click.option("--strict", is_flag=True, help="Exit 5 when any source failed.")
@click.option("--enqueue", is_flag=True, help="Only put what is due into the queue of the workers (PostgreSQL).")
@private_hosts_option
@common_options
def once(
    app: App,
    slugs: tuple[str, ...],
    tags: tuple[str, ...],
    everything: bool,
    backfill: bool,
    as_json: bool,
    strict: bool,
    enqueue: bool,
    allow_private_hosts: tuple[str, ...],
) -> int:
    """Fetch what is due, read it, label it, find copies, and store it.

    Prints a line a source and a total. A source that fails is reported and tried
    again later; it never stops the run. On PostgreSQL several runs at once share
    the work, and with --enqueue it is left to workers (see `crawl worker`).

    \b
    Examples:
      crawl once
      crawl once --source netflix --all
      crawl once --json | jq .totals
      crawl once --source netflix --backfill
    """
    app.allow_private_hosts = allow_private_hosts
    if enqueue:
        if strict:
            raise UserError("--strict is for runs that crawl themselves; leave it out with --enqueue")
        return _enqueue(app, slugs, tags, everything=everything, backfill=backfill, as_json=as_json)
    report = crawl_sources(app, slugs, tags, everything=everything, backfill=backfill)
    show_run(report, as_json=as_json)
    if report.interrupted:
        return 128 + report.interrupted
    raise_if_nothing_fetched(report)
    return 5 if strict and report.totals.failed else 0


def _enqueue(
    app: App, slugs: tuple[str, ...], tags: tuple[str, ...], *, everything: bool, backfill: bool, as_json: bool
) -> int:
    from crawler.cli.cluster import enqueue

    done = enqueue(app, slugs, tags, everything=everything, backfill=backfill)
    if as_json:
        click.echo(json.dumps({"fetch": done.fetch, "extract": done.extract, "link": done.link, "left": done.left}))
    else:
        tell(f"{done.fetch} sources and {done.extract} with articles to read enqueued")
        if done.left:
            tell(f"{done.left} sources wait until there is room for more of their hosts; enqueue again later")
    return 0


def crawl_sources(
    app: App, slugs: tuple[str, ...], tags: tuple[str, ...], *, everything: bool, backfill: bool
) -> RunReport:
    """One crawl, alone or beside others as the store allows, ended by SIGINT and SIGTERM after what is under way."""
    from crawler.cli.progress import make_progress
    from crawler.context import Selection
    from crawler.pipeline import crawl_once
    from crawler.sources.config import select

    chosen = select(app.config.sources, slugs, tags)
    if not app.settings.contact:
        tell(NO_CONTACT)
    width = max((len(source.slug) for source in chosen), default=20)
    crawl = app.crawl(make_progress(width))
    gc.freeze()  # what is loaded stays, and need not be looked through for cycles again and again
    sys.setswitchinterval(_SWITCH_EVERY)
    with app.run(), signals_to(crawl):
        return crawl_once(crawl, Selection(chosen, everything=everything, backfill=backfill))


def show_run(report: RunReport, *, as_json: bool) -> None:
    """The run's JSON on stdout, or its total on stderr."""
    from crawler.report import total_line

    if as_json:
        from crawler.jsonshape import dumps, run_json

        click.echo(dumps(run_json(report)))
    elif not is_quiet():
        tell(total_line(report))


def raise_if_nothing_fetched(report: RunReport) -> None:
    """Exit 5 with one message when sources were asked and none answered usefully."""
    if not report.nothing_fetched:
        return
    told = [result for result in report.sources if result.error]
    which = "not one source" if report.tried == 1 else f"none of the {report.tried} sources that were asked"
    answered = any(result.error_kind not in UNREACHABLE for result in told)
    why = told[0].error if told else "no answer"
    raise NothingFetched(NOTHING.format(which=which, why=why, next=NO_USE if answered else NO_NETWORK))
