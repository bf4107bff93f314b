"""All labels of one document, each made by a part of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from crawler.label.audience import audience_variants, roles_of
from crawler.label.foreign import summarise_foreign, sure_kind, sure_tags
from crawler.label.kinds.kind import BY_WORDS, find_kind
from crawler.label.kinds.subkind import find_subkind
from crawler.label.language import detect_language
from crawler.label.signals import measure, minutes_of
from crawler.label.speakers.company import find_company
from crawler.label.speakers.speaker import speaker_of
from crawler.label.summary.summarising import opening_of, summarise
from crawler.label.taxonomy.model import Company, Taxonomy
from crawler.label.topics.clear import clear_first, clear_topics
from crawler.label.topics.nearby import with_nearby
from crawler.label.topics.tagging import TELLING, tag_document
from crawler.label.view import View, view_of
from crawler.model import Document, Labels, Reason

if TYPE_CHECKING:
    from crawler.label.topics.embedding import Likeness


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
