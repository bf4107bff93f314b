"""The command line with a language model behind a real endpoint: worded, refused, down, killed, switched off."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crawler.demo.server import DemoServer
from tests.support.model_server import KEY, Answer, Asked, ModelServer, honest, said
from tests.support.waiting import until
from tests.support.world import World


@dataclass(frozen=True)
class Worded(World):
    """A world with further variables in its environment."""

    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"NO_PROXY": "127.0.0.1", "MODEL_KEY": KEY} | self.more

    def use(self, server: ModelServer | str, **settings: object) -> None:
        """Name an endpoint in sources.yaml."""
        path = self.folder / "sources.yaml"
        text = re.sub(r"\nllm: .*\n", "", path.read_text())
        base = server if isinstance(server, str) else server.base_url
        llm = {"base_url": base, "model": "small", "api_key_env": "MODEL_KEY", **settings}
        path.write_text(f"{text}\nllm: {json.dumps(llm)}\n")


@pytest.fixture
def own(tmp_path: Path, shared_server: DemoServer, crawled: World) -> Worded:
    """A world of one's own with the crawled store."""
    folder = Path(shutil.copytree(crawled.folder, tmp_path / "own"))
    return Worded(folder, shared_server)


@pytest.fixture(scope="module")
def plain(crawled: World) -> str:
    """The draft of the same store without a model."""
    return crawled.crawl("digest", "--out", "-").stdout


@pytest.fixture
def model() -> Iterator[ModelServer]:
    with ModelServer(honest, key=KEY) as server:
        yield server


def test_a_digest_is_worded_and_composing_again_asks_nothing(own: Worded, model: ModelServer, plain: str) -> None:
    """The same bytes; what was asked, what it cost and what was refused is told on stderr alone."""
    own.use(model)
    first = own.crawl("digest", "--out", "-")
    asked = len(model.requests)
    assert first.stdout != plain
    assert asked >= 4
    assert re.search(r"llm: small worded \d+ of \d+ summaries and the lead; \d+ asked, 0 answered before", first.stderr)
    again = own.crawl("digest", "--out", "-")
    assert again.stdout == first.stdout
    assert len(model.requests) == asked
    assert f"0 asked, {asked} answered before" in again.stderr
    assert own.crawl("digest", "--no-llm", "--out", "-").stdout == plain
    assert "llm:" not in own.crawl("digest", "--out", "-", "-q").stderr


def test_json_has_the_account(own: Worded, model: ModelServer) -> None:
    own.use(model)
    said_ = own.json("digest", "--json")
    items = [item for section in said_["sections"] for item in section["items"]]
    account = said_["llm"]
    assert [item["url"] for item in account["items"]] == [item["url"] for item in items]
    assert account["model"] == "small"
    assert account["lead"] == "model"
    assert account["tokens"] > 0
    assert "llm" not in own.json("digest", "--json", "--no-llm")


def test_why_tells_who_worded_the_summary(own: Worded, model: ModelServer) -> None:
    own.use(model)
    url = own.json("digest", "--json")["llm"]["items"][0]["url"]
    assert "worded by small, checked" in own.crawl("why", url).stdout
    assert own.json("why", url, "--json")["wording"][0]["rule"] == "worded by small, checked"
    asked = len(model.requests)
    own.crawl("why", url)
    assert len(model.requests) == asked


def test_what_fails_the_check_is_told_and_the_extract_stands(own: Worded, plain: str) -> None:

    def lying(asked: Asked) -> str:
        text = "Globex bought it for 77 billion dollars in secret. Its founders fled to Mars with all of the money."
        return said(text, roles=("lawyer",))

    with ModelServer(lying) as model:
        own.use(model)
        done = own.crawl("digest", "--out", "-")
    assert done.stdout == plain
    assert "the extract stands" in done.stderr
    assert "Globex" in done.stderr


@pytest.mark.parametrize("status", [404, 500, 0])
def test_an_endpoint_that_is_of_no_use_is_one_message(own: Worded, plain: str, status: int) -> None:
    """The issue is made from extracts, with exit code 0, and quickly."""
    with ModelServer(lambda _: Answer(status=status, raw=b"{}")) as model:
        own.use(model, timeout=2)
        if status:
            done = own.crawl("digest", "--out", "-")
    if not status:
        done = own.crawl("digest", "--out", "-")
    assert done.stdout == plain
    told = [line for line in done.stderr.splitlines() if line.startswith("llm:")]
    assert sum("nothing more is asked in this run" in line for line in told) == 1
    assert len(told) <= 5
    assert "worded 0 of" in told[-1]


