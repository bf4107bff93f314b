"""Pictures as inline SVG, each with words for those who cannot see it: rhythms, and topics over the weeks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from crawler.text import MONTHS, day_words

WEEKS = 52
LEAST = 4
_STEP, _BAR, _HEIGHT = 6, 4, 36
_WIDTH = WEEKS * _STEP - (_STEP - _BAR)


def rhythm(days: Iterable[date | None]) -> str:
    """Articles a week over the year up to the latest one, as bars with words for those who cannot see them.

    Weeks begin on Monday. Empty for fewer than LEAST weeks with articles, which make no rhythm. Well-formed XHTML.
    """
    counts, _ = _by_week(days)
    if len(counts) < LEAST:
        return ""
    words = _words(counts)
    return f'<figure class="rhythm">{_svg(counts, _HEIGHT, "", words)}<figcaption>{words}</figcaption></figure>'


def spark(days: Iterable[date | None]) -> str:
    """The same, small, for a row of a list; with whatever there is."""
    counts, _ = _by_week(days)
    return _svg(counts, 18, "spark", _words(counts)) if counts else ""


def _words(counts: Counter[int]) -> str:
    total, most = counts.total(), max(counts.values())
    return f"{total} article{'s' * (total > 1)} in the 52 weeks up to the latest one, at most {most} in a week"


def _by_week(days: Iterable[date | None]) -> tuple[Counter[int], int]:
    """How many in each of the WEEKS weeks up to the latest day (its week is the last place), and that week."""
    weeks = [(day.toordinal() - 1) // 7 for day in days if day]
    last = max(weeks, default=0)
    return Counter(WEEKS - 1 - (last - week) for week in weeks if last - week < WEEKS), last


def _svg(counts: Counter[int], height: int, name: str, words: str, most: int = 0) -> str:
    most = most or max(counts.values(), default=1)
    bars = "".join(
        f"M{place * _STEP} {height}v-{max(2, round(count / most * height))}h{_BAR}V{height}z"
        for place, count in sorted(counts.items())
    )
    named = f' class="{name}"' if name else ""
    box = f'viewBox="0 0 {_WIDTH} {height}" preserveAspectRatio="none"'  # as wide as there is room, always as tall
    words = escape(words)
    return f'<svg{named} {box} role="img" aria-label="{words}"><title>{words}</title><path d="{bars}"/></svg>'


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic of the picture: `days` are those of the issues that its items stood in."""

    name: str
    path: str
    days: Sequence[date]


def topics_over_weeks(lines: Sequence[TopicLine]) -> str:
    """Items of issues by topic over the year up to the latest issue: a row of bars a topic, all by one measure.

    Empty for fewer than LEAST weeks with issues. Well-formed XHTML; addresses begin where `path` does.
    """
    everything, last = _by_week(day for line in lines for day in line.days)
    if len(everything) < LEAST:
        return ""
    first = date.fromordinal((last - WEEKS + 1) * 7 + 1)
    rows = [(line, Counter(_place(day, last) for day in line.days if _place(day, last) >= 0)) for line in lines]
    rows.sort(key=lambda row: -row[1].total())
    most = max((max(counts.values(), default=0) for _, counts in rows), default=0)
    shown = "".join(_row(line, counts, most) for line, counts in rows if counts)
    end = date.fromordinal(last * 7 + 1) + timedelta(days=6)
    caption = f"Stories a week by topic, {day_words(first)} to {day_words(end)}; the tallest bar is {most}"
    return f'<figure class="topics"><ul>{shown}</ul>{_months(first)}<figcaption>{caption}</figcaption></figure>'


def _place(day: date, last: int) -> int:
    return WEEKS - 1 - (last - (day.toordinal() - 1) // 7)


def _row(line: TopicLine, counts: Counter[int], most: int) -> str:
    total = counts.total()
    words = f"{line.name}: {total} stor{'y' if total == 1 else 'ies'}, at most {max(counts.values())} in a week"
    link = f'<a href="{escape(line.path)}">{escape(line.name)}</a>'
    return f"<li>{link}{_svg(counts, 22, '', words, most)}<span>{total}</span></li>"


def _months(first: date) -> str:
    """The axis: every third month under the week that it begins in. Decoration: each row has its words."""
    marks = []
    for place in range(WEEKS):
        monday = first + timedelta(days=7 * place)
        if monday.day <= 7 and monday.month % 3 == 1 and place < WEEKS - 3:
            name = MONTHS[monday.month - 1][:3]
            marks.append(f'<text x="{place * _STEP}" y="11">{name}</text>')
    return f'<div class="axis"><svg viewBox="0 0 {_WIDTH} 14" aria-hidden="true">{"".join(marks)}</svg></div>'
