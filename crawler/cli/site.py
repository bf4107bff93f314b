"""`crawl site`."""

from __future__ import annotations

from pathlib import Path

import click

from crawler.app import App
from crawler.cli.common import common_options, profile_option, tell
from crawler.settings import DEFAULT_PROFILE


@click.command("site")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Where it goes. Default: site beside the configuration.",
)
@click.option("--base-url", metavar="URL", help="Where it will stand on the web. Default: issue.base_url.")
@click.option("--all", "anew", is_flag=True, help="Write every file again, changed or not.")
@profile_option
@common_options
def site(app: App, out: Path | None, base_url: str | None, anew: bool, profile: str | None) -> int:
    """Build the archive of published issues and articles as static pages.

    The pages need neither a server nor JavaScript and work in any folder of a web
    site. Only files that changed are written; files of an earlier run that are gone
    are removed; files of others are never touched. The sitemap and the addresses in
    feeds need to know where the site will stand. Notes on topics come from the files
    notes/*.md; words can be searched for where Pagefind is installed. Where
    sources.yaml has several profiles, each has a site of its own, in a folder of its
    name.

    \b
    Examples:
      crawl site
      crawl site --profile ml
      crawl site --out public --base-url https://example.org/weekend/
    """
    from crawler.errors import UserError
    from crawler.urls import is_web_url

    if base_url is not None and not is_web_url(base_url):
        raise UserError(f"--base-url {base_url}: give an address that begins with https://")
    several = profile is None and len(app.config.profiles) > 1
    for one in app.each_profile(profile):
        own = one.name if several or one.name != DEFAULT_PROFILE else ""
        folder = out / (own if several else "") if out else app.folder("site") / own
        place = f"{base_url.rstrip('/')}/{own}/" if base_url and several else base_url
        _build(app, one.name, folder, base_url=place, anew=anew)
    return 0


def _build(app: App, profile: str, folder: Path, *, base_url: str | None, anew: bool) -> None:
    from crawler.label.taxonomy.loading import taxonomy_at
    from crawler.publishing_site import Wanted, publish_site

    wanted = Wanted(profile, base_url, app.folder(app.settings.site.notes))
    done = publish_site(app.store, app.settings, app.sources, taxonomy_at(app.taxonomy_path), folder, wanted, anew=anew)
    tell(f"{done.files} files, {done.written} written, {done.removed} removed")
    if app.settings.site.search and wanted.pagefind is None:
        tell("no search: install Pagefind for it, with `pip install 'weekly-roundup[site]'`, or set site.search: false")
    if not (base_url or app.settings.issue.base_url):
        tell("no sitemap, and no addresses in feeds: tell with --base-url where the site will stand")
    click.echo(str(folder / "index.html"))
