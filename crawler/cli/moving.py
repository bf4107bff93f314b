"""`crawl export` and `crawl import`: articles out of a store and into one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import click

from crawler.app import App, now
from crawler.cli.common import common_options, profile_option, tell
from crawler.errors import UserError


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
        out = stack.enter_context(_writing(file)) if file and str(file) != "-" else sys.stdout
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
        text = sys.stdin.read() if name == "stdin" else file.read_text(encoding="utf-8-sig")
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


@contextmanager
def _writing(file: Path) -> Iterator[TextIO]:
    """A file that stands when all of it is written, the one before until then; a device or pipe is written to."""
    whole = file.is_file() or not file.exists()
    fresh = file.with_name(f"{file.name}.new") if whole else file
    try:
        out = fresh.open("w", encoding="utf-8")
    except OSError as error:
        raise UserError(f"{file}: cannot be written: {error.strerror or error}") from error
    try:
        with out:
            yield out
        if whole:
            fresh.replace(file)
    except BaseException:
        if whole:
            fresh.unlink(missing_ok=True)
        raise
