"""Who reads which newsletter: the sections `deliver` and `profiles` of sources.yaml."""

from __future__ import annotations

import pytest

from crawler.settings import Delivery, SlackSettings
from tests.unit.sources.loading import ONE, load, problems_of


def test_the_problems_of_delivery_are_told_by_line() -> None:
    problems = problems_of(f"""settings: {{schedule: {{send: true}}}}
deliver:
  smtp: {{host: "smtp://mail.example", port: 0, security: ssl, env: hunter2, to: [ada, "Bo <bo@b.example>"]}}
  mail: {{to: x}}
  team: {{sink: slak}}
  mastodon: {{url: "https://me:hunter2@social.example", visibility: loud}}
  listmonk: {{url: "https://news.example", lists: one}}
  post:
    sink: smtp
    host: mail.example
  git: {{branch: "--upload-pack=x"}}
  slack: "https://hooks.example/hunter2"
{ONE}""")
    expected = [
        (1, "`publish: true`"), (3, "is no host"), (3, "out of range"), (3, "starttls, tls or none"), (3, "in capitals"),
        (3, "'ada'"), (3, "'Bo <bo@b.example>'"), (4, "no sink `mail`"), (5, "did you mean `slack`"), (6, "password"),
        (6, "'loud'"), (7, "no `user`"), (7, "`lists`"), (8, "no recipients"), (11, "remote or branch"),
        (12, "keys with values"),
    ]  # fmt: skip
    for line, words in expected:
        assert any(problem.startswith(f"sources.yaml:{line}:") and words in problem for problem in problems), words
    assert len(problems) == len(expected), problems
    assert "hunter2" not in "".join(problems)


def test_delivery_of_nothing_is_nothing() -> None:
    assert load("deliver:\n" + ONE).deliver == ()
    assert load("deliver: {slack: }\n" + ONE).deliver == (Delivery("slack", "slack", SlackSettings()),)
    assert "a section `deliver`" in problems_of("settings: {schedule: {publish: true, send: true}}\n" + ONE)[0]
    assert "not a list" in problems_of("deliver: [slack]\n" + ONE)[0]


_TWO = """
settings:
  issue: {title: Reading, first_number: 5, base_url: "https://example.org/r", drafts: d}
profiles:
  ml: {title: ML Reading, interests: {llm: 1, databases: -0.5}, exclude: {kinds: [release]}}
  backend: {first_number: 1, drafts: back, include: {tags: [databases], sources: [one]}, deliver: [team]}
deliver: {team: {sink: slack}}
sources:
  - {slug: one, url: "https://one.example/feed"}
"""


def test_a_profile_varies_the_settings_of_an_issue_and_has_folders_of_its_own() -> None:
    ml, backend = load(_TWO).profiles
    assert (ml.name, ml.issue.title, ml.issue.first_number) == ("ml", "ML Reading", 5)
    assert (ml.issue.interests, ml.issue.exclude.kinds) == ({"llm": 1.0, "databases": -0.5}, ("release",))
    assert (ml.issue.drafts, ml.issue.out, ml.issue.base_url) == ("d/ml", "public/ml", "https://example.org/r/ml/")
    assert (backend.issue.title, backend.issue.first_number, backend.issue.drafts) == ("Reading", 1, "back")
    assert (backend.issue.include.sources, backend.issue.deliver) == (("one",), ("team",))


def test_without_profiles_there_is_one_with_the_settings_of_the_issue() -> None:
    (only,) = load("settings: {issue: {title: Alone}}\n" + ONE).profiles
    assert (only.name, only.issue.title, only.issue.drafts) == ("default", "Alone", "issues")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("profiles: []\n", 1, "must be names with settings"),
        ("profiles: {}\n", 1, "is empty"),
        ("profiles:\n  Ml: {}\n", 2, "lower-case letters"),
        ("profiles:\n  ml:\n    titel: x\n", 3, "did you mean `title`"),
        ("profiles:\n  ml:\n    min_items: 20\n", 3, "`min_items` (20) is more than `max_items` (12)"),
        ("profiles:\n  ml:\n    interests:\n      llm: 3\n", 4, "3.0 is out of range"),
        ("profiles:\n  ml:\n    interests: [llm]\n", 3, "must be keys with values"),
        ("profiles:\n  ml:\n    include:\n      sources: [b-exampl]\n", 4, "no source is called `b-exampl`"),
        ("profiles:\n  ml:\n    deliver: [team]\n", 3, "there is no delivery `team`"),
        ("profiles:\n  ml: {out: x}\n  web:\n    out: x/\n", 4, "give each a folder of its own"),
        ("settings:\n  issue:\n    exclude: {sources: [nobody]}\nprofiles: {a: {}, b: {}}\n", 3, "`nobody`"),
    ],
)
def test_the_problems_of_profiles_are_told_by_line_once(text: str, line: int, words: str) -> None:
    problems = problems_of(text + ONE)
    assert len(problems) == 1
    assert problems[0].startswith(f"sources.yaml:{line}:")
    assert words in problems[0]
