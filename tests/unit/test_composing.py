"""Draft files, publishing and taking back, over a store and a folder."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import feedparser
import pytest

from crawler.composing import draft_name, issue_number, settled_window, write_draft_file
from crawler.context import Crawl
from crawler.draft.parse import parse_draft
from crawler.draft.write import window_text, write_draft
from crawler.errors import UserError
from crawler.fetch.client import HttpFetcher
from crawler.files import newest_draft
from crawler.issuelist import as_json, diff_issue, list_issues, show_issue
from crawler.model import Issue, Section, Window
from crawler.publishing import Unpublished, publish, unpublish
from crawler.settings import IssueSettings, Settings
from crawler.workers import WorkerPool
from storage.memory import MemoryStore
from tests.support.stores import NOW, WEEK, add_article
from tests.unit.draft.test_edits import issue_of, item


@pytest.fixture
def crawl() -> Iterator[Crawl]:
    """A crawl over an empty store in memory; nothing is fetched."""
    settings = Settings()
    fetcher, workers = HttpFetcher(settings.fetch, user_agent="test/1", environ={}), WorkerPool()
    yield Crawl(MemoryStore(), fetcher, workers, settings, {}, "test/1", lambda: NOW, random.Random(1))
    fetcher.close()
    workers.close()


def week(number: int) -> Window:
    step = timedelta(days=7 * number)
    return Window(WEEK.start_at + step, WEEK.end_at + step)


def issue(number: int, *names: str, at: int | None = None) -> Issue:
    made = issue_of([[item(name, "It was fast.") for name in names]], [item(f"r{number}", "")], f"This week: {number}.")
    return replace(made, number=number, window=week(number if at is None else at))


def put(crawl: Crawl, folder: Path, made: Issue) -> tuple[bool, Path]:
    """Write the draft and publish it: whether that was new, and the draft's path."""
    path = write_draft_file(crawl.store, made, folder).path
    return publish(crawl, path, ["markdown"], folder / "public", NOW)[1], path


def take_back(crawl: Crawl, folder: Path, number: int | None = None) -> Unpublished:
    return unpublish(crawl.store, "default", folder, folder / "public", number)


def test_numbers_have_no_gaps(crawl: Crawl, tmp_path: Path) -> None:
    """The first number is free, then one follows the other; a refusal changes nothing and writes nothing."""
    put(crawl, tmp_path, issue(83, "a"))
    with pytest.raises(UserError, match=r"issue 85 would leave a gap: 84 comes first.*number: 84"):
        put(crawl, tmp_path, issue(85, "b"))
    assert [line.number for line in crawl.store.ledger("default")] == [83]
    assert not (tmp_path / "public" / "085.md").exists()
    assert put(crawl, tmp_path, issue(84, "c"))[0]
    assert put(crawl, tmp_path, issue(85, "b"))[0]


def test_a_number_of_another_window_is_refused(crawl: Crawl, tmp_path: Path) -> None:
    """What readers had under a number stays theirs."""
    put(crawl, tmp_path, issue(83, "a"))
    (tmp_path / draft_name(83)).unlink()
    with pytest.raises(UserError, match=r"issue 83 was published for another window .*number 84"):
        put(crawl, tmp_path, issue(83, "b", at=9))


def test_a_week_that_was_skipped_stands_in_nobodys_way(crawl: Crawl, tmp_path: Path) -> None:
    """A draft that takes the skipped one's number, as the refusal advises, stays in its file: the next issue of that
    name gets a file of its own, and every issue is told with the right one."""
    put(crawl, tmp_path, issue(83, "a"))
    skipped = write_draft_file(crawl.store, issue(84, "b"), tmp_path).path
    path = write_draft_file(crawl.store, issue(85, "c"), tmp_path).path
    path.write_text(path.read_text().replace("number: 85", "number: 84"))
    publish(crawl, path, [], tmp_path, NOW)
    assert issue_number(crawl.store, "default", IssueSettings(), week(86)) == 85
    fresh = write_draft_file(crawl.store, issue(85, "d", at=86), tmp_path)
    assert [i.title for i in fresh.issue.items] == ["Title d"]
    assert (fresh.path.name, newest_draft(tmp_path)) == ("085-2.md", fresh.path)
    fresh.path.write_text(fresh.path.read_text().replace("Title d", "My title"))
    again = write_draft_file(crawl.store, issue(85, "d", "e", at=86), tmp_path)
    assert (again.path, [i.title for i in again.issue.items]) == (fresh.path, ["My title", "Title e"])
    listed = [(row.number, row.path) for row in list_issues(crawl.store, "default", tmp_path)]
    assert listed == [(83, tmp_path / "083.md"), (84, path), (85, fresh.path)]
    assert publish(crawl, fresh.path, [], tmp_path, NOW)[1]
    assert "Title b" in skipped.read_text()
    assert take_back(crawl, tmp_path).draft == fresh.path


