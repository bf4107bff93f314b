"""Fits the weights of the words that sell:

    python -m tests.eval.fit_promotion            tells what fitted weights are worth on texts they have not seen
    python -m tests.eval.fit_promotion --write    and writes them into crawler/label/promotion/weights.json

The texts of `tests/unit/label/promotion/texts` are what is told apart, each form from all others and from the articles of
the labelled set, which sell nothing but for a handful. The texts named `later` are kept out of the fit and say what
the weights are worth. Words that no article of the labelled set has are left out: most are names that were made up.
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from crawler.label.promotion.forms import SURE
from crawler.label.promotion.words import TITLE, WEIGHTS_FILE, Weights, wordings
from tests.eval.corpus import read_rows
from tests.support.shared import shared_or_exit

TEXTS = Path(__file__).parents[1] / "unit" / "label" / "promotion" / "texts"
FORMS = {"job ad": "jobs", "sponsored": "sponsored", "marketing": "marketing"}
ROUNDS, STEP, SHRINK, OWN = 40, 0.3, 2e-4, 3.0  # a text that sells weighs `OWN` times one that does not
LEAST_TEXTS = 2  # a word of one text says nothing of others
LEAST_WEIGHT = 0.5

Words = frozenset[str]
Told = tuple[Words, bool]


def read_texts(name: str) -> list[Words]:
    """The words of each text of a file of `title | text` lines."""
    lines = (TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [words_of(title, text) for title, _, text in (line.partition(" | ") for line in lines)]


def words_of(title: str, text: str) -> Words:
    return frozenset(word for word, _, _ in wordings(title, text))


def fit(told: Sequence[Told], known: Words) -> Weights:
    """Logistic regression by adaptive steps (Duchi, Hazan, Singer: AdaGrad, 2011), the same each time."""
    texts = Counter(word for words, _ in told for word in words)
    kept = {w for w, n in texts.items() if n >= LEAST_TEXTS and known.issuperset(w.removeprefix(TITLE).split())}
    rows = [(sorted(words & kept), sells) for words, sells in told]
    weights: dict[str, float] = defaultdict(float)
    gone: dict[str, float] = defaultdict(lambda: 1e-2)
    bias, order = -1.0, random.Random(0)
    for _ in range(ROUNDS):
        order.shuffle(rows)
        for words, sells in rows:
            share = 1 / math.sqrt(len(words) or 1)
            odds = bias + share * sum(weights[word] for word in words)
            error = (1 / (1 + math.exp(-odds)) - sells) * (OWN if sells else 1.0)
            bias -= 0.05 * error
            for word in words:
                slope = error * share + SHRINK * weights[word]
                gone[word] += slope * slope
                weights[word] -= STEP * slope / math.sqrt(gone[word])
    return Weights(round(bias, 3), {w: round(v, 2) for w, v in sorted(weights.items()) if abs(v) >= LEAST_WEIGHT})


def odds_of(weights: Weights, words: Words) -> float:
    found = [weights.words[word] for word in words if word in weights.words]
    return weights.bias + sum(found) / math.sqrt(len(found) or 1)


def main(shared: Path, *, write: bool) -> None:
    articles = [words_of(row["title"], f"{row['summary']} {row['text']}") for row in read_rows(shared, "tagging")]
    known = frozenset(word for words in articles for word in words)
    random.Random(1).shuffle(articles)
    half = len(articles) // 2
    made = {}
    for form, name in FORMS.items():
        others = [words for n in (*FORMS.values(), "honest") if n != name for words in read_texts(n)]
        told = [(words, True) for words in read_texts(name)] + [(words, False) for words in (*others, *articles[:half])]
        weights = made[form] = fit(told, known)
        later, honest = read_texts(f"later_{name}"), read_texts("later_honest")
        sure = [sum(odds_of(weights, words) >= SURE for words in texts) for texts in (later, honest, articles[half:])]
        print(
            f"{form}: {len(weights.words)} words; unseen texts told {sure[0]} of {len(later)}, "
            f"honest ones {sure[1]} of {len(honest)}, articles {sure[2]} of {len(articles) - half}"
        )
    if write:
        said = {form: {"bias": weights.bias, "words": weights.words} for form, weights in made.items()}
        WEIGHTS_FILE.write_text(json.dumps(said, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(shared_or_exit("fit"), write="--write" in sys.argv[1:])
