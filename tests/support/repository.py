"""A bare repository of git, as the other end of delivery."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from crawler.settings import GitSettings
from tests.support.counterparts import Counterpart


def git(folder: Path) -> Counterpart:
    """A bare repository, and a clone of it whose folder `public` holds rendered issues."""
    environ = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    bare, clone = folder / "bare.git", folder / "clone"
    run("init", "--quiet", "--bare", "--initial-branch=main", str(bare))
    run("clone", "--quiet", str(bare), str(clone))
    run("-C", str(clone), "symbolic-ref", "HEAD", "refs/heads/main")
    for key, value in (("user.name", "Editor"), ("user.email", "editor@acme.example")):
        run("-C", str(clone), "config", key, value)
    (clone / "public").mkdir()
    (clone / "public" / "084.md").write_text("# Issue 84\n")
    (clone / "elsewhere.txt").write_text("not ours\n")
    return Repository("git", GitSettings(folder="clone/public"), environ, bare=bare)


@dataclass
class Repository(Counterpart):
    """A bare repository: what reached it are its commits; broken, it is away."""

    bare: Path = Path()

    def count(self) -> int:
        return len(self.commits())

    def commits(self) -> list[str]:
        """First lines of the messages of its commits, newest first."""
        return run("-C", str(self.bare), "log", "--format=%s", "--all").splitlines() if self.bare.exists() else []

    def break_down(self) -> None:
        self.bare.rename(self.bare.with_suffix(".away"))

    def mend(self) -> None:
        self.bare.with_suffix(".away").rename(self.bare)


def run(*arguments: str) -> str:
    """Output of the git program."""
    done = subprocess.run(["git", *arguments], capture_output=True, text=True, check=True)
    return done.stdout.strip()
