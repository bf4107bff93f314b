"""The window that --week, or --from and --to, name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crawler.app import App, now
from crawler.errors import UserError

if TYPE_CHECKING:
    from crawler.model import Window


def window_of(app: App, week: str | None, from_: str | None, to: str | None) -> Window:
    """The window that the options name, the last full week where they name none.

    Raises UserError when they contradict each other.
    """
    from crawler.compose.window import day_window, last_full_week, week_window

    zone = app.settings.timezone
    if week and (from_ or to):
        raise UserError("give either --week or --from and --to, not both")
    if bool(from_) != bool(to):
        raise UserError("--from and --to go together: the first day, and the day after the last one")
    if week:
        return week_window(week, zone)
    if from_ and to:
        return day_window(from_, to, zone)
    return last_full_week(now(), zone)
