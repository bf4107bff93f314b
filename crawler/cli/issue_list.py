"""`crawl issues`: what was composed and published."""

from __future__ import annotations

import click

from crawler.app import App
from crawler.cli.common import common_options, profile_option, tell
from crawler.settings import LAST_NUMBER


@click.group()
def issues() -> None:
    """Composed and published issues: list them, show one, compare its draft with what was composed."""


@issues.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@profile_option
@common_options
def list_command(app: App, as_json: bool, profile: str | None) -> int:
    """List the issues with number, window, state, count of items and draft file.

    \b
    Examples:
      crawl issues list
      crawl issues list --profile ml
      crawl issues list --json | jq -r 'select(.state == "draft") | .path'
    """
    from crawler.issuelist import as_json as line_of
    from crawler.issuelist import list_issues
    from crawler.jsonshape import dumps

    found = [row for one in app.each_profile(profile) for row in list_issues(app.store, one.name, app.drafts)]
    several = len(app.config.profiles) > 1 and profile is None
    for issue in found:
        if as_json:
            click.echo(dumps(line_of(issue)))
        else:
            count = f"{'?' if issue.items is None else issue.items:>3} item{' ' if issue.items == 1 else 's'}"
            whose = f"{issue.profile:<12}  " if several else ""
            where = issue.path or "(no draft file)"
            click.echo(f"{whose}{issue.number:>4}  {issue.window}  {issue.state:<9}  {count}  {where}")
    if not found:
        tell("no issue was composed yet; `crawl digest` does")
    return 0


@issues.command("show")
@click.argument("number", type=click.IntRange(0, LAST_NUMBER))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with the text in it.")
@profile_option
@common_options
def show_command(app: App, number: int, as_json: bool, profile: str | None) -> int:
    """Print an issue: as it was published, else the draft file as it stands.

    \b
    Examples:
      crawl issues show 84
      crawl issues show 84 --profile ml
      crawl issues show 84 --json | jq -r .text
    """
    from crawler.issuelist import as_json as line_of
    from crawler.issuelist import show_issue
    from crawler.jsonshape import dumps

    issue, text = show_issue(app.store, app.use_profile(profile).name, app.drafts, number)
    if as_json:
        click.echo(dumps({**line_of(issue), "text": text}))
    else:
        click.echo(text, nl=False)
    return 0


@issues.command("diff")
@click.argument("number", type=click.IntRange(0, LAST_NUMBER))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with the diff in it.")
@profile_option
@common_options
def diff_command(app: App, number: int, as_json: bool, profile: str | None) -> int:
    """Show what the editor changed: what was composed against what became of it, as a unified diff.

    What became of it is the draft file, or the published text where there is no file.

    \b
    Examples:
      crawl issues diff 84
      crawl issues diff 84 | less
    """
    from crawler.issuelist import diff_issue
    from crawler.jsonshape import dumps

    diff = diff_issue(app.store, app.use_profile(profile).name, app.drafts, number)
    if as_json:
        click.echo(dumps({"number": number, "changed": bool(diff), "diff": diff}))
    else:
        click.echo(diff, nl=False)
    if not diff:
        tell(f"#{number}: the editor changed nothing")
    return 0
