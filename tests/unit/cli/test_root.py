"""Errors of every branch, as the command line tells them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from crawler import errors
from crawler.cli import root


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (errors.UserError("wrong"), 2),
        (errors.ConfigError(["sources.yaml:3: wrong"]), 2),
        (errors.StoreLocked("locked"), 3),
        (errors.StoreFull("full"), 3),
        (errors.StoreBusy("busy"), 75),
        (errors.DeliverError("refused"), 4),
        (errors.NothingFetched("nothing"), 5),
        (RuntimeError("a bug"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_each_error_has_its_exit_code(
    error: BaseException, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command()
    def failing() -> None:
        raise error

    monkeypatch.setattr(root.root, "get_command", lambda *_: failing)
    monkeypatch.setattr(root, "COMMANDS", {"failing": ("", "", "")})
    assert root.run(["failing"]) == code
    err = capsys.readouterr().err
    assert ("Traceback" in err) == (code == 1)
    if str(error):
        assert str(error).split(":")[-1].strip() in err


def test_every_error_of_the_tree_has_an_exit_code() -> None:
    for name, value in vars(errors).items():
        if isinstance(value, type) and issubclass(value, errors.CrawlError):
            assert value.exit_code in {1, 2, 3, 4, 5, 6, 75}, name


def test_a_wrong_command_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert root.run(["weakly"]) == 2
    assert "weekly" in capsys.readouterr().err


def test_a_wrong_option_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert root.run(["once", "--al"]) == 2
    assert "--all" in capsys.readouterr().err


def test_every_command_has_help_with_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    for name in root.COMMANDS:
        assert root.run([name, "--help"]) == 0
        out = capsys.readouterr().out
        assert "Example" in out or "Commands:" in out, name


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("arguments", [["--help"], ["once", "--help"], ["--version"]])
def test_a_full_disk_below_our_output_is_told(arguments: list[str]) -> None:
    """`crawl export > backup.jsonl` where there is no room: no bug of ours, and no success."""
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "crawler", *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert done.returncode == 3
    assert done.stderr == "crawl: the output cannot be written, the disk is full; make room and run the command again\n"


@pytest.mark.parametrize("arguments", [["--help"], ["once", "--help"], ["--version"]])
def test_a_reader_of_our_output_may_go_away(arguments: list[str]) -> None:
    """`crawl articles | head` is a success, and says nothing."""
    command = [sys.executable, "-m", "crawler", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == b""
    assert running.returncode == 0
