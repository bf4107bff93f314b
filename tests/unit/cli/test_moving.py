"""`crawl export`: a backup is whole, or the one before."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from crawler import jsonshape
from crawler.cli.root import run
from crawler.errors import StoreError
from storage.opening import open_store
from tests.support.stores import add_article


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store of two articles."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CRAWL_DATABASE_URL", f"sqlite:///{tmp_path}/crawl.sqlite")
    Path("sources.yaml").write_text("sources:\n- {url: 'https://larkfield.example/feed'}\n")
    with closing(open_store(f"sqlite:///{tmp_path}/crawl.sqlite")) as store:
        for n in (1, 2):
            add_article(store, f"https://larkfield.example/{n}")
    return tmp_path


def test_an_export_that_breaks_off_leaves_the_one_before(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(["export", "backup.jsonl", "-q"]) == 0
    before = (folder / "backup.jsonl").read_bytes()
    assert before.count(b"\n") == 2
    told: list[Any] = []

    def breaking(*given: Any) -> dict[str, Any]:
        if told:
            raise StoreError("the store went away")
        told.append(given)
        return {}

    monkeypatch.setattr(jsonshape, "export_json", breaking)
    assert run(["export", "backup.jsonl", "-q"]) == 3
    assert (folder / "backup.jsonl").read_bytes() == before
    assert not list(folder.glob("backup.jsonl?*"))


def test_an_export_goes_where_it_is_told(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A device is written to, and stays what it is; a folder that is not there is told."""
    assert run(["export", "/dev/null", "-q"]) == 0
    assert Path("/dev/null").is_char_device()
    assert run(["export", "-", "-q"]) == run(["export", "-q"]) == 0
    assert capfd.readouterr().out.count("\n") == 4
    assert run(["export", str(folder / "none" / "backup.jsonl"), "-q"]) == 2
    assert "backup.jsonl: cannot be written" in capfd.readouterr().err


def test_an_import_that_is_nested_beyond_reading_is_told_by_its_line(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "in.jsonl").write_text("\n" + "[" * 200_000)
    assert run(["import", "in.jsonl"]) == 2
    assert "in.jsonl:2: not JSON" in capfd.readouterr().err


def test_an_import_with_a_byte_order_mark_is_read(folder: Path) -> None:
    assert run(["export", "out.jsonl", "-q"]) == 0
    (folder / "in.jsonl").write_bytes(b"\xef\xbb\xbf" + (folder / "out.jsonl").read_bytes())
    assert run(["import", "in.jsonl", "-q"]) == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["digest", "--number", "9" * 20],
        ["digest", "--number", "3000000000"],
        ["issues", "show", "9" * 20],
        ["articles", "--limit", "9" * 20],
        ["articles", "--rank", "--week", "9999-W52"],
        ["digest", "--from", "0001-01-01", "--to", "0001-01-08"],
    ],
)
def test_numbers_and_days_beyond_all_counting_are_usage_errors(
    arguments: list[str], folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == 2
    assert "Traceback" not in capfd.readouterr().err


def test_a_slug_that_no_file_can_hold_finds_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["articles", "--source", "caf\udce9"]) == 0
    assert capfd.readouterr().out == ""
