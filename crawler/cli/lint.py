"""`crawl lint`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.app import App, now
from crawler.cli.common import common_options, private_hosts_option, profile_option, tell

if TYPE_CHECKING:
    from crawler.lint.sheet import Answer
    from crawler.linting import Linted


@click.command()
@click.argument("draft", required=False, type=click.Path(path_type=Path))
@click.option("--offline", is_flag=True, help="Do not ask links whether they answer.")
@click.option("--fix", is_flag=True, help="Apply the safe fixes to the file, and tell which.")
@click.option("--json", "as_json_", is_flag=True, help="Print one JSON object a finding, one a line.")
@private_hosts_option
@profile_option
@common_options
def lint(
    app: App,
    draft: Path | None,
    offline: bool,
    fix: bool,
    as_json_: bool,
    allow_private_hosts: tuple[str, ...],
    profile: str | None,
) -> int:
    """Check a draft: links, repeats, Markdown, titles, summaries, images.

    DRAFT defaults to the newest one in the folder `issue.drafts`. Every finding tells
    the line and what to do; exit 6 when there are any. `--fix` takes tracking
    parameters out, writes addresses that moved for good, the title as alt text where
    there is none, and tidies white space.

    \b
    Examples:
      crawl lint
      crawl lint issues/084.md --fix
      crawl lint --offline --json | jq -r .rule | sort | uniq -c
    """
    from crawler.files import newest_draft
    from crawler.linting import lint_draft
    from crawler.publishing import profile_of

    app.allow_private_hosts = allow_private_hosts
    app.use_profile(profile or (profile_of(draft) if draft else None))
    path = draft or newest_draft(app.drafts)
    ask = None if offline else partial(_answers, app)
    linted = lint_draft(path, store=app.store, settings=app.settings.issue, ask=ask, fix=fix)
    _show(path, linted, as_lines_of_json=as_json_)
    count = len(linted.findings)
    done = f", {len(linted.fixed)} fixed" if fix else ""
    tell(f"{path}: {count} finding{'' if count == 1 else 's'}{done}")
    return 6 if count else 0


def _answers(app: App, urls: Sequence[str]) -> Mapping[str, Answer]:
    from crawler.linting import ask_links

    tell(f"asking {len(urls)} links")
    return ask_links(
        urls,
        fetcher=app.fetcher,
        settings=app.settings.fetch,
        user_agent=app.user_agent,
        store=app.store,
        now=now,
        sharing=app.sharing,
    )


def _show(path: Path, linted: Linted, *, as_lines_of_json: bool) -> None:
    from crawler.jsonshape import dumps
    from crawler.linting import as_json, as_line

    for finding in linted.fixed:
        if as_lines_of_json:
            click.echo(dumps(as_json(path, finding, fixed=True)))
        tell(f"{path}:{finding.line}: fixed: {finding.message}")
    for finding in linted.findings:
        click.echo(dumps(as_json(path, finding)) if as_lines_of_json else as_line(path, finding))
    if linted.refused:
        tell(f"{len(linted.refused)} links are closed to programs; open them by hand:")
        for url in linted.refused:
            tell(f"  {url}")
