"""How good the sentences of summaries are by the marks of readers, who read articles of the corpus sentence by sentence.

`marks.jsonl` holds an article a line. Of the sentences that could be printed, edited as we print them, a reader named
those that a summary could open with (`open`, best first), those that would follow best (`more`, best first), those that
must not be printed as they stand (`bad`), and left the others alone (`plain`). A sentence is told by a digest, so that
no text of the corpus is copied. `feed` is where the corpus has the text of an entry, but no page; `set` the labelled set
that holds the text of an article which the corpus has not.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from crawler.blocks import blocks_of_text
from crawler.extract import extract_entry, extract_page
from crawler.label import actor_for, load_taxonomy
from crawler.label.actor import Actor, released
from crawler.label.company import find_company
from crawler.label.kind import find_kind
from crawler.label.sentences import sentences_of
from crawler.label.summary import summarise, tellable
from crawler.label.view import View, view_of
from crawler.model import Document, Entry, Extracted
from crawler.read import read_document
from tests.eval.label import read_rows

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
    for line in MARKS_FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marks = Marks(tuple(row["open"]), tuple(row["more"]), row["bad"], frozenset(row["plain"]))
        yield Marked((urlsplit(row["url"]).hostname or "").lower(), corpus.document(row), marks)


class Corpus:
    """Where the texts of articles that people read lie; feeds and sets are read when one of theirs is asked for, once."""

    def __init__(self, shared: Path) -> None:
        self._shared = shared
        sites = json.loads((shared / "corpus" / "manifest.json").read_text(encoding="utf-8"))
        self._pages: dict[str, str] = {page["url"]: page["path"] for site in sites for page in site["articles"]}
        self._feeds: dict[str, dict[str, Entry]] = {}
        self._sets: dict[str, dict[str, Mapping[str, Any]]] = {}

    def document(self, row: Mapping[str, Any]) -> Document:
        url: str = row["url"]
        if "set" in row:
            text = self._set(row["set"])[url]
            return Document(url, text["title"], blocks_of_text(text["text"]))
        if "feed" in row:
            return _document(url, extract_entry(self._feed(row["feed"])[url]))
        page = (self._shared / "corpus" / self._pages[url]).read_bytes()
        return _document(url, extract_page(page, url, content_type="text/html"))

    def _set(self, name: str) -> Mapping[str, Mapping[str, Any]]:
        if name not in self._sets:
            self._sets[name] = {row["url"]: row for row in read_rows(self._shared, name)}
        return self._sets[name]

    def _feed(self, path: str) -> Mapping[str, Entry]:
        if path not in self._feeds:
            host = path.split("/")[1]
            feed = read_document("feed", (self._shared / "corpus" / path).read_bytes(), f"https://{host}/")
            self._feeds[path] = {entry.url: entry for entry in feed.entries}
        return self._feeds[path]


def _document(url: str, found: Extracted) -> Document:
    return Document(
        url=url,
        title=found.title,
        blocks=found.blocks,
        description=found.description,
        categories=found.tags,
        authors=found.authors,
        site_name=found.site_name,
        images=found.images,
    )


def judge(article: Marked) -> Judged:
    """What the reader's marks say of the summary that we make."""
    view, taxonomy, marks = view_of(article.document), load_taxonomy(), article.marks
    company, entry, _ = find_company(view, taxonomy)
    kind, _ = find_kind(view, taxonomy, company, entry)
    actor = actor_for(view, taxonomy, company, entry)
    _, _, reasons = summarise(view, actor, kind)
    chosen = [r.evidence for r in reasons if r.label == "summary" and r.rule == "chosen"]
    described = any(r.label == "summary" and r.where == "description" for r in reasons)
    suspect = any(digest(sentence) in marks.bad for sentence in chosen)
    printed = _printed(view, actor, kind) if suspect else {}
    first = [] if described else chosen[:1]
    have, wanted = {digest(s.text) for s in sentences_of(view.prose)}, {*marks.open, *marks.more, *marks.bad}
    return Judged(
        article.site,
        next((marks.opening(sentence, printed.get(sentence, "")) for sentence in first), None),
        tuple(marks.later(sentence, printed.get(sentence, "")) for sentence in chosen[len(first) :]),
        len(wanted),
        len(wanted & have),
    )


def _printed(view: View, actor: Actor, kind: str) -> dict[str, str]:
    """The wording of every sentence that a summary could print, by how it stands in the article."""
    if kind == "release":
        actor = replace(actor, release=released(view.title, actor))
    return {c.weighed.sentence.text: c.text for c in tellable(view, actor, kind, most=10_000)}


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


def half_of(site: str) -> int:
    """In which half of the sites it is, 0 or 1: by a digest, so that a site stays where it is when others come."""
    return hashlib.sha256(site.encode()).digest()[0] % 2


def _share(verdicts: Iterable[bool]) -> float:
    told = list(verdicts)
    return sum(told) / max(1, len(told))
