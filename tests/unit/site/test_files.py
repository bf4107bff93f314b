"""The site's folder: what is written, what is removed, what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.errors import UserError
from crawler.site.files import MANIFEST, Written, open_folder, write_site


def put(folder: Path, **pages: str | None) -> Written:
    return write_site(open_folder(folder), [(f"{name}.html", text) for name, text in pages.items()], {})


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    assert put(tmp_path, a="1", b="2") == Written(2, 2, 0)
    before = (tmp_path / "a.html").stat().st_mtime_ns
    assert put(tmp_path, a="1", b="3") == Written(2, 1, 0)
    assert (tmp_path / "a.html").stat().st_mtime_ns == before
    assert (tmp_path / "b.html").read_text() == "3"
    assert put(tmp_path, a=None, b=None) == Written(2, 0, 0)


def test_what_is_gone_is_removed_and_what_others_put_there_stays(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_text("example.org")
    put(tmp_path, a="1", b="2")
    assert put(tmp_path, a="1") == Written(1, 0, 1)
    assert sorted(file.name for file in tmp_path.iterdir()) == [MANIFEST, "CNAME", "a.html"]


def test_a_file_of_somebody_else_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text("mine")
    with pytest.raises(UserError, match=r"b\.html was not made by"):
        put(tmp_path, a="1", b="2")
    assert (tmp_path / "b.html").read_text() == "mine"
    (tmp_path / "b.html").unlink()
    assert put(tmp_path, a="1", b="2").files == 2


def test_a_file_that_somebody_removed_is_written_again(tmp_path: Path) -> None:
    put(tmp_path, a="1")
    (tmp_path / "a.html").unlink()
    assert put(tmp_path, a="1") == Written(1, 1, 0)


def test_a_killed_run_knows_its_files_again(tmp_path: Path) -> None:
    """A file that cannot be written ends the run; the ones written before it are no strangers to the next one."""
    pages = [("a.html", "1"), ("b/x.html", "2"), ("z.html", "3")]
    (tmp_path / "b").write_text("no folder")
    with pytest.raises(UserError):
        write_site(open_folder(tmp_path), pages, {})
    (tmp_path / "b").unlink()
    assert (tmp_path / "a.html").exists()
    assert write_site(open_folder(tmp_path), pages, {}) == Written(3, 3, 0)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UserError, match="cannot be written"):
        write_site(open_folder(tmp_path / "file" / "site"), [("a.html", "1")], {})


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"files": 1, "memory": {}}', '{"files": {"../x": "1"}, "memory": {}}']
)
def test_a_broken_manifest_removes_nothing(tmp_path: Path, text: str) -> None:
    outside = tmp_path / "x"
    outside.write_text("mine")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / MANIFEST).write_text(text)
    put(folder, a="1")
    assert outside.read_text() == "mine"
