"""`crawl inspect`: what we make of a feed or a page, without the store."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

import click

from crawler.app import App
from crawler.cli.common import common_options, private_hosts_option
from crawler.errors import NothingFetched, SourceError, UserError
from crawler.settings import LabelSettings

CHUNK = 8
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class _Rules:
    """By what articles are labelled: a custom taxonomy's path, and the settings of labels."""

    taxonomy: str | None
    labels: LabelSettings


@dataclass(frozen=True, slots=True)
class _Place:
    """What a worker needs beside the lines: the folder that their paths start from, and by what to label."""

    folder: str
    rules: _Rules


def _rules(app: App) -> _Rules:
    """What the configuration says of labels; without one, what is shipped."""
    return _Rules(app.taxonomy_path, app.labels) if app.config_path.exists() else _Rules(None, LabelSettings())


@click.command()
@click.argument("target", metavar="FILE-or-URL", required=False)
@click.option("--url", metavar="URL", help="The address that a file was found under; relative links need it.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--jsonl", "lines", metavar="FILE", help="A line of JSON in gives a line out; `-` reads stdin.")
@private_hosts_option
@common_options
def inspect(
    app: App,
    target: str | None,
    url: str | None,
    as_json: bool,
    lines: str | None,
    allow_private_hosts: tuple[str, ...],
) -> int:
    """Show what we make of a feed or a page: entries, or text, metadata and labels.

    Lines for --jsonl: {"id", "url", "html" or "html_path" or "text", "title"?,
    "summary"?, "tags"?, "published_at"?}. Each gives one line with the same id;
    a line that fails gives {"id", "error"}.

    \b
    Examples:
      crawl inspect https://netflixtechblog.com/feed
      crawl inspect page.html --url https://example.org/post --json
      crawl inspect --jsonl pages.jsonl > articles.jsonl
    """
    app.allow_private_hosts = allow_private_hosts
    if lines is not None:
        return _inspect_lines(app, lines)
    if not target:
        raise UserError("name a file or an address to inspect, or give --jsonl FILE")
    body, address, content_type = _load(app, target, url)
    try:
        shape = _inspect_one(body, address, content_type, _rules(app))
    except SourceError as error:
        raise UserError(f"{target}: {error}") from error
    click.echo(json.dumps(shape, ensure_ascii=False, indent=None if as_json else 1))
    return 0


def _load(app: App, target: str, url: str | None) -> tuple[bytes, str, str | None]:
    """The bytes of a file or an address, the address, and the content type where one was told."""
    if not target.startswith(("http://", "https://")):
        try:
            return Path(target).read_bytes(), url or "https://example.org/", None
        except OSError as error:
            raise UserError(
                f"{target}: cannot be read: {error.strerror or error}; name a file or an http(s) address"
            ) from error
    from crawler.fetch.agent import user_agent
    from crawler.fetch.client import HttpFetcher
    from crawler.model import Failed, Fetched, Request
    from crawler.settings import FetchSettings

    settings = (
        app.settings.fetch if app.config_path.exists() else FetchSettings(allow_private_hosts=app.allow_private_hosts)
    )
    contact = app.settings.contact if app.config_path.exists() else None
    fetcher = HttpFetcher(settings, user_agent=user_agent(contact, _version()), environ=dict(app.environ))
    try:
        outcome = fetcher.fetch(Request(target, "page"))
    finally:
        fetcher.close()
    if isinstance(outcome, Fetched):
        return outcome.body, outcome.url, outcome.headers.get("content-type")
    raise NothingFetched(f"{target}: {outcome.message if isinstance(outcome, Failed) else 'the address is gone (410)'}")


def _version() -> str:
    from crawler import __version__

    return __version__


def _inspect_one(body: bytes, url: str, content_type: str | None, rules: _Rules) -> dict[str, Any]:
    from crawler.compose.rank import base_score
    from crawler.jsonshape import article_json, feed_document_json
    from crawler.read import read_document, sniff
    from crawler.reading import inspect_page

    sniffed = sniff(body, content_type)
    if sniffed in ("feed", "sitemap"):
        return feed_document_json(read_document(sniffed, body, url, content_type=content_type))
    article = inspect_page(body, url, content_type=content_type, taxonomy=rules.taxonomy, labels=rules.labels)
    return {"type": "article"} | article_json(replace(article, score=base_score(article)[0]))


def _inspect_lines(app: App, name: str) -> int:
    """Lines in chunks through the workers, answers in the order of the lines."""
    place = _Place(str(Path(name).parent) if name != "-" else ".", _rules(app))
    with _lines(name) as file, ThreadPoolExecutor(app.workers.size) as threads:
        waiting = []
        for chunk in _chunks(file):
            waiting.append(threads.submit(_answer_chunk, app, chunk, place))
            while len(waiting) > 2 * app.workers.size:
                _print_lines(waiting.pop(0).result())
        for future in waiting:
            _print_lines(future.result())
    return 0


