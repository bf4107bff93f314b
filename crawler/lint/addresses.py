"""Rules on where links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from crawler.lint.links import Link
from crawler.lint.sheet import Context, Edit, Entry, Fault, Sheet
from crawler.text import markdown_url
from crawler.urls import canonical_url, host_of, is_tracked, is_web_url, url_key

_LEADS = re.compile(r"#|(?:https?://|mailto:)\S", re.IGNORECASE)


def dead_links(sheet: Sheet, context: Context) -> Iterator[Fault]:
    """Addresses that are gone for good."""
    for link in _web_links(sheet):
        answer = context.answers.get(link.address)
        if answer and answer.state == "dead":
            what = "image" if link.kind == "image" else "link"
            yield Fault(link.line, f"dead {what} {link.url}: {answer.detail}", "find its new address, or take it out")


def unreachable_links(sheet: Sheet, context: Context) -> Iterator[Fault]:
    """Addresses that did not answer, which may be over soon."""
    for link in _web_links(sheet):
        answer = context.answers.get(link.address)
        if answer and answer.state == "unreachable":
            yield Fault(
                link.line, f"no answer from {link.url}: {answer.detail}", "open it by hand, or lint again later"
            )


def redirected_links(sheet: Sheet, context: Context) -> Iterator[Fault]:
    """Addresses that moved for good."""
    headings = {entry.line for entry in sheet.entries}
    for link in _web_links(sheet):
        answer = context.answers.get(link.address)
        if not answer or answer.state != "ok" or not answer.moved_to:
            continue
        target = untracked(answer.moved_to)
        if "#" in link.url and "#" not in target:
            target += "#" + link.url.partition("#")[2]
        if target == untracked(link.url):
            continue
        key = url_key(link.url)
        safe = link.line not in headings or key == url_key(target) or key in context.moves
        fix = f"write {target}"
        yield Fault(link.line, f"{link.url} moved for good", fix, _address_edit(link, target) if safe else None)


def tracked_links(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """Parameters that only follow the reader."""
    for link in _web_links(sheet):
        if is_tracked(link.url):
            clean = untracked(link.url)
            yield Fault(link.line, f"tracking parameters in {link.url}", f"write {clean}", _address_edit(link, clean))


def banned_domains(sheet: Sheet, context: Context) -> Iterator[Fault]:
    """Hosts that the settings keep out of issues."""
    banned = tuple(domain.lower().removeprefix("www.").strip(".") for domain in context.banned_domains)
    for link in _web_links(sheet):
        host = host_of(link.url)
        domain = next((d for d in banned if d and (host == d or host.endswith("." + d))), None)
        if domain:
            yield Fault(
                link.line, f"{domain} is banned (issue.banned_domains)", "link to another source, or take it out"
            )


def bare_urls(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """Addresses in the text that are no links."""
    for link in sheet.links:
        if link.kind == "bare":
            yield Fault(link.line, f"bare address {link.url}", "write it as a link: [words](address)")


def empty_links(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """Links without words, without an address, or with one that only leads somewhere beside other pages."""
    for link in sheet.links:
        if not link.url:
            yield Fault(
                link.line, f"{'image' if link.kind == 'image' else 'link'} without an address", "fill the parentheses"
            )
        elif not _LEADS.match(link.url):
            yield Fault(
                link.line,
                f"{link.url} is no whole address, and no link on pages and in mail",
                "write it with https:// in front",
            )
        elif link.kind == "link" and not link.text.strip():
            yield Fault(link.line, f"link without words to {link.url}", "write words between the brackets")


def repeats_in_draft(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """An article that stands in the issue twice."""
    seen: dict[str, Entry] = {}
    for entry in sheet.entries:
        if not entry.item.url:
            continue
        first = seen.setdefault(url_key(entry.item.url), entry)
        if first is not entry:
            yield Fault(entry.line, f"the same article as on line {first.line}", "delete one of the two")


def repeats_of_issues(sheet: Sheet, context: Context) -> Iterator[Fault]:
    """An article that readers had before."""
    for entry in sheet.entries:
        number = context.published.get(url_key(entry.item.url)) if entry.item.url else None
        if number is not None:
            yield Fault(entry.line, f"this article stands in issue {number}", "delete the item")


def duplicate_anchors(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """Headings that give the same anchor: a link to the second one leads to the first."""
    seen: dict[str, int] = {}
    for heading in sheet.headings:
        anchor = anchor_of(heading.title)
        first = seen.setdefault(anchor, heading.line)
        if anchor and first != heading.line:
            yield Fault(
                heading.line, f"the heading gives the anchor #{anchor}, as line {first} does", "word one differently"
            )


def broken_anchors(sheet: Sheet, _: Context) -> Iterator[Fault]:
    """Links to a heading of this issue that is not there."""
    anchors = {anchor_of(heading.title) for heading in sheet.headings}
    for link in sheet.links:
        if link.url.startswith("#") and link.url[1:].lower() not in anchors:
            yield Fault(link.line, f"no heading has the anchor {link.url}", "use a heading's words, joined by hyphens")


def anchor_of(title: str) -> str:
    """The anchor that Markdown readers make of a heading: GitHub's rule, which most site generators share."""
    return re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", title.strip().lower()))


def untracked(url: str) -> str:
    """The address as it is written, without parameters that only follow the reader."""
    if not is_tracked(url):
        return url
    parts = urlsplit(url.strip())
    kept = [p for p in parts.query.split("&") if p and not is_tracked(f"https://x.example/?{p}")]
    plain = urlunsplit(parts._replace(query="&".join(kept)))
    return canonical_url(plain) if is_tracked(plain) else plain


def _web_links(sheet: Sheet) -> Iterator[Link]:
    return (link for link in sheet.links if is_web_url(link.url))


def _address_edit(link: Link, target: str) -> Edit:
    return Edit(
        link.dest_line, link.column, link.raw, target if link.kind in ("auto", "bare") else markdown_url(target)
    )
