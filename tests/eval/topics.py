"""How good the topics of whole articles are: the first, the first two, those that are printed, and the section.

`topics.jsonl` holds what a reader would give to articles of the corpus, read before our own labels were looked at:
`main`, any of which is right as the first, and `also`, which are right beside them. Precision is what counts, since a
wrong tag in an issue is worse than a missing one. Articles that are `held` are of blogs that nothing was made from.

`topics_marked.jsonl` holds what readers named, best first, for other articles: at most three, and none where one is
clearly about nothing; `feed` and `set` say where the text lies (see `tests/eval/corpus.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.compose.sections import section_id
from crawler.label import Taxonomy, label_document, load_taxonomy
from crawler.model import Article
from crawler.reading import inspect_page
from tests.eval.corpus import Corpus, page_paths, rows_of

LABELLED = Path(__file__).with_name("topics.jsonl")
MARKED = Path(__file__).with_name("topics_marked.jsonl")


@dataclass(frozen=True, slots=True)
class Judged:
    """An article beside what a reader would give it; `right` are `main` and what may stand beside them."""

    article: Article
    main: tuple[str, ...]
    right: frozenset[str]


def measure_own() -> dict[str, float]:
    """Nothing: the articles lie in the corpus."""
    return {}


def measure_shared(shared: Path) -> dict[str, float]:
    """The figures for articles of blogs that were seen while the vocabulary was made, and of those that were not."""
    taxonomy = load_taxonomy()
    return _figures_of_marked(shared) | {
        f"{name}{ending}": value
        for ending, held in (("", False), ("_held", True))
        for name, value in figures_of(list(judged(shared, held=held)), taxonomy).items()
    }


def _figures_of_marked(shared: Path) -> dict[str, float]:
    """`read_first`: articles whose first tag is one of those that readers named; `read_printed`: the share of right
    ones among the tags that are printed; `read_recall`: the share of those that readers named which is printed;
    `read_none`: articles without a topic that print none."""
    corpus, taxonomy = Corpus(shared), load_taxonomy()
    found: dict[bool, list[tuple[list[str], tuple[str, ...], tuple[str, ...]]]] = {False: [], True: []}
    for row in rows_of(MARKED):
        labels = label_document(corpus.document(row), taxonomy)
        found[row["held"]].append((row["tags"], labels.tags, labels.tags[: labels.signals.topics]))
    figures: dict[str, float] = {}
    for ending, held in (("", False), ("_held", True)):
        about = [row for row in found[held] if row[0]]
        figures |= {
            f"read_first{ending}": _share([tags[0] in right for right, tags, _ in about if tags]),
            f"read_printed{ending}": _share([tag in right for right, _, shown in about for tag in shown]),
            f"read_recall{ending}": _share([tag in shown for right, _, shown in about for tag in right]),
            f"read_none{ending}": _share([not shown for right, _, shown in found[held] if not right]),
        }
    return figures


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
    paths = page_paths(shared)
    for row in rows_of(LABELLED):
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
