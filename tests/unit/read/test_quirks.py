"""Every quirk that feeds, sitemaps and listings are known for: one document each, with what we make of it beside it."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.errors import ParseError
from crawler.model import Entry, FeedDocument, Image, Source
from crawler.read import read_document

_FOLDER = Path(__file__).resolve().parents[2] / "data" / "feeds"
_EXPECTED = {
    path.name.removesuffix(".json").removesuffix(".expected"): path
    for path in sorted(_FOLDER.glob("*.json"))
    if path.name.endswith(".expected.json") or not path.with_suffix(".expected.json").exists()
}


def _document_of(name: str) -> Path:
    return next(path for path in _FOLDER.glob(f"{name}.*") if path != _EXPECTED[name])


def _read(name: str, expected: dict[str, Any]) -> FeedDocument:
    given = expected.get("source") or {}
    source = Source(
        slug="x",
        url=expected["url"],
        name="X",
        include=tuple(given.get("include", ())),
        exclude=tuple(given.get("exclude", ())),
        select=given.get("select"),
    )
    return read_document(
        expected["kind"],
        _document_of(name).read_bytes(),
        expected["url"],
        content_type=expected.get("content_type"),
        source=source,
    )


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Image):
        return [value.url, value.alt]
    return list(value) if isinstance(value, tuple) else value


def _seen(entry: Entry, fields: dict[str, Any]) -> dict[str, object]:
    return {name: _plain(getattr(entry, name)) for name in fields}


@pytest.mark.parametrize("name", _EXPECTED)
def test_quirk(name: str) -> None:
    expected = json.loads(_EXPECTED[name].read_text(encoding="utf-8"))
    if message := expected.get("error"):
        with pytest.raises(ParseError) as raised:
            _read(name, expected)
        assert message in str(raised.value)
        assert "\n" not in str(raised.value)
        return
    document = _read(name, expected)
    wanted = expected["entries"]
    assert [_seen(entry, fields) for entry, fields in zip(document.entries, wanted, strict=True)] == wanted
    for name_of_field in ("format", "title", "language", "wait_seconds", "skip_hours", "skip_days"):
        if name_of_field in expected:
            assert _plain(getattr(document, name_of_field)) == expected[name_of_field], name_of_field
    assert document.url == expected.get("home", document.url)


def test_there_is_a_document_for_every_expectation() -> None:
    assert len(_EXPECTED) >= 90
    for name in _EXPECTED:
        assert _document_of(name).is_file()
