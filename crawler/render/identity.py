"""Names that stay the same for ever: of a publication, of its issues, of an article in it (RFC 4287 section 4.2.6)."""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from crawler.model import Issue, Item
from crawler.render.options import RenderOptions
from crawler.text import one_line
from crawler.urls import canonical_url


def publication_uuid(issue: Issue, options: RenderOptions) -> UUID:
    """Of the series that an issue belongs to: by its place on the web, else by its title, and by its profile."""
    place = options.base_url or one_line(issue.title)
    return uuid5(NAMESPACE_URL, f"{place}#{issue.profile}")


def issue_uuid(issue: Issue, options: RenderOptions) -> UUID:
    """Of one edition: the same however often it is rendered or reworded."""
    return uuid5(publication_uuid(issue, options), f"issue {issue.number}")


def item_uuid(item: Item, issue: Issue, options: RenderOptions) -> UUID:
    """Of an article in the publication, whichever issue it stands in; the editor's own items go by their title."""
    return uuid5(publication_uuid(issue, options), canonical_url(item.url) or f"{issue.number} {one_line(item.title)}")
