"""Labels as a person meets them on the command line: kinds, other languages, a taxonomy of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.blogs import Desk

GERMAN = (
    "Wir haben unsere Datenbank von MySQL auf PostgreSQL umgestellt, und das war nicht leicht für das Team.\n\n"
    "Unsere alte Datenbank war langsam. Nach der Umstellung sank die Antwortzeit um 40 %, und die Kosten halbierten "
    "sich. Wir erzählen hier, was wir dabei gelernt haben und was wir beim nächsten Mal anders machen würden."
)
ENGLISH = (
    "We moved the order database of our shop from MySQL to PostgreSQL, and nobody noticed.\n\n"
    "The old database was slow. We built a service that writes each change to both databases and compares them every "
    "night. After the move, response time fell by 40% and the cost was halved. We tell here what we learned."
)
NEWS = "Links of the week: a note on queues, and a talk about caches. Speakers met in the spring.\n"
OUTING = "The boat leaves at nine. We ate by the water, and on the way home the pointers of the tower stood at six.\n"
CONFIG = "settings:\n  issue: {min_items: 1}\n%ssources:\n  - {slug: pat, url: 'https://pat.example/feed'}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        ("umzug", "Umzug nach PostgreSQL", GERMAN * 3),
        ("moving", "How We Moved to PostgreSQL", ENGLISH * 3),
        ("news", "The Weekly Newsletter #12", NEWS * 3),
    ]
    lines = [
        {"url": f"https://pat.example/{name}", "title": title, "source": "pat", "text": text,
         "published_at": "2026-11-11T09:00:00+00:00", "first_seen_at": "2026-11-11T10:00:00+00:00"}
        for name, title, text in rows
    ]  # fmt: skip
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return tmp_path


def desk_of(folder: Path, settings: str = "") -> Desk:
    desk = Desk(folder)
    (folder / "sources.yaml").write_text(CONFIG % settings)
    desk.crawl("import", str(folder / "articles.jsonl"), "-q")
    return desk


def titles(found: object) -> set[str]:
    assert isinstance(found, dict)
    return {item["title"] for section in found["sections"] for item in section["items"]}


def test_articles_by_kind_and_narrower_kind(folder: Path) -> None:
    """Either name leads to it, `why` tells its words, and a name that is none is told with those that are."""
    desk = desk_of(folder)
    by_kind = desk.lines("articles", "--json", "--kind", "community")
    assert [(row["title"], row["kind"], row["subkind"]) for row in by_kind] == [
        ("The Weekly Newsletter #12", "community", "roundup")
    ]
    assert desk.lines("articles", "--json", "--kind", "roundup") == by_kind
    assert desk.lines("articles", "--json", "--kind", "event") == []
    assert (
        "subkind     roundup: phrase “Newsletter” in the title" in desk.crawl("why", "https://pat.example/news").stdout
    )
    said = desk.crawl("articles", "--kind", "newsletters", status=2).stderr
    assert "--kind newsletters: there is no such kind; there are case-study, " in said


def test_why_tells_which_topics_are_printed(folder: Path) -> None:
    """An issue names those that the article is clearly about, and none beside an article about no topic."""
    outing = {"url": "https://pat.example/outing", "title": "A Day at the Harbour", "source": "pat", "text": OUTING * 5}
    with (folder / "articles.jsonl").open("a") as file:
        file.write(json.dumps(outing | {"first_seen_at": "2026-11-11T10:00:00+00:00"}) + "\n")
    desk = desk_of(folder)
    moving = desk.crawl("why", "https://pat.example/moving").stdout
    assert "  tag         databases: phrase “PostgreSQL” in the title" in moving
    assert "  printed     databases" in moving
    (row,) = desk.lines("articles", "--json", "--query", "Harbour")
    assert "cpp" in row["tags"]
    said = desk.crawl("why", "https://pat.example/outing").stdout
    assert "  printed     no topic: it is clearly about none" in said


def test_other_languages_are_marked_and_kept_out_unless_wanted(folder: Path) -> None:
    """The article is there with its language and its own words; the issue takes it where its language is named."""
    desk = desk_of(folder)
    (row,) = desk.lines("articles", "--json", "--query", "Umzug")
    assert (row["language"], row["kind"]) == ("de", "")
    assert row["summary"].startswith("Wir haben unsere Datenbank von MySQL auf PostgreSQL umgestellt")
    window = ("--from", "2026-11-09", "--to", "2026-11-16")
    assert "Umzug nach PostgreSQL" not in titles(desk.json("digest", *window, "--json"))
    assert "written in de; the issue takes en" in desk.crawl("why", row["url"], *window).stdout
    (folder / "sources.yaml").write_text(
        CONFIG.replace("{min_items: 1}", "{min_items: 1, languages: [de, en], floor: 0}") % ""
    )
    assert "Umzug nach PostgreSQL" in titles(desk.json("digest", *window, "--json"))


def test_a_taxonomy_of_ones_own(folder: Path) -> None:
    """It adds to ours or replaces it, and every problem in it is told with its line before anything is done."""
    own = folder / "own.yaml"
    added = "tags:\n  - {id: moving-house, name: moves, group: data, strong: [nobody noticed], roles: [%s]}\n"
    own.write_text("extends: default\n" + added % "db-eng")
    desk = desk_of(folder, "  taxonomy: own.yaml\n")
    (row,) = desk.lines("articles", "--json", "--tag", "moving-house")
    assert {"databases", "moving-house"} <= set(row["tags"])
    own.write_text("roles:\n  mover: {one: mover, many: movers}\n" + added % "mover")
    (folder / "articles.jsonl").write_text(
        (folder / "articles.jsonl").read_text().replace("pat.example", "sam.example")
    )
    desk.crawl("import", str(folder / "articles.jsonl"), "-q")
    tagged = {row["url"]: row["tags"] for row in desk.lines("articles", "--json", "--duplicates")}
    assert tagged["https://sam.example/moving"] == ["moving-house"]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("extends: default\ntags:\n  - {id: A B, name: x, group: g, roles: [sres]}\n", 3, "lower-case words"),
        ("extends: default\nkinds:\n  memo: {label: Memo}\n", 3, "must name one of the ten basic kinds"),
        ("extends: theirs\n", 1, 'only "default" can be extended'),
        ("tags: [a\n", 2, "expected"),
        ("- a list\n", 1, "expected keys such as tags"),
    ],
)
def test_a_taxonomy_with_faults(folder: Path, text: str, line: int, said: str) -> None:
    """Exit code 2, the file, the line, what is wrong; nothing is imported."""
    (folder / "own.yaml").write_text(text)
    (folder / "sources.yaml").write_text(CONFIG % "  taxonomy: own.yaml\n")
    desk = Desk.__new__(Desk)
    desk.folder, desk.proxy, desk.file = folder, None, folder / "sources.yaml"
    told = desk.crawl("import", str(folder / "articles.jsonl"), status=2).stderr
    assert f"own.yaml:{line}: " in told
    assert said in told


def test_a_taxonomy_that_is_not_there(folder: Path) -> None:
    """Its name is told."""
    desk = desk_of(folder)
    (folder / "sources.yaml").write_text(CONFIG % "  taxonomy: lost.yaml\n")
    assert "lost.yaml:1: cannot be read" in desk.crawl("articles", "--kind", "release", status=2).stderr
