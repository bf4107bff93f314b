"""Several newsletters from one store: every command keeps their numbers, ledgers, drafts and readers apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest

from crawler.app import App
from crawler.cli.root import root, run
from crawler.cli.weekly import compose_and_write
from crawler.errors import UserError
from crawler.serving import Service
from storage.opening import open_store
from tests.support.stores import DAY, WEEK
from tests.support.stores import add_article as stored
from tests.unit.compose.make import article

WINDOW = ("--from", "2026-11-09", "--to", "2026-11-16")
CONFIG = """
settings: {contact: "https://example.org/us", issue: {first_number: 5, floor: 0.2, per_company: 3}}
profiles:
  ml:
    title: ML Reading
    interests: {llm: 1}
    include: {tags: [llm, databases]}
  backend:
    title: Backend Reading
    first_number: 84
    exclude: {tags: [llm], kinds: [release]}
deliver:
  team: {sink: webhook, url: "https://hooks.example/x"}
sources:
  - {slug: one, url: "https://one.example/feed"}
"""

Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """The command in a folder with two profiles and a store of four articles: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRAWL_DATABASE_URL", f"sqlite:///{tmp_path}/crawl.db")
    Path("sources.yaml").write_text(CONFIG, encoding="utf-8")
    store = open_store(f"sqlite:///{tmp_path}/crawl.db")
    told: dict[str, dict[str, Any]] = {
        "models": {"tags": ("llm", "gpu"), "company": None},
        "tables": {"tags": ("databases",)},
        "pages": {"tags": ("web-frameworks",), "kind": "deep-dive"},
        "release": {"tags": ("databases",), "kind": "release", "words": 2500},
    }
    for name, fields in told.items():
        made = article(
            name, source="one", url=f"https://one.example/{name}", title=f"How we built our {name}", **fields
        )
        values = {field: getattr(made, field) for field in made.__dataclass_fields__ if field not in ("issue", "score")}
        stored(store, **{**values, "labelled": True})
    store.close()

    def said(*arguments: str) -> tuple[int, str, str]:
        code = run([*arguments])
        out = capsys.readouterr()
        return code, out.out, out.err

    return said


def _urls(draft: str) -> set[str]:
    return {line.rpartition("](")[2].rstrip(")") for line in Path(draft).read_text().splitlines() if line[:3] == "###"}


def test_each_profile_has_numbers_drafts_and_a_choice_of_its_own(say: Say) -> None:
    assert say("digest", "--profile", "ml", *WINDOW)[:2] == (0, "issues/ml/005.md\n")
    assert say("digest", "--profile", "backend", *WINDOW)[:2] == (0, "issues/backend/084.md\n")
    assert _urls("issues/ml/005.md") == {f"https://one.example/{name}" for name in ("models", "tables", "release")}
    assert _urls("issues/backend/084.md") == {"https://one.example/tables", "https://one.example/pages"}
    assert "profile: ml\n" in Path("issues/ml/005.md").read_text()
    assert "title: Backend Reading\n" in Path("issues/backend/084.md").read_text()


def test_an_article_is_never_in_two_issues_of_one_profile_and_may_be_in_one_of_each(say: Say) -> None:
    """Promise 11: the ledger is a profile's own."""
    for name, draft in (("ml", "issues/ml/005.md"), ("backend", "issues/backend/084.md")):
        assert say("digest", "--profile", name, *WINDOW)[0] == 0
        assert say("publish", draft)[0] == 0
    assert Path("public/ml/005.md").exists()
    assert Path("public/backend/084.md").exists()
    code, out, _ = say("digest", "--profile", "ml", "--from", "2026-11-08", "--to", "2026-11-16", "--json")
    assert (code, [i for s in json.loads(out)["sections"] for i in s["items"]]) == (0, [])
    again = Path("issues/ml/005.md").read_text().replace("number: 5", "number: 6").replace("2026-11-16", "2026-11-17")
    Path("issues/ml/006.md").write_text(again)
    code, _, err = say("publish", "issues/ml/006.md")
    assert code == 2
    assert "stands in issue 5 already" in err
    numbers = [(row["profile"], row["number"], row["state"]) for row in _rows(say("issues", "list", "--json")[1])]
    assert numbers == [("ml", 5, "published"), ("backend", 84, "published")]


