"""How far a choice of sentences can come, whoever makes it:

    python -m tests.eval.bounds

The editor's evidence and summary, the authors' descriptions, and beside what the summaries reach of them: what the best
choice among the same sentences would reach, what one would reach that knew the editor's own summary, and what each sign
of a sentence tells of its being evidence (0.5 is nothing, 1 all; the area under the ROC curve within an article).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from statistics import fmean

from crawler.blocks import blocks_of_text
from crawler.label.summary.summarising import MOST, Candidate, summarise
from crawler.model import Document
from tests.eval.corpus import read_rows, scorer
from tests.eval.known import every_tellable, known_of
from tests.eval.label import covered
from tests.support.shared import shared_or_exit

SENTENCES = 3
_TOLD = 12  # signs of which is told how much they tell


@dataclass(frozen=True, slots=True)
class Article:
    """An article with its sentences that can be told, what was made of it, and what a person made of it."""

    candidates: Sequence[Candidate]
    summary: str
    deck: str
    gold: str
    evidence: Sequence[str] = ()
    hits: Mapping[int, frozenset[int]] = field(default_factory=dict)  # by candidate: which evidence it gives


def articles(shared: Path, name: str) -> Iterator[Article]:
    """The articles of a labelled set that an issue could print: "editor" or "summaries"."""
    for row in read_rows(shared, name):
        if name == "editor":
            if row["include"] < 3:
                continue
            text, gold = (shared / "corpus" / row["text_path"]).read_text(), row["summary"]
        elif row["gold_copied_from_lead"]:
            continue
        else:
            text, gold = row["text"], row["gold"]
        known = known_of(Document(row["url"], row["title"], blocks_of_text(text)))
        found = every_tellable(known)
        evidence = row.get("evidence", [])
        hits = {
            n: frozenset(e for e, said in enumerate(evidence) if covered(said, c.text)) for n, c in enumerate(found)
        }
        summary, deck, _ = summarise(known.view, known.actor, known.kind)
        yield Article(found, summary, deck, gold, evidence, {n: hit for n, hit in hits.items() if hit})


def best_evidence(article: Article, most: int = MOST) -> float:
    """The share of the evidence that the best three sentences of at most `most` words give."""
    best = 0
    for size in range(1, SENTENCES + 1):
        for chosen in combinations(article.hits, size):
            if sum(article.candidates[n].words for n in chosen) <= most:
                best = max(best, len(frozenset().union(*(article.hits[n] for n in chosen))))
    return best / len(article.evidence)


def nearest(article: Article, near: Callable[[str, str], float], *, sentences: int = SENTENCES) -> str:
    """The sentences that together come nearest to what the person wrote, each added where it gains most."""
    chosen: list[int] = []
    while len(chosen) < sentences:

        def told(more: int) -> str:
            return " ".join(article.candidates[n].text for n in sorted([*chosen, more]))

        free = [n for n in range(len(article.candidates)) if n not in chosen]
        best = max(free, key=lambda n: near(told(n), article.gold), default=None)
        before = " ".join(article.candidates[n].text for n in sorted(chosen))
        if best is None or near(told(best), article.gold) <= near(before, article.gold):
            break
        chosen.append(best)
    return " ".join(article.candidates[n].text for n in sorted(chosen))


def telling(found: Sequence[Article]) -> list[tuple[float, str]]:
    """How much each sign tells of evidence, the most telling first."""
    names = {name for article in found for c in article.candidates for name in c.weighed.signs}
    told = []
    for name in sorted(names):
        over = pairs = 0.0
        for article in found:
            value = [c.weighed.signs.get(name, 0.0) for c in article.candidates]
            yes = [value[n] for n in article.hits]
            no = [v for n, v in enumerate(value) if n not in article.hits]
            over += sum((a > b) + 0.5 * (a == b) for a in yes for b in no) / max(1, len(no))
            pairs += len(yes) if no else 0
        told.append((over / max(1.0, pairs), name))
    return sorted(told, key=lambda t: (-abs(t[0] - 0.5), t[1]))


def main() -> int:
    """Print the figures."""
    shared = shared_or_exit("bounds")
    quality = scorer(shared)

    def near(text: str, gold: str) -> float:
        return float(quality.rouge_l(quality.toks(text), quality.toks(gold))[2])

    def share(article: Article, text: str) -> float:
        return fmean(covered(said, text) for said in article.evidence)

    edited, described = list(articles(shared, "editor")), list(articles(shared, "summaries"))
    knowing = [(a, nearest(a, near)) for a in edited]
    print(f"{len(edited)} articles with an editor's evidence, {len(described)} with their author's description")
    print(f"evidence: summaries {fmean(share(a, a.summary) for a in edited):.3f}")
    print(f"  three sentences that are nearest to the editor's summary {fmean(share(a, t) for a, t in knowing):.3f}")
    print(f"  the best three sentences {fmean(map(best_evidence, edited)):.3f}")
    print(f"ROUGE-L, editor: summaries {fmean(near(a.summary, a.gold) for a in edited):.3f}")
    print(f"  three sentences that are nearest to it {fmean(near(t, a.gold) for a, t in knowing):.3f}")
    print(f"ROUGE-L, authors: summaries {fmean(near(a.summary, a.gold) for a in described):.3f}")
    print(f"  decks {fmean(near(a.deck, a.gold) for a in described):.3f}")
    print(f"  the nearest sentence {fmean(near(nearest(a, near, sentences=1), a.gold) for a in described):.3f}")
    print("what signs tell of evidence: " + ", ".join(f"{n} {v:.2f}" for v, n in telling(edited)[:_TOLD]))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
