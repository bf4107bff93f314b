"""What is known of hosts while a run goes on, and remembered for the next: robots.txt, pauses, blocks.

No sockets and no threads of its own: it is told what was answered, and says what may be asked and when.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Literal

from crawler.fetch.robots import RobotsRules, read_answer
from crawler.model import UNREACHABLE, Failed, FailureKind, Fetched, HostState, NotModified, Outcome
from crawler.settings import FetchSettings
from crawler.urls import host_of, origin_of

# Many blogs, one house: their hosts count as one.
_PLATFORMS = frozenset(
    {
        "bearblog.dev",
        "beehiiv.com",
        "blogspot.com",
        "buttondown.com",
        "dev.to",
        "feedburner.com",
        "ghost.io",
        "hashnode.dev",
        "hatenablog.com",
        "livejournal.com",
        "mataroa.blog",
        "medium.com",
        "micro.blog",
        "note.com",
        "posthaven.com",
        "qiita.com",
        "reddit.com",
        "squarespace.com",
        "substack.com",
        "svbtle.com",
        "tumblr.com",
        "typepad.com",
        "weebly.com",
        "wixsite.com",
        "wordpress.com",
        "write.as",
        "youtube.com",
    }
)
# No host is left alone for longer than `max_interval`, and no copy of robots.txt serves for more than a day: a time
# beyond, and a day for the difference of clocks, was written while the clock was wrong.
_DAY, _MONTH = 86_400.0, 30 * 86_400.0
_PATIENCE = 20.0  # seconds of Retry-After that a run sits out; beyond, the host is left alone
_LONG_PAUSE = 60.0  # a host that asks for more between two requests gets one request a run
_BLOCK_WITHOUT_WORD = 900.0
_DOWN_AFTER = 3
_HOUSE_REFUSES = 2  # blogs of a platform that answer 429, after which it is the platform that has had enough
_DOWN_SECONDS = 600.0


# Each request asks for the host and origin of its address several times.
_host_of = lru_cache(maxsize=4096)(host_of)
_origin_of = lru_cache(maxsize=4096)(origin_of)


def lane_of(url: str) -> str:
    """Who is asked: the host without port, or the platform that houses it."""
    host = _host_of(url)
    house = ".".join(host.rsplit(".", 2)[-2:])
    return house if house in _PLATFORMS else host


def state_key(origin: str) -> str:
    """The key under which an origin's robots.txt is remembered: the bare host for https, else the whole origin."""
    return origin.removeprefix("https://")


def state_keys(url: str) -> tuple[str, ...]:
    """Under which keys something may be remembered of who is asked: its host, and its origin's robots.txt."""
    return tuple(dict.fromkeys((_host_of(url), state_key(_origin_of(url)))))


def asks_for_a_moment(failed: Failed) -> bool:
    """Whether the server named a wait so short that the same run can ask again (RFC 9110 section 10.2.3)."""
    return failed.status in (429, 503) and failed.retry_after is not None and failed.retry_after <= _PATIENCE


@dataclass(slots=True)
class _Trouble:
    """Requests in a row that did not reach the host, and refusals in a row."""

    unreachable: int = 0
    refused: int = 0
    last: Failed | None = None
    at: float = 0.0


