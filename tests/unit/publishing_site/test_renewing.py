"""The site is built again and again: what changed is written, and nothing else."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from crawler.errors import UserError
from crawler.site.files import Written
from storage.memory import MemoryStore
from tests.support.stores import NOW, add_article
from tests.unit.publishing_site.make import build, contents, put_issue


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
