"""`crawl sources remove`, `import`, `fix`, `health`, as a person uses them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.blogs import EXISTING, HEAD, Desk, rss
from tests.support.server import Answer, Server


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


def line(slug: str, url: str, more: str = "") -> str:
    return f'  - {{slug: {slug}, url: "{url}"{more}}}\n'


def test_remove_keeps_comments_and_articles(server: Server, tmp_path: Path) -> None:
    server.add("/feed", rss("Notes", server.url("")))
    desk = Desk(tmp_path / "desk", EXISTING + line("notes", server.url("/feed")) + "  # the end\n")
    desk.crawl("once", "--all", "-q", "--source", "notes")
    desk.crawl("sources", "remove", "notes", "--dry-run")
    assert "notes" in desk.text
    desk.crawl("sources", "remove", "notes")
    assert desk.text == HEAD + EXISTING + "  # the end\n"
    assert len(desk.lines("articles", "--json")) == 3
    assert "did you mean `first`" in desk.crawl("sources", "remove", "firts", status=2).stderr


def test_import_adds_what_is_new_and_tells_what_is_lost(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk")
    opml = (
        '<opml version="2.0"><body><outline text="Data Bases">'
        '<outline text="First again" xmlUrl="http://first.example/feed"/>'
        '<outline text="Second" xmlUrl="https://second.example/rss" htmlUrl="https://second.example"/></outline>\n'
        '<outline text="Second" xmlUrl="https://second.example/rss"/>\n'
        '<outline text="Lost" type="rss" xmlUrl="nowhere"/></body></opml>'
    )
    (desk.folder / "mine.opml").write_text(opml, encoding="utf-8")
    done = desk.crawl("sources", "import", "mine.opml", "--tag", "imported", status=6)
    assert "mine.opml:3: the outline `Lost`" in done.stderr
    assert "1 added, 1 already there, 1 duplicates merged, 1 problems" in done.stderr
    assert desk.text == HEAD + EXISTING + (
        '  - {slug: second, name: Second, url: "https://second.example/rss", kind: feed,'
        ' homepage: "https://second.example", tags: [data-bases, imported]}\n'
    )
    again = desk.crawl("sources", "import", "mine.opml", status=6)
    assert "0 added, 2 already there" in again.stderr


def test_export_and_import_into_an_empty_desk_give_the_same_subscriptions(tmp_path: Path) -> None:
    more = ', kind: listing, company: "A & B", tags: [go, rust], homepage: "https://two.example"'
    desk = Desk(tmp_path / "one", EXISTING + line("two", "https://two.example/blog", more))
    opml = desk.crawl("sources", "export").stdout
    other = Desk(tmp_path / "other", "sources:\n" + line("own", "https://own.example/feed"))
    (other.folder / "all.opml").write_text(opml, encoding="utf-8")
    other.crawl("sources", "import", "all.opml")
    other.crawl("sources", "remove", "own")
    assert other.lines("sources", "list", "--json") == desk.lines("sources", "list", "--json")
    assert other.crawl("sources", "export").stdout == opml


def steadily_asked(desk: Desk) -> None:
    """Enough checks for a move to be steady; the time that must lie between them is measured in shortest intervals."""
    desk.file.write_text(desk.text.replace("pause: 0,", "pause: 0, min_interval: 0,"), encoding="utf-8")
    for _ in range(6):
        desk.crawl("once", "--all", "-q")


def test_fix_writes_the_address_of_a_feed_that_moved(server: Server, tmp_path: Path) -> None:
    server.add("/old", status=301, headers={"Location": "/new"})
    server.add("/new", rss("Notes", server.url("")), headers={"ETag": '"1"'})
    server.add("/stay", rss("Stay", server.url("")))
    desk = Desk(tmp_path / "desk", "sources:\n" + line("notes", server.url("/old")) + line("stay", server.url("/stay")))
    steadily_asked(desk)
    before = desk.text
    done = desk.crawl("sources", "fix", "--dry-run")
    assert done.stdout == f"notes: {server.url('/old')} -> {server.url('/new')}\n"
    assert desk.text == before
    desk.crawl("sources", "fix")
    assert desk.text == before.replace("/old", "/new")
    server.requests.clear()
    said = desk.json("once", "--all", "--json", "--source", "notes")
    assert said["totals"]["new"] == said["totals"]["updated"] == 0
    assert [(seen.path, seen.headers.get("if-none-match")) for seen in server.requests] == [("/new", '"1"')]
    assert desk.crawl("sources", "fix").stdout == ""


def test_fix_never_gives_two_sources_one_address(server: Server, tmp_path: Path) -> None:
    server.add("/old", status=301, headers={"Location": "/new"})
    server.add("/new", rss("Notes", server.url("")))
    desk = Desk(tmp_path / "desk", "sources:\n" + line("notes", server.url("/old")) + line("other", server.url("/new")))
    steadily_asked(desk)
    before = desk.text
    assert "where `other` is already" in desk.crawl("sources", "fix").stdout
    assert desk.text == before


def test_health_tells_who_needs_somebody_and_what_to_do(server: Server, tmp_path: Path) -> None:
    server.add("/well", rss("Well", server.url("/w"), start=0))
    server.add("/quiet", rss("Quiet", server.url("/q"), [str(n) for n in range(8)], start=600))
    server.add("/gone", answer=[Answer(rss("Gone", server.url("/g"))), Answer(status=410)])
    sources = "".join(line(slug, server.url(f"/{slug}")) for slug in ("well", "quiet", "gone", "unasked"))
    desk = Desk(tmp_path / "desk", "sources:\n" + sources)
    for _ in range(2):
        desk.crawl("once", "--all", "-q", *(f"--source={slug}" for slug in ("well", "quiet", "gone")))
    rows = {row["source"]: row for row in desk.lines("sources", "health", "--json")}
    conditions = {slug: row["condition"] for slug, row in rows.items()}
    assert conditions == {"well": "ok", "quiet": "silent", "gone": "gone", "unasked": "new"}
    assert next(iter(rows)) == "gone"
    assert rows["quiet"]["rhythm_days"] == 1
    assert rows["quiet"]["silence_days"] > 590
    assert rows["well"]["chosen"] == 0
    assert all(bool(row["advice"]) == (row["condition"] != "ok") for row in rows.values())
    done = desk.crawl("sources", "health")
    assert "crawl sources remove gone" in done.stdout
    assert "4 sources, 1 need somebody" in done.stderr
