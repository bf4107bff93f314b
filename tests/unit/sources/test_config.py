"""sources.yaml: what is accepted, and that every problem is told at once with its line and the next step."""

from __future__ import annotations

import dataclasses
import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.errors import ConfigError, UnknownSource, UserError
from crawler.model import Source
from crawler.settings import (
    Delivery,
    FetchSettings,
    IssueSettings,
    LlmSettings,
    MastodonSettings,
    ScheduleSettings,
    Settings,
    SlackSettings,
)
from crawler.sources import Config, load_config, select
from tests.unit.sources.loading import ONE, load, problems_of


def test_only_a_url_is_required() -> None:
    config = load(ONE)
    assert config.settings == Settings()
    assert config.sources == (
        Source(slug="blog-example-org", url="https://blog.example.org/feed.xml", name="blog.example.org"),
    )


def test_everything_that_the_design_names_is_read() -> None:
    config = load("""
settings:
  timezone: Europe/Berlin
  contact: https://example.org/about-our-crawler
  fetch: {pages: never, recent_days: 45, pause: 2, min_interval: 3600, max_interval: 2592000, timeout: 30,
          max_bytes: 15000000, obey_robots_for_feeds: true, allow_private_hosts: [127.0.0.0/8, intranet.example.org]}
  schedule: {digest: "30 6 * * MON-FRI"}
  issue: {title: "Weekend Reading", tagline: "…", first_number: 84, min_items: 3, max_items: 12, floor: 0.3,
          per_company: 2, late_days: 28, sections: auto, comments: null, drafts: issues, out: public}
taxonomy: my-taxonomy.yaml
profiles: {ml: {floor: 0.5}}
llm: {base_url: "http://localhost:11434/v1", model: small}
deliver: {team: {sink: slack}, mastodon: {url: "https://social.example"}}
archive: {folder: raw}
defaults: {weight: 0.5, language: de, tags: [cloud]}
sources:
  - {slug: one, name: One, company: One Inc., url: "https://one.example/feed", kind: feed, homepage: "https://one.example", tags: [go, rust], weight: 2}
  - {url: "https://two.example/blog", kind: listing, include: "/blog/", exclude: ["/tag/"], select: "article a", confirmed: false}
""")
    assert config.settings.fetch == FetchSettings(
        pages="never",
        pause=2.0,
        obey_robots_for_feeds=True,
        allow_private_hosts=("127.0.0.0/8", "intranet.example.org"),
    )
    assert config.settings.schedule == ScheduleSettings(digest="30 6 * * MON-FRI")
    assert config.settings.issue == IssueSettings(tagline="…", first_number=84)
    assert (config.settings.timezone, config.settings.taxonomy) == ("Europe/Berlin", "my-taxonomy.yaml")
    assert [(p.name, p.issue.floor, p.issue.first_number) for p in config.profiles] == [("ml", 0.5, 84)]
    assert set(config.extra) == {"archive"}
    assert config.llm == LlmSettings(base_url="http://localhost:11434/v1", model="small")
    assert config.deliver == (
        Delivery("team", "slack", SlackSettings()),
        Delivery("mastodon", "mastodon", MastodonSettings(url="https://social.example")),
    )
    one, two = config.sources
    assert (one.tags, one.weight, one.language) == (("go", "rust"), 2.0, "de")
    assert (two.slug, two.tags, two.weight) == ("two-example-blog", ("cloud",), 0.5)
    assert (two.include, two.exclude, two.select, two.confirmed) == (("/blog/",), ("/tag/",), "article a", False)


def test_every_setting_is_a_key_of_the_file() -> None:
    for name in ("fetch", "schedule", "issue"):
        default = getattr(Settings(), name)
        for field in dataclasses.fields(default):
            value = getattr(default, field.name)
            shown = "{}" if dataclasses.is_dataclass(value) else json.dumps(value)
            loaded = load(f"settings:\n  {name}:\n    {field.name}: {shown}\n{ONE}")
            assert getattr(getattr(loaded.settings, name), field.name) == value


def test_number_is_another_name_for_first_number() -> None:
    assert load("settings: {issue: {number: 84}}\n" + ONE).settings.issue.first_number == 84
    assert "mean the same" in problems_of("settings: {issue: {number: 84, first_number: 85}}\n" + ONE)[0]


def test_values_are_taken_as_they_are_meant() -> None:
    config = load(
        "settings: {fetch: {pause: 3, timeout: 20.0, max_bytes: 5.0e+6}}\nsources: [{url: 'https://a.example', name: 2024, slug: 42}]"
    )
    assert (config.settings.fetch.pause, config.settings.fetch.max_bytes) == (3.0, 5_000_000)
    assert (config.sources[0].name, config.sources[0].slug) == ("2024", "42")
    dated = load("sources: [{url: 'https://a.example', name: 2024-05-07}]")
    assert dated.sources[0].name == "2024-05-07"


