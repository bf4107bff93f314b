"""Fits the weights of a summary's later sentences to the marks of readers:

    python -m tests.eval.fit_later            tells what fitted weights are worth on sites they were not fitted to
    python -m tests.eval.fit_later --write    and writes those fitted to all sites into crawler/label/summary/weights.json

A conditional logit (McFadden 1974): within an article, how likely each sentence is to be the one that a reader would
print after the opening. The penalty pulls towards the weights set by hand: a few hundred articles are too few to leave
them far behind.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crawler.label.summary.weigh import WEIGHTS_FILE
from tests.eval.known import every_tellable, known_of
from tests.eval.marks import Marked, digest, marked
from tests.support.shared import shared_or_exit

ROUNDS, STEP = 200, 0.2
PENALTY = 0.2  # on the square of what a sign's weight moves by, its values brought to one scale
SHARPNESS = 2.0  # how sure a reader is of a choice, in units of the weights set by hand, to begin with
FALLING = (1.0, 0.9, 0.8, 0.7)  # what a reader's choices are worth, best first
OPENING = 0.8  # what could open may follow, too
FOLDS = 6  # parts of the sites, each judged by what was fitted to the others
PRINTED = 2  # sentences by which weights are judged

Signs = Mapping[str, float]
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Case:
    """One article: the signs of each sentence that a reader saw, its share among those to print, and whether it must
    not be printed. The shares add up to 1."""

    site: str
    signs: Sequence[Signs]
    share: Sequence[float]
    bad: Sequence[bool]


def cases(shared: Path) -> Iterator[Case]:
    """The articles in which a reader found something to print after the opening."""
    for article in marked(shared):
        if (case := _case(article)) is not None:
            yield case


def _case(article: Marked) -> Case | None:
    marks = article.marks
    told = every_tellable(known_of(article.document))
    seen = [c.weighed for c in told if not c.leans and marks.of(c.weighed.sentence.text)]
    worth = dict.fromkeys(marks.open, OPENING) | {
        one: FALLING[min(n, len(FALLING) - 1)] for n, one in enumerate(marks.more)
    }
    share = [worth.get(digest(w.sentence.text), 0.0) for w in seen]
    if len(seen) < PRINTED or not any(share):
        return None
    bad = ["bad" in marks.of(w.sentence.text) for w in seen]
    return Case(article.site, [w.signs for w in seen], [s / sum(share) for s in share], bad)


def fit(train: Sequence[Case], prior: Weights) -> Weights:
    """Weights by which the sentences to print come first in `train`, as far spread as those of `prior`: what those say,
    as far as it is to be trusted, and what each sign says beside it. Gradient descent with adaptive steps (Duchi,
    Hazan, Singer: AdaGrad, 2011), the same each time."""
    scale = {name: max((s.get(name, 0.0) for c in train for s in c.signs), default=1.0) or 1.0 for name in prior}
    moved, trust = dict.fromkeys(prior, 0.0), SHARPNESS
    gone, doubted = dict.fromkeys(prior, 1e-8), 1e-8
    weights = _weights(prior, trust, moved)
    for _ in range(ROUNDS):
        slope = dict.fromkeys(prior, 0.0)
        for case in train:
            for signs, off in zip(case.signs, _off(case, weights), strict=True):
                for name, value in signs.items():
                    slope[name] += off * value / len(train)
        doubt = sum(slope[name] * prior[name] for name in prior)
        doubted += doubt**2
        trust -= STEP * doubt / math.sqrt(doubted)
        for name, unit in scale.items():
            by_scale = slope[name] / unit + 2 * PENALTY * moved[name] * unit
            gone[name] += by_scale**2
            moved[name] -= STEP * by_scale / math.sqrt(gone[name]) / unit
        weights = _weights(prior, trust, moved)
    wide = _spread(train, prior) / _spread(train, weights)
    return {name: wide * weight for name, weight in weights.items()}


def _weights(prior: Weights, trust: float, moved: Weights) -> Weights:
    return {name: trust * prior[name] + moved[name] for name in prior}


def _off(case: Case, weights: Weights) -> list[float]:
    """By how much each sentence is taken to be likelier than the marks say."""
    said = [score(signs, weights) for signs in case.signs]
    most = max(said)
    odds = [math.exp(s - most) for s in said]
    total = sum(odds)
    return [o / total - share for o, share in zip(odds, case.share, strict=True)]


def _spread(train: Sequence[Case], weights: Weights) -> float:
    return statistics.pstdev([score(signs, weights) for case in train for signs in case.signs]) or 1.0


def score(signs: Signs, weights: Weights) -> float:
    """The weighted sum of a sentence's signs."""
    return sum(weights[name] * value for name, value in signs.items())


def verdicts(case: Case, weights: Weights) -> list[tuple[bool, bool]]:
    """Of the sentences that these weights put first: whether a reader would print it, whether it must not be."""
    order = sorted(range(len(case.signs)), key=lambda n: -score(case.signs[n], weights))
    return [(case.share[n] > 0, case.bad[n]) for n in order[:PRINTED]]


def main() -> int:
    """Print the figures, each article judged by weights that saw nothing of its site; write when asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the weights fitted to all sites")
    options = parser.parse_args()
    shared = shared_or_exit("fit")
    said = json.loads(WEIGHTS_FILE.read_text())
    prior: Weights = said["later_by_hand"]
    found = list(cases(shared))
    sites = sorted({c.site for c in found})
    parts = [set(sites[n::FOLDS]) for n in range(FOLDS)]
    elsewhere = [fit([c for c in found if c.site not in part], prior) for part in parts]
    unseen = [
        v for part, w in zip(parts, elsewhere, strict=True) for c in found if c.site in part for v in verdicts(c, w)
    ]
    by_hand = [v for c in found for v in verdicts(c, prior)]
    print(f"{len(found)} articles of {len(sites)} sites, {sum(len(c.signs) for c in found)} sentences")
    for name, told in (("weights set by hand", by_hand), ("fitted to other sites", unseen)):
        good, bad = (sum(v[n] for v in told) / len(told) for n in (0, 1))
        print(f"{name:22} a reader would print {good:.3f}, must not be printed {bad:.3f}")
    if options.write:
        said["later"] = {n: round(w, 3) for n, w in fit(found, prior).items()}
        WEIGHTS_FILE.write_text(json.dumps(said, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
