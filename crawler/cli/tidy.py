"""`crawl tidy`."""

from __future__ import annotations

from datetime import timedelta

import click

from crawler.app import App, now
from crawler.cli.common import common_options, tell

PORTION = 500


@click.command()
@click.option("--texts-older-than", "days", type=click.IntRange(30, 36_500), required=True, metavar="DAYS",
              help="Dated and first seen so many days ago, at least 30.")  # fmt: skip
@common_options
def tidy(app: App, days: int) -> int:
    """Drop the texts of old articles that stand in no published issue.

    Titles, dates, labels, summaries and copies stay, and so does everything that was
    published; a search finds such articles by title and summary. Text is what makes
    a store large: run it now and then where millions of articles are kept.

    \b
    Examples:
      crawl tidy --texts-older-than 730
      0 3 1 * *  cd ~/roundup && crawl tidy --texts-older-than 365 -q   (a line of crontab)
    """
    before = now() - timedelta(days=days)
    count, after = app.store.forget_texts(before, PORTION)
    while after is not None:
        more, after = app.store.forget_texts(before, PORTION, after)
        count += more
    tell(f"{count} text{'' if count == 1 else 's'} of articles from before {before:%Y-%m-%d} dropped")
    return 0
