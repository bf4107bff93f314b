"""A store with issues and articles, and the site that is built from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from crawler.draft.write import write_draft
from crawler.label.taxonomy.loading import taxonomy_at
from crawler.model import Issue, Window
from crawler.publishing_site import Wanted, publish_site
from crawler.settings import IssueSettings, Settings, SiteSettings
from crawler.site.files import Written
from crawler.site.searching import pagefind_program
from storage.memory import MemoryStore
from tests.golden.issue import ISSUE
from tests.support.stores import NOW, WEEK, make_record, make_source

NASTY = "<script>alert('x')</script> & \"quotes\""
PAGE_WEIGHT = 150_000


def issue(number: int) -> Issue:
    step = timedelta(days=7 * number)
    return replace(ISSUE, number=number, window=Window(WEEK.start_at + step, WEEK.end_at + step))


def put_issue(store: MemoryStore, number: int) -> None:
    made = issue(number)
    store.publish(make_record(number, write_draft(made), window=made.window, published_at=NOW), [])


def build(
    store: MemoryStore,
    out: Path,
    *,
    base_url: str | None = None,
    anew: bool = False,
    notes: Path | None = None,
    search: bool = False,
    site: SiteSettings | None = None,
    **issue_: object,
) -> Written:
    issue_settings = replace(IssueSettings(), **issue_)  # type: ignore[arg-type]
    settings = replace(Settings(), issue=issue_settings, site=site or SiteSettings())
    sources = {"acme": make_source(homepage="https://acme.example/")}
    wanted = Wanted(base_url=base_url, notes=notes, pagefind=pagefind_program() if search else None)
    return publish_site(store, settings, sources, taxonomy_at(None), out, wanted, anew=anew)


def contents(folder: Path) -> Mapping[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def parsed(folder: Path, path: str) -> ET.Element:
    return ET.fromstring((folder / path).read_text(encoding="utf-8"))
