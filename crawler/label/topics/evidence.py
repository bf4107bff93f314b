"""What speaks for a topic of a document: points, by which topics are ordered, and where they come from."""

from __future__ import annotations

from dataclasses import dataclass, field

HINT = "weak phrase"
_IN_TEXT = "in the text"
Span = tuple[int, int]


@dataclass(slots=True)
class Evidence:
    """The points of one topic (`value`), the best sign of it, and what `clear` weighs.

    `sources`: the places of its clear phrases, and "text", "category", "source", "project", "kind", "version",
    "broader". `phrases`: how many different clear ones; `mentions` of them and `hints` (weak phrases) in the text;
    `titled`: where they stand in the title; `plain`: they are common words there.
    """

    value: float = 0.0
    best: float = 0.0
    reason: tuple[str, str, str] = ("", "", "")  # rule, evidence, where
    sources: set[str] = field(default_factory=set)
    phrases: int = 0
    mentions: int = 0
    hints: int = 0
    titled: frozenset[Span] = frozenset()
    plain: bool = False

    def add(self, points: float, rule: str, evidence: str, where: str) -> None:
        """Points for one sign: its rule, the words that it was told by, and the place where they stand."""
        self.value += points
        if rule == "phrase":
            self.sources.add(where)
        elif rule != HINT:
            self.sources.add("text" if rule == _IN_TEXT else rule.split(" ", 1)[0])
        if points > self.best:
            self.best, self.reason = points, (rule, evidence, where)
