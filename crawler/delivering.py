"""From a published issue to its readers: every sink of `deliver`, each recipient once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from crawler.composing import rendered
from crawler.context import Crawl
from crawler.deliver import open_sink
from crawler.deliver.parcel import Parcel, Rejected, Sink, Tools
from crawler.errors import DeliverError, UserError
from crawler.model import Issue
from crawler.ports import Poster
from crawler.render.options import options_of
from crawler.render.shared import heading
from crawler.settings import Delivery, SmtpSettings

_ROW_OF_REFUSALS = 10


@dataclass(frozen=True, slots=True)
class Outside:
    """What delivery reaches: `base` is the folder of sources.yaml, `out` that of rendered issues."""

    poster: Poster
    environ: Mapping[str, str]
    base: Path
    out: Path
    sleep: Callable[[float], None]


def deliver(
    crawl: Crawl,
    deliveries: tuple[Delivery, ...],
    issue: Issue,
    outside: Outside,
    tell: Callable[[str], None],
    *,
    dry_run: bool = False,
    to: str | None = None,
) -> None:
    """Send an issue to everybody who did not get it yet; each success is recorded before the next recipient's turn.

    `dry_run` tells what would be sent, and asks nobody. `to` sends the mail to one address instead, as a test:
    nothing else is sent and nothing recorded. `tell` gets a line for each thing done.

    Raises UserError where nothing is set up, and DeliverError, when every sink had its turn, with all that failed.
    """
    chosen = _chosen(deliveries, to)
    tools = Tools(outside.poster, outside.environ, outside.base, crawl.now, outside.sleep)
    parcel = _parcel(crawl, issue, outside.out)
    failures: list[str] = []
    for delivery in chosen:
        try:
            sink = open_sink(delivery, parcel, tools)
            try:
                failures += [
                    tools.scrubbed(f"{delivery.name}: {words}")
                    for words in _run(crawl, delivery, issue, sink, tell, dry_run=dry_run, test=to is not None)
                ]
            finally:
                sink.close()
        except DeliverError as error:
            failures.append(tools.scrubbed(f"{delivery.name}: {error}"))
    if failures:
        kept = "" if dry_run or to else f"; issue {issue.number} is published, and who got it is recorded"
        raise DeliverError("\n".join(failures) + kept)


def _run(
    crawl: Crawl,
    delivery: Delivery,
    issue: Issue,
    sink: Sink,
    tell: Callable[[str], None],
    *,
    dry_run: bool,
    test: bool,
) -> list[str]:
    """One sink's turn; what was refused for single recipients."""
    wanted = sink.recipients()
    had = set() if test else crawl.store.sent(issue.profile, issue.number, delivery.name)
    left = [recipient for recipient in wanted if recipient not in had]
    if dry_run:
        for recipient in left:
            tell(f"{delivery.name}: would {sink.plan(recipient)}")
        if not left:
            tell(f"{delivery.name}: would send nothing, all of it was sent before")
        return []
    refused: list[str] = []
    row = done = 0
    for recipient in left:
        try:
            sink.send(recipient)
        except Rejected as error:
            refused.append(str(error))
            row += 1
            if row == _ROW_OF_REFUSALS:
                refused.append(f"{row} refusals in a row, so that the others were not tried")
                break
            continue
        row = 0
        done += 1
        if not test:
            crawl.store.record_sent(issue.profile, issue.number, delivery.name, recipient, crawl.now())
    before = len(wanted) - len(left)
    tell(f"{delivery.name}: sent to {done} of {len(wanted)}" + (f", {before} had it before" if before else ""))
    return refused


def _chosen(deliveries: tuple[Delivery, ...], to: str | None) -> tuple[Delivery, ...]:
    if not deliveries:
        raise UserError("sources.yaml has no section `deliver`; docs/delivery.md shows what to write")
    if to is None:
        return deliveries
    mail = [(one, one.settings) for one in deliveries if isinstance(one.settings, SmtpSettings)]
    if not mail:
        raise UserError("--to needs an smtp sink in the section `deliver` of sources.yaml, and there is none")
    return tuple(replace(one, settings=replace(settings, to=(to,), file=None)) for one, settings in mail)


def _parcel(crawl: Crawl, issue: Issue, out: Path) -> Parcel:
    def made(name: str) -> bytes:
        content = rendered(crawl, issue, name)
        return content.encode("utf-8") if isinstance(content, str) else content

    address = options_of(crawl.settings.issue, crawl.settings.timezone).issue_address(issue)
    return Parcel(issue, heading(issue), address, out, made)
