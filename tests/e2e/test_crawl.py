"""`crawl once` on the sample blogs, as a person runs it."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from crawler.demo.server import DemoServer
from tests.support.waiting import until
from tests.support.world import MOMENT, World, clean_environment, make_world

BROKEN = {"gone", "failed"}


def test_first_crawl_reads_every_blog_that_can_be_read(world: World) -> None:
    said = world.json("once", "--json")
    outcomes = {row["source"]: row["outcome"] for row in said["sources"]}
    assert sum(outcome in BROKEN for outcome in outcomes.values()) <= 1, outcomes
    assert said["totals"]["new"] >= 45
    assert said["totals"]["sources"] == len(outcomes)
    assert set(said["totals"]) >= {"sources", "fetched", "unchanged", "failed", "new", "updated", "duplicates"}


def test_second_crawl_adds_nothing_and_asks_conditionally(world: World) -> None:
    world.crawl("once", "--all", "-q")
    before = world.exported()
    world.server.clear()
    said = world.json("once", "--all", "--json")
    assert said["totals"]["new"] == said["totals"]["updated"] == 0
    assert world.exported() == before
    # What is no feed brings no validators, however politely it was answered.
    unread = {row["url"] for row in said["sources"] if row["outcome"] == "failed"}
    full = {f"http://{hit.host}{hit.path}" for hit in world.server.hits if hit.status == 200}
    assert full == unread


def test_within_the_hour_nobody_is_asked_again(world: World) -> None:
    world.crawl("once", "-q")
    world.server.clear()
    said = world.json("once", "--json")
    assert not world.server.hits
    assert {row["outcome"] for row in said["sources"]} == {"skipped"}


def test_pages_and_feeds_are_asked_with_an_honest_user_agent(world: World) -> None:
    world.crawl("once", "-q")
    agents = {hit.user_agent for hit in world.server.hits}
    assert len(agents) == 1
    agent = agents.pop()
    assert agent.startswith("weekly-roundup/")
    assert "https://example.org/about-our-crawler" in agent


def test_a_syndicated_copy_points_to_the_authors_own(crawled: World) -> None:
    rows = {row["id"]: row for row in crawled.exported()}
    copies = [row for row in rows.values() if row["duplicate_of"]]
    assert copies
    for copy in copies:
        leader = rows[copy["duplicate_of"]]
        assert leader["duplicate_of"] is None
        assert copy["url"] in leader["also_at"]


def test_every_article_with_a_text_is_labelled_or_old(crawled: World) -> None:
    rows = crawled.exported()
    recent = [row for row in rows if row["labelled"] and row["text"]]
    assert len(recent) >= 40
    for row in recent:
        assert row["language"], row["url"]
        assert row["kind"] or row["language"] != "en", row["url"]  # phrases that tell it are English
        assert row["minutes"] >= 1, row["url"]


def test_hostile_content_is_harmless_in_every_stored_text(crawled: World) -> None:
    from lxml import html

    for row in crawled.exported():
        assert not any(mark in row["title"] for mark in "\u202e\u2066\u2067"), row["url"]
        if not row["content_html"]:
            continue
        tree = html.fragment_fromstring(row["content_html"], create_parent="div")
        for element in tree.iter():
            assert element.tag not in {"script", "style", "iframe", "form", "object", "embed", "svg"}, row["url"]
            for name, value in element.attrib.items():
                assert not name.startswith("on"), (row["url"], name)
                if name in {"href", "src"}:
                    assert value.startswith(("http://", "https://")), (row["url"], value)


def test_a_flood_is_held_back(world: World) -> None:
    world.crawl("once", "--all", "-q")
    before = {row["id"] for row in world.exported()}
    world.server.flood = True
    said = world.json("once", "--all", "--json")
    held = [row for row in said["sources"] if row["outcome"] == "held"]
    assert len(held) == 1
    fresh = [row for row in world.exported() if row["id"] not in before]
    assert fresh
    assert all(row["held"] for row in fresh)
    world.crawl("sources", "release", held[0]["source"], "-q")
    assert not any(row["held"] for row in world.exported())
    states = {row["source"]: row["state"] for row in world.lines("sources", "list", "--json")}
    assert states[held[0]["source"]] == "ok"


def test_one_source_and_one_tag(world: World) -> None:
    listed = world.lines("sources", "list", "--json")
    slug = listed[0]["source"]
    said = world.json("once", "--source", slug, "--json")
    assert [row["source"] for row in said["sources"]] == [slug]
    wrong = world.crawl("once", "--source", slug[:-1] + "x", status=2)
    assert slug in wrong.stderr


def test_sources_check_names_the_one_that_cannot_be_read(world: World) -> None:
    done = world.crawl("sources", "check", "--json", status=6)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    bad = [row["source"] for row in rows if not row["ok"]]
    assert bad == ["gristmill"]
    assert all(row["entries"] for row in rows if row["ok"])
    assert not (world.folder / "crawl").exists()
    world.crawl("sources", "check", "--source", "harbourline")


def test_strict_tells_of_any_failure(world: World) -> None:
    host, path = "blog.nowhere.example", "/feed.xml"
    config = world.folder / "sources.yaml"
    config.write_text(config.read_text() + f"- {{slug: nowhere, url: 'http://{host}{path}'}}\n")
    world.crawl("once", "--source", "nowhere", "--strict", status=5)


def test_when_nothing_can_be_fetched_it_says_so_once_and_points_to_the_demo(tmp_path: Path) -> None:
    with DemoServer(MOMENT) as server:
        world = make_world(tmp_path, server)
    done = world.crawl("weekly", status=5)  # the proxy is closed now
    last = done.stderr.strip().splitlines()[-1]
    assert "could be fetched" in last
    assert "crawl demo" in last


def test_a_missing_configuration_points_to_the_demo(tmp_path: Path, shared_server: DemoServer) -> None:
    world = World(tmp_path, shared_server)
    done = world.crawl("once", status=2)
    assert "sources.yaml" in done.stderr
    assert "crawl demo" in done.stderr


def test_every_problem_of_the_configuration_is_told_at_once(world: World) -> None:
    (world.folder / "sources.yaml").write_text(
        "settings: {fetch: {puase: 1}}\nsources:\n- {slug: a, url: nonsense}\n- {slug: a, url: 'https://a.example/f'}\n"
    )
    done = world.crawl("sources", "list", status=2)
    assert "sources.yaml:1" in done.stderr
    assert "pause" in done.stderr
    assert "sources.yaml:3" in done.stderr
    assert "sources.yaml:4" in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_killed_crawl_is_continued_by_the_next(
    seed: int, tmp_path: Path, shared_server: DemoServer, crawled: World
) -> None:
    begun = time.monotonic()
    make_world(tmp_path / "whole", shared_server).crawl("once", "--all", "-q")
    whole = time.monotonic() - begun
    world = make_world(tmp_path / "killed", shared_server)
    chance = random.Random(seed)
    for _ in range(6):
        process = world.start("once", "--all", "-q")
        time.sleep(whole * chance.uniform(0.02, 0.4))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    world.crawl("once", "--all", "-q")
    assert world.exported() == crawled.exported()


def test_an_interrupted_crawl_ends_cleanly(world: World) -> None:
    for number, status in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
        world.server.clear()
        process = world.start("once", "--all")
        until(lambda: world.server.hits)
        process.send_signal(number)
        _, err = process.communicate(timeout=300)
        assert process.returncode in (status, 0), err  # 0 where it was over already
        assert "Traceback" not in err


def test_a_second_run_is_refused_while_the_first_goes_on(world: World) -> None:
    import fcntl

    world.crawl("sources", "list", "-q")
    lock = next((world.folder / "crawl").glob("*.lock"), world.folder / "crawl" / "crawl.sqlite.lock")
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        done = world.crawl("once", status=75)
    assert "another run" in done.stderr.lower()
    world.crawl("once", "-q")


def test_a_store_that_is_no_database_is_named(world: World) -> None:
    broken = world.folder / "broken.sqlite"
    broken.write_text("this is no database, it is a text of more than a hundred bytes\n" * 40)
    done = world.crawl("once", "--database", f"sqlite:///{broken}", status=3)
    assert "broken.sqlite" in done.stderr


def test_a_locked_store_is_told_and_nothing_is_lost(world: World) -> None:
    world.crawl("once", "--all", "-q")
    before = world.exported()
    database = world.folder / "crawl" / "crawl.sqlite"
    with sqlite3.connect(database) as connection:
        connection.execute("BEGIN IMMEDIATE")
        assert world.exported() == before  # readers go on
        connection.rollback()


def test_no_network_is_needed_to_ask_for_help(tmp_path: Path) -> None:
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "crawler", "--help"],
        env=clean_environment(tmp_path),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "weekly" in done.stdout


def test_without_a_network_no_source_is_blamed_and_all_are_due_again(tmp_path: Path) -> None:
    with DemoServer(MOMENT) as server:
        world = make_world(tmp_path, server)
    done = world.crawl("once", status=5)  # the proxy is closed now
    assert done.stderr.count("failed") <= 2, done.stderr
    assert {row["state"] for row in world.lines("sources", "list", "--json")} == {"new"}
    assert not (tmp_path / "issues").exists()
    again = world.crawl("once", status=5)
    assert "could be fetched" in again.stderr
