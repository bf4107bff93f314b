"""What every sink keeps to, each against a real counterpart on loopback."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from crawler.context import Crawl
from crawler.deliver import SINKS
from crawler.delivering import Outside, deliver
from crawler.errors import DeliverError, UserError
from crawler.fetch.client import HttpFetcher
from crawler.model import Issue
from crawler.settings import SINK_SETTINGS, FetchSettings, IssueSettings, Settings
from crawler.workers import WorkerPool
from storage.memory import MemoryStore
from tests.support import counterparts, mailserver, repository
from tests.support.counterparts import SECRET, Counterpart
from tests.support.server import Authority
from tests.support.stores import NOW
from tests.unit.test_composing import issue

ISSUE = issue(84, "a", "b")


class World:
    """A crawl, the outside, and what was told."""

    def __init__(self, folder: Path, environ: dict[str, str]) -> None:
        fetch = FetchSettings(allow_private_hosts=("127.0.0.0/8",), timeout=5.0)
        settings = Settings(
            fetch=fetch, issue=IssueSettings(sender="News <news@acme.example>", base_url="https://n.example/")
        )
        self.fetcher = HttpFetcher(fetch, user_agent="test/1", environ={})
        self.crawl = Crawl(
            MemoryStore(), self.fetcher, WorkerPool(), settings, {}, "test/1", lambda: NOW, random.Random(1)
        )
        self.told: list[str] = []
        self.slept: list[float] = []
        self.outside = Outside(self.fetcher, environ, folder, folder / "public", self.slept.append)

    def send(self, *parts: Counterpart, made: Issue = ISSUE, **how: object) -> None:
        """Deliver to counterparts."""
        deliveries = tuple(part.delivery for part in parts)
        deliver(self.crawl, deliveries, made, self.outside, self.told.append, **how)  # type: ignore[arg-type]

    def failure(self, *parts: Counterpart, **how: object) -> str:
        """The message of a delivery that must fail."""
        with pytest.raises(DeliverError) as raised:
            self.send(*parts, **how)  # type: ignore[arg-type]
        assert raised.value.exit_code == 4
        return str(raised.value)


MAKERS: dict[str, Callable[[Path], Counterpart]] = {
    "smtp": lambda folder: mailserver.smtp(context=_authority(folder).context())[0],
    "webhook": lambda _: counterparts.webhook(),
    "slack": lambda _: counterparts.slack(),
    "discord": lambda _: counterparts.discord(),
    "mastodon": lambda _: counterparts.mastodon(),
    "buttondown": lambda _: counterparts.buttondown(),
    "listmonk": lambda _: counterparts.listmonk(),
    "git": repository.git,
}


def _authority(folder: Path) -> Authority:
    authority = Authority()
    authority.pem(folder)
    return authority


@pytest.fixture(params=list(SINKS))
def part(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counterpart]:
    """Each sink's other end."""
    made = MAKERS[request.param](tmp_path)
    yield made
    made.close()


@pytest.fixture
def world(part: Counterpart, tmp_path: Path) -> Iterator[World]:
    """A crawl that can reach it."""
    made = World(tmp_path, {**part.environ, "SSL_CERT_FILE": _certificate(tmp_path)})
    yield made
    made.fetcher.close()


def _certificate(folder: Path) -> str:
    path = folder / "authority.pem"
    return str(path) if path.exists() else ""


def test_every_sink_has_settings_and_a_counterpart() -> None:
    assert set(SINKS) == set(SINK_SETTINGS) == set(MAKERS)


def test_a_dry_run_tells_and_sends_nothing(world: World, part: Counterpart) -> None:
    world.send(part, dry_run=True)
    assert part.count() == 0
    assert world.told
    assert all(line.startswith(f"my-{part.sink}: would ") for line in world.told)
    assert SECRET not in "".join(world.told)
    assert world.crawl.store.sent("default", 84, f"my-{part.sink}") == set()


def test_it_is_sent_once(world: World, part: Counterpart) -> None:
    """A second delivery sends nothing, and says so; another issue is another matter."""
    world.send(part)
    count = part.count()
    assert count == len(world.crawl.store.sent("default", 84, f"my-{part.sink}")) > 0
    world.send(part)
    world.send(part, dry_run=True)
    assert part.count() == count
    assert "had it before" in world.told[1]
    assert "would send nothing" in world.told[-1]
    assert SECRET not in "".join(world.told)
    assert not any(SECRET in one for one in world.crawl.store.sent("default", 84, f"my-{part.sink}"))


def test_a_counterpart_that_fails_is_told_with_the_next_step(world: World, part: Counterpart) -> None:
    """No secret is in the message, even where the counterpart says it; nothing counts as sent; later it arrives."""
    part.break_down()
    message = world.failure(part)
    assert message.startswith(f"my-{part.sink}: ")
    assert ";" in message
    assert SECRET not in message
    assert world.crawl.store.sent("default", 84, f"my-{part.sink}") == set()
    part.mend()
    world.send(part)
    assert part.count() == len(world.crawl.store.sent("default", 84, f"my-{part.sink}")) > 0


def test_a_secret_that_is_missing_is_named(world: World, part: Counterpart) -> None:
    """By the name of its variable; a dry run tells it, too."""
    if part.sink == "git":
        pytest.skip("git has its own ways to know who one is")
    for name in part.environ:
        world.outside.environ[name] = ""  # type: ignore[index]
    for dry_run in (True, False):
        message = world.failure(part, dry_run=dry_run)
        assert any(name in message for name in part.environ)
    assert part.count() == 0


def test_a_wrong_secret_is_told(world: World, part: Counterpart) -> None:
    if part.sink == "git":
        pytest.skip("git has its own ways to know who one is")
    for name, value in part.environ.items():
        world.outside.environ[name] = value.replace(SECRET, "wrong-5ecret")  # type: ignore[index]
    message = world.failure(part)
    assert any(name in message for name in part.environ)
    assert "wrong-5ecret" not in message
    assert part.count() == 0


def test_the_rest_is_still_tried(tmp_path: Path) -> None:
    """One that fails stands in nobody's way, and what others got is not sent again."""
    first, last = counterparts.slack(), counterparts.discord()
    first.break_down()
    world = World(tmp_path, {**first.environ, **last.environ})
    assert world.failure(first, last).startswith("my-slack: ")
    assert (first.count(), last.count()) == (0, 1)
    first.mend()
    world.send(first, last)
    assert (first.count(), last.count()) == (1, 1)
    for part in (first, last):
        part.close()
    world.fetcher.close()


def test_without_anywhere_to_send_to(tmp_path: Path) -> None:
    world = World(tmp_path, {})
    with pytest.raises(UserError, match=r"no section `deliver`"):
        world.send()
    world.fetcher.close()
