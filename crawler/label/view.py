"""A document as the labelling rules see it: its places as plain strings, cut once and shared by all rules."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from urllib.parse import unquote

from crawler import urls
from crawler.label.taxonomy.phrases import Hit, PhraseBook
from crawler.model import Block, Document
from crawler.trust import speaks_to_a_model

LEAD = 500
BODY = 10_000
_LONG = 3  # blanks of a title that no sentence begins with by chance
_SLUG_NOISE = re.compile(r"[0-9a-f]{8,}$|\.(html?|md|php|aspx?)$")


@dataclass(frozen=True, slots=True)
class View:
    """The places of a document. Lengths are bounded, so that no text makes labelling slow."""

    document: Document
    title: str
    description: str
    lead: str
    body: str
    headings: str
    host: str
    path: str
    slug: str
    code: tuple[Block, ...]
    prose: tuple[Block, ...]
    places: tuple[tuple[str, str], ...] = field(repr=False)

    def hits(self, book: PhraseBook) -> dict[str, list[tuple[str, Hit]]]:
        """Phrases by the tag that owns them, each with the place where it stands."""
        found: dict[str, list[tuple[str, Hit]]] = {}
        for place, text in self.places:
            for hit in _longest(book.find(text)):
                found.setdefault(hit.phrase.owner, []).append((place, hit))
        return found

    def text_at(self, place: str) -> str:
        """The string that `place` names."""
        return next((text for name, text in self.places if name == place), "")


def _longest(hits: list[Hit]) -> list[Hit]:
    """Hits that lie in no longer one: "networks" says nothing of networking where "neural networks" stands."""
    kept: list[Hit] = []
    reach: list[tuple[int, int]] = []
    for hit in sorted(hits, key=lambda h: (h.start, -h.end)):
        phrase, begin, finish = hit
        if reach:
            reach = [r for r in reach if r[1] > begin]
            if any(start <= begin and finish <= end and (start, end) != (begin, finish) for start, end in reach):
                continue
        if phrase.rank == "strong":
            reach.append((begin, finish))
        kept.append(hit)
    return kept


def view_of(document: Document) -> View:
    """Cut a document into its places."""
    prose = tuple(b for b in document.blocks if b.kind not in ("code", "table") and b.text.strip())
    title = document.title.strip()
    prose = _without_title(prose, title)
    running = [b for b in prose if b.kind != "heading"]
    body = _joined(running, BODY)
    lead = body[:LEAD]
    headings = "\n".join(b.text for b in prose if b.kind == "heading")[:4000]
    parts = urls.split(document.url)
    host, path = (parts[1], parts[3]) if parts else ("", document.url)
    slug = slug_words(path)
    description = "" if speaks_to_a_model(document.description) else document.description.strip()[:2000]
    places: tuple[tuple[str, str], ...] = (
        ("title", title),
        ("description", description),
        ("lead", lead),
        ("heading", headings),
    )
    places += (("url", slug), ("text", body[LEAD:]))
    code = tuple(b for b in document.blocks if b.kind == "code")
    return View(document, title, description, lead, body, headings, host, path, slug, code, prose, places)


def _without_title(prose: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """The blocks without the title at the beginning of the first one, where a feed put it before the text."""
    first = prose[0].text if prose else ""
    rest = first[len(title) :] if title.count(" ") >= _LONG and first.lower().startswith(title.lower()) else ""
    return (replace(prose[0], text=rest.strip()), *prose[1:]) if re.match(r"\s+[A-Z]", rest) else prose


def slug_words(path: str) -> str:
    """The words of an address's last part; numbers, hashes and file endings are not words."""
    last = next((p for p in reversed(unquote(path).split("/")) if p), "")
    last = _SLUG_NOISE.sub("", last)
    return " ".join(w for w in re.split(r"[-_.+\s]+", last) if w and not w.isdigit())[:200]


def _joined(blocks: list[Block], limit: int) -> str:
    parts, length = [], 0
    for block in blocks:
        parts.append(block.text)
        length += len(block.text) + 2
        if length > limit:
            break
    return "\n\n".join(parts)[:limit]
