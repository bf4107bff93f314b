"""Lint over a real file: links asked over HTTP on loopback, a store with a ledger, fixes written back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.errors import StoreBusy, UserError
from crawler.fetch.client import MAX_LINK_BYTES, HttpFetcher
from crawler.files import newest_draft
from crawler.lint.sheet import Answer
from crawler.linting import Linted, ask_links, judge, lint_draft
from crawler.model import Failed, Fetched
from crawler.settings import FetchSettings, IssueSettings
from storage.memory import MemoryStore
from tests.support.drafts import FRONT, GOOD, SUMMARY
from tests.support.server import Server
from tests.support.stores import WEEK, add_article, make_line, make_record

SETTINGS = FetchSettings(pause=0.01, timeout=5, allow_private_hosts=("127.0.0.0/8",))


def ask(store: MemoryStore, urls: Sequence[str]) -> Mapping[str, Answer]:
    fetcher = HttpFetcher(SETTINGS, user_agent="test/1", environ={})
    try:
        return ask_links(
            urls, fetcher=fetcher, settings=SETTINGS, user_agent="test/1", store=store, now=lambda: datetime.now(UTC)
        )
    finally:
        fetcher.close()


def lint(path: Path, store: MemoryStore | None = None, *, fix: bool = False, online: bool = False) -> Linted:
    store = store or MemoryStore()
    return lint_draft(
        path, store=store, settings=IssueSettings(), ask=(lambda urls: ask(store, urls)) if online else None, fix=fix
    )


def written(folder: Path, text: str) -> Path:
    path = folder / "084.md"
    path.write_bytes(text.encode())
    return path


def test_links_are_asked_once_and_politely() -> None:
    """One GET for each address and one robots.txt; what it forbids is not asked."""
    store = MemoryStore()
    with Server() as server:
        server.add("/robots.txt", b"User-agent: *\nDisallow: /private")
        server.add("/ok", b"x" * 10 * MAX_LINK_BYTES)
        server.add("/old", status=301, headers={"Location": "/ok"})
        server.add("/away", status=302, headers={"Location": "/ok"})
        server.add("/home", status=301, headers={"Location": "/"})
        server.add("/", b"front page")
        server.add("/gone", status=410)
        server.add("/busy", status=503)
        server.add("/wall", status=403)
        names = ("ok", "old", "away", "home", "gone", "busy", "wall", "private", "missing")
        answers = ask(store, [server.url(f"/{name}") for name in (*names, "ok")])
        told = {name: answers[server.url(f"/{name}")] for name in names}
        assert {name: answer.state for name, answer in told.items()} == {
            "ok": "ok", "old": "ok", "away": "ok", "home": "dead", "gone": "dead", "busy": "unreachable",
            "wall": "refused", "private": "refused", "missing": "dead",
        }  # fmt: skip
        assert told["old"].moved_to == server.url("/ok")
        assert told["away"].moved_to is None
        assert server.paths().count("/robots.txt") == 1
        assert "/private" not in server.paths()
        assert {seen.method for seen in server.requests} == {"GET"}
        before = len(server.requests)
        ask(store, [server.url("/ok")])
        assert server.paths()[before:] == ["/ok"]  # robots.txt is remembered in the store


def test_a_host_that_cannot_be_reached_is_not_closed_to_programs() -> None:
    """Its robots.txt is asked for first, and fails for the reason that the link would."""
    gone, down = "http://name.invalid/article", "http://127.0.0.1:9/article"
    answers = ask(MemoryStore(), [gone, down])
    assert (answers[gone].state, answers[down].state) == ("dead", "unreachable")
    assert "does not resolve" in answers[gone].detail


def test_asking_takes_its_turn_with_a_crawl() -> None:
    """Two runs at once would ask a host twice at a time."""
    store = MemoryStore()
    with store.run_lock(), pytest.raises(StoreBusy):
        ask(store, ["http://127.0.0.1:9/"])


def test_a_front_page_may_be_linked() -> None:
    """Only an article's address that leads there is dead."""
    page = Fetched("https://a.example/", 200, {}, b"")
    assert judge("https://a.example", page).state == "ok"
    assert judge("https://a.example/article", page).state == "dead"
    assert judge("https://a.example/x", Failed("https://a.example/x", "dns", "no such name")).state == "dead"
    assert judge("https://a.example/x", Failed("https://a.example/x", "timeout", "slow")).state == "unreachable"


