"""The site as built from a store: every link leads somewhere, nothing comes from others, little is written twice."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import pytest

from crawler.draft.write import write_draft
from crawler.errors import UserError
from crawler.label.taxonomy_loading import taxonomy_at
from crawler.model import Issue, Window
from crawler.publishing_site import Wanted, publish_site
from crawler.settings import Choice, GiscusSettings, IssueSettings, Settings, SiteSettings
from crawler.site.files import MANIFEST, Written
from crawler.site.searching import pagefind_program
from storage.memory import MemoryStore
from tests.golden.issue import ISSUE
from tests.support.stores import NOW, WEEK, add_article, make_line, make_record, make_source
from tests.unit.render.checks import check_atom, check_jsonfeed, check_rss
from tests.unit.site.pages import BASE, dead_links, read_site

NASTY = "<script>alert('x')</script> & \"quotes\""
PAGE_WEIGHT = 150_000


def issue(number: int) -> Issue:
    step = timedelta(days=7 * number)
    return replace(ISSUE, number=number, window=Window(WEEK.start_at + step, WEEK.end_at + step))


def put_issue(store: MemoryStore, number: int) -> None:
    made = issue(number)
    store.publish(make_record(number, write_draft(made), window=made.window, published_at=NOW), [])


@pytest.fixture
def store() -> MemoryStore:
    """Three issues, and enough articles for lists in several parts."""
    store = MemoryStore()
    for number in (1, 2, 3):
        put_issue(store, number)
    for n in range(240):
        add_article(
            store,
            f"https://acme.example/a{n}?b=1&c=2",
            title=f"Article {n}",
            deck="One sentence on what is in it, as long as such a sentence usually is in practice.",
            company=("Acme", "Acme!", None)[n % 3],
            kind=("case-study", "release", "unheard-of")[n % 3],
            tags=("rust", "performance", "unknown-tag", "networking", "observability"),
            published_at=WEEK.start_at - timedelta(days=n),
            text="x",
        )
    add_article(store, "https://evil.example/", title=NASTY, company=NASTY, deck=NASTY, tags=(NASTY,), kind="opinion")
    add_article(store, "https://acme.example/held", title="Held back", held=True)
    add_article(store, "https://acme.example/hidden", title="Barred from indexes", noindex=True)
    return store


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


def test_building_again_writes_nothing_and_gives_the_same_bytes(store: MemoryStore, tmp_path: Path) -> None:
    first = build(store, tmp_path / "a")
    before = contents(tmp_path / "a")
    assert build(store, tmp_path / "a") == Written(first.files, 0, 0)
    assert build(store, tmp_path / "a", anew=True) == Written(first.files, first.files, 0)
    build(store, tmp_path / "b")
    assert contents(tmp_path / "a") == before == contents(tmp_path / "b")


def test_a_renewed_site_is_the_same_as_a_new_one(store: MemoryStore, tmp_path: Path) -> None:
    """An issue more, one less, other comments: what is left of the old site never shows."""
    build(store, tmp_path / "old")
    put_issue(store, 4)
    add_article(store, "https://acme.example/fresh", title="Fresh", company="Newcomer", published_at=NOW)
    done = build(store, tmp_path / "old")
    assert 0 < done.written < done.files / 2
    assert done.removed == 0
    build(store, tmp_path / "new")
    assert contents(tmp_path / "old") == contents(tmp_path / "new")
    store.unpublish("default", 4)
    assert build(store, tmp_path / "old", comments="Write to us.").removed == 1
    build(store, tmp_path / "again", comments="Write to us.")
    assert contents(tmp_path / "old") == contents(tmp_path / "again")


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


def test_search_is_made_in_shards_and_only_where_something_changed(store: MemoryStore, tmp_path: Path) -> None:
    done = build(store, tmp_path / "a", search=True)
    assert done.indexed == 3
    before = contents(tmp_path / "a")
    assert any(path.startswith("find/search/pagefind.js") for path in before)
    assert not any("ui" in Path(path).stem for path in before if path.startswith("find/") and path.count("/") > 1)
    assert build(store, tmp_path / "a", search=True) == Written(done.files, 0, 0, 0)
    build(store, tmp_path / "b", search=True)
    assert contents(tmp_path / "b") == before
    put_issue(store, 9)
    assert build(store, tmp_path / "a", search=True).indexed == 1
    assert build(store, tmp_path / "a", search=False).indexed == 0
    assert not (tmp_path / "a" / "find" / "search").exists()
    assert 'name="q"' not in (tmp_path / "a" / "find.html").read_text()


def test_a_folder_of_somebody_else_is_not_replaced(store: MemoryStore, tmp_path: Path) -> None:
    mine = tmp_path / "find" / "articles-new-1" / "mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    with pytest.raises(UserError, match=r"articles-new-1 was not made by `crawl site`"):
        build(store, tmp_path, search=True)
    assert mine.read_text() == "mine"


def test_an_indexing_program_that_fails_is_told(store: MemoryStore, tmp_path: Path) -> None:
    from crawler.site.searching import make_index

    broken = tmp_path / "pagefind"
    broken.write_text(f"#!{sys.executable}\nprint('no, ,no,')\n")
    broken.chmod(0o755)
    for program in (broken, tmp_path / "nothing"):
        with pytest.raises(UserError, match="install"):
            make_index(program, [], tmp_path / "out", first=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pagefind"]


def test_labels_are_found_where_the_page_looks_for_them(store: MemoryStore, tmp_path: Path) -> None:
    """What the script is handed: each article's labels and its card, counted from the oldest one."""
    build(store, tmp_path)
    handed = re.fullmatch(r"archive\.labels\(0,(.*)\);\n", (tmp_path / "find/labels-0.js").read_text())
    assert handed
    labels = json.loads(handed[1])
    assert len(labels["rows"]) == 241
    for number in range(3):
        cards = re.fullmatch(rf"archive\.cards\({number},(.*)\);\n", (tmp_path / f"find/cards-{number}.js").read_text())
        assert cards
        for place, card in enumerate(json.loads(cards[1])):
            kind, company, *tags = labels["rows"][number * 100 + place]
            shown = ET.fromstring(card.replace("&#160;", " "))
            names = [one.text for one in shown.iter() if one.get("class") == "tag"]
            assert names == [labels["tags"][tag] for tag in tags][:8]
            assert (company >= 0) == any(one.get("class") == "by" for one in shown.iter())
            assert (kind >= 0) == any(one.get("class") == "kind" for one in shown.iter())
            assert "\x00" not in card


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


