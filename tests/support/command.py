"""The command, run in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


class Command:
    """What a person does in a folder: runs `crawl` and reads what it prints."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The variables that the command sees."""
        raise NotImplementedError

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "crawler", *arguments]

    def crawl(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """The command, run to its end; its exit code must be `status` and no traceback may be seen."""
        done = subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == status, (
            f"{arguments}: exit {done.returncode}\n{done.stdout[-3000:]}\n{done.stderr[-4000:]}"
        )
        assert "Traceback" not in done.stderr, done.stderr[-4000:]
        return done

    def json(self, *arguments: str, status: int = 0) -> Any:
        """What the command prints, as one JSON value."""
        return json.loads(self.crawl(*arguments, status=status).stdout)

    def lines(self, *arguments: str) -> list[dict[str, Any]]:
        """What the command prints, one JSON object a line."""
        return [json.loads(line) for line in self.crawl(*arguments).stdout.splitlines()]
