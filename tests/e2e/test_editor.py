"""The editor's week: digest, edits of every kind, digest again, lint, publish, take back, and what `issues` tells."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

from crawler.demo.server import DemoServer
from crawler.draft.parse import parse_draft
from tests.support.editor import EDITS
from tests.support.world import World


def draft_of(world: World) -> Path:
    world.crawl("digest", "-q")
    return world.folder / "issues" / "001.md"


def findings(world: World, *arguments: str, status: int = 6) -> list[dict[str, object]]:
    return [json.loads(line) for line in world.crawl("lint", *arguments, "--json", status=status).stdout.splitlines()]


def test_what_is_composed_has_no_findings(own: World, shared_server: DemoServer) -> None:
    """Every link is asked, once, with GET; nothing is wrong with an untouched draft."""
    draft = draft_of(own)
    shared_server.clear()
    done = own.crawl("lint")
    assert done.stdout == ""
    assert "issues/001.md: 0 findings" in done.stderr
    asked = [(hit.host, hit.path) for hit in shared_server.hits]
    item = parse_draft(draft.read_text()).issue.items[0]
    assert (urlsplit(item.url).hostname, urlsplit(item.url).path) in asked
    assert len(asked) == len(set(asked))
    assert {hit.method for hit in shared_server.hits} == {"GET"}
    shared_server.clear()
    own.crawl("lint", "--offline")
    assert shared_server.hits == []


def test_lint_names_lines_and_fixes_what_is_safe(own: World, shared_server: DemoServer) -> None:
    """A dead link, a tracker, a missing alt text, a cut title: each on its line; two of them can be fixed."""
    draft = draft_of(own)
    text = draft.read_text()
    first, second = parse_draft(text).issue.items[:2]
    parts = urlsplit(first.url)
    shared_server.overrides[str(parts.hostname), parts.path] = 404
    text = text.replace(f"({second.url})", f"({second.url}?utm_source=mail)", 1).replace(
        second.title, "A title that…", 1
    )
    text = re.sub(r"!\[[^\]]+\]", "![]", text, count=1)
    draft.write_text(text)
    lines = text.split("\n")
    told = {str(row["rule"]): row for row in findings(own)}
    assert set(told) == {"dead-link", "tracked-link", "truncated-title", "missing-alt"}
    assert first.url in lines[int(str(told["dead-link"]["line"])) - 1]
    assert "![]" in lines[int(str(told["missing-alt"]["line"])) - 1]
    assert second.title in str(told["truncated-title"]["fix"])
    assert f"issues/001.md:{told['missing-alt']['line']}: missing alt text; add words between the brackets" in own.crawl(
        "lint", "--offline", status=6
    ).stdout  # fmt: skip
    rows = findings(own, "--fix")
    assert {str(row["rule"]): row["fixed"] for row in rows} == {
        "tracked-link": True, "missing-alt": True, "dead-link": False, "truncated-title": False,
    }  # fmt: skip
    fixed = draft.read_text()
    assert "utm_source" not in fixed
    assert f"![{first.title}]" in fixed or "![]" not in fixed
    assert len(findings(own)) == 2


def test_banned_domains_come_from_the_settings(own: World) -> None:
    """With every host below them."""
    item = parse_draft(draft_of(own).read_text()).issue.items[0]
    config = own.folder / "sources.yaml"
    domain = ".".join(str(urlsplit(item.url).hostname).split(".")[-2:])
    config.write_text(config.read_text().replace("  issue:\n", f"  issue:\n    banned_domains: [{domain}]\n", 1))
    assert {row["rule"] for row in findings(own, "--offline")} == {"banned-domain"}


def test_an_editor_s_week(own: World) -> None:
    """Every kind of edit at once survives composing again, is published, shown, compared and taken back."""
    draft = draft_of(own)
    text, marks = draft.read_text(), list[str]()
    for number, (name, edit) in enumerate(EDITS.items()):
        if name not in ("remove_section", "remove_image"):
            text, told = edit(text, number, f"edit{number}")
            marks += told
    marks = [mark for mark in marks if mark in text]
    assert len(marks) >= 20
    draft.write_text(text)
    own.crawl("digest", "-q")
    merged = draft.read_text()
    assert [mark for mark in marks if mark not in merged] == []
    own.crawl("digest", "-q")
    assert draft.read_text() == merged

    assert own.crawl("issues", "diff", "1").stdout.count("\n+") >= 20
    (row,) = own.lines("issues", "list", "--json")
    count = len(parse_draft(merged).issue.items)
    assert (row["number"], row["state"], row["items"], row["path"]) == (1, "draft", count, "issues/001.md")
    own.crawl("publish", "-q")
    assert own.json("issues", "show", "1", "--json")["text"] == own.crawl("issues", "show", "1").stdout == merged
    assert own.lines("issues", "list", "--json")[0]["state"] == "published"
    assert own.json("issues", "diff", "1", "--json")["changed"] is True
    rendered = own.folder / "public" / "001.md"
    before = rendered.read_bytes()

    told_back = own.crawl("publish", "--unpublish")
    assert told_back.stdout == "issues/001.md\n"
    assert "public/001.md: left as it is" in told_back.stderr
    assert rendered.read_bytes() == before
    assert draft.read_text() == merged
    own.crawl("digest", "-q")
    assert draft.read_text() == merged
    assert own.lines("issues", "list", "--json")[0]["state"] == "draft"
    own.crawl("publish", "-q")
    assert rendered.read_bytes() == before


def test_refusals_are_clear(own: World) -> None:
    """Nothing published, no such issue, a gap, another window's number: one line each, and nothing done."""
    assert "no issue was published yet" in own.crawl("publish", "--unpublish", status=2).stderr
    assert "there is no issue 7" in own.crawl("issues", "show", "7", status=2).stderr
    assert own.crawl("issues", "list").stdout == ""
    assert "crawl digest" in own.crawl("lint", status=2).stderr
    own.crawl("digest", "-q")
    own.crawl("publish", "-q")
    config = own.folder / "sources.yaml"  # what is left after the first issue fills another one, too
    config.write_text(config.read_text().replace("  issue:\n", "  issue:\n    floor: 0\n", 1))
    own.crawl("digest", "--number", "3", "-q")
    assert "would leave a gap: 2 comes first" in own.crawl("publish", status=2).stderr
    third = own.folder / "issues" / "003.md"
    text = re.sub(r"window: .*", "window: 2020-01-06/2020-01-13", third.read_text())
    third.write_text(text.replace("number: 3", "number: 1"))
    assert "was published for another window" in own.crawl("publish", status=2).stderr
    assert not (own.folder / "public" / "003.md").exists()