def test_taking_back_takes_from_one_profile(say: Say) -> None:
    for name in ("ml", "backend"):
        say("digest", "--profile", name, *WINDOW)
        say("publish", "--profile", name)
    assert say("publish", "--unpublish", "--profile", "backend")[:2] == (0, "issues/backend/084.md\n")
    states = {row["profile"]: row["state"] for row in _rows(say("issues", "list", "--json")[1])}
    assert states == {"ml": "published", "backend": "draft"}
    assert _rows(say("issues", "list", "--json", "--profile", "backend")[1])[0]["number"] == 84
    assert "ML Reading" in say("issues", "show", "5", "--profile", "ml")[1]


@pytest.mark.parametrize(
    "command", [("digest",), ("publish",), ("lint",), ("issues", "show", "5"), ("articles", "--rank")]
)
def test_a_command_for_one_newsletter_asks_which(say: Say, command: tuple[str, ...]) -> None:
    code, _, err = say(*command)
    assert code == 2
    assert "name one with --profile (ml, backend)" in err
    code, _, err = say(*command, "--profile", "mlx")
    assert code == 2
    assert "there is no profile `mlx`" in err


def test_a_draft_of_another_profile_is_refused(say: Say) -> None:
    say("digest", "--profile", "ml", *WINDOW)
    code, _, err = say("publish", "issues/ml/005.md", "--profile", "backend")
    assert code == 2
    assert "of the profile `ml`, not of `backend`" in err
    assert say("lint", "issues/ml/005.md", "--offline")[0] in (0, 6)


def test_a_profile_goes_to_the_deliveries_that_it_names(say: Say) -> None:
    """All where it names none; none where it says so, which sending tells and the cron job takes as meant."""
    Path("sources.yaml").write_text(
        CONFIG.replace("    title: ML Reading\n", "    title: ML Reading\n    deliver: []\n")
    )
    for name in ("ml", "backend"):
        say("digest", "--profile", name, *WINDOW)
    code, _, err = say("publish", "--profile", "ml", "--send", "--dry-run")
    assert code == 2
    assert "the profile `ml` goes to nobody" in err
    code, out, _ = say("publish", "--profile", "backend", "--send", "--dry-run")
    assert (code, out.startswith("team: would ")) == (0, True)


def test_words_that_the_taxonomy_does_not_have_are_told_by_line(say: Say) -> None:
    text = CONFIG.replace("interests: {llm: 1}", "interests: {llms: 1}").replace("kinds: [release]", "kinds: [song]")
    Path("sources.yaml").write_text(text + "\n")
    code, _, err = say("digest", "--profile", "ml")
    assert code == 2
    assert "sources.yaml:6: there is no tag `llms` in the taxonomy; did you mean `llm`?" in err
    assert "sources.yaml:11: there is no kind `song`" in say("digest", "--profile", "backend")[2]


def test_why_and_rank_speak_of_each_profile(say: Say) -> None:
    account = json.loads(say("why", "https://one.example/models", "--json", *WINDOW)[1])
    ml, backend = account["profiles"]
    assert (ml["profile"], ml["state"]) == ("ml", "in")
    assert [a["rule"] for a in ml["addends"]].count("interest") == 1
    assert (backend["state"], backend["rule"]) == ("out", "excluded")
    assert "leaves out llm" in backend["verdict"]
    ranked = _rows(say("articles", "--rank", "--profile", "ml", "--json", *WINDOW)[1])
    assert ranked[0]["url"] == "https://one.example/models"
    assert ranked[0]["parts"]["interest"] == pytest.approx(0.15)
    assert (ranked[0]["place"], ranked[0]["rule"]) == (1, "score")
    told = say("articles", "--rank", "--profile", "backend", "-v", *WINDOW)[1].splitlines()
    assert told[0].startswith(" 1  0.")
    assert "depth +0." in told[0]
    assert sum("(excluded: kinds: the newsletter leaves out release)" in line for line in told) == 1
    text = say("why", "https://one.example/release", *WINDOW)[1]
    assert text.count("profile     ") == 2
    assert "kinds: the newsletter leaves out release" in text


def test_a_number_of_one_profile_is_not_told_of_another(say: Say) -> None:
    say("digest", "--profile", "backend", *WINDOW)
    say("publish", "--profile", "backend")
    of = {name: _rows(say("articles", "--json", "--profile", name)[1]) for name in ("ml", "backend")}
    assert {row["issue"] for row in of["ml"]} == {None}
    assert {row["issue"] for row in of["backend"]} == {84, None}


