"""What the pages of the site say, and what they never do."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

from crawler.draft.write import write_draft
from crawler.label.taxonomy.loading import taxonomy_at
from crawler.model import Item, Section
from crawler.settings import Choice, GiscusSettings, SiteSettings
from crawler.site.files import MANIFEST
from storage.memory import MemoryStore
from tests.golden.issue import ISSUE
from tests.support.stores import NOW, WEEK, add_article, make_line, make_record
from tests.unit.publishing_site.make import PAGE_WEIGHT, build, contents, issue, parsed
from tests.unit.site.pages import BASE, dead_links, read_site


def test_every_link_leads_somewhere(store: MemoryStore, tmp_path: Path) -> None:
    """In any folder of a web site, and without a server: relative addresses that name a file, anchors that are there."""
    build(store, tmp_path, base_url=BASE)
    assert len(read_site(tmp_path)) > 60
    assert dead_links(tmp_path) == []


def test_every_page_can_be_reached_from_the_first(store: MemoryStore, tmp_path: Path) -> None:
    from urllib.parse import urljoin

    build(store, tmp_path)
    pages = read_site(tmp_path)
    seen, todo = set(), ["index.html"]
    while todo:
        path = todo.pop()
        if path in seen or path not in pages:
            continue
        seen.add(path)
        todo += [urljoin(BASE + path, link).partition("#")[0].removeprefix(BASE) for link in pages[path].links]
    assert set(pages) == seen


def test_no_page_loads_anything_of_others_or_needs_a_script(store: MemoryStore, tmp_path: Path) -> None:
    build(store, tmp_path, base_url=BASE)
    for path, page in read_site(tmp_path).items():
        assert all(not load.startswith(("http", "//", "data:")) for load in page.loads), path
        text = (tmp_path / path).read_text()
        assert text.count('<script type="application/ld+json">') == 1
        assert text.count("<script") == (2 if path == "find.html" else 1), path
        policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', text)
        assert len(policy) == 1
        assert "default-src &#39;none&#39;" in policy[0]
        assert "http" not in policy[0]
        assert not re.search(r'<style|\sstyle="|\son\w+="', text), path
        assert "@import" not in text
    assert "url(" not in (tmp_path / "style.css").read_text()


def test_pages_are_well_formed_light_and_in_order(store: MemoryStore, tmp_path: Path) -> None:
    build(store, tmp_path, base_url=BASE)
    weight = len((tmp_path / "style.css").read_bytes())
    for path, page in read_site(tmp_path).items():
        text = (tmp_path / path).read_text(encoding="utf-8")
        ET.fromstring(text)
        assert len(text.encode()) + weight < PAGE_WEIGHT, path
        assert page.levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in zip(page.levels, page.levels[1:], strict=False)), path
        assert len(set(page.ids)) == len(page.ids), path
        data = json.loads(text.split('<script type="application/ld+json">')[1].split("</script>")[0])
        assert data["@context"] == "https://schema.org"
        assert data["url"] == BASE + ("" if path == "index.html" else path)
        assert f'<meta property="og:url" content="{data["url"]}" />' in text


def test_what_may_not_be_shown_is_not(store: MemoryStore, tmp_path: Path) -> None:
    build(store, tmp_path)
    everything = b"".join(contents(tmp_path).values())
    assert b"Held back" not in everything
    assert b"Barred from indexes" not in everything
    assert b"alert(&#x27;x&#x27;)" in everything


def test_issues_lead_to_their_neighbours(store: MemoryStore, tmp_path: Path) -> None:
    build(store, tmp_path, comments="https://talk.example/1")
    pages = read_site(tmp_path)
    assert {"../issues/001.html", "../issues/003.html", "https://talk.example/1"} <= set(pages["issues/002.html"].links)
    assert "../issues/002.html" in pages["issues/003.html"].links
    assert "issues/003.html" in pages["index.html"].links
    assert {item.title for item in ISSUE.items} <= set(pages["issues/002.html"].words.splitlines())


def test_an_empty_store_makes_a_site_too(tmp_path: Path) -> None:
    build(MemoryStore(), tmp_path, base_url=BASE)
    assert dead_links(tmp_path) == []
    assert MANIFEST in contents(tmp_path)


def test_an_article_in_an_issue_says_so(tmp_path: Path) -> None:
    store = MemoryStore()
    article = add_article(store, "https://acme.example/1")
    made = issue(7)
    store.publish(make_record(7, write_draft(made), window=made.window, published_at=NOW), [make_line(article, 7)])
    build(store, tmp_path)
    assert "issues/007.html" in read_site(tmp_path)["all.html"].links


def test_an_address_has_only_characters_that_addresses_may_have(tmp_path: Path) -> None:
    """Feeds do not mind; a checker of HTML does. The article of an issue is found by it, too."""
    store = MemoryStore()
    article = add_article(store, "https://acme.example/a b|{c}?d[]=1", kind="case-study")
    item = Item("Own title", article.url)
    made = replace(issue(7), sections=(Section("", "", (item,)),))
    store.publish(make_record(7, write_draft(made), window=made.window, published_at=NOW), [make_line(article, 7)])
    build(store, tmp_path)
    for path in ("all.html", "index.html", "issues/007.html"):
        assert "https://acme.example/a%20b%7C%7Bc%7D?d%5B%5D=1" in read_site(tmp_path)[path].links
    assert "Case study" in (tmp_path / "index.html").read_text(encoding="utf-8")


def test_comments_are_a_sentence_an_address_of_the_web_or_of_mail(store: MemoryStore, tmp_path: Path) -> None:
    for number, (given, part) in enumerate(
        (
            ("Write to us.", "Write to us."),
            ("https://talk.example/1", '<a href="https://talk.example/1">Join the discussion</a>'),
            ("mailto:talk@example.org", '<a href="mailto:talk@example.org">Join the discussion</a>'),
            ("javascript:alert(1)", "</h2> javascript:alert(1)</div>"),
        )
    ):
        build(store, tmp_path / str(number), comments=given)
        assert part in (tmp_path / str(number) / "issues/002.html").read_text()


def test_giscus_is_allowed_on_issues_alone_and_only_when_asked_for(store: MemoryStore, tmp_path: Path) -> None:
    build(store, tmp_path, site=SiteSettings(giscus=GiscusSettings("o/r", "R_1", "Talk", "DIC_1")))
    issue_page, home = ((tmp_path / name).read_text() for name in ("issues/002.html", "index.html"))
    assert "script-src &#39;self&#39; https://giscus.app;" in issue_page
    assert "frame-src https://giscus.app" in issue_page
    assert 'data-category-id="DIC_1"' in issue_page
    assert "giscus" not in home
    assert 'src="../comments.js"' in issue_page


def test_an_issue_is_dated_by_its_publication(store: MemoryStore, tmp_path: Path) -> None:
    """On its page, in lists and in feeds; articles of a feed keep their own dates."""
    article = add_article(store, ISSUE.items[1].url, published_at=WEEK.start_at - timedelta(days=3))
    made = issue(5)
    put = make_record(5, write_draft(made), window=made.window, published_at=NOW + timedelta(days=60))
    store.publish(put, [make_line(article, 5)])
    build(store, tmp_path, base_url=BASE)
    told = (NOW + timedelta(days=60)).date().isoformat()
    assert f'"datePublished": "{told}"' in (tmp_path / "issues/005.html").read_text()
    assert f'datetime="{told}"' in (tmp_path / "index.html").read_text()
    assert f"<published>{told}T" in (tmp_path / "feed.atom").read_text()
    build(store, tmp_path, base_url=BASE, feed_grain="article")
    own = (WEEK.start_at - timedelta(days=3)).date().isoformat()
    assert f"<published>{own}T" in (tmp_path / "feed.atom").read_text()
    assert f"<updated>{told}T" in (tmp_path / "feed.atom").read_text()


def test_a_narrower_kind_is_shown_in_place_of_its_kind(store: MemoryStore, tmp_path: Path) -> None:
    """On the cards of lists and of issues, leading to the articles of its kind."""
    taxonomy = taxonomy_at(None)
    add_article(store, "https://acme.example/sheet", title="A Sheet", kind="tutorial", subkind="reference")
    add_article(store, "https://acme.example/steps", title="Some Steps", kind="tutorial")
    build(store, tmp_path)
    cards = [one for one in parsed(tmp_path, "all.html").iter("li") if one.find("h3") is not None]
    said = {"".join(next(card.iter("h3")).itertext()): card for card in cards}
    labels = {t: next(one for one in said[t].iter() if one.get("class") == "kind") for t in ("A Sheet", "Some Steps")}
    assert labels["A Sheet"].text == taxonomy.kinds["reference"].label
    assert labels["Some Steps"].text == taxonomy.kinds["tutorial"].label
    assert labels["A Sheet"].get("href") == labels["Some Steps"].get("href")


def test_a_site_lists_what_its_newsletter_takes(store: MemoryStore, tmp_path: Path) -> None:
    """And what it has printed, whatever it takes today; the rest of the store is another newsletter's."""
    add_article(store, "https://acme.example/ml", title="On Models", tags=("machine-learning",), kind="opinion")
    add_article(store, "https://acme.example/ad", title="A Model Card", tags=("machine-learning",), kind="release")
    printed = add_article(store, "https://acme.example/old", title="Printed Once", tags=("rust",), kind="opinion")
    record = make_record(9, write_draft(issue(9)), window=issue(9).window, published_at=NOW)
    store.publish(record, [make_line(printed, 9)])
    build(store, tmp_path, include=Choice(tags=("machine-learning",)), exclude=Choice(kinds=("release",)))
    titles = {"".join(one.itertext()) for one in parsed(tmp_path, "all.html").iter("h3")}
    assert titles == {"On Models", "Printed Once"}
