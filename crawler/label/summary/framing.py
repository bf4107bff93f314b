"""A summary whose sentences do not state the article's point gets a frame: what the title says is described, what the
headings say is covered, what a release's list of changes says.
"""

from __future__ import annotations

from dataclasses import dataclass

from crawler.label.sentences.measures import word_count
from crawler.label.speakers.actor import Actor
from crawler.label.summary.changelog import changes_of
from crawler.label.summary.from_title import title_covering
from crawler.label.summary.scope import scope
from crawler.label.view import View
from crawler.model import Reason
from crawler.text import count_words


@dataclass(frozen=True, slots=True)
class Framed:
    """The `parts` of a summary, the chosen ones being `kept` from the `first` on, and the `reasons` of the others; a
    `deck` where no sentence is one. `points`: it names the article's points, by headings or by a list."""

    parts: list[str]
    reasons: tuple[Reason, ...]
    first: int
    kept: int
    points: bool
    deck: str = ""


def framed(view: View, told: list[str], *, least: int, most: int, many: bool = False) -> Framed | None:
    """The chosen sentences `told`, best first, in a frame of `least` to `most` words in all; None where title and
    headings do not make one. Of one that reports `many` things, `crawler.label.summary.listing` names the points."""
    return None if many else _covering(view, told, least, most)


def listed(view: View, actor: Actor, told: list[str], *, after: int, least: int) -> Framed | None:
    """The best sentence of release notes, and what their list says has changed, where that makes `least` words with it;
    None where there is no such list. `after`: how many sentences stand before."""
    changes = changes_of(view, actor, least)
    if changes is None:
        return None
    why = Reason("summary", f"sentence {after + len(told[:1]) + 1}", "the list of changes", changes.line, "text", 1.0)
    return Framed([*told[:1], changes.told], (why,), after + 1, len(told[:1]), points=True, deck=changes.short)


def _covering(view: View, told: list[str], least: int, most: int) -> Framed | None:
    """ "The post explains how caches warm, covering keys, shards, and ports.", or the second half of it after the best
    sentence; then as many more as the length asks for."""
    covered = scope(view)
    if covered is None:
        return None
    opening = title_covering(view, covered.told)
    for kept in range(1, len(told) + 1):
        parts = [opening, *told[:kept]] if opening else [*told[:kept], f"The post covers {covered.told}."]
        if count_words(" ".join(parts)) >= least:
            break
    if sum(map(word_count, parts)) > most or len(parts) > 3:
        return None
    place = f"sentence {1 if opening else kept + 1}"
    why = Reason("summary", place, "what the headings cover", covered.heading, "heading", 1.0)
    if opening:
        return Framed(parts, (_titled(view), why), first=2, kept=kept, points=True)
    return Framed(parts, (why,), first=1, kept=kept, points=True)


def _titled(view: View) -> Reason:
    return Reason("summary", "sentence 1", "what the title says is described", view.title, "title", 1.0)