def test_the_site_of_each_profile_shows_its_issues(say: Say) -> None:
    for name in ("ml", "backend"):
        say("digest", "--profile", name, *WINDOW)
        say("publish", "--profile", name)
    assert say("site")[:2] == (0, "site/ml/index.html\nsite/backend/index.html\n")
    assert Path("site/ml/issues/005.html").exists()
    assert not Path("site/ml/issues/084.html").exists()
    assert "ML Reading" in Path("site/ml/index.html").read_text()
    assert say("site", "--profile", "ml", "--out", "alone")[1] == "alone/index.html\n"


def test_the_service_and_the_cron_job_compose_every_profile(say: Say, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong with one newsletter keeps no other from its draft."""
    app = App(Path("sources.yaml"))
    service = Service(app, lambda: WEEK.end_at + DAY)
    service.weekly()
    assert service.health.last_error is None
    assert Path("issues/ml/005.md").exists()
    assert Path("issues/backend/084.md").exists()
    Path("issues/ml/005.md").write_text("no front matter\n")
    Path("issues/backend/084.md").unlink()
    monkeypatch.setattr("crawler.cli.windows.now", lambda: WEEK.end_at + DAY)
    with app_context(), pytest.raises(UserError, match="front matter"):
        compose_and_write(app, fetched=True)
    assert Path("issues/backend/084.md").exists()
    app.close()


def test_a_profile_named_default_goes_on_with_what_was_there(say: Say) -> None:
    """Numbers, ledger and folders of the time before there were profiles."""
    Path("sources.yaml").write_text(
        CONFIG.partition("profiles:")[0] + "sources: [{slug: one, url: 'https://one.example/feed'}]\n"
    )
    assert say("digest", *WINDOW)[1] == "issues/005.md\n"
    assert say("publish")[0] == 0
    Path("sources.yaml").write_text(CONFIG.replace("  ml:\n", "  default: {title: As ever}\n  ml:\n"))
    assert say("digest", "--profile", "default", "--week", "2026-W47")[1] == "issues/006.md\n"
    assert WEEK.end_at.isoformat()[:10] in Path("issues/006.md").read_text()


def app_context() -> click.Context:
    """What a command runs in."""
    return click.Context(root)


def _rows(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_the_site_of_a_profile_lists_its_articles_alone(say: Say) -> None:
    """What its newsletter leaves out stands on the site of another."""
    assert say("site")[0] == 0
    ml, backend = (Path(f"site/{name}/all.html").read_text(encoding="utf-8") for name in ("ml", "backend"))
    assert ("one.example/models" in ml, "one.example/pages" in ml) == (True, False)
    assert ("one.example/models" in backend, "one.example/pages" in backend) == (False, True)


def test_an_export_tells_the_issues_of_every_profile(say: Say) -> None:
    """And `issue` that of the profile which is named, else that of the only newsletter with issues."""
    for name in ("ml", "backend"):
        say("digest", "--profile", name, *WINDOW)
        say("publish", "--profile", name)
    tables = "https://one.example/tables"
    rows = {row["url"]: row for row in _rows(say("export")[1])}
    assert rows[tables]["issues"] == {"backend": 84, "ml": 5}
    assert rows[tables]["issue"] is None
    assert rows["https://one.example/release"]["issues"] == {"ml": 5}
    for name, number in (("ml", 5), ("backend", 84)):
        of = {row["url"]: row["issue"] for row in _rows(say("export", "--profile", name)[1])}
        assert of[tables] == number
    assert say("export", "--profile", "mlx")[0] == 2


def test_an_import_tells_of_issues_that_the_store_does_not_have(
    say: Say, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For each newsletter, with what keeps them; nothing where the store has them."""
    say("digest", "--profile", "ml", *WINDOW)
    say("publish", "--profile", "ml")
    say("export", "all.jsonl")
    assert "stood in issues" not in say("import", "all.jsonl")[2]
    monkeypatch.setenv("CRAWL_DATABASE_URL", f"sqlite:///{tmp_path}/other.db")
    code, _, err = say("import", "all.jsonl")
    assert code == 0
    assert "of them stood in issues of `ml` that this store does not have" in err
    assert "copy the database itself" in err
    Path("bad.jsonl").write_text('{"url": "https://one.example/x", "issues": {"ml": "five"}}\n', encoding="utf-8")
    code, _, err = say("import", "bad.jsonl")
    assert (code, "bad.jsonl:1: `issues` must be an object" in err) == (2, True)
