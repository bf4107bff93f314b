"""Notes from files to topics: titles, order, references, and clear words for what is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crawler.errors import ConfigError, UserError
from crawler.label.taxonomy.loading import taxonomy_at
from crawler.noting import read_notes, topics_of
from crawler.site.groups import group_cards
from crawler.site.values import Card, Names

TAXONOMY = taxonomy_at(None)


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name.replace('_', '-')}.md").write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read_notes(folder, TAXONOMY)
    return [problem.replace(f"{folder}/", "") for problem in caught.value.problems]


def test_a_topic_has_its_title_from_the_front_matter_the_heading_or_the_file(tmp_path: Path) -> None:
    notes = read_notes(
        put(
            tmp_path, a="---\ntitle: From above\n---\n# Not this\n", b="\n# From the heading #\n\ntext", c_and_d="text"
        ),
        TAXONOMY,
    )
    assert [(note.title, note.anchor) for note in notes] == [
        ("From above", "a"),
        ("From the heading", "b"),
        ("C and d", "c-and-d"),
    ]
    assert notes[1].html.html == "<p>text</p>"


def test_topics_without_notes_are_topics(tmp_path: Path) -> None:
    """An empty file, one with a title alone, one with nothing but front matter."""
    notes = read_notes(
        put(tmp_path, a="", b="# B\n", c="---\ntitle: C\n---\n", d="---\n---\n", e="---\ntitle: E\n---"), TAXONOMY
    )
    assert [note.title for note in notes] == ["A", "B", "C", "D", "E"]
    assert {note.html.html for note in notes} == {""}


def test_the_order_is_the_editors_then_that_of_the_files(tmp_path: Path) -> None:
    notes = read_notes(put(tmp_path, a="", b="---\norder: 2\n---\n", c="---\norder: 1.5\n---\n"), TAXONOMY)
    assert [note.anchor for note in notes] == ["c", "b", "a"]


def test_no_folder_is_no_notes(tmp_path: Path) -> None:
    assert read_notes(tmp_path / "none", TAXONOMY) == []


def test_everything_wrong_is_told_at_once_by_file_and_line(tmp_path: Path) -> None:
    put(
        tmp_path,
        a="---\ntitle: A\ntagz: [x]\ntags: [kubernetez]\nreferences: [nowhere]\norder: first\n---\n",
        b="---\ntitle: B\n",
        c="text\n\n$\\frac{a$ is wrong",
        d="---\n- a list\n---\n",
        e="---\ntitle: [\n---\n",
        f="text [to](#nowhere)\n",
        g="---\ntags: kubernetes\n---\n",
    )
    (tmp_path / "F.md").write_text("")
    told = faults(tmp_path)
    for part in (
        "a.md:3: `tagz` is no key of notes; there are title, tags, references, order",
        "a.md:4: `kubernetez` is no tag of the taxonomy; is `kubernetes` meant?",
        "a.md:5: `nowhere` is no web address",
        "a.md:6: `order` must be a number",
        "b.md:1: the front matter has no end",
        "c.md:3: the formula '\\\\frac{a': a { without its }; mend it",
        "d.md:2: the front matter must be lines of `key: value`",
        "e.md:",
        "f.md:1: the link #nowhere leads to no topic",
        "g.md:2: `tags` must be a list",
    ):
        assert any(one.startswith(part) for one in told), (part, told)
    assert any("the same title as" in one for one in told)


def test_a_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    tmp_path.joinpath("x.md").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match=r"x\.md:\d+: cannot be read: this is not UTF-8"):
        read_notes(tmp_path, TAXONOMY)


def test_references_are_those_named_then_the_newest_on_the_tags(tmp_path: Path) -> None:
    cards = [
        Card(f"K{n}", f"https://a.example/{n}", date(2026, 1, 28 - n), tags=("kubernetes",)) for n in range(12)
    ] + [
        Card("Old", "https://a.example/old", date(2020, 1, 1)),
        Card("Undated", "https://a.example/u", None, tags=("kubernetes",)),
    ]
    groups = group_cards(cards, Names(tags={"kubernetes": "Kubernetes"}))
    folder = put(
        tmp_path,
        one="---\ntags: [kubernetes]\nreferences: ['https://a.example/old?utm_source=x', 'https://other.example/']\n---\n",
        kubernetes="",
        three="---\ntags: []\n---\n",
    )
    topics = {
        topic.anchor: topic for topic in topics_of(read_notes(folder, TAXONOMY), {c.url: c for c in cards}, groups)
    }
    assert [card.title for card in topics["one"].references] == ["Old", *(f"K{n}" for n in range(7))]
    assert topics["one"].elsewhere == ("https://other.example/",)
    assert topics["one"].lists == (("Kubernetes", "tags/kubernetes.html", 13),)
    assert len(topics["kubernetes"].references) == 8
    assert topics["three"].references == ()
