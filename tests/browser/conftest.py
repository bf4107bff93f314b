"""Real Chromium (Debian's package) on a site that a real server shows below a path of its own."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from crawler.site.searching import pagefind_program
from tests.support.sites import sample_site


def _chromium() -> str | None:
    """A browser that runs: some systems have a program of that name which only tells how to get one."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        program = shutil.which(name)
        if program and subprocess.run([program, "--version"], capture_output=True, check=False).returncode == 0:
            return program
    return None


CHROMIUM = _chromium()
PATH = "/deep/weekend/"
expect.set_options(timeout=60_000)  # of milliseconds: a machine under load is slow, not wrong


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser everything here is skipped, and says why."""
    if CHROMIUM is None:
        for item in items:
            if item.path.parent == Path(__file__).parent and "browser" in getattr(item, "fixturenames", ()):
                item.add_marker(pytest.mark.skip(reason="chromium is not installed (apt-get install chromium)"))


@dataclass
class Shown:
    """A built site: its folder, and where it is served."""

    folder: Path
    address: str
    pages: list[str] = field(default_factory=list)


class _Handler(SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        inside = path.split("?", maxsplit=1)[0].removeprefix(PATH) if path.startswith(PATH) else "nothing-here"
        return super().translate_path("/" + inside)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        pass


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # a browser asks for many files at once


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    """The sample site with search, notes and comments, on loopback."""
    assert pagefind_program() is not None
    top = tmp_path_factory.mktemp("shown")
    sample_site(top, giscus=True)
    server = _Server(("127.0.0.1", 0), partial(_Handler, directory=str(top / "site")))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pages = sorted(path.relative_to(top / "site").as_posix() for path in (top / "site").rglob("*.html"))
    yield Shown(top / "site", f"http://127.0.0.1:{server.server_address[1]}{PATH}", pages)
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each has a context of its own."""
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield made
        made.close()


@dataclass
class Watched:
    """A context whose pages are watched: what they asked of others, what the console said, how far things moved."""

    context: BrowserContext
    strangers: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """A new page on an address."""
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        page.on("request", self._asked)
        page.goto(address)
        return page

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "file:", "blob:")):
            self.strangers.append(request.url)


SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => list.getEntries().forEach(e => { if (!e.hadRecentInput) window.shifted += e.value; }))
  .observe({type: "layout-shift", buffered: true});
"""


def watch(browser: Browser, **options: Any) -> Watched:
    """A context of a browser, with the given options; nothing leaves the machine."""
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    context.set_default_timeout(60_000)
    context.route(lambda url: not url.startswith(("http://127.0.0.1:", "file:", "blob:")), lambda route: route.abort())
    if options.get("java_script_enabled", True):
        context.add_init_script(SHIFTS)
    return Watched(context)
