"""What a run tells when it is over: a line a source and a total."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

SourceOutcome = Literal["new", "unchanged", "updated", "moved", "gone", "failed", "skipped", "held"]
FEW = 3
"""Fewer sources than this may all be unreachable without the fault being ours."""


@dataclass(frozen=True, slots=True)
class SourceResult:
    """What became of one source in a run. `status` is the HTTP status, where there was an answer."""

    source: str
    url: str
    outcome: SourceOutcome
    status: int | None = None
    new: int = 0
    updated: int = 0
    held: int = 0
    error_kind: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over a run; `fetched` counts full answers that were read, `unchanged` 304s and equal bytes."""

    sources: int = 0
    fetched: int = 0
    unchanged: int = 0
    failed: int = 0
    new: int = 0
    updated: int = 0
    duplicates: int = 0
    pages: int = 0
    pages_failed: int = 0


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run of the crawler. `interrupted` is the number of the signal that ended it early."""

    started_at: datetime
    seconds: float
    totals: Totals
    sources: tuple[SourceResult, ...] = field(default=())
    interrupted: int | None = None
    exhausted: bool = False  # the run's budget of requests or bytes was spent before its work

    @property
    def run(self) -> str:
        """The run's name: the UTC second at which it began."""
        return self.started_at.strftime("%Y%m%dT%H%M%SZ")

    @property
    def tried(self) -> int:
        """Sources that were asked."""
        return sum(result.outcome != "skipped" for result in self.sources)

    @property
    def nothing_fetched(self) -> bool:
        """Sources were asked and not one of them could be fetched."""
        return self.tried > 0 and all(result.outcome in ("failed", "skipped") for result in self.sources)


def total(results: Iterable[SourceResult], *, duplicates: int, pages: int, pages_failed: int) -> Totals:
    """The sums over the sources' results."""
    seen = [result for result in results if result.outcome != "skipped"]
    failed = sum(result.outcome in ("failed", "gone") for result in seen)
    unchanged = sum(result.outcome == "unchanged" for result in seen)
    return Totals(
        sources=len(seen),
        fetched=len(seen) - failed - unchanged,
        unchanged=unchanged,
        failed=failed,
        new=sum(result.new for result in seen),
        updated=sum(result.updated for result in seen),
        duplicates=duplicates,
        pages=pages,
        pages_failed=pages_failed,
    )


def line(result: SourceResult, width: int = 24) -> str:
    """One line for a person: slug, outcome, numbers, error."""
    parts = [f"{result.source:<{width}} {result.outcome:<9}"]
    if result.new:
        parts.append(f"{result.new} new")
    if result.updated:
        parts.append(f"{result.updated} updated")
    if result.held:
        parts.append(f"{result.held} held back")
    if result.error:
        parts.append(result.error)
    return "  ".join(parts).rstrip()


def total_line(report: RunReport) -> str:
    """The run in one sentence."""
    t = report.totals
    skipped = len(report.sources) - t.sources
    return (
        f"{_count(t.sources, 'source')}: {t.fetched} fetched, {t.unchanged} unchanged, {t.failed} failed"
        + (f", {skipped} not asked" if skipped else "")
        + f"; {_count(t.new, 'new article')}, {t.updated} updated, {_count(t.duplicates, 'copy', 'copies')}"
        + (f"; {_count(t.pages, 'page')} read" if t.pages else "")
        + (f", {t.pages_failed} failed" if t.pages_failed else "")
        + f"; {report.seconds:.1f} s"
        + ("; stopped at the budget of the run (settings.fetch)" if report.exhausted else "")
    )


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