def test_all_problems_are_told_at_once_by_line() -> None:
    problems = problems_of("""settings:
  timezone: Europe/Berlinn
  contct: x
  fetch: {pause: -1, pages: sometimes, timeout: fast}
  schedule: {digest: "0 25 * * SAT"}
  issue: {min_items: 9, max_items: 3, floor: 2, sections: maybe, languages: [english]}
llm: [1]
soruces: []
sources:
  - {slug: a, url: "https://a.example/feed", weight: -1, kind: podcast}
  - {slug: a, url: "ftp://b.example/feed", include: ["("], tags: [X Y]}
  - {nam: b, language: no}
  - hello
  - {url: "https://a.example/feed"}
""")
    assert [int(problem.split(":")[1]) for problem in problems] == sorted(
        int(problem.split(":")[1]) for problem in problems
    )
    assert all(re.match(r"sources\.yaml:\d+: \S.*[;?:] ?", problem) for problem in problems)
    expected = [
        (2, "Europe/Berlin"), (3, "did you mean `contact`"), (4, "`pause`"), (4, "auto, never or always"), (4, "'fast'"),
        (5, "'25' is no hour"), (6, "`min_items` (9)"), (6, "`floor`"), (6, "true or false or auto"), (6, "'english'"),
        (7, "`llm`"), (8, "did you mean `sources`"), (10, "`weight`"), (10, "feed, sitemap or listing"),
        (11, "taken on line 10"), (11, "'ftp://b.example/feed'"), (11, "no regular expression"), (11, "'X Y'"),
        (12, "did you mean `name`"), (12, "in quotes"), (12, "no `url`"), (13, "'hello'"), (14, "line 10"),
    ]  # fmt: skip
    for line, words in expected:
        assert any(problem.startswith(f"sources.yaml:{line}:") and words in problem for problem in problems), (
            line,
            words,
        )
    assert len(problems) == len(expected)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "empty"),
        ("just words", 1, "instead of sections"),
        ("- a\n- b\n", 1, "a list"),
        ("settings: {}\n", 1, "`sources` is missing"),
        ("sources: []\n", 1, "is empty"),
        ("sources: {a: b}\n", 1, "not a list"),
        ("sources:\n  - {url: [}\n", 2, "not valid YAML"),
        ("settings: 3\n" + ONE, 1, "not 3"),
        ("settings: {fetch: [a]}\n" + ONE, 1, "settings.fetch must be keys"),
        ("taxonomy: [a]\n" + ONE, 1, "path of a file"),
        ("defaults: {slug: x}\n" + ONE, 1, "one source each"),
        ("sources:\n  - url: https://a.example\n    url: https://b.example\n", 3, "second time"),
        ("settings:\n  contact: nobody\n" + ONE, 2, "User-Agent"),
        ("settings:\n  fetch:\n    min_interval: 100\n    max_interval: 10\n" + ONE, 3, "longer than"),
        ("settings:\n  fetch:\n    allow_private_hosts: [10.0.0.0/8, 300.1.1.1]\n" + ONE, 3, "300.1.1.1"),
        ("settings:\n  issue:\n    formats: [markdwon]\n" + ONE, 3, "did you mean `markdown`"),
        ("sources:\n  - {url: 'https://a.example', tags: 5}\n", 2, "a list"),
        ("sources:\n  - {url: 'https://a.example', confirmed: 'yes'}\n", 2, "true or false"),
        ("sources:\n  - {url: 'https://a.example', slug: 'a b'}\n", 2, "cannot be a slug"),
        ("sources:\n  - {url: 'https://a.example', 7: b}\n", 2, "unknown key `7`"),
        ("sources:\n  - {url: null}\n", 2, "no `url`"),
    ],
)  # fmt: skip
def test_a_problem(text: str, line: int, words: str) -> None:
    problems = problems_of(text)
    assert any(problem.startswith(f"sources.yaml:{line}:") and words in problem for problem in problems), problems


@pytest.mark.parametrize(
    "cron", ["0 7 * * SAT", "*/15 0-6,22 1,15 jan-mar 1-5", "0 7 * * sat-sun", "59 23 31 12 7", "0 */6 * * *"]
)
def test_cron_expressions_that_are_right(cron: str) -> None:
    assert load(f'settings: {{schedule: {{digest: "{cron}"}}}}\n{ONE}').settings.schedule.digest == cron


@pytest.mark.parametrize(
    "cron",
    [
        "",
        "0 7 * *",
        "60 * * * *",
        "0 7 * * FOO",
        "5-1 * * * *",
        "*/0 * * * *",
        "a b c d e",
        "0 7 0 * *",
        "@weekly",
        "0 7 * * SAT *",
    ],
)
def test_cron_expressions_that_are_wrong(cron: str) -> None:
    assert "cron expression" in problems_of(f'settings: {{schedule: {{digest: "{cron}"}}}}\n{ONE}')[0]