@contextmanager
def _lines(name: str) -> Iterator[TextIO]:
    """A file, or stdin, which stays open. A byte that is no UTF-8 spoils its own line alone, as it does in a page."""
    if name == "-":
        if isinstance(sys.stdin, TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        yield sys.stdin
        return
    try:
        file = Path(name).open(encoding="utf-8-sig", errors="replace")  # noqa: SIM115 -- closed below
    except OSError as error:
        raise UserError(f"{name}: cannot be read: {error.strerror or error}") from error
    with file:
        yield file


def _chunks(lines: Any) -> Iterator[list[str]]:
    numbered = (line for line in lines if line.strip())
    while chunk := list(islice(numbered, CHUNK)):
        yield chunk


def _answer_chunk(app: App, chunk: list[str], place: _Place) -> list[str]:
    try:
        return app.workers.call(answer_lines, (chunk, place), 30.0 * len(chunk))
    except SourceError:
        return [_answer_alone(app, line, place) for line in chunk]


def _answer_alone(app: App, line: str, place: _Place) -> str:
    try:
        return app.workers.call(answer_lines, ([line], place))[0]
    except SourceError as error:
        return _line({"id": _id_of(line), "error": str(error)})


def answer_lines(argument: tuple[list[str], _Place]) -> list[str]:
    """Runs in a worker: the answers to some lines, as JSON."""
    chunk, place = argument
    return [_line(_answer(line, place)) for line in chunk]


def _line(answer: dict[str, Any]) -> str:
    """One line of JSON. Half a surrogate pair, which JSON can name and no text can hold, stays as it is named."""
    text = json.dumps(answer, ensure_ascii=False)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _answer(line: str, place: _Place) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "error": f"this line is not JSON: {error}"}
    if not isinstance(row, dict):
        return {"id": None, "error": "this line is not a JSON object"}
    try:
        return {"id": row.get("id")} | {k: v for k, v in _inspect_row(row, place).items() if k != "id"}
    except (UserError, OSError, ValueError) as error:
        return {"id": row.get("id"), "error": str(error)}
    except Exception as error:  # noqa: BLE001 -- one line must not cost the others
        return {"id": row.get("id"), "error": f"{type(error).__name__}: {error}"}


def _inspect_row(row: dict[str, Any], place: _Place) -> dict[str, Any]:
    url = str(row.get("url") or "https://example.org/")
    if row.get("text") is None:
        if isinstance(row.get("html"), str):
            body, kind = row["html"].encode("utf-8", "replace"), "text/html; charset=utf-8"
        elif isinstance(row.get("html_path"), str):
            body, kind = (Path(place.folder) / row["html_path"]).read_bytes(), None
        else:
            raise UserError("a line needs `html`, `html_path` or `text`")
        return _inspect_html(row, body, url, kind, place.rules)
    return _inspect_text(row, url, place.rules)


def _inspect_html(
    row: dict[str, Any], body: bytes, url: str, content_type: str | None, rules: _Rules
) -> dict[str, Any]:
    from crawler.compose.rank import base_score
    from crawler.jsonshape import article_json, feed_document_json
    from crawler.read import read_document, sniff
    from crawler.reading import inspect_page

    sniffed = sniff(body, content_type)
    if sniffed in ("feed", "sitemap"):
        return feed_document_json(read_document(sniffed, body, url))
    article = inspect_page(
        body,
        url,
        content_type=content_type,
        entry=_entry_of(row, url),
        taxonomy=rules.taxonomy,
        labels=rules.labels,
    )
    return article_json(replace(article, score=base_score(article)[0]))


def _inspect_text(row: dict[str, Any], url: str, rules: _Rules) -> dict[str, Any]:
    from crawler.compose.rank import base_score
    from crawler.jsonshape import article_json
    from crawler.reading import inspect_text

    article = inspect_text(
        str(row["text"]),
        url,
        str(row.get("title") or ""),
        summary=str(row.get("summary") or ""),
        tags=_tags(row),
        taxonomy=rules.taxonomy,
        labels=rules.labels,
    )
    return article_json(replace(article, published_at=_moment(row), score=base_score(article)[0]))


def _entry_of(row: dict[str, Any], url: str) -> Any:
    """What the line says of the article, as a feed would have; None where it says nothing."""
    from crawler.model import Entry

    if not any(row.get(name) for name in ("title", "summary", "tags", "published_at")):
        return None
    return Entry(
        guid=url,
        url=url,
        title=str(row.get("title") or ""),
        summary_html=str(row.get("summary") or ""),
        tags=_tags(row),
        published_at=_moment(row),
    )


def _tags(row: dict[str, Any]) -> tuple[str, ...]:
    tags = row.get("tags") or []
    if not isinstance(tags, list):
        raise UserError("`tags` must be a list of texts")
    return tuple(map(str, tags))


def _moment(row: dict[str, Any]) -> Any:
    from datetime import UTC, datetime

    value = row.get("published_at")
    if not value:
        return None
    moment = datetime.fromisoformat(str(value))
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _print_lines(lines: list[str]) -> None:
    for line in lines:
        click.echo(line)


def _id_of(line: str) -> Any:
    try:
        return json.loads(line).get("id")
    except (ValueError, AttributeError, RecursionError):
        return None
