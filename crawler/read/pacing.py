"""What a feed asks of those who poll it: RSS ttl, skipHours and skipDays, and the syndication module."""

from __future__ import annotations

from lxml.etree import _Element as Element

_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST = 2_592_000


class Pacing:
    """Collects the channel's wishes while it is walked; wishes that make no sense are ignored."""

    def __init__(self) -> None:
        self._minutes = 0
        self._period = 0
        self._frequency = 1
        self._hours: set[int] = set()
        self._days: set[int] = set()

    def note(self, name: str, element: Element) -> None:
        """Look at a channel's child; whatever is no wish is passed over."""
        if name in {"ttl", "sy:updateperiod", "sy:updatefrequency"}:
            self.note_text(name, element.text or "")
        elif name == "skiphours":
            self._hours |= {_number(child.text, 24) % 24 for child in element if (child.text or "").strip().isdigit()}
        elif name == "skipdays":
            days = [(child.text or "").strip().lower() for child in element]
            self._days |= {_DAYS.index(day) for day in days if day in _DAYS}

    def note_text(self, name: str, text: str) -> None:
        """The same for a wish that is one word or number."""
        if name == "ttl":
            self._minutes = _number(text)
        elif name == "sy:updateperiod":
            self._period = _PERIODS.get(text.strip().lower(), 0)
        elif name == "sy:updatefrequency":
            self._frequency = _number(text) or 1

    def wait_seconds(self) -> int | None:
        """The longer of both wishes, at most thirty days."""
        wish = max(self._minutes * 60, self._period // self._frequency)
        return min(wish, _LONGEST) or None

    def skip_hours(self) -> tuple[int, ...]:
        """Hours of the day (UTC, 0-23) to stay away; all 24 would mean never and count as none."""
        return tuple(sorted(self._hours)) if len(self._hours) < 24 else ()

    def skip_days(self) -> tuple[int, ...]:
        """Days of the week (0 Monday) to stay away; all seven count as none."""
        return tuple(sorted(self._days)) if len(self._days) < 7 else ()


def _number(text: str | None, most: int = 10_000_000) -> int:
    value = (text or "").strip()
    return min(int(value), most) if value.isascii() and value.isdigit() and len(value) < 12 else 0
