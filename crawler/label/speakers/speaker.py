"""Who says "we" in an article: its company, a guest on its pages, the customer of whom it tells, a team, its author."""

from __future__ import annotations

from dataclasses import replace

from crawler.label.speakers.actor import Actor, actor_of, ours_and_mine
from crawler.label.speakers.company import company_by_host
from crawler.label.speakers.guest import guest_of, user_of, uses
from crawler.label.speakers.whose_we import goes_along, mostly_now
from crawler.label.taxonomy.model import Company, Taxonomy
from crawler.label.view import View
from crawler.model import Reason

_SOMEBODY = 3  # times that a text says "I": it is somebody's own, however often "we" are at work in it


def speaker_of(
    view: View, taxonomy: Taxonomy, company: str | None, entry: Company | None, reason: Reason | None
) -> Actor:
    """Who says "we" in a document, as summaries and notes name it; the last three arguments as `find_company` gave
    them.

    Where the title tells of a customer ("How NAME uses ..."), that is not NAME but whose blog it is.
    """
    told = reason is not None and reason.rule == "how NAME"
    if told:
        entry = company_by_host(view, taxonomy)
        company = entry.name if entry else company
    project = entry is not None and entry.project
    topics = [taxonomy.tags[t].group for t in entry.tags if t in taxonomy.tags] if entry is not None else []
    generic = project and topics[:1] == ["language"]
    guest = guest_of(view, company) if company else ""
    if entry is not None and entry.guests:
        company = None
    elif company and project and not guest and uses(view, company, told=told):
        guest = user_of(view, company, taxonomy.book)
    ours, mine = ours_and_mine(view.body)
    actor = actor_of(
        guest or company, project=project and not guest, shared=ours > 2 * mine and mine < _SOMEBODY, generic=generic
    )
    along = goes_along(view.body) or (actor.nameless and mostly_now(view.body))
    return replace(actor, along=along, alone=actor.person and mine > ours)
