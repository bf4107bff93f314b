"""The forms of the site that programs and people know: valid markup, feeds, sitemaps, index, notes."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib

from crawler.label.taxonomy.loading import taxonomy_at
from crawler.settings import GiscusSettings, SiteSettings
from storage.memory import MemoryStore
from tests.golden.issue import ISSUE
from tests.support.stores import add_article
from tests.unit.publishing_site.make import PAGE_WEIGHT, build, parsed
from tests.unit.render.checks import check_atom, check_jsonfeed, check_rss
from tests.unit.site.pages import BASE, dead_links, read_site


def test_feeds_are_valid_and_lead_to_the_issues(store: MemoryStore, tmp_path: Path) -> None:
    build(store, tmp_path, base_url=BASE)
    for name, check in (("feed.atom", check_atom), ("feed.rss", check_rss), ("feed.json", check_jsonfeed)):
        text = (tmp_path / name).read_text(encoding="utf-8")
        check(text)
        assert all(f"{BASE}issues/{number:03d}.html" in text for number in (1, 2, 3))
        assert BASE + name in text


def test_the_sitemap_names_every_page_once(store: MemoryStore, tmp_path: Path) -> None:
    build(store, tmp_path, base_url=BASE)
    named = [element.text for element in ET.parse(tmp_path / "sitemap.xml").iter() if element.tag.endswith("loc")]
    pages = {BASE + path.removesuffix("index.html") for path in read_site(tmp_path)}
    assert len(named) == len(pages)
    assert set(named) == pages
    build(store, tmp_path)
    assert not (tmp_path / "sitemap.xml").exists()


def test_notes_have_an_index_that_leads_to_each_topic(store: MemoryStore, tmp_path: Path) -> None:
    """On as many pages as they need, links between topics included; seeds of empty topics are there."""
    notes = tmp_path / "notes"
    notes.mkdir()
    for n in range(40):
        (notes / f"t{n:02d}.md").write_text(
            f"# Topic {n}\n\n[on](#t{(n + 1) % 40:02d}) $x_{n}$\n\n" + "Words of it. " * 300
        )
    (notes / "rust.md").write_text("")
    build(store, tmp_path / "site", base_url=BASE, notes=notes)
    assert dead_links(tmp_path / "site") == []
    pages = read_site(tmp_path / "site")
    parts = [path for path in pages if path.startswith("notes")]
    assert len(parts) > 1
    index = [link for link in pages["notes.html"].links if link.partition("#")[2].startswith(("t", "rust"))]
    assert len({link.partition("#")[2] for link in index}) == 41
    assert "https://acme.example/a0?b=1&c=2" in [link for part in parts for link in pages[part].links]
    for path in parts:
        text = (tmp_path / "site" / path).read_text(encoding="utf-8")
        assert len(text.encode()) < PAGE_WEIGHT
        assert path == parts[0] or "<math" in text
    (notes / "t00.md").write_text("fresh")
    done = build(store, tmp_path / "site", base_url=BASE, notes=notes)
    assert 0 < done.written <= len(parts)


def test_pages_are_html_without_an_error(store: MemoryStore, tmp_path: Path) -> None:
    """By the parsing algorithm of the HTML standard, in its strict form, as html5lib has it."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("| a | b |\n|---|---|\n| $x$ | `y` |\n\n$$\\sum_k p_k$$\n")
    build(store, tmp_path / "site", base_url=BASE, notes=notes, site=SiteSettings(giscus=GiscusSettings("o/r")))
    for path in sorted((tmp_path / "site").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        html5lib.HTMLParser(strict=True).parse(re.sub(r" /(?=>)", "", text))


def test_the_index_form_has_all_of_its_elements(store: MemoryStore, tmp_path: Path) -> None:
    """Headline and subtitle, featured, sections with a description and a count, cards with title, one-sentence deck,
    minutes, company tag and topic tags, and all articles with a kind."""
    taxonomy = taxonomy_at(None)
    for n in range(1, 4):
        add_article(store, ISSUE.items[1].url + str(n), kind="tutorial", minutes=9, deck="A deck.", tags=("rust",))
    build(store, tmp_path, title="Engineering", tagline="A subtitle.")
    home, index = parsed(tmp_path, "index.html"), parsed(tmp_path, "articles.html")
    assert "A subtitle." in "".join(home.itertext())
    assert [one for one in home.iter("section") if one.get("aria-labelledby") == "featured"]
    assert "".join(next(index.iter("h1")).itertext()).startswith("Articles")
    sections = {next(one.iter("h2")).text: one for one in index.iter("section")}
    section = sections[taxonomy.kinds["tutorial"].label]
    said = "".join(next(section.iter("p")).itertext())
    assert taxonomy.kinds["tutorial"].hint[1:] in said
    assert said.endswith("3 articles")
    card = next(section.iter("li"))
    labels = {one.get("class"): "".join(one.itertext()) for one in card.iter() if one.tag in ("a", "span")}
    assert next(card.iter("h3")).find("a") is not None
    assert [one.text for one in card.iter("p")][:1] == ["A deck."]
    assert "9\u00a0min" in "".join(card.itertext())
    assert labels["by"] == "Acme"
    assert labels["tag"] == "rust"
    everything = parsed(tmp_path, "all.html")
    cards = [one for one in everything.iter("li") if one.find("h3") is not None]
    kinds = [one for one in everything.iter() if one.get("class") == "kind"]
    assert len(kinds) == len(cards) > 50
    assert {one.get("name") for one in index.iter("select")} == {"kind", "company", "tag"}


def test_the_notes_form_has_all_of_its_elements(store: MemoryStore, tmp_path: Path) -> None:
    """An index of topics whose anchors work, notes in Markdown with LaTeX, references from the store, empty topics."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "like-counter.md").write_text(
        "---\ntags: [rust]\n---\nThe log is **the** commit point.\n\n\\(\\mathcal{KL}(p||q) = \\sum^K_{k=1} p_k \\log \\frac{p_k}{q_k}\\)\n"
    )
    (notes / "checkpointing.md").write_text("")
    build(store, tmp_path / "site", notes=notes)
    page = parsed(tmp_path / "site", "notes.html")
    index = [(one.get("href"), one.text) for one in page.iter("a") if (one.get("href") or "").startswith("#")][1:]
    assert index == [("#checkpointing", "Checkpointing"), ("#like-counter", "Like counter")]
    headings = {one.get("id"): one.text for one in page.iter("h2")}
    assert headings == {"checkpointing": "Checkpointing", "like-counter": "Like counter"}
    topics = {one.get("aria-labelledby"): one for one in page.iter("section")}
    assert "No notes yet." in "".join(topics["checkpointing"].itertext())
    assert next(topics["like-counter"].iter("strong")).text == "the"
    assert next(topics["like-counter"].iter("{http://www.w3.org/1998/Math/MathML}mfrac")) is not None
    assert [one.text for one in topics["like-counter"].iter("h3")] == ["References"]
    assert len(list(topics["like-counter"].iter("h4"))) == 8
