"""`crawl sources`: subscriptions."""

from __future__ import annotations

import click

from crawler.app import App
from crawler.cli.common import common_options, private_hosts_option, tell
from crawler.cli.subscribing import COMMANDS


@click.group()
def sources() -> None:
    """Subscriptions: find, list, check, import and export them."""


@sources.command("list")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only sources with this tag; may be given again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@common_options
def list_command(app: App, tags: tuple[str, ...], as_json: bool) -> int:
    """List the sources with their state. Validates the whole configuration first.

    \b
    Examples:
      crawl sources list
      crawl sources list --json | jq -r 'select(.state == "failing") | .url'
    """
    from crawler.jsonshape import dumps, source_json
    from crawler.sources.config import select

    chosen = select(app.config.sources, (), tags)
    feeds = app.store.feeds()
    if as_json:
        for source in chosen:
            click.echo(dumps(source_json(source, feeds.get(source.slug))))
        return 0
    width = max((len(source.slug) for source in chosen), default=0)
    for source in chosen:
        feed = feeds.get(source.slug)
        state = feed.state if feed else "new"
        note = f"  {feed.last_error}" if feed and feed.last_error else ""
        mark = "" if source.confirmed else "  (unconfirmed)"
        click.echo(f"{source.slug:<{width}}  {state:<7}  {source.kind:<7}  {source.url}{mark}{note}")
    return 0


@sources.command("check")
@click.option("--source", "slugs", multiple=True, metavar="SLUG", help="Only this source; may be given again.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only sources with this tag; may be given again.")
@click.option("--unconfirmed", is_flag=True, help="Only those marked `confirmed: false`.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@private_hosts_option
@common_options
def check_command(
    app: App,
    slugs: tuple[str, ...],
    tags: tuple[str, ...],
    unconfirmed: bool,
    as_json: bool,
    allow_private_hosts: tuple[str, ...],
) -> int:
    """Ask each source once and tell whether it can be read. Stores nothing; exit 6 where one cannot.

    \b
    Examples:
      crawl sources check --unconfirmed
      crawl sources check --json | jq -r 'select(.ok | not) | .source'
    """
    import json

    from crawler.app import now
    from crawler.checking import as_json as line_of
    from crawler.checking import check_sources
    from crawler.sources.config import select

    app.allow_private_hosts = allow_private_hosts
    chosen = [s for s in select(app.config.sources, slugs, tags) if not (unconfirmed and s.confirmed)]
    width = max((len(source.slug) for source in chosen), default=0)
    problems = 0
    for check in check_sources(chosen, app.fetcher, app.settings.fetch, app.user_agent, now):
        problems += check.problem is not None
        if as_json:
            click.echo(json.dumps(line_of(check), ensure_ascii=False))
            continue
        newest = f", newest {check.newest_at.date()}" if check.newest_at else ""
        told = check.problem or f"{check.entries} entries{newest}"
        moved = f"  (moved for good to {check.moved_to})" if check.moved_to else ""
        click.echo(f"{check.source.slug:<{width}}  {'FAILED' if check.problem else 'ok':<6}  {told}{moved}")
    tell(f"{len(chosen)} sources checked, {problems} with problems")
    return 6 if problems else 0


for command in COMMANDS:
    sources.add_command(command)


@sources.command("export")
@common_options
def export_command(app: App) -> int:
    """Print the subscriptions as OPML, for any feed reader.

    \b
    Example:
      crawl sources export > subscriptions.opml
    """
    from crawler.sources.opml import to_opml

    click.echo(to_opml(app.config.sources), nl=False)
    return 0


@sources.command("release")
@click.argument("slug")
@common_options
def release_command(app: App, slug: str) -> int:
    """Let a source's held articles go into issues (it flooded or re-dated its archive).

    \b
    Example:
      crawl sources release some-blog
    """
    from crawler.pipeline import release
    from crawler.sources.config import select

    select(app.config.sources, (slug,), ())
    count = release(app.store, slug)
    tell(f"{slug}: {count} article{'' if count == 1 else 's'} released")
    return 0
