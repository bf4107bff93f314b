"""An embedding model of one's own, from the command line: with the setting, without it, and set wrongly."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.support.blogs import Desk
from tests.support.embeddings import save_tiny_model
from tests.support.world import World

URL = "https://pat.example/ferry"
TEXT = "Braille and tactile strips lead blind riders to the boat, and ears do what eyes cannot. " * 4
SOURCES = "sources:\n  - {slug: pat, url: 'https://pat.example/feed'}\n"
SET = "settings:\n  labels:\n    embedding: %s\n" + SOURCES


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    save_tiny_model(tmp_path / "model")
    line = {"url": URL, "title": "How Our Ferry Welcomes Everyone Aboard", "source": "pat", "text": TEXT,
            "published_at": "2026-11-11T09:00:00+00:00", "first_seen_at": "2026-11-11T10:00:00+00:00"}  # fmt: skip
    (tmp_path / "articles.jsonl").write_text(json.dumps(line) + "\n")
    made.file.write_text(SOURCES)
    return made


def imported(desk: Desk, sources: str) -> list[str]:
    """The tags of the article in a store of its own."""
    desk.file.write_text(sources)
    shutil.rmtree(desk.folder / "crawl", ignore_errors=True)
    desk.crawl("import", "articles.jsonl", "-q")
    (row,) = desk.lines("articles", "--json")
    tags: list[str] = row["tags"]
    return tags


def test_a_tag_that_only_the_model_tells(desk: Desk) -> None:
    """Workers make it from the folder that is named relative to sources.yaml, and `why` accounts for it."""
    without = imported(desk, SOURCES)
    assert "accessibility" not in without
    assert "embedding" not in desk.crawl("why", URL).stdout
    found = imported(desk, SET % "model")
    assert {*without, "accessibility"} <= set(found)
    why = desk.crawl("why", URL)
    assert re.search(r"accessibility: embedding: similarity [.\d]+ to “making products accessible”", why.stdout)
    assert why.stderr == ""
    assert imported(desk, SET % "model") == found


def test_inspecting_a_page_asks_the_model_too(desk: Desk) -> None:
    """A line and a page get the tags that a crawl with these settings would give them."""
    row = {"id": "ferry", "url": URL, "title": "How Our Ferry Welcomes Everyone Aboard", "text": TEXT}
    (desk.folder / "in.jsonl").write_text(json.dumps(row) + "\n")
    (desk.folder / "page.html").write_text(
        f"<html><title>{row['title']}</title><article><p>{TEXT}</p></article></html>"
    )

    def tags() -> list[list[str]]:
        (line,) = desk.lines("inspect", "--jsonl", "in.jsonl")
        return [line["tags"], desk.json("inspect", "page.html", "--url", URL, "--json")["tags"]]

    assert not any("accessibility" in found for found in tags())
    desk.file.write_text(SET % "model")
    assert all("accessibility" in found for found in tags())


def test_a_higher_bound_asks_for_more(desk: Desk) -> None:
    sources = SET.replace("%s\n", "model\n    similarity: %s\n")
    assert "accessibility" in imported(desk, sources % 0.3)
    desk.file.write_text(sources % 7)
    said = desk.crawl("import", "articles.jsonl", status=2).stderr
    assert "sources.yaml:4: `similarity`: 7.0 is out of range; give a number from 0.05 to 0.95" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere", "nowhere is no folder; name one on this machine"),
        ("minishlab/potion-base-8M", "nothing is downloaded"),
        ("articles.jsonl", "articles.jsonl is no folder"),
        ("empty", "empty holds no model that can be read"),
        ("''", "is empty; name a folder"),
        ("[model]", "must be text"),
    ],
)
def test_a_setting_that_leads_to_no_model(desk: Desk, name: str, said: str) -> None:
    """One message with the line, before anything is done."""
    (desk.folder / "empty").mkdir()
    desk.file.write_text(SET % name)
    done = desk.crawl("import", "articles.jsonl", status=2)
    assert "sources.yaml:3: `embedding`" in done.stderr
    assert said in done.stderr
    assert done.stderr.splitlines()[1:] == ["crawl: 1 problem to mend; nothing was done"]
    desk.file.write_text(SOURCES)
    assert desk.lines("articles", "--json") == []


def test_a_missing_extra_is_one_message_that_names_the_remedy(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And without the setting nothing of it is asked for."""
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "model2vec.py").write_text("raise ImportError('not installed')\n")
    monkeypatch.setenv("PYTHONPATH", str(hidden))
    desk.file.write_text(SET % "model")
    said = desk.crawl("import", "articles.jsonl", status=2).stderr
    assert "sources.yaml:3: `embedding`: " in said
    assert "pip install 'weekly-roundup[embed]', or take `embedding` out" in said
    assert "accessibility" not in imported(desk, SOURCES)


TOPICS = """\
tags:
  - {id: data, name: data, group: all, about: choosing databases, strong: [no such phrase]}
  - {id: languages, name: languages, group: all, about: building compilers, strong: [nor this one]}
  - {id: browsers, name: browsers, group: all, about: making web interfaces, strong: [and not this]}
"""


def test_a_crawl_reads_with_the_model(world: World) -> None:
    """In its workers, from pages and feeds; crawling again changes nothing."""
    save_tiny_model(world.folder / "model")
    (world.folder / "topics.yaml").write_text(TOPICS)
    path = world.folder / "sources.yaml"
    sources = yaml.safe_load(path.read_text())
    sources["taxonomy"] = "topics.yaml"
    sources.setdefault("settings", {})["labels"] = {"embedding": "model"}
    path.write_text(yaml.safe_dump(sources))
    world.crawl("once", "--all", "-q")
    rows = world.exported()
    assert "data" in {tag for row in rows for tag in row["tags"]}
    (first, *_) = (row for row in rows if "data" in row["tags"])
    assert "embedding: similarity" in world.crawl("why", first["url"]).stdout
    world.crawl("once", "--all", "-q")
    assert world.exported() == rows
