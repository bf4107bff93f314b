"""All labels of one document, each made by a module of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.label.actor import Actor, actor_of, ours_and_mine
from crawler.label.audience import audience_variants, roles_of
from crawler.label.clear import clear_first, clear_topics
from crawler.label.company import company_by_host, find_company
from crawler.label.foreign import summarise_foreign, sure_kind, sure_tags
from crawler.label.guest import guest_of
from crawler.label.kind import BY_WORDS, find_kind
from crawler.label.language import detect_language
from crawler.label.nearby import with_nearby
from crawler.label.signals import measure, minutes_of
from crawler.label.subkind import find_subkind
from crawler.label.summary import opening_of, summarise
from crawler.label.tags import TELLING, tag_document
from crawler.label.taxonomy import Company, Taxonomy
from crawler.label.view import View, view_of
from crawler.label.whose import goes_along, mostly_now
from crawler.model import Document, Labels, Reason

if TYPE_CHECKING:
    from crawler.label.embedding import Likeness


_SOMEBODY = 3  # times that a text says "I": it is somebody's own, however often "we" are at work in it


def speaker_of(
    view: View, taxonomy: Taxonomy, company: str | None, entry: Company | None, reason: Reason | None
) -> Actor:
    """Who says "we" in a document, as summaries and notes name it; the last three arguments as `find_company` gave
    them.

    Where the title tells of a customer ("How NAME uses ..."), that is not NAME but whose blog it is.
    """
    if reason is not None and reason.rule == "how NAME":
        entry = company_by_host(view, taxonomy)
        company = entry.name if entry else company
    project = entry is not None and entry.project
    topics = [taxonomy.tags[t].group for t in entry.tags if t in taxonomy.tags] if entry is not None else []
    generic = project and topics[:1] == ["language"]
    guest = guest_of(view, company) if company else ""
    if entry is not None and entry.guests:
        company = None
    ours, mine = ours_and_mine(view.body)
    actor = actor_of(
        guest or company, project=project and not guest, shared=ours > 2 * mine and mine < _SOMEBODY, generic=generic
    )
    along = goes_along(view.body) or (actor.nameless and mostly_now(view.body))
    return replace(actor, along=along, alone=actor.person and mine > ours)


def label_document(document: Document, taxonomy: Taxonomy, likeness: Likeness | None = None) -> Labels:
    """All labels of one document. Never raises on any text; the same document gives the same labels.

    Kind, tags, roles, audience and summary are made by rules for English; a text in another language gets its
    language, length and company, what its title, categories and names tell of kind and tags, and a summary in its
    own words: the description, else the first sentences. `likeness`, where a person has a model, is one more sign of
    tags for what is in English.
    """
    view = view_of(document)
    language, language_reason = detect_language(view.body[:800], document.source_language, view.title)
    foreign = language not in ("", "en")
    signals, code_lines, promotion_reasons = measure(view)
    company, entry, company_reason = find_company(view, taxonomy)
    kind, subkind, kind_reasons, hint = _kinds(view, taxonomy, company, entry, foreign=foreign)
    tags, tag_reasons, topics = _topics(view, taxonomy, hint, entry, likeness, foreign=foreign)
    roles, role_reasons = roles_of(tags, kind, taxonomy)
    actor = speaker_of(view, taxonomy, company, entry, company_reason)
    summary, deck, summary_reasons = summarise_foreign(view) if foreign else summarise(view, actor, kind)
    return Labels(
        language=language,
        words=signals.words,
        minutes=minutes_of(signals.words, signals.images, code_lines),
        kind=kind,
        tags=tags,
        roles=roles,
        audience=audience_variants(roles, tags, taxonomy)[0],
        summary=summary,
        deck=deck,
        company=company,
        signals=replace(signals, topics=topics, opening=None if foreign else opening_of(summary_reasons)),
        reasons=(
            *((company_reason,) if company_reason else ()),
            *kind_reasons,
            *tag_reasons,
            *role_reasons,
            *summary_reasons,
            language_reason,
            *promotion_reasons,
        ),
        subkind=subkind,
    )


def _kinds(
    view: View, taxonomy: Taxonomy, company: str | None, entry: Company | None, *, foreign: bool
) -> tuple[str, str, tuple[Reason, ...], str]:
    """(kind, narrower kind, reasons, and the kind as far as it hints at topics: empty where it does not)."""
    kind, reason = find_kind(view, taxonomy, company, entry, english=not foreign)
    subkind, subkind_reason = find_subkind(view, taxonomy, kind)
    # A kind that the words of the whole article tell is too little of a hint to be a topic, too.
    hint = kind if reason.rule != BY_WORDS else ""
    if foreign:
        kind, reason = sure_kind(kind, reason)
        if not kind:
            subkind, subkind_reason = "", None
    return kind, subkind, (reason, subkind_reason) if subkind_reason else (reason,), hint


def _topics(
    view: View, taxonomy: Taxonomy, hint: str, entry: Company | None, likeness: Likeness | None, *, foreign: bool
) -> tuple[tuple[str, ...], tuple[Reason, ...], int]:
    """(tags, reasons, how many of the tags are clear)."""
    reasons, evidence = tag_document(view, taxonomy, hint, entry)
    if foreign:
        reasons = sure_tags(reasons)
    elif likeness is not None:
        reasons = with_nearby(reasons, likeness.near(view))
    clear = clear_topics(evidence, taxonomy.tags, told=not foreign and len(view.body) >= TELLING)
    return clear_first(reasons, clear)
