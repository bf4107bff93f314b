"""Subscription lists that any reader can import."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from crawler.errors import UserError
from crawler.model import Source
from crawler.sources.opml import from_opml, to_opml
from crawler.text import one_line


def test_feeds_can_be_subscribed_to_and_names_survive() -> None:
    sources = (
        Source(
            slug="a",
            url="https://a.example/feed?x=1&y=2",
            name='A & "B" <C>',
            homepage="https://a.example",
            tags=("go", "rust"),
        ),
        Source(slug="b", url="https://b.example/blog", name="Büro\x00", kind="listing", language="de"),
    )
    root = etree.fromstring(to_opml(sources).encode())
    first, second = root.findall(".//outline")
    assert {str(name): str(value) for name, value in first.attrib.items()} == {
        "type": "rss",
        "text": 'A & "B" <C>',
        "title": 'A & "B" <C>',
        "xmlUrl": "https://a.example/feed?x=1&y=2",
        "htmlUrl": "https://a.example",
        "category": "go,rust",
        "{urn:weekly-roundup:opml}slug": "a",
    }
    assert (second.get("type"), second.get("url"), second.get("xmlUrl")) == ("link", "https://b.example/blog", None)
    assert second.get("text") == "Büro"
    assert root.get("version") == "2.0"


def test_the_same_sources_give_the_same_bytes() -> None:
    sources = [Source(slug="a", url="https://a.example/feed", name="A")]
    assert to_opml(sources) == to_opml(list(sources))
    assert to_opml([]).count("<outline") == 0


WORD = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp")), min_size=1, max_size=30).map(one_line)
TAG = st.from_regex(r"[a-z0-9][a-z0-9+.-]{0,10}", fullmatch=True)


@st.composite
def exported(draw: st.DrawFn, number: int) -> Source:
    return Source(
        slug=f"s{number}",
        url=f"https://h{number}.example/" + draw(st.sampled_from(["feed", 'a?x=1&y="2"', "ü", "sitemap.xml"])),
        name=draw(WORD.filter(bool)),
        kind=draw(st.sampled_from(["feed", "sitemap", "listing"])),
        company=draw(st.none() | WORD.filter(bool)),
        homepage=draw(st.none() | st.just("https://h.example/?a=1&b=<2>")),
        tags=tuple(draw(st.lists(TAG, unique=True, max_size=4))),
        language=draw(st.sampled_from([None, "en", "pt-BR"])),
    )


@given(st.data(), st.integers(1, 6))
def test_what_is_exported_is_imported_as_it_was(data: st.DataObject, count: int) -> None:
    sources = tuple(data.draw(exported(number)) for number in range(count))
    listed = from_opml(to_opml(sources).encode(), "x.opml")
    assert listed.problems == ()
    assert listed.sources == sources


NESTED = b"""<?xml version="1.0"?>
<opml version="1.1"><head><title>Mine</title></head><body>
<outline text="Engineering &amp; Ops">
  <outline text="Databases"><outline text="A" XMLURL="https://a.example/feed" htmlUrl="https://a.example"/></outline>
  <outline title="B" type="rss" xmlUrl="feed://b.example/feed" category="/Go/Runtime,rust"/>
</outline>
<outline text="A again" type="rss" xmlUrl="http://a.example/feed/" category="storage"/>
<outline text="nothing" type="rss" xmlUrl=""/>
<outline text="strange" type="rss" xmlUrl="mailto:x@example.org"/>
<outline text="a folder without feeds"/>
</body></opml>"""


def test_folders_and_categories_become_tags_and_duplicates_one_source() -> None:
    listed = from_opml(NESTED, "my.opml")
    first, second = listed.sources
    assert (first.url, first.name, first.homepage) == ("https://a.example/feed", "A", "https://a.example")
    assert first.tags == ("engineering-ops", "databases", "storage")
    assert (second.url, second.tags) == ("http://b.example/feed", ("engineering-ops", "go", "runtime", "rust"))
    assert listed.merged == 1
    assert [problem[:10] for problem in listed.problems] == ["my.opml:8:", "my.opml:9:"]


def test_a_broken_file_gives_what_can_be_read_and_the_line_of_the_break() -> None:
    broken = NESTED.replace(b'text="Databases"', b'text="Data<bases"').replace(b"</body></opml>", b"")
    listed = from_opml(broken, "my.opml")
    assert {source.url for source in listed.sources} == {"https://a.example/feed", "http://b.example/feed"}
    assert any(problem.startswith("my.opml:4: not well-formed") for problem in listed.problems)


@pytest.mark.parametrize("body", [b"", b"hello", b"<html><body/></html>", b"\xff\xfe\x00", b"<rss/>"])
def test_what_is_no_opml_is_refused(body: bytes) -> None:
    with pytest.raises(UserError, match=r"my\.opml"):
        from_opml(body, "my.opml")


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("", "utf-8"),
        ("\n\n  ", "utf-8"),
        ("\n<?xml version='1.0' encoding='windows-1251'?>", "cp1251"),
        ("<?xml version='1.0' encoding='UTF-8'?>", "utf-8-sig"),
        ("<?xml version='1.0' encoding='UTF-16'?>", "utf-16"),
    ],
)
def test_what_should_have_been_escaped_costs_nothing(head: str, encoding: str) -> None:
    """Readers write addresses, names and declarations as they please; an address that lost its `&` is another one."""
    loose = encoding != "utf-16"
    query = "?cat=3&copy=1&b=2" if loose else "?cat=3&amp;copy=1&amp;b=2"
    name = "Базы &nbsp; & &eacute;" if loose else "Базы &#160; &amp; &#233;"
    if encoding == "cp1251":
        name = name.replace("&eacute;", "&#233;")
    outline = f'{head}<opml><body><outline text="{name}" xmlUrl="https://a.example/f{query}"/></body></opml>'
    listed = from_opml(outline.encode(encoding), "my.opml")
    assert listed.problems == ()
    assert [(source.url, source.name) for source in listed.sources] == [
        ("https://a.example/f?cat=3&copy=1&b=2", "Базы & é")
    ]


@pytest.mark.parametrize("head", ["", "<?xml version='1.0' encoding='UTF-8'?>"])
def test_a_file_that_is_not_what_it_says_keeps_its_names(head: str) -> None:
    body = f'{head}<opml><body><outline text="Café" xmlUrl="https://a.example/f"/></body></opml>'.encode("latin-1")
    assert [source.name for source in from_opml(body, "my.opml").sources] == ["Café"]


def test_entities_and_depth_cost_nothing() -> None:
    bomb = b'<!DOCTYPE o [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><opml><body>%s</body></opml>'
    listed = from_opml(bomb % b'<outline text="x&amp;&a;&b;" xmlUrl="https://x.example/f"/>', "x")
    assert [source.url for source in listed.sources] == ["https://x.example/f"]
    assert "root:" not in listed.sources[0].name
    deep = b"<opml><body>" + b'<outline text="f">' * 200 + b'<outline xmlUrl="https://d.example/f"/>'
    assert [source.url for source in from_opml(deep, "x").sources] == ["https://d.example/f"]


@given(st.binary(max_size=300), st.integers(0, len(NESTED)))
def test_damage_raises_nothing_but_a_clear_error(junk: bytes, at: int) -> None:
    try:
        listed = from_opml(NESTED[:at] + junk + NESTED[at:], "x.opml")
    except UserError:
        return
    for problem in listed.problems:
        assert problem.startswith("x.opml:")