def test_fixes_are_written_and_nothing_else_changes(tmp_path: Path) -> None:
    """Line ends, byte order mark and every other byte stay; a second run has nothing to do."""
    with Server() as server:
        server.add("/new", b"here")
        server.add("/old", status=301, headers={"Location": "/new"})
        host = server.url("")
        draft = (
            FRONT
            + f"\n### [A Queue](<{host}/old?utm_source=rss>) \n\n👉 For all\n\n![]({host}/new)\n\n{SUMMARY}\n\n"
            + f"It has [one]({host}/new?utm_medium=a) and [two]({host}/new?utm_medium=a&b=1).\n"
        )
        server.add("/old?utm_source=rss", status=301, headers={"Location": "/new"})
        server.add("/new?utm_medium=a", b"here")
        server.add("/new?utm_medium=a&b=1", b"here")
        path = written(tmp_path, "\ufeff" + draft.replace("\n", "\r\n"))
        linted = lint(path, fix=True, online=True)
    expected = (
        FRONT
        + f"\n### [A Queue]({host}/new)\n\n👉 For all\n\n![A Queue]({host}/new)\n\n{SUMMARY}\n\n"
        + f"It has [one]({host}/new) and [two]({host}/new?b=1).\n"
    )
    assert path.read_bytes().decode() == "\ufeff" + expected.replace("\n", "\r\n")
    assert not linted.findings
    assert sorted({f.rule for f in linted.fixed}) == ["missing-alt", "redirected-link", "tracked-link", "white-space"]
    assert not lint(path, fix=True).fixed


def test_a_draft_of_front_matter_alone_is_checked(tmp_path: Path) -> None:
    """Somebody may begin an issue by hand."""
    path = tmp_path / "084.md"
    path.write_text("---\nnumber: 84\nwindow: 2026-11-09/2026-11-16\nlead: Words.\n---\n")
    assert lint_draft(path, store=MemoryStore(), settings=IssueSettings(), ask=None).findings == ()


def test_without_fix_the_file_is_left_alone(tmp_path: Path) -> None:
    """Lint only reads."""
    path = written(tmp_path, GOOD.replace("![The log beside the queue]", "![]"))
    before = path.read_bytes()
    (finding,) = lint(path).findings
    assert (finding.line, finding.rule, finding.message) == (18, "missing-alt", "missing alt text")
    assert path.read_bytes() == before


def test_repeats_are_found_by_address_and_as_copies(tmp_path: Path) -> None:
    """The article itself or another copy of it stands in an earlier issue; the issue's own lines do not count."""
    store = MemoryStore()
    leader = add_article(store, "https://elsewhere.example/queue")
    add_article(store, "https://globex.example/queue")
    store.save_copies([], [], {store.article("https://globex.example/queue").id: leader.id})  # type: ignore[union-attr]
    own = add_article(store, "https://initech.example/batch")
    store.publish(make_record(83, published_at=WEEK.end_at), [make_line(leader, 83)])
    store.publish(make_record(84, published_at=WEEK.end_at), [make_line(own, 84)])
    path = written(tmp_path, GOOD)
    assert [(f.rule, f.line) for f in lint(path, store).findings] == [("repeat-of-issue", 14)]


def test_the_newest_draft_is_the_one_with_the_highest_number(tmp_path: Path) -> None:
    """Numbers count as numbers; a second file of one number is the newer one."""
    with pytest.raises(UserError, match="crawl digest"):
        newest_draft(tmp_path)
    for name in ("099.md", "1000.md", "notes.md", "2026-plan.md", "2026-11-09.md"):
        (tmp_path / name).touch()
    assert newest_draft(tmp_path).name == "1000.md"
    (tmp_path / "1000-2.md").touch()
    assert newest_draft(tmp_path).name == "1000-2.md"
