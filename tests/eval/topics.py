"""How good the topics of whole articles are: the first, the first two, those that are printed, and the section.

`topics.jsonl` holds what a person would give to articles of the corpus, read before our own labels were looked at:
`main`, any of which is right as the first, and `also`, which are right beside them. Precision is what counts, since a
wrong tag in an issue is worse than a missing one. Articles that are `held` are of blogs that nothing was made from.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.compose.sections import section_id
from crawler.label import Taxonomy, load_taxonomy
from crawler.model import Article
from crawler.reading import inspect_page

LABELLED = Path(__file__).with_name("topics.jsonl")


@dataclass(frozen=True, slots=True)
class Judged:
    """An article beside what a person would give it; `right` are `main` and what may stand beside them."""

    article: Article
    main: tuple[str, ...]
    right: frozenset[str]


def measure_own() -> dict[str, float]:
    """Nothing: the articles lie in the corpus."""
    return {}


def measure_shared(shared: Path) -> dict[str, float]:
    """The figures for articles of blogs that were seen while the vocabulary was made, and of those that were not."""
    taxonomy = load_taxonomy()
    return {
        f"{name}{ending}": value
        for ending, held in (("", False), ("_held", True))
        for name, value in figures_of(list(judged(shared, held=held)), taxonomy).items()
    }


def figures_of(rows: Sequence[Judged], taxonomy: Taxonomy) -> dict[str, float]:
    """`first`, `section`: shares of articles; `two`, `printed`, `all`: shares of right tags among those given;
    `printed_tags`: how many an article has; `recall`: of the main ones, among all."""
    two = [tag for row in rows for tag in _marked(row, row.article.tags[:2])]
    printed = [tag for row in rows for tag in _marked(row, row.article.tags[: row.article.signals.topics])]
    every = [tag for row in rows for tag in _marked(row, row.article.tags)]
    return {
        "first": _share([set(row.article.tags[:1]) <= row.right for row in rows if row.article.tags]),
        "two": _share(two),
        "printed": _share(printed),
        "printed_tags": len(printed) / len(rows),
        "all": _share(every),
        "recall": _share([tag in row.article.tags for row in rows for tag in row.main]),
        "section": _share([_section(row.article.tags, taxonomy) in _sections(row, taxonomy) for row in rows]),
    }


def judged(shared: Path, *, held: bool) -> Iterator[Judged]:
    """The labelled articles as we read and label their pages."""
    corpus = shared / "corpus"
    sites: list[Mapping[str, Any]] = json.loads((corpus / "manifest.json").read_text(encoding="utf-8"))
    paths = {page["url"]: corpus / page["path"] for site in sites for page in site["articles"]}
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["held"] == held:
            article = inspect_page(paths[row["url"]].read_bytes(), row["url"])
            yield Judged(article, tuple(row["main"]), frozenset((*row["main"], *row["also"])))


def _marked(row: Judged, tags: Sequence[str]) -> list[bool]:
    return [tag in row.right for tag in tags]


def _section(tags: Sequence[str], taxonomy: Taxonomy) -> str:
    return section_id(tags, taxonomy.sections())


def _sections(row: Judged, taxonomy: Taxonomy) -> set[str]:
    return {_section((tag,), taxonomy) for tag in row.main}


def _share(marks: Sequence[bool]) -> float:
    return sum(marks) / max(1, len(marks))
