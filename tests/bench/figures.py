"""What a row of the benchmark is, what it gives, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.bench.rivals import Rivals


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value. `limit` is its target, which it may not exceed, or with `least` not fall below.

    `beside` are the values of others doing the same work in the same run, by name.
    """

    work: str
    measure: str
    value: float
    limit: float | None = None
    least: bool = False
    beside: dict[str, float] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without one."""
        if self.limit is None:
            return None
        return self.value >= self.limit if self.least else self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Setting:
    """How a row is measured: sizes, repetitions, the rivals to run beside it (None: none), and a folder of its own.

    `stored` and `most` are articles in the stores that a row is measured on, `slim` those of one on
    PostgreSQL with few texts; `kept` is where rivals and stores are kept.
    """

    feeds: int
    many: int
    runs: int
    rivals: Rivals | None
    folder: Path
    tell: Callable[[str], None]
    stored: int = 100_000
    most: int = 1_000_000
    slim: int = 10_000_000
    kept: Path = Path(".bench")

    def at(self, folder: Path) -> Setting:
        """The same, in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        return replace(self, folder=folder)


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of work. `run` measures it; its name is what `--only` takes, `sizes` are the options that tell. One `by_name`
    takes so much time or disk that it is measured only where it is asked for."""

    name: str
    about: str
    run: Callable[[Setting], Sequence[Figure]]
    sizes: tuple[str, ...] = ("feeds", "many", "runs")
    by_name: bool = False