def test_a_second_issue_of_a_week_has_a_file_of_its_own(crawl: Crawl, tmp_path: Path) -> None:
    """What was left after the first one was published."""
    _, first = put(crawl, tmp_path, issue(83, "a"))
    second = write_draft_file(crawl.store, issue(84, "b", at=83), tmp_path)
    assert (second.path.name, [i.title for i in second.issue.items]) == ("084.md", ["Title b"])
    assert "Title b" not in first.read_text()


def test_an_old_draft_is_not_taken_for_the_new_one(crawl: Crawl, tmp_path: Path) -> None:
    """As when the store is begun anew beside the drafts of the old one."""
    old = tmp_path / draft_name(1)
    old.write_text(write_draft(issue(1, "a", at=80)))
    fresh = write_draft_file(crawl.store, issue(1, "b", at=90), tmp_path)
    assert [i.title for i in parse_draft(fresh.path.read_text()).issue.items] == ["Title b"]
    assert "Title a" in old.read_text()


def test_a_window_that_the_editor_changed_is_still_that_draft(crawl: Crawl, tmp_path: Path) -> None:
    """Nobody else's days are in it."""
    path = write_draft_file(crawl.store, issue(84, "a"), tmp_path).path
    text = path.read_text()
    mine = window_text(Window(week(84).start_at, week(84).end_at + timedelta(days=3)))
    path.write_text(text.replace(window_text(week(84)), mine))
    again = write_draft_file(crawl.store, issue(84, "a", "b"), tmp_path)
    assert again.path == path
    assert mine in path.read_text()


def test_another_time_zone_composes_no_week_twice_and_leaves_no_hour_out(crawl: Crawl, tmp_path: Path) -> None:
    """The days of an issue that is known are its window; the next one begins where the last one ended."""
    put(crawl, tmp_path, issue(83, "a"))
    for hours in (-9, 6):
        shift = timedelta(hours=hours)
        moved = [Window(week(n).start_at + shift, week(n).end_at + shift) for n in (83, 84)]
        assert settled_window(crawl.store, "default", moved[0]) == week(83)
        begins = min(week(84).start_at, moved[1].start_at) if hours < 0 else week(84).start_at
        assert settled_window(crawl.store, "default", moved[1]) == Window(begins, moved[1].end_at)
    write_draft_file(crawl.store, issue(84, "b"), tmp_path)
    assert settled_window(crawl.store, "default", moved[1]) == week(84)
    assert issue_number(crawl.store, "default", IssueSettings(), week(84)) == 84
    assert settled_window(crawl.store, "default", week(86)) == week(86)
    day = Window(week(84).start_at, week(84).start_at + timedelta(days=1))
    assert settled_window(crawl.store, "default", day) == day


def test_a_correction_keeps_its_number(crawl: Crawl, tmp_path: Path) -> None:
    """Publishing the same window again with other words replaces the issue."""
    _, path = put(crawl, tmp_path, issue(83, "a", "b"))
    path.write_text(path.read_text().replace("Title a", "Title corrected"))
    assert publish(crawl, path, [], tmp_path, NOW)[1]
    assert not publish(crawl, path, [], tmp_path, NOW)[1]
    assert "Title corrected" in [line.title for line in crawl.store.ledger("default")]


def test_no_article_stands_in_two_issues(crawl: Crawl, tmp_path: Path) -> None:
    """Neither itself nor a copy of it, however it came into the draft."""
    leader = add_article(crawl.store, "https://a.example.org/a")
    copy = add_article(crawl.store, "https://copy.example.org/a")
    crawl.store.save_copies([], [], {copy.id: leader.id})
    put(crawl, tmp_path, issue(83, "a"))
    for name in ("a", "copy"):
        with pytest.raises(UserError, match=rf"084\.md:\d+: “Title {name}” stands in issue 83 already"):
            put(crawl, tmp_path, issue(84, "b", name))
        (tmp_path / draft_name(84)).unlink()
    assert {line.number for line in crawl.store.ledger("default")} == {83}


