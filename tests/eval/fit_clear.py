"""Fits what tells which of its topics an article is clearly about to the topics that people named:

    python -m tests.eval.fit_clear            tells what fitted weights are worth on sites they were not fitted to
    python -m tests.eval.fit_clear --print    and prints those fitted to all of them, as they stand in clear.py

A logistic regression with a ridge (le Cessie and van Houwelingen 1992) on each topic that an article was given: is it
one of those that people named? Learnt from are `topics_marked.jsonl` (articles whole, and cut to their title and
opening), `topics.jsonl` and the labelled set of tags, which differ in how many topics they name: each set but the first
has a constant of its own, which is left out of what is printed. Sites that are `held` are not learnt from.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from crawler.blocks import blocks_of_text
from crawler.label import load_taxonomy
from crawler.label.topics.clear import WEIGHTS, clear_topics, signs_of
from crawler.label.topics.evidence import Evidence
from crawler.label.topics.tagging import TELLING, tag_document
from crawler.model import Document
from tests.eval.corpus import Corpus, read_rows, rows_of, site_of
from tests.eval.known import known_of
from tests.eval.topics import LABELLED, MARKED
from tests.support.shared import shared_or_exit

RIDGE = 2.0
OPENING = 130  # characters: what a list of links says of an article
FOLDS = 12
SETS = {"whole": 1.0, "opening": 0.5, "topics": 1.0, "tagging": 0.25}  # what a case of each counts
_CONSTANTS = ("topics", "tagging")

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Case:
    """One article: its set and site, what speaks for each of its topics, and which topics people named."""

    origin: str
    site: str
    held: bool
    evidence: Mapping[str, Evidence]
    told: bool
    right: frozenset[str]

    def rows(self) -> list[list[float]]:
        """The signs of each topic, in the order of `WEIGHTS`."""
        signs = signs_of(self.evidence, load_taxonomy().tags, told=self.told)
        return [[one[name] for name in WEIGHTS] for one in signs.values()]

    def constants(self) -> list[float]:
        return [float(self.origin == name) for name in _CONSTANTS]


def cases(shared: Path) -> Iterator[Case]:
    """All articles for which people named topics, or that there is none."""
    corpus = Corpus(shared)
    for row in rows_of(MARKED):
        whole = corpus.document(row)
        first = " ".join(block.text for block in whole.blocks if block.kind == "paragraph")[:OPENING]
        cut = replace(whole, blocks=blocks_of_text(first), categories=(), description="")
        yield _case("whole", whole, row["tags"], held=row["held"])
        yield _case("opening", cut, row["tags"], held=row["held"])
    for row in rows_of(LABELLED):
        yield _case("topics", corpus.document(row), (*row["main"], *row["also"]), held=row["held"])
    for row in read_rows(shared, "tagging"):
        if row["tags"]:
            text = blocks_of_text(f"{row['summary']}\n\n{row['text']}".strip())
            yield _case("tagging", Document(url=row["url"], title=row["title"], blocks=text), row["tags"], held=False)


def _case(origin: str, document: Document, right: Iterable[str], *, held: bool) -> Case:
    known = known_of(document)
    _, evidence = tag_document(known.view, load_taxonomy(), known.kind, known.company)
    return Case(origin, site_of(document.url), held, evidence, len(known.view.body) >= TELLING, frozenset(right))


def fit(train: Sequence[Case]) -> dict[str, float]:
    """The weights of all signs by which what people named is told best; a site counts less the more it has."""
    size = Counter((case.origin, case.site) for case in train)
    signs, right, worth = [], [], []
    for case in train:
        one = SETS[case.origin] / size[case.origin, case.site] ** 0.5
        signs += [[*row, *case.constants()] for row in case.rows()]
        right += [tag in case.right for tag in case.evidence]
        worth += [one for _ in case.evidence]
    weights = _logistic(np.array(signs), np.array(right, dtype=float), np.array(worth) / np.mean(worth))
    return dict(zip(WEIGHTS, map(float, weights), strict=False))


def _logistic(signs: Matrix, right: Matrix, worth: Matrix) -> Matrix:
    """Newton's method; the first weight, the constant, is free."""
    ridge = np.diag([1e-3, *(RIDGE for _ in range(signs.shape[1] - 1))])
    weights = np.zeros(signs.shape[1])
    for _ in range(30):
        sure = 1 / (1 + np.exp(-signs @ weights))
        bend = (signs.T * (worth * sure * (1 - sure))) @ signs + ridge
        weights = weights + np.linalg.solve(bend, signs.T @ (worth * (right - sure)) - ridge @ weights)
    return weights


def figures_of(found: Iterable[tuple[Case, Mapping[str, float]]]) -> str:
    """Of topics that are printed by some weights, the share that people named, and of those that they named, the share
    that is printed; and how many articles of which people named none print one."""
    printed = named = both = silent = nothing = 0
    for case, weights in found:
        clear = clear_topics(case.evidence, load_taxonomy().tags, told=case.told, weights=weights)
        shown = frozenset([tag for tag in case.evidence if tag in clear][:3])
        printed, named, both = printed + len(shown), named + len(case.right), both + len(shown & case.right)
        nothing += not case.right
        silent += not case.right and not shown
    return f"right {both / max(1, printed):.3f}, found {both / max(1, named):.3f}, nothing {silent} of {nothing}"


def main() -> int:
    """Print the figures, each article judged by weights that saw nothing of its site; print the weights when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--print", action="store_true", help="print the weights fitted to all sites that are not held")
    options = parser.parse_args()
    shared = shared_or_exit("fit")
    found = list(cases(shared))
    learnt = [case for case in found if not case.held]
    parts = [[case for case in learnt if zlib.crc32(case.site.encode()) % FOLDS == n] for n in range(FOLDS)]
    sites = [{case.site for case in part} for part in parts]
    elsewhere = [fit([case for case in learnt if case.site not in own]) for own in sites]
    whole = fit(learnt)
    for name in SETS:
        unseen = [(c, w) for part, w in zip(parts, elsewhere, strict=True) for c in part if c.origin == name]
        print(f"{name:8} fitted to other sites: {figures_of(unseen)}")
        for label, weights in (("as they stand", WEIGHTS), ("fitted", whole)):
            held = [(case, weights) for case in found if case.held and case.origin == name]
            print(f"{name:8} held sites, {label}: {figures_of(held)}" if held else "", end="\n" if held else "")
    if options.print:
        print(json.dumps({name: round(weight, 2) for name, weight in whole.items()}, indent=4))
    return 0


if __name__ == "__main__":
    sys.exit(main())
