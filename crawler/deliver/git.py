"""The folder of rendered issues, committed and pushed by the git program."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from pathlib import Path

from crawler.deliver.parcel import Parcel, Tools
from crawler.errors import DeliverError
from crawler.settings import GitSettings
from crawler.text import one_line

TIMEOUT = 120.0
_CREDENTIALS = re.compile(r"(?<=://)[^/@\s]+@")


class GitSink:
    """A commit of what changed below the folder, whatever else the work tree holds, and a push.

    The recipient's name holds a digest of the files: an issue that was corrected is pushed again, another run is not.
    """

    def __init__(self, settings: GitSettings, parcel: Parcel, tools: Tools) -> None:
        self._settings, self._parcel = settings, parcel
        self._folder = tools.base / settings.folder if settings.folder else parcel.folder
        # git would ask a person for a password; nobody is there.
        self._environ = {**os.environ, **tools.environ, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"}

    def recipients(self) -> tuple[str, ...]:
        where = f"{self._settings.remote} {self._settings.branch or 'HEAD'}" if self._settings.push else "commit"
        return (f"{where} {_digest(self._folder)}",)

    def plan(self, recipient: str) -> str:  # noqa: ARG002 - there is one
        push = f" and push it to {self._settings.remote}" if self._settings.push else ""
        return f"commit {self._folder}{push}"

    def send(self, recipient: str) -> None:  # noqa: ARG002
        if not self._folder.is_dir():
            raise DeliverError(f"{self._folder} is not there; render something into it, or name another `folder`")
        self._git("rev-parse", "--show-toplevel", advice="make it part of a repository: `git init`, or clone one there")
        self._git("add", "--all", "--", ".", advice="see what git says")
        if self._git("status", "--porcelain", "--untracked-files=no", "--", ".", advice="see what git says"):
            message = f"Issue {self._parcel.issue.number}: {one_line(self._parcel.heading)}"
            advice = "git config user.name and user.email say who you are"
            self._git("commit", "--quiet", "-m", message, "--", ".", advice=advice)
        if self._settings.push:
            branch = self._settings.branch or self._git("symbolic-ref", "--short", "HEAD", advice="check out a branch")
            target = f"HEAD:refs/heads/{branch}"
            advice = "the commit is made; see that you may push, and pull what others pushed"
            self._git("push", "--quiet", self._settings.remote, target, advice=advice)

    def close(self) -> None:
        """Nothing is held."""

    def _git(self, *arguments: str, advice: str) -> str:
        command = ["git", "-C", str(self._folder), *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - no shell; names of remotes and branches were checked
                command,
                env=self._environ,
                capture_output=True,
                text=True,
                errors="replace",
                timeout=TIMEOUT,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except FileNotFoundError as error:
            raise DeliverError("the git program is not installed; install it") from error
        except subprocess.TimeoutExpired as error:
            raise DeliverError(f"git {arguments[0]} took more than {TIMEOUT:g} s; {advice}") from error
        if done.returncode:
            said = one_line(_CREDENTIALS.sub("", done.stderr or done.stdout))[:300]
            raise DeliverError(f"git {arguments[0]} failed in {self._folder}: {said}; {advice}")
        return done.stdout.strip()


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and ".git" not in inside.parts:
            digest.update(f"{inside.as_posix()}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
