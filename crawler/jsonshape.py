"""The JSON shapes of the command line: other programs rely on them. Fields may be added, never renamed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from crawler.errors import UserError
from crawler.model import Article, Feed, FeedDocument, Image, Reason, Signals, Source
from crawler.report import RunReport, SourceResult
from crawler.urls import article_id, canonical_url, is_web_url

Json = dict[str, Any]


def dumps(value: Json) -> str:
    """One line of JSON, text as it is (UTF-8), keys in our order."""
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def instant(value: datetime | None) -> str | None:
    """ISO 8601 in UTC."""
    return value.astimezone(UTC).isoformat() if value else None


def article_json(article: Article) -> Json:
    """An article as `articles --json`, `export` and `inspect` print it."""
    return {
        "id": article.id,
        "guid": article.guid,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "title": article.title,
        "source": article.source,
        "company": article.company,
        "authors": list(article.authors),
        "published_at": instant(article.published_at),
        "first_seen_at": instant(article.first_seen_at),
        "language": article.language,
        "words": article.words,
        "minutes": article.minutes,
        "kind": article.kind,
        "subkind": article.subkind,
        "tags": list(article.tags),
        "roles": list(article.roles),
        "audience": article.audience,
        "summary": article.summary,
        "deck": article.deck,
        "image": {"url": article.image.url, "alt": article.image.alt} if article.image else None,
        "text": article.text,
        "content_html": article.content_html,
        "duplicate_of": article.duplicate_of,
        "also_at": list(article.also_at),
        "issue": article.issue,
        "score": None if article.score is None else round(article.score, 4),
    }


def export_json(article: Article, issues: Mapping[str, int] | None = None) -> Json:
    """An article's line in an export: the public fields and what a store needs to be whole again.

    `issues`: in which issue of each newsletter the article stands, by the newsletter's name.
    """
    shape = article_json(article)
    shape["issues"] = dict(issues or {})
    del shape["score"]  # made from the other fields whenever it is asked for
    shape["labelled"] = article.labelled
    shape["held"] = article.held
    shape["noindex"] = article.noindex
    shape["page"] = article.page
    shape["description"] = article.description
    shape["categories"] = list(article.categories)
    shape["signals"] = asdict(article.signals)
    return shape


LABEL_FIELDS = ("language", "words", "minutes", "kind", "tags", "roles", "audience", "summary", "deck", "company")


def article_from_json(line: Json, where: str, now: datetime) -> Article:
    """The article of an import line; labels that are absent are left empty and `labelled` false.

    Raises UserError, beginning with `where`, for a line that is no article.
    """
    url = _text(line, "url", where, needed=True)
    if not is_web_url(url):
        raise UserError(f"{where}: `url` is not an absolute http(s) address: {url!r}")
    canonical = _text(line, "canonical_url", where) or canonical_url(url)
    signals = line.get("signals")
    labelled = line.get("labelled", all(name in line for name in LABEL_FIELDS))
    return Article(
        id=_text(line, "id", where) or article_id(canonical),
        source=_text(line, "source", where),
        guid=_text(line, "guid", where) or url,
        url=url,
        canonical_url=canonical,
        title=_text(line, "title", where),
        first_seen_at=_moment(line, "first_seen_at", where) or now,
        published_at=_moment(line, "published_at", where),
        authors=_texts(line, "authors", where),
        company=_text(line, "company", where) or None,
        language=_text(line, "language", where),
        words=_number(line, "words", where),
        minutes=_number(line, "minutes", where),
        kind=_text(line, "kind", where),
        subkind=_text(line, "subkind", where),
        tags=_texts(line, "tags", where),
        roles=_texts(line, "roles", where),
        audience=_text(line, "audience", where),
        summary=_text(line, "summary", where),
        deck=_text(line, "deck", where),
        image=_image(line, where),
        text=_text(line, "text", where),
        content_html=_text(line, "content_html", where),
        description=_text(line, "description", where),
        categories=_texts(line, "categories", where),
        signals=_signals(signals) if isinstance(signals, dict) else Signals(),
        duplicate_of=_text(line, "duplicate_of", where) or None,
        also_at=_texts(line, "also_at", where),
        held=bool(line.get("held", False)),
        labelled=bool(labelled),
        page=line["page"] if line.get("page") in ("none", "pending", "done", "failed", "deferred") else "done",
        noindex=bool(line.get("noindex", False)),
    )


def feed_document_json(document: FeedDocument) -> Json:
    """What `inspect` prints of a feed."""
    return {
        "type": "feed",
        "format": document.format,
        "title": document.title,
        "url": document.url,
        "entries": [
            {
                "guid": entry.guid,
                "url": entry.url,
                "title": entry.title,
                "authors": list(entry.authors),
                "published_at": instant(entry.published_at),
                "updated_at": instant(entry.updated_at),
                "summary_html": entry.summary_html,
                "content_html": entry.content_html,
                "tags": list(entry.tags),
            }
            for entry in document.entries
        ],
    }


def source_result_json(result: SourceResult) -> Json:
    """A source in `once --json`."""
    error = {"kind": result.error_kind, "message": result.error} if result.error else None
    return {
        "source": result.source,
        "url": result.url,
        "outcome": result.outcome,
        "status": result.status,
        "new": result.new,
        "updated": result.updated,
        "held": result.held,
        "error": error,
    }


def run_json(report: RunReport) -> Json:
    """What `once --json` prints."""
    return {
        "run": report.run,
        "started_at": instant(report.started_at),
        "seconds": report.seconds,
        "totals": asdict(report.totals),
        "sources": [source_result_json(result) for result in report.sources],
    }


def source_json(source: Source, feed: Feed | None) -> Json:
    """A line of `sources list --json`."""
    feed = feed or Feed(source.slug, source.url)
    return {
        "source": source.slug,
        "name": source.name,
        "company": source.company,
        "url": source.url,
        "current_url": feed.current_url,
        "kind": source.kind,
        "tags": list(source.tags),
        "confirmed": source.confirmed,
        "state": feed.state,
        "failures": feed.failures,
        "last_error": feed.last_error,
        "last_checked_at": instant(feed.last_checked_at),
        "last_success_at": instant(feed.last_success_at),
        "next_check_at": instant(feed.next_check_at),
        "etag": feed.etag,
        "last_modified": feed.last_modified,
    }


def reason_json(reason: Reason) -> Json:
    """One reason in `why --json`."""
    return {
        "label": reason.label,
        "value": reason.value,
        "rule": reason.rule,
        "evidence": reason.evidence,
        "where": reason.where,
        "score": round(reason.score, 4),
    }


def _signals(value: Mapping[str, Any]) -> Signals:
    known = asdict(Signals())
    stated: dict[str, Any] = {k: v for k, v in value.items() if k in known and isinstance(v, int | float)}
    return Signals(**stated)


def _text(line: Json, key: str, where: str, *, needed: bool = False) -> str:
    value = line.get(key)
    if value is None:
        if needed:
            raise UserError(f"{where}: `{key}` is missing; every article needs it")
        return ""
    if not isinstance(value, str):
        raise UserError(f"{where}: `{key}` must be a string, not {type(value).__name__}")
    return value


def _texts(line: Json, key: str, where: str) -> tuple[str, ...]:
    value = line.get(key)
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise UserError(f"{where}: `{key}` must be a list of strings")
    return tuple(value)


def _number(line: Json, key: str, where: str) -> int:
    value = line.get(key)
    if value is None:
        return 0
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise UserError(f"{where}: `{key}` must be a whole number, zero or more")
    return value


def _image(line: Json, where: str) -> Image | None:
    image = line.get("image")
    if image is not None and not (isinstance(image, dict) and isinstance(image.get("url"), str)):
        raise UserError(f"{where}: `image` must be null or an object with `url` and `alt`")
    return Image(image["url"], str(image.get("alt") or "")) if image else None


def _moment(line: Json, key: str, where: str) -> datetime | None:
    value = line.get(key)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (TypeError, ValueError, OverflowError):
        raise UserError(f"{where}: `{key}` is not an ISO 8601 time: {value!r}") from None
