"""What the best choice of sentences could reach is counted as the summaries are."""

from __future__ import annotations

from crawler.label.sentences.splitting import Sentence
from crawler.label.summary.summarising import Candidate
from crawler.label.summary.weigh import Weighed
from tests.eval.bounds import Article, best_evidence, nearest, telling


def _candidate(index: int, text: str, **signs: float) -> Candidate:
    sentence = Sentence(text, index, index, first=True, kind="paragraph", heading="")
    weighed = Weighed(sentence, frozenset(text.lower().split()), signs, 0.0, 0.0)
    return Candidate(weighed, text, len(text.split()), opens=True, leans=False)


ARTICLE = Article(
    candidates=[
        _candidate(0, "Acme counts its stock.", early=1.0),
        _candidate(1, "The cache holds a day, and then it is filled again by night.", figure=1.0),
        _candidate(2, "Counts take four minutes.", figure=1.0),
    ],
    summary="",
    deck="",
    gold="Acme counts its stock: counts take four minutes.",
    evidence=("a", "b", "c"),
    hits={1: frozenset({0, 1}), 2: frozenset({2})},
)


def test_best_evidence_keeps_to_the_room_there_is() -> None:
    """Two sentences give all three pieces; where only the short one fits, it gives one."""
    assert best_evidence(ARTICLE) == 1.0
    assert best_evidence(ARTICLE, most=6) == 1 / 3


def test_nearest_takes_a_sentence_only_where_it_gains() -> None:
    """The sentences nearest to the gold, in the article's order, and none that leads away from it."""

    def near(text: str, gold: str) -> float:
        words, wanted = text.lower().replace(".", "").split(), set(gold.lower().replace(".", "").split())
        return sum(w in wanted for w in words) - 2 * sum(w not in wanted for w in words)

    assert nearest(ARTICLE, near) == "Acme counts its stock. Counts take four minutes."
    assert nearest(ARTICLE, lambda text, _: float(len(text))) == " ".join(c.text for c in ARTICLE.candidates)


def test_a_sign_tells_as_far_as_it_parts_evidence_from_the_rest() -> None:
    """One that all evidence has and nothing else tells all; one that only the rest has tells it by its absence."""
    assert telling([ARTICLE]) == [(0.0, "early"), (1.0, "figure")]
