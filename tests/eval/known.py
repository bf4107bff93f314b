"""What the labeller knows of a document before it writes the summary, for what measures and fits single steps."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.label import load_taxonomy, speaker_of
from crawler.label.kinds.kind import find_kind
from crawler.label.speakers.actor import Actor
from crawler.label.speakers.company import find_company
from crawler.label.summary.summarising import Candidate, tellable
from crawler.label.taxonomy.model import Company
from crawler.label.view import View, view_of
from crawler.model import Document

_ALL = 10_000  # more sentences than an article has


@dataclass(frozen=True, slots=True)
class Known:
    """A document with its company and kind, and with whom a summary would name as the one who did it."""

    view: View
    company: Company | None
    kind: str
    actor: Actor


def known_of(document: Document) -> Known:
    """What the steps before the summary find, by the shipped taxonomy; the document is taken for English."""
    view, taxonomy = view_of(document), load_taxonomy()
    name, company, reason = find_company(view, taxonomy)
    kind, _ = find_kind(view, taxonomy, name, company)
    return Known(view, company, kind, speaker_of(view, taxonomy, name, company, reason))


def every_tellable(known: Known) -> list[Candidate]:
    """Every sentence that a summary could print, as it would print it."""
    return tellable(known.view, known.actor, known.kind, most=_ALL)
