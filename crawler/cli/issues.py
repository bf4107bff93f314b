"""`crawl digest` and `crawl publish`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from crawler.app import App, now
from crawler.cli.common import common_options, llm_option, profile_option, tell
from crawler.errors import CrawlError, DeliverError, UserError
from crawler.text import mailbox

if TYPE_CHECKING:
    from crawler.compose.issue import Composition
    from crawler.composing import WrittenDraft
    from crawler.model import Issue, Window
    from crawler.rewording import Rewording


@click.command()
@click.option("--week", metavar="YYYY-Www", help="An ISO week, such as 2026-W47. Default: the last full week.")
@click.option("--from", "from_", metavar="DATE", help="First day of the window (with --to).")
@click.option("--to", metavar="DATE", help="Day after the last one of the window (with --from).")
@click.option("--number", type=click.IntRange(min=0), help="The issue's number. Default: the next one.")
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
    app.use_profile(profile)
    app.no_llm = no_llm
    window = window_of(app, week, from_, to)
    _check_format(format_)
    composition = _compose(app, window, number, format_)
    rewording = _reworded(app, composition)
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
            _write_draft(app, composition, rewording)
    return 0


def _json(issue: Issue, rewording: Rewording | None) -> str:
    from crawler.jsonshape import dumps
    from crawler.render.jsondoc import issue_object

    shape = issue_object(issue)
    return dumps(shape | {"llm": rewording.as_json()} if rewording else shape)


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
    from crawler.files import newest_draft
    from crawler.publishing import profile_of, publish

    for name in formats:
        _check_format(name)
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
            _deliver(app, issue, folder)
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
    _deliver(app, issue, folder, dry_run=dry_run, to=address[1] if address else None)


def _deliver(app: App, issue: Issue, folder: Path, *, dry_run: bool = False, to: str | None = None) -> None:
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


def compose_and_write(app: App, *, fetched: bool, profile: str | None = None) -> None:
    """Compose the last full week's issue of every profile, or of the named one; publish where the settings say so.

    What goes wrong with one newsletter keeps no other from its readers; it is raised at the end.
    """
    trouble: list[CrawlError] = []
    for one in app.each_profile(profile):
        try:
            _compose_one(app, fetched=fetched)
        except (UserError, DeliverError) as error:
            trouble.append(error)
            if len(app.config.profiles) > 1:
                tell(f"{one.name}: {error}")
    if trouble:
        raise trouble[0]


def _compose_one(app: App, *, fetched: bool) -> None:
    """Compose the last full week's issue into its draft; publish it where the settings say so.

    A week without articles gives a draft without items, for the editor to fill; but none where nothing was `fetched`.
    """
    composition = _compose(app, window_of(app, None, None, None), None)
    if not fetched and not composition.issue.items and not composition.issue.runners_up:
        return
    if app.settings.schedule.publish and not composition.issue.items:
        tell(f"Nothing to publish: {_why_nothing(composition)}")
        return  # a draft that nobody publishes would keep its number, and leave a gap
    rewording = _reworded(app, composition)
    written = _write_draft(app, rewording.composition if rewording else composition, rewording)
    if app.settings.schedule.publish:
        from crawler.publishing import publish

        folder = app.out
        issue, _, files = publish(app.crawl(), written.path, app.settings.issue.formats, folder, now())
        for file in files:
            click.echo(str(file))
        if app.settings.schedule.send and app.deliveries:
            _deliver(app, issue, folder)


def window_of(app: App, week: str | None, from_: str | None, to: str | None) -> Window:
    """The window that the options name. Raises UserError when they contradict each other."""
    from crawler.compose.window import day_window, last_full_week, week_window

    zone = app.settings.timezone
    if week and (from_ or to):
        raise UserError("give either --week or --from and --to, not both")
    if bool(from_) != bool(to):
        raise UserError("--from and --to go together: the first day, and the day after the last one")
    if week:
        return week_window(week, zone)
    if from_ and to:
        return day_window(from_, to, zone)
    return last_full_week(now(), zone)


def _compose(app: App, window: Window, number: int | None, format_: str | None = None) -> Composition:
    from crawler.cli.progress import make_progress
    from crawler.composing import compose

    return compose(app.crawl(make_progress(lines=False)), window, number, (format_,) if format_ else ())


def _reworded(app: App, composition: Composition) -> Rewording | None:
    """The composition in the words of a language model, where sources.yaml names one; what became of it is told."""
    session = app.wording
    if session is None:
        return None
    from crawler.rewording import reword

    rewording = reword(app.crawl(), composition, session)
    for sentence in rewording.sentences():
        tell(sentence)
    return rewording


def _write_draft(app: App, composition: Composition, rewording: Rewording | None = None) -> WrittenDraft:
    """Write the draft and tell about it."""
    from crawler.composing import write_draft_file

    lead_of = rewording.lead_of if rewording else None
    written = write_draft_file(app.store, composition.issue, app.drafts, lead_of=lead_of)
    _tell_draft(app, composition, written)
    if not written.issue.items:
        tell(f"It has no items: {_why_nothing(composition)}")
    return written


def _why_nothing(composition: Composition) -> str:
    left_out = len(composition.excluded)
    if not left_out:
        return "the store has no article of that time; `crawl once` fetches, `--from` and `--to` choose another"
    one = "1 article was" if left_out == 1 else f"{left_out} articles were"
    return f"{one} left out; `crawl why URL` tells why"


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


def _check_format(name: str | None) -> None:
    from crawler.composing import check_format

    if name is not None:
        check_format(name)
