"""What a row of the benchmark is, what it gives, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
    """How a row is measured: sizes, repetitions, the rivals to run beside it (None: none), and a folder of its own."""

    feeds: int
    many: int
    runs: int
    rivals: Rivals | None
    folder: Path
    tell: Callable[[str], None]

    def at(self, folder: Path) -> Setting:
        """The same, in a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        return Setting(self.feeds, self.many, self.runs, self.rivals, folder, self.tell)


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of work. `run` measures it; its name is what `--only` takes."""

    name: str
    about: str
    run: Callable[[Setting], Sequence[Figure]]
