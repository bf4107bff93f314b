"""`crawl publish`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.app import App, now
from crawler.cli.common import common_options, profile_option, tell
from crawler.errors import UserError
from crawler.text import mailbox

if TYPE_CHECKING:
    from crawler.model import Issue


@click.command("publish")
@click.argument("draft", required=False, type=click.Path(path_type=Path))
@click.option("--format", "formats", multiple=True, metavar="FORMAT", help="A format; may be given again.")
@click.option("--out", type=click.Path(path_type=Path), metavar="DIR", help="Where the rendered issue goes.")
@click.option("--unpublish", "take_back", is_flag=True, help="Take the last published issue back.")
@click.option("--send", is_flag=True, help="Then deliver it as `deliver` in sources.yaml says, to each recipient once.")
@click.option(
    "--dry-run", is_flag=True, help="With --send: only tell what would be sent; nothing is published or sent."
)
@click.option("--to", metavar="ADDRESS", help="With --send: mail it to this address alone, as a test; publish nothing.")
@profile_option
@common_options
def publish_command(
    app: App,
    draft: Path | None,
    formats: tuple[str, ...],
    out: Path | None,
    take_back: bool,
    send: bool,
    dry_run: bool,
    to: str | None,
    profile: str | None,
) -> int:
    """Record a draft in the ledger as published, and render it for readers.

    DRAFT defaults to the newest one in the folder `issue.drafts`; it tells itself
    which profile it is of. An article of a
    published issue is never chosen again, numbers have no gaps, and publishing twice
    changes nothing. `--unpublish` takes the last published issue back: it is a draft
    again and its articles may be chosen again; rendered files are left where they are.

    `--send` delivers it by mail, to chats, services and repositories. What was sent to
    whom is recorded: sending again sends nothing, and goes on where it broke off. A
    failure gives exit code 4 when every sink had its turn; the issue stays published.

    \b
    Examples:
      crawl publish
      crawl publish issues/084.md --out public
      crawl publish --send --dry-run
      crawl publish --send --to me@example.org
      crawl publish --send
      crawl publish --unpublish
    """
    from crawler.composing import check_format
    from crawler.files import newest_draft
    from crawler.publishing import profile_of, publish

    for name in formats:
        check_format(name)
    _check_flags(take_back=take_back, send=send, dry_run=dry_run, to=to)
    if take_back:
        app.use_profile(profile)
        return _unpublish(app, draft, out)
    app.use_profile(profile or (profile_of(draft) if draft else None))
    path = draft or newest_draft(app.drafts)
    folder = out or app.out
    with app.store.run_lock():
        if dry_run or to:
            _rehearse(app, path, folder, dry_run=dry_run, to=to)
            return 0
        issue, fresh, files = publish(app.crawl(), path, formats or app.settings.issue.formats, folder, now())
        what = "published" if fresh else "was published before, nothing changed"
        tell(f"#{issue.number}: {what}, {len(issue.items)} items")
        for file in files:
            click.echo(str(file))
        if send:
            deliver_issue(app, issue, folder)
    return 0


def _check_flags(*, take_back: bool, send: bool, dry_run: bool, to: str | None) -> None:
    if (dry_run or to) and not send:
        raise UserError("--dry-run and --to go with --send")
    if take_back and send:
        raise UserError("--unpublish takes back and --send delivers; give one of them")
    if to and not mailbox(to):
        raise UserError(f"--to: {to!r} is no address of mail; give one such as me@example.org")


def _rehearse(app: App, draft: Path, folder: Path, *, dry_run: bool, to: str | None) -> None:
    """Tell what sending would do, or send a test mail; the ledger stays as it is."""
    from crawler.publishing import publishable

    issue = publishable(app.crawl(), draft)
    tell(f"#{issue.number}: {len(issue.items)} items, not published now")
    address = mailbox(to) if to else None
    deliver_issue(app, issue, folder, dry_run=dry_run, to=address[1] if address else None)


def deliver_issue(app: App, issue: Issue, folder: Path, *, dry_run: bool = False, to: str | None = None) -> None:
    """Deliver an issue, rendered into `folder`, to whom the profile names; to the address `to` alone where it is given.

    Raises UserError where the profile names nobody.
    """
    from crawler.delivering import deliver

    if app.config.deliver and not app.deliveries:
        raise UserError(
            f"the profile `{app.crawl().profile}` goes to nobody: name entries of `deliver` in its `deliver`"
        )
    say = click.echo if dry_run else tell
    deliver(app.crawl(), app.deliveries, issue, app.outside(folder), say, dry_run=dry_run, to=to)


def _unpublish(app: App, draft: Path | None, out: Path | None) -> int:
    from crawler.publishing import unpublish

    if draft is not None and not draft.stem.isdigit():
        raise UserError(f"{draft}: name the draft by its number, as 084.md, or leave it out")
    number = int(draft.stem) if draft else None
    with app.store.run_lock():
        done = unpublish(app.store, app.crawl().profile, app.drafts, out or app.out, number)
    tell(f"#{done.record.number}: taken back, it is a draft again")
    for file in done.rendered:
        tell(f"{file}: left as it is; delete it where readers should not see it")
    click.echo(str(done.draft))
    return 0
