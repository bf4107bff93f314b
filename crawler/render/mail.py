"""An issue as a message that mail programs open and a mail server takes, and the only importer of css-inline.

Mail programs differ more than browsers: the layout is a table, every style stands at its element, and nothing that
matters depends on pictures, which most of them hide at first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from css_inline import CSSInliner

from crawler.model import Issue, Item, Section
from crawler.render.identity import issue_uuid, publication_uuid
from crawler.render.options import RenderOptions
from crawler.render.plain import render_text
from crawler.render.shared import heading, quiet, standing_line, told_at
from crawler.render.templating import fill_template
from crawler.render.view import view_of
from crawler.text import mailbox, one_line

MAX_BYTES = 100_000
"""Of the whole message: Gmail cuts what is longer than 102 KB off behind a link."""

# The library would encode an address in a header that it cannot fold within 78 characters (the limit is 998).
_UNFOLDED = SMTP.clone(max_line_length=900)
_NOBODY = "newsletter@localhost.invalid"  # RFC 2606 section 2: a name that can never be somebody's


def render_mail(issue: Issue, options: RenderOptions) -> bytes:
    """The message as it is sent (RFC 5322, CRLF): multipart/alternative of plain text and HTML, under 100 KB.

    An issue too long for that loses first its pictures, then the summaries' length, then all but titles and links, at
    last the styles at each element.
    Date, Message-ID and boundary come from the issue, so that the same issue gives the same bytes.
    """
    made = b""
    for shorten, inline in _SHORTER:
        message = _message(replace(issue, sections=_each(issue, shorten)), options, inline=inline)
        made = message.as_bytes(policy=_UNFOLDED)
        if len(made) < MAX_BYTES:
            break
    return made


def mail_html(issue: Issue, options: RenderOptions, *, inline: bool = True) -> str:
    """The HTML part: a table of one column with its styles inlined; the style sheet keeps the rules for dark mode."""
    show = options.images != "link"
    page = fill_template(
        "email.html",
        options.templates,
        issue=view_of(issue, options, pictures=show),
        css=fill_template("email.css", options.templates).rstrip("\n"),
        preheader=one_line(issue.lead) or quiet(issue) or standing_line(issue),
        show=show,
        address=options.issue_address(issue),
        unsubscribe=options.unsubscribe,
    )
    if not inline:
        return page
    inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False, minify_css=True)
    inlined: str = inliner.inline(page)
    return inlined.rstrip("\n") + "\n"


def _message(issue: Issue, options: RenderOptions, *, inline: bool) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    identity = issue_uuid(issue, options)
    sender = _sender(issue, options)
    message["From"] = sender
    message["Subject"] = heading(issue)
    message["Date"] = told_at(issue).astimezone(UTC).replace(microsecond=0)
    message["Message-ID"] = f"<{identity}@{sender.domain}>"
    message["List-Id"] = f"<{publication_uuid(issue, options)}.{sender.domain}>"
    if options.unsubscribe:
        message["List-Unsubscribe"] = f"<{one_line(options.unsubscribe)}>"
        if options.unsubscribe.lower().startswith("https:"):  # RFC 8058: one click, for https alone
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(_plain(issue, options), cte="quoted-printable")
    message.add_alternative(mail_html(issue, options, inline=inline), subtype="html", cte="quoted-printable")
    message.set_boundary(f"={identity.hex}=")
    return message


def _sender(issue: Issue, options: RenderOptions) -> Address:
    name, address = mailbox(options.sender or "") or ("", _NOBODY)
    return Address(name or one_line(issue.title), addr_spec=address)


def _plain(issue: Issue, options: RenderOptions) -> str:
    text = render_text(issue)
    if address := options.issue_address(issue):
        text += f"\nRead it on the web:\n{address}\n"
    return text + (f"\nUnsubscribe:\n{options.unsubscribe}\n" if options.unsubscribe else "")


def _each(issue: Issue, shorten: Callable[[Item], Item]) -> tuple[Section, ...]:
    return tuple(replace(s, items=tuple(shorten(item) for item in s.items)) for s in issue.sections)


def _without_picture(item: Item) -> Item:
    return replace(item, image=None)


def _with_deck(item: Item) -> Item:
    return replace(
        item, image=None, summary=one_line(item.deck or item.summary.partition("\n\n")[0]), body="", notes=""
    )


def _title_only(item: Item) -> Item:
    return Item(title=item.title, url=item.url, company=item.company, minutes=item.minutes)


# What becomes of an item, and whether styles are inlined: each gives up a little more.
_SHORTER: tuple[tuple[Callable[[Item], Item], bool], ...] = (
    (lambda item: item, True),
    (_without_picture, True),
    (_with_deck, True),
    (_title_only, True),
    (_title_only, False),
)