def test_slugs_and_names_are_made_where_none_is_given() -> None:
    config = load("sources:\n" + "".join(f"  - url: {url}\n" for url in (
        "https://eng.example.org/feed", "https://eng.example.org/rss.xml", "https://www.example.com/", "http://eng.example.org/atom.xml",
    )))  # fmt: skip
    assert [source.slug for source in config.sources] == [
        "eng-example-org",
        "eng-example-org-2",
        "example-com",
        "eng-example-org-3",
    ]
    assert config.sources[2].name == "example.com"


def test_one_sitemap_may_serve_two_sources_with_patterns_of_their_own() -> None:
    config = load("""sources:
  - {slug: a, url: "https://a.example/sitemap.xml", kind: sitemap, include: ["/eng/"]}
  - {slug: b, url: "https://a.example/sitemap.xml", kind: sitemap, include: ["/ml/"]}
""")
    assert len(config.sources) == 2


def test_a_missing_file_points_to_the_demo(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="crawl demo"):
        load_config(tmp_path / "nothing.yaml")
    with pytest.raises(UserError, match="crawl demo"):
        load_config(tmp_path)


def test_a_file_that_is_no_text_is_a_problem_on_line_one(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=r"sources\.yaml:1: cannot be read.*UTF-8"):
        load_config(path)


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text("\ufeff" + ONE, encoding="utf-8")
    assert len(load_config(path).sources) == 1


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.dates().map(str)
_YAML = st.recursive(_SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
    st.sampled_from(["url", "slug", "fetch", "pause", "tags", "issue", "digest", "weight", "include", "x"]) | st.text(max_size=5), inner, max_size=4), max_leaves=12)  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(["settings", "sources", "defaults", "llm", "taxonomy", "other"]), _YAML, max_size=4)
)
@settings(max_examples=150, deadline=None)
def test_whatever_a_person_writes_gives_a_config_or_problems_with_lines(data: dict[str, object]) -> None:
    from crawler.yamldoc import dump_yaml

    try:
        config = load(dump_yaml(data))
    except ConfigError as error:
        problems = error.problems
    else:
        assert isinstance(config, Config)
        return
    assert problems
    assert all(re.match(r"sources\.yaml:\d+: \S", problem) for problem in problems)


def test_two_hundred_sources_load_fast(tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    lines = (
        f'  - {{slug: s{n}, name: Source {n}, url: "https://s{n}.example/feed", kind: feed, tags: [go, rust], weight: 1.0}}\n'
        for n in range(200)
    )
    path.write_text("sources:\n" + "".join(lines), encoding="utf-8")
    taken = []
    for _ in range(3):
        start = time.process_time()
        load_config(path)
        taken.append(time.process_time() - start)
    # Measured 16 ms; the bar is what the command line can bear on a slow machine.
    assert min(taken) < 0.12


_SOURCES = (
    Source(slug="netflix", url="https://n.example", name="N", tags=("streaming",)),
    Source(slug="stripe", url="https://s.example", name="S", tags=("payments", "apis")),
    Source(slug="adyen", url="https://a.example", name="A", tags=("payments",)),
)


def test_select_takes_what_is_named_in_the_order_of_the_file() -> None:
    assert select(_SOURCES) == _SOURCES
    assert [source.slug for source in select(_SOURCES, ["stripe", "netflix"])] == ["netflix", "stripe"]
    assert [source.slug for source in select(_SOURCES, tags=["payments"])] == ["stripe", "adyen"]
    assert [source.slug for source in select(_SOURCES, ["adyen", "netflix"], ["payments"])] == ["adyen"]


def test_select_names_the_nearest_slug_and_tag() -> None:
    with pytest.raises(UnknownSource, match="did you mean `netflix`"):
        select(_SOURCES, ["netflx"])
    with pytest.raises(UnknownSource, match="did you mean `payments`"):
        select(_SOURCES, tags=["payment"])
    with pytest.raises(UnknownSource, match="crawl sources list"):
        select(_SOURCES, ["zzz"])


@pytest.mark.parametrize(
    "setting",
    [
        "fetch: {max_interval: .inf}",
        "fetch: {pause: .nan}",
        "fetch: {recent_days: 1000000000}",
        "fetch: {timeout: 1.0e+300}",
        "fetch: {max_total_bytes: 1" + 30 * "0" + "}",
        "issue: {late_days: 1000000000}",
        "issue: {first_number: 3000000000}",
        "issue: {max_items: 1" + 30 * "0" + "}",
    ],
)
def test_a_number_that_nothing_can_count_with_is_told(setting: str) -> None:
    """A year 40,000, a time that is none, a number that no database keeps: told at once, not in the middle of a run."""
    (problem,) = problems_of(f"settings:\n  {setting}\n{ONE}")
    assert problem.startswith("sources.yaml:2:")
