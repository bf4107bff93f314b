"""What `crawl digest` and `crawl weekly` share: an issue is composed, worded, and written as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from crawler.app import App
from crawler.cli.common import tell

if TYPE_CHECKING:
    from crawler.compose.issue import Composition
    from crawler.composing import WrittenDraft
    from crawler.model import Window
    from crawler.rewording import Rewording


def composition_of(app: App, window: Window, number: int | None, format_: str | None = None) -> Composition:
    """Compose a window's issue and show progress; `format_` is what it is to be rendered in beside the usual."""
    from crawler.cli.progress import make_progress
    from crawler.composing import compose

    return compose(app.crawl(make_progress(lines=False)), window, number, (format_,) if format_ else ())


def reworded(app: App, composition: Composition) -> Rewording | None:
    """The composition in the words of a language model, where sources.yaml names one; what became of it is told."""
    session = app.wording
    if session is None:
        return None
    from crawler.rewording import reword

    rewording = reword(app.crawl(), composition, session)
    for sentence in rewording.sentences():
        tell(sentence)
    return rewording


def write_and_tell(app: App, composition: Composition, rewording: Rewording | None = None) -> WrittenDraft:
    """Write the draft and tell about it."""
    from crawler.composing import write_draft_file

    lead_of = rewording.lead_of if rewording else None
    written = write_draft_file(app.store, composition.issue, app.drafts, lead_of=lead_of)
    _tell_draft(app, composition, written)
    if not written.issue.items:
        tell(f"It has no items: {why_nothing(composition)}")
    return written


def why_nothing(composition: Composition) -> str:
    """Why an issue has no items, and what tells more."""
    left_out = len(composition.excluded)
    if not left_out:
        return "the store has no article of that time; `crawl once` fetches, `--from` and `--to` choose another"
    one = "1 article was" if left_out == 1 else f"{left_out} articles were"
    return f"{one} left out; `crawl why URL` tells why"


def _tell_draft(app: App, composition: Composition, written: WrittenDraft) -> None:
    from crawler.compose.window import label

    issue = composition.issue
    count = len(written.issue.items)
    click.echo(str(written.path))
    tell(
        f"#{issue.number}, {label(issue.window, app.settings.timezone)}: {count} item{'' if count == 1 else 's'},"
        f" {len(written.issue.runners_up)} runners-up, {len(composition.excluded)} left out"
    )
    for note in composition.notes:
        tell(note)
    for sentence in written.merged:
        tell(sentence)
