"""`crawl sources add|remove|import|fix`, which write sources.yaml, and `health`, which tells where that is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from crawler.app import App
from crawler.cli.common import common_options, private_hosts_option, tell

if TYPE_CHECKING:
    from crawler.discovering import Discovery, Found
    from crawler.model import Source, SourceKind

SAMPLES = 3


@click.command("add")
@click.argument("url")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--slug", metavar="SLUG", help="The source's short name; without it one is made from its title.")
@click.option("--name", metavar="NAME", help="What readers see; without it the title that the blog gives itself.")
@click.option("--company", metavar="NAME", help="The company whose blog it is.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag of the source; may be given again.")
@click.option("--kind", type=click.Choice(["feed", "sitemap", "listing"]), help="Look for this kind alone.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object: what was found, and the source.")
@private_hosts_option
@common_options
def add_command(
    app: App,
    url: str,
    dry_run: bool,
    slug: str | None,
    name: str | None,
    company: str | None,
    tags: tuple[str, ...],
    kind: SourceKind | None,
    as_json: bool,
    allow_private_hosts: tuple[str, ...],
) -> int:
    """Subscribe to a blog: give any address of it, and the best feed, sitemap or listing is found and written.

    \b
    Examples:
      crawl sources add https://blog.example.org
      crawl sources add https://blog.example.org --tag databases --company Example --dry-run
    """
    from crawler.app import now
    from crawler.discovering import discover
    from crawler.sources.edit import SourcesFile
    from crawler.subscribing import address_of, check_wishes, source_of, standing, usable_or_error

    address = address_of(url)
    file = SourcesFile.open(app.config_path)
    check_wishes(file.config, slug, tags)
    app.allow_private_hosts = allow_private_hosts
    known = standing(file.config, address)
    if known is not None:
        return _told_known(known, None, as_json=as_json)
    discovery = discover(address, app.fetcher, app.settings.fetch, app.user_agent, now, kind)
    best = usable_or_error(discovery)
    known = standing(file.config, best.url, best.include)
    if known is not None:
        return _told_known(known, discovery, as_json=as_json)
    source = source_of(best, discovery, file.config, slug=slug, name=name, company=company, tags=tags)
    file.add([source])
    if not dry_run:
        file.save()
    _show(discovery, source, written=not dry_run, as_json=as_json, app=app)
    return 0


@click.command("remove")
@click.argument("slugs", nargs=-1, required=True, metavar="SLUG...")
@click.option("--dry-run", is_flag=True, help="Show what would be taken out, and write nothing.")
@common_options
def remove_command(app: App, slugs: tuple[str, ...], dry_run: bool) -> int:
    """End subscriptions: their lines leave sources.yaml, comments and articles stay.

    \b
    Example:
      crawl sources remove some-blog
    """
    from crawler.sources.config import select
    from crawler.sources.edit import SourcesFile

    file = SourcesFile.open(app.config_path)
    chosen = select(file.config.sources, slugs)
    for source in chosen:
        file.remove(source.slug)
    if not dry_run:
        file.save()
    for source in chosen:
        tell(f"{'would remove' if dry_run else 'removed'} {source.slug} ({source.url}); its articles stay in the store")
    return 0


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE.opml")
@click.option("--dry-run", is_flag=True, help="Show what would be written, and write nothing.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag for all of them; may be given again.")
@common_options
def import_command(app: App, file: Path, dry_run: bool, tags: tuple[str, ...]) -> int:
    """Add the subscriptions of an OPML file, as every feed reader exports it. Folders become tags.

    What stands in sources.yaml already is left as it is. Outlines that cannot be used are told with their line,
    and the command then ends with exit code 6.

    \b
    Example:
      crawl sources import subscriptions.opml
    """
    from crawler.sources.edit import SourcesFile, flow_line
    from crawler.sources.opml import from_opml
    from crawler.subscribing import check_wishes, new_sources

    target = SourcesFile.open(app.config_path)
    check_wishes(target.config, None, tags)
    listed = from_opml(file.read_bytes(), str(file))
    new = new_sources(listed.sources, target.config, tags)
    target.add(new)
    if not dry_run and new:
        target.save()
    for source in new:
        click.echo(flow_line(source, target.config.defaults))
    for problem in listed.problems:
        click.echo(problem, err=True)
    there = len(listed.sources) - len(new)
    tell(
        f"{len(new)} {'would be added' if dry_run else 'added'}, {there} already there, {listed.merged} duplicates"
        f" merged, {len(listed.problems)} problems"
    )
    return 6 if listed.problems else 0


@click.command("fix")
@click.option("--dry-run", is_flag=True, help="Show the changes, and write nothing.")
@common_options
def fix_command(app: App, dry_run: bool) -> int:
    """Write the new addresses of sources that moved for good into sources.yaml.

    \b
    Example:
      crawl sources fix --dry-run
    """
    from crawler.sources.edit import SourcesFile
    from crawler.subscribing import moves, settled

    file = SourcesFile.open(app.config_path)
    found, clashes = moves(file.config, app.store.feeds())
    for move in found:
        file.set_url(move.slug, move.new)
        click.echo(f"{move.slug}: {move.old} -> {move.new}")
    for clash in clashes:
        click.echo(f"{clash.slug}: moved to {clash.new}, where `{clash.taken_by}` is already: remove one of the two")
    if found and not dry_run:
        file.save()
        app.store.save_feeds(settled(found, app.store.feeds()))
    tell(f"{len(found)} {'would change' if dry_run else 'changed'}, {len(clashes)} to be removed by hand")
    return 0


@click.command("health")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only sources with this tag; may be given again.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@common_options
def health_command(app: App, tags: tuple[str, ...], as_json: bool) -> int:
    """Tell which sources need somebody, and what to do: silent, failing, blocked, moved, gone, flooding or broken.

    Each is judged by its own rhythm; articles, and those chosen for issues, are counted over three months.

    \b
    Examples:
      crawl sources health
      crawl sources health --json | jq -r 'select(.condition == "broken") | .source'
    """
    from crawler import health
    from crawler.app import now
    from crawler.sources.config import select

    at = now()
    chosen = select(app.config.sources, (), tags)
    store = app.store
    judged = health.judge_sources(chosen, store.feeds(), store.source_figures(health.since(at)), store.hosts(), at)
    width = max((len(one.source.slug) for one in judged), default=0)
    for one in judged:
        if as_json:
            _echo_json(health.as_json(one))
            continue
        success = one.last_success_at.date().isoformat() if one.last_success_at else "never"
        rhythm = f"every {one.rhythm:.1f} d" if one.rhythm is not None else "-"
        silence = f"silent {one.silence:.0f} d" if one.silence is not None else "-"
        click.echo(
            f"{one.source.slug:<{width}}  {one.condition:<7}  success {success:<10}  {rhythm:<12}  {silence:<12}"
            f"  {one.articles} articles, {one.chosen} chosen{f'  {one.advice}' if one.advice else ''}"
        )
    needy = sum(one.condition in health.SERIOUS for one in judged)
    tell(f"{len(judged)} sources, {needy} need somebody")
    return 0


# ---------------------------------------------------------------- what people see


def _told_known(known: Source, discovery: Discovery | None, *, as_json: bool) -> int:
    if as_json:
        found = [_found_json(one) for one in discovery.found] if discovery else []
        _echo_json({"added": False, "known_as": known.slug, "source": None, "found": found})
    else:
        tell(f"it stands in sources.yaml already, as `{known.slug}` ({known.url}); nothing was changed")
    return 0


def _show(discovery: Discovery, source: Source, *, written: bool, as_json: bool, app: App) -> None:
    from crawler.jsonshape import source_json
    from crawler.sources.edit import flow_line

    if as_json:
        found = [_found_json(one) for one in discovery.found]
        _echo_json({"added": written, "known_as": None, "source": source_json(source, None), "found": found})
        return
    for place, found_one in enumerate(discovery.found):
        _show_found(found_one, best=place == 0)
    click.echo(flow_line(source, app.config.defaults))
    tell(f"{'added to' if written else 'would be added to'} {app.config_path}")


def _show_found(found: Found, *, best: bool) -> None:
    newest = f", newest {found.newest_at.date()}" if found.newest_at else ""
    texts = ", full texts" if found.kind == "feed" and found.full >= 0.5 else ""
    remarks = ", comments" if found.comments else ", one tag or author" if found.narrow else ""
    mark = "*" if best else " "
    click.echo(f"{mark} {found.kind} ({found.how}): {found.url}")
    click.echo(f"    {found.format}, {len(found.entries)} entries{newest}{texts}{remarks}")
    for entry in found.entries[:SAMPLES] if best else ():
        date = entry.published_at or entry.updated_at
        click.echo(f"    {date.date() if date else '          '}  {entry.title or entry.url}")


def _found_json(found: Found) -> dict[str, Any]:
    return {
        "url": found.url,
        "kind": found.kind,
        "format": found.format,
        "how": found.how,
        "title": found.title,
        "entries": len(found.entries),
        "newest_at": found.newest_at.isoformat() if found.newest_at else None,
        "full": round(found.full, 2),
        "sample": [{"title": entry.title, "url": entry.url} for entry in found.entries[:SAMPLES]],
    }


def _echo_json(value: Mapping[str, Any]) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False))


COMMANDS: Sequence[click.Command] = (add_command, remove_command, import_command, fix_command, health_command)
