"""From what was fetched to an Article as it is stored: extract, label, sign. Runs inside a worker process.

Everything here is a pure function of its argument, so that a page is read again with the same result.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from crawler import PRODUCT
from crawler.blocks import blocks_of_text, text_of_blocks
from crawler.dedup.minhash import sign
from crawler.errors import ExtractError
from crawler.extract import better, blocks_of_html, extract_entry, extract_page
from crawler.headers import robots_rules
from crawler.label.labelling import label_document
from crawler.label.taxonomy.loading import taxonomy_at
from crawler.model import Article, Block, Document, Entry, Extracted, Fetched, Labels, Source
from crawler.ports import ArticleWrite, Work
from crawler.settings import LabelSettings
from crawler.text import count_words
from crawler.urls import article_id, canonical_url, host_of, url_key
from crawler.workers import kept

if TYPE_CHECKING:
    from crawler.label.topics.embedding import Likeness

EXCERPT_WORDS = 50  # what is kept of a text whose publisher wants no copies
FEW_WORDS = 20  # below this a text says nothing that could be labelled or compared
_TELLING = re.compile(r"[^\W_]{4,}")  # a word that tells one title from another
_PLAIN = LabelSettings()  # by the rules alone


@dataclass(frozen=True, slots=True)
class ReadTask:
    """An article to read. `page` is None when the feed's own text must do."""

    work: Work
    source: Source | None
    page: Fetched | None = None
    taxonomy: str | None = None  # path of a custom taxonomy
    labels: LabelSettings = _PLAIN


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a task. `problem` tells why the page was of no use, where it was not."""

    write: ArticleWrite
    problem: str | None = None


def read_article(task: ReadTask) -> Reading:
    """Extract, label and sign one article."""
    entry, article = task.work.entry, task.work.article
    page, problem = _read_page(task.page, entry, article.url) if task.page is not None else (None, None)
    extracted = better(page, extract_entry(entry), entry)
    rules = _header_rules(task.page)
    keys = (url_key(task.page.url),) if task.page is not None and problem is None else ()
    canonical = _canonical(article, extracted, task.page if problem is None else None)
    if host_of(canonical) == host_of(article.url) and canonical != article.canonical_url:
        keys = (*keys, url_key(canonical))
    read = replace(
        article,
        title=extracted.title or article.title or entry.title,
        authors=extracted.authors,
        published_at=extracted.published_at or article.published_at,
        canonical_url=canonical,
        text=extracted.text,
        content_html=extracted.content_html,
        description=extracted.description,
        categories=extracted.tags or entry.tags,
        image=extracted.image,
        noindex=extracted.noindex or "noindex" in rules,
        page="done" if task.page is not None and problem is None else article.page,
    )
    document = document_of(read, extracted.blocks, extracted, task.source)
    read = with_labels(read, _labels(document, task.taxonomy, task.labels))
    if not read.text:
        read = replace(read, audience="", summary="", deck="")
    signature = sign(read.title, read.text)
    if extracted.noarchive or "noarchive" in rules:
        read = replace(read, text=_opening(read.text), content_html="")
    write = ArticleWrite(read, signature, tuple(dict.fromkeys(keys)), tries=task.work.tries)
    return Reading(write, problem)


def label_again(task: ReadTask) -> Reading:
    """Labels for an article whose text is stored (an import, or an article that nobody asked for before)."""
    article = task.work.article
    blocks = blocks_of(article)
    labels = _labels(document_of(article, blocks, None, task.source), task.taxonomy, task.labels)
    return Reading(ArticleWrite(with_labels(article, labels), sign(article.title, article.text), tries=task.work.tries))


def read_or_label(tasks: list[ReadTask]) -> list[Reading]:
    """Several at once: from their pages, or, without these, from what the feed says now or from the text of a page that
    was read.

    Where there is no page, or none of use, a text that is much longer than the feed's is no older wording of that (it
    was imported, or the page gave it on a better day): its labels are made again.
    """
    return [_read_or_label(task) for task in tasks]


def _read_or_label(task: ReadTask) -> Reading:
    article = task.work.article
    if task.page is None and article.text and article.page == "done":
        return label_again(task)
    reading = read_article(task)
    useless = task.page is None or reading.problem is not None
    if useless and 2 * count_words(reading.write.article.text) < count_words(article.text):
        return replace(label_again(task), problem=reading.problem)
    return reading


def label_many(tasks: list[ReadTask]) -> list[Reading]:
    """Several at once: one trip to the worker."""
    return [label_again(task) for task in tasks]


def explain(article: Article, source: Source | None, taxonomy: str | None, labels: LabelSettings = _PLAIN) -> Labels:
    """The labels of a stored article with their reasons; they are pure, so they are made again."""
    document = document_of(article, blocks_of(article), None, source)
    return _labels(document, taxonomy, labels)


def _labels(document: Document, taxonomy: str | None, settings: LabelSettings) -> Labels:
    return label_document(document, taxonomy_at(taxonomy), _likeness_at(taxonomy, settings))


@lru_cache(maxsize=4)
def _likeness_at(taxonomy: str | None, settings: LabelSettings) -> Likeness | None:
    """The person's embedding model beside the taxonomy's topics, read once a process; None without one."""
    if settings.embedding is None:
        return None
    with kept():
        from crawler.label.topics.embedding import Likeness

        return Likeness(settings.embedding, taxonomy_at(taxonomy).tags.values(), settings.similarity)


def blocks_of(article: Article) -> tuple[Block, ...]:
    """A stored article's blocks: from its HTML, else from its text."""
    blocks = blocks_of_html(article.content_html) if article.content_html else ()
    return blocks or blocks_of_text(article.text)


