"""`crawl serve`: the same jobs, by the clock."""

from __future__ import annotations

import click

from crawler.app import App
from crawler.cli.common import HOSTS_HELP, common_options


@click.command()
@click.option("--health", metavar="HOST:PORT", help="Answer /healthz and /metrics there, such as 127.0.0.1:9100.")
@click.option("--allow-private-hosts", metavar="LIST", default="", help=HOSTS_HELP)
@common_options
def serve(app: App, health: str | None, allow_private_hosts: str) -> int:
    """Keep running: fetch each source when it is due, and compose the weekly issue.

    The issue is composed by `schedule.digest`, a cron expression in the configured
    time zone. A run of another process on the same store is waited out.

    \b
    Examples:
      crawl serve
      crawl serve --health 127.0.0.1:9100
    """
    from crawler.serving import serve_forever

    app.allow_private_hosts = tuple(host.strip() for host in allow_private_hosts.split(",") if host.strip())
    return serve_forever(app, health)