class HostBook:
    """Everything known of hosts. Thread-safe. `now` is wall-clock time for what outlives the run, `monotonic` for what
    does not."""

    def __init__(
        self,
        settings: FetchSettings,
        user_agent: str,
        hosts: Mapping[str, HostState],
        now: Callable[[], datetime],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._product = user_agent.partition("/")[0]
        self._now = now
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._states = dict(hosts)
        self._changed: set[str] = set()
        self._rules: dict[str, RobotsRules | None] = {}
        # By origin, why nothing of it is asked in this run: it cannot be reached, or its robots.txt cannot be had.
        self._unreachable: dict[str, tuple[FailureKind, str]] = {}
        self._troubles: dict[str, _Trouble] = {}
        self._spent: dict[str, float] = {}
        # By platform, which of its blogs answered 429 since it last gave an answer.
        self._refusing: dict[str, set[str]] = {}

    def changed(self) -> list[HostState]:
        """What is to be remembered, by host."""
        with self._lock:
            return [self._states[key] for key in sorted(self._changed)]

    def take_in(self, states: Iterable[HostState]) -> None:
        """Know of hosts what others have learned since; what they know of robots.txt replaces what was known."""
        with self._lock:
            for state in states:
                known = self._states.get(state.host)
                if state == known:
                    continue
                self._states[state.host] = state
                self._changed.discard(state.host)
                if known is None or state.robots_text != known.robots_text:
                    for origin in (state.host, f"https://{state.host}"):
                        self._rules.pop(origin, None)

    def unsaved(self, keys: Iterable[str]) -> list[HostState]:
        """What was learned under these keys and not handed out by this method so far."""
        with self._lock:
            found = [self._states[key] for key in keys if key in self._changed]
            self._changed.difference_update(state.host for state in found)
            return found

    def long_pause(self, url: str) -> float:
        """Seconds that the host wants between two requests where no run waits for that; else 0."""
        with self._lock:
            return self._spent.get(_host_of(url), 0.0)

    def refusal(self, url: str) -> Failed | None:
        """Why the host is not to be asked now, or None."""
        host = _host_of(url)
        with self._lock:
            until = self._state(host).blocked_until
            left = (until - self._now()).total_seconds() if until is not None else 0.0
            if until is not None and _PATIENCE < left <= max(self._settings.max_interval, _MONTH) + _DAY:
                message = f"{host} asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
                return Failed(url, "status", message, 429, passing=True, retry_after=left)
            trouble = self._troubles.get(host)
            if (
                trouble
                and trouble.last
                and trouble.unreachable >= _DOWN_AFTER
                and self._monotonic() < trouble.at + _DOWN_SECONDS
            ):
                message = f"not asked, as {host} did not answer {trouble.unreachable} times: {trouble.last.message}"
                return Failed(url, trouble.last.kind, message, passing=True)
            house = lane_of(url)
            refusing = self._refusing.get(house, set())
            if len(refusing) >= _HOUSE_REFUSES and host not in refusing:
                message = f"429 Too Many Requests from {len(refusing)} other blogs of {house}; not asked in this run"
                return Failed(url, "status", message, 429, passing=True, retry_after=_BLOCK_WITHOUT_WORD)
            if host in self._spent:
                pause = self._spent[host]
                message = f"{host} asks for {pause:.0f} s between two requests"
                return Failed(url, "robots", message, passing=True, retry_after=pause)
        return None

    def rest(self, url: str) -> float:
        """Seconds that an earlier run was asked to leave the host alone for and that this one sits out."""
        with self._lock:
            until = self._state(_host_of(url)).blocked_until
        left = (until - self._now()).total_seconds() if until is not None else 0.0
        return left if 0 < left <= _PATIENCE else 0.0

    def note(self, url: str, outcome: Outcome | None) -> float:
        """Take in what a request brought (None: a redirect); returns the seconds until the host's next turn."""
        host = _host_of(url)
        with self._lock:
            trouble = self._troubles.setdefault(host, _Trouble())
            rest = 0.0
            if isinstance(outcome, Failed):
                rest = self._note_failure(url, trouble, outcome)
            else:
                trouble.unreachable = trouble.refused = 0
                self._refusing.pop(lane_of(url), None)
                if isinstance(outcome, Fetched | NotModified):
                    self._recover(host)
            pause = self._pause(url)
            if pause > max(_LONG_PAUSE, self._settings.pause):
                self._spent[host] = pause  # nothing more is asked, so that nothing need wait for it
                pause = self._settings.pause
            return max(rest, pause)

    def robots(self, url: str) -> Literal["ask"] | Failed | None:
        """What robots.txt says to `url`: None allowed, Failed forbidden or unreachable, "ask" not known yet."""
        origin = _origin_of(url)
        with self._lock:
            if origin in self._unreachable:
                kind, message = self._unreachable[origin]
                return Failed(url, kind, message, passing=True)
            if origin not in self._rules:
                state = self._state(state_key(origin))
                now, expires_at = self._now(), state.robots_expires_at
                if expires_at is None or not now < expires_at <= now + timedelta(seconds=2 * _DAY):
                    return "ask"
                self._set_rules(origin, state.robots_text)
            rules = self._rules[origin]
        if rules is None or rules.allowed(url):
            return None
        return Failed(url, "robots", f"robots.txt of {origin} forbids {url}", passing=False)

    def learn_robots(self, origin: str, outcome: Outcome) -> None:
        """Take in the answer for an origin's robots.txt. Where it cannot be had, the last known copy counts for this
        run (RFC 9309 section 2.4)."""
        answer = read_answer(outcome, self._now())
        key = state_key(origin)
        with self._lock:
            state = self._state(key)
            if answer.text is not None:
                self._set_rules(origin, answer.text)
                self._write(replace(state, robots_text=answer.text, robots_expires_at=answer.expires_at))
            elif state.robots_text is not None:
                self._set_rules(origin, state.robots_text)
            else:
                self._unreachable[origin] = _lost(origin, outcome, answer.trouble)

    # ------------------------------------------------ under the lock

    def _state(self, key: str) -> HostState:
        return self._states.get(key) or HostState(key)

    def _write(self, state: HostState) -> None:
        if self._state(state.host) != state:
            self._states[state.host] = state
            self._changed.add(state.host)

    def _set_rules(self, origin: str, text: str | None) -> None:
        self._rules[origin] = RobotsRules(text, self._product) if text else None

    def _pause(self, url: str) -> float:
        rules = self._rules.get(_origin_of(url))
        delay = rules.crawl_delay if rules is not None else None
        return max(self._settings.pause, self._state(_host_of(url)).pause or 0.0, delay or 0.0)

    def _note_failure(self, url: str, trouble: _Trouble, failed: Failed) -> float:
        host = _host_of(url)
        trouble.last, trouble.at = failed, self._monotonic()
        trouble.unreachable = trouble.unreachable + 1 if failed.kind in UNREACHABLE else 0
        trouble.refused = trouble.refused + 1 if failed.status == 429 else 0
        state = self._state(host)
        pause = max(self._settings.pause, state.pause or 0.0)
        if failed.status == 429:
            if not asks_for_a_moment(failed):
                self._refusing.setdefault(lane_of(url), set()).add(host)
            state = replace(state, pause=min(_LONG_PAUSE, max(2 * pause, 5.0)))
        elif failed.status == 403 and not url.endswith("/robots.txt"):  # there it means that no rules are given
            state = replace(state, pause=min(_LONG_PAUSE / 2, max(2 * pause, 2.0)))
        told = failed.status in (429, 503) or failed.kind == "redirect"
        wait = failed.retry_after if told else None
        if wait is None and trouble.refused > 1:
            wait = _BLOCK_WITHOUT_WORD
        if wait:
            until = self._now() + timedelta(seconds=min(wait, self._settings.max_interval))
            state = replace(state, blocked_until=until)
        self._write(state)
        return wait if wait is not None and wait <= _PATIENCE else 0.0

    def _recover(self, host: str) -> None:
        state = self._states.get(host)
        if state is None:
            return
        pause = None if state.pause is None else state.pause * 0.8
        if pause is not None and pause <= max(self._settings.pause, 1.0):
            pause = None
        until = state.blocked_until
        if until is not None and (until - self._now()).total_seconds() <= _PATIENCE:
            until = None  # it was sat out
        self._write(replace(state, pause=pause, blocked_until=until))


def _lost(origin: str, outcome: Outcome, trouble: str) -> tuple[FailureKind, str]:
    """What is to be said of pages whose robots.txt cannot be had: where their host cannot be reached, just that."""
    kind: FailureKind = outcome.kind if isinstance(outcome, Failed) else "robots"
    if kind == "dns":
        return kind, trouble
    return kind if kind in UNREACHABLE else "robots", f"robots.txt of {origin} cannot be had: {trouble}"
