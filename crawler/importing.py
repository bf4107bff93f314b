"""Articles from JSON lines into the store: fields that are there are kept, the others are made as in a crawl."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from crawler.context import Crawl
from crawler.errors import ConfigError, UserError
from crawler.jsonshape import LABEL_FIELDS, article_from_json
from crawler.linking import find_copies
from crawler.model import Article, Entry
from crawler.ports import ArticleWrite, Work
from crawler.reading import ReadTask, label_many

CHUNK = 64


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An article of the file; `absent` are the label fields that it does not state, `issues` the issues in which it
    stood where the file was written, by newsletter."""

    article: Article
    absent: frozenset[str]
    issues: Mapping[str, int] = field(default_factory=dict)


def read_lines(text: str, name: str, now: datetime) -> list[ImportLine]:
    """Every line of the file as an article. Raises ConfigError with all problems, each with its line."""
    lines: list[ImportLine] = []
    problems: list[str] = []
    # Not `splitlines`: a text may hold other marks that count as ends of lines.
    for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        if not line.strip():
            continue
        try:
            lines.append(_read_line(line, f"{name}:{number}", now))
        except UserError as error:
            problems.append(str(error))
    if problems:
        raise ConfigError(problems)
    return lines


def import_articles(crawl: Crawl, lines: Sequence[ImportLine]) -> int:
    """Store the articles, labels and copies made where they are absent; returns how many rows changed."""
    chunks = [lines[start : start + CHUNK] for start in range(0, len(lines), CHUNK)]
    crawl.progress.begin("labels", len(lines))
    changed = 0
    with ThreadPoolExecutor(crawl.workers.size) as threads:
        for writes in threads.map(lambda chunk: _complete(crawl, chunk), chunks):
            changed += crawl.store.add_articles(writes)
            for _ in writes:
                crawl.progress.advance("labels")
    find_copies(crawl)
    crawl.progress.end()
    return changed


def unknown_issues(lines: Sequence[ImportLine], known: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    """How many articles of the file stood in issues of each newsletter that are not `known` (numbers by article, by
    newsletter): they are new to this store's issues."""
    counts: dict[str, int] = {}
    for line in lines:
        for newsletter, number in line.issues.items():
            if known.get(newsletter, {}).get(line.article.id) != number:
                counts[newsletter] = counts.get(newsletter, 0) + 1
    return dict(sorted(counts.items()))


def _read_line(line: str, where: str, now: datetime) -> ImportLine:
    try:
        row: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{where}: not JSON: {error}") from error
    if not isinstance(row, dict):
        raise UserError(f"{where}: a line must be a JSON object")
    absent = frozenset() if "labelled" in row else frozenset(LABEL_FIELDS) - row.keys()
    if "kind" in absent:  # a file that states a kind alone has no narrower one
        absent |= {"subkind"} - row.keys()
    return ImportLine(article_from_json(row, where, now), absent, _issues(row, where))


def _issues(row: Mapping[str, Any], where: str) -> dict[str, int]:
    stated = row.get("issues", {})
    if not isinstance(stated, dict) or not all(type(number) is int for number in stated.values()):
        raise UserError(f"{where}: `issues` must be an object of newsletters with a number each")
    return stated


def _complete(crawl: Crawl, chunk: Sequence[ImportLine]) -> list[ArticleWrite]:
    """The articles with labels and signature, made in a worker."""
    tasks = [
        ReadTask(Work(line.article, _entry(line.article), want_page=False), crawl.sources.get(line.article.source),
                 None, crawl.taxonomy, crawl.settings.labels)
        for line in chunk
    ]  # fmt: skip
    readings = crawl.workers.call(label_many, tasks, 60.0)
    return [_kept(line, reading.write) for line, reading in zip(chunk, readings, strict=True)]


def _kept(line: ImportLine, made: ArticleWrite) -> ArticleWrite:
    article = _keep_stated(line, made.article)
    # What nobody has read yet is like no other article, in an import as in a crawl.
    return replace(made, article=article, signature=made.signature if article.labelled else None)


def _keep_stated(line: ImportLine, labelled: Article) -> Article:
    """What the line states stands; what it does not is taken from the labels."""
    if not line.absent:
        return line.article
    made: dict[str, Any] = {name: getattr(labelled, name) for name in line.absent}
    signals = labelled.signals if "tags" in line.absent else replace(labelled.signals, topics=None)
    return replace(line.article, **made, signals=signals, labelled=True)


def _entry(article: Article) -> Entry:
    return Entry(guid=article.guid, url=article.url, title=article.title, published_at=article.published_at)
