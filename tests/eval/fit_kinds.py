"""Fits what all the words of an article say of its kind:

    python -m tests.eval.fit_kinds            tells what the weights are worth on sites that they have not seen
    python -m tests.eval.fit_kinds --write    and writes those of all sites into crawler/label/kinds/weights.json

Multinomial logistic regression with ridge shrinkage, on top of what the rules say, which is taken as it is. A kind that
would be right, too, shares in an article's target. A word counts that stands on many sites: others tell the topic. A
site of many articles weighs more than one of few, but not as many times.

The weights that are kept know all these articles, the wide set's and the editor's among them: what `python -m tests.eval
label` tells of kinds there is no figure of unseen sites, but those that are printed here are.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from crawler.label import load_taxonomy
from crawler.label.kinds.kind import signs_of, totals_of
from crawler.label.kinds.words import ANY, SIGN, TITLE, WEIGHTS_FILE, features, words_of
from crawler.label.speakers.company import find_company
from crawler.label.view import view_of
from tests.eval.kinds import Told, all_told
from tests.support.shared import shared_or_exit

# What an article of each set weighs: readers saw whole articles, the wide set has beginnings only.
WORTH = {"kinds_marked": 1.0, "kinds": 0.7, "tagging": 0.3, "editor": 0.7}
SITES, TITLE_SITES, SIGN_SITES = 25, 10, 2  # of so many sites a feature is at least
ALSO = 0.4  # the part of the target for what would be right, too
RULES, SHRINK, STEPS = 0.7, 2e-3, 150
FOLDS = 8
LEAST = 0.1  # a smaller weight is not kept

Matrix = NDArray[np.float64]


class Row(NamedTuple):
    """An article as the fit sees it: what the rules say of each kind, and its features."""

    told: Told
    rules: Mapping[str, float]
    values: Mapping[str, float]


class Problem(NamedTuple):
    """All articles as numbers: a line each."""

    names: list[str]
    values: Matrix
    rules: Matrix
    wanted: Matrix
    worth: Matrix


def row_of(told: Told) -> Row:
    view, taxonomy = view_of(told.document), load_taxonomy()
    company, entry, _ = find_company(view, taxonomy)
    words = words_of(view)
    signs = signs_of(view, taxonomy, company, entry, words)
    return Row(told, totals_of(signs), dict(_summed(features(view, Counter(words), signs))))


def _summed(found: Iterator[tuple[str, float]]) -> dict[str, float]:
    values: dict[str, float] = defaultdict(float)
    for name, value in found:
        values[name] += value
    return values


def problem_of(rows: Sequence[Row], kinds: Sequence[str]) -> Problem:
    sites: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for name in row.values:
            sites[name].add(row.told.site)
    names = sorted(name for name, of in sites.items() if len(of) >= _least_sites(name))
    column = {name: n for n, name in enumerate(names)}
    values = np.zeros((len(rows), len(names)))
    wanted = np.zeros((len(rows), len(kinds)))
    for n, row in enumerate(rows):
        for name, value in row.values.items():
            if name in column:
                values[n, column[name]] = value
        also = [kind for kind in row.told.also if kind != row.told.kind]
        wanted[n, kinds.index(row.told.kind)] = 1 - ALSO if also else 1
        for kind in also:
            wanted[n, kinds.index(kind)] += ALSO / len(also)
    rules = np.array([[row.rules.get(kind, 0.0) for kind in kinds] for row in rows])
    of_site = Counter((row.told.origin, row.told.site) for row in rows)
    worth = [WORTH[row.told.origin] / math.sqrt(of_site[row.told.origin, row.told.site]) for row in rows]
    return Problem(names, values, rules, wanted, np.array(worth))


def _least_sites(name: str) -> int:
    return SIGN_SITES if name.startswith((SIGN, ANY)) else TITLE_SITES if name.startswith(TITLE) else SITES


def fit(problem: Problem, known: NDArray[np.bool_]) -> Matrix:
    """Weights by the accelerated gradient method (Nesterov, 1983), the same each time, from the rows that are known."""
    values, rules, wanted = problem.values[known], RULES * problem.rules[known], problem.wanted[known]
    worth = problem.worth[known, None] / problem.worth[known].sum()
    weights = ahead = np.zeros((values.shape[1], wanted.shape[1]))
    steepest = 0.5 * float(np.linalg.norm(values * np.sqrt(worth), 2)) ** 2 + SHRINK
    for step in range(STEPS):
        likely = np.exp(values @ ahead + rules)
        likely /= likely.sum(axis=1, keepdims=True)
        slope = values.T @ ((likely - wanted) * worth) + SHRINK * ahead
        moved = ahead - slope / steepest
        ahead = moved + step / (step + 3) * (moved - weights)
        weights = moved
    weights = weights / RULES  # in the points of the rules
    return np.where(np.abs(weights) < LEAST, 0.0, weights)


def fold_of(site: str) -> int:
    return hashlib.sha256(f"fold {site}".encode()).digest()[0] % FOLDS


def main(shared: Path, *, write: bool) -> None:
    kinds = [name for name, kind in load_taxonomy().kinds.items() if kind.parent is None]
    rows = [row_of(told) for told in all_told(shared)]
    problem = problem_of(rows, kinds)
    folds = np.array([fold_of(row.told.site) for row in rows])
    said = problem.rules.copy()
    for fold in range(FOLDS):
        held = folds == fold
        said[held] += problem.values[held] @ fit(problem, ~held)
    for origin in WORTH:
        _tell(origin, [(row, n) for n, row in enumerate(rows) if row.told.origin == origin], problem.rules, said, kinds)
    if write:
        weights = fit(problem, np.ones(len(rows), dtype=bool))
        kept = {
            name: {kind: round(float(w), 2) for kind, w in zip(kinds, line, strict=True) if w}
            for name, line in zip(problem.names, weights, strict=True)
        }
        lines = (f"{json.dumps(name)}: {json.dumps(of)}" for name, of in kept.items() if of)
        WEIGHTS_FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def _tell(origin: str, rows: Sequence[tuple[Row, int]], rules: Matrix, said: Matrix, kinds: Sequence[str]) -> None:
    figures: Counter[str] = Counter()
    for row, n in rows:
        for name, points in (("rules", rules), ("with words", said)):
            kind = kinds[int(points[n].argmax())]
            figures[f"{name} exact"] += kind == row.told.kind
            figures[f"{name} near"] += kind in (row.told.kind, *row.told.also)
    shares = ", ".join(f"{name} {count / len(rows):.3f}" for name, count in sorted(figures.items()))
    print(f"{origin}: {len(rows)} articles; {shares}")


if __name__ == "__main__":
    main(shared_or_exit("fit"), write="--write" in sys.argv[1:])
