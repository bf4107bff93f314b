"""From the store to an issue: digest, the editor's changes, publish, why, export and import."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.support.world import World

FIRST_PERSON = re.compile(r"\b(we|our|ours|us|I|my|me)\b")


def test_digest_json_has_the_promised_shape(crawled: World) -> None:
    said = crawled.json("digest", "--json")
    assert set(said) >= {"number", "title", "window", "lead", "sections", "tags"}
    items = [item for section in said["sections"] for item in section["items"]]
    assert 3 <= len(items) <= 12
    for item in items:
        assert set(item) >= {
            "title", "url", "company", "audience", "summary", "image", "minutes", "tags", "also_at", "score",
        }  # fmt: skip
        assert 20 <= len(item["summary"].split()) <= 90, item["summary"]
        assert re.search(r"[.!?][”’\")]*$", item["summary"]), item["summary"]
        assert not FIRST_PERSON.search(item["summary"]), item["summary"]
        assert item["audience"], item["title"]
        assert "utm_" not in item["url"]
        assert item["image"] is None or item["image"]["alt"]
    assert said["lead"].startswith("This week: ")
    assert len({item["url"] for item in items}) == len(items)
    assert not (crawled.folder / "issues").exists()


def test_composing_again_gives_the_same_bytes(crawled: World) -> None:
    first = crawled.crawl("digest", "--out", "-").stdout
    assert first == crawled.crawl("digest", "--out", "-").stdout
    assert "<!-- runners-up -->" in first


def test_an_edited_draft_keeps_its_edits(own: World) -> None:
    own.crawl("digest", "-q")
    draft = next((own.folder / "issues").glob("*.md"))
    text = draft.read_text()
    title = re.search(r"^### \[(.+?)\]\(", text, re.MULTILINE)
    assert title
    edited = text.replace(title[0], "### [A title that the editor chose](", 1)
    draft.write_text(edited)
    own.crawl("digest", "-q")
    assert "### [A title that the editor chose](" in draft.read_text()
    again = draft.read_text()
    own.crawl("digest", "-q")
    assert draft.read_text() == again


def test_published_articles_are_never_chosen_again(own: World) -> None:
    own.crawl("digest", "-q")
    draft = next((own.folder / "issues").glob("*.md"))
    first = own.json("digest", "--json")
    files = own.crawl("publish", str(draft)).stdout.split()
    assert files == [str(Path("public") / "001.md")]
    published = {item["url"] for section in first["sections"] for item in section["items"]}
    again = own.json("digest", "--json")
    assert again["number"] == 2
    assert not published & {item["url"] for section in again["sections"] for item in section["items"]}
    before = (own.folder / "public" / "001.md").read_bytes()
    assert "published before" in own.crawl("publish", str(draft)).stderr
    assert (own.folder / "public" / "001.md").read_bytes() == before


def test_readers_never_see_what_is_for_editors(own: World) -> None:
    text = own.crawl("digest", "--out", "-", "--format", "markdown").stdout
    assert "<!--" not in text
    assert "runners" not in text.lower()
    assert "👉 For " in text
    assert "**Tags:**" in text


def test_importing_an_export_changes_nothing(own: World, tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    own.crawl("export", str(first), "-q")
    assert "0 new or changed" in own.crawl("import", str(first)).stderr
    own.crawl("export", str(second), "-q")
    assert first.read_bytes() == second.read_bytes()


def test_an_import_computes_what_is_absent(world: World, tmp_path: Path) -> None:
    text = (
        "Larkfield moved its ledger from MySQL to PostgreSQL without downtime. The team wrote every change to both "
        "databases for six weeks and compared 40 million rows each night. The move cut the cost of storage by 38 "
        "percent and the slowest queries from 900 to 120 milliseconds."
    )
    line = {"url": "https://larkfield.example/ledger", "title": "Moving a ledger to PostgreSQL", "text": text}
    file = tmp_path / "in.jsonl"
    file.write_text(json.dumps(line) + "\n")
    world.crawl("import", str(file), "-q")
    (row,) = world.lines("export")
    assert row["title"] == line["title"]
    assert row["language"] == "en"
    assert "databases" in row["tags"]
    assert row["summary"]


def test_a_bad_import_names_its_lines_and_stores_nothing(world: World, tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    file.write_text('{"url": "https://a.example/1", "title": "x", "text": "y"}\nnot json\n{"title": "no url"}\n')
    done = world.crawl("import", str(file), status=2)
    assert "in.jsonl:2" in done.stderr
    assert "in.jsonl:3" in done.stderr
    assert world.lines("export") == []


def test_why_accounts_for_an_item(crawled: World) -> None:
    said = crawled.json("digest", "--json")
    item = said["sections"][0]["items"][0]
    told = crawled.crawl("why", item["url"]).stdout
    assert item["title"] in told
    assert "in the issue" in told
    account = crawled.json("why", item["url"], "--json")
    labels = {reason["label"] for reason in account["labels"]}
    assert {"tag", "kind"} <= labels
    assert account["addends"]
    crawled.crawl("why", "https://nowhere.example/", status=2)


def test_articles_can_be_searched_and_ranked(crawled: World) -> None:
    everything = crawled.lines("articles", "--json")
    assert len(everything) >= 40
    dates = [row["published_at"] or row["first_seen_at"] for row in everything]
    assert dates == sorted(dates, reverse=True)
    word = everything[0]["title"].split()[0]
    found = crawled.lines("articles", "--query", word, "--json")
    assert everything[0]["id"] in {row["id"] for row in found}
    ranked = crawled.lines("articles", "--rank", "--json")
    scores = [row["score"] for row in ranked]
    assert all(0 <= score <= 1 for score in scores)
    assert [row["place"] for row in ranked if row["place"]] == list(range(1, 1 + sum(bool(r["place"]) for r in ranked)))


def test_contradicting_windows_are_refused(crawled: World) -> None:
    for arguments in (
        ("--week", "2026-W47", "--from", "2026-11-01"),
        ("--from", "2026-11-01"),
        ("--week", "soon"),
        ("--from", "2026-11-08", "--to", "2026-11-01"),
        ("--format", "papyrus"),
    ):
        assert crawled.crawl("digest", *arguments, status=2).stderr