def test_the_last_issue_can_be_taken_back_and_published_again(crawl: Crawl, tmp_path: Path) -> None:
    """Its articles are free, its number stays, the editor's changes are not lost by composing."""
    put(crawl, tmp_path, issue(83, "a"))
    path = write_draft_file(crawl.store, issue(84, "b", "c"), tmp_path).path
    path.write_text(path.read_text().replace("Title b", "My title"))
    publish(crawl, path, ["markdown"], tmp_path / "public", NOW)
    before = crawl.store.ledger("default"), crawl.store.issue_records("default")
    done = take_back(crawl, tmp_path)
    assert (done.record.number, done.draft, done.rendered) == (84, path, (tmp_path / "public" / "084.md",))
    assert [line.number for line in crawl.store.ledger("default")] == [83]
    assert issue_number(crawl.store, "default", IssueSettings(), week(84)) == 84
    again = write_draft_file(crawl.store, issue(84, "b", "d"), tmp_path)
    assert [i.title for i in parse_draft(path.read_text()).issue.items] == ["My title", "Title c", "Title d"]
    assert "1 new item added" in again.merged
    path.write_text(before[1][-1].text)
    assert publish(crawl, path, [], tmp_path, NOW)[1]
    assert (crawl.store.ledger("default"), crawl.store.issue_records("default")) == before


def test_only_the_last_one_can_be_taken_back(crawl: Crawl, tmp_path: Path) -> None:
    """Anything else would leave a gap."""
    with pytest.raises(UserError, match="no issue was published"):
        take_back(crawl, tmp_path)
    put(crawl, tmp_path, issue(83, "a"))
    put(crawl, tmp_path, issue(84, "b"))
    with pytest.raises(UserError, match="that is 84, not 83"):
        take_back(crawl, tmp_path, 83)
    take_back(crawl, tmp_path, 84)
    take_back(crawl, tmp_path, 83)
    assert crawl.store.ledger("default") == []


def test_a_draft_file_that_is_gone_comes_back(crawl: Crawl, tmp_path: Path) -> None:
    """With the text that was published, and as the editor's own where nobody knows what was composed."""
    _, path = put(crawl, tmp_path, issue(84, "b"))
    text = path.read_text()
    path.unlink()
    take_back(crawl, tmp_path)
    assert path.read_text() == text


def test_a_draft_written_by_hand_survives_composing_after_it_was_taken_back(crawl: Crawl, tmp_path: Path) -> None:
    """Nobody knows what was composed, so every word counts as the editor's."""
    path = tmp_path / draft_name(84)
    path.write_text(write_draft(issue(84, "b")).replace("Title b", "By hand"))
    publish(crawl, path, [], tmp_path / "public", NOW)
    take_back(crawl, tmp_path)
    write_draft_file(crawl.store, issue(84, "b"), tmp_path)
    assert "By hand" in path.read_text()


def test_the_list_tells_state_items_and_file(crawl: Crawl, tmp_path: Path) -> None:
    """Items are counted as they are now; a file that cannot be read is no reason to fail."""
    put(crawl, tmp_path, issue(83, "a", "b"))
    draft = write_draft_file(crawl.store, issue(84, "c"), tmp_path).path
    draft.write_text(draft.read_text().replace("<!-- runners-up -->\n\n", ""))
    rows = [as_json(row) for row in list_issues(crawl.store, "default", tmp_path)]
    assert [(row["number"], row["state"], row["items"], row["path"]) for row in rows] == [
        (83, "published", 2, str(tmp_path / "083.md")),
        (84, "draft", 2, str(draft)),
    ]
    assert rows[0]["published_at"] == NOW.isoformat()
    draft.write_text("nothing")
    assert [row.items for row in list_issues(crawl.store, "default", tmp_path)] == [2, None]
    draft.unlink()
    assert [(row.items, row.path) for row in list_issues(crawl.store, "default", tmp_path)][1] == (1, None)


