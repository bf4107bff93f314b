"""Where things lie when nobody says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.app import App
from crawler.errors import UserError


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"CRAWL_HOME": "/srv/roundup", "XDG_DATA_HOME": "/data"}, "/srv/roundup"),
        ({"CRAWL_HOME": "~/roundup"}, "/home/ana/roundup"),
        ({"CRAWL_HOME": "", "XDG_DATA_HOME": "/data"}, "/data/weekly-roundup"),
        ({"XDG_DATA_HOME": "data"}, "/home/ana/.local/share/weekly-roundup"),
        ({"XDG_DATA_HOME": ""}, "/home/ana/.local/share/weekly-roundup"),
        ({}, "/home/ana/.local/share/weekly-roundup"),
    ],
)
def test_the_store_lies_where_the_environment_says(
    environ: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", "/home/ana")
    assert App(environ=environ).home == Path(expected)


def test_a_user_without_a_home_is_told_what_to_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that runs as a number."""
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr("os.getuid", lambda: 4_000_000_000 - 7)
    with pytest.raises(UserError, match="CRAWL_HOME"):
        _ = App(environ={}).home
    assert App(database="memory:", environ={}).database_url == "memory:"
