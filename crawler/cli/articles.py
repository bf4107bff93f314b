"""`crawl articles`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from crawler.app import App
from crawler.cli.common import common_options, is_verbose, profile_option, tell
from crawler.cli.windows import window_of
from crawler.errors import UserError

if TYPE_CHECKING:
    from crawler.compose.rank import Ranked
    from crawler.model import Article
    from crawler.ports import ArticleQuery


@click.command()
@click.option("--since", metavar="DATE", help="Published on this day or later.")
@click.option("--until", metavar="DATE", help="Published before this day.")
@click.option("--source", "slugs", multiple=True, metavar="SLUG", help="Only of this source; may be given again.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only with this tag; may be given again.")
@click.option(
    "--kind", "kinds", multiple=True, metavar="KIND", help="Only of this kind or narrower kind; may be given again."
)
@click.option("--query", metavar="WORDS", help="All of these words, or their beginnings, in title, summary or text.")
@click.option("--rank", is_flag=True, help="The window's candidates with their scores, before composing.")
@click.option("--week", metavar="YYYY-Www", help="With --rank: the window. Default: the last full week.")
@click.option("--from", "from_", metavar="DATE", help="With --rank: first day of the window.")
@click.option("--to", metavar="DATE", help="With --rank: day after the last one.")
@click.option("--duplicates", is_flag=True, help="Copies, too.")
@click.option("--limit", type=click.IntRange(1, 10**9), metavar="N", help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@profile_option
@common_options
def articles(
    app: App,
    since: str | None,
    until: str | None,
    slugs: tuple[str, ...],
    tags: tuple[str, ...],
    kinds: tuple[str, ...],
    query: str | None,
    rank: bool,
    week: str | None,
    from_: str | None,
    to: str | None,
    duplicates: bool,
    limit: int | None,
    as_json: bool,
    profile: str | None,
) -> int:
    """Search and list articles, newest first.

    With `--rank` the stories of a window with their scores and the addends that count most, those of the issue first,
    each other one with the rule that keeps it out; with `-v` also what never came to be ranked.

    \b
    Examples:
      crawl articles --since 2026-11-01 --tag databases
      crawl articles --kind roundup --kind release
      crawl articles --query "service mesh" --json | jq -r .url
      crawl articles --rank --week 2026-W47
      crawl articles --rank --profile ml
    """
    from crawler.ports import ArticleQuery

    if rank or profile or len(app.config.profiles) == 1:
        app.use_profile(profile)
    if rank:
        return _ranked(app, week, from_, to, limit, as_json=as_json)
    if week or from_ or to:
        raise UserError("--week, --from and --to name the window of --rank; give --since and --until otherwise")
    _check_kinds(app, kinds)
    wanted = ArticleQuery(
        since=_day(since, "--since"),
        until=_day(until, "--until"),
        sources=slugs,
        tags=tags,
        kinds=kinds,
        text=query,
        duplicates=duplicates,
        limit=limit,
    )
    _print(_scored(app, wanted), as_json=as_json)
    return 0


def _print(found: Iterable[Article], *, as_json: bool) -> None:
    from crawler.jsonshape import article_json, dumps

    for article in found:
        click.echo(dumps(article_json(article)) if as_json else _line(article))


def _ranked(app: App, week: str | None, from_: str | None, to: str | None, limit: int | None, *, as_json: bool) -> int:
    from crawler.composing import compose
    from crawler.explaining import ranked_json
    from crawler.jsonshape import article_json, dumps

    composition = compose(app.crawl(), window_of(app, week, from_, to))
    for ranked in composition.ranked[:limit]:
        article = replace(ranked.article, score=ranked.score)
        if as_json:
            click.echo(dumps(article_json(article) | ranked_json(ranked)))
        else:
            place = f"{ranked.place:>2}" if ranked.place else " -"
            click.echo(f"{place}  {ranked.score:.2f}  {_line(article)}{_note(ranked)}")
    if is_verbose() and not as_json:
        for excluded in composition.excluded[:limit]:
            click.echo(f" x        {_line(excluded.article)}  ({excluded.reason.rule}: {excluded.reason.evidence})")
    if not as_json:
        tell(f"{len(composition.excluded)} candidates left out; `crawl why URL` tells why, and -v lists them here")
    return 0


def _note(ranked: Ranked) -> str:
    """The addends that count most, and why it was left out."""
    most = sorted(ranked.parts.items(), key=lambda part: (-abs(part[1]), part[0]))[:3]
    told = ", ".join(f"{rule} {score:+.2f}" for rule, score in most)
    left = ranked.left_out
    return f"  ({told})" + (f"  ({left.rule}: {left.evidence or left.value})" if left else "")


def _scored(app: App, query: ArticleQuery) -> Iterator[Article]:
    from crawler.compose.rank import base_score
    from crawler.composing import issue_numbers

    numbers = issue_numbers(app.store, app.crawl().profile)
    for article in app.store.articles(query):
        source = app.sources.get(article.source)
        yield replace(
            article, issue=numbers.get(article.id), score=base_score(article, source.weight if source else 1.0)[0]
        )


def _check_kinds(app: App, kinds: tuple[str, ...]) -> None:
    if not kinds:
        return
    from crawler.label.taxonomy.loading import taxonomy_at

    known = taxonomy_at(app.taxonomy_path).kinds
    for kind in kinds:
        if kind not in known:
            raise UserError(f"--kind {kind}: there is no such kind; there are {', '.join(known)}")


def _line(article: Article) -> str:
    when = article.published_at.date().isoformat() if article.published_at else "undated   "
    who = article.company or article.source
    tags = " ".join("#" + tag for tag in article.tags[:3])
    return "  ".join(part for part in (when, who, article.title or article.url, tags, article.url) if part)


def _day(value: str | None, option: str) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise UserError(f"{option} {value}: not a date; write it as 2026-11-21") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
