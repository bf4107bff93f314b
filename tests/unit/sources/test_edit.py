"""Edits of sources.yaml: what was asked, and not a byte more."""

from __future__ import annotations

import difflib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.errors import UserError
from crawler.model import Source
from crawler.sources.config import load_config, parse_config
from crawler.sources.edit import SourcesFile

PATH = Path("sources.yaml")
FLOW = """# head
defaults: {weight: 2.0, tags: [go]}
sources:
  # about a
  - {slug: a,  url: "https://a.example/feed"}   # why a

  - {slug: b, url: https://b.example/feed}
# tail
"""
BLOCK = """sources:
- slug: a
  url: https://a.example/feed  # of a
  tags:
  - go

- slug: b
  url: "https://b.example/feed"
  # about b's name
  name: B

# tail
settings: {timezone: UTC}
"""
INLINE = 'sources: [{slug: a, url: "https://a.example/feed"}, {slug: b, url: "https://b.example/feed"}]\n'
STYLES = pytest.mark.parametrize("text", [FLOW, BLOCK, INLINE, FLOW.replace("\n", "\r\n"), BLOCK.rstrip("\n")])


def changes(before: str, after: str) -> list[str]:
    """Lines taken out and put in, with their marks."""
    return [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]


def new(**fields: object) -> Source:
    return Source(**{"slug": "c", "url": "https://c.example/feed", "name": "C", **fields})  # type: ignore[arg-type]


@STYLES
def test_what_is_added_and_removed_again_leaves_the_same_bytes(text: str) -> None:
    file = SourcesFile(text, PATH)
    file.add([new(), new(slug="d", url="https://d.example/feed", tags=("x", "y"), kind="listing")])
    assert [source.slug for source in file.config.sources] == ["a", "b", "c", "d"]
    file.remove("d")
    file.remove("c")
    assert file.text.rstrip("\r\n") == text.rstrip("\r\n")


def test_a_flow_line_stands_in_the_style_of_its_neighbours() -> None:
    file = SourcesFile(FLOW, PATH)
    file.add([new(company="Cee: the company", weight=1.0)])
    line = '{slug: c, name: C, company: "Cee: the company", url: "https://c.example/feed", kind: feed, tags: [], weight: 1.0}'
    assert changes(FLOW, file.text) == [f"+   - {line}"]
    assert file.text.index("# tail") > file.text.index("slug: c")


def test_a_block_stands_in_the_style_of_its_neighbours() -> None:
    file = SourcesFile(BLOCK, PATH)
    file.add([new()])
    assert changes(BLOCK, file.text) == [
        "+ - slug: c",
        "+   name: C",
        '+   url: "https://c.example/feed"',
        "+   kind: feed",
    ]


def test_removing_takes_the_line_and_keeps_comments() -> None:
    file = SourcesFile(FLOW, PATH)
    file.remove("a")
    assert "# about a" in file.text
    assert "# why a" in file.text
    assert "a.example" not in file.text
    block = SourcesFile(BLOCK, PATH)
    block.remove("a")
    assert "slug: b" in block.text
    assert "# tail" in block.text


@STYLES
def test_a_new_address_changes_nothing_else(text: str) -> None:
    file = SourcesFile(text, PATH)
    file.set_url("a", "https://a.example/new?a=1&b=2")
    assert file.config.sources[0].url == "https://a.example/new?a=1&b=2"
    assert len(file.text) == len(text) + len('"https://a.example/new?a=1&b=2"') - len(
        '"https://a.example/feed"' if '"https://a' in text else "https://a.example/feed"
    )


@pytest.mark.parametrize(
    "text", ["sources:\n- {url: 'https://a.example/feed'}\n", "sources:\n- url: https://a.example/feed\n"]
)
def test_what_followed_from_the_old_address_is_written_down(text: str) -> None:
    file = SourcesFile(text, PATH)
    before = file.config.sources[0]
    file.set_url(before.slug, "https://elsewhere.example/x")
    after = file.config.sources[0]
    assert (after.slug, after.name) == (before.slug, before.name)


def test_the_only_source_is_not_removed() -> None:
    file = SourcesFile("sources: [{slug: a, url: 'https://a.example/f'}]\n", PATH)
    with pytest.raises(UserError, match=r"only source; edit it by hand"):
        file.remove("a")


def test_an_edit_that_would_mean_something_else_is_refused() -> None:
    """Slugs that follow from addresses are counted: without the first, the second's name would change."""
    text = "sources:\n- url: https://a.example/feed\n- url: https://a.example/rss\n"
    file = SourcesFile(text, PATH)
    assert [source.slug for source in file.config.sources] == ["a-example", "a-example-2"]
    with pytest.raises(UserError, match="something else"):
        file.remove("a-example")
    assert file.text == text


def test_saving_keeps_mode_links_and_mark(tmp_path: Path) -> None:
    real, link = tmp_path / "real.yaml", tmp_path / "sources.yaml"
    real.write_text("\ufeff" + FLOW, encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real)
    file = SourcesFile.open(link)
    file.add([new()])
    file.save()
    assert link.is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert real.read_text(encoding="utf-8").startswith("\ufeff# head")
    assert len(list(tmp_path.iterdir())) == 2


@given(
    st.text(max_size=40).filter(lambda name: name.strip()),
    st.sampled_from(
        ["yes", "1.0", "null", "a: b", "{x}", "- x", "#", "0x1f", "12:30:45", "2020-01-01", "~", "é\u2028"]
    ),
    st.sampled_from([FLOW, BLOCK, INLINE]),
)
def test_any_text_comes_back_as_it_was(name: str, company: str, text: str) -> None:
    clean = "".join(char for char in name if char.isprintable()).strip() or "x"
    file = SourcesFile(text, PATH)
    file.add([new(name=clean, company=company, include=(r"^https://c\.example/[a-z]+$",))])
    assert parse_config(file.text, PATH).sources[-1] == file.config.sources[-1]
    assert (file.config.sources[-1].name, file.config.sources[-1].company) == (clean, company)


def test_whoever_has_no_file_is_told_one_that_is_enough(tmp_path: Path) -> None:
    """It is read as it is told, and a source can be added to it."""
    path = tmp_path / "sources.yaml"
    with pytest.raises(UserError) as from_edit:
        SourcesFile.open(path)
    with pytest.raises(UserError, match="crawl demo") as from_load:
        load_config(path)
    for told in (from_edit, from_load):
        found = re.search(r"this is enough: (.*\])\)", str(told.value))
        assert found
        path.write_text(found[1])
        file = SourcesFile.open(path)
        file.add([Source(slug="two", name="two", url="https://two.example/feed")])
        path.unlink()
