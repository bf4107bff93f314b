"""`crawl serve`: the same jobs, by the clock."""

from __future__ import annotations

import click

from crawler.app import App
from crawler.cli.common import common_options, llm_option, private_hosts_option


@click.command()
@click.option("--health", metavar="HOST:PORT", help="Answer /healthz and /metrics there, such as 127.0.0.1:9100.")
@click.option("--enqueue", is_flag=True, help="Leave the crawl to workers: put what is due into their queue.")
@private_hosts_option
@llm_option
@common_options
def serve(app: App, health: str | None, enqueue: bool, allow_private_hosts: tuple[str, ...], no_llm: bool) -> int:
    """Keep running: fetch each source when it is due, and compose the weekly issue.

    The issue is composed by `schedule.digest`, a cron expression in the configured
    time zone. A run of another process on the same SQLite store is waited out; on
    PostgreSQL several share the work, and with --enqueue `crawl worker` does it.

    \b
    Examples:
      crawl serve
      crawl serve --health 127.0.0.1:9100
      crawl serve --enqueue
    """
    from crawler.serving import serve_forever

    app.no_llm = no_llm
    app.allow_private_hosts = allow_private_hosts
    if not enqueue:
        return serve_forever(app, health)
    from crawler.cli.cluster import open_queue

    queue = open_queue(app)
    try:
        return serve_forever(app, health, queue)
    finally:
        queue.close()
