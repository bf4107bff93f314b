"""The taxonomy: the shipped one is whole, a person's own replaces or extends it, problems come all at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import ConfigError
from crawler.label import label_document, load_taxonomy
from tests.unit.label.articles import document

BASIC_KINDS = {
    "case-study",
    "design-pattern",
    "deep-dive",
    "tutorial",
    "release",
    "postmortem",
    "research",
    "opinion",
    "career",
    "community",
}


def test_shipped_taxonomy_is_whole() -> None:
    """Every tag has a phrase for a sentence, a role, and a section; further kinds hang below the ten."""
    taxonomy = load_taxonomy()
    assert {k.id for k in taxonomy.kinds.values() if k.parent is None} == BASIC_KINDS
    assert all(k.parent is None or k.parent in BASIC_KINDS for k in taxonomy.kinds.values())
    in_sections = [t for s in taxonomy.sections() for t in s.tags]
    assert sorted(in_sections) == sorted(taxonomy.tags)
    for tag in taxonomy.tags.values():
        assert tag.strong or tag.weak, tag.id
        assert tag.roles, tag.id
        assert all(r in taxonomy.roles for r in tag.roles), tag.id
        assert tag.about[0].islower(), tag.id
        assert not tag.about.endswith("."), tag.id


def test_shipped_companies_have_distinct_hosts() -> None:
    """A host leads to one company, and the big names are there."""
    taxonomy = load_taxonomy()
    hosts = [h for c in taxonomy.companies for h in c.hosts]
    assert len(hosts) == len(set(hosts))
    assert len(taxonomy.companies) >= 300
    names = {c.name for c in taxonomy.companies}
    assert {
        "Netflix",
        "Airbnb",
        "Pinterest",
        "LinkedIn",
        "Meta",
        "Stripe",
        "Discord",
        "Slack",
        "Uber",
        "DoorDash",
        "Reddit",
        "Yelp",
        "TikTok",
        "xAI",
    } <= names


def test_custom_file_replaces(tmp_path: Path) -> None:
    """Without `extends`, only what the file says is there; the kinds come from ours."""
    path = tmp_path / "own.yaml"
    path.write_text(
        "roles:\n  baker: {one: baker, many: bakers}\ntags:\n  - {id: bread, name: bread, group: oven, "
        "strong: [sourdough], roles: [baker]}\n"
    )
    taxonomy = load_taxonomy(path)
    assert list(taxonomy.tags) == ["bread"]
    assert "release" in taxonomy.kinds
    assert taxonomy.tags["bread"].name == "bread"


def test_kinds_of_ones_own_keep_the_ten(tmp_path: Path) -> None:
    """The rules tell the ten, so that they are always there; ours below them go."""
    path = tmp_path / "own.yaml"
    path.write_text("kinds:\n  opinion: {label: Leader}\n  column: {label: Column, parent: opinion, title: [column]}\n")
    kinds = load_taxonomy(path).kinds
    assert set(kinds) == BASIC_KINDS | {"column"}
    assert kinds["opinion"].label == "Leader"


TOPICS_AND_THEIR_WORDS = {
    "functional-languages": "Haskell and OCaml",
    "embedded": "Firmware for Microcontrollers",
    "benchmarking": "Benchmarking Hash Maps",
    "memory-management": "A Faster Garbage Collector",
    "reproducible-science": "Reproducible Research",
    "ai-coding": "Coding Assistants in Review",
    "software-design": "Dependency Injection",
    "packaging": "Semantic Versioning and Lockfiles",
    "browser-engines": "A New Browser Engine",
    "governance": "A Steering Committee",
    "julia": "Julia Packages",
    "notebooks": "Jupyter Notebooks",
    "parallel-python": "Dask Arrays",
    "licensing-funding": "Relicensing Under the AGPL",
    "containers": "Container Images Without Root",
    "table-formats": "Apache Iceberg Tables",
    "language-design": "Language Design and Syntax",
    "ffi": "A Foreign Function Interface",
    "web-frameworks": "Django and Rails",
    "accessibility": "Screen Readers and Accessibility",
    "i18n": "Internationalisation",
    "dotnet": "ASP.NET in C#",
    "virtualization": "A Hypervisor",
    "routing": "BGP Route Leaks",
    "supply-chain": "Package Registries and Typosquatting",
    "orm": "Writing an ORM",
    "static-sites": "A Static Site Generator",
}


@pytest.mark.parametrize("tag", TOPICS_AND_THEIR_WORDS)
def test_a_topic_is_found_by_its_words(tag: str) -> None:
    """Each narrow topic is there and is found by a title that names it."""
    doc = document("https://pat.example/a", TOPICS_AND_THEIR_WORDS[tag], "A short note.")
    assert tag in label_document(doc, load_taxonomy()).tags


@pytest.mark.parametrize("role", ["lang-dev", "embedded-eng", "educator", "researcher"])
def test_each_role_has_topics(role: str) -> None:
    """A role that no topic names would never be told."""
    assert any(role in tag.roles for tag in load_taxonomy().tags.values())


def test_custom_file_extends(tmp_path: Path) -> None:
    """With `extends: default`, its tags are added, join the section of their group, and win over ours by id."""
    path = tmp_path / "own.yaml"
    path.write_text(
        "extends: default\ntags:\n  - {id: geology, name: geology, group: data, strong: [seismic], roles: [data-sci]}\n"
        "  - {id: rust, name: Rust language, group: language, strong: [rustlang], roles: [backend]}\n"
    )
    taxonomy = load_taxonomy(path)
    assert taxonomy.tags["rust"].name == "Rust language"
    assert len(taxonomy.tags) == len(load_taxonomy().tags) + 1
    assert "geology" in next(s for s in taxonomy.sections() if s.id == "data").tags


def test_every_problem_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    """Unknown keys, roles, parents and wrong types are reported together, in the order of lines."""
    path = tmp_path / "bad.yaml"
    path.write_text(
        "extends: default\n"
        "tags:\n"
        "  - id: Not A Slug\n"
        "    name: x\n"
        "    group: data\n"
        "    roles: [sres]\n"
        "    strnog: [a]\n"
        "  - {id: ok, name: ok, group: data, parent: databasse, weight: heavy}\n"
        "kinds:\n"
        "  memo: {label: Memo, parent: opinoin}\n"
        "  letter: {label: Letter, title: letters}\n"
        "colour: red\n"
    )
    with pytest.raises(ConfigError) as caught:
        load_taxonomy(path)
    text = "\n".join(caught.value.problems)
    assert f"{path}:3: " in text
    assert 'there is no role "sres"; did you mean "sre"?' in text
    assert f'{path}:7: there is no key "strnog"; did you mean "strong"?' in text
    assert 'there is no tag "databasse"; did you mean "databases"?' in text
    assert "weight must be a number" in text
    assert 'no basic kind "opinoin"' in text
    assert f'{path}:11: kind "letter" must name one of the ten basic kinds as its parent' in text
    assert f"{path}:11: title must be a list of texts" in text
    assert f"{path}:12: " in text
    lines = [int(p.removeprefix(str(path)).split(":")[1]) for p in caught.value.problems]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "tags: {a: 1}",
        "tags: true",
        "tags: [a, b]",
        "tags: [{id: a, name: a, group: g, parent: [b]}]",
        "tags: [{id: a, name: a, group: g, parent: a}]",
        "tags: [{id: a, name: a, group: g, parent: 5}]",
        "companies: 1.5",
        "companies: {a: 1}",
        "roles: [x]",
        "roles: {baker: {one: baker, many: [bakers]}}",
        "kinds: {kata: {label: Kata, parent: [tutorial]}}",
        "sections: 3",
        "extends: mine",
        "a: [1",
    ],
)
def test_wrong_shapes_are_configuration_errors(tmp_path: Path, text: str) -> None:
    """No shape of file ends in anything but a ConfigError with a line."""
    path = tmp_path / "bad.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=r"bad\.yaml:\d+: "):
        load_taxonomy(path)


def test_missing_file_is_a_configuration_error(tmp_path: Path) -> None:
    """A path that is not there is told as such."""
    with pytest.raises(ConfigError, match="cannot be read"):
        load_taxonomy(tmp_path / "none.yaml")