def test_show_and_diff_tell_what_became_of_an_issue(crawl: Crawl, tmp_path: Path) -> None:
    """A draft's file as it stands; a published issue's text; what the editor changed, before and after publishing."""
    path = write_draft_file(crawl.store, issue(84, "a"), tmp_path).path
    assert diff_issue(crawl.store, "default", tmp_path, 84) == ""
    path.write_text(path.read_text().replace("Title a", "My title"))
    diff = diff_issue(crawl.store, "default", tmp_path, 84)
    assert "-### [Title a]" in diff
    assert "+### [My title]" in diff
    assert "My title" in show_issue(crawl.store, "default", tmp_path, 84)[1]
    publish(crawl, path, [], tmp_path, NOW)
    path.write_text(path.read_text().replace("My title", "Later title"))
    assert "My title" in show_issue(crawl.store, "default", tmp_path, 84)[1]
    path.unlink()
    assert diff_issue(crawl.store, "default", tmp_path, 84).splitlines()[3:] == diff.splitlines()[3:]
    with pytest.raises(UserError, match="there is no issue 7"):
        show_issue(crawl.store, "default", tmp_path, 7)


def test_the_diff_of_an_issue_that_nobody_composed_says_so(crawl: Crawl, tmp_path: Path) -> None:
    """There is nothing to compare it with."""
    path = tmp_path / draft_name(84)
    path.write_text(write_draft(issue(84, "b")))
    publish(crawl, path, [], tmp_path / "public", NOW)
    with pytest.raises(UserError, match="nobody knows any more"):
        diff_issue(crawl.store, "default", tmp_path, 84)


@pytest.mark.parametrize(("mark", "end"), [("", "\n"), ("", "\r\n"), ("\ufeff", "\n"), ("\ufeff", "\r\n")])
def test_a_file_stays_as_the_editors_program_writes_it(crawl: Crawl, tmp_path: Path, mark: str, end: str) -> None:
    """Byte order mark and line ends are those of the file."""
    path = write_draft_file(crawl.store, issue(84, "a"), tmp_path).path
    mine = mark + path.read_text().replace("Title a", "My title").replace("\n", end)
    path.write_bytes(mine.encode())
    done = write_draft_file(crawl.store, issue(84, "a", "b"), tmp_path)
    made = path.read_bytes().decode()
    assert made.startswith(mark + "---" + end)
    assert made.count("\n") == made.count(end)
    assert [item.title for item in done.issue.items] == ["My title", "Title b"]


def test_readers_are_told_when_it_came_out(crawl: Crawl, tmp_path: Path) -> None:
    """Feeds of articles give each article's own date, everything else the first publication's, on every repetition."""
    written = WEEK.start_at + timedelta(hours=5)
    add_article(crawl.store, "https://a.example.org/a", published_at=written)
    path = write_draft_file(crawl.store, issue(83, "a", "b"), tmp_path).path
    by_article = replace(crawl, settings=replace(crawl.settings, issue=IssueSettings(feed_grain="article")))
    made = []
    for grain, later in ((by_article, 0), (crawl, 0), (by_article, 9), (crawl, 9)):
        _, _, files = publish(grain, path, ["atom", "email"], tmp_path / "out", NOW + timedelta(days=later))
        made.append([file.read_bytes() for file in files])
    assert made[:2] == made[2:]
    feed = feedparser.parse(made[0][0])
    assert [entry.published for entry in feed.entries] == [f"{written:%Y-%m-%dT%H:%M:%SZ}", f"{NOW:%Y-%m-%dT%H:%M:%SZ}"]
    assert {entry.updated for entry in feed.entries} == {feed.feed.updated} == {f"{NOW:%Y-%m-%dT%H:%M:%SZ}"}
    assert [entry.published for entry in feedparser.parse(made[1][0]).entries] == [feed.feed.updated]
    assert message_from_bytes(made[0][1], policy=default)["Date"].datetime == NOW.replace(microsecond=0)


