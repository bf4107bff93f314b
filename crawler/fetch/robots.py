"""robots.txt (RFC 9309): what a site asks crawlers to leave alone. The only importer of protego."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from crawler.headers import freshness
from crawler.model import Failed, Fetched, Gone, Outcome

MAX_BYTES = 500 * 1024  # RFC 9309 section 2.5: parse at least this much
_LONGEST = 86400.0  # section 2.4: no copy is used for more than a day
_SHORTEST = 600.0
_VERSION = re.compile(r"[/\s].*")  # what some write behind a product token (section 2.2.1)
_AGENT_LINE = re.compile(r"\s*user[- ]?agent\s*:?\s*([^#]*)", re.IGNORECASE)


class RobotsRules:
    """The rules of one robots.txt for one crawler, named by its product token."""

    def __init__(self, text: str, product: str) -> None:
        from protego import Protego

        self._product = product
        self._rules: Protego = Protego.parse(_for_us(text[:MAX_BYTES], product.lower()))

    def allowed(self, url: str) -> bool:
        """Whether `url` may be fetched (section 2.2.2: the longest match counts, allow on a tie)."""
        return bool(self._rules.can_fetch(url, self._product))

    @property
    def crawl_delay(self) -> float | None:
        """Seconds between two requests that the site asks for (not in the RFC, but widely meant)."""
        delay = self._rules.crawl_delay(self._product)
        return None if delay is None else float(delay)


def _for_us(text: str, product: str) -> str:
    # Each rule of a group is stored once for each of its agents, so that a hostile file of many agents and many rules
    # would grow by their product: all agents that cannot mean us become one.
    lines = []
    for line in text.splitlines():
        found = _AGENT_LINE.match(line)
        if found:
            named = found[1].strip().lower()
            agent = _VERSION.sub("", named).replace("*", "") or named
            lines.append(f"User-agent: {agent if agent and (agent == '*' or agent in product) else '-'}")
        else:
            lines.append(line)
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What a request for robots.txt brought. `text` is None when the file is unreachable for a passing reason and
    nothing may be fetched; it is empty when there is none and everything may."""

    text: str | None
    expires_at: datetime
    trouble: str = ""


def read_answer(outcome: Outcome, now: datetime) -> RobotsAnswer:
    """Judge an answer as section 2.3.1 does: 4xx, endless redirects and a file without content (204) allow everything;
    5xx, no answer and 429 (which says nothing about the file) allow nothing until it can be had.

    A host that is refused as unsafe counts as without rules: its pages are refused for that reason, not for this.
    """
    a_day = now + timedelta(seconds=_LONGEST)
    if isinstance(outcome, Fetched):
        text = outcome.body[:MAX_BYTES].decode("utf-8-sig", "replace")
        return RobotsAnswer(text, now + timedelta(seconds=_lifetime(outcome.headers, now)))
    if isinstance(outcome, Gone):
        return RobotsAnswer("", a_day)
    if isinstance(outcome, Failed):
        status = outcome.status if outcome.kind == "status" else None
        ruleless = status is not None and status != 429 and (status == 204 or 400 <= status < 500)
        if ruleless or (outcome.kind == "redirect" and not outcome.passing):
            return RobotsAnswer("", a_day)
        if outcome.kind == "unsafe":
            return RobotsAnswer("", now + timedelta(seconds=_SHORTEST))
        return RobotsAnswer(None, now, outcome.message)
    return RobotsAnswer(None, now, "304 though nothing was asked conditionally")


def _lifetime(headers: Mapping[str, str], now: datetime) -> float:
    seconds = freshness(headers, now)
    return _LONGEST if seconds is None else min(max(seconds, _SHORTEST), _LONGEST)
