"""Why a sentence of a model is refused."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a sentence may not be printed: the rule that it broke, and the words that broke it."""

    rule: str
    words: str = ""

    def __str__(self) -> str:
        return f"{self.rule} “{self.words}”" if self.words else self.rule
