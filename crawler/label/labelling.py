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
from crawler.label.summary import summarise
from crawler.label.tags import TELLING, tag_document
from crawler.label.taxonomy import Company, Taxonomy
from crawler.label.view import View, view_of
from crawler.label.whose import goes_along, mostly_now
from crawler.model import Document, Labels

if TYPE_CHECKING:
    from crawler.label.embedding import Likeness


def actor_for(view: View, taxonomy: Taxonomy, company: str | None, entry: Company | None) -> Actor:
    """Who speaks in a document, as summaries name it."""
    project = entry is not None and entry.project
    topics = [taxonomy.tags[t].group for t in entry.tags if t in taxonomy.tags] if entry is not None else []
    generic = project and topics[:1] == ["language"]
    guest = guest_of(view, company) if company else ""
    if entry is not None and entry.guests:
        company = None
    ours, mine = ours_and_mine(view.body)
    actor = actor_of(guest or company, project=project and not guest, shared=ours > 2 * mine, generic=generic)
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
    signals, code_lines, promotion_reasons = measure(view)
    company, entry, company_reason = find_company(view, taxonomy)
    foreign = language not in ("", "en")
    kind, kind_reason = find_kind(view, taxonomy, company, entry, english=not foreign)
    subkind, subkind_reason = find_subkind(view, taxonomy, kind)
    # A kind that the words of the whole article tell is too little of a hint to be a topic, too.
    hint = kind if kind_reason.rule != BY_WORDS else ""
    tag_reasons, evidence = tag_document(view, taxonomy, hint, entry)
    if foreign:
        kind, kind_reason = sure_kind(kind, kind_reason)
        tag_reasons = sure_tags(tag_reasons)
        subkind, subkind_reason = (subkind, subkind_reason) if kind else ("", None)
    elif likeness is not None:
        tag_reasons = with_nearby(tag_reasons, likeness.near(view))
    clear = clear_topics(evidence, taxonomy.tags, told=not foreign and len(view.body) >= TELLING)
    tags, tag_reasons, topics = clear_first(tag_reasons, clear)
    roles, role_reasons = roles_of(tags, kind, taxonomy)
    told_of = company_reason is not None and company_reason.rule == "how NAME"
    speaker = company_by_host(view, taxonomy) if told_of else entry
    actor = actor_for(view, taxonomy, speaker.name if told_of and speaker else company, speaker)
    summary, deck, summary_reasons = summarise_foreign(view) if foreign else summarise(view, actor, kind)
    company_reasons = (company_reason,) if company_reason else ()
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
        signals=replace(signals, topics=topics),
        reasons=(
            *company_reasons,
            kind_reason,
            *((subkind_reason,) if subkind_reason else ()),
            *tag_reasons,
            *role_reasons,
            *summary_reasons,
            language_reason,
            *promotion_reasons,
        ),
        subkind=subkind,
    )