def document_of(
    article: Article, blocks: tuple[Block, ...], extracted: Extracted | None, source: Source | None
) -> Document:
    """What the labeller sees of an article."""
    return Document(
        url=article.url,
        title=article.title,
        blocks=blocks,
        description=extracted.description if extracted else article.description,
        categories=(extracted.tags if extracted and extracted.tags else article.categories),
        authors=article.authors,
        source=source.slug if source else None,
        source_name=source.name if source else None,
        source_company=source.company if source else None,
        source_tags=source.tags if source else (),
        source_language=source.language if source else None,
        site_name=extracted.site_name if extracted else "",
        images=extracted.images if extracted else article.signals.images,
    )


def with_labels(article: Article, labels: Labels) -> Article:
    """The article with its labels."""
    return replace(
        article,
        company=labels.company,
        language=labels.language,
        words=labels.words,
        minutes=labels.minutes,
        kind=labels.kind,
        subkind=labels.subkind,
        tags=labels.tags,
        roles=labels.roles,
        audience=labels.audience,
        summary=labels.summary,
        deck=labels.deck,
        signals=labels.signals,
        labelled=True,
    )


def inspect_page(
    body: bytes,
    url: str,
    *,
    content_type: str | None = None,
    entry: Entry | None = None,
    taxonomy: str | None = None,
    labels: LabelSettings = _PLAIN,
) -> Article:
    """What we make of one page without a store or a source, by a taxonomy's path and the settings of labels.

    Raises ExtractError.
    """
    extracted = extract_page(body, url, content_type=content_type, entry=entry)
    bare = _bare_article(url, extracted.title)
    article = replace(
        bare,
        authors=extracted.authors,
        published_at=extracted.published_at,
        canonical_url=extracted.canonical_url or bare.canonical_url,
        text=extracted.text,
        content_html=extracted.content_html,
        description=extracted.description,
        categories=extracted.tags,
        image=extracted.image,
        noindex=extracted.noindex,
    )
    return with_labels(article, _labels(document_of(article, extracted.blocks, extracted, None), taxonomy, labels))


def inspect_text(
    text: str,
    url: str,
    title: str,
    *,
    summary: str = "",
    tags: tuple[str, ...] = (),
    taxonomy: str | None = None,
    labels: LabelSettings = _PLAIN,
) -> Article:
    """What we make of an article that is given as (lightly marked-up) text."""
    blocks = blocks_of_text(text)
    article = replace(_bare_article(url, title), text=text_of_blocks(blocks), description=summary, categories=tags)
    return with_labels(article, _labels(document_of(article, blocks, None, None), taxonomy, labels))


def _bare_article(url: str, title: str) -> Article:
    from datetime import UTC, datetime

    epoch = datetime.fromtimestamp(0, UTC)
    return Article(
        id=article_id(url),
        source="",
        guid=url,
        url=url,
        canonical_url=canonical_url(url),
        title=title,
        first_seen_at=epoch,
    )


def _read_page(page: Fetched, entry: Entry, url: str) -> tuple[Extracted | None, str | None]:
    """What the page holds; and why it is of no use, where it is not."""
    if urlsplit(page.url).path in ("", "/") and urlsplit(url).path not in ("", "/"):
        return None, "the address leads to the site's front page now"
    try:
        extracted = extract_page(page.body, page.url, content_type=page.headers.get("content-type"), entry=entry)
    except ExtractError as error:
        return None, str(error)
    if extracted.quality in ("soft-404", "wall", "empty") or count_words(extracted.text) < FEW_WORDS:
        return extracted, f"the page holds no article ({extracted.quality if extracted.quality != 'full' else 'empty'})"
    if _leads_elsewhere(page.url, extracted.title, entry, url):
        return None, f"the address leads to {page.url} now, which is about something else"
    return extracted, None


def _leads_elsewhere(found_at: str, title: str, entry: Entry, url: str) -> bool:
    """Whether redirects ended at a page for everybody (a consent, a login, a new blog's list) and not at the article's:
    neither the title nor the address there has a word of what the feed calls it."""
    if url_key(found_at) == url_key(url):
        return False
    called = _TELLING.findall(entry.title.lower())
    there = f"{title} {unquote(urlsplit(found_at).path)}".lower()
    # A part of a word counts, as some languages set no blanks between words.
    return bool(called) and not any(word in there for word in called) and _slug(found_at) != _slug(url)


def _slug(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rpartition("/")[2]


def _header_rules(page: Fetched | None) -> frozenset[str]:
    return robots_rules(page.headers.get("x-robots-tag", "").split("\n"), PRODUCT) if page is not None else frozenset()


def _opening(text: str) -> str:
    """The first words of a text that may not be kept whole: enough to tell what it is, no copy of it."""
    words = text.split()
    return text if len(words) <= EXCERPT_WORDS else " ".join(words[:EXCERPT_WORDS]) + " …"


def _canonical(article: Article, extracted: Extracted, page: Fetched | None) -> str:
    """The trusted canonical address, else where the page was found, else what the feed said."""
    if extracted.canonical_url:
        return canonical_url(extracted.canonical_url)
    return canonical_url(page.url) if page is not None else article.canonical_url