def test_what_the_store_knows_of_an_article_is_told_of_a_published_one(crawl: Crawl, tmp_path: Path) -> None:
    """Its id, source and kind, which a draft does not tell; the deck only of words that are not the editor's."""
    mine = item("a", "It was fast.")
    stored = add_article(
        crawl.store, mine.url, summary=mine.summary, deck="Fast.", kind="case-study", subkind="migration"
    )
    made = replace(issue(83), sections=(Section("", "", (mine,)),))
    path = write_draft_file(crawl.store, made, tmp_path).path
    publish(crawl, path, ["json"], tmp_path, NOW)
    (told,) = json.loads((tmp_path / "083.json").read_text())["sections"][0]["items"]
    assert (told["id"], told["source"], told["kind"], told["subkind"], told["deck"]) == (
        stored.id, stored.source, "case-study", "migration", "Fast.",
    )  # fmt: skip
    path.write_text(path.read_text().replace(mine.summary, "It flew."))
    assert [i.deck for i in publish(crawl, path, [], tmp_path, NOW)[0].items] == [""]


@pytest.mark.parametrize(
    ("line", "told"), [("comments: Write to me.", "Write to me."), ("comments:", None), ("", "All.")]
)
def test_the_drafts_word_on_comments_counts(crawl: Crawl, tmp_path: Path, line: str, told: str | None) -> None:
    """The settings speak where the draft is silent."""
    path = write_draft_file(crawl.store, issue(83, "a"), tmp_path).path
    path.write_text(path.read_text().replace("profile:", f"{line}\nprofile:"))
    talking = replace(crawl, settings=replace(crawl.settings, issue=IssueSettings(comments="All.")))
    assert publish(talking, path, [], tmp_path, NOW)[0].comments == told


def test_an_issue_that_is_not_whole_is_not_published(crawl: Crawl, tmp_path: Path) -> None:
    """A comment without an end would make the runners-up, below the line that it swallows, the items."""
    path = write_draft_file(crawl.store, issue(83, "a"), tmp_path).path
    path.write_text(path.read_text().replace("### [Title a]", "<!-- look\n\n### [Title a]"))
    with pytest.raises(UserError, match=r"083\.md:\d+: a comment begins here and has no end"):
        publish(crawl, path, [], tmp_path, NOW)
    path.write_text("---\n<<<<<<< HEAD\nnumber: 83\n=======\nnumber: 84\n>>>>>>> theirs\n---\n\n### T\n\nWords.\n")
    with pytest.raises(UserError, match=r"083\.md:2: two changes of this file met here; keep one and delete"):
        publish(crawl, path, [], tmp_path, NOW)
    assert crawl.store.ledger("default") == []


def test_bytes_that_are_no_text_are_told_with_their_line(crawl: Crawl, tmp_path: Path) -> None:
    """Some programs save in the code page of their system."""
    path = write_draft_file(crawl.store, issue(83, "a"), tmp_path).path
    path.write_bytes(path.read_bytes().replace(b"Title a", "Café".encode("cp1252")))
    line = path.read_bytes().split(b"Caf")[0].count(b"\n") + 1
    with pytest.raises(UserError, match=rf"083\.md:{line}: .*not UTF-8; save the file as such"):
        publish(crawl, path, [], tmp_path, NOW)


def test_an_empty_issue_is_not_published(crawl: Crawl, tmp_path: Path) -> None:
    """Composed by mistake after its week was published, it would be a number that nobody can read; words are enough."""
    path = write_draft_file(crawl.store, issue(83), tmp_path).path
    with pytest.raises(UserError, match=r"083\.md: nothing stands in this issue; move a runner-up"):
        publish(crawl, path, [], tmp_path, NOW)
    assert crawl.store.issue_records("default")[0].published_at is None
    path.write_text(path.read_text().replace("<!-- runners-up -->", "We are on holiday.\n\n<!-- runners-up -->"))
    assert publish(crawl, path, [], tmp_path, NOW)[1]


def test_what_cannot_be_written_is_written_the_next_time(crawl: Crawl, tmp_path: Path) -> None:
    """The ledger comes first: the same command again makes the files, and nothing else."""
    path = write_draft_file(crawl.store, issue(83, "a"), tmp_path).path
    out = tmp_path / "public"
    out.write_text("a file stands where the folder should be")
    with pytest.raises(UserError, match=r"public/083\.md: cannot be written: .*; mend that and run the command again"):
        publish(crawl, path, ["markdown"], out, NOW)
    out.unlink()
    _, fresh, files = publish(crawl, path, ["markdown"], out, NOW)
    assert (fresh, [file.name for file in files]) == (False, ["083.md"])
    assert len(crawl.store.ledger("default")) == 1