def test_a_run_that_was_killed_is_continued(own: Worded) -> None:
    """Each answer is kept as it comes: only what was under way is asked again."""

    def slow(asked: Asked) -> Answer:
        return Answer(honest(asked), delay=0.0 if asked.number < 3 else 600)

    with ModelServer(slow, key=KEY) as model:
        own.use(model, concurrency=1, timeout=600)
        run = own.start("digest", "--out", "-")
        until(lambda: len(model.requests) >= 4)
        run.kill()
        run.communicate()
        model.personality = honest
        before = len(model.requests)
        done = own.crawl("digest", "--out", "-")
        assert "3 answered before" in done.stderr
        total = len(model.requests)
    with ModelServer(honest, key=KEY) as fresh:
        own.use(fresh)
        other = own.crawl("digest", "--out", "-")
        assert other.stdout == done.stdout
        assert fresh.requests == []
    assert before == 4
    assert total > before


@pytest.mark.parametrize("library", ["openai", "snowballstemmer"])
def test_a_missing_client_is_one_message_that_names_the_remedy(
    own: Worded, model: ModelServer, plain: str, tmp_path: Path, library: str
) -> None:
    """And the issue without it is always to be had."""
    own.use(model)
    (tmp_path / "hidden").mkdir()
    (tmp_path / "hidden" / f"{library}.py").write_text("raise ImportError('not installed')\n")
    without = Worded(own.folder, own.server, {"PYTHONPATH": str(tmp_path / "hidden")})
    done = without.crawl("weekly", status=2)
    assert "pip install 'weekly-roundup[llm]'" in done.stderr
    assert "--no-llm" in done.stderr
    assert without.crawl("digest", "--no-llm", "--out", "-").stdout == plain
    assert without.crawl("why", re.findall(r"\]\((http[^)]+/)\)", plain)[0]).stdout
    assert model.requests == []


def test_a_variable_that_is_not_set_is_told_before_anything_is_done(own: Worded, model: ModelServer) -> None:
    own.use(model, api_key_env="NO_SUCH_KEY")
    assert "NO_SUCH_KEY" in own.crawl("digest", status=2).stderr
    assert model.requests == []
    assert own.crawl("digest", "--no-llm").returncode == 0


def test_the_key_is_nowhere(own: Worded, model: ModelServer) -> None:
    """Neither in what is printed, with all logs on, nor in the store, the draft or any other file."""
    own.use(model)
    done = own.crawl("digest", "-vv")
    assert "worded" in done.stderr
    assert KEY not in done.stdout + done.stderr
    assert model.requests[0].headers["authorization"] == f"Bearer {KEY}"
    files = [path for path in own.folder.rglob("*") if path.is_file()]
    assert any(path.suffix == ".sqlite" for path in files)
    assert not [path for path in files if KEY.encode() in path.read_bytes()]
    with ModelServer(honest, key="another") as refusing:
        own.use(refusing, model="other")
        refused = own.crawl("digest", "-vv")
    assert "answered 401; look at the key in MODEL_KEY" in refused.stderr
    assert KEY not in refused.stdout + refused.stderr


def test_weekly_is_worded_and_can_do_without(own: Worded, model: ModelServer) -> None:
    own.use(model)
    done = own.crawl("weekly")
    assert "llm: small worded" in done.stderr
    draft = next((own.folder / "issues").glob("*.md")).read_text()
    asked = len(model.requests)
    assert own.crawl("weekly", "--no-llm").returncode == 0
    assert len(model.requests) == asked
    assert next((own.folder / "issues").glob("*.md")).read_text() != draft


def test_an_edit_of_a_worded_draft_stays(own: Worded, model: ModelServer) -> None:
    """The same as with any composed wording."""
    own.use(model)
    own.crawl("digest")
    draft = next((own.folder / "issues").glob("*.md"))
    text = draft.read_text()
    summary = own.json("digest", "--json")["sections"][0]["items"][0]["summary"]
    assert summary in text
    draft.write_text(text.replace(summary, "What the editor wrote."))
    own.crawl("digest", "--no-llm")
    assert "What the editor wrote." in draft.read_text()
    own.crawl("digest")
    assert "What the editor wrote." in draft.read_text()
    assert summary not in draft.read_text()


def test_the_answers_are_in_the_store_as_they_came(own: Worded, model: ModelServer) -> None:
    own.use(model)
    own.crawl("digest", "--out", "-")
    (database,) = own.folder.rglob("*.sqlite")
    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT key, model, text FROM answers").fetchall()
    assert len(rows) == len(model.requests)
    assert {row[1] for row in rows} == {"small"}
    assert all(re.fullmatch(r"[0-9a-f]{64}", row[0]) for row in rows)
