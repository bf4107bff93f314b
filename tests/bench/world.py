"""The origin as a running process, and a folder that subscribes to it and is crawled by the command as shipped."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.measure import Usage, run
from tests.bench.origin import url
from tests.support.world import clean_environment

_TOP = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Web:
    """An origin that runs: its port, how many feeds it has, and its authority's certificate over TLS."""

    port: int
    feeds: int
    process: subprocess.Popen[str]
    authority: Path | None = None

    def urls(self, count: int | None = None) -> list[str]:
        """The addresses of its feeds."""
        return [url(n, self.port, tls=self.authority is not None) for n in range(count or self.feeds)]


@contextmanager
def web(
    feeds: int, *, recent: int = 0, latency: tuple[float, float] | None = None, tls: Path | None = None
) -> Iterator[Web]:
    """An origin for the time of a `with` statement."""
    arguments = ["--feeds", str(feeds), "--recent", str(recent)]
    arguments += ["--latency", *map(str, latency)] if latency else []
    arguments += ["--tls", str(tls)] if tls else []
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.origin", *arguments],
        cwd=_TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout is not None
        yield Web(int(process.stdout.readline()), feeds, process, tls)
    finally:
        process.terminate()
        process.communicate()


class Subscriptions:
    """A folder with sources.yaml over the first feeds of a web, and a store of its own."""

    def __init__(
        self, folder: Path, urls: Sequence[str], authority: Path | None = None, database: str | None = None
    ) -> None:
        folder.mkdir(parents=True)
        self.folder = folder
        self._database = database
        self._authority = authority
        settings = (
            "settings:\n  timezone: UTC\n  contact: https://example.org/about\n"
            "  fetch: {pages: never, allow_private_hosts: [127.0.0.0/8]}\n"
        )
        lines = "".join(f"- {{slug: s{n}, url: '{address}'}}\n" for n, address in enumerate(urls))
        (folder / "sources.yaml").write_text(f"{settings}sources:\n{lines}", encoding="utf-8")

    def crawl(self, *arguments: str) -> Usage:
        """A command over the folder, as it is shipped."""
        environment = clean_environment(self.folder) | {"PYTHONPATH": str(_TOP)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
        if self._authority is not None:
            environment["SSL_CERT_FILE"] = str(self._authority)
        if self._database is not None:
            environment["CRAWL_DATABASE_URL"] = self._database
        return run([sys.executable, "-m", "crawler", *arguments], cwd=self.folder, env=environment)
