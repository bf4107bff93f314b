"""How good the sentences of summaries are by the marks of readers, who read articles of the corpus sentence by sentence.

`marks.jsonl` holds an article a line. Of the sentences that could be printed, edited as we print them, a reader named
those that a summary could open with (`open`, best first), those that would follow best (`more`, best first), those that
must not be printed as they stand (`bad`), and left the others alone (`plain`). A sentence is told by a digest, so that
no text of the corpus is copied. `feed` is where the corpus has the text of an entry, but no page; `set` the labelled set
that holds the text of an article which the corpus has not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from crawler.label.sentences.splitting import sentences_of
from crawler.label.speakers.actor import released
from crawler.label.summary.summarising import summarise
from crawler.model import Document
from tests.eval.corpus import Corpus, half_of, rows_of
from tests.eval.known import Known, every_tellable, known_of

MARKS_FILE = Path(__file__).with_name("marks.jsonl")
_WORDS = re.compile(r"[^\W_]+")
_DIGITS = 8  # of a digest: sentences of one article are all that it has to tell apart

Mark = Literal["open", "more", "bad", "plain"]
Verdict = Literal["good", "bad", "neither"]


def digest(sentence: str) -> str:
    """Which sentence of an article it is: by its letters and digits alone, which another extraction leaves as they are."""
    return _sha("".join(_WORDS.findall(sentence.lower())))


def wording(printed: str) -> str:
    """How a sentence is printed, to the letter: one that is edited otherwise since is another."""
    return _sha(" ".join(printed.split()))


def _sha(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()[:_DIGITS]


@dataclass(frozen=True, slots=True)
class Marks:
    """What a reader said of an article's sentences, by their digests; what the reader was not shown is in none."""

    open: tuple[str, ...]  # best first
    more: tuple[str, ...]  # best first; may repeat one of `open`
    bad: Mapping[str, str]  # to the wording that was read
    plain: frozenset[str]  # read, and neither chosen nor refused

    def of(self, sentence: str) -> frozenset[Mark]:
        """The marks of a sentence as it stands in the article; none where no reader saw it."""
        one = digest(sentence)
        given: dict[Mark, Container[str]] = {"open": self.open, "more": self.more, "bad": self.bad, "plain": self.plain}
        return frozenset(mark for mark, sentences in given.items() if one in sentences)

    def opening(self, sentence: str, printed: str) -> Verdict:
        """What the reader would say of it as the first sentence of a summary."""
        return "good" if digest(sentence) in self.open else self._unless_bad(sentence, printed)

    def later(self, sentence: str, printed: str) -> Verdict:
        """What the reader would say of it as one that follows."""
        return "good" if digest(sentence) in (*self.open, *self.more) else self._unless_bad(sentence, printed)

    def _unless_bad(self, sentence: str, printed: str) -> Verdict:
        return "bad" if self.bad.get(digest(sentence)) == wording(printed) else "neither"


@dataclass(frozen=True, slots=True)
class Marked:
    """An article as the labeller sees it, and a reader's marks; a fit is to be held out by `site`, its host."""

    site: str
    document: Document
    marks: Marks


@dataclass(frozen=True, slots=True)
class Judged:
    """What the marks say of an article's summary, and how many of the marked sentences the article still has.

    `opening` is None where the summary begins with the author's description of the article, which was not marked. An
    opening that describes the title is judged by the sentence after its colon.
    """

    site: str
    opening: Verdict | None
    later: tuple[Verdict, ...]
    marked: int
    found: int


def measure_own() -> dict[str, float]:
    """Nothing: the articles lie in the corpus."""
    return {}


def measure_shared(shared: Path) -> dict[str, float]:
    """The figures for all sites and for each half of them, so that a rule made on one is seen on the other."""
    return figures_of([judge(one) for one in marked(shared) if one.marks.open])


def marked(shared: Path) -> Iterator[Marked]:
    """The marked articles in the order of their addresses, each read as we read it: its page, else its entry in the
    feed, else its text in the labelled set."""
    corpus = Corpus(shared)
    for row in rows_of(MARKS_FILE):
        marks = Marks(tuple(row["open"]), tuple(row["more"]), row["bad"], frozenset(row["plain"]))
        yield Marked((urlsplit(row["url"]).hostname or "").lower(), corpus.document(row), marks)


def judge(article: Marked) -> Judged:
    """What the reader's marks say of the summary that we make."""
    known, marks = known_of(article.document), article.marks
    _, _, reasons = summarise(known.view, known.actor, known.kind)
    chosen = [r.evidence for r in reasons if r.label == "summary" and r.rule == "chosen"]
    described = any(r.label == "summary" and r.where == "description" for r in reasons)
    suspect = any(digest(sentence) in marks.bad for sentence in chosen)
    printed = _printed(known) if suspect else {}
    first = [] if described else chosen[:1]
    have, wanted = {digest(s.text) for s in sentences_of(known.view.prose)}, {*marks.open, *marks.more, *marks.bad}
    return Judged(
        article.site,
        next((marks.opening(sentence, printed.get(sentence, "")) for sentence in first), None),
        tuple(marks.later(sentence, printed.get(sentence, "")) for sentence in chosen[len(first) :]),
        len(wanted),
        len(wanted & have),
    )


def _printed(known: Known) -> dict[str, str]:
    """The wording of every sentence that a summary could print, by how it stands in the article."""
    if known.kind == "release":
        known = replace(known, actor=replace(known.actor, release=released(known.view.title, known.actor)))
    return {c.weighed.sentence.text: c.text for c in every_tellable(known)}


def figures_of(found: Sequence[Judged]) -> dict[str, float]:
    """Of articles that a reader found a good opening in, for all sites and each half: the shares of openings and of
    later sentences that are good and bad, of summaries with no bad sentence (`clean`), and of marked sentences that
    the articles still have (`matched`)."""
    figures: dict[str, float] = {}
    for name, half in (("", None), ("_half_a", 0), ("_half_b", 1)):
        part = [one for one in found if half in (None, half_of(one.site))]
        openings = [one.opening for one in part if one.opening]
        later = [verdict for one in part for verdict in one.later]
        summaries = [(one.opening, *one.later) for one in part if one.opening or one.later]
        figures |= {
            f"opening_good{name}": _share(verdict == "good" for verdict in openings),
            f"opening_bad{name}": _share(verdict == "bad" for verdict in openings),
            f"later_good{name}": _share(verdict == "good" for verdict in later),
            f"later_bad{name}": _share(verdict == "bad" for verdict in later),
            f"clean{name}": _share("bad" not in verdicts for verdicts in summaries),
            f"matched{name}": sum(one.found for one in part) / max(1, sum(one.marked for one in part)),
        }
    return figures


def _share(verdicts: Iterable[bool]) -> float:
    told = list(verdicts)
    return sum(told) / max(1, len(told))
