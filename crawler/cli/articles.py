"""`crawl articles`, `crawl why`, `crawl export`, `crawl import`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from crawler.app import App, now
from crawler.cli.common import common_options, is_verbose, profile_option, tell
from crawler.errors import UserError

if TYPE_CHECKING:
    from crawler.compose.rank import Ranked
    from crawler.explaining import Account, Standing
    from crawler.model import Article, Source
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
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most so many.")
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
    for article in _scored(app, wanted):
        if as_json:
            from crawler.jsonshape import article_json, dumps

            click.echo(dumps(article_json(article)))
        else:
            click.echo(_line(article))
    return 0


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
        from crawler.cli.issues import window_of

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


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@profile_option
@common_options
def export(app: App, file: Path | None, profile: str | None) -> int:
    """Write all articles, copies too, as JSON lines: backup, migration, analysis.

    `issues` tells in which issue of each newsletter an article stands, `issue` in which
    of the one that is named, else of the only one.

    \b
    Examples:
      crawl export backup.jsonl
      crawl export --profile ml ml.jsonl
      crawl export | gzip > backup.jsonl.gz
    """
    from crawler.jsonshape import dumps, export_json

    numbers = _numbers(app)
    chosen = app.use_profile(profile).name if profile is not None else next(iter(numbers), "")
    alone = profile is not None or len(numbers) == 1
    count = 0
    with ExitStack() as stack:
        out = _writable(file, stack) if file and str(file) != "-" else sys.stdout
        for article in app.store.all_articles():
            issues = {name: of[article.id] for name, of in numbers.items() if article.id in of}
            told = replace(article, issue=issues.get(chosen)) if alone else article
            out.write(dumps(export_json(told, issues)) + "\n")
            count += 1
    if file:
        tell(f"{count} articles written to {file}")
    return 0


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@common_options
def import_command(app: App, file: Path) -> int:
    """Read articles from JSON lines. Importing an export changes nothing.

    Fields that are there are kept; labels and copies that are absent are made.
    The whole file is checked before anything is stored. Issues are not part of
    it (a copy of the database has them): which articles of the file stood in
    issues that this store does not have is told, since they may be printed again.

    \b
    Examples:
      crawl import backup.jsonl
      zcat backup.jsonl.gz | crawl import -
    """
    from crawler.cli.progress import make_progress
    from crawler.importing import import_articles, read_lines, unknown_issues

    name = "stdin" if str(file) == "-" else str(file)
    try:
        text = sys.stdin.read() if name == "stdin" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{name}: cannot be read: {error}") from error
    lines = read_lines(text, name, now())
    with app.store.run_lock():
        changed = import_articles(app.crawl(make_progress(lines=False)), lines)
    tell(f"{len(lines)} articles read, {changed} new or changed")
    for newsletter, count in unknown_issues(lines, _numbers(app)).items():
        tell(
            f"{count} of them stood in issues of `{newsletter}` that this store does not have, and may be printed "
            "again; to keep issues, copy the database itself rather than export it"
        )
    return 0


def _numbers(app: App) -> dict[str, dict[str, int]]:
    """In which issue of each newsletter each article stands: numbers by article, by newsletter."""
    from crawler.composing import issue_numbers

    return {name: issue_numbers(app.store, name) for name in app.store.newsletters()}


def _ranked(app: App, week: str | None, from_: str | None, to: str | None, limit: int | None, *, as_json: bool) -> int:
    from crawler.cli.issues import window_of
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
    from crawler.label.taxonomy_loading import taxonomy_at

    known = taxonomy_at(app.taxonomy_path).kinds
    for kind in kinds:
        if kind not in known:
            raise UserError(f"--kind {kind}: there is no such kind; there are {', '.join(known)}")


def _line(article: Article) -> str:
    when = article.published_at.date().isoformat() if article.published_at else "undated   "
    who = article.company or article.source
    tags = " ".join("#" + tag for tag in article.tags[:3])
    return "  ".join(part for part in (when, who, article.title or article.url, tags, article.url) if part)


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


def _because(reason: Any) -> str:
    evidence = f" “{reason.evidence}”" if reason.evidence else ""
    where = f" in the {reason.where}" if reason.where else ""
    return f"{reason.rule}{evidence}{where}"


def _day(value: str | None, option: str) -> datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise UserError(f"{option} {value}: not a date; write it as 2026-11-21") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _writable(file: Path, stack: ExitStack) -> TextIO:
    try:
        return stack.enter_context(file.open("w", encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{file}: cannot be written: {error.strerror or error}") from error
