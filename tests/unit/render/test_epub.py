"""The book: an archive in the order that readers need, whole, and right by the validator of the format."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings

from crawler.model import Image, Issue, Item, Section
from crawler.render import render
from crawler.render.options import RenderOptions
from tests.golden.issue import ISSUE
from tests.support.java import JAVA
from tests.unit.draft.strategies import issues

OPF = "{http://www.idpf.org/2007/opf}"
XHTML = "{http://www.w3.org/1999/xhtml}"
JAR = Path("/usr/share/java/epubcheck.jar")


def _epubcheck() -> Sequence[str] | None:
    """Debian's program is an archive for Java, which only some systems can start by its name."""
    if JAR.is_file() and shutil.which("java"):
        return [*JAVA, "-jar", str(JAR)]
    found = shutil.which("epubcheck")
    return [found] if found else None


needs_epubcheck = pytest.mark.skipif(_epubcheck() is None, reason="epubcheck is not installed (Debian: epubcheck)")

RICH = replace(
    ISSUE,
    opening="A **word** before, with a ![picture](https://mine.example/p.png).",
    sections=(
        Section("", "Tables & lists", (replace(ISSUE.items[0], notes="1. **One**: first\n   - deeper\n2. Two"),)),
        Section(
            "", "Code", (replace(ISSUE.items[1], body="Before.\n\n```\na < b && c\n\nd\n```\n\n|a|b|\n|-|-|\n|1|2|"),)
        ),
        Section("", "Empty", ()),
    ),
)


def _book(issue: Issue, options: RenderOptions | None = None) -> ZipFile:
    return ZipFile(BytesIO(render(issue, "epub", options or RenderOptions())))


def test_the_archive_begins_with_its_type() -> None:
    """EPUB 3.3 section 4.2.6: first, stored, with no extra field, so that the type stands at a fixed place."""
    made = render(ISSUE, "epub")
    assert made[30:58] == b"mimetypeapplication/epub+zip"
    book = _book(ISSUE)
    assert book.testzip() is None
    assert {entry.compress_type for entry in book.infolist()} == {ZIP_STORED}
    assert {entry.date_time for entry in book.infolist()} == {(2026, 11, 16, 0, 0, 0)}


def test_times_before_archives_can_tell_them() -> None:
    """A window of long ago is stamped with the earliest year of the format."""
    old = replace(
        ISSUE.window, start_at=ISSUE.window.start_at.replace(year=1971), end_at=ISSUE.window.end_at.replace(year=1971)
    )
    assert _book(replace(ISSUE, window=old)).infolist()[0].date_time[0] == 1980


@given(issue=issues)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_manifest_spine_and_contents_agree(issue: Issue) -> None:
    """Every file is listed, every listed file is there, and the contents lead to every item."""
    book = _book(issue)
    package = ET.fromstring(book.read("book/package.opf"))
    listed = {item.get("id", ""): item.get("href", "") for item in package.iter(f"{OPF}item")}
    there = {name.removeprefix("book/") for name in book.namelist() if name.startswith("book/")}
    assert set(listed.values()) | {"package.opf"} == there
    spine = [listed[ref.get("idref", "")] for ref in package.iter(f"{OPF}itemref")]
    assert len(set(spine)) == len(spine)
    targets = [a.get("href", "") for a in ET.fromstring(book.read("book/nav.xhtml")).iter(f"{XHTML}a")]
    for target in targets:
        name, _, anchor = target.partition("#")
        document = ET.fromstring(book.read(f"book/{name}"))
        assert not anchor or any(element.get("id") == anchor for element in document.iter())
    assert sum("#" in target for target in targets) == len(issue.items)


def test_a_book_loads_nothing() -> None:
    """EPUB 3.3 section 3.6: pictures may not lie elsewhere."""
    book = _book(RICH)
    assert not [name for name in book.namelist() if b"<img" in book.read(name)]


@needs_epubcheck
@pytest.mark.slow
def test_the_validator_accepts_the_book(tmp_path: Path) -> None:
    """No error and no warning, for a book with everything, hostile words too, and for one with next to nothing."""
    command = _epubcheck()
    assert command
    hostile = Item(
        title='</a><script>"&\ufffe\x0b',
        url="https://x.example/?a[]=1&b='\"<>#p|q",
        summary="]]> <!-- &nbsp;",
        image=Image("https://x.example/i|.png?a[]=1&b={2}", "x"),
    )
    everything = replace(RICH, title="<&>", sections=(*RICH.sections, Section("", "", (hostile,))))
    books = {
        "everything": render(everything, "epub", RenderOptions(base_url="https://weekly.example/", pages=True)),
        "bare": render(replace(ISSUE, sections=(), lead="", tags=(), comments=None), "epub"),
    }
    for name, made in books.items():
        path = tmp_path / f"{name}.epub"
        path.write_bytes(made)
        done = subprocess.run([*command, "--failonwarnings", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{name}: {done.stdout}{done.stderr}"
