"""`crawl weekly`: the cron job."""

from __future__ import annotations

import click

from crawler.app import App, now
from crawler.cli.common import common_options, llm_option, private_hosts_option, profile_option, tell
from crawler.cli.crawling import crawl_sources, raise_if_nothing_fetched, show_run
from crawler.cli.drafting import composition_of, reworded, why_nothing, write_and_tell
from crawler.cli.publish import deliver_issue
from crawler.cli.windows import window_of
from crawler.errors import CrawlError, DeliverError, UserError


@click.command()
@private_hosts_option
@click.option("--all", "everything", is_flag=True, help="Ask every source, due or not (Retry-After is respected).")
@llm_option
@profile_option
@common_options
def weekly(app: App, allow_private_hosts: tuple[str, ...], everything: bool, profile: str | None, no_llm: bool) -> int:
    """Fetch what is due, then compose the issue of the last full week: the cron job.

    The issue is composed from the store even where fetching failed; then the exit
    code is 5. With `schedule.publish: true` the draft is published, too,
    and with `schedule.send: true` delivered as `deliver` in sources.yaml says.
    Where sources.yaml has several profiles, each gets its issue.

    \b
    Examples:
      crawl weekly
      crawl weekly --profile ml
      0 7 * * SAT  cd ~/roundup && crawl weekly -q        (a line of crontab)
    """
    app.allow_private_hosts = allow_private_hosts
    list(app.each_profile(profile))  # what is wrong with a profile is told before anything is fetched
    app.no_llm = no_llm
    _ = app.wording  # and so is what a language model lacks
    report = crawl_sources(app, (), (), everything=everything, backfill=False)
    show_run(report, as_json=False)
    if report.interrupted:
        return 128 + report.interrupted
    compose_and_write(app, fetched=not report.nothing_fetched, profile=profile)
    raise_if_nothing_fetched(report)
    return 0


def compose_and_write(app: App, *, fetched: bool, profile: str | None = None) -> None:
    """Compose the last full week's issue of every profile, or of the named one; publish where the settings say so.

    What goes wrong with one newsletter keeps no other from its readers; it is raised at the end.
    """
    trouble: list[CrawlError] = []
    for one in app.each_profile(profile):
        try:
            _compose_one(app, fetched=fetched)
        except (UserError, DeliverError) as error:
            trouble.append(error)
            if len(app.config.profiles) > 1:
                tell(f"{one.name}: {error}")
    if trouble:
        raise trouble[0]


def _compose_one(app: App, *, fetched: bool) -> None:
    """Compose the last full week's issue into its draft; publish it where the settings say so.

    A week without articles gives a draft without items, for the editor to fill; but none where nothing was `fetched`.
    """
    composition = composition_of(app, window_of(app, None, None, None), None)
    if not fetched and not composition.issue.items and not composition.issue.runners_up:
        return
    if app.settings.schedule.publish and not composition.issue.items:
        tell(f"Nothing to publish: {why_nothing(composition)}")
        return  # a draft that nobody publishes would keep its number, and leave a gap
    rewording = reworded(app, composition)
    written = write_and_tell(app, rewording.composition if rewording else composition, rewording)
    if app.settings.schedule.publish:
        from crawler.publishing import publish

        folder = app.out
        with app.store.run_lock():  # two that send at once would send to each reader twice
            issue, _, files = publish(app.crawl(), written.path, app.settings.issue.formats, folder, now())
            for file in files:
                click.echo(str(file))
            if app.settings.schedule.send and app.deliveries:
                deliver_issue(app, issue, folder)
