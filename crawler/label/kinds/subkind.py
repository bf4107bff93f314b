"""The narrower form of an article within its basic kind, by the phrases that the taxonomy gives for it."""

from __future__ import annotations

from crawler.label.taxonomy.model import Taxonomy
from crawler.label.view import View
from crawler.model import Reason

OPENING = 400
_WORTH = {"title": 2.0, "category": 2.0, "description": 1.0, "lead": 1.0}


def find_subkind(view: View, taxonomy: Taxonomy, kind: str) -> tuple[str, Reason | None]:
    """The kind whose parent is `kind` and for which most speaks, with the strongest sign; empty where nothing does.

    A phrase in the title or a category of the publisher counts twice one in the description or the first lines.
    """
    totals: dict[str, float] = {}
    best: dict[str, tuple[float, str, str]] = {}
    for place, text in _places(view):
        wanted = "title" if place in ("title", "category") else "opening"
        seen = set()
        for hit in taxonomy.kind_book.find(text):
            owner = hit.phrase.owner
            if hit.phrase.rank != wanted or taxonomy.kinds[owner].parent != kind or owner in seen:
                continue
            seen.add(owner)
            totals[owner] = totals.get(owner, 0.0) + _WORTH[place]
            if _WORTH[place] > best.get(owner, (0.0, "", ""))[0]:
                best[owner] = (_WORTH[place], text[hit.start : hit.end], place)
    if not totals:
        return "", None
    order = list(taxonomy.kinds)
    found = max(totals, key=lambda k: (totals[k], -order.index(k)))
    _, evidence, where = best[found]
    return found, Reason("subkind", found, "phrase", evidence, where, totals[found])


def _places(view: View) -> list[tuple[str, str]]:
    categories = [("category", category) for category in view.document.categories[:20]]
    return [
        ("title", view.title),
        *categories,
        ("description", view.description[:OPENING]),
        ("lead", view.lead[:OPENING]),
    ]
