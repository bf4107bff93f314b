"""`crawl why`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crawler.app import App
from crawler.cli.common import common_options, profile_option
from crawler.cli.windows import window_of
from crawler.errors import UserError

if TYPE_CHECKING:
    from crawler.explaining import Account, Standing
    from crawler.model import Article, Reason, Source


@click.command()
@click.argument("url", metavar="URL-or-ID")
@click.option("--week", metavar="YYYY-Www", help="The window of the issue. Default: the article's own week.")
@click.option("--from", "from_", metavar="DATE", help="First day of the window (with --to).")
@click.option("--to", metavar="DATE", help="Day after the last one of the window (with --from).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@profile_option
@common_options
def why(
    app: App, url: str, week: str | None, from_: str | None, to: str | None, as_json: bool, profile: str | None
) -> int:
    """Explain an article: identity, labels, score, and in or out of the issue.

    Where sources.yaml has several profiles, each tells whether the article is in its issue.

    \b
    Examples:
      crawl why https://netflixtechblog.com/some-post
      crawl why 0f3a9c41d2b87e65 --json
      crawl why 0f3a9c41d2b87e65 --week 2026-W47 --profile ml
    """
    window = None
    if week or from_ or to:
        window = window_of(app, week, from_, to)
    crawls = [app.crawl() for _ in app.each_profile(profile)]
    article = app.store.article(url)
    if article is None:
        raise UserError(f"{url}: no article is known under this address or id; see `crawl articles --query …`")
    soon = article.labelled and not as_json  # the rest composes a week, which takes its time
    if soon:
        _print_identity(article, app.sources.get(article.source))

    from crawler.explaining import account_json, account_of

    account = account_of(crawls, article, window, llm=app.config.llm)
    if as_json:
        from crawler.jsonshape import dumps

        click.echo(dumps(account_json(account)))
        return 0
    if not soon:
        _print_identity(account.article, app.sources.get(account.article.source))
    _print_account(account)
    return 0


def _print_identity(article: Article, source: Source | None) -> None:
    click.echo(article.title or article.url)
    click.echo(f"  id          {article.id}")
    click.echo(f"  address     {article.url}")
    if article.canonical_url != article.url:
        click.echo(f"  canonical   {article.canonical_url}")
    click.echo(f"  source      {article.source}" + (f" ({source.name})" if source else " (not in sources.yaml)"))
    published = article.published_at.isoformat() if article.published_at else "no date"
    click.echo(f"  published   {published}; first seen {article.first_seen_at.isoformat()}")


def _print_account(account: Account) -> None:
    article = account.article
    language = article.language or "language unknown"
    click.echo(f"  page        {article.page}; {article.words} words, {article.minutes} min, {language}")
    if account.page_error:
        again = f"; asked again from {account.page_next_at:%Y-%m-%d %H:%M} UTC" if account.page_next_at else ""
        click.echo(f"              {account.page_error}{again}")
    if article.duplicate_of:
        click.echo(f"  copy of     {account.leader_url or article.duplicate_of}")
    for url in article.also_at:
        click.echo(f"  also at     {url}")
    for reason in account.labels:
        click.echo(f"  {reason.label:<10}  {reason.value or 'none'}: {_because(reason)}")
    if article.tags and article.signals.topics is not None:
        click.echo(f"  printed     {_printed(article)}")
    if article.summary:
        click.echo(f"  summary     {article.summary}")
    for reason in account.wording:
        click.echo(f"  wording     {reason.value}: {_because(reason)}")
    for standing in account.standings:
        _print_standing(standing, named=len(account.standings) > 1)


def _printed(article: Article) -> str:
    """The topics that an issue names beside the article."""
    clear = article.tags[: article.signals.topics]
    return f"{', '.join(clear)}: what the article is clearly about" if clear else "no topic: it is clearly about none"


def _print_standing(standing: Standing, *, named: bool) -> None:
    if named:
        click.echo(f"  profile     {standing.profile}")
    click.echo(f"  score       {standing.score:.2f}")
    for reason in standing.addends:
        click.echo(f"    {reason.score:+.2f}  {_because(reason)}")
    click.echo(f"  issue       {standing.verdict}")


def _because(reason: Reason) -> str:
    evidence = f" “{reason.evidence}”" if reason.evidence else ""
    where = f" in the {reason.where}" if reason.where else ""
    return f"{reason.rule}{evidence}{where}"
