"""Fits the weights of a summary's opening sentence to what authors wrote of their own articles:

    python -m tests.eval.fit_openings            tells what fitted weights are worth on sites they were not fitted to
    python -m tests.eval.fit_openings --write    and writes those fitted to all sites into crawler/label/summary/weights.json

A ridge regression (Hoerl and Kennard 1970) of each sentence's ROUGE-L against the author's description, or an editor's
deck, within its article. The penalty pulls towards the weights set by hand, so that a sign which the data say little
about keeps its weight.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.blocks import blocks_of_text
from crawler.label.summary.summarising import Candidate
from crawler.label.summary.weigh import WEIGHTS_FILE
from crawler.model import Document
from tests.eval.corpus import read_rows, scorer
from tests.eval.known import every_tellable, known_of
from tests.support.shared import shared_or_exit

PENALTY = 0.2
# How a sentence reads, which its nearness to a description says little of: these keep the weights set by hand.
BY_HAND = frozenset(
    {
        "team",
        "history",
        "bio",
        "quoted",
        "back",
        "you",
        "i",
        "event",
        "general",
        "background",
        "defines",
        "together",
        "acts",
        "done",
    }
)

Vector = list[float]


@dataclass(frozen=True, slots=True)
class Case:
    """One article: the signs of each sentence that could open its summary, and how near each is to the gold."""

    site: str
    signs: list[Vector]
    worth: Vector


def cases(shared: Path, names: Sequence[str]) -> Iterator[Case]:
    """The articles whose authors, or whose editor, said in one sentence what they are about."""
    quality = scorer(shared)
    rows = [
        (r["source"], r["url"], r["title"], r["text"], r["gold"])
        for r in read_rows(shared, "summaries")
        if not r["gold_copied_from_lead"]
    ]
    rows += [
        (r["host"], r["url"], r["title"], (shared / "corpus" / r["text_path"]).read_text(), r["deck"])
        for r in read_rows(shared, "editor")
    ]
    for site, url, title, text, gold in rows:
        found = _openings(Document(url, title, blocks_of_text(text)))
        wanted = quality.toks(gold)
        if found:
            yield Case(
                site,
                [[c.weighed.signs.get(name, 0.0) for name in names] for c in found],
                [float(quality.rouge_l(quality.toks(c.text), wanted)[2]) for c in found],
            )


def _openings(document: Document) -> list[Candidate]:
    """Every sentence that could open the summary of a document."""
    return [c for c in every_tellable(known_of(document)) if c.opens]


def fit(train: Sequence[Case], prior: Vector, free: Sequence[bool], penalty: float = PENALTY) -> Vector:
    """Weights that order the sentences of `train`, near to `prior`; those that are not `free` stay as they are."""
    size = len(prior)
    spread = _spread(train, size)
    scale = _scale(train, prior)
    square = [[0.0] * size for _ in range(size)]
    right = [0.0] * size
    mass = 0.0
    for case in train:
        if len(case.worth) < 2:
            continue
        share = 1 / math.sqrt(len(case.worth))
        rows = [
            [x / s if f else 0.0 for x, s, f in zip(row, spread, free, strict=True)] for row in _centred(case.signs)
        ]
        said = [sum(x * w for x, w in zip(row, prior, strict=True)) for row in _centred(case.signs)]
        rest = [y - scale * p for (y,), p in zip(_centred([[y] for y in case.worth]), said, strict=True)]
        mass += share * len(rest)
        for row, y in zip(rows, rest, strict=True):
            for i, x in enumerate(row):
                if x:
                    weighted = share * x
                    right[i] += weighted * y
                    line = square[i]
                    for j in range(size):
                        line[j] += weighted * row[j]
    for i in range(size):
        square[i][i] += penalty * mass
    steps = _solved(square, right)
    return [p + d / s / scale for p, d, s in zip(prior, steps, spread, strict=True)]


def worth(case: Case, weights: Vector) -> float:
    """What the sentence that these weights put first is worth."""
    scores = [sum(x * w for x, w in zip(row, weights, strict=True)) for row in case.signs]
    return case.worth[scores.index(max(scores))]


def _centred(rows: Sequence[Vector]) -> list[Vector]:
    means = [sum(column) / len(rows) for column in zip(*rows, strict=True)]
    return [[x - m for x, m in zip(row, means, strict=True)] for row in rows]


def _spread(train: Sequence[Case], size: int) -> Vector:
    """The standard deviation of each sign."""
    rows = [row for case in train for row in case.signs]
    centred = _centred(rows)
    return [math.sqrt(sum(row[i] ** 2 for row in centred) / len(rows)) + 1e-9 for i in range(size)]


def _scale(train: Sequence[Case], prior: Vector) -> float:
    """How much worth a unit of the prior's score stands for; 1 where the prior says nothing of it."""
    over = under = 0.0
    for case in train:
        share = 1 / math.sqrt(len(case.worth))
        said = [sum(x * w for x, w in zip(row, prior, strict=True)) for row in _centred(case.signs)]
        mean = sum(case.worth) / len(case.worth)
        over += share * sum(p * (y - mean) for p, y in zip(said, case.worth, strict=True))
        under += share * sum(p * p for p in said)
    return over / under if over > 0 else 1.0


def _solved(square: list[Vector], right: Vector) -> Vector:
    """The solution of a symmetric positive system, by Gaussian elimination."""
    size = len(right)
    rows = [[*line, y] for line, y in zip(square, right, strict=True)]
    for i in range(size):
        for k in range(i + 1, size):
            factor = rows[k][i] / rows[i][i]
            if factor:
                rows[k] = [x - factor * p for x, p in zip(rows[k], rows[i], strict=True)]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (rows[i][size] - sum(rows[i][j] * found[j] for j in range(i + 1, size))) / rows[i][i]
    return found


def main() -> int:
    """Print the figures, each article judged by weights that saw nothing of its site; write when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights fitted to all sites")
    options = parser.parse_args()
    shared = shared_or_exit("fit")
    said = json.loads(WEIGHTS_FILE.read_text())
    names = list(said["opening_by_hand"])
    free = [n not in BY_HAND for n in names]
    prior = [said["opening_by_hand"][n] for n in names]
    found = list(cases(shared, names))
    sites = sorted({c.site for c in found})
    by_site = {site: fit([c for c in found if c.site != site], prior, free) for site in sites}
    print(f"{len(found)} articles of {len(sites)} sites, {sum(len(c.worth) for c in found)} sentences")
    print(f"best sentence there is   {sum(max(c.worth) for c in found) / len(found):.4f}")
    print(f"weights set by hand      {sum(worth(c, prior) for c in found) / len(found):.4f}")
    print(f"fitted to other sites    {sum(worth(c, by_site[c.site]) for c in found) / len(found):.4f}")
    if options.write:
        weights = fit(found, prior, free)
        said["opening"] = {n: round(w, 3) for n, w in zip(names, weights, strict=True)}
        WEIGHTS_FILE.write_text(json.dumps(said, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
