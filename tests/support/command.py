"""The command, run in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.nursery import Running, start


class Command:
    """What a person does in a folder: runs `crawl` and reads what it prints."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The variables that the command sees."""
        raise NotImplementedError

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "crawler", *arguments]

    def start(self, *arguments: str) -> Running:
        """The command, running."""
        return start(self.command(*arguments), self.folder, self.environment)

    def crawl(self, *arguments: str, status: int = 0) -> subprocess.CompletedProcess[str]:
        """The command, run to its end; its exit code must be `status` and no traceback may be seen."""
        running = self.start(*arguments)
        try:
            out, err = running.communicate(timeout=300)
        except subprocess.TimeoutExpired:
            running.kill()
            raise
        assert running.returncode == status, f"{arguments}: exit {running.returncode}\n{out[-3000:]}\n{err[-4000:]}"
        assert "Traceback" not in err, err[-4000:]
        return subprocess.CompletedProcess(arguments, status, out, err)

    def json(self, *arguments: str, status: int = 0) -> Any:
        """What the command prints, as one JSON value."""
        return json.loads(self.crawl(*arguments, status=status).stdout)

    def lines(self, *arguments: str) -> list[dict[str, Any]]:
        """What the command prints, one JSON object a line."""
        return [json.loads(line) for line in self.crawl(*arguments).stdout.splitlines()]