def test_pages_are_html_without_an_error(store: MemoryStore, tmp_path: Path) -> None:
    """By the parsing algorithm of the HTML standard, in its strict form, as html5lib has it."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_text("| a | b |\n|---|---|\n| $x$ | `y` |\n\n$$\\sum_k p_k$$\n")
    build(store, tmp_path / "site", base_url=BASE, notes=notes, site=SiteSettings(giscus=GiscusSettings("o/r")))
    for path in sorted((tmp_path / "site").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        html5lib.HTMLParser(strict=True).parse(re.sub(r" /(?=>)", "", text))


def parsed(folder: Path, path: str) -> ET.Element:
    return ET.fromstring((folder / path).read_text(encoding="utf-8"))


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


def test_what_the_indexing_program_writes_after_its_answer_is_waited_for(tmp_path: Path) -> None:
    """Pagefind answers before the last bytes are written, and loses them where it is ended at once."""
    from crawler.site.searching import make_index

    program = tmp_path / "slow"
    program.write_text(
        f"""#!{sys.executable}
import base64, json, os, pathlib, sys, threading, time
def late(path):
    time.sleep(0.3)
    path.write_text("{{}}")
for message in iter(lambda: b"".join(iter(lambda: sys.stdin.buffer.read(1), b",")) or None, None):
    asked = json.loads(base64.b64decode(message))
    if asked["payload"]["type"] == "WriteFiles":
        entry = pathlib.Path(asked["payload"]["output_path"], "pagefind-entry.json")
        entry.parent.mkdir()
        entry.touch()
        threading.Thread(target=late, args=[entry], daemon=True).start()
    sys.stdout.buffer.write(base64.b64encode(json.dumps({{"payload": {{"type": "Done"}}}}).encode()) + b",")
    sys.stdout.buffer.flush()
    if asked["payload"]["type"] == "WriteFiles":
        sys.stdin.buffer.read()
        os._exit(0)
""",
        encoding="utf-8",
    )
    program.chmod(0o755)
    make_index(program, [], tmp_path / "out", first=True)
    assert (tmp_path / "out" / "pagefind-entry.json").read_text(encoding="utf-8") == "{}"
