"""Pictures as inline SVG: how often a source, a company or a topic writes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

WEEKS = 52
LEAST = 4
_STEP, _BAR, _HEIGHT = 6, 4, 36


def rhythm(days: Iterable[date | None]) -> str:
    """Articles a week over the year up to the latest one, as bars with words for those who cannot see them.

    Weeks begin on Monday. Empty for fewer than LEAST weeks with articles, which make no rhythm. Well-formed XHTML.
    """
    weeks = [(day.toordinal() - 1) // 7 for day in days if day]
    last = max(weeks, default=0)
    counts = Counter(WEEKS - 1 - (last - week) for week in weeks if last - week < WEEKS)
    total, most = counts.total(), max(counts.values(), default=0)
    if len(counts) < LEAST:
        return ""
    bars = "".join(
        f"M{place * _STEP} {_HEIGHT}v-{max(2, round(count / most * _HEIGHT))}h{_BAR}V{_HEIGHT}z"
        for place, count in sorted(counts.items())
    )
    width = WEEKS * _STEP - (_STEP - _BAR)
    words = f"{total} articles in the 52 weeks up to the latest one, at most {most} in a week"
    return (
        f'<figure class="rhythm"><svg viewBox="0 0 {width} {_HEIGHT}" role="img" aria-label="{words}">'
        f'<path d="{bars}"/></svg><figcaption>{words}</figcaption></figure>'
    )
