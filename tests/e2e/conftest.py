"""One server for all end-to-end tests of a process, one world for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.demo.server import DemoServer
from tests.support.world import MOMENT, World, make_world


@pytest.fixture(scope="session")
def shared_server() -> Iterator[DemoServer]:
    with DemoServer(MOMENT) as server:
        yield server


@pytest.fixture
def world(tmp_path: Path, shared_server: DemoServer) -> World:
    shared_server.clear()
    shared_server.flood = False
    shared_server.overrides.clear()
    return make_world(tmp_path / "world", shared_server)


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory, shared_server: DemoServer) -> World:
    """A world that was crawled once; tests that use it only read."""
    shared_server.flood = False
    shared_server.overrides.clear()
    ready = make_world(tmp_path_factory.mktemp("crawled"), shared_server)
    ready.crawl("once", "--all", "-q")
    return ready


@pytest.fixture
def own(tmp_path: Path, shared_server: DemoServer, crawled: World) -> Iterator[World]:
    """A world of one's own with the crawled store."""
    folder = shutil.copytree(crawled.folder, tmp_path / "own")
    yield World(Path(folder), shared_server)
    shared_server.overrides.clear()
