"""`crawl digest`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.app import App
from crawler.cli.common import common_options, llm_option, profile_option
from crawler.cli.drafting import composition_of, reworded, write_and_tell
from crawler.cli.windows import window_of
from crawler.settings import LAST_NUMBER

if TYPE_CHECKING:
    from crawler.compose.issue import Composition
    from crawler.model import Issue
    from crawler.rewording import Rewording


@click.command()
@click.option("--week", metavar="YYYY-Www", help="An ISO week, such as 2026-W47. Default: the last full week.")
@click.option("--from", "from_", metavar="DATE", help="First day of the window (with --to).")
@click.option("--to", metavar="DATE", help="Day after the last one of the window (with --from).")
@click.option("--number", type=click.IntRange(0, LAST_NUMBER), help="The issue's number. Default: the next one.")
@click.option("--out", metavar="DIR", help="Write there instead of the drafts folder; `-` prints.")
@click.option(
    "--format",
    "format_",
    metavar="FORMAT",
    help="Render for readers instead of a draft: markdown, hugo, html, email, text, atom, rss, jsonfeed, epub, json;"
    " opml gives the sources.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the issue as one JSON object.")
@llm_option
@profile_option
@common_options
def digest(
    app: App,
    week: str | None,
    from_: str | None,
    to: str | None,
    number: int | None,
    out: str | None,
    format_: str | None,
    as_json: bool,
    profile: str | None,
    no_llm: bool,
) -> int:
    """Compose the draft of an issue from what the store holds.

    The draft is a Markdown file in the folder `issue.drafts`. Edit it as you like:
    composing again keeps every change of yours and only adds. With `--out -` or
    `--json` the issue is printed and the draft file is left alone. With a section
    `llm` in sources.yaml a language model words it, and what it says is checked
    against the articles.

    \b
    Examples:
      crawl digest
      crawl digest --week 2026-W47
      crawl digest --profile ml
      crawl digest --no-llm
      crawl digest --from 2026-11-01 --to 2026-12-01 --out - --format markdown
    """
    from crawler.composing import check_format

    app.use_profile(profile)
    app.no_llm = no_llm
    window = window_of(app, week, from_, to)
    if format_ is not None:
        check_format(format_)
    composition = composition_of(app, window, number, format_)
    rewording = reworded(app, composition)
    composition = rewording.composition if rewording else composition
    if as_json:
        click.echo(_json(composition.issue, rewording))
    if out == "-" and not as_json:
        _print(app, composition, format_)
    elif out not in (None, "-"):
        _write_to(app, composition, Path(str(out)), format_, as_json=as_json)
    elif not as_json:
        if format_:
            _write_to(app, composition, app.out, format_, as_json=False)
        else:
            write_and_tell(app, composition, rewording)
    return 0


def _json(issue: Issue, rewording: Rewording | None) -> str:
    from crawler.jsonshape import dumps
    from crawler.render.jsondoc import issue_object

    shape = issue_object(issue)
    return dumps(shape | {"llm": rewording.as_json()} if rewording else shape)


def _print(app: App, composition: Composition, format_: str | None) -> None:
    from crawler.composing import rendered
    from crawler.draft.write import write_draft

    issue = composition.issue
    made = rendered(app.crawl(), issue, format_) if format_ else write_draft(issue)
    if isinstance(made, bytes):
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
    else:
        sys.stdout.write(made)


def _write_to(app: App, composition: Composition, folder: Path, format_: str | None, *, as_json: bool) -> None:
    from crawler.composing import write_draft_file, write_rendered

    if format_:
        files = write_rendered(app.crawl(), composition.issue, [format_], folder)
    else:
        files = [write_draft_file(app.store, composition.issue, folder, remember=False).path]
    for file in files:
        click.echo(str(file), err=as_json)
